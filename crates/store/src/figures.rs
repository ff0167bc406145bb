//! What the signals read, kept in step with the conversations: in the transaction of the change, from its events and
//! from what the thing was before and is after it. Figures are then read from narrow rows, not from documents.

use crate::StoreError;
use crate::sql::{Query, statements, vals};
use crate::tx::Tx;
use hypercare_core::conversation::{ClockFact, Conversation, Event, Status};
use hypercare_core::{ContactId, Severity, Timestamp};
use std::collections::BTreeMap;

/// Microseconds of the spans that outcomes are counted in. Days begin and end at quarters of an hour in every zone of today.
pub(crate) const QUARTER: i64 = 900_000_000;

statements! {
    OPEN_COUNT = "INSERT INTO open_count (category, n, critical) VALUES ($1, $2, $3)
        ON CONFLICT (category) DO UPDATE SET n = open_count.n + excluded.n, critical = open_count.critical + excluded.critical";
    /// The opened one and those that came after it within a week: one that is taken over late may make another a repeat.
    REPEATS = "UPDATE conversation SET repeated = NOT repeated, changed = $3
        WHERE contact_id = $1 AND opened_at >= $2 AND opened_at <= $2 + 604800000000
            AND repeated <> EXISTS (SELECT 1 FROM conversation b WHERE b.contact_id = conversation.contact_id
                AND b.opened_at < conversation.opened_at AND b.opened_at >= conversation.opened_at - 604800000000
                AND COALESCE(b.scenario, '') = COALESCE(conversation.scenario, ''))";
    OUTCOME_INSERT = "INSERT INTO outcome (seq, conversation_id, what, at, category) VALUES ($1, $2, $3, $4, $5)";
    OUTCOMES_OF = "SELECT at, what FROM outcome WHERE conversation_id = $1";
    OUTCOMES_MOVE = "UPDATE outcome SET category = $2 WHERE conversation_id = $1";
    TALLY = "INSERT INTO tally (quarter, what, category, n) VALUES ($1, $2, $3, $4)
        ON CONFLICT (quarter, what, category) DO UPDATE SET n = tally.n + excluded.n";
}

/// A conversation as far as figures are kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    contact: ContactId,
    opened_at: Timestamp,
    scenario: Option<String>,
    /// Empty for none.
    category: String,
    critical: bool,
    /// When it was settled, or became part of another conversation.
    resolved_at: Option<Timestamp>,
    /// It became part of another one before it was settled: it never was.
    merged_open: bool,
}

impl Shape {
    pub(crate) fn of(c: &Conversation) -> Self {
        Self {
            contact: c.contact,
            opened_at: c.opened_at,
            scenario: c.triage.scenario.clone(),
            category: c.triage.category.clone().unwrap_or_default(),
            critical: c.triage.severity == Severity::Critical,
            resolved_at: c.resolved_at,
            merged_open: c.merged.as_ref().is_some_and(|merged| !merged.was_settled()),
        }
    }
    /// How it counts among the open ones, if it is open.
    fn open(&self) -> Option<(&str, bool)> {
        self.resolved_at.is_none().then_some((self.category.as_str(), self.critical))
    }
}

/// What an event decides, in the word of the table. A promise is broken when it runs out, kept when it is met before.
pub(crate) fn decided(event: &Event) -> Option<&'static str> {
    match event {
        Event::Clock { fact: ClockFact::Breached, .. } => Some("broken"),
        Event::Clock { fact: ClockFact::Met, clock } if clock.breached_at.is_none() => Some("kept"),
        Event::StatusChanged { from: Status::Resolved, .. } => Some("reopened"),
        _ => None,
    }
}

/// Something that was decided: the number of its event, what, and when.
pub(crate) type Outcome = (i64, &'static str, Timestamp);

/// Brings the figures from what a thing was to what it is.
pub(crate) async fn follow(tx: &mut Tx, number: i64, before: Option<Shape>, after: Option<Shape>, outcomes: Vec<Outcome>) -> Result<(), StoreError> {
    let Some(after) = after else { return Ok(()) };
    recount(tx, before.as_ref(), &after).await?;
    if before.as_ref().is_none_or(|b| b.scenario != after.scenario) {
        let changed = tx.last_seq();
        tx.run(REPEATS, vals![after.contact, after.opened_at, changed]).await?;
    }
    let mut tally = Tally::default();
    if let Some(before) = &before {
        tally.settled(before, -1);
        if before.category != after.category {
            let known: Vec<(i64, String)> = tx.all(OUTCOMES_OF, vals![number]).await?;
            for (at, what) in &known {
                tally.add(*at, what, &before.category, -1);
                tally.add(*at, what, &after.category, 1);
            }
            if !known.is_empty() {
                tx.run(OUTCOMES_MOVE, vals![number, &after.category]).await?;
            }
        }
    }
    tally.settled(&after, 1);
    for (seq, what, at) in outcomes {
        tx.run(OUTCOME_INSERT, vals![seq, number, what, at, &after.category]).await?;
        tally.add(at.0, what, &after.category, 1);
    }
    for ((quarter, what, category), n) in tally.0 {
        if n != 0 {
            tx.run(TALLY, vals![quarter, what, category, n]).await?;
        }
    }
    Ok(())
}

/// Keeps the count of open conversations in step with them.
async fn recount(tx: &mut Tx, before: Option<&Shape>, after: &Shape) -> Result<(), StoreError> {
    let (before, after) = (before.and_then(Shape::open), after.open());
    if before == after {
        return Ok(());
    }
    for (counted, by) in [(before, -1), (after, 1)] {
        if let Some((category, critical)) = counted {
            tx.run(OPEN_COUNT, vals![category, by, by * i64::from(critical)]).await?;
        }
    }
    Ok(())
}

/// By how much counts change: by quarter of an hour, what, and category.
#[derive(Default)]
struct Tally(BTreeMap<(i64, String, String), i64>);

impl Tally {
    fn add(&mut self, at: i64, what: &str, category: &str, by: i64) {
        *self.0.entry((at / QUARTER, what.to_owned(), category.to_owned())).or_default() += by;
    }
    fn settled(&mut self, of: &Shape, by: i64) {
        if let Some(at) = of.resolved_at.filter(|_| !of.merged_open) {
            self.add(at.0, "settled", &of.category, by);
        }
    }
}
