//! Name and birth date: one's own, and those of the people whom a board knows.

use actix_web::{HttpRequest, HttpResponse, get, put, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::problems::{Reading, Writing};
use crate::services::profile::{self, Change, Profile, ProfileError, ProfileWish, Teller, Told};
use crate::web::app::App;
use crate::web::auth::capability::{Decide, ReadFiles};
use crate::web::auth::{May, Person};
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(own).service(change_own).service(of_person).service(change_for);
}

/// Name and birth date as they stand.
#[derive(Serialize, ToSchema)]
pub struct ProfileView {
    /// Grows with every change; send it back with yours.
    revision: i32,
    /// The legal name, as certificates will print it.
    name: Option<String>,
    /// The birth date, if it was told.
    birth_date: Option<NaiveDate>,
    /// What the person may change; a board changes the rest.
    open: Vec<&'static str>,
    /// How it came about, oldest first; a board is not told earlier names.
    changes: Vec<ProfileChangeView>,
}

/// Something that was told.
#[derive(Serialize, ToSchema)]
pub struct ProfileChangeView {
    /// When it was recorded.
    at: DateTime<Utc>,
    /// `name` or `birth_date`.
    what: &'static str,
    /// What was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// `self`, or `other`: a board, or who brought the person in.
    by: &'static str,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Name and birth date as they shall stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileBody {
    /// The revision you looked at.
    revision: i32,
    /// The legal name.
    name: String,
    /// The day the name changed, such as by marriage. Leave it out to mend a slip.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    name_from: Option<NaiveDate>,
    /// The birth date; leave it out to keep what is known.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    birth_date: Option<NaiveDate>,
    /// Why; a board has to say, and the person reads it.
    reason: Option<String>,
}

impl From<ProfileBody> for ProfileWish {
    fn from(body: ProfileBody) -> Self {
        let ProfileBody { revision, name, name_from, birth_date, reason } = body;
        Self { revision, name, name_from, birth_date, reason }
    }
}

impl ProfileView {
    fn of(profile: Profile, teller: Teller) -> Self {
        let open = [(profile.name_is_open, "name"), (profile.birth_date_is_open, "birth_date")];
        Self {
            revision: profile.revision,
            name: profile.name,
            birth_date: profile.birth_date,
            open: open.into_iter().filter(|(is_open, _)| *is_open).map(|(_, what)| what).collect(),
            changes: profile.changes.into_iter().map(|change| change_view(change, teller)).collect(),
        }
    }
}

fn change_view(change: Change, teller: Teller) -> ProfileChangeView {
    let Change { at, by_oneself, told, reason } = change;
    let (what, value) = match told {
        Told::Name(name) => ("name", (teller == Teller::Oneself).then_some(name)),
        Told::BirthDate(day) => ("birth_date", Some(day.to_string())),
    };
    ProfileChangeView { at: at.utc(), what, value, by: if by_oneself { "self" } else { "other" }, reason }
}

/// Your name and birth date
#[utoipa::path(tag = "account", security(("bearer" = [])), responses((status = 200, body = ProfileView), Reading))]
#[get("/me/profile")]
pub async fn own(who: Person, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let person = who.0.person;
    let found = app.read(move |conn| profile::look(conn, person)).await?;
    Ok(HttpResponse::Ok().json(ProfileView::of(found, Teller::Oneself)))
}

/// Change your name or birth date
///
/// Certificates keep the name they were printed with. Once a board reads an application of yours or has certified
/// you, the board changes what its papers rest on: 409 `ask_your_board`.
#[utoipa::path(tag = "account", security(("bearer" = [])), request_body = ProfileBody,
    responses((status = 200, body = ProfileView), Writing))]
#[put("/me/profile")]
pub async fn change_own(who: Person, app: web::Data<App>, body: Body<ProfileBody>) -> Result<HttpResponse, ApiError> {
    let (by, person, wish) = (who.acting(&app), who.0.person, ProfileWish::from(body.value));
    let stands = app.write(move |conn| profile::change(conn, &by, person, Teller::Oneself, &wish)).await?;
    Ok(HttpResponse::Ok().json(ProfileView::of(stands, Teller::Oneself)))
}

/// Name and birth date of a person whom the board knows
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "The person")),
    security(("bearer" = [])), responses((status = 200, body = ProfileView), Reading))]
#[get("/organizations/{organization}/people/{person}/profile")]
pub async fn of_person(
    may: May<ReadFiles>,
    app: web::Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (board, person) = (may.organization, segment(&request, "person")?);
    let found = app.read(move |conn| profile::look_for(conn, board, person)).await?;
    Ok(HttpResponse::Ok().json(ProfileView::of(found, Teller::Board(board))))
}

/// Set or correct the name or birth date of a person whom the board knows, with a reason
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("person" = String, Path, description = "The person")),
    security(("bearer" = [])), request_body = ProfileBody, responses((status = 200, body = ProfileView), Writing))]
#[put("/organizations/{organization}/people/{person}/profile")]
pub async fn change_for(
    may: May<Decide>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<ProfileBody>,
) -> Result<HttpResponse, ApiError> {
    let (by, person, wish) = (may.acting(&app), segment(&request, "person")?, ProfileWish::from(body.value));
    let teller = Teller::Board(may.organization);
    let stands = app.write(move |conn| profile::change(conn, &by, person, teller, &wish)).await?;
    Ok(HttpResponse::Ok().json(ProfileView::of(stands, teller)))
}

impl From<ProfileError> for ApiError {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::Name(refusal) => refusal.into(),
            ProfileError::Refused { pointer, message } => Self::field("bad_field", pointer, message),
            ProfileError::AskYourBoard(_) => Self::conflict("ask_your_board", error),
            ProfileError::Own => Self::refused(actix_web::http::StatusCode::FORBIDDEN, "own_case", error),
            ProfileError::NobodyThere => Self::not_found(),
            ProfileError::Changed(_) => Self::conflict("changed_meanwhile", error),
            ProfileError::Store(store) => store.into(),
        }
    }
}
