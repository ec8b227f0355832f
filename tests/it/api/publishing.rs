//! A board publishes its rules over the API: nothing goes out untested.

use credtrail::services::roles::{OrganizationKind, Role};
use serde_json::{Value, json};

use super::simulations::pack;
use crate::awards::world::Board;
use crate::support::{TestApp, example_of, with_example};

fn files(files: &[(&str, &str)]) -> Value {
    let files: Vec<Value> = files.iter().map(|(name, text)| json!({ "name": name, "text": text })).collect();
    json!({ "files": files })
}

/// What is said of every problem.
fn details(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().expect("a list").iter().filter_map(|error| error["detail"].as_str()).collect()
}

#[test]
fn a_credential_without_a_worked_example_is_not_set_up() {
    for app in TestApp::on_each_database() {
        let id = app.organization(OrganizationKind::Board, "board");
        let keeper = app.member("Rosa Registrar", Role::Registrar, Some(id));
        let path = format!("/api/v1/organizations/{id}/credentials");
        let (name, text) = pack("us-xx-ps", "2020-01-01", 2, "");
        let refused = app.post_as(&keeper, &path, &files(&[(&name, &text)])).expect(422);
        assert_eq!(refused["code"], "untested_rules", "{refused}");
        assert!(refused["detail"].as_str().is_some_and(|detail| detail.contains("`examples.toml`")), "{refused}");
        let found = details(&refused);
        assert!(
            found.len() == 1
                && found[0].starts_with("2020-01-01.toml:1: version `2020-01-01` of us-xx-ps has no worked example")
                && found[0].contains("add an `[[example]]`"),
            "{found:?}"
        );
        assert_eq!(app.get("/api/v1/credentials").expect(200)["items"], json!([]), "nothing was set up");
        app.post_as(&keeper, &path, &with_example(&name, &text)).expect(201);
    }
}

#[test]
fn a_version_goes_out_only_with_an_example_of_its_own_that_holds() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        let path = format!("/api/v1/organizations/{}/credentials/{}/versions", board.id, board.credential);
        let publish = |sent: &[(&str, &str)]| app.post_as(&board.registrar, &path, &files(sent));
        let (name, text) = pack("us-xx-ps", "2026-07-01", 3, "");
        let refused = publish(&[(&name, &text)]).expect(422);
        assert!(details(&refused)[0].contains("version `2026-07-01` of us-xx-ps has no worked example"), "{refused}");

        // An example of the version that is out already is none of this one's.
        let older = example_of("2020-01-01.toml");
        let refused = publish(&[(&name, &text), ("examples.toml", &older)]).expect(422);
        assert!(details(&refused)[0].contains("version `2026-07-01` of us-xx-ps has no worked example"), "{refused}");

        let wrong = example_of(&name).replace("expect.version = \"2026-07-01\"", "expect.status = \"met\"");
        let refused = publish(&[(&name, &text), ("examples.toml", &wrong)]).expect(422);
        let found = details(&refused);
        assert_eq!((refused["code"].as_str(), found.len()), (Some("untested_rules"), 1), "{refused}");
        assert!(
            found[0].starts_with("examples.toml:1: example `it rules from its first day on`")
                && found[0].contains("not_met"),
            "{found:?}"
        );
        let out = || {
            let listed = app.get(&format!("/api/v1/credentials/{}/versions", board.credential)).expect(200);
            listed["items"].as_array().map(Vec::len)
        };
        assert_eq!(out(), Some(1), "nothing was published");

        let example = example_of(&name);
        let published = publish(&[(&name, &text), ("examples.toml", &example)]).expect(200);
        assert_eq!(published["published"], json!(["2026-07-01"]));
        assert_eq!(out(), Some(2));
        assert_eq!(publish(&[(&name, &text)]).expect(200)["published"], json!([]), "out already: no change");
    }
}
