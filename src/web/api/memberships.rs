//! Who works in an organization, and invitations.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::accounts::{hash, parse_address, parse_language};
use super::paging::{PageParameters, Paging};
use super::problems::{Reading, Writing};
use crate::services::accounts::NewPerson;
use crate::services::acting::Acting;
use crate::services::lists::Page;
use crate::services::memberships::{self, Invite, MembershipError};
use crate::services::roles::Role;
use crate::storage::Id;
use crate::storage::rows::organizations::MembershipRow;
use crate::web::app::App;
use crate::web::auth::capability::ManageOrganization;
use crate::web::auth::{Door, May, Person};
use crate::web::error::{ApiError, ProblemView};
use crate::web::extract::{Body, segment};
use crate::web::once::Once;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(invite).service(list).service(end).service(accept).service(accept_by_link);
}

/// Whom to invite, as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteBody {
    /// Where mail reaches them.
    email: String,
    /// Their name, if they are new; they can correct it.
    name: String,
    /// As what.
    role: Role,
    /// `en` or `es`, if they are new.
    #[serde(default)]
    language: Option<String>,
}

/// A token from an invitation, and the first password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptBody {
    /// The token from the link.
    token: String,
    /// At least 15 characters; needed unless the account has a password.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    password: Option<SecretString>,
}

/// A membership as it stands.
#[derive(Serialize, ToSchema)]
pub struct MembershipView {
    /// Its id.
    id: String,
    /// Whose.
    person: String,
    /// Where; absent for the whole installation.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<String>,
    /// As what.
    role: String,
    /// `invited`, `active` or `ended`.
    state: String,
    /// Since when.
    since: DateTime<Utc>,
}

impl From<MembershipRow> for MembershipView {
    fn from(row: MembershipRow) -> Self {
        Self {
            id: row.id.to_string(),
            person: row.person_id.to_string(),
            organization: row.organization_id.map(|id| id.to_string()),
            role: row.role,
            state: row.state,
            since: row.recorded_at.utc(),
        }
    }
}

/// Invite somebody
///
/// Mails a link. Whether the address was known is not told.
#[utoipa::path(tag = "memberships", request_body = InviteBody, security(("bearer" = [])),
    params(("organization" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = MembershipView), Writing))]
#[post("/organizations/{organization}/memberships")]
pub async fn invite(
    may: May<ManageOrganization>,
    once: Once,
    app: web::Data<App>,
    body: Body<InviteBody>,
) -> Result<HttpResponse, ApiError> {
    let by = may.acting(&app);
    let InviteBody { email, name, role, language } = body.value;
    let person = NewPerson::new(parse_address(&email)?, &name, parse_language(language.as_deref())?)?;
    let wish = Invite { organization: Some(may.organization), role, person };
    let base = app.settings.public_url.clone();
    once.run(&app, &body.hash, StatusCode::CREATED, move |conn| {
        memberships::invite(conn, &by, &wish, &base).map(MembershipView::from)
    })
    .await
}

/// List who works here
///
/// Oldest first.
#[utoipa::path(tag = "memberships", security(("bearer" = [])), params(("organization" = String, Path), PageParameters),
    responses((status = 200, body = Page<MembershipView>), Reading))]
#[get("/organizations/{organization}/memberships")]
pub async fn list(
    may: May<ManageOrganization>,
    app: web::Data<App>,
    paging: Paging<Id>,
) -> Result<HttpResponse, ApiError> {
    let organization = may.organization;
    let page = app.read(move |conn| memberships::list(conn, organization, &paging.0)).await?;
    Ok(HttpResponse::Ok().json(page.map(MembershipView::from)))
}

/// End a membership
#[utoipa::path(tag = "memberships", security(("bearer" = [])),
    params(("organization" = String, Path), ("membership" = String, Path)),
    responses((status = 200, body = MembershipView), Writing))]
#[delete("/organizations/{organization}/memberships/{membership}")]
pub async fn end(
    may: May<ManageOrganization>,
    request: HttpRequest,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let id: Id = segment(&request, "membership")?;
    let (by, organization) = (may.acting(&app), may.organization);
    let row = app.write(move |conn| memberships::end(conn, &by, organization, id)).await?;
    Ok(HttpResponse::Ok().json(MembershipView::from(row)))
}

/// Accept an invitation
#[utoipa::path(tag = "memberships", security(("bearer" = [])), params(("membership" = String, Path)),
    responses((status = 200, body = MembershipView), Writing))]
#[post("/me/memberships/{membership}/accept")]
pub async fn accept(person: Person, request: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let id: Id = segment(&request, "membership")?;
    let by = person.acting(&app);
    let row = app.write(move |conn| memberships::accept(conn, &by, id)).await?;
    Ok(HttpResponse::Ok().json(MembershipView::from(row)))
}

/// Accept an invitation by link
///
/// Proves the address, and sets the first password if there is none yet.
#[utoipa::path(tag = "memberships", request_body = AcceptBody, responses(
    (status = 200, body = MembershipView),
    (status = 429, body = ProblemView, content_type = "application/problem+json"),
    Writing,
))]
#[post("/invitations/accept")]
pub async fn accept_by_link(
    _door: Door,
    app: web::Data<App>,
    body: Body<AcceptBody>,
) -> Result<HttpResponse, ApiError> {
    let AcceptBody { token, password } = body.value;
    let hash = match password {
        Some(password) => Some(hash(&app, password).await?),
        None => None,
    };
    let by = Acting::system(app.clock.now());
    let row = app.write(move |conn| memberships::accept_by_link(conn, &by, &token, hash)).await?;
    Ok(HttpResponse::Ok().json(MembershipView::from(row)))
}

impl From<MembershipError> for ApiError {
    fn from(error: MembershipError) -> Self {
        match error {
            MembershipError::NotFound => Self::not_found(),
            MembershipError::WrongRole { .. } => Self::field("wrong_role", "/role", error),
            MembershipError::WrongState(_) => Self::conflict("wrong_state", error),
            MembershipError::LinkOver => Self::unprocessable("link_over", error),
            MembershipError::PasswordMissing => Self::field("password_missing", "/password", error),
            MembershipError::Store(store) => store.into(),
        }
    }
}
