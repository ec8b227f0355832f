//! The answer (`credtrail.evaluation/1`): a tree that mirrors the rules, and every fact accounted for.
//!
//! Plain data. Built by `evaluate`, rendered by `explain`; nothing here decides anything.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::question::Purpose;
use super::reason::Reason;

/// The format's name and version.
pub const FORMAT: &str = "credtrail.evaluation/1";

/// What became of a requirement, or of all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// All that was asked is there.
    Met,
    /// The person still has something to do or to hand in.
    NotMet,
    /// It waits for someone else.
    Undecided,
    /// It was asked of others, not of this person.
    Waived,
    /// It does not concern this person.
    NotApplicable,
}

impl Status {
    /// The word, as in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Undecided => "undecided",
            Self::Waived => "waived",
            Self::NotApplicable => "not_applicable",
        }
    }
}

/// The answer to one question about one record under one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Always [`FORMAT`].
    pub format: Cow<'static, str>,
    /// The credential asked about.
    pub credential: String,
    /// The version used.
    pub version: String,
    /// Hash of the version without its comments.
    pub version_hash: String,
    /// Whether the board has confirmed the version.
    pub verified: bool,
    /// What was asked for.
    pub purpose: Purpose,
    /// The stage asked about.
    pub stage: String,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// Hash of record, day, purpose and stage.
    pub inputs_hash: String,
    /// The answer.
    pub status: Status,
    /// One node for each rule, in the pack's order.
    pub requirements: Vec<Requirement>,
    /// Every record, once.
    pub records: Vec<RecordOutcome>,
    /// The term that would start (or was asked about).
    #[serde(default)]
    pub term: Option<TermAnswer>,
    /// What it costs on that day.
    #[serde(default)]
    pub fee: Option<FeeAnswer>,
    /// The rung of the ladder back, where one applies.
    #[serde(default)]
    pub rung: Option<String>,
    /// Remarks on the whole, such as that it rests while another credential does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Deadlines and how they stand.
    pub deadlines: Vec<DeadlineAnswer>,
    /// The stage after this one.
    #[serde(default)]
    pub stage_next: Option<String>,
    /// What to do next, in the order of the pack.
    pub next: Vec<NextStep>,
    /// The first day on which all would be met if what is missing were done today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest_date: Option<NaiveDate>,
}

/// One node of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// The rule's id; children have dotted ones.
    pub id: String,
    /// For people, in English; explain has both languages.
    pub label: String,
    /// Where it is written.
    pub citation: Citation,
    /// What became of it.
    pub status: Status,
    /// The board's unit, such as `hour`, `count`, `month`, `point`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Minutes in one unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_minutes: Option<u32>,
    /// Needed, in the unit, as a decimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed: Option<String>,
    /// Counted, in the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<String>,
    /// Missing, in the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
    /// Needed minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed_minutes: Option<u64>,
    /// Counted minutes, children and surplus included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_minutes: Option<u64>,
    /// The fewest further minutes that would do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_minutes: Option<u64>,
    /// Records placed here.
    pub placed: Vec<Placed>,
    /// Records that did not count here, with the reason.
    #[serde(default)]
    pub not_counted: Vec<NotCountedHere>,
    /// The smallest cut, where topics compete.
    #[serde(default)]
    pub shortfall: Vec<Shortfall>,
    /// Upper limits and how far they are used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caps: Vec<CapUse>,
    /// The branch that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// Remarks, such as met with a late fee.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The stretches of the calendar in which a rhythm lacks something: all of them, while remarks name the first. For whoever
    /// reads the answer where it was made; no part of its JSON.
    #[serde(skip)]
    pub stretches: Vec<Lacking>,
    /// Children.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
}

/// A week, month or quarter in which there is too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lacking {
    /// Its first day.
    pub start: NaiveDate,
    /// Whether someone's word could mend it.
    pub waits: bool,
}

/// Where a rule is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// Title, with the clause.
    pub title: String,
    /// Address.
    pub url: String,
    /// The day it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_on: Option<NaiveDate>,
    /// What the page itself says it is from, such as `effective 2019-01-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<String>,
}

/// A record placed in a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The record's id.
    pub record: String,
    /// Minutes placed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u64>,
    /// For what is not minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// A record that did not count in a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCountedHere {
    /// The record's id.
    pub record: String,
    /// Minutes that did not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u64>,
    /// For what is not minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Why.
    pub reason: Reason,
}

/// A set of requirements that are short together, however records are placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    /// Their ids, in the pack's order.
    pub requirements: Vec<String>,
    /// Minutes short across them.
    pub minutes: u64,
}

/// An upper limit and how far it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapUse {
    /// The cap's id.
    pub id: String,
    /// At most so many minutes.
    pub limit_minutes: u64,
    /// So many count.
    pub used_minutes: u64,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Stable code.
    pub code: String,
    /// A sentence in English; explain has both languages.
    pub text: String,
    /// The first day it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<NaiveDate>,
    /// What it is about, such as another credential, or weeks, months and quarters by their names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The number it speaks of, such as days held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

impl Evaluation {
    /// Whether it is about renewing what was taken back, given up or closed: nothing that is handed in renews that.
    #[must_use]
    pub fn is_beyond_renewal(&self) -> bool {
        let barred = |note: &Note| Note::BEYOND_RENEWAL.contains(&note.code.as_str());
        self.purpose == Purpose::Renewal && self.notes.iter().any(barred)
    }

    /// That the certificate has not ended, where a way back is asked for.
    #[must_use]
    pub fn not_away(&self) -> Option<&Note> {
        self.notes.iter().find(|note| note.code == Note::NOT_AWAY)
    }

    /// What the board's rules say of a way back from where the person is, if that is nothing.
    #[must_use]
    pub fn no_way_back(&self) -> Option<&Note> {
        self.notes.iter().find(|note| note.code == Note::NO_RUNG)
    }
}

impl Requirement {
    /// The parts that count toward it: of alternatives those that are taken, else all.
    pub fn counting(&self) -> impl Iterator<Item = &Self> {
        let is_taken = |part: &&Self| self.taken_ids().is_none_or(|mut ids| ids.any(|id| id == part.id));
        self.requirements.iter().filter(is_taken)
    }

    /// The ids of the alternatives that are taken, where there are any.
    #[must_use]
    pub fn taken_ids(&self) -> Option<impl Iterator<Item = &str>> {
        self.taken.as_deref().map(|taken| taken.split(", "))
    }

    /// One with its rule's words only.
    pub(super) fn named(id: &str, label: &str, citation: Citation, status: Status) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            citation,
            status,
            unit: None,
            unit_minutes: None,
            needed: None,
            counted: None,
            missing: None,
            needed_minutes: None,
            counted_minutes: None,
            missing_minutes: None,
            placed: Vec::new(),
            not_counted: Vec::new(),
            shortfall: Vec::new(),
            caps: Vec::new(),
            taken: None,
            notes: Vec::new(),
            stretches: Vec::new(),
            requirements: Vec::new(),
        }
    }

    /// Fills the amounts of something that is not minutes.
    pub(super) fn amounts(&mut self, unit: &str, needed: u64, counted: u64) {
        self.unit = Some(unit.to_owned());
        self.needed = Some(needed.to_string());
        self.counted = Some(counted.to_string());
        self.missing = Some(needed.saturating_sub(counted).to_string());
    }

    /// Whether it asks for at most an age that the person has passed: no time mends that.
    #[must_use]
    pub fn is_past_its_age(&self) -> bool {
        let is_age = self.unit.as_deref() == Some("year") && self.counted.is_some();
        is_age && self.missing.is_none() && self.status == Status::NotMet
    }

    /// Whether it asks for an age and nobody has told the birth date.
    #[must_use]
    pub fn lacks_birth_date(&self) -> bool {
        self.notes.iter().any(|note| note.code == Note::BIRTH_DATE_UNKNOWN)
    }
}

impl Note {
    /// The code of what is asked of a birth date that nobody has told.
    pub const BIRTH_DATE_UNKNOWN: &'static str = "birth_date_unknown";

    /// The code of a certificate that is asked to come back and has not ended.
    pub(super) const NOT_AWAY: &str = "not_away";

    /// The code of a ladder back that has no rung for where the person is.
    pub(super) const NO_RUNG: &str = "no_rung";

    /// The codes of certificates that are not renewed.
    pub(super) const BEYOND_RENEWAL: [&str; 4] = ["away_revoked", "away_surrendered", "away_canceled", "away_deceased"];

    /// The code of the stretches of the calendar in which a rhythm has too little.
    pub const TOO_LITTLE_IN: &'static str = "too_little_in";

    /// The code of what only needs time: on its day the time is full.
    pub const FULL_ON: &'static str = "full_on";

    /// The code of hours of which nobody knows the best placing.
    pub const PLACING_NOT_PROVEN: &'static str = "placing_not_proven";

    /// A remark without days, number or words yet.
    pub(super) fn of(code: &str) -> Self {
        Self { code: code.to_owned(), text: String::new(), from: None, through: None, about: None, number: None }
    }

    /// The same with its sentence in English.
    pub(super) fn said(mut self) -> Self {
        self.text = super::explain::note(&self, super::lang::Lang::En);
        self
    }
}

/// What became of a record as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All of it counts.
    Counted,
    /// Some of it counts.
    Partly,
    /// None of it counts.
    NotCounted,
    /// No rule asks for it.
    NotRead,
}

/// One record of the input and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordOutcome {
    /// The record's id.
    pub record: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Minutes that count somewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u64>,
    /// For what is not minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// What does not count, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_counted: Vec<NotCounted>,
}

/// A part of a record that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCounted {
    /// Minutes that do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u64>,
    /// For what is not minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Why.
    pub reason: Reason,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// A sentence in English; explain has both languages.
    pub text: String,
}

/// A term and the days that hang on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermAnswer {
    /// First day.
    pub from: NaiveDate,
    /// Last day; none: it does not end.
    pub through: Option<NaiveDate>,
    /// How the end was computed.
    pub rule: String,
    /// First day on which renewal may be filed.
    #[serde(default)]
    pub opens_on: Option<NaiveDate>,
    /// Day by which renewal is due.
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    /// First day on which a late fee is due.
    #[serde(default)]
    pub late_from: Option<NaiveDate>,
    /// Last day of grace.
    #[serde(default)]
    pub grace_through: Option<NaiveDate>,
    /// What may still be earned in grace: `papers` or `hours`.
    #[serde(default)]
    pub grace_earns: Option<String>,
}

/// What it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeAnswer {
    /// The tier.
    pub id: String,
    /// A decimal amount.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
}

/// A deadline and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineAnswer {
    /// Its id.
    pub id: String,
    /// The last day; none: what starts it has not happened.
    pub on: Option<NaiveDate>,
    /// `open`, `met`, `missed` or `not_started`.
    pub status: String,
    /// What follows when it is missed.
    #[serde(default)]
    pub consequence: Option<String>,
}

/// One thing to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    /// The requirement it serves.
    pub requirement: String,
    /// A short sentence in English.
    pub text: String,
}
