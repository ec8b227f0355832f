//! What other software reads from the file: the text, the code, the soundness of the file itself.

use credtrail::pdf::certificate::{Border, BorderStyle, PageSize};
use credtrail::rules::Lang;
use lopdf::Document;

use super::sample::{NAMES, URL, certificate};
use super::tools::print;

#[test]
fn the_printed_facts_are_found_in_the_text() {
    let text = print(&certificate("Jos\u{e9} \u{141}ukasz Nguy\u{1ec5}n")).text();
    for fact in [
        "EXAMPLE BOARD OF PEER SUPPORT",
        "Example Board of Peer Support",
        "Certificate",
        "Jos\u{e9} \u{141}ukasz Nguy\u{1ec5}n",
        "Certified Peer Support Specialist",
        "Status on the day of issue: Active",
        "NE26 0412 7835",
        "March 5, 2026",
        "March 6, 2026",
        "March 4, 2028",
        "Margaret Oyelaran",
        URL,
        "give the certificate number NE26 0412 7835",
    ] {
        assert!(text.contains(fact), "`{fact}` is not in: {text}");
    }
}

#[test]
fn a_spanish_certificate_speaks_spanish() {
    let mut model = certificate("Ana Mu\u{f1}oz");
    model.design.lang = Lang::Es;
    let text = print(&model).text();
    for fact in
        ["Certificado", "Se certifica que", "N\u{fa}mero de certificado", "5 de marzo de 2026", "V\u{e1}lido hasta"]
    {
        assert!(text.contains(fact), "`{fact}` is not in: {text}");
    }
    for english in ["Certificate", "certifies", "Valid", "March"] {
        assert!(!text.contains(english), "`{english}` is in: {text}");
    }
}

#[test]
fn names_written_from_left_to_right_are_found_in_the_text() {
    for script in
        ["Greek", "Cyrillic", "Devanagari", "Chinese", "Japanese", "Korean", "Thai", "Ethiopic", "Tamil", "Bengali"]
    {
        let (_, name) = NAMES.into_iter().find(|(known, _)| *known == script).expect("a name in the script");
        let text = print(&certificate(name)).text();
        assert!(text.contains(name), "{script}: `{name}` is not in: {text}");
    }
}

/// poppler prints such text in the order of the page, so the text itself is looked for in the file.
#[test]
fn names_written_from_right_to_left_are_carried_as_text() {
    for script in ["Arabic", "Hebrew", "N'Ko", "two directions"] {
        let (_, name) = NAMES.into_iter().find(|(known, _)| *known == script).expect("a name in the script");
        let texts = actual_texts(&print(&certificate(name)).bytes);
        assert!(texts.iter().any(|text| text == name), "{script}: `{name}` is not among {texts:?}");
    }
}

/// The texts given for runs whose glyphs do not tell them.
fn actual_texts(file: &[u8]) -> Vec<String> {
    let document = Document::load_mem(file).expect("a readable file");
    let page = document.page_iter().next().expect("a page");
    let content = document.get_and_decode_page_content(page).expect("readable content");
    let marked = content.operations.iter().filter(|operation| operation.operator == "BDC");
    let texts = marked.filter_map(|operation| operation.operands.last()?.as_dict().ok()?.get(b"ActualText").ok());
    texts.map(|text| lopdf::decode_text_string(text).expect("a text")).collect()
}

#[test]
fn the_code_read_from_the_page_is_the_address() {
    for page in [PageSize::Letter, PageSize::A4] {
        let mut model = certificate("Ana Delgado");
        model.design.page = page;
        assert_eq!(print(&model).scan(100), URL, "{page:?}");
    }
}

#[test]
fn a_long_address_is_still_read_and_written_in_full() {
    let mut model = certificate("Ana Delgado");
    model.verify_url =
        format!("https://certification.register.example.org/behind/a/longer/path/verify/{}", "7Qm2kX9tLw".repeat(10));
    let printed = print(&model);
    assert_eq!(printed.scan(150), model.verify_url);
    assert!(printed.text().replace(' ', "").contains(&model.verify_url));
}

#[test]
fn the_dark_part_of_the_code_is_at_least_25_millimetres_wide() {
    let printed = print(&certificate("Ana Delgado"));
    let picture = printed.picture(254);
    // The right quarter of the page below the facts holds the code and, further out, the frame.
    let (from, to) = (picture.width * 700 / 1000, picture.width * 930 / 1000);
    let rows = picture.height * 680 / 1000..picture.height * 900 / 1000;
    let dark = |column: &usize| rows.clone().any(|row| picture.grey[row * picture.width + column] < 128);
    let first = (from..to).find(dark).expect("a code");
    let last = (from..to).rev().find(dark).expect("a code");
    // 254 dots an inch are ten a millimetre.
    assert!(last - first + 1 >= 250, "{} tenths of a millimetre", last - first + 1);
}

#[test]
fn qpdf_finds_the_file_sound_in_every_design() {
    for page in [PageSize::Letter, PageSize::A4] {
        for style in [BorderStyle::Engraved, BorderStyle::Double, BorderStyle::Plain] {
            let mut model = certificate("\u{645}\u{62d}\u{645}\u{62f} Jos\u{e9} \u{674e}");
            model.design.page = page;
            model.design.border = Border { style, ..model.design.border };
            model.valid_through = None;
            model.status = None;
            model.design.signatory = None;
            let said = print(&model).check_with_qpdf();
            let said = String::from_utf8_lossy(&said.stdout).into_owned();
            assert!(said.contains("No syntax or stream encoding errors"), "{page:?} {style:?}: {said}");
        }
    }
}
