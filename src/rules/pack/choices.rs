//! Rules that leave the judgment a choice: it tries every one, so a pack may not leave it too many.

use super::model::{Asks, Hours, Rule};
use super::table::Table;

/// Refuses what could make the judgment try too much.
pub(super) fn check(root: &Table<'_, '_>, rules: &[Rule]) {
    stretches(root, rules);
}

/// All rules about hours, branches included, with whether they are about learning.
fn hours(rules: &[Rule]) -> Vec<(&Rule, &Hours, bool)> {
    let mut all = Vec::new();
    for rule in rules {
        match &rule.asks {
            Asks::Learning(hours) => all.push((rule, &**hours, true)),
            Asks::Service(hours) => all.push((rule, &**hours, false)),
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => all.extend(self::hours(branches)),
            _ => {}
        }
    }
    all
}

/// Whether two rules may be asked of one person.
fn together(a: &Rule, b: &Rule) -> bool {
    a.stages.iter().any(|stage| b.stages.contains(stage))
}

fn stretches(root: &Table<'_, '_>, rules: &[Rule]) {
    let bound: Vec<_> = hours(rules)
        .into_iter()
        .filter(|(_, hours, _)| !hours.shared && !hours.topics_shared)
        .filter(|(_, hours, _)| hours.pace.spread.as_ref().is_some_and(|spread| spread.at_most.is_some()))
        .collect();
    for (at, (second, _, sort)) in bound.iter().enumerate() {
        let first = bound.iter().take(at).find(|(first, _, other)| other == sort && together(first, second));
        if let Some((first, _, _)) = first {
            root.problem(
                "too_many_choices",
                second.line,
                format!(
                    "`{}` and `{}` both say how far apart their hours may lie, and share them",
                    first.id, second.id
                ),
                "at most one `spread.at_most` among rules that share hours",
                "give one of them `shared = true`, or leave one `at_most` out",
            );
        }
    }
}
