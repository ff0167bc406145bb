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
    /// What the receiver has to know: asked once, when it is escalated, and carried along. At most ten questions.
    #[serde(default)]
    pub asks: Vec<String>,
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
    /// Days on which it is closed (YYYY-MM-DD).
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Days with other hours (YYYY-MM-DD) instead of that weekday's: an empty list means closed.
    #[serde(default)]
    pub exceptions: BTreeMap<String, Vec<String>>,
    /// Hours on top of what else holds on a day (YYYY-MM-DD), such as a Saturday shift.
    #[serde(default)]
    pub extra: BTreeMap<String, Vec<String>>,
    /// Other weekly hours for a time. Outside these times `hours` holds.
    #[serde(default)]
    pub changes: Vec<HoursChange>,
}

/// Other weekly hours from a day on, until another day or for good.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HoursChange {
    /// First day on which these hours hold (YYYY-MM-DD).
    pub from: String,
    /// First day on which they hold no more (YYYY-MM-DD). Without it they hold for good.
    #[serde(default)]
    pub until: Option<String>,
    /// Opening hours by weekday (mon … sun); a weekday that is left out is closed.
    pub hours: BTreeMap<Weekday, Vec<String>>,
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

/// One set of promises. What is left out is not promised.
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
    /// After the first response: time from the customer's oldest unanswered message to the next reply by a person, by severity.
    #[serde(default)]
    pub next_response: BTreeMap<Severity, Length>,
    /// Longest silence of ours between two replies while the matter is open with us, by severity.
    #[serde(default)]
    pub update: BTreeMap<Severity, Length>,
    /// Time to resolution, by severity; waiting for the customer does not count.
    #[serde(default)]
    pub resolution: BTreeMap<Severity, Length>,
    /// Time from the first message to the last resolution, by severity; waiting counts, and so does the time before a reopening.
    #[serde(default)]
    pub total_resolution: BTreeMap<Severity, Length>,
    /// Other promises for categories of scenarios. What a category leaves out is as above.
    #[serde(default)]
    pub categories: BTreeMap<String, CategoryPromises>,
}

/// Promises of one category, where they differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CategoryPromises {
    /// Time to tell the customer that the message has arrived and what is known.
    #[serde(default)]
    pub acknowledge: Option<Length>,
    /// Time to the first reply by a person, by severity.
    #[serde(default)]
    pub first_response: BTreeMap<Severity, Length>,
    /// Time to each next reply by a person, by severity.
    #[serde(default)]
    pub next_response: BTreeMap<Severity, Length>,
    /// Longest silence of ours between two replies, by severity.
    #[serde(default)]
    pub update: BTreeMap<Severity, Length>,
    /// Time to resolution, by severity.
    #[serde(default)]
    pub resolution: BTreeMap<Severity, Length>,
    /// Time from the first message to the last resolution, by severity.
    #[serde(default)]
    pub total_resolution: BTreeMap<Severity, Length>,
}

impl SlaPolicy {
    /// The promises as tables by their keys in the plan, with those of each category after its name.
    pub fn tables(&self) -> Vec<(String, &BTreeMap<Severity, Length>)> {
        let whole = [
            ("first_response", &self.first_response),
            ("next_response", &self.next_response),
            ("update", &self.update),
            ("resolution", &self.resolution),
            ("total_resolution", &self.total_resolution),
        ];
        let of_categories = self.categories.iter().flat_map(|(name, c)| {
            [
                ("first_response", &c.first_response),
                ("next_response", &c.next_response),
                ("update", &c.update),
                ("resolution", &c.resolution),
                ("total_resolution", &c.total_resolution),
            ]
            .map(|(key, table)| (format!("categories.{name}.{key}"), table))
        });
        whole.into_iter().map(|(key, table)| (key.to_owned(), table)).chain(of_categories).collect()
    }
    /// Every time to acknowledge, by its key in the plan.
    pub fn acknowledgements(&self) -> Vec<(String, Length)> {
        let of_categories = self.categories.iter().filter_map(|(name, c)| Some((format!("categories.{name}.acknowledge"), c.acknowledge?)));
        self.acknowledge.map(|l| ("acknowledge".to_owned(), l)).into_iter().chain(of_categories).collect()
    }
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
