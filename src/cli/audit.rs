//! `credtrail audit`.

use std::process::ExitCode;

use clap::Subcommand;

use super::{Context, Failure, Format};
use crate::cli::print::say;
use crate::rules::Lang;
use crate::services::audit::{self, Checkpoint, Damage, Report};
use crate::storage::Db;

/// What can be done with the audit log.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Read the whole log and find every row that was changed, dropped, swapped or cut
    ///
    /// Note the last line down somewhere else and pass it next time with --noted: then even
    /// somebody who can change the whole database is found out.
    #[command(after_help = "Example:\n  credtrail audit verify")]
    Verify {
        /// A checkpoint that an earlier run printed; may be given several times
        #[arg(long, value_name = "NUMBER:HASH")]
        noted: Vec<Checkpoint>,
    },
}

/// Runs `credtrail audit`.
pub fn run(command: AuditCommand, context: &Context) -> Result<ExitCode, Failure> {
    let AuditCommand::Verify { noted } = command;
    let settings = context.settings()?;
    let db = Db::open(&settings.database_url, 1)?;
    let report = db.read(|conn| audit::verify(conn, &noted))?;
    match context.format {
        Format::Json => say!("{}", serde_json::to_string(&report).map_err(Failure::fault)?),
        Format::Text => print(&report, context.lang),
    }
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print(report: &Report, lang: Lang) {
    for finding in &report.findings {
        say!("{}: {}", finding.seq, words(finding.damage, lang));
    }
    let rows = report.rows;
    match (lang, report.findings.len()) {
        (Lang::En, 0) => say!("{rows} rows, the log is whole"),
        (Lang::En, found) => say!("{rows} rows, {found} places do not fit"),
        (Lang::Es, 0) => say!("{rows} filas, el registro está completo"),
        (Lang::Es, found) => say!("{rows} filas, {found} lugares no coinciden"),
    }
    if let Some(head) = &report.head {
        say!("{head}");
    }
}

const fn words(damage: Damage, lang: Lang) -> &'static str {
    match (damage, lang) {
        (Damage::Changed, Lang::En) => "this row was changed",
        (Damage::Missing, Lang::En) => "rows before this one are missing",
        (Damage::NotLinked, Lang::En) => "this row does not follow the one before it",
        (Damage::Cut, Lang::En) => "rows from here on are missing",
        (Damage::BeyondHead, Lang::En) => "rows from here on stand after the head of the log",
        (Damage::OtherThanNoted, Lang::En) => "this row is not the one that was noted down",
        (Damage::Changed, Lang::Es) => "esta fila fue cambiada",
        (Damage::Missing, Lang::Es) => "faltan filas antes de esta",
        (Damage::NotLinked, Lang::Es) => "esta fila no sigue a la anterior",
        (Damage::Cut, Lang::Es) => "faltan filas desde aquí",
        (Damage::BeyondHead, Lang::Es) => "las filas desde aquí están después del final del registro",
        (Damage::OtherThanNoted, Lang::Es) => "esta fila no es la que se anotó",
    }
}
