//! What every part of the server shares: the store, the clock, the settings and what was compiled from plans.

use crate::events::Live;
use crate::http::{Limits, Repeats};
use crate::knowledge::Knowledge;
use crate::outbox::{Deliver, Outbox, Post};
use crate::{Clock, Config};
use hypercare_core::{Actor, Stamp, Timestamp};
use hypercare_store::{Reader, Store, StoreError};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use tokio::sync::{Notify, watch};

/// The running application. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// Its parts.
pub struct Inner {
    /// Everything that is kept.
    pub store: Store,
    /// The only source of time.
    pub clock: Clock,
    /// Settings.
    pub config: Config,
    /// Plans, answers and issues, compiled for triage.
    pub knowledge: Knowledge,
    /// How sure the assistant must be in each window.
    pub sure: crate::sure::Fits,
    /// The inboxes that customers write to by e-mail, the one that e-mail is sent from first.
    pub inboxes: Vec<crate::mail::Inbox>,
    /// Signs secret addresses and the ids of mails.
    pub signs: crate::signs::Signs,
    /// Wakes who takes mails in.
    pub mail_wake: Notify,
    /// Finds conversations by their words.
    pub search: crate::search::Search,
    /// Wakes the engine before its next due time.
    pub wake: Notify,
    /// When the engine last came round, in microseconds; 0 before its first time. The engine writes it.
    pub engine_beat: AtomicI64,
    /// Suggests wordings for approval, where that is set up.
    pub drafting: crate::drafting::Drafting,
    /// What nothing approved answered, as last grouped.
    pub unanswered: crate::unanswered::Cache,
    /// What was searched without a result, grouped.
    pub gaps: crate::gaps::Cache,
    /// When the figures of cutovers were looked at last.
    pub cutovers: crate::cutovers::Looks,
    /// The help centre as readers see it.
    pub centre: crate::articles::Centre,
    /// Signals by day, as last measured.
    pub signals: crate::signals::Cache,
    /// What worsened lately where no window is open.
    pub worsening: crate::signals::desk::Cache,
    /// How often each caller has called lately.
    pub limits: Limits,
    /// Creations that are being answered.
    pub repeats: Repeats,
    /// Tells watchers what happens.
    pub live: Live,
    /// Room for files on their way in.
    pub arriving: crate::files::Arriving,
    /// Who has a chat open on this node.
    pub chats: crate::chat::Lookers,
    /// Tells the team who types, and who has read.
    pub presence: crate::presence::Presence,
    /// Tells watchers who of the team is in which conversation.
    pub viewers: crate::viewers::Presence,
    /// Tells people of the team that something concerns them.
    pub notices: crate::notices::News,
    /// How many conversations saved views have.
    pub views: crate::views::Cache,
    /// Sends what waits to be sent.
    pub outbox: Outbox,
    /// Requests to addresses that an admin entered.
    pub outward: crate::outward::Outward,
    /// What this node tells others at the moment.
    pub webhooks: crate::webhooks::Hooks,
    /// What this node sends to colleagues at the moment.
    pub letters: crate::letters::Carriers,
    /// Becomes true when the server stops: streams end then.
    pub stopping: watch::Sender<bool>,
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Opens the store and compiles what it holds.
    ///
    /// # Errors
    /// When the database or the settings of e-mail cannot be used.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StoreError> {
        let post = Post::new(&config).map_err(StoreError::Unusable)?;
        Self::open_with(config, clock, Arc::new(post)).await
    }
    /// The same with somebody else who delivers.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn open_with(config: Config, clock: Clock, deliver: Arc<dyn Deliver>) -> Result<Self, StoreError> {
        let inboxes = crate::mail::inboxes(&config).map_err(StoreError::Unusable)?;
        let store = Store::open(&config.location).await?;
        let signs = crate::signs::Signs::of(&store).await?;
        Ok(Self(Arc::new(Inner {
            store,
            clock,
            knowledge: Knowledge::new(config.language.clone()),
            sure: crate::sure::Fits::default(),
            inboxes,
            signs,
            mail_wake: Notify::new(),
            search: crate::search::Search::new(config.search.clone()),
            wake: Notify::new(),
            engine_beat: AtomicI64::new(0),
            drafting: crate::drafting::Drafting::new(config.drafts.clone()).map_err(StoreError::Unusable)?,
            unanswered: crate::unanswered::Cache::default(),
            gaps: crate::gaps::Cache::default(),
            cutovers: crate::cutovers::Looks::default(),
            centre: crate::articles::Centre::default(),
            outward: crate::outward::Outward::new(config.webhook_allow.clone()).map_err(StoreError::Unusable)?,
            webhooks: crate::webhooks::Hooks::default(),
            config,
            signals: crate::signals::Cache::default(),
            worsening: crate::signals::desk::Cache::default(),
            limits: Limits::default(),
            repeats: Repeats::default(),
            live: Live::default(),
            arriving: crate::files::Arriving::default(),
            chats: crate::chat::Lookers::default(),
            presence: crate::presence::Presence::default(),
            viewers: crate::viewers::Presence::default(),
            notices: crate::notices::News::default(),
            views: crate::views::Cache::default(),
            outbox: Outbox::new(deliver),
            letters: crate::letters::Carriers::default(),
            stopping: watch::Sender::new(false),
        })))
    }
    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
    /// For reading.
    pub fn reader(&self) -> Reader {
        self.store.reader()
    }
    /// Forgets every text that this node remembers: somebody was erased. What is still there is read from the store again.
    pub fn forget(&self) {
        self.config.language.forget();
        self.knowledge.forget();
        self.unanswered.forget();
        self.gaps.forget();
        self.sure.all_stale(self);
    }
    /// Somebody does something now.
    pub fn stamp(&self, actor: Actor) -> Stamp {
        Stamp::new(actor, self.now())
    }
}
