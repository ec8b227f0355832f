//! Which way a change of `window` goes: fewer days are harder.

use serde_json::Value;

use super::super::super::phrase::{self, Window};
use super::{Way, lengths};

/// Windows: fewer days are harder. Every phrase of a list must hold, so a longer list is harder.
pub(super) fn windows(old: Option<&Value>, new: Option<&Value>) -> Way {
    let read = |value: Option<&Value>| -> Option<Vec<Window>> {
        let texts: Vec<&str> = match value {
            None => Vec::new(),
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(value) => vec![value.as_str()?],
        };
        let windows: Result<Vec<_>, _> = texts.into_iter().map(phrase::window).collect();
        windows.ok().map(|all| all.into_iter().filter(|window| *window != Window::NoLimit).collect())
    };
    let (Some(old), Some(new)) = (read(old), read(new)) else { return Way::Unclear };
    let covers = |one: &[Window], two: &[Window]| one.iter().all(|a| two.iter().any(|b| inside(b, a)));
    match (covers(&old, &new), covers(&new, &old)) {
        (true, true) => Way::Same,
        (true, false) => Way::Harder,
        (false, true) => Way::Easier,
        (false, false) => Way::Unclear,
    }
}

/// Whether every day of the first window lies in the second.
fn inside(small: &Window, big: &Window) -> bool {
    match (small, big) {
        (Window::Before(short, one), Window::Before(long, two))
        | (Window::Within(short, one), Window::Within(long, two)) => {
            one == two && matches!(lengths(*short, *long), Way::Same | Way::Harder)
        }
        // The longer the time before, or after, the fewer days are left.
        (Window::AtLeastBefore(long, one), Window::AtLeastBefore(short, two))
        | (Window::AtLeastAfter(long, one), Window::AtLeastAfter(short, two)) => {
            one == two && matches!(lengths(*short, *long), Way::Same | Way::Harder)
        }
        (Window::Before(_, one) | Window::Earlier(one) | Window::AtLeastBefore(_, one), Window::Through(two))
        | (Window::Within(_, one) | Window::After(one) | Window::AtLeastAfter(_, one), Window::Since(two)) => {
            one == two
        }
        (one, two) => one == two,
    }
}
