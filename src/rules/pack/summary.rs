//! What a pack reads, for those who prepare records for it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::evaluation::Citation;
use super::super::question::Purpose;
use super::Pack;
use super::model::{Asks, Label, Rule, Version};
use super::phrase::TermRule;

/// A pack at a glance: the union over its versions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// The credential's id.
    pub credential: String,
    /// Its name.
    pub name: String,
    /// The board.
    pub board: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Versions, oldest first.
    pub versions: Vec<VersionSummary>,
    /// Stages, first to last.
    pub stages: Vec<String>,
    /// Requirement ids by purpose.
    pub requirements: BTreeMap<String, Vec<RuleSummary>>,
    /// Topics with their synonyms.
    pub topics: Vec<TopicSummary>,
    /// Kinds of learning and service it names.
    pub kinds: BTreeSet<String>,
    /// Deliveries it names.
    pub deliveries: BTreeSet<String>,
    /// Exams that serve.
    pub exams: BTreeSet<String>,
    /// Scales of the marks that pass, by exam.
    pub scales: BTreeMap<String, BTreeSet<String>>,
    /// Manual gates.
    pub gates: BTreeSet<String>,
    /// Kinds of event it reads.
    pub events: BTreeSet<String>,
    /// Kinds of attestation it reads.
    pub attestations: BTreeSet<String>,
    /// The values it accepts of them, where it names any.
    pub values: BTreeMap<String, BTreeSet<String>>,
    /// Tags it names.
    pub tags: BTreeSet<String>,
    /// Domains of service it names.
    pub domains: BTreeSet<String>,
    /// Settings of service it names.
    pub settings: BTreeSet<String>,
    /// Sources of learning it names.
    pub sources: BTreeSet<String>,
    /// Roles of service it names.
    pub roles: BTreeSet<String>,
    /// Titles of jobs it names.
    pub titles: BTreeSet<String>,
    /// Other credentials it reads.
    pub credentials: BTreeSet<String>,
    /// Units it knows.
    pub units: BTreeSet<String>,
    /// The stages by version, with terms, days around renewal and fees.
    pub stages_by_version: BTreeMap<String, Vec<StageSummary>>,
}

/// A stage as a version states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageSummary {
    /// Its id.
    pub id: String,
    /// All it states.
    pub stated: Value,
}

/// What one version states of a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The version.
    pub version: String,
    /// Its words: the keys and values of the rule language. Parts are requirements of their own.
    pub stated: Map<String, Value>,
}

/// A version at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionSummary {
    /// Its id.
    pub id: String,
    /// First day in force.
    pub from: Option<chrono::NaiveDate>,
    /// Last day in force.
    pub through: Option<chrono::NaiveDate>,
    /// Whether the board has confirmed it.
    pub verified: bool,
    /// Its hash.
    pub hash: String,
    /// Its file.
    pub file: String,
    /// All it states, flattened.
    pub stated: Value,
}

/// A rule at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleSummary {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: String,
    /// What it asks for.
    pub asks: &'static str,
    /// The stages it belongs to.
    pub stages: Vec<String>,
    /// Where it is written.
    pub citation: String,
    /// Its place: file and line.
    pub origin: String,
    /// What each version that has it states of it, oldest first.
    pub stated: Vec<Told>,
}

/// A topic and its other names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicSummary {
    /// Its id.
    pub id: String,
    /// For people.
    pub label: String,
    /// Other names.
    pub synonyms: Vec<String>,
}

impl Version {
    /// A rule's or part's name, by its id: the same id may be named otherwise for another purpose or stage.
    #[must_use]
    pub fn label(&self, purpose: Purpose, stage: &str, id: &str) -> Option<&Label> {
        let stage = self.stages.iter().position(|found| found.id == stage);
        let rules = self.purposes.get(&purpose)?.rules.iter();
        let mut of_stage = rules.filter(|rule| stage.is_none_or(|stage| rule.stages.contains(&stage)));
        of_stage.find_map(|rule| label(rule, id))
    }
}

fn label<'r>(rule: &'r Rule, id: &str) -> Option<&'r Label> {
    if rule.id == id {
        return Some(&rule.label);
    }
    match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().find_map(|branch| label(branch, id)),
        Asks::Learning(hours) | Asks::Service(hours) => {
            let part = id.strip_prefix(rule.id.as_str()).and_then(|rest| rest.strip_prefix('.'));
            let bucket = hours.buckets.iter().find(|bucket| bucket.id == id).map(|bucket| &bucket.label);
            bucket.or_else(|| hours.pace.label(part?))
        }
        Asks::Exam(exam) => {
            let part = exam.parts.iter().find(|part| part.id == id).map(|part| &part.label);
            let remedy = exam.remediation.as_ref().map(|remedy| &remedy.label);
            part.or_else(|| remedy.filter(|_| id.strip_prefix(rule.id.as_str()) == Some(".remediation")))
        }
        Asks::Attestation(wanted) => {
            let again = wanted.renewed_every.as_ref().map(|(_, label)| label);
            again.filter(|_| id.strip_prefix(rule.id.as_str()) == Some(".again"))
        }
        _ => None,
    }
}

impl Pack {
    /// The pack at a glance.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { credential: self.id.clone(), ..Summary::default() };
        for version in &self.versions {
            summary.add(version);
        }
        summary
    }
}

/// Id, label, what is asked for, where it is written, line.
type Listed<'l> = (&'l str, &'l Label, &'static str, &'l Citation, usize);

impl Summary {
    fn add(&mut self, version: &Version) {
        (self.name, self.board) = (version.name.en.clone(), version.board.clone());
        self.time_zone.clone_from(&version.time_zone);
        self.versions.push(VersionSummary {
            id: version.id.clone(),
            from: version.in_force.from,
            through: version.in_force.through,
            verified: version.verified,
            hash: version.hash.clone(),
            file: version.file.clone(),
            stated: version.stated.clone(),
        });
        for stage in version.stages.iter().filter(|stage| !self.stages.contains(&stage.id)).cloned().collect::<Vec<_>>()
        {
            self.stages.push(stage.id);
        }
        for topic in &version.topics {
            if !self.topics.iter().any(|known| known.id == topic.id) {
                self.topics.push(TopicSummary {
                    id: topic.id.clone(),
                    label: topic.label.en.clone(),
                    synonyms: topic.synonyms.clone(),
                });
            }
        }
        for anchor in &version.applies_by {
            self.read_anchor(anchor);
        }
        for who in version.transitions.iter().flat_map(|transition| &transition.who) {
            who.day.iter().for_each(|anchor| self.read_anchor(anchor));
        }
        for (purpose, rules) in &version.purposes {
            for rule in &rules.rules {
                self.read_rule(version, purpose.word(), rule);
            }
            rules.deadlines.iter().for_each(|deadline| self.read_anchor(&deadline.within.1));
        }
        for stage in &version.stages {
            self.credentials.extend(stage.suspends_with.iter().cloned());
            let terms = std::iter::once(&stage.term).chain(stage.first_term.iter().map(|(rule, _)| rule));
            terms.filter_map(TermRule::anchor).for_each(|anchor| self.read_anchor(anchor));
        }
        self.tell(version);
    }

    /// Notes a rule or a part of one: its id, label, what it asks for, line.
    fn list(&mut self, version: &Version, purpose: &str, rule: &Rule, (id, label, asks, citation, line): Listed<'_>) {
        let all = self.requirements.entry(purpose.to_owned()).or_default();
        if all.iter().any(|known| known.id == id) {
            return;
        }
        let stages =
            rule.stages.iter().filter_map(|at| version.stages.get(*at)).map(|stage| stage.id.clone()).collect();
        let (file, line) = version.origins.place(line);
        all.push(RuleSummary {
            id: id.to_owned(),
            label: label.en.clone(),
            asks,
            stages,
            citation: citation.title.clone(),
            origin: format!("{file}:{line}"),
            stated: Vec::new(),
        });
    }

    fn read_rule(&mut self, version: &Version, purpose: &str, rule: &Rule) {
        let asks = word(&rule.asks);
        self.list(version, purpose, rule, (&rule.id, &rule.label, asks, &rule.citation, rule.line));
        self.read_values(rule);
        for guards in [&rule.when, &rule.unless, &rule.waived_when] {
            self.read_guards(guards);
        }
        match &rule.asks {
            Asks::Learning(hours) | Asks::Service(hours) => {
                for bucket in &hours.buckets {
                    self.list(
                        version,
                        purpose,
                        rule,
                        (&bucket.id, &bucket.label, "part", &bucket.citation, bucket.line),
                    );
                }
                self.read_hours(hours);
            }
            Asks::Exam(exam) => self.read_exam(exam),
            Asks::Attestation(wanted) => {
                self.attestations.insert(wanted.kind.clone());
                self.read_windows(&wanted.windows);
                wanted.since_at_least.iter().for_each(|(_, anchor)| self.read_anchor(anchor));
            }
            Asks::Event(wanted) => {
                self.events.extend(wanted.kinds.iter().cloned());
                self.read_windows(&wanted.windows);
            }
            Asks::Employment(work) => {
                self.read_windows(&work.windows);
                work.on.iter().for_each(|anchor| self.read_anchor(anchor));
            }
            Asks::Age(age) => self.read_anchor(&age.on),
            Asks::Decision => drop(self.gates.insert(rule.id.clone())),
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => {
                branches.iter().for_each(|branch| self.read_rule(version, purpose, branch));
            }
            Asks::Credential(_) => {}
        }
    }
}

/// What a rule asks for, in a word.
const fn word(asks: &Asks) -> &'static str {
    match asks {
        Asks::Learning(_) => "learning",
        Asks::Service(_) => "service",
        Asks::Exam(_) => "exam",
        Asks::Attestation(_) => "attestation",
        Asks::Age(_) => "age",
        Asks::Employment(_) => "employment",
        Asks::Credential(_) => "credential",
        Asks::Event(_) => "event",
        Asks::Decision => "decision",
        Asks::AnyOf(_, _) => "any_of",
        Asks::AllOf(_) => "all_of",
    }
}
