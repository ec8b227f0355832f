//! Small fonts holding just the glyphs a page uses, in the form printpdf embeds.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontMetrics, FontType, ParsedFont, PdfFont, PdfFontMetricsStub};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::error::PdfError;
use super::fonts::FaceId;
use super::scene::{Mark, Scene};
use super::shape::{Line, Run};

/// The glyphs a page uses of each face.
#[derive(Debug, Clone, Default)]
pub(crate) struct Used {
    glyphs: BTreeMap<FaceId, BTreeSet<u16>>,
}

impl Used {
    /// All glyphs of a scene.
    pub(crate) fn by_scene(&mut self, scene: &Scene, skip: impl Fn(&Run) -> bool) {
        for mark in &scene.marks {
            match mark {
                Mark::Text(text) => self.by_line(&text.line, &skip),
                Mark::Arc(text) => self.by_line(&text.line, &skip),
                Mark::Path(..) | Mark::Grid { .. } | Mark::Meaning(_) | Mark::Link { .. } => {}
            }
        }
    }

    /// All glyphs of a line, without the runs to skip.
    pub(crate) fn by_line(&mut self, line: &Line, skip: impl Fn(&Run) -> bool) {
        for run in line.runs.iter().filter(|run| !skip(run)) {
            self.glyphs.entry(run.face).or_default().extend(run.glyphs.iter().map(|glyph| glyph.id));
        }
    }

    /// Cuts every face down to its used glyphs; `prefix` keeps resource names apart.
    pub(crate) fn subset(&self, prefix: char) -> Result<Subsets, PdfError> {
        let fonts = self.glyphs.iter().map(|(face, glyphs)| Ok((*face, cut(*face, glyphs, prefix)?)));
        Ok(Subsets { fonts: fonts.collect::<Result<_, PdfError>>()? })
    }
}

/// Cut fonts, by face.
#[derive(Debug, Clone, Default)]
pub(crate) struct Subsets {
    /// The fonts.
    pub fonts: BTreeMap<FaceId, Subset>,
}

impl Subsets {
    /// The font that has all glyphs of the run, if one does.
    pub(crate) fn covering(&self, run: &Run) -> Option<&Subset> {
        let font = self.fonts.get(&run.face)?;
        run.glyphs.iter().all(|glyph| font.glyphs.contains_key(&glyph.id)).then_some(font)
    }
}

/// A cut font.
#[derive(Debug, Clone)]
pub(crate) struct Subset {
    /// Its name among the page's resources.
    pub resource: String,
    /// Glyph in the full font -> (glyph here, width).
    pub glyphs: BTreeMap<u16, (u16, u16)>,
    /// What printpdf embeds.
    pub font: PdfFont,
}

fn cut(face: FaceId, glyphs: &BTreeSet<u16>, prefix: char) -> Result<Subset, PdfError> {
    let parsed = face.face().ok_or(PdfError::Fault("a typeface cannot be read"))?;
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs.iter().copied().collect::<Vec<_>>());
    let bytes = subsetter::subset(face.bytes(), 0, &remapper)
        .map_err(|_unreadable| PdfError::Fault("a typeface cannot be cut"))?;
    let width = |glyph: u16| parsed.glyph_hor_advance(rustybuzz::ttf_parser::GlyphId(glyph)).unwrap_or_default();
    let mapped: BTreeMap<u16, (u16, u16)> =
        glyphs.iter().filter_map(|old| Some((*old, (remapper.get(*old)?, width(*old))))).collect();
    let bounds = parsed.global_bounding_box();
    let font = ParsedFont {
        font_type: if bytes.starts_with(b"OTTO") { FontType::OpenTypeCFF(()) } else { FontType::TrueType },
        original_bytes: bytes,
        font_index: 0,
        font_name: Some(format!("{}+{}", tag(face, glyphs), face.name())),
        codepoint_to_glyph: BTreeMap::new(),
        glyph_widths: mapped.values().copied().collect(),
        units_per_em: 1000,
        font_metrics: FontMetrics { ascent: parsed.ascender(), descent: parsed.descender() },
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em: 1000,
            x_min: bounds.x_min,
            y_min: bounds.y_min,
            x_max: bounds.x_max,
            y_max: bounds.y_max,
            us_weight_class: parsed.weight().to_number(),
            ..PdfFontMetricsStub::default()
        },
    };
    Ok(Subset { resource: format!("{prefix}{}", face.number()), glyphs: mapped, font: PdfFont::new(font) })
}

/// Six capitals that differ between different cuts of a face, as the format asks.
fn tag(face: FaceId, glyphs: &BTreeSet<u16>) -> String {
    let mut hash = Sha256::new();
    hash.update(face.name());
    for glyph in glyphs {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
