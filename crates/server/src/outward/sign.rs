//! Standard Webhooks 1.0.0: who sent a message, and that nobody changed it.

use crate::http::problem::{ApiResult, Problem};
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use hypercare_core::{Span, Timestamp};
use sha2::Sha256;

/// How secrets begin.
pub const PREFIX: &str = "whsec_";
/// Bytes of a new secret; the standard asks for 24 to 64.
const BYTES: usize = 32;
/// How far the clock of a sender may be off, and how long a message may be under way.
const TOLERANCE: Span = Span::mins(5);
/// Longest id of a message.
const LONGEST_ID: usize = 200;

/// A new secret: `whsec_` and random bytes.
///
/// # Errors
/// When the machine has no random source.
pub fn fresh_secret() -> ApiResult<String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no random source");
        Problem::internal()
    })?;
    Ok(format!("{PREFIX}{}", STANDARD.encode(bytes)))
}

fn mac(secret: &str, id: &str, seconds: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret)).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(body);
    Some(mac)
}

/// One signature: `v1,` and base64. None where the secret is not one.
pub fn sign(secret: &str, id: &str, seconds: i64, body: &[u8]) -> Option<String> {
    Some(format!("v1,{}", STANDARD.encode(mac(secret, id, seconds, body)?.finalize().into_bytes())))
}

/// The header's value: a signature by each secret.
pub fn signatures<'a>(secrets: impl IntoIterator<Item = &'a str>, id: &str, seconds: i64, body: &[u8]) -> String {
    secrets.into_iter().filter_map(|secret| sign(secret, id, seconds, body)).collect::<Vec<_>>().join(" ")
}

/// What a message says of itself, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Its id: the same over all attempts.
    pub id: String,
}

/// Why a message is not believed; a sentence for whoever wrote its sender.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unverified(String);

/// Checks the three headers. Which of the signatures or secrets fits is found in constant time for each.
///
/// # Errors
/// What is missing, too old or wrong.
pub fn verify<'a>(secrets: impl IntoIterator<Item = &'a str>, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Signed, Unverified> {
    let header = |name: &str| {
        let value = headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim).filter(|v| !v.is_empty());
        value.ok_or_else(|| Unverified(format!("The header `{name}` is missing. Messages are signed as Standard Webhooks 1.0.0 says.")))
    };
    let (id, sent, given) = (header("webhook-id")?, header("webhook-timestamp")?, header("webhook-signature")?);
    if id.len() > LONGEST_ID {
        return Err(Unverified(format!("`webhook-id` has at most {LONGEST_ID} characters.")));
    }
    let seconds: i64 = sent.parse().map_err(|_| Unverified("`webhook-timestamp` is a number of seconds since 1970.".into()))?;
    let off = (now.0 / 1_000_000).abs_diff(seconds);
    if off > u64::try_from(TOLERANCE.0 / 1_000_000).unwrap_or(0) {
        return Err(Unverified(format!("`webhook-timestamp` is {off} s off this server's clock; 300 s are allowed. Sign anew at each attempt.")));
    }
    for secret in secrets {
        for one in given.split(' ').filter_map(|one| one.strip_prefix("v1,")) {
            let (Ok(bytes), Some(mac)) = (STANDARD.decode(one), mac(secret, id, seconds, body)) else { continue };
            if mac.verify_slice(&bytes).is_ok() {
                return Ok(Signed { id: id.to_owned() });
            }
        }
    }
    Err(Unverified(
        "None of the signatures fits. They are made with the bridge's secret over `id.timestamp.body`, the body byte by byte as it is sent.".into(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const SECRET: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: i64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn the_reference_vector_is_signed_as_by_others() {
        assert_eq!(sign(SECRET, ID, AT, BODY).as_deref(), Some(SIGNATURE));
        assert_eq!(sign(&format!("{PREFIX}{SECRET}"), ID, AT, BODY).as_deref(), Some(SIGNATURE));
        assert_eq!(sign("not base64!", ID, AT, BODY), None);
        let two = signatures([SECRET, "whsec_c2Vjb25k"], ID, AT, BODY);
        assert!(two.starts_with(SIGNATURE) && two.split(' ').count() == 2, "{two}");
    }

    #[test]
    fn what_is_not_signed_well_and_lately_is_not_believed() {
        fn check(headers: &[(&'static str, &str)], secrets: &[&str], body: &[u8], now: i64, says: Option<&str>) {
            let map: HeaderMap =
                headers.iter().map(|(name, value)| (axum::http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())).collect();
            match (verify(secrets.iter().copied(), &map, body, Timestamp::from_secs(now)), says) {
                (Ok(signed), None) => assert_eq!(signed.id, ID),
                (Err(why), Some(says)) => assert!(why.to_string().contains(says), "{headers:?}: {why}"),
                (found, _) => panic!("{headers:?}: {found:?}"),
            }
        }
        let at = AT.to_string();
        let good = [("webhook-id", ID), ("webhook-timestamp", at.as_str()), ("webhook-signature", SIGNATURE)];
        check(&good, &[SECRET], BODY, AT, None);
        check(&good, &["whsec_c2Vjb25k", SECRET], BODY, AT + 300, None);
        check(&good, &[SECRET], BODY, AT - 300, None);
        check(&good, &[SECRET], BODY, AT + 301, Some("301 s off"));
        check(&good, &[SECRET], BODY, AT - 301, Some("301 s off"));
        check(&good, &["whsec_c2Vjb25k"], BODY, AT, Some("None of the signatures"));
        check(&good, &[], BODY, AT, Some("None of the signatures"));
        check(&good, &[SECRET], br#"{"test":2432232314}"#, AT, Some("None of the signatures"));
        check(&good[..2], &[SECRET], BODY, AT, Some("webhook-signature"));
        check(&good[1..], &[SECRET], BODY, AT, Some("webhook-id"));
        let with = |signature| [good[0], good[1], ("webhook-signature", signature)];
        check(&with("v1,AAAA v1a,xx v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), &[SECRET], BODY, AT, None);
        check(&with("v1,"), &[SECRET], BODY, AT, Some("None of the signatures"));
        check(&with("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), &[SECRET], BODY, AT, Some("None of the signatures"));
        check(&[good[0], ("webhook-timestamp", "yesterday"), good[2]], &[SECRET], BODY, AT, Some("number of seconds"));
    }

    #[test]
    fn new_secrets_are_random_and_long_enough() {
        let (one, two) = (fresh_secret().unwrap(), fresh_secret().unwrap());
        assert_ne!(one, two);
        assert_eq!(STANDARD.decode(one.strip_prefix(PREFIX).unwrap()).unwrap().len(), BYTES);
    }
}
