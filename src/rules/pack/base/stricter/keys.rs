//! How each key of a pack is judged; one that is not named here is not to be told.

use serde_json::Value;

use super::tables::Keys;

/// How a key is judged.
pub(super) enum Judged {
    /// More of it is harder.
    More,
    /// More of it is easier.
    Less,
    /// Nothing changes for anyone.
    Words,
    /// The stages it is asked for: in more of them is harder, and how many there are cannot be told where none is named.
    Stages,
    /// Marks by scale.
    Marks,
    /// Days that count.
    Window,
    /// Words from the easiest to the hardest; the first is what holds when nothing is said.
    Ladder(&'static [&'static str]),
    /// What is said at all is harder, and no more can be told.
    Present,
    /// What is said at all is easier, and no more can be told.
    Relief,
    /// So much in each stretch: more is harder where the stretches are the same.
    Rhythm,
    /// How often an amount is asked for.
    Each,
    /// A table: some of its keys are more and some are less; whether it is there at all is harder, or easier.
    Table(Keys, bool),
    /// Who confirms it.
    By,
    /// As [`Judged::Present`], and `false` takes it away.
    Approval,
    /// More is harder, and there is no telling what holds where nothing is said.
    Longer,
    /// Not to be told.
    Unknown,
}

pub(super) fn judged(key: &str) -> Judged {
    match key {
        "at_least" | "count" | "minimum_size" | "attendance" | "wait" | "weekly_at_least" | "never_below"
        | "since_at_least" | "each_of" | "moments" | "different_people" | "evidence" | "never" | "minimum"
        | "never_counts" | "whole" | "independent" | "rules" | "refused" => Judged::More,
        "at_most" | "excused_at_most" | "one_hour_per" | "per_week" | "per_month" | "valid_for" | "within"
        | "values" | "exams" | "titles" | "credentials" | "standing" | "events" | "lists" | "only" | "any_topic"
        | "shared" | "renewed_every" => Judged::Less,
        "repeats_within" => Judged::Longer,
        "ratio" => Judged::Table(keys(&["never_below"], &["one_hour_per"]), true),
        "attempts" => Judged::Table(keys(&[], &["at_most"]), true),
        "spread" => Judged::Table(keys(&["at_least"], &["at_most"]), true),
        "rate" => Judged::Table(keys(&["at_least", "for"], &[]), true),
        "carry_over" => Judged::Table(keys(&[], &["at_most"]), false),
        "by" => Judged::By,
        "id" | "label" | "label_es" | "cite" | "clause" | "consequence" | "consequence_es" | "loosens" | "tightens"
        | "note" | "note_es" | "title" => Judged::Words,
        "stage" => Judged::Stages,
        "pass" => Judged::Marks,
        "window" => Judged::Window,
        "repeats" => Judged::Ladder(&["counted", "half", "refused"]),
        "same_course" => Judged::Ladder(&["course and provider", "course"]),
        "for_each" => Judged::Each,
        "used_elsewhere" => Judged::Ladder(&["counted", "refused"]),
        "surplus" => Judged::Ladder(&["fills the total", "refused"]),
        "topics" => Judged::Ladder(&["shared", "exclusive"]),
        "place" => Judged::Ladder(&["inside", "beside"]),
        "approved" => Judged::Approval,
        "rhythm" => Judged::Rhythm,
        "supervisor" | "cap" | "topic" | "part" | "floor" | "remediation" | "deadline" | "learning" | "service"
        | "exam" | "attestation" | "age" | "employment" | "credential" | "event" | "decision" | "any_of" | "all_of"
        | "stage_held" => Judged::Present,
        "unless" | "waived_when" | "when" | "in_force" => Judged::Relief,
        _ => Judged::Unknown,
    }
}

const fn keys(more: &'static [&'static str], less: &'static [&'static str]) -> Keys {
    Keys { more, less, relief: &[] }
}

/// Whether a value is what holds where nothing is said: to state it or to leave it out is no change.
#[must_use]
pub fn is_usual(sort: &str, key: &str, value: &Value) -> bool {
    match (key, value) {
        ("at_least", Value::Number(number)) => sort == "any_of" && number.as_u64() == Some(1),
        ("count", Value::Number(number)) => ["attestation", "event"].contains(&sort) && number.as_u64() == Some(1),
        (
            "approved" | "whole" | "independent" | "different_people" | "shared" | "any_topic" | "filed" | "refused",
            Value::Bool(false),
        ) => true,
        (_, Value::String(word)) => match judged(key) {
            Judged::Ladder(steps) => rest(steps) == Some(word.as_str()),
            _ => false,
        },
        (_, _) => false,
    }
}

/// The step of a ladder that holds where nothing is said.
pub(super) fn rest<'s>(steps: &[&'s str]) -> Option<&'s str> {
    let is_last = ["shared", "inside"].contains(steps.first()?);
    if is_last { steps.last() } else { steps.first() }.copied()
}
