//! The two links of somebody who was asked, which only this installation can make.

use crate::App;
use hypercare_core::AskedId;

/// What a link is for, within its sign.
pub(super) const ANSWER: &str = "answer a check-in";
/// The same for the way out.
pub(super) const LEAVE: &str = "no more check-ins";

/// Where it is answered.
pub fn answer(app: &App, id: AskedId) -> String {
    format!("{}/check-in/{}", app.config.public_url, app.signs.asked(id, ANSWER))
}

/// Where they ask for no more.
pub fn leave(app: &App, id: AskedId) -> String {
    format!("{}/check-in/leave/{}", app.config.public_url, app.signs.asked(id, LEAVE))
}
