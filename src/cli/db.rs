//! `credtrail db`.

use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, Failure};
use crate::storage::{Conn, Db, migrate};

/// What can be done with the database as a whole.
#[derive(Subcommand)]
pub enum DbCommand {
    /// Bring the tables up to date
    Migrate,
    /// Say which database it is and whether its tables are up to date
    Status,
}

/// Runs `credtrail db`.
pub fn run(command: DbCommand, context: &Context) -> Result<ExitCode, Failure> {
    let settings = context.settings()?;
    let db = Db::open(&settings.database_url, 1)?;
    match command {
        DbCommand::Migrate => {
            let done = db.maintain(|conn: &mut Conn<'_>| migrate::run(conn))?;
            println!("{} migrations run", done.len());
            Ok(ExitCode::SUCCESS)
        }
        DbCommand::Status => {
            let waiting = db.maintain(|conn: &mut Conn<'_>| migrate::pending(conn))?;
            println!("{waiting} migrations wait");
            Ok(if waiting == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
    }
}
