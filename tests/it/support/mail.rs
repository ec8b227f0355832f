//! What waits to be mailed. Goes to the database: the worker has tests of its own.

use credtrail::repo;
use serde_json::Value;

use super::TestApp;

impl TestApp {
    /// The links of the mails that wait for an address, oldest first.
    pub fn mailed_links(&self, address: &str) -> Vec<String> {
        let now = self.now().into();
        // Leased for no time at all, so that nothing is taken away from a worker.
        let mut rows = self.write(|conn| repo!(conn, outbox::claim(now, now, 1_000)));
        rows.sort_by_key(|row| row.id);
        rows.iter()
            .map(|row| serde_json::from_str::<Value>(&row.payload).expect("JSON"))
            .filter(|owed| owed["letter"]["to"]["address"] == address)
            .filter_map(|owed| owed["letter"]["notice"]["link"].as_str().map(str::to_owned))
            .collect()
    }

    /// The token at the end of the newest link mailed to an address.
    #[track_caller]
    pub fn mailed_token(&self, address: &str) -> String {
        let links = self.mailed_links(address);
        let last = links.last().unwrap_or_else(|| panic!("nothing was mailed to {address}"));
        last.rsplit('/').next().expect("a token").to_owned()
    }
}
