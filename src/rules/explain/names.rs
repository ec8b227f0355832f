//! What a version calls its rules, parts, limits and units, in one language.

use super::super::evaluation::{Evaluation, Requirement};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::{Asks, Cap, Rule};
use super::UnitNames;

/// The names of one purpose's rules for one stage.
#[derive(Clone, Copy)]
pub(super) struct Names<'v> {
    pub(super) version: &'v Version,
    evaluation: &'v Evaluation,
    pub(super) lang: Lang,
}

impl<'v> Names<'v> {
    pub(super) const fn new(version: &'v Version, evaluation: &'v Evaluation, lang: Lang) -> Self {
        Self { version, evaluation, lang }
    }

    /// One of two texts.
    pub(super) const fn two<'t>(&self, en: &'t str, es: &'t str) -> &'t str {
        match self.lang {
            Lang::En => en,
            Lang::Es => es,
        }
    }

    pub(super) const fn units(&self) -> &'v UnitNames {
        &self.version.unit_names
    }

    /// A name in quotes.
    pub(super) fn quoted(&self, name: &str) -> String {
        match self.lang {
            Lang::En => format!("“{name}”"),
            Lang::Es => format!("«{name}»"),
        }
    }

    /// A rule or part by its id.
    pub(super) fn known(&self, id: &str) -> Option<&'v str> {
        let label = self.version.label(self.evaluation.purpose, &self.evaluation.stage, id);
        label.map(|label| label.in_lang(self.lang))
    }

    /// A requirement's name; its own where the version has none.
    pub(super) fn label<'r>(&self, found: &'r Requirement) -> &'r str
    where
        'v: 'r,
    {
        self.known(&found.id).unwrap_or(&found.label)
    }

    /// The first requirement that fits, however deep.
    pub(super) fn weighed(&self, fits: &dyn Fn(&Requirement) -> bool) -> Option<&'v Requirement> {
        fn below<'v>(found: &'v Requirement, fits: &dyn Fn(&Requirement) -> bool) -> Option<&'v Requirement> {
            if fits(found) { Some(found) } else { found.requirements.iter().find_map(|child| below(child, fits)) }
        }
        self.evaluation.requirements.iter().find_map(|found| below(found, fits))
    }

    /// The rule behind a requirement, however deep.
    pub(super) fn rule(&self, id: &str) -> Option<&'v Rule> {
        fn below<'v>(rule: &'v Rule, id: &str) -> Option<&'v Rule> {
            match &rule.asks {
                _ if rule.id == id => Some(rule),
                Asks::AnyOf(_, branches) | Asks::AllOf(branches) => {
                    branches.iter().find_map(|branch| below(branch, id))
                }
                _ => None,
            }
        }
        let stage = self.version.stages.iter().position(|stage| stage.id == self.evaluation.stage)?;
        let rules = self.version.purposes.get(&self.evaluation.purpose)?.rules.iter();
        rules.filter(|rule| rule.stages.contains(&stage)).find_map(|rule| below(rule, id))
    }

    /// The cap or floor with this id of a requirement.
    fn cap(&self, found: &Requirement, id: &str) -> Option<&'v Cap> {
        let caps = match self.rule(&found.id).map(|rule| &rule.asks) {
            Some(Asks::Learning(hours) | Asks::Service(hours)) => hours.caps.as_slice(),
            _ => &[],
        };
        caps.iter().find(|cap| cap.id == id)
    }

    /// Whether a limit is what a floor leaves for the rest.
    pub(super) fn is_floor(&self, found: &Requirement, id: &str) -> bool {
        self.cap(found, id).is_some_and(|cap| cap.others)
    }

    /// A limit of a requirement; the requirement's own name where the limit has none.
    pub(super) fn limit(&self, found: &Requirement, id: &str) -> String {
        let label = self.cap(found, id).map(|cap| cap.label.in_lang(self.lang));
        self.quoted(label.unwrap_or_else(|| self.label(found)))
    }
}
