/* Makes the k-th file operation that changes something fail, over all threads of a process.
 *
 * FAULT_AT=k            which operation, from 1; without it operations are only counted
 * FAULT_MODE=kill|once|from   SIGKILL; an error at k alone; an error at k and after
 * FAULT_ERRNO=n         the error
 * FAULT_COUNT=path      where the number of operations is written at the end
 * FAULT_NO_EXCHANGE=1   renameat2 answers EINVAL, as on a file system that cannot exchange
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static int operations, at, error_number;
static char mode;
static int no_exchange;

static int number(const char *name) {
  const char *text = getenv(name);
  return text ? atoi(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("FAULT_MODE");
  at = number("FAULT_AT");
  error_number = number("FAULT_ERRNO");
  no_exchange = number("FAULT_NO_EXCHANGE");
  mode = text ? text[0] : 'k';
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNT");
  if (!path) return;
  at = 0;
  FILE *file = fopen(path, "w");
  if (file) {
    fprintf(file, "%d", operations);
    fclose(file);
  }
}

static int fails(void) {
  int k = __sync_add_and_fetch(&operations, 1);
  if (!at || (mode == 'f' ? k < at : k != at)) return 0;
  if (mode == 'k') {
    kill(getpid(), SIGKILL);
    pause();
  }
  errno = error_number;
  return 1;
}

#define REAL(name)                                                     \
  static __typeof__(&name) real;                                       \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name);        \
  if (fails()) return -1

int rename(const char *a, const char *b) { REAL(rename); return real(a, b); }
int renameat(int d, const char *a, int e, const char *b) { REAL(renameat); return real(d, a, e, b); }
int renameat2(int d, const char *a, int e, const char *b, unsigned flags) {
  REAL(renameat2);
  if (no_exchange && (flags & RENAME_EXCHANGE)) {
    errno = EINVAL;
    return -1;
  }
  return real(d, a, e, b, flags);
}
int unlink(const char *p) { REAL(unlink); return real(p); }
int unlinkat(int d, const char *p, int f) { REAL(unlinkat); return real(d, p, f); }
int rmdir(const char *p) { REAL(rmdir); return real(p); }
int mkdir(const char *p, mode_t m) { REAL(mkdir); return real(p, m); }
int mkdirat(int d, const char *p, mode_t m) { REAL(mkdirat); return real(d, p, m); }
int symlink(const char *a, const char *b) { REAL(symlink); return real(a, b); }
int symlinkat(const char *a, int d, const char *b) { REAL(symlinkat); return real(a, d, b); }
int link(const char *a, const char *b) { REAL(link); return real(a, b); }
int linkat(int d, const char *a, int e, const char *b, int f) { REAL(linkat); return real(d, a, e, b, f); }
int fsync(int f) { REAL(fsync); return real(f); }
int fdatasync(int f) { REAL(fdatasync); return real(f); }
int syncfs(int f) { REAL(syncfs); return real(f); }
int ftruncate(int f, off_t n) { REAL(ftruncate); return real(f, n); }
int ftruncate64(int f, off64_t n) { REAL(ftruncate64); return real(f, n); }
int chmod(const char *p, mode_t m) { REAL(chmod); return real(p, m); }
int fchmod(int f, mode_t m) { REAL(fchmod); return real(f, m); }
int fchmodat(int d, const char *p, mode_t m, int f) { REAL(fchmodat); return real(d, p, m, f); }
int utimensat(int d, const char *p, const struct timespec t[2], int f) { REAL(utimensat); return real(d, p, t, f); }
ssize_t copy_file_range(int a, off64_t *x, int b, off64_t *y, size_t n, unsigned f) {
  REAL(copy_file_range);
  return real(a, x, b, y, n, f);
}

/* What goes to the terminal is not counted. */
ssize_t write(int f, const void *p, size_t n) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = dlsym(RTLD_NEXT, "write");
  if (f > 2 && fails()) return -1;
  return real(f, p, n);
}

#define CHANGES(flags) ((flags) & (O_CREAT | O_TRUNC))
#define MODE(flags)                        \
  mode_t m = 0;                            \
  if ((flags) & O_CREAT) {                 \
    va_list rest;                          \
    va_start(rest, flags);                 \
    m = va_arg(rest, mode_t);              \
    va_end(rest);                          \
  }
#define OPEN(name)                                                       \
  int name(const char *p, int flags, ...) {                              \
    static int (*real)(const char *, int, ...);                          \
    if (!real) real = dlsym(RTLD_NEXT, #name);                           \
    MODE(flags)                                                          \
    if (CHANGES(flags) && fails()) return -1;                            \
    return real(p, flags, m);                                            \
  }
#define OPENAT(name)                                                     \
  int name(int d, const char *p, int flags, ...) {                       \
    static int (*real)(int, const char *, int, ...);                     \
    if (!real) real = dlsym(RTLD_NEXT, #name);                           \
    MODE(flags)                                                          \
    if (CHANGES(flags) && fails()) return -1;                            \
    return real(d, p, flags, m);                                         \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
