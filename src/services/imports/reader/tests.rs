//! Files as they come out of spreadsheets, editors and accidents.

use super::*;

const COLUMNS: &[Column] = &[
    Column { name: "email", required: true, example: "", about: "" },
    Column { name: "course", required: true, example: "", about: "" },
    Column { name: "note", required: false, example: "", about: "" },
];

/// The rows of a file: line, and fields or the problem's code and column.
fn read(file: &[u8]) -> Result<Vec<(u64, String)>, FileError> {
    let mut rows = Rows::open(file, COLUMNS)?;
    let header = rows.header().to_vec();
    let mut told = Vec::new();
    loop {
        let slice = rows.next_slice(2)?;
        if slice.is_empty() {
            return Ok(told);
        }
        for row in slice {
            told.push((
                row.line,
                match row.fields(&header) {
                    Ok(fields) => fields.values.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("|"),
                    Err(problem) => format!("{} {}", problem.code, problem.column).trim().to_owned(),
                },
            ));
        }
    }
}

fn told(file: &[u8]) -> Vec<(u64, String)> {
    read(file).unwrap()
}

fn rows(rows: &[(u64, &str)]) -> Vec<(u64, String)> {
    rows.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
}

#[test]
fn lines_are_counted_right_whatever_ends_them() {
    let expected = rows(&[(2, "a@x.org|c1"), (3, "b@x.org|c2"), (4, "c@x.org|c3"), (5, "d@x.org|c4")]);
    for end in ["\n", "\r\n", "\r"] {
        let file = ["email,course", "a@x.org,c1", "b@x.org,c2", "c@x.org,c3", "d@x.org,c4"].join(end);
        assert_eq!(told(file.as_bytes()), expected, "{end:?} without one at the end");
        assert_eq!(told(format!("{file}{end}").as_bytes()), expected, "{end:?}");
    }
}

#[test]
fn empty_lines_and_line_breaks_in_quotes_are_counted_too() {
    for end in ["\n", "\r\n", "\r"] {
        let file =
            format!("email,course{end}{end}a@x.org,c1{end}\"b{end}{end}@x.org\",c2{end}{end}{end}c@x.org,c3{end}{end}");
        let expected = rows(&[(3, "a@x.org|c1"), (4, "control_character email"), (9, "c@x.org|c3")]);
        assert_eq!(told(file.as_bytes()), expected, "{end:?}");
    }
}

#[test]
fn lines_are_counted_right_far_into_a_file() {
    for end in ["\n", "\r\n", "\r"] {
        let mut file = format!("email,course{end}");
        for n in 0..5_000 {
            file += &format!("person{n}@example.org,\"c,{n}\"{end}");
        }
        let told = told(file.as_bytes());
        assert!(told.iter().zip(2..).all(|((line, _), expected)| *line == expected), "{end:?}");
        assert_eq!(told.last(), Some(&(5_001, "person4999@example.org|c,4999".to_owned())), "{end:?}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(told(b"\xef\xbb\xbfemail,course\r\na@x.org,c1\r\n"), rows(&[(2, "a@x.org|c1")]));
    assert_eq!(told(b"\xef\xbb\xbf\"email\",course\na@x.org,c1\n"), rows(&[(2, "a@x.org|c1")]));
}

#[test]
fn a_file_in_latin_1_is_told_by_row_and_column() {
    let file = b"email,course,note\na@x.org,c1,plain\nb@x.org,c2,Jos\xe9\n";
    assert_eq!(told(file), rows(&[(2, "a@x.org|c1|plain"), (3, "not_utf8 note")]));
}

#[test]
fn a_file_in_utf_16_is_refused_as_a_whole() {
    let text = "email,course\na@x.org,c1\n";
    let little: Vec<u8> =
        [0xfffe_u16.swap_bytes()].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xfeff_u16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let bare: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in [little, big, bare] {
        let error = read(&file).unwrap_err();
        assert!(matches!(error, FileError::Encoding), "{error}");
        assert!(error.to_string().contains("save it as \"CSV UTF-8\""), "{error}");
    }
}

#[test]
fn a_lone_quote_takes_in_what_follows_and_is_told_where_it_begins() {
    // The rest of a short file becomes one field: the row has too few fields.
    assert_eq!(
        told(b"email,course,note\na@x.org,c1,ok\nb@x.org,\"c2,open\nc@x.org,c3,ok\n"),
        rows(&[(2, "a@x.org|c1|ok"), (3, "bad_row")])
    );
    let mut long = b"email,course\na@x.org,c1\nb@x.org,\"c2\n".to_vec();
    for _ in 0..20_000 {
        long.extend_from_slice(b"c@x.org,c3\n");
    }
    let error = read(&long).unwrap_err();
    assert!(matches!(error, FileError::EndlessRow(3)), "{error}");
}

#[test]
fn a_nul_or_another_control_character_is_refused_by_column() {
    assert_eq!(
        told(b"email,course\na\0@x.org,c1\nb@x.org,c\x072\n"),
        rows(&[(2, "control_character email"), (3, "control_character course")])
    );
}

#[test]
fn a_huge_field_is_refused_before_it_is_read_whole() {
    let field =
        |letters: usize| ["email,course,note\r\na@x.org,c1,", &"x".repeat(letters), "\r\nb@x.org,c2,ok\r\n"].concat();
    assert_eq!(told(field(2_000).as_bytes())[1], (3, "b@x.org|c2|ok".to_owned()));
    assert_eq!(told(field(2_001).as_bytes()), rows(&[(2, "too_long note"), (3, "b@x.org|c2|ok")]));
    let error = read(field(10_000_000).as_bytes()).unwrap_err();
    assert!(matches!(error, FileError::EndlessRow(2)), "{error}");
    assert!(error.to_string().contains("a field that is much too long"), "{error}");
}

#[test]
fn semicolons_and_tabs_are_named() {
    for (file, with) in [("email;course\na@x.org;c1\n", "semicolons"), ("email\tcourse\na@x.org\tc1\n", "tabs")] {
        let error = read(file.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(with) && error.contains("save it as CSV with commas"), "{error}");
    }
}

#[test]
fn columns_that_are_missing_unknown_or_double_are_named() {
    for (header, part) in [
        ("email,note", "the header lacks `course`"),
        ("email,course,colour", "`colour`, which is no column of this file"),
        ("email,course,Email", "`Email`, which is there twice"),
    ] {
        let error = read(format!("{header}\n").as_bytes()).unwrap_err().to_string();
        assert!(error.contains(part) && error.contains("email, course, note"), "{error}");
    }
    assert!(matches!(read(b"").unwrap_err(), FileError::Empty));
    assert!(matches!(read(b"\n\n").unwrap_err(), FileError::Empty));
}

#[test]
fn rows_with_too_many_or_too_few_fields_are_told_and_the_others_read() {
    assert_eq!(
        told(b"course,EMAIL\nc1,a@x.org\nc2\nc3,c@x.org,more\nc4,d@x.org\n"),
        rows(&[(2, "c1|a@x.org"), (3, "bad_row"), (4, "bad_row"), (5, "c4|d@x.org")])
    );
}
