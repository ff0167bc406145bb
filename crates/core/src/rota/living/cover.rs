//! Requests for cover: somebody asks, somebody takes it, and it becomes an override.

use crate::rota::{DutyRole, Period};
use crate::{RotaEntryId, Timestamp};
use serde::{Deserialize, Serialize};

/// Requests that one rota keeps; beyond, the oldest that are settled go.
pub(super) const REQUESTS_LIMIT: usize = 500;
/// Requests that one person can have open at a time.
pub(super) const OPEN_LIMIT: usize = 20;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Who asks, by e-mail address.
    pub by: String,
    /// Who is asked; none: anybody.
    pub to: Option<String>,
    /// In which role.
    pub role: DutyRole,
    /// Which time: a shift of theirs, or a part of it.
    pub when: Period,
    /// A shift of the person asked that the asker takes in return.
    pub in_return: Option<Period>,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CoverState))]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Nobody has taken it.
    Open,
    /// Somebody has.
    Accepted,
    /// The asker needs it no more.
    Withdrawn,
    /// The time began before somebody took it.
    Expired,
}

/// A request as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Its number.
    pub id: RotaEntryId,
    /// What is asked.
    pub ask: Ask,
    /// Why, where the asker said so.
    pub reason: Option<String>,
    /// When it was asked.
    pub at: Timestamp,
    /// Where it stands.
    pub state: RequestState,
    /// Who took it.
    pub taken_by: Option<String>,
    /// When it was taken, withdrawn or expired.
    pub settled_at: Option<Timestamp>,
}

impl Request {
    /// Whether it waits for somebody.
    pub fn is_open(&self) -> bool {
        self.state == RequestState::Open
    }

    /// When it is too late: at the first of the times that it is about.
    pub fn expires(&self) -> Timestamp {
        self.ask.in_return.map_or(self.ask.when.from, |other| other.from.min(self.ask.when.from))
    }
}
