//! What has to happen before rules can count at all and is no rule itself: an event, an application.
//!
//! A certificate, an approval or a decision that somebody else gives is none of them: nobody can plan it.

use serde_json::json;

use super::super::evaluate::moments::Moments;
use super::super::evaluation::Evaluation;
use super::super::pack::Version;
use super::super::pack::phrase::{Anchor, Window};
use super::super::record::Record;
use super::accepted::object;
use super::lay::{Dated, Wanted, named};

/// Adds the steps that what is wanted waits for.
pub(super) fn steps(version: &Version, record: &Record, now: &Evaluation, wanted: &mut Wanted) {
    let moments = Moments::of(version, record, now.as_of, now.purpose, Some(&now.stage));
    let mut lacking: Vec<Anchor> = Vec::new();
    for anchor in wanted.windows().filter_map(hangs_on) {
        if moments.event_day(anchor).is_none() && !lacking.contains(anchor) {
            lacking.push(anchor.clone());
        }
    }
    for anchor in lacking {
        let Some(name) = named(&anchor).filter(|name| !wanted.steps().any(|known| known == name)) else { continue };
        for dated in facts(version, now, &anchor) {
            wanted.step(&name, dated);
        }
    }
}

/// The day without which nothing counts in a window.
const fn hangs_on(window: &Window) -> Option<&Anchor> {
    match window {
        // An application that is not there would be today's: what comes with it, or before it, needs none.
        Window::Before(_, Anchor::Application)
        | Window::Within(_, Anchor::Application)
        | Window::Since(Anchor::Application) => None,
        Window::Before(_, anchor)
        | Window::Within(_, anchor)
        | Window::Since(anchor)
        | Window::After(anchor)
        | Window::AtLeastAfter(_, anchor) => match anchor {
            Anchor::Event { .. } | Anchor::Application | Anchor::ApplicationComplete => Some(anchor),
            _ => None,
        },
        _ => None,
    }
}

fn facts(version: &Version, now: &Evaluation, anchor: &Anchor) -> Vec<Dated> {
    let event = |kind: &str| ("events", "on", object(json!({ "kind": kind })));
    match anchor {
        Anchor::Event { kind, .. } => vec![event(kind)],
        Anchor::Application => {
            let asked = json!({ "credential": version.credential, "purpose": now.purpose.word() });
            vec![("applications", "received_on", object(asked))]
        }
        Anchor::ApplicationComplete => vec![event("application_complete")],
        _ => Vec::new(),
    }
}
