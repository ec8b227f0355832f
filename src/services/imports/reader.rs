//! Reading a CSV file row by row with bounded memory. Lines are counted as an editor counts them, whatever ends them.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::fields::{Column, Fields};
use super::lines::Lines;
use super::report::Problem;

/// The longest row, quotes and line ends included. An open quote would otherwise swallow the file.
const LONGEST_ROW: usize = 64 * 1024;
/// The longest field.
const LONGEST_FIELD: usize = 2_000;

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The header lacks columns.
    #[error("the header lacks `{missing}`, expected the columns {expected}; print a template and use its header")]
    Missing {
        /// The columns it lacks.
        missing: String,
        /// All columns.
        expected: String,
    },
    /// The header has columns that nobody knows, or one twice.
    #[error("the header has `{found}`, which is {what}, expected the columns {expected}; take it out or rename it")]
    Header {
        /// The column.
        found: String,
        /// Unknown or doubled.
        what: &'static str,
        /// All columns.
        expected: String,
    },
    /// Columns that something else than commas keeps apart.
    #[error("the header is `{found}`, with {with} between the columns, expected commas; save it as CSV with commas")]
    Separator {
        /// The header, cut.
        found: String,
        /// What keeps them apart.
        with: &'static str,
    },
    /// No header.
    #[error("the file is empty, expected a header line and rows; print a template to start from")]
    Empty,
    /// A row that does not end.
    #[error(
        "the row that begins on line {0} is longer than 64 KiB, expected rows of a few hundred letters; look there for a \
         quote that is never closed, a field that is much too long, or line ends that are missing"
    )]
    EndlessRow(u64),
    /// UTF-16 or another encoding of two bytes a letter.
    #[error("the file is not UTF-8 text, expected CSV in UTF-8; save it as \"CSV UTF-8\"")]
    Encoding,
    /// The file could not be read.
    #[error("the file cannot be read: {0}")]
    Io(String),
}

/// What was read so far.
#[derive(Debug, Default)]
struct Progress {
    since_row: usize,
    lines: Lines,
}

/// Stops a source that gives more than one row may hold, and counts its lines.
struct Bounded<R> {
    inner: R,
    progress: Rc<RefCell<Progress>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut progress = self.progress.borrow_mut();
        // The reader asks for more only when its buffer holds no whole row.
        if progress.since_row > LONGEST_ROW {
            return Err(io::Error::other("endless row"));
        }
        let count = self.inner.read(buffer)?;
        progress.since_row += count;
        progress.lines.read(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// One row as it stood.
#[derive(Debug)]
pub struct Row {
    /// The line it begins on; the header is 1.
    pub line: u64,
    /// Its fields.
    pub record: ByteRecord,
}

/// The rows of a file.
pub struct Rows<R> {
    reader: csv::Reader<Bounded<R>>,
    progress: Rc<RefCell<Progress>>,
    header: Vec<&'static str>,
}

impl<R: Read> Rows<R> {
    /// Reads the header and checks it against `columns`.
    ///
    /// # Errors
    /// When the header is not that of this kind of file.
    pub fn open(source: R, columns: &'static [Column]) -> Result<Self, FileError> {
        let progress = Rc::new(RefCell::new(Progress::default()));
        let bounded = Bounded { inner: source, progress: Rc::clone(&progress) };
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bounded);
        let mut first = ByteRecord::new();
        let some = reader.read_byte_record(&mut first).map_err(|error| io_error(&error, 1))?;
        if !some || first.iter().all(<[u8]>::is_empty) {
            return Err(FileError::Empty);
        }
        let header = header(&first, columns)?;
        Ok(Self { reader, progress, header })
    }

    /// The columns of this file, in its order.
    #[must_use]
    pub fn header(&self) -> &[&'static str] {
        &self.header
    }

    /// Up to `count` rows; none at the end. Empty lines are passed over.
    ///
    /// # Errors
    /// When the file cannot be read on.
    pub fn next_slice(&mut self, count: usize) -> Result<Vec<Row>, FileError> {
        let mut slice = Vec::new();
        while slice.len() < count {
            let mut record = ByteRecord::new();
            let begin = self.reader.position().byte();
            self.progress.borrow_mut().since_row = 0;
            let read = self.reader.read_byte_record(&mut record);
            let line = self.progress.borrow_mut().lines.at(begin);
            if !read.map_err(|error| io_error(&error, line))? {
                break;
            }
            slice.push(Row { line, record });
        }
        Ok(slice)
    }
}

fn io_error(error: &csv::Error, line: u64) -> FileError {
    match error.kind() {
        csv::ErrorKind::Io(io) if io.to_string() == "endless row" => FileError::EndlessRow(line),
        _ => FileError::Io(error.to_string()),
    }
}

fn header(first: &ByteRecord, columns: &'static [Column]) -> Result<Vec<&'static str>, FileError> {
    let all = || columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    let mut header = Vec::new();
    if let Some(error) = separator(first) {
        return Err(error);
    }
    for (i, field) in first.iter().enumerate() {
        let text = std::str::from_utf8(field).ok().ok_or(FileError::Encoding)?;
        // Spreadsheets put a byte order mark in front.
        let text = if i == 0 { text.trim_start_matches('\u{feff}') } else { text }.trim();
        if text.contains('\0') {
            return Err(FileError::Encoding);
        }
        let known = columns.iter().find(|column| column.name.eq_ignore_ascii_case(text));
        let what = match known {
            Some(column) if !header.contains(&column.name) => {
                header.push(column.name);
                continue;
            }
            Some(_) => "there twice",
            None => "no column of this file",
        };
        return Err(FileError::Header { found: text.chars().take(80).collect(), what, expected: all() });
    }
    let missing: Vec<&str> =
        columns.iter().filter(|c| c.required && !header.contains(&c.name)).map(|c| c.name).collect();
    if missing.is_empty() {
        Ok(header)
    } else {
        Err(FileError::Missing { missing: missing.join(", "), expected: all() })
    }
}

/// Spreadsheets in some countries write semicolons.
fn separator(first: &ByteRecord) -> Option<FileError> {
    let mut fields = first.iter();
    let only = fields.next().filter(|_| fields.next().is_none())?;
    let text = std::str::from_utf8(only).ok()?.trim_start_matches('\u{feff}');
    let with = match text {
        _ if text.contains('\0') => return None,
        _ if text.contains(';') => "semicolons",
        _ if text.contains('\t') => "tabs",
        _ => return None,
    };
    Some(FileError::Separator { found: text.chars().take(80).collect(), with })
}

impl Row {
    /// The fields by column.
    ///
    /// # Errors
    /// When the row has more or fewer fields than the header, is not UTF-8, or has a field that is too long.
    pub fn fields(&self, header: &[&'static str]) -> Result<Fields<'_>, Problem> {
        if self.record.len() != header.len() {
            let found = format!("{} fields", self.record.len());
            let expected = format!("{} fields, as in the header", header.len());
            return Err(Problem::new(
                "bad_row",
                "",
                &found,
                expected,
                "look for a comma or a quote too many or too few",
            ));
        }
        let mut values = Vec::with_capacity(header.len());
        for (column, field) in header.iter().zip(&self.record) {
            let Ok(text) = std::str::from_utf8(field) else {
                let found = String::from_utf8_lossy(field);
                return Err(Problem::new("not_utf8", column, &found, "UTF-8 text", "save the file as \"CSV UTF-8\""));
            };
            let text = text.trim();
            if text.chars().any(|c| c.is_control()) {
                return Err(Problem::new(
                    "control_character",
                    column,
                    "a control character",
                    "plain text on one line",
                    "take the line break or hidden character out",
                ));
            }
            if text.len() > LONGEST_FIELD {
                let found = format!("{} bytes", text.len());
                return Err(Problem::new(
                    "too_long",
                    column,
                    &found,
                    "at most 2000 bytes",
                    "shorten it; if it looks short, look for a quote that is never closed",
                ));
            }
            values.push((*column, text));
        }
        Ok(Fields { values })
    }
}

#[cfg(test)]
mod tests;
