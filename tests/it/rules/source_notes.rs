//! Notes about the sources: read, kept, and shown on the page of the rules.

use std::path::Path;

use credtrail::packs;
use credtrail::rules::{Lang, Pack, render};

use super::small::{pack, rule};

const NOTES: &str = r#"
[[note]]
text    = "The pages differ: 40 hours or 50. Written here: 50."
text_es = "Las páginas no coinciden: 40 horas o 50. Aquí: 50."
cite    = "s"
clause  = "4"

[[note]]
text = """\
  Not said by the sources, \
  so not asked: fees."""
"#;

#[test]
fn the_page_shows_notes_with_their_source_and_what_is_in_another_language() {
    let pack = pack("", &(rule("event", "hired", "events = [\"hired\"]") + NOTES));
    let version = &pack.versions[0];
    let english = render::markdown(version, Lang::En);
    let shown = "\n## Notes about the sources\n\n* The pages differ: 40 hours or 50. Written here: 50.[^2]\n\
                 * Not said by the sources, so not asked: fees.\n";
    assert!(english.contains(shown), "{english}");
    assert!(english.contains("[^2]: [S, 4]"), "{english}");
    let spanish = render::markdown(version, Lang::Es);
    let shown = "\n## Notas sobre las fuentes\n\nLo que aún no está traducido está en inglés.\n\n\
                 * Las páginas no coinciden: 40 horas o 50. Aquí: 50.[^2]\n* Not said by the sources, so not asked: fees.\n";
    assert!(spanish.contains(shown), "{spanish}");
    let page = render::page(version, Lang::Es);
    let notes = page.sections.iter().find(|section| section.id == "notes").unwrap();
    assert_eq!(notes.groups[0].items.iter().map(|item| item.lang).collect::<Vec<_>>(), [None, Some(Lang::En)]);
    assert!(
        render::page(version, Lang::En)
            .sections
            .iter()
            .flat_map(|section| &section.groups)
            .all(|group| { group.items.iter().all(|item| item.lang.is_none()) })
    );
}

#[test]
fn a_version_without_notes_has_no_such_section() {
    let pack = pack("", &rule("event", "hired", "events = [\"hired\"]"));
    for lang in Lang::ALL {
        assert!(render::page(&pack.versions[0], lang).sections.iter().all(|section| section.id != "notes"));
    }
}

#[test]
fn notes_belong_to_the_version_and_its_hash_and_are_kept_when_it_is_written_out() {
    let rules = rule("event", "hired", "events = [\"hired\"]");
    let (with, without) = (pack("", &(rules.clone() + NOTES)), pack("", &rules));
    assert_ne!(with.versions[0].hash, without.versions[0].hash);
    let again = Pack::parse(&[("2020-01-01.toml", &with.versions[0].written_out())]).unwrap();
    assert_eq!((&again.versions[0].notes, &again.versions[0].hash), (&with.versions[0].notes, &with.versions[0].hash));
}

#[test]
fn where_the_sources_of_a_shipped_pack_differ_the_page_says_it_and_no_comment_alone() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    let (mut notes, mut versions) = (0, 0);
    for path in packs::find(folder).unwrap() {
        for version in packs::load(&path).unwrap().versions {
            let text = std::fs::read_to_string(&version.file).unwrap();
            let hidden: Vec<&str> = text.lines().filter(|line| line.starts_with("# Where the source")).collect();
            assert!(hidden.is_empty(), "{}: {hidden:?}", version.file);
            notes += version.notes.len();
            versions += usize::from(!version.notes.is_empty());
        }
    }
    assert!(notes >= 90 && versions >= 60, "{notes} notes in {versions} versions");
}

#[test]
fn every_note_of_a_shipped_pack_can_be_read_in_spanish() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    for path in packs::find(folder).unwrap() {
        for version in packs::load(&path).unwrap().versions {
            let english: Vec<&str> = version
                .notes
                .iter()
                .filter(|note| !note.is_translated || note.text.en == note.text.es)
                .map(|note| note.text.en.as_str())
                .collect();
            assert!(english.is_empty(), "{}: {english:#?}", version.file);
        }
    }
}
