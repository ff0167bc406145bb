//! Who a customer's own site says its visitor is: a JWT (RFC 7519) signed with HMAC-SHA-256 and a secret that the site and this server share.
//!
//! Exactly that: no other algorithm, always with an end, compared in constant time. Two secrets may hold at once, so that one can be
//! exchanged for another without anybody being turned away.

use crate::http::problem::Problem;
use crate::intake::looks_like_email;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use hypercare_core::{Span, Timestamp};
use hypercare_store::queries::chat::Vouched;
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;
use std::fmt;

/// A secret that is shorter could be guessed from one token.
const SHORTEST_SECRET: usize = 32;
const LONGEST_TOKEN: usize = 4_096;
const LONGEST_SUBJECT: usize = 200;
const LONGEST_NAME: usize = 100;
/// Clocks differ: a token may begin so much later than now. Its end is not stretched.
const AHEAD: Span = Span::mins(1);

/// How customers' sites vouch for those who chat.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Whoever signs with one of these is believed. None: nobody is.
    pub secrets: Vec<Secret>,
    /// Nobody chats whom their site does not vouch for.
    pub enforced: bool,
}

/// A secret that a customer's site and this server share.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    /// Without the secret: settings are logged.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Identity {
    /// Checks the settings: secrets one after the other, separated by commas.
    ///
    /// # Errors
    /// What is wrong and what would be right, in a sentence without the secret.
    pub fn new(secrets: &str, enforced: bool) -> Result<Self, String> {
        let secrets: Vec<&str> = secrets.split(',').map(str::trim).filter(|s| !s.is_empty()).collect();
        if secrets.len() > 2 {
            return Err(format!("{} secrets are set, but only two hold at once: the new one and the one it replaces", secrets.len()));
        }
        if let Some(short) = secrets.iter().find(|s| s.len() < SHORTEST_SECRET) {
            return Err(format!("a secret has {} characters; it needs {SHORTEST_SECRET} or more, such as from `openssl rand -hex 32`", short.len()));
        }
        if enforced && secrets.is_empty() {
            return Err("without a secret nobody could chat: set HYPERCARE_CHAT_SECRETS too".into());
        }
        Ok(Self { secrets: secrets.into_iter().map(|s| Secret(s.to_owned())).collect(), enforced })
    }

    /// Who the token says its bearer is.
    ///
    /// # Errors
    /// Why the token is not believed, in a sentence for who builds the site.
    pub fn read(&self, token: &str, now: Timestamp) -> Result<Vouched, &'static str> {
        if self.secrets.is_empty() {
            return Err("This server has no secret to check tokens with: set HYPERCARE_CHAT_SECRETS, or leave the token out.");
        }
        if token.len() > LONGEST_TOKEN {
            return Err("The token is longer than 4,096 characters. It needs `sub` and `exp`, and may have `email` and `name`.");
        }
        let mut parts = token.split('.');
        let (Some(header), Some(claims), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err("The token is not a JWT: three parts with dots between them.");
        };
        let head: Value = decoded(header).ok_or("The header of the token cannot be read.")?;
        if head.get("alg").and_then(Value::as_str) != Some("HS256") {
            return Err("The token is not signed with HS256, the only algorithm that is taken here.");
        }
        if head.get("crit").is_some() {
            return Err("The header of the token asks for extensions (`crit`) that are not known here.");
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "The signature of the token cannot be read.")?;
        let signed = &token[..header.len() + 1 + claims.len()];
        // Every secret is tried, whichever fits: the time says nothing.
        let good = self.secrets.iter().fold(false, |good, secret| secret.signed(signed, &signature) | good);
        if !good {
            return Err("The token is not signed with the secret of this server.");
        }
        let claims: Claims = decoded(claims).ok_or("The claims of the token cannot be read: `sub` is text, `exp` a number of seconds.")?;
        claims.check(now)
    }

    /// The same, as an answer to a request.
    ///
    /// # Errors
    /// 401 at `token`.
    pub fn vouched(&self, token: &str, now: Timestamp) -> Result<Vouched, Problem> {
        self.read(token, now).map_err(|why| Problem::unauthorized(why).with_field("token"))
    }
}

impl Secret {
    fn signed(&self, text: &str, signature: &[u8]) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else { return false };
        mac.update(text.as_bytes());
        // In constant time.
        mac.verify_slice(signature).is_ok()
    }
}

fn decoded<T: for<'de> Deserialize<'de>>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[derive(Deserialize)]
struct Claims {
    sub: Option<String>,
    exp: Option<f64>,
    nbf: Option<f64>,
    email: Option<String>,
    name: Option<String>,
}

impl Claims {
    fn check(self, now: Timestamp) -> Result<Vouched, &'static str> {
        let seconds = |at: Timestamp| at.0 as f64 / 1e6;
        let exp = self.exp.ok_or("The token has no end: `exp` is required, minutes from now.")?;
        if exp <= seconds(now) {
            return Err("The token has expired. The page needs a fresh one.");
        }
        if self.nbf.is_some_and(|nbf| nbf > seconds(now + AHEAD)) {
            return Err("The token is not valid yet (`nbf`).");
        }
        let subject = self.sub.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        let subject = subject.ok_or("The token does not say who it is for: `sub` is required, your own id of the person.")?;
        if subject.chars().count() > LONGEST_SUBJECT {
            return Err("`sub` can have at most 200 characters.");
        }
        let email = self.email.map(|e| e.trim().to_lowercase()).filter(|e| !e.is_empty());
        if email.as_deref().is_some_and(|e| !looks_like_email(e)) {
            return Err("`email` in the token is not an e-mail address, such as name@example.com.");
        }
        let name = self.name.map(|n| n.trim().chars().take(LONGEST_NAME).collect::<String>()).filter(|n| !n.is_empty());
        Ok(Vouched { subject, email, name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "the-secret-that-is-being-replaced-now";
    const NEW: &str = "the-secret-that-replaces-it-from-now-on";
    const NOW: i64 = 1_800_000_000;

    fn signed(secret: &str, header: &str, claims: &str) -> String {
        let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }
    fn read(token: &str) -> Result<Vouched, &'static str> {
        Identity::new(&format!("{NEW},{OLD}"), true).unwrap().read(token, Timestamp(NOW * 1_000_000))
    }

    #[test]
    fn the_example_of_the_standard_is_signed_as_there() {
        // RFC 7515, appendix A.1, whose key is not text.
        let key = URL_SAFE_NO_PAD.decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow").unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(b"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ");
        assert!(mac.verify_slice(&URL_SAFE_NO_PAD.decode("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap()).is_ok());
    }

    #[test]
    fn a_token_is_believed_or_says_why_not() {
        const HS256: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
        fn check(token: &str, says: &str) {
            let why = read(token).unwrap_err();
            assert!(why.contains(says), "{token}: {why}");
        }
        let later = NOW + 60;
        let good = format!(r#"{{"sub":"u-7","exp":{later},"email":" Ana@Example.net ","name":" Ana "}}"#);
        let ana = Vouched { subject: "u-7".into(), email: Some("ana@example.net".into()), name: Some("Ana".into()) };
        assert_eq!(read(&signed(NEW, HS256, &good)), Ok(ana.clone()));
        assert_eq!(read(&signed(OLD, HS256, &good)), Ok(ana), "both secrets hold");
        check(&signed("a-secret-that-nobody-ever-configured", HS256, &good), "not signed with the secret");
        check(&signed(NEW, r#"{"alg":"none"}"#, &good), "HS256");
        check(&signed(NEW, r#"{"alg":"hs256"}"#, &good), "HS256");
        check(&signed(NEW, r#"{"alg":"HS512"}"#, &good), "HS256");
        check(&signed(NEW, r#"{"alg":"RS256"}"#, &good), "HS256");
        check(&signed(NEW, "{}", &good), "HS256");
        check(&signed(NEW, r#"{"alg":"HS256","crit":["b64"],"b64":false}"#, &good), "crit");
        check(&signed(NEW, HS256, &format!(r#"{{"sub":"u-7","exp":{NOW}}}"#)), "expired");
        check(&signed(NEW, HS256, r#"{"sub":"u-7"}"#), "no end");
        check(&signed(NEW, HS256, r#"{"sub":"u-7","exp":null}"#), "no end");
        check(&signed(NEW, HS256, r#"{"sub":"u-7","exp":"tomorrow"}"#), "cannot be read");
        check(&signed(NEW, HS256, &format!(r#"{{"exp":{later}}}"#)), "`sub`");
        check(&signed(NEW, HS256, &format!(r#"{{"sub":" ","exp":{later}}}"#)), "`sub`");
        check(&signed(NEW, HS256, &format!(r#"{{"sub":"{}","exp":{later}}}"#, "x".repeat(201))), "200");
        check(&signed(NEW, HS256, &format!(r#"{{"sub":"u","exp":{later},"email":"nowhere"}}"#)), "`email`");
        check(&signed(NEW, HS256, &format!(r#"{{"sub":"u","exp":{},"nbf":{}}}"#, NOW + 900, NOW + 61)), "nbf");
        let token = signed(NEW, HS256, &good);
        let (text, _) = token.rsplit_once('.').unwrap();
        check(&format!("{text}."), "not signed");
        check(text, "three parts");
        check(&format!("{token}.x"), "three parts");
        check(&token.replacen('.', ".e30", 1), "not signed");
        check(&"x".repeat(5_000), "4,096");
        check("", "three parts");
        assert!(Identity::default().read(&token, Timestamp(0)).unwrap_err().contains("HYPERCARE_CHAT_SECRETS"));
    }

    #[test]
    fn settings_are_checked_and_never_shown() {
        fn check(secrets: &str, enforced: bool, says: Option<&str>) {
            match (Identity::new(secrets, enforced), says) {
                (Ok(made), None) => assert!(!format!("{made:?}").contains("secret-"), "{made:?}"),
                (Err(why), Some(says)) => assert!(why.contains(says) && !why.contains("secret-"), "{why}"),
                (found, _) => panic!("{secrets}: {found:?}"),
            }
        }
        check("", false, None);
        check(OLD, true, None);
        check(&format!(" {NEW} , {OLD},"), false, None);
        check(&format!("{NEW},{OLD},{NEW}"), false, Some("two"));
        check("secret-short", false, Some("32"));
        check("", true, Some("nobody could chat"));
    }
}
