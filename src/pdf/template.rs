//! The part all certificates of a design share, made once and kept.
//!
//! The kept templates never change what is built: a template is a function of its key alone.

use std::sync::{Arc, Mutex, PoisonError};

use printpdf::Op;

use super::document::{Part, print};
use super::draw::{Drawn, draw};
use super::error::PdfError;
use super::fonts::Style;
use super::frame;
use super::model::Design;
use super::scene::{Element, Scene, Setting};
use super::shape::shape;
use super::subset::{Subsets, Used};

/// How many designs are kept; a board has a handful.
const KEPT: usize = 32;

/// What the certificates of a design have in common.
#[derive(Debug)]
pub(crate) struct Template {
    /// The printed part.
    pub part: Part,
    /// Its fonts, which the person's part uses as well.
    pub fonts: Subsets,
    /// Its numbered pieces.
    pub pieces: Vec<(Element, i64)>,
}

type Key = (Design, bool);

static TEMPLATES: Mutex<Vec<(Key, Arc<Template>)>> = Mutex::new(Vec::new());

/// The template of a design, kept or made.
pub(crate) fn template(design: &Design, has_end: bool) -> Result<Arc<Template>, PdfError> {
    if let Some(found) = find(design, has_end) {
        return Ok(found);
    }
    let made = Arc::new(make(design, has_end)?);
    let mut kept = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    kept.insert(0, ((design.clone(), has_end), Arc::clone(&made)));
    kept.truncate(KEPT);
    Ok(made)
}

/// A kept template, moved to the front.
fn find(design: &Design, has_end: bool) -> Option<Arc<Template>> {
    let mut kept = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    let at = kept.iter().position(|((known, end), _)| known == design && *end == has_end)?;
    let entry = kept.remove(at);
    let found = Arc::clone(&entry.1);
    kept.insert(0, entry);
    Some(found)
}

fn make(design: &Design, has_end: bool) -> Result<Template, PdfError> {
    let scene = frame::lay_out(design, has_end)?;
    let spare = spare()?;
    let mut used = Used::default();
    used.by_scene(&scene, |_run| false);
    used.by_scene(&spare, |_run| false);
    let fonts = used.subset('T')?;
    let mut drawn = draw(&scene, &|run| fonts.covering(run), 0)?;
    let spare: Vec<Op> = draw(&spare, &|run| fonts.covering(run), 0)?.ops;
    let pieces = std::mem::take(&mut drawn.pieces);
    let part = print(drawn, spare, &fonts, design.page.points(), 1)?;
    Ok(Template { part, fonts, pieces })
}

/// Letters that numbers, days, addresses and the public word for the standing are made of.
fn spare() -> Result<Scene, PdfError> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz";
    const SIGNS: &str = "0123456789 -/.:,_?=&%#~+";
    let mut scene = Scene::default();
    for (style, letters) in [
        (Style::Strong, format!("{LETTERS} {SIGNS}")),
        (Style::Text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 -/.:,".to_owned()),
        (Style::Emphasis, format!("{LETTERS}:,")),
    ] {
        // One by one, so that no two letters join into a form that is not asked for.
        for letter in letters.chars() {
            let line = shape(&letter.to_string(), style)
                .map_err(|_cause| PdfError::Fault("a typeface lacks a Latin letter"))?;
            let set = Setting { size: 10.0, tracking: 0.0, colour: super::model::Colour::INK };
            scene.left(line, 0.0, 0.0, set);
        }
    }
    Ok(scene)
}

/// Draws the person's part with the template's fonts, and with fonts of its own where those lack a glyph.
pub(crate) fn draw_own(template: &Template, scene: &Scene) -> Result<(Drawn, Subsets), PdfError> {
    let mut used = Used::default();
    used.by_scene(scene, |run| template.fonts.covering(run).is_some());
    let own = used.subset('P')?;
    let first = i64::try_from(template.pieces.len()).unwrap_or_default();
    let drawn = draw(scene, &|run| template.fonts.covering(run).or_else(|| own.covering(run)), first)?;
    Ok((drawn, own))
}
