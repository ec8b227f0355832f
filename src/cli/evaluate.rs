//! `credtrail evaluate --all`: everyone in the register.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::process::ExitCode;

use chrono::NaiveDate;
use indicatif::ProgressBar;

use super::usage::parse_day;
use super::{Context, Failure, Format, installation};
use crate::cli::print::say;
use crate::repo;
use crate::services::everyone::{Summary, evaluate_all};
use crate::services::progress;
use crate::storage::Conn;
use crate::web::app::App;

/// Whom to evaluate.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  credtrail evaluate --all --credential us-ne-cpss\n\n\
    One person's record is evaluated by `credtrail rules evaluate`.")]
pub struct Args {
    /// Everyone who applied for a credential or holds it
    #[arg(long, required = true)]
    all: bool,
    /// One credential, such as us-ne-cpss; otherwise every one
    #[arg(long, value_name = "ID")]
    credential: Option<String>,
    /// The day asked about; otherwise today where the board is
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<NaiveDate>,
}

/// Runs `credtrail evaluate`.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let app = App::open(installation::known(context)?, context.clock.clone())?;
    let wanted = |slug: &str| args.credential.as_deref().is_none_or(|wanted| wanted == slug);
    let mut credentials = app.db.read(|conn: &mut Conn<'_>| repo!(conn, boards::credentials()))?;
    credentials.retain(|row| wanted(&row.slug));
    if let (Some(slug), true) = (&args.credential, credentials.is_empty()) {
        return Err(Failure::input("unknown_credential", format!("`{slug}` is no credential here"), "check the id"));
    }
    let people = app.db.read(|conn: &mut Conn<'_>| repo!(conn, ranges::count_people()))?;
    let mut summaries: BTreeMap<String, Summary> = BTreeMap::new();
    for row in &credentials {
        let as_of = match args.as_of {
            Some(day) => day,
            None => {
                let now = app.clock.now();
                app.db.read(|conn: &mut Conn<'_>| progress::today(conn, row, now)).map_err(Failure::fault)?
            }
        };
        let bar = if std::io::stderr().is_terminal() {
            ProgressBar::new(u64::try_from(people).unwrap_or(0)).with_message(row.slug.clone())
        } else {
            ProgressBar::hidden()
        };
        let done = |count| bar.set_position(count);
        let summary = evaluate_all(&app.db, row, as_of, &done).map_err(Failure::fault)?;
        bar.finish_and_clear();
        summaries.insert(row.slug.clone(), summary);
    }
    match context.format {
        Format::Json => say!("{}", serde_json::json!({ "credentials": summaries })),
        Format::Text if summaries.is_empty() => say!("no credential is here yet: nobody to look at"),
        Format::Text => {
            for (slug, summary) in &summaries {
                say!("{slug}: {} people looked at, {} concerned", summary.people, summary.concerned);
                for (word, count) in &summary.by_status {
                    say!("{count:>10}  {word}");
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
