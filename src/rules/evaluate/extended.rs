//! More time for a requirement: by the board's decision for one person, by an order for everyone, by clocks that stood still.

use chrono::NaiveDate;

use super::super::calendar::Length;
use super::super::evaluation::Note;
use super::super::pack::model::{Asks, Rule};
use super::super::pack::phrase::Window;
use super::super::question::Purpose;
use super::asked::Asked;
use super::facts;
use super::ledger::Said;
use super::moments::Span;
use super::node::Node;

/// The days that windows let count for a rule, with the time it was given on top.
pub(super) fn spans(asked: &Asked<'_>, rule: &str, windows: &[Window]) -> Vec<Span> {
    longer(asked, rule, asked.moments.spans(windows))
}

/// The same for spans that are known.
pub(super) fn longer(asked: &Asked<'_>, rule: &str, mut spans: Vec<Span>) -> Vec<Span> {
    let decided = until(asked, rule);
    for span in &mut spans {
        if let Span::Days(_, through, _, _) = span
            && *through < NaiveDate::MAX
        {
            let ordered = asked.moments.clocks.ordered(&[rule], *through);
            *through = decided.map_or(ordered, |day| day.max(ordered));
        }
    }
    spans
}

/// The day through which the board has extended something by a recorded decision.
pub(super) fn until(asked: &Asked<'_>, what: &str) -> Option<NaiveDate> {
    facts::extended(asked, what).and_then(|decision| decision.until)
}

/// The records that moved days without being placed anywhere: holds, and decisions on the term and on deadlines.
pub(super) fn read(asked: &Asked<'_>) -> Vec<Said> {
    let term = asked
        .moments
        .term()
        .and_then(|term| super::clocks::decided(asked.version, asked.record, asked.as_of, (term.from, None)));
    let deadlines = asked.rules.deadlines.iter().filter_map(|deadline| facts::extended(asked, &deadline.id));
    let decisions = deadlines.chain(term).map(|decision| decision.id.as_str());
    decisions.chain(asked.moments.clocks.read.iter().copied()).map(|id| Said::piece(id, "", None)).collect()
}

/// Says how much more time a requirement was given.
pub(super) fn remark(asked: &Asked<'_>, rule: &Rule, node: &mut Node) {
    let days = asked.moments.held_days(windows(rule));
    if days > 0 {
        let mut note = Note::of("clock_stopped");
        note.number = Some(days);
        node.requirement.notes.push(note.said());
    }
    if let Some(decision) = facts::extended(asked, &rule.id).filter(|_| !windows(rule).is_empty()) {
        let mut note = Note::of("extended");
        note.through = decision.until;
        node.requirement.notes.push(note.said());
        node.said.push(Said::piece(&decision.id, &rule.id, None));
    }
}

fn windows(rule: &Rule) -> &[Window] {
    match &rule.asks {
        Asks::Learning(hours) | Asks::Service(hours) => &hours.windows,
        Asks::Exam(exam) => &exam.windows,
        Asks::Attestation(wanted) => &wanted.windows,
        Asks::Employment(wanted) => &wanted.windows,
        Asks::Event(wanted) => &wanted.windows,
        Asks::Age(_) | Asks::Credential(_) | Asks::Decision | Asks::AnyOf(..) | Asks::AllOf(_) => &[],
    }
}

/// Says that the term that runs ends later than recorded.
pub(super) fn term_notes(asked: &Asked<'_>) -> Option<Note> {
    let after_a_term = matches!(asked.question.purpose, Purpose::Renewal | Purpose::Reinstatement);
    let term = asked.moments.term().filter(|_| after_a_term)?;
    let (stated, through) = (term.stated?, term.through?);
    let days = u32::try_from((through - stated).num_days()).ok().filter(|days| *days > 0)?;
    let mut note = Note::of("term_moved");
    (note.through, note.number) = (Some(Length::Days(days).after(stated)), Some(days));
    Some(note.said())
}
