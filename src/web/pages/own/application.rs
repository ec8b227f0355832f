//! `/applications/{application}`: how an application stands, what it still needs, and taking it back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;

use super::Plain;
use crate::services::applications::{self, Application, ApplicationError};
use crate::services::decisions;
use crate::storage::rows::applications::ApplicationEventRow;
use crate::storage::rows::decisions::DecisionRow;
use crate::storage::{Conn, Id};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::web::pages::answer;
use crate::web::pages::frame::Frame;
use crate::web::pages::visitor::Resident;
use crate::words::{Value, Words};

/// `templates/pages/application.html`.
#[derive(Debug, Template)]
#[template(path = "pages/application.html")]
pub struct ApplicationPage {
    /// The frame.
    pub frame: Frame,
    /// The token that shows the forms are ours.
    pub form_token: String,
    /// What it is for.
    pub credential: String,
    /// How it stands, as a sentence.
    pub state: String,
    /// What people quote when they call.
    pub reference: String,
    /// What the board said: reason, next step, appeal.
    pub said: Vec<String>,
    /// What is missing, line by line.
    pub missing: Vec<String>,
    /// What happened, oldest first.
    pub events: Vec<String>,
    /// Its address, for the forms.
    pub path: String,
    /// It waits for the person.
    pub waits_for_you: bool,
    /// It can be taken back.
    pub is_open: bool,
}

/// `GET /applications/{application}`
#[get("/applications/{application}")]
pub async fn show(reader: Resident, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (person, id) = (reader.account.who.person, segment::<Id>(&request, "application")?);
    let look = move |conn: &mut Conn<'_>| {
        let found = applications::find(conn, person, id)?;
        Ok::<_, ApplicationError>((found, decisions::list(conn, person)?))
    };
    let (found, decided) = app.read(look).await?;
    let page = ApplicationPage::new(reader.frame("application-title")?, &found, &decided);
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// `POST /applications/{application}/answer`: what was missing is there now.
#[post("/applications/{application}/answer")]
pub async fn go_on(
    reader: Resident,
    app: web::Data<App>,
    request: HttpRequest,
    sent: web::Form<Plain>,
) -> Result<HttpResponse, ApiError> {
    reader.check_form(&sent.form_token)?;
    let (by, person, id) = (reader.acting(&app), reader.account.who.person, segment::<Id>(&request, "application")?);
    back(id, app.db.run_write(move |conn| applications::answer(conn, &by, person, id)).await)
}

/// `POST /applications/{application}/withdraw`
#[post("/applications/{application}/withdraw")]
pub async fn withdraw(
    reader: Resident,
    app: web::Data<App>,
    request: HttpRequest,
    sent: web::Form<Plain>,
) -> Result<HttpResponse, ApiError> {
    reader.check_form(&sent.form_token)?;
    let (by, person, id) = (reader.acting(&app), reader.account.who.person, segment::<Id>(&request, "application")?);
    back(id, app.db.run_write(move |conn| applications::withdraw(conn, &by, person, id)).await)
}

/// Back to the page; one that was closed meanwhile, or by a first click, shows how it stands.
fn back(id: Id, done: Result<Application, ApplicationError>) -> Result<HttpResponse, ApiError> {
    match done {
        Ok(_) | Err(ApplicationError::Closed(_)) => Ok(answer::see_other(&format!("/applications/{id}")).finish()),
        Err(error) => Err(error.into()),
    }
}

impl ApplicationPage {
    /// The page in words.
    #[must_use]
    pub fn new(frame: Frame, found: &Application, decided: &[DecisionRow]) -> Self {
        let words = frame.words;
        let state = found.state();
        let last_need = found.events.iter().rev().find(|event| event.kind == "more_needed");
        let waits_for_you = found.waits_for_person && state == "more_needed";
        let missing = last_need.filter(|_| waits_for_you).and_then(|event| event.note.as_deref()).unwrap_or_default();
        let decision = decided.iter().rev().find(|row| row.application_id == Some(found.row.id));
        Self {
            form_token: frame.form_token.clone().unwrap_or_default(),
            credential: found.credential.title.clone(),
            state: words.get(state_key(state, found)).into_owned(),
            reference: words.with("application-reference", &[("id", Value::from(found.row.id.to_string()))]),
            said: decision.filter(|row| row.outcome == "refused").map_or_else(Vec::new, |row| said(words, row)),
            missing: missing.lines().map(str::to_owned).collect(),
            events: found.events.iter().map(|event| event_line(words, event)).collect(),
            path: format!("/applications/{}", found.row.id),
            waits_for_you,
            is_open: found.is_open(),
            frame,
        }
    }
}

fn said(words: &Words, row: &DecisionRow) -> Vec<String> {
    let part = |key: &str, text: &Option<String>| {
        let text = text.as_deref().filter(|text| !text.is_empty())?;
        Some(words.with(key, &[("text", Value::from(text))]))
    };
    let reason = Some(row.reason.clone());
    let parts =
        [("application-reason", &reason), ("application-next", &row.next_step), ("application-appeal", &row.appeal)];
    parts.into_iter().filter_map(|(key, text)| part(key, text)).collect()
}

fn state_key(state: &str, found: &Application) -> &'static str {
    match state {
        "approved" if found.queued => "application-state-go-on",
        "approved" => "application-state-approved",
        "refused" => "application-state-refused",
        "withdrawn" => "application-state-withdrawn",
        "more_needed" if found.waits_for_person => "application-state-more-needed",
        _ => "application-state-waiting",
    }
}

fn event_line(words: &Words, event: &ApplicationEventRow) -> String {
    let key = match event.kind.as_str() {
        "received" => "application-event-received",
        "complete" => "application-event-complete",
        "more_needed" => "application-event-more-needed",
        "approved" => "application-event-approved",
        "refused" => "application-event-refused",
        "withdrawn" => "application-event-withdrawn",
        _ => "application-event-other",
    };
    words.with(key, &[("date", Value::from(words.date(event.on_day.date())))])
}
