//! What the assistant did, in figures; the lists behind them are filters of `conversations`, made of the same conditions.

use crate::StoreError;
use crate::sql::{Query, statements, vals};
use hypercare_core::handling::Reply;
use hypercare_core::{ConversationId, Timestamp, UserId, WindowId};

/// It answered, no person was needed, and the matter is settled. `c` is the conversation.
macro_rules! settled {
    () => {
        "(c.person_since IS NULL AND c.assistant_answers > 0 AND c.status = 'resolved' AND NOT c.merged_open)"
    };
}
/// What was confirmed of an answer that the assistant said in conversation `c`, of which a condition holds. THE place that says when
/// the outcome of an answer is known, and when it was wrong: the rows behind the threshold, so that both tell of the same answers.
macro_rules! confirmed_of_said {
    ($condition:literal) => {
        concat!("EXISTS (SELECT 1 FROM confirmed said WHERE said.conversation_id = c.id AND said.said_answer IS NOT NULL", $condition, ")")
    };
}
macro_rules! known {
    () => {
        confirmed_of_said!("")
    };
}
macro_rules! wrong {
    () => {
        confirmed_of_said!(" AND (said.answer_id IS NULL OR said.answer_id <> said.said_answer)")
    };
}
pub(super) use {confirmed_of_said, known, settled, wrong};

statements! {
    /// Each conversation counts once, however often the assistant answered in it.
    FIGURES = concat!("SELECT COUNT(*) AS about, COUNT(*) FILTER (WHERE c.opened_at >= $2) AS about_today,
            COUNT(*) FILTER (WHERE c.assistant_answers > 0) AS answered,
            COUNT(*) FILTER (WHERE ", settled!(), ") AS settled, COUNT(*) FILTER (WHERE ", settled!(), " AND c.opened_at >= $2) AS settled_today,
            COUNT(*) FILTER (WHERE c.assistant_answers > 0 AND ", known!(), ") AS known,
            COUNT(*) FILTER (WHERE c.assistant_answers > 0 AND ", wrong!(), ") AS wrong
        FROM conversation c WHERE c.window_id = $1 AND c.scope = 'in'");
    /// The replies among the newest messages of the desk: a person's time goes from one to the next, whatever window they are of.
    REPLIES = "SELECT m.conversation_id, m.user_id, m.at,
            (SELECT MAX(q.at) FROM message q WHERE q.conversation_id = m.conversation_id AND q.id < m.id AND q.author = 'customer' AND q.hand IS NULL) AS asked,
            (COALESCE(c.window_id, 0) = $1 AND c.scope = 'in' AND c.severity <> 'critical' AND c.status = 'resolved') AS comparable
        FROM (SELECT id, conversation_id, author, note, user_id, broadcast_id, at FROM message ORDER BY id DESC LIMIT $2) m
        JOIN conversation c ON c.id = m.conversation_id
        WHERE m.author = 'person' AND NOT m.note AND m.broadcast_id IS NULL AND m.user_id IS NOT NULL ORDER BY m.id";
}

/// Messages looked at for how long people take.
const NEWEST: i64 = 2_000;

/// What the assistant did with the conversations about a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Figures {
    /// Conversations about the change.
    pub about: i64,
    /// Of these, begun today.
    pub about_today: i64,
    /// It answered.
    pub answered: i64,
    /// It answered, no person was needed, and the matter is settled.
    pub settled: i64,
    /// Of these, begun today.
    pub settled_today: i64,
    /// It answered, and the outcome of the answer is known.
    pub known: i64,
    /// Of these, the answer was wrong.
    pub wrong: i64,
}

/// The figures of a window; `today` is when the day began.
///
/// # Errors
/// When the database fails.
pub async fn figures(q: &mut impl Query, window: WindowId, today: Timestamp) -> Result<Figures, StoreError> {
    q.one(FIGURES, vals![window, today]).await
}

/// The newest replies of people, oldest first. Those of the window's settled conversations that were not critical are comparable
/// with what the assistant settles.
///
/// # Errors
/// When the database fails.
pub async fn replies(q: &mut impl Query, window: WindowId) -> Result<Vec<Reply>, StoreError> {
    let rows: Vec<(i64, i64, i64, Option<i64>, bool)> = q.all(REPLIES, vals![window, NEWEST]).await?;
    let reply = |(conversation, person, at, asked, comparable): (i64, i64, i64, Option<i64>, bool)| Reply {
        conversation: ConversationId(conversation),
        person: UserId(person),
        at: Timestamp(at),
        asked: asked.map(Timestamp),
        comparable,
    };
    Ok(rows.into_iter().map(reply).collect())
}
