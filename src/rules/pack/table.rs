//! Reading TOML tables key by key, with lines. Every key asked for is remembered; what is left is refused.

use std::cell::RefCell;

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::super::problem::{Problems, nearest};
use super::slips;

type Spanned<T> = toml::Spanned<T>;

/// A table of a pack file while it is read.
pub(super) struct Table<'p, 't> {
    problems: &'p Problems<'p>,
    table: &'t DeTable<'t>,
    /// Line of its heading.
    pub(super) line: usize,
    /// Byte of its heading, for the order of rules.
    pub(super) start: usize,
    /// How it is called in messages, such as `[[initial.learning]]`.
    pub(super) name: String,
    asked: RefCell<Vec<&'static str>>,
    /// Keys whose value was refused: nothing more is said of them.
    refused: RefCell<Vec<String>>,
}

/// A value with its line.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

impl<'p, 't> Table<'p, 't> {
    pub(super) fn new(problems: &'p Problems<'p>, table: &'t Spanned<DeTable<'t>>, name: impl Into<String>) -> Self {
        Self::inner(problems, table.get_ref(), table.span().start, name.into())
    }

    fn inner(problems: &'p Problems<'p>, table: &'t DeTable<'t>, start: usize, name: String) -> Self {
        Self {
            problems,
            table,
            line: problems.line_of(start),
            start,
            name,
            asked: RefCell::default(),
            refused: RefCell::default(),
        }
    }

    /// Adds a problem at `line`.
    pub(super) fn problem(
        &self,
        code: &'static str,
        line: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problems.add(code, line, found, expected, hint);
    }

    fn get(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        let found = format!("`{key}` is {}", kind_of(value.get_ref()));
        let hint = slips::as_expected(key, value.get_ref(), expected, &self.name)
            .unwrap_or_else(|| format!("write `{key}` as shown in docs/rules/language.md"));
        self.problem("wrong_type", self.problems.line_of(value.span().start), found, expected, hint);
        self.refused.borrow_mut().push(key.to_owned());
    }

    /// Whether a value of this key was refused already.
    pub(super) fn was_refused(&self, key: &str) -> bool {
        self.refused.borrow().iter().any(|refused| refused == key)
    }

    /// Whether a problem of this sort was found already, anywhere.
    pub(super) fn has_problem(&self, code: &str) -> bool {
        self.problems.has(code)
    }

    /// A missing key that the table cannot do without.
    pub(super) fn missing(&self, key: &str, expected: &str) {
        let other = |word: &str| slips::stands_for(word, key);
        if self.was_refused(key) || self.table.keys().any(|word| other(word.get_ref())) {
            return;
        }
        self.problem(
            "missing_key",
            self.line,
            format!("{} has no `{key}`", self.name),
            expected,
            format!("add `{key}`"),
        );
    }

    pub(super) fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// Whether a key stands there that nobody reads.
    pub(super) fn states(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The keys that stand there.
    pub(super) fn stated(&self) -> impl Iterator<Item = &str> {
        self.table.keys().map(|key| key.get_ref().as_ref())
    }

    /// The line of a key, or of the table.
    pub(super) fn line_of(&self, key: &str) -> usize {
        self.table.get(key).map_or(self.line, |value| self.problems.line_of(value.span().start))
    }

    /// The line of what stands at a path of keys and numbers, or of the nearest thing around it.
    pub(super) fn line_at(&self, steps: &[&str]) -> usize {
        let mut line = self.line;
        let mut here = steps.first().and_then(|step| self.table.get(*step));
        for step in steps.iter().skip(1).map(Some).chain([None]) {
            let Some(value) = here else { return line };
            line = self.problems.line_of(value.span().start);
            here = step.and_then(|step| match value.get_ref() {
                DeValue::Table(table) => table.get(*step),
                DeValue::Array(items) => items.get(step.parse::<usize>().ok()?),
                _ => None,
            });
        }
        line
    }

    pub(super) fn text(&self, key: &'static str) -> Option<At<&'t str>> {
        let text = self.any_text(key)?;
        if text.value.trim().is_empty() {
            self.empty(key, text.line);
            return None;
        }
        Some(text)
    }

    fn empty(&self, key: &str, line: usize) {
        let hint = format!("write `{key}`, or leave it out");
        self.problem("empty_text", line, format!("`{key}` is empty"), "something to read", hint);
    }

    /// A text that may be empty.
    fn any_text(&self, key: &'static str) -> Option<At<&'t str>> {
        let value = self.get(key)?;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong(key, value, "text in quotes");
            return None;
        };
        Some(At { value: text.as_ref(), line: self.problems.line_of(value.span().start) })
    }

    pub(super) fn need_text(&self, key: &'static str, expected: &str) -> At<&'t str> {
        if !self.table.contains_key(key) {
            self.missing(key, expected);
        }
        let text = self.any_text(key);
        if let Some(empty) = text.filter(|text| text.value.trim().is_empty()) {
            self.problem("empty_text", empty.line, format!("`{key}` is empty"), expected, format!("write `{key}`"));
        }
        text.unwrap_or(At { value: "", line: self.line })
    }

    pub(super) fn date(&self, key: &'static str) -> Option<NaiveDate> {
        let value = self.get(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(at) if at.time.is_none() && at.offset.is_none() => {
                at.date.and_then(|d| NaiveDate::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day)))
            }
            _ => None,
        };
        if date.is_none() {
            self.wrong(key, value, "a date such as 2024-07-01, without quotes");
        }
        date
    }

    pub(super) fn number(&self, key: &'static str) -> Option<At<u32>> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(key, value, "a whole number that is not negative");
        }
        number.map(|number| At { value: number, line: self.problems.line_of(value.span().start) })
    }

    /// The file being read.
    pub(super) fn file(&self) -> &'p str {
        self.problems.file()
    }

    /// A value as it is.
    pub(super) fn raw(&self, key: &'static str) -> Option<DeValue<'t>> {
        self.get(key).map(|value| value.get_ref().clone())
    }

    pub(super) fn yes(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let DeValue::Boolean(yes) = value.get_ref() else {
            self.wrong(key, value, "`true` or `false`");
            return None;
        };
        Some(*yes)
    }

    /// Whether the key holds a table (rather than a word or a yes).
    pub(super) fn is_table(&self, key: &str) -> bool {
        matches!(self.table.get(key).map(Spanned::get_ref), Some(DeValue::Table(_)))
    }

    /// Whether the key holds a list.
    pub(super) fn is_list(&self, key: &str) -> bool {
        matches!(self.table.get(key).map(Spanned::get_ref), Some(DeValue::Array(_)))
    }

    /// Whether the key holds a text.
    pub(super) fn is_text(&self, key: &str) -> bool {
        matches!(self.table.get(key).map(Spanned::get_ref), Some(DeValue::String(_)))
    }

    /// Whether the key holds tables, as repeated headings do (rather than texts).
    pub(super) fn is_list_of_tables(&self, key: &str) -> bool {
        let Some(DeValue::Array(items)) = self.table.get(key).map(Spanned::get_ref) else { return false };
        items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_)))
    }

    /// A list of texts; one text alone is a list of one.
    pub(super) fn texts(&self, key: &'static str) -> Option<Vec<At<&'t str>>> {
        let value = self.get(key)?;
        Some(self.texts_in(key, value))
    }

    fn texts_in(&self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Vec<At<&'t str>> {
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) if text.trim().is_empty() => {
                    self.empty(key, self.problems.line_of(item.span().start));
                    return texts;
                }
                DeValue::String(text) => {
                    texts.push(At { value: text.as_ref(), line: self.problems.line_of(item.span().start) })
                }
                _ => self.wrong(key, item, "a list of texts in quotes"),
            }
        }
        if texts.is_empty() {
            self.wrong(key, value, "at least one entry");
        }
        texts
    }

    pub(super) fn numbers(&self, key: &'static str) -> Option<Vec<u32>> {
        let value = self.get(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(key, value, "a list of whole numbers");
            return None;
        };
        let mut numbers = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Integer(number) if number.radix() == 10 && number.as_str().parse::<u32>().is_ok() => {
                    numbers.extend(number.as_str().parse::<u32>().ok());
                }
                _ => self.wrong(key, item, "a whole number that is not negative"),
            }
        }
        Some(numbers)
    }

    pub(super) fn table(&self, key: &'static str) -> Option<Table<'p, 't>> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(key, value, "a table: `{ ... }` or a heading");
            return None;
        };
        Some(Self::inner(self.problems, table, value.span().start, format!("`{key}` of {}", self.name)))
    }

    /// Tables under a repeated heading, or in a list; one table alone is a list of one.
    pub(super) fn tables(&self, key: &'static str, name: &str) -> Vec<Table<'p, 't>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items: Vec<_> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    tables.push(Self::inner(self.problems, table, item.span().start, name.to_owned()))
                }
                _ => self.wrong(key, item, "a table: `{ ... }` or a heading"),
            }
        }
        tables
    }

    /// All entries of a table whose keys are free, such as `[topic.*]`, in the order of the file.
    pub(super) fn entries(&self) -> Vec<(At<&'t str>, &'t Spanned<DeValue<'t>>)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
            .into_iter()
            .map(|(key, value)| {
                (At { value: key.get_ref().as_ref(), line: self.problems.line_of(key.span().start) }, value)
            })
            .collect()
    }

    /// An entry of [`Table::entries`] as a text.
    pub(super) fn entry_text(&self, key: &str, value: &'t Spanned<DeValue<'t>>) -> Option<At<&'t str>> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(At { value: text.as_ref(), line: self.problems.line_of(value.span().start) });
        }
        self.wrong(key, value, "text in quotes");
        None
    }

    /// An entry of [`Table::entries`] as a table.
    pub(super) fn entry_table(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'t>>,
        name: String,
    ) -> Option<Table<'p, 't>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Self::inner(self.problems, table, value.span().start, name));
        }
        self.wrong(key, value, "a table");
        None
    }

    /// Words that the language has and this program has not yet: said, never ignored.
    pub(super) fn not_yet(&self, keys: &[(&'static str, &str)]) {
        for (key, way_out) in keys {
            if let Some(value) = self.get(key) {
                let line = self.problems.line_of(value.span().start);
                self.problem(
                    "not_yet",
                    line,
                    format!("`{key}` is not read yet by this version of the program"),
                    "a rule without it",
                    *way_out,
                );
            }
        }
    }

    /// Refuses every key nobody asked for.
    pub(super) fn finish(self) {
        let asked = self.asked.into_inner();
        for key in self.table.keys() {
            let word: &str = key.get_ref().as_ref();
            if asked.contains(&word) {
                continue;
            }
            let hint = slips::other_key(word, &self.name, &asked)
                .or_else(|| nearest(word, asked.iter().copied()).map(|near| format!("did you mean `{near}`?")))
                .unwrap_or_else(|| "remove it".to_owned());
            let mut known = asked.clone();
            known.sort_unstable();
            known.dedup();
            let line = self.problems.line_of(key.span().start);
            self.problems.add(
                "unknown_key",
                line,
                format!("unknown key `{word}` in {}", self.name),
                format!("one of {}", known.join(", ")),
                hint,
            );
        }
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number without quotes",
        DeValue::Boolean(_) => "yes or no",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
