//! What the watch says: a warning, its kind, and what became of it.

use crate::Timestamp;
use crate::signals::Day;
use serde::{Deserialize, Serialize};

/// What is behind a rise, as far as the occurrences tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = WarningKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A known value rises, and many different people are behind it.
    ManyPeople,
    /// A value that was never seen before, from many people at once.
    NewValue,
    /// A known value rises; how many people are behind it is not known, or they are neither many nor one.
    Rise,
    /// Nearly all by one reporter or at fixed times: a machine or a routine, not many people in pain.
    RepeatingSource,
    /// A value vanished and others of its dimension took over its occurrences: a new name, not an improvement.
    Relabelled,
    /// Everything rises together: one warning about the whole desk.
    WholeDesk,
}

impl Kind {
    /// The word in tables and JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ManyPeople => "many_people",
            Self::NewValue => "new_value",
            Self::Rise => "rise",
            Self::RepeatingSource => "repeating_source",
            Self::Relabelled => "relabelled",
            Self::WholeDesk => "whole_desk",
        }
    }
    /// Whether many people in doubt may be behind it: what a containment window can be proposed for.
    pub const fn is_people(self) -> bool {
        matches!(self, Self::ManyPeople | Self::NewValue | Self::WholeDesk)
    }
}

/// A value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = WatchedValue))]
pub struct Named {
    /// The dimension: `category`, `channel`, a custom field's key.
    pub dimension: String,
    /// The value in it.
    pub value: String,
}

/// Some days of a value, compared with its own recent past. The count equals the number of occurrences
/// that have the value on the days `from` to `to`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = WarningFigures))]
pub struct Figures {
    /// First day counted, in the desk's zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub from: Day,
    /// Last day counted; it may still be going on.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub to: Day,
    /// Occurrences on these days.
    pub count: u64,
    /// What is usual on such days, given how busy the whole desk was.
    pub expected: f64,
    /// Different people behind them; none where the occurrences do not say who.
    pub people: Option<u64>,
}

/// One happening: a value that rises (or vanished), with everything that rises because of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Warning {
    /// Its number within the watch, from 1: the same warning keeps it through all its changes.
    pub number: u32,
    /// The dimension of the value that says most; `desk` for the whole desk.
    pub dimension: String,
    /// The value that says most: the most surprising one, the most specific of equals. For a relabelling the one that vanished.
    pub value: String,
    /// What is behind it.
    pub kind: Kind,
    /// The day it was first seen, in the desk's zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub first_day: Day,
    /// The instant it was first seen: of the look that found it.
    pub first_seen: Timestamp,
    /// The figures at first sight.
    pub at_first: Figures,
    /// The figures of the last look: one day.
    pub latest: Figures,
    /// How rare so much would be by chance alone: once in this many such days.
    pub one_in: f64,
    /// The same in standard deviations.
    pub z: f64,
    /// Values that rise because of it (or, for a relabelling, that took over).
    pub also: Vec<Named>,
    /// Why, in a sentence.
    pub why: String,
    /// Until when it went on; none while it does.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub closed: Option<Day>,
}

/// What a look found to have changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "change", content = "warning", rename_all = "snake_case")]
pub enum Change {
    /// A new warning.
    Opened(Warning),
    /// An open one goes on; its latest figures or what else it is seen in changed.
    GoesOn(Warning),
    /// It was normal again for long enough.
    Closed(Warning),
}

impl Change {
    /// The warning that changed, as it is now.
    pub fn warning(&self) -> &Warning {
        match self {
            Self::Opened(w) | Self::GoesOn(w) | Self::Closed(w) => w,
        }
    }
}
