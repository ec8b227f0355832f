//! An answer's own words in another language.

use std::collections::BTreeSet;

use super::super::evaluate::open;
use super::super::evaluation::{Evaluation, Requirement};
use super::super::lang::Lang;
use super::super::pack::Version;
use super::super::pack::model::Asks;
use super::super::question::Purpose;
use super::names::Names;
use super::{bring_back, note, onward, reason, reason_of_exam, whole_step};

/// The same answer with its labels and sentences in `lang`. Ids, amounts, days and hashes stay as they are.
#[must_use]
pub fn in_language(mut evaluation: Evaluation, version: &Version, lang: Lang) -> Evaluation {
    let (purpose, stage) = (evaluation.purpose, evaluation.stage.clone());
    let exams = exams(version, &evaluation, lang);
    for found in &mut evaluation.requirements {
        requirement(found, lang, &|id| version.label(purpose, &stage, id).map(|label| label.in_lang(lang)));
    }
    for lost in evaluation.records.iter_mut().flat_map(|record| &mut record.not_counted) {
        let is_exam = lost.requirement.as_ref().is_some_and(|asked| exams.contains(asked));
        let said = if is_exam { reason_of_exam } else { reason };
        lost.text = said(lost.reason, lang).to_owned();
    }
    for remark in &mut evaluation.notes {
        remark.text = note(remark, lang);
    }
    let stated = version.purposes.get(&purpose).map(|rules| rules.deadlines.as_slice()).unwrap_or_default();
    for deadline in &mut evaluation.deadlines {
        let of_pack = stated.iter().find(|found| found.id == deadline.id);
        if let (Some(consequence), Some(of_pack)) = (&mut deadline.consequence, of_pack) {
            of_pack.consequence.in_lang(lang).clone_into(consequence);
        }
    }
    let rungs = version.purposes.get(&purpose).map(|rules| rules.rungs.as_slice()).unwrap_or_default();
    let Evaluation { next, requirements, notes, deadlines, .. } = &mut evaluation;
    for open in next {
        if let Some(found) = requirements.iter().find_map(|found| find(found, &open.requirement)) {
            open.text = whole_step(&version.unit_names, found, &|one| one.label.clone(), lang);
        } else if notes.iter().any(|note| note.code == "renewals_used_up") {
            let next = version.stages.iter().find(|known| known.id == open.requirement);
            if next.is_some() || open.requirement == "renewal" {
                open.text = onward(next.map(|stage| &stage.label), lang);
            }
        } else if notes.iter().any(|note| note.code == "rests_with" && note.about.as_ref() == Some(&open.requirement)) {
            open.text = bring_back(&open.requirement, lang);
        } else if let Some(day) = deadlines.iter().find(|known| known.id == open.requirement).and_then(|known| known.on)
        {
            let of_pack = stated.iter().find(|known| known.id == open.requirement);
            super::over(of_pack, day, lang).trim_end_matches('.').clone_into(&mut open.text);
        } else if let Some(rung) = rungs.iter().find(|rung| rung.refused && rung.id == open.requirement) {
            rung.way_on().in_lang(lang).clone_into(&mut open.text);
        }
    }
    evaluation
}

/// What is left to do of these requirements of a purpose and stage, if nothing stands above them.
#[must_use]
pub fn left(
    version: &Version,
    (purpose, stage): (Purpose, &str),
    mut requirements: Vec<Requirement>,
    lang: Lang,
) -> Vec<String> {
    for found in &mut requirements {
        requirement(found, lang, &|id| version.label(purpose, stage, id).map(|label| label.in_lang(lang)));
    }
    let text = |found| whole_step(&version.unit_names, found, &|one: &Requirement| one.label.clone(), lang);
    open(&requirements).map(text).collect()
}

/// The requirements about exams that records are weighed in.
fn exams(version: &Version, evaluation: &Evaluation, lang: Lang) -> BTreeSet<String> {
    let names = Names::new(version, evaluation, lang);
    let lost = evaluation.records.iter().flat_map(|record| &record.not_counted);
    let is_exam = |id: &&String| names.rule(id).is_some_and(|rule| matches!(rule.asks, Asks::Exam(_)));
    lost.filter_map(|lost| lost.requirement.as_ref()).filter(is_exam).cloned().collect()
}

fn requirement<'n>(found: &mut Requirement, lang: Lang, name: &dyn Fn(&str) -> Option<&'n str>) {
    if let Some(name) = name(&found.id) {
        name.clone_into(&mut found.label);
    }
    for remark in &mut found.notes {
        remark.text = note(remark, lang);
    }
    for child in &mut found.requirements {
        requirement(child, lang, name);
    }
}

fn find<'r>(requirement: &'r Requirement, id: &str) -> Option<&'r Requirement> {
    if requirement.id == id {
        return Some(requirement);
    }
    requirement.requirements.iter().find_map(|child| find(child, id))
}
