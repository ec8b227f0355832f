//! What waits for a supervisor, by person and week, and what they said of it.

use std::collections::BTreeMap;

use askama::Template;
use chrono::{Datelike, Days, NaiveDate};

use super::labels;
use crate::services::hours::{Line, LineOutcome, Supervision, WaitingEntry};
use crate::storage::Id;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::words::{Value, Words};

/// `templates/pages/hours-to-sign.html`.
#[derive(Debug, Template)]
#[template(path = "pages/hours-to-sign.html")]
pub struct ToSignPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The token that shows the forms are ours.
    pub form_token: String,
    /// What has just been done, one sentence each.
    pub done: Vec<String>,
    /// Who asks to be supervised.
    pub asked: Vec<AskedView>,
    /// How many entries wait and how long they are, as a sentence.
    pub sum: Option<String>,
    /// What the button that signs all says.
    pub all: String,
    /// Whose hours wait.
    pub people: Vec<PersonView>,
}

/// Somebody who asks to be supervised.
#[derive(Debug, Clone)]
pub struct AskedView {
    /// The question.
    pub text: String,
    /// Whose.
    pub person: String,
    /// Which supervision.
    pub id: String,
}

/// Entries of one person.
#[derive(Debug, Clone)]
pub struct PersonView {
    /// Who.
    pub name: String,
    /// Their weeks, oldest first.
    pub weeks: Vec<WeekView>,
}

/// Entries of one week.
#[derive(Debug, Clone)]
pub struct WeekView {
    /// Which week, and how long they are together.
    pub label: String,
    /// The entries.
    pub entries: Vec<ToSignView>,
}

/// One entry that waits.
#[derive(Debug, Clone)]
pub struct ToSignView {
    /// Whose, which, and at which revision it was shown.
    pub key: String,
    /// Its length and kind.
    pub what: String,
    /// Its day.
    pub when: String,
    /// Said where a look is worth it.
    pub note: Option<String>,
    /// The reason typed, where the form is shown again.
    pub back: String,
}

/// The form as browsers send it, with the names of its fields.
pub type Sent = Vec<(String, String)>;

/// What was said, or what has to be mended first.
#[derive(Debug, Default)]
pub struct Said {
    /// What to sign and what to send back.
    pub lines: Vec<Line>,
    /// What has to be mended.
    pub form: Form,
    /// Reasons typed, by key.
    pub backs: BTreeMap<String, String>,
}

/// More than this on one day is worth a look.
const LONG_DAY: i32 = 9 * 60;

/// Reads the form: `sign` names an entry, `back.<key>` a reason, `all` signs everything shown without a reason.
#[must_use]
pub fn read(words: &Words, sent: &[(String, String)]) -> Said {
    let backs: BTreeMap<String, String> = sent
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("back.")?.to_owned(), value.trim().to_owned())))
        .filter(|(_, reason)| !reason.is_empty())
        .collect();
    let signs_all = values(sent, "all").next().is_some();
    let chosen: Vec<&str> = values(sent, if signs_all { "shown" } else { "sign" }).collect();
    let mut said = Said::default();
    if !signs_all && chosen.iter().any(|key| backs.contains_key(*key)) {
        said.form.add("entries", words.get("to-sign-both"));
    }
    let signed = chosen.iter().filter(|key| !backs.contains_key(**key)).map(|key| (*key, LineOutcome::Attested));
    let sent_back = backs.iter().map(|(key, reason)| (key.as_str(), LineOutcome::SentBack(reason.clone())));
    said.lines = signed.chain(sent_back).filter_map(|(key, outcome)| line(key, outcome)).collect();
    if said.lines.is_empty() {
        said.form.add("entries", words.get("to-sign-none-chosen"));
    }
    said.backs = backs;
    said
}

fn values<'a>(sent: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    sent.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// `person.entry.revision`.
fn line(key: &str, outcome: LineOutcome) -> Option<Line> {
    let mut parts = key.split('.');
    let (person, entry) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let revision = parts.next()?.parse().ok()?;
    parts.next().is_none().then_some(Line { person, entry, revision, outcome })
}

/// What waits of one person, by the Monday of its week.
type Weeks<'e> = BTreeMap<NaiveDate, Vec<&'e WaitingEntry>>;

/// The entries by person, then by week, oldest first.
#[must_use]
pub fn by_person(words: &Words, waiting: &[WaitingEntry], backs: &BTreeMap<String, String>) -> Vec<PersonView> {
    let mut people: Vec<(Id, String, Weeks<'_>)> = Vec::new();
    for one in waiting {
        let (person, week) = (one.entry.row.person_id, monday(one.entry.row.from_day.date()));
        if let Some((_, _, weeks)) = people.iter_mut().find(|(id, ..)| *id == person) {
            weeks.entry(week).or_default().push(one);
        } else {
            people.push((person, one.name.clone(), BTreeMap::from([(week, vec![one])])));
        }
    }
    people.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
    let week = |(monday, entries): (NaiveDate, Vec<&WaitingEntry>)| WeekView {
        label: words.with(
            "to-sign-week",
            &[
                ("date", Value::from(words.date(monday))),
                ("sum", Value::from(words.minutes(entries.iter().map(|one| i64::from(one.entry.row.minutes)).sum()))),
            ],
        ),
        entries: entries.into_iter().map(|one| view(words, one, backs)).collect(),
    };
    let person =
        |(_, name, weeks): (Id, String, Weeks<'_>)| PersonView { name, weeks: weeks.into_iter().map(week).collect() };
    people.into_iter().map(person).collect()
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

fn view(words: &Words, one: &WaitingEntry, backs: &BTreeMap<String, String>) -> ToSignView {
    let row = &one.entry.row;
    let key = format!("{}.{}.{}", row.person_id, row.id, row.revision);
    let is_long = row.minutes > LONG_DAY && row.from_day == row.to_day;
    ToSignView {
        what: format!("{} · {}", words.minutes(i64::from(row.minutes)), labels::kind(words, &one.entry.kind)),
        when: labels::days(words, &one.entry),
        note: is_long.then(|| words.get("to-sign-long").into_owned()),
        back: backs.get(&key).cloned().unwrap_or_default(),
        key,
    }
}

impl ToSignPage {
    /// The page in words.
    #[must_use]
    pub fn new(frame: Frame, waiting: &[WaitingEntry], asked: &[(Supervision, String)], said: Said) -> Self {
        let words = frame.words;
        let count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
        let minutes: i64 = waiting.iter().map(|one| i64::from(one.entry.row.minutes)).sum();
        let question = |(row, name): &(Supervision, String)| AskedView {
            text: words.with("to-sign-asked", &[("name", Value::from(name.as_str()))]),
            person: row.person_id.to_string(),
            id: row.id.to_string(),
        };
        Self {
            form_token: frame.form_token.clone().unwrap_or_default(),
            done: Vec::new(),
            asked: asked.iter().map(question).collect(),
            sum: (count > 0).then(|| {
                words.with("to-sign-sum", &[("n", Value::from(count)), ("sum", Value::from(words.minutes(minutes)))])
            }),
            all: words.with("to-sign-all", &[("n", Value::from(count))]),
            people: by_person(words, waiting, &said.backs),
            frame: Frame { has_problems: said.form.has_problems(), ..frame },
            form: said.form,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Lang;

    const KEY: &str = "0000000000001.0000000000002.3";

    fn read_en(fields: &[(&str, &str)]) -> Said {
        read(Words::of(Lang::En), &fields.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Sent>())
    }

    #[test]
    fn what_is_ticked_is_signed_and_what_has_a_reason_goes_back() {
        let said = read_en(&[("sign", KEY), ("back.0000000000001.0000000000009.1", " The day ")]);
        assert!(!said.form.has_problems());
        let outcomes: Vec<_> = said.lines.iter().map(|line| (line.entry, line.outcome.clone())).collect();
        assert_eq!(outcomes, [(Id(2), LineOutcome::Attested), (Id(9), LineOutcome::SentBack("The day".to_owned()))]);
    }

    #[test]
    fn signing_all_leaves_out_what_has_a_reason() {
        let said = read_en(&[
            ("all", "1"),
            ("shown", KEY),
            ("shown", "0000000000001.0000000000009.1"),
            (&format!("back.{KEY}"), "No"),
        ]);
        assert_eq!(said.lines.iter().filter(|line| line.outcome == LineOutcome::Attested).count(), 1);
        assert!(!said.form.has_problems());
    }

    #[test]
    fn both_at_once_and_nothing_at_all_are_asked_about() {
        assert!(read_en(&[("sign", KEY), (&format!("back.{KEY}"), "No")]).form.has_problems());
        assert!(read_en(&[]).form.has_problems());
        assert!(read_en(&[("sign", "1.2"), ("sign", "x.y.z"), ("sign", &format!("{KEY}.4"))]).form.has_problems());
    }

    #[test]
    fn a_week_begins_on_monday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(monday(day("2026-11-22")), day("2026-11-16"));
        assert_eq!(monday(day("2026-11-16")), day("2026-11-16"));
    }
}
