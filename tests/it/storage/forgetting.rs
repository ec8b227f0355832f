//! What is over is forgotten, no moment too early.

use chrono::TimeDelta;
use credtrail::repo;
use credtrail::services::purge::{self, ACCESS_DAYS, Forgotten, REPEAT_DAYS};
use credtrail::services::sessions::{self, SessionKind};
use credtrail::storage::rows::access::{IdempotencyRow, OneTimeTokenRow};
use credtrail::storage::{Moment, StoreError};
use tokio::sync::Notify;

use crate::jobs::world::{run, sending};
use crate::support::TestApp;

fn forget(app: &TestApp) -> Forgotten {
    app.write(|conn| purge::forget(conn, app.now()))
}

/// Moves to `days` days after `from`, and then by one microsecond.
fn just(app: &TestApp, from: chrono::DateTime<chrono::Utc>, days: i64) -> [Forgotten; 2] {
    app.app.clock.set(from + TimeDelta::days(days));
    let at = forget(app);
    app.later(TimeDelta::microseconds(1));
    [at, forget(app)]
}

#[test]
fn sessions_go_with_their_tokens_when_they_are_long_over() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        let ended = app.now();
        let by = credtrail::services::acting::Acting { actor: dana.id, at: ended };
        app.write(|conn| sessions::end_all(conn, &by, dana.id));
        let later = ended + TimeDelta::days(ACCESS_DAYS);
        app.app.clock.set(later - TimeDelta::hours(1));
        let open = app.write(|conn| sessions::open(conn, app.now(), dana.id, SessionKind::Api));
        let [at, after] = just(&app, ended, ACCESS_DAYS);
        assert_eq!((at.sessions, after.sessions), (0, 2), "the two that were ended, not the open one");
        let left = app.read(|conn| sessions::list(conn, dana.id, app.now()));
        assert_eq!(left.iter().map(|row| row.id).collect::<Vec<_>>(), [open.session]);
        let row = left[0].clone();
        let [at, after] = just(&app, row.expires_at.utc(), ACCESS_DAYS);
        assert_eq!((at.sessions, after.sessions), (0, 1), "ran out and never ended");
    }
}

#[test]
fn links_go_when_they_no_longer_work_and_those_without_an_end_stay() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        let end = app.now() + TimeDelta::hours(24);
        let link = |name: &str, expires_at: Option<Moment>, used_at| OneTimeTokenRow {
            token_hash: name.as_bytes().to_vec(),
            purpose: "invite".to_owned(),
            person_id: Some(dana.id),
            about: None,
            created_at: app.now().into(),
            expires_at,
            used_at,
        };
        let used = Some(app.now().into());
        app.write(|conn| {
            repo!(conn, logins::insert_token(&link("used", Some(end.into()), used)))?;
            repo!(conn, logins::insert_token(&link("unused", Some(end.into()), None)))?;
            repo!(conn, logins::insert_token(&link("endless", None, used)))
        });
        let [at, after] = just(&app, end, ACCESS_DAYS);
        assert_eq!((at.links, after.links), (0, 2));
        assert!(app.read(|conn| repo!(conn, logins::find_token(b"endless"))).is_some());
    }
}

#[test]
fn keys_of_requests_go_after_a_week_and_then_work_anew() {
    for app in TestApp::on_each_database() {
        let made = app.now();
        let row = IdempotencyRow {
            scope: "person x".to_owned(),
            key: "k1".to_owned(),
            request_hash: vec![1],
            status: Some(201),
            response: Some("{}".to_owned()),
            created_at: made.into(),
        };
        app.write(|conn| repo!(conn, idempotency::take(&row)));
        let [at, after] = just(&app, made, REPEAT_DAYS);
        assert_eq!((at.repeats, after.repeats), (0, 1));
        assert_eq!(app.write(|conn| repo!(conn, idempotency::take(&row))), 1, "the key is free");
    }
}

#[test]
fn the_worker_forgets() {
    for app in TestApp::on_each_database() {
        let dana = app.person("Dana Rivera");
        app.later(TimeDelta::days(100));
        let worker = sending(&app, None, std::sync::Arc::new(Notify::new()));
        let stop = Notify::new();
        stop.notify_one();
        run(worker.run(std::time::Duration::from_secs(60), &stop));
        let left = app.read(|conn| repo!(conn, sessions::find(dana.id, dana.session)));
        assert_eq!(left, None);
        assert!(app.read(|conn| Ok::<_, StoreError>(repo!(conn, people::find(dana.id))?.is_some())));
    }
}
