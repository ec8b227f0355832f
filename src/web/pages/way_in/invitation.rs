//! `/invitation/{token}`: accepts a membership, for somebody with an account and for somebody without.

use actix_web::{HttpRequest, HttpResponse, get, post, web};

use super::by_link::{Offer, Sent};
use super::message::{self, MessagePage};
use crate::services::acting::Acting;
use crate::services::memberships::{MembershipError, OpenInvitation, accept_by_link, look_at_invitation};
use crate::services::roles::Role;
use crate::web::app::App;
use crate::web::auth::Door;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::web::pages::answer;
use crate::web::pages::form::Form;
use crate::web::pages::sign_in::Done;
use crate::web::pages::stranger::Stranger;
use crate::words::{Value, Words};

/// `GET /invitation/{token}`
#[get("/invitation/{token}")]
pub async fn show(
    _door: Door,
    mut stranger: Stranger,
    app: web::Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    match look(&app, &request).await? {
        Some(found) => {
            stranger.visit.prefer(found.link.language);
            offer(Words::of(stranger.visit.lang), &found).answer(&stranger, Form::default())
        }
        None => Ok(message::over(&stranger.visit, MessagePage::invitation_over)),
    }
}

/// `POST /invitation/{token}`
#[post("/invitation/{token}")]
pub async fn accept(
    _door: Door,
    mut stranger: Stranger,
    app: web::Data<App>,
    request: HttpRequest,
    sent: web::Form<Sent>,
) -> Result<HttpResponse, ApiError> {
    let sent = sent.into_inner();
    stranger.check_form(&sent.form_token)?;
    let Some(found) = look(&app, &request).await? else {
        return Ok(message::over(&stranger.visit, MessagePage::invitation_over));
    };
    stranger.visit.prefer(found.link.language);
    let hash = if found.link.has_password {
        None
    } else {
        let words = Words::of(stranger.visit.lang);
        match sent.hash(&app, words).await? {
            Ok(hash) => Some(hash),
            Err(form) => return offer(words, &found).answer(&stranger, form),
        }
    };
    let (token, by) = (segment::<String>(&request, "token")?, Acting::system(app.clock.now()));
    match app.db.run_write(move |conn| accept_by_link(conn, &by, &token, hash)).await {
        Ok(_) => Ok(answer::see_other(Done::Joined.path()).finish()),
        Err(MembershipError::LinkOver | MembershipError::WrongState(_)) => {
            Ok(message::over(&stranger.visit, MessagePage::invitation_over))
        }
        Err(error) => Err(error.into()),
    }
}

async fn look(app: &App, request: &HttpRequest) -> Result<Option<OpenInvitation>, ApiError> {
    let (token, now) = (segment::<String>(request, "token")?, app.clock.now());
    app.read(move |conn| look_at_invitation(conn, now, &token)).await
}

/// What the page offers.
#[must_use]
pub fn offer(words: &Words, found: &OpenInvitation) -> Offer {
    let role = words.get(role_key(found.role)).into_owned();
    let who = match &found.organization {
        Some(name) => words.with(
            "invitation-text",
            &[("organization", Value::from(name.as_str())), ("role", Value::from(role.as_str()))],
        ),
        None => words.with("invitation-text-here", &[("role", Value::from(role.as_str()))]),
    };
    let next = if found.link.has_password { "invitation-next" } else { "invitation-next-password" };
    Offer {
        title: "invitation-title",
        lines: vec![who, words.get(next).into_owned()],
        asks_password: !found.link.has_password,
        button: "invitation-button",
    }
}

/// What a role is called.
const fn role_key(role: Role) -> &'static str {
    match role {
        Role::ProgramStaff => "role-program-staff",
        Role::Reviewer => "role-reviewer",
        Role::Registrar => "role-registrar",
        Role::Auditor => "role-auditor",
        Role::Administrator => "role-administrator",
    }
}
