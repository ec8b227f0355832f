//! Migrations are compiled into the program: build again when one of them changes.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
