//! A pack that stands on another: `base = "intl/icrc-pr"` takes over that pack's rules and may tighten them.
//!
//! Works on the texts before they are read: [`chain`] finds the layers, [`merge`] lays one over the other, [`without`] takes
//! away what the upper one does not ask for, [`stricter`] says which way a change goes. What comes out is one version, as
//! if its author had written it in full.

mod chain;
mod judged;
mod merge;
mod reliefs;
mod rungs;
pub mod stricter;
mod without;

use toml::de::DeTable;

use super::super::problem::{Problem, Problems};
use super::flat::Replaced;
pub(super) use chain::base_of;

/// A pack that others may stand on: its folder, such as `intl/icrc-pr`, and its files.
#[derive(Debug, Clone)]
pub struct Base<'b> {
    /// Its folder.
    pub folder: &'b str,
    /// Names and texts of its files.
    pub files: Vec<(&'b str, &'b str)>,
}

/// A version with its bases laid under it.
pub(super) struct Laid<'t> {
    pub(super) problems: Problems<'t>,
    pub(super) root: toml::Spanned<DeTable<'t>>,
    /// Values that took the place of a base's, by where they stand.
    pub(super) replaced: Vec<Replaced>,
}

/// Lays a version over its bases; a version without a base comes out as it is.
pub(super) fn lay<'t>(
    file: &'t str,
    text: &'t str,
    root: toml::Spanned<DeTable<'t>>,
    bases: &[Base<'t>],
) -> Result<Laid<'t>, Vec<Problem>> {
    let span = root.span();
    let layers = chain::layers(file, text, root.into_inner(), bases)?;
    let files: Vec<(&str, &str)> = layers.iter().map(|layer| (layer.file, layer.text)).collect();
    let problems = Problems::through(&files);
    let (mut start, mut whole, mut replaced) = (0, None, Vec::new());
    for layer in layers {
        let end = start + layer.text.len() + 1;
        let own = merge::moved(layer.root, start);
        whole = Some(match whole {
            None => own,
            Some(below) => merge::over(&problems, below, own, &mut replaced),
        });
        start = end;
    }
    Ok(Laid { problems, root: toml::Spanned::new(span, whole.unwrap_or_default()), replaced })
}
