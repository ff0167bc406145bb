//! Who has a chat open on this node, and what they are told. Each is told only of their own: with ten thousand chats open a message
//! wakes one of them.

use crate::presence::Sign;
use hypercare_core::ContactId;
use hypercare_core::conversation::Event;
use hypercare_store::queries::events::Line;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Signs that wait for a slow chat; older ones pass.
const SIGNS: usize = 8;

/// The hub.
#[derive(Clone, Debug, Default)]
pub struct Lookers(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// Of those who look.
    customers: HashMap<i64, Looking>,
    /// Whose it is.
    conversations: HashMap<i64, i64>,
}

#[derive(Debug, Default)]
struct Looking {
    chats: Vec<Arc<Chat>>,
    conversations: Vec<i64>,
}

/// What waits for one open chat. A change says only "read again", so of many the last one is enough.
#[derive(Debug, Default)]
struct Waiting {
    change: Option<i64>,
    /// The greatest number that it was told of: numbers only grow, and what is below was read with it.
    told: i64,
    /// The customer may have other conversations than before.
    whose: bool,
    /// What all customers are told is another than before.
    updates: bool,
    signs: VecDeque<Arc<Sign>>,
}

#[derive(Debug, Default)]
struct Chat {
    waiting: Mutex<Waiting>,
    woken: Notify,
}

/// What a chat is told.
#[derive(Clone, Debug)]
pub enum News {
    /// Read again; with the number of the event.
    Change(i64),
    /// The customer may have other conversations than before: say which, by [`Open::follow`].
    Whose,
    /// What all customers are told is another than before.
    Updates,
    /// Something passes.
    Sign(Arc<Sign>),
}

/// An open chat. It is closed when this is dropped.
#[derive(Debug)]
pub struct Open {
    hub: Lookers,
    customer: i64,
    chat: Arc<Chat>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Lookers {
    /// A customer looks from now on; at these conversations, and at those that they begin.
    pub fn open(&self, customer: ContactId, conversations: Vec<i64>) -> Open {
        let chat = Arc::new(Chat::default());
        let mut known = locked(&self.0);
        known.customers.entry(customer.0).or_default().chats.push(Arc::clone(&chat));
        known.follow(customer.0, conversations);
        drop(known);
        Open { hub: self.clone(), customer: customer.0, chat }
    }

    /// An event is in the store.
    pub(crate) fn noticed(&self, line: &Line) {
        if matches!(line.kind.as_str(), "update.published" | "update.corrected") {
            return locked(&self.0).tell_all(|chat| locked(&chat.waiting).updates = true);
        }
        if line.subject_kind != "conversation" || !shown(&line.kind) {
            return;
        }
        let mut known = locked(&self.0);
        if known.customers.is_empty() {
            return;
        }
        if line.kind == "conversation.opened"
            && let Ok(Event::Opened { contact, .. }) = serde_json::from_str(&line.body)
            && let Some(looking) = known.customers.get_mut(&contact.0)
        {
            looking.conversations.push(line.subject_id);
            known.conversations.insert(line.subject_id, contact.0);
        }
        let whose = JOINS.contains(&line.kind.as_str());
        known.tell(line.subject_id, |chat| {
            let mut waiting = locked(&chat.waiting);
            waiting.changed(line.seq);
            waiting.whose |= whose;
        });
    }

    /// Something passes.
    pub(crate) fn sign(&self, sign: &Arc<Sign>) {
        locked(&self.0).tell(sign.conversation.0, |chat| {
            let mut waiting = locked(&chat.waiting);
            if waiting.signs.len() >= SIGNS {
                waiting.signs.pop_front();
            }
            waiting.signs.push_back(Arc::clone(sign));
        });
    }
}

impl Waiting {
    fn changed(&mut self, seq: i64) {
        if seq > self.told {
            self.change = self.change.max(Some(seq));
        }
    }

    fn take_change(&mut self) -> Option<i64> {
        let seq = self.change.take()?;
        self.told = seq;
        Some(seq)
    }
}

impl Known {
    /// These as well as those before: who is told of one that is not theirs any more reads once for nothing.
    fn follow(&mut self, customer: i64, conversations: Vec<i64>) {
        let Some(looking) = self.customers.get_mut(&customer) else { return };
        self.conversations.extend(conversations.iter().map(|id| (*id, customer)));
        looking.conversations.extend(conversations);
        looking.conversations.sort_unstable();
        looking.conversations.dedup();
    }

    fn tell_all(&self, put: impl Fn(&Chat)) {
        for chat in self.customers.values().flat_map(|looking| &looking.chats) {
            put(chat);
            chat.woken.notify_one();
        }
    }

    fn tell(&self, conversation: i64, put: impl Fn(&Chat)) {
        let Some(looking) = self.conversations.get(&conversation).and_then(|customer| self.customers.get(customer)) else { return };
        for chat in &looking.chats {
            put(chat);
            chat.woken.notify_one();
        }
    }
}

impl Open {
    /// The customer's conversations now.
    pub fn follow(&self, conversations: Vec<i64>) {
        locked(&self.hub.0).follow(self.customer, conversations);
    }

    /// Has it told of a change that was before it was opened.
    pub fn missed(&self, seq: i64) {
        locked(&self.chat.waiting).changed(seq);
        self.chat.woken.notify_one();
    }

    /// What comes next. May be dropped while it waits: nothing is lost.
    pub async fn next(&self) -> News {
        loop {
            let news = {
                let mut waiting = locked(&self.chat.waiting);
                if std::mem::take(&mut waiting.updates) {
                    return News::Updates;
                }
                let whose = std::mem::take(&mut waiting.whose).then_some(News::Whose);
                whose.or_else(|| waiting.take_change().map(News::Change)).or_else(|| waiting.signs.pop_front().map(News::Sign))
            };
            match news {
                Some(news) => return news,
                None => self.chat.woken.notified().await,
            }
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut known = locked(&self.hub.0);
        let Some(looking) = known.customers.get_mut(&self.customer) else { return };
        looking.chats.retain(|chat| !Arc::ptr_eq(chat, &self.chat));
        if looking.chats.is_empty() {
            let gone = known.customers.remove(&self.customer).map(|looking| looking.conversations).unwrap_or_default();
            for id in gone {
                known.conversations.remove(&id);
            }
        }
    }
}

/// After these a customer has other conversations than before.
const JOINS: [&str; 4] = ["conversation.merged", "conversation.absorbed", "conversation.unmerged", "conversation.released"];

/// What a customer may notice.
fn shown(kind: &str) -> bool {
    JOINS.contains(&kind)
        || matches!(
            kind,
            "conversation.opened"
                | "conversation.message_added"
                | "conversation.status_changed"
                | "conversation.handed_over"
                | "conversation.rated"
                | "conversation.helpfulness"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presence::What;
    use futures_util::FutureExt;
    use hypercare_core::conversation::Event;
    use hypercare_core::{Channel, ConversationId};
    use hypercare_store::queries::chat::Side;

    fn line(seq: i64, kind: &str, subject_id: i64, body: String) -> Line {
        let nobody = String::new;
        Line {
            seq,
            at: 0,
            kind: kind.into(),
            subject_kind: "conversation".into(),
            subject_id,
            window_id: None,
            actor_kind: nobody(),
            actor_name: nobody(),
            reason: None,
            body,
        }
    }

    /// What has come: numbers of changes, names of those who type.
    fn heard(open: &Open) -> Vec<String> {
        std::iter::from_fn(|| open.next().now_or_never())
            .map(|news| match news {
                News::Change(seq) => seq.to_string(),
                News::Updates => "updates".to_owned(),
                News::Whose => "whose".to_owned(),
                News::Sign(sign) => format!("{:?}", sign.what),
            })
            .collect()
    }

    #[test]
    fn what_all_customers_are_told_wakes_every_chat_once() {
        let hub = Lookers::default();
        let chats = [hub.open(ContactId(1), vec![]), hub.open(ContactId(2), vec![7])];
        for kind in ["update.published", "update.corrected", "update.drafted"] {
            hub.noticed(&Line { subject_kind: "update".into(), ..line(3, kind, 5, "{}".into()) });
        }
        for open in &chats {
            assert_eq!(heard(open), ["updates"]);
        }
    }

    #[test]
    fn each_is_told_of_their_own_and_nobody_is_remembered() {
        let hub = Lookers::default();
        let (ana, also_ana, ben) = (hub.open(ContactId(1), vec![10, 11]), hub.open(ContactId(1), vec![10, 11]), hub.open(ContactId(2), vec![20]));
        hub.noticed(&line(1, "conversation.message_added", 10, "{}".into()));
        hub.noticed(&line(2, "conversation.message_added", 11, "{}".into()));
        hub.noticed(&line(3, "conversation.note", 20, "{}".into()));
        hub.noticed(&line(4, "conversation.message_added", 99, "{}".into()));
        assert_eq!((heard(&ana), heard(&also_ana), heard(&ben)), (vec!["2".into()], vec!["2".into()], vec![]), "the last change is enough");
        // One that begins while they look.
        let opened = Event::Opened { id: ConversationId(21), channel: Channel::Chat, contact: ContactId(2), subject: String::new() };
        hub.noticed(&line(5, "conversation.opened", 21, serde_json::to_string(&opened).unwrap()));
        assert_eq!(heard(&ben), ["5"]);
        hub.noticed(&line(6, "conversation.message_added", 21, "{}".into()));
        assert_eq!(heard(&ben), ["6"]);
        // One of hers becomes part of another one: she has to say what she follows now.
        hub.noticed(&line(7, "conversation.merged", 11, "{}".into()));
        assert_eq!(heard(&ana), ["whose", "7"]);
        ana.follow(vec![10, 11, 30]);
        hub.noticed(&line(8, "conversation.message_added", 30, "{}".into()));
        assert_eq!(heard(&ana), ["8"]);
        // What she was told of by a greater number already was read with it.
        ana.missed(12);
        assert_eq!(heard(&ana), ["12"]);
        hub.noticed(&line(11, "conversation.message_added", 30, "{}".into()));
        assert_eq!(heard(&ana), Vec::<String>::new());
        drop((ana, also_ana, ben));
        let known = hub.0.lock().unwrap();
        assert!(known.customers.is_empty() && known.conversations.is_empty(), "{known:?}");
    }

    #[test]
    fn of_many_signs_the_last_ones_are_kept() {
        let hub = Lookers::default();
        let ana = hub.open(ContactId(1), vec![10]);
        for n in 0..20 {
            hub.sign(&Arc::new(Sign { conversation: ConversationId(10), side: Side::Team, what: What::Typing(n.to_string()) }));
        }
        let heard = heard(&ana);
        assert_eq!((heard.len(), heard.last().unwrap().as_str()), (SIGNS, "Typing(\"19\")"));
    }
}
