//! A draft that says who stays and who moves is tried with that read: a named cohort keeps the older rules, the others get
//! the new ones.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use credtrail::repo;
use credtrail::rules::Lang;
use credtrail::services::credentials;
use credtrail::services::simulate::{Affected, Counts, Draft, Next, Wish, simulate, word};
use credtrail::storage::rows::applications::{ApplicationEventRow, ApplicationRow};
use credtrail::storage::{Day, Id};

use super::facts::Facts;
use super::world::Board;
use crate::api::simulations::pack;
use crate::support::TestApp;

/// The pilot group stays with the older rules; everybody else moves, whatever was promised.
const PILOT_STAYS: &str = r#"
[[transition]]
id = "pilot-stays"
label = "The pilot group stays"
label_es = "El grupo piloto se queda"
cite = "s"
who = { cohort = ["pilot-7"] }
then = "old"

[[transition]]
id = "others-move"
label = "Everybody else moves"
label_es = "Los demás pasan"
cite = "s"
who = { day = "application", from = 2020-01-01 }
then = "new"
pins = "end"
"#;

/// Name, day of the application, whether it is pinned to the older version, cohort, minutes of training.
type Applied = (&'static str, &'static str, bool, Option<&'static str>, i32);

const PEOPLE: [Applied; 6] = [
    ("pilot, pinned", "2026-05-10", true, Some("pilot-7"), 120),
    ("pilot, later", "2026-07-05", false, Some("pilot-7"), 120),
    ("other group", "2026-05-10", false, Some("pilot-8"), 120),
    ("pinned", "2026-05-10", true, None, 120),
    ("later", "2026-07-05", false, None, 120),
    ("enough for both", "2026-05-10", true, None, 180),
];

/// Somebody with an application as it lies in the tables.
fn applied(app: &TestApp, credential: Id, (name, on, pinned, cohort, minutes): Applied) -> Id {
    let who = app.person(name);
    let on: Day = on.parse::<NaiveDate>().unwrap().into();
    let row = ApplicationRow {
        person_id: who.id,
        id: Id::fresh(app.now()),
        credential_id: credential,
        purpose: "initial".to_owned(),
        stage: None,
        version: pinned.then(|| "2020-01-01".to_owned()),
        path: None,
        cohort: cohort.map(str::to_owned),
        received_day: on,
        created_at: app.now().into(),
        created_by: who.id,
    };
    let event = ApplicationEventRow {
        person_id: who.id,
        application_id: row.id,
        seq: 1,
        kind: "received".to_owned(),
        on_day: on,
        note: None,
        recorded_at: app.now().into(),
        recorded_by: who.id,
    };
    app.write(|conn| {
        repo!(conn, applications::insert(&row))?;
        repo!(conn, applications::insert_event(&event))
    });
    Facts { app, who: &who }.learned("basic", "in_person", "2026-05-01", Some(minutes), &[]);
    who.id
}

/// Who comes out otherwise under a draft, by name, and which versions rule how many before and after, and why.
fn tried(app: &TestApp, credential: Id, names: &BTreeMap<Id, &'static str>, more: &str, everyone: bool) -> Tried {
    let db = &app.app.db;
    let (credential, _) = db.read(|conn| credentials::find(conn, credential)).unwrap();
    let (name, text) = pack("us-xx-ps", "2026-07-01", 3, more);
    let draft = db.read(|conn| Draft::read(conn, &credential, &name, &text)).unwrap();
    let as_of = "2026-07-10".parse().unwrap();
    let wish = Wish { credential: &credential, draft: &draft, against: None, as_of, everyone, lang: Lang::En };
    let mut affected = BTreeSet::new();
    let mut each = |one: &Affected| {
        assert_eq!((word(one.before), word(one.after)), ("met", "not_met"));
        assert_eq!(one.differs.iter().map(|found| found.requirement.as_str()).collect::<Vec<_>>(), ["training"]);
        affected.insert(names[&one.person]);
        Next::GoOn
    };
    let Counts { moves, concerned, .. } = simulate(db, &wish, &mut each, &|_| ()).unwrap();
    assert_eq!(concerned, 6, "{}", app.database());
    let told = |(moved, people): (_, u64)| {
        let credtrail::services::simulate::Move { from, to, transition } = moved;
        (from.unwrap_or_default(), to.unwrap_or_default(), transition.unwrap_or_default(), people)
    };
    Tried { affected, moves: moves.into_iter().map(told).collect() }
}

struct Tried {
    affected: BTreeSet<&'static str>,
    moves: BTreeSet<(String, String, String, u64)>,
}

fn moves(all: &[(&str, &str, &str, u64)]) -> BTreeSet<(String, String, String, u64)> {
    let owned = |(from, to, why, people): &(&str, &str, &str, u64)| {
        ((*from).to_owned(), (*to).to_owned(), (*why).to_owned(), *people)
    };
    all.iter().map(owned).collect()
}

#[test]
fn a_cohort_that_a_draft_names_keeps_the_older_rules_and_the_others_get_the_new_ones() {
    let (old, new) = ("2020-01-01", "2026-07-01");
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", old, 2, ""));
        let credential: Id = board.credential.parse().unwrap();
        let names: BTreeMap<Id, &str> =
            PEOPLE.iter().map(|person| (applied(&app, credential, *person), person.0)).collect();

        let with = tried(&app, credential, &names, PILOT_STAYS, false);
        assert_eq!(with.affected, BTreeSet::from(["other group", "pinned", "later"]), "{}", app.database());
        let expected = [(old, old, "", 1), (old, old, "pilot-stays", 1), (old, new, "others-move", 4)];
        assert_eq!(with.moves, moves(&expected), "{}", app.database());

        // The same draft without its clauses: the day of the application decides, and a promise holds.
        let without = tried(&app, credential, &names, "", false);
        assert_eq!(without.affected, BTreeSet::from(["pilot, later", "later"]), "{}", app.database());
        assert_eq!(without.moves, moves(&[(old, old, "", 4), (old, new, "", 2)]), "{}", app.database());

        // As if the draft ruled everyone, no clause is read.
        let all = tried(&app, credential, &names, PILOT_STAYS, true);
        let short = PEOPLE.iter().filter(|person| person.4 < 180).map(|person| person.0);
        assert_eq!(all.affected, short.collect(), "{}", app.database());
        assert_eq!(all.moves, moves(&[(old, new, "", 6)]), "{}", app.database());
    }
}
