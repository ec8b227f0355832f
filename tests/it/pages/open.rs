//! Pages that anybody may see, and what people get when something does not work.

use crate::support::TestApp;

const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml");

#[test]
fn open_pages_come_in_both_languages_with_a_strict_policy_and_leave_no_cookie() {
    for app in TestApp::on_each_database() {
        for (path, english, spanish) in [
            ("/", "See how far you are", "Vea cuánto ha avanzado"),
            ("/privacy", "Do you track me?", "¿Me siguen en internet?"),
            ("/verify", "Certificate number", "Número del certificado"),
        ] {
            let page = app.call("GET", path).header(HTML.0, HTML.1).send();
            assert_eq!(page.status, 200, "{path}");
            assert!(page.text().contains(english), "{path}");
            assert!(page.header("content-security-policy").contains("default-src 'none'; style-src 'self'"), "{path}");
            assert_eq!(page.header("cache-control"), "no-store", "{path}");
            assert_eq!(page.header("set-cookie"), "", "{path}");
            let page = app.call("GET", path).header("accept-language", "es-US,es;q=0.9").send();
            assert!(page.text().contains(spanish), "{path}");
        }
    }
}

#[test]
fn a_chosen_language_is_kept_in_a_cookie_except_when_checking_a_certificate() {
    for app in TestApp::on_each_database() {
        assert!(app.get("/?lang=es").header("set-cookie").starts_with("lang=es; HttpOnly; SameSite=Lax; Path=/"));
        assert_eq!(app.get("/verify?lang=es").header("set-cookie"), "");
        assert!(app.get("/verify?lang=es").text().contains("href=\"/verify?lang=es\""), "links carry it instead");
        let page = app.call("GET", "/").header("cookie", "lang=es").send();
        assert!(page.text().contains("Vea cuánto"));
    }
}

#[test]
fn pages_and_the_style_sheet_are_squeezed_for_browsers_that_take_it() {
    for app in TestApp::on_each_database() {
        let html = app.get("/").text();
        let style = html.split_once("rel=\"stylesheet\" href=\"").unwrap().1.split('"').next().unwrap();
        let squeezed = app.call("GET", style).header("accept-encoding", "gzip").send();
        assert_eq!(squeezed.status, 200);
        assert_eq!(squeezed.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(squeezed.header("vary"), "accept-encoding");
        let plain = app.call("GET", style).header("accept-encoding", "identity").send();
        assert_eq!(plain.header("content-encoding"), "");
        assert!(plain.bytes.len() > 40_000);
    }
}

#[test]
fn people_get_a_page_where_programs_get_a_problem_document() {
    for app in TestApp::on_each_database() {
        let page = app.call("GET", "/nowhere").header(HTML.0, HTML.1).header("accept-language", "es").send();
        assert_eq!(page.status, 404);
        assert!(page.text().contains("No encontramos esta página"), "{}", page.text());
        app.get("/nowhere").refuses(404, "not_found");
        let api = app.call("GET", "/api/v1/nowhere").header(HTML.0, HTML.1).send();
        api.refuses(404, "not_found");
    }
}
