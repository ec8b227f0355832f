//! What a database says of its own tables, read from its catalogue and not from our code.

use std::collections::{BTreeMap, BTreeSet};

use credtrail::storage::Conn;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// A column: its kind in words that both databases share, and whether it may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// `integer`, `text` or `bytes`.
    pub kind: &'static str,
    /// Whether it may be empty.
    pub nullable: bool,
    /// As the database has it.
    pub declared: String,
}

/// A foreign key: columns, the table pointed at and its columns.
pub type ForeignKey = (Vec<String>, String, Vec<String>);

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// In order.
    pub columns: Vec<Column>,
    /// The primary key's columns, in order.
    pub key: Vec<String>,
    /// Other unique sets of columns.
    pub unique: BTreeSet<Vec<String>>,
    /// Foreign keys.
    pub foreign: BTreeSet<ForeignKey>,
    /// Indexes that are no key: name and columns.
    pub indexes: BTreeMap<String, Vec<String>>,
    /// SQLite: whether rows lie in the order of the key.
    pub clustered: bool,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The lines that a query answers, each one text column named `line`.
pub fn lines(conn: &mut Conn<'_>, query: &str) -> Vec<String> {
    let query = diesel::sql_query(query);
    let all: Vec<Line> = match conn {
        Conn::Sqlite(c) => query.load(*c),
        Conn::Postgres(c) => query.load(*c),
    }
    .expect("a query of the catalogue");
    all.into_iter().map(|it| it.line).collect()
}

/// Runs a statement.
pub fn run(conn: &mut Conn<'_>, statement: &str) {
    let query = diesel::sql_query(statement);
    match conn {
        Conn::Sqlite(c) => query.execute(*c),
        Conn::Postgres(c) => query.execute(*c),
    }
    .unwrap_or_else(|error| panic!("{statement}: {error}"));
}

fn words(text: &str) -> Vec<String> {
    text.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Every table of ours.
pub fn tables(conn: &mut Conn<'_>) -> BTreeMap<String, Table> {
    let lite = matches!(conn, Conn::Sqlite(_));
    let [columns, keys, foreign, indexes] = if lite { LITE } else { PG };
    let mut all: BTreeMap<String, Table> = BTreeMap::new();
    for line in lines(conn, columns) {
        let [table, name, declared, nullable] = parts(&line);
        let kind = match declared.to_lowercase().as_str() {
            "integer" | "bigint" | "boolean" | "smallint" => "integer",
            "text" => "text",
            "blob" | "bytea" => "bytes",
            other => panic!("{table}.{name} is `{other}`"),
        };
        let column = Column { name, kind, nullable: nullable == "yes", declared };
        all.entry(table).or_default().columns.push(column);
    }
    for line in lines(conn, keys) {
        let [table, kind, columns, _] = parts(&line);
        let table = all.get_mut(&table).expect("a table");
        if kind == "key" {
            table.key = words(&columns);
        } else {
            table.unique.insert(words(&columns));
        }
    }
    for line in lines(conn, foreign) {
        let [table, own, target, theirs] = parts(&line);
        let theirs = if theirs.is_empty() { all[&target].key.clone() } else { words(&theirs) };
        all.get_mut(&table).expect("a table").foreign.insert((words(&own), target, theirs));
    }
    for line in lines(conn, indexes) {
        let [table, name, columns, _] = parts(&line);
        all.get_mut(&table).expect("a table").indexes.insert(name, words(&columns));
    }
    if lite {
        for line in lines(
            conn,
            "SELECT name || '|' || (sql LIKE '%WITHOUT ROWID%') || '||' AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
        ) {
            let [table, without, ..] = parts(&line);
            let table = all.get_mut(&table).expect("a table");
            let by_number =
                table.key.len() == 1 && table.columns.iter().any(|c| c.name == table.key[0] && c.kind == "integer");
            table.clustered = without == "1" || by_number;
        }
    }
    all
}

fn parts(line: &str) -> [String; 4] {
    let mut all = line.split('|').map(str::to_owned);
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

/// Columns, keys, foreign keys and indexes of SQLite.
const LITE: [&str; 4] = [
    "SELECT m.name || '|' || c.name || '|' || c.type || '|' || CASE WHEN c.\"notnull\" THEN 'no' ELSE 'yes' END AS line \
     FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' \
     AND m.name <> '__diesel_schema_migrations' ORDER BY m.name, c.cid",
    "SELECT t || '|key|' || group_concat(n) || '|' AS line FROM (SELECT m.name t, c.name n FROM sqlite_master m, \
     pragma_table_info(m.name) c WHERE m.type = 'table' AND c.pk > 0 AND m.name <> '__diesel_schema_migrations' \
     ORDER BY m.name, c.pk) GROUP BY t \
     UNION ALL SELECT t || '|unique|' || group_concat(n) || '|' FROM (SELECT m.name t, i.name x, c.name n FROM sqlite_master m, \
     pragma_index_list(m.name) i, pragma_index_info(i.name) c WHERE m.type = 'table' AND i.origin = 'u' \
     ORDER BY i.name, c.seqno) GROUP BY t, x",
    "SELECT t || '|' || group_concat(f) || '|' || p || '|' || COALESCE(group_concat(g), '') AS line FROM (SELECT m.name t, f.id i, \
     f.\"from\" f, f.\"table\" p, f.\"to\" g FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' \
     ORDER BY m.name, f.id, f.seq) GROUP BY t, i",
    "SELECT t || '|' || x || '|' || group_concat(n) || '|' AS line FROM (SELECT m.name t, i.name x, c.name n FROM sqlite_master m, \
     pragma_index_list(m.name) i, pragma_index_info(i.name) c WHERE m.type = 'table' AND i.origin = 'c' \
     ORDER BY i.name, c.seqno) GROUP BY t, x",
];

/// The same of PostgreSQL.
const PG: [&str; 4] = [
    "SELECT table_name || '|' || column_name || '|' || data_type || '|' || lower(is_nullable) AS line \
     FROM information_schema.columns WHERE table_schema = current_schema() \
     AND table_name <> '__diesel_schema_migrations' ORDER BY table_name, ordinal_position",
    "SELECT t.relname || '|' || CASE c.contype WHEN 'p' THEN 'key' ELSE 'unique' END || '|' || (SELECT string_agg(a.attname, ',' \
     ORDER BY k.i) FROM unnest(c.conkey) WITH ORDINALITY k(n, i) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n) \
     || '|' AS line FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype IN ('p', 'u') \
     AND c.connamespace = current_schema()::regnamespace AND t.relname <> '__diesel_schema_migrations'",
    "SELECT t.relname || '|' || (SELECT string_agg(a.attname, ',' ORDER BY k.i) FROM unnest(c.conkey) WITH ORDINALITY k(n, i) \
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n) || '|' || p.relname || '|' || (SELECT string_agg(a.attname, \
     ',' ORDER BY k.i) FROM unnest(c.confkey) WITH ORDINALITY k(n, i) JOIN pg_attribute a ON a.attrelid = c.confrelid \
     AND a.attnum = k.n) AS line FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid \
     WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace",
    "SELECT t.relname || '|' || x.relname || '|' || (SELECT string_agg(a.attname, ',' ORDER BY k.i) FROM unnest(i.indkey::int[]) \
     WITH ORDINALITY k(n, i) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.n) || '|' AS line FROM pg_index i \
     JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid \
     WHERE t.relnamespace = current_schema()::regnamespace AND NOT i.indisunique",
];
