//! The session's cookie, which holds its secret and nothing else, and the one by which a device is known again.

use actix_web::cookie::time::{Duration, OffsetDateTime};
use actix_web::cookie::{Cookie, SameSite};
use secrecy::{ExposeSecret, SecretString};

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

/// The name of the cookie by which a device is known again. It opens nothing.
#[must_use]
pub fn device_name(app: &App) -> &'static str {
    if secure(app) { "__Host-device" } else { "device" }
}

/// The cookie by which this device is known again for a year.
#[must_use]
pub fn device(app: &App, secret: &SecretString) -> Cookie<'static> {
    Cookie::build(device_name(app), secret.expose_secret().to_owned())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure(app))
        .max_age(Duration::days(365))
        .finish()
}
