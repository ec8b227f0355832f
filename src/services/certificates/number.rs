//! The two names of a certificate: the secret code in its address and the number people write on paper.
//!
//! Both are random and tell nothing. The number ends in a check letter that finds every wrong letter and
//! every two neighbours swapped, so that a slip of the pen never costs a look into the database.

use std::fmt::Write;

/// Digits and letters without I, L, O and U, which are read as others.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 80 bits.
const RANDOM_LETTERS: usize = 16;
/// 130 bits.
const CODE_LETTERS: usize = 26;

/// The machine gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no random bytes: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

/// `count` random numbers below 32.
fn random_fives(count: usize) -> Result<Vec<u8>, NoRandomness> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.into_iter().map(|byte| byte & 31).collect())
}

fn letter(value: u8) -> char {
    LETTERS.get(usize::from(value & 31)).copied().map_or('0', char::from)
}

/// A new secret code: 26 small letters and digits.
///
/// # Errors
/// When the system gives no random bytes.
pub fn fresh_code() -> Result<String, NoRandomness> {
    Ok(random_fives(CODE_LETTERS)?.into_iter().map(|value| letter(value).to_ascii_lowercase()).collect())
}

/// A code as it may have been typed, in the form it is stored in; `None` if no code looks like that.
#[must_use]
pub fn read_code(text: &str) -> Option<String> {
    let code: String = text.chars().map(|c| plain(c).to_ascii_lowercase()).collect();
    let known = |c: char| LETTERS.iter().any(|l| char::from(l.to_ascii_lowercase()) == c);
    (code.chars().count() == CODE_LETTERS && code.chars().all(known)).then_some(code)
}

/// A new number: `prefix`, four groups of four letters, a check letter.
///
/// # Errors
/// When the system gives no random bytes.
pub fn fresh_number(prefix: &str) -> Result<String, NoRandomness> {
    Ok(write_number(prefix, &random_fives(RANDOM_LETTERS)?))
}

fn write_number(prefix: &str, values: &[u8]) -> String {
    let mut text = prefix.to_owned();
    for group in values.chunks(4) {
        let letters: String = group.iter().map(|value| letter(*value)).collect();
        // Writing to a string cannot go wrong.
        let _always = write!(text, "-{letters}");
    }
    let _always = write!(text, "-{}", letter(check(values)));
    text
}

/// A number as it may have been typed, in the form it is printed in; `None` if its letters do not check.
#[must_use]
pub fn read_number(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let split = letters.len().checked_sub(RANDOM_LETTERS + 1)?;
    let (prefix, rest) = letters.split_at_checked(split)?;
    let mut values = Vec::with_capacity(rest.len());
    for c in rest {
        let wanted = plain(*c);
        values.push(u8::try_from(LETTERS.iter().position(|l| char::from(*l) == wanted)?).ok()?);
    }
    let prefix: String = prefix.iter().map(char::to_ascii_uppercase).collect();
    let given = values.pop()?;
    (check(&values) == given).then(|| write_number(&prefix, &values))
}

/// A letter as people misread it, set right.
fn plain(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// The letters as digits of a polynomial over the field of 32 elements: a single change or a swap of
/// neighbours always changes its value. The last doubling keeps the last letter and the check letter apart.
fn check(values: &[u8]) -> u8 {
    times_two(values.iter().fold(0, |sum, value| times_two(sum) ^ value))
}

fn times_two(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_back_as_people_type_it() {
        let number = fresh_number("NE").unwrap();
        assert_eq!(number.len(), "NE-ABCD-EFGH-JKMN-PQRS-T".len());
        assert_eq!(read_number(&number), Some(number.clone()));
        let typed = number.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(read_number(&typed), Some(number));
    }

    #[test]
    fn every_wrong_letter_and_every_swap_of_neighbours_is_found() {
        let number = write_number("TX", &[0, 31, 7, 19, 1, 2, 3, 4, 30, 29, 28, 5, 6, 8, 9, 11]);
        let letters: Vec<char> = number.chars().collect();
        let body: Vec<usize> = (3..letters.len()).filter(|at| letters[*at] != '-').collect();
        for at in &body {
            for other in LETTERS.iter().map(|l| char::from(*l)).filter(|l| *l != letters[*at]) {
                let mut wrong = letters.clone();
                wrong[*at] = other;
                assert_eq!(read_number(&wrong.iter().collect::<String>()), None);
            }
        }
        for pair in body.windows(2).filter(|pair| letters[pair[0]] != letters[pair[1]]) {
            let mut wrong = letters.clone();
            wrong.swap(pair[0], pair[1]);
            assert_eq!(read_number(&wrong.iter().collect::<String>()), None);
        }
    }

    #[test]
    fn a_code_has_130_bits_and_is_read_back() {
        let code = fresh_code().unwrap();
        assert_eq!(code.len(), 26);
        assert_eq!(read_code(&code.to_uppercase()), Some(code.clone()));
        assert_ne!(fresh_code().unwrap(), code);
        for wrong in ["", "abc", "uuuuuuuuuuuuuuuuuuuuuuuuuu", "ééééééééééééé"] {
            assert_eq!(read_code(wrong), None, "{wrong}");
        }
    }
}
