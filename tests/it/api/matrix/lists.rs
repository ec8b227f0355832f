//! Every list of the API has one shape. The lists are found in the description, so that a new one cannot be forgotten: a GET
//! that answers a bare list, or `items` without `next`, is named here.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::actors::{Actor, Cast};
use super::{Row, rows};
use crate::support::{Answer, TestApp};

fn resolved<'v>(api: &'v Value, schema: &'v Value) -> &'v Value {
    let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) else { return schema };
    resolved(api, &api["components"]["schemas"][name])
}

/// The schema of what a GET answers as JSON.
fn answered<'v>(api: &'v Value, get: &'v Value) -> Option<&'v Value> {
    let schema = get.pointer("/responses/200/content/application~1json/schema")?;
    Some(resolved(api, schema))
}

/// A list by its schema: bare, or in `items`.
fn is_list(schema: &Value) -> bool {
    schema["type"] == "array" || schema["properties"].get("items").is_some()
}

/// What is wrong with the shape of a list.
fn oddities(get: &Value, schema: &Value) -> Vec<String> {
    let mut odd = Vec::new();
    if schema["properties"].get("next").is_none_or(|next| next["type"] != json!(["string", "null"])) {
        odd.push(format!("expected `next`, a text or null, found {schema}"));
    }
    let required: BTreeSet<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if required != BTreeSet::from(["items", "next"]) {
        odd.push(format!("expected `items` and `next` always, found {required:?}"));
    }
    let parameters = get["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query");
    let names: BTreeSet<&str> = parameters.filter_map(|one| one["name"].as_str()).collect();
    if names != BTreeSet::from(["after", "limit"]) {
        odd.push(format!("expected the parameters `after` and `limit`, found {names:?}"));
    }
    odd
}

/// Method and path of every list that the description names.
fn lists(api: &Value) -> Vec<String> {
    let paths = api["paths"].as_object().expect("paths").iter();
    let lists = paths.filter(|(_, item)| answered(api, &item["get"]).is_some_and(is_list));
    lists.map(|(path, _)| format!("GET {path}")).collect()
}

#[test]
fn every_list_is_a_page_with_a_cursor_and_takes_the_same_two_parameters() {
    let app = TestApp::on_each_database().next().expect("one");
    let api = app.get("/api/openapi.json").expect(200);
    let mut wrong = Vec::new();
    for (path, item) in api["paths"].as_object().expect("paths") {
        let get = &item["get"];
        let Some(schema) = answered(&api, get).filter(|schema| is_list(schema)) else { continue };
        wrong.extend(oddities(get, schema).into_iter().map(|odd| format!("{path}: {odd}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let known = ["hours", "credentials", "applications", "organizations/{organization}/courses"];
    let lists = lists(&api);
    assert!(known.iter().all(|known| lists.contains(&format!("GET /api/v1/{known}"))), "{lists:#?}");
}

#[test]
fn names_of_what_the_api_tells_stand_for_one_thing_each() {
    let app = TestApp::on_each_database().next().expect("one");
    let api = app.get("/api/openapi.json").expect(200);
    let of = |path: &str| {
        let schema = answered(&api, &api["paths"][path]["get"]).expect("a schema");
        let item = resolved(&api, &schema["properties"]["items"]["items"]);
        item["properties"].as_object().expect("members").keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(of("/api/v1/me/sessions"), ["created_at", "current", "expires_at", "id", "kind"]);
    let sessions = of("/api/v1/organizations/{organization}/courses/{course}/sessions");
    assert_eq!(sessions, ["from", "id", "place", "seats", "through"]);
}

/// Asks for a list as the first caller whom the table lets in.
fn ask(app: &TestApp, cast: &Cast, row: &Row, query: &str) -> Answer {
    let actor = Actor::ALL.into_iter().find(|actor| row.lets_in(*actor)).expect("somebody");
    let path = format!("{}?{query}", row.path(cast));
    let call = app.call("GET", &path);
    match cast.token(app, actor, row.at) {
        Some(token) => call.bearer(&token).send(),
        None => call.send(),
    }
}

#[test]
fn a_length_or_a_cursor_that_is_none_is_refused_by_every_list() {
    for app in TestApp::on_each_database() {
        let cast = Cast::new(&app);
        let lists = lists(&app.get("/api/openapi.json").expect(200));
        let rows: Vec<Row> = rows().into_iter().filter(|row| lists.iter().any(|list| list == row.route)).collect();
        assert_eq!(rows.len(), lists.len());
        for row in rows {
            for (query, name, parts) in [
                ("limit=0", "limit", ["`0`", "from 1 to 100", "`50`"]),
                ("limit=101", "limit", ["`101`", "from 1 to 100", "`50`"]),
                ("limit=ten", "limit", ["`ten`", "from 1 to 100", "`50`"]),
                ("after=no+place", "after", ["`no place`", "expected `next`", "leave `after` out"]),
                ("cursor=x", "cursor", ["`cursor` is not known", "`after`", "`limit`"]),
            ] {
                let answer = ask(&app, &cast, &row, query);
                answer.refuses(400, "bad_parameter");
                let error = answer.json()["errors"][0].clone();
                let detail = error["detail"].as_str().unwrap_or_default();
                assert_eq!(error["pointer"], name, "{}: {detail}", row.route);
                assert!(parts.iter().all(|part| detail.contains(part)), "{}: {detail}", row.route);
            }
            let page = ask(&app, &cast, &row, "limit=2");
            assert!(page.status == 404 || page.json()["items"].is_array(), "{}: {}", row.route, page.text());
        }
    }
}
