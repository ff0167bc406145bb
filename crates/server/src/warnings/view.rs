//! A warning as the API shows it.

use super::names::Names;
use hypercare_core::watch::{Figures, Kind, Named, Warning};
use hypercare_core::{Timestamp, WarningId, WindowId};
use hypercare_store::queries::warnings::{self, Kept};
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// Where a warning stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WarningState {
    /// It goes on.
    Open,
    /// It was normal again for two days.
    Closed,
    /// Somebody put it aside.
    Dismissed,
}

/// One warning.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct WarningView {
    /// Its id.
    pub id: WarningId,
    /// Where it stands.
    pub state: WarningState,
    /// The window that was open when it was first seen.
    pub window: Option<WindowId>,
    /// Dimension of the value that says most; `desk` for everything together.
    pub dimension: String,
    /// That value.
    pub value: String,
    /// What people call it: the scenario's name, the title, `Category billing`, `Place: Norway`, `The whole desk`.
    pub name: String,
    /// What is behind it.
    pub kind: Kind,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// Its figures at first sight.
    pub at_first: Figures,
    /// Its figures on the last day looked at.
    pub latest: Figures,
    /// Conversations since its first day: as many as the list with `dimension`, `value`, `since` and `until` has.
    pub conversations: i64,
    /// Different customers behind these.
    pub people: i64,
    /// Where that list begins.
    pub since: Timestamp,
    /// Where it ends.
    pub until: Timestamp,
    /// So much would come by chance alone once in so many such days.
    pub one_in: f64,
    /// The same in standard deviations.
    pub z: f64,
    /// What rises because of it.
    pub also: Vec<AlsoRises>,
    /// Why, in a sentence.
    pub why: String,
    /// Who put it aside, when and why.
    pub dismissed: Option<Dismissed>,
}

/// What rises because of the same conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AlsoRises {
    /// Its dimension.
    pub dimension: String,
    /// Its value.
    pub value: String,
    /// What people call it.
    pub name: String,
}

/// Who put a warning aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Dismissed {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// The warning of a row.
pub(super) fn warning(kept: &Kept) -> Result<Warning, StoreError> {
    serde_json::from_str(&kept.doc).map_err(|e| StoreError::Corrupt { what: "warning", detail: e.to_string() })
}

/// A row as the API shows it.
pub(super) async fn view(q: &mut impl Query, names: &Names, kept: Kept) -> Result<WarningView, StoreError> {
    let told = warning(&kept)?;
    let (since, until) = (Timestamp(kept.since), Timestamp(kept.until));
    let name = names.of(q, &told.dimension, &told.value).await?;
    let behind = warnings::behind(q, &told.dimension, &told.value, since, until).await?;
    let dismissed = match (kept.dismissed_by, kept.dismissed_at, kept.dismissed_reason) {
        (Some(by), Some(at), Some(reason)) => Some(Dismissed { by, at: Timestamp(at), reason }),
        _ => None,
    };
    let mut also = Vec::with_capacity(told.also.len());
    for Named { dimension, value } in told.also {
        let name = names.of(q, &dimension, &value).await?;
        also.push(AlsoRises { dimension, value, name });
    }
    Ok(WarningView {
        id: WarningId(kept.id),
        state: match kept.state.as_str() {
            "open" => WarningState::Open,
            "dismissed" => WarningState::Dismissed,
            _ => WarningState::Closed,
        },
        window: kept.window_id.map(WindowId),
        dimension: told.dimension,
        value: told.value,
        name,
        kind: told.kind,
        first_seen: told.first_seen,
        at_first: told.at_first,
        latest: told.latest,
        conversations: behind.n,
        people: behind.people,
        since,
        until,
        one_in: told.one_in,
        z: told.z,
        also,
        why: told.why,
        dismissed,
    })
}
