//! `credtrail work`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::{Context, Failure, Format};
use crate::cli::print::say;
use crate::jobs::{Tally, Way, Worker};
use crate::repo;
use crate::storage::rows::upkeep::OutboxRow;
use crate::storage::{Conn, Id, Moment, StoreError};
use crate::web::app::App;

/// How to work.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  credtrail work\n  credtrail work --once\n  credtrail work --parked")]
pub struct Args {
    /// Do what is due now, say what was done, and end
    #[arg(long, conflicts_with = "parked")]
    once: bool,
    /// List the work that was laid aside after too many attempts or a final no
    #[arg(long)]
    parked: bool,
    /// Let the work that was laid aside be tried again
    #[arg(long)]
    again: bool,
}

/// Runs `credtrail work` until it is told to stop, or once.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let app = App::open(context.settings()?, context.clock.clone())?;
    if args.again {
        let now = Moment::from(app.clock.now());
        let freed = app.db.write(|conn| repo!(conn, outbox::unpark_all(now)))?;
        eprintln!("{freed} pieces of work will be tried again");
    }
    if args.parked {
        return parked(&app, context.format);
    }
    let worker = worker(&app)?;
    if args.once {
        let tally = actix_web::rt::System::new().block_on(worker.run_due())?;
        print_tally(&tally, context.format)?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.again {
        return Ok(ExitCode::SUCCESS);
    }
    actix_web::rt::System::new().block_on(until_signal(worker, &app)).map_err(Failure::fault)?;
    Ok(ExitCode::SUCCESS)
}

/// A worker that sends as the settings say.
pub(super) fn worker(app: &App) -> Result<Worker, Failure> {
    super::certificate::resume_interrupted(app)?;
    let way = Way::of(&app.settings)
        .map_err(|error| Failure::input("bad_settings", error.to_string(), "mend the settings below [mail]"))?;
    Ok(Worker::new(app.db.clone(), app.clock.clone(), way, Arc::clone(&app.wake)))
}

/// Lets `worker` run beside others until `stop` is notified.
pub(super) fn spawn(worker: Worker, app: &App, stop: &Arc<Notify>) -> JoinHandle<()> {
    let (poll, stop) = (Duration::from_secs(app.settings.worker_poll_seconds.into()), Arc::clone(stop));
    actix_web::rt::spawn(async move { worker.run(poll, &stop).await })
}

async fn until_signal(worker: Worker, app: &App) -> std::io::Result<()> {
    let stop = Arc::new(Notify::new());
    let working = spawn(worker, app, &stop);
    told_to_stop().await?;
    stop.notify_one();
    working.await.map_err(std::io::Error::other)
}

/// Waits for the terminal's or the service manager's wish to end.
#[cfg(unix)]
async fn told_to_stop() -> std::io::Result<()> {
    let mut end = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        asked = tokio::signal::ctrl_c() => asked,
        _ = end.recv() => Ok(()),
    }
}

/// Waits for the terminal's wish to end.
#[cfg(not(unix))]
async fn told_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// A piece of work as the operator sees it: nothing of what it says or to whom.
#[derive(Serialize)]
struct Parked {
    id: Id,
    kind: String,
    attempts: i32,
    written: String,
    problem: Option<String>,
}

fn parked(app: &App, format: Format) -> Result<ExitCode, Failure> {
    let rows: Vec<OutboxRow> =
        app.db.read(|conn: &mut Conn<'_>| -> Result<_, StoreError> { repo!(conn, outbox::list_parked(1_000)) })?;
    let list: Vec<Parked> = rows
        .into_iter()
        .map(|row| Parked {
            id: row.id,
            kind: row.kind,
            attempts: row.attempts,
            written: row.created_at.utc().to_rfc3339(),
            problem: row.last_problem,
        })
        .collect();
    match format {
        Format::Json => say!("{}", serde_json::to_string(&list).map_err(Failure::fault)?),
        Format::Text => {
            for it in &list {
                let problem = it.problem.as_deref().unwrap_or("unknown");
                say!("{}  {}  {} attempts, written {}: {problem}", it.id, it.kind, it.attempts, it.written);
            }
            say!("{} pieces of work are laid aside", list.len());
        }
    }
    Ok(if list.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print_tally(tally: &Tally, format: Format) -> Result<(), Failure> {
    match format {
        Format::Json => say!("{}", serde_json::to_string(tally).map_err(Failure::fault)?),
        Format::Text => {
            let Tally { sent, put_off, redirected, parked, skipped, lost: _ } = tally;
            say!(
                "{sent} sent, {put_off} put off, {redirected} to another address, {parked} laid aside, {skipped} not sent"
            );
        }
    }
    Ok(())
}
