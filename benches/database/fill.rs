//! Filling tables as fast as the database can: COPY on PostgreSQL, inserts of many rows on SQLite.

/// `fill!(conn, awards::certificate_code, &rows)`: the rows go in as they are.
macro_rules! fill {
    ($conn:expr, $family:ident :: $table:ident, $rows:expr) => {
        match $conn {
            credtrail::storage::Conn::Sqlite(c) => $rows.chunks(1_000).try_for_each(|some| {
                let into = diesel::insert_into(credtrail::storage::schema::$family::$table::table);
                diesel::RunQueryDsl::execute(into.values(some), &mut **c).map(drop)
            }),
            credtrail::storage::Conn::Postgres(c) => {
                let into = diesel::copy_from(credtrail::storage::schema::$family::$table::table);
                diesel::ExecuteCopyFromDsl::execute(into.from_insertable($rows), &mut **c).map(drop)
            }
        }
        .map_err(credtrail::storage::StoreError::from)
    };
}

/// `scan!(conn, completion, |rows| ..)`: reads every row of a table through the mapping that the service uses.
macro_rules! scan {
    ($conn:expr, $table:ident, $sink:expr) => {
        match $conn {
            credtrail::storage::Conn::Sqlite(c) => credtrail::storage::lite::repo::whole::$table::read(c, $sink),
            credtrail::storage::Conn::Postgres(c) => credtrail::storage::pg::repo::whole::$table::read(c, $sink),
        }
    };
}

pub(crate) use {fill, scan};
