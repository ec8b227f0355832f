//! Portable records onto the roll, and what a sitting or a statement is to the rules.

use super::super::amount::Decimal;
use super::super::pack::model::{Attestations, Exam, Mark};
use super::super::record::{Attestation, ExamAttempt, Learning, Record, Value};
use super::class::{Classes, Traits};
use super::days::number;
use super::program::Program;
use super::roll::{Head, Roll, Row, Sitting, Statement};

impl Roll {
    /// Adds a person's record.
    pub fn take(&mut self, program: &Program<'_>, classes: &mut Classes, record: &Record) {
        let Record {
            format: _,
            person,
            applications,
            learning,
            service: _,
            exams,
            attestations,
            employment: _,
            credentials,
            carry_over,
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
            || !(carry_over.is_empty() && events.is_empty() && decisions.is_empty() && holds.is_empty());
        self.begin(Head {
            received: application.and_then(|it| it.received_on).map(number),
            complete: application.and_then(|it| it.complete_on).map(number),
            approved: application.and_then(|it| it.approved_on).map(number),
            born: person.birth_date.map(number),
            odd,
        });
        for one in learning {
            self.take_learning(program, classes, one);
        }
        for attempt in exams {
            self.take_sitting(program, &attempt.into());
        }
        for given in attestations {
            self.take_statement(program, &given.into());
        }
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
            approvals: _,
            approved: _,
            tags,
            attendance: _,
            used_for,
            outcome,
            recognition,
            equivalent_to,
            source,
            evidence,
        } = one;
        if amount.is_some()
            || outcome.is_some()
            || recognition.is_some()
            || equivalent_to.is_some()
            || source.is_some()
            || evidence.is_some()
            || !tags.is_empty()
            || !used_for.is_empty()
        {
            self.odd();
        }
        let mut add = |topics: &[&str], minutes: u32| {
            let traits = Traits {
                kind: kind.as_ref().map(|word| word.as_str()),
                delivery: delivery.as_ref().map(|word| word.as_str()),
                course: course.as_deref(),
                provider: provider.as_deref(),
                status: status.as_ref().map(|word| word.as_str()),
                topics,
            };
            let class = classes.of(program, &traits);
            self.learning(Row { day: number(*completed_on), minutes, class });
        };
        for (topic, minutes) in minutes_by_topic {
            add(&[topic], *minutes);
        }
        if let Some(minutes) = minutes {
            add(&topics.iter().map(String::as_str).collect::<Vec<_>>(), *minutes);
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
    if !exam.exams.iter().any(|name| name == attempt.exam)
        || matches!(attempt.outcome, Some("voided" | "no_show"))
        || matches!(attempt.status, Some("voided" | "rejected"))
    {
        return None;
    }
    if matches!(attempt.outcome, Some("under_appeal" | "withheld")) || attempt.status == Some("disputed") {
        return Some(false);
    }
    let score = attempt.score.and_then(Decimal::parse);
    let on_scale =
        |mark: &&Mark| mark.scale.is_none() || attempt.scale.is_none() || mark.scale.as_deref() == attempt.scale;
    let passes = match (score.zip(exam.marks.iter().find(on_scale)), attempt.outcome) {
        (Some((score, mark)), _) => Some(score.at_least(mark.least)),
        (None, Some(outcome)) => Some(outcome == "passed"),
        (None, None) => {
            let mark = attempt.pass_mark.and_then(Decimal::parse);
            score.filter(|_| exam.marks.is_empty()).zip(mark).map(|(score, mark)| score.at_least(mark))
        }
    };
    match passes {
        Some(false) => None,
        None => Some(false),
        Some(true) => Some(attempt.official == Some(true)),
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
