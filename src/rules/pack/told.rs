//! What a version states of each requirement, in its own words: amounts, units, days, values. Beside the model's view of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::super::question::Purpose;
use super::super::render::{Described, described, everything};
use super::model::{Asks, Attribute, Condition, Filter, Guards, Rule, Version};
use super::summary::{StageSummary, Summary, Told};

impl Summary {
    /// Notes what a version states: of each requirement, of its stages, of its units.
    pub(super) fn tell(&mut self, version: &Version) {
        for purpose in version.purposes.keys() {
            self.tell_purpose(version, *purpose);
        }
        self.units.insert("hour".to_owned());
        self.units.extend(version.units.keys().cloned());
        self.units.extend(version.unit_names.keys().cloned());
        let stated = version.stated.get("stage").and_then(Value::as_array).into_iter().flatten();
        let stages = version.stages.iter().zip(stated);
        let told =
            stages.map(|(stage, stated)| StageSummary { id: stage.id.clone(), stated: stated.clone() }).collect();
        self.stages_by_version.insert(version.id.clone(), told);
    }

    fn tell_purpose(&mut self, version: &Version, purpose: Purpose) {
        let tree = described(version, purpose);
        let told = everything(&tree).into_iter().map(|found| (found.id.clone(), own(found)));
        let told: BTreeMap<String, Map<String, Value>> = told.collect();
        for rule in self.requirements.get_mut(purpose.word()).into_iter().flatten() {
            if let Some(stated) = told.get(&rule.id) {
                rule.stated.push(Told { version: version.id.clone(), stated: stated.clone() });
            }
        }
    }

    pub(super) fn read_words(&mut self, filter: &Filter) {
        for (attribute, values) in filter.only.iter().chain(&filter.never) {
            let set = match attribute {
                Attribute::Kind => &mut self.kinds,
                Attribute::Delivery => &mut self.deliveries,
                Attribute::Tag => &mut self.tags,
                Attribute::Domain => &mut self.domains,
                Attribute::Setting => &mut self.settings,
                Attribute::Source => &mut self.sources,
                Attribute::Role => &mut self.roles,
                _ => continue,
            };
            set.extend(values.iter().cloned());
        }
    }

    /// The titles, credentials and values that a rule accepts.
    pub(super) fn read_values(&mut self, rule: &Rule) {
        match &rule.asks {
            Asks::Attestation(wanted) => self.accept(&wanted.kind, &wanted.values),
            Asks::Employment(work) => self.titles.extend(work.titles.iter().cloned()),
            Asks::Credential(held) => self.credentials.extend(held.credentials.iter().cloned()),
            Asks::Learning(hours) | Asks::Service(hours) => self.units.extend(hours.counted_in.iter().cloned()),
            _ => {}
        }
    }

    pub(super) fn read_values_of(&mut self, guards: &Guards) {
        for condition in guards.iter().flat_map(|guard| &guard.0) {
            match condition {
                Condition::Attested(kind, values) => self.accept(kind, values),
                Condition::EmployedAs(titles) => self.titles.extend(titles.iter().cloned()),
                Condition::Holds(credentials) => self.credentials.extend(credentials.iter().cloned()),
                _ => {}
            }
        }
    }

    fn accept(&mut self, kind: &str, values: &[String]) {
        let known: &mut BTreeSet<String> = self.values.entry(kind.to_owned()).or_default();
        known.extend(values.iter().cloned());
    }
}

/// What a requirement states itself, without its parts: they are listed on their own.
fn own(found: &Described<'_>) -> Map<String, Value> {
    let is_part = |value: &Value| {
        let items = value.as_array().into_iter().flatten().filter_map(Value::as_object);
        items.into_iter().any(|item| found.parts.iter().any(|part| part.stated == item))
    };
    let kept = found.stated.iter().filter(|(_, value)| !is_part(value));
    kept.map(|(key, value)| (key.clone(), value.clone())).collect()
}
