//! Reads Rust source just far enough to see which names its code uses.

use std::fs;
use std::path::{Path, PathBuf};

/// One source file: where it is below the package, and its text.
pub struct SourceFile {
    /// The path below the package, with `/`.
    pub path: String,
    /// The file as it is.
    pub text: String,
}

impl SourceFile {
    /// The code alone: without comments, without what stands inside strings, without unit tests.
    pub fn code(&self) -> String {
        without_unit_tests(&blank_out(&self.text))
    }
}

/// The package's folder.
pub fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` of the package whose name ends in `.ending`, in order of path; none if the
/// folder is not there.
pub fn files_under(folder: &str, ending: &str) -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(&package().join(folder), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|it| it == ending))
        .map(|path| SourceFile {
            text: fs::read_to_string(&path).expect("source is UTF-8"),
            path: below_package(&path),
        })
        .collect()
}

/// The path below the package, with `/`.
pub fn below_package(path: &Path) -> String {
    path.strip_prefix(package()).expect("a file of the package").to_string_lossy().replace('\\', "/")
}

/// Every file below `folder`, other people's packages left out.
pub fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.ends_with("node_modules") {
            continue;
        } else if path.is_dir() {
            collect(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// Every path that `code` names, with `use a::{b, c}` opened up to `a::b` and `a::c`.
pub fn named_paths(code: &str) -> Vec<String> {
    let squeezed: String = code.split_whitespace().collect::<Vec<_>>().join(" ").replace(" :: ", "::");
    let mut found = Vec::new();
    for statement in squeezed.split("use ").skip(1) {
        let tree = statement.split(';').next().unwrap_or_default();
        open_up("", &tree.replace(' ', ""), &mut found);
    }
    let in_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    found.extend(squeezed.split(|c| !in_path(c)).map(str::to_owned));
    found.retain(|path| !path.trim_matches(':').is_empty());
    found
}

/// Whether one of the `paths` is `wanted`, lies below it, or has it in the middle (`chrono::Utc::now`).
pub fn any_names(paths: &[String], wanted: &str) -> bool {
    let wanted = format!("::{wanted}::");
    paths.iter().any(|path| format!("::{}::", path.trim_matches(':')).contains(&wanted))
}

fn open_up(prefix: &str, tree: &str, into: &mut Vec<String>) {
    let Some((head, rest)) = tree.split_once('{') else {
        into.push(format!("{prefix}{tree}"));
        return;
    };
    let inside = rest.strip_suffix('}').unwrap_or(rest);
    let (mut depth, mut piece) = (0_i32, String::new());
    for letter in inside.chars().chain([',']) {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if letter == ',' && depth == 0 {
            open_up(&format!("{prefix}{head}"), &piece, into);
            piece.clear();
        } else {
            piece.push(letter);
        }
    }
}

/// The text with every comment and the inside of every string and character replaced by spaces.
fn blank_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (taken, kept) = match first {
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), false),
            '/' if rest.starts_with("/*") => (block_comment(rest), false),
            'r' | 'b' if raw_string(rest).is_some() && !ends_in_name(&out) => (raw_string(rest).unwrap_or(1), false),
            '"' => (quoted(rest), false),
            '\'' => character(rest).map_or((1, true), |length| (length, false)),
            other => (other.len_utf8(), true),
        };
        let (piece, after) = rest.split_at(taken);
        if kept {
            out.push_str(piece);
        } else {
            out.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        }
        rest = after;
    }
    out
}

fn ends_in_name(out: &str) -> bool {
    out.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(here) = rest.get(at..) {
        if here.is_empty() {
            break;
        } else if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of the raw string that begins here, if one does.
fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.chars().take_while(|c| *c == '#').count();
    let inside = after.get(hashes..)?.strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let opening = rest.len() - inside.len();
    Some(opening + inside.find(&close).map_or(inside.len(), |at| at + close.len()))
}

/// The length of the quoted string that begins here.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the character literal that begins here; `None` if this is a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut letters = rest.char_indices().skip(1);
    let (_, first) = letters.next()?;
    if first == '\\' {
        letters.next()?;
        return letters.find(|(_, letter)| *letter == '\'').map(|(at, _)| at + 1);
    }
    letters.next().filter(|(_, letter)| *letter == '\'').map(|(at, _)| at + 1)
}

/// `code` (already blanked out) without its `#[cfg(test)]` items.
fn without_unit_tests(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("#[cfg(test)]") {
        out.push_str(before);
        rest = after.get(end_of_item(after)..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn end_of_item(item: &str) -> usize {
    let mut depth = 0_i32;
    for (at, letter) in item.char_indices() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if depth == 0 && (letter == '}' || letter == ';') {
            return at + 1;
        }
    }
    item.len()
}

#[test]
fn comments_strings_and_unit_tests_are_not_code() {
    let text = r###"
        //! diesel
        /* diesel /* diesel */ diesel */
        fn one<'a>(x: &'a str) -> char { let _ = ("diesel \" diesel", r#"diesel " diesel"#, b"diesel"); 'd' }
        const QUOTE: char = '"'; const TICK: char = '\''; fn two() {}
        #[cfg(test)]
        mod tests { fn three() { let _ = "}"; diesel::x() } }
        fn four() {}
    "###;
    let file = SourceFile { path: String::new(), text: text.to_owned() };
    let code = file.code();
    assert!(!code.contains("diesel"), "{code}");
    for name in ["one", "two", "four"] {
        assert!(code.contains(&format!("fn {name}")), "{code}");
    }
    assert!(!code.contains("three"), "{code}");
}

#[test]
fn a_grouped_use_is_opened_up() {
    let paths =
        named_paths("use std::{fmt, fs::{self, File}, collections::BTreeMap as Map};\nfn f() { chrono :: Utc::now() }");
    assert!(any_names(&paths, "std::fs"), "{paths:?}");
    assert!(any_names(&paths, "std::fs::File"), "{paths:?}");
    assert!(any_names(&paths, "Utc::now"), "{paths:?}");
    assert!(!any_names(&paths, "std::env"), "{paths:?}");
}
