//! `/profile`: the reader's name and birth date, and who told them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use chrono::NaiveDate;

use crate::pdf::NameRefusal;
use crate::services::accounts::read_name;
use crate::services::profile::{self, Change, Profile, ProfileError, ProfileWish, Teller, Told};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::pages::answer;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::web::pages::visitor::Resident;
use crate::words::{Value, Words};

/// `templates/pages/profile.html`.
#[derive(Debug, Template)]
#[template(path = "pages/profile.html")]
pub struct ProfilePage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// What is typed, at first what is known.
    pub typed: Typed,
    /// The name can be changed here.
    pub name_is_open: bool,
    /// The birth date can be changed here.
    pub birth_date_is_open: bool,
    /// The birth date that is known, in words.
    pub birth_date: String,
    /// Something was saved just now.
    pub done: bool,
    /// How it came about, as sentences.
    pub changes: Vec<String>,
}

/// What the form carries.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Typed {
    /// The revision that was shown.
    #[serde(default)]
    pub revision: i32,
    /// The name.
    #[serde(default)]
    pub name: String,
    /// Since when.
    #[serde(default)]
    pub name_from: String,
    /// The birth date.
    #[serde(default)]
    pub birth_date: String,
    /// The token of our page.
    #[serde(default)]
    pub form_token: String,
}

/// What the address says.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// `GET /profile`
#[get("/profile")]
pub async fn show(reader: Resident, app: web::Data<App>, asked: web::Query<Asked>) -> Result<HttpResponse, ApiError> {
    let person = reader.account.who.person;
    let known = app.read(move |conn| profile::look(conn, person)).await?;
    let typed = Typed {
        revision: known.revision,
        name: known.name.clone().unwrap_or_default(),
        birth_date: known.birth_date.map(|day| day.to_string()).unwrap_or_default(),
        ..Typed::default()
    };
    let page = ProfilePage::new(reader.frame("profile-title")?, &known, typed, Form::default(), asked.done.is_some());
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// `POST /profile`
#[post("/profile")]
pub async fn save(reader: Resident, app: web::Data<App>, sent: web::Form<Typed>) -> Result<HttpResponse, ApiError> {
    let typed = sent.into_inner();
    reader.check_form(&typed.form_token)?;
    let (by, person) = (reader.acting(&app), reader.account.who.person);
    let known = app.read(move |conn| profile::look(conn, person)).await?;
    let words = Words::of(reader.visit.lang);
    let form = match typed.wish(words, &known) {
        Err(form) => form,
        Ok(wish) => {
            let work = move |conn: &mut crate::storage::Conn<'_>| {
                profile::change(conn, &by, person, Teller::Oneself, &wish).map(drop)
            };
            match app.db.run_write(work).await {
                Ok(()) => return Ok(answer::see_other("/profile?done=saved").finish()),
                Err(error) => mend(words, error)?,
            }
        }
    };
    let page = ProfilePage::new(reader.frame("profile-title")?, &known, typed, form, false);
    Ok(answer::page(&reader.visit, StatusCode::UNPROCESSABLE_ENTITY, &page))
}

impl Typed {
    /// What was typed, as a wish; what cannot be changed here stays as it is.
    fn wish(&self, words: &Words, known: &Profile) -> Result<ProfileWish, Form> {
        let mut form = Form::default();
        let name = if known.name_is_open { self.name.clone() } else { known.name.clone().unwrap_or_default() };
        form.problems.extend(name_problem(words, &name).problems);
        let mut day = |field, text: &str, key| match text.trim() {
            "" => None,
            text => {
                let read = text.parse::<NaiveDate>().ok();
                if read.is_none() {
                    form.add(field, words.get(key));
                }
                read
            }
        };
        let name_from = day("name_from", &self.name_from, "profile-name-from-bad").filter(|_| known.name_is_open);
        let birth_date = day("birth_date", &self.birth_date, "profile-birth-bad").filter(|_| known.birth_date_is_open);
        if form.has_problems() {
            return Err(form);
        }
        Ok(ProfileWish { revision: self.revision, name, name_from, birth_date, reason: None })
    }
}

/// What is wrong with a name, in the reader's words.
#[must_use]
pub fn name_problem(words: &Words, name: &str) -> Form {
    let mut form = Form::default();
    match read_name(name) {
        Ok(_) => {}
        Err(NameRefusal::Empty) => form.add("name", words.get("sign-up-name-missing")),
        Err(NameRefusal::TooLong) => form.add("name", words.get("sign-up-name-long")),
        Err(NameRefusal::Invisible(_)) => form.add("name", words.get("sign-up-name-invisible")),
        Err(NameRefusal::Undrawable(code)) => {
            form.add("name", words.with("sign-up-name-sign", &[("sign", Value::from(code.0.to_string()))]));
        }
    }
    form
}

/// What the service refused, at its field.
fn mend(words: &Words, error: ProfileError) -> Result<Form, ApiError> {
    let mut form = Form::default();
    match error {
        ProfileError::Name(_) => form.add("name", words.get("sign-up-name-long")),
        ProfileError::Refused { pointer: "/birth_date", .. } => form.add("birth_date", words.get("profile-birth-bad")),
        ProfileError::Refused { pointer: "/name_from", .. } => {
            form.add("name_from", words.get("profile-name-from-bad"))
        }
        ProfileError::Changed(_) => form.add("save", words.get("profile-changed")),
        ProfileError::AskYourBoard(_) => form.add("save", words.get("profile-fixed")),
        other => return Err(other.into()),
    }
    Ok(form)
}

impl ProfilePage {
    /// The page in words.
    #[must_use]
    pub fn new(frame: Frame, known: &Profile, typed: Typed, form: Form, done: bool) -> Self {
        let words = frame.words;
        Self {
            form_token: frame.form_token.clone().unwrap_or_default(),
            name_is_open: known.name_is_open,
            birth_date_is_open: known.birth_date_is_open,
            birth_date: known.birth_date.map(|day| words.date(day)).unwrap_or_default(),
            changes: known.changes.iter().map(|change| change_sentence(words, change)).collect(),
            frame: Frame { has_problems: form.has_problems(), ..frame },
            done: done && !form.has_problems(),
            form,
            typed,
        }
    }
}

fn change_sentence(words: &Words, change: &Change) -> String {
    let date = words.date(change.at.utc().date_naive());
    let told = match &change.told {
        Told::Name(name) => name.clone(),
        Told::BirthDate(day) => words.with("profile-born", &[("date", Value::from(words.date(*day)))]),
    };
    let key = if change.by_oneself { "profile-change-own" } else { "profile-change-other" };
    let sentence = words.with(key, &[("date", Value::from(date)), ("told", Value::from(told))]);
    match &change.reason {
        Some(reason) => {
            format!("{sentence} {}", words.with("profile-reason", &[("text", Value::from(reason.as_str()))]))
        }
        None => sentence,
    }
}
