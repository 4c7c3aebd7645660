//! The `needlepoint` program.

use std::process::ExitCode;

/// Rendering makes many small strings on many threads; this allocator keeps them out of each other's way.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    needlepoint::cli::main()
}
