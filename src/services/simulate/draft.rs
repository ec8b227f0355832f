//! A draft in its place among the published versions.

use std::sync::Arc;

use chrono::NaiveDate;

use super::SimulationError;
use crate::packs;
use crate::rules::{Pack, Version};
use crate::services::credentials;
use crate::services::evaluations::EvaluationError;
use crate::storage::Conn;
use crate::storage::rows::boards::CredentialRow;

/// A draft, read together with the versions it would stand beside.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What is published.
    pub(super) published: Arc<Pack>,
    /// The same with the draft in its place.
    pub(super) pack: Pack,
    /// The draft's number there.
    at: usize,
}

impl Draft {
    /// Reads a draft of `credential` from its text; `name` is its file's, such as `2027-01-01.toml`. A draft with the name of
    /// a published version takes its place, here alone.
    ///
    /// # Errors
    /// [`SimulationError::Rules`] with every problem, [`SimulationError::OtherCredential`].
    pub fn read(
        conn: &mut Conn<'_>,
        credential: &CredentialRow,
        name: &str,
        text: &str,
    ) -> Result<Self, SimulationError> {
        let published = credentials::pack(conn, credential.id).map_err(EvaluationError::from)?;
        // Alone first: so its own problems are not lost among those it has with others.
        let alone = packs::parse(&[(name, text)]).map_err(SimulationError::Rules)?;
        if alone.id != credential.slug {
            return Err(SimulationError::OtherCredential { found: alone.id, expected: credential.slug.clone() });
        }
        let id = alone.versions.last().map(|version| version.id.clone()).unwrap_or_default();
        let rows = credentials::versions(conn, credential.id)?;
        let others: Vec<(String, &str)> = rows
            .iter()
            .filter(|row| row.version != id)
            .map(|row| (format!("{}.toml", row.version), row.content.as_str()))
            .collect();
        let mut files: Vec<(&str, &str)> = others.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        files.push((name, text));
        let pack = packs::parse(&files).map_err(SimulationError::Rules)?;
        let at = pack.versions.iter().position(|version| version.id == id).unwrap_or_default();
        Ok(Self { published, pack, at })
    }

    /// The draft itself.
    #[must_use]
    pub fn version(&self) -> Option<&Version> {
        self.pack.versions.get(self.at)
    }

    /// Whether a published version has the draft's name.
    #[must_use]
    pub fn replaces(&self) -> bool {
        self.version().is_some_and(|draft| self.published.version(&draft.id).is_some())
    }

    /// The day that is asked about where none is named: `today`, or the draft's first day if that is later, for on an earlier
    /// one it would rule nobody. As if it ruled everyone: `today`.
    #[must_use]
    pub fn day(&self, today: NaiveDate, everyone: bool) -> NaiveDate {
        let first = self.version().and_then(|draft| draft.in_force.from).filter(|_| !everyone);
        first.map_or(today, |first| first.max(today))
    }
}
