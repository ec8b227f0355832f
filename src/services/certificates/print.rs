//! What a certificate says, frozen when its number is reserved. Nothing later changes it.

use chrono::NaiveDate;

use crate::pdf::certificate::{Border, BorderStyle, Certificate, Colour, Design, PageSize, Seal, Signatory};
use crate::rules::Lang;
use crate::services::boards::Board;
use crate::storage::StoreError;
use crate::storage::rows::certificates::CertificateRow;

/// What goes on the paper.
pub(super) struct Printed<'a> {
    /// The person.
    pub name: &'a str,
    /// The certificate's number.
    pub number: &'a str,
    /// `en` or `es`.
    pub language: &'a str,
    /// The credential's title.
    pub credential: &'a str,
    /// Who gives it.
    pub board: &'a Board,
    /// When.
    pub issued_on: NaiveDate,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub through: Option<NaiveDate>,
    /// Where it is verified.
    pub verify_url: String,
}

/// The facts as JSON, from which the bytes are built now or after a crash.
pub(super) fn freeze(printed: &Printed<'_>) -> Result<String, StoreError> {
    let board = printed.board;
    let style = &board.style;
    let fault = |error: &dyn std::fmt::Display| StoreError::Fault(format!("board {}: {error}", board.id));
    let colour = Colour::parse(&style.colour).map_err(|error| fault(&error))?;
    let design = Design {
        page: if style.page == "a4" { PageSize::A4 } else { PageSize::Letter },
        lang: Lang::parse(printed.language).unwrap_or_default(),
        board: board.name.clone(),
        credential: printed.credential.to_owned(),
        signatory: style.signatory.as_ref().map(|s| Signatory { name: s.name.clone(), title: s.title.clone() }),
        seal: Seal {
            initials: style.initials.clone().unwrap_or_else(|| initials(&board.name)),
            around: board.name.clone(),
            colour,
        },
        border: Border { style: border(&style.border), colour },
    };
    let certificate = Certificate {
        design,
        name: printed.name.to_owned(),
        number: printed.number.to_owned(),
        issued_on: printed.issued_on,
        valid_from: printed.from,
        valid_through: printed.through,
        status: None,
        verify_url: printed.verify_url.clone(),
    };
    serde_json::to_string(&certificate).map_err(|error| fault(&error))
}

fn border(word: &str) -> BorderStyle {
    match word {
        "double" => BorderStyle::Double,
        "plain" => BorderStyle::Plain,
        _ => BorderStyle::Engraved,
    }
}

/// The first letters of up to four words that begin with a capital.
fn initials(name: &str) -> String {
    let capitals = name.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase());
    let letters: String = capitals.take(4).collect();
    if letters.is_empty() { name.chars().filter(|c| c.is_alphanumeric()).take(2).collect() } else { letters }
}

/// The frozen facts of a certificate.
///
/// # Errors
/// When they cannot be read.
pub fn facts_of(row: &CertificateRow) -> Result<Certificate, StoreError> {
    read(&row.facts).map_err(|error| StoreError::Fault(format!("certificate {}: {error}", row.id)))
}

/// Reads frozen facts.
pub(in crate::services) fn read(facts: &str) -> Result<Certificate, serde_json::Error> {
    serde_json::from_str(facts)
}
