//! `/hours/to-sign`: a supervisor signs many entries at once, sends some back, and answers who asks for them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};

use super::to_sign::{Said, Sent, ToSignPage, read};
use crate::services::hours::{self, LineOutcome, SuperviseError, Supervision, WaitingEntry};
use crate::services::ways;
use crate::storage::{Conn, Id, StoreError};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::pages::answer;
use crate::web::pages::visitor::Resident;
use crate::words::{Value, Words};

/// What was read for the page.
struct Seen {
    waiting: Vec<WaitingEntry>,
    asked: Vec<(Supervision, String)>,
}

/// What has just been done, carried in the address.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Done {
    signed: u32,
    back: u32,
    left: u32,
    answered: bool,
}

/// `GET /hours/to-sign`
#[get("/hours/to-sign")]
pub async fn show(reader: Resident, app: web::Data<App>, done: web::Query<Done>) -> Result<HttpResponse, ApiError> {
    let me = reader.account.who.person;
    let seen = app.read(move |conn| look(conn, me)).await?;
    let mut page = ToSignPage::new(reader.frame("to-sign-title")?, &seen.waiting, &seen.asked, Said::default());
    page.done = done.sentences(page.frame.words);
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// `POST /hours/to-sign`: each entry is taken on its own; signing twice is harmless.
#[post("/hours/to-sign")]
pub async fn sign(reader: Resident, app: web::Data<App>, sent: web::Form<Sent>) -> Result<HttpResponse, ApiError> {
    let token = sent.iter().find(|(name, _)| name == "form_token").map_or("", |(_, value)| value.as_str());
    reader.check_form(token)?;
    let (by, me) = (reader.acting(&app), reader.account.who.person);
    let said = read(Words::of(reader.visit.lang), &sent);
    if said.form.has_problems() {
        let seen = app.read(move |conn| look(conn, me)).await?;
        let page = ToSignPage::new(reader.frame("to-sign-title")?, &seen.waiting, &seen.asked, said);
        return Ok(answer::page(&reader.visit, StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let lines = said.lines.clone();
    let results = app.write(move |conn| hours::attest(conn, &by, me, &lines)).await?;
    let taken = |is_signed: bool| {
        let fits = |outcome: &LineOutcome| (*outcome == LineOutcome::Attested) == is_signed;
        said.lines.iter().zip(&results).filter(|(line, result)| result.is_ok() && fits(&line.outcome)).count()
    };
    let left = results.iter().filter(|result| result.is_err()).count();
    let path = format!("/hours/to-sign?signed={}&back={}&left={left}", taken(true), taken(false));
    Ok(answer::see_other(&path).finish())
}

/// What the form of a question carries.
#[derive(Debug, serde::Deserialize)]
pub struct Answer {
    person: Id,
    supervision: Id,
    agrees: bool,
    form_token: String,
}

/// `POST /hours/to-sign/answer`: whether the reader supervises somebody who says so.
#[post("/hours/to-sign/answer")]
pub async fn respond(reader: Resident, app: web::Data<App>, sent: web::Form<Answer>) -> Result<HttpResponse, ApiError> {
    let Answer { person, supervision, agrees, form_token } = sent.into_inner();
    reader.check_form(&form_token)?;
    let (by, me) = (reader.acting(&app), reader.account.who.person);
    match app.db.run_write(move |conn| hours::respond(conn, &by, me, (person, supervision), agrees)).await {
        // Ended meanwhile, or answered twice: the page shows how it stands.
        Ok(_) | Err(SuperviseError::Ended) => Ok(answer::see_other("/hours/to-sign?answered=true").finish()),
        Err(error) => Err(error.into()),
    }
}

fn look(conn: &mut Conn<'_>, me: Id) -> Result<Seen, StoreError> {
    let mut asked = Vec::new();
    for row in hours::supervised_by(conn, me)?.into_iter().filter(|row| row.state == "asked") {
        let name = ways::name_of(conn, row.person_id)?.unwrap_or_default();
        asked.push((row, name));
    }
    Ok(Seen { waiting: hours::waiting_for(conn, me)?, asked })
}

impl Done {
    fn sentences(&self, words: &Words) -> Vec<String> {
        let counted =
            [("to-sign-done-signed", self.signed), ("to-sign-done-back", self.back), ("to-sign-done-left", self.left)];
        let told = counted.into_iter().filter(|(_, n)| *n > 0);
        let mut sentences: Vec<String> = told.map(|(key, n)| words.with(key, &[("n", Value::from(n))])).collect();
        if self.answered {
            sentences.push(words.get("to-sign-done-answered").into_owned());
        }
        sentences
    }
}
