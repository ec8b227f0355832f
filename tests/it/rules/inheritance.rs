//! A pack that stands on another: what it takes over, what it tightens, and what it may not loosen in silence.

use credtrail::packs;
use credtrail::rules::pack::Base;
use credtrail::rules::pack::model::{Asks, Need};
use credtrail::rules::{Pack, Problem, Purpose};

pub(super) const BASE: &str = r#"credential = "pr"
region = "intl"
name = "Peer"
name_es = "Par"
board = "Consortium"
time_zone = "UTC"
in_force = { from = 2017-08-01 }
verified = false
hour = "60 minutes"
applies_by = ["application"]
[source.standard]
title = "Standard"
url = "https://example.org/standard"
read_on = 2026-01-01
[topic.ethics]
label = "Ethics"
label_es = "Ética"
synonyms = ["law"]
[topic.advocacy]
label = "Advocacy"
label_es = "Defensa"
[[stage]]
id = "certified"
label = "Certified"
label_es = "Certificado"
term = "24 months"
[[initial.learning]]
id = "training"
label = "Training"
label_es = "Formación"
cite = "standard"
at_least = "46 hours"
window = "24 months before application"
only.kind = ["basic", "academic"]
[[initial.learning.topic]]
topic = "ethics"
at_least = "16 hours"
[[initial.learning.topic]]
topic = "advocacy"
at_least = "10 hours"
[[initial.learning.cap]]
id = "online"
label = "Online"
label_es = "En línea"
of.delivery = ["self_paced"]
at_most = "20 hours"
[[initial.exam]]
id = "exam"
label = "Exam"
label_es = "Examen"
cite = "standard"
exams = ["icrc-pr"]
pass = "500 on 200-800"
"#;

pub(super) const HEAD: &str = r#"base = "intl/pr"
credential = "us-xx-ps"
name = "Peer Specialist"
name_es = "Especialista"
board = "Board"
time_zone = "America/Chicago"
in_force = { from = 2024-07-01 }
verified = false
[source.handbook]
title = "Handbook"
url = "https://example.org/handbook"
read_on = 2026-01-01
"#;

fn read(own: &str) -> Result<Pack, Vec<Problem>> {
    let bases = [Base { folder: "intl/pr", files: vec![("intl/pr/2017-08-01.toml", BASE)] }];
    Pack::parse_on(&[("us-xx/ps/2024-07-01.toml", own)], &bases)
}

pub(super) fn good(rules: &str) -> Pack {
    read(&format!("{HEAD}{rules}")).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The one problem of a pack, as words.
pub(super) fn refused(rules: &str) -> (Problem, String) {
    let mut problems = read(&format!("{HEAD}{rules}")).expect_err("the pack reads");
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let problem = problems.remove(0);
    let words = problem.to_string();
    (problem, words)
}

#[test]
fn a_pack_takes_over_its_base_and_says_only_what_differs() {
    let pack = good("[[initial.learning]]\nid = \"training\"\nat_least = \"60 hours\"\n");
    let version = &pack.versions[0];
    assert_eq!((pack.id.as_str(), version.region.as_str(), version.hour), ("us-xx-ps", "us-xx", 60));
    let rules = &version.purposes[&Purpose::Initial].rules;
    assert_eq!(rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(), ["training", "exam"]);
    let Asks::Learning(hours) = &rules[0].asks else { panic!("training is learning") };
    let Need::Minutes(need) = &hours.need else { panic!("in hours") };
    assert_eq!((need.minutes_up, hours.buckets.len(), hours.caps.len()), (3600, 2, 1));
    assert_eq!(rules[0].citation.url, "https://example.org/standard");
}

#[test]
fn every_line_of_a_flattened_pack_tells_the_file_it_comes_from() {
    let pack = good(
        "[[initial.learning]]\nid = \"training\"\nat_least = \"60 hours\"\n[[initial.age]]\nid = \"age\"\nlabel = \"Age\"\nlabel_es = \"Edad\"\ncite = \"handbook\"\nat_least = 18\n",
    );
    let version = &pack.versions[0];
    let place = |text: &str| {
        let (line, _) =
            version.lines.iter().find(|(_, line)| line == text).unwrap_or_else(|| panic!("{:#?}", version.lines));
        let (file, line) = version.origins.place(*line);
        format!("{file}:{line}")
    };
    assert_eq!(place("at_least = \"60 hours\"  # was \"46 hours\""), "us-xx/ps/2024-07-01.toml:15");
    assert_eq!(place("window = \"24 months before application\""), "intl/pr/2017-08-01.toml:33");
    assert_eq!(place("[[initial.age]]"), "us-xx/ps/2024-07-01.toml:16");
    let summary = pack.summary();
    let origins: Vec<&str> = summary.requirements["initial"].iter().map(|rule| rule.origin.as_str()).collect();
    assert_eq!(origins[0], "intl/pr/2017-08-01.toml:27");
    assert_eq!(origins.last().unwrap(), &"us-xx/ps/2024-07-01.toml:16");
}

#[test]
fn what_is_kept_written_out_needs_no_base_and_has_the_same_hash() {
    let pack = good("[[initial.exam]]\nid = \"exam\"\nwait = \"90 days\"\n");
    let text = pack.versions[0].written_out();
    let again = Pack::parse(&[("2024-07-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
    assert_eq!(again.versions[0].hash, pack.versions[0].hash);
    assert!(pack.versions[0].stands_on_others() && !again.versions[0].stands_on_others());
}

#[test]
fn what_loosens_the_base_is_refused_with_its_line_and_allowed_with_a_reason() {
    let learning = "[[initial.learning]]\nid = \"training\"\n";
    for (rules, line, says) in [
        (format!("{learning}at_least = \"40 hours\"\n"), 15, "the base says `at_least = \"46 hours\"`"),
        (format!("{learning}at_least = \"2759 minutes\"\n"), 15, "loosens `training`"),
        (format!("{learning}window = \"36 months before application\"\n"), 15, "24 months before application"),
        (format!("{learning}window = \"no limit\"\n"), 15, "loosens `training`"),
        (format!("{learning}only.kind = [\"basic\", \"academic\", \"continuing\"]\n"), 15, "loosens `training`"),
        (format!("{learning}any_topic = true\n"), 15, "the base says nothing about it"),
        (
            format!("{learning}[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"10 hours\"\n"),
            17,
            "loosens `ethics`",
        ),
        (
            format!("{learning}[[initial.learning.cap]]\nid = \"online\"\nat_most = \"23 hours\"\n"),
            17,
            "loosens `online`",
        ),
        ("[[initial.exam]]\nid = \"exam\"\npass = \"480 on 200-800\"\n".into(), 15, "500 on 200-800"),
        ("[[initial.exam]]\nid = \"exam\"\nexams = [\"icrc-pr\", \"other\"]\n".into(), 15, "loosens `exam`"),
        ("[[initial.exam]]\nid = \"exam\"\nwaived_when = { path = [\"old\"] }\n".into(), 15, "loosens `exam`"),
        ("[[initial.without]]\nid = \"exam\"\n".into(), 13, "takes `exam` away"),
    ] {
        let (problem, words) = refused(&rules);
        assert_eq!((problem.code, problem.line), ("loosens", line), "{words}");
        assert!(words.contains(says) && words.contains("loosens = \"...\""), "{words}");
        let excused = rules.replacen("at_most", "loosens = \"The law says so.\"\nat_most", 1);
        let excused = if excused == rules { format!("{rules}loosens = \"The law says so.\"\n") } else { excused };
        good(&excused);
    }
}

#[test]
fn a_change_that_cannot_be_told_asks_for_a_word_about_it() {
    let change = "[[initial.learning]]\nid = \"training\"\nwindow = \"24 months before application approved\"\n";
    let (problem, words) = refused(change);
    assert_eq!((problem.code, problem.line), ("unclear_change", 15));
    assert!(words.contains("cannot be told") && words.contains("tightens"), "{words}");
    good(&format!("{change}tightens = \"Approval comes after the application.\"\n"));
    assert_eq!(refused(&format!("{change}tightens = \" \"\n")).0.code, "unclear_change", "an empty reason is none");
}

/// Two stages, each with the base's rules as far as they say so.
const STAGED: &str = "[[stage]]\nid = \"first\"\nlabel = \"F\"\nlabel_es = \"F\"\nterm = \"24 months\"\n\
    [[stage]]\nid = \"full\"\nlabel = \"F\"\nlabel_es = \"F\"\nterm = \"24 months\"\n";

/// The problems of a pack on a base whose exam is asked for both of two stages.
fn on_stages(rules: &str) -> Vec<Problem> {
    let base = BASE.replace(
        "[[stage]]\nid = \"certified\"\nlabel = \"Certified\"\nlabel_es = \"Certificado\"\nterm = \"24 months\"\n",
        STAGED,
    );
    let base = base
        .replace("id = \"training\"\n", "id = \"training\"\nstage = \"full\"\n")
        .replace("id = \"exam\"\n", "id = \"exam\"\nstage = [\"first\", \"full\"]\n");
    // Either stage keeps a rule, whatever becomes of these two.
    let age = "[[initial.age]]\nid = \"age\"\nlabel = \"A\"\nlabel_es = \"E\"\ncite = \"standard\"\nstage = [\"first\", \"full\"]\nat_least = 18\n";
    let base = base + age;
    let bases = [Base { folder: "intl/pr", files: vec![("intl/pr/2017-08-01.toml", base.as_str())] }];
    Pack::parse_on(&[("us-xx/ps/2024-07-01.toml", &format!("{HEAD}{rules}"))], &bases).err().unwrap_or_default()
}

#[test]
fn a_rule_that_is_asked_for_fewer_stages_than_in_the_base_says_why() {
    let exam = "[[initial.exam]]\nid = \"exam\"\n";
    let codes = |rules: &str| on_stages(rules).into_iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(&format!("{exam}wait = \"90 days\"\n")), [""; 0]);
    let problems = on_stages(&format!("{exam}stage = \"full\"\n"));
    assert_eq!((problems[0].code, problems[0].line), ("loosens", 15), "{problems:#?}");
    assert!(problems[0].to_string().contains("`stage = \"full\"` loosens `exam`"), "{}", problems[0]);
    assert_eq!(codes(&format!("{exam}stage = \"full\"\nloosens = \"State law 3\"\n")), [""; 0]);
    let training = "[[initial.learning]]\nid = \"training\"\n";
    assert_eq!(codes(&format!("{training}stage = \"first\"\n")), ["unclear_change"]);
    assert_eq!(codes(&format!("{training}stage = [\"full\", \"first\"]\n")), [""; 0]);
}

#[test]
fn a_topic_or_exam_that_takes_more_than_the_base_asks_for_a_word() {
    let topic = "[[initial.learning]]\nid = \"training\"\n[[initial.learning.topic]]\n";
    for (rules, code, line) in [
        (format!("{topic}topic = \"ethics\"\nwindow = \"36 months before application\"\n"), "unclear_change", 17),
        (format!("{topic}topic = \"ethics\"\napproved = false\n"), "unclear_change", 17),
        (format!("{topic}topics = [\"advocacy\", \"ethics\"]\nid = \"both\"\nlabel = \"B\"\nlabel_es = \"B\"\nat_least = \"1 hour\"\nwindow = \"no limit\"\n"), "unclear_change", 21),
        ("[[initial.exam]]\nid = \"exam\"\npass = [\"500 on 200-800\", \"1 on 0-100\"]\n".into(), "unclear_change", 15),
        ("[[initial.exam]]\nid = \"exam\"\n[[initial.exam.part]]\nid = \"a\"\nlabel = \"A\"\nlabel_es = \"A\"\npass = \"1\"\n".into(), "unclear_change", 15),
    ] {
        let (problem, words) = refused(&rules);
        assert_eq!((problem.code, problem.line), (code, line), "{words}");
        let last = rules.rfind("window").or_else(|| rules.rfind("approved")).or_else(|| rules.rfind("pass = [")).unwrap_or(rules.find("[[initial.exam.part]]").unwrap_or(0));
        let (before, after) = rules.split_at(last);
        good(&format!("{before}tightens = \"Told by the board.\"\n{after}"));
    }
}

#[test]
fn hours_that_never_count_in_the_base_count_again_only_with_a_reason() {
    let base = BASE.replace("synonyms = [\"law\"]\n", "synonyms = [\"law\"]\nnever_counts = true\n");
    let base = base.replace("[[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"16 hours\"\n", "");
    let bases = [Base { folder: "intl/pr", files: vec![("intl/pr/2017-08-01.toml", base.as_str())] }];
    let codes = |own: &str| -> Vec<(&'static str, usize)> {
        let text = format!("{HEAD}[topic.ethics]\n{own}");
        let read = Pack::parse_on(&[("us-xx/ps/2024-07-01.toml", &text)], &bases);
        read.err().unwrap_or_default().iter().map(|problem| (problem.code, problem.line)).collect()
    };
    assert_eq!(codes("never_counts = false\n"), [("loosens", 14)]);
    assert_eq!(codes("never_counts = false\nloosens = \"Ethics is taught in the state.\"\n"), []);
    assert_eq!(codes("synonyms = [\"code\"]\n"), []);
}

#[test]
fn what_tightens_needs_no_word() {
    good(
        "[[initial.learning]]\nid = \"training\"\nat_least = \"46.5 hours\"\nwindow = \"12 months before application\"\n\
         only.kind = [\"basic\"]\nnever.delivery = [\"reading\"]\nrepeats = \"refused\"\nonly.delivery = [\"in_person\"]\n\
         [[initial.learning.topic]]\ntopic = \"ethics\"\nat_least = \"18 hours\"\n[[initial.learning.cap]]\nid = \"online\"\nat_most = \"10 hours\"\n",
    );
}

#[test]
fn a_removed_topic_or_rule_is_gone_when_a_reason_is_given() {
    let pack = good(
        "[[initial.without]]\nid = \"exam\"\nloosens = \"State law, 3.2\"\n[[initial.learning]]\nid = \"training\"\n\
         [[initial.learning.without]]\nid = \"advocacy\"\nloosens = \"Taught in the work\"\n",
    );
    let rules = &pack.versions[0].purposes[&Purpose::Initial].rules;
    assert_eq!(rules.len(), 1);
    let Asks::Learning(hours) = &rules[0].asks else { panic!("training is learning") };
    assert_eq!(hours.buckets.iter().map(|bucket| bucket.id.as_str()).collect::<Vec<_>>(), ["training.ethics"]);
    let (_, words) = refused("[[initial.without]]\nid = \"exan\"\nloosens = \"x\"\n");
    assert!(words.contains("did you mean `exam`?"), "{words}");
}

#[test]
fn words_of_the_board_are_added_to_the_topics_of_the_base() {
    let pack = good(
        "[topic.ethics]\nsynonyms = [\"law\", \"boundaries\"]\n[topic.family]\nlabel = \"Family\"\nlabel_es = \"Familia\"\nloosens = \"State law 71-4\"\n",
    );
    let version = &pack.versions[0];
    assert_eq!(version.topics[version.topic_named("boundaries").unwrap()].id, "ethics");
    assert_eq!(version.topics[version.topic_named("law").unwrap()].id, "ethics");
    assert!(version.topic_named("family").is_some());
}

#[test]
fn rules_of_the_base_go_to_the_stage_that_is_named() {
    let own =
        HEAD.replace("base = \"intl/pr\"", "base = { pack = \"intl/pr\", version = \"2017-08-01\", stage = \"full\" }");
    let stages = "[[stage]]\nid = \"first\"\nlabel = \"First\"\nlabel_es = \"Primero\"\nterm = \"6 months\"\n[[stage]]\nid = \"full\"\nlabel = \"Full\"\nlabel_es = \"Completo\"\nterm = \"24 months\"\n";
    let age = "[[initial.age]]\nid = \"age\"\nstage = \"first\"\nlabel = \"Age\"\nlabel_es = \"Edad\"\ncite = \"handbook\"\nat_least = 18\n";
    let pack = read(&format!("{own}{stages}{age}")).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let rules = &pack.versions[0].purposes[&Purpose::Initial].rules;
    assert_eq!(
        rules.iter().map(|rule| (rule.id.as_str(), rule.stages.clone())).collect::<Vec<_>>(),
        [("training", vec![1]), ("exam", vec![1]), ("age", vec![0])]
    );
}

#[test]
fn a_base_that_is_missing_or_leads_back_to_itself_is_refused() {
    let version =
        |base: &str| read(&HEAD.replace("base = \"intl/pr\"", &format!("base = \"{base}\""))).unwrap_err().remove(0);
    let unknown = version("intl/prr");
    assert_eq!((unknown.code, unknown.line), ("unknown_base", 1));
    assert!(unknown.hint.contains("did you mean `intl/pr`?"), "{unknown}");
    let day = version("intl/pr/2016-01-01");
    assert_eq!(day.code, "unknown_base_version");
    assert!(day.to_string().contains("one of 2017-08-01"), "{day}");
    let early = read(&HEAD.replace("2024-07-01", "2016-07-01")).unwrap_err().remove(0);
    assert!(early.to_string().contains("has no version in force on 2016-07-01"), "{early}");

    let looped = BASE.replace("credential = \"pr\"", "base = \"us-xx/ps\"\ncredential = \"pr\"");
    let bases = [
        Base { folder: "intl/pr", files: vec![("intl/pr/2017-08-01.toml", looped.as_str())] },
        Base { folder: "us-xx/ps", files: vec![("us-xx/ps/2017-01-01.toml", HEAD)] },
    ];
    let problems = Pack::parse_on(&[("us-xx/ps/2024-07-01.toml", HEAD)], &bases).unwrap_err();
    assert_eq!(problems[0].code, "base_cycle", "{problems:#?}");
    assert!(problems[0].to_string().contains("leads back to itself"), "{problems:#?}");
}

#[test]
fn the_names_of_the_base_keep_their_meaning() {
    let (problem, words) =
        refused("[source.standard]\ntitle = \"Another\"\nurl = \"https://example.org\"\nread_on = 2026-01-01\n");
    assert_eq!((problem.code, problem.line), ("base_name_taken", 13), "{words}");
    let shorter = HEAD.replace("verified = false\n", "verified = false\nhour = \"50 minutes\"\n");
    let problems = read(&shorter).unwrap_err();
    assert!(problems[0].to_string().contains("hours of 60 minutes"), "{problems:#?}");
}

#[test]
fn a_problem_in_the_base_is_told_with_the_file_of_the_base() {
    let broken = BASE.replace("at_least = \"46 hours\"", "at_lest = \"46 hours\"");
    let bases = [Base { folder: "intl/pr", files: vec![("intl/pr/2017-08-01.toml", broken.as_str())] }];
    let problems = Pack::parse_on(&[("us-xx/ps/2024-07-01.toml", HEAD)], &bases).unwrap_err();
    assert!(
        problems.iter().any(|problem| problem.file == "intl/pr/2017-08-01.toml" && problem.line == 32),
        "{problems:#?}"
    );
}

#[test]
fn a_pack_on_disk_finds_its_base_beside_it_and_else_among_the_packs_that_ship() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("intl/pr/2017-08-01.toml", BASE);
    write("us-xx/ps/2024-07-01.toml", HEAD);
    write(
        "us-xx/shipped/2024-07-01.toml",
        &HEAD.replace("intl/pr", "intl/icrc-pr").replace("us-xx-ps", "us-xx-shipped"),
    );
    for (pack, rules) in [("us-xx/ps", 2), ("us-xx/ps/2024-07-01.toml", 2), ("us-xx/shipped", 8)] {
        let pack = packs::load(&folder.path().join(pack)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(pack.versions[0].purposes[&Purpose::Initial].rules.len(), rules, "{}", pack.id);
    }
}

#[test]
fn a_rule_that_is_cited_anew_drops_the_place_in_the_old_source() {
    let base = BASE.replacen("id = \"training\"", "id = \"training\"\nclause = \"7\"", 1);
    let bases = [Base { folder: "intl/pr", files: vec![("intl/pr/2017-08-01.toml", base.as_str())] }];
    let title = |cite: &str| {
        let own = format!("{HEAD}[[initial.learning]]\nid = \"training\"\n{cite}");
        let pack = Pack::parse_on(&[("us-xx/ps/2024-07-01.toml", &own)], &bases).unwrap();
        let rules = &pack.versions[0].purposes[&Purpose::Initial].rules;
        rules.iter().find(|rule| rule.id == "training").unwrap().citation.title.clone()
    };
    assert!(title("").ends_with(", 7"), "{}", title(""));
    assert!(!title("cite = \"handbook\"\n").contains('7'), "{}", title("cite = \"handbook\"\n"));
    assert!(title("cite = \"handbook\"\nclause = \"3.1\"\n").ends_with(", 3.1"));
}

#[test]
fn a_version_written_out_keeps_its_order_and_shows_what_the_base_said_instead() {
    let own = format!(
        "{HEAD}[[initial.learning]]\nid = \"training\"\nat_least = \"60 hours\"\n[[initial.learning.cap]]\nid = \"online\"\nat_most = \"10 hours\"\n"
    );
    let pack = read(&own).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let text = pack.versions[0].written_out();
    assert!(text.starts_with("credential = \"us-xx-ps\"\nname = \"Peer Specialist\"\n"), "{text}");
    let training = "\n[[initial.learning]]\nid = \"training\"\nlabel = \"Training\"\nlabel_es = \"Formación\"\n";
    assert!(text.contains(training), "{text}");
    assert!(text.contains("\nat_least = \"60 hours\"  # was \"46 hours\"\n"), "{text}");
    assert!(text.contains("\n  [[initial.learning.topic]]\n  topic = \"ethics\"\n"), "{text}");
    assert!(text.contains("\n  at_most = \"10 hours\"  # was \"20 hours\"\n"), "{text}");
    let again = Pack::parse(&[("2024-07-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(again.versions[0].hash, pack.versions[0].hash);
}

#[test]
fn holds_and_orders_that_spare_what_the_base_asks_for_say_why() {
    let hold = |more: &str| {
        format!(
            "[[hold]]\nlabel = \"H\"\nlabel_es = \"H\"\ncite = \"handbook\"\nkinds = [\"medical\"]\nwaives = [\"training\"]\n{more}"
        )
    };
    let order = |what: &str, more: &str| {
        format!(
            "[[order]]\nid = \"o\"\nlabel = \"O\"\nlabel_es = \"O\"\ncite = \"handbook\"\nextends = [\"{what}\"]\n\
             ending = {{ from = 2025-01-01, through = 2025-06-01 }}\nby = \"6 months\"\n{more}"
        )
    };
    let stops =
        |what: &str, more: &str| hold(more).replace("waives = [\"training\"]", &format!("stops = [\"{what}\"]"));
    for rules in [hold(""), stops("term", ""), stops("windows", ""), order("exam", ""), order("term", "")] {
        let (problem, words) = refused(&rules);
        assert_eq!((problem.code, problem.line), ("loosens", 13), "{words}");
        assert!(words.contains("which the base asks for"), "{words}");
    }
    let why = "loosens = \"State law 71-4\"\n";
    for rules in [hold(why), stops("term", why), stops("windows", why), order("exam", why), order("term", why)] {
        assert!(!good(&rules).versions[0].written_out().contains("loosens"), "{rules}");
    }
    // What the board asks for itself, it may spare as it likes.
    let own = "[[initial.age]]\nid = \"age\"\nlabel = \"A\"\nlabel_es = \"A\"\ncite = \"handbook\"\nat_least = 18\n";
    good(&format!("{own}{}", hold("").replace("training", "age")));
    // The base has no deadlines: their clock is the board's own.
    good(&stops("deadlines", ""));
}
