//! The `credtrail` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    credtrail::cli::run()
}
