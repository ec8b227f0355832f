//! Everyone who comes out otherwise, written as they come: CSV, or one JSON object a line.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write, stdout};
use std::path::Path;

use super::super::super::Failure;
use crate::services::simulate::{Affected, Differs, ToGo, word};

/// What is written to.
pub(super) struct Sheet {
    to: Box<dyn Write + Send>,
    json: bool,
    begun: bool,
}

impl Sheet {
    /// A file; JSON lines if its name ends in `.jsonl`.
    pub(super) fn file(path: &Path) -> Result<Self, Failure> {
        let unwritable = |error: std::io::Error| {
            Failure::input("unwritable", format!("{}: {error}", path.display()), "give a file that can be written")
        };
        let json = path.extension().is_some_and(|ending| ending == "jsonl");
        let file = File::create(path).map_err(unwritable)?;
        Ok(Self { to: Box::new(BufWriter::new(file)), json, begun: false })
    }

    /// Standard output, as CSV. Whoever reads may stop reading.
    pub(super) fn out() -> Self {
        Self { to: Box::new(BufWriter::new(Out)), json: false, begun: false }
    }

    /// Adds one person.
    pub(super) fn add(&mut self, affected: &Affected) -> std::io::Result<()> {
        self.begin()?;
        if self.json {
            return writeln!(self.to, "{}", serde_json::json!(affected));
        }
        let Affected { person, purpose, version, version_after, transition, before, after, differs, left, to_go } =
            affected;
        let differs: Vec<String> = differs.iter().map(differing).collect();
        let cells = [
            person.to_string(),
            purpose.word().to_owned(),
            version.clone().unwrap_or_default(),
            version_after.clone().unwrap_or_default(),
            transition.clone().unwrap_or_default(),
            word(*before).to_owned(),
            word(*after).to_owned(),
            differs.join("; "),
            left.join("; "),
            to_go.map_or("", ToGo::word).to_owned(),
        ];
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        writeln!(self.to, "{}", cells.join(","))
    }

    fn begin(&mut self) -> std::io::Result<()> {
        if self.begun || self.json {
            return Ok(());
        }
        self.begun = true;
        writeln!(self.to, "person,purpose,version,version_after,transition,before,after,differs,left,to_go")
    }

    /// Writes what is left.
    pub(super) fn close(mut self) -> std::io::Result<()> {
        self.begin()?;
        self.to.flush()
    }
}

/// "ce met -> not_met", "ce not_met -> not_met (missing 13 -> 193 hour)".
fn differing(differs: &Differs) -> String {
    let of = |missing: &Option<String>| missing.clone().unwrap_or_else(|| "0".to_owned());
    let unit = differs.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    let missing = match differs.before == differs.after {
        true => format!(" (missing {} -> {}{unit})", of(&differs.missing_before), of(&differs.missing)),
        false => String::new(),
    };
    format!("{} {} -> {}{missing}", differs.requirement, side(differs.before), side(differs.after))
}

fn side(status: Option<crate::rules::Status>) -> &'static str {
    if status.is_none() { "not_asked" } else { word(status) }
}

/// A text as a cell; a leading sign would be a formula in a spreadsheet.
fn cell(text: &str) -> String {
    let safe = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// Standard output; a reader who has gone is no trouble.
struct Out;

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match stdout().lock().write_all(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
            written => written.map(|()| bytes.len()),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match stdout().lock().flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed,
        }
    }
}
