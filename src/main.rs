//! The `credtrail` program.

fn main() {}
