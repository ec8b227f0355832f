//! What became of each row, and of the file as a whole.

use serde::Serialize;

/// Why a row has to change: where, what was found, what was expected, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// A stable word.
    pub code: &'static str,
    /// The column; empty for the row as a whole.
    pub column: &'static str,
    /// What was found, cut to 80 letters.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
}

impl Problem {
    /// A problem.
    #[must_use]
    pub fn new(
        code: &'static str,
        column: &'static str,
        found: &str,
        expected: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { code, column, found: found.chars().take(80).collect(), expected: expected.into(), hint: hint.into() }
    }
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was added, or would be.
    Added,
    /// It was there.
    Known,
    /// It has to change.
    Refused(Problem),
}

/// A row as it is told of while the file is read.
#[derive(Debug)]
pub struct RowSeen<'a> {
    /// The line of the file, as a spreadsheet counts: the header is 1.
    pub line: u64,
    /// The fields as they stood.
    pub record: &'a csv::ByteRecord,
    /// What became of it.
    pub outcome: &'a Outcome,
}

/// Rows with the same problem in the same column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The problem's word.
    pub code: &'static str,
    /// The column.
    pub column: &'static str,
    /// How many rows.
    pub rows: u64,
    /// The first of them, in full.
    pub examples: Vec<Example>,
}

/// A row with its problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The line of the file.
    pub line: u64,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
}

/// What became of a file. Its size does not depend on the file's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows read, the header not counted.
    pub rows: u64,
    /// Rows added, or that would be.
    pub added: u64,
    /// Rows that were there before.
    pub known: u64,
    /// Rows that have to change.
    pub refused: u64,
    /// The problems by kind, each with its first rows.
    pub problems: Vec<Group>,
}

/// Rows told in full per kind of problem.
const EXAMPLES: usize = 20;

impl Report {
    pub(super) fn count(&mut self, line: u64, outcome: &Outcome) {
        self.rows += 1;
        let problem = match outcome {
            Outcome::Added => return self.added += 1,
            Outcome::Known => return self.known += 1,
            Outcome::Refused(problem) => problem,
        };
        self.refused += 1;
        let same = |group: &&mut Group| group.code == problem.code && group.column == problem.column;
        let example = Example {
            line,
            found: problem.found.clone(),
            expected: problem.expected.clone(),
            hint: problem.hint.clone(),
        };
        match self.problems.iter_mut().find(same) {
            Some(group) => {
                group.rows += 1;
                if group.examples.len() < EXAMPLES {
                    group.examples.push(example);
                }
            }
            None => self.problems.push(Group {
                code: problem.code,
                column: problem.column,
                rows: 1,
                examples: vec![example],
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_equal_problems_are_one_group_with_twenty_examples() {
        let outcome = Outcome::Refused(Problem::new("bad_date", "from", &"x".repeat(500), "a day", "write a day"));
        let mut report = Report::default();
        for line in 2..1_000_002 {
            report.count(line, &outcome);
        }
        assert_eq!((report.rows, report.refused, report.problems.len()), (1_000_000, 1_000_000, 1));
        let group = &report.problems[0];
        assert_eq!((group.rows, group.examples.len(), group.examples[19].line), (1_000_000, 20, 21));
        assert_eq!(group.examples[0].found.len(), 80, "what was found is cut");
    }
}
