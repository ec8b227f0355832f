//! The typefaces we carry, which script each one serves, and their parsed forms.
//!
//! Fonts are data of the program (`templates/fonts/`, OFL 1.1) and parsed once per process, on first
//! use. Every face has 1,000 units per em (a test holds us to it), so a unit is a thousandth of the
//! type size everywhere in this module. Nothing is ever read from the machine: the same name gives
//! the same page everywhere.

use std::sync::OnceLock;

use rustybuzz::Face;
use unicode_script::Script::{
    self, Adlam, Arabic, Armenian, Bengali, Bopomofo, Canadian_Aboriginal, Cherokee, Cyrillic, Devanagari, Ethiopic,
    Georgian, Greek, Gujarati, Gurmukhi, Han, Hangul, Hanifi_Rohingya, Hebrew, Hiragana, Kannada, Katakana, Khmer, Lao,
    Latin, Lisu, Malayalam, Myanmar, Nko, Oriya, Osage, Sinhala, Syriac, Tamil, Telugu, Thaana, Thai, Tifinagh,
};

/// One typeface; the order is also the order in which font resources are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FaceId(usize);

/// How a piece of text is set; decides the Latin, Greek and Cyrillic face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// The name and the large lines.
    Display,
    /// Running text.
    Text,
    /// Labels that must stand out.
    Strong,
    /// The soft sentences around the name.
    Emphasis,
}

struct Entry {
    name: &'static str,
    scripts: &'static [Script],
    bytes: &'static [u8],
    parsed: OnceLock<Option<Face<'static>>>,
}

const fn entry(name: &'static str, scripts: &'static [Script], bytes: &'static [u8]) -> Entry {
    Entry { name, scripts, bytes, parsed: OnceLock::new() }
}

const DISPLAY: FaceId = FaceId(0);
const STRONG: FaceId = FaceId(1);
const EMPHASIS: FaceId = FaceId(2);
const TEXT: FaceId = FaceId(3);

static FACES: [Entry; 34] = [
    entry(
        "NotoSerifDisplay-Regular",
        &[Latin, Greek, Cyrillic],
        include_bytes!("../../templates/fonts/NotoSerifDisplay-Regular.ttf"),
    ),
    entry("NotoSerif-SemiBold", &[Latin], include_bytes!("../../templates/fonts/NotoSerif-SemiBold.ttf")),
    entry("NotoSerif-Italic", &[Latin], include_bytes!("../../templates/fonts/NotoSerif-Italic.ttf")),
    entry(
        "NotoSerif-Regular",
        &[Latin, Greek, Cyrillic],
        include_bytes!("../../templates/fonts/NotoSerif-Regular.ttf"),
    ),
    entry("NotoNaskhArabic-Regular", &[Arabic], include_bytes!("../../templates/fonts/NotoNaskhArabic-Regular.ttf")),
    entry("NotoSerifHebrew-Regular", &[Hebrew], include_bytes!("../../templates/fonts/NotoSerifHebrew-Regular.ttf")),
    entry(
        "NotoSerifDevanagari-Regular",
        &[Devanagari],
        include_bytes!("../../templates/fonts/NotoSerifDevanagari-Regular.ttf"),
    ),
    entry(
        "NotoSansCJKsc-Regular",
        &[Han, Hiragana, Katakana, Hangul, Bopomofo],
        include_bytes!("../../templates/fonts/NotoSansCJKsc-Regular.otf"),
    ),
    entry("NotoSerifThai-Regular", &[Thai], include_bytes!("../../templates/fonts/NotoSerifThai-Regular.ttf")),
    entry(
        "NotoSerifEthiopic-Regular",
        &[Ethiopic],
        include_bytes!("../../templates/fonts/NotoSerifEthiopic-Regular.ttf"),
    ),
    entry("NotoSerifTamil-Regular", &[Tamil], include_bytes!("../../templates/fonts/NotoSerifTamil-Regular.ttf")),
    entry(
        "NotoSerifArmenian-Regular",
        &[Armenian],
        include_bytes!("../../templates/fonts/NotoSerifArmenian-Regular.ttf"),
    ),
    entry(
        "NotoSerifGeorgian-Regular",
        &[Georgian],
        include_bytes!("../../templates/fonts/NotoSerifGeorgian-Regular.ttf"),
    ),
    entry("NotoSerifBengali-Regular", &[Bengali], include_bytes!("../../templates/fonts/NotoSerifBengali-Regular.ttf")),
    entry(
        "NotoSerifGujarati-Regular",
        &[Gujarati],
        include_bytes!("../../templates/fonts/NotoSerifGujarati-Regular.ttf"),
    ),
    entry(
        "NotoSerifGurmukhi-Regular",
        &[Gurmukhi],
        include_bytes!("../../templates/fonts/NotoSerifGurmukhi-Regular.ttf"),
    ),
    entry("NotoSerifKannada-Regular", &[Kannada], include_bytes!("../../templates/fonts/NotoSerifKannada-Regular.ttf")),
    entry(
        "NotoSerifMalayalam-Regular",
        &[Malayalam],
        include_bytes!("../../templates/fonts/NotoSerifMalayalam-Regular.ttf"),
    ),
    entry("NotoSerifTelugu-Regular", &[Telugu], include_bytes!("../../templates/fonts/NotoSerifTelugu-Regular.ttf")),
    entry("NotoSerifSinhala-Regular", &[Sinhala], include_bytes!("../../templates/fonts/NotoSerifSinhala-Regular.ttf")),
    entry("NotoSerifKhmer-Regular", &[Khmer], include_bytes!("../../templates/fonts/NotoSerifKhmer-Regular.ttf")),
    entry("NotoSerifLao-Regular", &[Lao], include_bytes!("../../templates/fonts/NotoSerifLao-Regular.ttf")),
    entry("NotoSerifMyanmar-Regular", &[Myanmar], include_bytes!("../../templates/fonts/NotoSerifMyanmar-Regular.ttf")),
    entry("NotoSansOriya-Regular", &[Oriya], include_bytes!("../../templates/fonts/NotoSansOriya-Regular.ttf")),
    entry(
        "NotoSansCherokee-Regular",
        &[Cherokee],
        include_bytes!("../../templates/fonts/NotoSansCherokee-Regular.ttf"),
    ),
    entry(
        "NotoSansCanadianAboriginal-Regular",
        &[Canadian_Aboriginal],
        include_bytes!("../../templates/fonts/NotoSansCanadianAboriginal-Regular.ttf"),
    ),
    entry("NotoSansOsage-Regular", &[Osage], include_bytes!("../../templates/fonts/NotoSansOsage-Regular.ttf")),
    entry("NotoSansNKo-Regular", &[Nko], include_bytes!("../../templates/fonts/NotoSansNKo-Regular.ttf")),
    entry("NotoSansAdlam-Regular", &[Adlam], include_bytes!("../../templates/fonts/NotoSansAdlam-Regular.ttf")),
    entry(
        "NotoSansTifinagh-Regular",
        &[Tifinagh],
        include_bytes!("../../templates/fonts/NotoSansTifinagh-Regular.ttf"),
    ),
    entry("NotoSansSyriac-Regular", &[Syriac], include_bytes!("../../templates/fonts/NotoSansSyriac-Regular.ttf")),
    entry("NotoSansThaana-Regular", &[Thaana], include_bytes!("../../templates/fonts/NotoSansThaana-Regular.ttf")),
    entry("NotoSansLisu-Regular", &[Lisu], include_bytes!("../../templates/fonts/NotoSansLisu-Regular.ttf")),
    entry(
        "NotoSansHanifiRohingya-Regular",
        &[Hanifi_Rohingya],
        include_bytes!("../../templates/fonts/NotoSansHanifiRohingya-Regular.ttf"),
    ),
];

impl FaceId {
    fn entry(self) -> Option<&'static Entry> {
        FACES.get(self.0)
    }

    /// The parsed face; `None` only if a font file of ours is broken, which a test rules out.
    pub(crate) fn face(self) -> Option<&'static Face<'static>> {
        let entry = self.entry()?;
        entry.parsed.get_or_init(|| Face::from_slice(entry.bytes, 0)).as_ref()
    }

    /// The font file.
    pub(crate) fn bytes(self) -> &'static [u8] {
        self.entry().map_or(&[], |entry| entry.bytes)
    }

    /// The PostScript name.
    pub(crate) fn name(self) -> &'static str {
        self.entry().map_or("", |entry| entry.name)
    }

    /// The number that names the font resource on the page.
    pub(crate) const fn number(self) -> usize {
        self.0
    }

    /// Whether the face has a glyph of its own for the character.
    pub(crate) fn has(self, character: char) -> bool {
        self.face().is_some_and(|face| face.glyph_index(character).is_some())
    }
}

/// The faces to try for a script, best first.
pub(crate) fn candidates(style: Style, script: Script) -> Vec<FaceId> {
    let script = if matches!(script, Script::Common | Script::Inherited) { Script::Latin } else { script };
    let preferred = match style {
        Style::Display => DISPLAY,
        Style::Text => TEXT,
        Style::Strong => STRONG,
        Style::Emphasis => EMPHASIS,
    };
    let serves = |id: FaceId| id.entry().is_some_and(|entry| entry.scripts.contains(&script));
    let rest = (TEXT.0..FACES.len()).map(FaceId).filter(|id| *id != preferred);
    std::iter::once(preferred).chain(rest).filter(|id| serves(*id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_parses_with_a_thousand_units_per_em_and_serves_a_script() {
        for number in 0..FACES.len() {
            let id = FaceId(number);
            let face = id.face().unwrap_or_else(|| panic!("{} does not parse", id.name()));
            assert_eq!(face.units_per_em(), 1000, "{}", id.name());
            assert!(id.entry().is_some_and(|entry| !entry.scripts.is_empty()), "{}", id.name());
        }
    }

    #[test]
    fn the_style_decides_the_latin_face_and_the_script_the_others() {
        assert_eq!(candidates(Style::Display, Script::Latin), [DISPLAY, TEXT]);
        assert_eq!(candidates(Style::Emphasis, Script::Common), [EMPHASIS, TEXT]);
        assert_eq!(candidates(Style::Strong, Script::Greek), [TEXT]);
        assert_eq!(candidates(Style::Strong, Script::Arabic).len(), 1);
        assert!(candidates(Style::Text, Script::Cuneiform).is_empty());
    }
}
