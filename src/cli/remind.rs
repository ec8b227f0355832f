//! `credtrail remind`.

use std::process::ExitCode;

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};

use super::usage::parse_day;
use super::{Context, Failure, Format, installation};
use crate::cli::print::say;
use crate::jobs::{Sweep, Swept, sweep};
use crate::mail::Kind;
use crate::rules::{Lang, explain};
use crate::services::reminders::Plan;
use crate::web::app::App;

/// What to remind of.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  credtrail remind --dry-run --as-of 2027-06-01")]
pub struct Args {
    /// Write nothing; list what would be written
    #[arg(long)]
    dry_run: bool,
    /// As if it were this day, such as 2027-06-01
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<NaiveDate>,
}

/// Runs the reminder sweep once.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let app = App::open(installation::known(context)?, context.clock.clone())?;
    let style = ProgressStyle::with_template("{spinner} {pos} terms looked at").map_err(Failure::fault)?;
    let bar = ProgressBar::no_length().with_style(style);
    let how = Sweep { as_of: args.as_of, dry_run: args.dry_run };
    let swept = sweep(&app.db, app.clock.now(), how, |seen| bar.set_position(u64::try_from(seen).unwrap_or(0)))?;
    bar.finish_and_clear();
    match context.format {
        Format::Json => say!("{}", serde_json::to_string(&swept).map_err(Failure::fault)?),
        Format::Text => print_text(&swept, args.dry_run, context.lang),
    }
    Ok(ExitCode::SUCCESS)
}

fn print_text(swept: &Swept, dry_run: bool, lang: Lang) {
    for Plan { person, kind, offset_days, deadline, missing, .. } in &swept.reminded {
        let (kind, deadline) = (words(*kind, lang), explain::day(*deadline, lang));
        match lang {
            Lang::En => say!("person {person}: {kind}, {offset_days} days, for {deadline}; still missing: {missing}"),
            Lang::Es => say!("persona {person}: {kind}, {offset_days} días, para {deadline}; falta todavía: {missing}"),
        }
    }
    let (count, Swept { looked_at, not_known, .. }) = (swept.reminded.len(), swept);
    match (lang, dry_run) {
        (Lang::En, true) => {
            say!("to be written: {count}; terms looked at: {looked_at}; could not be judged: {not_known}")
        }
        (Lang::En, false) => say!("written: {count}; terms looked at: {looked_at}; could not be judged: {not_known}"),
        (Lang::Es, true) => say!("por escribir: {count}; periodos vistos: {looked_at}; sin poder juzgar: {not_known}"),
        (Lang::Es, false) => say!("escritos: {count}; periodos vistos: {looked_at}; sin poder juzgar: {not_known}"),
    }
}

const fn words(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Grace, Lang::En) => "reminder after the end",
        (Kind::Grace, Lang::Es) => "aviso después del fin",
        (_, Lang::En) => "reminder before the end",
        (_, Lang::Es) => "aviso antes del fin",
    }
}
