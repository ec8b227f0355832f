//! `credtrail rules publish`: makes the versions of a pack immutable in the database.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::super::{Context, Failure, Format};
use crate::cli::installation;
use crate::cli::print::say;
use crate::packs;
use crate::repo;
use crate::rules::{Pack, Problem, worked};
use crate::services::acting::Acting;
use crate::services::credentials::{self, Brought, CredentialError};
use crate::storage::{Conn, Db, Id, migrate};

/// What to publish.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  credtrail rules publish config/rules/us-ne/cpss\n  \
    credtrail rules publish config/rules/us-xx/ps --board 0q8m2v5kx1c7d")]
pub struct Args {
    /// Folder of the pack, or one file of it
    #[arg(value_name = "PATH")]
    pack: PathBuf,
    /// The board's organization, for a credential that is not here yet
    #[arg(long, value_name = "ID")]
    board: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let pack = packs::load(&args.pack)?;
    // A file alone is held to the examples of its folder.
    let folder = args.pack.parent().filter(|folder| args.pack.is_file() && folder.is_dir());
    let whole = folder.map(packs::load).transpose()?;
    let tested = whole.as_ref().unwrap_or(&pack);
    if let Some(problem) = untrue(tested, &pack) {
        return Err(unpublishable(&problem));
    }
    let texts = packs::self_contained(folder.unwrap_or(&args.pack), tested)?;
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let only = whole.as_ref().and(pack.versions.last()).map(|version| version.id.as_str());
    let brought = Brought { files: &files, only };
    let settings = installation::known(context)?;
    let db = Db::open(&settings.database_url, 1)?;
    db.maintain(|conn: &mut Conn<'_>| migrate::run(conn))?;
    let by = Acting::system(context.clock.now());
    let board = args.board.as_deref().map(|text| {
        text.parse::<Id>()
            .map_err(|error| Failure::input("bad_id", format!("`{text}`: {error}"), "give the organization's id"))
    });
    let board = board.transpose()?;
    let published = db.write(|conn: &mut Conn<'_>| -> Result<Vec<String>, CredentialError> {
        let known = repo!(conn, boards::credential_by_slug(&pack.id))?;
        match (known, board) {
            (Some(row), _) => credentials::publish(conn, &by, row.organization_id, row.id, brought),
            (None, Some(board)) => {
                credentials::create(conn, &by, board, brought)?;
                Ok(pack.versions.iter().map(|version| version.id.clone()).collect())
            }
            (None, None) => Err(CredentialError::NotFound),
        }
    });
    let published = published.map_err(|error| refusal(&error, &pack.id, &args.pack))?;
    match context.format {
        Format::Json => say!("{}", serde_json::json!({ "credential": pack.id, "published": published })),
        Format::Text if published.is_empty() => say!("{}: all versions are published already", pack.id),
        Format::Text => say!("{}: published {}", pack.id, published.join(", ")),
    }
    Ok(ExitCode::SUCCESS)
}

/// The first example that does not hold, or the first version of `pack` that none is about: said before a database is
/// opened, and once more by the service with what is published.
fn untrue(tested: &Pack, pack: &Pack) -> Option<Problem> {
    let ours = |problem: &Problem| pack.versions.iter().any(|version| version.file == problem.file);
    let bare = worked::untested(tested).into_iter().filter(ours);
    worked::run(tested).into_iter().chain(bare).next()
}

fn unpublishable(problem: &Problem) -> Failure {
    let Problem { file, line, code, found, expected, hint } = problem.clone();
    Failure { code, path: format!("{file}:{line}"), found, expected, hint, exit: 2 }
}

fn refusal(error: &CredentialError, id: &str, pack: &Path) -> Failure {
    let (code, hint) = match error {
        CredentialError::NotFound => {
            return super::unknown(id, pack, "give the board's organization with --board, and it is set up");
        }
        CredentialError::Published(_) => {
            ("published", "a published version never changes: make a new file with a later first day")
        }
        CredentialError::Untested(problems) => match problems.first() {
            Some(problem) => return unpublishable(problem),
            None => ("bad_pack", "run `credtrail rules check`"),
        },
        CredentialError::Board(_) => ("unknown_board", "give the id of an organization that is a board"),
        CredentialError::Store(_) => return Failure::fault(error),
        _ => ("bad_pack", "run `credtrail rules check`"),
    };
    Failure::input(code, format!("{id}: {error}"), hint)
}
