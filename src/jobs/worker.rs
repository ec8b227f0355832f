//! The worker: claims what is due, sends it, settles it.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::outgoing::Way;
use super::sweep::{Sweep, sweep};
use crate::clock::Clock;
use crate::mail::{BuildError, Outcome, build};
use crate::repo;
use crate::services::acting::Acting;
use crate::services::deliveries::{self, Step};
use crate::services::notices::{self, Owed};
use crate::services::purge::{self, Forgotten};
use crate::storage::rows::upkeep::OutboxRow;
use crate::storage::{Db, Moment, StoreError};

/// Does the work of the outbox. Any number of them may run, in one process or in many.
#[derive(Clone)]
pub struct Worker {
    db: Db,
    clock: Clock,
    way: Arc<Way>,
    wake: Arc<Notify>,
}

/// What a worker did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Mails that are out.
    pub sent: u32,
    /// Work that waits for its next attempt.
    pub put_off: u32,
    /// Mails that go to another address of the person.
    pub redirected: u32,
    /// Work laid aside for the operator.
    pub parked: u32,
    /// Mails that stay unsent because this installation sends none.
    pub skipped: u32,
    /// Work that another worker had taken over meanwhile.
    pub lost: u32,
}

impl Tally {
    fn count(&mut self, step: Step) {
        let field = match step {
            Step::Sent => &mut self.sent,
            Step::PutOff => &mut self.put_off,
            Step::Redirected => &mut self.redirected,
            Step::Parked => &mut self.parked,
            Step::Skipped => &mut self.skipped,
            Step::Lost => &mut self.lost,
        };
        *field = field.saturating_add(1);
    }

    fn add(&mut self, other: Self) {
        self.sent += other.sent;
        self.put_off += other.put_off;
        self.redirected += other.redirected;
        self.parked += other.parked;
        self.skipped += other.skipped;
        self.lost += other.lost;
    }
}

impl Worker {
    /// A worker on this database that sends this way. `wake` tells it that there may be something new.
    #[must_use]
    pub fn new(db: Db, clock: Clock, way: Way, wake: Arc<Notify>) -> Self {
        Self { db, clock, way: Arc::new(way), wake }
    }

    /// Does everything that is due now.
    ///
    /// # Errors
    /// When the database cannot be used; what was begun comes back when its claim runs out.
    pub async fn run_due(&self) -> Result<Tally, StoreError> {
        let mut total = Tally::default();
        loop {
            let claimed = self.claim().await?;
            if claimed.is_empty() {
                return Ok(total);
            }
            total.add(self.work(claimed).await?);
        }
    }

    /// Works until `stop` is notified with `notify_one`: looks again when woken and every `poll`, sweeps for reminders
    /// and forgets what is over every hour, and finishes what it has begun.
    pub async fn run(&self, poll: Duration, stop: &Notify) {
        let stopped = stop.notified();
        tokio::pin!(stopped);
        let mut next_sweep = self.clock.now();
        loop {
            if self.clock.now() >= next_sweep {
                self.remind().await;
                self.forget().await;
                next_sweep = self.clock.now() + TimeDelta::hours(1);
            }
            match self.run_due().await {
                Ok(tally) if tally == Tally::default() => {}
                Ok(tally) => tracing::info!(?tally, "outbox"),
                Err(error) => tracing::error!(%error, "the outbox could not be worked on; trying again"),
            }
            tokio::select! {
                () = &mut stopped => return,
                () = self.wake.notified() => {}
                () = tokio::time::sleep(poll) => {}
            }
        }
    }

    /// The reminder sweep; where several workers do it, each reminder is still written once.
    async fn remind(&self) {
        let (db, now) = (self.db.clone(), self.clock.now());
        match tokio::task::spawn_blocking(move || sweep(&db, now, Sweep::default(), drop)).await {
            Ok(Ok(swept)) if swept.reminded.is_empty() && swept.not_known == 0 => {}
            Ok(Ok(swept)) => {
                tracing::info!(reminded = swept.reminded.len(), not_known = swept.not_known, "reminders");
            }
            Ok(Err(error)) => tracing::error!(%error, "the reminder sweep ended early; trying again in an hour"),
            Err(error) => tracing::error!(%error, "the reminder sweep ended early; trying again in an hour"),
        }
    }

    /// Forgets what is of no more use; where several workers do it, the second finds nothing.
    async fn forget(&self) {
        let now = self.clock.now();
        match self.db.run_write(move |conn| purge::forget(conn, now)).await {
            Ok(forgotten) if forgotten == Forgotten::default() => {}
            Ok(forgotten) => tracing::info!(?forgotten, "what was over long ago is forgotten"),
            Err(error) => tracing::error!(%error, "nothing could be forgotten; trying again in an hour"),
        }
    }

    async fn claim(&self) -> Result<Vec<OutboxRow>, StoreError> {
        let now = self.clock.now();
        let lease = TimeDelta::from_std(self.way.lease).unwrap_or(TimeDelta::minutes(15));
        let (now, until, batch) = (Moment::from(now), Moment::from(now + lease), self.way.batch);
        self.db.run_write(move |conn| repo!(conn, outbox::claim(now, until, batch))).await
    }

    /// Does the claimed work side by side; the transport limits how much of it is on its way at once.
    async fn work(&self, claimed: Vec<OutboxRow>) -> Result<Tally, StoreError> {
        let mut running = JoinSet::new();
        for row in claimed {
            let worker = self.clone();
            running.spawn(async move { worker.one(row).await });
        }
        let mut tally = Tally::default();
        let mut met = None;
        // What is on its way is let end, whatever else went wrong: a mail cut off now would go out twice.
        while let Some(ended) = running.join_next().await {
            match ended {
                Ok(Ok(step)) => tally.count(step),
                Ok(Err(error)) => met = Some(error),
                Err(error) => met = Some(StoreError::Fault(format!("a piece of work ended early: {error}"))),
            }
        }
        met.map_or(Ok(tally), Err)
    }

    async fn one(&self, row: OutboxRow) -> Result<Step, StoreError> {
        if deliveries::begun_too_often(&row) {
            return self.aside(row, "it was begun again and again without an end").await;
        }
        if row.kind != notices::WORK {
            return self.aside(row, "this version of the service does not know this kind of work").await;
        }
        let Ok(owed) = serde_json::from_str::<Owed>(&row.payload) else {
            return self.aside(row, "this version of the service cannot read it").await;
        };
        let Some(transport) = &self.way.transport else {
            return self.settle(row, owed, None).await;
        };
        let outcome = match build(&owed.letter, &self.way.sender, &row.id.to_string(), self.clock.now()) {
            Ok(message) => transport.send(&message).await,
            Err(error) => {
                Outcome::Refused { nobody_there: matches!(error, BuildError::Recipient(_)), reason: error.to_string() }
            }
        };
        self.settle(row, owed, Some(outcome)).await
    }

    async fn settle(&self, row: OutboxRow, owed: Owed, outcome: Option<Outcome>) -> Result<Step, StoreError> {
        let by = Acting::system(self.clock.now());
        let (id, kind) = (row.id, owed.letter.notice.kind());
        let step = self
            .db
            .run_write(move |conn| match &outcome {
                Some(outcome) => deliveries::settle(conn, &by, &row, &owed, outcome),
                None => deliveries::skip(conn, &by, &row, &owed),
            })
            .await?;
        tracing::info!(message = %id, kind = kind.name(), ?step, "mail");
        Ok(step)
    }

    async fn aside(&self, row: OutboxRow, why: &'static str) -> Result<Step, StoreError> {
        let by = Acting::system(self.clock.now());
        tracing::warn!(work = %row.id, kind = row.kind, why, "laid aside");
        self.db.run_write(move |conn| deliveries::aside(conn, &by, &row, None, why)).await
    }
}
