//! RFC 8785 JSON and the hashes taken of it: equal values give equal bytes.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// The RFC 8785 form of a value. Our types have string keys and whole numbers, so the only values that
/// cannot be written are ones that are not JSON at all; those give `null`.
#[must_use]
pub fn canonical_json(value: &impl Serialize) -> String {
    serde_json_canonicalizer::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// `sha256:` and the hex of the hash of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_nothing_is_padded() {
        let value = serde_json::json!({ "b": 1, "a": ["é", "\u{1}", 2_147_483_648_u64], "A": null });
        assert_eq!(canonical_json(&value), "{\"A\":null,\"a\":[\"é\",\"\\u0001\",2147483648],\"b\":1}");
    }
}
