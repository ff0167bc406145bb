//! E-mail that comes in: kept as it came, then taken in.
//!
//! ```text
//!  LMTP, SMTP (listen/) ─┐                       take/: read, whose is it?    ┌─▶ a message in a conversation
//!                        ├─▶ keep.rs: on disk ──▶  thread.rs: which thread? ──┼─▶ a report about a mail of ours (report.rs)
//!  IMAP (imap/) ─────────┘   before it is acknowledged                        └─▶ held, with the reason, until somebody looks (held.rs)
//! ```
//!
//! Nothing is lost: a mail is kept before anything is made of it, and what cannot be taken in is held. Nothing comes twice: a mail is
//! kept once for each inbox, and becomes a message in the same transaction that says so.

pub mod held;
pub mod imap;
pub mod keep;
pub mod listen;
pub mod no_news;
mod report;
mod resend;
mod settings;
mod status;
mod take;
mod thread;
mod view;

pub use settings::{Imap, Inbox, Settings};
pub use take::take_due;

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(held::list))
        .routes(routes!(held::take))
        .routes(routes!(held::discard))
        .routes(routes!(status::status))
        .routes(routes!(view::mail))
        .routes(routes!(view::page))
        .routes(routes!(view::source))
        .routes(routes!(resend::resend))
}

/// The inboxes, the one that e-mail is sent from first.
///
/// # Errors
/// A sentence that names the setting that is wrong.
pub fn inboxes(config: &crate::Config) -> Result<Vec<Inbox>, String> {
    let first = Inbox::new(&config.mail_from).map_err(|why| format!("The sender of e-mail: {why}."))?;
    let others = config.mail_in.inboxes.iter().filter(|other| other.address != first.address).cloned();
    Ok(std::iter::once(first.clone()).chain(others).collect())
}

/// The inbox that an address belongs to.
pub fn inbox_of<'a>(inboxes: &'a [Inbox], address: &str) -> Option<&'a Inbox> {
    inboxes.iter().find(|inbox| inbox.takes(address))
}
