//! `credtrail remind`.

use std::process::ExitCode;

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, Failure, Format};
use crate::cli::print::say;
use crate::jobs::{Sweep, Swept, sweep};
use crate::web::app::App;

/// What to remind of.
#[derive(clap::Args)]
pub struct Args {
    /// Write nothing; list what would be written
    #[arg(long)]
    dry_run: bool,
    /// As if it were this day, such as 2027-06-01
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
}

/// Runs the reminder sweep once.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let app = App::open(context.settings()?, context.clock.clone())?;
    let style = ProgressStyle::with_template("{spinner} {pos} terms looked at").map_err(Failure::fault)?;
    let bar = ProgressBar::no_length().with_style(style);
    let how = Sweep { as_of: args.as_of, dry_run: args.dry_run };
    let swept = sweep(&app.db, app.clock.now(), how, |seen| bar.set_position(u64::try_from(seen).unwrap_or(0)))?;
    bar.finish_and_clear();
    match context.format {
        Format::Json => say!("{}", serde_json::to_string(&swept).map_err(Failure::fault)?),
        Format::Text => print_text(&swept, args.dry_run),
    }
    Ok(ExitCode::SUCCESS)
}

fn print_text(swept: &Swept, dry_run: bool) {
    for plan in &swept.reminded {
        say!(
            "person {}  {}, {} days, for {}: {} lines missing",
            plan.person,
            plan.kind.name(),
            plan.offset_days,
            plan.deadline,
            plan.missing
        );
    }
    let (count, verb) = (swept.reminded.len(), if dry_run { "would be written" } else { "written" });
    say!("{count} reminders {verb}, {} terms looked at, {} could not be judged", swept.looked_at, swept.not_known);
}
