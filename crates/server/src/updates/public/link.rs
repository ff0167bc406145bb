//! The two links of a subscriber, which only this installation can make.

use crate::App;
use hypercare_core::SubscriberId;

/// What a link is for, within its sign.
pub(super) const CONFIRM: &str = "confirm updates";
/// The same for the way out.
pub(super) const LEAVE: &str = "no more updates";

/// Where an address is confirmed.
pub fn confirm(app: &App, id: SubscriberId) -> String {
    format!("{}/updates/confirm/{}", app.config.public_url, app.signs.subscriber(id, CONFIRM))
}

/// Where it is taken off the list.
pub fn unsubscribe(app: &App, id: SubscriberId) -> String {
    format!("{}/updates/unsubscribe/{}", app.config.public_url, app.signs.subscriber(id, LEAVE))
}
