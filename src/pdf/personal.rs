//! The part of a certificate that is one person's: name, number, days, code.

use super::error::PdfError;
use super::fonts::Style;
use super::frame::stack;
use super::layout::{CODE_SIDE, Places, Room, fit, fit_address, name_size};
use super::model::{Certificate, Colour};
use super::name::{NameRefusal, shape_name, shape_plain};
use super::qr;
use super::scene::{Element, Mark, Scene, Setting};
use super::texts::{Texts, fill, grouped, texts};

/// The pieces, in reading order; those of [`super::frame::Frame`] stand before and between them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Personal {
    /// The name.
    pub name: Scene,
    /// Status, number and days.
    pub facts: Scene,
    /// The address and the code.
    pub address: Scene,
}

/// Lays out what is the person's own.
pub(crate) fn lay_out(certificate: &Certificate) -> Result<Personal, PdfError> {
    let texts = texts(certificate.design.lang).ok_or(PdfError::Fault("the texts cannot be read"))?;
    let places = Places::new(certificate.design.page);
    let mut personal = Personal::default();
    name(&mut personal.name, certificate, &places)?;
    status(&mut personal.facts, certificate, texts, &places)?;
    facts(&mut personal.facts, certificate, texts, &places)?;
    address(&mut personal.address, certificate, texts, &places)?;
    code(&mut personal.address, certificate, &places)?;
    Ok(personal)
}

fn name(scene: &mut Scene, certificate: &Certificate, places: &Places) -> Result<(), PdfError> {
    let line = shape_name(&certificate.name)?;
    let size = name_size(&line).ok_or(NameRefusal::TooLong)?;
    scene.meaning(Element::Name);
    scene.centred(line, places.middle(), places.down(230.0), Setting { size, tracking: 0.0, colour: Colour::INK });
    Ok(())
}

fn status(scene: &mut Scene, certificate: &Certificate, texts: &Texts, places: &Places) -> Result<(), PdfError> {
    let Some(status) = &certificate.status else { return Ok(()) };
    let room =
        Room { style: Style::Emphasis, quarters: (42, 30), tracking: 0.0, width: places.page.0 - 200.0, lines: 1 };
    let line = fit(&fill(&texts.status, "status", status), &room).map_err(PdfError::about("status"))?;
    scene.meaning(Element::Status);
    stack(scene, line, places.middle(), places.down(333.0), 1.2, 0.0, Colour::SOFT);
    Ok(())
}

/// The row of facts, each a label and its value.
fn facts(scene: &mut Scene, certificate: &Certificate, texts: &Texts, places: &Places) -> Result<(), PdfError> {
    let number = grouped(&certificate.number);
    let mut facts = vec![
        (Element::Number, &texts.number, number),
        (Element::IssuedOn, &texts.issued_on, texts.date(certificate.issued_on)),
        (Element::ValidFrom, &texts.valid_from, texts.date(certificate.valid_from)),
    ];
    if let Some(through) = certificate.valid_through {
        facts.push((Element::ValidThrough, &texts.valid_through, texts.date(through)));
    }
    let label_room = Room { style: Style::Text, quarters: (36, 26), tracking: 0.02, width: 140.0, lines: 1 };
    let value_room = Room { style: Style::Strong, quarters: (48, 26), tracking: 0.0, width: 142.0, lines: 1 };
    let columns = places.columns(if facts.len() == 4 { 4 } else { 3 });
    for ((element, label, value), x) in facts.into_iter().zip(columns) {
        let field = if element == Element::Number { "number" } else { "dates" };
        let label = fit(label, &label_room).map_err(PdfError::about("fixed text"))?;
        let value = fit(&value, &value_room).map_err(PdfError::about(field))?;
        scene.meaning(element);
        stack(scene, label, x, places.down(363.0), 1.2, label_room.tracking, Colour::SOFT);
        stack(scene, value, x, places.down(382.0), 1.2, 0.0, Colour::INK);
    }
    Ok(())
}

fn code(scene: &mut Scene, certificate: &Certificate, places: &Places) -> Result<(), PdfError> {
    let url = &certificate.verify_url;
    let code = qr::encode(url).ok_or(PdfError::Address(url.len()))?;
    let (x, y) = places.code();
    let step = CODE_SIDE / f64::from(code.width + 2 * qr::QUIET);
    let side = step * f64::from(code.width);
    let at = (x - side / 2.0, y - side / 2.0);
    scene.meaning(Element::Code);
    scene.marks.push(Mark::Grid { at, step, cells: code.runs, colour: Colour { rgb: [0; 3] } });
    Ok(())
}

fn address(scene: &mut Scene, certificate: &Certificate, texts: &Texts, places: &Places) -> Result<(), PdfError> {
    let (middle, url) = (places.middle(), &certificate.verify_url);
    let room = Room { style: Style::Strong, quarters: (35, 22), tracking: 0.0, width: places.page.0 - 410.0, lines: 3 };
    let fitted = fit_address(url, &room).map_err(PdfError::about("verify_url"))?;
    let widest = fitted.lines.iter().map(|line| line.width(fitted.size, 0.0)).fold(0.0, f64::max);
    let (lines, size) = (fitted.lines.len(), fitted.size);
    let top = places.down(if lines > 1 { 540.0 } else { 543.0 });
    scene.meaning(Element::Address);
    stack(scene, fitted, middle, top, 1.15, 0.0, Colour::INK);
    let rows = u8::try_from(lines).unwrap_or(u8::MAX);
    let foot = top - size * (1.15 * f64::from(rows.saturating_sub(1)) + 0.35);
    let area = [middle - widest / 2.0 - 2.0, foot, middle + widest / 2.0 + 2.0, top + size];
    scene.marks.push(Mark::Link { area, address: url.clone() });

    let text = fill(&texts.verify_number, "number", &grouped(&certificate.number));
    let line = shape_plain(&text, Style::Text).map_err(PdfError::about("number"))?;
    scene.meaning(Element::VerifyNumber);
    let set = Setting { size: 7.5, tracking: 0.0, colour: Colour::SOFT };
    scene.centred(line, middle, foot - 8.0, set);
    Ok(())
}
