//! What is left, the smallest set of things to do, the earliest day, and what runs out on the way.
//!
//! A plan is checked by the rules themselves: the things it names are put into the record and evaluated again, day by day,
//! until all is met. What no doing brings about (a decision, a day that has passed) is named as such, never guessed.

mod accepted;
mod expiry;
mod fill;
mod lay;
mod once;
mod words;

use chrono::{Days, NaiveDate};
use serde::Serialize;
use serde_json::{Map, Value};

use super::calendar::next_day;
use super::evaluate::evaluate;
use super::evaluation::{DeadlineAnswer, Evaluation, Requirement, Status, TermAnswer};
use super::pack::model::Label;
use super::pack::{Pack, Version};
use super::question::Question;
use super::record::{Record, RecordError};
pub use expiry::Expiry;
pub use words::lines;

/// The format's name and version.
pub const FORMAT: &str = "credtrail.plan/1";

/// Minutes a day that a plan counts on for what takes time: eight hours.
pub const MINUTES_A_DAY: u64 = 480;

/// How far ahead a plan looks, in days.
const HORIZON: u64 = 1_830;

/// How many days a plan tries where the rules themselves name none.
const MOST_LOOKS: usize = 400;

/// One thing to do, or to wait for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The requirement it serves.
    pub requirement: String,
    /// Who has to act.
    pub by: Who,
    /// Minutes still to be done, where it is about time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u64>,
    /// Hours of it that may be the same as those of other steps: not to be done twice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_hours: Vec<Overlap>,
    /// The sentence.
    #[serde(serialize_with = "words::label")]
    pub text: Label,
}

/// Hours that may be the same as those of another step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// The other requirement.
    pub requirement: String,
    /// So many minutes serve both.
    pub minutes: u64,
}

/// Who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The person.
    Person,
    /// Someone who decides or confirms.
    SomeoneElse,
    /// Nobody: time has to pass.
    Time,
}

/// A plan for one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Always [`FORMAT`].
    pub format: &'static str,
    /// The credential.
    pub credential: String,
    /// The version used.
    pub version: String,
    /// Its hash.
    pub version_hash: String,
    /// What for.
    pub purpose: super::question::Purpose,
    /// The stage.
    pub stage: String,
    /// The day asked about.
    pub as_of: NaiveDate,
    /// How things stand on that day.
    pub status: Status,
    /// What is left, in the pack's order.
    pub steps: Vec<Step>,
    /// Facts that would do: the smallest set, as a fragment of a record.
    pub facts: Value,
    /// The first day on which all is met when that is done, at no more than eight hours a day. None: a person
    /// decides, or no doing brings it about.
    pub earliest_date: Option<NaiveDate>,
    /// How things stand then, evaluated again.
    pub then: Option<Status>,
    /// Minutes that leave their window in the next two years, a hundred at most: the first ones.
    pub expiring: Vec<Expiry>,
    /// Deadlines that are open.
    pub deadlines: Vec<DeadlineAnswer>,
    /// The term that runs or would start.
    pub term: Option<TermAnswer>,
}

/// The record with planned facts beside its own.
///
/// # Errors
/// When the fragment is no fragment of a record, or both together are not a record.
pub fn with_planned(record: &Record, fragment: &str) -> Result<Record, RecordError> {
    let refused = |found: String| RecordError {
        code: "bad_fragment",
        path: String::new(),
        found,
        expected: "lists of a portable record, such as {\"learning\": [...]}".to_owned(),
        hint: "write the planned facts as they would stand in the record".to_owned(),
    };
    let planned: Value = serde_json::from_str(fragment).map_err(|error| refused(error.to_string()))?;
    let Value::Object(planned) = planned else { return Err(refused("not an object".to_owned())) };
    let mut whole = match serde_json::to_value(record) {
        Ok(Value::Object(whole)) => whole,
        Ok(_) | Err(_) => return Err(refused("a record that cannot be written".to_owned())),
    };
    for (key, value) in planned {
        if key == "format" {
            continue;
        }
        let Value::Array(more) = value else { return Err(refused(format!("`{key}` is no list"))) };
        match whole.entry(key).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(list) => list.extend(more),
            other => *other = Value::Array(more),
        }
    }
    Record::from_json(&Value::Object(whole).to_string())
}

/// Plans; none where no version rules the person.
#[must_use]
pub fn plan(pack: &Pack, record: &Record, question: &Question) -> Option<Plan> {
    let version = pack.version_for(record, question.as_of, question.purpose)?;
    let now = evaluate(version, record, question);
    let mut wanted = fill::facts(version, record, &now);
    let mut reached = reach(version, record, question, &now, &wanted);
    if let Some(less) = once::facts(version, record, question, &now).filter(|less| less.minutes() < wanted.minutes()) {
        let sooner = reach(version, record, question, &now, &less);
        if sooner.is_some() || reached.is_none() {
            (wanted, reached) = (less, sooner);
        }
    }
    let steps = words::steps(version, &now, once::overlaps(version, record, question, &now));
    let facts = reached.as_ref().map_or_else(|| wanted.on(question.as_of), |(day, _)| wanted.on(*day));
    Some(Plan {
        format: FORMAT,
        credential: now.credential.clone(),
        version: now.version.clone(),
        version_hash: now.version_hash.clone(),
        purpose: now.purpose,
        stage: now.stage.clone(),
        as_of: now.as_of,
        status: now.status,
        steps,
        facts: Value::Object(facts),
        earliest_date: reached.as_ref().map(|(day, _)| *day),
        then: reached.as_ref().map(|(_, status)| *status),
        expiring: expiry::expiring(version, record, question, &now.requirements),
        deadlines: now.deadlines.iter().filter(|deadline| deadline.status == "open").cloned().collect(),
        term: now.term,
    })
}

/// The first day on which all is met with the facts done, found by asking again.
fn reach(
    version: &Version,
    record: &Record,
    question: &Question,
    now: &Evaluation,
    wanted: &lay::Wanted,
) -> Option<(NaiveDate, Status)> {
    if is_met(now.status) {
        return Some((question.as_of, now.status));
    }
    // What waits for someone who decides has no day.
    if now.requirements.iter().any(|found| found.status == Status::Undecided) {
        return None;
    }
    let mut day = wanted.done_on().max(now.earliest_date.unwrap_or(question.as_of));
    let last = question.as_of.checked_add_days(Days::new(HORIZON))?;
    for _ in 0..MOST_LOOKS {
        let done = together(record, wanted.on(day))?;
        let then = evaluate(version, &done, &Question { as_of: day, ..question.clone() });
        if is_met(then.status) {
            return Some((day, then.status));
        }
        // Waiting helps only where time has to pass, and then until the day that the rules name.
        let open = then.requirements.iter().filter(|found| found.status == Status::NotMet);
        if !open.clone().all(|found| fill::is_time(version, &then, &found.id)) || open.count() == 0 {
            return None;
        }
        day = then.earliest_date?.max(next_day(day));
        if day > last {
            return None;
        }
    }
    None
}

fn together(record: &Record, facts: Map<String, Value>) -> Option<Record> {
    with_planned(record, &Value::Object(facts).to_string()).ok()
}

const fn is_met(status: Status) -> bool {
    matches!(status, Status::Met | Status::Waived)
}

/// Requirements below one that are not met and have no part that is.
fn open<'r>(found: &'r Requirement, all: &mut Vec<&'r Requirement>) {
    all.push(found);
    found.requirements.iter().for_each(|part| open(part, all));
}
