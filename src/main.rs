//! The command line; everything is in [`ia_returns::cli`].

/// A third of a collation's time was memory being given out and taken back.
#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    ia_returns::cli::main()
}
