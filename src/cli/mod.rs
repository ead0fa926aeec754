//! The command line: the one place, beside the browser's, that touches files, clock, randomness.

pub mod sources;

/// Runs the command line.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(2)
}
