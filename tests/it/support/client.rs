//! Requests as tests write them.

use serde_json::Value;
use ureq::http::{HeaderMap, Request};

use super::{Someone, TestApp};

/// A request in the making: `app.call("POST", "/api/v1/me").by(&dana).json(json!({})).send()`.
pub struct Call<'a> {
    app: &'a TestApp,
    method: &'a str,
    path: &'a str,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body's bytes.
    pub bytes: Vec<u8>,
}

impl TestApp {
    /// A request by nobody.
    pub fn call<'a>(&'a self, method: &'a str, path: &'a str) -> Call<'a> {
        Call { app: self, method, path, headers: Vec::new(), body: Vec::new() }
    }

    /// `GET` by nobody.
    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send()
    }

    /// `GET` by someone.
    pub fn get_as(&self, who: &Someone, path: &str) -> Answer {
        self.call("GET", path).by(who).send()
    }

    /// All items of a list, page by page. `path` may end in parameters.
    pub fn all_as(&self, who: &Someone, path: &str) -> Vec<Value> {
        let mark = if path.contains('?') { '&' } else { '?' };
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.get_as(who, &format!("{path}{after}")).expect(200);
            all.extend(page["items"].as_array().unwrap_or_else(|| panic!("a page in {page}")).iter().cloned());
            let Some(next) = page["next"].as_str() else { return all };
            after = format!("{mark}after={next}");
        }
    }

    /// `POST` of JSON by nobody.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path).json(body).send()
    }

    /// `POST` of JSON by someone.
    pub fn post_as(&self, who: &Someone, path: &str, body: &Value) -> Answer {
        self.call("POST", path).by(who).json(body).send()
    }
}

impl Call<'_> {
    /// With the token of someone.
    pub fn by(self, who: &Someone) -> Self {
        self.bearer(&who.token)
    }

    /// With a token.
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().as_bytes())
    }

    /// With a body.
    pub fn body(mut self, content_type: &str, bytes: &[u8]) -> Self {
        self.body = bytes.to_vec();
        self.header("content-type", content_type)
    }

    /// With an `Idempotency-Key`.
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Sends it. Redirects are not followed, errors are answers.
    pub fn send(self) -> Answer {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .build()
            .into();
        let mut request = Request::builder().method(self.method).uri(format!("{}{}", self.app.url, self.path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut response = if self.body.is_empty() {
            agent.run(request.body(()).expect("a request"))
        } else {
            agent.run(request.body(self.body).expect("a request"))
        }
        .unwrap_or_else(|error| panic!("{} {}: {error}", self.method, self.path));
        let bytes = response.body_mut().read_to_vec().expect("a whole body");
        Answer { status: response.status().as_u16(), headers: response.headers().clone(), bytes }
    }
}

impl Answer {
    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("expected JSON, found {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("text")).unwrap_or_default()
    }

    /// The `code` of a problem document.
    #[track_caller]
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Asserts the status and answers the JSON body.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// Asserts a refusal by status and code.
    #[track_caller]
    pub fn refuses(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.code().as_str()), (status, code), "{}", self.text());
    }
}
