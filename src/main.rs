//! The command line; everything is in [`ia_returns::cli`].

fn main() -> std::process::ExitCode {
    ia_returns::cli::main()
}
