//! Words that facts hold as small integers.

use diesel::prelude::*;

use super::Conn;
use crate::storage::schema::people::word;
use crate::storage::values::Word;

/// All words with their keys.
pub fn list(conn: &mut Conn) -> QueryResult<Vec<(Word, String)>> {
    word::table.select((word::id, word::text)).order(word::id).load(conn)
}

/// The key of a word, if it is stored.
pub fn find(conn: &mut Conn, text: &str) -> QueryResult<Option<Word>> {
    word::table.filter(word::text.eq(text)).select(word::id).first(conn).optional()
}

/// Stores a word if it is new and answers its key.
pub fn intern(conn: &mut Conn, text: &str) -> QueryResult<Word> {
    if let Some(known) = find(conn, text)? {
        return Ok(known);
    }
    let last: Option<Word> = word::table.select(diesel::dsl::max(word::id)).first(conn)?;
    let next = Word(last.map_or(1, |w| w.0 + 1));
    // Two writers on PostgreSQL may want the same key: the loser's transaction is refused and asked again.
    diesel::insert_into(word::table).values((word::id.eq(next), word::text.eq(text))).execute(conn)?;
    Ok(next)
}
