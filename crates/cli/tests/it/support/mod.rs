//! Installations, servers and messages for the stories.

mod counts;
mod installation;
mod messages;
mod run;
mod server;

pub use counts::Counts;
pub use installation::{Engine, Installation, PASSWORD};
pub use messages::{Messages, bank_or_demo};
pub use run::{Done, hypercare, run};
pub use server::{Server, until};

/// Declares a story that runs on both engines; it gets a fresh installation.
macro_rules! on_both {
    ($name:ident, |$installation:ident| $story:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every story uses everything")]
            use super::*;
            async fn story($installation: crate::support::Installation) $story
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story(crate::support::Installation::new(crate::support::Engine::Sqlite).await).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                story(crate::support::Installation::new(crate::support::Engine::Postgres).await).await;
            }
        }
    };
}
pub(crate) use on_both;
