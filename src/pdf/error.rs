//! Why a certificate cannot be made.

use super::name::NameRefusal;

/// Why no certificate was made; all but [`PdfError::Fault`] can be put right by whoever asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The person's name cannot be printed.
    #[error(transparent)]
    Name(#[from] NameRefusal),
    /// Another text cannot be printed.
    #[error("the certificate's `{field}` cannot be printed: {refusal}")]
    Text {
        /// Which text: `board`, `credential`, `signatory`, `seal`, `number`, `status` or `verify_url`.
        field: &'static str,
        /// What is the matter with it; its words speak of a name.
        refusal: NameRefusal,
    },
    /// The verify address does not fit into a code of readable size.
    #[error("the verify address has {0} bytes; expected 1 to 300, use a shorter public address")]
    Address(usize),
    /// Something of ours is broken.
    #[error("the certificate could not be drawn: {0}")]
    Fault(&'static str),
}

impl PdfError {
    /// Says which text a refusal is about.
    pub(crate) fn about(field: &'static str) -> impl Fn(NameRefusal) -> Self {
        move |refusal| Self::Text { field, refusal }
    }
}
