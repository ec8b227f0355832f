//! Random rules that take minutes away before anything is placed, and random courses of several parts.

use credtrail::rules::evaluation::Evaluation;
use credtrail::rules::{Purpose, Question, evaluate};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::small::{pack, record, rule};

const TOPICS: [&str; 3] = ["ethics", "housing", "advocacy"];

#[derive(Debug, Clone)]
pub struct Rule {
    pub beyond: u64,
    /// Minimum, limit above it, whether surplus is refused, of ethics and of housing.
    pub topics: [Option<(u64, Option<u64>, bool)>; 2],
    /// Only these topics.
    pub only: Option<[bool; 3]>,
    pub half: bool,
    pub refuses_used: bool,
    /// Step and mode.
    pub rounding: Option<(u64, usize)>,
    pub paced: Option<u64>,
    pub whole: bool,
    pub topics_shared: bool,
    /// Of what was carried: in all, and of ethics.
    pub carry: Option<(u64, Option<u64>)>,
}

#[derive(Debug, Clone)]
pub struct Course {
    /// Minutes settled on each topic.
    pub settled: [u64; 3],
    pub flexible: u64,
    pub may: [bool; 3],
    pub name: u64,
    pub used: u64,
    pub paced: bool,
    pub later: bool,
}

/// Minutes carried, of ethics or of none, as ethics, housing or none.
#[derive(Debug, Clone)]
pub struct Carried {
    pub minutes: u64,
    pub ethics: bool,
    pub as_topic: usize,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub rules: Vec<Rule>,
    pub courses: Vec<Course>,
    pub carried: Vec<Carried>,
}

fn rules() -> impl Strategy<Value = Rule> {
    let topic =
        prop::option::weighted(0.7, (0..4_u64, prop::option::weighted(0.3, 0..3_u64), prop::bool::weighted(0.2)));
    (
        (
            0..4_u64,
            prop::array::uniform2(topic),
            prop::option::weighted(0.3, any::<[bool; 3]>().prop_filter("some topic", |only| only.contains(&true))),
        ),
        (any::<bool>(), any::<bool>(), prop::option::weighted(0.4, (2..4_u64, 0..3_usize))),
        (prop::option::weighted(0.2, 0..5_u64), prop::bool::weighted(0.15)),
        (prop::bool::weighted(0.15), prop::option::weighted(0.4, (0..4_u64, prop::option::of(0..3_u64)))),
    )
        .prop_map(|((beyond, topics, only), (half, refuses_used, rounding), (paced, whole), last)| Rule {
            beyond,
            // A part that nothing may enter is refused.
            only: only.map(|only| [only[0] || topics[0].is_some(), only[1] || topics[1].is_some(), only[2]]),
            topics,
            half,
            refuses_used,
            rounding,
            paced,
            whole: whole && !last.0,
            topics_shared: last.0,
            carry: last.1,
        })
}

pub fn cases() -> impl Strategy<Value = Case> {
    let course = (
        (prop::array::uniform3(0..4_u64), 0..3_u64, any::<[bool; 3]>()),
        (0..3_u64, prop_oneof![2 => Just(0), 1 => 1..5_u64], prop::bool::weighted(0.3), prop::bool::weighted(0.3)),
    )
        .prop_map(|((settled, flexible, may), (name, used, paced, later))| Course {
            settled,
            flexible,
            may,
            name,
            used,
            paced,
            later,
        });
    let carried = (1..4_u64, any::<bool>(), 0..3_usize).prop_map(|(minutes, ethics, as_topic)| Carried {
        minutes,
        ethics,
        as_topic,
    });
    (prop::collection::vec(rules(), 1..4), prop::collection::vec(course, 0..4), prop::collection::vec(carried, 0..3))
        .prop_map(|(rules, mut courses, mut carried)| {
            // As many minutes as can be tried in every way.
            let mut room = [14, 10, 7][rules.len() - 1];
            let mut fits = |minutes: u64| {
                let fits = minutes <= room;
                room -= if fits { minutes } else { 0 };
                fits
            };
            courses.retain(|course: &Course| course.all() > 0 && fits(course.all()));
            carried.retain(|one: &Carried| fits(one.minutes));
            Case { rules, courses, carried }
        })
}

impl Rule {
    pub fn least(&self, topic: usize) -> u64 {
        self.topics[topic].map_or(0, |(least, _, _)| least)
    }

    pub fn most(&self, topic: usize) -> u64 {
        self.topics[topic].map_or(u64::MAX, |(least, above, refused)| {
            let most = above.map_or(u64::MAX, |above| least + above);
            if refused { most.min(least) } else { most }
        })
    }

    pub fn total(&self) -> u64 {
        self.beyond + self.least(0) + self.least(1)
    }

    fn text(&self, id: &str) -> String {
        let mut keys = format!("at_least = \"{} minutes\"\n", self.total());
        for (said, key) in [
            (self.half, "repeats = \"half\""),
            (self.refuses_used, "used_elsewhere = \"refused\""),
            (self.whole, "whole = true"),
            (self.topics_shared, "topics = \"shared\""),
        ] {
            keys += &if said { format!("{key}\n") } else { String::new() };
        }
        if let Some(only) = self.only {
            let names: Vec<&str> = (0..3).filter(|at| only[*at]).map(|at| TOPICS[at]).collect();
            keys += &format!("only.topic = {names:?}\n");
        }
        if let Some((step, mode)) = self.rounding {
            let mode = ["floor", "nearest", "ceil"][mode];
            keys +=
                &format!("rounding = {{ step = \"{step} minutes\", mode = \"{mode}\", scope = \"per activity\" }}\n");
        }
        if let Some((all, ethics)) = self.carry {
            let topics = ethics.map_or(String::new(), |most| {
                format!(", topics = [{{ topic = \"ethics\", at_most = \"{most} minutes\" }}]")
            });
            keys += &format!("carry_over = {{ at_most = \"{all} minutes\"{topics} }}\n");
        }
        for (at, (least, above, refused)) in self.topics.iter().enumerate().filter_map(|(at, one)| Some((at, (*one)?)))
        {
            let name = TOPICS[at];
            keys += &format!("[[initial.learning.topic]]\ntopic = \"{name}\"\nat_least = \"{least} minutes\"\n");
            keys += &above.map_or(String::new(), |above| format!("at_most = \"{} minutes\"\n", least + above));
            keys += if refused { "surplus = \"refused\"\n" } else { "" };
        }
        if let Some(paced) = self.paced {
            keys += &format!(
                "[[initial.learning.cap]]\nid = \"paced\"\nlabel = \"C\"\nlabel_es = \"C\"\nof.delivery = [\"self_paced\"]\nat_most = \"{paced} minutes\"\n"
            );
        }
        rule("learning", id, &keys)
    }
}

impl Course {
    pub fn all(&self) -> u64 {
        self.settled.iter().sum::<u64>() + self.flexible
    }
}

impl Case {
    pub fn rounds_up(&self) -> bool {
        self.rules.iter().any(|rule| rule.rounding.is_some_and(|(_, mode)| mode > 0))
    }

    pub fn text(&self) -> String {
        let rules = self.rules.iter().enumerate().map(|(at, rule)| rule.text(&format!("r{at}")));
        rules.collect::<String>().replace("[[initial.", "[[renewal.")
    }

    fn facts(&self) -> (Vec<Value>, Vec<Value>) {
        let course = |(at, course): (usize, &Course)| {
            let settled: serde_json::Map<String, Value> = (0..3)
                .filter(|topic| course.settled[*topic] > 0)
                .map(|topic| (TOPICS[topic].to_owned(), json!(course.settled[topic])))
                .collect();
            let topics: Vec<&str> = (0..3).filter(|topic| course.may[*topic]).map(|topic| TOPICS[topic]).collect();
            let used = (course.used > 0).then(|| json!({ "credential": "us-yy-ps", "minutes": course.used }));
            json!({
                "id": format!("l{at}"), "status": "verified", "course": format!("c{}", course.name), "provider": "p",
                "minutes_by_topic": settled, "minutes": course.flexible, "topics": topics,
                "used_for": used.into_iter().collect::<Vec<_>>(),
                "completed_on": if course.later { "2024-03-11" } else { "2024-03-04" },
                "delivery": if course.paced { "self_paced" } else { "in_person" },
            })
        };
        let carried = |(at, one): (usize, &Carried)| {
            let as_topic = ["ethics", "housing", "general"][one.as_topic];
            json!({
                "id": format!("k{at}"), "credential": "us-xx-ps", "from_term": "2022-01-01", "generation": 1,
                "topic": if one.ethics { "ethics" } else { "general" },
                "as_topic": as_topic, "minutes": one.minutes,
            })
        };
        (self.courses.iter().enumerate().map(course).collect(), self.carried.iter().enumerate().map(carried).collect())
    }

    pub fn answer(&self) -> Evaluation {
        let (learning, carried) = self.facts();
        self.ask(learning, carried)
    }

    /// The same with its records the other way round.
    pub fn turned(&self) -> Evaluation {
        let (mut learning, mut carried) = self.facts();
        learning.reverse();
        carried.reverse();
        self.ask(learning, carried)
    }

    fn ask(&self, learning: Vec<Value>, carried: Vec<Value>) -> Evaluation {
        let terms = json!([{ "from": "2022-01-01", "through": "2023-12-31" }, { "from": "2024-01-01", "through": "2025-12-31" }]);
        let held =
            json!({ "id": "h", "credential": "us-xx-ps", "stage": "full", "issued_on": "2022-01-01", "terms": terms });
        let facts = json!({ "credentials": [held], "learning": learning, "carry_over": carried });
        let first = rule("learning", "first", "at_least = \"1 minute\"");
        let (pack, record) = (pack("", &(first + &self.text())), record(&facts));
        let question = Question { as_of: "2025-06-01".parse().unwrap(), purpose: Purpose::Renewal, stage: None };
        evaluate(pack.version_for(&record, question.as_of, question.purpose).unwrap(), &record, &question)
    }
}
