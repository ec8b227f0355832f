//! Files are brought in as they are read: what is held does not grow with the file.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use credtrail::services::acting::Acting;
use credtrail::services::imports::hours::Hours;
use credtrail::services::imports::{Mode, run};
use credtrail::storage::Conn;
use diesel::RunQueryDsl;

use crate::awards::world::Board;
use crate::support::TestApp;

/// A file that is written while it is read, and knows how far that has come.
struct Endless {
    rows: u64,
    given: Rc<Cell<u64>>,
    rest: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() && self.given.get() < self.rows {
            self.given.set(self.given.get() + 1);
            self.rest = format!("person.{}@example.org,2026-03-02,60,direct\n", self.given.get()).into_bytes();
        }
        let count = self.rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        Ok(count)
    }
}

#[test]
fn a_file_is_read_no_further_ahead_than_one_slice_of_rows() {
    for app in TestApp::on_each_database() {
        let board = Board::nebraska(&app);
        let by = Acting::system(app.now());
        let given = Rc::new(Cell::new(0));
        let header = b"email,from,minutes,kind\n".to_vec();
        let source = Endless { rows: 20_000, given: Rc::clone(&given), rest: header };
        let (mut seen, mut ahead) = (0, 0);
        let report = run(&app.app.db, &by, &mut Hours::of(board.id), (Mode::Store, source), &mut |_row| {
            seen += 1;
            ahead = ahead.max(given.get() - seen);
        })
        .unwrap();
        assert_eq!((report.rows, report.refused, seen), (20_000, 20_000, 20_000), "nobody is known");
        assert!(ahead < 2_500, "{ahead} rows were held at once");
        let examples: usize = report.problems.iter().map(|group| group.examples.len()).sum();
        assert_eq!((report.problems.len(), examples), (1, 20), "and the report does not grow either");
    }
}

#[derive(diesel::QueryableByName)]
struct Cache {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    cache_size: i64,
}

#[derive(diesel::QueryableByName)]
struct Mapped {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    mmap_size: i64,
}

#[test]
fn a_connection_to_sqlite_that_writes_holds_no_more_than_its_cache() {
    let app = TestApp::on_each_database().next().unwrap();
    app.write(|conn| {
        let Conn::Sqlite(c) = conn else { panic!("SQLite comes first") };
        let cache: Cache = diesel::sql_query("PRAGMA cache_size").get_result(*c).unwrap();
        let mapped: Mapped = diesel::sql_query("PRAGMA mmap_size").get_result(*c).unwrap();
        // The first in KiB; what is mapped of the file would count as memory of the process too.
        assert_eq!((cache.cache_size, mapped.mmap_size), (-16_384, 0));
        Ok(())
    });
}
