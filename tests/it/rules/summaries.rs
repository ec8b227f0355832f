//! What `rules show` tells people who prepare records: everything that a pack reads.

use std::path::Path;

use credtrail::packs;
use credtrail::rules::pack::summary::Summary;

fn summary(pack: &str) -> Summary {
    packs::load(&Path::new("config/rules").join(pack)).unwrap_or_else(|error| panic!("{error}")).summary()
}

#[test]
fn an_event_that_only_a_deadline_reads_is_listed() {
    assert!(summary("us-al/cps").events.contains("hired"));
}

#[test]
fn an_attestation_that_only_changes_an_amount_is_listed() {
    assert!(summary("us-id/cpss").attestations.contains("x-human_services_degree"));
}
