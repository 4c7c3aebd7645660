// Tests of the browser's search module on an index in the folder SEARCH_FIXTURE, which `cargo test` makes and names.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const fixture = process.env.SEARCH_FIXTURE;
const here = path.dirname(fileURLToPath(import.meta.url));
const { openSearch, words } = await import(pathToFileURL(path.join(fixture, 'search/search.js')));

// A fetch over the fixture's files that notes what was asked for and may change what is given.
function disk(asked = [], change = (bytes) => bytes) {
  return async (url) => {
    asked.push(url);
    let bytes = await readFile(path.join(fixture, url.replace(/^\/some\/path/, ''))).catch(() => null);
    bytes &&= change(bytes, url);
    return bytes
      ? { ok: true, status: 200, arrayBuffer: async () => Uint8Array.from(bytes).buffer }
      : { ok: false, status: 404 };
  };
}

test('words follow the shared vectors', async () => {
  for (const { text, words: expected } of JSON.parse(await readFile(path.join(here, 'words.json')))) {
    assert.deepEqual(words(text).map(([word, start, end]) => [word, text.slice(start, end)]), expected);
  }
});

test('answers are those of the Rust query, to the last bit', async () => {
  const { search } = await openSearch('/', { fetch: disk() });
  const answers = JSON.parse(await readFile(path.join(fixture, 'answers.json')));
  assert.equal(answers.length, 500);
  for (const [query, expected] of answers) {
    assert.equal(JSON.stringify(await search(query)), JSON.stringify(expected), query.slice(0, 80));
  }
});

test('any query ends soon and without an error', async () => {
  const { search } = await openSearch('/', { fetch: disk() });
  await search('pain');
  const any = Array.from({ length: 3000 }, (_, i) => String.fromCharCode((i * 7919) % 65536)).join('');
  const long = Array.from({ length: 10000 }, (_, i) => `word${i % 977}`).join(' ');
  for (const query of [any, long, '\ud800', '\u0000\u0001', '!'.repeat(1e5), '🙂'.repeat(1e4), undefined, null, 17]) {
    const start = performance.now();
    await search(query);
    await search(query);
    const time = performance.now() - start;
    assert.ok(time < 1000, `${time} ms for ${String(query).slice(0, 20)}`);
  }
});

test('only files below search/ are asked for, at any path', async () => {
  const asked = [];
  const { search } = await openSearch('/some/path', { fetch: disk(asked) });
  const { results } = await search('golfers elbo');
  assert.equal(results[0].page, '/conditions/golfers-elbow/');
  assert.ok(asked.length > 0 && asked.every((url) => url.startsWith('/some/path/search/')));
});

test('marks stand on words of the excerpt', async () => {
  const { search } = await openSearch('/', { fetch: disk() });
  const { results } = await search('needles shoulder café');
  for (const { excerpt, marks } of results) {
    assert.ok(marks.length > 0 && excerpt.length <= 160, excerpt);
    for (const [start, end] of marks) assert.match(excerpt.slice(start, end), /^(needl|shoulder|café)/i);
  }
});

test('filters and limit hold', async () => {
  const { search } = await openSearch('/', { fetch: disk() });
  const { total, results } = await search('pain', { limit: 3, filters: { kind: 'guide' } });
  assert.equal(results.length, 3);
  assert.ok(total > 3 && results.every((result) => result.kind === 'guide'));
  assert.equal((await search('pain', { filters: { kind: ['guide', 'explainer'], region: 'arm' } })).total, 0);
  assert.equal((await search('pain', { limit: 0 })).results.length, 0);
});

test('filters by names and values that every object has find nothing and spoil nothing', async () => {
  const { search } = await openSearch('/', { fetch: disk() });
  const before = await search('knee pain');
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    assert.equal((await search('knee pain', { filters: { kind: name } })).total, 0);
    assert.equal((await search('knee pain', { filters: { [name]: 'guide' } })).total, 0);
    assert.equal((await search('knee pain', { filters: { [name]: name } })).total, 0);
  }
  await assert.rejects(search('knee pain', { limit: 10n }));
  assert.deepEqual(await search('knee pain'), before);
});

test('an aborted query rejects at once, also while a file does not come', async () => {
  let isHanging = true;
  const read = disk();
  const fetch = (url) => (isHanging ? new Promise(() => {}) : read(url));
  const { search } = await openSearch('/', { fetch });
  const controller = new AbortController();
  const hanging = search('shoulder', { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(hanging, { name: 'AbortError' });
  await assert.rejects(search('', { signal: AbortSignal.abort() }), { name: 'AbortError' });
  isHanging = false;
  const { search: later } = await openSearch('/', { fetch });
  const { signal } = new AbortController();
  assert.deepEqual(await later('shoulder', { signal }), await later('shoulder'));
});

test('one file is fetched when the search is opened, several when they are asked for', async () => {
  const isOne = (await readFile(path.join(fixture, 'search/search.js'), 'utf8')).includes('all-');
  const asked = [];
  const { search } = await openSearch('/', { fetch: disk(asked) });
  assert.equal(asked.length, isOne ? 1 : 0);
  await search('knee');
  if (isOne) assert.equal(asked.length, 1);
  // What goes wrong then is told by the first search alone.
  const { search: broken } = await openSearch('/', { fetch: () => Promise.reject(new TypeError('offline')) });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await assert.rejects(broken('knee'), { message: /^search: [^ ]+\.txt cannot be loaded \(offline\)$/ });
});

test('an aborted query stops and leaves the index usable', async () => {
  const { search } = await openSearch('/', { fetch: disk() });
  const controller = new AbortController();
  const first = search('shoulder', { signal: controller.signal });
  controller.abort();
  await assert.rejects(first, { name: 'AbortError' });
  assert.ok((await search('shoulder')).total > 0);
});

test('queries at the same time do not disturb each other', async () => {
  const { search } = await openSearch('/', { fetch: disk() });
  const queries = ['shoulder', 'knee pain', 'sholder', 'rare17 ice'];
  const together = await Promise.all(queries.map((query) => search(query)));
  for (const [i, query] of queries.entries()) assert.deepEqual(await search(query), together[i]);
});

test('a damaged or missing file is a clear error, and a later query works', async () => {
  for (const spoil of [(b) => b.subarray(0, b.length - 1), (b) => b.map((x, i) => (i === 9 ? x ^ 4 : x)), () => null]) {
    let isSpoilt = true;
    const change = (bytes) => (isSpoilt ? spoil(bytes) : bytes);
    const ask = async () => (await openSearch('/', { fetch: disk([], change) })).search;
    const search = await ask().catch((error) => error);
    const error = search instanceof Error ? search : await search('knee').catch((error) => error);
    assert.match(error.message, /^search: .*\.txt (is damaged|cannot be loaded)/);
    isSpoilt = false;
    const later = search instanceof Error ? await ask() : search;
    assert.ok((await later('knee')).total > 0);
  }
});
