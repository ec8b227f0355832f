//! What a comparison of two versions must not pass over, and which way it says that a change goes.

use credtrail::rules::diff::{self, Difference};
use credtrail::rules::pack::stricter::Way;
use credtrail::rules::{Lang, Pack, render};

const HEAD: &str = r#"credential = "us-xx-ps"
name = "Peer Specialist"
name_es = "Especialista"
board = "Board"
time_zone = "America/Chicago"
in_force = { from = 2024-07-01 }
verified = false
hour = "60 minutes"
[source.handbook]
title = "Handbook"
url = "https://example.org/handbook"
read_on = 2026-01-01
[topic.ethics]
label = "Ethics"
label_es = "Ética"
[topic.law]
label = "Law"
label_es = "Ley"
[[stage]]
id = "full"
label = "Full"
label_es = "Pleno"
term = "24 months"
"#;

fn pack(rules: &str) -> Pack {
    let text = format!("{HEAD}{rules}");
    Pack::parse(&[("us-xx/ps/2024-07-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

/// A rule under a sort, with a name.
fn rule(sort: &str, id: &str, says: &str) -> String {
    format!("[[{sort}]]\nid = \"{id}\"\nlabel = \"R {id}\"\nlabel_es = \"R {id}\"\ncite = \"handbook\"\n{says}\n")
}

fn between(before: &str, after: &str) -> Difference {
    diff::difference(&pack(before).versions[0], &pack(after).versions[0])
}

/// The first way that is told, and all lines but the first in English.
fn told(before: &str, after: &str) -> (Option<Way>, String) {
    let difference = between(before, after);
    let lines = diff::lines(&difference, Lang::En).split_off(1).join("\n");
    (difference.changes.first().map(|change| change.way), lines)
}

/// Two branches under a sort.
fn choice(sort: &str, least: &str, first: &str) -> String {
    let branch = |id: &str, kind: &str, more: &str| {
        rule(&format!("initial.{sort}.attestation"), id, &format!("attestation = \"{kind}\"\n{more}"))
    };
    rule(&format!("initial.{sort}"), "r", least) + &branch("a", "identity", first) + &branch("b", "literacy", "")
}

#[test]
fn all_of_what_was_a_choice_is_harder_and_a_choice_of_what_was_all_is_easier() {
    for least in ["", "at_least = 1"] {
        let (any, all) = (choice("any_of", least, ""), choice("all_of", "", ""));
        let (way, lines) = told(&any, &all);
        assert_eq!(way, Some(Way::Harder), "{lines}");
        assert!(lines.contains("was: one of these is enough; becomes: all of these are needed\n"), "{lines}");
        assert_eq!(told(&all, &any).0, Some(Way::Easier));
    }
    assert_eq!(told(&choice("any_of", "at_least = 2", ""), &choice("all_of", "", "")).0, Some(Way::Same));
}

#[test]
fn hours_of_work_in_place_of_hours_of_learning_are_a_change_and_read_otherwise() {
    let learning = rule("initial.learning", "r", "at_least = \"46 hours\"");
    let service = rule("initial.service", "r", "at_least = \"46 hours\"");
    let (way, lines) = told(&learning, &service);
    assert_eq!(way, Some(Way::Unclear));
    assert!(lines.contains("was: courses and other learning count; becomes: work and other practice count"), "{lines}");
}

#[test]
fn the_topics_of_a_group_with_topics_inside_it_are_compared() {
    let group = |topics: &str| {
        rule("initial.learning", "r", "at_least = \"46 hours\"")
            + &format!(
                "[[initial.learning.topic]]\nid = \"e\"\nlabel = \"Group\"\nlabel_es = \"Grupo\"\ntopics = [{topics}]\nat_least = \"10 hours\"\n\
                 [[initial.learning.topic.topic]]\ntopic = \"ethics\"\nat_least = \"5 hours\"\n"
            )
    };
    let (way, lines) = told(&group("\"ethics\""), &group("\"ethics\", \"law\""));
    assert_eq!(way, Some(Way::Easier), "{lines}");
    assert!(lines.contains("was: on Ethics; becomes: on Ethics and Law"), "{lines}");
    assert_eq!(told(&group("\"ethics\", \"law\""), &group("\"ethics\"")).0, Some(Way::Harder));
}

#[test]
fn days_and_approval_of_a_topic_are_held_against_those_of_the_total_that_held_before() {
    let with = |total: &str, topic: &str| {
        rule("initial.learning", "r", &format!("at_least = \"46 hours\"\n{total}"))
            + &format!("[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"10 hours\"\n{topic}\n")
    };
    let year = "window = \"12 months before application\"";
    for (topic, way) in [
        ("window = \"24 months before application\"", Way::Easier),
        ("window = \"no limit\"", Way::Easier),
        ("window = \"6 months before application\"", Way::Harder),
        (year, Way::Same),
    ] {
        assert_eq!(told(&with(year, ""), &with(year, topic)).0, Some(way), "{topic}");
    }
    assert_eq!(told(&with("approved = true", ""), &with("approved = true", "approved = false")).0, Some(Way::Easier));
    assert_eq!(told(&with("", ""), &with("", "approved = true")).0, Some(Way::Harder));
}

#[test]
fn to_say_what_holds_anyway_is_no_change() {
    let learning = |more: &str| rule("initial.learning", "r", &format!("at_least = \"46 hours\"\n{more}"));
    let paper = |more: &str| rule("initial.attestation", "r", &format!("attestation = \"reference\"\n{more}"));
    let topic = |more: &str| {
        learning("") + &format!("[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"10 hours\"\n{more}\n")
    };
    for (without, with) in [
        (choice("any_of", "", ""), choice("any_of", "at_least = 1", "")),
        (learning(""), learning("approved = false")),
        (learning(""), learning("whole = false")),
        (learning(""), learning("repeats = \"counted\"")),
        (paper(""), paper("different_people = false")),
        (paper(""), paper("count = 1")),
        (topic(""), topic("independent = false")),
        (topic(""), topic("approved = false")),
    ] {
        for (before, after) in [(&without, &with), (&with, &without)] {
            assert_eq!(told(before, after), (None, "Nothing changes for anyone.".to_owned()), "{with}");
        }
    }
    let (way, lines) =
        told(&paper("count = 2\ndifferent_people = true"), &paper("count = 2\ndifferent_people = false"));
    assert_eq!(way, Some(Way::Easier));
    assert!(lines.contains("no longer: from different people"), "{lines}");
}

#[test]
fn a_branch_that_fewer_people_may_take_leaves_fewer_ways() {
    let only = choice("any_of", "", "when = { employed_as = [\"supervisor\"] }");
    assert_eq!(told(&choice("any_of", "", ""), &only).0, Some(Way::Harder));
    assert_eq!(told(&only, &choice("any_of", "", "")).0, Some(Way::Easier));
    let all = choice("all_of", "", "when = { employed_as = [\"supervisor\"] }");
    assert_eq!(told(&choice("all_of", "", ""), &all).0, Some(Way::Easier), "of all, one less is asked");
}

/// All lines but the first in Spanish.
fn told_in_spanish(before: &str, after: &str) -> String {
    diff::lines(&between(before, after), Lang::Es).split_off(1).join("\n")
}

#[test]
fn a_comparison_in_spanish_has_no_english_and_shows_no_key() {
    let paper = |by: &str| rule("initial.attestation", "r", &format!("attestation = \"reference\"\nby = [{by}]"));
    let text = told_in_spanish(&paper("\"supervisor\", \"reference\""), &paper("\"board\", \"reference\""));
    assert!(text.contains("el supervisor o quien da la referencia; pasa a ser"), "{text}");
    let unit = |size: &str| format!("[unit.x]\nis = \"{size}\"\n") + &rule("initial.age", "r", "at_least = 18");
    let text = told_in_spanish(&unit("1 hour"), &unit("2 hours"));
    assert!(text.contains("era: vale: 1 hora; pasa a ser: vale: 2 horas"), "{text}");
    let two = |more: &str| rule("initial.attestation", "r", &format!("attestation = \"reference\"\ncount = 3\n{more}"));
    let text = told_in_spanish(&two("different_people = true"), &two("different_people = false"));
    assert!(text.contains("ya no: de personas distintas\n"), "{text}");
}

#[test]
fn another_place_in_the_source_is_told_as_such() {
    let instead = |more: &str| {
        rule("initial.learning", "r", "at_least = \"46 hours\"")
            + &format!(
                "[[initial.learning.instead]]\nwhen = {{ employed_as = [\"supervisor\"] }}\nat_least = \"10 hours\"\n{more}\n"
            )
    };
    let cited = instead("cite = \"handbook\"\nclause = \"2\"");
    let (way, text) = told(&instead(""), &cited);
    assert_eq!(way, Some(Way::Same));
    assert!(text.contains("  new: written in Handbook, § 2\n"), "{text}");
    let age = rule("initial.age", "r", "at_least = 18");
    let fee = |more: &str| format!("[[stage.fee]]\nid = \"s\"\namount = \"50 USD\"\n{more}\n{age}");
    let (way, text) = told(&fee(""), &fee("cite = \"handbook\""));
    assert_eq!(way, Some(Way::Same));
    assert!(text.contains("  new: written in: handbook\n") && !text.contains("amount"), "{text}");
}

#[test]
fn what_counts_after_the_end_is_said_in_the_readers_words() {
    let age = rule("initial.age", "r", "at_least = 18");
    let stage = |earns: &str| format!("renewal = {{ grace = \"30 days\", grace_earns = \"{earns}\" }}\n{age}");
    let (way, text) = told(&stage("papers"), &stage("hours"));
    assert_eq!(way, Some(Way::Easier));
    assert!(text.contains("  new: hours earned in that time still count\n"), "{text}");
    let text = told_in_spanish(&stage("papers"), &stage("hours"));
    assert!(text.contains("  nuevo: las horas de ese tiempo todavía cuentan\n"), "{text}");
}

#[test]
fn two_pages_of_learning_and_of_work_differ_and_a_transition_says_when_it_begins() {
    let page = |sort: &str| {
        render::markdown(&pack(&rule(&format!("initial.{sort}"), "r", "at_least = \"46 hours\"")).versions[0], Lang::En)
    };
    assert_ne!(page("learning"), page("service"));
    let age = rule("initial.age", "r", "at_least = 18");
    let moves = "[[transition]]\nid = \"t\"\nlabel = \"T\"\nlabel_es = \"T\"\ncite = \"handbook\"\n\
                 who = { day = \"application\", through = 2024-06-30 }\nthen = \"old\"\nfrom = 2024-08-01\nuntil = 2025-06-30\n";
    let older = format!("{HEAD}{age}").replace("from = 2024-07-01", "from = 2020-01-01, through = 2024-06-30");
    let newer = format!("{HEAD}{age}{moves}");
    let files = [("us-xx/ps/2020-01-01.toml", older.as_str()), ("us-xx/ps/2024-07-01.toml", newer.as_str())];
    let pack = Pack::parse(&files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for (lang, said) in
        [(Lang::En, "This begins on August 1, 2024."), (Lang::Es, "Esto empieza el 1 de agosto de 2024.")]
    {
        let text = render::markdown(pack.versions.last().unwrap(), lang);
        assert!(text.contains(said), "{text}");
    }
}
