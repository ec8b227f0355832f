//! What a certificate says and how the board wants it to look, as plain data.
//!
//! Nothing here draws. Start with [`Certificate`]: the [`Design`] is shared by every certificate of one
//! board, credential, language and paper size; the rest is one person's.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::rules::Lang;

/// Everything one certificate shows. The same value always gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Paper, language, board and credential: the same for many people.
    pub design: Design,
    /// The person's name exactly as it is to be printed.
    pub name: String,
    /// The certificate number, with or without separators; shown in groups.
    pub number: String,
    /// The day the board issued it.
    pub issued_on: NaiveDate,
    /// First day it is good for.
    pub valid_from: NaiveDate,
    /// Last day it is good for; `None` when the credential does not end.
    pub valid_through: Option<NaiveDate>,
    /// The board's public word for the standing, such as "Active", if it wants one printed.
    pub status: Option<String>,
    /// Address that answers whether this certificate is real and in force; also in the code.
    pub verify_url: String,
}

/// What does not change between two certificates of one board and credential.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Design {
    /// Paper size, always landscape.
    pub page: PageSize,
    /// Language of the fixed texts.
    pub lang: Lang,
    /// The board's name.
    pub board: String,
    /// The credential's title, such as "Certified Peer Support Specialist".
    pub credential: String,
    /// Who signs for the board.
    pub signatory: Option<Signatory>,
    /// The board's seal, drawn from its settings.
    pub seal: Seal,
    /// The frame around the page.
    pub border: Border,
}

/// Paper size; certificates are always landscape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageSize {
    /// US Letter, 11 x 8.5 inches.
    #[default]
    Letter,
    /// ISO A4, 297 x 210 mm.
    A4,
}

impl PageSize {
    /// Width and height in points, landscape.
    #[must_use]
    pub const fn points(self) -> (f64, f64) {
        match self {
            Self::Letter => (792.0, 612.0),
            Self::A4 => (841.89, 595.28),
        }
    }
}

/// The person whose name stands under the line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signatory {
    /// The person's name.
    pub name: String,
    /// Their office, such as "Chair".
    pub title: String,
}

/// A round seal: rosette, two rings, a text around it and the board's initials.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seal {
    /// Two to five characters in the middle.
    pub initials: String,
    /// Text around the ring; often the board's name.
    pub around: String,
    /// Colour of the seal and of the accents on the page.
    pub colour: Colour,
}

/// The frame around the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Border {
    /// How it is drawn.
    pub style: BorderStyle,
    /// Its colour.
    pub colour: Colour,
}

/// The kinds of frame on offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BorderStyle {
    /// A band of interlaced waves between two lines.
    #[default]
    Engraved,
    /// A thick and a thin line.
    Double,
    /// One thin line.
    Plain,
}

/// An sRGB colour, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: [u8; 3],
}

/// The text is not a colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a colour such as `#1f4e79`, found `{0}`")]
pub struct NotAColour(pub String);

impl Colour {
    /// The colour of body text.
    pub(crate) const INK: Self = Self { rgb: [0x1d, 0x22, 0x2b] };
    /// The colour of labels; still 7:1 on white.
    pub(crate) const SOFT: Self = Self { rgb: [0x4a, 0x50, 0x5c] };

    /// Reads `#rrggbb`.
    ///
    /// # Errors
    /// When the text is not `#` and six hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, NotAColour> {
        let refuse = || NotAColour(text.to_owned());
        let digits = text.strip_prefix('#').ok_or_else(refuse)?;
        let mut rgb = [0; 3];
        hex::decode_to_slice(digits, &mut rgb).map_err(|_not_hex| refuse())?;
        Ok(Self { rgb })
    }
}

impl TryFrom<String> for Colour {
    type Error = NotAColour;

    fn try_from(text: String) -> Result<Self, NotAColour> {
        Self::parse(&text)
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        format!("#{}", hex::encode(colour.rgb))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_and_written_the_same_way() {
        let colour = Colour::parse("#1F4e79").unwrap();
        assert_eq!(colour.rgb, [0x1f, 0x4e, 0x79]);
        assert_eq!(String::from(colour), "#1f4e79");
    }

    #[test]
    fn what_is_not_a_colour_is_refused_with_what_was_found() {
        let refusal = Colour::parse("blue").unwrap_err();
        assert_eq!(refusal.to_string(), "expected a colour such as `#1f4e79`, found `blue`");
        assert!(Colour::parse("#12345").is_err());
    }
}
