//! The handover to normal operations as the API shows it.

use super::open_items::{OpenItems, WorkaroundView};
use hypercare_core::normal::{Answered, Checklist, Given, ItemState, Receiver};
use hypercare_core::plan::PlannedItem;
use hypercare_core::{Timestamp, UserId};
use serde::Serialize;
use utoipa::ToSchema;

/// One item of the plan, and what people did with it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandoverItem {
    /// Its key in the plan.
    pub key: String,
    /// What is so once it is handed over.
    pub what: String,
    /// Who takes it over.
    pub receiver: Option<Receiver>,
    /// The receiver can sign in and answers themselves. Otherwise a colleague records what they said.
    pub has_account: bool,
    /// Where it stands.
    pub state: ItemState,
    /// How often it was handed over: to be sent back with the answer, so that what is accepted is what was given last.
    pub round: u32,
    /// When and how it was handed over last.
    pub given: Option<HandoverGiven>,
    /// What was said to that.
    pub answered: Option<HandoverAnswered>,
    /// Whether you may hand it over.
    pub you_may_give: bool,
    /// Whether you may accept it, or record that it was accepted.
    pub you_may_accept: bool,
    /// Whether you may give it back, or record that it was given back.
    pub you_may_return: bool,
}

/// How something was handed over.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandoverGiven {
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What the receiver needs to know.
    pub note: String,
    /// Where it is.
    pub link: String,
}

/// What the receiver said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandoverAnswered {
    /// Who said or recorded it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The evidence, or why it goes back.
    pub reason: Option<String>,
    /// A colleague recorded it, because the receiver has no account.
    pub recorded: bool,
}

/// Everything that is handed over at the end of a window.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NormalView {
    /// The items of the plan, in its order.
    pub items: Vec<HandoverItem>,
    /// How many are accepted.
    pub accepted: usize,
    /// What is open at this moment, from the store: nobody types it.
    pub open: Vec<OpenItems>,
    /// What only works for a while, and issues with a way round: with end and the owner of the fix.
    pub workarounds: Vec<WorkaroundView>,
}

/// Who asks: what they may do depends on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    /// Their account; none for a program.
    pub user: Option<UserId>,
    /// They work on conversations.
    pub works: bool,
}

/// One item for one caller. `account` is the receiver's, where they can sign in and answer.
pub(super) fn item(planned: &PlannedItem, list: &Checklist, account: Option<UserId>, asker: Asker) -> HandoverItem {
    let now = list.item(&planned.key);
    let receiver = list.receiver(planned);
    let me = asker.user.filter(|_| asker.works);
    let answers = me.is_some_and(|me| account.is_none_or(|account| account == me));
    let gave = now.given.as_ref().is_some_and(|given| given.user.is_some() && given.user == me);
    HandoverItem {
        you_may_give: me.is_some() && receiver.is_some() && now.state != ItemState::Accepted && (account.is_none() || account != me),
        you_may_accept: answers && !gave && now.state == ItemState::Given,
        you_may_return: answers && matches!(now.state, ItemState::Given | ItemState::Accepted),
        key: planned.key.clone(),
        what: planned.what.clone(),
        has_account: account.is_some(),
        receiver,
        state: now.state,
        round: now.round,
        given: now.given.map(|Given { by, at, note, link, .. }| HandoverGiven { by, at, note, link }),
        answered: now.answered.map(|Answered { by, at, reason, recorded }| HandoverAnswered { by, at, reason, recorded }),
    }
}
