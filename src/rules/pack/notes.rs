//! Reading `[[note]]`: what readers should know about the sources, such as where they differ and what was taken.

use super::context::Context;
use super::model::{Label, SourceNote};
use super::table::Table;

/// All notes of a version, in the order of the file.
pub(super) fn notes(context: &Context, root: &Table<'_, '_>) -> Vec<SourceNote> {
    root.tables("note", "[[note]]").into_iter().map(|table| note(context, table)).collect()
}

fn note(context: &Context, table: Table<'_, '_>) -> SourceNote {
    let en = table.need_text("text", "what readers should know about the sources").value.to_owned();
    let own = table.text("text_es").map(|text| text.value.to_owned());
    let citation = table.has("cite").then(|| context.citation(&table, None));
    table.text("clause");
    table.finish();
    let is_translated = own.is_some();
    SourceNote { text: Label { es: own.unwrap_or_else(|| en.clone()), en }, is_translated, citation }
}
