//! Names as they stand on the page: none cut off, none missing, none drawn as boxes.

use credtrail::pdf::certificate::{PageSize, PdfError, build};
use credtrail::pdf::{NameRefusal, check_name};

use super::sample::{NAMES, certificate};
use super::tools::print;

/// Where the name stands, in thousandths of the page: across the whole line, and down.
const LINE: std::ops::Range<usize> = 60..940;
const BAND: std::ops::Range<usize> = 305..400;

#[test]
fn names_in_two_dozen_scripts_leave_ink_where_the_name_stands() {
    let mut blank = certificate("i");
    blank.status = None;
    let rule_alone = print(&blank).picture(72).ink(LINE, BAND);
    for (script, name) in NAMES {
        assert_eq!(check_name(name), Ok(()), "{script}");
        let ink = print(&certificate(name)).picture(72).ink(LINE, BAND);
        assert!(ink > rule_alone + 40, "{script}: {ink} dark dots, {rule_alone} of them without the name");
    }
}

#[test]
fn every_glyph_of_a_name_is_one_of_its_own_and_not_the_empty_box() {
    for (script, name) in NAMES {
        let text = print(&certificate(name)).text();
        assert!(!text.contains('\u{fffd}'), "{script}: {text}");
    }
}

#[test]
fn a_long_name_is_set_smaller_and_stays_inside_the_page() {
    let name = "Maria Guadalupe Esperanza del Carmen Rodr\u{ed}guez y Fern\u{e1}ndez";
    for page in [PageSize::Letter, PageSize::A4] {
        let mut model = certificate(name);
        model.design.page = page;
        let printed = print(&model);
        assert!(printed.text().contains(name), "{page:?}");
        let picture = printed.picture(72);
        for side in [60..100, 900..940] {
            assert_eq!(picture.ink(side, BAND), 0, "{page:?}: the name runs into the frame");
        }
    }
}

#[test]
fn a_name_of_two_hundred_characters_is_refused_before_issue_and_at_the_printer() {
    let name = "Wilhelmina ".repeat(18) + "Bo";
    assert_eq!(name.chars().count(), 200);
    assert_eq!(check_name(&name), Err(NameRefusal::TooLong));
    assert_eq!(build(&certificate(&name)), Err(PdfError::Name(NameRefusal::TooLong)));
}

#[test]
fn what_cannot_be_drawn_is_refused_at_the_printer_too() {
    for name in ["", "Ana\u{7}", "Ana \u{1F600}", "\u{e000}", "Ana \u{202e}eel"] {
        let refusal = check_name(name).expect_err(name);
        assert_eq!(build(&certificate(name)), Err(PdfError::Name(refusal)), "{name:?}");
    }
}

#[test]
fn a_refusal_of_another_text_says_which_text_it_is() {
    let mut model = certificate("Ana Delgado");
    model.design.board = "Board \u{1F600}".to_owned();
    let refusal = build(&model).expect_err("a board's name that cannot be drawn").to_string();
    assert!(
        refusal.starts_with("the certificate's `board` cannot be printed") && refusal.contains("U+1F600"),
        "{refusal}"
    );
}
