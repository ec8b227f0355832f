//! A board tries a draft on its own people.

use credtrail::services::roles::Role;
use serde_json::{Value, json};

use crate::awards::facts::Facts;
use crate::awards::world::Board;
use crate::support::{Someone, TestApp};

/// Rules with an hour of training, and so many hours of education a term; `more` adds to them.
pub fn pack(credential: &str, version: &str, hours: u32, more: &str) -> (String, String) {
    let text = format!(
        r#"
credential = "{credential}"
name = "Peer"
name_es = "Par"
board = "Board"
time_zone = "America/Chicago"
in_force = {{ from = {version} }}
verified = false
applies_by = ["application"]
hour = "60 minutes"
[source.s]
title = "S"
url = "https://example.org"
read_on = 2026-11-20
[topic.ethics]
label = "Ethics"
label_es = "Ética"
[[stage]]
id = "full"
label = "Full"
label_es = "Completo"
term = "12 months"
[[initial.learning]]
id = "training"
label = "Training"
label_es = "Formación"
cite = "s"
at_least = "{hours} hours"
[[renewal.learning]]
id = "ce"
label = "Education"
label_es = "Educación"
cite = "s"
at_least = "{hours} hours"
window = "this term"
{more}
"#
    );
    (format!("{version}.toml"), text)
}

/// Everyone who holds a certificate moves to the new rules at once.
pub const ALL_MOVE: &str = r#"
[[transition]]
id = "all-move"
label = "Everyone moves"
label_es = "Todos pasan"
cite = "s"
who = { day = "issue", from = 2020-01-01 }
then = "new"
pins = "end"
"#;

/// Someone who holds the board's certificate, with so many minutes of education since.
pub fn holder(app: &TestApp, board: &Board, name: &str, minutes: i32) -> Someone {
    let who = app.person(name);
    board.certify(app, &who, "initial");
    Facts { app, who: &who }.learned("continuing", "in_person", "2026-06-10", Some(minutes), &[]);
    who
}

/// Where a draft of the board's rules is tried.
pub fn path(board: &Board) -> String {
    format!("/api/v1/organizations/{}/credentials/{}/simulations", board.id, board.credential)
}

/// A file of rules as a draft.
pub fn body((name, text): (String, String)) -> Value {
    json!({ "name": name, "text": text })
}

/// The same with one more member.
pub fn with(mut body: Value, key: &str, value: Value) -> Value {
    body[key] = value;
    body
}

#[test]
fn a_draft_tells_who_would_come_out_otherwise_and_why() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        let (enough, short) = (holder(&app, &board, "Enough", 180), holder(&app, &board, "Short", 120));
        let none = holder(&app, &board, "None", 0);
        let other = Board::new(&app, "second", pack("us-xx-other", "2020-01-01", 2, ""));
        let _theirs = holder(&app, &other, "Theirs", 120);

        // By itself the draft moves nobody: terms are pinned to the version that began them.
        app.set_clock("2026-06-20T12:00:00Z");
        let registrar = app.signed_in(board.registrar.id, &board.registrar.email);
        let draft = || body(pack("us-xx-ps", "2026-07-01", 3, ""));
        let still = app.post_as(&registrar, &path(&board), &draft()).expect(200);
        assert_eq!((&still["as_of"], &still["counts"]["affected"]), (&json!("2026-07-01"), &json!(0)), "{still}");
        let stay = json!([{ "from": "2020-01-01", "to": "2020-01-01", "transition": null, "people": 3 }]);
        assert_eq!(still["counts"]["moves"], stay);

        let found =
            app.post_as(&registrar, &path(&board), &body(pack("us-xx-ps", "2026-07-01", 3, ALL_MOVE))).expect(200);
        assert_eq!(
            (&found["credential"], &found["draft"], &found["replaces"]),
            (&json!("us-xx-ps"), &json!("2026-07-01"), &json!(false))
        );
        assert_eq!((&found["counts"]["concerned"], &found["counts"]["affected"]), (&json!(3), &json!(1)), "{found}");
        assert_eq!(
            found["counts"]["changes"],
            json!([
                { "purpose": "renewal", "before": "met", "after": "met", "people": 1 },
                { "purpose": "renewal", "before": "met", "after": "not_met", "people": 1 },
                { "purpose": "renewal", "before": "not_met", "after": "not_met", "people": 1 },
            ])
        );
        let moved = json!([{ "from": "2020-01-01", "to": "2026-07-01", "transition": "all-move", "people": 3 }]);
        assert_eq!(found["counts"]["moves"], moved);
        assert_eq!(found["counts"]["requirements"], json!([{ "requirement": "ce", "people": 2 }]));
        let affected = found["affected"].as_array().expect("a list");
        let (far, affected): (Vec<&Value>, Vec<&Value>) = affected.iter().partition(|one| one["to_go"].is_string());
        assert_eq!((far.len(), affected.len()), (1, 1), "{found}");
        assert_eq!((&found["counts"]["further_to_go"], &found["counts"]["less_to_go"]), (&json!(1), &json!(0)));
        assert_eq!((&far[0]["person"], &far[0]["to_go"]), (&json!(none.id), &json!("further")));
        let before_and_after = (&far[0]["differs"][0]["missing_before"], &far[0]["differs"][0]["missing"]);
        assert_eq!(before_and_after, (&json!("2"), &json!("3")), "{found}");
        assert_eq!(affected[0]["person"], json!(short.id), "not {}", enough.id);
        assert_eq!(
            (&affected[0]["version"], &affected[0]["version_after"]),
            (&json!("2020-01-01"), &json!("2026-07-01"))
        );
        let differs =
            json!([{ "requirement": "ce", "before": "met", "after": "not_met", "missing": "1", "unit": "hour" }]);
        assert_eq!(affected[0]["differs"], differs);
        assert!(affected[0]["left"][0].as_str().is_some_and(|text| text.contains("1 hour to go")), "{found}");
        assert!(found["next"].is_string() || found["next"].is_null());

        let everyone = with(with(draft(), "everyone", json!(true)), "lang", json!("es"));
        let everyone = app.post_as(&registrar, &path(&board), &everyone).expect(200);
        assert_eq!(
            (&everyone["as_of"], &everyone["counts"]["affected"]),
            (&json!("2026-06-20"), &json!(1)),
            "{everyone}"
        );
        assert!(everyone["affected"][0]["left"][0].as_str().is_some_and(|text| text.contains("1 hora")), "{everyone}");
    }
}

#[test]
fn slices_add_up_to_the_whole_and_name_everybody_once() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        let mut short: Vec<String> = Vec::new();
        for turn in 0..5 {
            let who = holder(&app, &board, &format!("Turn {turn}"), if turn == 2 { 300 } else { 120 });
            short.extend((turn != 2).then(|| who.id.to_string()));
        }
        short.sort();
        let draft = with(
            with(body(pack("us-xx-ps", "2026-07-01", 3, "")), "everyone", json!(true)),
            "as_of",
            json!("2026-06-20"),
        );
        let whole = app.post_as(&board.registrar, &path(&board), &draft).expect(200);
        let (mut named, mut counts, mut after) = (Vec::new(), [0, 0, 0], Value::Null);
        for round in 0.. {
            assert!(round < 10, "it ends");
            let asked = with(with(draft.clone(), "limit", json!(2)), "after", after.clone());
            let slice = app.post_as(&board.registrar, &path(&board), &asked).expect(200);
            let affected = slice["affected"].as_array().expect("a list");
            assert!(affected.len() <= 2, "{slice}");
            named.extend(affected.iter().map(|one| one["person"].as_str().expect("an id").to_owned()));
            for (sum, key) in counts.iter_mut().zip(["people", "concerned", "affected"]) {
                *sum += slice["counts"][key].as_u64().expect("a number");
            }
            after = slice["next"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(named, short);
        let of_whole = ["people", "concerned", "affected"].map(|key| whole["counts"][key].as_u64().expect("a number"));
        assert_eq!(counts, of_whole);
        assert_eq!((of_whole[1], of_whole[2]), (5, 4));
    }
}

#[test]
fn a_draft_that_cannot_be_used_is_refused_with_every_problem() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        let (name, text) = pack("us-xx-ps", "2026-07-01", 3, "");
        let broken =
            text.replace("cite = \"s\"", "cite = \"t\"").replace("at_least = \"3 hours\"", "at_lest = \"3 hours\"");
        let problem = app.post_as(&board.registrar, &path(&board), &body((name.clone(), broken))).expect(422);
        assert_eq!(problem["code"], "bad_rules");
        let details: Vec<&str> =
            problem["errors"].as_array().expect("a list").iter().filter_map(|error| error["detail"].as_str()).collect();
        assert!(details.len() >= 4, "{details:#?}");
        let line = details.iter().find(|detail| detail.contains("unknown key `at_lest`")).expect("the wrong key");
        assert!(line.starts_with("2026-07-01.toml:") && line.contains("did you mean `at_least`?"), "{line}");

        let refuse = |body: &Value, status, code: &str| {
            app.post_as(&board.registrar, &path(&board), body).refuses(status, code);
        };
        refuse(&body(pack("us-yy-ps", "2026-07-01", 3, "")), 422, "other_credential");
        refuse(&body(("draft.toml".to_owned(), text.clone())), 422, "bad_rules");
        refuse(&body((name.clone(), format!("# {}\n{text}", "x".repeat(300_000)))), 413, "too_large");
        let draft = body((name, text));
        refuse(&with(draft.clone(), "against", json!("1999-01-01")), 422, "no_such_version");
        refuse(&with(draft.clone(), "lang", json!("de")), 422, "bad_field");
        let published = app.get(&format!("/api/v1/credentials/{}/versions", board.credential)).expect(200);
        assert_eq!(published["items"].as_array().map(Vec::len), Some(1), "nothing was published");
    }
}

#[test]
fn a_draft_is_tried_on_ones_own_people_only() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        let other = Board::new(&app, "second", pack("us-xx-other", "2020-01-01", 2, ""));
        holder(&app, &board, "Short", 120);
        let draft = with(body(pack("us-xx-ps", "2026-07-01", 3, "")), "everyone", json!(true));
        let across = format!("/api/v1/organizations/{}/credentials/{}/simulations", other.id, board.credential);
        app.post_as(&other.registrar, &across, &draft).refuses(404, "not_found");
        app.post_as(&other.registrar, &path(&board), &draft).refuses(403, "not_allowed");
        app.post_as(&board.reviewer, &path(&board), &draft).refuses(403, "not_allowed");
        // Who keeps the rules but may not read files may not see this either.
        let keeper = app.member("Keeper", Role::Administrator, Some(board.id));
        app.post_as(&keeper, &path(&board), &draft).refuses(403, "not_allowed");
    }
}

#[test]
fn a_number_of_people_that_does_not_fit_is_refused_and_not_bent() {
    let app = TestApp::on_each_database().next().expect("a database");
    let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
    let draft = body(pack("us-xx-ps", "2026-07-01", 3, ALL_MOVE));
    for limit in [0, 501] {
        let refused = app.post_as(&board.registrar, &path(&board), &with(draft.clone(), "limit", json!(limit)));
        refused.refuses(422, "bad_field");
        let problem = refused.json();
        let told = problem["errors"][0]["detail"].as_str().unwrap_or_default();
        assert_eq!(problem["errors"][0]["pointer"], "/limit", "{problem}");
        assert!(told.contains("from 1 to 500") && told.contains(&format!("`{limit}`")), "{told}");
    }
    for limit in [1, 500] {
        app.post_as(&board.registrar, &path(&board), &with(draft.clone(), "limit", json!(limit))).expect(200);
    }
}
