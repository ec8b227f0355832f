//! `credtrail certificate`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::{Context, Failure, Format, installation};
use crate::cli::print::say;
use crate::rules::Lang;
use crate::services::acting::Acting;
use crate::services::certificates::{self, CertificateError, Office};
use crate::services::files;
use crate::services::standing::PublicStatus;
use crate::services::verify::{self, Verification};
use crate::storage::rows::certificates::CertificateRow;
use crate::storage::{Conn, Id};
use crate::web::app::App;

/// What can be done with certificates.
#[derive(Subcommand)]
pub enum CertificateCommand {
    /// Issue the certificate of a term, or finish those that were interrupted
    ///
    /// A certificate comes only from a recorded decision or a term that was brought in; asking twice
    /// gives the same one.
    #[command(after_help = "Example:\n  credtrail certificate issue --resume")]
    Issue {
        /// Board, person, award and term
        #[arg(long, num_args = 4, value_names = ["BOARD", "PERSON", "AWARD", "TERM"], required_unless_present = "resume")]
        of: Vec<Id>,
        /// Finish every certificate that was reserved and not issued
        #[arg(long, conflicts_with = "of")]
        resume: bool,
    },
    /// Make a certificate again, such as after a change of name
    #[command(
        after_help = "Example:\n  credtrail certificate reissue --of BOARD PERSON CERTIFICATE --reason \"change of name\""
    )]
    Reissue {
        /// Board, person and certificate
        #[arg(long, num_args = 3, value_names = ["BOARD", "PERSON", "CERTIFICATE"], required = true)]
        of: Vec<Id>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Say whether a PDF is a certificate of this installation, byte for byte, and in force
    ///
    /// Looks the file's hash up in the database. Checking without the database, by signature and
    /// --trust, is not possible yet.
    #[command(after_help = "Example:\n  credtrail certificate verify certificate.pdf")]
    Verify {
        /// The PDF
        file: PathBuf,
    },
}

/// Runs `credtrail certificate`.
pub fn run(command: CertificateCommand, context: &Context) -> Result<ExitCode, Failure> {
    let app = App::open(installation::known(context)?, context.clock.clone())?;
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    match command {
        CertificateCommand::Issue { resume: true, .. } => resume(&app, &office, context),
        CertificateCommand::Issue { of, .. } => {
            let [board, person, award, term] = of.as_slice() else { return Err(usage("issue --of takes four ids")) };
            let place = (*board, *person, *award, *term);
            let row = certificates::issue(&app.db, &office, &app.clock, Id::SYSTEM, place).map_err(refusal)?;
            show(&row, &office, context)
        }
        CertificateCommand::Reissue { of, reason } => {
            let [board, person, certificate] = of.as_slice() else { return Err(usage("reissue --of takes three ids")) };
            let (by, place) = (Acting::system(app.clock.now()), (*board, *person, *certificate));
            let reserve = |conn: &mut Conn<'_>| certificates::reissue(conn, &by, &office, place, &reason);
            let row = app.db.write(reserve).map_err(refusal)?;
            let row = certificates::finish(&app.db, &office, &app.clock, *person, row.id).map_err(refusal)?;
            show(&row, &office, context)
        }
        CertificateCommand::Verify { file } => check(&app, &file, context),
    }
}

fn usage(hint: &'static str) -> Failure {
    Failure::input("usage", "ids are missing", hint)
}

fn refusal(error: CertificateError) -> Failure {
    match error {
        CertificateError::Store(store) => store.into(),
        CertificateError::Print(_) | CertificateError::Random(_) | CertificateError::Disk(_) => Failure::fault(error),
        other => Failure::input("refused", other.to_string(), "correct this and try again"),
    }
}

fn resume(app: &App, office: &Office, context: &Context) -> Result<ExitCode, Failure> {
    let (done, left) = certificates::resume_reserved(&app.db, office, &app.clock, 10_000)?;
    match context.format {
        Format::Json => say!("{}", json!({ "issued": done, "left": left.len() })),
        Format::Text => say!("{done} issued, {} left", left.len()),
    }
    for (id, error) in &left {
        eprintln!("{id}: {error}");
    }
    Ok(if left.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Finishes what a crash interrupted, before the worker begins. What cannot be finished is logged and stays.
pub(super) fn resume_interrupted(app: &App) -> Result<(), Failure> {
    let office = Office::new(&app.settings.data_dir, &app.settings.public_url);
    let (done, left) = certificates::resume_reserved(&app.db, &office, &app.clock, 10_000)?;
    if done > 0 {
        tracing::info!(done, "interrupted certificates issued");
    }
    for (id, error) in left {
        tracing::error!(certificate = %id, %error, "a certificate could not be finished");
    }
    Ok(())
}

fn show(row: &CertificateRow, office: &Office, context: &Context) -> Result<ExitCode, Failure> {
    let url = office.link(&format!("verify/{}", row.code));
    match context.format {
        Format::Json => say!(
            "{}",
            json!({ "id": row.id, "number": row.number, "state": row.state, "verify_url": url, "document_sha256": row.sha256 })
        ),
        Format::Text => say!("{} {url}", row.number),
    }
    Ok(ExitCode::SUCCESS)
}

fn check(app: &App, file: &std::path::Path, context: &Context) -> Result<ExitCode, Failure> {
    let bytes = std::fs::read(file).map_err(|error| {
        let mut failure = Failure::input("unreadable", error.to_string(), "name a file that is there");
        failure.path = file.display().to_string();
        failure
    })?;
    let hash = files::sha256(&bytes);
    let (now, lang) = (app.clock.now(), context.lang);
    let found = app.db.read(|conn| verify::by_document(conn, &hash, now))?;
    let active = matches!(&found, Verification::Found(it) if it.status == PublicStatus::Active);
    match (context.format, &found) {
        (Format::Json, _) => {
            say!("{}", serde_json::to_string(&found.view(lang)).map_err(Failure::fault)?);
        }
        (Format::Text, Verification::Found(it)) => say!("{}: {} ({})", it.label(lang), it.credential, it.number),
        (Format::Text, Verification::NotFound) => say!(
            "{}",
            match lang {
                Lang::En => "not a certificate of this installation, or changed since it was issued",
                Lang::Es => "no es un certificado de esta instalación, o cambió desde que se emitió",
            }
        ),
    }
    Ok(if active { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
