//! Certificates as PDF: a typed model in, bytes out, and nothing else: no database, clock or network.
//!
//! Begin with [`certificate::build`]; ask [`check_name`] before anything is issued. On the way:
//! `model` -> `personal` and `frame` (what stands where, with `layout`, `shape`, `itemize`, `fonts`) ->
//! `scene` (our own drawing words) -> `draw` and `document` (printpdf, completed on its lopdf document)
//! with `subset`, `tags` and `metadata`. `template` keeps what all certificates of a design share.

pub mod certificate;

mod document;
mod draw;
mod error;
mod fonts;
mod frame;
mod itemize;
mod layout;
mod metadata;
mod model;
mod name;
mod personal;
mod qr;
mod scene;
mod seal;
mod shape;
mod subset;
mod tags;
mod template;
mod texts;

pub use name::{CharacterCode, LONGEST, NameRefusal, check_name};
