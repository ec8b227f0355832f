//! A draft against the register: everyone comes out, before and after, as their whole record says.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use credtrail::rules::{Lang, Pack, Purpose, Question, Record, Status, Version, evaluate, status_of};
use credtrail::services::simulate::{Affected, Counts, Draft, Next, ToGo, Wish, page, simulate, word};
use credtrail::services::{credentials, record};
use credtrail::storage::{Conn, Id};

use super::everyone::{AS_OF, register};
use crate::support::TestApp;

const PUBLISHED: &str = include_str!("../../../benches/pack/2020-01-01.toml");

/// What the drafts say otherwise; the last of them what flat tables cannot judge.
const CHANGES: [(&str, &str); 4] = [
    ("window   = \"12 months before application\"", "window   = \"36 months before application\""),
    ("window    = \"24 months before application\"", "window    = \"60 months before application\""),
    ("at_least  = \"20 hours\"", "at_least  = \"22 hours\""),
    ("at_least  = \"500 hours\"", "at_least  = \"500 hours\"\nunless    = { path = [\"none-such\"] }"),
];

/// Someone with what comes out.
type Came = (Id, &'static str, &'static str, Option<&'static str>);

/// Everyone judged alone by their whole record: those who come out otherwise or lack more or fewer minutes, and how many
/// of each.
fn expected(
    people: &[(Id, Purpose, Record)],
    before: impl Fn(&Record, Purpose) -> Option<Version>,
    after: impl Fn(&Record, Purpose) -> Option<Version>,
) -> (Vec<Came>, BTreeMap<(&'static str, &'static str), u64>) {
    let (mut affected, mut counts) = (Vec::new(), BTreeMap::new());
    for (person, purpose, record) in people {
        let question = Question { as_of: AS_OF.parse().unwrap(), purpose: *purpose, stage: None };
        let status = |version: Option<Version>| -> Option<Status> {
            version.map(|version| status_of(&version, record, &question))
        };
        let came = (word(status(before(record, *purpose))), word(status(after(record, *purpose))));
        let left = |version: Option<Version>| -> Option<[u64; 2]> {
            let answer = evaluate(&version?, record, &question);
            let open = answer.requirements.iter().filter(|found| found.status == Status::NotMet).count();
            let minutes = answer.requirements.iter().filter_map(|found| found.missing_minutes).sum();
            Some([u64::try_from(open).unwrap(), minutes])
        };
        let to_go = match (left(before(record, *purpose)), left(after(record, *purpose))) {
            (Some(before), Some(after)) if came == ("not_met", "not_met") && before != after => {
                let more = after.iter().zip(before).any(|(after, before)| *after > before);
                Some(if more { "further" } else { "less" })
            }
            _ => None,
        };
        if came.0 != came.1 || to_go.is_some() {
            affected.push((*person, came.0, came.1, to_go));
        }
        *counts.entry(came).or_default() += 1;
    }
    (affected, counts)
}

fn came(affected: &[Affected]) -> Vec<Came> {
    affected.iter().map(|one| (one.person, word(one.before), word(one.after), one.to_go.map(ToGo::word))).collect()
}

fn counted(counts: &Counts) -> BTreeMap<(&'static str, &'static str), u64> {
    let mut all = BTreeMap::new();
    for (change, count) in &counts.changes {
        *all.entry((change.before, change.after)).or_default() += count;
    }
    all
}

/// Whoever applied or holds, in the order of their keys, with their whole record.
fn concerned(app: &TestApp, board: Id, people: &[Id]) -> Vec<(Id, Purpose, Record)> {
    let mut concerned = Vec::new();
    for person in people {
        let whole = app.app.db.read(|conn| record::assemble(conn, *person, Some(board))).unwrap();
        match (whole.credentials.is_empty(), whole.applications.is_empty()) {
            (false, _) => concerned.push((*person, Purpose::Renewal, whole)),
            (true, false) => concerned.push((*person, Purpose::Initial, whole)),
            (true, true) => {}
        }
    }
    concerned.sort_by_key(|(person, ..)| *person);
    concerned
}

/// All slices of a simulation, a few people at a time.
fn slices(conn: &mut Conn<'_>, wish: &Wish<'_>) -> (Vec<Affected>, u64) {
    let (mut affected, mut people, mut after) = (Vec::new(), 0, None);
    loop {
        let slice = page(conn, wish, after, 3).unwrap();
        assert!(slice.affected.len() <= 3);
        people += slice.counts.people;
        affected.extend(slice.affected);
        after = slice.next;
        if after.is_none() {
            return (affected, people);
        }
    }
}

#[test]
fn everyone_comes_out_before_and_after_as_their_whole_record_says() {
    for app in TestApp::on_each_database() {
        let (board, id, people) = register(&app);
        let db = &app.app.db;
        let (credential, _) = db.read(|conn| credentials::find(conn, id)).unwrap();
        let people = concerned(&app, board, &people);
        let published = Pack::parse(&[("2020-01-01.toml", PUBLISHED)]).unwrap();
        let as_of: NaiveDate = AS_OF.parse().unwrap();
        let (mut seen, mut further, mut less) = (0, 0, 0);
        for (from, to) in CHANGES {
            let changed = PUBLISHED.replacen(from, to, 1);
            assert_ne!(changed, PUBLISHED, "{from}");
            let later = changed.replace("{ from = 2020-01-01 }", "{ from = 2026-03-01 }");
            for (name, text, everyone) in [
                ("2020-01-01.toml", &changed, false),
                ("2026-03-01.toml", &later, false),
                ("2026-03-01.toml", &later, true),
            ] {
                let draft = db.read(|conn| Draft::read(conn, &credential, name, text)).unwrap();
                let mut files = vec![(name, text.as_str())];
                files.extend((name != "2020-01-01.toml").then_some(("2020-01-01.toml", PUBLISHED)));
                let with = Pack::parse(&files).unwrap();
                let (wanted, counts) = expected(
                    &people,
                    |record, purpose| published.version_for(record, as_of, purpose).cloned(),
                    |record, purpose| match everyone {
                        true => with.version(name.trim_end_matches(".toml")).cloned(),
                        false => with.version_for(record, as_of, purpose).cloned(),
                    },
                );
                let wish =
                    Wish { credential: &credential, draft: &draft, against: None, as_of, everyone, lang: Lang::En };
                let mut found = Vec::new();
                let mut each = |one: &Affected| {
                    found.push(one.clone());
                    Next::GoOn
                };
                let all = simulate(db, &wish, &mut each, &|_| ()).unwrap();
                let what = format!("{to}, {name}, everyone {everyone}, {}", app.database());
                assert_eq!(came(&found), wanted, "{what}");
                assert_eq!(counted(&all), counts, "{what}");
                assert_eq!((all.people, all.concerned), (40, 39), "{what}");
                let (sliced, looked_at) =
                    db.read(|conn| Ok::<_, credtrail::storage::StoreError>(slices(conn, &wish))).unwrap();
                assert_eq!((&sliced, looked_at), (&found, 40), "{what}");
                let far = |way| u64::try_from(found.iter().filter(|one| one.to_go == Some(way)).count()).unwrap();
                assert_eq!((all.further_to_go, all.less_to_go), (far(ToGo::Further), far(ToGo::Less)), "{what}");
                seen += usize::try_from(all.affected).unwrap();
                (further, less) = (further + all.further_to_go, less + all.less_to_go);
            }
        }
        assert!(seen > 20, "only {seen} came out otherwise: that says little");
        assert!(further > 3 && less > 3, "{further} have further to go, {less} less: that says little");
    }
}

#[test]
fn a_simulation_stops_when_it_is_told_to() {
    let app = TestApp::on_each_database().next().unwrap();
    let (_, id, _) = register(&app);
    let db = &app.app.db;
    let (credential, _) = db.read(|conn| credentials::find(conn, id)).unwrap();
    let draft = PUBLISHED.replacen("at_least  = \"20 hours\"", "at_least  = \"22 hours\"", 1);
    let draft = db.read(|conn| Draft::read(conn, &credential, "2020-01-01.toml", &draft)).unwrap();
    let as_of = AS_OF.parse().unwrap();
    let wish = Wish { credential: &credential, draft: &draft, against: None, as_of, everyone: false, lang: Lang::En };
    let mut told = 0;
    let mut each = |_: &Affected| {
        told += 1;
        Next::Stop
    };
    simulate(db, &wish, &mut each, &|_| ()).unwrap();
    assert_eq!(told, 1);
}
