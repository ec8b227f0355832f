//! What a document really is: told by its bytes, never by its name or by what the sender calls it.
//!
//! Each kind has to begin and to end as that kind does, with nothing behind it: a picture with an archive or a page
//! hung on is no picture. That it can be shown is for the reader's program to find out.

/// A kind of document that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// PDF.
    Pdf,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Media {
    /// The media type.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// How the name of such a file ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The kind with this media type.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png].into_iter().find(|media| media.word() == word)
    }

    /// What these bytes are, if they are whole and one of the kinds.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"%PDF-") {
            is_pdf(bytes).then_some(Self::Pdf)
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            jpeg_ends(bytes).is_some().then_some(Self::Jpeg)
        } else if bytes.starts_with(PNG) {
            png_ends(bytes).is_some().then_some(Self::Png)
        } else {
            None
        }
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A version after the mark, and after the last mark of the end nothing but line ends.
fn is_pdf(bytes: &[u8]) -> bool {
    const END: &[u8] = b"%%EOF";
    let version = bytes.get(5..8).is_some_and(|it| matches!(it, [b'1' | b'2', b'.', b'0'..=b'9']));
    let end = bytes.windows(END.len()).rposition(|it| it == END);
    let rest = end.and_then(|at| bytes.get(at + END.len()..));
    version && rest.is_some_and(|rest| rest.iter().all(|byte| b"\r\n \0".contains(byte)))
}

/// Walks the chunks; each has a length, a name, its bytes and a check, and `IEND` is the last.
fn png_ends(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.strip_prefix(PNG)?;
    let mut first = true;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (name, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let body_and_check = length.checked_add(4)?;
        let next = after.get(body_and_check..)?;
        match name {
            b"IHDR" if first && length == 13 => {}
            _ if first => return None,
            b"IEND" => return (length == 0 && next.is_empty()).then_some(()),
            _ => {}
        }
        first = false;
        rest = next;
    }
}

/// Walks the segments to the last one: `FF D9` with nothing behind it.
fn jpeg_ends(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut pictured = false;
    loop {
        let [0xff, mark, after @ ..] = rest else { return None };
        rest = match mark {
            0xd9 => return (pictured && after.is_empty()).then_some(()),
            // Filling, and marks without a length.
            0xff => rest.get(1..)?,
            0x01 | 0xd0..=0xd7 => after,
            _ => {
                let (length, _) = after.split_first_chunk::<2>()?;
                let length = usize::from(u16::from_be_bytes(*length));
                let next = after.get(length.max(2)..)?;
                if *mark == 0xda {
                    pictured = true;
                    scan_ends(next)?
                } else {
                    next
                }
            }
        };
    }
}

/// What follows the picture's own bytes: the first mark that is neither an escaped `FF` nor a restart.
fn scan_ends(bytes: &[u8]) -> Option<&[u8]> {
    let at =
        bytes.windows(2).position(|two| matches!(two, [0xff, mark] if *mark != 0 && !(0xd0..=0xd7).contains(mark)))?;
    bytes.get(at..)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: &[u8] =
        &[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xda, 0, 3, 0, 9, 0xff, 0, 8, 0xff, 0xd1, 7, 0xff, 0xd9];

    fn png() -> Vec<u8> {
        let mut bytes = PNG.to_vec();
        for (name, body) in [(b"IHDR", &[0; 13][..]), (b"IDAT", &[1, 2, 3]), (b"IEND", &[])] {
            bytes.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
            bytes.extend(name);
            bytes.extend(body);
            bytes.extend([0; 4]);
        }
        bytes
    }

    #[test]
    fn each_kind_is_known_by_its_bytes() {
        assert_eq!(Media::of(b"%PDF-1.7\n1 0 obj\n%%EOF\n"), Some(Media::Pdf));
        assert_eq!(Media::of(PICTURE), Some(Media::Jpeg));
        assert_eq!(Media::of(&png()), Some(Media::Png));
        for other in [&b""[..], b"MZ\x90", b"PK\x03\x04", b"<html>", b"GIF89a", b"<svg/>", b"%!PS", b"\xff\xd8\xff"] {
            assert_eq!(Media::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn what_has_something_hung_on_or_cut_off_is_none() {
        for whole in [&b"%PDF-1.7\n1 0 obj\n%%EOF\n"[..], PICTURE, &png()] {
            let media = Media::of(whole);
            assert!(media.is_some());
            for more in [&b"PK\x03\x04archive"[..], b"<script>alert(1)</script>", b"MZ"] {
                assert_eq!(Media::of(&[whole, more].concat()), None, "{media:?} with {more:?}");
                assert_eq!(Media::of(&[more, whole].concat()), None, "{media:?} behind {more:?}");
            }
            for kept in 0..whole.len() - 2 {
                assert_eq!(Media::of(&whole[..kept]), None, "{media:?} cut at {kept}");
            }
        }
    }
}
