//! Every shipped pack reads as a page in both languages, and every newer shape is said in words.

use std::path::Path;

use credtrail::packs;
use credtrail::rules::render::{self, Item, Page};
use credtrail::rules::{Lang, Pack};

use super::measure::grade;

pub(super) fn shipped() -> Vec<Pack> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/config/rules"));
    let load = |path: &std::path::PathBuf| packs::load(path).unwrap_or_else(|error| panic!("{error}"));
    packs::find(folder).unwrap().iter().map(load).collect()
}

/// The sentences of a page, without what is a pack's own: names, which are in quotes, and notes about the sources.
pub(super) fn sentences(page: &Page) -> Vec<String> {
    fn below(item: &Item, all: &mut Vec<String>) {
        all.extend(item.sentences.iter().chain(&item.parts_lead).cloned());
        item.parts.iter().for_each(|part| below(part, all));
    }
    let mut all = page.lead.clone();
    for section in &page.sections {
        all.extend(section.lead.iter().chain([&section.title]).cloned());
        for group in section.groups.iter().filter(|_| section.id != "notes") {
            group.items.iter().for_each(|item| below(item, &mut all));
        }
    }
    all.into_iter().map(|sentence| unquoted(&sentence)).collect()
}

fn unquoted(sentence: &str) -> String {
    let (mut said, mut depth) = (String::new(), 0_i32);
    for letter in sentence.chars() {
        match letter {
            '“' | '«' => {
                said.push('…');
                depth += 1;
            }
            '”' | '»' => depth -= 1,
            other if depth == 0 => said.push(other),
            _ => {}
        }
    }
    said
}

fn words(sentence: &str) -> Vec<&str> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-' || letter == '\'';
    sentence.split(|letter| !is_part(letter)).filter(|word| !word.is_empty()).collect()
}

#[test]
fn no_page_of_a_shipped_pack_shows_an_id_a_key_or_a_word_without_a_name() {
    for pack in shipped() {
        for version in &pack.versions {
            let unnamed = render::unnamed(version);
            assert!(unnamed.is_empty(), "{} {}: give these a name in [word.*]: {unnamed:?}", pack.id, version.id);
            for lang in Lang::ALL {
                for sentence in sentences(&render::page(version, lang)) {
                    for word in words(&sentence) {
                        assert!(!word.contains('_') && !word.starts_with("x-"), "{} `{word}`: {sentence}", pack.id);
                    }
                    for leak in ["true", "false", "[", "{", "\"", "..", " ,", ": :", "  "] {
                        assert!(!sentence.contains(leak), "{} `{leak}`: {sentence}", pack.id);
                    }
                }
            }
        }
    }
}

#[test]
fn one_of_a_thing_is_said_in_the_singular_and_years_are_never_one() {
    const MANY: [&str; 14] = [
        "hours", "days", "weeks", "months", "years", "terms", "credits", "courses", "horas", "días", "semanas",
        "meses", "años", "cursos",
    ];
    for pack in shipped() {
        for version in &pack.versions {
            for sentence in Lang::ALL.iter().flat_map(|lang| sentences(&render::page(version, *lang))) {
                for pair in words(&sentence).windows(2) {
                    assert!(pair[0] != "1" || !MANY.contains(&pair[1]), "{}: {sentence}", pack.id);
                }
            }
        }
    }
}

#[test]
fn a_spanish_page_has_no_english_of_the_programs_own() {
    const ENGLISH: [&str; 34] = [
        "the", "of", "and", "or", "at", "least", "most", "hours", "hour", "days", "months", "years", "after", "before",
        "during", "with", "for", "people", "board", "count", "counts", "only", "needed", "is", "are", "it", "this",
        "fee", "term", "course", "courses", "exam", "January", "November",
    ];
    for pack in shipped() {
        for version in &pack.versions {
            for sentence in sentences(&render::page(version, Lang::Es)) {
                // The names of two older courses stay as they are in their own language.
                let named = sentence.replace("Mind and Body", "").replace("Recovery Coach Academy", "");
                for word in words(&named) {
                    assert!(!ENGLISH.contains(&word), "{} `{word}`: {sentence}", pack.id);
                }
            }
        }
    }
}

#[test]
fn every_requirement_and_every_part_says_something() {
    fn check(pack: &str, item: &Item) {
        let says = !item.sentences.is_empty() || item.parts_lead.is_some();
        assert!(says || item.label.ends_with('.'), "{pack}: {} says nothing", item.label);
        for sentence in &item.sentences {
            assert!(sentence.ends_with('.'), "{pack}: {sentence}");
            let first = sentence.trim_start_matches(['“', '«']).chars().next().unwrap();
            assert!(first.is_uppercase() || first.is_numeric(), "{pack}: {sentence}");
        }
        item.parts.iter().for_each(|part| check(pack, part));
    }
    for pack in shipped() {
        for version in &pack.versions {
            for lang in Lang::ALL {
                let page = render::page(version, lang);
                let items = page.sections.iter().flat_map(|section| &section.groups).flat_map(|group| &group.items);
                items.for_each(|item| check(&pack.id, item));
            }
        }
    }
}

/// The pack shown in the page of the language, changed.
fn changed(changes: &[(&str, &str)]) -> Pack {
    let page = include_str!("../../../docs/rules/language.md");
    let mut text = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    Pack::parse(&[("2024-07-01.toml", &text)]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Both pages of the changed pack have these sentences.
fn says(changes: &[(&str, &str)], en: &[&str], es: &[&str]) {
    let pack = changed(changes);
    for (lang, expected) in [(Lang::En, en), (Lang::Es, es)] {
        let text = render::markdown(&pack.versions[0], lang);
        for sentence in expected {
            assert!(text.contains(sentence), "missing: {sentence}\n{text}");
        }
    }
}

const CE: &str = "repeats     = \"refused\"";
const WORK: &str = "supervisor = \"eligible\"";

#[test]
fn a_rhythm_where_there_is_work_names_the_work_and_no_amount_is_said_as_none() {
    let work = "[[initial.service]]\nid = \"job\"\nstage = [\"initial\", \"full\"]\nlabel = \"Job\"\nlabel_es = \"Empleo\"\ncite = \"handbook\"\nat_least = \"0 hours\"\n\n[[initial.service]]";
    let weekly = "supervisor = \"eligible\"\nrhythm = { each = \"week\", at_least = \"1 hour\", with_any = \"job\" }";
    says(
        &[("[[initial.service]]", work), (WORK, weekly)],
        &["At least 1 hour a week, in the weeks with any “Job”.", "Any amount, also none."],
        &["Al menos 1 hora por semana, en las semanas con algo de «Empleo».", "Cualquier cantidad, también ninguna."],
    );
}

#[test]
fn rhythm_spread_rate_and_weekly_limits_are_said() {
    says(
        &[(
            WORK,
            "supervisor = \"eligible\"\nrhythm = { each = \"month\", at_least = 2 }\nspread = { at_least = \"6 months\", at_most = \"18 months\" }\nrate = { each = \"week\", at_least = \"10 hours\", for = \"90 days\" }\nper_week = \"40 hours\"",
        )],
        &[
            "At least 2 times a month.",
            "Spread over at least 6 months and at most 18 months.",
            "At least 10 hours a week for 90 days.",
            "At most 40 hours a week count.",
        ],
        &[
            "Al menos 2 veces por mes.",
            "Repartidas en al menos 6 meses y como máximo 18 meses.",
            "Al menos 10 horas por semana durante 90 días.",
            "Cuentan como máximo 40 horas por semana.",
        ],
    );
}

#[test]
fn periods_proportion_rounding_and_carried_hours_are_said() {
    says(
        &[(
            CE,
            "repeats = \"half\"\nperiod = { every = \"6 years\", follows_on = true }\nrounding = { step = \"0.5 hours\", mode = \"nearest\", scope = \"per topic\" }\ncarry_over = { at_most = \"10 hours\", generations = 2 }",
        )],
        &[
            "Asked in periods of 6 years, one after the other, from the day the certificate is first given on.",
            "Rounded to the nearest in steps of 0.5 hours, topic by topic.",
            "Up to 10 hours above the need may be kept for the next 2 terms.",
            "A repeated course counts half.",
        ],
        &[
            "Se pide en plazos de 6 años, uno tras otro, a partir del día en que se otorga por primera vez el certificado.",
            "Se redondea a lo más cercano en pasos de 0.5 horas, por tema.",
            "Hasta 10 horas por encima de lo exigido se pueden guardar para los 2 períodos siguientes.",
        ],
    );
    says(
        &[(
            CE,
            "pro_rata = { of = \"first term\", full = \"24 months\", months = \"started\", step = \"1 hour\", mode = \"ceil\" }",
        )],
        &[
            "Asked in proportion to the length of the first term: all of it for 24 months, a month begun counts as a whole one, rounded up to 1 hour.",
        ],
        &[
            "Se pide en proporción a la duración del primer período: todo para 24 meses, un mes empezado cuenta entero, se redondea hacia arriba a 1 hora.",
        ],
    );
}

#[test]
fn conditions_are_said_of_people() {
    says(
        &[],
        &[
            "Waived for people whose certificate was first given in the 12 months before the end of the term and who do not enter by this path: grandfathered, or people on hold for military service.",
        ],
        &[
            "No se exige a personas cuyo certificado se otorgó por primera vez en los 12 meses antes del fin del período y que no ingresan por esta vía: con derechos adquiridos, o personas en pausa por servicio militar.",
        ],
    );
    says(
        &[(CE, "when = { first_term = false, employed_as = [\"peer_supervisor\"] }")],
        &["Asked only of people who work as peer supervisor and in a later term."],
        &["Se pide solo a personas que trabajan como supervisor de pares y en un período posterior."],
    );
    says(
        &[(CE, "when = { age = { at_most = 17, on = \"event hired\" } }")],
        &["Asked only of people who are at most 17 years old on the day of the hiring."],
        &["Se pide solo a personas que tienen como máximo 17 años el día de la contratación."],
    );
    says(
        &[(CE, "when = { age = { at_most = 17, on = \"term end\" } }")],
        &["Asked only of people who are at most 17 years old on the day of the end of the term."],
        &["Se pide solo a personas que tienen como máximo 17 años el día del fin del período."],
    );
}

#[test]
fn exams_say_marks_attempts_waits_and_what_helps_after_a_miss() {
    says(
        &[(
            "wait     = \"90 days\"",
            "wait     = \"90 days\"\nvalid_for = \"24 months\"\nvalid_on = \"application\"\nremediation = { after = 2, learning = \"6 hours\", label = \"Refresher\", label_es = \"Repaso\" }",
        )],
        &[
            "It has to be passed. Pass mark: 500 on a scale of 200 to 800. At most 3 attempts, in the 12 months after the day the application is approved.",
            "After 2 attempts without a pass: Refresher, at least 6 hours.",
            "A pass is good for 24 months (looked at on the day of the application).",
        ],
        &[
            "Nota mínima: 500 en una escala de 200 a 800.",
            "Después de 2 intentos sin aprobar: Repaso, al menos 6 horas.",
        ],
    );
}

#[test]
fn stages_say_terms_dates_and_late_fees_and_what_the_sources_leave_open() {
    says(
        &[],
        &[
            "* **Initial certificate**: It holds for 6 months. It is not renewed. The board may extend it once, by 6 months.",
            "It holds for 24 months. You can renew from 90 days before it ends. The renewal is due by its last day. From 45 days before it ends, it is late. It can still be renewed for 30 days after its end. Fee to renew: 50 USD. Fee to renew, if late: 75 USD.",
        ],
        &[
            "Está vigente por 24 meses. Se puede renovar desde 90 días antes de que termine.",
            "Tarifa para renovar, si es tardía: 75 USD.",
        ],
    );
    says(
        &[("term     = \"24 months\"", "term     = \"not stated\"")],
        &["* **Full certificate**: The sources do not say how long it holds."],
        &["* **Certificado completo**: Las fuentes no dicen por cuánto tiempo está vigente."],
    );
}

#[test]
fn holds_orders_rungs_deadlines_and_transitions_are_said() {
    let more = r#"
[[initial.deadline]]
id = "in-time"
stage = "initial"
label = "In time"
label_es = "A tiempo"
cite = "handbook"
within = "12 months after application approved"
rule = "exam"
consequence = "The application ends"
consequence_es = "La solicitud termina"

[[hold]]
kinds = ["military"]
label = "Service"
label_es = "Servicio"
cite = "handbook"
stops = ["term", "deadlines"]
waives = ["ce"]
at_most = "24 months"

[[order]]
id = "flood"
label = "Flood"
label_es = "Inundación"
cite = "handbook"
extends = ["term", "in-time"]
ending = { from = 2025-03-10, through = 2025-08-31 }
until = 2025-12-31

[[reinstatement.exam]]
id = "again"
label = "Exam, taken again"
label_es = "Examen, hecho de nuevo"
stage = "full"
cite = "handbook"
exams = ["icrc-pr"]

[[reinstatement.rung]]
id = "near"
label = "Back soon"
label_es = "De vuelta pronto"
stage = "full"
cite = "handbook"
away = "at most 12 months"
rules = ["again"]
fee = "150 USD"

[[reinstatement.rung]]
id = "far"
label = "Back late"
label_es = "De vuelta tarde"
stage = "full"
cite = "handbook"
away = "more than 12 months"
refused = true
consequence = "One applies anew"
consequence_es = "Se solicita de nuevo"

# -- To become certified ----"#;
    says(
        &[("\n# -- To become certified ----", more)],
        &[
            "“Exam” has to be complete in the 12 months after the day the application is approved. If not: the application ends.",
            "For people on hold because of this: military service. This stands still meanwhile: the term of the certificate and the dates to keep. This is not asked meanwhile: “Continuing education”. For at most 24 months.",
            "What would end: certificates and “In time”, from March 10, 2025 through August 31, 2025. It ends on this day instead: December 31, 2025.",
            "Away for at most 12 months. What is asked: “Exam, taken again”. Fee: 150 USD.",
            "Away for more than 12 months. This certificate cannot be brought back. One applies anew.",
        ],
        &[
            "«Examen» tiene que estar completo en los 12 meses después del día en que se aprueba la solicitud. Si no: la solicitud termina.",
            "Lo que terminaría: certificados y «A tiempo», del 10 de marzo de 2025 al 31 de agosto de 2025.",
            "Hasta 12 meses de ausencia. Se pide: «Examen, hecho de nuevo». Tarifa: 150 USD.",
        ],
    );
}

#[test]
fn topics_are_listed_a_stage_says_where_it_is_written_and_a_number_of_a_clause_is_no_title() {
    says(
        &[
            (
                "[topic.wellness]\nlabel    = \"Recovery and wellness\"",
                "[topic.wellness]\nlabel    = \"Recovery, and wellness\"",
            ),
            ("term     = \"24 months\"", "term     = \"24 months\"\ncite     = \"handbook\"\nclause   = \"2.1\""),
        ],
        &[
            "Courses on these topics can count: ",
            "Ethics; ",
            "Recovery, and wellness",
            "if late: 75 USD.[^1]",
            "[^1]: [Peer Specialist Handbook, chapter 3, § 2.1](<https://example.org/handbook>), dated 2024-06, read on November 20, 2026.",
        ],
        &["Pueden contar cursos sobre estos temas: ", "con fecha 2024-06, leído el 20 de noviembre de 2026."],
    );
}

#[test]
fn an_address_that_is_not_of_the_web_is_told_and_leads_nowhere() {
    let pack = changed(&[("https://example.org/handbook", "javascript:alert(1)")]);
    let page = render::page(&pack.versions[0], Lang::En);
    assert!(page.sources.iter().all(|source| !source.is_on_the_web()));
    assert!(!render::markdown(&pack.versions[0], Lang::En).contains("(<javascript"));
}

#[test]
fn the_programs_own_words_on_every_english_page_read_at_grade_eight_or_lower() {
    for pack in shipped() {
        for version in &pack.versions {
            // Names of other boards' certificates are not the program's own words.
            let own = |said: &String| said.split("One of these certificates:").next().unwrap_or_default().to_owned();
            let text = sentences(&render::page(version, Lang::En)).iter().map(own).collect::<Vec<_>>().join(". ");
            assert!(grade(&text) <= 8.0, "{} reads at grade {:.1}:\n{text}", pack.id, grade(&text));
        }
    }
}

#[test]
fn a_pack_may_name_its_own_words_and_units_and_pages_use_the_names() {
    let named = "[word.grandfathered]\nlabel = \"certified before 2010\"\nlabel_es = \"certificado antes de 2010\"\n\n[unit.seat]\nis = \"50 minutes\"\nlabel = \"seat hour\"\nlabel_es = \"hora de aula\"\nplural = \"seat hours\"\nplural_es = \"horas de aula\"\n\n[topic.ethics]";
    let changes = [("[topic.ethics]", named), ("at_least    = \"20 hours\"", "at_least    = \"20 seats\"")];
    says(
        &changes,
        &[
            "who do not enter by this path: certified before 2010",
            "At least 20 seat hours, during the term.",
            "1 seat hour is 50 minutes.",
        ],
        &["que no ingresan por esta vía: certificado antes de 2010", "Al menos 20 horas de aula, durante el período."],
    );
    let half =
        changed(&[("[topic.ethics]", "[word.youth]\nlabel = \"Youth\"\nlabel_es = \"Juventud\"\n\n[topic.ethics]")]);
    assert_eq!(half.versions[0].words["youth"].es, "Juventud");
}

#[test]
fn a_page_says_whether_learning_or_work_counts_which_topics_a_group_has_and_where_a_part_is_written() {
    const RULE: &str = "[[initial.learning]]\nid = \"plain\"\nstage = \"initial\"\nlabel = \"Plain\"\nlabel_es = \"Simple\"\ncite = \"handbook\"\nat_least = \"7 hours\"\n";
    let group = "[[initial.learning.topic]]\nid = \"group\"\nlabel = \"Group E\"\nlabel_es = \"Grupo E\"\nclause = \"9.9\"\ntopics = [\"ethics\", \"advocacy\"]\nat_least = \"3 hours\"\n\n";
    let first = "[[initial.service]]";
    let learning = format!("{RULE}{group}{first}");
    says(
        &[(first, &learning)],
        &[
            "At least 7 hours. Courses and other learning count.",
            "At least 3 hours. It is about these topics: Ethics and ",
            "§ 9.9",
        ],
        &["Al menos 7 horas. Cuentan los cursos y otro aprendizaje.", "Se refiere a estos temas: ", "§ 9.9"],
    );
    let service = format!("{}\n{first}", RULE.replace("learning", "service"));
    says(
        &[(first, &service)],
        &["At least 7 hours. Work and other practice count."],
        &["Al menos 7 horas. Cuentan el trabajo y otra práctica."],
    );
}

#[test]
fn one_year_is_one_amounts_have_no_article_and_a_day_is_named_once() {
    says(
        &[(
            "[[initial.service]]",
            "[[initial.age]]\nid = \"young\"\nstage = \"initial\"\nlabel = \"Age\"\nlabel_es = \"Edad\"\ncite = \"handbook\"\nat_least = 1\n\n[[initial.service]]",
        )],
        &["At least 1 year old on"],
        &["Al menos 1 año el día"],
    );
    says(
        &[(
            "repeats     = \"refused\"",
            "repeats     = \"refused\"\nattendance = \"90 %\"\nexcused_at_most = \"5 hours\"",
        )],
        &["Excused absence: at most 5 hours."],
        &["Faltas justificadas: como máximo 5 horas."],
    );
    for (on, en, es) in [
        ("issue", "on the day the certificate is first given", "vale por 24 meses (se mira el día en que se otorga"),
        ("application", "on the day of the application", "(se mira en la fecha de la solicitud)"),
    ] {
        let exam = format!(
            "[[initial.exam]]\nid = \"quiz\"\nstage = \"initial\"\nlabel = \"Quiz\"\nlabel_es = \"Prueba\"\ncite = \"handbook\"\nexams = [\"quiz\"]\nvalid_for = \"24 months\"\nvalid_on = \"{on}\"\n\n[[initial.service]]"
        );
        says(&[("[[initial.service]]", &exam)], &[&format!("(looked at {en})")], &[es]);
    }
}
