//! The part of a certificate that is one person's: name, number, days, code.

use super::error::PdfError;
use super::fonts::Style;
use super::frame::{facts, stack};
use super::layout::{CODE_SIDE, Places, Room, fit, fit_address, name_size};
use super::model::{Certificate, Colour};
use super::name::{NameRefusal, shape_name, shape_plain};
use super::qr;
use super::scene::{Element, Mark, Scene, Setting};
use super::texts::{Texts, fill, grouped, texts};

/// Lays out what is the person's own.
pub(crate) fn lay_out(certificate: &Certificate) -> Result<Scene, PdfError> {
    let texts = texts(certificate.design.lang).ok_or(PdfError::Fault("the texts cannot be read"))?;
    let places = Places::new(certificate.design.page);
    let mut scene = Scene::default();
    name(&mut scene, certificate, &places)?;
    status(&mut scene, certificate, texts, &places)?;
    values(&mut scene, certificate, texts, &places)?;
    code(&mut scene, certificate, &places)?;
    address(&mut scene, certificate, texts, &places)?;
    Ok(scene)
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

fn values(scene: &mut Scene, certificate: &Certificate, texts: &Texts, places: &Places) -> Result<(), PdfError> {
    let through = certificate.valid_through;
    let values = [
        grouped(&certificate.number),
        texts.date(certificate.issued_on),
        texts.date(certificate.valid_from),
        through.map(|date| texts.date(date)).unwrap_or_default(),
    ];
    let columns = facts(places, through.is_some());
    let room = Room { style: Style::Strong, quarters: (48, 26), tracking: 0.0, width: 142.0, lines: 1 };
    for ((element, x), value) in columns.into_iter().zip(&values) {
        let field = if element == Element::Number { "number" } else { "dates" };
        let line = fit(value, &room).map_err(PdfError::about(field))?;
        scene.meaning(element);
        stack(scene, line, x, places.down(382.0), 1.2, 0.0, Colour::INK);
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
    scene.meaning(Element::Verify);
    let set = Setting { size: 7.5, tracking: 0.0, colour: Colour::SOFT };
    scene.centred(line, middle, foot - 8.0, set);
    Ok(())
}
