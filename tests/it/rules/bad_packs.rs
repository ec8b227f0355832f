//! Every file under `tests/rules/bad` is refused with the words and the line its head names.

use std::fs;

use credtrail::rules::{Pack, worked};

/// What a bad file expects of its own refusal, from its first lines.
struct Expected {
    code: String,
    line: usize,
    says: Vec<String>,
}

fn expected(text: &str) -> Expected {
    let of = |key: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.strip_prefix(&format!("# {key}: "))).map(str::to_owned).collect()
    };
    Expected { code: of("code").remove(0), line: of("line").remove(0).parse().unwrap(), says: of("says") }
}

#[test]
fn every_bad_pack_is_refused_with_its_line_and_the_way_out() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/bad");
    let mut checked = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let expected = expected(&text);
        let problems =
            Pack::parse(&[("us-xx/ps/2024-07-01.toml", &text)]).expect_err(&format!("{} reads", path.display()));
        let hit = problems.iter().find(|problem| {
            let words = problem.to_string();
            problem.code == expected.code
                && problem.line == expected.line
                && expected.says.iter().all(|says| words.contains(says))
        });
        assert!(hit.is_some(), "{} (line {}):\n{problems:#?}", path.display(), expected.line);
        checked += 1;
    }
    assert!(checked >= 162, "only {checked} bad packs: none is to get lost");
}

#[test]
fn versions_that_overlap_or_leave_a_gap_are_refused() {
    let good = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/bad/unknown-key.toml")).unwrap();
    let good = good.replace("at_lest", "at_least");
    let ended =
        |through: &str| good.replace("{ from = 2024-07-01 }", &format!("{{ from = 2024-07-01, through = {through} }}"));
    let next = good.replace("from = 2024-07-01", "from = 2025-07-01");
    for (through, code) in [("2025-07-01", "overlap"), ("2025-06-29", "gap")] {
        let problems = Pack::parse(&[("2024-07-01.toml", &ended(through)), ("2025-07-01.toml", &next)]).unwrap_err();
        assert_eq!(problems[0].code, code, "{problems:#?}");
    }
    assert!(Pack::parse(&[("2024-07-01.toml", &ended("2025-06-30")), ("2025-07-01.toml", &next)]).is_ok());
}

#[test]
fn a_version_that_no_worked_example_is_about_is_named_with_its_file() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/untested"));
    let pack = credtrail::packs::load(folder).unwrap();
    assert!(worked::run(&pack).is_empty());
    let problems = worked::untested(&pack);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!((problems[0].code, problems[0].line), ("no_example", 1));
    assert!(problems[0].file.ends_with("2025-07-01.toml"), "{}", problems[0].file);
}

#[test]
fn a_bad_pack_is_told_the_same_each_time_it_is_read() {
    let good = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/bad/unknown-key.toml")).unwrap();
    let mut text = good.replace("at_lest", "at_least");
    text.push_str("\n[[initial.learning.topic]]\ntopic = \"unit_0\"\nat_least = \"1 hour\"\n");
    // All of them are one letter away.
    for number in 1..9 {
        text.push_str(&format!("[topic.unit_{number}]\nlabel = \"Unit {number}\"\nlabel_es = \"Unidad {number}\"\n"));
    }
    let read = || Pack::parse(&[("us-xx/ps/2024-07-01.toml", &text)]).unwrap_err();
    let first = read();
    assert!(first[0].to_string().contains("did you mean `unit_1`?"), "{first:#?}");
    (0..8).for_each(|_| assert_eq!(read(), first));
}
