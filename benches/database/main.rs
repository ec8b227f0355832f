//! The service on its databases, beside what the machine could do at best:
//! `cargo bench --bench database [-- lookups|imports|everyone|simulate|upkeep [COUNT]]`.
//!
//! SQLite always, in a file of its own; PostgreSQL when `TEST_POSTGRES_URL` names a server, in a schema of its
//! own. Answers are compared before a figure is printed.

mod applicants;
mod command;
mod everyone;
mod fill;
mod http;
mod imports;
mod lookups;
mod one_statement;
mod place;
mod simulate;
mod spent;
mod upkeep;

/// What a measurement answers: nothing, or why there is none.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let count = arguments.get(1).map(|text| text.parse::<u32>()).transpose()?;
    let wanted = arguments.first().map(String::as_str);
    if !matches!(wanted, None | Some("lookups" | "imports" | "everyone" | "simulate" | "upkeep")) {
        return Err("expected `lookups`, `imports`, `everyone`, `simulate` or `upkeep`, and a count".into());
    }
    let is_wanted = |name| wanted.is_none_or(|wanted| wanted == name);
    for database in place::databases() {
        if is_wanted("lookups") {
            lookups::run(&database, count.unwrap_or(100_000))?;
        }
        if is_wanted("imports") {
            imports::run(&database, count.unwrap_or(20_000))?;
        }
        if is_wanted("everyone") {
            everyone::run(&database, count.unwrap_or(20_000))?;
        }
        if is_wanted("simulate") {
            simulate::run(&database, count.unwrap_or(20_000))?;
        }
        if is_wanted("upkeep") {
            upkeep::run(&database, count.unwrap_or(20_000))?;
        }
    }
    Ok(())
}
