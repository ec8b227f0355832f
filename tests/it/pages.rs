//! The pages through HTTP, on each database, as a browser without scripts would use them.

mod account;
mod checking;
mod hours;
mod open;
mod own;
mod progress;
mod rules;
mod voices;
mod way_in;

use crate::support::{Answer, Someone, TestApp};

/// What a browser asks for.
const HTML: (&str, &str) = ("accept", "text/html");

/// The token that a page's last form carries: the first ones may be those of its header.
#[track_caller]
fn token(page: &Answer) -> String {
    let text = page.text();
    let found = text.rsplit_once("name=\"form_token\" value=\"").unwrap_or_else(|| panic!("no form: {text}")).1;
    found.split('"').next().unwrap().to_owned()
}

/// Somebody who looks at a page and sends one of its forms, as a browser does.
struct Visit<'a> {
    app: &'a TestApp,
    cookie: String,
    token: String,
    site: &'static str,
}

impl<'a> Visit<'a> {
    /// By somebody who is not signed in.
    fn to(app: &'a TestApp, path: &str) -> Self {
        let page = app.call("GET", path).header(HTML.0, HTML.1).send();
        if page.status == 410 {
            // Nothing to send there: a form of another page stands in for one kept open in another tab.
            return Self::to(app, "/sign-in");
        }
        let cookie = page.header("set-cookie").split(';').next().unwrap().to_owned();
        Self { app, cookie, token: token(&page), site: "same-origin" }
    }

    /// By somebody who is signed in.
    fn by(app: &'a TestApp, who: &Someone, path: &str) -> Self {
        let cookie = format!("session={}", who.cookie);
        let page = app.call("GET", path).header(HTML.0, HTML.1).header("cookie", &cookie).send();
        Self { app, cookie, token: token(&page), site: "same-origin" }
    }

    fn of_site(self, site: &'static str) -> Self {
        Self { site, ..self }
    }

    fn with_token(self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self }
    }

    /// Sends a form with these fields.
    fn send(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| -> String {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
            text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
        };
        let mut body = format!("form_token={}", self.token);
        for (name, value) in fields {
            body.push_str(&format!("&{}={}", encode(name), encode(value)));
        }
        self.app
            .call("POST", path)
            .header(HTML.0, HTML.1)
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", self.site)
            .body("application/x-www-form-urlencoded", body.as_bytes())
            .send()
    }
}
