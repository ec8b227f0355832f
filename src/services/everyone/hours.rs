//! Hours as rows onto a roll: of learning with where it comes from, of service with who has confirmed it.

use std::collections::{BTreeSet, HashMap};

use super::flat::Tables;
use super::lists::Lists;
use super::sorts::Sorts;
use crate::rules::bulk::{
    Answers, Attribute, Classes, Judge, Program, Roll, Row, Shown, Stretch, Traits, Work, may_overlap,
};
use crate::rules::record::Approval;
use crate::services::evaluations::EvaluationError;
use crate::services::record::{Known, approvals, eligible, latest, service_state};
use crate::storage::rows::learning::CompletionTopicRow;
use crate::storage::rows::narrow::{NarrowCompletion, NarrowSource};
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
            let from = lists.sources.iter().map(|row| (row.course_id, row.program_id));
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
            let supervisors = lists.service.all().iter().filter_map(|row| row.supervisor_id).collect();
            self.supervisors.add_supervisors(conn, supervisors, self.board)?;
        }
        Ok(())
    }
}

/// The latest revision of a completion, with what belongs to it.
#[derive(Clone, Copy)]
struct Learned<'l> {
    row: &'l NarrowCompletion,
    topics: &'l [CompletionTopicRow],
    /// Nothing, where rules do not ask.
    from: NarrowSource,
    source: Option<&'l Source>,
}

/// The people of a range whom one version and stage rule.
pub(super) struct Desk<'t, 'p> {
    /// None: these rules are not plain.
    pub(super) judge: Option<Judge<'t, 'p>>,
    pub(super) classes: Classes,
    pub(super) roll: Roll,
    /// Who they are.
    pub(super) people: Vec<Id>,
    sorts: Sorts,
    work: Vec<Work>,
}

impl<'t, 'p> Desk<'t, 'p> {
    pub(super) fn of(program: Option<&'t Program<'p>>) -> Self {
        Self {
            judge: program.map(Judge::new),
            classes: Classes::default(),
            roll: Roll::default(),
            people: Vec::new(),
            sorts: Sorts::default(),
            work: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.roll.clear();
        self.people.clear();
    }

    /// Adds the hours of everybody.
    pub(super) fn all_hours(&mut self, program: &Program<'_>, sources: &Sources<'_>, words: &Words, lists: &Lists) {
        for at in 0..self.people.len() {
            let Some(person) = self.people.get(at).copied() else { continue };
            self.roll.resume(at);
            self.hours(program, sources, words, lists, person);
        }
    }

    /// Adds the hours of the person whose rows come now.
    fn hours(&mut self, program: &Program<'_>, sources: &Sources<'_>, words: &Words, lists: &Lists, person: Id) {
        if program.reads_learning() {
            self.all_learning(program, sources, words, lists, person);
        }
        if program.reads_service() {
            let said = lists.said.of(person, |row| row.person_id);
            self.work.clear();
            for row in latest(lists.service.of(person, |row| row.person_id), |row| row.id) {
                self.service(program, sources, words, row, service_state(row, said, words));
            }
            if may_overlap(&mut self.work) {
                self.roll.odd();
            }
        }
    }

    fn all_learning(&mut self, program: &Program<'_>, sources: &Sources<'_>, words: &Words, lists: &Lists, person: Id) {
        let mut topics = lists.topics.of(person, |row| row.person_id);
        let places = lists.completions.places(person, |row| row.person_id);
        let completions = lists.completions.all().get(places.clone()).unwrap_or_default();
        let by_source = program.reads_sources();
        let asks = by_source || program.reads_delivery();
        let asked = if asks { lists.sources.get(places).unwrap_or_default() } else { &[] };
        let pieces = program.counts_pieces(true);
        for (at, row) in completions.iter().enumerate() {
            if completions.get(at + 1).is_some_and(|next| next.id == row.id) {
                continue;
            }
            // Both lie in the order of their keys: what comes before belongs to what was corrected since.
            let key = (row.id, row.revision);
            let of = |topic: &CompletionTopicRow| (topic.completion_id, topic.revision);
            let before = topics.iter().take_while(|topic| of(topic) < key).count();
            topics = topics.get(before..).unwrap_or_default();
            let count = topics.iter().take_while(|topic| of(topic) == key).count();
            let (own, rest) = topics.split_at_checked(count).unwrap_or_default();
            topics = rest;
            let from = asked.get(at).copied();
            let source =
                from.filter(|_| by_source).and_then(|from| sources.courses.get(&(from.course_id, from.program_id)));
            let learned = Learned { row, topics: own, from: from.unwrap_or_default(), source };
            self.learning(program, words, &learned, pieces);
        }
    }

    /// Adds a completion: the minutes of each topic that has its own, then those that its other topics share, and where
    /// rules count `pieces`, the whole.
    fn learning(&mut self, program: &Program<'_>, words: &Words, learned: &Learned<'_>, pieces: bool) {
        let Learned { row, topics, from, source } = *learned;
        let fixed = topics.iter().filter_map(|topic| topic.minutes);
        let shown = Shown {
            day: row.completed_day.0,
            minutes: fixed.chain(row.minutes).map(|minutes| u64::from(positive(minutes))).sum(),
            approved: from.approved,
            approvals: source.map_or(&[], |source| &source.approvals),
            ..Shown::default()
        };
        let answers = program.answers(&shown);
        let add = |desk: &mut Self, minutes: i32, piece: bool, topics: &mut dyn Iterator<Item = Word>| {
            let class = desk.learning_class(program, words, learned, (answers, piece), topics);
            desk.roll.learning(Row { day: shown.day, minutes: positive(minutes), class });
        };
        for topic in topics {
            if let Some(minutes) = topic.minutes {
                add(self, minutes, false, &mut std::iter::once(topic.topic));
            }
        }
        let open = |topic: &&CompletionTopicRow| topic.minutes.is_none();
        if let Some(minutes) = row.minutes {
            add(self, minutes, false, &mut topics.iter().filter(open).map(|topic| topic.topic));
        }
        if pieces {
            // Some minutes settled and others without a topic: two sorts of one entry.
            if row.minutes.is_some() && !topics.is_empty() && !topics.iter().any(|topic| open(&topic)) {
                self.roll.odd();
            }
            // Where each topic has its minutes and none are left, those without are no part of it.
            let left = topics.iter().all(|topic| open(&topic)) || row.minutes.is_some_and(|minutes| minutes > 0);
            let own = topics.iter().filter(|topic| left || !open(topic));
            add(self, 1, true, &mut own.map(|topic| topic.topic));
        }
    }

    /// The class of a completion's minutes that these topics share.
    fn learning_class(
        &mut self,
        program: &Program<'_>,
        words: &Words,
        learned: &Learned<'_>,
        (answers, piece): (Answers, bool),
        topics: &mut dyn Iterator<Item = Word>,
    ) -> u16 {
        let Learned { row, from, source, .. } = *learned;
        let key = self.sorts.begin();
        key.extend([i32::from(piece), row.kind.0, row.state.0, word_or_none(from.delivery)]);
        key.extend(answers.halves());
        if source.is_some() {
            for id in [from.course_id, from.program_id] {
                let bytes = id.map_or(i64::MIN, |id| id.0).to_le_bytes();
                let [a, b, c, d, e, f, g, h] = bytes;
                key.extend([i32::from_le_bytes([a, b, c, d]), i32::from_le_bytes([e, f, g, h])]);
            }
        }
        let before = key.len();
        key.extend(topics.map(|word| word.0));
        if let Some(class) = self.sorts.known() {
            return class;
        }
        let names: Vec<&str> = self.sorts.key().iter().skip(before).map(|word| words.text(Word(*word))).collect();
        let mut values = vec![(Attribute::Kind, words.text(row.kind))];
        values.extend(from.delivery.map(|word| (Attribute::Delivery, words.text(word))));
        if let Some(source) = source {
            values.extend(source.course.as_deref().map(|course| (Attribute::Course, course)));
            values.extend(source.provider.as_deref().map(|provider| (Attribute::Provider, provider)));
        }
        let status = Some(words.text(row.state));
        let traits = Traits { service: false, piece, status, topics: &names, values: &values };
        let class = self.classes.of(program, &traits, answers);
        self.sorts.note(class);
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
        if matches!(state, "verified" | "attested" | "disputed") {
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
        let key = self.sorts.begin();
        // Where the state is not the row's own, a supervisor has attested it.
        let own = words.text(row.state) == state;
        key.extend([2 + i32::from(piece), row.kind.0, row.state.0, i32::from(own)]);
        key.extend([row.domain, row.setting, row.role, row.site].map(word_or_none));
        key.push(row.paid.map_or(2, i32::from));
        key.extend(answers.halves());
        if let Some(class) = self.sorts.known() {
            return class;
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
        self.sorts.note(class);
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
