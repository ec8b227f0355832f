//! Rules through their public functions: the shipped packs as a whole, bad packs, and properties of the judgment.

mod allocation;
mod bad_packs;
mod differences;
mod inheritance;
mod judgment;
mod languages;
mod life;
mod mutations;
mod pace;
mod packs;
mod records;
mod shipped;
mod small;
mod transitions;
