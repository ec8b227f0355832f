//! The listeners.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::{HttpServer, web};

use super::app::App;
use super::{build, metrics};

/// A server on `listener`; await it to run it, keep its handle to stop it.
///
/// # Errors
/// When the listener cannot be used.
pub fn start(app: App, listener: TcpListener, workers: usize) -> std::io::Result<Server> {
    Ok(HttpServer::new(move || build(app.clone()))
        .workers(workers.max(1))
        .client_request_timeout(Duration::from_secs(10))
        .shutdown_timeout(10)
        .listen(listener)?
        .run())
}

/// A server that only tells what was counted, apart from the public one.
///
/// # Errors
/// When the address cannot be used.
pub fn start_metrics(app: App, listener: TcpListener) -> std::io::Result<Server> {
    Ok(HttpServer::new(move || {
        actix_web::App::new().app_data(web::Data::new(app.clone())).route("/metrics", web::get().to(metrics::metrics))
    })
    .workers(1)
    .disable_signals()
    .listen(listener)?
    .run())
}
