//! The words that facts hold as small integers, read once for a piece of work.

use std::collections::HashMap;

use super::{Conn, StoreError, Word};
use crate::repo;

/// All words, both ways.
#[derive(Debug, Default, Clone)]
pub struct Words {
    texts: HashMap<Word, String>,
    keys: HashMap<String, Word>,
}

impl Words {
    /// Reads all words.
    ///
    /// # Errors
    /// What the database met.
    pub fn load(conn: &mut Conn<'_>) -> Result<Self, StoreError> {
        let mut words = Self::default();
        for (key, text) in repo!(conn, words::list())? {
            words.add(key, &text);
        }
        Ok(words)
    }

    /// The text of a word; empty if the key is unknown, which a foreign key prevents.
    #[must_use]
    pub fn text(&self, key: Word) -> &str {
        self.texts.get(&key).map_or("", String::as_str)
    }

    /// The key of a word, if it is stored.
    #[must_use]
    pub fn key(&self, text: &str) -> Option<Word> {
        self.keys.get(text).copied()
    }

    /// The key of a word, stored now if it is new.
    ///
    /// # Errors
    /// What the database met.
    pub fn intern(&mut self, conn: &mut Conn<'_>, text: &str) -> Result<Word, StoreError> {
        if let Some(key) = self.key(text) {
            return Ok(key);
        }
        let key = repo!(conn, words::intern(text))?;
        self.add(key, text);
        Ok(key)
    }

    fn add(&mut self, key: Word, text: &str) {
        self.texts.insert(key, text.to_owned());
        self.keys.insert(text.to_owned(), key);
    }
}
