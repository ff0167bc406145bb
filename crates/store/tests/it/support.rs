//! Fresh databases, and short words for what every story needs.

use futures_util::FutureExt;
use hypercare_core::channel::{Channel, Sender};
use hypercare_core::conversation::{Command, Conversation, Env, Opening};
use hypercare_core::{Actor, ContactId, ConversationId, Stamp, Timestamp};
use hypercare_store::queries::contacts;
use hypercare_store::{Location, Store, WriteError};
use hypercare_test_support::{PgDatabase, TempDir, fresh_postgres_database, temp_dir};

/// A database that goes away with this value.
pub struct Fresh {
    pub location: Location,
    _directory: Option<TempDir>,
    _postgres: Option<PgDatabase>,
}

pub async fn sqlite() -> Fresh {
    let directory = temp_dir();
    Fresh { location: Location::Directory(directory.path().to_owned()), _directory: Some(directory), _postgres: None }
}

pub async fn postgres() -> Fresh {
    let database = fresh_postgres_database().await;
    Fresh { location: Location::Postgres(database.url.clone()), _directory: None, _postgres: Some(database) }
}

/// Declares a story that runs on both engines.
macro_rules! on_both {
    ($name:ident, |$fresh:ident| $story:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every story uses everything")]
            use super::*;
            async fn story($fresh: crate::support::Fresh) $story
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story(crate::support::sqlite().await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                story(crate::support::postgres().await).await;
            }
        }
    };
}
pub(crate) use on_both;

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_secs(1_794_000_000 + seconds)
}

pub fn stamp(seconds: i64) -> Stamp {
    Stamp::new(Actor::customer("Ada"), at(seconds))
}

pub async fn open(fresh: &Fresh) -> Store {
    Store::open(&fresh.location).await.unwrap()
}

/// One customer's message into a new conversation.
pub async fn write(store: &Store, key: &str, external: Option<&str>, text: &str) -> Result<ConversationId, WriteError> {
    let (key, external, text, stamp) = (key.to_owned(), external.map(str::to_owned), text.to_owned(), stamp(0));
    store
        .write(move |tx| {
            async move {
                let sender = Sender { key, email: None, name: Some("Ada".into()) };
                let contact = contacts::resolve(tx, Channel::Api, &sender, stamp.at).await?;
                let id: ConversationId = tx.new_id(stamp.at);
                let message = tx.new_id(stamp.at);
                let opening = Opening { id, channel: Channel::Api, contact: ContactId(contact.id), subject: None };
                let command = Command::Receive { opening, message, external_id: external, name: "Ada".into(), text };
                tx.execute::<Conversation>(id, command, &stamp, &Env::default()).await?;
                Ok(id)
            }
            .boxed()
        })
        .await
}
