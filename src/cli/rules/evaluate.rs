//! `credtrail rules evaluate`, `explain` and `plan`: one record against one pack, no database.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use serde::Serialize;

use super::super::{Context, Failure, Format};
use super::asked::{Args, Asked, read_text};
use crate::cli::print::say;
use crate::rules::evaluation::Citation;
use crate::rules::explain::{self, Line};
use crate::rules::plan;
use crate::rules::{Evaluation, Lang, Status, Version, canonical_json};

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

/// Runs `rules evaluate`.
pub fn evaluate_record(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let asked = Asked::read(args, context)?;
    let answer = asked.answer()?;
    match context.format {
        Format::Json => {
            say!("{}", canonical_json(&explain::in_language(answer.clone(), asked.version()?, context.lang)));
        }
        Format::Text => print_lines(&asked.lines(&answer, context)?, asked.version()?, &answer, context.lang),
    }
    Ok(exit(answer.status))
}

/// Runs `rules explain`.
pub fn explain_record(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    #[derive(Serialize)]
    struct Explained<'a> {
        format: &'static str,
        credential: &'a str,
        version: &'a str,
        as_of: NaiveDate,
        lang: &'static str,
        status: Status,
        lines: Vec<Line>,
    }
    let asked = Asked::read(args, context)?;
    let answer = asked.answer()?;
    let lines = asked.lines(&answer, context)?;
    match context.format {
        Format::Json => {
            let Evaluation { credential, version, as_of, status, .. } = &answer;
            let (format, lang) = ("credtrail.explanation/1", context.lang.tag());
            let (as_of, status) = (*as_of, *status);
            say!("{}", canonical_json(&Explained { format, credential, version, as_of, lang, status, lines }));
        }
        Format::Text => print_lines(&lines, asked.version()?, &answer, context.lang),
    }
    Ok(exit(answer.status))
}

fn exit(status: Status) -> ExitCode {
    match status {
        Status::Met | Status::Waived | Status::NotApplicable => ExitCode::SUCCESS,
        Status::NotMet | Status::Undecided => ExitCode::from(1),
    }
}

/// The clause as the pack cites it; its address where it has no name.
fn place(citation: &Citation) -> &str {
    if citation.title.is_empty() { &citation.url } else { &citation.title }
}

fn print_lines(lines: &[Line], version: &Version, answer: &Evaluation, lang: Lang) {
    // The places that the lines above a line name, by their depth: a part that is written there too does not say so again.
    let mut above: Vec<Option<&str>> = Vec::new();
    for line in lines {
        let indent = "  ".repeat(line.depth + usize::from(line.requirement.is_some() || line.record.is_some()));
        let place = line.citation.as_ref().map(place);
        if line.citation.is_some() {
            above.resize(line.depth, None);
            above.push(place);
        }
        let said = line.depth.checked_sub(1).and_then(|depth| above.get(depth).copied().flatten());
        match place.filter(|place| said != Some(*place)) {
            Some(place) => say!("{indent}{} [{place}]", line.text),
            None => say!("{indent}{}", line.text),
        }
    }
    if let Some(day) = answer.earliest_date.filter(|day| *day > answer.as_of) {
        let day = explain::day(day, lang);
        match lang {
            Lang::En => say!("The earliest day on which all of it can be met: {day}."),
            Lang::Es => say!("El primer día en que todo se puede cumplir: {day}."),
        }
    }
    say!("{}", explain::basis(version, answer, lang));
}
