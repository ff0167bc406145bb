//! What all routes share: who calls, what they sent, what they get back, and how it is served.

mod accept;
pub mod auth;
pub mod client;
pub mod cross_site;
pub mod extract;
mod files;
mod guard;
pub mod limits;
mod observe;
mod open_chat;
pub mod page;
pub mod problem;
mod repeats;
pub mod request_id;
mod router;
mod routes;
pub mod secret;
mod serve;
mod unread;

pub use auth::{Caller, Known, May, perm};
pub use extract::{Body, Params, PathId};
pub use limits::{Allowance, Limits};
pub use page::Page;
pub use problem::{ApiResult, Problem};
pub use repeats::Repeats;
pub use router::router;
pub use routes::{BASE, openapi};
pub use serve::{serve, serve_without_engine};
