//! Text to positioned glyphs: the only place that talks to the shaper.
//!
//! A [`Line`] is what the layout measures and the page draws. Distances are thousandths of the type size.
//! A character no face of ours can draw is an error here, so a box can never reach a page.

use std::cell::RefCell;
use std::sync::LazyLock;

use rustybuzz::ttf_parser::{GlyphId, Tag};
use rustybuzz::{Direction, Feature, UnicodeBuffer};
use unicode_script::Script;

use super::fonts::{self, FaceId, Style};
use super::itemize::{Item, itemize};

/// One glyph, placed by the shaper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glyph {
    /// Glyph number in the full font.
    pub id: u16,
    /// How far the pen moves.
    pub advance: i32,
    /// Where the glyph stands relative to the pen.
    pub offset: (i32, i32),
    /// The text this glyph stands for; empty for the later glyphs of a cluster.
    pub text: String,
}

/// Glyphs of one face, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// The face they come from.
    pub face: FaceId,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// A shaped line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The text as given.
    pub text: String,
    /// Its runs, from left to right.
    pub runs: Vec<Run>,
    /// Whether a reader needs the text itself, because glyphs alone do not tell it.
    pub needs_text: bool,
}

/// The first character that cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Undrawable(pub char);

impl Line {
    /// Width at a type size, with `tracking` points after each glyph but the last.
    pub(crate) fn width(&self, size: f64, tracking: f64) -> f64 {
        let glyphs = || self.runs.iter().flat_map(|run| &run.glyphs);
        let units: i32 = glyphs().map(|glyph| glyph.advance).sum();
        let gaps = u32::try_from(glyphs().count().saturating_sub(1)).unwrap_or(u32::MAX);
        f64::from(units) * size / 1000.0 + f64::from(gaps) * tracking
    }
}

impl Line {
    /// How far the ink reaches above and below the baseline.
    pub(crate) fn reach(&self) -> (i32, i32) {
        let mut reach = (0, 0);
        for run in &self.runs {
            for glyph in &run.glyphs {
                let bounds = run.face.face().and_then(|face| face.glyph_bounding_box(GlyphId(glyph.id)));
                let Some(bounds) = bounds else { continue };
                reach.0 = reach.0.max(i32::from(bounds.y_max) + glyph.offset.1);
                reach.1 = reach.1.max(-i32::from(bounds.y_min) - glyph.offset.1);
            }
        }
        reach
    }
}

/// Shapes one line of text.
pub(crate) fn shape(text: &str, style: Style) -> Result<Line, Undrawable> {
    let mut line = Line { text: text.to_owned(), runs: Vec::new(), needs_text: false };
    for item in itemize(text, style) {
        let run = shape_item(text, &item, style)?;
        line.needs_text |= item.rtl || run.glyphs.iter().any(|glyph| glyph.text.is_empty());
        line.runs.push(run);
    }
    Ok(line)
}

fn shape_item(text: &str, item: &Item, style: Style) -> Result<Run, Undrawable> {
    let piece = text.get(item.range.clone()).unwrap_or_default();
    let faces = fonts::candidates(style, item.script);
    let run = faces.iter().find_map(|face| shape_with(*face, piece, item));
    run.ok_or_else(|| Undrawable(first_missing(piece, &faces)))
}

fn first_missing(piece: &str, faces: &[FaceId]) -> char {
    let drawn = |c: char| is_joiner(c) || faces.iter().any(|face| face.has(c));
    let missing = piece.chars().find(|c| !drawn(*c));
    missing.or_else(|| piece.chars().next()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The two invisible characters that change how their neighbours join, and belong to real names.
pub(crate) const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Latin letters stay apart: joined ones break the even spacing of titles, and no name needs them.
static NO_LIGATURES: LazyLock<[Feature; 2]> =
    LazyLock::new(|| [b"liga", b"clig"].map(|tag| Feature::new(Tag::from_bytes(tag), 0, ..)));

/// Shapes with one face; `None` if it has no glyph for something, or had to show a dotted circle.
fn shape_with(id: FaceId, piece: &str, item: &Item) -> Option<Run> {
    thread_local! {
        static BUFFER: RefCell<UnicodeBuffer> = RefCell::new(UnicodeBuffer::new());
    }
    let face = id.face()?;
    let mut buffer = BUFFER.take();
    buffer.push_str(piece);
    buffer.set_direction(if item.rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.set_script(shaper_script(item.script));
    let features = if item.script == Script::Latin { NO_LIGATURES.as_slice() } else { &[] };
    let shaped = rustybuzz::shape(face, features, buffer);

    let circle = if piece.contains('\u{25cc}') { None } else { face.glyph_index('\u{25cc}') };
    let circle = circle.map(|glyph| u32::from(glyph.0));
    let infos = shaped.glyph_infos();
    let whole = infos.iter().all(|info| info.glyph_id != 0 && Some(info.glyph_id) != circle);
    let run = whole.then(|| {
        let clusters: Vec<usize> = infos.iter().filter_map(|info| usize::try_from(info.cluster).ok()).collect();
        let glyphs = infos.iter().zip(shaped.glyph_positions()).enumerate();
        let glyphs = glyphs.map(|(at, (info, position))| Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            advance: position.x_advance,
            offset: (position.x_offset, position.y_offset),
            text: cluster_text(piece, &clusters, at, item.rtl).to_owned(),
        });
        Run { face: id, glyphs: glyphs.collect() }
    });
    BUFFER.set(shaped.clear());
    run
}

/// The text of the cluster whose first glyph (in reading order) is number `at`, else nothing.
fn cluster_text<'a>(piece: &'a str, clusters: &[usize], at: usize, rtl: bool) -> &'a str {
    let own = clusters.get(at).copied().unwrap_or_default();
    let neighbour = if rtl { clusters.get(at + 1) } else { at.checked_sub(1).and_then(|before| clusters.get(before)) };
    if neighbour == Some(&own) {
        return "";
    }
    let next = clusters.iter().copied().filter(|cluster| *cluster > own).min().unwrap_or(piece.len());
    piece.get(own..next).unwrap_or_default()
}

fn shaper_script(script: Script) -> rustybuzz::Script {
    let tag = script.as_iso15924_tag();
    rustybuzz::Script::from_iso15924_tag(Tag(tag)).unwrap_or(rustybuzz::script::COMMON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_name_needs_no_help_to_be_read_back() {
        let line = shape("Jos\u{e9} Nguy\u{1ec5}n", Style::Display).unwrap();
        assert!(!line.needs_text);
        let read: String = line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text.as_str()).collect();
        assert_eq!(read, "Jos\u{e9} Nguy\u{1ec5}n");
    }

    #[test]
    fn arabic_letters_are_joined_and_stand_from_right_to_left() {
        let line = shape("\u{645}\u{62d}\u{645}\u{62f}", Style::Display).unwrap();
        assert!(line.needs_text);
        let run = line.runs.first().unwrap();
        let isolated = run.face.face().unwrap().glyph_index('\u{645}').unwrap();
        assert!(run.glyphs.iter().all(|glyph| glyph.id != isolated.0), "letters stand unjoined");
        assert_eq!(run.glyphs.last().unwrap().text, "\u{645}");
        assert_eq!(run.glyphs.first().unwrap().text, "\u{62f}");
    }

    #[test]
    fn an_accent_without_its_own_letter_is_placed_over_the_letter_below() {
        let plain = shape("q", Style::Display).unwrap();
        let marked = shape("q\u{301}", Style::Display).unwrap();
        assert_eq!(marked.width(10.0, 0.0).to_bits(), plain.width(10.0, 0.0).to_bits());
        assert_eq!(marked.runs.first().unwrap().glyphs.len(), 2);
    }

    #[test]
    fn what_no_face_has_is_named() {
        assert_eq!(shape("Ana \u{1F600}", Style::Display), Err(Undrawable('\u{1F600}')));
        assert_eq!(shape("\u{12000}", Style::Display), Err(Undrawable('\u{12000}')));
    }
}
