//! How easily a text reads: the grade of a school year for English, the ease from 0 to 100 for Spanish.

use credtrail::rules::Lang;

use super::spoken::{explained, shipped};

/// The hardest that one pack's explanations may read, and all of them together.
const GRADE: (f64, f64) = (8.0, 5.0);
const EASE: (f64, f64) = (60.0, 80.0);

/// Sentences, words and syllables; a syllable is a run of vowels, a silent e at the end of an English word is none.
fn measure(text: &str, is_english: bool) -> (f64, f64, f64) {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let is_vowel = |letter: &char| "aeiouyáéíóúü".contains(*letter);
    let syllables = |word: &String| {
        let letters: Vec<char> = word.chars().collect();
        let runs =
            (0..letters.len()).filter(|&i| is_vowel(&letters[i]) && (i == 0 || !is_vowel(&letters[i - 1]))).count();
        let silent = is_english && runs > 1 && word.ends_with('e') && !word.ends_with("le");
        (runs - usize::from(silent)).max(1)
    };
    let sentences = text.split(['.', '?', '!', ':']).filter(|part| part.chars().any(char::is_alphabetic)).count();
    let real = |count: usize| f64::from(u32::try_from(count).unwrap());
    (real(sentences), real(words.len()), real(words.iter().map(syllables).sum()))
}

/// The grade of an English text.
pub fn grade(text: &str) -> f64 {
    let (sentences, words, syllables) = measure(text, true);
    0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59
}

/// The ease of a Spanish text.
pub fn ease(text: &str) -> f64 {
    let (sentences, words, syllables) = measure(text, false);
    206.84 - 60.0 * (syllables / words) - 1.02 * (words / sentences)
}

#[test]
fn what_is_explained_of_every_worked_example_reads_easily_in_both_languages() {
    let (mut english, mut spanish) = (String::new(), String::new());
    for pack in shipped() {
        let said = |lang| {
            let lines = explained(&pack, lang).into_iter().flat_map(|(_, lines)| lines);
            lines.map(|line| line.text).collect::<Vec<_>>().join(". ") + ". "
        };
        let (en, es) = (said(Lang::En), said(Lang::Es));
        assert!(grade(&en) <= GRADE.0, "{} reads at grade {:.1}", pack.id, grade(&en));
        assert!(ease(&es) >= EASE.0, "{} reads at ease {:.1}", pack.id, ease(&es));
        english += &en;
        spanish += &es;
    }
    assert!(grade(&english) <= GRADE.1, "grade {:.2}", grade(&english));
    assert!(ease(&spanish) >= EASE.1, "ease {:.1}", ease(&spanish));
}
