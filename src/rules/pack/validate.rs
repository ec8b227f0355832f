//! Contradictions in a pack that reads well line by line.

use std::collections::BTreeSet;

use super::super::amount::Amount;
use super::super::calendar::next_day;
use super::super::problem::{Problem, nearest};
use super::super::question::Purpose;
use super::choices;
use super::examples::Example;
use super::model::{Asks, Bucket, Hours, Need, Repeats, Rule, Version};
use super::table::Table;

/// Contradictions inside one version.
pub(super) fn version(root: &Table<'_, '_>, version: &Version) {
    for (purpose, rules) in &version.purposes {
        unique(root, &rules.rules, &mut BTreeSet::new());
        for rule in &rules.rules {
            self::rule(root, rule);
        }
        let ids: BTreeSet<&str> = rules.rules.iter().flat_map(all_ids).collect();
        for deadline in &rules.deadlines {
            if let Some(rule) = deadline.rule.as_deref().filter(|rule| !ids.contains(rule)) {
                let hint = nearest(rule, ids.iter().copied()).map_or_else(
                    || "name a rule of the same purpose".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                root.problem(
                    "unknown_rule",
                    deadline.line,
                    format!("deadline `{}` names rule `{rule}`", deadline.id),
                    "a rule of the same purpose",
                    hint,
                );
            }
        }
        ratios(root, &rules.rules);
        choices::check(root, &rules.rules);
        if *purpose == Purpose::Initial {
            reachable(root, version, &rules.rules);
        }
    }
    if !version.purposes.contains_key(&Purpose::Initial) && version.purposes.is_empty() {
        root.problem(
            "no_rules",
            root.line,
            "no rules at all",
            "`[[initial.learning]]` and the like",
            "say what it takes to be certified",
        );
    }
}

fn reachable(root: &Table<'_, '_>, version: &Version, rules: &[Rule]) {
    // A rule whose stage or heading is not known may be the one that is looked for.
    if root.has_problem("unknown_stage") || root.has_problem("unknown_key") {
        return;
    }
    for (at, stage) in version.stages.iter().enumerate() {
        if !rules.iter().any(|rule| rule.stages.contains(&at)) {
            root.problem(
                "unreachable_stage",
                stage.line,
                format!("stage `{}` has no rule of entry", stage.id),
                format!("at least one `[[initial.*]]` rule with `stage = \"{}\"`", stage.id),
                "add one, or remove the stage",
            );
        }
    }
}

/// A rule's id and those of its branches and buckets.
fn all_ids(rule: &Rule) -> Vec<&str> {
    let mut ids = vec![rule.id.as_str()];
    match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => ids.extend(branches.iter().flat_map(all_ids)),
        Asks::Learning(hours) | Asks::Service(hours) => {
            ids.extend(hours.buckets.iter().map(|bucket| bucket.id.as_str()))
        }
        _ => {}
    }
    ids
}

/// Ids are unique among the rules of one stage.
fn unique(root: &Table<'_, '_>, rules: &[Rule], seen: &mut BTreeSet<(usize, String)>) {
    for rule in rules {
        for id in all_ids(rule) {
            for stage in &rule.stages {
                if !seen.insert((*stage, id.to_owned())) {
                    root.problem(
                        "duplicate_id",
                        rule.line,
                        format!("rule `{id}` a second time"),
                        "an id that is unique among the rules of a purpose and stage",
                        "choose another id",
                    );
                }
            }
        }
    }
}

fn rule(root: &Table<'_, '_>, rule: &Rule) {
    match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().for_each(|branch| self::rule(root, branch)),
        Asks::Learning(hours) | Asks::Service(hours) => self::hours(root, rule, hours),
        _ => {}
    }
}

fn hours(root: &Table<'_, '_>, rule: &Rule, hours: &Hours) {
    let Need::Minutes(total) = &hours.need else {
        self::count(root, rule, hours);
        return;
    };
    if hours.ratio.is_none() {
        minima(root, &rule.id, total, None, &hours.buckets);
    }
    for (at, bucket) in hours.buckets.iter().enumerate() {
        if let Some(need) = &bucket.need {
            minima(root, &bucket.id, need, Some(at), &hours.buckets);
        }
        if let (Some(need), Some(limit)) = (&bucket.need, &bucket.at_most)
            && need.minutes_up > limit.minutes_down
        {
            root.problem(
                "contradiction",
                bucket.line,
                format!(
                    "`{}` asks for {} {}s and takes at most {}",
                    bucket.id, need.stated, need.unit.name, limit.stated
                ),
                "a limit that is not below the minimum",
                "mend one of them",
            );
        }
    }
}

/// What speaks of minutes says nothing to a rule that counts entries.
fn count(root: &Table<'_, '_>, rule: &Rule, hours: &Hours) {
    let part = hours
        .buckets
        .first()
        .map(|bucket| (bucket.line, "has parts in hours", "write the parts as rules of their own"));
    let cap = hours
        .caps
        .first()
        .map(|_| (rule.line, "limits hours", "write what is limited as a rule of its own, with `only` or `never`"));
    let half = (hours.repeats == Repeats::Half).then_some((
        rule.line,
        "takes half of a repeat",
        "say `repeats = \"refused\"`, or ask for hours",
    ));
    let rounds = hours.rounding.map(|_| (rule.line, "rounds minutes", "leave `rounding` out, or ask for hours"));
    let limit = hours.per_week.or(hours.per_month);
    let limits =
        limit.map(|_| (rule.line, "limits the hours of a week or month", "leave the limit out, or ask for hours"));
    for (line, what, hint) in [part, cap, half, rounds, limits].into_iter().flatten() {
        root.problem("contradiction", line, format!("`{}` counts entries and {what}", rule.id), "one of the two", hint);
    }
}

/// The minima under one total must fit into it.
fn minima(root: &Table<'_, '_>, id: &str, total: &Amount, parent: Option<usize>, buckets: &[Bucket]) {
    if total.unit.name.is_empty() {
        return;
    }
    let (unit, total) = (&total.unit, total.minutes_up);
    // In the unit of the total, where both come out whole in it.
    let size = u64::from(unit.minutes.max(1));
    let whole = total.is_multiple_of(size);
    let parts: Vec<&Bucket> = buckets
        .iter()
        .filter(|bucket| bucket.parent == parent && !bucket.independent && bucket.when.is_empty())
        .collect();
    let sum: u64 = parts.iter().filter_map(|bucket| bucket.need.as_ref()).map(|need| need.minutes_up).sum();
    let said = |minutes: u64| {
        if whole && sum.is_multiple_of(size) {
            let count = minutes / size;
            format!("{count} {}{}", unit.name, if count == 1 { "" } else { "s" })
        } else {
            format!("{minutes} minutes")
        }
    };
    if let Some(first) = parts.first().filter(|_| sum > total) {
        root.problem(
            "minima_above_total",
            first.line,
            format!("the minima under `{id}` add up to {}, and the total is {}", said(sum), said(total)),
            "minima that fit into the total",
            "raise `at_least` of the total, lower a minimum, or say `independent = true` where a minimum lies outside the total",
        );
    }
}

fn ratios(root: &Table<'_, '_>, rules: &[Rule]) {
    for rule in rules {
        let Asks::Service(hours) = &rule.asks else { continue };
        let Some(ratio) = &hours.ratio else { continue };
        let target = rules
            .iter()
            .find(|other| other.id == ratio.of && matches!(other.asks, Asks::Learning(_) | Asks::Service(_)));
        if target.is_none_or(|target| target.id == rule.id) {
            let near = nearest(&ratio.of, rules.iter().map(|rule| rule.id.as_str()));
            let hint = near
                .map_or_else(|| "name another rule about hours".to_owned(), |near| format!("did you mean `{near}`?"));
            root.problem(
                "unknown_rule",
                rule.line,
                format!("the ratio of `{}` is taken of `{}`", rule.id, ratio.of),
                "a rule about hours of the same purpose",
                hint,
            );
        }
    }
}

/// A credential's id says where its folder lies: `us-ne-cpss` in `us-ne/cpss`, `icrc-pr` in `intl/icrc-pr`. A folder that has
/// nothing of the id in its name and lies in no region's, such as one for drafts, is nobody's.
pub(super) fn folder(root: &Table<'_, '_>, credential: &str, file: &str) {
    let mut above = file.rsplit(['/', '\\']).skip(1);
    let (Some(name), Some(region)) = (above.next(), above.next()) else { return };
    let expected = if region == "intl" { name.to_owned() } else { format!("{region}-{name}") };
    let shipped = file.contains(&format!("config/rules/{region}/{name}/"));
    let close = credential.starts_with(&format!("{region}-")) || credential.ends_with(&format!("-{name}"));
    if credential.is_empty() || credential == expected || !(close || shipped || is_region(region)) {
        return;
    }
    root.problem(
        "wrong_folder",
        root.line_of("credential"),
        format!("credential `{credential}` in folder `{region}/{name}`"),
        format!("`{expected}`"),
        "mend `credential`, or rename the folder",
    );
}

/// Whether a folder is named as regions are: `intl`, or `us-ne`, two letters and two or three more.
fn is_region(folder: &str) -> bool {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
    let parted = folder.split_once('-');
    folder == "intl"
        || parted.is_some_and(|(land, part)| {
            land.len() == 2 && (2..=3).contains(&part.len()) && letters(land) && letters(part)
        })
}

/// An example that applies for, or renews, a credential of another name was meant for this one.
pub(super) fn examples(credential: &str, examples: &[Example]) -> Vec<Problem> {
    let (mut problems, mut said) = (Vec::new(), BTreeSet::new());
    for example in examples {
        let record = &example.record;
        let applied: Vec<&str> = record.applications.iter().map(|one| one.credential.as_str()).collect();
        let held: Vec<&str> = record.credentials.iter().map(|one| one.credential.as_str()).collect();
        let returns = matches!(example.question.purpose, Purpose::Renewal | Purpose::Reinstatement);
        let other =
            |named: &[&str]| named.first().filter(|_| !named.contains(&credential)).map(|other| (*other).to_owned());
        let found = other(&applied)
            .map(|other| format!("the application is for `{other}`"))
            .or_else(|| other(&held).filter(|_| returns).map(|other| format!("the credential held is `{other}`")));
        // One slip in a `given` is one problem, however many examples start from it.
        if let Some(found) = found.filter(|found| said.insert(found.clone())) {
            problems.push(Problem {
                file: example.file.clone(),
                line: example.line,
                code: "other_credential",
                found: format!("example `{}`: {found}, and the pack is `{credential}`", example.name),
                expected: format!("`{credential}`"),
                hint: "mend the id in the record, or in the `given` it starts from".into(),
            });
        }
    }
    problems
}

/// Contradictions between versions: other credentials, overlaps, gaps, transitions from nowhere.
pub(super) fn versions(versions: &[Version]) -> Vec<Problem> {
    let mut problems = transitions(versions);
    for pair in versions.windows(2) {
        let [first, second] = pair else { continue };
        let mut add = |code, found: String, expected: &str, hint: &str| {
            problems.push(Problem {
                file: second.file.clone(),
                line: 1,
                code,
                found,
                expected: expected.to_owned(),
                hint: hint.to_owned(),
            });
        };
        if first.credential != second.credential {
            add(
                "other_credential",
                format!("credential `{}` beside `{}`", second.credential, first.credential),
                "one credential in a folder",
                "move the file or mend `credential`",
            );
        }
        let (Some(through), Some(from)) = (first.in_force.through, second.in_force.from) else { continue };
        if through >= from {
            add(
                "overlap",
                format!("in force from {from}, while `{}` holds through {through}", first.id),
                "versions that do not overlap",
                "end the older one on the day before",
            );
        } else if next_day(through) < from {
            add(
                "gap",
                format!("in force from {from}, while `{}` ended on {through}", first.id),
                "no days without a version",
                "let the older one end on the day before, or leave its `through` out",
            );
        }
    }
    problems
}

/// A transition leads from an older version to its own. A version that is read alone is not held to it.
fn transitions(versions: &[Version]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if versions.len() < 2 {
        return problems;
    }
    for (at, version) in versions.iter().enumerate() {
        let older: Vec<&str> = versions.iter().take(at).map(|version| version.id.as_str()).collect();
        for transition in &version.transitions {
            let known = transition.older.as_deref().map_or(!older.is_empty(), |named| older.contains(&named));
            if known {
                continue;
            }
            let (file, line) = version.origins.place(transition.line);
            let found = transition.older.as_deref().map_or_else(
                || format!("transition `{}` in the first version", transition.id),
                |named| format!("transition `{}` comes from version `{named}`", transition.id),
            );
            problems.push(Problem {
                file: file.to_owned(),
                line,
                code: "unknown_version",
                found,
                expected: if older.is_empty() {
                    "an older version".into()
                } else {
                    format!("one of {}", older.join(", "))
                },
                hint: "name an older version of this folder, or write the transition where the newer version stands"
                    .into(),
            });
        }
    }
    problems
}
