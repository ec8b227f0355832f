//! `credtrail serve`.

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;

use tokio::sync::Notify;

use super::{Context, Failure, work};
use crate::web::app::App;
use crate::web::server;

/// How to serve.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  credtrail --config credtrail.toml serve --with-worker --listen 127.0.0.1:8080")]
pub struct Args {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Also send mail and run other background work
    #[arg(long)]
    with_worker: bool,
}

/// Runs `credtrail serve` until it is told to stop.
pub fn run(args: Args, context: &mut Context) -> Result<ExitCode, Failure> {
    context.flags.values.extend(args.listen.map(|listen| ("listen", listen)));
    let app = App::open(context.settings()?, context.clock.clone())?;
    serve(&app, args.with_worker)
}

/// Serves until a signal stops it; then the worker finishes what it has begun.
pub(super) fn serve(app: &App, with_worker: bool) -> Result<ExitCode, Failure> {
    let public = TcpListener::bind(app.settings.listen).map_err(Failure::fault)?;
    let address = public.local_addr().map_err(Failure::fault)?;
    let counted = app.settings.metrics_listen.map(TcpListener::bind).transpose().map_err(Failure::fault)?;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let worker = if with_worker { Some(work::worker(app)?) } else { None };
    let served = actix_web::rt::System::new().block_on(async {
        if let Some(listener) = counted {
            actix_web::rt::spawn(server::start_metrics(app.clone(), listener)?);
        }
        let stop = Arc::new(Notify::new());
        let working = worker.map(|worker| work::spawn(worker, app, &stop));
        let served = server::start(app.clone(), public, workers)?;
        eprintln!("listening on http://{address}, known to others as {}", app.settings.public_url);
        let served = served.await;
        stop.notify_one();
        if let Some(working) = working {
            working.await.map_err(std::io::Error::other)?;
        }
        served
    });
    served.map_err(Failure::fault)?;
    Ok(ExitCode::SUCCESS)
}
