//! Checking a certificate: the form, and a result that says no more than the paper does.
//!
//! The answer for an unknown, a malformed and a hidden code is one and the same page.

use askama::Template;
use chrono::DateTime;
use chrono_tz::Tz;

use super::form::Form;
use super::frame::Frame;
use crate::services::standing::PublicStatus;
use crate::services::verify::Verified;
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
    /// What the status means, and what a reader of an earlier paper has to know.
    pub meaning: Vec<String>,
    /// The same facts as on the paper.
    pub facts: Vec<Fact>,
    /// How to reach the board.
    pub phone: Option<String>,
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

impl Found {
    /// The words for a certificate.
    #[must_use]
    pub fn new(words: &Words, shown: &Verified) -> Self {
        let meaning = match shown.status {
            PublicStatus::Active => "verify-active-text",
            PublicStatus::NotActive => "verify-not-active-text",
            PublicStatus::OnHold => "verify-on-hold-text",
            PublicStatus::Withdrawn => "verify-withdrawn-text",
        };
        let mut meaning = vec![words.get(meaning).into_owned()];
        if shown.replaced {
            meaning.push(words.get("verify-replaced").into_owned());
        } else if shown.other_term {
            meaning.push(words.get("verify-other-term").into_owned());
        }
        Self {
            status: shown.status.label(words.lang()).to_owned(),
            is_active: shown.status == PublicStatus::Active,
            meaning,
            facts: facts(words, shown),
            phone: shown
                .board_phone
                .as_ref()
                .map(|phone| words.with("verify-phone", &[("phone", Value::from(phone.as_str()))])),
            fingerprint: Some(shown.document_sha256.clone()).filter(|hash| !hash.is_empty()),
        }
    }
}

fn facts(words: &Words, shown: &Verified) -> Vec<Fact> {
    let lines = [
        ("verify-full-name", Some(shown.name.clone())),
        ("verify-number", Some(shown.number.clone())),
        ("verify-credential", Some(shown.credential.clone())),
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
