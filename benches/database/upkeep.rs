//! Backing up, checking and restoring a register full of certificates, with the real commands.

use super::Outcome;
use super::command;
use super::lookups::register;
use super::place::{Database, Place};
use super::spent;
use credtrail::services::files::Files;

/// Measures and reports.
pub fn run(database: &Database, count: u32) -> Outcome {
    let place = Place::new(database)?;
    register::fill(&place, count)?;
    // The bytes that every certificate of the register names.
    Files::of_certificates(&place.app.settings.data_dir).store(b"test")?;
    place.settle()?;
    println!("{}: {count} certificates", database.name());
    let file = place.folder().join("backup.sqlite3");
    timed(&place, "db check", None)?;
    timed(&place, "db backup", Some(&file))?;
    println!("    a file of {} MiB", std::fs::metadata(&file)?.len() >> 20);
    let other = Place::new(database)?;
    // Keys of its own would be in the way.
    std::fs::remove_dir_all(&other.app.settings.data_dir)?;
    timed(&other, "db restore", Some(&file))
}

/// Runs a command and says what it came to, the server's part counted in.
fn timed(place: &Place, words: &str, file: Option<&std::path::Path>) -> Outcome {
    let server = spent::server_of(place);
    let before = spent::by_server(server.as_deref())?;
    let ran = command::run(place, words.split(' '), file)?;
    let spent = ran.spent + spent::by_server(server.as_deref())? - before;
    println!(
        "  {words}: {:.1} s, {:.1} s of processor time, {}",
        ran.took.as_secs_f64(),
        spent.as_secs_f64(),
        ran.held()
    );
    Ok(())
}
