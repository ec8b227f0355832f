//! Writing to standard output.
//!
//! Whoever reads may stop reading, as `credtrail rules check config/rules | head -1` does. Then the work goes on
//! without words, and the exit code still says how it ended.
//!
//! What people read may come from a foreign record or pack. Signs that move the cursor, or the order of letters, are shown
//! by their numbers instead of being obeyed; what programs read stays as it is.

use std::borrow::Cow;
use std::io::{ErrorKind, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether programs read it.
static FOR_PROGRAMS: AtomicBool = AtomicBool::new(false);

/// Prints a line, as `println!` does. What is inside it stays on one line.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::print::line(&format!($($words)*)) };
}

/// Prints words without ending the line, as `print!` does. They may have lines of their own.
macro_rules! say_on {
    ($($words:tt)*) => { $crate::cli::print::words(&format!($($words)*)) };
}

pub(crate) use {say, say_on};

/// From now on programs read what is printed.
pub fn for_programs() {
    FOR_PROGRAMS.store(true, Ordering::Relaxed);
}

/// Writes one line to standard output.
pub fn line(text: &str) {
    let text = if FOR_PROGRAMS.load(Ordering::Relaxed) { Cow::Borrowed(text) } else { shown(text) };
    write(&format!("{text}\n"));
}

/// Writes words to standard output.
pub fn words(text: &str) {
    if FOR_PROGRAMS.load(Ordering::Relaxed) {
        return write(text);
    }
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(shown).collect();
    write(&lines.join("\n"));
}

/// One line as it can be shown: signs that would be obeyed by their numbers, such as `<U+001B>`.
pub fn shown(line: &str) -> Cow<'_, str> {
    if !line.contains(is_obeyed) {
        return Cow::Borrowed(line);
    }
    let sign = |letter: char| match letter {
        obeyed if is_obeyed(obeyed) => format!("<U+{:04X}>", u32::from(obeyed)),
        plain => plain.to_string(),
    };
    Cow::Owned(line.chars().map(sign).collect())
}

/// Controls of terminals, line ends, and signs that turn the order of letters around.
fn is_obeyed(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || letter.is_control() && letter != '\t' || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Writes to standard output. When it cannot be written to, as on a full disk, the program ends with exit code 3.
fn write(words: &str) {
    match stdout().lock().write_all(words.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("nothing more can be written to standard output: {error}");
            std::process::exit(3);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_a_terminal_would_obey_are_shown_by_their_numbers() {
        assert_eq!(shown("a\u{1b}[2Jb"), "a<U+001B>[2Jb");
        assert_eq!(shown("\u{202e}gnp\u{200f}"), "<U+202E>gnp<U+200F>");
        assert_eq!(shown("one\ntwo\r\u{85}\u{2028}"), "one<U+000A>two<U+000D><U+0085><U+2028>");
        assert_eq!(shown("Ética\t→ 学习"), "Ética\t→ 学习");
    }
}
