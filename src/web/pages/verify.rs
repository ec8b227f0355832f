//! Checking a certificate: the form, and a result that says no more than the paper does.
//!
//! The answer for an unknown, a malformed and a hidden code is one and the same page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use super::answer;
use super::form::Form;
use super::frame::Frame;
use super::visit::Visit;
use crate::words::{Value, Words};

/// `templates/pages/verify.html`.
#[derive(Debug, Template)]
#[template(path = "pages/verify.html")]
pub struct VerifyPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The number as typed.
    pub number: String,
    /// The last name as typed.
    pub family_name: String,
}

/// `templates/pages/verify-result.html`.
#[derive(Debug, Template)]
#[template(path = "pages/verify-result.html")]
pub struct VerifyResultPage {
    /// The frame.
    pub frame: Frame,
    /// The certificate, if one may be shown.
    pub found: Option<Found>,
    /// When this was looked up, as a sentence.
    pub checked: String,
}

/// What is shown of a certificate.
#[derive(Debug, Clone)]
pub struct Found {
    /// The status in one or two words.
    pub status: String,
    /// It is good today: the only one with a colour of its own.
    pub is_active: bool,
    /// What the status means.
    pub meaning: String,
    /// The same facts as on the paper.
    pub facts: Vec<Fact>,
    /// The SHA-256 of the file we gave out.
    pub fingerprint: Option<String>,
}

/// One line of a result.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// How a certificate stands on the day asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In force.
    Active,
    /// Over, or never in force.
    NotActive,
    /// On hold.
    OnHold,
    /// Taken back.
    Withdrawn,
}

/// What the register shows of one certificate.
#[derive(Debug, Clone)]
pub struct Shown {
    /// How it stands.
    pub standing: Standing,
    /// The board's own word, where it differs from ours.
    pub label: Option<String>,
    /// The name as printed.
    pub name: String,
    /// The credential as printed.
    pub credential: String,
    /// The number as printed.
    pub number: String,
    /// The board as printed.
    pub board: String,
    /// The day it was first given.
    pub issued_on: NaiveDate,
    /// First day of the term.
    pub from: NaiveDate,
    /// Last day of the term; none: it does not end.
    pub through: Option<NaiveDate>,
    /// SHA-256 of the file given out, in hex.
    pub document_sha256: Option<String>,
}

impl Found {
    /// The words for a certificate.
    #[must_use]
    pub fn new(words: &Words, shown: &Shown) -> Self {
        let (status, meaning) = match shown.standing {
            Standing::Active => ("verify-active", "verify-active-text"),
            Standing::NotActive => ("verify-not-active", "verify-not-active-text"),
            Standing::OnHold => ("verify-on-hold", "verify-on-hold-text"),
            Standing::Withdrawn => ("verify-withdrawn", "verify-withdrawn-text"),
        };
        Self {
            status: words.get(status).into_owned(),
            is_active: shown.standing == Standing::Active,
            meaning: words.get(meaning).into_owned(),
            facts: facts(words, shown),
            fingerprint: shown.document_sha256.clone(),
        }
    }
}

fn facts(words: &Words, shown: &Shown) -> Vec<Fact> {
    let lines = [
        ("verify-full-name", Some(shown.name.clone())),
        ("verify-number", Some(shown.number.clone())),
        ("verify-credential", Some(shown.credential.clone())),
        ("verify-label-board", shown.label.clone()),
        ("verify-from", Some(words.date(shown.issued_on))),
        ("verify-term-from", Some(words.date(shown.from)).filter(|_| shown.from != shown.issued_on)),
        ("verify-through", shown.through.map(|day| words.date(day))),
        ("verify-board", Some(shown.board.clone())),
    ];
    let fact = |(key, value): (&str, Option<String>)| Some(Fact { label: words.get(key).into_owned(), value: value? });
    lines.into_iter().filter_map(fact).collect()
}

/// `Checked November 21, 2026, 4:05 p.m. CST`.
#[must_use]
pub fn checked_sentence(words: &Words, at: &DateTime<Tz>) -> String {
    words.with("verify-checked", &[("moment", Value::from(words.moment(at)))])
}

/// What is missing in the form; nothing is said about a number that is only unknown.
#[must_use]
pub fn check(words: &Words, number: &str, family_name: &str) -> Form {
    let mut form = Form::default();
    if number.trim().is_empty() {
        form.add("number", words.get("verify-number-missing"));
    }
    if family_name.trim().is_empty() {
        form.add("family_name", words.get("verify-name-missing"));
    }
    form
}

/// `GET /verify`. Nobody is known here, signed in or not: no cookie is read or set.
#[get("/verify")]
pub async fn ask(visit: Visit) -> HttpResponse {
    let frame = visit.frame("verify-title");
    let page = VerifyPage { frame, form: Form::default(), number: String::new(), family_name: String::new() };
    answer::page(&visit, StatusCode::OK, &page)
}
