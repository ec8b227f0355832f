//! Random rules about work with limits by week and month, and random work.

use chrono::{Days, NaiveDate};
use credtrail::rules::evaluation::Evaluation;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::small::{ask, part, rule};

/// Days around the end of a month that lies inside a week.
const DAYS: [&str; 6] = ["2025-02-20", "2025-02-23", "2025-02-24", "2025-02-28", "2025-03-01", "2025-03-03"];
/// What makes work belong to each part.
const PARTS: [&str; 3] = ["domain", "setting", "role"];

#[derive(Debug, Clone)]
pub struct Part {
    /// It lies inside the part before it, where there is one.
    pub nested: bool,
    pub own: u64,
    pub above: Option<u64>,
    pub refused: bool,
    pub independent: bool,
}

#[derive(Debug, Clone)]
pub struct Rule {
    pub beyond: u64,
    pub parts: [Option<Part>; 3],
    pub week: Option<u64>,
    pub month: Option<u64>,
    /// Limits on voluntary work and on work in a clinic: minutes, or per cent.
    pub caps: [Option<(bool, u64)>; 2],
    /// Step, mode, scope.
    pub rounding: Option<(u64, usize, usize)>,
    /// Only work of the first kind.
    pub narrow: bool,
}

#[derive(Debug, Clone)]
pub struct Work {
    pub minutes: u64,
    pub day: usize,
    pub days: u64,
    pub may: [bool; 3],
    pub capped: [bool; 2],
    pub direct: bool,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub rules: Vec<Rule>,
    pub work: Vec<Work>,
}

pub fn rules() -> impl Strategy<Value = Rule> {
    let part = prop::option::weighted(
        0.65,
        (
            prop::bool::weighted(0.3),
            0..4_u64,
            prop::option::weighted(0.3, 0..3_u64),
            prop::bool::weighted(0.15),
            prop::bool::weighted(0.1),
        )
            .prop_map(|(nested, own, above, refused, independent)| Part {
                nested,
                own,
                above,
                refused,
                independent,
            }),
    );
    let cap = prop::option::weighted(0.2, (prop::bool::weighted(0.4), 0..6_u64));
    (
        (0..4_u64, prop::array::uniform3(part), prop::array::uniform2(cap)),
        (prop::option::weighted(0.7, 0..6_u64), prop::option::weighted(0.4, 0..8_u64)),
        prop::option::weighted(0.15, (2..4_u64, 0..3_usize, 0..3_usize)),
        prop::bool::weighted(0.2),
    )
        .prop_map(|((beyond, parts, caps), (week, month), rounding, narrow)| Rule {
            beyond,
            parts,
            week,
            month,
            caps,
            rounding,
            narrow,
        })
}

pub fn cases() -> impl Strategy<Value = Case> {
    let work = (
        (1..5_u64, 0..DAYS.len(), 1..4_u64),
        any::<[bool; 3]>(),
        prop::array::uniform2(prop::bool::weighted(0.4)),
        prop::bool::weighted(0.7),
    )
        .prop_map(|((minutes, day, days), may, capped, direct)| Work { minutes, day, days, may, capped, direct });
    (prop::collection::vec(rules(), 1..3), prop::collection::vec(work, 0..5)).prop_map(|(rules, mut work)| {
        // As many minutes as can be tried in every way.
        let mut room = if rules.len() > 1 { 7 } else { 11 };
        work.retain(|one: &Work| {
            let fits = one.minutes <= room;
            room -= if fits { one.minutes } else { 0 };
            fits
        });
        Case { rules, work }
    })
}

pub fn round(minutes: u64, step: u64, mode: usize) -> u64 {
    let up = match mode {
        0 => 0,
        1 => step / 2,
        _ => step - 1,
    };
    (minutes + up) / step * step
}

pub fn share_of(amount: u64) -> u64 {
    10 + amount * 15
}

impl Rule {
    pub fn parent(&self, at: usize) -> Option<usize> {
        // Parts that are rounded each may be too much for the one around them.
        self.parts[at].as_ref().filter(|part| part.nested && self.rounding.is_none_or(|(_, _, scope)| scope != 1))?;
        (0..at).rev().find(|before| self.parts[*before].is_some())
    }

    pub fn inside(&self, parent: Option<usize>) -> Vec<usize> {
        (0..3).filter(|at| self.parts[*at].is_some() && self.parent(*at) == parent).collect()
    }

    /// What a part needs: its own beyond what the parts in it need.
    pub fn least(&self, at: usize) -> u64 {
        self.parts[at].as_ref().map_or(0, |part| part.own) + self.least_inside(Some(at))
    }

    pub fn least_inside(&self, parent: Option<usize>) -> u64 {
        let of = |at: &usize| !self.parts[*at].as_ref().unwrap().independent;
        self.inside(parent).into_iter().filter(of).map(|at| self.least(at)).sum()
    }

    pub fn total(&self) -> u64 {
        self.beyond + self.least_inside(None)
    }

    pub fn most(&self, at: usize) -> u64 {
        let (part, goal) = (self.parts[at].as_ref().unwrap(), self.goal(self.least(at)));
        let most = part.above.map_or(u64::MAX, |above| goal.max(self.least(at)) + above);
        if part.refused { most.min(goal) } else { most }
    }

    /// The least sum of a part that rounds to a need.
    pub fn goal(&self, need: u64) -> u64 {
        (0..).find(|sum| self.rounded(*sum, 1) >= need).unwrap()
    }

    pub fn rounded(&self, minutes: u64, scope: usize) -> u64 {
        match self.rounding {
            Some((step, mode, own)) if own == scope => round(minutes, step, mode),
            _ => minutes,
        }
    }

    pub fn text(&self, id: &str) -> String {
        let mut keys = format!("at_least = \"{} minutes\"\n", self.total());
        for (key, limit) in [("per_week", self.week), ("per_month", self.month)] {
            keys += &limit.map_or(String::new(), |limit| format!("{key} = \"{limit} minutes\"\n"));
        }
        if self.narrow {
            keys += "only.kind = [\"direct\"]\n";
        }
        if let Some((step, mode, scope)) = self.rounding {
            let (mode, scope) = (["floor", "nearest", "ceil"][mode], ["per activity", "per topic", "total"][scope]);
            keys += &format!("rounding = {{ step = \"{step} minutes\", mode = \"{mode}\", scope = \"{scope}\" }}\n");
        }
        let mut text = rule("service", id, &keys);
        self.parts_text(None, "service", &mut text);
        for ((name, of), cap) in
            [("paid", "of.paid = [\"volunteer\"]"), ("site", "of.site = [\"clinic\"]")].iter().zip(self.caps)
        {
            let Some((share, amount)) = cap else { continue };
            let limit = if share { format!("{} %", share_of(amount)) } else { format!("{amount} minutes") };
            text += &part("service.cap", name, &format!("{of}\nat_most = \"{limit}\""));
        }
        text
    }

    pub fn parts_text(&self, parent: Option<usize>, above: &str, text: &mut String) {
        let name = format!("{above}.part");
        for at in self.inside(parent) {
            let own = self.parts[at].as_ref().unwrap();
            let mut keys = format!("of.{} = [\"yes\"]\nat_least = \"{} minutes\"\n", PARTS[at], self.least(at));
            if let Some(above) = own.above {
                let most = self.goal(self.least(at)).max(self.least(at)) + above;
                keys += &format!("at_most = \"{most} minutes\"\n");
            }
            keys += if own.refused { "surplus = \"refused\"\n" } else { "" };
            keys += if own.independent { "independent = true\n" } else { "" };
            *text += &part(&name, PARTS[at], &keys);
            self.parts_text(Some(at), &name, text);
        }
    }

    /// Where a piece of work may enter: the total, or parts.
    pub fn takes(&self, work: &Work) -> Vec<usize> {
        if self.narrow && !work.direct {
            return Vec::new();
        }
        let places: Vec<usize> =
            (0..3).filter(|at| self.parts[*at].is_some() && work.may[*at]).map(|at| at + 1).collect();
        if places.is_empty() { vec![0] } else { places }
    }

    pub fn offered(&self, minutes: u64) -> u64 {
        self.rounded(minutes, 0)
    }
}

impl Case {
    pub fn text(&self) -> String {
        self.rules.iter().enumerate().map(|(at, rule)| rule.text(&format!("r{at}"))).collect()
    }

    pub fn service(&self) -> Vec<Value> {
        let word = |yes: bool| if yes { "yes" } else { "no" };
        let fact = |(at, work): (usize, &Work)| {
            json!({
                "id": format!("s{at}"), "from": work.from().to_string(), "to": work.on(work.days - 1).to_string(),
                "minutes": work.minutes, "status": "attested", "kind": if work.direct { "direct" } else { "indirect" },
                "domain": word(work.may[0]), "setting": word(work.may[1]), "role": word(work.may[2]),
                "paid": !work.capped[0], "site": if work.capped[1] { "clinic" } else { "office" },
            })
        };
        self.work.iter().enumerate().map(fact).collect()
    }

    pub fn answer(&self) -> Evaluation {
        ask(&self.text(), &json!({ "service": self.service() }))
    }
}

impl Work {
    pub fn from(&self) -> NaiveDate {
        DAYS[self.day].parse().unwrap()
    }

    pub fn on(&self, day: u64) -> NaiveDate {
        self.from() + Days::new(day)
    }
}
