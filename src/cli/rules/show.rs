//! `credtrail rules show`: the flattened pack, each line with its origin.

use std::path::PathBuf;
use std::process::ExitCode;

use super::super::{Context, Failure, Format};
use crate::cli::print::say;
use crate::packs;
use crate::rules::canonical_json;

/// What to show.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the pack, or one file of it
    #[arg(long, value_name = "PATH")]
    pack: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let pack = packs::load(&args.pack)?;
    let summary = pack.summary();
    if context.format == Format::Json {
        say!("{}", canonical_json(&summary));
        return Ok(ExitCode::SUCCESS);
    }
    say!("# {}: {}, {}", summary.credential, summary.name, summary.board);
    for version in &pack.versions {
        let confirmed = if version.verified { "confirmed by the board" } else { "not yet confirmed by the board" };
        say!("# version {}, {confirmed}, {}", version.id, version.hash);
        // Lines of usual length stand in one column, so that the origins do too.
        let width = version.lines.iter().map(|(_, text)| text.chars().count()).filter(|width| *width <= 80).max();
        for (line, text) in &version.lines {
            if *line == 0 {
                say!("");
                continue;
            }
            let (file, line) = version.origins.place(*line);
            say!("{text:<width$}  # {file}:{line}", width = width.unwrap_or(0));
        }
        say!("");
    }
    Ok(ExitCode::SUCCESS)
}
