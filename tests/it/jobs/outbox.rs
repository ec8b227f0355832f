//! The outbox: nothing lost, nothing doubled, everything that cannot be sent to be seen.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use credtrail::jobs::Tally;
use credtrail::mail::{Memory, Outcome, build};
use credtrail::repo;
use credtrail::services::notices::Owed;
use credtrail::storage::{Moment, StoreError};
use tokio::sync::Notify;

use super::world::{LEASE, run, run_due, sender, sending, worker};
use crate::support::TestApp;

fn later() -> Outcome {
    Outcome::Retry { reason: "the mail server asked us to come back later (451)".into() }
}

fn never(nobody_there: bool) -> Outcome {
    Outcome::Refused { reason: "the mail server does not take this mail (550)".into(), nobody_there }
}

#[test]
fn what_is_owed_is_sent_once_and_gone() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let worker = worker(&app, &memory);
        let dana = app.person("Dana Rivera");
        app.owe(&dana);
        assert_eq!(run_due(&worker), Tally { sent: 1, ..Tally::default() });
        assert_eq!(run_due(&worker), Tally::default());
        let sent = memory.accepted();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].recipient(), dana.email);
        assert_eq!(app.outcomes(&dana), ["sent"]);
        assert_eq!(app.waiting(), 0);
    }
}

#[test]
fn a_transaction_that_is_given_up_owes_nothing() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        let by = credtrail::services::acting::Acting::system(app.now());
        let given_up: Result<(), StoreError> = app.app.db.write(|conn| {
            credtrail::services::notices::owe(conn, &by, dana.id, super::world::notice())?;
            Err(StoreError::Taken)
        });
        assert!(given_up.is_err());
        assert_eq!(app.waiting(), 0);
    }
}

#[test]
fn two_workers_at_once_lose_nothing_and_send_nothing_twice() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let people: Vec<_> = (0..60).map(|n| app.person(&format!("Person {n}"))).collect();
        for person in &people {
            app.owe(person);
        }
        let totals: Vec<Tally> = std::thread::scope(|scope| {
            let running: Vec<_> =
                (0..2).map(|_| worker(&app, &memory)).map(|it| scope.spawn(move || run_due(&it))).collect();
            running.into_iter().map(|it| it.join().expect("a worker that ends well")).collect()
        });
        assert_eq!(totals.iter().map(|tally| tally.sent).sum::<u32>(), 60, "{}", app.database());
        let sent = memory.accepted();
        let different: BTreeSet<&str> = sent.iter().map(|it| it.recipient()).collect();
        assert_eq!((sent.len(), different.len()), (60, 60), "{}", app.database());
        assert_eq!(app.waiting(), 0);
    }
}

#[test]
fn the_work_of_a_worker_that_died_comes_back_under_the_same_message_id() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let worker = worker(&app, &memory);
        let dana = app.person("Dana Rivera");
        app.owe(&dana);
        // One worker claims, sends, and dies before it can say so.
        let (now, until) =
            (Moment::from(app.now()), Moment::from(app.now() + TimeDelta::from_std(LEASE).expect("short")));
        let claimed = app.write(|conn| repo!(conn, outbox::claim(now, until, 10)));
        let owed: Owed = serde_json::from_str(&claimed[0].payload).expect("a letter");
        let first = build(&owed.letter, &sender(), &claimed[0].id.to_string(), app.now()).expect("a message");
        assert_eq!(run_due(&worker), Tally::default(), "nobody else gets it while the claim holds");
        app.later(TimeDelta::from_std(LEASE).expect("short") + TimeDelta::seconds(1));
        assert_eq!(run_due(&worker), Tally { sent: 1, ..Tally::default() });
        assert_eq!(memory.accepted()[0].message_id, first.message_id);
    }
}

#[test]
fn a_worker_whose_claim_ran_out_does_not_touch_what_another_one_has() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        app.owe(&dana);
        let claim = || {
            let now = app.now();
            let until = Moment::from(now + TimeDelta::from_std(LEASE).expect("short"));
            app.write(|conn| repo!(conn, outbox::claim(now.into(), until, 10))).remove(0)
        };
        let slow = claim();
        app.later(TimeDelta::from_std(LEASE).expect("short") + TimeDelta::seconds(1));
        let fast = claim();
        assert_eq!((slow.attempts, fast.attempts), (1, 2));
        assert_eq!(app.write(|conn| repo!(conn, outbox::finish(slow.id, slow.attempts))), 0);
        assert_eq!(app.write(|conn| repo!(conn, outbox::park(slow.id, slow.attempts, "too late"))), 0);
        assert_eq!(app.write(|conn| repo!(conn, outbox::finish(fast.id, fast.attempts))), 1);
    }
}

#[test]
fn a_mail_put_off_waits_longer_each_time_and_is_laid_aside_in_the_end() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let worker = worker(&app, &memory);
        let dana = app.person("Dana Rivera");
        app.owe(&dana);
        for minutes in [1, 5, 15, 60, 240, 720, 1_440, 1_440, 1_440] {
            memory.answer(later());
            assert_eq!(run_due(&worker), Tally { put_off: 1, ..Tally::default() });
            app.later(TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
            assert_eq!(run_due(&worker), Tally::default(), "not before {minutes} minutes");
            app.later(TimeDelta::seconds(1));
        }
        memory.answer(later());
        assert_eq!(run_due(&worker), Tally { parked: 1, ..Tally::default() });
        let parked = app.parked();
        assert_eq!(parked.len(), 1);
        assert_eq!(parked[0].last_problem.as_deref(), Some("the mail server asked us to come back later (451)"));
        assert_eq!(app.outcomes(&dana)[9..], ["retry".to_owned(), "parked".to_owned()]);
        // The operator mends the mail server and lets it be tried again.
        let now = Moment::from(app.now());
        assert_eq!(app.write(|conn| repo!(conn, outbox::unpark_all(now))), 1);
        assert_eq!(run_due(&worker), Tally { sent: 1, ..Tally::default() });
    }
}

#[test]
fn a_final_no_is_laid_aside_at_once_and_harms_nobody_else() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let worker = worker(&app, &memory);
        let (dana, sam) = (app.person("Dana Rivera"), app.person("Sam Ortiz"));
        app.owe(&dana);
        memory.answer(never(false));
        assert_eq!(run_due(&worker), Tally { parked: 1, ..Tally::default() });
        app.owe(&sam);
        assert_eq!(run_due(&worker), Tally { sent: 1, ..Tally::default() });
        assert_eq!(app.outcomes(&dana), ["refused", "parked"]);
        assert_eq!(app.outcomes(&sam), ["sent"]);
        assert!(!format!("{:?}", app.parked()).contains('@'), "what an operator sees names no address");
    }
}

#[test]
fn a_mail_that_comes_back_goes_to_the_persons_other_address_and_the_first_is_not_used_again() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let worker = worker(&app, &memory);
        let dana = app.person("Dana Rivera");
        app.second_address(&dana, "dana.second@example.org", true);
        app.owe(&dana);
        memory.answer(never(true));
        assert_eq!(run_due(&worker), Tally { redirected: 1, sent: 1, ..Tally::default() });
        assert_eq!(memory.accepted()[0].recipient(), "dana.second@example.org");
        assert_eq!(app.outcomes(&dana), ["refused", "sent"]);
        app.owe(&dana);
        run_due(&worker);
        assert_eq!(memory.accepted()[1].recipient(), "dana.second@example.org");
    }
}

#[test]
fn work_nobody_knows_is_laid_aside_not_dropped() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        app.owe(&dana);
        let now = Moment::from(app.now());
        let mut row = app.write(|conn| repo!(conn, outbox::claim(now, now, 1))).remove(0);
        let mut odd = row.clone();
        odd.kind = "from-the-future".into();
        odd.id = credtrail::storage::Id::fresh(app.now());
        row.payload = "{}".into();
        app.write(|conn| {
            repo!(conn, outbox::finish(row.id, row.attempts))?;
            repo!(conn, outbox::insert(&row))?;
            repo!(conn, outbox::insert(&odd))
        });
        assert_eq!(run_due(&worker(&app, &Memory::default())), Tally { parked: 2, ..Tally::default() });
        assert_eq!(app.parked().len(), 2);
    }
}

#[test]
fn work_that_ends_every_worker_is_not_begun_for_ever() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let dana = app.person("Dana Rivera");
        app.owe(&dana);
        for _ in 0..10 {
            let now = Moment::from(app.now());
            assert_eq!(app.write(|conn| repo!(conn, outbox::claim(now, now, 1))).len(), 1);
        }
        assert_eq!(run_due(&worker(&app, &memory)), Tally { parked: 1, ..Tally::default() });
        assert!(memory.accepted().is_empty());
    }
}

#[test]
fn an_installation_without_mail_says_so_and_keeps_the_notice() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        app.owe(&dana);
        let silent = sending(&app, None, Arc::new(Notify::new()));
        assert_eq!(run_due(&silent), Tally { skipped: 1, ..Tally::default() });
        assert_eq!(app.outcomes(&dana), ["skipped"]);
        assert_eq!(app.notices(&dana).len(), 1);
    }
}

#[test]
fn a_worker_that_is_woken_sends_at_once_and_one_that_is_stopped_ends() {
    for app in TestApp::on_each_database() {
        let memory = Memory::default();
        let (wake, stop) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let transport = Some(credtrail::mail::Transport::Memory(memory.clone()));
        let worker = sending(&app, transport, Arc::clone(&wake));
        let dana = app.person("Dana Rivera");
        run(async {
            let running = tokio::spawn({
                let stop = Arc::clone(&stop);
                async move { worker.run(Duration::from_secs(3_600), &stop).await }
            });
            app.owe(&dana);
            wake.notify_one();
            while app.waiting() > 0 {
                tokio::task::yield_now().await;
            }
            stop.notify_one();
            running.await.expect("it ends");
        });
        assert_eq!(memory.accepted().len(), 1);
    }
}
