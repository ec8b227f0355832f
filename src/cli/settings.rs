//! `credtrail settings`.

use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, Failure, Format};
use crate::cli::print::{say, say_on};
use crate::settings::{DEFAULT_FILE, defaults};

/// What can be asked of the settings.
#[derive(Subcommand)]
pub enum SettingsCommand {
    /// Read the settings from all places and tell every problem at once
    #[command(after_help = "Example:\n  credtrail --config credtrail.toml settings check")]
    Check,
    /// Print every setting with its default and what it means
    #[command(after_help = "Example:\n  credtrail settings default > credtrail.toml")]
    Default,
}

/// Runs `credtrail settings`.
pub fn run(command: &SettingsCommand, context: &Context) -> Result<ExitCode, Failure> {
    match command {
        SettingsCommand::Default => match context.format {
            Format::Json => say!("{}", serde_json::json!(defaults())),
            Format::Text => say_on!("{DEFAULT_FILE}"),
        },
        SettingsCommand::Check => {
            let settings = context.settings()?;
            let folder = settings.data_dir.display().to_string();
            match context.format {
                Format::Json => say!("{}", serde_json::json!({ "problems": [], "data_dir": folder })),
                Format::Text => say!("the settings are fine; data folder `{folder}`"),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
