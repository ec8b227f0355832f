//! Exam rules: marks by scale, parts, attempts, remediation, how long a pass is good. The types, and their reader.

use super::super::amount::Decimal;
use super::super::calendar::Length;
use super::super::words::{AttestationKinds, EventKinds};
use super::context::{Context, id, label, owned, phrase_of};
use super::guards::{self, Sort, word, words};
use super::hours::choice;
use super::model::{Filter, Label};
use super::phrase::{self, Anchor, Window};
use super::table::{At, Table};

/// A passed exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exam {
    /// Exams that serve.
    pub exams: Vec<String>,
    /// The marks that pass, by scale.
    pub marks: Vec<Mark>,
    /// Parts that each have to be passed.
    pub parts: Vec<ExamPart>,
    /// How long a passed part is kept; none: all parts in one sitting.
    pub parts_kept: Option<Length>,
    /// Days that count.
    pub windows: Vec<Window>,
    /// How many attempts, in which window.
    pub attempts: Option<(u32, Option<Window>)>,
    /// Time between attempts.
    pub wait: Option<Length>,
    /// What has to be done after so many failures.
    pub remediation: Option<Remediation>,
    /// How long a pass is good, and on which day it still has to be.
    pub valid_for: Option<(Length, Anchor)>,
    /// A preliminary pass counts until the official result comes.
    pub preliminary_counts: bool,
}

/// A mark on a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The least that passes.
    pub least: Decimal,
    /// The scale; none: any.
    pub scale: Option<String>,
}

/// A part of an exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamPart {
    /// Its id, with the rule's.
    pub id: String,
    /// For people.
    pub label: Label,
    /// The domain whose score decides.
    pub domain: String,
    /// The least that passes.
    pub pass: Decimal,
}

/// Something to do before the next attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remediation {
    /// After which failures.
    pub after: Vec<u32>,
    /// What.
    pub by: Remedy,
    /// For people.
    pub label: Label,
}

/// What repairs failures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// An event of one of these kinds.
    Event(Vec<String>),
    /// An attestation of this kind.
    Attestation(String),
    /// So many minutes of such learning.
    Learning(u64, Box<Filter>),
}

pub(super) fn exam(context: &Context, table: &Table<'_, '_>, full: &str, prefix: &str) -> Exam {
    let exams = owned(table.texts("exams"));
    if exams.is_empty() {
        table.missing("exams", "the ids of the exams that serve");
    }
    let attempts = table.table("attempts").and_then(|inner| {
        let at_most = inner.number("at_most").map(|number| number.value);
        if at_most.is_none() {
            inner.missing("at_most", "how many attempts there are");
        }
        let window = inner.text("window").and_then(|text| context.window(&inner, "window", text));
        inner.finish();
        at_most.map(|at_most| (at_most, window))
    });
    let parts: Vec<ExamPart> =
        table.tables("part", &format!("[[{prefix}.part]]")).into_iter().filter_map(|inner| part(inner, full)).collect();
    let parts_kept = length(table, "parts_kept");
    if parts_kept.is_some() && parts.is_empty() {
        table.problem(
            "contradiction",
            table.line_of("parts_kept"),
            "`parts_kept` in an exam without parts",
            format!("parts as `[[{prefix}.part]]`"),
            "write the parts, or say `valid_for` for the exam as a whole",
        );
    }
    Exam {
        exams,
        marks: table.texts("pass").unwrap_or_default().into_iter().filter_map(|text| mark(table, text)).collect(),
        parts,
        parts_kept,
        windows: context.windows(table, "window").unwrap_or_default(),
        remediation: remediation(context, table, attempts.as_ref().map(|(at_most, _)| *at_most)),
        attempts,
        wait: length(table, "wait"),
        valid_for: valid_for(context, table),
        preliminary_counts: choice(table, "preliminary", &["waits", "counts"]) == Some("counts"),
    }
}

fn valid_for(context: &Context, table: &Table<'_, '_>) -> Option<(Length, Anchor)> {
    let on = table.text("valid_on").and_then(|text| context.anchor(table, "valid_on", text));
    let Some(valid) = length(table, "valid_for") else {
        if on.is_some() {
            table.missing("valid_for", "how long a pass is good, such as `24 months`");
        }
        return None;
    };
    Some((valid, on.unwrap_or(Anchor::Today)))
}

fn mark(table: &Table<'_, '_>, text: At<&str>) -> Option<Mark> {
    let (mark, scale) =
        text.value.split_once(" on ").map_or((text.value, None), |(mark, scale)| (mark, Some(scale.to_owned())));
    let least = Decimal::parse(mark);
    if least.is_none() {
        table.problem(
            "bad_amount",
            text.line,
            format!("`pass = \"{}\"`", text.value),
            "a mark such as `70` or `500 on 200-800`",
            "write the number that passes",
        );
    }
    least.map(|least| Mark { least, scale })
}

fn part(table: Table<'_, '_>, full: &str) -> Option<ExamPart> {
    let own = table.need_text("id", "the part's id");
    let part_id = format!("{full}.{}", id(&table, own));
    let domain = table.text("domain").map_or(own.value, |text| text.value).to_owned();
    let label = label(&table);
    let pass = if table.has("pass") {
        table.text("pass").and_then(|text| mark(&table, text))
    } else {
        table.missing("pass", "the mark of the part, such as `60`");
        None
    };
    table.finish();
    pass.map(|mark| ExamPart { id: part_id, label, domain, pass: mark.least })
}

fn remediation(context: &Context, table: &Table<'_, '_>, attempts: Option<u32>) -> Option<Remediation> {
    let inner = table.table("remediation")?;
    let after = if inner.is_list("after") {
        inner.numbers("after").unwrap_or_default()
    } else {
        inner.number("after").map(|number| number.value).into_iter().collect()
    };
    if !inner.has("after") {
        inner.missing("after", "after how many failures, such as `3` or `[3, 6]`");
    }
    if let Some(n) = after.iter().find(|n| **n == 0 || attempts.is_some_and(|most| **n >= most)) {
        inner.problem(
            "contradiction",
            inner.line_of("after"),
            format!("remediation after failure {n}, where there are {} attempts", attempts.unwrap_or(0)),
            "a failure after which there is another attempt",
            "mend `after` or `attempts`",
        );
    }
    let mut found = Vec::new();
    if let Some(kinds) = inner.texts("event") {
        found.push(Remedy::Event(words::<EventKinds>(&inner, Some(kinds))));
    }
    if let Some(kind) = inner.text("attestation") {
        word::<AttestationKinds>(&inner, kind);
        found.push(Remedy::Attestation(kind.value.to_owned()));
    }
    if let Some(minutes) = inner.has("learning").then(|| context.minutes(&inner, "learning")).flatten() {
        found.push(Remedy::Learning(minutes, Box::new(guards::filter(context, &inner, Sort::Learning))));
    }
    if found.len() != 1 && !inner.has("learning") {
        inner.missing("event", "one of `event`, `attestation` or `learning`: what is asked before the next attempt");
    }
    let label = label(&inner);
    inner.finish();
    found.into_iter().next().filter(|_| !after.is_empty()).map(|by| Remediation { after, by, label })
}

fn length(table: &Table<'_, '_>, key: &'static str) -> Option<Length> {
    let text = table.text(key)?;
    phrase_of(table, key, text, phrase::length(text.value), "a length")
}
