//! Which way a pack goes from its base: what spares people through branches, topics and other needs, and what is plainly tighter.

use credtrail::rules::Pack;
use credtrail::rules::pack::Base;

use super::inheritance::{BASE, HEAD, good, refused};

#[test]
fn what_is_needed_said_in_another_way_than_in_the_base_asks_for_a_word() {
    let base = format!(
        "{BASE}[[initial.service]]\nid = \"work\"\nlabel = \"W\"\nlabel_es = \"T\"\ncite = \"standard\"\nat_least = \"500 hours\"\n\
         [[initial.service]]\nid = \"sup\"\nlabel = \"S\"\nlabel_es = \"S\"\ncite = \"standard\"\nratio = {{ one_hour_per = \"25 hours\", of = \"work\" }}\n"
    );
    let codes = |own: &str| codes_on(&base, own);
    let own = |more: &str| format!("[[initial.service]]\nid = \"sup\"\n{more}\n");
    assert_eq!(codes(&own("count = 1")), ["unclear_change"]);
    assert_eq!(codes(&own("at_least = \"1 hour\"")), ["unclear_change"]);
    let faster = "ratio = { one_hour_per = \"20 hours\", of = \"work\" }";
    assert_eq!(codes(&own(faster)), [""; 0]);
    assert_eq!(codes(&own(&format!("{}\ntightens = \"x\"", faster.replace("20", "5000")))), ["loosens"]);
}

/// The codes of the problems of a pack on this base.
fn codes_on(base: &str, own: &str) -> Vec<&'static str> {
    let bases = [Base { folder: "intl/pr", files: vec![("intl/pr/2017-08-01.toml", base)] }];
    let read = Pack::parse_on(&[("us-xx/ps/2024-07-01.toml", &format!("{HEAD}{own}"))], &bases);
    read.err().unwrap_or_default().into_iter().map(|problem| problem.code).collect()
}

/// The base with a rule that is a choice of two.
fn with_choice() -> String {
    let branch = |id: &str| {
        format!(
            "[[initial.any_of.attestation]]\nid = \"{id}\"\nlabel = \"B\"\nlabel_es = \"B\"\ncite = \"standard\"\nattestation = \"identity\"\n\
             window = \"12 months before application\"\n"
        )
    };
    format!(
        "{BASE}[[initial.any_of]]\nid = \"proof\"\nlabel = \"P\"\nlabel_es = \"P\"\ncite = \"standard\"\n{}{}",
        branch("a"),
        branch("b")
    )
}

#[test]
fn holds_and_orders_that_spare_a_branch_of_the_base_say_why_and_a_branch_for_fewer_people_need_not() {
    let base = with_choice();
    let hold = "[[hold]]\nlabel = \"H\"\nlabel_es = \"H\"\ncite = \"handbook\"\nkinds = [\"medical\"]\nwaives = [\"proof.a\"]\n";
    let order = "[[order]]\nid = \"o\"\nlabel = \"O\"\nlabel_es = \"O\"\ncite = \"handbook\"\nextends = [\"proof.a\"]\n\
                 ending = { from = 2025-01-01, through = 2025-06-01 }\nby = \"6 months\"\n";
    for relief in [hold, order] {
        assert_eq!(codes_on(&base, relief), ["loosens"], "{relief}");
        assert_eq!(codes_on(&base, &format!("{relief}loosens = \"State law 71-4\"\n")), [""; 0], "{relief}");
    }
    let branch = "[[initial.any_of]]\nid = \"proof\"\n[[initial.any_of.attestation]]\nid = \"a\"\nwhen = { employed_as = [\"supervisor\"] }\n";
    assert_eq!(codes_on(&base, branch), [""; 0]);
}

#[test]
fn a_topic_of_the_board_that_fills_a_total_of_the_base_says_why() {
    let topic = "[topic.cooking]\nlabel = \"Cooking\"\nlabel_es = \"Cocina\"\n";
    let (problem, words) = refused(topic);
    assert_eq!((problem.code, problem.line), ("loosens", 13), "{words}");
    assert!(words.contains("fill `training` of the base"), "{words}");
    assert!(!good(&format!("{topic}loosens = \"State law 71-4\"\n")).versions[0].written_out().contains("loosens"));
    good(&format!("{topic}never_counts = true\n"));
    let any = BASE.replace("at_least = \"46 hours\"\n", "at_least = \"46 hours\"\nany_topic = true\n");
    assert_eq!(codes_on(&any, topic), [""; 0], "the base takes any topic");
}

/// The base with this said of its training, of its exam and of a reference.
fn saying(training: &str, exam: &str, reference: &str) -> String {
    let base = BASE.replace("at_least = \"46 hours\"\n", &format!("at_least = \"46 hours\"\n{training}\n"));
    format!(
        "{base}{exam}\n[[initial.attestation]]\nid = \"ref\"\nlabel = \"R\"\nlabel_es = \"R\"\ncite = \"standard\"\nattestation = \"reference\"\n{reference}\n\
         [[initial.service]]\nid = \"work\"\nlabel = \"W\"\nlabel_es = \"T\"\ncite = \"standard\"\nat_least = \"500 hours\"\nspread = {{ at_least = \"6 months\" }}\n\
         rate = {{ each = \"week\", at_least = \"10 hours\", for = \"90 days\" }}\n"
    )
}

#[test]
fn tables_and_lists_go_the_way_that_can_be_read_and_tightens_lets_no_loosening_through() {
    let of = |sort: &str, id: &str, more: &str| format!("[[initial.{sort}]]\nid = \"{id}\"\n{more}\n");
    let training = |more: &str| of("learning", "training", more);
    let service = |more: &str| of("service", "work", more);
    let reference = |more: &str| of("attestation", "ref", more);
    let exam = |more: &str| of("exam", "exam", more);
    let floor =
        |least: &str| training("") + &format!("[[initial.learning.floor]]\nid = \"live\"\nat_least = \"{least}\"\n");
    let has_floor = "repeats = \"refused\"\nrepeats_within = \"1 year\"\napproved = { lists = [\"core\", \"more\"] }\n\
                     [[initial.learning.floor]]\nid = \"live\"\nlabel = \"L\"\nlabel_es = \"V\"\nof.delivery = [\"in_person\"]\nat_least = \"50 %\"\n";
    // The floor's table has to stand after the keys of the rule.
    let base =
        saying("", "attempts = { at_most = 3 }", "by = [\"supervisor\", \"board\"]\nrenewed_every = \"12 months\"");
    let (keys, table) = has_floor.split_once("[[").unwrap();
    let base = base.replace("at_least = \"46 hours\"\n", &format!("at_least = \"46 hours\"\n{keys}"));
    let base = base.replace("[[initial.exam]]\n", &format!("[[{table}[[initial.exam]]\n"));
    for (tighter, looser) in [
        (exam("attempts = { at_most = 2 }"), exam("attempts = { at_most = 99 }")),
        (service("spread = { at_least = \"7 months\" }"), service("spread = { at_least = \"1 month\" }")),
        (
            service("rate = { each = \"week\", at_least = \"15 hours\", for = \"90 days\" }"),
            service("rate = { each = \"week\", at_least = \"1 hour\", for = \"90 days\" }"),
        ),
        (reference("renewed_every = \"6 months\""), reference("renewed_every = \"24 months\"")),
        (reference("by = [\"supervisor\"]"), reference("by = [\"supervisor\", \"board\", \"employer\"]")),
        (training("repeats_within = \"3 years\""), training("repeats_within = \"1 month\"")),
        (
            training("approved = { lists = [\"core\"] }"),
            training("approved = { lists = [\"core\", \"more\", \"all\"] }"),
        ),
        (floor("60 %"), floor("1 %")),
    ] {
        assert_eq!(codes_on(&base, &tighter), [""; 0], "{tighter}");
        assert_eq!(codes_on(&base, &looser), ["loosens"], "{looser}");
        assert_eq!(codes_on(&base, &format!("{looser}tightens = \"x\"\n")), ["loosens"], "{looser}");
    }
    for same in ["whole = true", "approved = false"] {
        good(&training(same));
    }
    let approved = BASE.replace("at_least = \"46 hours\"\n", "at_least = \"46 hours\"\napproved = true\n");
    assert_eq!(codes_on(&approved, &training("approved = { by = [\"board\"] }")), [""; 0]);
}

#[test]
fn less_carried_over_is_tighter_and_more_is_looser() {
    let base = format!(
        "{BASE}[[renewal.learning]]\nid = \"ce\"\nlabel = \"C\"\nlabel_es = \"C\"\ncite = \"standard\"\nat_least = \"20 hours\"\nwindow = \"this term\"\n\
         carry_over = {{ at_most = \"10 hours\" }}\n"
    );
    let own = |most: &str| format!("[[renewal.learning]]\nid = \"ce\"\ncarry_over = {{ at_most = \"{most}\" }}\n");
    assert_eq!(codes_on(&base, &own("5 hours")), [""; 0]);
    assert_eq!(codes_on(&base, &own("15 hours")), ["loosens"]);
}

#[test]
fn what_a_limit_speaks_of_a_higher_amount_instead_and_courses_of_one_name_go_the_way_that_can_be_read() {
    let work = "[[initial.service]]\nid = \"work\"\nlabel = \"W\"\nlabel_es = \"T\"\ncite = \"standard\"\nat_least = \"500 hours\"\n\
                [[initial.service.part]]\nid = \"most\"\nlabel = \"M\"\nlabel_es = \"M\"\nof.kind = [\"indirect\"]\nat_most = \"100 hours\"\n\
                [[initial.service.part]]\nid = \"least\"\nlabel = \"L\"\nlabel_es = \"L\"\nof.kind = [\"direct\"]\nat_least = \"100 hours\"\n";
    let base = BASE.replace(
        "at_least = \"46 hours\"\n",
        "at_least = \"46 hours\"\ninstead = [{ when = { path = [\"old\"] }, at_least = \"30 hours\" }]\nrepeats = \"refused\"\n",
    );
    let floor = "[[initial.learning.floor]]\nid = \"live\"\nlabel = \"L\"\nlabel_es = \"V\"\nof.delivery = [\"in_person\", \"hybrid\"]\nat_least = \"50 %\"\n";
    let base = base.replace("[[initial.exam]]\n", &format!("{floor}[[initial.exam]]\n")) + work;
    let training = |more: &str| format!("[[initial.learning]]\nid = \"training\"\n{more}\n");
    let below = |list: &str, id: &str, of: &str| training(&format!("[[initial.learning.{list}]]\nid = \"{id}\"\n{of}"));
    let part = |id: &str, of: &str| {
        format!("[[initial.service]]\nid = \"work\"\n[[initial.service.part]]\nid = \"{id}\"\n{of}\n")
    };
    let instead =
        |least: &str| training(&format!("instead = [{{ when = {{ path = [\"old\"] }}, at_least = \"{least}\" }}]"));
    for (tighter, looser) in [
        (
            below("cap", "online", "of.delivery = [\"self_paced\", \"live_online\"]"),
            below("cap", "online", "of = { delivery = [\"self_paced\"], source = [\"abroad\"] }"),
        ),
        (
            below("floor", "live", "of.delivery = [\"in_person\"]"),
            below("floor", "live", "of.delivery = [\"in_person\", \"hybrid\", \"live_online\"]"),
        ),
        (
            part("most", "of.kind = [\"indirect\", \"observed\"]"),
            part("most", "of = { kind = [\"indirect\"], role = [\"x\"] }"),
        ),
        (
            part("least", "of = { kind = [\"direct\"], role = [\"x\"] }"),
            part("least", "of.kind = [\"direct\", \"observed\"]"),
        ),
        (instead("31 hours"), instead("29 hours")),
        (
            training(
                "instead = [{ when = { path = [\"old\"] }, at_least = \"30 hours\" }, { when = { path = [\"new\"] }, at_least = \"50 hours\" }]",
            ),
            training(
                "instead = [{ when = { path = [\"old\"] }, at_least = \"30 hours\" }, { when = { path = [\"new\"] }, at_least = \"45 hours\" }]",
            ),
        ),
    ] {
        assert_eq!(codes_on(&base, &tighter), [""; 0], "{tighter}");
        assert_eq!(codes_on(&base, &looser), ["loosens"], "{looser}");
    }
    let others = training("instead = [{ when = { path = [\"new\"] }, at_least = \"60 hours\" }]");
    assert_eq!(codes_on(&base, &others), ["unclear_change"]);
    let course = training("same_course = \"course\"");
    assert_eq!(codes_on(&base, &course), [""; 0]);
    let strict = base.replace("repeats = \"refused\"\n", "repeats = \"refused\"\nsame_course = \"course\"\n");
    assert_eq!(codes_on(&strict, &training("same_course = \"course and provider\"")), ["loosens"]);
}

#[test]
fn a_way_less_to_meet_a_choice_needs_no_word_and_a_part_less_of_what_is_all_asked_does() {
    let without = |name: &str, list: &str| {
        format!("[[initial.{name}]]\nid = \"proof\"\n[[initial.{name}.without]]\nid = \"a\"\n{list}")
    };
    let base = with_choice();
    assert_eq!(codes_on(&base, &without("any_of", "")), [""; 0]);
    let bases = [Base { folder: "intl/pr", files: vec![("intl/pr/2017-08-01.toml", base.as_str())] }];
    let read = Pack::parse_on(&[("us-xx/ps/2024-07-01.toml", &format!("{HEAD}{}", without("any_of", "")))], &bases);
    let text = read.unwrap().versions[0].written_out();
    assert!(text.contains("id = \"b\"") && !text.contains("id = \"a\""), "{text}");
    let all = base.replace("any_of", "all_of");
    assert_eq!(codes_on(&all, &without("all_of", "")), ["loosens"]);
    assert_eq!(codes_on(&all, &without("all_of", "loosens = \"State law 71-4\"\n")), [""; 0]);
}

/// The base with a way back: education, and an exam after a long time.
fn with_return(ladder: &str) -> String {
    let rule = |sort: &str, id: &str, keys: &str| {
        format!(
            "[[reinstatement.{sort}]]\nid = \"{id}\"\nlabel = \"R\"\nlabel_es = \"R\"\ncite = \"standard\"\n{keys}\n"
        )
    };
    format!(
        "{BASE}{}{}{ladder}",
        rule("learning", "ce", "at_least = \"20 hours\"\nwindow = \"no limit\""),
        rule("exam", "again", "exams = [\"icrc-pr\"]")
    )
}

fn rung(id: &str, keys: &str) -> String {
    format!("[[reinstatement.rung]]\nid = \"{id}\"\nlabel = \"R\"\nlabel_es = \"R\"\ncite = \"standard\"\n{keys}\n")
}

#[test]
fn a_further_rung_is_another_way_back_unless_it_refuses() {
    let ladder = rung("short", "away = \"at most 12 months\"\nrules = [\"ce\"]")
        + &rung("long", "away = \"more than 12 months\"\nrules = [\"ce\", \"again\"]");
    let base = with_return(&ladder);
    let further = |keys: &str| {
        let own = rung("further", &format!("away = \"any time\"\nfrom = [\"retired\"]\n{keys}"))
            .replace("standard", "handbook");
        codes_on(&base, &own)
    };
    assert_eq!(further("rules = [\"ce\", \"again\"]"), ["loosens"]);
    assert_eq!(further("rules = [\"ce\", \"again\"]\nloosens = \"State law 71-4\""), [""; 0]);
    assert_eq!(further("refused = true\nconsequence = \"C\"\nconsequence_es = \"C\""), [""; 0]);
    // More rules on a rung of the base are more to do, fewer are less.
    let changed =
        |id: &str, rules: &str| codes_on(&base, &format!("[[reinstatement.rung]]\nid = \"{id}\"\nrules = [{rules}]\n"));
    assert_eq!(changed("short", "\"ce\", \"again\""), [""; 0]);
    assert_eq!(changed("long", "\"again\""), ["loosens"]);
}

#[test]
fn a_first_ladder_that_asks_for_everything_takes_nothing_away() {
    let base = with_return("");
    let all = rung("any", "away = \"any time\"\nrules = [\"ce\", \"again\"]");
    assert_eq!(codes_on(&base, &all), [""; 0]);
    let some = rung("short", "away = \"at most 12 months\"\nrules = [\"ce\"]")
        + &rung("long", "away = \"more than 12 months\"\nrules = [\"ce\", \"again\"]");
    assert_eq!(codes_on(&base, &some), ["loosens"]);
    let said = some.replacen("rules = [\"ce\"]\n", "rules = [\"ce\"]\nloosens = \"State law 71-4\"\n", 1);
    assert_eq!(codes_on(&base, &said), [""; 0]);
}

#[test]
fn an_amount_for_each_year_away_is_more_than_the_amount_once() {
    let own = |each: &str| format!("[[reinstatement.learning]]\nid = \"ce\"\nfor_each = \"{each}\"\n");
    assert_eq!(codes_on(&with_return(""), &own("started year away")), [""; 0]);
    assert_eq!(codes_on(&with_return(""), &own("year away")), ["unclear_change"]);
    let yearly =
        with_return("").replace("window = \"no limit\"\n", "window = \"no limit\"\nfor_each = \"started year away\"\n");
    assert_eq!(codes_on(&yearly, &own("started 6 months away")), [""; 0]);
    assert_eq!(codes_on(&yearly, &own("started 2 years away")), ["loosens"]);
}

#[test]
fn what_a_topic_of_the_base_accepts_is_compared_and_a_topic_of_the_boards_own_takes_no_more_than_the_total() {
    let narrow =
        BASE.replacen("at_least = \"16 hours\"\n", "at_least = \"16 hours\"\nonly.delivery = [\"in_person\"]\n", 1);
    let own = |only: &str| {
        format!("[[initial.learning]]\nid = \"training\"\n[[initial.learning.topic]]\ntopic = \"ethics\"\n{only}\n")
    };
    assert_eq!(codes_on(&narrow, &own("only.delivery = [\"in_person\", \"hybrid\"]")), ["loosens"]);
    assert_eq!(codes_on(&narrow, &own("only.kind = [\"basic\"]")), [""; 0]);
    assert_eq!(codes_on(BASE, &own("only.delivery = [\"in_person\"]")), [""; 0]);
    let part = "[[initial.service]]\nid = \"work\"\nlabel = \"W\"\nlabel_es = \"T\"\ncite = \"standard\"\nat_least = \"500 hours\"\n\
                [[initial.service.part]]\nid = \"p\"\nlabel = \"M\"\nlabel_es = \"M\"\nof.kind = [\"direct\"]\nonly.role = [\"x\"]\nat_least = \"100 hours\"\n";
    let own =
        |only: &str| format!("[[initial.service]]\nid = \"work\"\n[[initial.service.part]]\nid = \"p\"\n{only}\n");
    let base = format!("{BASE}{part}");
    assert_eq!(codes_on(&base, &own("only.role = [\"x\", \"y\"]")), ["loosens"]);
    assert_eq!(codes_on(&base, &own("only.setting = [\"clinic\"]")), [""; 0]);
}
