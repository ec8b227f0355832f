//! The signed-in person themselves.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::problems::Reading;
use crate::services::roles::Role;
use crate::web::auth::Person;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(me);
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub struct MeView {
    /// The person's id.
    pub person: String,
    /// The session's id.
    pub session: String,
    /// `en` or `es`.
    pub language: String,
    /// What they are, where.
    pub memberships: Vec<MemberView>,
}

/// What a person is, where.
#[derive(Serialize, ToSchema)]
pub struct MemberView {
    /// The organization's id; absent for the whole installation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The role.
    pub role: Role,
}

/// Who is signed in
#[utoipa::path(tag = "account", security(("bearer" = [])), responses((status = 200, body = MeView), Reading))]
#[get("/me")]
pub async fn me(person: Person) -> HttpResponse {
    let who = person.0;
    let memberships = who
        .memberships
        .iter()
        .map(|member| MemberView { organization: member.organization.map(|id| id.to_string()), role: member.role })
        .collect();
    HttpResponse::Ok().json(MeView {
        person: who.person.to_string(),
        session: who.session.to_string(),
        language: who.language,
        memberships,
    })
}
