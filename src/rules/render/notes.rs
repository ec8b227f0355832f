//! What readers should know about the sources: where they differ and what was taken.

use super::super::lang::Lang;
use super::page::{Group, Item, Section, Sources};
use super::speaker::Speaker;

/// The notes of a version; none where it has none. What nobody has translated stands in English and says so.
pub(super) fn notes(speaker: &Speaker<'_>, sources: &mut Sources<'_>) -> Option<Section> {
    let notes = &speaker.version.notes;
    let foreign = |is_translated: bool| (speaker.lang == Lang::Es && !is_translated).then_some(Lang::En);
    let items: Vec<Item> = notes
        .iter()
        .map(|note| Item {
            sentences: vec![note.text.in_lang(speaker.lang).to_owned()],
            sources: note.citation.iter().map(|citation| sources.number(citation)).collect(),
            lang: foreign(note.is_translated),
            ..Item::default()
        })
        .collect();
    let english = items.iter().any(|item| item.lang.is_some());
    let lead = english.then(|| "Lo que aún no está traducido está en inglés.".to_owned());
    let title = speaker.two("Notes about the sources", "Notas sobre las fuentes").to_owned();
    let section = Section { id: "notes", title, lead: lead.into_iter().collect(), groups: Vec::new() };
    (!items.is_empty()).then(|| Section { groups: vec![Group { title: None, items }], ..section })
}
