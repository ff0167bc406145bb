//! What calendars are told of shifts, and the addresses of people's calendars.

use crate::aggregates::Persisted;
use crate::sql::{Query, statements, vals};
use crate::{StoreError, Tx};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::rota::living::{Base, Event};
use hypercare_core::rota::{DutyRole, LivingRota, Period};
use hypercare_core::timer::Timer;
use hypercare_core::window::Window;
use hypercare_core::{Span, Stamp, Timestamp, UserId, WindowId};

/// How far ahead calendars are told.
const AHEAD: Span = Span::days(180);
/// How far back a shift may have begun that still goes on.
const BACK: Span = Span::days(60);
/// Shifts of one window that calendars are told at a time.
const SHIFTS_LIMIT: usize = 2_000;
/// How long calendars still have what is over, and what was cancelled.
const KEPT: Span = Span::days(30);

statements! {
    ROTA_DOC = "SELECT doc FROM rota WHERE window_id = $1";
    ROTA_SAVE = "INSERT INTO rota (window_id, revision, doc) VALUES ($1, $2, $3)
        ON CONFLICT (window_id) DO UPDATE SET revision = excluded.revision, doc = excluded.doc";
    TOLD = "SELECT id, window_id, role, person, from_at, to_at, sequence, changed_at, cancelled_at FROM shift_told
        WHERE window_id = $1 AND to_at > $2 AND cancelled_at IS NULL ORDER BY from_at, id LIMIT 4000";
    TELL = "INSERT INTO shift_told (id, window_id, role, person, from_at, to_at, sequence, changed_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7)";
    MOVE = "UPDATE shift_told SET from_at = $2, to_at = $3, sequence = sequence + 1, changed_at = $4 WHERE id = $1";
    CANCEL = "UPDATE shift_told SET cancelled_at = $2, sequence = sequence + 1, changed_at = $2 WHERE id = $1";
    OF_WINDOW = "SELECT id, window_id, role, person, from_at, to_at, sequence, changed_at, cancelled_at FROM shift_told
        WHERE window_id = $1 AND to_at > $2 AND (cancelled_at IS NULL OR cancelled_at > $2) ORDER BY from_at, id LIMIT 4000";
    OF_PERSON = "SELECT id, window_id, role, person, from_at, to_at, sequence, changed_at, cancelled_at FROM shift_told
        WHERE person = $1 AND to_at > $2 AND (cancelled_at IS NULL OR cancelled_at > $2) ORDER BY from_at, id LIMIT 4000";
    ADDRESS = "SELECT generation, open FROM calendar_address WHERE user_id = $1";
    ADDRESS_NEW = "INSERT INTO calendar_address (user_id, generation, open) VALUES ($1, 1, TRUE)
        ON CONFLICT (user_id) DO UPDATE SET generation = calendar_address.generation + 1, open = TRUE";
    ADDRESS_CLOSE = "UPDATE calendar_address SET open = FALSE WHERE user_id = $1";
    CHATS = "SELECT opened_at FROM conversation WHERE channel = 'chat' AND opened_at >= $1 AND opened_at < $2 ORDER BY opened_at DESC LIMIT 50000";
    LEADS = "SELECT email FROM person WHERE role = 'lead' AND NOT disabled ORDER BY id LIMIT 20";
}

impl Persisted for LivingRota {
    const LOAD: &'static str = ROTA_DOC;
    fn number(&self) -> i64 {
        self.window.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn timers(&self) -> Vec<Timer> {
        Self::timers(self)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.window, i64::from(self.revision), doc];
        async move {
            tx.run(ROTA_SAVE, vals).await?;
            crate::notices::of_rota(tx, self, events).await?;
            tell_calendars(tx, self, events).await
        }
        .boxed()
    }
}

/// The rota of a window: as it is kept, or as its plan has it where none is kept yet.
///
/// # Errors
/// When the database fails.
pub async fn of(q: &mut impl Query, w: &Window) -> Result<LivingRota, StoreError> {
    let kept = crate::load::<LivingRota>(q, w.id.0).await?;
    Ok(kept.unwrap_or_else(|| LivingRota::new(w.id, Base::of_plan(&w.plan, w.plan_version, Timestamp(0)))))
}

/// A shift as calendars were told.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the table")]
pub struct Told {
    pub id: i64,
    pub window_id: i64,
    pub role: String,
    pub person: String,
    pub from_at: i64,
    pub to_at: i64,
    pub sequence: i64,
    pub changed_at: i64,
    pub cancelled_at: Option<i64>,
}

/// Keeps what calendars are told in step with a rota.
pub(crate) async fn tell_calendars(tx: &mut Tx, rota: &LivingRota, events: &[(Event, Stamp)]) -> Result<(), StoreError> {
    // With each handover too, so that the horizon moves on.
    let Some((_, stamp)) = events.iter().rev().find(|(e, _)| e.moves_shifts() || matches!(e, Event::HandoverOpened { .. })) else { return Ok(()) };
    let now = stamp.at;
    let mut shifts = shifts(rota, now);
    let mut told: Vec<Told> = tx.all(TOLD, vals![rota.window, now]).await?;
    told.retain(|row| match shifts.iter().position(|s| is(row, s) && row.from_at == s.when.from.0 && row.to_at == s.when.to.0) {
        Some(same) => {
            shifts.swap_remove(same);
            false
        }
        None => true,
    });
    for row in told {
        let held = Period::new(Timestamp(row.from_at), Timestamp(row.to_at));
        match shifts.iter().position(|s| is(&row, s) && s.when.within(held).is_some()) {
            Some(moved) => {
                let to = shifts.swap_remove(moved).when;
                tx.run(MOVE, vals![row.id, to.from, to.to, now]).await?;
            }
            None => drop(tx.run(CANCEL, vals![row.id, now]).await?),
        }
    }
    shifts.retain(|s| s.when.to > now);
    shifts.sort_by_key(|s| s.when);
    for s in shifts {
        let id: i64 = tx.new_id(now);
        tx.run(TELL, vals![id, rota.window, s.role.word(), s.person, s.when.from, s.when.to, now]).await?;
    }
    Ok(())
}

fn is(row: &Told, shift: &hypercare_core::rota::Shift) -> bool {
    row.person == shift.person && row.role == shift.role.word()
}

/// Everybody's shifts that are not over, or end just now. What reaches beyond the horizon is told when it comes nearer.
fn shifts(rota: &LivingRota, now: Timestamp) -> Vec<hypercare_core::rota::Shift> {
    let span = Period::new(now - BACK, rota.ended_at.unwrap_or(now + AHEAD));
    let schedule = rota.schedule();
    let mut found: Vec<hypercare_core::rota::Shift> = vec![];
    for role in DutyRole::ALL {
        let first = found.len();
        for stretch in schedule.stretches(role, span) {
            let count = if role.is_single() { 1 } else { stretch.people.len() };
            for person in stretch.people.into_iter().take(count) {
                match found[first..].iter_mut().rev().find(|s| s.person == person && s.when.to == stretch.when.from) {
                    Some(before) => before.when.to = stretch.when.to,
                    None => found.push(hypercare_core::rota::Shift { role, person, when: stretch.when }),
                }
            }
        }
    }
    found.retain(|s| s.when.to >= now && (rota.ended_at.is_some() || s.when.to < span.to));
    found.sort_by_key(|s| s.when);
    found.truncate(SHIFTS_LIMIT);
    found
}

/// What calendars have of a window: by start, with what was cancelled lately.
///
/// # Errors
/// When the database fails.
pub async fn of_window(q: &mut impl Query, window: WindowId, now: Timestamp) -> Result<Vec<Told>, StoreError> {
    q.all(OF_WINDOW, vals![window, now - KEPT]).await
}

/// What the calendar of a person has, over all windows.
///
/// # Errors
/// When the database fails.
pub async fn of_person(q: &mut impl Query, email: &str, now: Timestamp) -> Result<Vec<Told>, StoreError> {
    q.all(OF_PERSON, vals![email.to_lowercase(), now - KEPT]).await
}

/// The number of somebody's calendar address, where they have one.
///
/// # Errors
/// When the database fails.
pub async fn address(q: &mut impl Query, user: UserId) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64, bool)> = q.optional(ADDRESS, vals![user]).await?;
    Ok(row.filter(|(_, open)| *open).map(|(generation, _)| generation))
}

/// Gives somebody a new address; the one before leads nowhere from now on.
///
/// # Errors
/// When the database fails.
pub async fn new_address(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx.run(ADDRESS_NEW, vals![user]).await.map(drop)
}

/// Their address leads nowhere from now on.
///
/// # Errors
/// When the database fails.
pub async fn close_address(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx.run(ADDRESS_CLOSE, vals![user]).await.map(drop)
}

/// When the chats of a span began, at most fifty thousand.
///
/// # Errors
/// When the database fails.
pub async fn chats(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
    let rows: Vec<(i64,)> = q.all(CHATS, vals![since, until]).await?;
    Ok(rows.into_iter().map(|(at,)| Timestamp(at)).collect())
}

/// The addresses of leads who can sign in, at most twenty.
pub(crate) async fn leads(q: &mut impl Query) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = q.all(LEADS, vec![]).await?;
    Ok(rows.into_iter().map(|(email,)| email).collect())
}
