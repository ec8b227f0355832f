//! People whose status sums and days alone decide: narrow rows from the tables onto rolls, and judged there.
//!
//! Answers whom it could not judge. It must never judge whom the whole evaluator would judge otherwise: whoever holds
//! the credential, or of whom something unusual is stored, is left.

use std::collections::HashMap;

use crate::repo;
use crate::rules::bulk::{Attempt, Classes, Given, Head, Judge, Program, Programs, Roll, Row, Traits, Which};
use crate::rules::{Purpose, Status, Version};
use crate::services::record::{attested_value, latest};
use crate::storage::rows::boards::CredentialRow;
use crate::storage::rows::learning::CompletionTopicRow;
use crate::storage::rows::life::AttestationRow;
use crate::storage::rows::narrow::{NarrowApplication, NarrowCompletion, NarrowExam};
use crate::storage::{Conn, Day, Id, StoreError, Word, Words};

/// Who is told of people as they are judged.
pub(in crate::services) trait Tell {
    /// The version that rules a person and how they stand under it; none: no rules are in force for them.
    fn tell(&mut self, person: Id, purpose: Purpose, judged: Option<(&Version, Status)>);
}

/// What one thread keeps while it goes through the ranges.
pub(in crate::services) struct Flat<'p> {
    programs: &'p Programs<'p>,
    desks: Vec<Desk>,
    /// A sort of learning as its words, being put together.
    key: Vec<i32>,
}

/// The people of a range whom one version rules.
#[derive(Default)]
struct Desk {
    classes: Classes,
    /// Sorts of learning by their words.
    known: HashMap<Box<[i32]>, u16>,
    roll: Roll,
    ids: Vec<Id>,
}

/// The rows of a range, each list person by person, read on as people are taken.
struct Lists {
    applications: Vec<NarrowApplication>,
    steps: Vec<(Id, Id, String, Day)>,
    births: Vec<(Id, Option<Day>)>,
    completions: Vec<NarrowCompletion>,
    topics: Vec<CompletionTopicRow>,
    exams: Vec<NarrowExam>,
    attestations: Vec<AttestationRow>,
    holders: Vec<Id>,
    unusual: Vec<Id>,
}

impl<'p> Flat<'p> {
    /// None where rules name courses or providers: their names are not among the narrow rows.
    pub(in crate::services) fn of(programs: &'p Programs<'p>) -> Option<Self> {
        let plain = || (0..programs.len()).filter_map(|at| programs.program(at));
        if plain().any(Program::names_courses) {
            return None;
        }
        let desks = (0..programs.len()).map(|_| Desk::default()).collect();
        Some(Self { programs, desks, key: Vec::new() })
    }

    /// Judges the people of a range, tells of them in no order, and answers whom it could not judge, in order.
    pub(in crate::services) fn range(
        &mut self,
        conn: &mut Conn<'_>,
        credential: &CredentialRow,
        words: &Words,
        ids: &[Id],
        into: &mut impl Tell,
    ) -> Result<Vec<Id>, StoreError> {
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(Vec::new()) };
        let lists = self.read(conn, credential.id, (*first, *last))?;
        let mut left = Vec::new();
        for desk in &mut self.desks {
            desk.roll.clear();
            desk.ids.clear();
        }
        for id in ids {
            let own = of_person(&lists.applications, *id, |row| row.person_id);
            let holds = lists.holders.binary_search(id).is_ok();
            if own.is_empty() && !holds {
                continue;
            }
            let unusual = holds || lists.unusual.binary_search(id).is_ok();
            let Some((head, pinned)) = head(*id, own, &lists).filter(|_| !unusual) else {
                left.push(*id);
                continue;
            };
            match self.programs.which(&head, pinned) {
                Which::None => into.tell(*id, Purpose::Initial, None),
                Which::Whole => left.push(*id),
                Which::Program(at) => self.take(at, *id, head, &lists, words),
            }
        }
        self.judge(into, &mut left);
        left.sort_unstable();
        Ok(left)
    }

    fn read(&self, conn: &mut Conn<'_>, credential: Id, range: (Id, Id)) -> Result<Lists, StoreError> {
        let any = |reads: fn(&Program<'p>) -> bool| {
            (0..self.programs.len()).filter_map(|at| self.programs.program(at)).any(reads)
        };
        let mut holders = repo!(conn, narrow::holders(credential, range))?;
        holders.sort_unstable();
        Ok(Lists {
            applications: repo!(conn, narrow::applications(credential, range))?,
            steps: repo!(conn, narrow::steps(range))?,
            births: repo!(conn, narrow::births(range))?,
            completions: repo!(conn, narrow::completions(range))?,
            topics: repo!(conn, facts::range_completion_topics(range))?,
            exams: if any(Program::reads_exams) { repo!(conn, narrow::exams(range))? } else { Vec::new() },
            attestations: if any(Program::reads_statements) {
                repo!(conn, facts::range_attestations(range))?
            } else {
                Vec::new()
            },
            holders,
            unusual: repo!(conn, narrow::unusual(range))?,
        })
    }

    /// Puts a person's rows on the roll of the version that rules them.
    fn take(&mut self, at: usize, id: Id, head: Head, lists: &Lists, words: &Words) {
        let (Some(program), Some(desk)) = (self.programs.program(at), self.desks.get_mut(at)) else { return };
        desk.roll.begin(head);
        desk.ids.push(id);
        let mut topics = of_person(&lists.topics, id, |row| row.person_id);
        let completions = of_person(&lists.completions, id, |row| row.person_id);
        for (row, next) in completions.iter().zip(completions.iter().skip(1).map(Some).chain([None])) {
            if next.is_some_and(|next| next.id == row.id) {
                continue;
            }
            let before = topics.partition_point(|topic| (topic.completion_id, topic.revision) < (row.id, row.revision));
            topics = topics.get(before..).unwrap_or_default();
            let count = topics.partition_point(|topic| (topic.completion_id, topic.revision) == (row.id, row.revision));
            let (own, rest) = topics.split_at_checked(count).unwrap_or_default();
            topics = rest;
            desk.learning(program, words, &mut self.key, row, own);
        }
        for row in latest(of_person(&lists.exams, id, |row| row.person_id), |row| row.id) {
            desk.roll.take_sitting(program, &attempt(row, words));
        }
        for row in latest(of_person(&lists.attestations, id, |row| row.person_id), |row| row.id) {
            let value = row.value.as_deref().map(attested_value);
            let given = Given {
                kind: words.text(row.kind),
                value: value.as_ref(),
                on: row.on_day.0,
                through: row.through_day.map(|day| day.0),
                by: Some(&row.made_by),
                status: Some(words.text(row.state)),
            };
            desk.roll.take_statement(program, &given);
        }
    }

    fn judge(&self, into: &mut impl Tell, left: &mut Vec<Id>) {
        for (at, desk) in self.desks.iter().enumerate() {
            let Some(program) = self.programs.program(at) else { continue };
            let mut judge = Judge::new(program);
            let as_of = self.programs.as_of();
            for (at, id) in desk.ids.iter().enumerate() {
                match judge.status(&desk.roll, at, &desk.classes, as_of) {
                    Some(status) => into.tell(*id, Purpose::Initial, Some((program.version(), status))),
                    None => left.push(*id),
                }
            }
        }
    }
}

impl Desk {
    /// Adds a completion: the minutes of each topic that has its own, then those that its other topics share.
    fn learning(
        &mut self,
        program: &Program<'_>,
        words: &Words,
        key: &mut Vec<i32>,
        row: &NarrowCompletion,
        topics: &[CompletionTopicRow],
    ) {
        for topic in topics {
            if let Some(minutes) = topic.minutes {
                let class = self.class(program, words, key, row, &mut std::iter::once(topic.topic));
                self.add(row.completed_day, minutes, class);
            }
        }
        if let Some(minutes) = row.minutes {
            let mut shared = topics.iter().filter(|topic| topic.minutes.is_none()).map(|topic| topic.topic);
            let class = self.class(program, words, key, row, &mut shared);
            self.add(row.completed_day, minutes, class);
        }
    }

    fn add(&mut self, day: Day, minutes: i32, class: u16) {
        self.roll.learning(Row { day: day.0, minutes: u32::try_from(minutes).unwrap_or(0), class });
    }

    /// The class of a completion's minutes that these topics share.
    fn class(
        &mut self,
        program: &Program<'_>,
        words: &Words,
        key: &mut Vec<i32>,
        row: &NarrowCompletion,
        topics: &mut dyn Iterator<Item = Word>,
    ) -> u16 {
        key.clear();
        key.extend([row.kind.0, row.state.0, row.delivery.map_or(i32::MIN, |word| word.0)]);
        key.extend(topics.map(|word| word.0));
        if let Some(class) = self.known.get(key.as_slice()) {
            return *class;
        }
        let names: Vec<&str> = key.iter().skip(3).map(|word| words.text(Word(*word))).collect();
        let traits = Traits {
            kind: Some(words.text(row.kind)),
            delivery: row.delivery.map(|word| words.text(word)),
            status: Some(words.text(row.state)),
            topics: &names,
            ..Traits::default()
        };
        let class = self.classes.of(program, &traits);
        self.known.insert(key.as_slice().into(), class);
        class
    }
}

/// The rows of one person among those of many, which come in the order of their keys.
fn of_person<T>(rows: &[T], person: Id, whose: impl Fn(&T) -> Id) -> &[T] {
    let from = rows.partition_point(|row| whose(row) < person);
    let own = rows.get(from..).unwrap_or_default();
    let count = own.partition_point(|row| whose(row) == person);
    own.get(..count).unwrap_or_default()
}

/// What is known of a person beside the rows, and the version the application names; none if the applications ask
/// for more than one look.
fn head<'l>(id: Id, applications: &'l [NarrowApplication], lists: &Lists) -> Option<(Head, Option<&'l str>)> {
    let mut initial = applications.iter().filter(|row| row.purpose == Purpose::Initial.word());
    let application = initial.next();
    if initial.next().is_some() || application.is_some_and(|row| row.stage.is_some()) {
        return None;
    }
    let steps = of_person(&lists.steps, id, |(person, ..)| *person);
    let on = |wanted: &str| {
        let mut own =
            steps.iter().filter(|(_, of, kind, _)| Some(*of) == application.map(|row| row.id) && kind == wanted);
        own.next_back().map(|(.., day)| day.0)
    };
    let born = of_person(&lists.births, id, |(person, _)| *person).last().and_then(|(_, day)| *day);
    let head = Head {
        received: application.map(|row| row.received_day.0),
        complete: on("complete"),
        approved: on("approved"),
        born: born.map(|day| day.0),
        odd: false,
    };
    Some((head, application.and_then(|row| row.version.as_deref())))
}

fn attempt<'r>(row: &'r NarrowExam, words: &'r Words) -> Attempt<'r> {
    Attempt {
        exam: words.text(row.exam),
        on: row.on_day.0,
        outcome: Some(words.text(row.outcome)),
        status: None,
        score: row.score.as_deref(),
        scale: row.scale.as_deref(),
        pass_mark: row.pass_mark.as_deref(),
        official: Some(row.official),
        official_on: row.official_day.map(|day| day.0),
    }
}
