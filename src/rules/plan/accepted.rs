//! What a planned record of learning or service says, so that the rule and the part of it take it.

use serde_json::{Map, Value, json};

use super::super::pack::Version;
use super::super::pack::model::{Approval, Attribute, Filter, Hours};
use super::super::question::Purpose;

/// A record that the rule, and the part of it, accept.
pub(super) fn record_of(
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
    let of_caps = |floor: bool| hours.caps.iter().filter(move |cap| cap.others == floor).map(|cap| &cap.of).collect();
    let sides = Sides { accepted: filters, capped: of_caps(false), floors: of_caps(true) };
    let choose = |attribute: Attribute, otherwise: &[&str]| sides.choice(attribute, otherwise);
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
    if let Some(tag) = choose(Attribute::Tag, &[]) {
        fact.insert("tags".into(), json!([tag]));
    }
    fact
}

/// What a rule says about attributes.
struct Sides<'h> {
    /// What it, and the part of it, accept.
    accepted: Vec<&'h Filter>,
    /// What its limits speak of.
    capped: Vec<&'h Filter>,
    /// What it wants a share of.
    floors: Vec<&'h Filter>,
}

/// Which values of a filter are looked at.
type Values = fn(&Filter) -> &[(Attribute, Vec<String>)];

impl Sides<'_> {
    /// A value that every filter accepts and none refuses; best one that a share is wanted of and that no limit speaks of.
    fn choice(&self, attribute: Attribute, otherwise: &[&str]) -> Option<String> {
        let of = |filters: &[&Filter], own: Values| -> Vec<Vec<String>> {
            let lists = filters.iter().flat_map(|filter| own(filter));
            lists.filter(|(named, _)| *named == attribute).map(|(_, values)| values.clone()).collect()
        };
        let only = of(&self.accepted, |filter| &filter.only);
        let never = of(&self.accepted, |filter| &filter.never).concat();
        let limited = of(&self.capped, |filter| &filter.only).concat();
        let wanted = of(&self.floors, |filter| &filter.only).concat();
        let possible: Vec<String> = match only.first() {
            Some(first) => first.iter().filter(|value| only.iter().all(|list| list.contains(value))).cloned().collect(),
            None => wanted.iter().cloned().chain(otherwise.iter().map(|value| (*value).to_owned())).collect(),
        };
        let allowed: Vec<&String> = possible.iter().filter(|value| !never.contains(value)).collect();
        let free = || allowed.iter().filter(|value| !limited.contains(value));
        free()
            .find(|value| wanted.contains(value))
            .or_else(|| free().next())
            .or(allowed.first())
            .map(|value| (*value).clone())
    }
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

pub(super) fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}
