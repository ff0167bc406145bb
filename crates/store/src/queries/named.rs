//! Where else a customer is named: in what colleagues wrote of other things, and in what is nobody's conversation. Rows are looked for roughly, by
//! the longest part of the name; whether they name the customer is for the caller to see.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::article::Article;

/// Things in whose documents colleagues write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A ruling.
    Decision,
    /// A conversation handed on.
    Escalation,
    /// A daily review.
    Review,
    /// What is to be done.
    Action,
    /// An answer.
    Answer,
    /// What is handed over.
    Handover,
    /// A runbook.
    Cutover,
    /// A question to customers.
    CheckIn,
    /// A reply to many.
    Broadcast,
}

impl Held {
    /// All of them.
    pub const ALL: [Self; 9] =
        [Self::Decision, Self::Escalation, Self::Review, Self::Action, Self::Answer, Self::Handover, Self::Cutover, Self::CheckIn, Self::Broadcast];
    /// Its kind in the event log.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Escalation => "escalation",
            Self::Review => "review",
            Self::Action => "action",
            Self::Answer => "answer",
            Self::Handover => "handover",
            Self::Cutover => "cutover",
            Self::CheckIn => "check_in",
            Self::Broadcast => "broadcast",
        }
    }
    const fn statements(self) -> (&'static str, &'static str) {
        match self {
            Self::Decision => (DECISION, DECISION_SET),
            Self::Escalation => (ESCALATION, ESCALATION_SET),
            Self::Review => (REVIEW, REVIEW_SET),
            Self::Action => (ACTION, ACTION_SET),
            Self::Answer => (ANSWER, ANSWER_SET),
            Self::Handover => (HANDOVER, HANDOVER_SET),
            Self::Cutover => (CUTOVER, CUTOVER_SET),
            Self::CheckIn => (CHECK_IN, CHECK_IN_SET),
            Self::Broadcast => (BROADCAST, BROADCAST_SET),
        }
    }
}

/// Texts that stand alone in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loose {
    /// What a reader said of an article.
    ArticleComment,
    /// What a colleague said of their day.
    PulseComment,
    /// What somebody of the team was told of: the title of an action, of what is handed over.
    NoticeWords,
    /// By what the same cause is known again.
    NoticeCause,
}

impl Loose {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ArticleComment, Self::PulseComment, Self::NoticeWords, Self::NoticeCause];
    const fn statements(self) -> (&'static str, &'static str) {
        match self {
            Self::ArticleComment => (COMMENTS, COMMENT_SET),
            Self::PulseComment => (PULSES, PULSE_SET),
            Self::NoticeWords => (NOTICES, NOTICE_SET),
            Self::NoticeCause => (CAUSES, CAUSE_SET),
        }
    }
}

statements! {
    THINGS = "SELECT DISTINCT subject_id FROM event WHERE subject_kind = $1 AND (LOWER(body) LIKE $2 ESCAPE '!' OR body LIKE $3 ESCAPE '!'
        OR LOWER(COALESCE(reason, '')) LIKE $2 ESCAPE '!' OR reason LIKE $3 ESCAPE '!') ORDER BY subject_id";
    DECISION = "SELECT doc FROM decision WHERE id = $1";
    DECISION_SET = "UPDATE decision SET doc = $2 WHERE id = $1";
    ESCALATION = "SELECT doc FROM escalation WHERE id = $1";
    ESCALATION_SET = "UPDATE escalation SET doc = $2 WHERE id = $1";
    REVIEW = "SELECT doc FROM review WHERE id = $1";
    REVIEW_SET = "UPDATE review SET doc = $2 WHERE id = $1";
    ACTION = "SELECT doc FROM action WHERE id = $1";
    ACTION_SET = "UPDATE action SET doc = $2 WHERE id = $1";
    ANSWER = "SELECT doc FROM answer WHERE id = $1";
    ANSWER_SET = "UPDATE answer SET doc = $2 WHERE id = $1";
    HANDOVER = "SELECT doc FROM handover WHERE window_id = $1";
    HANDOVER_SET = "UPDATE handover SET doc = $2 WHERE window_id = $1";
    CUTOVER = "SELECT doc FROM cutover WHERE id = $1";
    CUTOVER_SET = "UPDATE cutover SET doc = $2 WHERE id = $1";
    CHECK_IN = "SELECT doc FROM check_in WHERE id = $1";
    CHECK_IN_SET = "UPDATE check_in SET doc = $2 WHERE id = $1";
    BROADCAST = "SELECT doc FROM broadcast WHERE id = $1";
    BROADCAST_SET = "UPDATE broadcast SET doc = $2 WHERE id = $1";
    ARTICLE_SET = "UPDATE article SET doc = $2 WHERE id = $1";
    ARTICLE_TITLE_SET = "UPDATE article_text SET title = $3 WHERE article_id = $1 AND lang = $2";
    REVISIONS = "SELECT lang, number, note, text FROM article_revision WHERE article_id = $1 ORDER BY lang, number";
    REVISION_SET = "UPDATE article_revision SET note = $4, text = $5 WHERE article_id = $1 AND lang = $2 AND number = $3";
    COMMENTS = "SELECT DISTINCT comment FROM article_rating WHERE LOWER(comment) LIKE $1 ESCAPE '!' OR comment LIKE $2 ESCAPE '!'";
    COMMENT_SET = "UPDATE article_rating SET comment = $2 WHERE comment = $1";
    PULSES = "SELECT DISTINCT comment FROM pulse WHERE LOWER(comment) LIKE $1 ESCAPE '!' OR comment LIKE $2 ESCAPE '!'";
    PULSE_SET = "UPDATE pulse SET comment = $2 WHERE comment = $1";
    NOTICES = "SELECT DISTINCT words FROM notice WHERE LOWER(words) LIKE $1 ESCAPE '!' OR words LIKE $2 ESCAPE '!'";
    NOTICE_SET = "UPDATE notice SET words = $2 WHERE words = $1";
    CAUSES = "SELECT DISTINCT cause FROM notice_send WHERE LOWER(cause) LIKE $1 ESCAPE '!' OR cause LIKE $2 ESCAPE '!'";
    CAUSE_SET = "UPDATE notice_send SET cause = $2 WHERE cause = $1";
    VIEWS = "SELECT id, name, filters FROM saved_view WHERE LOWER(name) LIKE $1 ESCAPE '!' OR name LIKE $2 ESCAPE '!'
        OR LOWER(filters) LIKE $1 ESCAPE '!' OR filters LIKE $2 ESCAPE '!'";
    REMEMBERED = "SELECT DISTINCT body FROM idempotency WHERE LOWER(body) LIKE $1 ESCAPE '!' OR body LIKE $2 ESCAPE '!'";
    REMEMBERED_DELETE = "DELETE FROM idempotency WHERE body = $1";
    /// Answers that were written for what somebody asked: their wordings may be that customer's.
    WRITTEN_FOR = "SELECT id, doc FROM answer WHERE window_id = $1 AND doc LIKE $2 ESCAPE '!' ORDER BY id";
}

/// Two patterns for one name: for what was put in lower case, and as it was written. By the longest part that a document holds unchanged.
fn patterns(name: &str) -> (String, String) {
    let whole = |c: char| c.is_whitespace() || c.is_control() || c == '"' || c == '\\';
    let parts = name.split(whole);
    let ascii = parts.clone().flat_map(|part| part.split(|c: char| !c.is_ascii())).max_by_key(|part| part.len()).filter(|part| part.len() >= 3);
    let longest = ascii.or_else(|| parts.max_by_key(|part| part.len())).unwrap_or_default();
    let escaped = |text: &str| {
        let inside: String = text.chars().flat_map(|c| matches!(c, '%' | '_' | '!').then_some('!').into_iter().chain([c])).collect();
        format!("%{inside}%")
    };
    (escaped(&longest.to_lowercase()), escaped(longest))
}

/// Things of a kind whose events hold a part of a name.
///
/// # Errors
/// When the database fails.
pub async fn things(q: &mut impl Query, kind: &str, name: &str) -> Result<Vec<i64>, StoreError> {
    let (lower, written) = patterns(name);
    let rows: Vec<(i64,)> = q.all(THINGS, vals![kind, lower, written]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The document of a thing.
///
/// # Errors
/// When the database fails.
pub async fn doc(q: &mut impl Query, held: Held, id: i64) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(held.statements().0, vals![id]).await?;
    Ok(row.map(|(doc,)| doc))
}

/// Another document for a thing: the same without words in it.
///
/// # Errors
/// When the database fails.
pub async fn doc_set(tx: &mut Tx, held: Held, id: i64, doc: &str) -> Result<(), StoreError> {
    tx.run(held.statements().1, vals![id, doc]).await.map(drop)
}

/// An article without words in it.
///
/// # Errors
/// When the database fails.
pub async fn article_set(tx: &mut Tx, article: &Article, doc: &str) -> Result<(), StoreError> {
    tx.run(ARTICLE_SET, vals![article.id, doc]).await?;
    for text in &article.variants {
        tx.run(ARTICLE_TITLE_SET, vals![article.id, &text.lang, text.newest.text.title.to_lowercase()]).await?;
    }
    Ok(())
}

/// A saved text of an article.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Revision {
    /// In which language.
    pub lang: String,
    /// Its number.
    pub number: i64,
    /// What was changed, in somebody's words.
    pub note: String,
    /// What it says, as JSON.
    pub text: String,
}

/// All saved texts of an article.
///
/// # Errors
/// When the database fails.
pub async fn revisions(q: &mut impl Query, article: i64) -> Result<Vec<Revision>, StoreError> {
    q.all(REVISIONS, vals![article]).await
}

/// A saved text without words in it.
///
/// # Errors
/// When the database fails.
pub async fn revision_set(tx: &mut Tx, article: i64, it: &Revision) -> Result<(), StoreError> {
    tx.run(REVISION_SET, vals![article, &it.lang, it.number, &it.note, &it.text]).await.map(drop)
}

/// Loose texts that hold a part of a name, each once.
///
/// # Errors
/// When the database fails.
pub async fn texts(q: &mut impl Query, loose: Loose, name: &str) -> Result<Vec<String>, StoreError> {
    let (lower, written) = patterns(name);
    let rows: Vec<(String,)> = q.all(loose.statements().0, vals![lower, written]).await?;
    Ok(rows.into_iter().map(|(text,)| text).collect())
}

/// Puts another text in the place of one, wherever it stands in that column.
///
/// # Errors
/// When the database fails.
pub async fn text_set(tx: &mut Tx, loose: Loose, text: &str, other: &str) -> Result<(), StoreError> {
    tx.run(loose.statements().1, vals![text, other]).await.map(drop)
}

/// Saved views with a part of a name in what they are called or ask for: id, name, filters.
///
/// # Errors
/// When the database fails.
pub async fn views(q: &mut impl Query, name: &str) -> Result<Vec<(i64, String, String)>, StoreError> {
    let (lower, written) = patterns(name);
    q.all(VIEWS, vals![lower, written]).await
}

/// What was answered to repeated requests and holds a part of a name.
///
/// # Errors
/// When the database fails.
pub async fn remembered(q: &mut impl Query, name: &str) -> Result<Vec<String>, StoreError> {
    let (lower, written) = patterns(name);
    let rows: Vec<(String,)> = q.all(REMEMBERED, vals![lower, written]).await?;
    Ok(rows.into_iter().map(|(body,)| body).collect())
}

/// Forgets such an answer: the request can be made anew.
///
/// # Errors
/// When the database fails.
pub async fn remembered_forget(tx: &mut Tx, body: &str) -> Result<(), StoreError> {
    tx.run(REMEMBERED_DELETE, vals![body]).await.map(drop)
}

/// Answers that were written for a conversation, among others: id, document.
///
/// # Errors
/// When the database fails.
pub async fn written_for(q: &mut impl Query, window: i64, conversation: i64) -> Result<Vec<(i64, String)>, StoreError> {
    // Ids are texts of digits in every document.
    q.all(WRITTEN_FOR, vals![window, format!("%\"{conversation}\"%")]).await
}

#[cfg(test)]
mod tests {
    use super::patterns;

    #[test]
    fn a_name_is_looked_for_by_what_a_document_holds_unchanged() {
        #[track_caller]
        fn check(name: &str, lower: &str, written: &str) {
            assert_eq!(patterns(name), (lower.to_owned(), written.to_owned()), "{name}");
        }
        check("Ana Quixote", "%quixote%", "%Quixote%");
        check("José Álvarez", "%lvarez%", "%lvarez%");
        check("Анна Иванова", "%иванова%", "%Иванова%");
        check("Miles \"Bo\" O'Neil", "%o'neil%", "%O'Neil%");
        check("a_b%c@example.net", "%a!_b!%c@example.net%", "%a!_b!%c@example.net%");
    }
}
