//! What nobody well-meaning sends, and that `docs/bad-input.md` tells the truth about it.

mod days;
mod names;
mod page;
mod tokens;
