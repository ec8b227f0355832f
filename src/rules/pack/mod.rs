//! Packs: a credential's rules, one file per version.
//!
//! [`Pack::parse`] reads texts (this module opens no file) into [`Version`]s, or says everything that is wrong at once.
//! `phrase` has the short sentences, `table` the reading of keys, `model` what comes out, `validate` the contradictions.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml::de::DeTable;

mod asked_for;
mod asks;
mod base;
mod caps;
mod carry;
pub(super) mod choices;
mod context;
mod examples;
mod exams;
mod fees;
mod flat;
mod givens;
mod guards;
mod head;
pub mod holidays;
mod hours;
pub mod ladder;
pub mod model;
mod names;
mod near_phrases;
mod notes;
mod order;
mod pace;
mod period;
pub mod phrase;
mod reads;
mod relief;
mod rules;
mod slips;
pub mod summary;
mod table;
mod term_words;
mod told;
mod transition;
pub(super) mod vain;
mod validate;
pub(super) mod with_any;

pub use base::{Base, stricter};
pub use examples::{Example, Expectation};
pub use model::Version;

use super::canonical::{canonical_json, sha256};
use super::problem::{Problem, Problems};
use super::question::Purpose;
use super::record::Record;
use table::Table;

/// A credential's rules in all their versions, with their worked examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The credential's id.
    pub id: String,
    /// Versions, oldest first.
    pub versions: Vec<Version>,
    /// Worked examples in the order of the files.
    pub examples: Vec<Example>,
}

impl Pack {
    /// Reads a pack that stands on no other. See [`Pack::parse_on`].
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, Vec<Problem>> {
        Self::parse_on(files, &[])
    }

    /// The folders of packs that these texts name as their base: what [`Pack::parse_on`] wants to be given.
    #[must_use]
    pub fn bases_of(files: &[(&str, &str)]) -> Vec<String> {
        let mut folders: Vec<String> = Vec::new();
        for (_, text) in files.iter().filter(|(file, _)| phrase::date(stem(file)).is_some()) {
            let Ok(root) = DeTable::parse(text) else { continue };
            folders.extend(base::base_of(root.get_ref()).map(|named| named.folder.to_owned()));
        }
        folders.sort();
        folders.dedup();
        folders
    }

    /// Reads a pack from its files, and from those of the packs it stands on. A file named by a day is a version, one
    /// named `examples*` holds worked examples.
    pub fn parse_on(files: &[(&str, &str)], bases: &[Base<'_>]) -> Result<Self, Vec<Problem>> {
        let (mut problems, mut versions, mut examples) = (Vec::new(), Vec::new(), Vec::new());
        let mut sorted: Vec<_> = files.to_vec();
        sorted.sort_unstable();
        for (file, text) in sorted {
            let sink = Problems::of(file, text);
            let stem = stem(file);
            match DeTable::parse(text) {
                Err(error) => {
                    let line = sink.line_of(error.span().map_or(0, |span| span.start));
                    let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
                    // What the reader of TOML guesses is worth showing only where nothing better is known.
                    let (found, (expected, hint)) = match slips::not_toml(shown) {
                        Some(known) => (format!("`{}`", shown.trim()), known),
                        None => (
                            format!("`{}`: {}", shown.trim(), error.message().replace('\n', ", ")),
                            (
                                "TOML",
                                "mend this line; text stands in straight double quotes, dates and numbers without",
                            ),
                        ),
                    };
                    sink.add("bad_toml", line, found, expected, hint);
                }
                Ok(root) if stem.starts_with("examples") => {
                    examples.extend(examples::read(Table::new(&sink, &root, format!("`{stem}.toml`"))));
                }
                Ok(root) if phrase::date(stem).is_some() => match base::lay(file, text, root, bases) {
                    Ok(laid) => {
                        versions.push(version(&laid, file, stem));
                        problems.extend(laid.problems.into_vec());
                    }
                    Err(found) => problems.extend(found),
                },
                Ok(_) => sink.add(
                    "wrong_file_name",
                    1,
                    format!("a file named `{stem}.toml`"),
                    "a day such as `2024-07-01.toml`, or `examples.toml`",
                    "rename the file",
                ),
            }
            problems.extend(sink.into_vec());
        }
        if versions.is_empty() && problems.is_empty() {
            let file = files.first().map_or_else(String::new, |(file, _)| (*file).to_owned());
            problems.push(Problem {
                file,
                line: 1,
                code: "no_version",
                found: "no version".into(),
                expected: "a file such as `2024-07-01.toml`".into(),
                hint: "name the file by the day it comes into force".into(),
            });
        }
        versions.sort_by_key(|version: &Version| version.in_force.from);
        if problems.is_empty() {
            problems.extend(validate::versions(&versions));
            problems.extend(
                versions.first().map(|first| validate::examples(&first.credential, &examples)).unwrap_or_default(),
            );
        }
        match versions.first() {
            Some(first) if problems.is_empty() => Ok(Self { id: first.credential.clone(), versions, examples }),
            _ => Err(problems),
        }
    }

    /// The version by its id.
    #[must_use]
    pub fn version(&self, id: &str) -> Option<&Version> {
        self.versions.iter().find(|version| version.id == id)
    }

    /// The version in force on a day.
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> Option<&Version> {
        self.versions
            .iter()
            .rev()
            .find(|version| version.in_force.from.is_some_and(|from| from <= day))
            .filter(|version| version.in_force.contains(day))
    }

    /// The version that rules this person for this question: the pin, else the deciding event, else the day; and what
    /// the transitions of later versions make of it.
    #[must_use]
    pub fn version_for(&self, record: &Record, as_of: NaiveDate, purpose: Purpose) -> Option<&Version> {
        self.version_and_why(record, as_of, purpose).map(|(version, _)| version)
    }

    /// The version that the record's own words hold the person to: the pin of the application, or of the term that runs.
    #[must_use]
    pub fn pin<'r>(&'r self, record: &'r Record, as_of: NaiveDate, purpose: Purpose) -> Option<&'r str> {
        let today = self.in_force_on(as_of).or_else(|| self.versions.first())?;
        super::evaluate::moments::Moments::of(today, record, as_of, purpose, None).pinned_version()
    }

    /// The day that decides which version rules this person, under what a version says of it.
    #[must_use]
    pub fn deciding_day(&self, version: &Version, record: &Record, as_of: NaiveDate, purpose: Purpose) -> NaiveDate {
        let today = self.in_force_on(as_of).unwrap_or(version);
        super::evaluate::moments::Moments::of(today, record, as_of, purpose, None).deciding_day(&today.applies_by)
    }

    /// [`Pack::version_for`], with the transition that decided, where one did.
    #[must_use]
    pub fn version_and_why(
        &self,
        record: &Record,
        as_of: NaiveDate,
        purpose: Purpose,
    ) -> Option<(&Version, Option<&model::Transition>)> {
        let today = self.in_force_on(as_of).or_else(|| self.versions.first())?;
        let moments = super::evaluate::moments::Moments::of(today, record, as_of, purpose, None);
        let pin = moments.pinned_version();
        let mut current = match pin {
            Some(pin) => self.version(pin)?,
            None => self.in_force_on(moments.deciding_day(&today.applies_by))?,
        };
        let mut why = None;
        for (at, new) in self.versions.iter().enumerate() {
            let Some(transition) = new.transitions.iter().find(|transition| moments.is_in(transition, new)) else {
                continue;
            };
            let before = at.checked_sub(1).and_then(|before| self.versions.get(before));
            let Some(old) = transition.older.as_deref().map_or(before, |older| self.version(older)) else { continue };
            let over = transition.days.through.is_some_and(|until| as_of > until);
            let stays = match transition.then {
                model::Then::Old => !over,
                model::Then::New => false,
                model::Then::Choose { old_unless_chosen } => !over && old_unless_chosen,
            };
            // A choice is a pin, and good as long as the choice is.
            let chosen = matches!(transition.then, model::Then::Choose { .. }) && over && current.id == old.id;
            if pin.is_some() && !transition.ends_pins && !chosen {
                continue;
            }
            // Who moves, moves from whatever older version rules them, unless the transition names one.
            let older = self.versions.iter().take(at).any(|older| older.id == current.id);
            let concerned =
                [&old.id, &new.id].contains(&&current.id) || (!stays && older && transition.older.is_none());
            if concerned {
                (current, why) = (if stays { old } else { new }, Some(transition));
            }
        }
        Some((current, why))
    }
}

/// The file's name without folder and ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn version(laid: &base::Laid<'_>, file: &str, stem: &str) -> Version {
    let root = Table::new(&laid.problems, &laid.root, format!("`{stem}.toml`"));
    let stated = json_of(toml::de::DeValue::Table(laid.root.get_ref().clone()));
    let credential = root.need_text("credential", "the credential's id, such as `us-ne-cpss`").value.to_owned();
    validate::folder(&root, &credential, file);
    let mut context = head::context(&root);
    let stages = head::stages(&context, &root);
    context.stages = stages.iter().map(|stage| stage.id.clone()).collect();
    let in_force = head::in_force(&root, stem);
    let applies_by = root
        .texts("applies_by")
        .unwrap_or_default()
        .into_iter()
        .filter_map(|text| context.anchor(&root, "applies_by", text))
        .collect();
    let verified = root.yes("verified");
    if verified.is_none() {
        root.missing("verified", "`true` only when the board has confirmed the pack");
    }
    let mut purposes = BTreeMap::new();
    for purpose in Purpose::ALL {
        if let Some(table) = root.table(purpose.word()) {
            purposes.insert(purpose, rules::rules(&context, table, purpose.word()));
        }
    }
    let mut version = Version {
        id: stem.to_owned(),
        file: file.to_owned(),
        region: root.text("region").map_or_else(|| region_of(&credential), |text| text.value).to_owned(),
        credential,
        name: head::name(&root),
        abbreviation: root.text("abbreviation").map(|text| text.value.to_owned()),
        board: root.need_text("board", "the board's name").value.to_owned(),
        time_zone: head::time_zone(&root),
        in_force,
        verified: verified.unwrap_or(false),
        applies_by,
        hour: context.hour,
        units: context.units.clone(),
        unit_names: names::units(&root),
        words: names::words(&root),
        unit_sizes: context.unit_sizes.clone(),
        sources: context.sources.clone(),
        notes: notes::notes(&context, &root),
        topics: context.topics.clone(),
        topic_names: context.topic_names.clone(),
        stages,
        reminders: head::reminders(&root),
        holidays: holidays::holidays(&root),
        holds: relief::holds(&context, &root),
        orders: relief::orders(&context, &root),
        transitions: transition::transitions(&context, &root),
        purposes,
        hash: sha256(canonical_json(&stated).as_bytes()),
        stated,
        origins: laid.problems.origins().clone(),
        lines: flat::lines(&laid.problems, laid.root.get_ref(), &laid.replaced),
    };
    version.in_force = in_force;
    validate::version(&root, &version);
    relief::check(&root, &version);
    vain::check(&root, &version);
    root.finish();
    version
}

/// The region at the front of a credential's id: `us-ne` of `us-ne-cpss`, `de` of `de-exin`, `intl` of `icrc-pr`.
fn region_of(credential: &str) -> &str {
    let mut dashes = credential.match_indices('-').map(|(at, _)| at);
    let (first, second) = (dashes.next(), dashes.next());
    second.or(first).and_then(|at| credential.get(..at)).unwrap_or(credential)
}

/// TOML as JSON, dates as text: what the version's hash is taken of, and how records are written in examples.
pub(super) fn json_of(value: toml::de::DeValue<'_>) -> serde_json::Value {
    use toml::de::DeValue;
    match value {
        DeValue::String(text) => text.into_owned().into(),
        DeValue::Integer(number) => i64::from_str_radix(&number.as_str().replace('_', ""), number.radix())
            .map_or_else(|_| number.as_str().into(), Into::into),
        DeValue::Float(number) => number.as_str().into(),
        DeValue::Boolean(yes) => yes.into(),
        DeValue::Datetime(at) => at.to_string().into(),
        DeValue::Array(items) => items.into_iter().map(|item| json_of(item.into_inner())).collect(),
        DeValue::Table(table) => serde_json::Value::Object(
            table
                .into_iter()
                .map(|(key, value)| (key.into_inner().into_owned(), json_of(value.into_inner())))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The complete pack shown in the language's page.
    pub(super) fn shown() -> String {
        let page = include_str!("../../../docs/rules/language.md");
        page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
    }

    #[test]
    fn the_pack_shown_in_the_page_reads() {
        let pack =
            Pack::parse(&[("us-xx/ps/2024-07-01.toml", &shown())]).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let version = pack.version("2024-07-01").unwrap();
        assert_eq!((pack.id.as_str(), version.region.as_str()), ("us-xx-ps", "us-xx"));
        let ids: Vec<&str> = version.purposes[&Purpose::Initial].rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids, ["age", "lived-experience", "training", "exam", "experience", "portfolio"]);
    }

    #[test]
    fn the_hash_does_not_depend_on_comments() {
        let text = shown();
        let hash = |text: &str| Pack::parse(&[("2024-07-01.toml", text)]).unwrap().versions[0].hash.clone();
        assert_eq!(hash(&text), hash(&format!("# another comment\n{text}")));
        assert_ne!(hash(&text), hash(&text.replace("46 hours", "47 hours")));
    }

    #[test]
    fn every_problem_of_a_file_is_shown_at_once_with_its_line() {
        let text = shown()
            .replace("cite     = \"handbook\"\nat_least = 18", "at_lest = 18")
            .replace("\"24 months before application\"", "\"24 months\"");
        let problems = Pack::parse(&[("2024-07-01.toml", &text)]).unwrap_err();
        let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(text.iter().any(|line| line.contains("says nowhere where it is written")), "{text:#?}");
        assert!(
            text.iter().any(|line| line.contains("unknown key `at_lest`") && line.contains("did you mean `at_least`?")),
            "{text:#?}"
        );
        assert!(
            text.iter().any(|line| line.contains("is not a window") && line.contains("before or after what")),
            "{text:#?}"
        );
    }
}
