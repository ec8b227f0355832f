//! Where things stand: measuring, stepping the type size down, breaking lines. Nothing is ever clipped.
//!
//! Lengths are points. [`Places`] holds the few numbers the page is built on; the rest follows from them.

use super::fonts::Style;
use super::model::PageSize;
use super::name::{NameRefusal, shape_plain};
use super::shape::Line;

/// Room for the name on the narrower paper.
const NAME_WIDTH: f64 = 600.0;

/// The largest and the smallest size a name is set in.
const NAME_SIZES: (u8, u8) = (38, 15);

/// Room above and below the name's baseline, up to the sentence above and the rule below.
const NAME_REACH: (f64, f64) = (40.0, 16.0);

/// The size at which the name fits on every paper; `None` if even the smallest is too large.
pub(crate) fn name_size(line: &Line) -> Option<f64> {
    let (above, below) = line.reach();
    let fits_in_height = |size: f64| {
        f64::from(above) * size / 1000.0 <= NAME_REACH.0 && f64::from(below) * size / 1000.0 <= NAME_REACH.1
    };
    largest(NAME_SIZES, |size| line.width(size, 0.0) <= NAME_WIDTH && fits_in_height(size))
}

fn largest(sizes: (u8, u8), fits: impl Fn(f64) -> bool) -> Option<f64> {
    (sizes.1..=sizes.0).rev().map(f64::from).find(|size| fits(*size))
}

/// Lines that fit, and their size.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fitted {
    /// The lines from top to bottom.
    pub lines: Vec<Line>,
    /// Their type size.
    pub size: f64,
}

/// How a text may be fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Room {
    /// Typeface.
    pub style: Style,
    /// Largest and smallest size, in quarters of a point.
    pub quarters: (u8, u8),
    /// Space after each glyph, in parts of the size.
    pub tracking: f64,
    /// Width.
    pub width: f64,
    /// Most lines.
    pub lines: usize,
}

/// Sets a text in the largest size at which it fits, on as few lines as will do.
pub(crate) fn fit(text: &str, room: &Room) -> Result<Fitted, NameRefusal> {
    let (most, least) = room.quarters;
    // On one line it may shrink to three quarters; smaller than that, a second line reads better.
    let alone = if room.lines == 1 { least } else { least.max(most - most / 4) };
    let whole = shape_plain(text.trim_end(), room.style)?;
    let fits = |quarters: f64| whole.width(quarters / 4.0, quarters / 4.0 * room.tracking) <= room.width;
    if let Some(quarters) = largest((most, alone), fits) {
        return Ok(Fitted { lines: vec![whole], size: quarters / 4.0 });
    }
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    for allowed in 2..=room.lines {
        for quarters in (least..=most).rev() {
            let size = f64::from(quarters) / 4.0;
            if let Some(lines) = break_lines(&words, size, room, allowed)? {
                let lines = balance(&words, size, room, &lines)?.unwrap_or(lines);
                return Ok(Fitted { lines, size });
            }
        }
    }
    Err(NameRefusal::TooLong)
}

/// The same number of lines, as even in width as they get.
fn balance(words: &[&str], size: f64, room: &Room, lines: &[Line]) -> Result<Option<Vec<Line>>, NameRefusal> {
    if lines.len() < 2 {
        return Ok(None);
    }
    for tenths in 4..10_u8 {
        let narrower = Room { width: room.width * f64::from(tenths) / 10.0, ..*room };
        if let Some(even) = break_lines(words, size, &narrower, lines.len())? {
            return Ok(Some(even));
        }
    }
    Ok(None)
}

/// Breaks between words; `None` if more lines are needed than allowed.
fn break_lines(words: &[&str], size: f64, room: &Room, allowed: usize) -> Result<Option<Vec<Line>>, NameRefusal> {
    let mut lines: Vec<Line> = Vec::new();
    let mut current = String::new();
    for word in words {
        let longer = shape_plain(format!("{current}{word}").trim_end(), room.style)?;
        if longer.width(size, size * room.tracking) <= room.width {
            current.push_str(word);
            continue;
        }
        if current.is_empty() || lines.len() + 1 == allowed {
            return Ok(None);
        }
        lines.push(shape_plain(current.trim_end(), room.style)?);
        current = (*word).to_owned();
        if shape_plain(current.trim_end(), room.style)?.width(size, size * room.tracking) > room.width {
            return Ok(None);
        }
    }
    lines.push(shape_plain(current.trim_end(), room.style)?);
    Ok(Some(lines))
}

/// Cuts an address anywhere into as few lines as fit.
pub(crate) fn fit_address(address: &str, room: &Room) -> Result<Fitted, NameRefusal> {
    let characters: Vec<char> = address.chars().collect();
    for allowed in 1..=room.lines {
        let pieces = characters.chunks(characters.len().div_ceil(allowed).max(1));
        let lines: Result<Vec<Line>, NameRefusal> =
            pieces.map(|piece| shape_plain(&piece.iter().collect::<String>(), room.style)).collect();
        let lines = lines?;
        let fits = |quarters: f64| lines.iter().all(|line| line.width(quarters / 4.0, 0.0) <= room.width);
        if let Some(quarters) = largest(room.quarters, fits) {
            return Ok(Fitted { lines, size: quarters / 4.0 });
        }
    }
    Err(NameRefusal::TooLong)
}

/// The numbers the page is built on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Places {
    /// Width and height of the page.
    pub page: (f64, f64),
}

impl Places {
    /// For a paper size.
    pub(crate) const fn new(page: PageSize) -> Self {
        Self { page: page.points() }
    }

    /// The middle of the page.
    pub(crate) fn middle(&self) -> f64 {
        self.page.0 / 2.0
    }

    /// A height given from the top of a Letter page, moved in proportion on other paper.
    pub(crate) fn down(&self, from_top: f64) -> f64 {
        self.page.1 * (1.0 - from_top / 612.0)
    }

    /// Middle of the seal.
    pub(crate) fn seal(&self) -> (f64, f64) {
        (134.0, self.down(476.0))
    }

    /// Middle of the code.
    pub(crate) fn code(&self) -> (f64, f64) {
        (self.page.0 - 134.0, self.down(476.0))
    }

    /// Middles of the columns of facts.
    pub(crate) fn columns(&self, count: u8) -> impl Iterator<Item = f64> + use<> {
        let (left, width) = (96.0, self.page.0 - 192.0);
        (0..count).map(move |column| left + width * (f64::from(column) + 0.5) / f64::from(count))
    }
}

/// Radius of the seal.
pub(crate) const SEAL_RADIUS: f64 = 60.0;

/// Side of the code with its light border: 34 mm, so that the dark part is 25 mm and more.
pub(crate) const CODE_SIDE: f64 = 96.4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::name::shape_name;

    #[test]
    fn a_short_name_is_large_and_a_long_one_is_stepped_down_until_it_fits() {
        let short = name_size(&shape_name("Ana Lee").unwrap()).unwrap();
        assert_eq!(short.to_bits(), 38.0_f64.to_bits());
        let long = shape_name("Wolfeschlegelsteinhausenbergerdorff Maximiliana Konstantinopolis").unwrap();
        let size = name_size(&long).unwrap();
        assert!(size < 38.0 && long.width(size, 0.0) <= NAME_WIDTH, "{size}");
        assert!(long.width(size + 1.0, 0.0) > NAME_WIDTH, "stepped down further than needed");
    }

    #[test]
    fn a_name_with_tall_stacks_is_set_smaller_so_that_it_touches_nothing() {
        let low = name_size(
            &shape_name("\u{1021}\u{1031}\u{102c}\u{1004}\u{103a}\u{1019}\u{103c}\u{1004}\u{1037}\u{103a}").unwrap(),
        );
        assert!(low.is_some_and(|size| size < 38.0), "{low:?}");
        let stacked = shape_name(&format!("A{}", "\u{301}".repeat(60))).unwrap();
        assert_eq!(name_size(&stacked), None);
    }

    #[test]
    fn a_long_text_is_broken_between_words() {
        let room = Room { style: Style::Text, quarters: (48, 40), tracking: 0.0, width: 120.0, lines: 3 };
        let fitted = fit("has met every requirement of the board", &room).unwrap();
        assert!(fitted.lines.len() > 1);
        assert!(fitted.lines.iter().all(|line| line.width(fitted.size, 0.0) <= 120.0));
        let read: Vec<&str> = fitted.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(read.join(" "), "has met every requirement of the board");
    }

    #[test]
    fn a_word_wider_than_its_room_is_refused_not_clipped() {
        let room = Room { style: Style::Text, quarters: (48, 40), tracking: 0.0, width: 40.0, lines: 3 };
        assert_eq!(fit("requirements", &room), Err(NameRefusal::TooLong));
    }
}
