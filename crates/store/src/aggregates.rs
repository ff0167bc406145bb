//! Loading and saving aggregates: state, events and due times in one go.

use crate::figures::{self, Shape};
use crate::queries::confirmed;
use crate::search::folded;
use crate::sql::{Query, statements, vals};
use crate::tx::Tx;
use crate::{StoreError, WriteError};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hypercare_core::answer::{Answer, AnswerEvent};
use hypercare_core::broadcast::Broadcast;
use hypercare_core::conversation::imported::Past;
use hypercare_core::conversation::{Author, Conversation, Event, Hand, Message, Status};
use hypercare_core::decision::Decision;
use hypercare_core::issue::Issue;
use hypercare_core::timer::Timer;
use hypercare_core::unanswered::Dismissal;
use hypercare_core::window::{Window, WindowEvent};
use hypercare_core::{Aggregate, Refusal, Stamp, Timestamp, WindowId};

statements! {
    WINDOW_DOC = "SELECT doc FROM hc_window WHERE id = $1";
    WINDOW_SAVE = "INSERT INTO hc_window (id, key, phase, go_live_at, created_at, doc) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET phase = excluded.phase, go_live_at = excluded.go_live_at, doc = excluded.doc";
    CONVERSATION_DOC = "SELECT doc FROM conversation WHERE id = $1";
    CONVERSATION_SAVE = "INSERT INTO conversation (id, channel, contact_id, window_id, subject, preview, status, handler, assignee_id, scope, scenario,
            category, severity, reassurance, issue_id, tags, next_due, next_due_kind, sort_key, breached, opened_at, last_message_at, waiting_since,
            first_response_at, resolved_at, escalated_at, snoozed_until, messages, assistant_answers, rating, doc, corrected, person_since, changed, merged_into, merged_open)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)
        ON CONFLICT (id) DO UPDATE SET window_id = excluded.window_id,
            preview = CASE WHEN excluded.preview = '' THEN conversation.preview ELSE excluded.preview END,
            status = excluded.status, handler = excluded.handler, assignee_id = excluded.assignee_id, scope = excluded.scope,
            scenario = excluded.scenario, category = excluded.category, severity = excluded.severity, reassurance = excluded.reassurance,
            issue_id = excluded.issue_id, tags = excluded.tags, next_due = excluded.next_due, next_due_kind = excluded.next_due_kind, sort_key = excluded.sort_key,
            breached = excluded.breached, last_message_at = excluded.last_message_at, waiting_since = excluded.waiting_since,
            person_since = excluded.person_since, first_response_at = excluded.first_response_at, resolved_at = excluded.resolved_at,
            escalated_at = COALESCE(conversation.escalated_at, excluded.escalated_at), snoozed_until = excluded.snoozed_until,
            messages = excluded.messages, assistant_answers = excluded.assistant_answers, rating = excluded.rating,
            doc = excluded.doc, corrected = excluded.corrected,
            changed = excluded.changed, merged_into = excluded.merged_into, merged_open = excluded.merged_open";
    MESSAGE_INSERT = "INSERT INTO message (id, conversation_id, author, name, user_id, note, text, answer_id, answer_version, answer_doc,
            broadcast_id, inbox, external_id, hand, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    MESSAGE_HELPFUL = "UPDATE message SET helpful = $2 WHERE id = $1";
    RATING_INSERT = "INSERT INTO rating (conversation_id, at, score) VALUES ($1, $2, $3) ON CONFLICT (conversation_id, at) DO NOTHING";
    FIELDS_DELETE = "DELETE FROM conversation_field WHERE conversation_id = $1";
    FIELD_INSERT = "INSERT INTO conversation_field (conversation_id, key, value) VALUES ($1, $2, $3)";
    ISSUE_DOC = "SELECT doc FROM issue WHERE id = $1";
    ISSUE_SAVE = "INSERT INTO issue (id, window_id, title, folded, state, scenario, answer_id, merged_into, opened_at, doc)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, folded = excluded.folded, state = excluded.state, scenario = excluded.scenario,
            answer_id = excluded.answer_id, merged_into = excluded.merged_into, doc = excluded.doc";
    ANSWER_DOC = "SELECT doc FROM answer WHERE id = $1";
    ANSWER_SAVE = "INSERT INTO answer (id, window_id, key, state, live, doc, macro) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, live = excluded.live, doc = excluded.doc, macro = excluded.macro";
    DECISION_DOC = "SELECT doc FROM decision WHERE id = $1";
    DECISION_SAVE = "INSERT INTO decision (id, window_id, conversation_id, asked_at, decided_at, doc, holds_until) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET decided_at = excluded.decided_at, doc = excluded.doc, holds_until = excluded.holds_until";
    DISMISSAL_DOC = "SELECT doc FROM dismissal WHERE id = $1";
    DISMISSAL_SAVE = "INSERT INTO dismissal (id, window_id, doc) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc";
    BROADCAST_DOC = "SELECT doc FROM broadcast WHERE id = $1";
    BROADCAST_SAVE = "INSERT INTO broadcast (id, window_id, issue_id, state, started_at, doc) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, doc = excluded.doc";
}

/// An aggregate that the store can keep.
pub trait Persisted: Aggregate + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static {
    /// The statement that loads its document.
    const LOAD: &'static str;
    /// Its id as a number.
    fn number(&self) -> i64;
    /// The window it belongs to.
    fn window(&self) -> Option<WindowId>;
    /// Its due times.
    fn timers(&self) -> Vec<Timer> {
        vec![]
    }
    /// What figures are kept of it.
    fn shape(&self) -> Option<Shape> {
        None
    }
    /// What one of its events decides, where that is counted.
    fn decided(_: &Self::Event) -> Option<&'static str> {
        None
    }
    /// Writes the state, and what its events add beside it.
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>>;
}

/// A change of one aggregate in the making: commands are decided in memory, then [`Tx::save`] keeps
/// the result. Dropping it changes nothing.
pub struct Change<A: Persisted> {
    number: i64,
    before: Vec<Timer>,
    shape_before: Option<Shape>,
    state: Option<A>,
    events: Vec<(A::Event, Stamp)>,
}

impl<A: Persisted> Change<A> {
    /// Decides one more command; returns whether anything happened.
    ///
    /// # Errors
    /// The rules' refusal.
    pub fn run(&mut self, command: A::Command, stamp: &Stamp, env: &A::Env<'_>) -> Result<bool, Refusal> {
        let events = A::decide(self.state.as_ref(), command, stamp, env)?;
        let happened = !events.is_empty();
        for event in events {
            self.state = Some(A::apply(self.state.take(), &event, stamp));
            self.events.push((event, stamp.clone()));
        }
        Ok(happened)
    }
    /// The state so far.
    pub fn state(&self) -> Option<&A> {
        self.state.as_ref()
    }
    /// The state so far, or "there is no such thing".
    ///
    /// # Errors
    /// When it does not exist.
    pub fn existing(&self) -> Result<&A, Refusal> {
        self.state.as_ref().ok_or_else(|| Refusal::not_found(A::KIND))
    }
    /// What has happened so far.
    pub fn events(&self) -> impl Iterator<Item = &A::Event> {
        self.events.iter().map(|(event, _)| event)
    }
}

impl Tx {
    /// Begins a change of an aggregate that may or may not exist.
    ///
    /// # Errors
    /// When the database fails or the stored document is not readable.
    pub async fn change<A: Persisted>(&mut self, id: impl Into<i64>) -> Result<Change<A>, StoreError> {
        let number = id.into();
        let state: Option<A> = load(self, number).await?;
        let before = state.as_ref().map(Persisted::timers).unwrap_or_default();
        Ok(Change { number, before, shape_before: state.as_ref().and_then(Persisted::shape), state, events: vec![] })
    }

    /// Begins an aggregate that is known not to exist yet.
    pub fn begin_new<A: Persisted>(&self, id: impl Into<i64>) -> Change<A> {
        Change { number: id.into(), before: vec![], shape_before: None, state: None, events: vec![] }
    }

    /// Keeps a change: state, events and due times. Returns the state.
    ///
    /// # Errors
    /// When the database fails, or there is nothing to keep because nothing ever existed.
    pub async fn save<A: Persisted>(&mut self, change: Change<A>) -> Result<A, WriteError> {
        let Change { number, before, shape_before, state, events } = change;
        let state = state.ok_or_else(|| Refusal::not_found(A::KIND))?;
        if events.is_empty() {
            return Ok(state);
        }
        let doc = encode(&state)?;
        state.store(self, doc, &events).await?;
        let mut outcomes = vec![];
        for (event, stamp) in &events {
            let seq = self.record(A::event_name(event), (A::KIND, number), state.window(), stamp, encode(event)?).await?;
            outcomes.extend(A::decided(event).map(|what| (seq, what, stamp.at)));
        }
        self.reschedule((A::KIND, number), &before, &state.timers()).await?;
        figures::follow(self, number, shape_before, state.shape(), outcomes).await?;
        Ok(state)
    }

    /// Loads, runs one command and keeps the result.
    ///
    /// # Errors
    /// The rules' refusal, or that the database failed.
    pub async fn execute<A: Persisted>(&mut self, id: impl Into<i64>, command: A::Command, stamp: &Stamp, env: &A::Env<'_>) -> Result<A, WriteError> {
        let mut change = self.change::<A>(id).await?;
        change.run(command, stamp, env)?;
        self.save(change).await
    }
}

/// Loads the state of an aggregate.
///
/// # Errors
/// When the database fails or the stored document is not readable.
pub async fn load<A: Persisted>(q: &mut impl Query, id: i64) -> Result<Option<A>, StoreError> {
    let row: Option<(String,)> = q.optional(A::LOAD, vals![id]).await?;
    row.map(|(doc,)| decode(A::KIND, &doc)).transpose()
}

pub(crate) fn encode<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt { what: "document", detail: e.to_string() })
}

pub(crate) fn decode<T: serde::de::DeserializeOwned>(what: &'static str, doc: &str) -> Result<T, StoreError> {
    serde_json::from_str(doc).map_err(|e| StoreError::Corrupt { what, detail: e.to_string() })
}

impl Persisted for Window {
    const LOAD: &'static str = WINDOW_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.id)
    }
    fn timers(&self) -> Vec<Timer> {
        Self::timers(self)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(WindowEvent, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.id, &self.key, self.phase.word(), self.go_live_at, self.created_at, doc];
        async move {
            tx.run(WINDOW_SAVE, vals).await?;
            for (event, stamp) in events {
                match event {
                    WindowEvent::Labelled { labels } => confirmed::label(tx, self.id, labels, stamp).await?,
                    WindowEvent::Unlabelled { outcome, .. } => confirmed::remove(tx, *outcome).await?,
                    _ => {}
                }
            }
            crate::notices::of_window(tx, self, events).await
        }
        .boxed()
    }
}

impl Persisted for Conversation {
    const LOAD: &'static str = CONVERSATION_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        self.window
    }
    fn timers(&self) -> Vec<Timer> {
        Self::timers(self)
    }
    fn shape(&self) -> Option<Shape> {
        Some(Shape::of(self))
    }
    fn decided(event: &Event) -> Option<&'static str> {
        figures::decided(event)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        async move {
            crate::notices::of_conversation(tx, self, events).await?;
            let changed = tx.last_seq() + 1;
            tx.run(CONVERSATION_SAVE, conversation_vals(self, doc, events, changed)).await?;
            for (event, stamp) in events {
                match event {
                    Event::MessageAdded { message } => insert_message(tx, self, message).await?,
                    Event::Opened { .. } => crate::queries::warnings::look_after(tx, self.opened_at).await?,
                    Event::Helpfulness { message, helpful } => drop(tx.run(MESSAGE_HELPFUL, vals![*message, *helpful]).await?),
                    Event::Rated { score, .. } => drop(tx.run(RATING_INSERT, vals![self.id, stamp.at, i64::from(*score)]).await?),
                    Event::Imported { past } => {
                        if let (Some(score), Some(at)) = (past.rating, past.rated_at) {
                            tx.run(RATING_INSERT, vals![self.id, at, i64::from(score)]).await?;
                        }
                    }
                    Event::Confirmed { outcome } => confirmed::keep(tx, self.id, outcome, stamp).await?,
                    // Nobody is called any more for what is settled or read elsewhere.
                    Event::StatusChanged { to: Status::Resolved, .. } | Event::Merged { .. } if self.escalated_to.is_some() => {
                        crate::queries::timers::once(tx, ("escalated", self.id.0), "settled", stamp.at).await?;
                    }
                    Event::Unconfirmed { message, window } => confirmed::forget(tx, *window, *message).await?,
                    _ => {}
                }
            }
            if let Some((_, stamp)) = events.iter().find(|(event, _)| moves_the_turn(event)) {
                crate::queries::turn::wanted(tx, stamp.at).await?;
            }
            if events.iter().any(|(event, _)| matches!(event, Event::FieldsSet { .. } | Event::Imported { .. })) {
                save_fields(tx, self).await?;
            }
            crate::queries::unanswered::follow(tx, self.id, events).await
        }
        .boxed()
    }
}

/// After it somebody is needed, or somebody has room. What needs a person and has nobody waits in the store already, whatever is said in it.
fn moves_the_turn(event: &Event) -> bool {
    matches!(event, Event::HandedOver { .. } | Event::Assigned { .. } | Event::StatusChanged { .. } | Event::Snoozed { .. })
}

async fn save_fields(tx: &mut Tx, c: &Conversation) -> Result<(), StoreError> {
    tx.run(FIELDS_DELETE, vals![c.id]).await?;
    for (key, value) in &c.fields {
        tx.run(FIELD_INSERT, vals![c.id, key, value]).await?;
    }
    Ok(())
}

const PREVIEW: usize = 160;

fn conversation_vals(c: &Conversation, doc: String, events: &[(Event, Stamp)], changed: i64) -> Vec<crate::Val> {
    let said = events.iter().rev().find_map(|(event, _)| match event {
        Event::MessageAdded { message }
            if !message.note && message.author != Author::System && !matches!(message.hand, Some(Hand::Machine { .. })) =>
        {
            Some(message.text.as_str())
        }
        _ => None,
    });
    let preview: String = said.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(PREVIEW).collect()).unwrap_or_default();
    let when = |wanted: fn(&Event) -> bool, elsewhere: fn(&Past) -> Option<Timestamp>| {
        events.iter().find_map(|(e, stamp)| match e {
            Event::Imported { past } => elsewhere(past),
            e if wanted(e) => Some(stamp.at),
            _ => None,
        })
    };
    let next = c.next_promise();
    let next_due = next.map(|(_, due)| due);
    // Without a promise, the longest silence comes first, after everything that is promised.
    let in_turn = next_due.map_or(i64::MAX / 2 + c.last_message_at.0 / 2, |due| due.0);
    // Urgent matters have keys below zero, before all that is due, and among themselves the same order.
    let sort_key = if c.goes_first() { in_turn - i64::MAX } else { in_turn };
    let tags = if c.tags.is_empty() { String::new() } else { format!(",{},", c.tags.join(",")) };
    vals![
        c.id,
        c.channel.word(),
        c.contact,
        c.window,
        &c.subject,
        preview,
        c.status.word(),
        c.handler.word(),
        c.assignee,
        c.triage.scope.word(),
        c.triage.scenario.as_ref(),
        c.triage.category.as_ref(),
        c.triage.severity.word(),
        c.triage.reassurance,
        c.issue,
        tags,
        next_due,
        next.map(|(kind, _)| kind.word()),
        sort_key,
        c.is_breached(),
        c.opened_at,
        c.last_message_at,
        c.waiting_since,
        c.first_response_at,
        c.resolved_at,
        when(|e| matches!(e, Event::Escalated { .. }), |past| past.escalated_at),
        c.snoozed_until,
        c.messages,
        c.assistant_answers,
        c.rating.map(i64::from),
        doc,
        c.triage.corrected_by.is_some(),
        c.person_since,
        changed,
        c.merged.as_ref().map(|m| m.into),
        c.merged.as_ref().is_some_and(|m| !m.was_settled()),
    ]
}

async fn insert_message(tx: &mut Tx, c: &Conversation, m: &Message) -> Result<(), StoreError> {
    let answer_doc = m.answer.as_ref().map(encode).transpose()?;
    let inbox = m.external_id.as_ref().map(|_| m.via.unwrap_or(c.channel).word());
    let vals = vals![
        m.id,
        c.id,
        m.author.word(),
        &m.name,
        m.user,
        m.note,
        &m.text,
        m.answer.as_ref().map(|a| a.answer),
        m.answer.as_ref().map(|a| i64::from(a.version)),
        answer_doc,
        m.broadcast,
        inbox,
        m.external_id.as_ref(),
        m.hand.as_ref().map(encode).transpose()?,
        m.at,
    ];
    tx.run(MESSAGE_INSERT, vals).await.map(drop)
}

impl Persisted for Issue {
    const LOAD: &'static str = ISSUE_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, _: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![
            self.id,
            self.window,
            &self.title,
            folded(&self.title),
            self.state.word(),
            self.scenario.as_ref(),
            self.answer,
            self.merged_into,
            self.opened_at,
            doc
        ];
        async move { tx.run(ISSUE_SAVE, vals).await.map(drop) }.boxed()
    }
}

impl Persisted for Answer {
    const LOAD: &'static str = ANSWER_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn timers(&self) -> Vec<Timer> {
        Self::timers(self)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(AnswerEvent, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.id, self.window, &self.key, self.state.word(), self.live.map(i64::from), doc, self.is_macro()];
        async move {
            tx.run(ANSWER_SAVE, vals).await?;
            crate::notices::of_answer(tx, self, events).await
        }
        .boxed()
    }
}

impl Persisted for Decision {
    const LOAD: &'static str = DECISION_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn timers(&self) -> Vec<Timer> {
        Self::timers(self)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, events: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let holds = self.holds_until.filter(|_| self.holds());
        let vals = vals![self.id, self.window, self.conversation, self.asked_at, self.decided_at, doc, holds];
        async move {
            tx.run(DECISION_SAVE, vals).await?;
            crate::notices::of_decision(tx, self, events).await
        }
        .boxed()
    }
}

impl Persisted for Dismissal {
    const LOAD: &'static str = DISMISSAL_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, _: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.id, self.window, doc];
        async move { tx.run(DISMISSAL_SAVE, vals).await.map(drop) }.boxed()
    }
}

impl Persisted for Broadcast {
    const LOAD: &'static str = BROADCAST_DOC;
    fn number(&self) -> i64 {
        self.id.0
    }
    fn window(&self) -> Option<WindowId> {
        Some(self.window)
    }
    fn timers(&self) -> Vec<Timer> {
        Self::timers(self)
    }
    fn store<'a>(&'a self, tx: &'a mut Tx, doc: String, _: &'a [(Self::Event, Stamp)]) -> BoxFuture<'a, Result<(), StoreError>> {
        let vals = vals![self.id, self.window, self.issue, self.state.word(), self.started_at, doc];
        async move { tx.run(BROADCAST_SAVE, vals).await.map(drop) }.boxed()
    }
}
