//! The real command on the database of a measurement, watched from outside.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Outcome;
use super::place::Place;
use super::spent::{self, Watched};

/// Runs `credtrail` with these words, and the file if there is one, until it ends well.
pub fn run<'a>(place: &Place, words: impl IntoIterator<Item = &'a str>, file: Option<&Path>) -> Outcome<Watched> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_credtrail"));
    command.args(words).args(["--database-url", &place.url, "--data-dir"]);
    command.arg(&place.app.settings.data_dir).args(file).stdout(Stdio::null()).stderr(Stdio::null());
    let (status, watched) = spent::watch(&mut command)?;
    if status.success() { Ok(watched) } else { Err(format!("the command: {status}").into()) }
}
