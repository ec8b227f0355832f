//! `credtrail rules`: packs on the command line. Only publishing and simulating need a database.

mod asked;
mod check;
mod evaluate;
mod publish;
mod show;
mod simulate;
mod words;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, Failure};
use crate::packs::LoadError;

/// What can be done with packs.
#[derive(Subcommand)]
pub enum RulesCommand {
    /// Validate packs and run their worked examples: credtrail rules check config/rules
    #[command(after_help = "Example:\n  credtrail rules check config/rules")]
    Check(check::Args),
    /// Show a pack in full, each line with its origin: credtrail rules show --pack config/rules/us-ne/cpss
    #[command(after_help = "Example:\n  credtrail rules show --pack config/rules/us-ne/cpss")]
    Show(show::Args),
    /// Evaluate one record: credtrail rules evaluate --pack config/rules/us-ne/cpss --record dana.json
    #[command(after_help = "Example:\n  credtrail rules evaluate --pack config/rules/us-ne/cpss --record dana.json")]
    Evaluate(asked::Args),
    /// The same as sentences, in English or Spanish (--lang es)
    #[command(
        after_help = "Examples:\n  credtrail rules explain --pack config/rules/us-ne/cpss --record dana.json --lang es\n  \
        credtrail rules explain --pack config/rules/us-ne/cpss --example \"six of them ethics\""
    )]
    Explain(asked::Args),
    /// What is left, the smallest way, the earliest day: credtrail rules plan --pack config/rules/us-ne/cpss --record dana.json
    Plan(evaluate::PlanArgs),
    /// A draft against the whole register: credtrail rules simulate --draft draft.toml
    Simulate(simulate::Args),
    /// What changes between two versions, in words: credtrail rules diff A B
    Diff(words::DiffArgs),
    /// A pack as a page for people: credtrail rules render --pack config/rules/us-ne/cpss
    #[command(after_help = "Example:\n  credtrail rules render --pack config/rules/us-ne/cpss > cpss.md")]
    Render(words::RenderArgs),
    /// Make the versions of a pack immutable in the database: credtrail rules publish config/rules/us-ne/cpss
    Publish(publish::Args),
}

/// Runs `credtrail rules`.
///
/// # Errors
/// With exit code 2 for packs or records that cannot be read, 3 for files that cannot be opened.
pub fn run(command: &RulesCommand, context: &Context) -> Result<ExitCode, Failure> {
    match command {
        RulesCommand::Check(args) => check::run(args, context),
        RulesCommand::Show(args) => show::run(args, context),
        RulesCommand::Evaluate(args) => evaluate::evaluate_record(args, context),
        RulesCommand::Explain(args) => evaluate::explain_record(args, context),
        RulesCommand::Plan(args) => evaluate::plan_record(args, context),
        RulesCommand::Simulate(args) => simulate::run(args, context),
        RulesCommand::Diff(args) => words::difference(args, context),
        RulesCommand::Render(args) => words::page(args, context),
        RulesCommand::Publish(args) => publish::run(args, context),
    }
}

/// A pack of a credential that this register does not have.
fn unknown(credential: &str, pack: &Path, hint: &str) -> Failure {
    Failure {
        code: "unknown_credential",
        path: pack.display().to_string(),
        found: format!("`{credential}` is no credential here"),
        expected: "a pack of a credential that is here".to_owned(),
        hint: hint.to_owned(),
        exit: 2,
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Problems(problems) => {
                let more = problems.len().saturating_sub(1);
                let Some(first) = problems.into_iter().next() else {
                    return Self::input("bad_pack", "the pack has problems", "run `credtrail rules check`");
                };
                let hint = if more == 0 {
                    first.hint
                } else {
                    format!("{} ({more} more: run `credtrail rules check`)", first.hint)
                };
                let path = format!("{}:{}", first.file, first.line);
                Self { code: first.code, path, found: first.found, expected: first.expected, hint, exit: 2 }
            }
            LoadError::Empty(path) => Self {
                code: "no_pack",
                path: path.display().to_string(),
                found: "no pack here".to_owned(),
                expected: "a folder with files such as `2024-07-01.toml`, or one such file".to_owned(),
                hint: "give the folder of the credential, such as config/rules/us-ne/cpss".to_owned(),
                exit: 2,
            },
            LoadError::Unreadable { path, source } => Self {
                code: "unreadable",
                path: path.display().to_string(),
                found: source.to_string(),
                expected: "a file or folder that can be read".to_owned(),
                hint: "check the path".to_owned(),
                exit: 2,
            },
        }
    }
}
