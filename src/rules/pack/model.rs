//! What a version of a pack says, after reading: plain data, every name resolved.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::super::amount::{Amount, Decimal};
use super::super::calendar::Length;
use super::super::evaluation::Citation;
use super::super::lang::Lang;
use super::super::question::Purpose;
use super::phrase::{Anchor, TermRule, Window};

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
    /// Where it is written.
    pub sources: BTreeMap<String, Citation>,
    /// Topics in the pack's order.
    pub topics: Vec<Topic>,
    /// Topic ids and synonyms.
    pub topic_ids: HashMap<String, usize>,
    /// Stages from first to last.
    pub stages: Vec<Stage>,
    /// Reminders.
    pub reminders: Reminders,
    /// The rules by purpose.
    pub purposes: BTreeMap<Purpose, Rules>,
    /// Hash of the text without its comments.
    pub hash: String,
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
    /// Its line.
    pub line: usize,
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
}

/// From when a fee is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeeFrom {
    /// Always, until a later tier.
    Start,
    /// From the first late day.
    Late,
    /// In grace.
    Grace,
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
}

/// What a rule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// Hours of learning.
    Learning(Box<Hours>),
    /// Hours of service.
    Service(Box<Hours>),
    /// A passed exam.
    Exam(Exam),
    /// Attestations.
    Attestation(Attestations),
    /// An age.
    Age(Age),
    /// Time in a job.
    Employment(Work),
    /// Another credential.
    Credential(Held),
    /// An event.
    Event(Happened),
    /// A decision of the board.
    Decision,
    /// So many of the branches.
    AnyOf(u32, Vec<Rule>),
    /// All of the branches.
    AllOf(Vec<Rule>),
}

/// What is accepted and what is not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Accepted values by attribute.
    pub only: Vec<(Attribute, Vec<String>)>,
    /// Refused values by attribute.
    pub never: Vec<(Attribute, Vec<String>)>,
}

/// An attribute of a learning or service record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// Kind.
    Kind,
    /// Delivery.
    Delivery,
    /// Source.
    Source,
    /// Provider.
    Provider,
    /// Course.
    Course,
    /// Tag.
    Tag,
    /// Topic.
    Topic,
    /// Recognition.
    Recognition,
    /// Evidence.
    Evidence,
    /// Domain.
    Domain,
    /// Setting.
    Setting,
    /// Role.
    Role,
    /// Site.
    Site,
    /// Region.
    Region,
    /// Paid or volunteer.
    Paid,
}

/// Hours of learning or service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The total, in minutes or entries.
    pub need: Need,
    /// Other totals where a condition holds.
    pub instead: Vec<(Guards, Need)>,
    /// What counts.
    pub filter: Filter,
    /// Days that count.
    pub windows: Vec<Window>,
    /// Approval that is asked for.
    pub approval: Option<Approval>,
    /// A minute feeds every topic its record names.
    pub topics_shared: bool,
    /// Unknown topics feed the total.
    pub any_topic: bool,
    /// Hours may count in other rules too.
    pub shared: bool,
    /// What repeats are worth.
    pub repeats: Repeats,
    /// Minutes used for another credential do not count.
    pub refuses_used: bool,
    /// How minutes are rounded.
    pub rounding: Option<Rounding>,
    /// Less counts for nothing.
    pub minimum_size: u64,
    /// Attended share that is asked for, in per cent.
    pub attendance: Option<u32>,
    /// The supervisor must have been eligible.
    pub supervisor_eligible: bool,
    /// At most so many minutes a week.
    pub per_week: Option<u64>,
    /// At most so many minutes a month.
    pub per_month: Option<u64>,
    /// Derived from another rule's need.
    pub ratio: Option<Ratio>,
    /// Minima and limits inside the total; parents come before children.
    pub buckets: Vec<Bucket>,
    /// Limits by attribute.
    pub caps: Vec<Cap>,
}

/// How much is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Minutes.
    Minutes(Amount),
    /// Entries.
    Count(u32),
}

/// What a repeated course is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// As much as the first time.
    Counted,
    /// Nothing.
    Refused,
    /// Half.
    Half,
}

/// Approval that is asked for on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// By whom; `board` is the pack's own.
    pub by: Vec<String>,
    /// On one of these lists, if any are named.
    pub lists: Vec<String>,
    /// Only what was completed on these days needs it.
    pub completed: Days,
}

/// Rounding of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// To multiples of so many minutes.
    pub step: u64,
    /// Which way.
    pub mode: RoundingMode,
    /// On what.
    pub scope: RoundingScope,
}

/// Which way to round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingMode {
    /// Down.
    Floor,
    /// To the nearest; halves up.
    Nearest,
    /// Up.
    Ceil,
}

/// What is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingScope {
    /// Each record.
    Activity,
    /// Each topic.
    Topic,
    /// The total.
    Total,
}

/// One hour for every so many of another rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    /// Minutes of the other rule for one hour here.
    pub one_hour_per: u64,
    /// The other rule.
    pub of: String,
    /// At least so much.
    pub never_below: u64,
}

/// A minimum or limit inside a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its id, with its parents'.
    pub id: String,
    /// For people.
    pub label: Label,
    /// Where it is written.
    pub citation: Citation,
    /// The bucket it is part of; none: the total.
    pub parent: Option<usize>,
    /// Topics that feed it; empty for a part by attribute.
    pub topics: Vec<usize>,
    /// Which records it speaks of, for a part by attribute.
    pub of: Option<Filter>,
    /// The minimum; 0 where there is none.
    pub need: Option<Amount>,
    /// The limit.
    pub at_most: Option<Amount>,
    /// What counts, beside what the total says.
    pub filter: Filter,
    /// Days that count, instead of the total's.
    pub windows: Option<Vec<Window>>,
    /// Approval, instead of the total's.
    pub approval: Option<Option<Approval>>,
    /// Deciding days it holds for.
    pub in_force: Days,
    /// When it is asked.
    pub when: Guards,
    /// Minutes above the minimum do not fill the total.
    pub surplus_refused: bool,
    /// Its minimum may lie outside the total.
    pub independent: bool,
    /// Its line.
    pub line: usize,
}

/// A limit by attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cap {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: Label,
    /// Which records it speaks of.
    pub of: Filter,
    /// The limit.
    pub limit: Limit,
    /// Deciding days it holds for.
    pub in_force: Days,
}

/// A limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Minutes.
    Minutes(Amount),
    /// Per cent of the counted total, after the cap.
    OfCounted(u32),
    /// Per cent of what is needed.
    OfNeed(u32),
}

/// A passed exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exam {
    /// Exams that serve.
    pub exams: Vec<String>,
    /// The mark.
    pub pass: Option<Decimal>,
    /// The scale of the mark.
    pub scale: Option<String>,
    /// Days that count.
    pub windows: Vec<Window>,
    /// How many attempts, in which window.
    pub attempts: Option<(u32, Option<Window>)>,
    /// Time between attempts.
    pub wait: Option<Length>,
    /// How long a pass is good.
    pub valid_for: Option<Length>,
}

/// Attestations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestations {
    /// The kind.
    pub kind: String,
    /// Values that are accepted; empty: any.
    pub values: Vec<String>,
    /// One of each value.
    pub each_value: bool,
    /// How many.
    pub count: u32,
    /// From different people.
    pub different_people: bool,
    /// How fresh.
    pub windows: Vec<Window>,
    /// Who attests; empty: anyone.
    pub by: Vec<String>,
    /// One at each of these moments.
    pub moments: Vec<String>,
    /// The value is at least this.
    pub at_least: Option<u32>,
    /// The value is at most this.
    pub at_most: Option<u32>,
    /// The value is a date: at the latest so long before the anchor.
    pub since_at_least: Option<(Length, Anchor)>,
}

/// An age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Age {
    /// At least.
    pub at_least: Option<u32>,
    /// At most.
    pub at_most: Option<u32>,
    /// On which day.
    pub on: Anchor,
}

/// Time in a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Job titles that serve; empty: any.
    pub titles: Vec<String>,
    /// How long.
    pub months: u32,
    /// Days that count.
    pub windows: Vec<Window>,
    /// Minutes a week the job must have.
    pub weekly: u64,
}

/// Another credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Credentials that serve.
    pub credentials: Vec<String>,
    /// Standings that serve.
    pub standing: Vec<String>,
    /// Stage that serves.
    pub stage: Option<String>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Kinds that serve.
    pub kinds: Vec<String>,
    /// Days that count.
    pub windows: Vec<Window>,
    /// How many.
    pub count: u32,
}
