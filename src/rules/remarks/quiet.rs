//! What a version says by saying nothing, or says to nobody: hours of every day ever, fees that are never due, limits
//! that limit nothing.

use serde_json::Value;

use super::super::pack::Version;
use super::super::pack::model::{Asks, Fee, FeeFrom, Hours, Rule, Rules, Stage};
use super::super::problem::Problem;
use super::super::question::Purpose;
use super::remark;

/// All of them.
pub(super) fn remarks(version: &Version) -> Vec<Problem> {
    let mut found = windows(version);
    found.extend(fees(version));
    found.extend(shares(version));
    found
}

/// Rules of renewal that count the hours of every day, and do not say so.
fn windows(version: &Version) -> Vec<Problem> {
    fn below<'r>(rule: &'r Rule, all: &mut Vec<(&'r Rule, &'r Hours)>) {
        match &rule.asks {
            Asks::AnyOf(_, branches) | Asks::AllOf(branches) => branches.iter().for_each(|branch| below(branch, all)),
            Asks::Learning(hours) | Asks::Service(hours) => all.push((rule, hours)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    let renewal = version.purposes.get(&Purpose::Renewal).into_iter();
    renewal.flat_map(|rules| &rules.rules).for_each(|rule| below(rule, &mut all));
    let silent = all.into_iter().filter(|(_, hours)| hours.windows.is_empty() && hours.period.is_none());
    let told = silent.map(|(rule, _)| {
        let (file, line) = version.origins.place(rule.line);
        Problem {
            file: file.to_owned(),
            line,
            code: "no_window",
            found: format!("`{}` has no `window`: the hours of all days count, at every renewal again", rule.id),
            expected: "a window".to_owned(),
            hint: "write `window = \"this term\"`, or `window = \"no limit\"` where the board means every day"
                .to_owned(),
        }
    });
    told.collect()
}

/// Fees that no day and no question brings.
fn fees(version: &Version) -> Vec<Problem> {
    let all = version.stages.iter().enumerate().flat_map(|(at, stage)| {
        let fees = stage.fees.iter().enumerate();
        fees.map(move |(position, fee)| {
            let later = stage.fees.get(position.saturating_add(1)..).unwrap_or_default();
            let why = unasked(version, (at, stage), fee).or_else(|| overtaken(stage, fee, later));
            (stage, fee, why)
        })
    });
    let idle = all.enumerate().filter_map(|(nth, (stage, fee, why))| Some((nth, stage, fee, why?)));
    let told = idle.map(|(nth, stage, fee, (why, hint))| {
        remark(
            version,
            (nth, |line: &str| line == "[[stage.fee]]"),
            "unowed_fee",
            format!("nobody owes the fee `{}` of stage `{}`: {why}", fee.id, stage.id),
            ("a fee that somebody owes on some day", hint.to_owned()),
        )
    });
    told.collect()
}

/// Why a fee is never asked, and the way out.
type Idle = (String, &'static str);

/// A fee whose purpose has no rules in its stage.
fn unasked(version: &Version, (at, stage): (usize, &Stage), fee: &Fee) -> Option<Idle> {
    if fee.purpose == Purpose::Renewal && stage.renewals == Some(0) {
        return Some(("the stage is not renewed".to_owned(), "say what it is `for`, or leave it out"));
    }
    let asks = |rules: &Rules| {
        let climbs = rules.rungs.iter().any(|rung| rung.stages.contains(&at));
        rules.offered && (climbs || rules.rules.iter().any(|rule| rule.stages.contains(&at)))
    };
    if version.purposes.get(&fee.purpose).is_some_and(asks) {
        return None;
    }
    let why = format!("there are no rules for `{}` in this stage", fee.purpose.word());
    Some((why, "write what the board asks for then, or say another purpose in `for`"))
}

/// A tier that begins with another one that takes its place, or when the time to renew is over.
fn overtaken(stage: &Stage, fee: &Fee, later: &[Fee]) -> Option<Idle> {
    let begins = |from: FeeFrom| match from {
        FeeFrom::Late => stage.renewal.late_from.map_or(FeeFrom::Grace, FeeFrom::Before),
        other => other,
    };
    let same = |other: &&Fee| other.purpose == fee.purpose && begins(other.from) == begins(fee.from);
    if let Some(other) = later.iter().filter(same).find(|other| !other.on_top) {
        let why = format!("`{}` begins on the same day and takes its place", other.id);
        return Some((why, "mend `from` of one of them, or add `on_top = true`"));
    }
    let (FeeFrom::MoreThanAfter(length), Some(grace)) = (fee.from, stage.renewal.grace) else { return None };
    let over = fee.purpose == Purpose::Renewal && length == grace && !stage.renewal.grace_at_least;
    over.then(|| ("the grace is over by then".to_owned(), "mend `from`, or `grace` in `renewal` of the stage"))
}

/// Caps on all there is: whatever counts keeps to them.
fn shares(version: &Version) -> Vec<Problem> {
    let mut caps = Vec::new();
    let rules = Purpose::ALL.iter().filter_map(|purpose| version.stated.get(purpose.word()));
    rules.for_each(|rules| below(rules, &mut caps));
    let of_all = caps.into_iter().filter(|cap| is_all(cap.get("at_most").and_then(Value::as_str).unwrap_or_default()));
    let told = of_all.enumerate().map(|(nth, cap)| {
        let id = cap.get("id").and_then(Value::as_str).unwrap_or_default();
        let says = |line: &str| {
            let rest = line.strip_prefix("at_most");
            rest.is_some_and(|rest| is_all(rest.split('"').nth(1).unwrap_or_default()))
        };
        remark(
            version,
            (nth, says),
            "limits_nothing",
            format!("cap `{id}` lets everything count"),
            ("a share below 100 %, or an amount", "write the board's limit, or leave the cap out".to_owned()),
        )
    });
    told.collect()
}

/// `100 %`, of what counts or of the need.
fn is_all(share: &str) -> bool {
    let share: String = share.chars().filter(|letter| !letter.is_whitespace()).collect();
    matches!(share.as_str(), "100%" | "100%oftheneed")
}

/// Caps at any depth.
fn below<'v>(stated: &'v Value, caps: &mut Vec<&'v Value>) {
    match stated {
        Value::Array(items) => items.iter().for_each(|item| below(item, caps)),
        Value::Object(fields) => {
            for (key, value) in fields {
                if key == "cap" {
                    caps.extend(value.as_array().into_iter().flatten());
                }
                below(value, caps);
            }
        }
        _ => {}
    }
}
