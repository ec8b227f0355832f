//! Builds a certificate: a typed model in, the bytes of a PDF file out.
//!
//! Begin with [`build`]. The same [`Certificate`] always gives the same bytes: no clock, no random, no
//! machine font is asked, and the document's identifier is a hash of the model.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

pub use super::error::PdfError;
pub use super::model::{Border, BorderStyle, Certificate, Colour, Design, NotAColour, PageSize, Seal, Signatory};

use super::document::{Completion, print, write};
use super::draw::round;
use super::layout::{CODE_SIDE, Places, SEAL_RADIUS};
use super::metadata::About;
use super::personal;
use super::scene::Element;
use super::template::{draw_own, template};
use super::texts::{fill, texts};

/// Builds the file.
///
/// # Errors
/// When a text cannot be printed, with which text, which character and what to do.
pub fn build(certificate: &Certificate) -> Result<Vec<u8>, PdfError> {
    let design = &certificate.design;
    let page = design.page.points();
    let personal = personal::lay_out(certificate)?;
    let template = template(design)?;
    let (mut drawn, fonts) = draw_own(&template, &personal)?;
    let own_pieces = std::mem::take(&mut drawn.pieces);
    let own = print(drawn, Vec::new(), &fonts, page, template.part.next())?;

    let texts = texts(design.lang).ok_or(PdfError::Fault("the texts cannot be read"))?;
    let title = fill(&fill(&texts.document_title, "credential", &design.credential), "name", &certificate.name);
    let code_words = fill(&texts.code_alt, "address", &certificate.verify_url);
    let seal_words = fill(&texts.seal_alt, "board", &design.board);
    let link_words = fill(&texts.link_alt, "address", &certificate.verify_url);
    let places = Places::new(design.page);
    let figures = BTreeMap::from([
        (Element::Code, (code_words.as_str(), around(places.code(), CODE_SIDE / 2.0))),
        (Element::Seal, (seal_words.as_str(), around(places.seal(), SEAL_RADIUS))),
    ]);
    let completion = Completion {
        about: About { title, author: design.board.clone(), lang: design.lang.tag(), day: certificate.issued_on },
        id: identify(certificate)?,
        page,
        pieces: template.pieces.iter().copied().chain(own_pieces).collect(),
        figures,
        link_words: &link_words,
    };
    write(&template.part, own, completion)
}

fn around(centre: (f64, f64), half: f64) -> [f32; 4] {
    [centre.0 - half, centre.1 - half, centre.0 + half, centre.1 + half].map(round)
}

/// Sixteen bytes of a hash over everything the certificate says.
fn identify(certificate: &Certificate) -> Result<[u8; 16], PdfError> {
    let model = serde_json::to_vec(certificate).map_err(|_cause| PdfError::Fault("the model cannot be hashed"))?;
    let hash: [u8; 32] = Sha256::digest(model).into();
    let mut id = [0; 16];
    id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    Ok(id)
}
