//! Seals of the event log: SHA-256 over an event and a random salt, each linked to the one before. Pure but for the salt.

use crate::StoreError;
use sha2::{Digest, Sha256};

/// Bytes of a salt.
const SALT: usize = 16;

/// What is sealed of an event: every column that says something.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Content {
    pub seq: i64,
    pub at: i64,
    pub kind: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub window_id: Option<i64>,
    pub actor_kind: String,
    pub actor_user: Option<i64>,
    pub actor_name: String,
    pub reason: Option<String>,
    pub body: String,
}

/// The link before the first.
pub(crate) fn first() -> Vec<u8> {
    Sha256::digest(b"hypercare event log, version 1").to_vec()
}

/// A new salt.
pub(crate) fn salt() -> Result<Vec<u8>, StoreError> {
    let mut salt = vec![0; SALT];
    getrandom::fill(&mut salt).map_err(|e| StoreError::Unusable(format!("The operating system gives no random numbers: {e}")))?;
    Ok(salt)
}

impl Content {
    /// Its seal. Each part stands with its length, so that no two events have the same bytes.
    pub(crate) fn seal(&self, salt: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::new();
        let mut part = |bytes: Option<&[u8]>| {
            hash.update(bytes.map_or(u64::MAX, |bytes| bytes.len() as u64).to_be_bytes());
            hash.update(bytes.unwrap_or_default());
        };
        part(Some(salt));
        for number in [Some(self.seq), Some(self.at), Some(self.subject_id), self.window_id, self.actor_user] {
            part(number.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
        }
        for text in [&self.kind, &self.subject_kind, &self.actor_kind, &self.actor_name, &self.body] {
            part(Some(text.as_bytes()));
        }
        part(self.reason.as_deref().map(str::as_bytes));
        hash.finalize().to_vec()
    }
}

/// The link of an event: everything up to it, in 32 bytes.
pub(crate) fn link(before: &[u8], seal: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(before).chain_update(seal).finalize().to_vec()
}

/// What one erasure left, over all events that it changed, in the order of their numbers.
pub(crate) fn of_erasure(left: &[(i64, Vec<u8>)]) -> String {
    let mut hash = Sha256::new();
    for (seq, seal) in left {
        hash.update(seq.to_be_bytes());
        hash.update(seal);
    }
    hex(&hash.finalize())
}

/// Bytes as people write them down.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> Content {
        Content {
            seq: 7,
            at: 8,
            kind: "decision.decided".into(),
            subject_kind: "decision".into(),
            subject_id: 9,
            window_id: None,
            actor_kind: "person".into(),
            actor_user: Some(1),
            actor_name: "Mara".into(),
            reason: None,
            body: "{}".into(),
        }
    }

    #[test]
    fn every_part_is_sealed() {
        let sealed = event().seal(b"salt");
        assert_eq!(sealed, event().seal(b"salt"));
        assert_ne!(sealed, event().seal(b"tlas"));
        #[track_caller]
        fn check(sealed: &[u8], change: impl Fn(&mut Content)) {
            let mut other = event();
            change(&mut other);
            assert_ne!(sealed, other.seal(b"salt"), "{other:?}");
        }
        check(&sealed, |e| e.seq = 8);
        check(&sealed, |e| e.at = 9);
        check(&sealed, |e| e.kind = "decision.asked".into());
        check(&sealed, |e| e.subject_kind = "issue".into());
        check(&sealed, |e| e.subject_id = 10);
        check(&sealed, |e| e.window_id = Some(0));
        check(&sealed, |e| e.actor_kind = "system".into());
        check(&sealed, |e| e.actor_user = None);
        check(&sealed, |e| e.actor_name = "Aiko".into());
        check(&sealed, |e| e.reason = Some(String::new()));
        check(&sealed, |e| e.body = "{ }".into());
        // What moves from one column to the next is something else.
        check(&sealed, |e| (e.actor_name, e.body) = ("Mara{".into(), "}".into()));
    }

    #[test]
    fn a_link_holds_everything_before_it() {
        let (one, other) = (link(&first(), b"a"), link(&first(), b"b"));
        assert_ne!(one, other);
        assert_ne!(link(&one, b"c"), link(&other, b"c"));
        assert_ne!(of_erasure(&[(1, vec![2])]), of_erasure(&[(2, vec![2])]));
    }
}
