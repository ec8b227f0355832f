//! `POST /apply`: one button on the progress page.

use actix_web::{HttpResponse, post, web};

use crate::rules::Purpose;
use crate::services::applications::{self, ApplicationError, ApplicationWish};
use crate::storage::Id;
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::pages::answer;
use crate::web::pages::visitor::Resident;

/// What the form carries.
#[derive(Debug, serde::Deserialize)]
pub struct Wish {
    credential: Id,
    purpose: Purpose,
    #[serde(default)]
    form_token: String,
}

/// `POST /apply`: a second click leads to what the first one made.
#[post("/apply")]
pub async fn apply(reader: Resident, app: web::Data<App>, wish: web::Form<Wish>) -> Result<HttpResponse, ApiError> {
    let Wish { credential, purpose, form_token } = wish.into_inner();
    reader.check_form(&form_token)?;
    let (by, person, url) = (reader.acting(&app), reader.account.who.person, app.settings.public_url.clone());
    let wish = ApplicationWish { credential, purpose, stage: None, path: None, cohort: None, received_on: None };
    let made = app.db.run_write(move |conn| applications::apply(conn, &by, person, &wish, &url)).await;
    let id = match made {
        Ok(application) => application.row.id,
        Err(ApplicationError::Open(_)) => {
            let open = app.read(move |conn| applications::open_for(conn, person, credential, purpose)).await?;
            open.ok_or_else(ApiError::not_found)?.row.id
        }
        Err(error) => return Err(error.into()),
    };
    app.wake.notify_one();
    Ok(answer::see_other(&format!("/applications/{id}")).finish())
}
