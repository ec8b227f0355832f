//! A version in words that people can read, in both languages: for pages, for comparing, for boards.
//!
//! Reads what the flattened version states and says it; decides nothing. [`page()`] makes a tree; Markdown and the web page are
//! written from it. A key without words of its own is shown as it is written, so nothing a pack says is left out.

mod clause;
mod compose;
mod conditions;
mod describe;
mod exams;
mod filters;
mod hours;
mod life;
mod markdown;
mod notes;
mod others;
mod pace;
mod page;
mod phrases;
mod places;
mod relief;
mod speaker;
mod terms;
mod unnamed;
mod vocabulary;

pub use clause::Subject;
pub use describe::{Described, described, everything, titles};
pub use hours::sort_said;
pub use life::head;
pub use markdown::markdown;
pub use page::{Group, Item, Page, Section, Source, page, title};
pub(super) use phrases::anchor;
pub use phrases::length;
pub use places::{credential, place};
pub use speaker::Speaker;
pub use unnamed::unnamed;
