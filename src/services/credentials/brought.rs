//! What a board brings to be published: texts of versions, and the worked examples that are their tests.
//!
//! Says which versions are new and why they may not go out. It writes nothing.

use super::{CredentialError, of_rows, read};
use crate::rules::{Pack, Problem, Version, worked};
use crate::services::acting::Acting;
use crate::storage::rows::boards::RuleVersionRow;
use crate::storage::{Day, Id};

/// The texts of a pack.
#[derive(Debug, Clone, Copy)]
pub struct Brought<'t> {
    /// Names and texts: a file for each version (`2024-07-01.toml`), worked examples beside them (`examples.toml`).
    pub files: &'t [(&'t str, &'t str)],
    /// The one version to publish, where the others are there for the examples alone.
    pub only: Option<&'t str>,
}

impl<'t> Brought<'t> {
    /// All versions of these texts.
    #[must_use]
    pub const fn all(files: &'t [(&'t str, &'t str)]) -> Self {
        Self { files, only: None }
    }

    pub(super) fn wants(&self, version: &Version) -> bool {
        self.only.is_none_or(|only| version.id == only)
    }

    /// The versions wanted that are not out, as they will be kept.
    pub(super) fn not_out(
        &self,
        out: &[RuleVersionRow],
        by: &Acting,
        credential: Id,
        pack: &Pack,
    ) -> Result<Vec<RuleVersionRow>, CredentialError> {
        let mut new = Vec::new();
        for version in pack.versions.iter().filter(|version| self.wants(version)) {
            match out.iter().find(|row| row.version == version.id) {
                None => new.push(self.row(by, credential, version)?),
                Some(row) if row.hash == version.hash => {}
                Some(_) => return Err(CredentialError::Published(version.id.clone())),
            }
        }
        Ok(new)
    }

    fn row(&self, by: &Acting, credential: Id, version: &Version) -> Result<RuleVersionRow, CredentialError> {
        // What stands on others is kept written out: it must say the same when its base has long changed.
        let own = self.files.iter().find(|(name, _)| *name == version.file).map(|(_, text)| (*text).to_owned());
        let text = if version.stands_on_others() { Some(version.written_out()) } else { own };
        let from = version.in_force.from.ok_or_else(|| CredentialError::Rules(vec!["no first day".to_owned()]))?;
        Ok(RuleVersionRow {
            credential_id: credential,
            version: version.id.clone(),
            in_force_from: Day::from(from),
            hash: version.hash.clone(),
            content: text.ok_or_else(|| CredentialError::Rules(vec![format!("no text of `{}`", version.file)]))?,
            published_at: by.moment(),
            published_by: by.actor,
        })
    }

    /// Whether the new versions fit those that are out, all examples hold, and each new version has one.
    pub(super) fn check(
        &self,
        out: &[RuleVersionRow],
        new: &[RuleVersionRow],
        pack: &Pack,
    ) -> Result<(), CredentialError> {
        // All versions together must be a pack still, or nobody could be judged any more.
        of_rows(out.iter().chain(new))?;
        let problems = self.untrue(out, new, pack)?;
        if problems.is_empty() { Ok(()) } else { Err(CredentialError::Untested(problems)) }
    }

    /// Examples are asked of what is out together with all that was brought: a version that is not wanted now still rules
    /// its own.
    fn untrue(
        &self,
        out: &[RuleVersionRow],
        new: &[RuleVersionRow],
        pack: &Pack,
    ) -> Result<Vec<Problem>, CredentialError> {
        let is_out = |file: &str| {
            let version = pack.versions.iter().find(|version| version.file == file);
            version.is_some_and(|version| out.iter().any(|row| row.version == version.id))
        };
        let kept: Vec<(String, &str)> =
            out.iter().map(|row| (format!("{}.toml", row.version), row.content.as_str())).collect();
        let mut files: Vec<(&str, &str)> = kept.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        files.extend(self.files.iter().copied().filter(|(name, _)| !is_out(name)));
        let whole = read(&files)?;
        let is_new = |file: &str| {
            let version = whole.versions.iter().find(|version| version.file == file);
            version.is_some_and(|version| new.iter().any(|row| row.version == version.id))
        };
        let bare = worked::untested(&whole).into_iter().filter(|problem| is_new(&problem.file));
        Ok(worked::run(&whole).into_iter().chain(bare).collect())
    }
}
