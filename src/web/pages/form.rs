//! What is wrong in a form that was sent, for the list on top and beside each field.

/// One thing to mend, in the reader's words; the same words stand on top and at the field.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The id of the field the words lead to.
    pub field: &'static str,
    /// What to do.
    pub text: String,
}

/// The problems of one form; empty when it is shown for the first time.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// In the order of the fields.
    pub problems: Vec<Problem>,
}

impl Form {
    /// Adds one problem.
    pub fn add(&mut self, field: &'static str, text: impl Into<String>) {
        self.problems.push(Problem { field, text: text.into() });
    }

    /// Whether anything needs mending.
    #[must_use]
    pub const fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// The words for `field`, if it needs mending.
    #[must_use]
    pub fn problem_at(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.text.as_str())
    }

    /// The ids of the texts that describe `field`; empty when there are none.
    #[must_use]
    pub fn described_by(&self, field: &str, hint: &str) -> String {
        let hint = (!hint.is_empty()).then(|| format!("{field}-hint"));
        let problem = self.problem_at(field).map(|_| format!("{field}-error"));
        hint.into_iter().chain(problem).collect::<Vec<_>>().join(" ")
    }
}
