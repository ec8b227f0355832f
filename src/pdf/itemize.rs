//! Cuts a line into pieces of one direction and one script, in the order they stand on the page.
//!
//! Directions come from the Unicode bidirectional algorithm; characters shared by all scripts (spaces,
//! hyphens, combining accents) go with their neighbour as long as its typeface has them.

use std::ops::Range;

use unicode_bidi::BidiInfo;
use unicode_script::{Script, UnicodeScript};

use super::fonts::{self, Style};

/// A piece of the line with one direction and one script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// The script it is shaped as.
    pub script: Script,
    /// Whether it runs from right to left.
    pub rtl: bool,
}

/// The pieces of `text` from left to right.
pub(crate) fn itemize(text: &str, style: Style) -> Vec<Item> {
    let scripts = resolve_scripts(text, style);
    let bidi = BidiInfo::new(text, None);
    let mut items = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl);
            let mut pieces = split(&scripts, &run, rtl);
            if rtl {
                pieces.reverse();
            }
            items.append(&mut pieces);
        }
    }
    items
}

fn split(scripts: &[(Range<usize>, Script)], run: &Range<usize>, rtl: bool) -> Vec<Item> {
    let mut pieces: Vec<Item> = Vec::new();
    for (range, script) in scripts.iter().filter(|(range, _)| run.contains(&range.start)) {
        match pieces.last_mut() {
            Some(last) if last.script == *script => last.range.end = range.end,
            _ => pieces.push(Item { range: range.clone(), script: *script, rtl }),
        }
    }
    pieces
}

/// The script of each character, with shared ones given to a neighbour.
fn resolve_scripts(text: &str, style: Style) -> Vec<(Range<usize>, Script)> {
    let mut resolved: Vec<(Range<usize>, Script)> = Vec::new();
    let first = text.chars().map(|c| c.script()).find(|script| !is_shared(*script));
    let mut current = first.unwrap_or(Script::Latin);
    for (at, character) in text.char_indices() {
        let own = character.script();
        let script = match own {
            Script::Inherited => resolved.last().map_or(current, |(_, before)| *before),
            Script::Common if goes_with(character, current, style) => current,
            Script::Common => Script::Latin,
            _ => {
                current = own;
                own
            }
        };
        resolved.push((at..at + character.len_utf8(), script));
    }
    resolved
}

fn is_shared(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited)
}

fn goes_with(character: char, script: Script, style: Style) -> bool {
    fonts::candidates(style, script).first().is_some_and(|face| face.has(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<(&str, Script, bool)> {
        let items = itemize(text, Style::Text);
        items.into_iter().map(|item| (text.get(item.range).unwrap(), item.script, item.rtl)).collect()
    }

    #[test]
    fn a_latin_name_is_one_piece_with_its_spaces_and_accents() {
        assert_eq!(
            pieces("Ana-Mari\u{301}a O\u{2019}Neil"),
            [("Ana-Mari\u{301}a O\u{2019}Neil", Script::Latin, false)]
        );
    }

    #[test]
    fn an_arabic_name_in_a_latin_line_stands_right_to_left_between_its_neighbours() {
        let text = "Dr. \u{645}\u{646}\u{649} Lee";
        assert_eq!(
            pieces(text),
            [
                ("Dr. ", Script::Latin, false),
                ("\u{645}\u{646}\u{649}", Script::Arabic, true),
                (" ", Script::Arabic, false),
                ("Lee", Script::Latin, false)
            ]
        );
    }

    #[test]
    fn a_latin_word_in_a_hebrew_line_stands_to_the_left() {
        let text = "\u{5d3}\u{5d5}\u{5d3} Lee";
        let found: Vec<Script> = pieces(text).into_iter().map(|piece| piece.1).collect();
        assert_eq!(found.first(), Some(&Script::Latin));
        assert_eq!(found.last(), Some(&Script::Hebrew));
    }
}
