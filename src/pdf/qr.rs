//! The code that carries the verify address, as rectangles on a grid.

use fast_qr::{ECL, QRBuilder};

/// Light border around the code, in modules, as the standard asks.
pub(crate) const QUIET: u16 = 4;

/// Longest address that still gives modules a phone can read from paper at our size.
pub(crate) const LONGEST_ADDRESS: usize = 300;

/// A code: its width in modules without the border, and its dark runs as (column, row from below, width, 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    /// Modules per side.
    pub width: u16,
    /// Dark horizontal runs.
    pub runs: Vec<[u16; 4]>,
}

/// Encodes an address at level M; `None` if it is too long for a code of our size.
pub(crate) fn encode(address: &str) -> Option<Code> {
    if address.is_empty() || address.len() > LONGEST_ADDRESS {
        return None;
    }
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let width = u16::try_from(code.size).ok()?;
    let mut runs: Vec<[u16; 4]> = Vec::new();
    for (row, modules) in (0..width).zip(code.data.chunks(code.size)) {
        let from_below = width - 1 - row;
        let mut open = false;
        for (column, module) in (0..width).zip(modules) {
            match runs.last_mut() {
                Some(run) if open && module.value() => *run = [run[0], run[1], run[2] + 1, 1],
                _ if module.value() => runs.push([column, from_below, 1, 1]),
                _ => {}
            }
            open = module.value();
        }
    }
    Some(Code { width, runs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finder_patterns_stand_in_three_corners() {
        let code = encode("https://register.example.org/verify/7Qm2kX9").unwrap();
        let top = code.width - 1;
        for run in [[0, top, 7, 1], [code.width - 7, top, 7, 1], [0, 0, 7, 1], [0, top - 1, 1, 1]] {
            assert!(code.runs.contains(&run), "{run:?} is missing");
        }
        assert!(!code.runs.contains(&[code.width - 7, 0, 7, 1]));
    }

    #[test]
    fn an_address_that_would_make_the_modules_too_small_is_refused() {
        assert_eq!(encode(&format!("https://example.org/{}", "x".repeat(300))), None);
        assert_eq!(encode(""), None);
    }
}
