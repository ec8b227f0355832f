//! What is known while one question is answered: version, record, days, and conditions about them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::calendar::{age_on, next_day};
use super::super::pack::Version;
use super::super::pack::model::{Condition, Guards, Hours, Rule, Rules};
use super::super::question::{Purpose, Question};
use super::super::record::{Record, Value};
use super::entry::{Entry, Verdict};
use super::moments::Moments;

/// One question about one record under one version.
pub(super) struct Asked<'a> {
    pub(super) version: &'a Version,
    pub(super) record: &'a Record,
    pub(super) question: &'a Question,
    pub(super) as_of: NaiveDate,
    pub(super) moments: Moments<'a>,
    /// The day that decides which dated rules hold.
    pub(super) deciding: NaiveDate,
    /// The stage asked about, as a number.
    pub(super) stage: usize,
    /// The rules of the purpose.
    pub(super) rules: &'a Rules,
    /// Needs of rules about hours, by id, for ratios.
    pub(super) needs: BTreeMap<&'a str, u64>,
    /// Hours whose amounts grow with something of this person's, by the rule's id.
    pub(super) scaled: BTreeMap<&'a str, Hours>,
    pub(super) learning: Vec<Entry<'a>>,
    pub(super) service: Vec<Entry<'a>>,
}

impl<'a> Asked<'a> {
    /// A rule's hours with the amounts that hold for this person.
    pub(super) fn hours<'s>(&'s self, rule: &Rule, stated: &'s Hours) -> &'s Hours {
        if stated.scale.is_none() { stated } else { self.scaled.get(rule.id.as_str()).unwrap_or(stated) }
    }

    /// Whether any of the conditions holds; none stated: no.
    pub(super) fn holds(&self, guards: &Guards) -> bool {
        guards.iter().any(|guard| guard.0.iter().all(|condition| self.is(condition)))
    }

    fn is(&self, condition: &Condition) -> bool {
        let record = self.record;
        match condition {
            Condition::EmployedAs(titles) => record.employment.iter().any(|job| {
                let covers = job.from <= self.as_of && job.through.is_none_or(|through| self.as_of <= through);
                covers
                    && job.title.as_ref().is_some_and(|title| titles.contains(title))
                    && counts(job.status.as_ref().map(|s| s.as_str()), true)
            }),
            Condition::Event(kinds) => {
                record.events.iter().any(|event| event.on <= self.as_of && kinds.iter().any(|kind| event.kind.is(kind)))
            }
            Condition::Holds(credentials) => record
                .credentials
                .iter()
                .any(|held| credentials.contains(&held.credential) && standing_on(held, self.as_of) == Some("active")),
            Condition::Hold(kinds) => self.on_hold(kinds),
            Condition::Issued(window) => {
                let issued = self.moments.day(&super::super::pack::phrase::Anchor::Issue(None));
                issued.is_some_and(|day| self.moments.span(window).is_none_or(|span| span.refuses(day, day).is_none()))
            }
            Condition::FirstTerm(wanted) => (self.moments.terms.len() == 1) == *wanted,
            Condition::TermShorterThan(length) => {
                let ends = self.moments.term().and_then(|term| Some((term.from, term.through?)));
                ends.is_some_and(|(from, through)| next_day(through) < length.after(from))
            }
            Condition::Path(paths) => self.path().is_some_and(|path| paths.iter().any(|p| p == path)),
            Condition::PathNot(paths) => !self.path().is_some_and(|path| paths.iter().any(|p| p == path)),
            Condition::Cohort(cohorts) => self
                .moments
                .application
                .and_then(|application| application.cohort.as_ref())
                .is_some_and(|c| cohorts.contains(c)),
            Condition::Attested(kind, values) => record.attestations.iter().any(|attestation| {
                attestation.kind.is(kind)
                    && attestation.on <= self.as_of
                    && counts(attestation.status.as_ref().map(|s| s.as_str()), false)
                    && (values.is_empty() || values.iter().any(|value| text_of(attestation.value.as_ref()) == *value))
            }),
            Condition::Learned(topic, minutes) => self.learned(*topic) >= *minutes,
            Condition::NeverLearned(topic, minutes) => self.learned(*topic) < *minutes,
            Condition::Age(wanted) => record.person.birth_date.is_some_and(|birth| {
                let years = age_on(birth, self.moments.day(&wanted.on).unwrap_or(self.as_of));
                wanted.at_least.is_none_or(|least| years >= least) && wanted.at_most.is_none_or(|most| years <= most)
            }),
        }
    }

    /// Whether any of the conditions would hold at some age, and nobody has told the birth date.
    pub(super) fn hangs_on_age(&self, guards: &Guards) -> bool {
        let may_hold = |condition: &Condition| matches!(condition, Condition::Age(_)) || self.is(condition);
        self.record.person.birth_date.is_none()
            && !self.holds(guards)
            && guards.iter().any(|guard| guard.0.iter().all(may_hold))
    }

    fn path(&self) -> Option<&str> {
        let held = self.moments.held.iter().filter_map(|held| held.path.as_deref()).next_back();
        let applied = || self.moments.application.and_then(|application| application.path.as_deref());
        let transitions = || self.version.transitions.iter().filter(|transition| transition.path.is_some());
        let granted = || transitions().find(|transition| self.moments.is_in(transition, self.version));
        held.or_else(applied).or_else(|| granted().and_then(|transition| transition.path.as_deref()))
    }

    /// The days of the running term; where there is none, the day asked about.
    pub(super) fn term_days(&self) -> (NaiveDate, NaiveDate) {
        let term = self.moments.term();
        term.map_or((self.as_of, self.as_of), |term| (term.from, term.through.unwrap_or(NaiveDate::MAX)))
    }

    /// The recorded last day of the term that is renewed, or come back from, before anything moved it.
    pub(super) fn ended_as_stated(&self) -> Option<NaiveDate> {
        let after_a_term = matches!(self.question.purpose, Purpose::Renewal | Purpose::Reinstatement);
        self.moments.term().filter(|_| after_a_term).and_then(|term| term.stated.or(term.through))
    }

    fn on_hold(&self, kinds: &[String]) -> bool {
        let (from, through) = self.term_days();
        self.record.holds.iter().any(|hold| {
            let ours = hold.credential.as_deref().is_none_or(|credential| credential == self.version.credential);
            let known = hold.from <= self.as_of;
            ours && known
                && kinds.iter().any(|kind| hold.kind.is(kind))
                && hold.from <= through
                && hold.through.is_none_or(|end| from <= end)
        })
    }

    /// Verified minutes in a topic before the present term.
    fn learned(&self, topic: usize) -> u64 {
        let before = self.moments.term().filter(|_| self.question.purpose == Purpose::Renewal).map(|term| term.from);
        let ours = |name: &String| self.version.topic_named(name) == Some(topic);
        let minutes =
            self.record.learning.iter().filter(|learning| before.is_none_or(|day| learning.completed_on < day)).filter(
                |learning| {
                    let mut entries = self.learning.iter().filter(|entry| entry.id == learning.id);
                    entries.any(|entry| entry.standing(self.as_of) == Verdict::Yes)
                },
            );
        minutes
            .map(|learning| {
                let fixed: u64 =
                    learning.minutes_by_topic.iter().filter(|(name, _)| ours(name)).map(|(_, n)| u64::from(*n)).sum();
                let flexible = if learning.topics.iter().any(ours) { learning.minutes.map_or(0, u64::from) } else { 0 };
                fixed + flexible
            })
            .sum()
    }
}

/// Whether a status counts; `silent`: whether saying nothing does.
pub(super) fn counts(status: Option<&str>, silent: bool) -> bool {
    match status {
        None => silent,
        Some(status) => status == "verified" || status == "attested",
    }
}

/// A value as text.
pub(super) fn text_of(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Yes(yes)) => yes.to_string(),
        Some(Value::Text(text)) => text.clone(),
    }
}

/// A credential's standing on a day; without a recorded one, active while a term runs.
pub(super) fn standing_on(held: &super::super::record::Credential, day: NaiveDate) -> Option<&str> {
    let mut ranges: Vec<_> = held.status.iter().filter(|range| range.from <= day).collect();
    ranges.sort_by_key(|range| range.from);
    if let Some(range) = ranges.last() {
        let covers = range.through.is_none_or(|through| day <= through);
        let barred =
            range.discipline.as_ref().is_some_and(|d| d.is("suspended") || d.is("revoked") || d.is("surrendered"))
                || range.flags.iter().any(|flag| flag.is("administrative_suspension"));
        let runs = held.terms.is_empty()
            || held.terms.iter().any(|term| term.from <= day && term.through.is_none_or(|t| day <= t));
        return match (covers, barred, range.standing.is("active"), runs) {
            (true, false, true, false) => Some("expired"),
            (true, false, _, _) => Some(range.standing.as_str()),
            (true, true, _, _) => Some("suspended"),
            (false, _, _, _) => None,
        };
    }
    held.terms
        .iter()
        .any(|term| term.from <= day && term.through.is_none_or(|through| day <= through))
        .then_some("active")
}
