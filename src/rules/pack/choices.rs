//! Rules that leave the judgment a choice: it tries every one, so a pack may not leave it too many.

use super::model::{Asks, Hours, Rule, Version};
use super::table::Table;

/// At most so many ways of choosing branches are tried.
pub(in super::super) const MOST: usize = 256;
/// A rule whose records stay whole has at most so many places.
const MOST_PLACES: usize = 8;
/// A rule has at most so many caps and floors.
const MOST_CAPS: usize = 8;
/// Up to so many places of whole records, the sums of odd lengths can be tried, in practice.
const PLACES_TRIED: usize = 3;
/// Up to so many caps, or parts, of one rule all ways are tried, in practice.
const CAPS_TRIED: usize = 4;

/// A rule with a limit by week and one by month has at most so many parts.
const MOST_PARTS: usize = 4;
/// At most so many rules that share hours limit them by week or month.
const MOST_LIMITED: usize = 2;

/// Refuses what could make the judgment try too much.
pub(super) fn check(root: &Table<'_, '_>, rules: &[Rule]) {
    stretches(root, rules);
    branches(root, rules);
    limited(root, rules);
    for (rule, hours, _) in hours(rules) {
        places(root, rule, hours);
    }
}

/// All sets of `wanted` of the numbers below `many`, the first numbers first.
pub(in super::super) fn subsets(many: usize, wanted: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..wanted.min(many) {
        let longer = |set: &Vec<usize>| {
            let next = set.last().map_or(0, |last| last + 1);
            (next..many).map(|number| set.iter().copied().chain([number]).collect()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
        // Far above any limit there is nothing left to count.
        if all.len() > 100_000 {
            break;
        }
    }
    all
}

/// How many ways there are to choose branches below a rule, where hours are among them.
fn ways(rule: &Rule) -> usize {
    let (wanted, branches) = match &rule.asks {
        Asks::AnyOf(at_least, branches) => (usize::try_from(*at_least).unwrap_or(1), branches),
        Asks::AllOf(branches) => (branches.len(), branches),
        _ => return 1,
    };
    if hours(branches).is_empty() {
        return 1;
    }
    if branches.len() > 16 {
        return usize::MAX;
    }
    // How many ways there are to take so many of the branches seen so far.
    let mut taking = vec![1_usize];
    for own in branches.iter().map(ways) {
        let with_own: Vec<usize> = taking.iter().map(|ways| ways.saturating_mul(own)).collect();
        taking.push(0);
        taking.iter_mut().skip(1).zip(with_own).for_each(|(ways, more)| *ways = ways.saturating_add(more));
    }
    taking.get(wanted).copied().unwrap_or(1)
}

fn branches(root: &Table<'_, '_>, rules: &[Rule]) {
    let mut product = 1_usize;
    for rule in rules {
        product = product.saturating_mul(ways(rule));
        if product > MOST {
            root.problem(
                "too_many_choices",
                rule.line,
                format!("with `{}` there are more than {MOST} ways to choose branches that share hours", rule.id),
                format!("at most {MOST} for the rules of a purpose together"),
                "fewer branches about hours, or `shared = true` in a rule of its own for what all of them ask",
            );
            return;
        }
    }
}

fn places(root: &Table<'_, '_>, rule: &Rule, hours: &Hours) {
    if hours.whole && hours.buckets.len() > MOST_PLACES {
        root.problem(
            "too_many_choices",
            rule.line,
            format!("`{}` keeps records whole and has {} parts to choose from", rule.id, hours.buckets.len()),
            format!("at most {MOST_PLACES} parts where `whole = true`"),
            "leave `whole` out, or write the parts as rules of their own",
        );
    }
    if hours.caps.len() > MOST_CAPS {
        root.problem(
            "too_many_choices",
            rule.line,
            format!("`{}` has {} caps and floors", rule.id, hours.caps.len()),
            format!("at most {MOST_CAPS} in a rule"),
            "join caps that limit the same records",
        );
    }
}

/// Rules that a record of many odd lengths could leave to the board, with what is much in them: the place, and what to do.
pub(in super::super) fn left_to_board(version: &Version) -> Vec<(usize, String, &'static str)> {
    let rules = version.purposes.values().flat_map(|rules| hours(&rules.rules));
    let found = rules.filter_map(|(rule, hours, _)| {
        let parts = hours.buckets.len();
        if hours.whole && parts > PLACES_TRIED {
            let found = format!("`{}` keeps records whole and has {parts} parts to choose from", rule.id);
            return Some((rule.line, found, "leave `whole` out if the board divides hours, or join parts"));
        }
        let caps = hours.caps.len();
        let found = format!("`{}` has {caps} caps and floors beside {parts} parts", rule.id);
        (caps > CAPS_TRIED && parts > CAPS_TRIED).then_some((rule.line, found, "join caps that limit the same records"))
    });
    found.collect()
}

/// Weeks and months that cross, and weeks of several rules that share hours, are searched.
fn limited(root: &Table<'_, '_>, rules: &[Rule]) {
    let mut sharing: Vec<&Rule> = Vec::new();
    for (rule, hours, _) in hours(rules).into_iter().filter(|(_, hours, _)| !hours.buckets.is_empty()) {
        if hours.per_week.is_some() && hours.per_month.is_some() && hours.buckets.len() > MOST_PARTS {
            root.problem(
                "too_many_choices",
                rule.line,
                format!("`{}` limits weeks and months and has {} parts", rule.id, hours.buckets.len()),
                format!("at most {MOST_PARTS} parts where both `per_week` and `per_month` are said"),
                "leave one of the limits out, or write parts as rules of their own",
            );
        }
        if !hours.shared && (hours.per_week.is_some() || hours.per_month.is_some()) {
            let rivals = sharing.iter().filter(|other| together(other, rule)).count();
            sharing.push(rule);
            if rivals >= MOST_LIMITED {
                root.problem(
                    "too_many_choices",
                    rule.line,
                    format!("with `{}` more than {MOST_LIMITED} rules with parts limit the weeks or months of hours that they share", rule.id),
                    format!("at most {MOST_LIMITED} such rules"),
                    "give one of them `shared = true`, or leave a limit out",
                );
            }
        }
    }
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
