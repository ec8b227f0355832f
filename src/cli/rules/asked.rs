//! What `rules evaluate`, `explain` and `plan` are asked: a pack, and a record of a file or of a worked example.

use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::super::usage::parse_day;
use super::super::{Context, Failure};
use crate::packs;
use crate::rules::explain::{self, Line};
use crate::rules::pack::Example;
use crate::rules::record::RecordError;
use crate::rules::{Evaluation, Pack, Purpose, Question, Record, Version, evaluate};

/// What to ask.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the pack, or one file of it
    #[arg(long, value_name = "PATH")]
    pack: PathBuf,
    /// A portable record (`credtrail.record/1`), as JSON; `-` reads it from standard input
    #[arg(long, value_name = "FILE", required_unless_present = "example")]
    record: Option<PathBuf>,
    /// A worked example of the pack: its name, or words of it; asks what the example asks
    #[arg(long, value_name = "NAME", conflicts_with = "record")]
    example: Option<String>,
    /// The day asked about [default: today where the board is, or the example's day]
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<NaiveDate>,
    /// What for: initial, renewal, reinstatement or reciprocity [default: initial, or the example's]
    #[arg(long, value_parser = parse_purpose)]
    purpose: Option<Purpose>,
    /// Which stage [default: the first not yet held, or the example's]
    #[arg(long, value_name = "ID")]
    stage: Option<String>,
}

fn parse_purpose(word: &str) -> Result<Purpose, String> {
    Purpose::parse(word).ok_or_else(|| "expected initial, renewal, reinstatement or reciprocity".to_owned())
}

/// A pack, a record and a question that fit together.
pub struct Asked {
    /// The pack.
    pub pack: Pack,
    /// The record.
    pub record: Record,
    /// The question.
    pub question: Question,
}

impl Asked {
    /// What the arguments ask.
    pub fn read(args: &Args, context: &Context) -> Result<Self, Failure> {
        let pack = packs::load(&args.pack)?;
        let example = args.example.as_deref().map(|name| named(&pack, name)).transpose()?;
        let record = match (example, &args.record) {
            (Some(example), _) => example.record.clone(),
            (None, Some(path)) => read_record(path)?,
            (None, None) => return Err(Failure::input("no_record", "no record", "give `--record` or `--example`")),
        };
        let asked = example.map(|example| &example.question);
        let as_of = match args.as_of.or(asked.map(|question| question.as_of)) {
            Some(day) => day,
            None => today(&pack, context)?,
        };
        let purpose = args.purpose.or(asked.map(|question| question.purpose)).unwrap_or(Purpose::Initial);
        let stage = args.stage.clone().or_else(|| asked.and_then(|question| question.stage.clone()));
        Ok(Self { pack, record, question: Question { as_of, purpose, stage } })
    }

    /// The version that rules this person.
    pub fn version(&self) -> Result<&Version, Failure> {
        let Question { as_of, purpose, stage } = &self.question;
        let version = self.pack.version_for(&self.record, *as_of, *purpose).ok_or_else(|| self.no_version())?;
        if let Some(stage) = stage
            && version.stage_of(&self.record, &self.question).is_none()
        {
            let known: Vec<&str> = version.stages.iter().map(|stage| stage.id.as_str()).collect();
            return Err(refusal(
                "unknown_stage",
                "--stage",
                format!("stage `{stage}`"),
                format!("one of {}", known.join(", ")),
                "name a stage of the pack",
            ));
        }
        if !version.purposes.get(purpose).is_some_and(|rules| rules.offered) {
            let offered: Vec<&str> =
                version.purposes.iter().filter(|(_, rules)| rules.offered).map(|(purpose, _)| purpose.word()).collect();
            let found = format!("{} is not offered under version {}", purpose.word(), version.id);
            return Err(refusal(
                "purpose_not_offered",
                "--purpose",
                found,
                format!("one of {}", offered.join(", ")),
                "ask for a purpose the board offers",
            ));
        }
        Ok(version)
    }

    /// No version rules this person: the one they are held to is not here, or none is in force.
    pub fn no_version(&self) -> Failure {
        let known: Vec<&str> = self.pack.versions.iter().map(|version| version.id.as_str()).collect();
        let Question { as_of, purpose, .. } = self.question;
        if let Some(pin) = self.pack.pin(&self.record, as_of, purpose).filter(|pin| self.pack.version(pin).is_none()) {
            return refusal(
                "no_version_in_force",
                "--record",
                format!("an application or term that is held to version `{pin}`, which {} does not have", self.pack.id),
                format!("one of {}", known.join(", ")),
                "give the folder with that version, or take it out of the application or term",
            );
        }
        let found = format!("no version of {} rules this person on {}", self.pack.id, self.question.as_of);
        refusal(
            "no_version_in_force",
            "--as-of",
            found,
            format!("a day or pin that one of {} covers", known.join(", ")),
            "ask about a later day, or add the version",
        )
    }

    /// The answer.
    pub fn answer(&self) -> Result<Evaluation, Failure> {
        Ok(evaluate(self.version()?, &self.record, &self.question))
    }

    /// The answer as sentences.
    pub fn lines(&self, answer: &Evaluation, context: &Context) -> Result<Vec<Line>, Failure> {
        Ok(explain::lines(self.version()?, &self.record, answer, context.lang))
    }
}

/// Today where the board is.
pub(super) fn today(pack: &Pack, context: &Context) -> Result<NaiveDate, Failure> {
    let zone = pack.versions.last().map_or("UTC", |version| version.time_zone.as_str());
    let zone = zone.parse().map_err(|_error| {
        refusal(
            "bad_pack",
            "time_zone",
            format!("time zone `{zone}`"),
            "an IANA name such as `America/Chicago`".to_owned(),
            "mend the pack or give --as-of",
        )
    })?;
    Ok(context.clock.today_in(zone))
}

/// The worked example with this name, or the only one whose name has these words.
fn named<'p>(pack: &'p Pack, name: &str) -> Result<&'p Example, Failure> {
    if let Some(example) = pack.examples.iter().find(|example| example.name == name) {
        return Ok(example);
    }
    let words = name.to_lowercase();
    let close: Vec<&Example> =
        pack.examples.iter().filter(|example| example.name.to_lowercase().contains(&words)).collect();
    if let [only] = close.as_slice() {
        return Ok(only);
    }
    let (found, listed) = if close.is_empty() {
        (format!("no example of {} has the words `{name}`", pack.id), pack.examples.iter().collect())
    } else {
        (format!("{} examples of {} have the words `{name}`", close.len(), pack.id), close)
    };
    let names: Vec<String> = listed.iter().map(|example| format!("`{}`", example.name)).collect();
    let expected =
        if names.is_empty() { "a pack with examples".to_owned() } else { format!("one of {}", names.join(", ")) };
    Err(refusal("unknown_example", "--example", found, expected, "give the name, or words that only one of them has"))
}

/// The record of a file; a refusal names the file.
fn read_record(path: &Path) -> Result<Record, Failure> {
    let text = read_text(path)?;
    let file = path.display().to_string();
    if !text.trim_start().starts_with('{') {
        let found = match serde_json::from_str(&text) {
            Ok(serde_json::Value::Array(_)) => "this is a list",
            Ok(serde_json::Value::Null) => "this is `null`",
            Ok(_) => "this is a single value",
            Err(_) => "this is not JSON",
        };
        return Err(refusal(
            "bad_json",
            &file,
            found.to_owned(),
            "a record is JSON: `{ \"format\": \"credtrail.record/1\", ... }`".to_owned(),
            "write it as docs/rules/record.md shows; for an example of the pack give `--example` instead",
        ));
    }
    Record::from_json(&text).map_err(|error| {
        let inside = if error.path.is_empty() { file.clone() } else { format!("{file}: {}", error.path) };
        Failure { path: inside, ..error.into() }
    })
}

fn refusal(code: &'static str, path: &str, found: String, expected: String, hint: &str) -> Failure {
    Failure { code, path: path.to_owned(), found, expected, hint: hint.to_owned(), exit: 2 }
}

/// The text of a file, or of standard input.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let refused = |code, found, hint| {
        let expected = "a portable record as JSON in UTF-8".to_owned();
        refusal(code, &path.display().to_string(), found, expected, hint)
    };
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(path).map(|found| bytes = found)
    };
    read.map_err(|error| refused("unreadable", error.to_string(), "check the path"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        refused("not_utf8", format!("a byte in line {line} that is not UTF-8"), "save the file as UTF-8")
    })?;
    // Some editors put a mark before the text; it is no part of it.
    match text.strip_prefix('\u{feff}') {
        Some(text) => Ok(text.to_owned()),
        None => Ok(text),
    }
}

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        let RecordError { code, path, found, expected, hint } = error;
        Self { code, path, found, expected, hint, exit: 2 }
    }
}
