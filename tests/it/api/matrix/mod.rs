//! Who may do what: every route of the API against every kind of caller.
//!
//! The rows stand in the files beside this one, one per area. **A new route needs a row**: add
//! `row("GET /api/v1/...", At::Board, Who::These(&[Registrar]))` to the file of its area; the tests name every
//! route that has none, every row whose route is gone, and every cell that answers otherwise.
//!
//! Whoever has the right is not told 401 or 403 (what else depends on what they send: 404 for ids that are made
//! up, 422 for an empty body); whoever has not is told 401 when they are nobody, and 403 otherwise. Nobody
//! is ever told 5xx.

mod accounts;
mod actors;
mod board;
mod hours;
mod lists;
mod organizations;
mod public;
mod training;

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::TestApp;
use actors::{Actor, Cast};

/// Which organization `{organization}` in a path stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// None.
    Nowhere,
    /// The board.
    Board,
    /// The training program.
    Program,
}

/// Who has the right.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    /// Everybody, signed in or not.
    Everybody,
    /// Every person and every key.
    SignedIn,
    /// Every person who has signed in; no key.
    People,
    /// These, at the organization that the path names.
    These(&'static [Actor]),
}

/// One route.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    route: &'static str,
    at: At,
    who: Who,
}

/// A row: method and path as the description has them, where, and who.
pub const fn row(route: &'static str, at: At, who: Who) -> Row {
    Row { route, at, who }
}

fn rows() -> Vec<Row> {
    [accounts::ROWS, board::ROWS, hours::ROWS, organizations::ROWS, public::ROWS, training::ROWS].concat()
}

impl Row {
    fn lets_in(&self, actor: Actor) -> bool {
        match self.who {
            Who::Everybody => true,
            Who::SignedIn => actor != Actor::Anonymous,
            Who::People => !matches!(actor, Actor::Anonymous | Actor::Key | Actor::OtherKey),
            Who::These(these) => these.contains(&actor),
        }
    }

    fn method(&self) -> &str {
        self.route.split_once(' ').expect("a method and a path").0
    }

    /// The path with something in each brace.
    fn path(&self, cast: &Cast) -> String {
        let path = self.route.split_once(' ').expect("a method and a path").1;
        let mut filled = String::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            filled.push('/');
            match part {
                "{organization}" => filled.push_str(&cast.organization(self.at).to_string()),
                "{day}" => filled.push_str("2026-07-04"),
                part if part.starts_with('{') => filled.push_str("0000000000001"),
                part => filled.push_str(part),
            }
        }
        filled
    }
}

/// Method and path of every route that the description names.
fn described(app: &TestApp) -> BTreeSet<String> {
    let api = app.get("/api/openapi.json").expect(200);
    let paths = api["paths"].as_object().expect("paths");
    let mut routes = BTreeSet::new();
    for (path, item) in paths {
        for method in ["get", "post", "put", "patch", "delete", "head", "options", "trace"] {
            if item.get(method).is_some() {
                routes.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    routes
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let app = TestApp::on_each_database().next().expect("one");
    let described = described(&app);
    let listed: BTreeSet<String> = rows().iter().map(|row| row.route.to_owned()).collect();
    let without_row: Vec<_> = described.difference(&listed).collect();
    let without_route: Vec<_> = listed.difference(&described).collect();
    assert!(without_row.is_empty(), "add rows in tests/it/api/matrix for\n{without_row:#?}");
    assert!(without_route.is_empty(), "these rows name no route\n{without_route:#?}");
    assert_eq!(listed.len(), rows().len(), "a route has two rows");
}

#[test]
fn every_caller_is_let_in_where_the_table_says_and_nowhere_else() {
    for app in TestApp::on_each_database() {
        let cast = Cast::new(&app);
        let mut wrong = Vec::new();
        for row in rows() {
            for actor in Actor::ALL {
                let problem = cell(&app, &cast, &row, actor);
                wrong.extend(problem.map(|problem| format!("{} by {actor:?}: {problem}", row.route)));
            }
        }
        assert!(wrong.is_empty(), "{} cells differ on {}:\n{}", wrong.len(), app.database(), wrong.join("\n"));
    }
}

/// Sends one request and says what is wrong with the answer.
fn cell(app: &TestApp, cast: &Cast, row: &Row, actor: Actor) -> Option<String> {
    let path = row.path(cast);
    let mut call = app.call(row.method(), &path);
    if let Some(token) = cast.token(app, actor, row.at) {
        call = call.bearer(&token);
    }
    if row.method() != "GET" && row.method() != "DELETE" {
        call = call.json(&json!({}));
    }
    let answer = call.send();
    let fits = match (row.lets_in(actor), actor) {
        (true, _) if matches!(row.who, Who::Everybody) => answer.status < 500,
        (true, _) => answer.status < 500 && !matches!(answer.status, 401 | 403 | 405),
        (false, Actor::Anonymous) => answer.status == 401,
        (false, _) => answer.status == 403,
    };
    if fits { None } else { Some(format!("{} {}", answer.status, answer.text())) }
}

/// Handlers that stand beside the API: pages and files. Each is here because it is meant to be open, or
/// because it looks after who calls by itself.
const BESIDE: &[&str] = &[
    "GET /",
    "GET /applications/{application}",
    "GET /api/docs",
    "GET /api/openapi.json",
    "GET /certificates",
    "GET /certificates/{certificate}.pdf",
    "GET /credentials/{code}.pdf",
    "GET /devices",
    "GET /forgot-password",
    "GET /hours",
    "GET /hours/new",
    "GET /hours/to-sign",
    "GET /hours/{entry}",
    // By the token of a mail: looking uses nothing up.
    "GET /invitation/{token}",
    "GET /privacy",
    "GET /profile",
    "GET /progress",
    "GET /reset-password/{token}",
    // What boards ask: open to all, and nothing about anybody.
    "GET /rules",
    "GET /rules/{region}/{credential}",
    "GET /sign-in",
    "GET /sign-up",
    // By the token of a mail: shows a button, and only the button changes anything.
    "GET /stop/{token}",
    "GET /verify",
    "GET /verify-email/{token}",
    "POST /applications/{application}/answer",
    "POST /applications/{application}/withdraw",
    "POST /apply",
    "POST /certificates/shown",
    "POST /devices/end",
    "POST /devices/{session}/end",
    "POST /forgot-password",
    "POST /hours/new",
    "POST /hours/supervisors",
    "POST /hours/to-sign",
    "POST /hours/to-sign/answer",
    "POST /hours/{entry}",
    "POST /hours/{entry}/take-back",
    "POST /invitation/{token}",
    "POST /profile",
    "POST /reset-password/{token}",
    "POST /sign-out",
    "POST /stop/{token}",
    "POST /verify-email/{token}",
    // Asked by browsers before they post to the open look-up from another site.
    "ROUTE /api/v1/verify",
    "ROUTE /assets/{name}",
    // On a listener of its own.
    "ROUTE /metrics",
];

#[test]
fn no_handler_stands_outside_the_table() {
    let app = TestApp::on_each_database().next().expect("one");
    let described = described(&app);
    let in_api: BTreeSet<&str> = described.iter().map(String::as_str).collect();
    let unlisted: Vec<String> = handlers()
        .into_iter()
        .filter(|route| {
            let (method, path) = route.split_once(' ').expect("a method and a path");
            let below = format!("{method} /api/v1{path}");
            !in_api.contains(route.as_str()) && !in_api.contains(below.as_str()) && !BESIDE.contains(&route.as_str())
        })
        .collect();
    assert!(unlisted.is_empty(), "neither described nor in `BESIDE`:\n{unlisted:#?}");
}

/// Every handler in the source, by its attribute.
fn handlers() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/web")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                collect(&std::fs::read_to_string(path).expect("source"), &mut found);
            }
        }
    }
    found
}

fn collect(source: &str, found: &mut BTreeSet<String>) {
    for line in source.lines().map(str::trim) {
        for method in ["get", "post", "put", "patch", "delete", "head", "options", "trace"] {
            let path = line.strip_prefix(&format!("#[{method}(\"")).and_then(|rest| rest.split('"').next());
            found.extend(path.map(|path| format!("{} {path}", method.to_uppercase())));
        }
        for mark in ["#[route(\"", ".route(\""] {
            let path = line.split_once(mark).and_then(|(_, rest)| rest.split('"').next());
            found.extend(path.map(|path| format!("ROUTE {path}")));
        }
    }
}
