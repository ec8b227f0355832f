//! Exams: attempts in order, marks, waiting times, results that are not official yet.

use chrono::NaiveDate;

use super::super::evaluation::{NotCountedHere, Note, Placed, Status};
use super::super::pack::model::{Exam, Rule};
use super::super::reason::Reason;
use super::super::record::ExamAttempt;
use super::asked::Asked;
use super::entry::Verdict;
use super::exam_parts::Parts;
use super::extended;
use super::ledger::Said;
use super::moments::{Moments, Span};
use super::node::Node;
use super::pass::{self, Came};
use super::remedy;
use super::soonest;

pub(super) fn node(asked: &Asked<'_>, rule: &Rule, exam: &Exam) -> Node {
    let mut node = Node::of(rule, Status::NotMet, asked.as_of);
    let spans = extended::spans(asked, &rule.id, &exam.windows);
    let attempts_span =
        exam.attempts.as_ref().and_then(|(_, window)| window.as_ref()).and_then(|window| asked.moments.span(window));
    let mut attempts: Vec<&ExamAttempt> =
        asked.record.exams.iter().filter(|attempt| exam.exams.contains(&attempt.exam)).collect();
    attempts.sort_by_key(|attempt| (attempt.on, attempt.id.as_str()));
    let (mut taken, mut last, mut passed, mut waits): (u32, Option<NaiveDate>, bool, bool) = (0, None, false, false);
    let (mut failures, mut parts) = (Vec::new(), Parts::of(exam));
    for attempt in attempts {
        let judged = if attempt.on <= asked.as_of && remedy::due(asked, exam, &failures, attempt.on) {
            Verdict::No(Reason::BeforeRequiredEvent)
        } else {
            let judged = judge(asked, exam, attempt, &spans, attempts_span.as_ref(), (last, taken), &mut parts);
            if uses_an_attempt(attempt, &judged, attempts_span.as_ref()) {
                (taken, last) = (taken + 1, Some(attempt.on));
            }
            judged
        };
        if judged == Verdict::No(Reason::BelowMinimumSize) {
            failures.push(attempt.on);
        }
        let refused = match judged {
            Verdict::Yes if passed => Some(Reason::Surplus),
            Verdict::Yes => None,
            Verdict::No(reason) => Some(reason),
            Verdict::Pending(reason) => {
                waits = true;
                Some(reason)
            }
        };
        match refused {
            None => {
                passed = true;
                note_pass(asked, exam, attempt, &mut node);
                node.requirement.placed.push(Placed { record: attempt.id.clone(), minutes: None, count: Some(1) });
            }
            Some(reason) => {
                node.requirement.not_counted.push(NotCountedHere {
                    record: attempt.id.clone(),
                    minutes: None,
                    count: Some(1),
                    reason,
                });
            }
        }
        node.said.push(Said::piece(&attempt.id, &rule.id, refused));
    }
    node.amounts("count", 1, u64::from(passed));
    node.requirement.status = match (passed, waits) {
        (true, _) => Status::Met,
        (false, true) => Status::Undecided,
        (false, false) => Status::NotMet,
    };
    let used_up = exam.attempts.as_ref().is_some_and(|(at_most, _)| taken >= *at_most);
    let again =
        last.and_then(|last| exam.wait.map(|wait| wait.after(last))).map_or(asked.as_of, |day| day.max(asked.as_of));
    let spans_then = |moments: &Moments<'_>| {
        let windows = extended::longer(asked, &rule.id, moments.spans(&exam.windows));
        let attempts = exam.attempts.as_ref().and_then(|(_, window)| moments.span(window.as_ref()?));
        windows.into_iter().chain(attempts).collect()
    };
    if node.status() == Status::NotMet {
        node.earliest = if used_up { None } else { soonest::inside(asked, again, spans_then) };
    }
    if let Some((at_most, _)) = exam.attempts.as_ref().filter(|_| taken > 0 && !passed) {
        let note = Note { number: Some(taken), about: Some(at_most.to_string()), ..Note::of("attempts_used") };
        node.requirement.notes.push(note.said());
    }
    node.requirement.requirements = parts.children(rule, passed, asked.as_of);
    node.requirement.requirements.extend(remedy::child(asked, rule, exam, &failures, passed));
    node
}

fn judge(
    asked: &Asked<'_>,
    exam: &Exam,
    attempt: &ExamAttempt,
    spans: &[Span],
    attempts_span: Option<&Span>,
    (last, taken): (Option<NaiveDate>, u32),
    parts: &mut Parts<'_>,
) -> Verdict {
    if attempt.on > asked.as_of {
        return Verdict::No(Reason::AfterAsOf);
    }
    let came = pass::came(&exam.marks, attempt.into());
    if let Some(reason) = came.refused().filter(|_| came != Came::NoShow) {
        return Verdict::No(reason);
    }
    if let Some(reason) = spans.iter().chain(attempts_span).find_map(|span| span.refuses(attempt.on, attempt.on)) {
        return Verdict::No(reason);
    }
    if last.zip(exam.wait).is_some_and(|(last, wait)| attempt.on < wait.after(last)) {
        return Verdict::No(Reason::TooSoon);
    }
    if exam.attempts.as_ref().is_some_and(|(at_most, _)| taken >= *at_most) {
        return Verdict::No(Reason::AttemptsUsedUp);
    }
    if let Some(reason) = came.refused() {
        return Verdict::No(reason);
    }
    if let Some((valid, on)) = &exam.valid_for
        && asked.moments.day(on).is_some_and(|day| valid.after(attempt.on) < day)
    {
        return Verdict::No(Reason::OutsideWindow);
    }
    let Came::Sat(whole) = came else {
        return Verdict::Pending(if came == Came::Disputed { Reason::Disputed } else { Reason::NotVerified });
    };
    match parts.sat(attempt, whole) {
        Some(false) => Verdict::No(Reason::BelowMinimumSize),
        None => Verdict::Pending(Reason::EvidenceMissing),
        Some(true) if exam.preliminary_counts || pass::is_official(attempt, asked.as_of) => Verdict::Yes,
        Some(true) => Verdict::Pending(Reason::NotVerified),
    }
}

/// How long a pass is good, and whether it is preliminary.
fn note_pass(asked: &Asked<'_>, exam: &Exam, attempt: &ExamAttempt, node: &mut Node) {
    if let Some((valid, _)) = &exam.valid_for {
        let through = Some(valid.after(attempt.on));
        node.requirement.notes.push(Note { through, ..Note::of("pass_good_through") }.said());
    }
    if !pass::is_official(attempt, asked.as_of) {
        node.requirement.notes.push(Note::of("preliminary_pass").said());
    }
}

/// A sitting counts as an attempt whatever came of it, unless it was voided, too early for the window, or not yet.
fn uses_an_attempt(attempt: &ExamAttempt, judged: &Verdict, attempts_span: Option<&Span>) -> bool {
    let counts = !matches!(
        judged,
        Verdict::No(Reason::AfterAsOf | Reason::Voided | Reason::Rejected | Reason::TooSoon | Reason::AttemptsUsedUp)
    );
    counts && attempts_span.is_none_or(|span| span.refuses(attempt.on, attempt.on).is_none())
}
