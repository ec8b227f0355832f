//! A board tries a draft of its rules on its own people before it publishes it.
//!
//! The register may be large and a request must not last: each answers for a slice of people and says where the next
//! begins. Nothing is stored.

use actix_web::{HttpRequest, HttpResponse, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa_actix_web::service_config::ServiceConfig;

use super::problems::Writing;
use super::simulation_views::SimulationView;
use crate::rules::Lang;
use crate::services::simulate::{Asked, SimulationError, for_board};
use crate::storage::Id;
use crate::web::app::App;
use crate::web::auth::May;
use crate::web::auth::capability::TryRules;
use crate::web::error::ApiError;
use crate::web::extract::{Body, segment};

/// The most people that an answer names.
const MOST_NAMED: usize = 500;

/// How many it names if nothing is said.
const USUALLY_NAMED: usize = 100;

/// The routes of this file.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(simulate);
}

/// A draft, and what to compare it with.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulationBody {
    /// The draft's file name: its first day, such as `2027-01-01.toml`.
    name: String,
    /// Its text.
    text: String,
    /// The published version to compare with; absent: the one that rules each person.
    #[serde(default)]
    against: Option<String>,
    /// The day asked about; absent: today where the board is, or the draft's first day if that is later.
    #[serde(default, deserialize_with = "crate::web::day::maybe")]
    as_of: Option<NaiveDate>,
    /// As if the draft ruled everyone, whatever its first day, `applies_by` and transitions say.
    #[serde(default)]
    everyone: bool,
    /// `next` of the answer before.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    after: Option<Id>,
    /// How many affected people at most: 1 to 500, 100 if absent.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 500)]
    limit: Option<usize>,
    /// `en` or `es`, for the sentences.
    #[serde(default)]
    lang: Option<String>,
}

/// How a draft would judge the board's people
///
/// Compares the draft with what is published, for everyone who applied for the credential or holds it: `counts` of this
/// slice, who comes out otherwise (`affected`, before and after), and `next`, to be sent as `after` until there is none.
/// A slice looks at 5,000 people of the register at most. The counts of all slices add up. For the whole register at
/// once there is `credtrail rules simulate`.
#[utoipa::path(tag = "boards", params(("organization" = String, Path, description = "The board"), ("credential" = String, Path, description = "The credential")),
    security(("bearer" = [])), request_body = SimulationBody, responses((status = 200, body = SimulationView), Writing))]
#[post("/organizations/{organization}/credentials/{credential}/simulations")]
pub async fn simulate(
    may: May<TryRules>,
    app: web::Data<App>,
    request: HttpRequest,
    body: Body<SimulationBody>,
) -> Result<HttpResponse, ApiError> {
    let (board, credential, now) = (may.organization, segment(&request, "credential")?, app.clock.now());
    let SimulationBody { name, text, against, as_of, everyone, after, limit, lang } = body.value;
    let lang = match lang {
        None => Lang::En,
        Some(tag) => Lang::parse(&tag).ok_or_else(|| {
            ApiError::field("bad_field", "/lang", format_args!("`{tag}` is no language here, expected en or es"))
        })?,
    };
    let limit = limit.unwrap_or(USUALLY_NAMED);
    if !(1..=MOST_NAMED).contains(&limit) {
        return Err(ApiError::field(
            "bad_field",
            "/limit",
            format_args!(
                "`{limit}` does not fit, expected a whole number from 1 to {MOST_NAMED}; write it like `{USUALLY_NAMED}`"
            ),
        ));
    }
    let asked = Asked { name, text, against, as_of, everyone, after, limit, lang };
    let slice = app.read(move |conn| for_board(conn, board, credential, now, &asked)).await?;
    Ok(HttpResponse::Ok().json(SimulationView::from(slice)))
}

impl From<SimulationError> for ApiError {
    fn from(error: SimulationError) -> Self {
        match error {
            SimulationError::UnknownVersion(_) => Self::field("no_such_version", "/against", error),
            SimulationError::OtherCredential { .. } => Self::field("other_credential", "/text", error),
            SimulationError::Rules(problems) => {
                let refusal = Self::unprocessable("bad_rules", "the draft cannot be used, see `errors`");
                problems.iter().fold(refusal, |refusal, problem| refusal.with("/text", problem))
            }
            SimulationError::Evaluation(inner) => inner.into(),
            SimulationError::Store(store) => store.into(),
        }
    }
}
