//! `credtrail rules show`: a pack at a glance, each line with its origin.

use std::path::PathBuf;
use std::process::ExitCode;

use super::super::{Context, Failure, Format};
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
    let summary = packs::load(&args.pack)?.summary();
    if context.format == Format::Json {
        println!("{}", canonical_json(&summary));
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}: {}, {}", summary.credential, summary.name, summary.board);
    for version in &summary.versions {
        let confirmed = if version.verified { "confirmed by the board" } else { "not yet confirmed by the board" };
        println!("version {}, {confirmed}, {} ({})", version.id, version.hash, version.file);
    }
    println!("stages: {}", summary.stages.join(", "));
    for (purpose, rules) in &summary.requirements {
        println!("{purpose}:");
        for rule in rules {
            println!("  {} ({}): {} [{}] {}", rule.id, rule.asks, rule.label, rule.citation, rule.origin);
        }
    }
    println!("topics:");
    for topic in &summary.topics {
        let others =
            if topic.synonyms.is_empty() { String::new() } else { format!(" ({})", topic.synonyms.join(", ")) };
        println!("  {}: {}{others}", topic.id, topic.label);
    }
    Ok(ExitCode::SUCCESS)
}
