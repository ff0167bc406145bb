//! What nothing approved answered, and the groups of it that need no answer.

use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::conversation::Event;
use hypercare_core::unanswered::{Dismissal, Mark, mark};
use hypercare_core::{ConversationId, Stamp, WindowId};

statements! {
    KEEP = "INSERT INTO unanswered (conversation_id, cause, at) VALUES ($1, $2, $3)
        ON CONFLICT (conversation_id) DO UPDATE SET cause = excluded.cause";
    /// A customer who says that it helped after all takes back only their own no.
    TAKE_BACK = "DELETE FROM unanswered WHERE conversation_id = $1 AND cause = 'did_not_help'";
    /// Which rows first, from the newest on, and only then what was written in them. `CROSS JOIN` keeps SQLite from beginning with all
    /// conversations of the window.
    OF_WINDOW = "SELECT u.conversation_id, u.cause, u.at, u.contact_id, SUBSTR(m.text, 1, 2000) AS text, r.name AS reply_by, r.at AS reply_at,
            r.answer_id AS reply_answer, SUBSTR(r.text, 1, 4000) AS reply
        FROM (SELECT w.conversation_id, w.cause, w.at, c.contact_id FROM unanswered w CROSS JOIN conversation c
            WHERE c.id = w.conversation_id AND c.window_id = $1 AND c.scope = 'in' ORDER BY w.at DESC, w.conversation_id DESC LIMIT $2) u
        JOIN message m ON m.id = (SELECT MIN(f.id) FROM message f WHERE f.conversation_id = u.conversation_id AND f.author = 'customer')
        LEFT JOIN message r ON r.id = (SELECT MIN(f.id) FROM message f
            WHERE f.conversation_id = u.conversation_id AND f.author = 'person' AND NOT f.note AND f.broadcast_id IS NULL)
        ORDER BY u.at DESC, u.conversation_id DESC";
    DISMISSALS = "SELECT doc FROM dismissal WHERE window_id = $1 ORDER BY id DESC LIMIT 2000";
}

/// A conversation that nothing approved answered.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Which.
    pub conversation_id: i64,
    /// Why, as the rules word it.
    pub cause: String,
    /// When that was first known.
    pub at: i64,
    /// Who asked.
    pub contact_id: i64,
    /// How they began, at most 2,000 characters.
    pub text: String,
    /// Who of us replied first; none while nobody has.
    pub reply_by: Option<String>,
    /// When.
    pub reply_at: Option<i64>,
    /// The approved answer that they used, if they did.
    pub reply_answer: Option<i64>,
    /// What they wrote, at most 4,000 characters.
    pub reply: Option<String>,
}

/// Brings the table up to what happened to a conversation.
pub(crate) async fn follow(tx: &mut Tx, conversation: ConversationId, events: &[(Event, Stamp)]) -> Result<(), StoreError> {
    for (event, stamp) in events {
        match mark(event) {
            Some(Mark::Missing(cause)) => drop(tx.run(KEEP, vals![conversation, cause, stamp.at]).await?),
            Some(Mark::Helped) => drop(tx.run(TAKE_BACK, vals![conversation]).await?),
            None => {}
        }
    }
    Ok(())
}

/// A window's, newest first: only what is about the change, as it is read or was corrected now.
///
/// # Errors
/// When the database fails.
pub async fn of_window(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Line>, StoreError> {
    q.all(OF_WINDOW, vals![window, limit]).await
}

/// The groups that somebody dismissed in a window, also those that were taken back; newest first.
///
/// # Errors
/// When the database fails.
pub async fn dismissals(q: &mut impl Query, window: WindowId) -> Result<Vec<Dismissal>, StoreError> {
    let rows: Vec<(String,)> = q.all(DISMISSALS, vals![window]).await?;
    rows.into_iter().map(|(doc,)| decode("dismissal", &doc)).collect()
}
