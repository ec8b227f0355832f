//! The database of an installation that is there already, for commands that look at it or add to it. They make none: a
//! mistyped path would else be an empty register, and "nothing is due" a wrong answer.

use super::{Context, Failure};
use crate::settings::Settings;
use crate::storage::DatabaseUrl;

/// The settings of an installation whose database is there.
///
/// # Errors
/// With exit code 2 when the settings have problems, or no database is where they say.
pub fn known(context: &Context) -> Result<Settings, Failure> {
    let settings = context.settings()?;
    must_be_there(&settings.database_url)?;
    Ok(settings)
}

/// Refuses a database file that is not there; a server is asked when it is opened.
///
/// # Errors
/// With exit code 2.
pub fn must_be_there(url: &DatabaseUrl) -> Result<(), Failure> {
    match url {
        DatabaseUrl::Sqlite(path) if !path.is_file() => Err(Failure {
            code: "no_database",
            path: path.display().to_string(),
            found: "no database here".to_owned(),
            expected: "the SQLite file of a Credtrail installation".to_owned(),
            hint: "check --data-dir or --database-url; `credtrail db migrate` makes a new one".to_owned(),
            exit: 2,
        }),
        _ => Ok(()),
    }
}
