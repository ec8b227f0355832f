//! What the page says in the reader's language where an answer was written in another.

use credtrail::packs;
use credtrail::rules::{Lang, worked};
use credtrail::web::pages::progress::voice::Voice;

#[test]
fn a_next_step_that_belongs_to_no_requirement_is_read_in_the_readers_language() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules/us-ca/mcpss");
    let pack = packs::load(folder.as_ref()).unwrap();
    let example = pack.examples.iter().find(|one| one.name == "on the day after it has expired").unwrap();
    let (version, answer) = worked::answer(&pack, example).unwrap();
    let said = |lang| Voice::new(lang, Some(version), &answer).step(&answer, &answer.next[0]);
    assert_eq!(said(Lang::En), "The time to renew ended on March 14, 2025. Ask the board how to come back");
    assert_eq!(said(Lang::Es), "El plazo para renovar terminó el 14 de marzo de 2025. Pregunte a la junta cómo volver");
}
