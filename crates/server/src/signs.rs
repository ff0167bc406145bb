//! Signs that only this installation can make: the secret address of a conversation, the ids of the mails it sends, and links to
//! files that are good for a while.
//!
//! Numbers that count up can be guessed, and those of another installation match ours by chance. So each carries the first half of
//! an HMAC-SHA256 over what it stands for: 128 bits for addresses and links, 80 for message ids.

use hmac::{Hmac, KeyInit, Mac};
use hypercare_core::{AskedId, ConversationId, FileId, MessageId, SubscriberId, Timestamp, UserId, WayId};
use hypercare_store::queries::mail;
use hypercare_store::{Store, StoreError};
use sha2::Sha256;

/// Lower-case letters and digits, because some relays make all of an address lower case; without those that look alike.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const ID: usize = 8;
const ADDRESS_PROOF: usize = 16;
const MESSAGE_PROOF: usize = 10;
/// How the left part of our message ids begins.
const OURS: &str = "hc.";

/// The key of an installation.
#[derive(Clone)]
pub struct Signs {
    key: Vec<u8>,
}

impl Signs {
    /// Those of this installation, the same on each of its nodes.
    ///
    /// # Errors
    /// When the store fails or the machine has no random source.
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        let fresh = crate::http::secret::fresh().map_err(|_| StoreError::Unusable("The machine has no random source.".into()))?;
        let secret: String = store.write(move |tx| futures_util::FutureExt::boxed(async move { mail::secret(tx, "mail", &fresh).await })).await?;
        Ok(Self::new(&secret))
    }

    /// With the installation's secret.
    pub fn new(secret: &str) -> Self {
        Self { key: secret.as_bytes().to_vec() }
    }

    /// The secret in a conversation's address within an inbox.
    pub fn token(&self, conversation: ConversationId, inbox: &str) -> String {
        let id = conversation.0.to_be_bytes();
        let mut bytes = id.to_vec();
        bytes.extend(&self.proof(&[b"conversation", &id, inbox.to_lowercase().as_bytes()])[..ADDRESS_PROOF]);
        encode(&bytes)
    }

    /// The conversation of a secret; none if it is not one of this inbox.
    pub fn conversation(&self, token: &str, inbox: &str) -> Option<ConversationId> {
        let bytes = decode(token, ID + ADDRESS_PROOF)?;
        let (id, proof) = bytes.split_at_checked(ID)?;
        self.verify(&[b"conversation", id, inbox.to_lowercase().as_bytes()], proof)?;
        Some(ConversationId(i64::from_be_bytes(id.try_into().ok()?)))
    }

    /// The left part of a message's id.
    pub fn message_id(&self, message: MessageId) -> String {
        let proof = self.proof(&[b"message", &message.0.to_be_bytes()]);
        format!("{OURS}{}.{}", message.0, encode(&proof[..MESSAGE_PROOF]))
    }

    /// The message of a message id, if it is one of ours; the part after the @ does not count, because relays rewrite it.
    pub fn message(&self, message_id: &str) -> Option<MessageId> {
        let left = message_id.trim_matches(['<', '>']).split('@').next()?;
        let (number, proof) = left.strip_prefix(OURS)?.split_once('.')?;
        let number: i64 = number.parse().ok()?;
        self.verify(&[b"message", &number.to_be_bytes()], &decode(proof, MESSAGE_PROOF)?)?;
        Some(MessageId(number))
    }

    /// The secret in a subscriber's link for one purpose.
    pub fn subscriber(&self, subscriber: SubscriberId, purpose: &str) -> String {
        let id = subscriber.0.to_be_bytes();
        let mut bytes = id.to_vec();
        bytes.extend(&self.proof(&[b"subscriber", &id, purpose.as_bytes()])[..ADDRESS_PROOF]);
        encode(&bytes)
    }

    /// The subscriber of such a secret; none if it was made for another purpose, or not by us.
    pub fn subscriber_of(&self, token: &str, purpose: &str) -> Option<SubscriberId> {
        let bytes = decode(token, ID + ADDRESS_PROOF)?;
        let (id, proof) = bytes.split_at_checked(ID)?;
        self.verify(&[b"subscriber", id, purpose.as_bytes()], proof)?;
        Some(SubscriberId(i64::from_be_bytes(id.try_into().ok()?)))
    }

    /// The secret in a link of somebody who was asked in a check-in, which is good for one purpose.
    pub fn asked(&self, id: AskedId, purpose: &str) -> String {
        let id = id.0.to_be_bytes();
        let mut bytes = id.to_vec();
        bytes.extend(&self.proof(&[b"check-in", &id, purpose.as_bytes()])[..ADDRESS_PROOF]);
        encode(&bytes)
    }

    /// Who that is; none if it was made for another purpose, or not by us.
    pub fn asked_of(&self, token: &str, purpose: &str) -> Option<AskedId> {
        let bytes = decode(token, ID + ADDRESS_PROOF)?;
        let (id, proof) = bytes.split_at_checked(ID)?;
        self.verify(&[b"check-in", id, purpose.as_bytes()], proof)?;
        Some(AskedId(i64::from_be_bytes(id.try_into().ok()?)))
    }

    /// A mark by which an address is known again and from which nobody reads it.
    pub fn mark(&self, address: &str) -> String {
        encode(&self.proof(&[b"no more check-ins", address.trim().to_lowercase().as_bytes()])[..ADDRESS_PROOF])
    }

    /// What proves that somebody reads the mails of an address that they named as a way to reach them.
    pub fn way(&self, way: WayId, address: &str) -> String {
        encode(&self.proof(&[b"way", &way.0.to_be_bytes(), address.as_bytes()])[..ADDRESS_PROOF])
    }

    /// Whether it is that proof.
    pub fn is_way(&self, way: WayId, address: &str, proof: &str) -> bool {
        let proof = decode(proof.trim(), ADDRESS_PROOF);
        proof.is_some_and(|proof| self.verify(&[b"way", &way.0.to_be_bytes(), address.as_bytes()], &proof).is_some())
    }

    /// What makes a link to a file good until then.
    pub fn link(&self, file: FileId, until: Timestamp) -> String {
        encode(&self.proof(&Self::link_parts(&file.0.to_be_bytes(), &until.0.to_be_bytes()))[..ADDRESS_PROOF])
    }

    /// Whether somebody who may see the file was given this link.
    pub fn is_link(&self, file: FileId, until: Timestamp, sign: &str) -> bool {
        let proof = decode(sign, ADDRESS_PROOF);
        proof.is_some_and(|proof| self.verify(&Self::link_parts(&file.0.to_be_bytes(), &until.0.to_be_bytes()), &proof).is_some())
    }

    /// The secret in the address of somebody's calendars, with its number.
    pub fn calendar(&self, user: UserId, generation: i64) -> String {
        let (id, number) = (user.0.to_be_bytes(), generation.to_be_bytes());
        let mut bytes = [id, number].concat();
        bytes.extend(&self.proof(&[b"calendar", &id, &number])[..ADDRESS_PROOF]);
        encode(&bytes)
    }

    /// Whose it is, and which number; none if it is not one of ours.
    pub fn calendar_owner(&self, token: &str) -> Option<(UserId, i64)> {
        let bytes = decode(token, 2 * ID + ADDRESS_PROOF)?;
        let (id, rest) = bytes.split_at_checked(ID)?;
        let (number, proof) = rest.split_at_checked(ID)?;
        self.verify(&[b"calendar", id, number], proof)?;
        Some((UserId(i64::from_be_bytes(id.try_into().ok()?)), i64::from_be_bytes(number.try_into().ok()?)))
    }

    const fn link_parts<'a>(file: &'a [u8], until: &'a [u8]) -> [&'a [u8]; 3] {
        [b"file", file, until]
    }

    fn mac(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        for part in parts {
            // With their lengths, so that no two lists of parts are the same bytes.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }

    fn proof(&self, parts: &[&[u8]]) -> Vec<u8> {
        self.mac(parts).finalize().into_bytes().to_vec()
    }

    /// In a time that does not tell how much of it was right.
    fn verify(&self, parts: &[&[u8]], proof: &[u8]) -> Option<()> {
        self.mac(parts).verify_truncated_left(proof).ok()
    }
}

impl std::fmt::Debug for Signs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signs(…)")
    }
}

/// Five bits a sign, the last one filled up with zeros.
fn encode(bytes: &[u8]) -> String {
    let (mut held, mut bits, mut text) = (0_u32, 0, String::new());
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(held >> bits) as usize & 31]));
        }
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(held << (5 - bits)) as usize & 31]));
    }
    text
}

/// Exactly so many bytes, or nothing.
fn decode(text: &str, bytes: usize) -> Option<Vec<u8>> {
    if text.len() != (bytes * 8).div_ceil(5) {
        return None;
    }
    let (mut held, mut bits, mut found) = (0_u32, 0, Vec::with_capacity(bytes));
    for sign in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == sign.to_ascii_lowercase())?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            found.push((held >> bits) as u8);
        }
        held &= 0xfff;
    }
    (found.len() == bytes && encode(&found) == text.to_ascii_lowercase()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_again_and_only_where_they_belong() {
        let (ours, theirs) = (Signs::new("one secret"), Signs::new("another"));
        for id in [1, 42, 1_795_000_000_000_000_123, i64::MAX] {
            let token = ours.token(ConversationId(id), "help@example.org");
            assert!(
                token.len() >= hypercare_mail::thread::TOKEN_LENGTH && token.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
                "{token}"
            );
            assert_eq!(ours.conversation(&token, "Help@example.org"), Some(ConversationId(id)));
            assert_eq!(ours.conversation(&token.to_uppercase(), "help@example.org"), Some(ConversationId(id)));
            assert_eq!(ours.conversation(&token, "sales@example.org"), None);
            assert_eq!(theirs.conversation(&token, "help@example.org"), None);
            let message = format!("<{}@rewritten.example>", ours.message_id(MessageId(id)));
            assert_eq!((ours.message(&message), theirs.message(&message)), (Some(MessageId(id)), None));
        }
    }

    #[test]
    fn a_link_is_good_for_its_file_and_its_time() {
        let (signs, file, until) = (Signs::new("one secret"), FileId(42), Timestamp::from_secs(1_800_000_000));
        let sign = signs.link(file, until);
        assert!(signs.is_link(file, until, &sign));
        assert!(!signs.is_link(FileId(43), until, &sign) && !signs.is_link(file, Timestamp::from_secs(1_900_000_000), &sign));
        assert!(!Signs::new("another").is_link(file, until, &sign) && !signs.is_link(file, until, ""));
    }

    #[test]
    fn a_subscribers_link_is_good_for_its_purpose() {
        let (signs, id) = (Signs::new("one secret"), SubscriberId(42));
        let token = signs.subscriber(id, "leave");
        assert_eq!((signs.subscriber_of(&token, "leave"), signs.subscriber_of(&token, "confirm")), (Some(id), None));
        let asked = signs.asked(AskedId(42), "leave");
        assert_eq!((signs.asked_of(&asked, "leave"), signs.asked_of(&asked, "answer")), (Some(AskedId(42)), None));
        assert_eq!((signs.asked_of(&token, "leave"), signs.subscriber_of(&asked, "leave")), (None, None), "each is of its kind");
        assert_eq!(signs.mark(" Ana@example.net "), signs.mark("ana@example.net"));
        assert_ne!(signs.mark("ana@example.net"), Signs::new("another").mark("ana@example.net"));
        assert_eq!((Signs::new("another").subscriber_of(&token, "leave"), signs.conversation(&token, "leave")), (None, None));
    }

    #[test]
    fn what_is_changed_or_guessed_is_no_sign() {
        let signs = Signs::new("one secret");
        let token = signs.token(ConversationId(42), "help@example.org");
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'a' { b'b' } else { b'a' };
            assert_eq!(signs.conversation(&String::from_utf8(changed).unwrap(), "help@example.org"), None, "sign {at}");
        }
        for guess in ["", "a", "hc.42@example.org", "hc.42.@example.org", "hc.42.aaaaaaaaaaaaaaaa@example.org", "hc.-1.aaaaaaaaaaaaaaaa", "42"] {
            assert_eq!((signs.message(guess), signs.conversation(guess, "help@example.org")), (None, None), "{guess}");
        }
    }
}
