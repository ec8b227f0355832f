//! The application under test.

use std::net::TcpListener;
use std::num::NonZeroU32;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use chrono::{DateTime, Utc};
use credtrail::clock::Clock;
use credtrail::settings::{Flags, load};
use credtrail::storage::{Conn, StoreError};
use credtrail::web::app::App;
use credtrail::web::auth::door::Throttle;
use credtrail::web::server;
use tempfile::TempDir;

use super::database::Database;

/// The moment at which every test begins: a Monday at noon in UTC.
pub const BEGINNING: &str = "2026-06-01T12:00:00Z";

/// A running service with an empty database. Stops, and takes its data away, when it is dropped.
pub struct TestApp {
    /// The application, for builders and for what no route tells.
    pub app: App,
    /// Its base address.
    pub url: String,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    // Dropped after the server: rows go when nobody uses them any more.
    database: Database,
    _folder: Option<Arc<TempDir>>,
}

impl TestApp {
    /// The service on SQLite and, when `TEST_POSTGRES_URL` is set, on PostgreSQL; one after the other.
    pub fn on_each_database() -> impl Iterator<Item = Self> {
        Self::on_each_database_with(&[])
    }

    /// [`Self::on_each_database`], where each address may knock only so often at doors that test a secret.
    pub fn on_each_database_throttled(burst: u32, per_minute: u32) -> impl Iterator<Item = Self> {
        Self::each(&[], move || throttle(burst, per_minute))
    }

    /// [`Self::on_each_database`] with some settings changed, such as `("public_url", "https://x.example")`.
    pub fn on_each_database_with(settings: &[(&'static str, &str)]) -> impl Iterator<Item = Self> {
        Self::each(settings, || throttle(100_000, 100_000))
    }

    fn each(settings: &[(&'static str, &str)], throttle: impl Fn() -> Throttle) -> impl Iterator<Item = Self> {
        let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        // Kept by each of them, so that a test may take the first alone.
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        Database::each(folder.path()).into_iter().map(move |database| {
            let data = folder.path().join(database.name());
            Self::start(database, &data, Some(Arc::clone(&folder)), &settings, throttle())
        })
    }

    /// The service over a database and a data folder that are there already.
    pub fn over(database: Database, data: &std::path::Path) -> Self {
        Self::start(database, data, None, &[], throttle(100_000, 100_000))
    }

    fn start(
        database: Database,
        data: &std::path::Path,
        folder: Option<Arc<TempDir>>,
        settings: &[(&'static str, String)],
        throttle: Throttle,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let mut flags = Flags::default();
        flags.values.insert("database_url", database.url());
        flags.values.insert("data_dir", data.display().to_string());
        flags.values.insert("public_url", url.clone());
        flags.values.insert("connections", "4".to_owned());
        flags.values.extend(settings.iter().cloned());
        let settings = load(&flags, |_| None).expect("settings");
        let clock = Clock::standing_at(BEGINNING.parse().expect("a moment"));
        let mut app = App::open(settings, clock).expect("an empty database");
        app.throttle = throttle;
        let (server, thread) = serve(app.clone(), listener);
        Self { app, url, server, thread: Some(thread), database, _folder: folder }
    }

    /// Which database this one runs on.
    pub fn database(&self) -> &'static str {
        self.database.name()
    }

    /// Its address, as the settings take it.
    pub fn url_of_database(&self) -> String {
        self.database.url()
    }

    /// The time as the service has it.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// Moves the clock to `moment`, such as `2026-12-01T08:00:00Z`.
    pub fn set_clock(&self, moment: &str) {
        self.app.clock.set(moment.parse().expect("a moment"));
    }

    /// Moves the clock on.
    pub fn later(&self, by: chrono::Duration) {
        self.app.clock.set(self.now() + by);
    }

    /// Reads from the database itself.
    pub fn read<T>(&self, work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>) -> T {
        self.app.db.read(work).expect("a read")
    }

    /// Writes to the database itself.
    pub fn write<T>(&self, work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>) -> T {
        self.app.db.write(work).expect("a write")
    }
}

fn throttle(burst: u32, per_minute: u32) -> Throttle {
    let number = |n| NonZeroU32::new(n).expect("not nought");
    Throttle::new(number(burst), number(per_minute))
}

fn serve(app: App, listener: TcpListener) -> (ServerHandle, JoinHandle<()>) {
    let (tell, told) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = server::start(app, listener, 2).expect("a server");
            tell.send(server.handle()).expect("the test waits");
            server.await.expect("a server that runs");
        });
    });
    (told.recv().expect("a server"), thread)
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let stopped = self.server.stop(false);
        actix_web::rt::System::new().block_on(stopped);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the server ends in good order");
        }
    }
}
