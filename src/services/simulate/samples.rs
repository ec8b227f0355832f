//! A few of those affected as portable records that name nobody, so that a draft can be discussed and tried on them.
//!
//! Names, ids, reasons and, where the change can be seen without them, birthday, sites, courses, programs and employers are
//! left out or replaced by numbers. Days stay, for rules read them: a sample is pseudonymous, not anonymous.

use std::collections::BTreeMap;

use serde::Serialize;

use super::differs::Answer;
use super::judge::Work;
use super::{Affected, Differs, SimulationError, ToGo, Wish};
use crate::rules::{Purpose, Question, Record, Status, Version, outline, status_of};
use crate::services::evaluations::EvaluationError;
use crate::services::record;
use crate::storage::{Conn, Db};

/// A sample, with what becomes of it.
#[derive(Debug, Clone, Serialize)]
pub struct Sample {
    /// Its file's name.
    pub file: String,
    /// What was asked for.
    pub purpose: Purpose,
    /// The version before.
    pub version: Option<String>,
    /// The version after.
    pub version_after: Option<String>,
    /// How it stands before.
    pub before: Option<Status>,
    /// How it stands after.
    pub after: Option<Status>,
    /// Whether there is further to go, or less, for whom something is missing before and after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_go: Option<ToGo>,
    /// The requirements that come out otherwise.
    pub differs: Vec<Differs>,
    /// What would be left to do.
    pub left: Vec<String>,
    /// The record.
    #[serde(skip)]
    pub record: Record,
}

/// The records of these people as samples, numbered in their order. Whoever comes out otherwise by now is left out.
///
/// # Errors
/// [`SimulationError`].
pub fn samples(db: &Db, wish: &Wish<'_>, affected: &[Affected]) -> Result<Vec<Sample>, SimulationError> {
    let mut samples = Vec::new();
    db.read(|conn: &mut Conn<'_>| {
        let work = Work::new(conn, wish)?;
        for one in affected {
            let board = Some(wish.credential.organization_id);
            let record = record::assemble(conn, one.person, board).map_err(EvaluationError::from)?;
            let number = samples.len() + 1;
            let Some(record) = without_names(&record, number, |sample| comes_out(&work, one, sample)) else { continue };
            let word = super::word;
            let to_go = one.to_go.map_or_else(String::new, |to_go| format!("-{}", to_go.word()));
            let (before, after) = (word(one.before), word(one.after));
            let file = format!("{number:03}-{}-{before}-{after}{to_go}.json", one.purpose.word());
            samples.push(Sample {
                file,
                purpose: one.purpose,
                version: one.version.clone(),
                version_after: one.version_after.clone(),
                before: one.before,
                after: one.after,
                to_go: one.to_go,
                differs: one.differs.clone(),
                left: one.left.clone(),
                record,
            });
        }
        Ok::<_, SimulationError>(())
    })?;
    Ok(samples)
}

/// Whether a sample comes out before and after as the person does.
fn comes_out(work: &Work<'_>, one: &Affected, sample: &Record) -> bool {
    let question = Question { as_of: work.as_of(), purpose: one.purpose, stage: None };
    let (from, to, _) = work.sides(sample, &question);
    let id = |version: Option<&Version>| version.map(|version| version.id.clone());
    id(from) == one.version
        && id(to) == one.version_after
        && from.map(|version| status_of(version, sample, &question)) == one.before
        && to.map(|version| status_of(version, sample, &question)) == one.after
        && (one.to_go.is_none() || to_go(from, to, sample, &question) == one.to_go)
}

fn to_go(from: Option<&Version>, to: Option<&Version>, sample: &Record, question: &Question) -> Option<ToGo> {
    let whole = |version: &Version| outline(version, sample, question);
    ToGo::between(Answer::of(&whole(from?)), Answer::of(&whole(to?)))
}

/// The record with as little of the person as the change needs.
fn without_names(record: &Record, number: usize, same: impl Fn(&Record) -> bool) -> Option<Record> {
    let bare = numbered(record, number);
    let birth = |mut sample: Record| {
        sample.person.birth_date = record.person.birth_date;
        sample
    };
    let fewer = without_places(bare.clone());
    [fewer.clone(), birth(fewer), bare.clone(), birth(bare)].into_iter().find(same)
}

/// The record without name, birthday and reasons, its ids replaced by numbers in their own order: ties go to the lesser id.
fn numbered(record: &Record, number: usize) -> Record {
    let mut sample = record.clone();
    sample.person.id = format!("sample-{number:03}");
    sample.person.name = None;
    sample.person.birth_date = None;
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    each_id(&mut sample, &mut |id| drop(known.insert(id.clone(), String::new())));
    for (at, name) in known.values_mut().enumerate() {
        *name = format!("r{:05}", at + 1);
    }
    each_id(&mut sample, &mut |id| id.clone_from(known.get(id.as_str()).unwrap_or(&String::new())));
    let mut people = Names::of("supervisor");
    for entry in &mut sample.service {
        people.replace(&mut entry.supervisor);
    }
    for statement in &mut sample.attestations {
        people.replace(&mut statement.by_id);
        statement.about = statement.about.take().and_then(|about| known.get(&about).cloned());
    }
    for decision in &mut sample.decisions {
        decision.reason = None;
    }
    for held in &mut sample.credentials {
        held.status.iter_mut().for_each(|range| range.reason = None);
    }
    let approvals = sample.learning.iter_mut().flat_map(|fact| &mut fact.approvals);
    let approvals = approvals.chain(sample.service.iter_mut().flat_map(|fact| &mut fact.approvals));
    approvals.for_each(|approval| approval.number = None);
    sample
}

/// The same without courses, programs, sites and employers by name.
fn without_places(mut sample: Record) -> Record {
    let (mut courses, mut programs) = (Names::of("course"), Names::of("program"));
    let (mut sites, mut employers) = (Names::of("site"), Names::of("employer"));
    for fact in &mut sample.learning {
        courses.replace(&mut fact.course);
        programs.replace(&mut fact.provider);
    }
    sample.service.iter_mut().for_each(|entry| sites.replace(&mut entry.site));
    sample.employment.iter_mut().for_each(|job| employers.replace(&mut job.employer));
    sample
}

/// Calls with every record's id.
fn each_id(record: &mut Record, call: &mut dyn FnMut(&mut String)) {
    record.applications.iter_mut().for_each(|fact| call(&mut fact.id));
    record.learning.iter_mut().for_each(|fact| call(&mut fact.id));
    record.service.iter_mut().for_each(|fact| call(&mut fact.id));
    record.exams.iter_mut().for_each(|fact| call(&mut fact.id));
    record.attestations.iter_mut().for_each(|fact| call(&mut fact.id));
    record.employment.iter_mut().for_each(|fact| call(&mut fact.id));
    record.credentials.iter_mut().for_each(|fact| call(&mut fact.id));
    record.carry_over.iter_mut().for_each(|fact| call(&mut fact.id));
    record.events.iter_mut().for_each(|fact| call(&mut fact.id));
    record.decisions.iter_mut().for_each(|fact| call(&mut fact.id));
    record.holds.iter_mut().for_each(|fact| call(&mut fact.id));
}

/// Numbers for names, the same number for the same name.
struct Names {
    what: &'static str,
    known: BTreeMap<String, String>,
}

impl Names {
    const fn of(what: &'static str) -> Self {
        Self { what, known: BTreeMap::new() }
    }

    fn replace(&mut self, name: &mut Option<String>) {
        let Some(own) = name.take() else { return };
        let number = format!("{}-{}", self.what, self.known.len() + 1);
        *name = Some(self.known.entry(own).or_insert(number).clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_keeps_what_the_change_needs_and_names_nobody() {
        let record = Record::from_json(
            r#"{"format":"credtrail.record/1","person":{"id":"0q8m","name":"Dana Rivera","birth_date":"1988-02-29"},
            "learning":[{"id":"zz","course":"core-46","provider":"north","completed_on":"2025-03-14","minutes":60,"kind":"basic"}],
            "service":[{"id":"aa","from":"2025-05-05","to":"2025-05-05","minutes":60,"kind":"direct","site":"harbor","supervisor":"0sv1"}],
            "decisions":[{"id":"mm","credential":"us-xx-ps","outcome":"approved","on":"2025-12-10","reason":"spoke with Dana"}]}"#,
        )
        .unwrap();
        let text =
            |same: fn(&Record) -> bool| serde_json::to_string(&without_names(&record, 7, same).unwrap()).unwrap();
        let bare = text(|_| true);
        for gone in ["Dana", "0q8m", "1988", "zz", "harbor", "0sv1", "spoke", "core-46", "north"] {
            assert!(!bare.contains(gone), "{gone} in {bare}");
        }
        assert!(bare.contains("sample-007") && bare.contains("2025-03-14") && bare.contains("supervisor-1"), "{bare}");
        // Ids keep their order over all lists: aa, mm, zz.
        assert!(
            bare.contains(r#""learning":[{"id":"r00003""#) && bare.contains(r#""service":[{"id":"r00001""#),
            "{bare}"
        );
        let of_age = text(|sample| sample.person.birth_date.is_some());
        assert!(of_age.contains("1988-02-29") && !of_age.contains("core-46"), "{of_age}");
        let of_course = text(|sample| sample.learning.iter().any(|fact| fact.course.as_deref() == Some("core-46")));
        assert!(of_course.contains("core-46") && !of_course.contains("1988"), "{of_course}");
        assert_eq!(without_names(&record, 7, |_| false), None);
    }
}
