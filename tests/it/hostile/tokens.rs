//! Tokens that somebody made themselves.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::support::TestApp;

fn coded(json: &str) -> String {
    URL_SAFE_NO_PAD.encode(json)
}

#[test]
fn forged_tokens_are_answered_as_none_at_all() {
    for app in TestApp::on_each_database() {
        let (dana, boss) = (app.person("Dana Rivera"), app.person("Bea Boss"));
        app.get_as(&dana, "/api/v1/me").expect(200);
        let parts: Vec<&str> = dana.token.split('.').collect();
        let others: Vec<&str> = boss.token.split('.').collect();
        let (head, body, seal) = (parts[0], parts[1], parts[2]);
        let flipped: String = seal.chars().rev().collect();
        let forged = [
            ("no algorithm", format!("{}.{body}.", coded(r#"{"alg":"none","typ":"JWT"}"#))),
            ("no algorithm, sealed", format!("{}.{body}.{seal}", coded(r#"{"alg":"none","typ":"JWT"}"#))),
            ("another algorithm", format!("{}.{body}.{seal}", coded(r#"{"alg":"HS384","typ":"JWT"}"#))),
            (
                "a key of its own",
                format!(
                    "{}.{body}.{seal}",
                    coded(r#"{"alg":"HS256","jwk":{"kty":"oct","k":""},"kid":"../../dev/null"}"#)
                ),
            ),
            ("somebody else's body", format!("{head}.{}.{seal}", others[1])),
            ("somebody else's seal", format!("{head}.{body}.{}", others[2])),
            ("no seal", format!("{head}.{body}.")),
            ("a seal turned round", format!("{head}.{body}.{flipped}x")),
            ("a letter more", format!("{}A", dana.token)),
            ("a part more", format!("{}.{seal}", dana.token)),
            ("a part less", format!("{head}.{body}")),
            ("very long", format!("{head}.{}.{seal}", "A".repeat(6_000))),
        ];
        for (what, token) in forged {
            let answer = app.call("GET", "/api/v1/me").bearer(&token).send();
            assert_eq!(answer.status, 401, "{what}: {}", answer.text());
            assert_eq!(answer.code(), "sign_in", "{what}");
        }
        app.get_as(&dana, "/api/v1/me").expect(200);
    }
}
