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
    let lines = diff::lines(&difference, lang);
    lines.get(1..).unwrap_or_default().join("\n")
}

#[test]
fn a_higher_amount_is_told_as_what_was_what_becomes_and_whom_it_is_harder_for() {
    let change = [("\"46 hours\"", "\"60 hours\"")];
    assert_eq!(
        lines(&change, Lang::En),
        "Training: changed. Harder for people who become certified (Initial certificate).\n  was: at least 46 hours; becomes: at least 60 hours\nHarder: 1."
    );
    assert_eq!(
        lines(&change, Lang::Es),
        "Capacitación: cambia. Más difícil para quienes obtienen el certificado (Certificado inicial).\n  era: al menos 46 horas; pasa a ser: al menos 60 horas\nMás difícil: 1."
    );
}

#[test]
fn parts_limits_windows_and_whole_rules_are_told() {
    let text = lines(&[("at_most     = \"20 hours\"", "at_most     = \"30 hours\"")], Lang::En);
    assert!(
        text.starts_with("Training, Self-paced courses: changed. Easier for people who become certified"),
        "{text}"
    );
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

/// A heading of the page with all its lines.
fn block(heading: &str) -> String {
    let page = include_str!("../../../docs/rules/language.md");
    let text = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let at = text.find(heading).unwrap_or_else(|| panic!("{heading}"));
    let rest = text.get(at..).unwrap();
    rest.get(..rest.find("\n\n").map_or(rest.len(), |end| end + 1)).unwrap().to_owned()
}

#[test]
fn a_topic_that_comes_goes_or_gets_other_names_is_told() {
    let new = "[topic.ethics]";
    let more = "[topic.humor]\nlabel = \"Humor\"\nlabel_es = \"Humor\"\n\n[topic.ethics]";
    let text = lines(&[(new, more)], Lang::En);
    assert_eq!(text, "Topic “Humor”: new. Easier for everyone.\n  new: courses on it can count\nEasier: 1.");
    let with = page(&[(new, more)]);
    let gone = diff::difference(&with.versions[0], &page(&[]).versions[0]);
    let text = diff::lines(&gone, Lang::Es).join("\n");
    assert!(
        text.contains(
            "Tema «Humor»: ya no figura. Más difícil para todos.\n  ya no: los cursos sobre este tema pueden contar"
        ),
        "{text}"
    );
    let never = page(&[(new, &more.replace("\n\n", "\nnever_counts = true\n\n"))]);
    let text = diff::lines(&diff::difference(&with.versions[0], &never.versions[0]), Lang::En).join("\n");
    assert!(text.contains("Topic “Humor”: changed. Harder for everyone."), "{text}");
    assert!(text.contains("was: courses on it can count; becomes: courses on it never count"), "{text}");
    let renamed = page(&[(new, &more.replace("label = \"Humor\"", "label = \"Laughing\""))]);
    let text = diff::lines(&diff::difference(&with.versions[0], &renamed.versions[0]), Lang::En).join("\n");
    assert!(text.contains("was: called “Humor”; becomes: called “Laughing”"), "{text}");
    let named = page(&[(new, &more.replace("\n\n", "\nsynonyms = [\"jokes\"]\n\n"))]);
    let text = diff::lines(&diff::difference(&with.versions[0], &named.versions[0]), Lang::En).join("\n");
    assert!(
        text.contains("Topic “Humor”: changed. Easier for everyone.\n  new: records may also call it: jokes"),
        "{text}"
    );
    let text = diff::lines(&diff::difference(&named.versions[0], &with.versions[0]), Lang::En).join("\n");
    assert!(text.contains("Topic “Humor”: changed. Harder for everyone."), "{text}");
}

#[test]
fn a_stage_is_told_clause_by_clause_and_each_says_which_way_it_goes() {
    let stage = block("[[stage]]\nid       = \"full\"");
    let term = stage.lines().find(|line| line.starts_with("term ")).unwrap().to_owned();
    let change = diff::difference(
        &page(&[(&stage, &stage.replace(&term, "term = \"24 months\"\nrenewals = 1"))]).versions[0],
        &page(&[(&stage, &stage.replace(&term, "term = \"24 months\"\nrenewals = 3"))]).versions[0],
    );
    let text = diff::lines(&change, Lang::En).join("\n");
    assert!(
        text.contains("Stage “Full certificate”: changed. Easier for everyone.\n  was: it can be renewed once; becomes: it can be renewed 3 times\nEasier: 1."),
        "{text}"
    );
}

#[test]
fn the_first_line_names_both_versions_with_their_days() {
    let difference = diff::difference(&page(&[]).versions[0], &page(&[]).versions[0]);
    let named = diff::sides(&difference, Lang::En);
    assert!(named.ends_with("(us-xx-ps). Before: rules from July 1, 2024. After: rules from July 1, 2024."), "{named}");
    assert!(diff::sides(&difference, Lang::Es).contains("Antes: reglas desde el 1 de julio de 2024."));
}

#[test]
fn a_part_is_named_with_the_rule_it_belongs_to() {
    let pack = page(&[]);
    let version = &pack.versions[0];
    let stated = version.written_out();
    let part = stated.split("\n\n").find(|block| block.contains("[[initial.learning.topic]]")).unwrap().to_owned();
    let without = Pack::parse(&[("2024-07-01.toml", &stated.replacen(&part, "", 1))]).unwrap();
    let text = diff::lines(&diff::difference(version, &without.versions[0]), Lang::En).join("\n");
    assert!(text.contains("Training, Ethics: no longer asked. Easier for people who become certified"), "{text}");
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
