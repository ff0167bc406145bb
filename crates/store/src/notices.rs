//! Who of the team is told that something concerns them. Written in the transaction of the event itself, so that it is once by
//! construction, on several nodes too, and no path around it exists. Whom what concerns is decided in `hypercare_core::notice`. What is
//! imported tells nobody.

mod cutover;
mod normal;
mod plan;
mod rota;

pub(crate) use cutover::of_cutover;
pub(crate) use normal::{of_answer, of_handover, of_window};
pub use plan::on_duty;
pub(crate) use plan::plan;
pub(crate) use rota::of_rota;

use crate::queries::{notices, people, presence};
use crate::{StoreError, Tx};
use hypercare_core::account::call::{Call, CallEvent};
use hypercare_core::action::{Action, ActionEvent};
use hypercare_core::check_in::{CheckIn, CheckInEvent};
use hypercare_core::conversation::{Author, Conversation, Event};
use hypercare_core::decision::{Decision, DecisionEvent};
use hypercare_core::escalation::{Escalation, EscalationEvent};
use hypercare_core::notice::{self, Tell};
use hypercare_core::review::{Review, ReviewEvent};
use hypercare_core::role::Permission;
use hypercare_core::update::{Update, UpdateEvent, may_approve};
use hypercare_core::window::Window;
use hypercare_core::{ConversationId, Severity, Stamp, UserId};

/// People in one conversation who are looked for.
const LOOKING: i64 = 50;

/// Tells whom the events of a conversation concern. To be called before they are recorded: each notice carries the number that its event
/// will have.
pub(crate) async fn of_conversation(tx: &mut Tx, c: &Conversation, events: &[(Event, Stamp)]) -> Result<(), StoreError> {
    if events.iter().any(|(event, _)| matches!(event, Event::Imported { .. })) {
        return Ok(());
    }
    let first = tx.last_seq() + 1;
    let given_back = notice::gives_back(events.iter().map(|(event, _)| event));
    for (seq, (event, stamp)) in (first..).zip(events) {
        if given_back && matches!(event, Event::Assigned { .. }) {
            continue;
        }
        let looking = looking(tx, c, event, stamp).await?;
        for tell in notice::of_conversation(event, c, &stamp.actor, &looking) {
            let tell = Tell { severity: Some(c.triage.severity), ..tell };
            notices::tell(tx, &tell, Some(c.id), None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Who has it before their eyes just now; asked only where it decides something.
async fn looking(tx: &mut Tx, c: &Conversation, event: &Event, stamp: &Stamp) -> Result<Vec<UserId>, StoreError> {
    let asked = c.assignee.is_some() && matches!(event, Event::MessageAdded { message } if message.author == Author::Customer);
    if !asked {
        return Ok(vec![]);
    }
    let there = presence::in_one(tx, c.id, stamp.at, LOOKING).await?;
    Ok(there.into_iter().map(|one| UserId(one.user_id)).collect())
}

/// Tells whom the events of a decision concern.
pub(crate) async fn of_decision(tx: &mut Tx, d: &Decision, events: &[(DecisionEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        // Asked and decided in one change: nobody waited for it.
        let asker = notices::asker(tx, d.id).await?;
        for tell in notice::of_decision(event, asker, &stamp.actor) {
            let tell = Tell { severity: severity(tx, d.conversation).await?, ..tell };
            notices::tell(tx, &tell, d.conversation, Some(d.id), stamp, seq).await?;
        }
    }
    Ok(())
}

/// How severe the conversation is that a question came from.
async fn severity(tx: &mut Tx, conversation: Option<ConversationId>) -> Result<Option<Severity>, StoreError> {
    let Some(conversation) = conversation else { return Ok(None) };
    Ok(crate::load::<Conversation>(tx, conversation.0).await?.map(|c| c.triage.severity))
}

/// A way to reach somebody was switched off: they are told in the console, and on the ways that are left.
///
/// # Errors
/// When the database fails.
pub async fn way_off(tx: &mut Tx, user: UserId, name: &str, why: &str, stamp: &Stamp) -> Result<(), StoreError> {
    let body = serde_json::json!({ "name": name, "why": why }).to_string();
    let seq = tx.record("notice.way_off", ("person", user.0), None, stamp, body).await?;
    let tell = Tell { about: Some(format!("{name}: {why}")), ..Tell::new(user, notice::Kind::WayOff) };
    notices::tell(tx, &tell, None, None, stamp, seq).await
}

/// Tells whom the events of an escalation concern.
pub(crate) async fn of_escalation(tx: &mut Tx, e: &Escalation, events: &[(EscalationEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        for tell in notice::of_escalation(event, e, &stamp.actor) {
            let tell = Tell { severity: Some(e.severity), ..tell };
            notices::tell(tx, &tell, Some(e.conversation), None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Tells who may approve that a check-in waits.
pub(crate) async fn of_check_in(tx: &mut Tx, it: &CheckIn, events: &[(CheckInEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (_, stamp)) in (first..).zip(events).filter(|(_, (event, _))| *event == CheckInEvent::ApprovalAsked) {
        let Some(window) = crate::load::<Window>(tx, it.window.0).await? else { return Ok(()) };
        let duty = crate::queries::rota::of(tx, &window).await?.owner_at(stamp.at).map(|owner| owner.person);
        let approvers = may_approve(&window.plan, &it.content.topics, duty.as_deref());
        for tell in notice::of_check_in(it, &stamp.actor, &colleagues(tx).await?, &approvers) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Who may sign in.
async fn colleagues(tx: &mut Tx) -> Result<Vec<notice::Colleague>, StoreError> {
    let known = people::list(tx).await?.into_iter().filter(|p| !p.disabled);
    Ok(known.map(|p| notice::Colleague { id: p.id(), lead: p.role().may(Permission::WindowsWrite), email: p.email.to_lowercase() }).collect())
}

/// Tells who may approve that a draft waits, and whoever is on duty, with the leads, that a promised update is due soon or did not come.
pub(crate) async fn of_update(tx: &mut Tx, update: &Update, events: &[(UpdateEvent, Stamp)]) -> Result<(), StoreError> {
    let tells = |event: &UpdateEvent| matches!(event, UpdateEvent::Asked | UpdateEvent::DueSoon { .. } | UpdateEvent::Overdue { .. });
    if !events.iter().any(|(event, _)| tells(event)) {
        return Ok(());
    }
    let Some(window) = crate::load::<Window>(tx, update.window.0).await? else { return Ok(()) };
    let known = colleagues(tx).await?;
    let topics = update.draft.as_ref().map_or(&[][..], |draft| &draft.content.topics);
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        let duty = crate::queries::rota::of(tx, &window).await?.owner_at(stamp.at).map(|owner| owner.person);
        let approvers = may_approve(&window.plan, topics, duty.as_deref());
        let duty: Vec<String> = duty.into_iter().collect();
        for tell in notice::of_update(event, update, &stamp.actor, &known, &approvers, &duty) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Tells an action's owner what concerns them.
pub(crate) async fn of_action(tx: &mut Tx, a: &Action, events: &[(ActionEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        for tell in notice::of_action(event, a, &stamp.actor) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Tells whoever is given a call.
pub(crate) async fn of_call(tx: &mut Tx, call: &Call, events: &[(CallEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        if let Some(tell) = notice::of_call(event, call, &stamp.actor) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}

/// Tells the leads that a review did not begin in time.
pub(crate) async fn of_review(tx: &mut Tx, r: &Review, events: &[(ReviewEvent, Stamp)]) -> Result<(), StoreError> {
    let first = tx.last_seq() + 1;
    for (seq, (event, stamp)) in (first..).zip(events) {
        for tell in notice::of_review(event, r) {
            notices::tell(tx, &tell, None, None, stamp, seq).await?;
        }
    }
    Ok(())
}
