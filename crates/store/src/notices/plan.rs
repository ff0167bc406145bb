//! How a new notice reaches its person: planned in the transaction of its event, by the rules of `hypercare_core::notice::route`.

use crate::queries::{people, rota, sends, ways, windows};
use crate::{StoreError, Tx};
use hypercare_core::notice::route::{News, OWN_MAIL, Reason, Way, WayKind, route};
use hypercare_core::notice::{Kind, Tell};
use hypercare_core::rota::DutyRole;
use hypercare_core::{ConversationId, DecisionId, Timestamp, UserId, WayId};

/// Plans what becomes of a notice that was just written.
pub(crate) async fn plan(
    tx: &mut Tx,
    notice: i64,
    tell: &Tell,
    conversation: Option<ConversationId>,
    decision: Option<DecisionId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (user, news) = (tell.to, News { kind: tell.kind, severity: tell.severity });
    let cause = cause(tell, conversation, decision);
    let (_, rules) = ways::rules(tx, user).await?;
    let mut open = vec![Way::new(OWN_MAIL, WayKind::Mail)];
    for way in ways::of_person(tx, user).await? {
        let kind = WayKind::from_word(&way.kind).unwrap_or(WayKind::Mail);
        open.push(Way { open: way.is_open(), ..Way::new(WayId(way.id), kind) });
    }
    for way in open.iter_mut().filter(|way| way.open) {
        way.sent = sends::lately(tx, user, way.id, now).await?;
        way.same = sends::same(tx, user, way.id, &cause).await?;
    }
    let mut steps = route(news, &open, &rules, false, now);
    // Who is on duty is asked only where it decides something: it means reading rotas.
    if steps.iter().any(|step| step.reason == Reason::Quiet) && on_duty(tx, user, now).await? {
        steps = route(news, &open, &rules, true, now);
    }
    let planned = sends::Planned { notice, user, kind: tell.kind.word(), severity: tell.severity, cause: &cause, at: now };
    for step in &steps {
        sends::plan(tx, &planned, step).await?;
    }
    Ok(())
}

/// What a notice is about: two with the same are the same, told twice.
fn cause(tell: &Tell, conversation: Option<ConversationId>, decision: Option<DecisionId>) -> String {
    let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    // Each mention is a matter of its own; what a customer writes on is not.
    let message = tell.message.filter(|_| tell.kind == Kind::Mention).map(i64::from);
    let words = tell.rota.as_ref().map(|(_, words)| words.as_str()).or(tell.about.as_deref()).unwrap_or_default();
    let parts = [id(conversation.map(i64::from)), id(message), id(decision.map(i64::from)), id(tell.update.map(i64::from))];
    // Calls to two accounts are two matters.
    let account = tell.account.map(|account| format!(" {account}")).unwrap_or_default();
    format!("{} {} {}{account} {words}", tell.kind.word(), tell.detail, parts.join(" "))
}

/// Whether somebody decides, or is the backup, in a window that is open.
///
/// # Errors
/// When the database fails.
pub async fn on_duty(tx: &mut impl crate::Query, user: UserId, now: Timestamp) -> Result<bool, StoreError> {
    let Some(person) = people::by_id(tx, user).await? else { return Ok(false) };
    for window in windows::list(tx).await?.into_iter().filter(|window| window.phase.is_open()) {
        let rota = rota::of(tx, &window).await?;
        let owner = rota.owner_at(now).is_some_and(|owner| owner.person.eq_ignore_ascii_case(&person.email));
        if owner || rota.schedule().duty(now, DutyRole::Backup).iter().any(|who| who.eq_ignore_ascii_case(&person.email)) {
            return Ok(true);
        }
    }
    Ok(false)
}
