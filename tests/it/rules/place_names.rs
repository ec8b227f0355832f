//! Names on the pages of packs: of regions, of topics where there are none, of other boards' certificates.

use credtrail::packs;
use credtrail::rules::Lang;
use credtrail::rules::render;

use super::renderings::{sentences, shipped};

#[test]
fn every_region_of_a_shipped_pack_has_a_name() {
    for folder in packs::shipped_folders() {
        let (region, _) = folder.split_once('/').unwrap();
        let name = render::place(region, Lang::En);
        assert_ne!(name, region.to_uppercase(), "{folder}");
    }
    let denmark = [Lang::En, Lang::Es].map(|lang| render::place("dk", lang));
    assert_eq!(denmark, ["Denmark", "Dinamarca"]);
}

#[test]
fn a_pack_without_topics_speaks_of_no_other_ones() {
    for pack in shipped() {
        let bare = pack.versions.iter().filter(|version| version.topics.is_empty());
        for page in bare.map(|version| render::page(version, Lang::En)) {
            let others: Vec<String> =
                sentences(&page).into_iter().filter(|said| said.contains("ther topics")).collect();
            assert!(others.is_empty(), "{}: {others:#?}", pack.id);
        }
    }
}

#[test]
fn certificates_of_others_that_virginia_takes_have_names() {
    let virginia = packs::shipped_pack("us-va-rprs").unwrap();
    for (lang, names) in [
        (Lang::En, ["Peer Specialist of Veterans Affairs (federal)", "another body that the Department approves"]),
        (Lang::Es, ["Asuntos de los Veteranos (federal)", "otra entidad que el Departamento aprueba"]),
    ] {
        for version in &virginia.versions {
            let said = sentences(&render::page(version, lang)).join("\n");
            assert!(names.iter().all(|name| said.contains(name)), "{said}");
            assert!(!said.contains("FEDERAL-PS") && !said.contains("X-DBHDS"), "{said}");
        }
    }
}
