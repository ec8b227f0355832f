//! `credtrail rules diff` and `rules render`: rules in words.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::super::{Context, Failure, Format};
use crate::cli::print::{say, say_on};
use crate::packs;
use crate::rules::{Pack, Version, canonical_json, diff, render};

/// What to compare.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  credtrail rules diff config/rules/us-xx/ps/2020-01-01.toml config/rules/us-xx/ps/2024-07-01.toml"
)]
pub struct DiffArgs {
    /// The version before: a file, or a folder for its newest version
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The version after
    #[arg(value_name = "B")]
    after: PathBuf,
}

/// What to write as a page.
#[derive(clap::Args)]
pub struct RenderArgs {
    /// Folder of the pack, or one file of it
    #[arg(long, value_name = "PATH")]
    pack: PathBuf,
}

/// Runs `rules diff`; 1 when something changes.
pub fn difference(args: &DiffArgs, context: &Context) -> Result<ExitCode, Failure> {
    let (before, after) = (packs::load(&args.before)?, packs::load(&args.after)?);
    let difference = diff::difference(newest(&before, &args.before)?, newest(&after, &args.after)?);
    match context.format {
        Format::Json => say!("{}", canonical_json(&difference)),
        Format::Text => diff::lines(&difference, context.lang).iter().for_each(|line| say!("{line}")),
    }
    Ok(ExitCode::from(u8::from(!difference.changes.is_empty())))
}

/// Runs `rules render`: the newest version as Markdown.
pub fn page(args: &RenderArgs, context: &Context) -> Result<ExitCode, Failure> {
    let pack = packs::load(&args.pack)?;
    let version = newest(&pack, &args.pack)?;
    let page = render::markdown(version, context.lang);
    match context.format {
        Format::Json => {
            let said = serde_json::json!({ "credential": version.credential, "version": version.id, "hash": version.hash, "markdown": page });
            say!("{}", canonical_json(&said));
        }
        Format::Text => say_on!("{page}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// The newest version of a pack.
pub(super) fn newest<'p>(pack: &'p Pack, path: &Path) -> Result<&'p Version, Failure> {
    let empty = || Failure::input("no_version", format!("{} holds no version", path.display()), "name a pack");
    pack.versions.last().ok_or_else(empty)
}
