//! Rules through their public functions: the shipped packs as a whole, bad packs, and properties of the judgment.

mod allocation;
mod bad_packs;
mod bulk;
mod coverage;
mod differences;
mod exams;
mod inheritance;
mod judgment;
mod languages;
mod life;
mod mutations;
mod oracle;
mod pace;
mod packs;
mod placing;
mod plans;
mod properties;
mod records;
mod renderings;
mod repeats;
mod shipped;
mod small;
mod transitions;
mod units;
