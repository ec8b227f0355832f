//! Amounts: exact decimals in a board's unit, whole minutes inside.

use std::fmt;

/// A decimal number that is not negative, exact: `digits / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    digits: u64,
    scale: u32,
}

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self { digits: 0, scale: 0 };

    /// Reads `12` or `59.5`; at most nine digits, and six places.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 9
            || part.len() > 6
            || !digits(whole)
            || !digits(part)
            || text.ends_with('.')
        {
            return None;
        }
        let scale = u32::try_from(part.len()).ok()?;
        format!("{whole}{part}").parse().ok().map(|digits| Self { digits, scale })
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: u32) -> Self {
        Self { digits: u64::from(number), scale: 0 }
    }

    fn divisor(self) -> u64 {
        10_u64.saturating_pow(self.scale)
    }

    /// Times `size`, rounded down.
    #[must_use]
    pub fn times_down(self, size: u64) -> u64 {
        self.digits.saturating_mul(size) / self.divisor()
    }

    /// Times `size`, rounded up.
    #[must_use]
    pub fn times_up(self, size: u64) -> u64 {
        self.digits.saturating_mul(size).div_ceil(self.divisor())
    }

    /// The exact sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let scale = self.scale.max(other.scale);
        let at = |number: Self| number.digits.saturating_mul(10_u64.saturating_pow(scale - number.scale));
        Self { digits: at(self).saturating_add(at(other)), scale }
    }

    /// So many times the number.
    #[must_use]
    pub fn many(self, times: u32) -> Self {
        Self { digits: self.digits.saturating_mul(u64::from(times)), ..self }
    }

    /// Compares exactly.
    #[must_use]
    pub fn at_least(self, other: Self) -> bool {
        u128::from(self.digits) * u128::from(other.divisor()) >= u128::from(other.digits) * u128::from(self.divisor())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&decimal(self.digits, self.divisor(), Rounded::Down))
    }
}

/// No pack states more minutes than these in one amount: about 190 years. With it, and entries of at most `u32::MAX` minutes,
/// no sum of minutes, nor a hundred times one, comes near the end of 64 bits, however many records there are.
pub const LARGEST: u64 = 100_000_000;

/// A unit a pack states amounts in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name in the singular.
    pub name: String,
    /// Its size.
    pub minutes: u32,
}

/// An amount of minutes as a pack states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Whole minutes as a minimum: rounded up.
    pub minutes_up: u64,
    /// Whole minutes as a limit: rounded down.
    pub minutes_down: u64,
    /// The unit it is stated in.
    pub unit: Unit,
    /// The number as stated.
    pub stated: Decimal,
}

/// Which way a number that does not end is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounded {
    /// What someone has.
    Down,
    /// What someone lacks.
    Up,
}

/// `minutes` in a unit of `size` minutes, as a decimal of at most two places.
#[must_use]
pub fn in_unit(minutes: u64, size: u32, rounded: Rounded) -> String {
    decimal(minutes, u64::from(size.max(1)), rounded)
}

fn decimal(value: u64, divisor: u64, rounded: Rounded) -> String {
    let places = if divisor > 100
        && divisor.is_multiple_of(10)
        && !value.saturating_mul(100).is_multiple_of(divisor)
        && is_power_of_ten(divisor)
    {
        divisor
    } else {
        100
    };
    let scaled = u128::from(value) * u128::from(places);
    let divisor = u128::from(divisor.max(1));
    let cut = match rounded {
        Rounded::Down => scaled / divisor,
        Rounded::Up => scaled.div_ceil(divisor),
    };
    let (whole, part) = (cut / u128::from(places), cut % u128::from(places));
    if part == 0 {
        return whole.to_string();
    }
    let width = usize::try_from(places.ilog10()).unwrap_or(2);
    format!("{whole}.{part:0width$}").trim_end_matches('0').to_owned()
}

fn is_power_of_ten(number: u64) -> bool {
    10_u64.checked_pow(number.max(1).ilog10()) == Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let hours = Decimal::parse("59.5").unwrap();
        assert_eq!((hours.times_up(60), hours.times_down(50)), (3570, 2975));
        assert_eq!(hours.to_string(), "59.5");
        assert_eq!(Decimal::parse("0.0625").unwrap().to_string(), "0.0625");
        for bad in ["", "1.", ".5", "-1", "1e3", "1,5"] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn sums_and_multiples_of_decimals_are_exact() {
        let amount = |text| Decimal::parse(text).unwrap();
        assert_eq!(amount("20").plus(amount("7.25")).to_string(), "27.25");
        assert_eq!(amount("0.1").many(3), amount("0.3"));
    }

    #[test]
    fn minutes_are_shown_in_the_boards_unit() {
        assert_eq!(in_unit(1860, 60, Rounded::Down), "31");
        assert_eq!(in_unit(175, 50, Rounded::Down), "3.5");
        assert_eq!(in_unit(1270, 60, Rounded::Down), "21.16");
        assert_eq!(in_unit(1270, 60, Rounded::Up), "21.17");
        assert_eq!(in_unit(264 * 45, 60, Rounded::Down), "198");
    }

    #[test]
    fn scores_compare_as_numbers_not_as_text() {
        let score = |text| Decimal::parse(text).unwrap();
        assert!(score("500").at_least(score("500.0")));
        assert!(!score("69.99").at_least(score("70")));
    }
}
