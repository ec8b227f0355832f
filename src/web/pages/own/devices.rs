//! `/devices`: where the reader is signed in, and how to end that.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use chrono_tz::Tz;

use super::Plain;
use crate::services::sessions;
use crate::storage::Id;
use crate::storage::rows::access::SessionRow;
use crate::web::app::App;
use crate::web::auth::cookie;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::web::pages::answer;
use crate::web::pages::frame::Frame;
use crate::web::pages::visitor::Resident;
use crate::words::{Value, Words};

/// `templates/pages/devices.html`.
#[derive(Debug, Template)]
#[template(path = "pages/devices.html")]
pub struct DevicesPage {
    /// The frame.
    pub frame: Frame,
    /// The token that shows the forms are ours.
    pub form_token: String,
    /// The open sessions, newest first.
    pub devices: Vec<DeviceView>,
}

/// One session in words.
#[derive(Debug, Clone)]
pub struct DeviceView {
    /// Since when, as a sentence.
    pub since: String,
    /// It is the one that reads this.
    pub is_this: bool,
    /// Where it is ended.
    pub end: String,
}

/// `GET /devices`
#[get("/devices")]
pub async fn show(reader: Resident, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let (person, here, now) = (reader.account.who.person, reader.account.who.session, app.clock.now());
    let (rows, zone) = app.read(move |conn| sessions::list_in_zone(conn, person, now)).await?;
    let page = DevicesPage::new(reader.frame("devices-title")?, &rows, here, zone);
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// `POST /devices/{session}/end`
#[post("/devices/{session}/end")]
pub async fn end(
    reader: Resident,
    app: web::Data<App>,
    request: HttpRequest,
    sent: web::Form<Plain>,
) -> Result<HttpResponse, ApiError> {
    reader.check_form(&sent.form_token)?;
    let (by, person, session) = (reader.acting(&app), reader.account.who.person, segment::<Id>(&request, "session")?);
    app.write(move |conn| sessions::end(conn, &by, person, session)).await?;
    Ok(answer::see_other("/devices").finish())
}

/// `POST /devices/end`: everywhere, here too.
#[post("/devices/end")]
pub async fn end_all(reader: Resident, app: web::Data<App>, sent: web::Form<Plain>) -> Result<HttpResponse, ApiError> {
    reader.check_form(&sent.form_token)?;
    let (by, person) = (reader.acting(&app), reader.account.who.person);
    app.write(move |conn| sessions::end_all(conn, &by, person)).await?;
    Ok(answer::see_other("/?signed-out").cookie(cookie::gone(&app)).finish())
}

impl DevicesPage {
    /// The page in words.
    #[must_use]
    pub fn new(frame: Frame, rows: &[SessionRow], here: Id, zone: Tz) -> Self {
        let words = frame.words;
        Self {
            form_token: frame.form_token.clone().unwrap_or_default(),
            devices: rows.iter().map(|row| device(words, row, here, zone)).collect(),
            frame,
        }
    }
}

fn device(words: &Words, row: &SessionRow, here: Id, zone: Tz) -> DeviceView {
    let since = words.moment(&row.created_at.utc().with_timezone(&zone));
    let key = if row.kind == "web" { "devices-browser" } else { "devices-program" };
    DeviceView {
        since: words.with(key, &[("since", Value::from(since))]),
        is_this: row.id == here,
        end: format!("/devices/{}/end", row.id),
    }
}
