//! What is counted, in Prometheus' text form, on a listener of its own.
//!
//! Labels are the method, the route's pattern and the class of the status: nothing that names a person.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, Responder, web};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::app::App;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: String,
    route: String,
    status: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// The counters of one running service.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
}

fn buckets() -> Histogram {
    Histogram::new([0.001, 0.005, 0.02, 0.05, 0.15, 0.4, 1.0, 5.0])
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("credtrail");
        let requests = Family::default();
        let make: fn() -> Histogram = buckets;
        let seconds = Family::new_with_constructor(make);
        registry.register("http_requests", "Requests answered", requests.clone());
        registry.register("http_request_seconds", "Seconds from request to answer", seconds.clone());
        Self { registry: Arc::new(registry), requests, seconds }
    }
}

impl Metrics {
    /// Counts one answer.
    pub fn count(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        let method = if known(method) { method.as_str() } else { "other" }.to_owned();
        let labels = Request { method, route: route.to_owned(), status: status.as_u16().to_string() };
        self.requests.get_or_create(&labels).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    /// All counters as text.
    ///
    /// # Errors
    /// When they cannot be written as text.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// A caller may make up methods; each would be a new series.
fn known(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS]
        .contains(method)
}

/// `GET /metrics`
pub async fn metrics(app: web::Data<App>) -> impl Responder {
    match app.metrics.text() {
        Ok(text) => {
            HttpResponse::Ok().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text)
        }
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}
