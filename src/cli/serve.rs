//! `credtrail serve`.

use std::process::ExitCode;

use super::{Context, Failure};
use crate::web::app::App;

/// How to serve.
#[derive(clap::Args)]
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

/// Serves until a signal stops it.
fn serve(app: &App, _with_worker: bool) -> Result<ExitCode, Failure> {
    let server = || async {
        actix_web::HttpServer::new(|| {
            actix_web::App::new().route("/healthz", actix_web::web::get().to(|| async { "ok" }))
        })
        .bind(app.settings.listen)?
        .run()
        .await
    };
    actix_web::rt::System::new().block_on(server()).map_err(Failure::fault)?;
    Ok(ExitCode::SUCCESS)
}
