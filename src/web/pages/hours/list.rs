//! `/hours`: the reader's own entries with what became of them, and their supervisors.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::labels;
use super::sent::Once;
use crate::services::hours::{self, EntryView, SuperviseError, Supervision};
use crate::services::ways;
use crate::storage::{Conn, Id, StoreError};
use crate::web::app::App;
use crate::web::error::ApiError;
use crate::web::pages::answer;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::web::pages::progress::Tag;
use crate::web::pages::visitor::Resident;
use crate::words::{Value, Words};

/// The most entries on one page; the sum above them is of all.
const MOST: usize = 300;

/// `templates/pages/hours.html`.
#[derive(Debug, Template)]
#[template(path = "pages/hours.html")]
pub struct HoursPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending in the form of a supervisor.
    pub form: Form,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// What has just been done.
    pub done: Option<String>,
    /// The sum of what is signed and what waits, as a sentence.
    pub sum: String,
    /// The entries, newest day first.
    pub entries: Vec<EntryLine>,
    /// Said where older entries are left out.
    pub left_out: Option<String>,
    /// The supervisors.
    pub supervisors: Vec<SupervisorLine>,
    /// What was typed.
    pub name: String,
    /// What was typed.
    pub email: String,
}

/// One entry in words.
#[derive(Debug, Clone)]
pub struct EntryLine {
    /// The kind.
    pub what: String,
    /// When and how long.
    pub when: String,
    /// Its state.
    pub tag: Tag,
    /// What the supervisor wants changed.
    pub reason: Option<String>,
    /// Where it is changed, while that makes sense.
    pub href: Option<String>,
}

/// One supervisor in words.
#[derive(Debug, Clone)]
pub struct SupervisorLine {
    /// Who, or when they were asked.
    pub who: String,
    /// Whether they agreed.
    pub tag: Tag,
}

/// What was read for the page.
#[derive(Debug, Default)]
pub struct Seen {
    /// Every entry.
    pub entries: Vec<EntryView>,
    /// Supervisions that have not ended.
    pub supervisions: Vec<Supervision>,
    /// Names of supervisors who agreed.
    pub names: BTreeMap<Id, String>,
}

/// What the address of the page may say.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    done: Option<Done>,
}

/// What has just been done.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// An entry was saved.
    Saved,
    /// An entry was taken back.
    TakenBack,
    /// A supervisor was asked.
    Asked,
}

impl Done {
    const fn key(self) -> &'static str {
        match self {
            Self::Saved => "hours-done-saved",
            Self::TakenBack => "hours-done-taken-back",
            Self::Asked => "hours-done-asked",
        }
    }
}

/// What the form of a supervisor carries.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    form_token: String,
}

/// `GET /hours`
#[get("/hours")]
pub async fn show(reader: Resident, app: web::Data<App>, asked: web::Query<Asked>) -> Result<HttpResponse, ApiError> {
    let person = reader.account.who.person;
    let seen = app.read(move |conn| look(conn, person)).await?;
    let done = asked.done.map(Done::key);
    let page = HoursPage::new(reader.frame("hours-title")?, &seen, done);
    Ok(answer::page(&reader.visit, StatusCode::OK, &page))
}

/// `POST /hours/supervisors`: names somebody who shall sign. The answer does not tell who is known here.
#[post("/hours/supervisors")]
pub async fn name_supervisor(
    reader: Resident,
    app: web::Data<App>,
    named: web::Form<Named>,
) -> Result<HttpResponse, ApiError> {
    let named = named.into_inner();
    reader.check_form(&named.form_token)?;
    let (by, person, base) = (reader.acting(&app), reader.account.who.person, app.settings.public_url.clone());
    let once = Once::of(person, &named.form_token, &[&named.email, &named.name]);
    let (email, name) = (named.email.clone(), named.name.clone());
    let asked = once
        .run(&app, move |conn| hours::name_supervisor(conn, &by, person, (&email, &name), None, &base).map(drop))
        .await;
    let words = Words::of(reader.visit.lang);
    let mut form = Form::default();
    match asked {
        Ok(()) => return Ok(answer::see_other("/hours?done=asked").finish()),
        Err(SuperviseError::Oneself) => form.add("email", words.get("hours-supervisor-oneself")),
        Err(SuperviseError::NotSomebody(_)) => {
            form = crate::web::pages::way_in::sign_up::check(words, &named.name, &named.email);
        }
        Err(error) => return Err(error.into()),
    }
    let seen = app.read(move |conn| look(conn, person)).await?;
    let page = HoursPage {
        frame: Frame { has_problems: true, ..reader.frame("hours-title")? },
        form,
        name: named.name,
        email: named.email,
        ..HoursPage::new(reader.frame("hours-title")?, &seen, None)
    };
    Ok(answer::page(&reader.visit, StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// Reads what the page shows.
///
/// # Errors
/// What the database met.
pub fn look(conn: &mut Conn<'_>, person: Id) -> Result<Seen, StoreError> {
    let entries = hours::entries_of(conn, person)?;
    let mut supervisions = hours::supervisions_of(conn, person)?;
    supervisions.retain(|row| row.state != "ended");
    let mut names = BTreeMap::new();
    // Whoever has not agreed is not named: their name here would tell that they have an account.
    for row in supervisions.iter().filter(|row| row.state == "active") {
        names.extend(ways::name_of(conn, row.supervisor_id)?.map(|name| (row.supervisor_id, name)));
    }
    Ok(Seen { entries, supervisions, names })
}

impl Seen {
    /// What to call the supervisor of `row`.
    #[must_use]
    pub fn who(&self, words: &Words, row: &Supervision) -> String {
        self.names.get(&row.supervisor_id).cloned().unwrap_or_else(|| {
            words.with("hours-supervisor-asked-on", &[("date", Value::from(words.date(row.from_day.date())))])
        })
    }
}

impl HoursPage {
    /// The page in words.
    #[must_use]
    pub fn new(frame: Frame, seen: &Seen, done: Option<&str>) -> Self {
        let words = frame.words;
        let sum = |state: &str| -> i64 {
            let of_state = seen.entries.iter().filter(|entry| entry.state == state);
            of_state.map(|entry| i64::from(entry.row.minutes)).sum()
        };
        let left = seen.entries.len().saturating_sub(MOST);
        Self {
            form: Form::default(),
            form_token: frame.form_token.clone().unwrap_or_default(),
            done: done.map(|key| words.get(key).into_owned()),
            sum: words.with(
                "hours-sum",
                &[
                    ("signed", Value::from(words.minutes(sum("attested")))),
                    ("waiting", Value::from(words.minutes(sum("waiting")))),
                ],
            ),
            entries: seen.entries.iter().take(MOST).map(|entry| line(words, entry)).collect(),
            left_out: (left > 0).then(|| words.with("hours-left-out", &[("n", Value::from(left))])),
            supervisors: seen.supervisions.iter().map(|row| supervisor(words, seen, row)).collect(),
            name: String::new(),
            email: String::new(),
            frame,
        }
    }
}

fn line(words: &Words, entry: &EntryView) -> EntryLine {
    let length = words.minutes(i64::from(entry.row.minutes));
    let can_change = matches!(entry.state, "waiting" | "sent_back");
    EntryLine {
        what: labels::kind(words, &entry.kind),
        when: format!("{} · {length}", labels::days(words, entry)),
        tag: labels::tag(words, entry),
        reason: entry.reason.as_ref().map(|why| words.with("hours-reason", &[("reason", Value::from(why.as_str()))])),
        href: can_change.then(|| format!("/hours/{}", entry.row.id)),
    }
}

fn supervisor(words: &Words, seen: &Seen, row: &Supervision) -> SupervisorLine {
    let (class, key) = if row.state == "active" {
        ("ct-tag--done", "hours-supervisor-active")
    } else {
        ("", "hours-supervisor-asked")
    };
    SupervisorLine { who: seen.who(words, row), tag: Tag { class, text: words.get(key).into_owned() } }
}
