//! What people read for a pack's own units and words: `[unit.*]` and `[word.*]`.

use std::collections::BTreeMap;

use super::context::label;
use super::model::{Label, UnitName};
use super::table::Table;

/// `label`, `label_es`, `plural`, `plural_es` of `[unit.*]`: what a unit is called.
pub(super) fn units(root: &Table<'_, '_>) -> BTreeMap<String, UnitName> {
    let mut names = BTreeMap::new();
    let Some(table) = root.table("unit") else { return names };
    for (key, value) in table.entries() {
        let Some(unit) = table.entry_table(key.value, value, format!("[unit.{}]", key.value)) else { continue };
        if !["label", "label_es", "plural", "plural_es"].iter().any(|named| unit.has(named)) {
            continue;
        }
        let one = label(&unit);
        let many = Label {
            en: unit.need_text("plural", "several of them, in English").value.to_owned(),
            es: unit.need_text("plural_es", "several of them, in Spanish").value.to_owned(),
        };
        names.insert(key.value.to_owned(), UnitName { one, many });
    }
    names
}

/// `[word.*]`: what people read for a word of the pack's own.
pub(super) fn words(root: &Table<'_, '_>) -> BTreeMap<String, Label> {
    let mut words = BTreeMap::new();
    let Some(table) = root.table("word") else { return words };
    for (key, value) in table.entries() {
        let Some(word) = table.entry_table(key.value, value, format!("[word.{}]", key.value)) else { continue };
        words.insert(key.value.to_owned(), label(&word));
        word.finish();
    }
    words
}
