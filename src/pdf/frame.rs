//! The part of a certificate that is the same for everyone of one design: frame, seal, fixed texts.
//!
//! It comes in three pieces, because the page is painted in the order in which it is read: [`Frame::head`],
//! the name, [`Frame::middle`], the facts, [`Frame::foot`], the address and the code.

use super::error::PdfError;
use super::fonts::Style;
use super::layout::{Fitted, Places, Room, SEAL_RADIUS, fit};
use super::model::{Colour, Design, Signatory};
use super::scene::{Element, Scene, Setting};
use super::seal;
use super::texts::{Texts, texts};

/// The pieces, in reading order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    /// Frame, seal, board, heading, "This certifies that".
    pub head: Scene,
    /// What was done and the credential's title.
    pub middle: Scene,
    /// Who signs, and how to check.
    pub foot: Scene,
}

/// Lays out what does not change.
pub(crate) fn lay_out(design: &Design) -> Result<Frame, PdfError> {
    let texts = texts(design.lang).ok_or(PdfError::Fault("the texts cannot be read"))?;
    let places = Places::new(design.page);
    let mut frame = Frame::default();
    seal::draw_border(&mut frame.head, &design.border, places.page);
    rules(&mut frame.head, design, &places);
    seal::draw_seal(&mut frame.head, &design.seal, places.seal(), SEAL_RADIUS).map_err(PdfError::about("seal"))?;
    head(&mut frame.head, design, texts, &places)?;
    sentence(&mut frame.head, Element::Certifies, &texts.certifies, places.down(182.0), &places)?;
    sentence(&mut frame.middle, Element::HasMet, &texts.has_met, places.down(271.0), &places)?;
    credential(&mut frame.middle, design, &places)?;
    if let Some(signatory) = &design.signatory {
        signature(&mut frame.foot, signatory, &places)?;
    }
    verify(&mut frame.foot, texts, &places)?;
    Ok(frame)
}

/// The lines on the page, which mean nothing.
fn rules(scene: &mut Scene, design: &Design, places: &Places) {
    let (accent, middle) = (design.seal.colour, places.middle());
    scene.meaning(None);
    let y = places.down(152.0);
    for side in [-1.0, 1.0] {
        scene.rule((middle + side * 10.0, y), (middle + side * 110.0, y), accent, 0.8);
    }
    seal::draw_star(scene, (middle, y), 4.5, accent);
    let mut rule = |left: f64, right: f64, from_top: f64, colour: Colour, width: f64| {
        scene.rule((left, places.down(from_top)), (right, places.down(from_top)), colour, width);
    };
    rule(middle - 215.0, middle + 215.0, 247.0, accent, 0.6);
    rule(90.0, places.page.0 - 90.0, 347.0, accent, 0.5);
    rule(90.0, places.page.0 - 90.0, 395.0, accent, 0.5);
    if design.signatory.is_some() {
        rule(middle - 120.0, middle + 120.0, 462.0, Colour::INK, 0.6);
    }
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
    Ok(())
}

fn sentence(scene: &mut Scene, element: Element, text: &str, y: f64, places: &Places) -> Result<(), PdfError> {
    let room =
        Room { style: Style::Emphasis, quarters: (54, 40), tracking: 0.0, width: places.page.0 - 200.0, lines: 1 };
    let line = fit(text, &room).map_err(PdfError::about("fixed text"))?;
    scene.meaning(element);
    stack(scene, line, places.middle(), y, 1.3, 0.0, Colour::SOFT);
    Ok(())
}

fn credential(scene: &mut Scene, design: &Design, places: &Places) -> Result<(), PdfError> {
    let room =
        Room { style: Style::Display, quarters: (108, 56), tracking: 0.012, width: places.page.0 - 190.0, lines: 2 };
    let title = fit(&design.credential, &room).map_err(PdfError::about("credential"))?;
    let first = if title.lines.len() > 1 { 296.0 } else { 306.0 };
    scene.meaning(Element::Credential);
    stack(scene, title, places.middle(), places.down(first), 1.15, room.tracking, Colour::INK);
    Ok(())
}

fn signature(scene: &mut Scene, signatory: &Signatory, places: &Places) -> Result<(), PdfError> {
    let middle = places.middle();
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
