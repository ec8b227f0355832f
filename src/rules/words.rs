//! Closed words: a list of known words, and `x-` as the only way past it.
//!
//! A word that nobody knows is refused where the record is read, with the list, so that a typing slip never
//! becomes an hour that silently does not count.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A list of words that a field may carry.
pub trait WordList {
    /// What the field holds, for messages.
    const NAME: &'static str;
    /// The words, in the order they are shown. One that ends in `*` stands for a family of words.
    const ALLOWED: &'static [&'static str];
}

/// A word of the list `L`, or one that starts with `x-`.
pub struct Word<L>(Cow<'static, str>, PhantomData<fn() -> L>);

/// `found` is not a word of the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a known {name}, expected one of {}, or a word of your own that starts with `x-`", allowed.join(", "))]
pub struct UnknownWord {
    /// What was read.
    pub found: String,
    /// What the field holds.
    pub name: &'static str,
    /// The words it may hold.
    pub allowed: &'static [&'static str],
}

impl<L: WordList> Word<L> {
    /// Reads a word.
    pub fn parse(text: &str) -> Result<Self, UnknownWord> {
        if let Some(known) = L::ALLOWED.iter().find(|word| **word == text) {
            return Ok(Self(Cow::Borrowed(known), PhantomData));
        }
        let family = |word: &&str| {
            word.strip_suffix('*').is_some_and(|start| text.len() > start.len() && text.starts_with(start))
        };
        if text.strip_prefix("x-").is_some_and(|rest| !rest.is_empty()) || L::ALLOWED.iter().any(family) {
            return Ok(Self(Cow::Owned(text.to_owned()), PhantomData));
        }
        Err(UnknownWord { found: text.to_owned(), name: L::NAME, allowed: L::ALLOWED })
    }
}

impl<L> Word<L> {
    /// A word of the list that the code itself names.
    pub(crate) const fn known(word: &'static str) -> Self {
        Self(Cow::Borrowed(word), PhantomData)
    }

    /// The word itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is this word.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        self.0 == word
    }
}

impl<L> Clone for Word<L> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<L> PartialEq for Word<L> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<L> Eq for Word<L> {}

impl<L> fmt::Debug for Word<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl<L> fmt::Display for Word<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<L> Serialize for Word<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, L: WordList> Deserialize<'de> for Word<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// Kinds of learning.
pub struct LearningKinds;
impl WordList for LearningKinds {
    const NAME: &'static str = "kind of learning";
    const ALLOWED: &'static [&'static str] =
        &["basic", "specialty", "continuing", "academic", "teaching", "in_service", "conference", "orientation"];
}

/// Ways a course is delivered.
pub struct Deliveries;
impl WordList for Deliveries {
    const NAME: &'static str = "delivery";
    const ALLOWED: &'static [&'static str] = &["in_person", "live_online", "self_paced", "hybrid", "reading"];
}

/// Kinds of service.
pub struct ServiceKinds;
impl WordList for ServiceKinds {
    const NAME: &'static str = "kind of service";
    const ALLOWED: &'static [&'static str] = &[
        "direct",
        "indirect",
        "supervision_individual",
        "supervision_group",
        "co_reflection",
        "placement",
        "observed",
        "study",
        "administrative",
        "training_received",
    ];
}

/// Outcomes of an exam.
pub struct ExamOutcomes;
impl WordList for ExamOutcomes {
    const NAME: &'static str = "exam outcome";
    const ALLOWED: &'static [&'static str] = &["passed", "failed", "no_show", "voided", "withheld", "under_appeal"];
}

/// How far a fact is confirmed.
pub struct FactStatuses;
impl WordList for FactStatuses {
    const NAME: &'static str = "status of a fact";
    const ALLOWED: &'static [&'static str] = &["reported", "verified", "attested", "disputed", "rejected", "voided"];
}

/// Outcomes of a decision.
pub struct DecisionOutcomes;
impl WordList for DecisionOutcomes {
    const NAME: &'static str = "decision outcome";
    const ALLOWED: &'static [&'static str] = &["approved", "refused", "waived", "extended", "exempted"];
}

/// Kinds of attestation.
pub struct AttestationKinds;
impl WordList for AttestationKinds {
    const NAME: &'static str = "kind of attestation";
    const ALLOWED: &'static [&'static str] = &[
        "lived_experience",
        "recovery_since",
        "education",
        "residence_percent",
        "reference",
        "code_of_ethics",
        "background_check",
        "employment_promise",
        "literacy",
        "self_assessment",
        "identity",
        "good_standing",
    ];
}

/// Kinds of event.
pub struct EventKinds;
impl WordList for EventKinds {
    const NAME: &'static str = "kind of event";
    const ALLOWED: &'static [&'static str] =
        &["application_*", "hired", "training_started", "role_started", "role_ended", "moved", "discharged"];
}

/// Standings of a credential.
pub struct Standings;
impl WordList for Standings {
    const NAME: &'static str = "standing";
    const ALLOWED: &'static [&'static str] = &[
        "applicant",
        "candidate",
        "provisional",
        "active",
        "inactive",
        "retired",
        "expired",
        "canceled",
        "denied",
        "withdrawn",
        "deceased",
    ];
}

/// Disciplines of a credential.
pub struct Disciplines;
impl WordList for Disciplines {
    const NAME: &'static str = "discipline";
    const ALLOWED: &'static [&'static str] = &["none", "probation", "suspended", "revoked", "surrendered"];
}

/// Flags of a credential.
pub struct Flags;
impl WordList for Flags {
    const NAME: &'static str = "flag";
    const ALLOWED: &'static [&'static str] =
        &["grace", "military", "audit_pending", "fee_due", "administrative_suspension", "appeal_pending"];
}

/// Kinds of hold.
pub struct HoldKinds;
impl WordList for HoldKinds {
    const NAME: &'static str = "kind of hold";
    const ALLOWED: &'static [&'static str] = &["military", "hardship", "medical", "emergency", "appeal", "inactive"];
}

/// Purposes of an application.
pub struct Purposes;
impl WordList for Purposes {
    const NAME: &'static str = "purpose";
    const ALLOWED: &'static [&'static str] = &["initial", "renewal", "reinstatement", "reciprocity"];
}

/// Kinds of term.
pub struct TermKinds;
impl WordList for TermKinds {
    const NAME: &'static str = "kind of term";
    const ALLOWED: &'static [&'static str] = &["first", "renewal", "extension"];
}

/// What an academic grade or competence course came to.
pub struct LearningOutcomes;
impl WordList for LearningOutcomes {
    const NAME: &'static str = "learning outcome";
    const ALLOWED: &'static [&'static str] = &["competent", "not_yet"];
}

/// How learning was recognized without taking the course here.
pub struct Recognitions;
impl WordList for Recognitions {
    const NAME: &'static str = "recognition";
    const ALLOWED: &'static [&'static str] = &["prior_learning", "transfer"];
}

/// Papers that show learning.
pub struct Evidences;
impl WordList for Evidences {
    const NAME: &'static str = "kind of evidence";
    const ALLOWED: &'static [&'static str] = &["certificate", "transcript", "syllabus"];
}
