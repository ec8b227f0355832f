//! The portable record (`credtrail.record/1`): one person's facts.
//!
//! [`Record::from_json`] is the only way in from outside: it refuses unknown fields, unknown words and facts that
//! contradict themselves, each with its path. Every range includes both its ends. Begin with [`Record`].

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

mod check;
mod learning;
mod life;
mod refusal;
mod service;
mod strict;

pub use learning::{Amount, Approval, Attendance, Learning, UsedFor};
pub use life::{
    Attestation, CarryOver, Credential, Decision, Employment, Event, ExamAttempt, Hold, StatusRange, Term, Value,
};
pub use refusal::RecordError;
pub use service::Service;

use super::words::{Purposes, Word};

/// The format's name and version.
pub const FORMAT: &str = "credtrail.record/1";

/// One person's facts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always [`FORMAT`].
    pub format: Cow<'static, str>,
    /// Whose record it is.
    pub person: Person,
    /// Applications handed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applications: Vec<Application>,
    /// Courses and other learning.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub learning: Vec<Learning>,
    /// Work, supervision and the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service: Vec<Service>,
    /// Exam attempts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exams: Vec<ExamAttempt>,
    /// Statements by the person or by others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestations: Vec<Attestation>,
    /// Jobs held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub employment: Vec<Employment>,
    /// Credentials held, with their terms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Credential>,
    /// Minutes carried from one term into the next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carry_over: Vec<CarryOver>,
    /// Things that happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// What a board decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// Times in which clocks stand still or duties rest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Hold>,
}

/// The person, with what rules may ask and no more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The person's id where the record comes from.
    pub id: String,
    /// The name, for people; no rule reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Read by rules about age and birth months only.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
}

/// An application for a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Unique in the record.
    pub id: String,
    /// The credential applied for.
    pub credential: String,
    /// What the application is for.
    #[serde(default = "initial")]
    pub purpose: Word<Purposes>,
    /// The stage applied for, where the credential has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// The day it was received.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub received_on: Option<NaiveDate>,
    /// The day it was found complete.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub complete_on: Option<NaiveDate>,
    /// The day it was approved.
    #[serde(default, deserialize_with = "strict::maybe_day", skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
    /// The version the person is pinned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The entry path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// A named group of people with rules of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
}

/// An application that does not say otherwise is a first one.
fn initial() -> Word<Purposes> {
    Word::known("initial")
}

impl Record {
    /// An empty record of a person.
    #[must_use]
    pub fn of(person: Person) -> Self {
        Self { format: Cow::Borrowed(FORMAT), person, ..Self::default() }
    }

    /// Reads and checks a record; the error names the place.
    pub fn from_json(text: &str) -> Result<Self, RecordError> {
        check::read(text)
    }

    /// The ids of all facts, each with its list and its place there.
    pub fn ids(&self) -> impl Iterator<Item = (&'static str, usize, &str)> + Clone {
        macro_rules! ids {
            ($($list:ident),*) => {
                std::iter::empty()$(.chain(
                    self.$list.iter().enumerate().map(|(at, fact)| (stringify!($list), at, fact.id.as_str())),
                ))*
            };
        }
        ids!(
            applications,
            learning,
            service,
            exams,
            attestations,
            employment,
            credentials,
            carry_over,
            events,
            decisions,
            holds
        )
    }

    /// The same record with every list sorted by id.
    #[must_use]
    pub fn sorted(&self) -> Self {
        let mut sorted = self.clone();
        sorted.applications.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.learning.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.service.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.exams.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.attestations.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.employment.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.credentials.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.carry_over.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.events.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.decisions.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.holds.sort_by(|a, b| a.id.cmp(&b.id));
        sorted
    }

    /// The same record with what was done through a day: what came later is left out, work that went on is cut there.
    /// Decisions and holds stay, for a board may settle later what had to be done by then.
    #[must_use]
    pub fn done_by(&self, day: NaiveDate) -> Self {
        let mut done = self.clone();
        done.learning.retain(|fact| fact.completed_on <= day);
        done.service.retain(|fact| fact.to <= day);
        done.exams.retain(|fact| fact.on <= day);
        done.attestations.retain(|fact| fact.on <= day);
        done.events.retain(|fact| fact.on <= day);
        done.employment.retain(|fact| fact.from <= day);
        for job in &mut done.employment {
            job.through = Some(job.through.map_or(day, |through| through.min(day)));
        }
        done
    }

    /// Checks what the types cannot: unique ids, ranges, one form of amount per record.
    pub fn check(&self) -> Result<(), RecordError> {
        check::check(self)
    }
}
