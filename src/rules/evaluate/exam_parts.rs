//! Exams in parts: each part's score has to reach its mark, in one sitting or, where the board keeps parts, in several.

use chrono::NaiveDate;

use super::super::amount::Decimal;
use super::super::evaluation::{Requirement, Status};
use super::super::pack::model::{Exam, Rule};
use super::super::record::ExamAttempt;
use super::node::bare;

/// The parts of one exam and when each was passed last.
pub(super) struct Parts<'e> {
    exam: &'e Exam,
    passed_on: Vec<Option<NaiveDate>>,
}

impl<'e> Parts<'e> {
    pub(super) fn of(exam: &'e Exam) -> Self {
        Self { exam, passed_on: vec![None; exam.parts.len()] }
    }

    /// Whether a sitting passes; `whole` is what its score or outcome says of the exam as a whole.
    pub(super) fn sat(&mut self, attempt: &ExamAttempt, whole: Option<bool>) -> Option<bool> {
        let exam = self.exam;
        if exam.parts.is_empty() {
            return whole;
        }
        let scores =
            exam.parts.iter().map(|part| attempt.domains.get(&part.domain).and_then(|text| Decimal::parse(text)));
        let scores: Vec<Option<Decimal>> = scores.collect();
        for ((part, score), passed_on) in exam.parts.iter().zip(&scores).zip(&mut self.passed_on) {
            match score {
                Some(score) if score.at_least(part.pass) => *passed_on = Some(attempt.on),
                _ if exam.parts_kept.is_none() => *passed_on = None,
                _ => {}
            }
        }
        let all = (0..exam.parts.len()).all(|part| self.is_kept(part, attempt.on));
        let silent = scores.iter().all(Option::is_none);
        // With a mark of its own the whole has to pass as well; without one the parts decide.
        match (all, silent, whole) {
            (_, true, Some(true)) => None,
            (_, true, whole) => whole,
            (true, false, Some(false)) if !exam.marks.is_empty() => Some(false),
            (true, false, _) => Some(true),
            (false, false, _) => Some(false),
        }
    }

    fn is_kept(&self, part: usize, on: NaiveDate) -> bool {
        let passed = self.passed_on.get(part).copied().flatten();
        passed.is_some_and(|day| self.exam.parts_kept.map_or(day == on, |kept| on <= kept.after(day)))
    }

    /// One child for each part.
    pub(super) fn children(&self, rule: &Rule, passed: bool, today: NaiveDate) -> Vec<Requirement> {
        let child = |(number, part): (usize, &super::super::pack::model::ExamPart)| {
            let mut child = bare(rule, Status::NotMet);
            (child.id, child.label) = (part.id.clone(), part.label.en.clone());
            let kept = self.exam.parts_kept.is_some() && self.is_kept(number, today);
            let met = passed || kept;
            child.status = if met { Status::Met } else { Status::NotMet };
            child.unit = Some("count".to_owned());
            child.needed = Some("1".to_owned());
            child.counted = Some(u8::from(met).to_string());
            child.missing = Some(u8::from(!met).to_string());
            child
        };
        self.exam.parts.iter().enumerate().map(child).collect()
    }
}
