//! Who is there when, what is promised about time, and where things go that the first line cannot solve. Doc comments here
//! become descriptions in the JSON Schema too.

use super::Length;
use crate::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where problems go that the first line cannot solve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EscalationPath {
    /// Stable short name.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// Who receives it: e-mail addresses, in order.
    pub to: Vec<String>,
    /// How long the receiver has to acknowledge.
    #[serde(default)]
    pub acknowledge: Option<Length>,
}

/// Working hours.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarSection {
    /// Time zone. Default: the window's.
    #[serde(default)]
    pub zone: Option<String>,
    /// Opening hours by weekday (mon … sun): one or more intervals such as "09:00-12:30". One may end at 24:00 or cross midnight ("22:00-06:00").
    pub hours: BTreeMap<Weekday, Vec<String>>,
    /// Days with other hours (YYYY-MM-DD): an empty list means closed.
    #[serde(default)]
    pub exceptions: BTreeMap<String, Vec<String>>,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// All, Monday first.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];
}

/// Promises about time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlaSection {
    /// For conversations about the change while the window is open.
    #[serde(default)]
    pub hypercare: Option<SlaPolicy>,
    /// For everything else.
    #[serde(default)]
    pub normal: Option<SlaPolicy>,
}

/// One set of promises.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SlaPolicy {
    /// Name of a calendar of this plan, or `always`.
    pub calendar: String,
    /// Time to tell the customer that the message has arrived and what is known.
    #[serde(default)]
    pub acknowledge: Option<Length>,
    /// Time to the first reply by a person, by severity.
    #[serde(default)]
    pub first_response: BTreeMap<Severity, Length>,
    /// Time to resolution, by severity; waiting for the customer does not count.
    #[serde(default)]
    pub resolution: BTreeMap<Severity, Length>,
}

/// Who decides when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedShift {
    /// E-mail of the decision owner.
    pub owner: String,
    /// Start: local time in the window's zone, or with an offset.
    pub from: String,
    /// End.
    pub to: String,
}
