//! Portable records onto the roll, and what a sitting or a statement is to the rules.

use super::super::evaluate::beside::beside;
use super::super::evaluate::pass::{self, Came};
use super::super::pack::model::{Attestations, Attribute, Exam};
use super::super::question::Question;
use super::super::record::{Attestation, ExamAttempt, Learning, Record, Service, Value};
use super::checks::{Answers, Shown};
use super::class::{Classes, Traits};
use super::days::number;
use super::overlap;
use super::program::Program;
use super::roll::{Head, Roll, Row, Sitting, Statement, Stretch};
use super::window::NEVER;

impl Roll {
    /// Adds a person's record, as of a day.
    pub fn take(&mut self, program: &Program<'_>, classes: &mut Classes, record: &Record, as_of: chrono::NaiveDate) {
        self.begin_with(program, record, as_of);
        for one in &record.learning {
            self.take_learning(program, classes, one);
        }
        let mut stretches = Vec::new();
        for one in &record.service {
            self.take_service(program, classes, one);
            stretches.extend(overlap::Work::of(one));
        }
        if program.reads_service() && overlap::may_overlap(&mut stretches) {
            self.odd();
        }
    }

    /// Begins a person by everything but their hours, which a record may leave out.
    pub fn begin_with(&mut self, program: &Program<'_>, record: &Record, as_of: chrono::NaiveDate) {
        let day = number(as_of);
        let Some(head) = program.simple.then(|| simply(program, record, day)).flatten() else {
            self.begin(Head { as_of: day, ..Head::default() });
            return self.settle_beside(program, record, as_of);
        };
        self.begin(head);
        for attempt in &record.exams {
            self.take_sitting(program, &attempt.into());
        }
        for given in &record.attestations {
            self.take_statement(program, &given.into());
        }
    }

    /// Settles everything but the hours of the person begun last, by the whole evaluator's own judgment.
    fn settle_beside(&mut self, program: &Program<'_>, record: &Record, as_of: chrono::NaiveDate) {
        // The hours have no part in it, and are many.
        let short;
        let record = if record.learning.is_empty() && record.service.is_empty() {
            record
        } else {
            short = without_hours(record);
            &short
        };
        let carried =
            program.carries() && record.carry_over.iter().any(|it| it.credential == program.version.credential);
        let question = Question { as_of, purpose: program.purpose, stage: None };
        if carried || program.version.stage_of(record, &question) != Some(program.stage) {
            return self.odd();
        }
        let Some(found) = beside(program.version, record, &question, program.stage, &program.rules) else {
            return self.odd();
        };
        let until = number(as_of);
        let days = |(_, rule): &(&[_], usize)| match found.days.get(*rule) {
            Some(Some((first, last))) => (number(*first), number(*last).min(until)),
            Some(None) => NEVER,
            None => (i32::MIN, until),
        };
        let days: Vec<_> = program.windows.iter().map(days).collect();
        self.settle(&found.said, &days, found.bars, found.shuts);
    }

    fn take_learning(&mut self, program: &Program<'_>, classes: &mut Classes, one: &Learning) {
        let Learning {
            id: _,
            course,
            provider,
            started_on: _,
            completed_on,
            minutes,
            topics,
            minutes_by_topic,
            amount,
            delivery,
            kind,
            status,
            approvals,
            approved,
            tags,
            attendance,
            used_for,
            outcome,
            recognition,
            equivalent_to,
            source,
            evidence,
        } = one;
        // Some minutes settled and others without a topic: two sorts of one entry.
        let mixed = minutes.is_some() && topics.is_empty() && !minutes_by_topic.is_empty();
        if amount.is_some() || !used_for.is_empty() || mixed && program.counts_pieces(true) {
            self.odd();
        }
        let own = [
            (Attribute::Kind, kind.as_ref().map(|word| word.as_str())),
            (Attribute::Delivery, delivery.as_ref().map(|word| word.as_str())),
            (Attribute::Recognition, recognition.as_ref().map(|word| word.as_str())),
            (Attribute::Evidence, evidence.as_ref().map(|word| word.as_str())),
            (Attribute::Course, course.as_deref()),
            (Attribute::Course, equivalent_to.as_deref()),
            (Attribute::Provider, provider.as_deref()),
            (Attribute::Source, source.as_deref()),
        ];
        let values = stated(&own, tags);
        let all: u64 = minutes_by_topic.values().copied().chain(*minutes).map(u64::from).sum();
        let shown = Shown {
            day: number(*completed_on),
            minutes: all,
            approved: *approved,
            approvals,
            attended: attendance
                .as_ref()
                .map(|it| [it.held_minutes, it.attended_minutes, it.excused_minutes].map(u64::from)),
            not_yet: outcome.as_ref().is_some_and(|outcome| outcome.is("not_yet")),
            supervisor: None,
        };
        let answers = program.answers(&shown);
        let mut add = |topics: &[&str], minutes: u32, piece: bool| {
            let status = status.as_ref().map(|word| word.as_str());
            let traits = Traits { service: false, piece, status, topics, values: &values };
            let class = classes.of(program, &traits, answers);
            self.learning(Row { day: shown.day, minutes, class });
        };
        for (topic, minutes) in minutes_by_topic {
            add(&[topic], *minutes, false);
        }
        let names: Vec<&str> = topics.iter().map(String::as_str).collect();
        if let Some(minutes) = minutes {
            add(&names, *minutes, false);
        }
        if program.counts_pieces(true) {
            // Where each topic has its minutes and none are left, those without are no part of it.
            let open = minutes_by_topic.is_empty() || minutes.is_some_and(|minutes| minutes > 0);
            let names = names.into_iter().filter(|_| open);
            let all: Vec<&str> = minutes_by_topic.keys().map(String::as_str).chain(names).collect();
            add(&all, 1, true);
        }
    }

    fn take_service(&mut self, program: &Program<'_>, classes: &mut Classes, one: &Service) {
        let Service {
            id: _,
            from,
            to,
            start: _,
            end: _,
            minutes,
            count,
            kind,
            domain,
            setting,
            role,
            paid,
            site,
            region,
            group_size: _,
            observed: _,
            supervisor: _,
            supervisor_eligible,
            status,
            approvals,
            approved,
            tags,
        } = one;
        let own = [
            (Attribute::Kind, kind.as_ref().map(|word| word.as_str())),
            (Attribute::Domain, domain.as_deref()),
            (Attribute::Setting, setting.as_deref()),
            (Attribute::Role, role.as_deref()),
            (Attribute::Site, site.as_deref()),
            (Attribute::Region, region.as_deref()),
            (Attribute::Paid, paid.map(|paid| if paid { "paid" } else { "volunteer" })),
        ];
        let values = stated(&own, tags);
        let shown = Shown {
            day: number(*to),
            minutes: minutes.map_or(0, u64::from),
            approved: *approved,
            approvals,
            supervisor: *supervisor_eligible,
            ..Shown::default()
        };
        let answers = program.answers(&shown);
        let mut add = |minutes: u32, piece: bool| {
            let status = status.as_ref().map(|word| word.as_str());
            let traits = Traits { service: true, piece, status, topics: &[], values: &values };
            let class = classes.of(program, &traits, answers);
            self.service(Stretch { first: number(*from), last: Row { day: shown.day, minutes, class } });
        };
        if let Some(minutes) = minutes {
            add(*minutes, false);
        }
        if program.counts_pieces(false) {
            add(count.unwrap_or(1), true);
        }
    }

    /// Adds a sitting, for each rule that asks for its exam.
    pub fn take_sitting(&mut self, program: &Program<'_>, attempt: &Attempt<'_>) {
        for (rule, examined) in (0_u8..).zip(&program.exams) {
            if let Some(passed) = passed(examined.exam, attempt) {
                let known = attempt.official_on.unwrap_or(i32::MIN);
                self.sitting(Sitting { day: attempt.on, known, rule, passed });
            }
        }
    }

    /// Adds a statement, for each rule that asks for its kind.
    pub fn take_statement(&mut self, program: &Program<'_>, given: &Given<'_>) {
        for (rule, attested) in (0_u8..).zip(&program.attested) {
            if let Some(certain) = certain(attested.wanted, given) {
                let through = given.through.unwrap_or(i32::MAX);
                self.statement(Statement { day: given.on, through, rule, certain });
            }
        }
    }
}

/// The attributes that are stated.
fn stated<'t>(own: &[(Attribute, Option<&'t str>)], tags: &'t [String]) -> Vec<(Attribute, &'t str)> {
    let own = own.iter().filter_map(|(attribute, value)| value.map(|value| (*attribute, value)));
    own.chain(tags.iter().map(|tag| (Attribute::Tag, tag.as_str()))).collect()
}

/// The record with everything but learning and service.
fn without_hours(record: &Record) -> Record {
    Record {
        format: record.format.clone(),
        person: record.person.clone(),
        applications: record.applications.clone(),
        learning: Vec::new(),
        service: Vec::new(),
        exams: record.exams.clone(),
        attestations: record.attestations.clone(),
        employment: record.employment.clone(),
        credentials: record.credentials.clone(),
        carry_over: record.carry_over.clone(),
        events: record.events.clone(),
        decisions: record.decisions.clone(),
        holds: record.holds.clone(),
    }
}

/// What is known of a person of whom nothing unusual is known; none of others.
fn simply(program: &Program<'_>, record: &Record, as_of: i32) -> Option<Head> {
    let Record {
        format: _,
        person,
        applications,
        learning: _,
        service: _,
        exams: _,
        attestations: _,
        employment: _,
        credentials,
        carry_over: _,
        events,
        decisions,
        holds,
    } = record;
    let ours = &program.version.credential;
    let mut own = applications.iter().filter(|it| it.credential == *ours && it.purpose.is(program.purpose.word()));
    let application = own.next();
    let odd = own.next().is_some()
        || application.is_some_and(|it| it.stage.is_some())
        || credentials.iter().any(|held| held.credential == *ours)
        || !(events.is_empty() && decisions.is_empty() && holds.is_empty());
    (!odd).then(|| Head {
        as_of,
        received: application.and_then(|it| it.received_on).map(number),
        complete: application.and_then(|it| it.complete_on).map(number),
        approved: application.and_then(|it| it.approved_on).map(number),
        born: person.birth_date.map(number),
        odd: false,
    })
}

impl Program<'_> {
    /// The answers of a piece of learning or service to what is asked of each.
    #[must_use]
    pub fn answers(&self, shown: &Shown<'_>) -> Answers {
        Answers::of(self.version, &self.checks, shown)
    }

    /// Whether any rule counts entries of learning, or of service.
    #[must_use]
    pub fn counts_pieces(&self, learning: bool) -> bool {
        self.counted.iter().any(|counted| counted.pieces && counted.learning == learning)
    }

    /// Whether minutes carried from the term before may count.
    #[must_use]
    pub fn carries(&self) -> bool {
        self.counted.iter().any(|counted| counted.hours.carry.is_some())
    }
}

/// A sitting of an exam, as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// Which exam.
    pub exam: &'a str,
    /// The day.
    pub on: i32,
    /// What came of it.
    pub outcome: Option<&'a str>,
    /// What is held of the fact.
    pub status: Option<&'a str>,
    /// The score.
    pub score: Option<&'a str>,
    /// Its scale.
    pub scale: Option<&'a str>,
    /// The mark of those who gave it.
    pub pass_mark: Option<&'a str>,
    /// Whether the result is official.
    pub official: Option<bool>,
    /// Since when.
    pub official_on: Option<i32>,
}

impl<'a> From<&'a ExamAttempt> for Attempt<'a> {
    fn from(attempt: &'a ExamAttempt) -> Self {
        let ExamAttempt {
            id: _,
            exam,
            form: _,
            on,
            score,
            scale,
            pass_mark,
            outcome,
            official,
            official_on,
            status,
            domains: _,
        } = attempt;
        Self {
            exam,
            on: number(*on),
            outcome: outcome.as_ref().map(|it| it.as_str()),
            status: status.as_ref().map(|it| it.as_str()),
            score: score.as_deref(),
            scale: scale.as_deref(),
            pass_mark: pass_mark.as_deref(),
            official: *official,
            official_on: official_on.map(number),
        }
    }
}

/// A statement, as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Of which kind.
    pub kind: &'a str,
    /// What it says.
    pub value: Option<&'a Value>,
    /// The day.
    pub on: i32,
    /// The last day it speaks of.
    pub through: Option<i32>,
    /// Who made it.
    pub by: Option<&'a str>,
    /// What is held of the fact.
    pub status: Option<&'a str>,
}

impl<'a> From<&'a Attestation> for Given<'a> {
    fn from(given: &'a Attestation) -> Self {
        let Attestation {
            id: _,
            kind,
            subtype: _,
            value,
            on,
            from: _,
            through,
            moment: _,
            by,
            by_id: _,
            by_standing: _,
            about: _,
            status,
        } = given;
        Self {
            kind: kind.as_str(),
            value: value.as_ref(),
            on: number(*on),
            through: through.map(number),
            by: by.as_deref(),
            status: status.as_ref().map(|it| it.as_str()),
        }
    }
}

/// Whether a sitting was passed officially or waits for someone's word; none: it does not count whatever its day.
fn passed(exam: &Exam, attempt: &Attempt<'_>) -> Option<bool> {
    if !exam.exams.iter().any(|name| name == attempt.exam) {
        return None;
    }
    let Attempt { outcome, status, score, scale, pass_mark, .. } = *attempt;
    match pass::came(&exam.marks, pass::Result { outcome, status, score, scale, pass_mark }) {
        Came::Voided | Came::Rejected | Came::NoShow | Came::Sat(Some(false)) => None,
        Came::Disputed | Came::Withheld | Came::Sat(None) => Some(false),
        Came::Sat(Some(true)) => Some(attempt.official == Some(true)),
    }
}

/// Whether a statement counts or waits for someone's word; none: it does not count whatever its day.
fn certain(wanted: &Attestations, given: &Given<'_>) -> Option<bool> {
    let certain = match given.status {
        Some("verified" | "attested") => true,
        Some("disputed") => false,
        Some("reported") if wanted.takes_own_word(given.by) => true,
        _ => return None,
    };
    let says = |word: &String| match given.value {
        None => word.is_empty(),
        Some(Value::Number(number)) => *word == number.to_string(),
        Some(Value::Yes(yes)) => *word == yes.to_string(),
        Some(Value::Text(text)) => word == text,
    };
    let serves = wanted.kind == given.kind
        && (wanted.values.is_empty() || wanted.values.iter().any(says))
        && (wanted.by.is_empty() || given.by.is_some_and(|by| wanted.by.iter().any(|it| it == by)));
    serves.then_some(certain)
}
