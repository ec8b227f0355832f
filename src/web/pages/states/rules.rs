//! The rules of credentials: the list, a long page, one with stages, one with an older version, a day to mend.

use std::sync::Arc;

use askama::Template;
use chrono::{TimeZone, Utc};

use super::frame;
use crate::packs;
use crate::rules::Lang;
use crate::services::rulebook::Entry;
use crate::web::pages::rules::{RulesPage, VersionPage};

const SHOWN: [(&str, &str, bool); 5] = [
    ("us-ne", "cpss", true),
    ("us-tx", "peer", true),
    ("us-pa", "crs", false),
    ("us-nc", "cpss", false),
    ("us", "va-federal-ps", false),
];

fn entry(region: &str, credential: &str, is_here: bool) -> Entry {
    let pack = packs::parse(&packs::shipped(&format!("{region}/{credential}"))).unwrap();
    Entry { region: region.into(), credential: credential.into(), pack: Arc::new(pack), is_here }
}

fn version(lang: Lang, (region, credential, is_here): (&str, &str, bool), on: &str) -> String {
    let frame = frame(lang, "rules-title", &format!("/rules/{region}/{credential}"));
    let now = Utc.with_ymd_and_hms(2026, 11, 21, 16, 5, 0).unwrap();
    VersionPage::new(frame, &entry(region, credential, is_here), on, now).unwrap().render().unwrap()
}

/// The states in one language.
pub(super) fn states(lang: Lang) -> Vec<(&'static str, String)> {
    let entries: Vec<Entry> = SHOWN.map(|(region, credential, is_here)| entry(region, credential, is_here)).into();
    let list = RulesPage::new(frame(lang, "rules-title", "/rules"), &entries).render().unwrap();
    let [ne, tx, pa, nc, va] = SHOWN;
    vec![
        ("rules", list),
        ("rules-one", version(lang, ne, "")),
        ("rules-stages", version(lang, tx, "")),
        ("rules-newer", version(lang, pa, "")),
        ("rules-older", version(lang, pa, "2020-05-01")),
        ("rules-before", version(lang, pa, "1999-05-01")),
        ("rules-ladder", version(lang, nc, "")),
        ("rules-long-list", version(lang, va, "")),
        ("rules-day-mend", version(lang, ne, "4 July")),
    ]
}
