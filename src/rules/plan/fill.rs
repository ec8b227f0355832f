//! The facts that would meet what is missing: of the kind, topic and delivery that the rule accepts, and not a minute more.

use serde_json::{Map, Value, json};

use super::super::evaluation::{Evaluation, Requirement, Status};
use super::super::pack::Version;
use super::super::pack::model::{Approval, Asks, Attestations, Attribute, Filter, Hours, Need, Rule};
use super::super::question::Purpose;
use super::super::reason::Reason;
use super::super::record::Record;
use super::lay::{Dated, Group, Wanted};

/// A plan lists at most so many facts of one requirement; one that needs more has no day.
const MOST_FACTS: u64 = 1_000;

/// What would meet the requirements that are not met.
pub(super) fn facts(version: &Version, record: &Record, now: &Evaluation) -> Wanted {
    let mut wanted = Wanted::from(now.as_of, record.ids().map(|(_, _, id)| id));
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

/// Whether a requirement may be met by waiting alone.
pub(super) fn is_time(version: &Version, now: &Evaluation, id: &str) -> bool {
    fn timed(rule: &Rule) -> bool {
        match &rule.asks {
            Asks::Age(_) | Asks::Employment(_) | Asks::Exam(_) => true,
            Asks::Attestation(wanted) => wanted.since_at_least.is_some(),
            Asks::Learning(hours) | Asks::Service(hours) => hours.per_week.is_some() || hours.per_month.is_some(),
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().any(timed),
            _ => false,
        }
    }
    rule_of(version, now, id).is_some_and(timed)
}

fn fill(version: &Version, record: &Record, now: &Evaluation, rule: &Rule, found: &Requirement, wanted: &mut Wanted) {
    match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => {
            let taken: Option<Vec<&str>> = found.taken.as_deref().map(|taken| taken.split(", ").collect());
            for part in found.requirements.iter().filter(|part| part.status == Status::NotMet) {
                let chosen = taken.as_ref().is_none_or(|taken| taken.contains(&part.id.as_str()));
                if let Some(branch) = branches.iter().find(|branch| chosen && branch.id == part.id) {
                    fill(version, record, now, branch, part, wanted);
                }
            }
        }
        Asks::Learning(hours) => hours_of(version, now.purpose, hours, found, true, wanted.of(rule)),
        Asks::Service(hours) => hours_of(version, now.purpose, hours, found, false, wanted.of(rule)),
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
            if !waits_for_time(asks, found) {
                wanted.of(rule).dated.extend(told_days(asks, record, now, found));
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
                    json!({ "title": work.titles.first(), "employer": "planned", "from": now.as_of, "weekly_minutes": work.weekly.max(1) }),
                );
                job.retain(|_, value| !value.is_null());
                wanted.of(rule).dated.push(("employment", "from", job));
            }
        }
        Asks::Age(_) | Asks::Credential(_) | Asks::Decision => {}
    }
}

/// How many are missing, as far as a plan lists them.
fn missing(found: &Requirement) -> u64 {
    found.missing.as_deref().and_then(|text| text.parse().ok()).unwrap_or(1).min(MOST_FACTS)
}

/// Whether a day was told that lies too short a time back: that can only be waited for. What nobody has told yet can be.
pub(super) fn waits_for_time(asks: &Attestations, found: &Requirement) -> bool {
    asks.since_at_least.is_some() && found.not_counted.iter().any(|lost| lost.reason == Reason::TooSoon)
}

/// The latest days that would do, where the record tells none. Whether they are true only the person knows.
fn told_days(asks: &Attestations, record: &Record, now: &Evaluation, found: &Requirement) -> Vec<Dated> {
    let Some((length, _)) = &asks.since_at_least else { return Vec::new() };
    let filed = record.applications.iter().filter_map(|application| application.received_on);
    let since = length.before(filed.chain([now.as_of]).min().unwrap_or(now.as_of));
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

fn push(hours: &Hours, wanted: &mut Group, learning: bool, minutes: u64, fact: Map<String, Value>) {
    let minutes = minutes.max(hours.minimum_size);
    if minutes == 0 {
    } else if learning {
        wanted.learning.push((minutes, fact));
    } else {
        wanted.service.push((minutes, hours.per_week, fact));
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

/// A record that the rule, and the part of it, accept.
fn record_of(
    version: &Version,
    purpose: Purpose,
    hours: &Hours,
    at: Option<usize>,
    learning: bool,
) -> Map<String, Value> {
    let own = at.and_then(|at| hours.buckets.get(at));
    let mut filters: Vec<&Filter> = vec![&hours.filter];
    let (mut above, mut topics) = (own, Vec::new());
    while let Some(bucket) = above {
        filters.push(&bucket.filter);
        filters.extend(bucket.of.as_ref());
        if topics.is_empty() {
            topics = bucket.topics.clone();
        }
        above = bucket.parent.and_then(|at| hours.buckets.get(at));
    }
    let capped: Vec<&Filter> = hours.caps.iter().map(|cap| &cap.of).collect();
    let choose = |attribute: Attribute, otherwise: &[&str]| choice(&filters, &capped, attribute, otherwise);
    let mut fact = Map::new();
    let mut put = |key: &str, value: Option<String>| {
        value.into_iter().for_each(|value| drop(fact.insert(key.into(), value.into())))
    };
    if learning {
        let kind = if purpose == Purpose::Initial { "basic" } else { "continuing" };
        put("kind", choose(Attribute::Kind, &[kind, "specialty", "academic"]));
        put("delivery", choose(Attribute::Delivery, &["in_person", "live_online", "self_paced"]));
        put("source", choose(Attribute::Source, &[]));
        put("provider", choose(Attribute::Provider, &[]));
        put("course", choose(Attribute::Course, &[]));
        put("recognition", choose(Attribute::Recognition, &[]));
        put("evidence", choose(Attribute::Evidence, &[]));
        put("status", Some("verified".to_owned()));
        let mut names: Vec<String> =
            topics.iter().filter_map(|at| version.topics.get(*at)).map(|topic| topic.id.clone()).take(1).collect();
        if names.is_empty() {
            names.extend(choose(Attribute::Topic, &[]));
        }
        fact.insert("topics".into(), json!(names));
        let approval = own.and_then(|bucket| bucket.approval.clone()).unwrap_or_else(|| hours.approval.clone());
        approved(version, approval.as_ref(), &mut fact);
    } else {
        put("kind", choose(Attribute::Kind, &["direct", "indirect", "supervision_individual"]));
        put("domain", choose(Attribute::Domain, &[]));
        put("setting", choose(Attribute::Setting, &[]));
        put("role", choose(Attribute::Role, &[]));
        put("site", choose(Attribute::Site, &[]));
        put("region", choose(Attribute::Region, &[]));
        put("status", Some("attested".to_owned()));
        put("supervisor", hours.supervisor_eligible.then(|| "planned".to_owned()));
        if let Some(paid) = choose(Attribute::Paid, &[]) {
            fact.insert("paid".into(), (paid == "paid").into());
        }
        if hours.supervisor_eligible {
            fact.insert("supervisor_eligible".into(), true.into());
        }
        approved(version, hours.approval.as_ref(), &mut fact);
    }
    if let Some(tag) = choice(&filters, &capped, Attribute::Tag, &[]) {
        fact.insert("tags".into(), json!([tag]));
    }
    fact
}

/// A value that every filter accepts, none refuses and no limit speaks of, if there is one.
fn choice(filters: &[&Filter], capped: &[&Filter], attribute: Attribute, otherwise: &[&str]) -> Option<String> {
    let of = |list: &[(Attribute, Vec<String>)]| -> Vec<Vec<String>> {
        list.iter().filter(|(own, _)| *own == attribute).map(|(_, values)| values.clone()).collect()
    };
    let only: Vec<Vec<String>> = filters.iter().flat_map(|filter| of(&filter.only)).collect();
    let never: Vec<String> = filters.iter().flat_map(|filter| of(&filter.never)).flatten().collect();
    let limited: Vec<String> = capped.iter().flat_map(|filter| of(&filter.only)).flatten().collect();
    let possible: Vec<String> = match only.first() {
        Some(first) => first.iter().filter(|value| only.iter().all(|list| list.contains(value))).cloned().collect(),
        None => otherwise.iter().map(|value| (*value).to_owned()).collect(),
    };
    let allowed: Vec<String> = possible.into_iter().filter(|value| !never.contains(value)).collect();
    allowed.iter().find(|value| !limited.contains(value)).or(allowed.first()).cloned()
}

fn approved(version: &Version, approval: Option<&Approval>, fact: &mut Map<String, Value>) {
    let Some(approval) = approval else { return };
    match approval.by.first().map(String::as_str) {
        Some("board") | None if approval.lists.is_empty() => drop(fact.insert("approved".into(), true.into())),
        by => {
            let by = by.filter(|by| *by != "board").unwrap_or(&version.region);
            fact.insert("approvals".into(), json!([{ "by": by, "lists": approval.lists }]));
        }
    }
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}
