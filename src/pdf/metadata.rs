//! What a reader's software is told about the file: title, author, language, days.
//!
//! printpdf writes XMP without escaping and an Info dictionary full of empty keys, so both are written here.

use chrono::NaiveDate;
use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};

const TOOL: &str = "Credtrail";

/// What the file is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    /// Title of the document.
    pub title: String,
    /// The board.
    pub author: String,
    /// Language tag.
    pub lang: &'static str,
    /// The day of issue, which is also the file's: no clock is read.
    pub day: NaiveDate,
}

/// A text as UTF-16 with its mark, as PDF strings want it.
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

/// A text string object.
pub(crate) fn text(value: &str) -> Object {
    if value.is_ascii() {
        return Object::String(value.as_bytes().to_vec(), StringFormat::Literal);
    }
    Object::String(utf16(value), StringFormat::Hexadecimal)
}

/// The Info dictionary.
pub(crate) fn info(about: &About) -> Dictionary {
    let day = text(&about.day.format("D:%Y%m%d000000Z").to_string());
    dictionary! {
        "Title" => text(&about.title),
        "Author" => text(&about.author),
        "Creator" => text(TOOL),
        "Producer" => text(TOOL),
        "CreationDate" => day.clone(),
        "ModDate" => day,
    }
}

/// The XMP packet, which says the same as the Info dictionary.
pub(crate) fn xmp(about: &About) -> Stream {
    let (title, author, day) = (escape(&about.title), escape(&about.author), about.day.format("%Y-%m-%dT00:00:00Z"));
    let lang = about.lang;
    let packet = format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{TOOL}</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate><xmp:MetadataDate>{day}</xmp:MetadataDate>
<pdf:Producer>{TOOL}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}'
    );
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dictionary, packet.into_bytes()).with_compression(false)
}

fn escape(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packet_stays_well_formed_whatever_the_title() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        let about = About { title: "A & B <C>".into(), author: "D&E".into(), lang: "en", day };
        let packet = String::from_utf8(xmp(&about).content).unwrap();
        assert!(packet.contains("A &amp; B &lt;C&gt;") && packet.contains("D&amp;E"));
        assert!(packet.contains("2026-03-05T00:00:00Z"));
    }

    #[test]
    fn texts_beyond_ascii_are_written_as_utf_16() {
        assert_eq!(text("Ana"), Object::String(b"Ana".to_vec(), StringFormat::Literal));
        assert_eq!(text("\u{e9}"), Object::String(vec![0xFE, 0xFF, 0, 0xE9], StringFormat::Hexadecimal));
    }
}
