//! Check-ins: a short question to chosen customers, asked at a pace and never twice; what they answer, and the conversations that doubts become
//! (`docs/check-ins.md`).

mod approve;
mod by_mail;
mod control;
mod deliver;
mod given;
mod lists;
mod people;
mod preview;
pub mod public;
mod read;
mod step;
mod view;
mod write;

pub use approve::{approve, start};
pub use by_mail::{Reply, reply, take_reply};
pub use deliver::{WAY, bounced, deliver, gave_up};
pub use given::{Fate, give};
pub use people::{erase, forget_address};
pub use step::step;
pub use view::{CheckInFigures, CheckInView};
pub use write::{NewCheckIn, begin};

use crate::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list_check_ins, write::begin_check_in))
        .routes(routes!(read::get_check_in, write::write_check_in, write::discard_check_in))
        .routes(routes!(read::list_asked))
        .routes(routes!(preview::preview_check_in))
        .routes(routes!(lists::upload_addresses))
        .routes(routes!(approve::ask_check_in_approval))
        .routes(routes!(approve::approve_check_in))
        .routes(routes!(approve::start_check_in))
        .routes(routes!(control::stop_check_in))
        .routes(routes!(control::resume_check_in))
        .routes(routes!(public::chat::waiting_check_in))
        .routes(routes!(public::chat::answer_check_in))
        .routes(routes!(public::chat::leave_check_ins))
}
