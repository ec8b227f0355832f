//! `credtrail rules simulate`.

use std::path::Path;

use credtrail::rules::{Pack, Purpose, Question, Record, Status, status_of};
use serde_json::{Value, json};

use super::run::{Run, on};
use crate::api::simulations::{ALL_MOVE, pack};
use crate::awards::facts::Facts;
use crate::awards::world::Board;
use crate::support::TestApp;

/// A board with seven holders, three of them with two hours of education and no more, and an applicant.
fn register(app: &TestApp) -> Board {
    let board = Board::new(app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
    for (turn, minutes) in [120, 180, 0, 150, 240, 179, 600].into_iter().enumerate() {
        let who = app.person(&format!("Turn {turn}"));
        board.certify(app, &who, "initial");
        Facts { app, who: &who }.born("1990-05-01").learned(
            "continuing",
            "in_person",
            "2026-06-10",
            Some(minutes),
            &[],
        );
    }
    let applicant = app.person("Applicant");
    board.application(app, &applicant, "initial");
    app.person("Nobody here");
    board
}

fn written(folder: &Path, version: &str, hours: u32, more: &str) -> String {
    let (name, text) = pack("us-xx-ps", version, hours, more);
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

fn simulate(app: &TestApp, draft: &str, more: &[&str]) -> Run {
    on(app, &[&["rules", "simulate", "--draft", draft, "--as-of", "2026-07-01"], more].concat())
}

#[test]
fn a_draft_is_told_as_text_json_and_csv_and_the_exit_code_says_whether_anyone_is_affected() {
    for app in TestApp::on_each_database() {
        register(&app);
        let folder = tempfile::tempdir().expect("a folder");
        let draft = written(folder.path(), "2026-07-01", 3, ALL_MOVE);
        let text = simulate(&app, &draft, &[]);
        assert_eq!((text.code, text.problems.as_str()), (Some(1), ""), "{}", text.said);
        for line in [
            "us-xx-ps 2026-07-01 (July 1, 2026)",
            "11 people looked at, 8 concerned, 3 come out otherwise",
            "of the others: further to go 1, less to go 0",
            "         7  move from 2020-01-01 to 2026-07-01 (all-move)",
            "         1  stay under 2020-01-01",
            "         3  renewal: met -> not_met",
            "         1  initial: not_met -> not_met",
            "         4  ce",
        ] {
            assert!(text.said.lines().any(|said| said == line), "`{line}` is not in\n{}", text.said);
        }
        let spanish = simulate(&app, &draft, &["--lang", "es"]);
        assert!(spanish.said.contains("11 personas revisadas") && spanish.said.contains("hora"), "{}", spanish.said);

        let run = simulate(&app, &draft, &["--format", "json"]);
        let json: Value = serde_json::from_str(&run.said).expect("one JSON document");
        assert_eq!((run.code, &json["counts"]["affected"], &json["replaces"]), (Some(1), &json!(3), &json!(false)));
        assert_eq!(json["counts"]["requirements"], json!([{ "requirement": "ce", "people": 4 }]));
        assert_eq!(simulate(&app, &draft, &["--format", "json"]).said, run.said, "the same bytes again");

        let csv = simulate(&app, &draft, &["--format", "csv"]);
        let lines: Vec<&str> = csv.said.lines().collect();
        assert_eq!((csv.code, lines.len()), (Some(1), 5), "{}", csv.said);
        assert_eq!(lines[0], "person,purpose,version,version_after,transition,before,after,differs,left,to_go");
        let missing: Vec<&str> = lines.iter().skip(1).filter_map(|line| line.rsplit(',').nth(1)).collect();
        assert_eq!(missing.iter().filter(|text| text.contains("1 hour to go")).count(), 1, "{missing:?}");
        assert!(
            lines[1].contains(",renewal,2020-01-01,2026-07-01,all-move,met,not_met,ce met -> not_met,"),
            "{}",
            lines[1]
        );
        let file = folder.path().join("affected.csv");
        simulate(&app, &draft, &["--affected", &file.display().to_string()]);
        assert_eq!(std::fs::read_to_string(file).expect("a file"), csv.said);

        let none = simulate(&app, &written(folder.path(), "2026-07-02", 3, ""), &["--format", "csv"]);
        assert_eq!((none.code, none.said.lines().count()), (Some(0), 1), "{}", none.said);
    }
}

/// What a draft says of the holder who has nothing: two hours are asked for by what is published.
fn of_the_idle(app: &TestApp, board: &Board, hours: u32) -> (Value, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let draft = written(folder.path(), "2026-07-01", hours, ALL_MOVE);
    let file = folder.path().join("affected.jsonl");
    let run = simulate(app, &draft, &["--format", "json", "--affected", &file.display().to_string()]);
    assert_eq!(run.code, Some(1), "{}", run.problems);
    let lines = std::fs::read_to_string(&file).expect("a file");
    let all: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let idle = all.into_iter().find(|one| one["before"] == "not_met").expect("the one who has nothing");
    let csv = simulate(app, &draft, &["--format", "csv"]).said;
    let line = csv.lines().find(|line| line.contains(",not_met,not_met,")).map(str::to_owned);
    let said: Value = serde_json::from_str(&run.said).expect("one JSON document");
    assert_eq!(said["credential"], json!("us-xx-ps"), "{}", board.id);
    (json!({ "counts": said["counts"], "idle": idle }), line.expect("a line"))
}

#[test]
fn whoever_still_has_something_to_do_is_told_apart_by_whether_it_is_more_or_less_than_before() {
    for app in TestApp::on_each_database() {
        let board = register(&app);
        for (hours, to_go, counts, left) in [(200, "further", [1, 0], "200"), (1, "less", [0, 1], "1")] {
            let (said, line) = of_the_idle(&app, &board, hours);
            let found = [&said["counts"]["further_to_go"], &said["counts"]["less_to_go"]];
            assert_eq!(found, counts.map(|count| json!(count)).each_ref(), "{said}");
            assert_eq!(said["idle"]["to_go"], json!(to_go));
            let differs = json!([{ "requirement": "ce", "before": "not_met", "after": "not_met", "missing_before": "2",
                "missing": left, "unit": "hour" }]);
            assert_eq!((&said["idle"]["after"], &said["idle"]["differs"]), (&json!("not_met"), &differs));
            let cells = format!(",ce not_met -> not_met (missing 2 -> {left} hour),");
            assert!(line.contains(&cells) && line.ends_with(&format!(",{to_go}")), "{line}");
        }
    }
}

#[test]
fn whoever_cannot_renew_has_no_further_to_go() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        let who = app.person("Dana Rivera");
        let held = board.certify(&app, &who, "initial");
        let folder = tempfile::tempdir().expect("a folder");
        let draft = written(folder.path(), "2026-07-01", 3, ALL_MOVE);
        let further = || {
            let said = simulate(&app, &draft, &["--format", "json"]).said;
            let json: Value = serde_json::from_str(&said).expect("one JSON document");
            (json["counts"]["further_to_go"].clone(), json["counts"]["concerned"].clone())
        };
        assert_eq!(further(), (json!(1), json!(1)));
        let revoke = json!({"change": "revoke", "from": "2026-06-01", "reason": "an order", "authority": "order 9"});
        board.set_status(&app, &who, &held.award, &revoke).expect(201);
        assert_eq!(further(), (json!(0), json!(1)));
    }
}

#[test]
fn as_if_a_draft_ruled_everyone_its_days_and_transitions_do_not_matter() {
    for app in TestApp::on_each_database() {
        register(&app);
        let folder = tempfile::tempdir().expect("a folder");
        let draft = written(folder.path(), "2030-01-01", 3, "");
        let run = simulate(&app, &draft, &["--everyone", "--format", "json"]);
        let json: Value = serde_json::from_str(&run.said).expect("one JSON document");
        assert_eq!((&json["counts"]["affected"], &json["everyone"]), (&json!(3), &json!(true)), "{json}");
        let against = simulate(&app, &draft, &["--everyone", "--against", "2020-01-01", "--format", "json"]);
        let other: Value = serde_json::from_str(&against.said).expect("one JSON document");
        assert_eq!(other["counts"], json["counts"]);
        let unknown = simulate(&app, &draft, &["--against", "1999-01-01"]);
        assert_eq!((unknown.code, unknown.said.as_str()), (Some(2), ""));
        assert!(unknown.problems.contains("version `1999-01-01` is not published"), "{}", unknown.problems);
    }
}

#[test]
fn samples_are_portable_records_that_name_nobody_and_come_out_as_the_people_do() {
    for app in TestApp::on_each_database() {
        let board = register(&app);
        let folder = tempfile::tempdir().expect("a folder");
        let draft = written(folder.path(), "2026-07-01", 3, ALL_MOVE);
        let samples = folder.path().join("samples");
        let named = samples.display().to_string();
        assert_eq!(simulate(&app, &draft, &["--samples", &named]).code, Some(1));
        let index: Value = serde_json::from_str(&std::fs::read_to_string(samples.join("index.json")).unwrap()).unwrap();
        let index = index.as_array().expect("a list");
        let (far, index): (Vec<&Value>, Vec<&Value>) = index.iter().partition(|line| line["to_go"].is_string());
        assert_eq!((far.len(), index.len()), (1, 3));
        assert_eq!(far[0]["file"], json!("004-renewal-not_met-not_met-further.json"));
        let (name, text) = pack("us-xx-ps", "2020-01-01", 2, "");
        let (other, after) = pack("us-xx-ps", "2026-07-01", 3, ALL_MOVE);
        let rules = Pack::parse(&[(&name, &text), (&other, &after)]).expect("a pack");
        let question = Question { as_of: "2026-07-01".parse().unwrap(), purpose: Purpose::Renewal, stage: None };
        for (at, line) in index.iter().enumerate() {
            let file = line["file"].as_str().expect("a name");
            assert_eq!(file, format!("{:03}-renewal-met-not_met.json", at + 1));
            let text = std::fs::read_to_string(samples.join(file)).expect("a sample");
            assert!(
                !text.contains("Turn") && !text.contains("1990-05-01") && !text.contains(&board.id.to_string()),
                "{text}"
            );
            let record = Record::from_json(&text).expect("a portable record");
            assert_eq!(record.person.id, format!("sample-{:03}", at + 1));
            let statuses: Vec<Status> =
                rules.versions.iter().map(|version| status_of(version, &record, &question)).collect();
            assert_eq!(statuses, [Status::Met, Status::NotMet]);
        }
        let again = simulate(&app, &draft, &["--samples", &named]);
        assert_eq!((again.code, again.said.as_str()), (Some(2), ""));
        assert!(again.problems.contains("is not empty"), "{}", again.problems);
    }
}

#[test]
fn a_draft_that_cannot_be_used_is_refused_before_anything_is_read() {
    for app in TestApp::on_each_database() {
        register(&app);
        let folder = tempfile::tempdir().expect("a folder");
        let refused = |draft: &str, says: &str| {
            let run = simulate(&app, draft, &[]);
            assert_eq!((run.code, run.said.as_str()), (Some(2), ""), "{}", run.problems);
            assert!(run.problems.contains(says), "{}", run.problems);
        };
        let (_, text) = pack("us-xx-ps", "2026-07-01", 3, "");
        let file = folder.path().join("2026-07-01.toml");
        std::fs::write(&file, text.replace("window = \"this term\"", "windw = \"this term\"")).unwrap();
        refused(&file.display().to_string(), "did you mean `window`?");
        std::fs::write(&file, text.replace("us-xx-ps", "us-yy-ps")).unwrap();
        let file = file.display().to_string();
        refused(
            &file,
            &format!("{file}: `us-yy-ps` is no credential here\n  expected: a pack of a credential that is here\n"),
        );
        let lost = written(folder.path(), "2026-08-01", 3, &ALL_MOVE.replace("then", "version = \"1999-01-01\"\nthen"));
        refused(&lost, "transition `all-move` comes from version `1999-01-01`");
    }
}
