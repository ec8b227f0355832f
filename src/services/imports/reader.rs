//! Reading a CSV file row by row with bounded memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::fields::{Column, Fields};
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
    /// No header.
    #[error("the file is empty, expected a header line and rows; print a template to start from")]
    Empty,
    /// A row that does not end.
    #[error(
        "the row that begins on line {0} is longer than 64 KiB, expected a quote to be closed; look for a lone `\"` there"
    )]
    EndlessRow(u64),
    /// UTF-16 or another encoding of two bytes a letter.
    #[error("the file is not UTF-8 text, expected CSV in UTF-8; save it as \"CSV UTF-8\"")]
    Encoding,
    /// The file could not be read.
    #[error("the file cannot be read: {0}")]
    Io(String),
}

/// Stops a source that gives more than one row may hold.
struct Bounded<R> {
    inner: R,
    since_row: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The reader asks for more only when its buffer holds no whole row.
        if self.since_row.get() > LONGEST_ROW {
            return Err(io::Error::other("endless row"));
        }
        let count = self.inner.read(buffer)?;
        self.since_row.set(self.since_row.get() + count);
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
    since_row: Rc<Cell<usize>>,
    header: Vec<&'static str>,
    line: u64,
}

impl<R: Read> Rows<R> {
    /// Reads the header and checks it against `columns`.
    ///
    /// # Errors
    /// When the header is not that of this kind of file.
    pub fn open(source: R, columns: &'static [Column]) -> Result<Self, FileError> {
        let since_row = Rc::new(Cell::new(0));
        let bounded = Bounded { inner: source, since_row: Rc::clone(&since_row) };
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bounded);
        let mut first = ByteRecord::new();
        let some = reader.read_byte_record(&mut first).map_err(|error| io_error(&error, 1))?;
        if !some || first.iter().all(<[u8]>::is_empty) {
            return Err(FileError::Empty);
        }
        let header = header(&first, columns)?;
        Ok(Self { reader, since_row, header, line: 2 })
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
            self.line = self.reader.position().line();
            self.since_row.set(0);
            if !self.reader.read_byte_record(&mut record).map_err(|error| io_error(&error, self.line))? {
                break;
            }
            let line = record.position().map_or(self.line, csv::Position::line);
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
                    "shorten it; look for a lone quote",
                ));
            }
            values.push((*column, text));
        }
        Ok(Fields { values })
    }
}
