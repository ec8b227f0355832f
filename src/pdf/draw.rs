//! A scene as printpdf's operations. With [`super::document`], the only place that knows printpdf.
//!
//! Every piece is wrapped in marked content: its element's number for the structure tree, or "artifact"
//! for decoration. Text that glyphs alone do not tell carries the text itself.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, FontId, Line as PdfLine, LinePoint, Op, PaintMode, PdfFontHandle, Point,
    Polygon, PolygonRing, Pt, Rgb, TextItem, TextMatrix, WindingOrder,
};

use super::error::PdfError;
use super::model::Colour;
use super::scene::{ArcText, Element, Mark, Paint, Path, Scene, Text};
use super::shape::{Glyph, Line, Run};
use super::subset::Subset;

/// What drawing a scene gave.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    /// The operations of each scene.
    pub ops: Vec<Vec<Op>>,
    /// Which numbered piece belongs to which element.
    pub pieces: Vec<(Element, i64)>,
    /// Areas (left, bottom, right, top) that open an address.
    pub links: Vec<([f64; 4], String)>,
}

/// Finds the font on the page that has a run's glyphs.
pub(crate) type Lookup<'a> = &'a dyn Fn(&Run) -> Option<&'a Subset>;

/// Draws scenes, numbering their pieces from `first`.
pub(crate) fn draw<'a>(
    scenes: impl IntoIterator<Item = &'a Scene>,
    fonts: Lookup<'_>,
    first: i64,
) -> Result<Drawn, PdfError> {
    let mut drawn = Drawn::default();
    let mut number = first;
    for scene in scenes {
        let ops = draw_scene(&mut drawn, scene, fonts, &mut number)?;
        drawn.ops.push(ops);
    }
    Ok(drawn)
}

fn draw_scene(drawn: &mut Drawn, scene: &Scene, fonts: Lookup<'_>, number: &mut i64) -> Result<Vec<Op>, PdfError> {
    let mut ops = Vec::new();
    let mut open = false;
    for mark in &scene.marks {
        match mark {
            Mark::Meaning(element) => {
                if open {
                    ops.push(Op::EndMarkedContent);
                }
                open = true;
                ops.push(begin(*element, *number));
                if let Some(element) = element {
                    drawn.pieces.push((*element, *number));
                    *number += 1;
                }
            }
            Mark::Text(text) => draw_text(&mut ops, text, fonts)?,
            Mark::Arc(text) => draw_arc(&mut ops, text, fonts)?,
            Mark::Path(path, paint) => draw_path(&mut ops, path, *paint),
            Mark::Grid { at, step, cells, colour } => draw_grid(&mut ops, *at, *step, cells, *colour),
            Mark::Link { area, address } => drawn.links.push((*area, address.clone())),
        }
    }
    if open {
        ops.push(Op::EndMarkedContent);
    }
    Ok(ops)
}

fn begin(element: Option<Element>, number: i64) -> Op {
    let Some(element) = element else { return Op::BeginMarkedContent { tag: "Artifact".to_owned() } };
    let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]);
    Op::BeginMarkedContentWithProperties {
        tag: super::tags::kind(element).to_owned(),
        properties: DictItem::Dict { map },
    }
}

fn draw_text(ops: &mut Vec<Op>, text: &Text, fonts: Lookup<'_>) -> Result<(), PdfError> {
    begin_actual(ops, &text.line, text.line.needs_text);
    ops.push(Op::StartTextSection);
    ops.push(Op::SetFillColor { col: colour(text.colour) });
    let mut x = text.at.0;
    for run in &text.line.runs {
        let font = fonts(run).ok_or(PdfError::Fault("a glyph was not embedded"))?;
        set_font(ops, font, text.size);
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(pt(x), pt(text.at.1)) });
        x += show_run(ops, run, font, text.size, text.tracking);
    }
    ops.push(Op::EndTextSection);
    end_actual(ops, text.line.needs_text);
    Ok(())
}

/// Shows a run and gives its width in points.
fn show_run(ops: &mut Vec<Op>, run: &Run, font: &Subset, size: f64, tracking: f64) -> f64 {
    let gap = tracking * 1000.0 / size;
    let (mut wanted, mut pen) = (0.0, 0.0);
    let mut items = Vec::new();
    for glyph in &run.glyphs {
        let (id, width) = font.glyphs.get(&glyph.id).copied().unwrap_or_default();
        let kern = (pen - (wanted + f64::from(glyph.offset.0))).round();
        if kern != 0.0 {
            items.push(TextItem::Offset(single(kern)));
            pen -= kern;
        }
        let shown = TextItem::GlyphIds(vec![Codepoint { gid: id, offset: 0.0, cid: Some(meaning(glyph)) }]);
        if glyph.offset.1 == 0 {
            items.push(shown);
        } else {
            show(ops, &mut items);
            ops.push(Op::SetLineOffset { multiplier: round(f64::from(glyph.offset.1) * size / 1000.0) });
            ops.push(Op::ShowText { items: vec![shown] });
            ops.push(Op::SetLineOffset { multiplier: 0.0 });
        }
        pen += f64::from(width);
        wanted += f64::from(glyph.advance) + gap;
    }
    show(ops, &mut items);
    wanted * size / 1000.0
}

fn show(ops: &mut Vec<Op>, items: &mut Vec<TextItem>) {
    if !items.is_empty() {
        ops.push(Op::ShowText { items: std::mem::take(items) });
    }
}

/// The text a glyph stands for; the later glyphs of a cluster stand for nothing visible.
fn meaning(glyph: &Glyph) -> String {
    if glyph.text.is_empty() { "\u{200b}".to_owned() } else { glyph.text.clone() }
}

fn draw_arc(ops: &mut Vec<Op>, text: &ArcText, fonts: Lookup<'_>) -> Result<(), PdfError> {
    // Letters that stand at all angles are not read as words.
    begin_actual(ops, &text.line, true);
    ops.push(Op::StartTextSection);
    ops.push(Op::SetFillColor { col: colour(text.colour) });
    let mut along = -text.line.width(text.size, text.tracking) / 2.0;
    for run in &text.line.runs {
        let font = fonts(run).ok_or(PdfError::Fault("a glyph was not embedded"))?;
        set_font(ops, font, text.size);
        for glyph in &run.glyphs {
            let width = f64::from(glyph.advance) * text.size / 1000.0;
            let angle = (along + width / 2.0) / text.radius;
            let (sin, cos) = angle.sin_cos();
            let (dx, dy) = (
                f64::from(glyph.offset.0) * text.size / 1000.0 - width / 2.0,
                f64::from(glyph.offset.1) * text.size / 1000.0,
            );
            let (up, right) = (text.radius + dy, dx);
            let x = text.centre.0 + up * sin + right * cos;
            let y = text.centre.1 + up * cos - right * sin;
            let matrix = TextMatrix::Raw([exact(cos), exact(-sin), exact(sin), exact(cos), round(x), round(y)]);
            let id = font.glyphs.get(&glyph.id).map_or(0, |mapped| mapped.0);
            ops.push(Op::SetTextMatrix { matrix });
            ops.push(Op::ShowText {
                items: vec![TextItem::GlyphIds(vec![Codepoint { gid: id, offset: 0.0, cid: Some(meaning(glyph)) }])],
            });
            along += width + text.tracking;
        }
    }
    ops.push(Op::EndTextSection);
    end_actual(ops, true);
    Ok(())
}

fn set_font(ops: &mut Vec<Op>, font: &Subset, size: f64) {
    let handle = PdfFontHandle::External(FontId(font.resource.clone()));
    ops.push(Op::SetFont { font: handle, size: pt(size) });
}

fn begin_actual(ops: &mut Vec<Op>, line: &Line, needed: bool) {
    if needed {
        let text = DictItem::String { data: super::metadata::utf16(&line.text), literal: false };
        let map = BTreeMap::from([("ActualText".to_owned(), text)]);
        ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties: DictItem::Dict { map } });
    }
}

fn end_actual(ops: &mut Vec<Op>, needed: bool) {
    if needed {
        ops.push(Op::EndMarkedContent);
    }
}

fn draw_path(ops: &mut Vec<Op>, path: &Path, paint: Paint) {
    let points = |ring: &Vec<super::scene::PathPoint>| -> Vec<LinePoint> {
        ring.iter().map(|point| LinePoint { p: at(point.x, point.y), bezier: point.control }).collect()
    };
    match paint {
        Paint::Fill(tint) => {
            ops.push(Op::SetFillColor { col: colour(tint) });
            ops.push(Op::DrawPolygon { polygon: filled(path.rings.iter().map(points)) });
        }
        Paint::Outline(tint, width) | Paint::Stroke(tint, width) => {
            ops.push(Op::SetOutlineColor { col: colour(tint) });
            ops.push(Op::SetOutlineThickness { pt: pt(width) });
            let is_closed = matches!(paint, Paint::Outline(..));
            let lines =
                path.rings.iter().map(|ring| Op::DrawLine { line: PdfLine { points: points(ring), is_closed } });
            ops.extend(lines);
        }
    }
}

fn filled(rings: impl Iterator<Item = Vec<LinePoint>>) -> Polygon {
    let rings = rings.map(|points| PolygonRing { points }).collect();
    Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::EvenOdd }
}

fn draw_grid(ops: &mut Vec<Op>, corner: (f64, f64), step: f64, cells: &[[u16; 4]], tint: Colour) {
    let ring = |cell: &[u16; 4]| {
        let [left, bottom, width, height] = cell.map(f64::from);
        let corners =
            [(left, bottom), (left + width, bottom), (left + width, bottom + height), (left, bottom + height)];
        corners.map(|(x, y)| LinePoint { p: at(x, y), bezier: false }).to_vec()
    };
    ops.push(Op::SaveGraphicsState);
    let matrix = CurTransMat::Raw([exact(step), 0.0, 0.0, exact(step), round(corner.0), round(corner.1)]);
    ops.push(Op::SetTransformationMatrix { matrix });
    ops.push(Op::SetFillColor { col: colour(tint) });
    ops.push(Op::DrawPolygon { polygon: filled(cells.iter().map(ring)) });
    ops.push(Op::RestoreGraphicsState);
}

fn colour(colour: Colour) -> Color {
    let [r, g, b] = colour.rgb.map(|part| single((f64::from(part) / 255.0 * 1000.0).round() / 1000.0));
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

fn at(x: f64, y: f64) -> Point {
    Point { x: pt(x), y: pt(y) }
}

fn pt(value: f64) -> Pt {
    Pt(round(value))
}

/// Hundredths are finer than any printer, and keep the file small.
pub(crate) fn round(value: f64) -> f32 {
    single((value * 100.0).round() / 100.0)
}

fn exact(value: f64) -> f32 {
    single((value * 100_000.0).round() / 100_000.0)
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "printpdf wants f32, and std has no other way there"
)]
const fn single(value: f64) -> f32 {
    value as f32
}
