//! What kinds of service and settings are called, and the states of an entry.

use crate::services::hours::EntryView;
use crate::web::pages::progress::Tag;
use crate::words::Words;

/// The kinds that a person can pick, with their keys, the usual ones first.
pub const KINDS: [(&str, &str); 10] = [
    ("direct", "hours-kind-direct"),
    ("supervision_individual", "hours-kind-supervision-individual"),
    ("supervision_group", "hours-kind-supervision-group"),
    ("indirect", "hours-kind-indirect"),
    ("observed", "hours-kind-observed"),
    ("co_reflection", "hours-kind-co-reflection"),
    ("placement", "hours-kind-placement"),
    ("administrative", "hours-kind-administrative"),
    ("training_received", "hours-kind-training-received"),
    ("study", "hours-kind-study"),
];

/// The settings that a person can pick, with their keys.
pub const SETTINGS: [(&str, &str); 8] = [
    ("community", "hours-setting-community"),
    ("clinic", "hours-setting-clinic"),
    ("hospital", "hours-setting-hospital"),
    ("phone", "hours-setting-phone"),
    ("online", "hours-setting-online"),
    ("home", "hours-setting-home"),
    ("justice", "hours-setting-justice"),
    ("other", "hours-setting-other"),
];

/// What a kind of service is called; a kind of another time is shown as it is kept.
#[must_use]
pub fn kind(words: &Words, kind: &str) -> String {
    let key = KINDS.iter().find(|(word, _)| *word == kind).map(|(_, key)| *key);
    key.map_or_else(|| kind.to_owned(), |key| words.get(key).into_owned())
}

/// The state of an entry in a word.
#[must_use]
pub fn tag(words: &Words, entry: &EntryView) -> Tag {
    let (class, key) = match (entry.state, entry.row.supervisor_id) {
        ("attested", _) => ("ct-tag--done", "hours-state-signed"),
        ("sent_back", _) => ("ct-tag--open", "hours-state-sent-back"),
        ("withdrawn", _) => ("", "hours-state-withdrawn"),
        (_, None) => ("ct-tag--open", "hours-state-nobody"),
        (_, Some(_)) => ("", "hours-state-waiting"),
    };
    Tag { class, text: words.get(key).into_owned() }
}

/// A day, or the first and the last of several.
#[must_use]
pub fn days(words: &Words, entry: &EntryView) -> String {
    let (from, to) = (entry.row.from_day.date(), entry.row.to_day.date());
    if from == to {
        return words.date(from);
    }
    words.with("progress-span", &[("from", words.date(from).into()), ("to", words.date(to).into())])
}
