//! The facts that would meet what is missing: of the kind, topic and delivery that the rule accepts, and not a minute more.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::super::calendar::Length;
use super::super::evaluate::moments::Moments;
use super::super::evaluate::offer::goal;
use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::pack::Version;
use super::super::pack::model::{Age, Asks, Attestations, Hours, Need, RoundingScope, Rule};
use super::super::pack::phrase::{Anchor, Window};
use super::super::question::Purpose;
use super::super::reason::Reason;
use super::super::record::Record;
use super::accepted::{object, record_of};
use super::lay::{Dated, Group, Wanted};
use super::{before, paced};

/// A plan lists at most so many facts of one requirement; one that needs more has no day.
const MOST_FACTS: u64 = 1_000;

/// What would meet the requirements that are not met.
pub(super) fn facts(version: &Version, record: &Record, now: &Evaluation, from: NaiveDate) -> Wanted {
    let mut wanted = Wanted::from(from, record.ids().map(|(_, _, id)| id));
    rest(version, record, now, &[], &mut wanted);
    wanted
}

/// Adds what would meet the requirements that are not met, but for rules that are `planned`.
pub(super) fn rest(version: &Version, record: &Record, now: &Evaluation, planned: &[&str], wanted: &mut Wanted) {
    let open = now.requirements.iter().filter(|found| found.status == Status::NotMet);
    for found in open.filter(|found| !planned.contains(&found.id.as_str())) {
        if let Some(rule) = rule_of(version, now, &found.id) {
            fill(version, record, now, rule, found, wanted);
        }
    }
    before::steps(version, record, now, wanted);
}

/// The topics of the parts of a rule that lack minutes.
pub(super) fn topics_short<'h>(hours: &'h Hours, found: &'h Requirement) -> impl Iterator<Item = usize> + 'h {
    parts_short(found).filter_map(|part| bucket(hours, &part.id)).flat_map(|at| topics_of(hours, at).first().copied())
}

/// A rule of the question by its id.
pub(super) fn rule_of<'v>(version: &'v Version, now: &Evaluation, id: &str) -> Option<&'v Rule> {
    fn below<'v>(rule: &'v Rule, id: &str) -> Option<&'v Rule> {
        if rule.id == id {
            return Some(rule);
        }
        match &rule.asks {
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().find_map(|branch| below(branch, id)),
            _ => None,
        }
    }
    let stage = version.stages.iter().position(|stage| stage.id == now.stage)?;
    let rules = version.purposes.get(&now.purpose)?.rules.iter();
    rules.filter(|rule| rule.stages.contains(&stage)).find_map(|rule| below(rule, id))
}

/// The days that a rule lets count.
pub(super) fn windows_of(rule: &Rule) -> &[Window] {
    match &rule.asks {
        Asks::Learning(hours) | Asks::Service(hours) => &hours.windows,
        Asks::Exam(exam) => &exam.windows,
        Asks::Attestation(wanted) => &wanted.windows,
        Asks::Employment(wanted) => &wanted.windows,
        Asks::Event(wanted) => &wanted.windows,
        _ => &[],
    }
}

/// Whether somebody is not too old for a rule.
pub(super) fn is_young(found: &Requirement, age: &Age) -> bool {
    let years = found.counted.as_deref().and_then(|years| years.parse::<u32>().ok());
    years.zip(age.at_most).is_none_or(|(years, most)| years <= most)
}

/// Whether a requirement may be met by waiting alone.
pub(super) fn is_time(version: &Version, now: &Evaluation, id: &str) -> bool {
    fn timed(rule: &Rule) -> bool {
        match &rule.asks {
            Asks::Age(_) | Asks::Exam(_) => true,
            Asks::Employment(work) => work.on.is_none(),
            Asks::Attestation(wanted) => wanted.since_at_least.is_some(),
            Asks::Learning(hours) | Asks::Service(hours) => {
                // What has to lie before an application that is still to come counts from the day after it.
                let before = |window: &Window| matches!(window, Window::Earlier(Anchor::Application | Anchor::Today));
                let at_rate = matches!(rule.asks, Asks::Service(_)) && hours.pace.rate.is_some();
                let limited = hours.per_week.is_some() || hours.per_month.is_some();
                at_rate || limited || hours.windows.iter().any(before)
            }
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().any(timed),
            _ => false,
        }
    }
    rule_of(version, now, id).is_some_and(timed)
}

fn fill(version: &Version, record: &Record, now: &Evaluation, rule: &Rule, found: &Requirement, wanted: &mut Wanted) {
    match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => {
            for part in found.counting().filter(|part| part.status == Status::NotMet) {
                if let Some(branch) = branches.iter().find(|branch| branch.id == part.id) {
                    fill(version, record, now, branch, part, wanted);
                }
            }
        }
        Asks::Learning(hours) | Asks::Service(hours) => {
            let moments = Moments::of(version, record, now.as_of, now.purpose, Some(&now.stage));
            let opens = opens(&moments, hours, found, wanted.first_day());
            let (group, learning) = (wanted.of(rule), matches!(rule.asks, Asks::Learning(_)));
            group.opens = opens;
            hours_of(version, now.purpose, hours, found, learning, group);
            paced::add(version, record, now, (hours, learning), found, group);
        }
        Asks::Exam(exam) => {
            let mut fact = object(json!({ "exam": exam.exams.first(), "outcome": "passed", "official": true }));
            if let Some(mark) = exam.marks.first() {
                fact.insert("score".into(), mark.least.to_string().into());
                mark.scale.iter().for_each(|scale| drop(fact.insert("scale".into(), scale.clone().into())));
            }
            if !exam.parts.is_empty() {
                let marks = exam.parts.iter().map(|part| (part.domain.clone(), part.pass.to_string().into()));
                fact.insert("domains".into(), Value::Object(marks.collect()));
            }
            wanted.of(rule).dated.push(("exams", "on", fact));
        }
        Asks::Attestation(asks) if asks.since_at_least.is_some() => {
            let (group, anchor) = (wanted.of(rule), anchor_day(asks, version, record, now));
            if anchor.is_none() {
                group.dated.extend(anchor_event(asks));
            }
            if !waits_for_time(asks, found) {
                group.dated.extend(told_days(asks, anchor, now, found));
            }
        }
        Asks::Attestation(asks) => attestations(asks, found, wanted.of(rule)),
        Asks::Event(asks) => {
            let group = wanted.of(rule);
            for _ in 0..missing(found) {
                group.dated.push(("events", "on", object(json!({ "kind": asks.kinds.first() }))));
            }
        }
        Asks::Employment(work) => {
            let serves = |title: Option<&String>| {
                work.titles.is_empty() || title.is_some_and(|title| work.titles.contains(title))
            };
            let runs = record.employment.iter().any(|job| job.through.is_none() && serves(job.title.as_ref()));
            if !runs {
                let mut job = object(
                    json!({ "title": work.titles.first(), "employer": "planned", "weekly_minutes": work.weekly.max(1) }),
                );
                job.retain(|_, value| !value.is_null());
                wanted.of(rule).dated.push(("employment", "from", job));
            }
            if let Some(on) = work.on.as_ref().filter(|on| moments(version, record, now).day(on).is_none()) {
                wanted.of(rule).dated.extend(event_of(on));
            }
        }
        Asks::Age(_) | Asks::Credential(_) | Asks::Decision => {}
    }
}

/// The first day from `from` on on which something done counts in all windows of a rule, and of its parts that lack minutes;
/// none: the windows do not tell.
fn opens(moments: &Moments<'_>, hours: &Hours, found: &Requirement, from: NaiveDate) -> Option<NaiveDate> {
    let of_parts = parts_short(found).filter_map(|part| hours.buckets.get(bucket(hours, &part.id)?)?.windows.as_ref());
    let windows = of_parts.chain([&hours.windows]).flatten();
    let mut spans = windows.flat_map(|window| moments.spans(std::slice::from_ref(window)));
    spans.try_fold(from, |day, span| span.first_from(day))
}

/// How many are missing, as far as a plan lists them.
fn missing(found: &Requirement) -> u64 {
    found.missing.as_deref().and_then(|text| text.parse().ok()).unwrap_or(1).min(MOST_FACTS)
}

/// Whether a day was told that lies too short a time back: that can only be waited for. What nobody has told yet can be.
pub(super) fn waits_for_time(asks: &Attestations, found: &Requirement) -> bool {
    asks.since_at_least.is_some() && found.not_counted.iter().any(|lost| lost.reason == Reason::TooSoon)
}

/// The day before which the time has to have passed; none: what it hangs on has not happened.
fn anchor_day(asks: &Attestations, version: &Version, record: &Record, now: &Evaluation) -> Option<NaiveDate> {
    let (_, anchor) = asks.since_at_least.as_ref()?;
    moments(version, record, now).day(anchor)
}

fn moments<'r>(version: &'r Version, record: &'r Record, now: &Evaluation) -> Moments<'r> {
    Moments::of(version, record, now.as_of, now.purpose, Some(&now.stage))
}

/// Whether an anchor does not move with the day asked about.
pub(super) fn is_fixed(version: &Version, record: &Record, now: &Evaluation, anchor: &Anchor) -> bool {
    !moments(version, record, now).moves(anchor)
}

/// The event that the time is counted back from.
fn anchor_event(asks: &Attestations) -> Option<Dated> {
    event_of(&asks.since_at_least.as_ref()?.1)
}

/// The event that makes a day come.
fn event_of(anchor: &Anchor) -> Option<Dated> {
    match anchor {
        Anchor::Event { kind, .. } => Some(("events", "on", object(json!({ "kind": kind })))),
        _ => None,
    }
}

/// The latest days that would do, where the record tells none. Whether they are true only the person knows.
fn told_days(asks: &Attestations, anchor: Option<NaiveDate>, now: &Evaluation, found: &Requirement) -> Vec<Dated> {
    let Some((length, _)) = &asks.since_at_least else { return Vec::new() };
    let since = length.before(anchor.unwrap_or(now.as_of).min(now.as_of));
    let one = |at: u64| {
        let mut fact = object(json!({ "kind": asks.kind, "status": "verified", "by": asks.by.first(),
            "by_id": format!("planned-{at}"), "value": since.to_string() }));
        fact.retain(|_, value| !value.is_null());
        ("attestations", "on", fact)
    };
    (0..missing(found).max(1)).map(one).collect()
}

fn attestations(asks: &Attestations, found: &Requirement, wanted: &mut Group) {
    let one = |value: Option<Value>, moment: Option<&String>, at: usize| {
        let mut fact = object(
            json!({ "kind": asks.kind, "status": "verified", "by": asks.by.first(), "by_id": format!("planned-{at}"), "moment": moment, "value": value }),
        );
        fact.retain(|_, value| !value.is_null());
        ("attestations", "on", fact)
    };
    let number = asks.at_least.or(asks.at_most).map(Value::from);
    if asks.each_value {
        wanted
            .dated
            .extend(asks.values.iter().enumerate().map(|(at, value)| one(Some(value.as_str().into()), None, at)));
    } else if asks.moments.is_empty() {
        let value = || number.clone().or_else(|| asks.values.first().map(|value| value.as_str().into()));
        let count = usize::try_from(missing(found).max(1)).unwrap_or(1);
        wanted.dated.extend((0..count).map(|at| one(value(), None, at)));
    } else {
        wanted.dated.extend(asks.moments.iter().enumerate().map(|(at, moment)| one(number.clone(), Some(moment), at)));
    }
}

/// Plans the hours that a rule lacks.
pub(super) fn hours_of(
    version: &Version,
    purpose: Purpose,
    hours: &Hours,
    found: &Requirement,
    learning: bool,
    wanted: &mut Group,
) {
    let week = hours.per_week.map(|limit| (limit, Length::Days(7)));
    wanted.limit = week.or(hours.per_month.map(|limit| (limit, Length::Months(1))));
    if let Some(unit) = hours.counted_in.as_ref().filter(|_| learning) {
        let mut fact = record_of(version, purpose, hours, None, learning);
        fact.insert("amount".into(), json!({ "value": missing(found).to_string(), "unit": unit }));
        wanted.dated.push(("learning", "completed_on", fact));
        return;
    }
    if matches!(hours.need, Need::Count(_)) && found.unit.as_deref() == Some("count") {
        for _ in 0..missing(found) {
            push(
                hours,
                wanted,
                learning,
                hours.minimum_size.max(60),
                record_of(version, purpose, hours, None, learning),
            );
        }
        return;
    }
    let mut short = Vec::new();
    if hours.topics_shared {
        let topics: Vec<usize> = topics_short(hours, found).collect();
        let mut fact = record_of(version, purpose, hours, None, learning);
        if !topics.is_empty() {
            let names: Vec<&str> =
                topics.iter().filter_map(|at| version.topics.get(*at)).map(|topic| topic.id.as_str()).collect();
            fact.insert("topics".into(), json!(names));
        }
        push(hours, wanted, learning, found.missing_minutes.unwrap_or(0), fact);
        return;
    }
    places(found, &mut short);
    for (id, minutes) in short {
        let at = bucket(hours, &id);
        push(hours, wanted, learning, minutes, record_of(version, purpose, hours, at, learning));
    }
}

pub(super) fn push(hours: &Hours, wanted: &mut Group, learning: bool, minutes: u64, mut fact: Map<String, Value>) {
    // So much that enough is left of it where the rule rounds each activity.
    let minutes = goal(minutes, hours, RoundingScope::Activity).max(hours.minimum_size);
    if minutes == 0 {
    } else if learning {
        if hours.attendance.is_some() {
            let all = json!({ "held_minutes": minutes, "attended_minutes": minutes, "excused_minutes": 0 });
            fact.insert("attendance".into(), all);
        }
        wanted.learning.push((minutes, fact));
    } else {
        wanted.service.push((minutes, fact));
    }
}

fn parts_short(found: &Requirement) -> impl Iterator<Item = &Requirement> {
    let mut all = Vec::new();
    super::open(found, &mut all);
    all.into_iter().skip(1).filter(|part| part.missing_minutes.is_some_and(|missing| missing > 0))
}

/// What is missing at each place itself, without what is missing below it.
fn places(found: &Requirement, all: &mut Vec<(String, u64)>) {
    let below: u64 = found.requirements.iter().filter_map(|part| part.missing_minutes).sum();
    found.requirements.iter().for_each(|part| places(part, all));
    let own = found.missing_minutes.unwrap_or(0).saturating_sub(below);
    if own > 0 {
        all.push((found.id.clone(), own));
    }
}

fn bucket(hours: &Hours, id: &str) -> Option<usize> {
    hours.buckets.iter().position(|bucket| bucket.id == id)
}

fn topics_of(hours: &Hours, at: usize) -> &[usize] {
    hours.buckets.get(at).map_or(&[], |bucket| bucket.topics.as_slice())
}
