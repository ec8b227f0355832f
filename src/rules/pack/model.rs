//! What a version of a pack says, after reading: plain data, every name resolved.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::super::amount::{Amount, Decimal};
use super::super::calendar::Length;
use super::super::evaluation::Citation;
use super::super::lang::Lang;
use super::super::problem::{Origins, folded};
use super::super::question::Purpose;
pub use super::asked_for::*;
pub use super::carry::{Carry, CarryTopic, GENERAL};
use super::holidays::Holiday;
pub use super::ladder::Rung;
pub use super::period::{Every, Period, Scale, ScaleBy};
use super::phrase::{Anchor, NOT_STATED, TermRule, Window};
pub use super::relief::{Clock, HoldRule, Order};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

impl Label {
    /// The text in one language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Es => &self.es,
        }
    }
}

/// What a unit is called: one of it, and several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitName {
    /// One.
    pub one: Label,
    /// Several.
    pub many: Label,
}

/// First and last day, both included; open where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub through: Option<NaiveDate>,
}

impl Days {
    /// Whether `day` lies in it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.through.is_none_or(|through| day <= through)
    }
}

/// One dated version of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The day it comes into force, which is its name.
    pub id: String,
    /// The file it was read from.
    pub file: String,
    /// The credential's id.
    pub credential: String,
    /// The region, as the id's first part says (`us-ne`).
    pub region: String,
    /// The credential's name.
    pub name: Label,
    /// Its short name.
    pub abbreviation: Option<String>,
    /// The board.
    pub board: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Days it is in force.
    pub in_force: Days,
    /// Whether the board has confirmed it.
    pub verified: bool,
    /// Which events decide the version.
    pub applies_by: Vec<Anchor>,
    /// Minutes in one hour of this board.
    pub hour: u32,
    /// What other units are worth, in minutes.
    pub units: BTreeMap<String, Amount>,
    /// What units of its own are called.
    pub unit_names: BTreeMap<String, UnitName>,
    /// What words of its own are called: entry paths, groups, tags, areas, events, kinds of paper.
    pub words: BTreeMap<String, Label>,
    /// What a unit is worth in a course, where courses differ.
    pub unit_sizes: BTreeMap<String, BTreeMap<String, Amount>>,
    /// Where it is written.
    pub sources: BTreeMap<String, Citation>,
    /// What readers should know about the sources.
    pub notes: Vec<SourceNote>,
    /// Topics in the pack's order.
    pub topics: Vec<Topic>,
    /// Topic ids, synonyms and labels, in small letters with `_` between words: see [`Version::topic_named`].
    pub topic_names: HashMap<String, usize>,
    /// Stages from first to last.
    pub stages: Vec<Stage>,
    /// Reminders.
    pub reminders: Reminders,
    /// Days beside weekends on which the board does not work.
    pub holidays: Vec<Holiday>,
    /// What holds do.
    pub holds: Vec<HoldRule>,
    /// Orders that move the ends of things for everyone.
    pub orders: Vec<Order>,
    /// What holds for people between the older version and this one.
    pub transitions: Vec<Transition>,
    /// The rules by purpose.
    pub purposes: BTreeMap<Purpose, Rules>,
    /// Hash of the text without its comments.
    pub hash: String,
    /// All it says, flattened.
    pub stated: serde_json::Value,
    /// The files its lines come from.
    pub origins: Origins,
    /// Its lines, flattened, with their places in [`Version::origins`].
    pub lines: Vec<(usize, String)>,
}

impl Version {
    /// The topic that a record names: by its id, a synonym or a label; capitals, spaces, hyphens and underscores make no
    /// difference.
    #[must_use]
    pub fn topic_named(&self, name: &str) -> Option<usize> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if name.bytes().all(plain) {
            return self.topic_names.get(name).copied();
        }
        self.topic_names.get(&folded(name)).copied()
    }

    /// The flattened version as text: it reads as the same version, with the same hash, and needs no base.
    #[must_use]
    pub fn written_out(&self) -> String {
        let text: Vec<&str> = self.lines.iter().map(|(_, text)| text.as_str()).collect();
        text.join("\n") + "\n"
    }

    /// Whether it was put together from more than its own file.
    #[must_use]
    pub fn stands_on_others(&self) -> bool {
        self.origins.files().count() > 1
    }
}

/// What readers should know about the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceNote {
    /// For people; where nobody has translated it, the English text twice.
    pub text: Label,
    /// Whether the Spanish text is one.
    pub is_translated: bool,
    /// The source it speaks of, if it names one.
    pub citation: Option<Citation>,
}

/// What holds for people between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: Label,
    /// Where it is written.
    pub citation: Citation,
    /// Whom it speaks of: any of these.
    pub who: Vec<Who>,
    /// Which version rules them.
    pub then: Then,
    /// Days asked about on which it holds; after the last of them the new version rules.
    pub days: Days,
    /// The older version; none: the one before.
    pub older: Option<String>,
    /// For which purposes; none named: all.
    pub purposes: Vec<Purpose>,
    /// Whether it also moves people who are pinned to a version.
    pub ends_pins: bool,
    /// The entry path these people go by under the new version.
    pub path: Option<String>,
    /// Its line.
    pub line: usize,
}

/// Which version rules the people of a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The older one.
    Old,
    /// The new one.
    New,
    /// The one they chose: the pin of their application or term.
    Choose {
        /// Who has not chosen stays with the older one.
        old_unless_chosen: bool,
    },
}

/// People between two versions: all of it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Who {
    /// An event of theirs lies in `days`.
    pub day: Option<Anchor>,
    /// The days of the event.
    pub days: Days,
    /// Cohort in the application is one of these.
    pub cohort: Vec<String>,
    /// Entry path is one of these.
    pub path: Vec<String>,
    /// One of these credentials was active on `on`.
    pub holds: Vec<String>,
    /// The day for `holds`; none: the day before the version came into force.
    pub on: Option<NaiveDate>,
}

/// A topic and its other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: Label,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Whether hours in it never count.
    pub never_counts: bool,
}

/// A stage of the credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: Label,
    /// How a term ends.
    pub term: TermRule,
    /// How it is said.
    pub term_text: String,
    /// How the first term ends, where it differs.
    pub first_term: Option<(TermRule, String)>,
    /// Whether a renewed term starts the day after the last one ended.
    pub follows_on: bool,
    /// How often it may be renewed; none: without limit.
    pub renewals: Option<u32>,
    /// How often and by how much it may be extended.
    pub extensions: Option<(u32, Length)>,
    /// Dates around renewal.
    pub renewal: RenewalDays,
    /// What it costs.
    pub fees: Vec<Fee>,
    /// It rests while one of these other credentials is not in force.
    pub suspends_with: Vec<String>,
    /// Its line.
    pub line: usize,
}

impl Stage {
    /// Whether the sources say how long it holds.
    #[must_use]
    pub fn says_its_end(&self) -> bool {
        self.term_text != NOT_STATED
    }
}

/// Dates around renewal, as lengths before or after expiry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RenewalDays {
    /// First day to file: so long before expiry.
    pub opens: Option<Length>,
    /// Due: so long before expiry.
    pub due: Option<Length>,
    /// First day of the late fee: so long before expiry.
    pub late_from: Option<Length>,
    /// Grace after expiry.
    pub grace: Option<Length>,
    /// It lasts at least so long, and nobody has written when it ends.
    pub grace_at_least: bool,
    /// Whether hours may still be earned in grace.
    pub grace_earns_hours: bool,
}

/// A fee and when it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// Its id.
    pub id: String,
    /// The amount.
    pub amount: Decimal,
    /// ISO 4217.
    pub currency: String,
    /// What it is for.
    pub purpose: Purpose,
    /// From when.
    pub from: FeeFrom,
    /// It comes on top of the tier before, rather than in its place.
    pub on_top: bool,
    /// It is asked for each started month since this tier began, but never more than this where one is stated.
    pub each_month: Option<Option<Decimal>>,
}

/// From when a fee is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeFrom {
    /// Always, until a later tier.
    Start,
    /// From the first late day.
    Late,
    /// In grace.
    Grace,
    /// From so long before expiry.
    Before(Length),
    /// More than so long after expiry.
    MoreThanAfter(Length),
}

/// When to remind, in days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reminders {
    /// Days before expiry.
    pub before_expiry: Vec<u32>,
    /// Days after expiry, in grace.
    pub in_grace: Vec<u32>,
}

/// The rules of one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Whether the board offers it at all.
    pub offered: bool,
    /// Where a refusal is written.
    pub cite: Option<Citation>,
    /// The rules in the pack's order.
    pub rules: Vec<Rule>,
    /// The deadlines.
    pub deadlines: Vec<Deadline>,
    /// Rules that others wait for (`met <rule>`), each after those it waits for itself.
    pub waited_for: Vec<String>,
    /// The ladder back, for reinstatement.
    pub rungs: Vec<Rung>,
}

/// A deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: Label,
    /// Where it is written.
    pub citation: Citation,
    /// The stages it belongs to.
    pub stages: Vec<usize>,
    /// How long after what.
    pub within: (Length, Anchor),
    /// The rule that must be met by then; none: all of them.
    pub rule: Option<String>,
    /// What has to happen by then is the filing itself.
    pub filed: bool,
    /// What follows.
    pub consequence: Label,
    /// Its line.
    pub line: usize,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id, with its parents'.
    pub id: String,
    /// For people.
    pub label: Label,
    /// Where it is written.
    pub citation: Citation,
    /// The stages it belongs to.
    pub stages: Vec<usize>,
    /// The deciding days it holds for.
    pub in_force: Days,
    /// When it is asked.
    pub when: Guards,
    /// When it is not asked.
    pub unless: Guards,
    /// When it is waived.
    pub waived_when: Guards,
    /// What it asks for.
    pub asks: Asks,
    /// Its line.
    pub line: usize,
}

/// Alternatives: holds if any of them does. Empty: nothing said.
pub type Guards = Vec<Guard>;

/// Conditions that must hold together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guard(pub Vec<Condition>);

/// One condition about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Employed under one of these titles.
    EmployedAs(Vec<String>),
    /// One of these events has happened.
    Event(Vec<String>),
    /// One of these credentials is active.
    Holds(Vec<String>),
    /// A hold of one of these kinds covers a day of the term.
    Hold(Vec<String>),
    /// First issued in that window.
    Issued(Window),
    /// The running term is the first.
    FirstTerm(bool),
    /// The running term is shorter than so long.
    TermShorterThan(Length),
    /// Entry path is one of these.
    Path(Vec<String>),
    /// Entry path is none of these.
    PathNot(Vec<String>),
    /// Cohort is one of these.
    Cohort(Vec<String>),
    /// Such an attestation counts.
    Attested(String, Vec<String>),
    /// So much learning in a topic before the present term.
    Learned(usize, u64),
    /// Less than that.
    NeverLearned(usize, u64),
    /// So old on a day.
    Age(Age),
}
