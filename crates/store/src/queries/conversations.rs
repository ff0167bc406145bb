//! Lists of conversations: views, filters, drafts.

use super::assistant::{confirmed_of_said, known, settled, wrong};
use super::backlog::wait;
use crate::aggregates::decode;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::conversation::Conversation;
use hypercare_core::{AccountId, ContactId, ConversationId, IssueId, Timestamp, UserId, WindowId};

macro_rules! columns {
    () => {
        "c.id, c.channel, c.subject, c.preview, c.contact_id, ct.name AS contact_name, ct.email AS contact_email, c.window_id, c.status,
         c.handler, c.assignee_id, p.name AS assignee_name, c.scope, c.scenario, c.severity, c.reassurance, c.issue_id,
         i.title AS issue_title, c.tags, c.next_due, c.next_due_kind, c.sort_key, c.breached, c.opened_at, c.last_message_at, c.waiting_since,
         c.messages, c.rating, c.snoozed_until, c.first_response_at, c.resolved_at, c.merged_into
         FROM conversation c JOIN contact ct ON ct.id = c.contact_id
         LEFT JOIN person p ON p.id = c.assignee_id LEFT JOIN issue i ON i.id = c.issue_id"
    };
}
/// Parameters 23 to 72.
macro_rules! numbers {
    () => {
        "$23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44,
         $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72"
    };
}
macro_rules! filters {
    () => {
        concat!(
            " (CAST($1 AS BIGINT) IS NULL OR c.window_id = $1)
          AND (CAST($2 AS TEXT) IS NULL OR c.channel = $2) AND (CAST($3 AS TEXT) IS NULL OR c.severity = $3)
          AND (CAST($4 AS TEXT) IS NULL OR c.scope = $4) AND (CAST($5 AS BIGINT) IS NULL OR c.issue_id = $5)
          AND (CAST($6 AS TEXT) IS NULL OR c.scenario = $6)
          AND (CAST($7 AS BIGINT) IS NULL OR c.assignee_id = $7)
          AND CASE CAST($8 AS TEXT)
                WHEN 'mine' THEN c.assignee_id = $9 AND c.status <> 'resolved' AND c.snoozed_until IS NULL
                WHEN 'unassigned' THEN c.assignee_id IS NULL AND c.handler <> 'assistant' AND c.status = 'open' AND c.snoozed_until IS NULL
                WHEN 'needs_person' THEN c.handler <> 'assistant' AND c.status = 'open' AND c.snoozed_until IS NULL
                WHEN 'assistant' THEN c.handler = 'assistant' AND c.status <> 'resolved'
                WHEN 'waiting' THEN c.status = 'waiting'
                WHEN 'resolved' THEN c.status = 'resolved' AND c.root_id IS NULL
                WHEN 'breached' THEN c.breached AND c.status = 'open'
                WHEN 'critical' THEN c.severity = 'critical' AND c.status <> 'resolved'
                WHEN 'snoozed' THEN c.snoozed_until IS NOT NULL AND c.status <> 'resolved'
                WHEN 'all_open' THEN c.status <> 'resolved' AND c.snoozed_until IS NULL
                ELSE c.root_id IS NULL OR $10 <> 'opened' OR $11 > 0 OR $12 < 9223372036854775807 END
          AND CASE CAST($10 AS TEXT)
                WHEN 'first_response' THEN c.person_since < $12 AND c.opened_at >= $11 AND c.opened_at < $12
                WHEN 'escalations' THEN c.escalated_at >= $11 AND c.escalated_at < $12
                WHEN 'csat' THEN EXISTS (SELECT 1 FROM rating r WHERE r.conversation_id = c.id AND r.at >= $11 AND r.at < $12)
                WHEN 'backlog' THEN c.opened_at < $12 AND (c.resolved_at IS NULL OR c.resolved_at >= $12)
                WHEN 'critical_open' THEN c.severity = 'critical' AND c.opened_at < $12 AND (c.resolved_at IS NULL OR c.resolved_at >= $12)
                WHEN 'reassurance_share' THEN c.reassurance AND c.opened_at >= $11 AND c.opened_at < $12
                WHEN 'assistant_share' THEN (c.person_since IS NULL OR c.person_since >= $12) AND c.assistant_answers > 0 AND c.opened_at >= $11 AND c.opened_at < $12
                WHEN 'left' THEN c.resolved_at >= $11 AND c.resolved_at < $12
                WHEN 'repeat_share' THEN c.repeated AND c.opened_at >= $11 AND c.opened_at < $12
                ELSE c.opened_at >= $11 AND c.opened_at < $12 END
          AND CASE CAST($16 AS TEXT)
                WHEN 'scenario' THEN c.scenario = $17
                WHEN 'category' THEN c.category = $17
                WHEN 'channel' THEN c.channel = $17
                WHEN 'issue' THEN CAST(c.issue_id AS TEXT) = $17
                WHEN 'tag' THEN c.tags LIKE $17 ESCAPE '!'
                WHEN 'desk' THEN TRUE
                ELSE CAST($16 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM conversation_field f
                    WHERE f.conversation_id = c.id AND f.key = SUBSTR(CAST($16 AS TEXT), 7) AND f.value = $17) END ",
            " AND CASE CAST($18 AS TEXT)
                WHEN 'answered' THEN c.assistant_answers > 0
                WHEN 'settled' THEN ", settled!(), "
                WHEN 'known' THEN c.assistant_answers > 0 AND ", known!(), "
                WHEN 'wrong' THEN c.assistant_answers > 0 AND ", wrong!(), "
                ELSE TRUE END
          AND (CAST($19 AS TEXT) IS NULL OR (c.status <> 'resolved' AND ($19 = 'any' OR $19 = ", wait!(), ")))
          AND CASE CAST($20 AS TEXT) WHEN 'assignee' THEN c.assignee_id IS NULL WHEN 'issue' THEN c.issue_id IS NULL ELSE TRUE END
          AND (CAST($21 AS BIGINT) IS NULL OR c.contact_id IN (SELECT m.contact_id FROM account_contact m WHERE m.account_id = $21))
          AND (CAST($22 AS BIGINT) IS NULL OR (c.root_id IS NULL AND ((c.window_id = $22 AND c.scope = 'in')
            OR c.issue_id IN (SELECT ri.id FROM issue ri WHERE ri.window_id = $22)))) "
        )
    };
}

// What became part of another conversation is in no list of what there is. Lists behind figures have it: it came in, and was counted.
statements! {
    BY_DUE = concat!("SELECT ", columns!(), " WHERE c.status <> 'resolved' AND ", filters!(),
        "AND (c.sort_key, c.id) > ($13, $14) ORDER BY c.sort_key, c.id LIMIT $15");
    BY_RECENT = concat!("SELECT ", columns!(), " WHERE ", filters!(),
        "AND (c.last_message_at, c.id) < ($13, $14) ORDER BY c.last_message_at DESC, c.id DESC LIMIT $15");
    /// The same of one account: by its people, whatever else there is.
    BY_DUE_OF_ACCOUNT = concat!("SELECT ", columns!(), " WHERE c.contact_id IN (SELECT m.contact_id FROM account_contact m WHERE m.account_id = $21) AND c.status <> 'resolved' AND ", filters!(),
        "AND (c.sort_key, c.id) > ($13, $14) ORDER BY c.sort_key, c.id LIMIT $15");
    BY_RECENT_OF_ACCOUNT = concat!("SELECT ", columns!(), " WHERE c.contact_id IN (SELECT m.contact_id FROM account_contact m WHERE m.account_id = $21) AND ", filters!(),
        "AND (c.last_message_at, c.id) < ($13, $14) ORDER BY c.last_message_at DESC, c.id DESC LIMIT $15");
    /// Fifty at most: those that a search found, as far as they fit the filters now. No page begins here, but PostgreSQL wants a type for
    /// each parameter.
    AMONG = concat!("SELECT ", columns!(), " WHERE ", filters!(), "AND CAST($13 AS BIGINT) + CAST($14 AS BIGINT) + CAST($15 AS BIGINT) = 0 AND c.id IN (", numbers!(), ")");
    /// How many fit, up to a limit: counting stops there. Nothing begins at a cursor, but PostgreSQL wants a type for each parameter.
    HOW_MANY_OPEN = concat!("SELECT COUNT(*) FROM (SELECT 1 FROM conversation c WHERE c.status <> 'resolved' AND ", filters!(),
        "AND CAST($13 AS BIGINT) + CAST($14 AS BIGINT) = 0 LIMIT $15) AS found");
    HOW_MANY = concat!("SELECT COUNT(*) FROM (SELECT 1 FROM conversation c WHERE ", filters!(),
        "AND CAST($13 AS BIGINT) + CAST($14 AS BIGINT) = 0 LIMIT $15) AS found");
    ONE = concat!("SELECT ", columns!(), " WHERE c.id = $1");
    OPEN_OF_CATEGORY = "SELECT id FROM conversation WHERE window_id = $1 AND category = $2 AND status <> 'resolved' AND id > $3 ORDER BY id LIMIT $4";
    OF_CONTACT = "SELECT id, subject, status, opened_at, merged_into FROM conversation WHERE contact_id = $1 ORDER BY opened_at DESC, id DESC LIMIT 20";
    COUNTS = "SELECT
            COUNT(*) FILTER (WHERE snoozed_until IS NULL) AS all_open,
            COUNT(*) FILTER (WHERE assignee_id = $2 AND snoozed_until IS NULL) AS mine,
            COUNT(*) FILTER (WHERE assignee_id IS NULL AND handler <> 'assistant' AND status = 'open' AND snoozed_until IS NULL) AS unassigned,
            COUNT(*) FILTER (WHERE handler <> 'assistant' AND status = 'open' AND snoozed_until IS NULL) AS needs_person,
            COUNT(*) FILTER (WHERE handler = 'assistant') AS assistant,
            COUNT(*) FILTER (WHERE status = 'waiting') AS waiting,
            COUNT(*) FILTER (WHERE breached AND status = 'open') AS breached,
            COUNT(*) FILTER (WHERE severity = 'critical') AS critical,
            COUNT(*) FILTER (WHERE snoozed_until IS NOT NULL) AS snoozed
        FROM conversation WHERE status <> 'resolved' AND (CAST($1 AS BIGINT) IS NULL OR window_id = $1)";
    /// The same conditions as the lists behind these figures: `scope=in`, and the signal `assistant_share`.
    HANDLED = "SELECT COUNT(*) FILTER (WHERE scope = 'in') AS in_scope,
            COUNT(*) FILTER (WHERE person_since IS NULL AND assistant_answers > 0) AS by_assistant,
            COUNT(*) FILTER (WHERE person_since IS NOT NULL) AS handed_over
        FROM conversation WHERE window_id = $1 AND opened_at >= $2 AND opened_at < $3";
    DOCUMENTS = "SELECT doc FROM conversation WHERE opened_at >= $1 AND opened_at < $2 AND id > $3 ORDER BY id LIMIT $4";
    /// What is due later than an instant and not late yet, the soonest first; by the index of what is open.
    DUE_NEXT = "SELECT doc FROM conversation WHERE status <> 'resolved' AND sort_key > $1 AND next_due IS NOT NULL ORDER BY sort_key, id LIMIT $2";
    /// The same of what goes before all others, whose keys are below zero.
    DUE_NEXT_FIRST = "SELECT doc FROM conversation WHERE status <> 'resolved' AND sort_key < 0 AND next_due > $1 ORDER BY sort_key, id LIMIT $2";
    CORRECTED = "SELECT c.doc, (SELECT m.text FROM message m WHERE m.conversation_id = c.id AND m.author = 'customer' ORDER BY m.id LIMIT 1) AS text
        FROM conversation c WHERE c.corrected ORDER BY c.id DESC LIMIT $1";
    DRAFT = "SELECT text FROM draft WHERE user_id = $1 AND conversation_id = $2";
    DRAFT_SAVE = "INSERT INTO draft (user_id, conversation_id, text, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (user_id, conversation_id) DO UPDATE SET text = excluded.text, at = excluded.at";
    DRAFT_DELETE = "DELETE FROM draft WHERE user_id = $1 AND conversation_id = $2";
}

/// One line of a list.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the conversation table, named as the state's fields")]
pub struct Line {
    pub id: i64,
    pub channel: String,
    pub subject: String,
    pub preview: String,
    pub contact_id: i64,
    pub contact_name: String,
    pub contact_email: Option<String>,
    pub window_id: Option<i64>,
    pub status: String,
    pub handler: String,
    pub assignee_id: Option<i64>,
    pub assignee_name: Option<String>,
    pub scope: String,
    pub scenario: Option<String>,
    pub severity: String,
    pub reassurance: bool,
    pub issue_id: Option<i64>,
    pub issue_title: Option<String>,
    pub tags: String,
    pub next_due: Option<i64>,
    pub next_due_kind: Option<String>,
    pub sort_key: i64,
    pub breached: bool,
    pub opened_at: i64,
    pub last_message_at: i64,
    pub waiting_since: Option<i64>,
    pub messages: i64,
    pub rating: Option<i64>,
    pub snoozed_until: Option<i64>,
    pub first_response_at: Option<i64>,
    pub resolved_at: Option<i64>,
    pub merged_into: Option<i64>,
}

/// Which conversations to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of a window.
    pub window: Option<WindowId>,
    /// A view's name; unknown names list everything.
    pub view: Option<String>,
    /// Who asks, for `mine`.
    pub me: Option<UserId>,
    /// Of whom of us.
    pub assignee: Option<UserId>,
    /// On a channel.
    pub channel: Option<String>,
    /// Of a severity.
    pub severity: Option<String>,
    /// Of a scope.
    pub scope: Option<String>,
    /// Linked to an issue.
    pub issue: Option<IssueId>,
    /// Of a scenario.
    pub scenario: Option<String>,
    /// From this instant (what counts depends on `signal`; by default the opening).
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// The conversations behind a day of this signal; `left`: what left the backlog.
    pub signal: Option<String>,
    /// Dimension and value, as the watch names them.
    pub value: Option<(String, String)>,
    /// What the assistant did: `settled` it, answered with a `known` outcome, or `wrong`.
    pub assistant: Option<String>,
    /// Open, and waiting for this: a word of `core::backlog::Wait`, or `any`.
    pub wait: Option<String>,
    /// Without an `assignee`, or without an `issue`.
    pub without: Option<String>,
    /// Of the people of this account.
    pub account: Option<AccountId>,
    /// About this window's change, or linked to one of its issues: what makes an account an affected one.
    pub reach: Option<WindowId>,
}

/// How many conversations each view has.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "named as the views")]
pub struct Counts {
    pub all_open: i64,
    pub mine: i64,
    pub unassigned: i64,
    pub needs_person: i64,
    pub assistant: i64,
    pub waiting: i64,
    pub breached: i64,
    pub critical: i64,
    pub snoozed: i64,
}

/// Who handled a window's conversations of a span of time.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Handled {
    /// About the change.
    pub in_scope: i64,
    /// The assistant answered, and no person was needed.
    pub by_assistant: i64,
    /// A person was or is needed.
    pub handed_over: i64,
}

/// A conversation of a customer, in short.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the conversation table")]
pub struct Short {
    pub id: i64,
    pub subject: String,
    pub status: String,
    pub opened_at: i64,
    pub merged_into: Option<i64>,
}

/// Conversations that [`among`] asks for in one statement.
const AT_ONCE: usize = 50;

/// Where a page begins: the sort value and id of the line before it.
pub type Cursor = (i64, i64);

/// The LIKE pattern of a tag among tags: they are kept as `,one,two,`.
pub(super) fn tag_pattern(tag: &str) -> String {
    let escaped: String = tag.chars().flat_map(|c| matches!(c, '%' | '_' | '!').then_some('!').into_iter().chain([c])).collect();
    format!("%,{escaped},%")
}

fn parameters(filter: &Filter, cursor: Cursor, limit: i64) -> Vec<crate::Val> {
    vals![
        filter.window,
        filter.channel.as_ref(),
        filter.severity.as_ref(),
        filter.scope.as_ref(),
        filter.issue,
        filter.scenario.as_ref(),
        filter.assignee,
        filter.view.as_deref().unwrap_or("all"),
        filter.me.map_or(0, i64::from),
        filter.signal.as_deref().unwrap_or("opened"),
        filter.since.map_or(0, |t| t.0),
        filter.until.map_or(i64::MAX, |t| t.0),
        cursor.0,
        cursor.1,
        limit,
        filter.value.as_ref().map(|(dimension, _)| dimension.as_str()),
        filter.value.as_ref().map(|(dimension, value)| if dimension == "tag" { tag_pattern(value) } else { value.clone() }),
        filter.assistant.as_ref(),
        filter.wait.as_ref(),
        filter.without.as_ref(),
        filter.account,
        filter.reach,
    ]
}

/// Open conversations, the next promise first.
///
/// # Errors
/// When the database fails.
pub async fn by_due(q: &mut impl Query, filter: &Filter, after: Option<Cursor>, limit: i64) -> Result<Vec<Line>, StoreError> {
    let sql = if filter.account.is_some() { BY_DUE_OF_ACCOUNT } else { BY_DUE };
    q.all(sql, parameters(filter, after.unwrap_or((i64::MIN, 0)), limit)).await
}

/// All conversations, the latest said first.
///
/// # Errors
/// When the database fails.
pub async fn by_recent(q: &mut impl Query, filter: &Filter, after: Option<Cursor>, limit: i64) -> Result<Vec<Line>, StoreError> {
    let sql = if filter.account.is_some() { BY_RECENT_OF_ACCOUNT } else { BY_RECENT };
    q.all(sql, parameters(filter, after.unwrap_or((i64::MAX, i64::MAX)), limit)).await
}

/// How many fit a filter, `most` at most: counting stops there. `open` leaves out what is settled.
///
/// # Errors
/// When the database fails.
pub async fn how_many(q: &mut impl Query, filter: &Filter, open: bool, most: i64) -> Result<i64, StoreError> {
    let sql = if open { HOW_MANY_OPEN } else { HOW_MANY };
    let (n,): (i64,) = q.one(sql, parameters(filter, (0, 0), most)).await?;
    Ok(n)
}

/// The lines of these conversations that fit the filter, in the order of the ids given.
///
/// # Errors
/// When the database fails.
pub async fn among(q: &mut impl Query, filter: &Filter, ids: &[i64]) -> Result<Vec<Line>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(AT_ONCE) {
        let mut vals = parameters(filter, (0, 0), 0);
        vals.extend((0..AT_ONCE).map(|at| crate::Val::from(part.get(at).copied().unwrap_or(0))));
        let mut lines: Vec<Line> = q.all(AMONG, vals).await?;
        lines.sort_by_key(|line| part.iter().position(|id| *id == line.id));
        found.append(&mut lines);
    }
    Ok(found)
}

/// One line.
///
/// # Errors
/// When the database fails.
pub async fn line(q: &mut impl Query, id: ConversationId) -> Result<Option<Line>, StoreError> {
    q.optional(ONE, vals![id]).await
}

/// A customer's conversations, newest first, at most twenty.
///
/// # Errors
/// When the database fails.
pub async fn of_contact(q: &mut impl Query, contact: ContactId) -> Result<Vec<Short>, StoreError> {
    q.all(OF_CONTACT, vals![contact]).await
}

/// How many each view has.
///
/// # Errors
/// When the database fails.
pub async fn counts(q: &mut impl Query, window: Option<WindowId>, me: UserId) -> Result<Counts, StoreError> {
    q.one(COUNTS, vals![window, me]).await
}

/// Who handled what a window got from `since` until before `until`.
///
/// # Errors
/// When the database fails.
pub async fn handled(q: &mut impl Query, window: WindowId, since: Timestamp, until: Timestamp) -> Result<Handled, StoreError> {
    q.one(HANDLED, vals![window, since, until]).await
}

/// Whole conversations opened from `since` until before `until`, in order of their ids, after one.
///
/// # Errors
/// When the database fails or a document is not readable.
pub async fn documents(q: &mut impl Query, since: Timestamp, until: Timestamp, after: i64, limit: i64) -> Result<Vec<Conversation>, StoreError> {
    let rows: Vec<(String,)> = q.all(DOCUMENTS, vals![since, until, after, limit]).await?;
    rows.into_iter().map(|(doc,)| decode("conversation", &doc)).collect()
}

/// Whole conversations whose next promise runs out after an instant, the soonest first. Where it ran out before, they are
/// left out, whatever else they are promised.
///
/// # Errors
/// When the database fails or a document is not readable.
pub async fn due_next(q: &mut impl Query, after: Timestamp, limit: i64) -> Result<Vec<Conversation>, StoreError> {
    let mut rows: Vec<(String,)> = q.all(DUE_NEXT_FIRST, vals![after, limit]).await?;
    let first = rows.len();
    rows.extend(q.all::<(String,)>(DUE_NEXT, vals![after, limit]).await?);
    let mut found: Vec<Conversation> = rows.into_iter().map(|(doc,)| decode("conversation", &doc)).collect::<Result<_, _>>()?;
    if first > 0 {
        found.sort_by_key(|c| (c.next_due(), c.id));
        found.truncate(usize::try_from(limit).unwrap_or(0));
    }
    Ok(found)
}

/// Conversations of a window and category that are not settled, in order of their ids, after one.
///
/// # Errors
/// When the database fails.
pub async fn open_of_category(
    q: &mut impl Query,
    window: WindowId,
    category: &str,
    after: Option<ConversationId>,
    limit: i64,
) -> Result<Vec<ConversationId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(OPEN_OF_CATEGORY, vals![window, category, after.map_or(0, |id| id.0), limit]).await?;
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

/// Conversations whose first look people corrected, newest first, and how the customer began.
///
/// # Errors
/// When the database fails or a document is not readable.
pub async fn corrected(q: &mut impl Query, limit: i64) -> Result<Vec<(Conversation, Option<String>)>, StoreError> {
    let rows: Vec<(String, Option<String>)> = q.all(CORRECTED, vals![limit]).await?;
    rows.into_iter().map(|(doc, text)| Ok((decode("conversation", &doc)?, text))).collect()
}

/// A person's unfinished reply.
///
/// # Errors
/// When the database fails.
pub async fn draft(q: &mut impl Query, user: UserId, conversation: ConversationId) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = q.optional(DRAFT, vals![user, conversation]).await?;
    Ok(row.map(|(text,)| text))
}

/// Keeps it; empty text forgets it.
///
/// # Errors
/// When the database fails.
pub async fn draft_save(tx: &mut Tx, user: UserId, conversation: ConversationId, text: &str, now: Timestamp) -> Result<(), StoreError> {
    if text.trim().is_empty() {
        return tx.run(DRAFT_DELETE, vals![user, conversation]).await.map(drop);
    }
    tx.run(DRAFT_SAVE, vals![user, conversation, text, now]).await.map(drop)
}
