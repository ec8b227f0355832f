//! `credtrail rules check`: every problem with file, line and way out; the last line counts.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::super::{Context, Failure, Format};
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
                }
                Err(LoadError::Problems(problems)) => report.problems.extend(problems),
                Err(error) => return Err(error.into()),
            }
        }
    }
    report.ok = report.problems.is_empty();
    print(&report, context.format);
    Ok(ExitCode::from(if report.ok { 0 } else { 2 }))
}

fn print(report: &Report, format: Format) {
    match format {
        Format::Json => println!("{}", crate::rules::canonical_json(report)),
        Format::Text => {
            for problem in &report.problems {
                println!("{}:{}: {}", problem.file, problem.line, problem.found);
                println!("  expected: {}", problem.expected);
                println!("  do this: {}", problem.hint);
            }
            let Report { packs, versions, examples, problems, .. } = report;
            println!("{packs} packs, {versions} versions, {examples} examples, {} problems", problems.len());
        }
    }
}
