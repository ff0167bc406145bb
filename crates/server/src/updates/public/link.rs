//! The links of a subscriber, which only this installation can make.

use crate::App;
use hypercare_core::SubscriberId;

/// What a link is for, within its sign.
pub(super) const CONFIRM: &str = "confirm updates";
/// The same for choosing.
pub(super) const CHOOSE: &str = "which updates";
/// The same for the way out.
pub(super) const LEAVE: &str = "no more updates";

/// Where an address is confirmed.
pub fn confirm(app: &App, id: SubscriberId) -> String {
    format!("{}/updates/confirm/{}", app.config.public_url, app.signs.subscriber(id, CONFIRM))
}

/// Where they choose what they get.
pub fn preferences(app: &App, id: SubscriberId) -> String {
    format!("{}/updates/preferences/{}", app.config.public_url, app.signs.subscriber(id, CHOOSE))
}

/// Where it is taken off the list.
pub fn unsubscribe(app: &App, id: SubscriberId) -> String {
    format!("{}/updates/unsubscribe/{}", app.config.public_url, app.signs.subscriber(id, LEAVE))
}
