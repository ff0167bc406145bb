//! What is attached to messages: uploaded before the message is sent, or come with a mail.
//!
//! What a file is, is said by its bytes and never by its sender. Only pictures that run nothing are shown within a page; all else is a
//! download, from an address that may do nothing ([`download`]).

mod arriving;
mod download;
mod keep;
mod upload;

pub use arriving::{Arrived, Arriving};
pub use download::{SHOWN, content, download, within};
pub use keep::{LARGEST, MOST, VISITOR, attach, keep};
pub use upload::{FileView, UploadParams};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(download::file, upload::remove)).merge(upload::routes())
}
