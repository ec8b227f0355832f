//! A draft against the register: everyone comes out, before and after, as their whole record says.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use credtrail::rules::evaluation::Requirement;
use credtrail::rules::explain::in_language;
use credtrail::rules::{Evaluation, Lang, Pack, Purpose, Question, Record, Status, Version, evaluate, status_of};
use credtrail::services::simulate::{Affected, Counts, Differs, Draft, Next, ToGo, Wish, page, simulate, word};
use credtrail::services::{credentials, record};
use credtrail::storage::{Conn, Id};

use super::everyone::{AS_OF, register};
use crate::support::TestApp;

const PUBLISHED: &str = include_str!("../../../benches/pack/2020-01-01.toml");

/// What the drafts say otherwise; the last of them what flat tables cannot judge.
const CHANGES: [(&str, &str); 9] = [
    ("window   = \"12 months before application\"", "window   = \"36 months before application\""),
    ("window    = \"24 months before application\"", "window    = \"60 months before application\""),
    ("at_least  = \"20 hours\"", "at_least  = \"22 hours\""),
    ("at_least = \"10 hours\"", "at_least = \"14 hours\""),
    (
        "[[initial.exam]]",
        "[[initial.age]]\nid = \"age\"\nlabel = \"A\"\nlabel_es = \"E\"\ncite = \"bench\"\nat_least = 18\n\n[[initial.exam]]",
    ),
    (
        "[[initial.exam]]",
        "[[initial.decision]]\nid = \"asked\"\nlabel = \"A\"\nlabel_es = \"P\"\ncite = \"bench\"\n\n[[initial.exam]]",
    ),
    (
        "[[initial.exam]]",
        "[[initial.attestation]]\nid = \"words\"\nlabel = \"W\"\nlabel_es = \"P\"\ncite = \"bench\"\nattestation = \"reference\"\n\
         window = \"no limit\"\ncount = 2\n\n[[initial.exam]]",
    ),
    (
        "topic    = \"wellness\"\n  at_least = \"10 hours\"",
        "topic    = \"wellness\"\n  at_least = \"10 hours\"\n  at_most = \"11 hours\"",
    ),
    ("at_least  = \"500 hours\"", "at_least  = \"500 hours\"\nunless    = { path = [\"none-such\"] }"),
];

/// Someone with what comes out, which requirements differ in status or in what is missing, and what is left.
type Came = (Id, &'static str, &'static str, Option<&'static str>, Vec<Differs>, Vec<String>);

/// Requirements and their parts, each before what is below it.
fn flat(all: &[Requirement]) -> Vec<&Requirement> {
    all.iter().flat_map(|one| std::iter::once(one).chain(flat(&one.requirements))).collect()
}

/// How far somebody has to go after, beside before: by each requirement of which something is missing or waits.
fn to_go(was: &Evaluation, is: &Evaluation) -> Option<&'static str> {
    let open = |answer: &Evaluation| -> BTreeMap<String, (u8, u64)> {
        let rank = |one: &Requirement| match one.status {
            Status::NotMet => 2,
            Status::Undecided => 1,
            Status::Met | Status::Waived | Status::NotApplicable => 0,
        };
        let missing = |one: &Requirement| one.missing.as_ref().map(|text| text.parse().unwrap_or(0));
        let far = |one: &Requirement| match rank(one) {
            2 => (2, one.missing_minutes.or(missing(one)).unwrap_or(0)),
            rank => (rank, 0),
        };
        let all = flat(&answer.requirements).into_iter();
        all.map(|one| (one.id.clone(), far(one))).filter(|(_, (rank, _))| *rank > 0).collect()
    };
    let (was, is) = (open(was), open(is));
    let nothing = (0, 0);
    let (more, less) = (
        is.iter().any(|(id, far)| far > was.get(id).unwrap_or(&nothing)),
        was.iter().any(|(id, far)| far > is.get(id).unwrap_or(&nothing)),
    );
    if more { Some("further") } else { less.then_some("less") }
}

/// What two whole answers differ in.
fn differing(old: Option<&Evaluation>, new: Option<&Evaluation>) -> Vec<Differs> {
    let [before, after] = [old, new].map(|side| side.map_or_else(Vec::new, |answer| flat(&answer.requirements)));
    let find = |list: &[&Requirement], id: &str| list.iter().find(|one| one.id == id).map(|one| (*one).clone());
    let gone = before.iter().filter(|old| find(&after, &old.id).is_none());
    let mut all = Vec::new();
    for id in after.iter().chain(gone).map(|one| &one.id) {
        let (old, new) = (find(&before, id), find(&after, id));
        let status = |side: &Option<Requirement>| side.as_ref().map(|one| one.status);
        let missing = |side: &Option<Requirement>| side.as_ref()?.missing.clone().filter(|missing| missing != "0");
        let more = status(&new) == Some(Status::NotMet) && missing(&old) != missing(&new);
        if status(&old) != status(&new) || more {
            all.push(Differs {
                requirement: id.clone(),
                before: status(&old),
                after: status(&new),
                missing_before: missing(&old).filter(|_| new.is_some()),
                missing: missing(&new),
                unit: new.and_then(|new| new.unit),
            });
        }
    }
    all
}

/// Everyone judged alone by their whole record: those who come out otherwise or lack more or fewer minutes, and how many
/// of each.
fn expected(
    people: &[(Id, Purpose, Record)],
    before: impl Fn(&Record, Purpose) -> Option<Version>,
    after: impl Fn(&Record, Purpose) -> Option<Version>,
    lang: Lang,
) -> (Vec<Came>, BTreeMap<(&'static str, &'static str), u64>) {
    let (mut affected, mut counts) = (Vec::new(), BTreeMap::new());
    for (person, purpose, record) in people {
        let question = Question { as_of: AS_OF.parse().unwrap(), purpose: *purpose, stage: None };
        let status = |version: Option<Version>| -> Option<Status> {
            version.map(|version| status_of(&version, record, &question))
        };
        let came = (word(status(before(record, *purpose))), word(status(after(record, *purpose))));
        let whole = |version: &Version| evaluate(version, record, &question);
        let (old, new) = (before(record, *purpose), after(record, *purpose));
        let (was, is) = (old.as_ref().map(whole), new.as_ref().map(whole));
        let far = was.as_ref().zip(is.as_ref()).filter(|_| came == ("not_met", "not_met"));
        let to_go = far.and_then(|(was, is)| to_go(was, is));
        if came.0 != came.1 || to_go.is_some() {
            let left = is.clone().zip(new).map(|(is, version)| in_language(is, &version, lang).next);
            let left = left.into_iter().flatten().map(|step| step.text).collect();
            affected.push((*person, came.0, came.1, to_go, differing(was.as_ref(), is.as_ref()), left));
        }
        *counts.entry(came).or_default() += 1;
    }
    (affected, counts)
}

fn came(affected: &[Affected]) -> Vec<Came> {
    let came = |one: &Affected| {
        let to_go = one.to_go.map(ToGo::word);
        (one.person, word(one.before), word(one.after), to_go, one.differs.clone(), one.left.clone())
    };
    affected.iter().map(came).collect()
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
            for (name, text, everyone, lang) in [
                ("2020-01-01.toml", &changed, false, Lang::Es),
                ("2026-03-01.toml", &later, false, Lang::En),
                ("2026-03-01.toml", &later, true, Lang::En),
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
                    lang,
                );
                let wish = Wish { credential: &credential, draft: &draft, against: None, as_of, everyone, lang };
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
                if everyone {
                    let (sliced, looked_at) =
                        db.read(|conn| Ok::<_, credtrail::storage::StoreError>(slices(conn, &wish))).unwrap();
                    assert_eq!((&sliced, looked_at), (&found, 40), "{what}");
                }
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
