//! The day on which a rule was met, for rules that wait for it (`after met <rule>`).
//!
//! What is known grows day by day, so the first day is found by halving: on which day would the rule have been met by
//! what was there until then, under today's windows.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::calendar::Length;
use super::super::evaluation::Status;
use super::super::pack::model::Rule;
use super::asked::Asked;
use super::tree;

/// Nobody's facts are older.
const LONGEST_LIFE_MONTHS: u32 = 1_440;

/// Notes the days of all rules that others wait for.
pub(super) fn with_met(mut asked: Asked<'_>) -> Asked<'_> {
    let rules = asked.rules;
    for id in &rules.waited_for {
        match rules.rule(id).map_or(Found::Never, |rule| find(&asked, rule)) {
            Found::On(day) => drop(asked.moments.met.insert(id, Some(day))),
            Found::NotBefore(day) => drop(asked.moments.soonest.insert(id, day)),
            Found::Never => {}
        }
    }
    asked
}

/// Since when a rule is met, or could be.
enum Found {
    On(NaiveDate),
    NotBefore(NaiveDate),
    Never,
}

fn find(asked: &Asked<'_>, rule: &Rule) -> Found {
    let node = tree::alone(asked, rule);
    match node.status() {
        Status::Met => Found::On(first_day(asked, rule)),
        // A rule that is not asked of this person holds nobody up.
        Status::Waived | Status::NotApplicable => Found::On(NaiveDate::MIN),
        Status::NotMet => node.earliest.map_or(Found::Never, Found::NotBefore),
        Status::Undecided => Found::Never,
    }
}

/// The first day on which a rule that is met was met.
fn first_day(asked: &Asked<'_>, rule: &Rule) -> NaiveDate {
    let (mut before, mut met) = (Length::Months(LONGEST_LIFE_MONTHS).before(asked.as_of), asked.as_of);
    while let days @ 2.. = (met - before).num_days() {
        let middle = u32::try_from(days / 2).map_or(before, |half| Length::Days(half).after(before));
        if tree::alone(&until(asked, middle), rule).status() == Status::Met {
            met = middle;
        } else {
            before = middle;
        }
    }
    met
}

/// The same question with the facts there were until `day`.
fn until<'a>(asked: &Asked<'a>, day: NaiveDate) -> Asked<'a> {
    Asked {
        version: asked.version,
        record: asked.record,
        question: asked.question,
        as_of: day,
        moments: asked.moments.clone(),
        deciding: asked.deciding,
        stage: asked.stage,
        rules: asked.rules,
        needs: asked.needs.clone(),
        scaled: BTreeMap::clone(&asked.scaled),
        learning: asked.learning.clone(),
        service: asked.service.clone(),
    }
}
