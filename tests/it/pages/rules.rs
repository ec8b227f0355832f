//! The rules of credentials, for anybody to read.

use crate::support::TestApp;

const HTML: (&str, &str) = ("accept", "text/html");

#[test]
fn anybody_reads_the_rules_that_ship_by_region_in_both_languages() {
    for app in TestApp::on_each_database() {
        let list = app.get("/rules").text();
        assert!(
            list.contains("Rules by region") && list.contains("<h2 class=\"govuk-heading-m\">Nebraska</h2>"),
            "{list}"
        );
        assert!(list.contains("href=\"/rules/us-ne/cpss\"") && list.contains("href=\"/rules/intl/icrc-pr\""));
        let spanish = app.get("/rules?lang=es").text();
        assert!(spanish.contains("Reglas por región") && spanish.contains("Nueva York"), "{spanish}");
        let page = app.get("/rules/us-ne/cpss");
        assert_eq!((page.status, page.header("set-cookie")), (200, ""));
        for words in [
            "Certified Peer Support Specialist (CPSS)",
            "At least 60 hours, in the 12 months before the application.",
            "not yet confirmed by the board",
            "href=\"#source-1\"",
            "id=\"source-1\"",
        ] {
            assert!(page.text().contains(words), "missing: {words}");
        }
        assert!(
            app.get("/rules/us-ne/cpss?lang=es")
                .text()
                .contains("Al menos 60 horas, en los 12 meses antes de la solicitud.")
        );
        let notes = app.get("/rules/sg/pss?lang=es").text();
        assert!(notes.contains("<h2 class=\"govuk-heading-m\" id=\"notes\">Notas sobre las fuentes</h2>"), "{notes}");
        assert!(notes.contains("<p class=\"govuk-body\">Las fuentes difieren: el programa piloto de 2016"), "{notes}");
        assert!(app.get("/").text().contains("href=\"/rules\""), "the start page leads there");
    }
}

#[test]
fn another_day_shows_the_version_of_that_day_and_each_version_what_changed() {
    for app in TestApp::on_each_database() {
        let new = app.get("/rules/us-pa/crs").text();
        assert!(new.contains("At least 78 hours") && new.contains("href=\"/rules/us-pa/crs?on=2019-12-01\""), "{new}");
        assert!(new.contains("What is new since the rules of December 1, 2019"), "{new}");
        let old = app.get("/rules/us-pa/crs?on=2020-05-01").text();
        assert!(old.contains("At least 54 hours") && old.contains("You see the rules of May 1, 2020."), "{old}");
        let before = app.get("/rules/us-pa/crs?on=1999-05-01").text();
        assert!(
            before.contains("There are no rules for May 1, 1999.") && before.contains("At least 54 hours"),
            "{before}"
        );
    }
}

#[test]
fn a_day_that_is_none_is_shown_again_to_mend_and_unknown_credentials_are_not_found() {
    for app in TestApp::on_each_database() {
        let page = app.get("/rules/us-ne/cpss?on=4%20July");
        assert_eq!(page.status, 422);
        assert!(page.text().contains("Enter a day like 2026-07-04") && page.text().contains("value=\"4 July\""));
        for path in ["/rules/us-ne/none", "/rules/nowhere/cpss", "/rules/%F0%9F%98%80/x"] {
            assert_eq!(app.call("GET", path).header(HTML.0, HTML.1).send().status, 404, "{path}");
        }
    }
}
