//! Amounts that grow with something of the person's: in proportion to a term, or for each year away.

use super::super::calendar::{Length, next_day};
use super::super::evaluation::Note;
use super::super::pack::model::{Asks, Hours, Rule, Scale, ScaleBy};
use super::super::question::Purpose;
use super::asked::Asked;
use super::filing::filed;
use super::ladder;
use super::node::Node;

/// Notes the amounts that hold for this person, where a rule's grow.
pub(super) fn with_scaled(mut asked: Asked<'_>) -> Asked<'_> {
    let rules = asked.rules;
    for rule in &rules.rules {
        add(&mut asked, rule);
    }
    asked
}

fn add<'a>(asked: &mut Asked<'a>, rule: &'a Rule) {
    match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().for_each(|branch| add(asked, branch)),
        Asks::Learning(hours) | Asks::Service(hours) => {
            let Some(scale) = &hours.scale else { return };
            if let Some((units, whole)) = units(asked, scale) {
                asked.scaled.insert(&rule.id, scale.applied(hours, units, whole));
            }
        }
        _ => {}
    }
}

/// So many units out of a whole; none: the amounts hold as they are.
fn units(asked: &Asked<'_>, scale: &Scale) -> Option<(u64, u64)> {
    if scale.by == ScaleBy::Away {
        return times_away(asked, scale).map(|times| (times, 1));
    }
    let term = asked.moments.term().filter(|_| asked.question.purpose == Purpose::Renewal)?;
    if scale.by == ScaleBy::FirstTerm && asked.moments.terms.len() > 1 {
        return None;
    }
    let end = next_day(term.through?);
    let whole = (0..1_200_u32).take_while(|month| Length::Months(month + 1).after(term.from) <= end).count();
    let rest = Length::Months(u32::try_from(whole).ok()?).after(term.from) < end;
    let months = u64::try_from(whole).ok()? + u64::from(rest && scale.started);
    Some((months, u64::from(scale.months)))
}

/// How many lengths fit into the time away: those that have begun, or whole ones.
fn times_away(asked: &Asked<'_>, scale: &Scale) -> Option<u64> {
    let (since, day) = (ladder::away(asked)?.since, filed(asked));
    let ends = |number: u32| Length::Months(scale.months.saturating_mul(number)).after(since);
    let whole = (1..=1_200_u32).take_while(|number| ends(*number) <= day).count();
    let begun = u64::from(scale.started && ends(u32::try_from(whole).ok()?) < day);
    Some(u64::try_from(whole).ok()? + begun)
}

/// Says how the amounts were found.
pub(super) fn remark(asked: &Asked<'_>, hours: &Hours, node: &mut Node) {
    let Some((scale, (units, whole))) =
        hours.scale.as_ref().and_then(|scale| units(asked, scale).map(|units| (scale, units)))
    else {
        return;
    };
    let code = if scale.by == ScaleBy::Away { "for_each" } else { "pro_rata" };
    if scale.by == ScaleBy::Away || units != whole {
        let mut note = Note::of(code);
        note.number = u32::try_from(units).ok();
        node.requirement.notes.push(note.said());
    }
}
