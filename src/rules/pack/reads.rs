//! What a rule reads of a record beside what it asks for: in its conditions, windows, limits and days. Whoever prepares
//! a record from a summary leaves out what is not named there, so nothing may be missing.

use super::exams::{Exam, Remedy};
use super::model::{Condition, Guards, Hours};
use super::phrase::{Anchor, Window};
use super::summary::Summary;

impl Summary {
    pub(super) fn read_guards(&mut self, guards: &Guards) {
        self.read_values_of(guards);
        for condition in guards.iter().flat_map(|guard| &guard.0) {
            match condition {
                Condition::Event(kinds) => self.events.extend(kinds.iter().cloned()),
                Condition::Attested(kind, _) => drop(self.attestations.insert(kind.clone())),
                Condition::Issued(window) => self.read_windows([window]),
                Condition::Age(age) => self.read_anchor(&age.on),
                _ => {}
            }
        }
    }

    pub(super) fn read_hours(&mut self, hours: &Hours) {
        self.read_words(&hours.filter);
        self.read_windows(&hours.windows);
        hours.instead.iter().for_each(|(guards, _)| self.read_guards(guards));
        hours.period.iter().for_each(|period| self.read_anchor(&period.anchor));
        for bucket in &hours.buckets {
            self.read_words(&bucket.filter);
            bucket.of.iter().for_each(|of| self.read_words(of));
            self.read_windows(bucket.windows.iter().flatten());
            self.read_guards(&bucket.when);
        }
        hours.caps.iter().for_each(|cap| self.read_words(&cap.of));
    }

    pub(super) fn read_exam(&mut self, exam: &Exam) {
        self.exams.extend(exam.exams.iter().cloned());
        for scale in exam.marks.iter().filter_map(|mark| mark.scale.as_ref()) {
            for id in &exam.exams {
                self.scales.entry(id.clone()).or_default().insert(scale.clone());
            }
        }
        self.read_windows(&exam.windows);
        self.read_windows(exam.attempts.iter().filter_map(|(_, window)| window.as_ref()));
        exam.valid_for.iter().for_each(|(_, anchor)| self.read_anchor(anchor));
        match exam.remediation.as_ref().map(|remediation| &remediation.by) {
            Some(Remedy::Event(kinds)) => self.events.extend(kinds.iter().cloned()),
            Some(Remedy::Attestation(kind)) => drop(self.attestations.insert(kind.clone())),
            Some(Remedy::Learning(_, filter)) => self.read_words(filter),
            None => {}
        }
    }

    pub(super) fn read_windows<'w>(&mut self, windows: impl IntoIterator<Item = &'w Window>) {
        for anchor in windows.into_iter().filter_map(Window::anchor) {
            self.read_anchor(anchor);
        }
    }

    pub(super) fn read_anchor(&mut self, anchor: &Anchor) {
        if let Anchor::Event { kind, .. } = anchor {
            self.events.insert(kind.clone());
        }
    }
}
