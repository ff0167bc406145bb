//! What all routes share: who calls, what they sent, what they get back, and how it is served.

pub mod auth;
pub mod client;
pub mod cross_site;
pub mod extract;
pub mod limits;
pub mod page;
pub mod problem;
pub mod request_id;
pub mod secret;

pub use auth::{Caller, Known, May, perm};
pub use extract::{Body, Params, PathId};
pub use limits::{Allowance, Limits};
pub use page::Page;
pub use problem::{ApiResult, Problem};
