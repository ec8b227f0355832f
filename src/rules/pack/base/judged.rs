//! What is said of a change that loosens a base in silence, or that cannot be told.

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::super::flat;
use super::super::json_of;
use super::merge::{Entry, Merge, id_of, items, text_of};
use super::rungs;
use super::stricter::{self, Way};

impl Merge<'_> {
    /// What is needed is said in another way than in the base: no telling which of the two asks for more.
    pub(super) fn measured_otherwise(&self, key: &str, other: &str, at: &Entry<'_>, (name, id): (&str, Option<&str>)) {
        let what = id.map_or_else(|| format!("[{name}]"), |id| format!("`{id}` ([[{name}]])"));
        self.problems.add(
            "unclear_change",
            self.problems.line_of(at.span().start),
            format!("`{key}` says what {what} needs; the base says it with `{other}`, and which of the two asks for more cannot be told"),
            "what is needed, said as in the base, or a word about it",
            "say `tightens = \"...\"` or `loosens = \"...\"` with the reason",
        );
    }

    /// A branch that the base does not have is another way to meet the rule: easier.
    pub(super) fn new_branches(&self, below: Option<&Entry<'_>>, own: &Entry<'_>, name: &str) {
        let known = |id: &str| items(below).iter().any(|entry| id_of(entry).as_deref() == Some(id));
        for item in items(Some(own)) {
            let (id, line) = (id_of(item).unwrap_or_default(), self.problems.line_of(item.span().start));
            if !known(&id) && text_of(item, "loosens").is_none() {
                self.problems.add(
                    "loosens",
                    line,
                    format!("`{id}` is a further way to meet [[{name}]] of the base"),
                    "the ways of the base, or fewer",
                    "if the board may take more, say why with `loosens = \"...\"` on the branch",
                );
            }
        }
    }

    /// A rung that the base does not have: another way back, or none.
    pub(super) fn new_rungs(&self, below: &DeTable<'_>, own: &Entry<'_>, name: &str) {
        for item in items(Some(own)) {
            let id = id_of(item).unwrap_or_default();
            if items(below.get("rung")).iter().any(|known| id_of(known).as_deref() == Some(id.as_str())) {
                continue;
            }
            let reason = |key: &str| text_of(item, key).is_some_and(|why| !why.trim().is_empty());
            let line = self.problems.line_of(item.span().start);
            let found = match rungs::way(below, item) {
                Way::Easier if !reason("loosens") => "is a further way back, which the base does not have",
                Way::Unclear if !reason("loosens") && !reason("tightens") => {
                    "asks for less than all rules of the base, which has no ladder and asks for all of them"
                }
                _ => continue,
            };
            self.problems.add(
                "loosens",
                line,
                format!("`{id}` ([[{name}.rung]]) {found}"),
                "what the base asks for, or more",
                "if the board may ask for less, say why with `loosens = \"...\"` on the rung",
            );
        }
    }

    /// Which way a key goes that tells its way only with others: what a limit or minimum speaks of, and amounts that take the
    /// place of a total.
    pub(super) fn read_together(
        &self,
        key: &str,
        below: &DeTable<'_>,
        value: &Entry<'_>,
        (name, total): (&str, Option<&Value>),
        (least, most): (bool, bool),
    ) -> Option<Way> {
        let (old, new) = (below.get(key).map(|old| json_of(old.get_ref().clone())), json_of(value.get_ref().clone()));
        let (old, new) = (old.as_ref().map(|old| (old, &self.below)), Some((&new, &self.above)));
        let sort = name.rsplit('.').next().unwrap_or(name);
        match (key, sort, least, most) {
            ("of", "cap", _, _) | ("of", "part", false, true) => Some(stricter::of_a_limit(old, new)),
            ("of", "floor", _, _) | ("of", "part", true, false) => Some(stricter::of_a_limit(old, new).turned()),
            ("instead", _, _, _) => Some(stricter::instead::way(total.map(|total| (total, &self.below)), old, new)),
            (_, _, _, _) => None,
        }
    }

    /// Judges a stated key against the base and refuses what loosens in silence.
    pub(super) fn judge(
        &self,
        key: &str,
        before: Option<&DeValue<'_>>,
        after: &DeValue<'_>,
        at: &Entry<'_>,
        (loosens, tightens): (bool, bool),
        (name, id): (&str, Option<&str>),
    ) {
        let json = |value: &DeValue<'_>| json_of(value.clone());
        let (old, new): (Option<Value>, Value) = (before.map(json), json(after));
        let way = if old.is_none() && in_place_of_the_totals(name, key) || key == "part" && name.ends_with(".exam") {
            Way::Unclear
        } else {
            let way = stricter::way(key, old.as_ref().map(|old| (old, &self.below)), Some((&new, &self.above)));
            if narrows_a_branch(name, key) { way.turned() } else { way }
        };
        self.tell(way, (key, before, after), at, (loosens, tightens), (name, id));
    }

    /// Refuses a change that loosens in silence, or that cannot be told.
    pub(super) fn tell(
        &self,
        way: Way,
        (key, before, after): (&str, Option<&DeValue<'_>>, &DeValue<'_>),
        at: &Entry<'_>,
        (loosens, tightens): (bool, bool),
        (name, id): (&str, Option<&str>),
    ) {
        if let Some(before) = before.filter(|before| flat::inline(before) != flat::inline(after)) {
            self.replaced.borrow_mut().push((at.span().start, flat::inline(before)));
        }
        let json = |value: &DeValue<'_>| json_of(value.clone());
        let (old, new): (Option<Value>, Value) = (before.map(json), json(after));
        let what = id.map_or_else(|| format!("[{name}]"), |id| format!("`{id}` ([[{name}]])"));
        let line = self.problems.line_of(at.span().start);
        let was =
            old.as_ref().map_or_else(|| "says nothing about it".to_owned(), |old| format!("says `{key} = {old}`"));
        match way {
            Way::Easier if !loosens => self.problems.add(
                "loosens",
                line,
                format!("`{key} = {new}` loosens {what}; the base {was}"),
                "what the base asks for, or more",
                "a board may ask for more than its base: if it may ask for less, say why with `loosens = \"...\"`",
            ),
            Way::Unclear if !loosens && !tightens => self.problems.add(
                "unclear_change",
                line,
                format!(
                    "`{key} = {new}` changes {what}; the base {was}, and which of the two asks for more cannot be told"
                ),
                "a change that can be told to be tighter, or a word about it",
                "say `tightens = \"...\"` or `loosens = \"...\"` with the reason",
            ),
            _ => {}
        }
    }
}

/// Whether a key of a topic or part holds in place of the total's: said for the first time, it may take what the total refuses.
pub(super) fn in_place_of_the_totals(name: &str, key: &str) -> bool {
    (name.ends_with(".topic") || name.ends_with(".part")) && ["window", "approved"].contains(&key)
}

/// Whether a key says who may take a branch of a choice: fewer people, fewer ways.
fn narrows_a_branch(name: &str, key: &str) -> bool {
    let branch = name.rsplit_once('.').is_some_and(|(above, _)| above.ends_with(".any_of"));
    branch && ["when", "unless", "in_force"].contains(&key)
}
