//! Answers are what the description says of them: the members that a schema names are there, and no others.

use credtrail::packs;
use credtrail::rules::worked;
use serde_json::{Value, json};

use super::plans::{OWN, nearly};
use super::simulations::{ALL_MOVE, body, holder, pack, path, with};
use crate::awards::world::Board;
use crate::support::TestApp;

/// The evaluation of whoever asks.
const EVALUATION: &str = "/api/v1/progress/us-ne-cpss";

/// The schema of the JSON that a route answers with 200.
fn answered<'v>(api: &'v Value, path: &str, method: &str) -> &'v Value {
    let schema = api["paths"][path][method].pointer("/responses/200/content/application~1json/schema");
    schema.unwrap_or_else(|| panic!("{method} {path} has a schema"))
}

/// Whether `value` is of one of the kinds that a schema's `type` names.
fn is_of_kind(value: &Value, kinds: &Value) -> bool {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    kinds.is_null() || kinds == kind || kinds.as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
}

/// Where `value` is not as `schema` says.
fn misfits(api: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return misfits(api, &api["components"]["schemas"][name], value, at);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = choices.iter().any(|choice| misfits(api, choice, value, at).is_empty());
        return if fits { Vec::new() } else { vec![format!("{at}: {value} fits none of {schema}")] };
    }
    if !is_of_kind(value, &schema["type"]) {
        return vec![format!("{at}: {value} is not of type {}", schema["type"])];
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        return vec![format!("{at}: {value} is none of {}", schema["enum"])];
    }
    match (value, &schema["properties"]) {
        (Value::Array(items), _) => {
            let each = items.iter().enumerate();
            each.flat_map(|(i, item)| misfits(api, &schema["items"], item, &format!("{at}/{i}"))).collect()
        }
        (Value::Object(members), Value::Object(known)) => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let missing = required.filter(|name| !members.contains_key(*name));
            let mut odd: Vec<String> = missing.map(|name| format!("{at}: {name} is missing")).collect();
            for (name, member) in members {
                match known.get(name) {
                    Some(schema) => odd.extend(misfits(api, schema, member, &format!("{at}/{name}"))),
                    None => odd.push(format!("{at}: {name} is not described")),
                }
            }
            odd
        }
        _ => Vec::new(),
    }
}

#[track_caller]
fn assert_described(api: &Value, schema: &Value, value: &Value) {
    let members = value.as_object().expect("an object").len();
    assert!(members > 1, "{value}");
    let odd = misfits(api, schema, value, "");
    assert!(odd.is_empty(), "{}\n{value}", odd.join("\n"));
}

#[test]
fn what_is_not_as_described_is_found() {
    let api = json!({ "components": { "schemas": { "Day": { "type": "object", "required": ["on"],
        "properties": { "on": { "type": "string" }, "left": { "type": ["array", "null"], "items": { "type": "integer" } } } } } } });
    let schema = json!({ "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Day" }] });
    for (value, fits) in [
        (json!({ "on": "x" }), true),
        (json!({ "on": "x", "left": [1] }), true),
        (json!({ "on": "x", "left": null }), true),
        (Value::Null, true),
        (json!({}), false),
        (json!({ "on": null }), false),
        (json!({ "on": "x", "left": ["1"] }), false),
        (json!({ "on": "x", "right": 1 }), false),
    ] {
        assert_eq!(misfits(&api, &schema, &value, "").is_empty(), fits, "{value}");
    }
}

#[test]
fn a_plan_has_the_members_that_its_schema_names() {
    for app in TestApp::on_each_database() {
        app.set_clock("2025-03-20T15:00:00Z");
        let board = Board::nebraska(&app);
        let dana = nearly(&app);
        let api = app.get("/api/openapi.json").expect(200);
        let own = "/api/v1/progress/{credential}/plan";
        let plan = app.get_as(&dana, OWN).expect(200);
        assert_described(&api, answered(&api, own, "get"), &plan);
        assert!(plan["steps"][0]["minutes"].is_u64(), "{plan}");
        let done = app.post_as(&dana, OWN, &json!({ "planned": plan["facts"] })).expect(200);
        assert_described(&api, answered(&api, own, "post"), &done);
        // Deadlines, a term and what runs out: somebody who holds the certificate.
        board.certify(&app, &dana, "initial");
        let dana = app.signed_in(dana.id, &dana.email);
        let renewal = app.get_as(&dana, &format!("{OWN}?purpose=renewal&as_of=2026-06-01")).expect(200);
        assert_described(&api, answered(&api, own, "get"), &renewal);
        assert!(renewal["term"].is_object(), "{renewal}");
        let theirs = "/api/v1/organizations/{organization}/people/{person}/progress/{credential}/plan";
        let path = board.path(&dana, "progress/us-ne-cpss/plan");
        assert_described(&api, answered(&api, theirs, "get"), &app.get_as(&board.reviewer, &path).expect(200));
        let asked = app.post_as(&board.reviewer, &path, &json!({})).expect(200);
        assert_described(&api, answered(&api, theirs, "post"), &asked);
    }
}

#[test]
fn an_evaluation_and_a_record_have_the_members_that_their_schemas_name() {
    for app in TestApp::on_each_database() {
        app.set_clock("2025-03-20T15:00:00Z");
        let board = Board::nebraska(&app);
        let dana = nearly(&app);
        let api = app.get("/api/openapi.json").expect(200);
        let evaluation = answered(&api, "/api/v1/progress/{credential}", "get");
        let record = answered(&api, "/api/v1/record", "get");
        let before = app.get_as(&dana, EVALUATION).expect(200);
        assert_described(&api, evaluation, &before);
        assert!(!before["next"].as_array().unwrap().is_empty(), "{before}");
        assert!(before.pointer("/requirements/0/citation/title").is_some(), "{before}");
        // Terms, decisions and credentials: somebody who holds the certificate.
        board.certify(&app, &dana, "initial");
        let dana = app.signed_in(dana.id, &dana.email);
        let renewal = app.get_as(&dana, &format!("{EVALUATION}?purpose=renewal&as_of=2026-06-01")).expect(200);
        assert_described(&api, evaluation, &renewal);
        assert!(renewal["term"].is_object() && !renewal["deadlines"].as_array().unwrap().is_empty(), "{renewal}");
        let whole = app.get_as(&dana, "/api/v1/record").expect(200);
        assert_described(&api, record, &whole);
        for list in ["applications", "learning", "exams", "credentials"] {
            assert!(whole[list].as_array().is_some_and(|list| !list.is_empty()), "{list} in {whole}");
        }
    }
}

#[test]
fn every_example_of_every_shipped_pack_is_as_the_schemas_say() {
    let app = TestApp::on_each_database().next().expect("a database");
    let api = app.get("/api/openapi.json").expect(200);
    let evaluation = answered(&api, "/api/v1/progress/{credential}", "get");
    let record = answered(&api, "/api/v1/record", "get");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules");
    for path in packs::find(folder.as_ref()).unwrap() {
        let pack = packs::load(&path).unwrap_or_else(|error| panic!("{error}"));
        for example in &pack.examples {
            assert_described(&api, record, &serde_json::to_value(&example.record).unwrap());
            let Some((_, answer)) = worked::answer(&pack, example) else { continue };
            assert_described(&api, evaluation, &serde_json::to_value(answer).unwrap());
        }
    }
}

#[test]
fn a_simulation_has_the_members_that_its_schema_names() {
    for app in TestApp::on_each_database() {
        let board = Board::new(&app, "first", pack("us-xx-ps", "2020-01-01", 2, ""));
        holder(&app, &board, "Enough", 180);
        holder(&app, &board, "Short", 120);
        app.set_clock("2026-06-20T12:00:00Z");
        let registrar = app.signed_in(board.registrar.id, &board.registrar.email);
        let api = app.get("/api/openapi.json").expect(200);
        let route = "/api/v1/organizations/{organization}/credentials/{credential}/simulations";
        let draft = with(body(pack("us-xx-ps", "2026-07-01", 3, ALL_MOVE)), "limit", json!(1));
        let slice = app.post_as(&registrar, &path(&board), &draft).expect(200);
        assert_described(&api, answered(&api, route, "post"), &slice);
        for member in ["affected", "counts/changes", "counts/moves", "counts/requirements", "affected/0/differs"] {
            let list = slice.pointer(&format!("/{member}")).and_then(Value::as_array);
            assert!(list.is_some_and(|list| !list.is_empty()), "{member} in {slice}");
        }
    }
}
