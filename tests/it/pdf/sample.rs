//! Models of certificates.

use chrono::NaiveDate;
use credtrail::pdf::certificate::{Border, BorderStyle, Certificate, Colour, Design, PageSize, Seal, Signatory};
use credtrail::rules::Lang;

pub const URL: &str = "https://register.example.org/verify/7Qm2kX9tLw4RbYhN5cZdPs";

/// A certificate for this name, on Letter paper in English.
pub fn certificate(name: &str) -> Certificate {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let colour = Colour::parse("#1f4e79").expect("a colour");
    Certificate {
        design: Design {
            page: PageSize::Letter,
            lang: Lang::En,
            board: "Example Board of Peer Support".to_owned(),
            credential: "Certified Peer Support Specialist".to_owned(),
            signatory: Some(Signatory { name: "Margaret Oyelaran".to_owned(), title: "Chair".to_owned() }),
            seal: Seal { initials: "EBPS".to_owned(), around: "EXAMPLE BOARD OF PEER SUPPORT".to_owned(), colour },
            border: Border { style: BorderStyle::Engraved, colour },
        },
        name: name.to_owned(),
        number: "NE2604127835".to_owned(),
        issued_on: day(2026, 3, 5),
        valid_from: day(2026, 3, 6),
        valid_through: Some(day(2028, 3, 4)),
        status: Some("Active".to_owned()),
        verify_url: URL.to_owned(),
    }
}

/// One name per script, with the name of the script.
pub const NAMES: [(&str, &str); 24] = [
    ("Latin", "Jos\u{e9} \u{141}ukasz Nguy\u{1ec5}n"),
    ("African Latin", "\u{1ecc}l\u{e1}w\u{e1}l\u{e9} K\u{1ecd}\u{301}l\u{e1} \u{190}s\u{25b}"),
    ("Greek", "\u{395}\u{3bb}\u{3ad}\u{3bd}\u{3b7} \u{3a0}\u{3b1}\u{3c0}\u{3ac}"),
    ("Cyrillic", "\u{41e}\u{43b}\u{44c}\u{433}\u{430} \u{429}\u{435}\u{440}\u{431}\u{430}\u{43a}"),
    ("Arabic", "\u{645}\u{62d}\u{645}\u{62f} \u{639}\u{644}\u{64a}"),
    ("Hebrew", "\u{5d3}\u{5d5}\u{5d3} \u{5db}\u{5d4}\u{5df}"),
    ("Devanagari", "\u{936}\u{94d}\u{930}\u{940} \u{915}\u{94d}\u{937}\u{93f}\u{924}\u{93f}\u{91c}"),
    ("Chinese", "\u{674e}\u{5c0f}\u{9f8d}"),
    ("Japanese", "\u{9ad8}\u{6a4b} \u{3055}\u{304f}\u{3089} \u{30e8}\u{30fc}\u{30b3}"),
    ("Korean", "\u{ae40}\u{bbfc}\u{c900}"),
    ("Thai", "\u{e28}\u{e23}\u{e35}\u{e2a}\u{e38}\u{e02} \u{e43}\u{e08}\u{e14}\u{e35}"),
    ("Ethiopic", "\u{1230}\u{120b}\u{121d} \u{1270}\u{1235}\u{134b}\u{12ec}"),
    ("Tamil", "\u{ba4}\u{bae}\u{bbf}\u{bb4}\u{bcd} \u{b9a}\u{bc6}\u{bb2}\u{bcd}\u{bb5}\u{bbf}"),
    ("Armenian", "\u{531}\u{576}\u{56b} \u{54d}\u{561}\u{580}\u{563}\u{57d}\u{575}\u{561}\u{576}"),
    ("Georgian", "\u{10dc}\u{10d8}\u{10dc}\u{10dd} \u{10d1}\u{10d4}\u{10e0}\u{10d8}\u{10eb}\u{10d4}"),
    ("Bengali", "\u{9b0}\u{9ac}\u{9c0}\u{9a8}\u{9cd}\u{9a6}\u{9cd}\u{9b0}\u{9a8}\u{9be}\u{9a5}"),
    ("Gujarati", "\u{aae}\u{acb}\u{ab9}\u{aa8}"),
    ("Gurmukhi", "\u{a17}\u{a41}\u{a30}\u{a2a}\u{a4d}\u{a30}\u{a40}\u{a24}"),
    ("Khmer", "\u{179f}\u{17bb}\u{1781} \u{1785}\u{17d0}\u{1793}\u{17d2}\u{1791}"),
    ("Lao", "\u{eaa}\u{ebb}\u{ea1}\u{e9e}\u{ead}\u{e99}"),
    ("Myanmar", "\u{1021}\u{1031}\u{102c}\u{1004}\u{103a}"),
    ("Cherokee", "\u{13e3}\u{13b3}\u{13a9}"),
    ("N'Ko", "\u{7d2}\u{7de}\u{7cf}"),
    ("two directions", "Sara \u{633}\u{627}\u{631}\u{627} O\u{2019}Neil-Cohen"),
];
