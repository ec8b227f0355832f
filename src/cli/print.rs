//! Writing to standard output.
//!
//! Whoever reads may stop reading, as `credtrail rules check config/rules | head -1` does. Then the work goes on
//! without words, and the exit code still says how it ended.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write, stdout};

/// Prints a line, as `println!` does.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::print::write(format_args!("{}\n", format_args!($($words)*))) };
}

/// Prints words without ending the line, as `print!` does.
macro_rules! say_on {
    ($($words:tt)*) => { $crate::cli::print::write(format_args!($($words)*)) };
}

pub(crate) use {say, say_on};

/// Writes to standard output. When it cannot be written to, as on a full disk, the program ends with exit code 3.
pub fn write(words: Arguments<'_>) {
    match stdout().lock().write_fmt(words) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("nothing more can be written to standard output: {error}");
            std::process::exit(3);
        }
        _ => {}
    }
}
