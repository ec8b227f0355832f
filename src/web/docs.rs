//! The description of the API (OpenAPI 3.1), generated from the handlers, and a page to read it on. The page
//! asks nothing of any other server and needs no script.

use std::collections::BTreeMap;

use actix_web::http::header;
use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde_json::Value;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, ServerBuilder};

use super::error::ApiError;
use super::operations;

/// The description as it is served, and what is looked up in it.
pub struct Description {
    json: String,
    html: Result<String, String>,
    methods: BTreeMap<String, String>,
}

/// The description without any route.
#[must_use]
pub fn base(public_url: &str) -> OpenApi {
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Credtrail")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "Dates are ISO 8601, amounts are whole minutes, ids are 13 letters and digits. Errors are problem \
                     documents (RFC 9457) with a stable `code`. Every list comes in pages, `items` and `next`: send `next` as \
                     `after` until it is null; `limit` says how many. Every POST that creates takes an `Idempotency-Key`.",
                ))
                .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
                .build(),
        )
        .servers(Some([ServerBuilder::new().url(public_url).build()]))
        .components(Some(ComponentsBuilder::new().security_scheme("bearer", bearer).build()))
        .build()
}

impl Description {
    /// Keeps the description as text and page.
    #[must_use]
    pub fn new(api: OpenApi) -> Self {
        let json = operations::told(api).to_json().unwrap_or_else(|_| "{}".to_owned());
        let value: Value = serde_json::from_str(&json).unwrap_or_default();
        let operations = listed(&value);
        let mut methods: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for operation in &operations {
            let known = methods.entry(operation.path.clone()).or_default();
            known.push(operation.method.clone());
            if operation.method == "GET" {
                known.push("HEAD".to_owned());
            }
        }
        let methods = methods.into_iter().map(|(path, methods)| (path, methods.join(", "))).collect();
        let html = DocsPage { operations: &operations, json: &json }.render().map_err(|error| error.to_string());
        Self { json, html, methods }
    }

    /// The methods of a path, such as `GET, HEAD`.
    #[must_use]
    pub fn methods(&self, pattern: &str) -> Option<String> {
        self.methods.get(pattern).cloned()
    }
}

/// One operation as the page shows it.
struct Operation {
    method: String,
    path: String,
    tag: String,
    summary: String,
    description: String,
    open: bool,
    parameters: Vec<(String, String, String)>,
    body: String,
    answers: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "docs/api.html")]
struct DocsPage<'a> {
    operations: &'a [Operation],
    json: &'a str,
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The name of what a body or answer holds.
fn schema(content: &Value) -> String {
    let Some(first) = content.get("content").and_then(Value::as_object).and_then(|types| types.values().next()) else {
        return String::new();
    };
    let of = |schema: &Value| {
        let named = text(schema, "/$ref");
        let named = named.rsplit('/').next().unwrap_or_default().to_owned();
        match named.strip_prefix("Page_") {
            Some(item) => format!("page of {item}"),
            None if named.is_empty() => text(schema, "/type"),
            None => named,
        }
    };
    match first.pointer("/schema/items") {
        Some(items) => format!("list of {}", of(items)),
        None => first.get("schema").map(of).unwrap_or_default(),
    }
}

fn listed(api: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    let paths = api.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let Some(answers) = operation.get("responses").and_then(Value::as_object) else { continue };
            let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
            operations.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                tag: text(operation, "/tags/0"),
                summary: text(operation, "/summary"),
                description: text(operation, "/description"),
                open: operation.get("security").is_none(),
                parameters: parameters
                    .map(|it| (text(it, "/name"), text(it, "/in"), text(it, "/description")))
                    .collect(),
                body: operation.get("requestBody").map(schema).unwrap_or_default(),
                answers: answers
                    .iter()
                    .map(|(status, answer)| (status.clone(), schema(answer), text(answer, "/description")))
                    .collect(),
            });
        }
    }
    operations.sort_by(|a, b| (&a.tag, &a.path).cmp(&(&b.tag, &b.path)));
    operations
}

/// `GET /api/openapi.json`
#[get("/api/openapi.json")]
pub async fn openapi(api: web::Data<Description>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(api.json.clone())
}

/// `GET /api/docs`
#[get("/api/docs")]
pub async fn readable(api: web::Data<Description>) -> Result<HttpResponse, ApiError> {
    let html = api.html.clone().map_err(ApiError::Fault)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ))
        .body(html))
}
