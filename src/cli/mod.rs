//! The command line: one file per noun. Commands call the same services as the web.
//!
//! Exit codes: 0 done or yes, 1 the answer is no or not yet, 2 wrong usage or bad input, 3 a fault of
//! ours or of the environment.

mod audit;
mod certificate;
mod db;
mod demo;
mod evaluate;
mod import;
mod installation;
mod print;
mod remind;
mod rules;
mod serve;
mod settings;
mod usage;
mod user;
mod work;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, Parser, Subcommand};
use serde::Serialize;

use crate::clock::Clock;
use crate::rules::Lang;
use crate::settings::{Flags, Settings, SettingsError, load_here};

/// Follows a peer support specialist from the first training module to certification and every renewal.
#[derive(Parser)]
#[command(name = "credtrail", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(clap::Args)]
struct Shared {
    /// Settings file; `credtrail settings default` prints one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// sqlite://<path> or postgres://<host>/<database>
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Folder for keys, certificates, documents, mail and the SQLite file
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<String>,
    /// text is for people, json is stable
    #[arg(long, global = true, default_value = "text", value_parser = printed(&["text", "json"]))]
    format: Printed,
    /// Language of what rules and reminders say
    #[arg(long, global = true, default_value = "en", value_parser = parse_lang)]
    lang: Lang,
}

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// Stable, for programs.
    Json,
}

/// What `--format` takes; commands that print one long list take CSV too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Printed {
    Text,
    Json,
    Csv,
}

impl From<Printed> for Format {
    fn from(printed: Printed) -> Self {
        match printed {
            Printed::Text | Printed::Csv => Self::Text,
            Printed::Json => Self::Json,
        }
    }
}

/// Reads `--format` where a command takes these words.
fn printed(words: &'static [&'static str]) -> impl TypedValueParser<Value = Printed> {
    PossibleValuesParser::new(words).map(|word| match word.as_str() {
        "json" => Printed::Json,
        "csv" => Printed::Csv,
        _ => Printed::Text,
    })
}

#[derive(Subcommand)]
enum Command {
    /// Make a small believable world and serve it on this machine
    Demo(demo::Args),
    /// Run the web and API server
    Serve(serve::Args),
    /// Remind of renewals that are due, once
    Remind(remind::Args),
    /// Send mail and do other background work
    Work(work::Args),
    /// Evaluate everyone in the register
    Evaluate(evaluate::Args),
    /// Bring in a file of completions, hours, exams, people or awards
    Import(import::Args),
    /// Issue certificates, make them again, verify a file
    #[command(subcommand)]
    Certificate(certificate::CertificateCommand),
    /// Check the tamper-evident log
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Look after the database: migrate, status, backup, restore, copy, check
    #[command(subcommand)]
    Db(db::DbCommand),
    /// Check, show and evaluate packs of rules; needs no database
    #[command(subcommand)]
    Rules(rules::RulesCommand),
    /// Add people, give them a way back in, give them roles
    #[command(subcommand)]
    User(user::UserCommand),
    /// Check the settings, or print the defaults with their comments
    #[command(subcommand)]
    Settings(settings::SettingsCommand),
}

fn parse_lang(tag: &str) -> Result<Lang, String> {
    Lang::parse(tag).ok_or_else(|| "expected en or es".to_owned())
}

/// Why a command did not do what it was asked.
#[derive(Debug, Serialize)]
pub struct Failure {
    /// A stable word.
    pub code: &'static str,
    /// Where: a file, a key, a field; may be empty.
    pub path: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
    /// 1 not yet, 2 bad input, 3 a fault.
    #[serde(skip)]
    pub exit: u8,
}

/// A failure as JSON, with each problem by itself where there may be several.
#[derive(Serialize)]
struct Told<'f> {
    #[serde(flatten)]
    failure: &'f Failure,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<&'f str>,
}

/// The code of settings that cannot be used.
const BAD_SETTINGS: &str = "bad_settings";

impl Failure {
    /// Bad input: exit code 2.
    #[must_use]
    pub fn input(code: &'static str, found: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, path: String::new(), found: found.into(), expected: String::new(), hint: hint.into(), exit: 2 }
    }

    /// A fault of ours or of the environment: exit code 3.
    #[must_use]
    pub fn fault(found: impl std::fmt::Display) -> Self {
        Self {
            code: "fault",
            path: String::new(),
            found: found.to_string(),
            expected: String::new(),
            hint: "see the log; nothing was half done".to_owned(),
            exit: 3,
        }
    }

    /// What was found: of settings a line for each problem after the first. Nothing else has lines of its own.
    fn lines(&self) -> impl Iterator<Item = &str> {
        let most = if self.code == BAD_SETTINGS { usize::MAX } else { 1 };
        self.found.splitn(most, '\n')
    }

    fn print(&self, format: Format) {
        match format {
            Format::Json => {
                let said = Told { failure: self, problems: self.lines().skip(1).collect() };
                eprintln!("{}", serde_json::to_string(&said).unwrap_or_default());
            }
            Format::Text => {
                let place = if self.path.is_empty() { String::new() } else { format!("{}: ", self.path) };
                self.lines().for_each(|line| eprintln!("{}", print::shown(&format!("{place}{line}"))));
                for (label, text) in [("expected", &self.expected), ("do this", &self.hint)] {
                    if !text.is_empty() {
                        eprintln!("  {label}: {}", print::shown(text));
                    }
                }
            }
        }
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::input(BAD_SETTINGS, error.to_string(), "mend the settings named above")
    }
}

impl From<crate::storage::StoreError> for Failure {
    fn from(error: crate::storage::StoreError) -> Self {
        Self::fault(error)
    }
}

/// What a command works with.
pub struct Context {
    /// Settings given as flags and file.
    pub flags: Flags,
    /// How data is printed.
    pub format: Format,
    /// Language of sentences.
    pub lang: Lang,
    /// The time.
    pub clock: Clock,
}

impl Context {
    /// The settings, all problems at once.
    ///
    /// # Errors
    /// With exit code 2 when the settings have problems.
    pub fn settings(&self) -> Result<Settings, Failure> {
        Ok(load_here(&self.flags)?)
    }
}

/// Runs the command that the arguments name and answers the exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && usage::format_asked(lossy_arguments()) == Format::Json => {
            let failure = usage::with_commands(usage::failure(&error), &error, &Cli::command(), lossy_arguments());
            failure.print(Format::Json);
            return ExitCode::from(failure.exit);
        }
        Err(error) => {
            let help = !error.use_stderr();
            // Nothing to do about a closed terminal.
            let _closed = error.print();
            return ExitCode::from(if help { 0 } else { 2 });
        }
    };
    let format = cli.shared.format.into();
    if cli.shared.format != Printed::Text {
        print::for_programs();
    }
    match dispatch(cli) {
        Ok(code) => code,
        Err(failure) => {
            failure.print(format);
            ExitCode::from(failure.exit)
        }
    }
}

fn lossy_arguments() -> impl Iterator<Item = String> {
    std::env::args_os().map(|argument| argument.to_string_lossy().into_owned())
}

fn dispatch(cli: Cli) -> Result<ExitCode, Failure> {
    let Shared { config, database_url, data_dir, format, lang } = cli.shared;
    let mut values = BTreeMap::new();
    values.extend(database_url.map(|v| ("database_url", v)));
    values.extend(data_dir.map(|v| ("data_dir", v)));
    let mut context =
        Context { flags: Flags { file: config, values }, format: format.into(), lang, clock: Clock::System };
    match cli.command {
        Command::Demo(args) => demo::run(args, &mut context),
        Command::Serve(args) => serve::run(args, &mut context),
        Command::Remind(args) => remind::run(&args, &context),
        Command::Work(args) => work::run(&args, &context),
        Command::Evaluate(args) => evaluate::run(&args, &context),
        Command::Import(args) => import::run(&args, &context),
        Command::Certificate(command) => certificate::run(command, &context),
        Command::Audit(command) => audit::run(command, &context),
        Command::Db(command) => db::run(command, &context),
        Command::Rules(command) => rules::run(&command, &context),
        Command::User(command) => user::run(command, &context),
        Command::Settings(command) => settings::run(&command, &context),
    }
}
