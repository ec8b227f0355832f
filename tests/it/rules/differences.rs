//! What a version says in words, and what changes from one to the next.

use credtrail::packs;
use credtrail::rules::diff::{self, What};
use credtrail::rules::pack::stricter::Way;
use credtrail::rules::{Lang, Pack, render};

fn shipped(folder: &str) -> Pack {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules/");
    packs::load(format!("{root}{folder}").as_ref()).unwrap_or_else(|error| panic!("{error}"))
}

/// The pack shown in the page of the language, changed.
fn page(changes: &[(&str, &str)]) -> Pack {
    let page = include_str!("../../../docs/rules/language.md");
    let mut text = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    Pack::parse(&[("2024-07-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn lines(changes: &[(&str, &str)], lang: Lang) -> String {
    let difference = diff::difference(&page(&[]).versions[0], &page(changes).versions[0]);
    diff::lines(&difference, lang).join("\n")
}

#[test]
fn a_higher_amount_is_told_as_what_was_what_becomes_and_whom_it_is_harder_for() {
    let change = [("\"46 hours\"", "\"60 hours\"")];
    assert_eq!(
        lines(&change, Lang::En),
        "Training: changed. Harder for people who become certified (Initial certificate).\n  was: at least 46 hours; becomes: at least 60 hours\n1 harder, 0 easier, 0 to be looked at."
    );
    assert_eq!(
        lines(&change, Lang::Es),
        "Formación: cambia. Más difícil para quienes obtienen el certificado (Certificado inicial).\n  era: al menos 46 horas; pasa a ser: al menos 60 horas\n1 más difícil, 0 más fáciles, 0 por revisar."
    );
}

#[test]
fn parts_limits_windows_and_whole_rules_are_told() {
    let text = lines(&[("at_most     = \"20 hours\"", "at_most     = \"30 hours\"")], Lang::En);
    assert!(text.starts_with("Self-paced courses: changed. Easier for people who become certified"), "{text}");
    let text = lines(&[], Lang::En);
    assert_eq!(text, "Nothing changes for anyone.");
    let text = lines(&[("\"24 months before application\"", "\"12 months before application\"")], Lang::En);
    assert!(text.contains("was: in the 24 months before the application; becomes: in the 12 months"), "{text}");
    let gone = "[[initial.decision]]\nid       = \"portfolio\"\nstage    = \"full\"\nlabel    = \"Portfolio review\"\nlabel_es = \"Revisión del portafolio\"\ncite     = \"handbook\"\nby       = \"board\"\nevidence = [\"portfolio\"]\n";
    let text = lines(&[(gone, "")], Lang::En);
    assert!(
        text.starts_with(
            "Portfolio review: no longer asked. Easier for people who become certified (Full certificate)."
        ),
        "{text}"
    );
    let text = lines(&[("hour         = \"60 minutes\"", "hour         = \"50 minutes\"")], Lang::En);
    assert!(text.contains("Length of an hour") && text.contains("Training: changed. Easier"), "{text}");
}

#[test]
fn a_change_nobody_can_judge_from_the_words_is_said_to_be_one() {
    let changed = page(&[(
        "repeats     = \"refused\"",
        "repeats     = \"refused\"\nrounding = { step = \"1 hour\", mode = \"ceil\", scope = \"total\" }",
    )]);
    let difference = diff::difference(&page(&[]).versions[0], &changed.versions[0]);
    assert_eq!((difference.changes[0].what, difference.changes[0].way), (What::Changed, Way::Unclear));
}

#[test]
fn every_shipped_pack_makes_a_page_in_both_languages_that_says_every_rule_and_source() {
    for folder in ["us-ne/cpss", "us-tx/peer", "us-ny/crpa", "intl/icrc-pr", "us-oh/cprs"] {
        let pack = shipped(folder);
        let version = &pack.versions[0];
        for lang in Lang::ALL {
            let page = render::markdown(version, lang);
            for rule in version.purposes.values().flat_map(|rules| &rules.rules) {
                let label = rule.label.in_lang(lang).replace('_', "\\_");
                assert!(page.contains(&label), "{folder}: {label}\n{page}");
            }
            for source in version.sources.values() {
                assert!(page.contains(&source.url), "{folder}: {}", source.url);
            }
            assert!(!page.contains("at_least") && !page.contains("None"), "{folder}:\n{page}");
        }
    }
}

#[test]
fn a_page_says_amounts_windows_and_stages_in_plain_words() {
    let pack = page(&[]);
    let english = render::markdown(&pack.versions[0], Lang::En);
    assert!(
        english.contains("* **Training**: At least 46 hours, in the 24 months before the application."),
        "{english}"
    );
    assert!(english.contains("  * **Ethics**: At least 10 hours."), "{english}");
    assert!(english.contains("not yet confirmed by the board"), "{english}");
    let spanish = render::markdown(&pack.versions[0], Lang::Es);
    assert!(spanish.contains("Al menos 46 horas, en los 24 meses antes de la solicitud."), "{spanish}");
}

#[test]
fn a_label_cannot_put_markdown_into_the_page() {
    let pack = page(&[("label     = \"Training\"", "label    = \"<script> [x](http://y) *z*\"")]);
    let text = render::markdown(&pack.versions[0], Lang::En);
    assert!(text.contains("\\<script\\> \\[x\\](http://y) \\*z\\*"), "{text}");
}
