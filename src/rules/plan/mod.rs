//! What is left, the smallest set of things to do, the earliest day, and what runs out on the way.
//!
//! A plan is checked by the rules themselves: the things it names are put into the record and evaluated again, day by day,
//! until all is met. What no doing brings about (a decision, a day that has passed) is named as such, never guessed.

mod accepted;
mod before;
mod expiry;
mod fill;
mod held_up;
mod lay;
mod once;
mod paced;
mod planned;
mod reach;
mod regular;
mod words;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};

use super::evaluate::evaluate;
use super::evaluation::{DeadlineAnswer, Evaluation, Requirement, Status, TermAnswer};
use super::pack::model::Label;
use super::pack::{Pack, Version};
use super::question::Question;
use super::record::{Record, RecordError};
pub use expiry::Expiry;
pub use held_up::Wait;
use reach::{Reached, Stopped};
pub use words::lines;

/// The format's name and version.
pub const FORMAT: &str = "credtrail.plan/1";

/// Minutes a day that a plan counts on for what takes time: eight hours.
pub const MINUTES_A_DAY: u64 = 480;

/// How far ahead a plan looks, in days.
const HORIZON: u64 = 1_830;

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
    /// What to say of it where the status alone says too little: there is no way back, none is needed, or all hangs on the birth date.
    #[serde(skip)]
    pub said: Option<Label>,
    /// What is left, in the pack's order.
    pub steps: Vec<Step>,
    /// Facts that would do: the smallest set, as a fragment of a record.
    pub facts: Value,
    /// The first day on which all is met when that is done, at no more than eight hours a day. None: `waits_for` says
    /// why.
    pub earliest_date: Option<NaiveDate>,
    /// How things stand then, evaluated again.
    pub then: Option<Status>,
    /// What stands in the way of naming a day.
    pub waits_for: Vec<Wait>,
    /// The last day of what the record says will be done: it is taken as done here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_through: Option<NaiveDate>,
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
    let asked = Asked { pack, version, record, question };
    let found = asked.found(&now);
    let base = found.base.as_ref().unwrap_or(&now);
    let day = found.reached.as_ref().map(|reached| reached.day);
    let mut steps = words::steps(version, record, base, once::overlaps(version, record, question, &now));
    steps.splice(0..0, words::steps_before(version, base, &found.wanted));
    let reached = found.reached.as_ref().ok();
    steps.extend(reached.iter().flat_map(|reached| &reached.again).map(|again| words::again(version, base, again)));
    let is_told = |deadline: &&DeadlineAnswer| {
        deadline.status == "open" || (deadline.id == "renewal-opens" && deadline.status == "not_started")
    };
    let regular = found.wanted.regular();
    // Where doing it settles the matter, nobody has to be waited for.
    steps.retain(|step| {
        reached.is_none() || step.by != Who::SomeoneElse || !regular.contains_key(step.requirement.as_str())
    });
    steps.extend(regular.into_iter().map(|regular| words::regular(version, base, regular)));
    Some(Plan {
        format: FORMAT,
        credential: now.credential.clone(),
        version: now.version.clone(),
        version_hash: now.version_hash.clone(),
        purpose: now.purpose,
        stage: now.stage.clone(),
        as_of: now.as_of,
        status: now.status,
        said: held_up::said_first(version, &now),
        steps,
        facts: Value::Object(found.wanted.on(day.as_ref().ok().copied().unwrap_or(question.as_of))),
        earliest_date: day.ok(),
        then: reached.map(|reached| reached.status),
        waits_for: found
            .reached
            .as_ref()
            .err()
            .map_or_else(Vec::new, |why| held_up::waits((version, record, question.as_of), why)),
        planned_through: found.base.as_ref().map(|base| base.as_of),
        expiring: expiry::expiring(version, record, question, &now.requirements),
        deadlines: now.deadlines.iter().filter(is_told).cloned().collect(),
        term: now.term,
    })
}

/// Whom a plan is for.
struct Asked<'a> {
    pack: &'a Pack,
    version: &'a Version,
    record: &'a Record,
    question: &'a Question,
}

/// What would do, and when; or what is in the way.
struct Found {
    wanted: lay::Wanted,
    reached: Result<Reached, Box<Stopped>>,
    /// How things stand when what the record says will be done is done.
    base: Option<Evaluation>,
}

impl Asked<'_> {
    /// What is planned for later counts as planned: what is missing is what is missing then.
    fn found(&self, now: &Evaluation) -> Found {
        let Self { pack, version, record, question } = *self;
        let days = if is_met(now.status) { Vec::new() } else { planned::days(pack, version, record, question) };
        let Some(last) = days.last() else { return self.from(now) };
        let base = evaluate(version, record, &Question { as_of: *last, ..question.clone() });
        if base.is_beyond_renewal() {
            // By then nothing is to be done any more: what is left is what is left today.
            return self.from(now);
        }
        let mut found = match reach::met_on(version, record, question, &days) {
            Some(reached) => Found { wanted: self.nothing(), reached: Ok(reached), base: None },
            None => self.from(&base),
        };
        if found.reached.is_err() {
            let without = self.from(now);
            if without.reached.is_ok() {
                return without;
            }
        }
        found.base = Some(base);
        found
    }

    fn nothing(&self) -> lay::Wanted {
        lay::Wanted::from(self.question.as_of, self.record.ids().map(|(_, _, id)| id))
    }

    /// From how things stand on a day.
    fn from(&self, now: &Evaluation) -> Found {
        let Self { version, record, question, .. } = *self;
        let mut wanted = fill::facts(version, record, now, question.as_of);
        let mut reached = reach::reach(version, record, question, now, &mut wanted);
        if let Some(mut less) =
            once::facts(version, record, question, now).filter(|less| less.minutes() < wanted.minutes())
        {
            let sooner = reach::reach(version, record, question, now, &mut less);
            if sooner.is_ok() || reached.is_err() {
                (wanted, reached) = (less, sooner);
            }
        }
        Found { wanted, reached, base: None }
    }
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
