//! `credtrail rules evaluate` and `rules explain`: one portable record against one pack, no database.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use serde::Serialize;

use super::super::{Context, Failure, Format};
use crate::cli::print::say;
use crate::packs;
use crate::rules::explain::{self, Line};
use crate::rules::plan;
use crate::rules::record::RecordError;
use crate::rules::{Evaluation, Pack, Purpose, Question, Record, Status, Version, canonical_json, evaluate};

/// What to ask.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the pack, or one file of it
    #[arg(long, value_name = "PATH")]
    pack: PathBuf,
    /// A portable record (`credtrail.record/1`); `-` reads it from standard input
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// The day asked about [default: today where the board is]
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// What for: initial, renewal, reinstatement or reciprocity
    #[arg(long, default_value = "initial", value_parser = parse_purpose)]
    purpose: Purpose,
    /// Which stage [default: the first not yet held]
    #[arg(long, value_name = "ID")]
    stage: Option<String>,
}

/// What to plan.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  credtrail rules plan --pack config/rules/us-ne/cpss --record dana.json\n  \
    credtrail rules plan --pack config/rules/us-nv/prss --record dana.json --purpose reciprocity\n  \
    credtrail rules plan --pack config/rules/us-ne/cpss --record dana.json --with planned.json --as-of 2027-03-01")]
pub struct PlanArgs {
    #[command(flatten)]
    asked: Args,
    /// Planned facts: a fragment of a record, such as {"learning": [...]}; `-` reads it from standard input
    #[arg(long, value_name = "FILE")]
    with: Option<PathBuf>,
}

/// Runs `rules plan`.
pub fn plan_record(args: &PlanArgs, context: &Context) -> Result<ExitCode, Failure> {
    let mut asked = Asked::read(&args.asked, context)?;
    if let Some(path) = &args.with {
        asked.record = plan::with_planned(&asked.record, &read_text(path)?)?;
    }
    let version = asked.version()?;
    let found = plan::plan(&asked.pack, &asked.record, &asked.question).ok_or_else(|| asked.no_version())?;
    match context.format {
        Format::Json => say!("{}", canonical_json(&found)),
        Format::Text => plan::lines(version, &found, context.lang).iter().for_each(|line| say!("{line}")),
    }
    Ok(exit(found.status))
}

fn parse_purpose(word: &str) -> Result<Purpose, String> {
    Purpose::parse(word).ok_or_else(|| "expected initial, renewal, reinstatement or reciprocity".to_owned())
}

/// Runs `rules evaluate`.
pub fn evaluate_record(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let asked = Asked::read(args, context)?;
    let answer = asked.answer()?;
    match context.format {
        Format::Json => {
            say!("{}", canonical_json(&explain::in_language(answer.clone(), asked.version()?, context.lang)));
        }
        Format::Text => print_lines(&asked.lines(&answer, context)?, &answer),
    }
    Ok(exit(answer.status))
}

/// Runs `rules explain`.
pub fn explain_record(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    #[derive(Serialize)]
    struct Explained {
        lang: &'static str,
        status: Status,
        lines: Vec<Line>,
    }
    let asked = Asked::read(args, context)?;
    let answer = asked.answer()?;
    let lines = asked.lines(&answer, context)?;
    match context.format {
        Format::Json => {
            say!("{}", canonical_json(&Explained { lang: context.lang.tag(), status: answer.status, lines }));
        }
        Format::Text => print_lines(&lines, &answer),
    }
    Ok(exit(answer.status))
}

fn exit(status: Status) -> ExitCode {
    match status {
        Status::Met | Status::Waived | Status::NotApplicable => ExitCode::SUCCESS,
        Status::NotMet | Status::Undecided => ExitCode::from(1),
    }
}

/// A pack, a record and a question that fit together.
struct Asked {
    pack: Pack,
    record: Record,
    question: Question,
}

impl Asked {
    fn read(args: &Args, context: &Context) -> Result<Self, Failure> {
        let pack = packs::load(&args.pack)?;
        let record = Record::from_json(&read_text(&args.record)?)?;
        let as_of = match args.as_of {
            Some(day) => day,
            None => today(&pack, context)?,
        };
        Ok(Self { pack, record, question: Question { as_of, purpose: args.purpose, stage: args.stage.clone() } })
    }

    fn version(&self) -> Result<&Version, Failure> {
        let Question { as_of, purpose, stage } = &self.question;
        let version = self.pack.version_for(&self.record, *as_of, *purpose).ok_or_else(|| self.no_version())?;
        if let Some(stage) = stage
            && version.stage_of(&self.record, &self.question).is_none()
        {
            let known: Vec<&str> = version.stages.iter().map(|stage| stage.id.as_str()).collect();
            return Err(refusal(
                "unknown_stage",
                "--stage",
                format!("stage `{stage}`"),
                format!("one of {}", known.join(", ")),
                "name a stage of the pack",
            ));
        }
        if !version.purposes.get(purpose).is_some_and(|rules| rules.offered) {
            let offered: Vec<&str> =
                version.purposes.iter().filter(|(_, rules)| rules.offered).map(|(purpose, _)| purpose.word()).collect();
            let found = format!("{} is not offered under version {}", purpose.word(), version.id);
            return Err(refusal(
                "purpose_not_offered",
                "--purpose",
                found,
                format!("one of {}", offered.join(", ")),
                "ask for a purpose the board offers",
            ));
        }
        Ok(version)
    }

    fn no_version(&self) -> Failure {
        let known: Vec<&str> = self.pack.versions.iter().map(|version| version.id.as_str()).collect();
        let found = format!("no version of {} rules this person on {}", self.pack.id, self.question.as_of);
        refusal(
            "no_version_in_force",
            "--as-of",
            found,
            format!("a day or pin that one of {} covers", known.join(", ")),
            "ask about a later day, or add the version",
        )
    }

    fn answer(&self) -> Result<Evaluation, Failure> {
        Ok(evaluate(self.version()?, &self.record, &self.question))
    }

    fn lines(&self, answer: &Evaluation, context: &Context) -> Result<Vec<Line>, Failure> {
        Ok(explain::lines(self.version()?, &self.record, answer, context.lang))
    }
}

fn today(pack: &Pack, context: &Context) -> Result<NaiveDate, Failure> {
    let zone = pack.versions.last().map_or("UTC", |version| version.time_zone.as_str());
    let zone = zone.parse().map_err(|_error| {
        refusal(
            "bad_pack",
            "time_zone",
            format!("time zone `{zone}`"),
            "an IANA name such as `America/Chicago`".to_owned(),
            "mend the pack or give --as-of",
        )
    })?;
    Ok(context.clock.today_in(zone))
}

fn refusal(code: &'static str, path: &str, found: String, expected: String, hint: &str) -> Failure {
    Failure { code, path: path.to_owned(), found, expected, hint: hint.to_owned(), exit: 2 }
}

fn read_text(path: &std::path::Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).map(drop)
    } else {
        std::fs::read_to_string(path).map(|found| text = found)
    };
    read.map_err(|error| {
        refusal(
            "unreadable",
            &path.display().to_string(),
            error.to_string(),
            "a portable record as JSON in UTF-8".to_owned(),
            "check the path",
        )
    })?;
    Ok(text)
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        let RecordError { code, path, found, expected, hint } = error;
        Self { code, path, found, expected, hint, exit: 2 }
    }
}

fn print_lines(lines: &[Line], answer: &Evaluation) {
    say!("{} {} ({}, {}, {})", answer.credential, answer.version, answer.purpose.word(), answer.stage, answer.as_of);
    for line in lines {
        say!(
            "{}{}",
            "  ".repeat(line.depth + usize::from(line.requirement.is_some() || line.record.is_some())),
            line.text
        );
    }
    if let Some(day) = answer.earliest_date.filter(|day| *day > answer.as_of) {
        say!("{day}");
    }
}
