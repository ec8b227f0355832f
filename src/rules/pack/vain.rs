//! What nobody can ever satisfy, or what never happens: a pack that says it reads well line by line and is wrong as a whole.
//!
//! Only what is certain is refused; where a condition, days in force or a record's own word may change it, nothing is said.

use chrono::NaiveDate;

use super::super::calendar::Length;
use super::super::question::Purpose;
use super::model::{Asks, Attribute, Bucket, Cap, Exam, Fee, FeeFrom, Hours, Limit, Mark, Need, Rule, Stage, Version};
use super::phrase::Window;
use super::table::Table;

/// Refuses what no record ever meets.
pub(super) fn check(root: &Table<'_, '_>, version: &Version) {
    for (purpose, rules) in &version.purposes {
        for rule in &rules.rules {
            self::rule(root, version, *purpose, rule);
        }
    }
    for stage in &version.stages {
        term(root, version, stage);
        renewal(root, stage);
        fees(root, stage);
    }
}

fn contradiction(root: &Table<'_, '_>, line: usize, found: String, expected: &str, hint: &str) {
    root.problem("contradiction", line, found, expected, hint);
}

/// A term that ends with the certificate it is a term of.
fn term(root: &Table<'_, '_>, version: &Version, stage: &Stage) {
    let terms = std::iter::once(&stage.term).chain(stage.first_term.iter().map(|(rule, _)| rule));
    if terms.filter_map(|rule| rule.credential()).any(|other| other == version.credential) {
        let found =
            format!("a term of `{}` ends with `{}`, which is this certificate itself", stage.id, version.credential);
        contradiction(root, stage.line, found, "another credential", "name the other one, or leave `with` out");
    }
}

fn rule(root: &Table<'_, '_>, version: &Version, purpose: Purpose, rule: &Rule) {
    match &rule.asks {
        Asks::AnyOf(_, branches) | Asks::AllOf(branches) => {
            branches.iter().for_each(|branch| self::rule(root, version, purpose, branch));
        }
        Asks::Learning(hours) | Asks::Service(hours) => {
            if hours.filter.only.iter().any(|(attribute, _)| *attribute == Attribute::Topic) {
                topics(root, version, rule, hours);
            }
            floors(root, rule, hours);
            spread(root, rule, hours);
            if purpose == Purpose::Initial && rule.stages.contains(&0) && hours.windows.contains(&Window::ThisTerm) {
                contradiction(
                    root,
                    rule.line,
                    format!(
                        "`{}` counts hours of `this term`, and before the first certificate there is none",
                        rule.id
                    ),
                    "days that somebody without a certificate has",
                    "write a window such as `24 months before application`, or `no limit`",
                );
            }
        }
        Asks::Exam(exam) => self::exam(root, rule, exam),
        _ => {}
    }
}

/// Where only some topics count, a part with other topics stays empty.
fn topics(root: &Table<'_, '_>, version: &Version, rule: &Rule, hours: &Hours) {
    let taken = taken(version, hours);
    for bucket in hours.buckets.iter().filter(|bucket| bucket.need.is_some() && !bucket.topics.is_empty()) {
        if !bucket.topics.iter().any(|topic| taken.contains(topic)) {
            contradiction(
                root,
                bucket.line,
                format!("`{}` asks for hours of a topic that `only.topic` of `{}` leaves out", bucket.id, rule.id),
                "a topic that the rule takes",
                "add the topic to `only.topic`, or write the part as a rule of its own",
            );
        }
    }
}

/// Rules that ask for more than the topics they take may give, each with its line: a board may mean it, for some of its
/// people, and hardly does.
pub(in super::super) fn without_room(version: &Version) -> Vec<(usize, String)> {
    fn below<'r>(rule: &'r Rule, all: &mut Vec<&'r Rule>) {
        all.push(rule);
        if let Asks::AnyOf(_, branches) | Asks::AllOf(branches) = &rule.asks {
            branches.iter().for_each(|branch| below(branch, all));
        }
    }
    let mut all = Vec::new();
    version.purposes.values().flat_map(|rules| &rules.rules).for_each(|rule| below(rule, &mut all));
    let told = all.into_iter().filter_map(|rule| {
        let Asks::Learning(hours) = &rule.asks else { return None };
        let (needed, room) = room(version, hours)?;
        let found = format!("`{}` asks for {needed} minutes, and the topics it takes give at most {room}", rule.id);
        Some((rule.line, found))
    });
    told.collect()
}

/// What is asked for and what its topics may give, where that is less.
fn room(version: &Version, hours: &Hours) -> Option<(u64, u64)> {
    let Need::Minutes(total) = &hours.need else { return None };
    let plain = hours.buckets.iter().all(|bucket| bucket.parent.is_none() && is_always(bucket));
    if !plain || !hours.instead.is_empty() || hours.ratio.is_some() || hours.scale.is_some() {
        return None;
    }
    // Each topic that is taken has a place of its own with a limit, and no other place.
    let limit_of = |topic: &usize| {
        let mut places = hours.buckets.iter().filter(|bucket| bucket.topics.contains(topic));
        let only = places.next().filter(|bucket| bucket.topics.len() == 1)?;
        only.at_most.as_ref().filter(|_| places.next().is_none()).map(|most| most.minutes_down)
    };
    let taken = taken(version, hours);
    let room: Option<u64> = taken.iter().map(limit_of).sum();
    room.filter(|room| !taken.is_empty() && *room < total.minutes_up).map(|room| (total.minutes_up, room))
}

/// The topics that alone count.
fn taken(version: &Version, hours: &Hours) -> Vec<usize> {
    let named = hours.filter.only.iter().filter(|(attribute, _)| *attribute == Attribute::Topic);
    named.flat_map(|(_, ids)| ids).filter_map(|id| version.topics.iter().position(|it| it.id == *id)).collect()
}

/// Whether a part holds for everybody on all days, inside the total.
fn is_always(bucket: &Bucket) -> bool {
    bucket.when.is_empty() && bucket.in_force.from.is_none() && bucket.in_force.through.is_none() && !bucket.independent
}

/// A floor and a cap on the same records.
fn floors(root: &Table<'_, '_>, rule: &Rule, hours: &Hours) {
    let same = |floor: &Cap, cap: &Cap| floor.of == cap.of && floor.in_force == cap.in_force;
    for floor in hours.caps.iter().filter(|cap| cap.others) {
        for cap in hours.caps.iter().filter(|cap| !cap.others && same(floor, cap)) {
            let above = match (&floor.limit, &cap.limit) {
                (Limit::NeedLess(least), Limit::Minutes(most)) => least.minutes_up > most.minutes_down,
                (Limit::OfCounted(rest), Limit::OfCounted(most)) | (Limit::OfNeed(rest), Limit::OfNeed(most)) => {
                    100_u32.saturating_sub(*rest) > *most
                }
                _ => false,
            };
            if above {
                contradiction(
                    root,
                    rule.line,
                    format!(
                        "floor `{}` of `{}` asks for more of it than cap `{}` lets count",
                        floor.id, rule.id, cap.id
                    ),
                    "a floor that is not above the cap of the same records",
                    "mend one of them",
                );
            }
        }
    }
}

/// Hours that must lie over so long, and count in less.
fn spread(root: &Table<'_, '_>, rule: &Rule, hours: &Hours) {
    let Some(least) = hours.pace.spread.as_ref().and_then(|spread| spread.at_least) else { return };
    let long = |window: &Window| match window {
        Window::Before(length, _) | Window::Within(length, _) => Some(*length),
        _ => None,
    };
    if let Some(window) = hours.windows.iter().filter_map(long).find(|window| is_longer(least, *window)) {
        contradiction(
            root,
            rule.line,
            format!("`{}` is spread over at least {}, and its window has {}", rule.id, days(least), days(window)),
            "a window that is not shorter than the spread",
            "mend `spread` or `window`",
        );
    }
}

fn exam(root: &Table<'_, '_>, rule: &Rule, exam: &Exam) {
    if exam.attempts.as_ref().is_some_and(|(most, _)| *most == 0) {
        contradiction(
            root,
            rule.line,
            format!("exam `{}` can be sat 0 times", rule.id),
            "at least one attempt",
            "write how many attempts there are, or leave `attempts` out",
        );
    }
    let above = |mark: &&Mark| mark.scale.as_deref().and_then(top).is_some_and(|top| !top.at_least(mark.least));
    for mark in exam.marks.iter().filter(above) {
        contradiction(
            root,
            rule.line,
            format!("exam `{}` passes with {} on {}", rule.id, mark.least, mark.scale.as_deref().unwrap_or_default()),
            "a mark that the scale has",
            "mend `pass`",
        );
    }
}

/// The highest mark of a scale that names it, such as `200-800`.
fn top(scale: &str) -> Option<super::super::amount::Decimal> {
    let (low, high) = scale.split_once('-')?;
    super::super::amount::Decimal::parse(low.trim())?;
    super::super::amount::Decimal::parse(high.trim())
}

/// What is due before one may file.
fn renewal(root: &Table<'_, '_>, stage: &Stage) {
    let Some(opens) = stage.renewal.opens else { return };
    for (key, length) in [("due", stage.renewal.due), ("late_from", stage.renewal.late_from)] {
        if length.is_some_and(|length| is_longer(length, opens)) {
            contradiction(
                root,
                stage.line,
                format!("`{key}` of stage `{}` comes before filing `opens`", stage.id),
                "a day on which one may file already",
                "mend `opens` or the other day; each says how long before expiry it is",
            );
        }
    }
}

fn fees(root: &Table<'_, '_>, stage: &Stage) {
    for (at, fee) in stage.fees.iter().enumerate() {
        let same = |other: &Fee| other.id == fee.id;
        if stage.fees.iter().take(at).any(same) {
            root.problem(
                "duplicate_id",
                stage.line,
                format!("fee `{}` of stage `{}` a second time", fee.id, stage.id),
                "an id that is unique among the fees of a stage",
                "choose another id",
            );
        }
        if fee.from == FeeFrom::Grace && stage.renewal.grace.is_none() {
            contradiction(
                root,
                stage.line,
                format!("fee `{}` is due in grace, and stage `{}` states none", fee.id, stage.id),
                "`grace` in `renewal` of the stage",
                "state the grace, or say `from = \"late\"`",
            );
        }
    }
}

/// Whether one length is longer than another from every day.
fn is_longer(one: Length, other: Length) -> bool {
    // February and leap years on the way, so that months and days compare whatever they begin with.
    let starts =
        (2023..=2024).flat_map(|year| (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1)));
    starts.into_iter().all(|day| one.after(day) > other.after(day))
}

fn days(length: Length) -> String {
    match length {
        Length::Days(days) => format!("{days} days"),
        Length::Months(months) => format!("{months} months"),
    }
}
