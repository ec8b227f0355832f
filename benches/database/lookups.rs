//! Verifying certificates by code: through the real server and its database, beside requests that do nothing.

pub mod register;

use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::{HttpResponse, HttpServer, web};
use credtrail::services::verify::{self, Verification};
use credtrail::storage::Conn;
use credtrail::web::app::App;

use super::Outcome;
use super::http::{self, Load};
use super::place::{Database, Place};
use super::spent;

const CONNECTIONS: u32 = 8;
const LASTING: Duration = Duration::from_secs(3);
const ROUNDS: usize = 3;
/// A request that does nothing.
const NOTHING: &str = "/nothing";

/// What one round came to.
struct Round {
    load: Load,
    /// Processor time of the service and of the database's processes.
    serving: Duration,
}

impl Round {
    fn per_second(&self) -> f64 {
        f64::from(self.load.answered) / self.load.elapsed.as_secs_f64()
    }

    fn per_processor_second(&self) -> f64 {
        f64::from(self.load.answered) / self.serving.as_secs_f64().max(0.01)
    }
}

/// Measures and reports.
pub fn run(database: &Database, count: u32) -> Outcome {
    let place = Place::new(database)?;
    let begun = Instant::now();
    let codes = register::fill(&place, count)?;
    place.settle()?;
    println!("{}: {count} certificates, filled in {:.0} s", database.name(), begun.elapsed().as_secs_f64());
    let code = |number: u64| {
        let at = usize::try_from(mixed(number) % u64::from(count)).unwrap_or(0);
        codes.get(at).cloned().unwrap_or_default()
    };
    alone(&place, &code)?;

    let (bare, bare_stop) = serve(|listener| {
        let app = || actix_web::App::new().route(NOTHING, web::get().to(nothing));
        Ok(HttpServer::new(app).workers(workers()).disable_signals().listen(listener)?.run())
    })?;
    let app = place.app.clone();
    let (whole, whole_stop) = serve(move |listener| whole(app, listener))?;

    let server = spent::server_of(&place);
    let measure = |address: SocketAddr, lasting, expected, path: &(dyn Fn(u64) -> String + Sync)| -> Outcome<Round> {
        let before = spent::by_process("self", false)? + spent::by_server(server.as_deref())?;
        let load = http::load(address, CONNECTIONS, lasting, expected, path)?;
        let after = spent::by_process("self", false)? + spent::by_server(server.as_deref())?;
        let serving = (after - before).saturating_sub(load.asking);
        Ok(Round { load, serving })
    };
    let verify = |number| format!("/api/v1/verify/{}", code(number));
    let empty = |_| NOTHING.to_owned();
    measure(whole, Duration::from_secs(1), "\"found\":true", &verify)?;
    let (mut alone, mut within, mut looked) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.push(measure(bare, LASTING, "", &empty)?);
        within.push(measure(whole, LASTING, "", &empty)?);
        looked.push(measure(whole, LASTING, "\"found\":true", &verify)?);
    }
    actix_web::rt::System::new().block_on(async {
        bare_stop.stop(false).await;
        whole_stop.stop(false).await;
    });
    let best = report("  empty handler, actix alone", alone, None);
    report("  empty handler, our server", within, Some(best));
    report("  lookup, our server", looked, Some(best));
    Ok(())
}

async fn nothing() -> HttpResponse {
    HttpResponse::Ok().finish()
}

fn workers() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// The service as it is in production, with one more route that does nothing.
fn whole(app: App, listener: TcpListener) -> std::io::Result<actix_web::dev::Server> {
    Ok(HttpServer::new(move || credtrail::web::build(app.clone()).route(NOTHING, web::get().to(nothing)))
        .workers(workers())
        .disable_signals()
        .listen(listener)?
        .run())
}

/// Starts a server on a thread of its own; answers where it listens and how it is stopped.
fn serve(
    start: impl FnOnce(TcpListener) -> std::io::Result<actix_web::dev::Server> + Send + 'static,
) -> Outcome<(SocketAddr, ServerHandle)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            match start(listener) {
                Ok(server) => {
                    // Whoever asked may be gone by now.
                    let _gone = tell.send(server.handle());
                    server.await
                }
                Err(error) => Err(error),
            }
        })
    });
    Ok((address, told.recv()?))
}

/// The service's call without a server, and one read by key of one row, on one thread.
fn alone(place: &Place, code: &dyn Fn(u64) -> String) -> Outcome {
    let server = spent::server_of(place);
    let time = |work: &mut dyn FnMut(&str) -> Outcome| -> Outcome<(u32, Duration, Duration)> {
        for number in 0..1_000 {
            work(&code(number))?;
        }
        let begun = Instant::now();
        let before = spent::by_thread()? + spent::by_server(server.as_deref())?;
        let mut done = 0;
        while begun.elapsed() < LASTING {
            done += 1;
            work(&code(u64::from(done) + 1_000))?;
        }
        let after = spent::by_thread()? + spent::by_server(server.as_deref())?;
        Ok((done, begun.elapsed(), after - before))
    };
    let now = place.now();
    let db = &place.app.db;
    let key = time(&mut |code| {
        let found = db.read(|conn: &mut Conn<'_>| register::key_of(conn, code))?;
        found.map(drop).ok_or_else(|| "a code was not found".into())
    })?;
    let service = time(&mut |code| {
        let found = db.read(|conn: &mut Conn<'_>| verify::by_code(conn, code, None, now))?;
        if matches!(found, Verification::Found(_)) { Ok(()) } else { Err("a code was not found".into()) }
    })?;
    for (what, (done, elapsed, spent)) in [("one row by its key", key), ("lookup, service alone", service)] {
        println!(
            "  {what}, one thread: {:.0}/s, {:.0} per processor second",
            f64::from(done) / elapsed.as_secs_f64(),
            f64::from(done) / spent.as_secs_f64()
        );
    }
    Ok(())
}

/// Prints the round in the middle, beside the best there could be.
fn report(what: &str, mut rounds: Vec<Round>, best: Option<f64>) -> f64 {
    rounds.sort_by(|a, b| a.per_processor_second().total_cmp(&b.per_processor_second()));
    let Some(round) = rounds.get(ROUNDS / 2) else { return 0.0 };
    let rate = round.per_processor_second();
    let micros = |share| round.load.percentile(share).as_secs_f64() * 1e3;
    let times = best.map_or_else(String::new, |best| format!(", {:.2} times the empty handler's time", best / rate));
    println!(
        "{what}: {:.0}/s, {rate:.0} per processor second, p50 {:.2} ms, p99 {:.2} ms{times}",
        round.per_second(),
        micros(50),
        micros(99)
    );
    rate
}

/// A number that looks like chance.
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
