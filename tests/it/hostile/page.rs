//! Every test that the page names is there.

use std::collections::BTreeSet;
use std::path::Path;

fn read_all(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_all(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push_str(&std::fs::read_to_string(&path).expect("a source file"));
        }
    }
}

/// What stands in backticks in the last column of the page's table.
fn named(page: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for line in page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")) {
        let column = line.trim_end_matches([' ', '|']).rsplit(" | ").next().unwrap_or_default();
        let quoted = column.split('`').skip(1).step_by(2);
        names.extend(quoted.filter(|text| text.contains('_') && !text.contains(['.', '/', '*'])));
    }
    names
}

#[test]
fn every_test_that_the_page_on_bad_input_names_is_there() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(here.join("docs/bad-input.md")).expect("the page");
    let mut sources = String::new();
    read_all(&here.join("src"), &mut sources);
    read_all(&here.join("tests"), &mut sources);
    let names = named(&page);
    assert!(names.len() > 40, "the page names {} tests", names.len());
    let missing: Vec<&&str> = names.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "the page names tests that are not there: {missing:?}");
}
