//! `credtrail rules check`: every problem with file, line and way out; the last line counts.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::super::{Context, Failure, Format};
use crate::cli::print::say;
use crate::packs::{self, LoadError};
use crate::rules::{Problem, worked};

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
                    report.problems.extend(worked::run(&pack));
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

fn print(report: &Report, format: Format) {
    match format {
        Format::Json => print_json(report),
        Format::Text => {
            for problem in &report.problems {
                say!("{}:{}: {}", problem.file, problem.line, problem.found);
                say!("  expected: {}", problem.expected);
                say!("  do this: {}", problem.hint);
            }
            let Report { packs, versions, examples, problems, .. } = report;
            say!("{packs} packs, {versions} versions, {examples} examples, {} problems", problems.len());
        }
    }
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
    }
    let Some(first) = report.problems.first() else {
        say!("{}", crate::rules::canonical_json(report));
        return;
    };
    let Problem { file, line, code, found, expected, hint } = first;
    let refused = Refused { code, path: format!("{file}:{line}"), found, expected, hint, problems: &report.problems };
    eprintln!("{}", crate::rules::canonical_json(&refused));
}
