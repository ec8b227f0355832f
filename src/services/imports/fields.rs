//! One row's fields by column name, and how each kind of value reads.

use chrono::NaiveDate;

use super::report::Problem;
use crate::storage::Id;

/// A column of a file.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// As in the header.
    pub name: &'static str,
    /// Whether the header must have it.
    pub required: bool,
    /// As in the template's example row.
    pub example: &'static str,
    /// What it is for.
    pub about: &'static str,
}

/// One row's fields.
#[derive(Debug)]
pub struct Fields<'a> {
    pub(super) values: Vec<(&'static str, &'a str)>,
}

impl<'a> Fields<'a> {
    /// The text of a column; `None` if it is empty or not in the file.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&'a str> {
        self.values.iter().find(|(name, _)| *name == column).map(|(_, text)| *text).filter(|text| !text.is_empty())
    }

    /// The text of a column as an owned one.
    #[must_use]
    pub fn owned(&self, column: &str) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    /// The text of a column that must be filled.
    ///
    /// # Errors
    /// When it is empty.
    pub fn needed(&self, column: &'static str) -> Result<&'a str, Problem> {
        self.text(column).ok_or_else(|| Problem::new("missing", column, "", "a value", "fill it in"))
    }

    /// A date: `2026-02-28`, or month/day/year as `2/28/2026`.
    ///
    /// # Errors
    /// When it is no real day.
    pub fn date(&self, column: &'static str) -> Result<Option<NaiveDate>, Problem> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let read =
            NaiveDate::parse_from_str(text, "%Y-%m-%d").or_else(|_iso| NaiveDate::parse_from_str(text, "%m/%d/%Y"));
        let plausible =
            |day: &NaiveDate| *day > NaiveDate::default() - chrono::Days::new(36_525) && *day < NaiveDate::MAX;
        match read.ok().filter(plausible) {
            Some(day) => Ok(Some(day)),
            None => Err(Problem::new(
                "bad_date",
                column,
                text,
                "a real day as year-month-day or month/day/year",
                "write it like 2026-02-28 or 2/28/2026",
            )),
        }
    }

    /// A date that must be there.
    ///
    /// # Errors
    /// When it is empty or no real day.
    pub fn needed_date(&self, column: &'static str) -> Result<NaiveDate, Problem> {
        self.needed(column)?;
        self.date(column)?.ok_or_else(|| Problem::new("missing", column, "", "a day", "fill it in"))
    }

    /// A whole number.
    ///
    /// # Errors
    /// When it is not one from 0 to 9,999,999.
    pub fn number(&self, column: &'static str) -> Result<Option<u32>, Problem> {
        let Some(text) = self.text(column) else { return Ok(None) };
        match text.parse::<u32>() {
            Ok(number) if number <= 9_999_999 => Ok(Some(number)),
            _ => Err(Problem::new("bad_number", column, text, "a whole number", "write digits only, such as 90")),
        }
    }

    /// The id of something that is there.
    ///
    /// # Errors
    /// When it is not written as ids are.
    pub fn id(&self, column: &'static str) -> Result<Option<Id>, Problem> {
        let Some(text) = self.text(column) else { return Ok(None) };
        match text.parse() {
            Ok(id) => Ok(Some(id)),
            Err(_) => Err(Problem::new(
                "bad_id",
                column,
                text,
                "an id of 13 letters and digits",
                "copy the id as it was given",
            )),
        }
    }

    /// Yes or no.
    ///
    /// # Errors
    /// When it is neither.
    pub fn yes(&self, column: &'static str) -> Result<Option<bool>, Problem> {
        match self.text(column).map(str::to_ascii_lowercase).as_deref() {
            None => Ok(None),
            Some("yes" | "true" | "1" | "y") => Ok(Some(true)),
            Some("no" | "false" | "0" | "n") => Ok(Some(false)),
            Some(other) => Err(Problem::new("bad_yes_no", column, other, "`yes` or `no`", "write yes or no")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<NaiveDate>, Problem> {
        Fields { values: vec![("day", text)] }.date("day")
    }

    #[test]
    fn days_read_both_ways_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 28);
        assert_eq!(
            (read("2026-02-28").unwrap(), read("02/28/2026").unwrap(), read("2/28/2026").unwrap()),
            (day, day, day)
        );
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_with_what_to_write() {
        for wrong in ["2026-02-30", "02/30/2026", "30.02.2026", "2026-2-3x", "26-02-03", "soon"] {
            let problem = read(wrong).unwrap_err();
            assert_eq!((problem.code, problem.column, problem.found.as_str()), ("bad_date", "day", wrong));
        }
    }
}
