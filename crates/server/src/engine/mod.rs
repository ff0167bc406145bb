//! Loops that sleep until the next due time in the store, do what is due, and sleep again: one for what people wait for, one for the
//! watch, whose look can take long where a past was imported, one for mails that came in, one for what other programs are
//! told, and one for the figures of cutovers, and one for letters to colleagues.
//!
//! Everything it does is a command on the write path and harmless to repeat, so restarts and several
//! nodes change nothing. With a manual clock, [`fast_forward`] plays time from due time to due time.

use crate::{
    App, chat, check_ins, cutovers, decisions, erasure, escalations, issues, letters, mail, normal, outbox, reach, reviews, rota, signals, stages,
    turn, updates, warnings, webhooks,
};
use futures_util::FutureExt;
use futures_util::stream::{self, StreamExt};
use hypercare_core::conversation::{ClockFact, Command, Conversation, Event};
use hypercare_core::{
    ActionId, Actor, AnswerId, BroadcastId, CheckInId, ConversationId, CutoverId, DecisionId, EscalationId, Span, SubscriberId, Timestamp, UpdateId,
    UserId, WindowId,
};
use hypercare_store::queries::{self, timers};
use hypercare_store::{StoreError, Tx, WriteError};
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::Ordering;
use tokio::sync::watch;

/// Due times handled in one go.
const BATCH: i64 = 512;
/// Of these at once: they share one commit.
const AT_ONCE: usize = 64;
/// Conversations that one change puts on the list, where all open ones are to be looked at.
const PIECE: i64 = 256;
/// Longest sleep: another node may have put an earlier due time into the store.
const LONGEST_SLEEP: Span = Span::secs(1);
/// Figures are measured at most so often while messages come in.
const BURST: std::time::Duration = std::time::Duration::from_millis(250);
/// Pause after a failure of the store.
const AFTER_FAILURE: std::time::Duration = std::time::Duration::from_millis(500);

/// Runs until `stop` becomes true.
pub async fn run(app: App, stop: watch::Receiver<bool>) {
    let parts = [Part::Promises, Part::Watch, Part::Mail, Part::Webhooks, Part::Cutovers, Part::Letters];
    futures_util::future::join_all(parts.map(|part| keep_on(&app, stop.clone(), part))).await;
}

/// What one loop looks after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// All that people wait for: promises, days, steps, what is to be sent.
    Promises,
    /// The looks of the watch.
    Watch,
    /// Mails that came in: one that is slow to read holds up no promise.
    Mail,
    /// What others are told.
    Webhooks,
    /// The figures of cutovers that go on.
    Cutovers,
    /// Letters to colleagues: a receiver that is slow to answer holds up no promise.
    Letters,
}

async fn keep_on(app: &App, mut stop: watch::Receiver<bool>, part: Part) {
    let mut head = app.store.head();
    while !*stop.borrow() {
        let done = match part {
            Part::Promises => {
                app.engine_beat.store(app.now().0, Ordering::Relaxed);
                step(app).await
            }
            Part::Watch => look(app).await,
            Part::Mail => mail::take_due(app).await,
            Part::Webhooks => {
                head.borrow_and_update();
                webhooks::step(app).await
            }
            Part::Cutovers => {
                head.borrow_and_update();
                cutovers::look(app).await
            }
            Part::Letters => {
                head.borrow_and_update();
                match reach::step(app).await {
                    Ok(gathered) => letters::step(app).await.map(|begun| begun + gathered),
                    Err(error) => Err(error),
                }
            }
        };
        let pause = match done {
            // There may be more: at once, but after what is to be sent, and not if it was told to stop.
            Ok(1..) => continue,
            Ok(0) => next_due(app, part).await,
            Err(error) => {
                tracing::error!(%error, "the engine could not work; it tries again");
                tokio::time::sleep(AFTER_FAILURE).await;
                continue;
            }
        };
        let latest = app.now() + LONGEST_SLEEP;
        let until = pause.unwrap_or(None).map_or(latest, |due| due.min(latest));
        tokio::select! {
            () = app.clock.sleep_until(until) => {}
            () = app.wake.notified(), if part == Part::Promises => {}
            () = app.mail_wake.notified(), if part == Part::Mail => {}
            () = app.webhooks.wake.notified(), if part == Part::Webhooks => {}
            () = app.letters.wake.notified(), if part == Part::Letters => {}
            changed = head.changed(), if matches!(part, Part::Webhooks | Part::Letters | Part::Cutovers) => {
                if part == Part::Cutovers && changed.is_ok() {
                    tokio::time::sleep(BURST).await;
                }
            }
            _ = stop.changed() => {}
        }
    }
}

/// One batch of what is due, and what is to be sent: a flood of the one does not hold up the other.
async fn step(app: &App) -> Result<usize, WriteError> {
    let done = settle(app).await?;
    outbox::deliver_due(app).await?;
    Ok(done)
}

async fn round(app: &App) -> Result<(), WriteError> {
    while mail::take_due(app).await? + step(app).await? + look(app).await? + cutovers::look(app).await? + reach::step(app).await? > 0 {}
    letters::settle(app).await?;
    webhooks::settle(app).await
}

async fn next_due(app: &App, part: Part) -> Result<Option<Timestamp>, WriteError> {
    let mut reader = app.reader();
    match part {
        Part::Promises => {
            let (timer, sending) = (timers::next(&mut reader).await?, queries::outbox::next(&mut reader).await?);
            Ok([timer, sending].into_iter().flatten().min())
        }
        Part::Watch => Ok(timers::look(&mut reader).await?.map(|due| Timestamp(due.due_at))),
        Part::Mail => Ok(queries::mail::next(&mut reader).await?),
        Part::Webhooks => Ok(webhooks::next_due(app).await?),
        // What is due at an instant is a due time of the store; figures are looked at when something is stored.
        Part::Cutovers => Ok(None),
        Part::Letters => Ok([letters::next_due(app).await?, reach::next_due(app).await?].into_iter().flatten().min()),
    }
}

/// Does what is due now, at most a batch of it, and the look of the watch. Returns how much that was.
///
/// # Errors
/// When the store fails. What the rules refuse is logged and taken off the list.
pub async fn tick(app: &App) -> Result<usize, WriteError> {
    Ok(settle(app).await? + look(app).await?)
}

/// The look of the watch, if it is due.
async fn look(app: &App) -> Result<usize, WriteError> {
    let due = timers::look(&mut app.reader()).await?.filter(|due| Timestamp(due.due_at) <= app.now());
    let Some(due) = due else { return Ok(0) };
    warnings::look(app, Some(due)).await?;
    Ok(1)
}

async fn settle(app: &App) -> Result<usize, WriteError> {
    let now = app.now();
    let due = timers::due(&mut app.reader(), now, BATCH).await?;
    let count = due.len();
    if let Some(first) = due.first() {
        metrics::gauge!("hypercare_engine_lag_seconds").set((now - Timestamp(first.due_at)).as_secs_f64());
    }
    let results: Vec<Result<Broke, WriteError>> =
        stream::iter(by_subject(due)).map(|some| handle(app, some)).buffer_unordered(AT_ONCE).collect().await;
    let broke: BTreeSet<WindowId> = results.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    for window in broke {
        stages::promise_broke(app, window).await?;
    }
    Ok(count)
}

/// Plays time up to `to`: the clock stops at every due time on the way. Only for a manual clock that
/// nobody else moves.
///
/// # Errors
/// When the store fails.
pub async fn fast_forward(app: &App, to: Timestamp) -> Result<(), WriteError> {
    loop {
        round(app).await?;
        let mut next: Option<Timestamp> = None;
        for part in [Part::Promises, Part::Watch, Part::Mail, Part::Webhooks, Part::Letters] {
            next = next.into_iter().chain(next_due(app, part).await?).min();
        }
        match next.filter(|due| *due <= to) {
            Some(due) => app.clock.set(due),
            None => {
                app.clock.set(to);
                return round(app).await;
            }
        }
    }
}

/// What is due for one thing, together: its clocks often run out at the same instant, and one look settles them all.
fn by_subject(due: Vec<timers::Due>) -> Vec<Vec<timers::Due>> {
    let mut places: HashMap<(String, i64), usize> = HashMap::new();
    let mut found: Vec<Vec<timers::Due>> = vec![];
    for one in due {
        let place = *places.entry((one.subject_kind.clone(), one.subject_id)).or_insert(found.len());
        match found.get_mut(place) {
            Some(some) => some.push(one),
            None => found.push(vec![one]),
        }
    }
    found
}

/// The window in which a promise broke of a category that is on normal promises: that may be too fast.
type Broke = Option<WindowId>;

async fn handle(app: &App, due: Vec<timers::Due>) -> Result<Broke, WriteError> {
    let Some(first) = due.first() else { return Ok(None) };
    let (kind, id) = (first.subject_kind.clone(), first.subject_id);
    let done = match kind.as_str() {
        "conversation" => return conversation(app, id, due).await,
        "chat" => chat::carry_on(app, ConversationId(id)).await,
        // These take their due times off the list themselves, with what they do.
        "turn" => return turn::step(app, due).await.map(|()| None),
        "person" => return turn::back(app, UserId(id), due).await.map(|()| None),
        "decision" => decisions::time_passed(app, DecisionId(id)).await,
        "escalation" => escalations::time_passed(app, EscalationId(id)).await,
        "cutover" => cutovers::time_passed(app, CutoverId(id)).await,
        "escalated" => escalations::settled(app, ConversationId(id)).await,
        "reviews" => return reviews::step(app, WindowId(id), due).await.map(|()| None),
        "update_mail" => return updates::mail_step(app, UpdateId(id), due).await.map(|()| None),
        "answer" => normal::answer_due(app, AnswerId(id)).await,
        "action" => reviews::action_passed(app, ActionId(id)).await,
        "digest" => return updates::digest_step(app, SubscriberId(id), due).await.map(|()| None),
        "check_in" => return check_ins::step(app, CheckInId(id), due).await.map(|()| None),
        "update" => updates::time_passed(app, UpdateId(id)).await,
        "broadcast" => issues::step(app, BroadcastId(id)).await.map(drop),
        "window" => window(app, WindowId(id), &due).await,
        "rota" => rota::step(app, WindowId(id)).await,
        "webhook" => webhooks::retention(app).await,
        "letter" => letters::retention(app).await,
        "erasure" => erasure::apply(app).await,
        _ => Ok(()),
    };
    match done {
        Ok(()) => {}
        Err(WriteError::Refused(refusal)) => tracing::warn!(subject = kind, id, %refusal, "a due time was refused"),
        Err(error) => return Err(error),
    }
    // What is still there unchanged has nothing behind it any more: without this the engine would spin.
    app.store.write(move |tx| async move { finish(tx, &due).await.map_err(WriteError::from) }.boxed()).await?;
    Ok(None)
}

/// A day that is over is closed, and a step back is carried on; each looks itself whether it is its turn.
async fn window(app: &App, id: WindowId, due: &[timers::Due]) -> Result<(), WriteError> {
    let (anew, other): (Vec<&timers::Due>, Vec<&timers::Due>) = due.iter().partition(|one| timers::is_recheck(one));
    for one in anew {
        recheck(app, one).await?;
    }
    if other.is_empty() {
        return Ok(());
    }
    signals::close_day(app, id).await?;
    stages::tighten(app, id).await
}

/// What is promised has changed: the next piece of the open conversations is looked at. Which they are is read before the
/// writer's turn.
async fn recheck(app: &App, due: &timers::Due) -> Result<(), WriteError> {
    let piece = timers::recheck_next(&mut app.reader(), due, PIECE).await?;
    let due = due.clone();
    app.store.write(move |tx| async move { timers::recheck_piece(tx, &due, &piece).await.map_err(WriteError::from) }.boxed()).await
}

async fn finish(tx: &mut Tx, due: &[timers::Due]) -> Result<(), StoreError> {
    for one in due {
        timers::finish(tx, one).await?;
    }
    Ok(())
}

/// In one transaction with taking the due times off the list: breaches come in thousands at a time.
async fn conversation(app: &App, id: i64, due: Vec<timers::Due>) -> Result<Broke, WriteError> {
    let catalogue = app.knowledge.current(app).await?;
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Conversation>(id).await?;
                let mut broke = None;
                if let Some(window) = change.state().map(|c| c.window)
                    && change.run(Command::TimePassed, &stamp, &catalogue.env(window))?
                {
                    let breach = change.events().any(|e| matches!(e, Event::Clock { fact: ClockFact::Breached, .. }));
                    let conversation = tx.save(change).await?;
                    broke = window.filter(|_| breach && catalogue.env(window).is_normalised(conversation.triage.category.as_deref()));
                }
                finish(tx, &due).await?;
                Ok(broke)
            }
            .boxed()
        })
        .await
}
