//! The letters of briefs. They are sent as all letters to colleagues are (`crate::letters`), to whom the plan names and at the plan's time:
//! neither quiet hours nor rules of a receiver hold for them. What they say is read from the review when they are sent, so that a retry says
//! the same, and what was erased meanwhile is not said.

use super::titles;
use crate::App;
use hypercare_core::review::{Brief, BriefKind, Document, Review};
use hypercare_core::{ReviewId, Stamp, UserId, WindowId};
use hypercare_store::queries::letters::{self, NewLetter, Pending, Receiver};
use hypercare_store::queries::people;
use hypercare_store::{StoreError, Tx};
use serde_json::json;

/// What these letters are for, among all to colleagues.
const KIND: &str = "brief";

/// Where a window's review is in the console.
pub(super) fn link(app: &App, window: WindowId) -> (String, String) {
    ("Open it in Hypercare".to_owned(), format!("{}/w/{window}/review", app.config.public_url))
}

/// One key for all letters of a brief: nobody gets it twice.
fn key(review: ReviewId, kind: BriefKind) -> String {
    format!("{KIND}:{review}:{}", kind.word())
}

/// Of which brief a letter is; none where it is of none.
fn of(letter: &Pending) -> Option<(ReviewId, BriefKind)> {
    let (review, kind) = letter.key.strip_prefix(KIND)?.strip_prefix(':')?.split_once(':')?;
    Some((review.parse().ok()?, BriefKind::from_word(kind)?))
}

/// Whether a letter is of a brief: then it says what [`read`] finds.
pub(crate) fn is_brief(letter: &Pending) -> bool {
    letter.kind == KIND
}

/// Queues a brief to everybody who is to get it, in the transaction that keeps it.
///
/// # Errors
/// When the database fails.
pub(super) async fn queue(tx: &mut Tx, review: ReviewId, brief: &Brief, to: Vec<String>, stamp: &Stamp) -> Result<(), StoreError> {
    for email in to {
        let to = match people::by_email(tx, &email).await? {
            Some(person) => Receiver::Person { id: UserId(person.id), email },
            None => Receiver::Address(email),
        };
        let (key, subject) = (key(review, brief.kind), brief.subject.clone());
        letters::queue(tx, &NewLetter { to, kind: KIND, key, subject, text: String::new(), html: None }, stamp.at).await?;
    }
    Ok(())
}

/// What a letter says; none where its brief is not there any more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn read(app: &App, letter: &Pending) -> Result<Option<Document>, StoreError> {
    let Some((id, kind)) = of(letter) else { return Ok(None) };
    let mut reader = app.reader();
    let Some(review) = hypercare_store::load::<Review>(&mut reader, id.0).await? else { return Ok(None) };
    let Some(mut brief) = review.sent(kind).and_then(|sent| sent.brief.clone()) else { return Ok(None) };
    titles::fill_brief(&mut reader, &mut brief).await?;
    Ok(Some(brief.document(Some(link(app, review.of.window)))))
}

/// A letter will not arrive: where it is of a brief, an event of its review says so, because somebody relies on it. Returns whether it is.
///
/// # Errors
/// When the database fails.
pub(crate) async fn undelivered(tx: &mut Tx, letter: &Pending, error: &str, stamp: &Stamp) -> Result<bool, StoreError> {
    let Some((id, kind)) = of(letter) else { return Ok(false) };
    let window = hypercare_store::load::<Review>(tx, id.0).await?.map(|review| review.of.window);
    let body = json!({ "kind": kind, "to": letter.recipient, "error": error }).to_string();
    tx.record("review.undelivered", ("review", id.0), window, stamp, body).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_of_which_brief_it_is() {
        #[track_caller]
        fn check(key: &str, expected: Option<(ReviewId, BriefKind)>) {
            let (recipient, kind, subject, text) = ("a@example.org".into(), KIND.into(), "The day".into(), String::new());
            let letter = Pending {
                id: 1,
                user_id: None,
                way_id: None,
                recipient,
                kind,
                key: key.into(),
                subject,
                text,
                html: None,
                attempts: 1,
                created_at: 0,
            };
            assert_eq!(of(&letter), expected, "{key}");
        }
        for kind in [BriefKind::Morning, BriefKind::Executive] {
            check(&key(ReviewId(7), kind), Some((ReviewId(7), kind)));
        }
        for other in ["brief:7:weekly", "brief:7", "brief:x:morning", "notices:7:morning", "call:brief:7:morning"] {
            check(other, None);
        }
    }
}
