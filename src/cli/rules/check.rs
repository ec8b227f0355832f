//! `credtrail rules check`: every problem with file, line and way out, then what is worth a second look; the last line counts.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::super::{Context, Failure, Format};
use super::asked;
use crate::cli::print::say;
use crate::packs::{self, LoadError};
use crate::rules::evaluation::Outcome;
use crate::rules::pack::Example;
use crate::rules::remarks::remarks;
use crate::rules::{Lang, Pack, Problem, explain, worked};

/// What to check.
#[derive(clap::Args)]
pub struct Args {
    /// Packs, or folders with packs below them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Default, Serialize)]
struct Report {
    ok: bool,
    packs: usize,
    versions: usize,
    examples: usize,
    problems: Vec<Problem>,
    /// No problems, and worth a second look.
    notes: Vec<Problem>,
    /// What became of the records of an example that does not hold, below the last problem of it.
    #[serde(skip)]
    reasons: BTreeMap<usize, Vec<String>>,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let mut report = Report::default();
    for path in &args.paths {
        let found = packs::find(path)?;
        if found.is_empty() {
            return Err(LoadError::Empty(path.clone()).into());
        }
        for folder in found {
            report.packs += 1;
            match packs::load(&folder) {
                Ok(pack) => {
                    report.versions += pack.versions.len();
                    report.examples += pack.examples.len();
                    pack.examples.iter().for_each(|example| report.run(&pack, example));
                    let today = asked::today(&pack, context)?;
                    report.notes.extend(pack.versions.iter().flat_map(|version| remarks(version, today)));
                    // One file by itself has its examples elsewhere.
                    if folder.is_dir() {
                        report.problems.extend(worked::untested(&pack));
                    }
                }
                Err(LoadError::Problems(problems)) => report.problems.extend(problems),
                Err(error) => return Err(error.into()),
            }
        }
    }
    report.ok = report.problems.is_empty();
    print(&report, context.format);
    // An example that does not hold, or is not there, is a no; a pack that does not read is bad input.
    let unread = report.problems.iter().any(|problem| !matches!(problem.code, "example" | "no_example"));
    Ok(ExitCode::from(if unread { 2 } else { u8::from(!report.ok) }))
}

impl Report {
    fn run(&mut self, pack: &Pack, example: &Example) {
        let problems = worked::run_one(pack, example);
        if problems.is_empty() {
            return;
        }
        self.problems.extend(problems);
        let Some((version, answer)) = worked::answer(pack, example) else { return };
        // Problems are told in English, whatever the language asked for; so is what belongs to one.
        let lines = explain::lines(version, &example.record, &answer, Lang::En);
        let read = |id: &str| answer.records.iter().any(|one| one.record == id && one.outcome != Outcome::NotRead);
        let of_records = lines.into_iter().filter(|line| line.record.as_deref().is_some_and(read));
        // By its id too: that is how the example names a record.
        let said = of_records.map(|line| format!("{}: {}", line.record.unwrap_or_default(), line.text));
        self.reasons.insert(self.problems.len(), said.collect());
    }
}

fn print(report: &Report, format: Format) {
    match format {
        Format::Json => print_json(report),
        Format::Text => {
            for (problem, number) in report.problems.iter().zip(1..) {
                say!("{}:{}: {}", problem.file, problem.line, problem.found);
                say!("  expected: {}", problem.expected);
                say!("  do this: {}", problem.hint);
                report.reasons.get(&number).into_iter().flatten().for_each(|line| say!("  {line}"));
            }
            for Problem { file, line, found, expected, hint, .. } in &report.notes {
                say!("{file}:{line}: note: {found}");
                say!("  better: {expected}");
                say!("  do this: {hint}");
            }
            let Report { packs, versions, examples, problems, notes, .. } = report;
            let counted = [
                many(*packs, "pack"),
                many(*versions, "version"),
                many(*examples, "example"),
                many(problems.len(), "problem"),
                many(notes.len(), "note"),
            ];
            say!("{}", counted.join(", "));
        }
    }
}

/// "1 pack", "2 packs".
fn many(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The report on stdout; with problems one error object on stderr, the first problem with all of them beside it.
fn print_json(report: &Report) {
    #[derive(Serialize)]
    struct Refused<'r> {
        code: &'r str,
        path: String,
        found: &'r str,
        expected: &'r str,
        hint: &'r str,
        problems: &'r [Problem],
        notes: &'r [Problem],
    }
    let Some(first) = report.problems.first() else {
        say!("{}", crate::rules::canonical_json(report));
        return;
    };
    let Problem { file, line, code, found, expected, hint } = first;
    let refused = Refused {
        code,
        path: format!("{file}:{line}"),
        found,
        expected,
        hint,
        problems: &report.problems,
        notes: &report.notes,
    };
    eprintln!("{}", crate::rules::canonical_json(&refused));
}
