//! `credtrail db`: the database as a whole.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use serde::Serialize;

use super::installation::must_be_there;
use super::{Context, Failure, Format};
use crate::cli::print::say;
use crate::services::upkeep;
use crate::storage::backup::{BackupError, backup, restore};
use crate::storage::copy::{CopyError, Counted, copy, count};
use crate::storage::{Conn, DatabaseUrl, Db, StoreError, migrate};

/// What can be done with the database as a whole.
#[derive(Subcommand)]
pub enum DbCommand {
    /// Bring the tables up to date
    #[command(after_help = "Example:\n  credtrail --data-dir data db migrate")]
    Migrate,
    /// Say whether the tables are up to date and how many rows they have
    #[command(after_help = "Example:\n  credtrail --data-dir data db status")]
    Status,
    /// Write everything into one file; the service may run on meanwhile
    #[command(after_help = "Example:\n  credtrail --data-dir data db backup credtrail-backup\n\n\
        The file holds the keys too: keep it as safe as the service itself.")]
    Backup {
        /// A file that is not there yet
        file: PathBuf,
    },
    /// Bring a backup back into an empty database and data folder
    #[command(after_help = "Example:\n  credtrail --data-dir new-data db restore credtrail-backup")]
    Restore {
        /// A file that `credtrail db backup` made
        file: PathBuf,
    },
    /// Copy everything from one database to another, of either kind; the target must be empty
    #[command(
        after_help = "Example:\n  credtrail db copy --from sqlite://data/credtrail.sqlite3 --to postgres://db.example.org/credtrail"
    )]
    Copy {
        /// sqlite://<path> or postgres://<host>/<database>
        #[arg(long)]
        from: String,
        /// sqlite://<path> or postgres://<host>/<database>
        #[arg(long)]
        to: String,
    },
    /// Look for damage: the file, rows that point at nothing, the audit log, the files on disk
    #[command(after_help = "Example:\n  credtrail --data-dir data db check")]
    Check,
}

#[derive(Serialize)]
struct StatusView {
    kind: &'static str,
    migrations_waiting: usize,
    tables: Vec<Counted>,
}

#[derive(Serialize)]
struct RestoredView<'a> {
    tables: &'a [Counted],
    problems: &'a [String],
}

/// Runs `credtrail db`.
pub fn run(command: DbCommand, context: &Context) -> Result<ExitCode, Failure> {
    if let DbCommand::Copy { from, to } = command {
        return copy_between(&from, &to, context);
    }
    let settings = context.settings()?;
    if matches!(command, DbCommand::Status | DbCommand::Check | DbCommand::Backup { .. }) {
        must_be_there(&settings.database_url)?;
    }
    if let DbCommand::Restore { file } = &command {
        is_readable(file)?;
    }
    let db = Db::open(&settings.database_url, 2)?;
    let mut told = |counted: &Counted| tell(counted);
    match command {
        DbCommand::Migrate => {
            let done = db.maintain(|conn: &mut Conn<'_>| migrate::run(conn))?;
            print(context, &done, || say!("{} migrations run", done.len()));
            Ok(ExitCode::SUCCESS)
        }
        DbCommand::Status => status(&db, context),
        DbCommand::Backup { file } => {
            let counted = backup(&db, &settings.data_dir, &file, &mut told).map_err(refused)?;
            print(context, &counted, || say!("{} rows are in `{}`", rows(&counted), file.display()));
            Ok(ExitCode::SUCCESS)
        }
        DbCommand::Restore { file } => {
            let counted = restore(&file, &db, &settings.data_dir, &mut told).map_err(refused)?;
            let problems = db.read(|conn: &mut Conn<'_>| upkeep::check(conn, &settings.data_dir))?;
            let whole = problems.is_empty();
            print(context, &RestoredView { tables: &counted, problems: &problems }, || {
                say!("{} rows are back", rows(&counted));
                tell_problems(&problems);
            });
            Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
        DbCommand::Check => check(&db, &settings.data_dir, context),
        DbCommand::Copy { .. } => Ok(ExitCode::SUCCESS),
    }
}

fn copy_between(from: &str, to: &str, context: &Context) -> Result<ExitCode, Failure> {
    let open = |url: &str, what: &str| {
        let url = DatabaseUrl::parse(url)
            .map_err(|error| Failure::input("bad_url", format!("--{what} is no database: {error}"), "mend the URL"))?;
        if what == "from" {
            must_be_there(&url)?;
        }
        Db::open(&url, 1).map_err(Failure::from)
    };
    let (from, to) = (open(from, "from")?, open(to, "to")?);
    let counted = copy(&from, &to, &mut |counted| tell(counted)).map_err(|error| refused(error.into()))?;
    print(context, &counted, || say!("{} rows copied", rows(&counted)));
    Ok(ExitCode::SUCCESS)
}

/// A backup that cannot be read is told before a database is made for it.
fn is_readable(file: &std::path::Path) -> Result<(), Failure> {
    std::fs::File::open(file).map(drop).map_err(|error| Failure {
        code: "unreadable",
        path: file.display().to_string(),
        found: error.to_string(),
        expected: "a file that `credtrail db backup` made".to_owned(),
        hint: "check the path; nothing was changed".to_owned(),
        exit: 2,
    })
}

fn status(db: &Db, context: &Context) -> Result<ExitCode, Failure> {
    let view = db.read(|conn: &mut Conn<'_>| {
        let kind = match conn {
            Conn::Sqlite(_) => "sqlite",
            Conn::Postgres(_) => "postgres",
        };
        let migrations_waiting = migrate::pending(conn)?;
        let tables = if migrations_waiting == 0 { count(conn)? } else { Vec::new() };
        Ok::<_, StoreError>(StatusView { kind, migrations_waiting, tables })
    })?;
    print(context, &view, || {
        say!("{}, {} migrations wait", view.kind, view.migrations_waiting);
        for table in view.tables.iter().filter(|table| table.rows > 0) {
            say!("{:>12}  {}", table.rows, table.table);
        }
    });
    Ok(if view.migrations_waiting == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn check(db: &Db, data_dir: &std::path::Path, context: &Context) -> Result<ExitCode, Failure> {
    let found = db.read(|conn: &mut Conn<'_>| upkeep::check(conn, data_dir))?;
    print(context, &found, || tell_problems(&found));
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn tell_problems(found: &[String]) {
    for problem in found {
        say!("{problem}");
    }
    say!("{} problem(s) found", found.len());
}

/// How far it is; whoever reads a file of errors has the same numbers in the answer.
fn tell(counted: &Counted) {
    if counted.rows > 0 && std::io::stderr().is_terminal() {
        eprintln!("{:>12}  {}", counted.rows, counted.table);
    }
}

fn rows(counted: &[Counted]) -> u64 {
    counted.iter().map(|table| table.rows).sum()
}

fn print<T: Serialize>(context: &Context, value: &T, text: impl FnOnce()) {
    match context.format {
        Format::Json => say!("{}", serde_json::to_string(value).unwrap_or_default()),
        Format::Text => text(),
    }
}

fn refused(error: BackupError) -> Failure {
    match error {
        BackupError::Copy(CopyError::Store(store)) => store.into(),
        BackupError::Disk(..) => Failure::fault(error),
        other => Failure::input("not_done", other.to_string(), "nothing was changed"),
    }
}
