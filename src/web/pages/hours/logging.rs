//! `/hours/new` and `/hours/{entry}`: logging an entry, changing it, taking it back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};

use super::entry_form::{EntryPage, Typed, refused};
use super::list::{self, Seen};
use super::sent::Once;
use crate::services::hours::{self, EntryError, EntryView, HoursWish};
use crate::storage::{Conn, Id, StoreError};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::extract::segment;
use crate::web::pages::answer;
use crate::web::pages::form::Form;
use crate::web::pages::visitor::Resident;
use crate::words::{Value, Words};

/// What is written down as the reason of a change made on the page.
const CHANGED: &str = "changed by the person";

/// `GET /hours/new`
#[get("/hours/new")]
pub async fn ask(reader: Resident, app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    let person = reader.account.who.person;
    let seen = app.read(move |conn| list::look(conn, person)).await?;
    let kind = seen.entries.first().map_or_else(String::new, |entry| entry.kind.clone());
    let page =
        EntryPage::new(reader.frame("hours-new-title")?, &seen, Typed { kind, ..Typed::default() }, Form::default());
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// `POST /hours/new`
#[post("/hours/new")]
pub async fn log(reader: Resident, app: web::Data<App>, typed: web::Form<Typed>) -> Result<HttpResponse, ApiError> {
    let typed = typed.into_inner();
    reader.check_form(&typed.form_token)?;
    let (by, person) = (reader.acting(&app), reader.account.who.person);
    let wish = match typed.wish(Words::of(reader.visit.lang), HoursWish::default()) {
        Ok(wish) => wish,
        Err(form) => return again(&reader, &app, typed, form, None).await,
    };
    let once = Once::of(person, &typed.form_token, &typed.content());
    match once.run(&app, move |conn| hours::log(conn, &by, person, &wish).map(drop)).await {
        Ok(()) => Ok(answer::see_other("/hours?done=saved").finish()),
        Err(error) => mend(&reader, &app, typed, error, None).await,
    }
}

/// `GET /hours/{entry}`
#[get("/hours/{entry}")]
pub async fn look(reader: Resident, app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (person, id) = (reader.account.who.person, segment::<Id>(&request, "entry")?);
    let (seen, wish) = app.read(move |conn| one(conn, person, id)).await?;
    let entry = entry_of(&seen, id)?;
    let typed = typed_of(entry, &wish);
    let page = changing(&reader, &seen, entry, typed, Form::default())?;
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// `POST /hours/{entry}`: the next revision, to be signed again.
#[post("/hours/{entry}")]
pub async fn correct(
    reader: Resident,
    app: web::Data<App>,
    request: HttpRequest,
    typed: web::Form<Typed>,
) -> Result<HttpResponse, ApiError> {
    let typed = typed.into_inner();
    reader.check_form(&typed.form_token)?;
    let (by, person, id) = (reader.acting(&app), reader.account.who.person, segment::<Id>(&request, "entry")?);
    let (_, before) = app.read(move |conn| one(conn, person, id)).await?;
    let wish = match typed.wish(Words::of(reader.visit.lang), before) {
        Ok(wish) => wish,
        Err(form) => return again(&reader, &app, typed, form, Some(id)).await,
    };
    let revision = typed.revision;
    let once = Once::of(person, &typed.form_token, &typed.content());
    let work = move |conn: &mut Conn<'_>| hours::correct(conn, &by, person, (id, revision), &wish, CHANGED).map(drop);
    match once.run(&app, work).await {
        Ok(()) => Ok(answer::see_other("/hours?done=saved").finish()),
        Err(error) => mend(&reader, &app, typed, error, Some(id)).await,
    }
}

/// `POST /hours/{entry}/take-back`
#[post("/hours/{entry}/take-back")]
pub async fn take_back(
    reader: Resident,
    app: web::Data<App>,
    request: HttpRequest,
    typed: web::Form<Typed>,
) -> Result<HttpResponse, ApiError> {
    reader.check_form(&typed.form_token)?;
    let (by, person, id) = (reader.acting(&app), reader.account.who.person, segment::<Id>(&request, "entry")?);
    let revision = typed.revision;
    match app.db.run_write(move |conn| hours::withdraw(conn, &by, person, (id, revision), CHANGED)).await {
        Ok(_) => Ok(answer::see_other("/hours?done=taken_back").finish()),
        Err(error) => mend(&reader, &app, typed.into_inner(), error, Some(id)).await,
    }
}

fn one(conn: &mut Conn<'_>, person: Id, id: Id) -> Result<(Seen, HoursWish), EntryError> {
    Ok((list::look(conn, person)?, hours::wish_of(conn, person, id)?))
}

/// An entry that can still be changed.
fn entry_of(seen: &Seen, id: Id) -> Result<&EntryView, ApiError> {
    let found = seen.entries.iter().find(|entry| entry.row.id == id && entry.state != "withdrawn");
    found.ok_or_else(ApiError::not_found)
}

fn typed_of(entry: &EntryView, wish: &HoursWish) -> Typed {
    Typed {
        day: wish.from.to_string(),
        hours: (wish.minutes / 60).to_string(),
        minutes: (wish.minutes % 60).to_string(),
        kind: wish.kind.clone(),
        setting: wish.setting.clone().unwrap_or_default(),
        supervisor: wish.supervisor.map(|id| id.to_string()).unwrap_or_default(),
        revision: entry.row.revision,
        form_token: String::new(),
    }
}

fn changing(
    reader: &Resident,
    seen: &Seen,
    entry: &EntryView,
    typed: Typed,
    form: Form,
) -> Result<EntryPage, ApiError> {
    let page = EntryPage::new(reader.frame("hours-change-title")?, seen, typed, form);
    let words = page.frame.words;
    let reason = entry.reason.as_ref().map(|why| words.with("hours-reason", &[("reason", Value::from(why.as_str()))]));
    Ok(EntryPage { reason, take_back: Some(format!("/hours/{}/take-back", entry.row.id)), ..page })
}

async fn mend(
    reader: &Resident,
    app: &App,
    typed: Typed,
    error: EntryError,
    entry: Option<Id>,
) -> Result<HttpResponse, ApiError> {
    match refused(Words::of(reader.visit.lang), &error) {
        Some(form) => again(reader, app, typed, form, entry).await,
        None => Err(error.into()),
    }
}

/// The form again, with what was typed and what is to be mended.
async fn again(
    reader: &Resident,
    app: &App,
    mut typed: Typed,
    form: Form,
    entry: Option<Id>,
) -> Result<HttpResponse, ApiError> {
    let person = reader.account.who.person;
    let seen = app.read::<_, StoreError>(move |conn| list::look(conn, person)).await?;
    let page = match entry {
        None => EntryPage::new(reader.frame("hours-new-title")?, &seen, typed, form),
        Some(id) => {
            let entry = entry_of(&seen, id)?;
            typed.revision = entry.row.revision;
            changing(reader, &seen, entry, typed, form)?
        }
    };
    Ok(answer::page(&reader.visit, StatusCode::UNPROCESSABLE_ENTITY, &page))
}
