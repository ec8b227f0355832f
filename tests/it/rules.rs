//! Rules: the shipped packs as a whole.

mod packs;
