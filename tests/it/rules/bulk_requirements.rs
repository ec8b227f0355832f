//! What the tables say is missing, and what is left to do: where they say it, the whole evaluator says the same.

use std::cell::Cell;

use credtrail::rules::bulk::{Classes, Judge, Program, Roll};
use credtrail::rules::evaluation::{Citation, Requirement};
use credtrail::rules::explain::{in_language, left};
use credtrail::rules::{Lang, Purpose, Question, Record, Version, evaluate, outline};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};

use super::{bulk, bulk_wide};

fn question() -> Question {
    Question { as_of: "2025-06-30".parse().unwrap(), purpose: Purpose::Initial, stage: None }
}

/// What the tables say; the outer none: the rules are not for them.
fn by_tables(version: &Version, record: &Record) -> Option<Option<Vec<Requirement>>> {
    let stage = version.stage_of(record, &question())?;
    let program = Program::for_stage(version, Purpose::Initial, stage).ok().filter(Program::is_simple)?;
    let (mut classes, mut roll) = (Classes::default(), Roll::default());
    roll.take(&program, &mut classes, record, question().as_of);
    let mut judge = Judge::new(&program);
    // As when many are judged: the status first, by the same judge.
    let status = judge.status(&roll, 0, &classes);
    Some(judge.requirements(&roll, 0, &classes).filter(|_| status.is_some()))
}

/// A requirement of a whole answer without what the tables do not say.
fn plainly(found: Requirement) -> Requirement {
    let minutes = found.missing_minutes.is_some();
    Requirement {
        citation: Citation::default(),
        placed: Vec::new(),
        not_counted: Vec::new(),
        shortfall: Vec::new(),
        caps: Vec::new(),
        needed: found.needed.filter(|_| !minutes),
        counted: found.counted.filter(|_| !minutes),
        needed_minutes: None,
        counted_minutes: None,
        requirements: found.requirements.into_iter().map(plainly).collect(),
        ..found
    }
}

/// Compares one answer; yes if the tables had one.
fn agrees(version: &Version, record: &Record) -> Result<bool, TestCaseError> {
    let whole = evaluate(version, record, &question());
    let mut bare = whole.clone();
    (bare.inputs_hash, bare.records) = (String::new(), Vec::new());
    prop_assert_eq!(&outline(version, record, &question()), &bare);
    let Some(Some(found)) = by_tables(version, record) else { return Ok(false) };
    let expected: Vec<Requirement> = whole.requirements.iter().cloned().map(plainly).collect();
    prop_assert_eq!(&found, &expected, "{}\n{:#?}", version.written_out(), record);
    for lang in [Lang::En, Lang::Es] {
        let said = in_language(whole.clone(), version, lang).next;
        let said: Vec<String> = said.into_iter().map(|step| step.text).collect();
        prop_assert_eq!(&left(version, (Purpose::Initial, &whole.stage), found.clone(), lang), &said);
    }
    Ok(true)
}

/// Runs so many cases; answers how many answers there were, and how many of them by the tables.
fn run<S: Strategy>(cases: u32, all: &S, each: impl Fn(S::Value, &Cell<(u32, u32)>) -> TestCaseResult) -> (u32, u32) {
    let counts = Cell::new((0, 0));
    let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
    runner.run(all, |case| each(case, &counts)).unwrap_or_else(|failed| panic!("{failed}"));
    counts.get()
}

fn count(counts: &Cell<(u32, u32)>, answered: bool) {
    let (asked, known) = counts.get();
    counts.set((asked + 1, known + u32::from(answered)));
}

#[test]
fn under_plain_rules_the_tables_know_what_is_missing_as_the_whole_evaluator_does() {
    let all = (bulk::packs_of_rules(), prop::collection::vec(bulk::records(), 1..12));
    let (asked, known) = run(400, &all, |(pack, records), counts| {
        for record in &records {
            count(counts, agrees(&pack.versions[0], record)?);
        }
        Ok(())
    });
    assert!(known * 3 > asked * 2, "{known} of {asked}");
}

#[test]
fn under_rules_of_every_sort_the_tables_know_what_is_missing_or_leave_it() {
    // Most of these records have something unusual, which leaves them to the whole evaluator; the others have nothing.
    let record = prop_oneof![1 => bulk_wide::records("initial"), 2 => bulk::records()];
    let all = (bulk_wide::flat_packs(), prop::collection::vec(record, 1..8));
    let (asked, known) = run(600, &all, |(pack, records), counts| {
        // A random pack may contradict itself, then there is none.
        let Some(pack) = pack else { return Ok(()) };
        for record in &records {
            count(counts, agrees(&pack.versions[0], record)?);
        }
        Ok(())
    });
    assert!(known * 20 > asked, "{known} of {asked}");
}
