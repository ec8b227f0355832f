//! The one cookie: it holds the page session's secret and nothing else.

use actix_web::cookie::time::OffsetDateTime;
use actix_web::cookie::{Cookie, SameSite};
use secrecy::ExposeSecret;

use crate::services::sessions::Opened;
use crate::web::app::App;

/// The cookie's name. `__Host-` binds it to this host and to HTTPS; without HTTPS (a try on one's own
/// machine) browsers would drop such a cookie.
#[must_use]
pub fn name(app: &App) -> &'static str {
    if secure(app) { "__Host-session" } else { "session" }
}

fn secure(app: &App) -> bool {
    app.settings.public_url.starts_with("https://")
}

fn bare(app: &App, value: String) -> Cookie<'static> {
    Cookie::build(name(app), value).path("/").http_only(true).same_site(SameSite::Lax).secure(secure(app)).finish()
}

/// The cookie of a session that was just opened; it goes when the browser closes.
#[must_use]
pub fn opened(app: &App, session: &Opened) -> Cookie<'static> {
    bare(app, session.secret.expose_secret().to_owned())
}

/// The cookie that takes the session's away.
#[must_use]
pub fn gone(app: &App) -> Cookie<'static> {
    let mut cookie = bare(app, String::new());
    cookie.set_expires(OffsetDateTime::UNIX_EPOCH);
    cookie
}
