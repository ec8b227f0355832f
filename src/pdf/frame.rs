//! The part of a certificate that is the same for everyone of one design: frame, seal, fixed texts.

use super::error::PdfError;
use super::fonts::Style;
use super::layout::{Fitted, Places, Room, SEAL_RADIUS, fit};
use super::model::{Colour, Design, Signatory};
use super::scene::{Element, Scene, Setting};
use super::seal;
use super::texts::{Texts, texts};

/// Lays out what does not change.
pub(crate) fn lay_out(design: &Design, has_end: bool) -> Result<Scene, PdfError> {
    let texts = texts(design.lang).ok_or(PdfError::Fault("the texts cannot be read"))?;
    let places = Places::new(design.page);
    let mut scene = Scene::default();
    seal::draw_border(&mut scene, &design.border, places.page);
    seal::draw_seal(&mut scene, &design.seal, places.seal(), SEAL_RADIUS).map_err(PdfError::about("seal"))?;
    head(&mut scene, design, texts, &places)?;
    sentences(&mut scene, design, texts, &places)?;
    labels(&mut scene, texts, &places, design.seal.colour, has_end)?;
    if let Some(signatory) = &design.signatory {
        signature(&mut scene, signatory, &places)?;
    }
    verify(&mut scene, texts, &places)?;
    Ok(scene)
}

fn head(scene: &mut Scene, design: &Design, texts: &Texts, places: &Places) -> Result<(), PdfError> {
    let accent = design.seal.colour;
    let room =
        Room { style: Style::Strong, quarters: (62, 44), tracking: 0.06, width: places.page.0 - 200.0, lines: 2 };
    let board = fit(&design.board, &room).map_err(PdfError::about("board"))?;
    scene.meaning(Element::Board);
    let first = if board.lines.len() > 1 { 72.0 } else { 84.0 };
    stack(scene, board, places.middle(), places.down(first), 1.3, room.tracking, Colour::INK);

    let room =
        Room { style: Style::Display, quarters: (148, 80), tracking: 0.08, width: places.page.0 - 200.0, lines: 1 };
    scene.meaning(Element::Heading);
    let heading = fit(&texts.heading, &room).map_err(PdfError::about("heading"))?;
    stack(scene, heading, places.middle(), places.down(131.0), 1.0, room.tracking, accent);

    scene.meaning(None);
    let (x, y) = (places.middle(), places.down(152.0));
    for side in [-1.0, 1.0] {
        scene.rule((x + side * 10.0, y), (x + side * 110.0, y), accent, 0.8);
    }
    seal::draw_star(scene, (x, y), 4.5, accent);
    Ok(())
}

fn sentences(scene: &mut Scene, design: &Design, texts: &Texts, places: &Places) -> Result<(), PdfError> {
    let middle = places.middle();
    let soft =
        Room { style: Style::Emphasis, quarters: (54, 40), tracking: 0.0, width: places.page.0 - 200.0, lines: 1 };
    for (element, text, from_top) in
        [(Element::Certifies, &texts.certifies, 182.0), (Element::HasMet, &texts.has_met, 271.0)]
    {
        scene.meaning(element);
        let line = fit(text, &soft).map_err(PdfError::about("fixed text"))?;
        stack(scene, line, middle, places.down(from_top), 1.3, 0.0, Colour::SOFT);
    }
    scene.meaning(None);
    scene.rule((middle - 215.0, places.down(247.0)), (middle + 215.0, places.down(247.0)), design.seal.colour, 0.6);

    let room =
        Room { style: Style::Display, quarters: (108, 56), tracking: 0.0, width: places.page.0 - 190.0, lines: 2 };
    let title = fit(&design.credential, &room).map_err(PdfError::about("credential"))?;
    let first = if title.lines.len() > 1 { 296.0 } else { 306.0 };
    scene.meaning(Element::Credential);
    stack(scene, title, middle, places.down(first), 1.15, 0.0, Colour::INK);
    Ok(())
}

/// The labels of the facts and the hairlines around them.
fn labels(scene: &mut Scene, texts: &Texts, places: &Places, accent: Colour, has_end: bool) -> Result<(), PdfError> {
    let room = Room { style: Style::Text, quarters: (36, 26), tracking: 0.02, width: 140.0, lines: 1 };
    for ((element, x), text) in facts(places, has_end).into_iter().zip([
        &texts.number,
        &texts.issued_on,
        &texts.valid_from,
        &texts.valid_through,
    ]) {
        scene.meaning(element);
        let label = fit(text, &room).map_err(PdfError::about("fixed text"))?;
        stack(scene, label, x, places.down(363.0), 1.2, room.tracking, Colour::SOFT);
    }
    scene.meaning(None);
    for from_top in [347.0, 395.0] {
        scene.rule((90.0, places.down(from_top)), (places.page.0 - 90.0, places.down(from_top)), accent, 0.5);
    }
    Ok(())
}

/// Which facts stand in the row, and where.
pub(crate) fn facts(places: &Places, has_end: bool) -> Vec<(Element, f64)> {
    let all = [Element::Number, Element::IssuedOn, Element::ValidFrom, Element::ValidThrough];
    all.into_iter().zip(places.columns(if has_end { 4 } else { 3 })).collect()
}

fn signature(scene: &mut Scene, signatory: &Signatory, places: &Places) -> Result<(), PdfError> {
    let middle = places.middle();
    scene.meaning(None);
    scene.rule((middle - 120.0, places.down(462.0)), (middle + 120.0, places.down(462.0)), Colour::INK, 0.6);
    scene.meaning(Element::Signatory);
    for (text, style, quarters, from_top) in
        [(&signatory.name, Style::Strong, (46, 30), 477.0), (&signatory.title, Style::Text, (38, 28), 490.0)]
    {
        let room = Room { style, quarters, tracking: 0.0, width: 300.0, lines: 1 };
        let line = fit(text, &room).map_err(PdfError::about("signatory"))?;
        stack(scene, line, middle, places.down(from_top), 1.2, 0.0, Colour::INK);
    }
    Ok(())
}

fn verify(scene: &mut Scene, texts: &Texts, places: &Places) -> Result<(), PdfError> {
    let room = Room { style: Style::Text, quarters: (34, 32), tracking: 0.0, width: places.page.0 - 430.0, lines: 2 };
    scene.meaning(Element::Verify);
    let lines = fit(&texts.verify, &room).map_err(PdfError::about("fixed text"))?;
    stack(scene, lines, places.middle(), places.down(514.0), 1.35, 0.0, Colour::SOFT);
    Ok(())
}

/// Puts fitted lines under each other, centred, the first baseline at `y`.
pub(crate) fn stack(scene: &mut Scene, fitted: Fitted, x: f64, y: f64, leading: f64, tracking: f64, colour: Colour) {
    let size = fitted.size;
    let set = Setting { size, tracking: size * tracking, colour };
    let mut baseline = y;
    for line in fitted.lines {
        scene.centred(line, x, baseline, set);
        baseline -= size * leading;
    }
}
