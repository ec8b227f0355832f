//! Hours as rows onto a roll: of learning with where it comes from, of service with who has confirmed it.

use std::collections::{BTreeSet, HashMap};

use super::flat::Tables;
use super::lists::{Lists, of_person};
use crate::rules::bulk::{Answers, Attribute, Classes, Program, Roll, Row, Shown, Stretch, Traits, Work, may_overlap};
use crate::rules::record::Approval;
use crate::services::evaluations::EvaluationError;
use crate::services::record::{Known, approvals, eligible, latest, service_state};
use crate::storage::rows::learning::CompletionTopicRow;
use crate::storage::rows::narrow::NarrowCompletion;
use crate::storage::rows::service::ServiceEntryRow;
use crate::storage::{Conn, Id, Word, Words};

/// A course, and who gave it.
type From = (Option<Id>, Option<Id>);

/// Where learning comes from, as rules see it.
#[derive(Debug, Default)]
struct Source {
    course: Option<String>,
    provider: Option<String>,
    approvals: Vec<Approval>,
}

/// Courses, programs and supervisors, as far as they were met.
pub(super) struct Sources<'t> {
    board: Id,
    names: &'t Known,
    courses: HashMap<From, Source>,
    supervisors: Known,
}

impl<'t> Sources<'t> {
    /// Those that a board sees.
    pub(super) fn of(board: Id, names: &'t Known) -> Self {
        Self { board, names, courses: HashMap::new(), supervisors: Known::default() }
    }

    /// The names of credentials.
    pub(super) const fn names(&self) -> &'t Known {
        self.names
    }

    /// Reads those of a range that are new, where rules ask for them.
    pub(super) fn read(
        &mut self,
        conn: &mut Conn<'_>,
        tables: &Tables<'_>,
        lists: &Lists,
    ) -> Result<(), EvaluationError> {
        if tables.any(|program| program.reads_sources()) {
            let from = lists.completions.iter().map(|row| (row.course_id, row.program_id));
            let new: BTreeSet<From> = from.filter(|from| !self.courses.contains_key(from)).collect();
            if !new.is_empty() {
                let mut known = Known { credentials: self.names.credentials.clone(), ..Known::default() };
                let (courses, programs) = new.iter().copied().unzip::<_, _, Vec<_>, Vec<_>>();
                let (courses, programs) = (courses.into_iter().flatten(), programs.into_iter().flatten());
                known.add_sources(conn, courses.collect(), programs.collect())?;
                for (course, program) in new {
                    let source = Source {
                        course: course.and_then(|id| known.courses.get(&id).cloned()),
                        provider: program.and_then(|id| known.organizations.get(&id).cloned()),
                        approvals: approvals((course, program), &known),
                    };
                    self.courses.insert((course, program), source);
                }
            }
        }
        if tables.any(|program| program.reads_service()) {
            let supervisors = lists.service.iter().filter_map(|row| row.supervisor_id).collect();
            self.supervisors.add_supervisors(conn, supervisors, self.board)?;
        }
        Ok(())
    }
}

/// The people of a range whom one version and stage rule.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) classes: Classes,
    pub(super) roll: Roll,
    /// Who they are.
    pub(super) people: Vec<Id>,
    /// Sorts of hours by their words.
    known: HashMap<Box<[i32]>, u16>,
    /// A sort of hours as its words, being put together.
    key: Vec<i32>,
    work: Vec<Work>,
}

impl Desk {
    pub(super) fn clear(&mut self) {
        self.roll.clear();
        self.people.clear();
    }

    /// Adds the hours of the person begun last.
    pub(super) fn hours(
        &mut self,
        program: &Program<'_>,
        sources: &Sources<'_>,
        words: &Words,
        lists: &Lists,
        person: Id,
    ) {
        if program.reads_learning() {
            self.all_learning(program, sources, words, lists, person);
        }
        if program.reads_service() {
            let said = of_person(&lists.said, person, |row| row.person_id);
            self.work.clear();
            for row in latest(of_person(&lists.service, person, |row| row.person_id), |row| row.id) {
                self.service(program, sources, words, row, service_state(row, said, words));
            }
            if may_overlap(&mut self.work) {
                self.roll.odd();
            }
        }
    }

    fn all_learning(&mut self, program: &Program<'_>, sources: &Sources<'_>, words: &Words, lists: &Lists, person: Id) {
        let mut topics = of_person(&lists.topics, person, |row| row.person_id);
        let completions = of_person(&lists.completions, person, |row| row.person_id);
        for (row, next) in completions.iter().zip(completions.iter().skip(1).map(Some).chain([None])) {
            if next.is_some_and(|next| next.id == row.id) {
                continue;
            }
            let before = topics.partition_point(|topic| (topic.completion_id, topic.revision) < (row.id, row.revision));
            topics = topics.get(before..).unwrap_or_default();
            let count = topics.partition_point(|topic| (topic.completion_id, topic.revision) == (row.id, row.revision));
            let (own, rest) = topics.split_at_checked(count).unwrap_or_default();
            topics = rest;
            let source = sources.courses.get(&(row.course_id, row.program_id)).filter(|_| program.reads_sources());
            self.learning(program, source, words, row, own);
        }
    }

    /// Adds a completion: the minutes of each topic that has its own, then those that its other topics share.
    fn learning(
        &mut self,
        program: &Program<'_>,
        source: Option<&Source>,
        words: &Words,
        row: &NarrowCompletion,
        topics: &[CompletionTopicRow],
    ) {
        let fixed = topics.iter().filter_map(|topic| topic.minutes);
        let shown = Shown {
            day: row.completed_day.0,
            minutes: fixed.chain(row.minutes).map(|minutes| u64::from(positive(minutes))).sum(),
            approved: row.approved,
            approvals: source.map_or(&[], |source| &source.approvals),
            ..Shown::default()
        };
        let answers = program.answers(&shown);
        let add = |desk: &mut Self, minutes: i32, piece: bool, topics: &mut dyn Iterator<Item = Word>| {
            let class = desk.learning_class(program, source, words, row, (answers, piece), topics);
            desk.roll.learning(Row { day: row.completed_day.0, minutes: positive(minutes), class });
        };
        for topic in topics {
            if let Some(minutes) = topic.minutes {
                add(self, minutes, false, &mut std::iter::once(topic.topic));
            }
        }
        // Some minutes settled and others without a topic: two sorts of one entry.
        let (settled, open) =
            (topics.iter().any(|it| it.minutes.is_some()), topics.iter().any(|it| it.minutes.is_none()));
        if program.counts_pieces(true) && settled && !open && row.minutes.is_some() {
            self.roll.odd();
        }
        if let Some(minutes) = row.minutes {
            let mut shared = topics.iter().filter(|topic| topic.minutes.is_none()).map(|topic| topic.topic);
            add(self, minutes, false, &mut shared);
        }
        if program.counts_pieces(true) {
            add(self, 1, true, &mut topics.iter().map(|topic| topic.topic));
        }
    }

    /// The class of a completion's minutes that these topics share.
    fn learning_class(
        &mut self,
        program: &Program<'_>,
        source: Option<&Source>,
        words: &Words,
        row: &NarrowCompletion,
        (answers, piece): (Answers, bool),
        topics: &mut dyn Iterator<Item = Word>,
    ) -> u16 {
        self.key.clear();
        self.key.extend([i32::from(piece), row.kind.0, row.state.0, word_or_none(row.delivery)]);
        self.key.extend(answers.halves());
        if source.is_some() {
            for id in [row.course_id, row.program_id] {
                let bytes = id.map_or(i64::MIN, |id| id.0).to_le_bytes();
                let [a, b, c, d, e, f, g, h] = bytes;
                self.key.extend([i32::from_le_bytes([a, b, c, d]), i32::from_le_bytes([e, f, g, h])]);
            }
        }
        let before = self.key.len();
        self.key.extend(topics.map(|word| word.0));
        if let Some(class) = self.known.get(self.key.as_slice()) {
            return *class;
        }
        let names: Vec<&str> = self.key.iter().skip(before).map(|word| words.text(Word(*word))).collect();
        let mut values = vec![(Attribute::Kind, words.text(row.kind))];
        values.extend(row.delivery.map(|word| (Attribute::Delivery, words.text(word))));
        if let Some(source) = source {
            values.extend(source.course.as_deref().map(|course| (Attribute::Course, course)));
            values.extend(source.provider.as_deref().map(|provider| (Attribute::Provider, provider)));
        }
        let status = Some(words.text(row.state));
        let traits = Traits { service: false, piece, status, topics: &names, values: &values };
        let class = self.classes.of(program, &traits, answers);
        self.known.insert(self.key.as_slice().into(), class);
        class
    }

    fn service(
        &mut self,
        program: &Program<'_>,
        sources: &Sources<'_>,
        words: &Words,
        row: &ServiceEntryRow,
        state: &str,
    ) {
        let minutes = positive(row.minutes);
        if matches!(state, "verified" | "attested") {
            let clock = row.start_minute.zip(row.end_minute).map(|(from, to)| (positive(from), positive(to)));
            self.work.push(Work { first: row.from_day.0, last: row.to_day.0, minutes, clock });
        }
        let shown = Shown {
            day: row.to_day.0,
            minutes: u64::from(minutes),
            supervisor: eligible(row, &sources.supervisors),
            ..Shown::default()
        };
        let answers = program.answers(&shown);
        let add = |desk: &mut Self, minutes: u32, piece: bool| {
            let class = desk.service_class(program, words, row, state, (answers, piece));
            let last = Row { day: row.to_day.0, minutes, class };
            desk.roll.service(Stretch { first: row.from_day.0, last });
        };
        add(self, minutes, false);
        if program.counts_pieces(false) {
            add(self, 1, true);
        }
    }

    fn service_class(
        &mut self,
        program: &Program<'_>,
        words: &Words,
        row: &ServiceEntryRow,
        state: &str,
        (answers, piece): (Answers, bool),
    ) -> u16 {
        self.key.clear();
        // Where the state is not the row's own, a supervisor has attested it.
        let own = words.text(row.state) == state;
        self.key.extend([2 + i32::from(piece), row.kind.0, row.state.0, i32::from(own)]);
        self.key.extend([row.domain, row.setting, row.role, row.site].map(word_or_none));
        self.key.push(row.paid.map_or(2, i32::from));
        self.key.extend(answers.halves());
        if let Some(class) = self.known.get(self.key.as_slice()) {
            return *class;
        }
        let of = |attribute: Attribute, word: Option<Word>| word.map(|word| (attribute, words.text(word)));
        let mut values = vec![(Attribute::Kind, words.text(row.kind))];
        values.extend(of(Attribute::Domain, row.domain));
        values.extend(of(Attribute::Setting, row.setting));
        values.extend(of(Attribute::Role, row.role));
        values.extend(of(Attribute::Site, row.site));
        values.extend(row.paid.map(|paid| (Attribute::Paid, if paid { "paid" } else { "volunteer" })));
        let traits = Traits { service: true, piece, status: Some(state), topics: &[], values: &values };
        let class = self.classes.of(program, &traits, answers);
        self.known.insert(self.key.as_slice().into(), class);
        class
    }
}

fn word_or_none(word: Option<Word>) -> i32 {
    word.map_or(i32::MIN, |word| word.0)
}

/// A stored count of minutes.
fn positive(stored: i32) -> u32 {
    u32::try_from(stored).unwrap_or(0)
}
