//! Who decides now, and who follows.

use crate::App;
use crate::http::ApiResult;
use crate::windows::owner::{self, name_of};
use hypercare_core::Timestamp;
use hypercare_core::window::Window;
use serde::Serialize;
use utoipa::ToSchema;

/// The decision owner on duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnerNow {
    /// Name, or the address if nobody has signed in with it.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Until when, at the latest.
    pub until: Timestamp,
    /// When their own time ended, where they stay because the next person has not taken over.
    pub late_since: Option<Timestamp>,
}

/// Who follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NextOwner {
    /// Name, or the address.
    pub name: String,
    /// From when.
    pub from: Timestamp,
}

pub(super) async fn duty(app: &App, w: &Window) -> ApiResult<(Option<OwnerNow>, Option<NextOwner>)> {
    let mut reader = app.reader();
    let names = owner::names(&mut reader).await?;
    let (on_duty, next) = owner::at(&mut reader, w, app.now()).await?;
    let on_duty = on_duty.map(|d| OwnerNow { name: name_of(&names, &d.email), email: d.email, until: d.until, late_since: d.late_since });
    Ok((on_duty, next.map(|n| NextOwner { name: name_of(&names, &n.email), from: n.from })))
}
