//! The pack's own names, in the reader's language.
//!
//! An evaluation carries English labels; the version it was made by has both languages.

use std::collections::BTreeMap;

use crate::rules::evaluation::{Evaluation, NextStep, Requirement};
use crate::rules::explain::UnitNames;
use crate::rules::pack::model::{Asks, Cap, Hours, Rule};
use crate::rules::{Lang, Purpose, Reason, Record, Version, explain};

/// The names that a version gives to its rules, parts and limits.
#[derive(Debug, Clone, Default)]
pub struct Voice {
    lang: Lang,
    names: BTreeMap<String, String>,
    units: UnitNames,
    /// The next steps, where some of them belong to no requirement, such as a time that is over.
    steps: BTreeMap<String, String>,
}

impl Voice {
    /// The names of one purpose's rules for one stage: the same id may be named otherwise for another. Without
    /// a version, names stay as the evaluation has them.
    #[must_use]
    pub fn new(lang: Lang, version: Option<&Version>, evaluation: &Evaluation) -> Self {
        let Evaluation { purpose, stage, .. } = evaluation;
        let mut voice = Self::of_rules(lang, version, *purpose, stage);
        let above = |step: &&NextStep| find(&evaluation.requirements, &step.requirement).is_none();
        if let Some(version) = version.filter(|_| evaluation.next.iter().any(|step| above(&step))) {
            let said = explain::in_language(evaluation.clone(), version, lang);
            voice.steps = said.next.into_iter().map(|step| (step.requirement, step.text)).collect();
        }
        voice
    }

    fn of_rules(lang: Lang, version: Option<&Version>, purpose: Purpose, stage: &str) -> Self {
        let units = version.map(|version| version.unit_names.clone()).unwrap_or_default();
        let mut voice = Self { lang, names: BTreeMap::new(), units, steps: BTreeMap::new() };
        if let Some((version, rules)) = version.and_then(|version| Some((version, version.purposes.get(&purpose)?))) {
            let stage = version.stages.iter().position(|found| found.id == stage);
            let of_stage = rules.rules.iter().filter(|rule| stage.is_none_or(|stage| rule.stages.contains(&stage)));
            of_stage.for_each(|rule| voice.learn(rule));
            for deadline in &rules.deadlines {
                voice.names.insert(format!("deadline {}", deadline.id), deadline.consequence.in_lang(lang).to_owned());
            }
        }
        voice
    }

    fn learn(&mut self, rule: &Rule) {
        self.names.insert(rule.id.clone(), rule.label.in_lang(self.lang).to_owned());
        match &rule.asks {
            Asks::Learning(hours) | Asks::Service(hours) => self.learn_hours(&rule.id, hours),
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().for_each(|branch| self.learn(branch)),
            Asks::Exam(_)
            | Asks::Attestation(_)
            | Asks::Age(_)
            | Asks::Employment(_)
            | Asks::Credential(_)
            | Asks::Event(_)
            | Asks::Decision => {}
        }
    }

    fn learn_hours(&mut self, rule: &str, hours: &Hours) {
        for bucket in &hours.buckets {
            self.names.insert(bucket.id.clone(), bucket.label.in_lang(self.lang).to_owned());
        }
        for cap in &hours.caps {
            self.names.insert(format!("limit {rule} {}", cap.id), about(cap, self.lang));
        }
    }

    /// The name of a requirement.
    #[must_use]
    pub fn label(&self, requirement: &Requirement) -> String {
        self.names.get(&requirement.id).unwrap_or(&requirement.label).clone()
    }

    /// The name of the requirement with this id, if the evaluation has it.
    #[must_use]
    pub fn label_of(&self, evaluation: &Evaluation, id: &str) -> Option<String> {
        find(&evaluation.requirements, id).map(|requirement| self.label(requirement))
    }

    /// What a limit of a requirement is about; the requirement itself, where the limit has no name.
    #[must_use]
    pub fn limit(&self, requirement: &Requirement, id: &str) -> String {
        let key = format!("limit {} {id}", requirement.id);
        self.names.get(&key).cloned().unwrap_or_else(|| self.label(requirement))
    }

    /// What follows when a deadline is missed.
    #[must_use]
    pub fn consequence(&self, id: &str) -> Option<&str> {
        self.names.get(&format!("deadline {id}")).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Why a record does not count.
    #[must_use]
    pub fn reason(&self, record: &Record, id: &str, reason: Reason) -> &'static str {
        explain::reason_about(record, id, reason, self.lang)
    }

    /// An amount in a unit that the version gives a name of its own.
    #[must_use]
    pub fn amount(&self, decimal: &str, unit: &str) -> Option<String> {
        let word =
            self.units.contains_key(unit).then(|| explain::unit_word(&self.units, unit, decimal == "1", self.lang));
        word.map(|word| format!("{decimal} {word}"))
    }

    /// What to do next.
    #[must_use]
    pub fn step(&self, evaluation: &Evaluation, step: &NextStep) -> String {
        match find(&evaluation.requirements, &step.requirement) {
            Some(requirement) => explain::whole_step(&self.units, requirement, &|one| self.label(one), self.lang),
            None => self.steps.get(&step.requirement).unwrap_or(&step.text).clone(),
        }
    }
}

/// The requirement with this id, however deep.
pub(super) fn find<'a>(requirements: &'a [Requirement], id: &str) -> Option<&'a Requirement> {
    requirements.iter().find_map(|requirement| {
        if requirement.id == id { Some(requirement) } else { find(&requirement.requirements, id) }
    })
}

/// What a limit is about: a floor's is about everything else.
fn about(cap: &Cap, lang: Lang) -> String {
    let label = cap.label.in_lang(lang);
    match (cap.others, lang) {
        (false, _) => label.to_owned(),
        (true, Lang::En) => format!("Anything but “{label}”"),
        (true, Lang::Es) => format!("Todo lo que no es «{label}»"),
    }
}
