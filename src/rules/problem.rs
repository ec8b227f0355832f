//! What is wrong with a pack: file, line, what was found, what was expected and the way out.

use std::cell::RefCell;
use std::fmt;

use serde::Serialize;

/// One problem of a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, as it was named by whoever read it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// A stable code.
    pub code: &'static str,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// The way out.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; expected {}; {}", self.file, self.line, self.found, self.expected, self.hint)
    }
}

/// Collects the problems of one file, so that all of them are shown at once.
pub(crate) struct Problems<'a> {
    file: &'a str,
    /// Byte at which each line starts.
    starts: Vec<usize>,
    found: RefCell<Vec<Problem>>,
}

impl<'a> Problems<'a> {
    pub(crate) fn of(file: &'a str, text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, starts, found: RefCell::default() }
    }

    /// The file's name.
    pub(crate) fn file(&self) -> &'a str {
        self.file
    }

    /// The line a byte stands on.
    pub(crate) fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    /// Adds a problem.
    pub(crate) fn add(
        &self,
        code: &'static str,
        line: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let problem = Problem {
            file: self.file.to_owned(),
            line,
            code,
            found: found.into(),
            expected: expected.into(),
            hint: hint.into(),
        };
        let mut all = self.found.borrow_mut();
        if !all.contains(&problem) {
            all.push(problem);
        }
    }

    pub(crate) fn into_vec(self) -> Vec<Problem> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|problem| problem.line);
        found
    }
}

/// The known word nearest to `found`, if one is near.
pub(crate) fn nearest<'w>(found: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    known
        .into_iter()
        .map(|word| (distance(found, word), word))
        .filter(|(distance, word)| *distance <= 2.max(word.len() / 3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, (y, pair)) in b.iter().zip(row.windows(2)).enumerate() {
            let (before, above) = (pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0));
            let left = next.get(j).copied().unwrap_or(0);
            next.push((before + usize::from(x != *y)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        assert_eq!(nearest("at_lest", ["at_most", "at_least", "window"]), Some("at_least"));
        assert_eq!(nearest("qqqqqqqq", ["at_most", "window"]), None);
    }

    #[test]
    fn lines_are_counted_from_one() {
        let problems = Problems::of("x.toml", "a\nb\n");
        assert_eq!([0, 1, 2, 4].map(|byte| problems.line_of(byte)), [1, 1, 2, 3]);
    }
}
