//! Two conversations that are one, and the way back.

use super::detail::view;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::conversation::merge::{self as rules, Customers, PARTS_LIMIT};
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::{Channel, ContactId, ConversationId, Refusal, Stamp, Timestamp};
use hypercare_store::queries::bridges;
use hypercare_store::queries::joined::{self as stored, Identity, Short};
use hypercare_store::{Query, Reader, StoreError, Tx, WriteError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Longest reason, in characters.
const REASON: usize = 300;

/// A conversation that is read together with another one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Joined {
    /// Which.
    id: ConversationId,
    /// Where it took place.
    channel: Channel,
    /// Its subject line.
    subject: String,
    /// Its customer's name.
    customer: String,
    /// Which conversation it became part of; none for the one that all is read in.
    merged_into: Option<ConversationId>,
    /// When it did.
    merged_at: Option<Timestamp>,
    /// It is the same customer's: what they write there goes on here.
    same_customer: bool,
}

/// Where a conversation is read, and what is read in it.
pub(super) async fn joined(reader: &mut Reader, c: &Conversation) -> ApiResult<(Option<Joined>, Vec<Joined>)> {
    let read_in = match &c.merged {
        Some(merged) => stored::place(reader, c.id).await?.map(|short| shown(short, Some(merged.at), merged.same_customer)),
        None => None,
    };
    if c.parts.is_empty() {
        return Ok((read_in, vec![]));
    }
    let mut parts = vec![];
    for short in stored::parts(reader, c.id).await? {
        let part = hypercare_store::load::<Conversation>(reader, short.id).await?;
        let merged = part.and_then(|part| part.merged);
        parts.push(shown(short, merged.as_ref().map(|m| m.at), merged.is_some_and(|m| m.same_customer)));
    }
    Ok((read_in, parts))
}

fn shown(short: Short, merged_at: Option<Timestamp>, same_customer: bool) -> Joined {
    Joined {
        id: ConversationId(short.id),
        channel: Channel::from_word(&short.channel).unwrap_or(Channel::Api),
        subject: short.subject,
        customer: short.contact_name,
        merged_into: short.merged_into.map(ConversationId),
        merged_at,
        same_customer,
    }
}

/// Into which conversation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeBody {
    /// The conversation that stays.
    into: ConversationId,
    /// Why, if there is something to keep.
    #[serde(default)]
    reason: Option<String>,
    /// They are of two customers, and belong together all the same. Replies go to the customer of the one that stays, and to nobody else;
    /// what the other one writes next begins a conversation of its own. Not possible where both are vouched for as different people.
    #[serde(default)]
    across_contacts: bool,
}

pub(super) fn because(stamp: Stamp, reason: Option<String>) -> Result<Stamp, Refusal> {
    match reason {
        Some(reason) if reason.chars().count() > REASON => Err(Refusal::field("reason", format!("A reason has at most {REASON} characters."))),
        Some(reason) => Ok(stamp.because(reason)),
        None => Ok(stamp),
    }
}

/// Make a conversation part of another one: the same customer, the same matter.
///
/// The one that stays shows what was said in both, in order. What the customer writes to the other one goes on there, and is answered on its
/// channel. The other one leaves all lists; its promises stand still and count neither as kept nor as broken. Nothing is copied:
/// `unmerge` undoes it, whenever. Asked again, nothing more happens. Answers with the conversation that stays.
#[utoipa::path(post, path = "/conversations/{id}/merge", operation_id = "merge_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = MergeBody,
    responses((status = 200, body = ConversationView), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn merge(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<MergeBody>,
) -> ApiResult<Json<ConversationView>> {
    let stamp = because(me.stamp(&app), body.reason)?;
    let catalogue = app.knowledge.current(&app).await?;
    let (into, across) = (body.into, body.across_contacts);
    app.store.write(move |tx| async move { join(tx, &catalogue, id, into, across, &stamp).await }.boxed()).await?;
    app.wake.notify_one();
    view(&app, into).await.map(Json)
}

async fn join(tx: &mut Tx, catalogue: &Catalogue, id: ConversationId, into: ConversationId, across: bool, stamp: &Stamp) -> Result<(), WriteError> {
    let mut source = tx.change::<Conversation>(id).await?;
    let from = source.existing()?.clone();
    let mut target = tx.change::<Conversation>(into).await?;
    let none = || Refusal::field("into", format!("There is no conversation {into}."));
    let stays = target.state().ok_or_else(none)?.clone();
    // The second click of two.
    if from.merged.as_ref().is_some_and(|merged| merged.into == into) {
        return Ok(());
    }
    let customers = customers(tx, from.contact, stays.contact).await?;
    rules::may_merge(&from, &stays, customers, across)?;
    let same = customers == Customers::Same;
    let mut group: BTreeSet<ConversationId> = stored::group(tx, id).await?.into_iter().collect();
    for part in group.iter().filter(|_| !same) {
        if bridges::of_conversation(tx, *part).await?.is_some() {
            let why = "It takes place in a messenger, where its customer would get no answer any more. Merge the other one into it.";
            return Err(Refusal::field("into", why).into());
        }
    }
    group.extend(stored::group(tx, into).await?);
    if group.len() > PARTS_LIMIT + 1 {
        return Err(Refusal::field("into", format!("At most {PARTS_LIMIT} conversations can be part of one.")).into());
    }
    let mut brought = Box::new(rules::brought(&from, same, stamp.at));
    // What was said of another customer stays where that customer's words are.
    brought.handover = brought.handover.filter(|_| same);
    source.run(Command::MergeInto { into, same_customer: same }, stamp, &catalogue.env(from.window))?;
    target.run(Command::Absorb { brought }, stamp, &catalogue.env(stays.window))?;
    tx.save(source).await?;
    tx.save(target).await?;
    regroup(tx, &group).await.map_err(WriteError::from)
}

/// Whether two customers are one person, as far as anything but their own word says so.
pub(super) async fn customers(q: &mut impl Query, one: ContactId, other: ContactId) -> Result<Customers, StoreError> {
    if one == other {
        return Ok(Customers::Same);
    }
    Ok(compared(&stored::identity(q, one).await?, &stored::identity(q, other).await?))
}

fn compared(one: &Identity, other: &Identity) -> Customers {
    let shared = |a: &[String], b: &[String]| a.iter().any(|word| b.contains(word));
    if !one.subjects.is_empty() && !other.subjects.is_empty() && !shared(&one.subjects, &other.subjects) {
        return Customers::Different;
    }
    let same = shared(&one.subjects, &other.subjects)
        || shared(&one.vouched, &other.vouched)
        || shared(&one.vouched, &other.writes_from)
        || shared(&one.writes_from, &other.vouched);
    let vouched = |who: &Identity| !who.subjects.is_empty() || !who.vouched.is_empty();
    match (same, vouched(one) && vouched(other)) {
        (true, _) => Customers::Same,
        (false, true) => Customers::Different,
        (false, false) => Customers::Unknown,
    }
}

/// Why, if there is something to keep.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnmergeBody {
    /// Why.
    #[serde(default)]
    reason: Option<String>,
}

/// Make a conversation that became part of another one a conversation of its own again, as it was.
///
/// Its promises go on with what was left of them. What was said since the merge stays where it was said.
#[utoipa::path(post, path = "/conversations/{id}/unmerge", operation_id = "unmerge_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = UnmergeBody,
    responses((status = 200, body = ConversationView), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn unmerge(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<UnmergeBody>,
) -> ApiResult<Json<ConversationView>> {
    let stamp = because(me.stamp(&app), body.reason)?;
    let catalogue = app.knowledge.current(&app).await?;
    app.store.write(move |tx| async move { part(tx, &catalogue, id, &stamp).await }.boxed()).await?;
    app.wake.notify_one();
    view(&app, id).await.map(Json)
}

async fn part(tx: &mut Tx, catalogue: &Catalogue, id: ConversationId, stamp: &Stamp) -> Result<(), WriteError> {
    let mut source = tx.change::<Conversation>(id).await?;
    let (window, into) = source.existing().map(|c| (c.window, c.merged.as_ref().map(|m| m.into)))?;
    let root = stored::root(tx, id).await?;
    let group: BTreeSet<ConversationId> = stored::group(tx, root).await?.into_iter().collect();
    source.run(Command::Unmerge, stamp, &catalogue.env(window))?;
    tx.save(source).await?;
    if let Some(into) = into {
        let mut target = tx.change::<Conversation>(into).await?;
        let window = target.existing()?.window;
        target.run(Command::Release { from: id }, stamp, &catalogue.env(window))?;
        tx.save(target).await?;
    }
    regroup(tx, &group).await.map_err(WriteError::from)
}

/// Keeps where each of these conversations is read, from what became part of what.
async fn regroup(tx: &mut Tx, group: &BTreeSet<ConversationId>) -> Result<(), StoreError> {
    let mut steps: BTreeMap<ConversationId, (ConversationId, bool)> = BTreeMap::new();
    for id in group {
        let merged = hypercare_store::load::<Conversation>(tx, id.0).await?.and_then(|c| c.merged);
        steps.extend(merged.map(|merged| (*id, (merged.into, merged.same_customer))));
    }
    for id in group {
        let (mut root, mut same) = (*id, true);
        while let Some((into, same_customer)) = steps.get(&root) {
            root = *into;
            same &= same_customer;
        }
        let away = root != *id;
        stored::set_root(tx, *id, away.then_some(root), away && same).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_vouched_for_makes_two_customers_one() {
        #[track_caller]
        fn check(one: [&[&str]; 3], other: [&[&str]; 3], expected: Customers) {
            let who = |[subjects, vouched, writes_from]: [&[&str]; 3]| {
                let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
                Identity { subjects: words(subjects), vouched: words(vouched), writes_from: words(writes_from) }
            };
            assert_eq!(compared(&who(one), &who(other)), expected, "{one:?} {other:?}");
            assert_eq!(compared(&who(other), &who(one)), expected, "the other way round: {one:?} {other:?}");
        }
        check([&[], &[], &[]], [&[], &[], &[]], Customers::Unknown);
        check([&["u1"], &["a@example.org"], &[]], [&[], &[], &["a@example.org"]], Customers::Same);
        check([&["u1"], &["a@example.org"], &[]], [&[], &[], &["b@example.org"]], Customers::Unknown);
        check([&["u1"], &["a@example.org"], &[]], [&["u2"], &["a@example.org"], &[]], Customers::Different);
        check([&["u1"], &["a@example.org"], &[]], [&["u2"], &["b@example.org"], &[]], Customers::Different);
        check([&[], &[], &["a@example.org"]], [&[], &[], &["b@example.org"]], Customers::Unknown);
    }
}
