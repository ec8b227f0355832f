//! What the file says about itself: language, title, structure, and that it is the same every time.

use credtrail::pdf::certificate::{PageSize, build};
use credtrail::rules::Lang;
use lopdf::{Dictionary, Document, Object};

use super::sample::{NAMES, URL, certificate};

fn read(file: &[u8]) -> Document {
    Document::load_mem(file).expect("a readable file")
}

fn text(dictionary: &Dictionary, key: &str) -> String {
    let object = dictionary.get(key.as_bytes()).unwrap_or_else(|_| panic!("no /{key}"));
    lopdf::decode_text_string(object).expect("a text")
}

fn info(document: &Document) -> &Dictionary {
    let id = document.trailer.get(b"Info").and_then(Object::as_reference).expect("an Info dictionary");
    document.get_dictionary(id).expect("an Info dictionary")
}

#[test]
fn the_same_certificate_gives_the_same_bytes() {
    for (script, name) in NAMES {
        let model = certificate(name);
        let first = build(&model).expect("a certificate");
        let mut other = certificate("Somebody Else");
        other.design.page = PageSize::A4;
        build(&other).expect("a certificate");
        assert!(first == build(&model).expect("a certificate"), "{script}: two runs differ");
    }
}

#[test]
fn different_certificates_have_different_identifiers() {
    let id = |name: &str| {
        let document = read(&build(&certificate(name)).expect("a certificate"));
        let ids = document.trailer.get(b"ID").and_then(Object::as_array).expect("identifiers").clone();
        ids[0].as_str().expect("an identifier").to_vec()
    };
    assert_eq!(id("Ana Delgado"), id("Ana Delgado"));
    assert_ne!(id("Ana Delgado"), id("Ana Delgada"));
}

#[test]
fn language_and_title_are_said_and_the_title_is_shown() {
    for lang in Lang::ALL {
        let mut model = certificate("Ana <Delgado> & Co");
        model.design.lang = lang;
        let document = read(&build(&model).expect("a certificate"));
        let catalog = document.catalog().expect("a catalog");
        assert_eq!(text(catalog, "Lang"), lang.tag());
        let shown = document.get_dict_in_dict(catalog, b"ViewerPreferences").expect("viewer preferences");
        assert_eq!(shown.get(b"DisplayDocTitle").and_then(Object::as_bool).ok(), Some(true));
        let title = "Certified Peer Support Specialist: Ana <Delgado> & Co";
        assert_eq!(text(info(&document), "Title"), title);
        assert_eq!(text(info(&document), "Author"), model.design.board);
        let metadata = catalog.get(b"Metadata").and_then(Object::as_reference).expect("metadata");
        let packet = document.get_object(metadata).and_then(Object::as_stream).expect("metadata");
        let packet = std::str::from_utf8(&packet.content).expect("UTF-8");
        assert!(packet.contains("Ana &lt;Delgado&gt; &amp; Co"), "{packet}");
    }
}

#[test]
fn the_days_in_the_file_are_the_day_of_issue_and_not_today() {
    let document = read(&build(&certificate("Ana Delgado")).expect("a certificate"));
    assert_eq!(text(info(&document), "CreationDate"), "D:20260305000000Z");
    assert_eq!(text(info(&document), "ModDate"), "D:20260305000000Z");
}

#[test]
fn the_address_is_a_link_that_is_printed_and_has_words() {
    let document = read(&build(&certificate("Ana Delgado")).expect("a certificate"));
    let page = document.page_iter().next().expect("a page");
    let annotations = document.get_page_annotations(page).expect("annotations");
    assert_eq!(annotations.len(), 1);
    let link = annotations[0];
    assert_eq!(link.get(b"F").and_then(Object::as_i64).ok(), Some(4), "the Print flag");
    assert_eq!(text(link, "Contents"), format!("Check this certificate at {URL}"));
    let action = link.get(b"A").and_then(Object::as_dict).expect("an action");
    assert_eq!(action.get(b"URI").and_then(Object::as_str).ok(), Some(URL.as_bytes()));
}

#[test]
fn the_page_is_tagged_in_the_order_in_which_it_is_read() {
    let document = read(&build(&certificate("Ana Delgado")).expect("a certificate"));
    let catalog = document.catalog().expect("a catalog");
    let marked = document.get_dict_in_dict(catalog, b"MarkInfo").expect("MarkInfo");
    assert_eq!(marked.get(b"Marked").and_then(Object::as_bool).ok(), Some(true));
    let root = document.get_dict_in_dict(catalog, b"StructTreeRoot").expect("a structure tree");
    let whole = kids(&document, root);
    assert_eq!(whole.len(), 1);
    let elements: Vec<String> = kids(&document, whole[0]).into_iter().map(kind).collect();
    let expected = ["Figure", "P", "H1", "P", "P", "P", "P", "P", "P", "P", "P", "P", "P", "P", "P", "P", "Figure"];
    assert_eq!(elements, expected);
    for element in kids(&document, whole[0]).into_iter().filter(|element| kind(element) == "Figure") {
        let words = text(element, "Alt");
        assert!(words.contains(URL) || words == "Seal of Example Board of Peer Support", "{words}");
    }
}

fn kids<'a>(document: &'a Document, element: &'a Dictionary) -> Vec<&'a Dictionary> {
    let kids = element.get(b"K").and_then(Object::as_array).expect("kids");
    kids.iter().filter_map(|kid| document.get_dictionary(kid.as_reference().ok()?).ok()).collect()
}

fn kind(element: &Dictionary) -> String {
    String::from_utf8(element.get(b"S").and_then(Object::as_name).expect("a type").to_vec()).expect("ASCII")
}

#[test]
fn every_numbered_piece_of_the_page_belongs_to_one_element() {
    let document = read(&build(&certificate("\u{645}\u{62d}\u{645}\u{62f}")).expect("a certificate"));
    let page = document.page_iter().next().expect("a page");
    let content = document.get_and_decode_page_content(page).expect("readable content");
    let marked = content.operations.iter().filter(|operation| operation.operator == "BDC");
    let mut numbers: Vec<i64> = marked
        .filter_map(|operation| operation.operands.last()?.as_dict().ok()?.get(b"MCID").and_then(Object::as_i64).ok())
        .collect();
    numbers.sort_unstable();
    let catalog = document.catalog().expect("a catalog");
    let root = document.get_dict_in_dict(catalog, b"StructTreeRoot").expect("a structure tree");
    let tree = document.get_dict_in_dict(root, b"ParentTree").expect("a parent tree");
    let entries = tree.get(b"Nums").and_then(Object::as_array).expect("entries");
    let parents = entries[1].as_array().expect("the page's parents").len();
    let expected: Vec<i64> = (0..).take(parents).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn every_typeface_is_embedded_and_cut() {
    let document = read(&build(&certificate("\u{645}\u{62d}\u{645}\u{62f} \u{674e} Ana")).expect("a certificate"));
    let descriptors: Vec<&Dictionary> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.has_type(b"FontDescriptor"))
        .collect();
    assert!(descriptors.len() >= 6, "{}", descriptors.len());
    for descriptor in descriptors {
        let name = descriptor.get(b"FontName").and_then(Object::as_name).expect("a name");
        assert_eq!(name.get(6), Some(&b'+'), "{} carries no mark of a cut font", String::from_utf8_lossy(name));
        assert!(descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"), "{}", String::from_utf8_lossy(name));
    }
}

#[test]
fn a_certificate_stays_small() {
    for (script, name) in NAMES {
        let bytes = build(&certificate(name)).expect("a certificate").len();
        assert!(bytes < 64_000, "{script}: {bytes} bytes");
    }
}
