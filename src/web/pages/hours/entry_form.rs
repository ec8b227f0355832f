//! The form of one entry: what was typed, what is wrong with it, and what it asks the service for.

use askama::Template;
use chrono::NaiveDate;

use super::labels::{KINDS, SETTINGS};
use super::list::Seen;
use crate::services::hours::{EntryError, EntryRefusal, HoursWish};
use crate::storage::Id;
use crate::web::pages::form::Form;
use crate::web::pages::frame::Frame;
use crate::words::{Value, Words};

/// `templates/pages/hours-entry.html`.
#[derive(Debug, Template)]
#[template(path = "pages/hours-entry.html")]
pub struct EntryPage {
    /// The frame.
    pub frame: Frame,
    /// What needs mending.
    pub form: Form,
    /// The token that shows the form is ours.
    pub form_token: String,
    /// What was typed.
    pub typed: Typed,
    /// The kinds to pick from.
    pub kinds: Vec<Pick>,
    /// The settings to pick from.
    pub settings: Vec<Pick>,
    /// The supervisors to pick from.
    pub supervisors: Vec<Pick>,
    /// What the supervisor wants changed.
    pub reason: Option<String>,
    /// Where the entry is taken back, if it is one that stands.
    pub take_back: Option<String>,
}

/// One choice of a list.
#[derive(Debug, Clone)]
pub struct Pick {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// It is the one picked.
    pub is_picked: bool,
}

/// What the form carries.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The day, as browsers send it: `2026-11-20`.
    pub day: String,
    /// Whole hours.
    pub hours: String,
    /// Minutes beside them.
    pub minutes: String,
    /// A kind of service.
    pub kind: String,
    /// A setting, or nothing.
    pub setting: String,
    /// A supervisor's id, or nothing.
    pub supervisor: String,
    /// The revision that was looked at, for a change.
    pub revision: i32,
    /// The token of our page.
    pub form_token: String,
}

impl Typed {
    /// The content, for telling one sending from another.
    #[must_use]
    pub fn content(&self) -> [&str; 6] {
        [&self.day, &self.hours, &self.minutes, &self.kind, &self.setting, &self.supervisor]
    }

    /// What the service is asked for, or what has to be mended first. `base` keeps what this form does not ask.
    ///
    /// # Errors
    /// The form with its problems.
    pub fn wish(&self, words: &Words, base: HoursWish) -> Result<HoursWish, Form> {
        let mut form = Form::default();
        let day = self.day.trim().parse::<NaiveDate>().ok();
        if day.is_none() {
            form.add("day", words.get("hours-day-missing"));
        }
        let minutes = length(&self.hours, &self.minutes);
        if minutes.is_none() {
            form.add("hours", words.get("hours-length-missing"));
        }
        if !KINDS.iter().any(|(word, _)| *word == self.kind) {
            form.add("kind", words.get("hours-kind-missing"));
        }
        let picked = |list: &[(&str, &str)], value: &str| list.iter().any(|(word, _)| *word == value);
        let setting = Some(self.setting.clone()).filter(|value| picked(&SETTINGS, value));
        match (day, minutes) {
            (Some(day), Some(minutes)) if !form.has_problems() => Ok(HoursWish {
                from: day,
                // An entry of several days keeps its length in days when its first day is moved.
                to: day.checked_add_signed(base.to.signed_duration_since(base.from)).unwrap_or(day),
                minutes,
                kind: self.kind.clone(),
                setting: setting.or(base.setting.clone().filter(|word| !picked(&SETTINGS, word))),
                supervisor: self.supervisor.parse().ok(),
                ..base
            }),
            _ => Err(form),
        }
    }
}

/// Hours and minutes as typed; `None` if they are no length. An hour may have a fraction, such as `1.5`.
fn length(hours: &str, minutes: &str) -> Option<u32> {
    let part = |text: &str| if text.trim().is_empty() { Some(0) } else { text.trim().parse::<u32>().ok() };
    let hours = hours.trim().replace(',', ".");
    let (whole, tenth) = hours.split_once('.').unwrap_or((&hours, ""));
    // Hundredths of an hour, cut: quarters and halves are exact.
    let fraction = match tenth.len() {
        0 => Some(0),
        1 => tenth.parse::<u32>().ok().map(|tenth| tenth * 6),
        2 => tenth.parse::<u32>().ok().map(|hundredth| hundredth * 60 / 100),
        _ => None,
    };
    let sum = part(whole)?.checked_mul(60)?.checked_add(fraction?)?.checked_add(part(minutes)?)?;
    Some(sum).filter(|sum| *sum > 0)
}

/// What the service refused, at the field it is about; `None` for what no field can mend.
#[must_use]
pub fn refused(words: &Words, error: &EntryError) -> Option<Form> {
    let mut form = Form::default();
    match error {
        EntryError::Refused(refusal) => {
            let (field, key) = match refusal {
                EntryRefusal::NotYet(_) | EntryRefusal::Days { .. } => ("day", "hours-day-not-yet"),
                EntryRefusal::DayFull { minutes, .. } => {
                    let sum = words.minutes(i64::from(*minutes));
                    form.add("hours", words.with("hours-day-full", &[("sum", Value::from(sum))]));
                    return Some(form);
                }
                EntryRefusal::Kind(_) => ("kind", "hours-kind-missing"),
                EntryRefusal::NotAWord { .. } | EntryRefusal::GroupSize(_) => ("setting", "hours-again"),
                EntryRefusal::Minutes { .. } => ("hours", "hours-length-too-long"),
                EntryRefusal::Times { .. } | EntryRefusal::LongerThanTimes { .. } | EntryRefusal::Overlaps(_) => {
                    ("hours", "hours-length-times")
                }
            };
            form.add(field, words.get(key));
        }
        EntryError::NotYourSupervisor => form.add("supervisor", words.get("hours-supervisor-ended")),
        EntryError::Changed(_) => form.add("day", words.get("hours-changed")),
        EntryError::Withdrawn => form.add("day", words.get("hours-withdrawn")),
        EntryError::Unknown | EntryError::Store(_) => return None,
    }
    Some(form)
}

impl EntryPage {
    /// The page with what was typed.
    #[must_use]
    pub fn new(frame: Frame, seen: &Seen, typed: Typed, form: Form) -> Self {
        let words = frame.words;
        let picks = |list: &[(&str, &str)], picked: &str| -> Vec<Pick> {
            let pick = |(word, key): &(&str, &str)| Pick {
                value: (*word).to_owned(),
                label: words.get(key).into_owned(),
                is_picked: *word == picked,
            };
            list.iter().map(pick).collect()
        };
        let only =
            if seen.supervisions.len() == 1 { seen.supervisions.first().map(|row| row.supervisor_id) } else { None };
        let chosen = typed.supervisor.parse::<Id>().ok().or(only.filter(|_| typed.day.is_empty()));
        let supervisors = seen.supervisions.iter().map(|row| Pick {
            value: row.supervisor_id.to_string(),
            label: seen.who(words, row),
            is_picked: chosen == Some(row.supervisor_id),
        });
        Self {
            kinds: picks(&KINDS, &typed.kind),
            settings: picks(&SETTINGS, &typed.setting),
            supervisors: supervisors.collect(),
            form_token: frame.form_token.clone().unwrap_or_default(),
            frame: Frame { has_problems: form.has_problems(), ..frame },
            form,
            typed,
            reason: None,
            take_back: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Lang;

    #[test]
    fn a_length_is_hours_and_minutes_or_a_fraction_of_an_hour() {
        for (hours, minutes, expected) in [
            ("1", "30", Some(90)),
            ("1.5", "", Some(90)),
            ("1,25", "", Some(75)),
            ("", "45", Some(45)),
            (" 2 ", " ", Some(120)),
            ("0", "0", None),
            ("", "", None),
            ("one", "", None),
            ("1.555", "", None),
            ("-1", "", None),
            ("99999999999", "", None),
        ] {
            assert_eq!(length(hours, minutes), expected, "{hours} {minutes}");
        }
    }

    #[test]
    fn what_is_missing_is_said_at_its_field() {
        let words = Words::of(Lang::En);
        let form = Typed::default().wish(words, HoursWish::default()).unwrap_err();
        let fields: Vec<_> = form.problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["day", "hours", "kind"]);
    }
}
