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
use super::model::{Colour, Design};
use super::personal::Personal;
use super::scene::{Element, Scene, Setting};
use super::shape::shape;
use super::subset::{Subsets, Used};
use super::texts::texts;

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

static TEMPLATES: Mutex<Vec<(Design, Arc<Template>)>> = Mutex::new(Vec::new());

/// The template of a design, kept or made.
pub(crate) fn template(design: &Design) -> Result<Arc<Template>, PdfError> {
    if let Some(found) = find(design) {
        return Ok(found);
    }
    let made = Arc::new(make(design)?);
    let mut kept = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    kept.insert(0, (design.clone(), Arc::clone(&made)));
    kept.truncate(KEPT);
    Ok(made)
}

/// A kept template, moved to the front.
fn find(design: &Design) -> Option<Arc<Template>> {
    let mut kept = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    let at = kept.iter().position(|(known, _)| known == design)?;
    let entry = kept.remove(at);
    let found = Arc::clone(&entry.1);
    kept.insert(0, entry);
    Some(found)
}

fn make(design: &Design) -> Result<Template, PdfError> {
    let frame = frame::lay_out(design)?;
    let (scenes, spare) = ([&frame.head, &frame.middle, &frame.foot], spare(design)?);
    let mut used = Used::default();
    for scene in scenes.into_iter().chain([&spare]) {
        used.by_scene(scene, |_run| false);
    }
    let fonts = used.subset('T')?;
    let spare: Vec<Op> = draw([&spare], &|run| fonts.covering(run), 0)?.ops.concat();
    let mut drawn = draw(scenes, &|run| fonts.covering(run), 0)?;
    let pieces = std::mem::take(&mut drawn.pieces);
    let part = print(drawn, spare, &fonts, design.page.points(), 1)?;
    Ok(Template { part, fonts, pieces })
}

/// Letters that numbers, days, addresses and the public word for the standing are made of.
fn spare(design: &Design) -> Result<Scene, PdfError> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz";
    const SIGNS: &str = "0123456789 -/.:,_?=&%#~+";
    let texts = texts(design.lang).ok_or(PdfError::Fault("the texts cannot be read"))?;
    let labels = [&texts.number, &texts.issued_on, &texts.valid_from, &texts.valid_through, &texts.verify_number];
    let labels: String = labels.into_iter().map(String::as_str).collect();
    let mut scene = Scene::default();
    for (style, letters) in [
        (Style::Strong, format!("{LETTERS}{SIGNS}")),
        (Style::Text, format!("{labels}ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 -/.:,")),
        (Style::Emphasis, format!("{}{LETTERS}", texts.status)),
    ] {
        // One by one, so that no two letters join into a form that is not asked for.
        for letter in letters.chars() {
            let line = shape(&letter.to_string(), style)
                .map_err(|_cause| PdfError::Fault("a typeface lacks a Latin letter"))?;
            let set = Setting { size: 10.0, tracking: 0.0, colour: Colour::INK };
            scene.left(line, 0.0, 0.0, set);
        }
    }
    Ok(scene)
}

/// Draws the person's part with the template's fonts, and with fonts of its own where those lack a glyph.
pub(crate) fn draw_own(template: &Template, personal: &Personal) -> Result<(Drawn, Subsets), PdfError> {
    let scenes = [&personal.name, &personal.facts, &personal.address];
    let mut used = Used::default();
    for scene in scenes {
        used.by_scene(scene, |run| template.fonts.covering(run).is_some());
    }
    let own = used.subset('P')?;
    let first = i64::try_from(template.pieces.len()).unwrap_or_default();
    let drawn = draw(scenes, &|run| template.fonts.covering(run).or_else(|| own.covering(run)), first)?;
    Ok((drawn, own))
}
