//! Who may give what to whom, and who may say that it was taken.

use super::{Checklist, ChecklistCommand, ChecklistEvent, FIXES_LIMIT, Gift, Item, ItemState, LINK_LIMIT, NAME_LIMIT, NOTE_LIMIT, Receiver};
use crate::plan::PlannedItem;
use crate::{Refusal, Stamp, UserId, WindowId};

pub(super) fn decide(state: Option<&Checklist>, command: ChecklistCommand, stamp: &Stamp) -> Result<Vec<ChecklistEvent>, Refusal> {
    use ChecklistCommand as C;
    match command {
        C::NameReceiver { window, item, receiver } => {
            let list = of(state, window);
            let receiver = named(&receiver, "receiver")?;
            let now = list.item(&item.key);
            if list.receiver(&item).as_ref() == Some(&receiver) {
                return Ok(vec![]);
            }
            if now.state == ItemState::Accepted {
                let who = list.receiver(&item).map_or_else(String::new, |r| r.name);
                return Err(Refusal::conflict(format!("{who} has accepted it. If it moves on, they give it back first.")));
            }
            Ok(vec![ChecklistEvent::ReceiverNamed { window, item: item.key, what: item.what, receiver }])
        }
        C::Give { window, item, gift, account } => give(&of(state, window), item, &gift, account, stamp),
        C::Accept { item, round, account } => {
            let list = state.ok_or_else(|| not_given(&item))?;
            let now = list.item(&item.key);
            if now.state == ItemState::Accepted && now.round == round {
                return Ok(vec![]);
            }
            let recorded = answers(list, &item, &now, round, account, stamp)?;
            if now.given.as_ref().is_some_and(|given| given.user.is_some() && given.user == stamp.actor.user) {
                let why = "You handed it over, so you cannot say that it was taken: the receiver does, or another colleague records it.";
                return Err(Refusal::forbidden(why));
            }
            if recorded {
                stamp.require_reason("say how the receiver accepted it: where it was said, or what was signed.")?;
            }
            limited(stamp.reason.as_deref().unwrap_or_default(), "reason", NOTE_LIMIT)?;
            Ok(vec![ChecklistEvent::Accepted { window: list.window, item: item.key, what: item.what, recorded, tell: giver(&now) }])
        }
        C::Return { item, round, account } => {
            let list = state.ok_or_else(|| not_given(&item))?;
            let now = list.item(&item.key);
            if now.state == ItemState::Returned && now.round == round {
                return Ok(vec![]);
            }
            let recorded = answers(list, &item, &now, round, account, stamp)?;
            stamp.require_reason("whoever handed it over has to know what is missing.")?;
            limited(stamp.reason.as_deref().unwrap_or_default(), "reason", NOTE_LIMIT)?;
            Ok(vec![ChecklistEvent::Returned { window: list.window, item: item.key, what: item.what, recorded, tell: giver(&now) }])
        }
        C::NameFix { window, decision, owner, fix } => {
            let list = of(state, window);
            let owner = named(&owner, "owner")?;
            let fix = limited(&fix, "fix", NOTE_LIMIT)?;
            if fix.is_empty() {
                return Err(Refusal::field("fix", "Say what replaces it for good, or where that is planned."));
            }
            if list.fixes.get(&decision).is_some_and(|now| now.owner == owner && now.fix == fix) {
                return Ok(vec![]);
            }
            if list.fixes.len() >= FIXES_LIMIT && !list.fixes.contains_key(&decision) {
                return Err(Refusal::conflict(format!("At most {FIXES_LIMIT} temporary things can be handed over. End those that are not needed.")));
            }
            Ok(vec![ChecklistEvent::FixNamed { window, decision, owner, fix }])
        }
    }
}

fn of(state: Option<&Checklist>, window: WindowId) -> Checklist {
    state.cloned().unwrap_or_else(|| Checklist::new(window))
}

fn give(list: &Checklist, item: PlannedItem, gift: &Gift, account: Option<UserId>, stamp: &Stamp) -> Result<Vec<ChecklistEvent>, Refusal> {
    let Some(giver) = stamp.actor.user else {
        return Err(Refusal::forbidden("A person hands over, so that the receiver can ask them."));
    };
    let receiver =
        list.receiver(&item).ok_or_else(|| Refusal::field("receiver", "Nobody is named who takes it over. Name a person or a team first."))?;
    if account == Some(giver) {
        return Err(Refusal::forbidden("You cannot hand over to yourself: a colleague hands it to you, or somebody else takes it over."));
    }
    let note = limited(&gift.note, "note", NOTE_LIMIT)?;
    let link = limited(&gift.link, "link", LINK_LIMIT)?;
    if note.is_empty() && link.is_empty() {
        return Err(Refusal::field("note", "Say what the receiver gets, or where it is."));
    }
    let now = list.item(&item.key);
    let same = now.given.as_ref().is_some_and(|given| (given.user, &given.note, &given.link) == (Some(giver), &note, &link));
    match now.state {
        ItemState::Given if same => return Ok(vec![]),
        ItemState::Accepted => return Err(Refusal::conflict(format!("{} has accepted it already.", receiver.name))),
        _ => {}
    }
    let round = now.round.saturating_add(1);
    Ok(vec![ChecklistEvent::Given { window: list.window, item: item.key, what: item.what, receiver, note, link, round, tell: account }])
}

/// Whether this person may answer for the receiver, and whether that is recorded for somebody without an account.
fn answers(list: &Checklist, item: &PlannedItem, now: &Item, round: u32, account: Option<UserId>, stamp: &Stamp) -> Result<bool, Refusal> {
    let Some(me) = stamp.actor.user else {
        return Err(Refusal::forbidden("A person takes over or gives back; a program cannot."));
    };
    if !matches!(now.state, ItemState::Given | ItemState::Accepted) {
        return Err(not_given(item));
    }
    if now.round != round {
        return Err(Refusal::conflict("It was handed over anew meanwhile. Look at it again, then answer."));
    }
    match account {
        Some(account) if account != me => {
            let who = list.receiver(item).map_or_else(|| "the receiver".to_owned(), |r| r.name);
            Err(Refusal::forbidden(format!("{who} answers this: they can sign in.")))
        }
        Some(_) => Ok(false),
        None => Ok(true),
    }
}

fn not_given(item: &PlannedItem) -> Refusal {
    Refusal::conflict(format!("“{}” has not been handed over.", item.what))
}

fn giver(item: &Item) -> Option<UserId> {
    item.given.as_ref().and_then(|given| given.user)
}

/// An address and a name that can be kept.
fn named(receiver: &Receiver, field: &str) -> Result<Receiver, Refusal> {
    let email = receiver.email.trim().to_lowercase();
    if !crate::plan::is_address(&email) {
        return Err(Refusal::field(field, format!("“{email}” is not an e-mail address: write one such as operations@example.com.")));
    }
    let name = limited(&receiver.name, field, NAME_LIMIT)?;
    Ok(Receiver { name: if name.is_empty() { email.clone() } else { name }, email })
}

fn limited(text: &str, field: &str, limit: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let is = text.chars().count();
    if is > limit {
        return Err(Refusal::field(field, format!("This can have at most {limit} characters; it has {is}.")));
    }
    Ok(text.to_owned())
}
