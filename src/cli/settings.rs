//! `credtrail settings`.

use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, Failure};
use crate::cli::print::{say, say_on};
use crate::settings::DEFAULT_FILE;

/// What can be asked of the settings.
#[derive(Subcommand)]
pub enum SettingsCommand {
    /// Read the settings from all places and tell every problem at once
    Check,
    /// Print every setting with its default and what it means
    Default,
}

/// Runs `credtrail settings`.
pub fn run(command: &SettingsCommand, context: &Context) -> Result<ExitCode, Failure> {
    match command {
        SettingsCommand::Default => say_on!("{DEFAULT_FILE}"),
        SettingsCommand::Check => {
            let settings = context.settings()?;
            say!("the settings are fine; data folder `{}`", settings.data_dir.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}
