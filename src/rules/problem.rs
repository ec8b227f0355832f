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

/// The files a version was put together from, one after the other: a line counts through all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins(Vec<(String, usize)>);

impl Origins {
    /// The file and the line in it that a line counted through all files stands for.
    #[must_use]
    pub fn place(&self, line: usize) -> (&str, usize) {
        let own = self.0.iter().rev().find(|(_, before)| *before < line).or_else(|| self.0.first());
        own.map_or(("", line), |(file, before)| (file.as_str(), line.saturating_sub(*before)))
    }

    /// The files, in the order of their lines.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(file, _)| file.as_str())
    }
}

/// Collects the problems of one file, or of a version and the bases below it, so that all of them are shown at once.
pub(crate) struct Problems<'a> {
    file: &'a str,
    /// Byte at which each line starts, counted through all files.
    starts: Vec<usize>,
    origins: Origins,
    found: RefCell<Vec<Problem>>,
}

impl<'a> Problems<'a> {
    pub(crate) fn of(file: &'a str, text: &str) -> Self {
        Self::through(&[(file, text)])
    }

    /// For several files read as if one followed the other, each after a line end; the last is the version itself.
    pub(crate) fn through(files: &[(&'a str, &str)]) -> Self {
        let (mut starts, mut origins, mut bytes) = (Vec::new(), Vec::new(), 0);
        for (file, text) in files {
            origins.push(((*file).to_owned(), starts.len()));
            let own = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
            starts.extend(own.map(|start| start + bytes));
            bytes += text.len() + 1;
        }
        let file = files.last().map_or("", |(file, _)| *file);
        Self { file, starts, origins: Origins(origins), found: RefCell::default() }
    }

    /// The file's name.
    pub(crate) fn file(&self) -> &'a str {
        self.file
    }

    /// The files and where their lines begin.
    pub(crate) const fn origins(&self) -> &Origins {
        &self.origins
    }

    /// The line a byte stands on.
    pub(crate) fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    /// Whether a problem of this sort was found already.
    pub(crate) fn has(&self, code: &str) -> bool {
        self.found.borrow().iter().any(|problem| problem.code == code)
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
        let (file, line) = self.origins.place(line);
        let problem = Problem {
            file: file.to_owned(),
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
        found.sort_by_key(|problem| (problem.file != self.file, problem.line));
        found
    }
}

/// The known word nearest to `found`, if one is near: letter by letter, or because one begins with the other. Capitals,
/// spaces, hyphens and underscores make no difference.
pub(crate) fn nearest<'w>(found: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let found = folded(found);
    let near = |word: &'w str| {
        let known = folded(word);
        let begins =
            found.chars().count() >= 3 && known.starts_with(&found) || known.len() >= 3 && found.starts_with(&known);
        let distance = distance(&found, &known);
        let limit = 2.max(word.len() / 3).min(found.chars().count().saturating_sub(1));
        (begins || distance <= limit).then_some((distance, word))
    };
    known.into_iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// A name as it is compared: in small letters; space, hyphen and underscore are the same.
pub(crate) fn folded(name: &str) -> String {
    let one = |letter: char| if [' ', '-'].contains(&letter) { '_' } else { letter };
    name.trim().chars().flat_map(char::to_lowercase).map(one).collect()
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
        assert_eq!(nearest("IDAPA", ["handbook", "idapa-200"]), Some("idapa-200"));
        assert_eq!(nearest("ab", ["xy", "pq"]), None);
    }

    #[test]
    fn lines_are_counted_from_one() {
        let problems = Problems::of("x.toml", "a\nb\n");
        assert_eq!([0, 1, 2, 4].map(|byte| problems.line_of(byte)), [1, 1, 2, 3]);
    }

    #[test]
    fn a_line_counted_through_several_files_is_one_of_its_own_file() {
        let problems = Problems::through(&[("base.toml", "a\nb"), ("own.toml", "c\nd\n")]);
        let place = |byte| problems.origins().place(problems.line_of(byte));
        assert_eq!(place(2), ("base.toml", 2));
        assert_eq!(place(4), ("own.toml", 1));
        assert_eq!(place(6), ("own.toml", 2));
    }
}
