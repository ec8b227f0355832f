//! A person's own hours.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::hours::{self, EntryError, EntryView, HoursWish};
use crate::services::lists::Page;
use crate::storage::{Day, Id, StoreError};
use crate::web::app::App;
use crate::web::auth::Person;
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list).service(log).service(log_many).service(correct).service(withdraw);
}

/// Hours as a person tells them. Picked words only: nothing about the people served.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursBody {
    /// First day.
    #[serde(deserialize_with = "crate::web::day::read")]
    from: NaiveDate,
    /// Last day; absent for a single day.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    to: Option<NaiveDate>,
    /// `HH:MM`.
    start: Option<String>,
    /// `HH:MM`.
    end: Option<String>,
    /// How long in all.
    minutes: u32,
    /// `direct`, `supervision_individual`, ...
    kind: String,
    /// A picked word.
    domain: Option<String>,
    /// A picked word.
    setting: Option<String>,
    /// A picked word.
    role: Option<String>,
    /// A picked word.
    site: Option<String>,
    /// Paid, or volunteer.
    paid: Option<bool>,
    /// Whether the supervisor observed it.
    #[serde(default)]
    observed: bool,
    /// People in the group.
    group_size: Option<u32>,
    /// Who is asked to sign: one of your supervisors.
    #[schema(value_type = Option<String>)]
    supervisor: Option<Id>,
}

impl From<HoursBody> for HoursWish {
    fn from(body: HoursBody) -> Self {
        Self {
            from: body.from,
            to: body.to.unwrap_or(body.from),
            start: body.start,
            end: body.end,
            minutes: body.minutes,
            kind: body.kind,
            domain: body.domain,
            setting: body.setting,
            role: body.role,
            site: body.site,
            paid: body.paid,
            observed: body.observed,
            group_size: body.group_size,
            supervisor: body.supervisor,
        }
    }
}

/// Many entries at once, all or none.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyHoursBody {
    /// 1 to 500 entries.
    entries: Vec<HoursBody>,
}

/// A corrected entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionBody {
    /// The revision you looked at.
    revision: i32,
    /// Why.
    reason: String,
    /// The entry as it should be.
    entry: HoursBody,
}

/// Taking an entry back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalBody {
    /// The revision you looked at.
    revision: i32,
    /// Why.
    reason: String,
}

/// An entry.
#[derive(Serialize, ToSchema)]
pub struct HoursView {
    /// Its id over all revisions.
    #[schema(value_type = String)]
    pub id: Id,
    /// 1, then one more with each correction.
    pub revision: i32,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// How long in all.
    pub minutes: i32,
    /// Service kind.
    pub kind: String,
    /// `waiting`, `attested`, `sent_back` or `withdrawn`.
    pub state: &'static str,
    /// What the supervisor wants fixed.
    pub reason: Option<String>,
    /// Who is asked to sign.
    #[schema(value_type = Option<String>)]
    pub supervisor: Option<Id>,
    /// When this revision was written down.
    pub recorded_at: DateTime<Utc>,
}

impl From<EntryView> for HoursView {
    fn from(view: EntryView) -> Self {
        Self {
            id: view.row.id,
            revision: view.row.revision,
            from: view.row.from_day.date(),
            to: view.row.to_day.date(),
            minutes: view.row.minutes,
            kind: view.kind,
            state: view.state,
            reason: view.reason,
            supervisor: view.row.supervisor_id,
            recorded_at: view.row.recorded_at.utc(),
        }
    }
}

/// What was stored.
#[derive(Serialize, ToSchema)]
pub struct StoredView {
    /// The fact's id.
    #[schema(value_type = String)]
    pub id: Id,
    /// Its revision.
    pub revision: i32,
}

/// Your hours
///
/// Newest day first, with what became of each entry.
#[utoipa::path(tag = "hours", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Page<HoursView>), Reading))]
#[get("/hours")]
pub async fn list(who: Person, app: web::Data<App>, paging: Paging<(Day, Id)>) -> Result<HttpResponse, ApiError> {
    let person = who.0.person;
    let page = app.read(move |conn| hours::entries_page(conn, person, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(HoursView::from)))
}

/// Log hours
#[utoipa::path(tag = "hours", security(("bearer" = [])), request_body = HoursBody,
    responses((status = 201, body = StoredView), Writing))]
#[post("/hours")]
pub async fn log(
    who: Person,
    app: web::Data<App>,
    once: Once,
    body: Body<HoursBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, person) = (who.acting(&app), who.0.person);
    let wish = HoursWish::from(body.value);
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let row = hours::log(conn, &by, person, &wish)?;
        Ok::<_, EntryError>(StoredView { id: row.id, revision: row.revision })
    })
    .await
}

/// One entry of many that cannot be stored.
pub struct OneOfMany {
    place: usize,
    error: EntryError,
}

impl From<StoreError> for OneOfMany {
    fn from(error: StoreError) -> Self {
        Self { place: 0, error: error.into() }
    }
}

impl From<OneOfMany> for ApiError {
    fn from(one: OneOfMany) -> Self {
        super::fact_refusals::inside(one.error.into(), &format!("/entries/{}", one.place))
    }
}

/// Log many entries at once
///
/// All are stored or none; the problem names the first that has to change.
#[utoipa::path(tag = "hours", security(("bearer" = [])), request_body = ManyHoursBody,
    responses((status = 201, body = Vec<StoredView>), Writing))]
#[post("/hours/many")]
pub async fn log_many(
    who: Person,
    app: web::Data<App>,
    once: Once,
    body: Body<ManyHoursBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, person) = (who.acting(&app), who.0.person);
    if !(1..=500).contains(&body.value.entries.len()) {
        return Err(ApiError::field("bad_field", "/entries", "expected 1 to 500 entries"));
    }
    let wishes: Vec<HoursWish> = body.value.entries.into_iter().map(HoursWish::from).collect();
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        let rows = hours::log_many(conn, &by, person, &wishes).map_err(|(place, error)| OneOfMany { place, error })?;
        let stored =
            |row: &crate::storage::rows::service::ServiceEntryRow| StoredView { id: row.id, revision: row.revision };
        Ok::<_, OneOfMany>(rows.iter().map(stored).collect::<Vec<_>>())
    })
    .await
}

/// Correct an entry
///
/// The correction has to be signed again; the earlier revision stays in the history.
#[utoipa::path(tag = "hours", params(("entry" = String, Path, description = "The entry")), security(("bearer" = [])),
    request_body = CorrectionBody, responses((status = 200, body = StoredView), Writing))]
#[put("/hours/{entry}")]
pub async fn correct(
    who: Person,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<CorrectionBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, person, entry) = (who.acting(&app), who.0.person, segment(&request, "entry")?);
    let CorrectionBody { revision, reason, entry: wish } = body.value;
    let wish = HoursWish::from(wish);
    let row = app
        .write(move |conn| hours::correct(conn, &by, person, (entry, revision), &wish, &reason))
        .await
        .map_err(|error| super::fact_refusals::inside(error, "/entry"))?;
    Ok(HttpResponse::Ok().json(StoredView { id: row.id, revision: row.revision }))
}

/// Take an entry back
///
/// It stays in the history and counts no more.
#[utoipa::path(tag = "hours", params(("entry" = String, Path, description = "The entry")), security(("bearer" = [])),
    request_body = WithdrawalBody, responses((status = 200, body = StoredView), Writing))]
#[put("/hours/{entry}/withdrawal")]
pub async fn withdraw(
    who: Person,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<WithdrawalBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, person, entry) = (who.acting(&app), who.0.person, segment(&request, "entry")?);
    let WithdrawalBody { revision, reason } = body.value;
    let row = app.write(move |conn| hours::withdraw(conn, &by, person, (entry, revision), &reason)).await?;
    Ok(HttpResponse::Ok().json(StoredView { id: row.id, revision: row.revision }))
}
