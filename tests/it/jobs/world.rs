//! What the tests of jobs share: workers that send into memory, and a way to look into the tables.

use std::sync::Arc;
use std::time::Duration;

use credtrail::jobs::{Tally, Way, Worker};
use credtrail::mail::{Memory, Notice, Sender, SignedIn, Transport};
use credtrail::repo;
use credtrail::services::acting::Acting;
use credtrail::services::notices;
use credtrail::storage::Id;
use credtrail::storage::rows::upkeep::{DeliveryRow, OutboxRow};
use tokio::sync::Notify;

use crate::support::{Someone, TestApp};

/// How long a claim holds in these tests.
pub const LEASE: Duration = Duration::from_secs(600);

/// A worker of this application that sends into `memory`.
pub fn worker(app: &TestApp, memory: &Memory) -> Worker {
    sending(app, Some(Transport::Memory(memory.clone())), Arc::new(Notify::new()))
}

/// A worker that sends this way and is woken by `wake`.
pub fn sending(app: &TestApp, transport: Option<Transport>, wake: Arc<Notify>) -> Worker {
    let way = Way { transport, sender: sender(), batch: 7, lease: LEASE };
    Worker::new(app.app.db.clone(), app.app.clock.clone(), way, wake)
}

pub fn sender() -> Sender {
    Sender {
        address: "office@board.example".into(),
        name: "Credtrail".into(),
        reply_to: None,
        domain: "board.example".into(),
        public_url: "https://board.example".into(),
    }
}

/// Runs a future to its end on an executor of its own.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("an executor").block_on(future)
}

/// Does everything that is due.
pub fn run_due(worker: &Worker) -> Tally {
    run(worker.run_due()).expect("a database")
}

/// A notice of no importance.
pub fn notice() -> Notice {
    Notice::SignedIn(SignedIn { on: "2026-06-01".parse().expect("a day"), link: "/devices".into() })
}

impl TestApp {
    /// Owes someone a notice of no importance. Goes to the database.
    pub fn owe(&self, to: &Someone) -> Id {
        let by = Acting::system(self.now());
        self.write(|conn| notices::owe(conn, &by, to.id, notice()))
    }

    /// What became of the mails to someone, oldest first.
    pub fn deliveries(&self, of: &Someone) -> Vec<DeliveryRow> {
        self.read(|conn| repo!(conn, notices::deliveries_of(of.id)))
    }

    /// The outcomes of the mails to someone.
    pub fn outcomes(&self, of: &Someone) -> Vec<String> {
        self.deliveries(of).into_iter().map(|row| row.outcome).collect()
    }

    /// Work laid aside.
    pub fn parked(&self) -> Vec<OutboxRow> {
        self.read(|conn| repo!(conn, outbox::list_parked(100)))
    }

    /// How much work waits.
    pub fn waiting(&self) -> i64 {
        self.read(|conn| repo!(conn, outbox::count("waiting")))
    }
}
