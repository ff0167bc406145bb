//! Who is here, how much each has, and the turn in which conversations are given.

use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use hypercare_core::assignment::{Agent, CAPACITY};
use hypercare_core::role::{Permission, Role};
use hypercare_core::{ConversationId, Timestamp, UserId};

statements! {
    PEOPLE = "SELECT p.id AS user_id, p.name, p.role, a.away_since, a.back_at, a.capacity, COALESCE(a.given, 0) AS given,
            (SELECT COUNT(*) FROM conversation c WHERE c.assignee_id = p.id AND c.status = 'open' AND c.snoozed_until IS NULL) AS load
        FROM person p LEFT JOIN attendance a ON a.user_id = p.id WHERE NOT p.disabled ORDER BY p.name, p.id LIMIT 1000";
    AWAY = "INSERT INTO attendance (user_id, away_since, back_at, capacity, given) VALUES ($1, $2, $3, NULL, 0)
        ON CONFLICT (user_id) DO UPDATE SET away_since = excluded.away_since, back_at = excluded.back_at";
    CAPACITY_SET = "INSERT INTO attendance (user_id, away_since, back_at, capacity, given) VALUES ($1, NULL, NULL, $2, 0)
        ON CONFLICT (user_id) DO UPDATE SET capacity = excluded.capacity";
    GIVEN = "INSERT INTO attendance (user_id, away_since, back_at, capacity, given) VALUES ($1, NULL, NULL, NULL, $2)
        ON CONFLICT (user_id) DO UPDATE SET given = excluded.given";
    BACK_AT = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ('person', $1, 'back', '', $2)
        ON CONFLICT (subject_kind, subject_id, kind, key) DO UPDATE SET due_at = excluded.due_at";
    BACK_AT_DELETE = "DELETE FROM timer WHERE subject_kind = 'person' AND subject_id = $1 AND kind = 'back'";
    TURNING = "SELECT turning FROM turn WHERE id = 1";
    TURN = "UPDATE turn SET turning = $1 WHERE id = 1";
    TURN_DELETE = "DELETE FROM timer WHERE subject_kind = 'turn'";
    /// The engine looks who is next; nothing where conversations are not given in turn.
    WANTED = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) SELECT 'turn', 0, 'turn', '', CAST($1 AS BIGINT) FROM turn WHERE id = 1 AND turning
        ON CONFLICT (subject_kind, subject_id, kind, key) DO UPDATE SET due_at = excluded.due_at WHERE timer.due_at > excluded.due_at";
    SWEEP = "INSERT INTO timer (subject_kind, subject_id, kind, key, due_at) VALUES ('turn', 0, 'sweep', '', $1)
        ON CONFLICT (subject_kind, subject_id, kind, key) DO UPDATE SET due_at = excluded.due_at";
    /// The same as the view `unassigned`, the next promise first.
    WAITING = "SELECT id FROM conversation WHERE status = 'open' AND assignee_id IS NULL AND handler <> 'assistant' AND snoozed_until IS NULL
        ORDER BY sort_key, id LIMIT $1";
    HELD = "SELECT id FROM conversation WHERE assignee_id = $1 AND status = 'open' AND snoozed_until IS NULL ORDER BY id DESC LIMIT $2";
}

/// A person who can be given conversations.
#[derive(Clone, Debug)]
pub struct Attending {
    /// Their name.
    pub name: String,
    /// When they want to come back; none while they are here, and where they did not say.
    pub back_at: Option<Timestamp>,
    /// Their place in the turn.
    pub agent: Agent,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    user_id: i64,
    name: String,
    role: String,
    away_since: Option<i64>,
    back_at: Option<i64>,
    capacity: Option<i64>,
    given: i64,
    load: i64,
}

/// Everybody who may answer customers, by name.
///
/// # Errors
/// When the database fails.
pub async fn people(q: &mut impl Query) -> Result<Vec<Attending>, StoreError> {
    let rows: Vec<PersonRow> = q.all(PEOPLE, vec![]).await?;
    let answer = |row: &PersonRow| Role::from_word(&row.role).is_some_and(|role| role.may(Permission::ConversationsWrite));
    let attending = |row: PersonRow| Attending {
        name: row.name,
        back_at: row.back_at.map(Timestamp),
        agent: Agent {
            user: UserId(row.user_id),
            away_since: row.away_since.map(Timestamp),
            load: u32::try_from(row.load).unwrap_or(u32::MAX),
            capacity: row.capacity.and_then(|n| u32::try_from(n).ok()).unwrap_or(CAPACITY),
            given: row.given,
        },
    };
    Ok(rows.into_iter().filter(answer).map(attending).collect())
}

/// Somebody goes, perhaps until a time.
///
/// # Errors
/// When the database fails.
pub async fn leave(tx: &mut Tx, user: UserId, now: Timestamp, back_at: Option<Timestamp>) -> Result<(), StoreError> {
    tx.run(AWAY, vals![user, now, back_at]).await?;
    match back_at {
        Some(at) => tx.run(BACK_AT, vals![user, at]).await.map(drop),
        None => tx.run(BACK_AT_DELETE, vals![user]).await.map(drop),
    }
}

/// Somebody is here again.
///
/// # Errors
/// When the database fails.
pub async fn come_back(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx.run(AWAY, vals![user, None::<i64>, None::<i64>]).await?;
    tx.run(BACK_AT_DELETE, vals![user]).await.map(drop)
}

/// How many conversations somebody has at a time.
///
/// # Errors
/// When the database fails.
pub async fn set_capacity(tx: &mut Tx, user: UserId, capacity: u32) -> Result<(), StoreError> {
    tx.run(CAPACITY_SET, vals![user, i64::from(capacity)]).await.map(drop)
}

/// Somebody was given a conversation, as this event.
///
/// # Errors
/// When the database fails.
pub async fn given(tx: &mut Tx, user: UserId, seq: i64) -> Result<(), StoreError> {
    tx.run(GIVEN, vals![user, seq]).await.map(drop)
}

/// Whether conversations are given in turn.
///
/// # Errors
/// When the database fails.
pub async fn turning(q: &mut impl Query) -> Result<bool, StoreError> {
    let row: Option<(bool,)> = q.optional(TURNING, vec![]).await?;
    Ok(row.is_some_and(|(on,)| on))
}

/// From now on they are, or are not.
///
/// # Errors
/// When the database fails.
pub async fn turn(tx: &mut Tx, on: bool, now: Timestamp) -> Result<(), StoreError> {
    tx.run(TURN, vals![on]).await?;
    tx.run(TURN_DELETE, vec![]).await?;
    wanted(tx, now).await
}

/// Something happened after which somebody may be given something.
///
/// # Errors
/// When the database fails.
pub async fn wanted(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    tx.run(WANTED, vals![now]).await.map(drop)
}

/// The engine looks again then, whatever happens.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, at: Timestamp) -> Result<(), StoreError> {
    tx.run(SWEEP, vals![at]).await.map(drop)
}

/// Conversations that need a person and have nobody, the next promise first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(q: &mut impl Query, limit: i64) -> Result<Vec<ConversationId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(WAITING, vals![limit]).await?;
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}

/// What somebody has to work on, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn held(q: &mut impl Query, user: UserId, limit: i64) -> Result<Vec<ConversationId>, StoreError> {
    let rows: Vec<(i64,)> = q.all(HELD, vals![user, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| ConversationId(id)).collect())
}
