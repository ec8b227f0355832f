//! What rules ask for: hours, exams, attestations and the rest, as plain data. Part of [`super::model`].

use super::super::amount::Amount;
use super::super::calendar::Length;
use super::super::evaluation::Citation;
use super::carry::Carry;
pub use super::exams::{Exam, ExamPart, Mark, Remediation, Remedy};
use super::model::{Days, Guards, Label, Rule};
pub use super::pace::{Each, Least, Pace, Rate, Rhythm, Spread};
use super::period::{Period, Scale};
use super::phrase::{Anchor, Window};

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
    /// The unit entries are counted in; none: each is one.
    pub counted_in: Option<String>,
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
    /// A repeat lies at most so long after the time before; none: in the same window.
    pub repeats_within: Option<Length>,
    /// A course of the same name by another provider is a repeat too.
    pub any_provider: bool,
    /// A record's minutes go to one place together.
    pub whole: bool,
    /// Minutes used for another credential do not count.
    pub refuses_used: bool,
    /// How minutes are rounded.
    pub rounding: Option<Rounding>,
    /// Less counts for nothing.
    pub minimum_size: u64,
    /// How much of it has to be attended.
    pub attendance: Option<Attendance>,
    /// The supervisor must have been eligible.
    pub supervisor_eligible: bool,
    /// At most so many minutes a week.
    pub per_week: Option<u64>,
    /// At most so many minutes a month.
    pub per_month: Option<u64>,
    /// How the hours must lie in time.
    pub pace: Pace,
    /// Derived from another rule's need.
    pub ratio: Option<Ratio>,
    /// A rhythm of its own.
    pub period: Option<Period>,
    /// Amounts grow with something of the person's.
    pub scale: Option<Scale>,
    /// What may be carried into the next term.
    pub carry: Option<Carry>,
    /// Minima and limits inside the total; parents come before children.
    pub buckets: Vec<Bucket>,
    /// Limits by attribute.
    pub caps: Vec<Cap>,
}

/// How much of what is held has to be attended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attendance {
    /// In per cent of the minutes held.
    pub share: u32,
    /// How many excused minutes count as attended; none: all of them.
    pub excused: Option<Excused>,
}

/// At most so much of what is held may be excused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excused {
    /// In per cent of the minutes held.
    Share(u32),
    /// Minutes.
    Minutes(u64),
}

impl Attendance {
    /// Whether enough was attended of so many minutes held. Of nothing, no share was attended.
    #[must_use]
    pub fn is_enough(self, held: u64, attended: u64, excused: u64) -> bool {
        let most = match self.excused {
            None => excused,
            Some(Excused::Share(share)) => held * u64::from(share) / 100,
            Some(Excused::Minutes(minutes)) => minutes,
        };
        held > 0 && (attended + excused.min(most)) * 100 >= held * u64::from(self.share)
    }
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
    /// Never less than this, if anything counts at all.
    pub minimum: u64,
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
    /// It speaks of all other records instead: a floor is a limit on what is not meant.
    pub others: bool,
    /// The limit.
    pub limit: Limit,
    /// Deciding days it holds for.
    pub in_force: Days,
}

impl Cap {
    /// Whether it speaks of a record; `is_of` says whether a filter takes that record.
    pub fn speaks_of(&self, is_of: impl Fn(&Filter) -> bool) -> bool {
        is_of(&self.of) != self.others
    }
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
    /// What is needed less so many minutes, for a floor.
    NeedLess(Amount),
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
    /// At most so long between one and the next, and how that is called.
    pub renewed_every: Option<(Length, Label)>,
    /// The value is a date: at the latest so long before the anchor.
    pub since_at_least: Option<(Length, Anchor)>,
}

impl Attestations {
    /// Whether what `by` says of themselves counts without anybody confirming it.
    #[must_use]
    pub fn takes_own_word(&self, by: Option<&str>) -> bool {
        by == Some("self") && self.by.iter().any(|taken| taken == "self")
    }
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
    /// How long; 0 where the job is asked for on one day.
    pub months: u32,
    /// The one day on which the job is asked for; none: a length of work is.
    pub on: Option<Anchor>,
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
