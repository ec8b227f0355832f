//! `credtrail audit`.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Subcommand;
use indicatif::ProgressBar;

use super::{Context, Failure, Format, installation};
use crate::cli::print::say;
use crate::rules::Lang;
use crate::services::audit::{self, Checkpoint, Damage, Report};
use crate::services::reruns::{self, Difference};
use crate::storage::{Conn, Db, migrate};

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
    /// Run every evaluation that a decision rests on again, and compare it byte for byte
    ///
    /// Each is kept with its record, question and version, so that the same comes out years later.
    #[command(after_help = "Example:\n  credtrail audit evaluations")]
    Evaluations,
}

/// Runs `credtrail audit`.
pub fn run(command: AuditCommand, context: &Context) -> Result<ExitCode, Failure> {
    let settings = installation::known(context)?;
    let db = Db::open(&settings.database_url, 1)?;
    if db.read(|conn: &mut Conn<'_>| migrate::pending(conn))? > 0 {
        let found = "the tables of this database are not up to date";
        return Err(Failure::input("not_migrated", found, "run `credtrail db migrate`"));
    }
    match command {
        AuditCommand::Verify { noted } => verify(&db, &noted, context),
        AuditCommand::Evaluations => evaluations(&db, context),
    }
}

/// 1 when an evaluation comes out otherwise than it was kept.
fn evaluations(db: &Db, context: &Context) -> Result<ExitCode, Failure> {
    let count = db.read(|conn: &mut Conn<'_>| reruns::count(conn)).map_err(Failure::fault)?;
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(count) } else { ProgressBar::hidden() };
    let done = |seen| bar.set_position(seen);
    let report = db.read(|conn: &mut Conn<'_>| reruns::run_all(conn, &done)).map_err(Failure::fault)?;
    bar.finish_and_clear();
    match context.format {
        Format::Json => say!("{}", serde_json::to_string(&report).map_err(Failure::fault)?),
        Format::Text => print_reruns(&report, context.lang),
    }
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print_reruns(report: &reruns::Report, lang: Lang) {
    for (rules, count) in &report.rules {
        say!("{count:>10}  {rules}");
    }
    for found in &report.findings {
        say!("{} {} {}: {}", found.person, found.evaluation, found.rules, differing(found.difference, lang));
    }
    let (all, other) = (report.evaluations, report.findings.len());
    match (lang, other) {
        (Lang::En, 0) => say!("{all} evaluations run again, all to the same bytes"),
        (Lang::En, _) => say!("{all} evaluations run again, {other} of them do not fit"),
        (Lang::Es, 0) => say!("{all} evaluaciones repetidas, todas con los mismos bytes"),
        (Lang::Es, _) => say!("{all} evaluaciones repetidas, {other} de ellas no coinciden"),
    }
}

const fn differing(difference: Difference, lang: Lang) -> &'static str {
    match (difference, lang) {
        (Difference::NoVersion, Lang::En) => "its version is not published here",
        (Difference::OtherVersion, Lang::En) => "the published version has another text",
        (Difference::Unreadable, Lang::En) => "its record or question does not read",
        (Difference::OtherInputs, Lang::En) => "its record or question has another hash",
        (Difference::OtherAnswer, Lang::En) => "another answer comes out",
        (Difference::NoVersion, Lang::Es) => "su versión no está publicada aquí",
        (Difference::OtherVersion, Lang::Es) => "la versión publicada tiene otro texto",
        (Difference::Unreadable, Lang::Es) => "su expediente o su pregunta no se puede leer",
        (Difference::OtherInputs, Lang::Es) => "su expediente o su pregunta tiene otra huella",
        (Difference::OtherAnswer, Lang::Es) => "resulta otra respuesta",
    }
}

fn verify(db: &Db, noted: &[Checkpoint], context: &Context) -> Result<ExitCode, Failure> {
    let report = db.read(|conn| audit::verify(conn, noted))?;
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
