//! Access tokens: JWTs signed with a key of this installation's own, 15 minutes long.
//!
//! The algorithm is fixed, the type, issuer, audience and end are checked, and no header of a token chooses a
//! key. They hold no roles: what their person may do is read anew for each request.

use std::path::Path;

use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::private_folder;
use crate::storage::{Id, StoreError};

/// How long an access token works.
pub const ACCESS_MINUTES: i64 = 15;
/// How far the clocks of two machines of one service may be apart.
const SKEW_SECONDS: i64 = 60;
const TYPE: &str = "at+jwt";
const AUDIENCE: &str = "credtrail-api";

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Id,
    sid: Id,
    iat: i64,
    exp: i64,
}

/// The key of access tokens.
#[derive(Clone)]
pub struct AccessKeys {
    issuer: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl AccessKeys {
    /// Reads the key at `path`; makes one that only its owner can read if there is none.
    ///
    /// # Errors
    /// When the file cannot be read or made.
    pub fn open(path: &Path, issuer: &str) -> Result<Self, StoreError> {
        let secret = match std::fs::read_to_string(path) {
            Ok(text) => SecretString::from(text.trim().to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                make(path).map_err(|error| fault(path, &error))?
            }
            Err(error) => return Err(fault(path, &error)),
        };
        let bytes = hex::decode(secret.expose_secret()).unwrap_or_default();
        if bytes.len() < 32 {
            return Err(StoreError::Fault(format!("{}: expected 64 hexadecimal digits", path.display())));
        }
        Ok(Self::from_secret(&bytes, issuer))
    }

    /// Keys of a known secret.
    #[must_use]
    pub fn from_secret(secret: &[u8], issuer: &str) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The end is compared with our own clock, below.
        validation.validate_exp = false;
        Self {
            issuer: issuer.to_owned(),
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    /// An access token for a session, and when it ends.
    ///
    /// # Errors
    /// When signing fails.
    pub fn issue(&self, person: Id, session: Id, at: DateTime<Utc>) -> Result<(String, DateTime<Utc>), StoreError> {
        let until = at + Duration::minutes(ACCESS_MINUTES);
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: person,
            sid: session,
            iat: at.timestamp(),
            exp: until.timestamp(),
        };
        let header = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
        let token = encode(&header, &claims, &self.encoding)
            .map_err(|error| StoreError::Fault(format!("an access token could not be signed: {error}")))?;
        Ok((token, until))
    }

    /// Whose token this is and of which session, if it is one of ours and still works.
    #[must_use]
    pub fn read(&self, token: &str, at: DateTime<Utc>) -> Option<(Id, Id)> {
        let header = decode_header(token).ok()?;
        if header.typ.as_deref() != Some(TYPE) || header.alg != Algorithm::HS256 {
            return None;
        }
        let claims = decode::<Claims>(token, &self.decoding, &self.validation).ok()?.claims;
        let now = at.timestamp();
        (claims.exp > now && claims.iat <= now + SKEW_SECONDS).then_some((claims.sub, claims.sid))
    }
}

fn fault(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Fault(format!("{}: {error}", path.display()))
}

fn make(path: &Path) -> std::io::Result<SecretString> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;

    if let Some(folder) = path.parent() {
        private_folder::make(folder)?;
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    let text = hex::encode(bytes);
    // Written aside and then linked into place: two starting at once end with one and the same key.
    let aside = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let placed = std::fs::hard_link(&aside, path);
    std::fs::remove_file(&aside)?;
    match placed {
        Ok(()) => Ok(SecretString::from(text)),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            std::fs::read_to_string(path).map(|text| SecretString::from(text.trim().to_owned()))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    const SECRET: [u8; 32] = [7; 32];
    const WHO: (Id, Id) = (Id(11), Id(12));

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn keys() -> AccessKeys {
        AccessKeys::from_secret(&SECRET, "https://board.example")
    }

    /// A token as an attacker may write it, signed with `secret` under `algorithm`.
    fn forged(typ: &str, changes: &[(&str, serde_json::Value)], secret: &[u8], algorithm: Algorithm) -> String {
        let mut claims = serde_json::json!({
            "iss": "https://board.example", "aud": AUDIENCE, "sub": WHO.0, "sid": WHO.1,
            "iat": now().timestamp(), "exp": now().timestamp() + 60,
        });
        for (name, value) in changes {
            claims[*name] = value.clone();
        }
        let header = Header { typ: Some(typ.to_owned()), ..Header::new(algorithm) };
        encode(&header, &claims, &EncodingKey::from_secret(secret)).unwrap()
    }

    #[test]
    fn a_token_of_ours_is_read_until_it_ends() {
        let (token, until) = keys().issue(WHO.0, WHO.1, now()).unwrap();
        assert_eq!(keys().read(&token, now()), Some(WHO));
        assert_eq!(keys().read(&token, until - Duration::seconds(1)), Some(WHO));
        assert_eq!(keys().read(&token, until), None);
        assert_eq!(keys().read(&token, now() - Duration::seconds(SKEW_SECONDS + 1)), None, "issued in the future");
    }

    #[test]
    fn a_forged_token_is_not_read() {
        let good = forged(TYPE, &[], &SECRET, Algorithm::HS256);
        assert_eq!(keys().read(&good, now()), Some(WHO), "the forger's own checks");
        let changed = |name: &str, value: serde_json::Value| forged(TYPE, &[(name, value)], &SECRET, Algorithm::HS256);
        let wrong = [
            ("other key", forged(TYPE, &[], &[8; 32], Algorithm::HS256)),
            ("other algorithm of the family", forged(TYPE, &[], &SECRET, Algorithm::HS512)),
            ("other type", forged("JWT", &[], &SECRET, Algorithm::HS256)),
            ("other audience", changed("aud", "credtrail-mail".into())),
            ("other issuer", changed("iss", "https://other.example".into())),
            ("no end", changed("exp", serde_json::Value::Null)),
            ("over", changed("exp", (now().timestamp() - 1).into())),
        ];
        for (what, token) in wrong {
            assert_eq!(keys().read(&token, now()), None, "{what}");
        }
    }

    #[test]
    fn a_token_that_names_its_own_algorithm_is_not_read() {
        let good = forged(TYPE, &[], &SECRET, Algorithm::HS256);
        let mut parts = good.split('.');
        let (_, claims, signature) = (parts.next(), parts.next().unwrap(), parts.next().unwrap());
        for header in [
            r#"{"alg":"none","typ":"at+jwt"}"#,
            r#"{"alg":"NONE","typ":"at+jwt"}"#,
            r#"{"alg":"RS256","typ":"at+jwt"}"#,
            r#"{"alg":"EdDSA","typ":"at+jwt"}"#,
        ] {
            let header = URL_SAFE_NO_PAD.encode(header);
            for token in [format!("{header}.{claims}."), format!("{header}.{claims}.{signature}")] {
                assert_eq!(keys().read(&token, now()), None, "{token}");
            }
        }
        let mut cut = good.clone();
        cut.pop();
        for junk in ["", ".", "..", "a.b.c", cut.as_str()] {
            assert_eq!(keys().read(junk, now()), None, "{junk}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_made_once_and_only_its_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/access.key");
        let first = AccessKeys::open(&path, "a").unwrap();
        let second = AccessKeys::open(&path, "a").unwrap();
        let (token, _) = first.issue(WHO.0, WHO.1, now()).unwrap();
        assert_eq!(second.read(&token, now()), Some(WHO));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
