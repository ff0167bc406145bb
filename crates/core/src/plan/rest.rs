//! How much duty is too much, where it is not as usual. Doc comments here become descriptions in the JSON Schema too.

use super::Length;
use crate::fatigue::{Limits, Rule};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of duty, where they are not as usual: jurisdictions and agreements differ. What is not written keeps its usual value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RestSection {
    /// Least rest between two duties. Usual: 11 h.
    #[serde(default)]
    pub between_duties: Option<Length>,
    /// Longest pause that is a break within a duty and counts as duty. Usual: 1 h.
    #[serde(default)]
    pub break_up_to: Option<Length>,
    /// Most duty in any 24 hours. Usual: 12 h.
    #[serde(default)]
    pub in_a_day: Option<Length>,
    /// Least free block in seven days. Usual: 35 h.
    #[serde(default)]
    pub free_block: Option<Length>,
    /// Most duty days in a row. Usual: 6.
    #[serde(default)]
    pub days_in_a_row: Option<u32>,
    /// Most duty in any seven days. Usual: 48 h.
    #[serde(default)]
    pub in_a_week: Option<Length>,
    /// Most nights in a row. Usual: 3.
    #[serde(default)]
    pub nights_in_a_row: Option<u32>,
    /// Least time off from the last night to the next duty by day. Usual: 48 h.
    #[serde(default)]
    pub after_nights: Option<Length>,
    /// Largest share of the decision owner's shifts for one person, 0 to 1. Usual: 0.25.
    #[serde(default)]
    pub owner_share: Option<f64>,
    /// Least balance of hours between people, 0 to 1. Usual: 0.8.
    #[serde(default)]
    pub fairness: Option<f64>,
    /// Rules that are not judged.
    #[serde(default)]
    pub off: Vec<Rule>,
}

impl RestSection {
    /// The limits it describes.
    pub fn limits(&self) -> Limits {
        let usual = Limits::default();
        let length = |own: Option<Length>, usual| own.map_or(usual, |l: Length| l.0);
        Limits {
            rest: length(self.between_duties, usual.rest),
            break_up_to: length(self.break_up_to, usual.break_up_to),
            daily_hours: length(self.in_a_day, usual.daily_hours),
            weekly_rest: length(self.free_block, usual.weekly_rest),
            duty_days: self.days_in_a_row.unwrap_or(usual.duty_days),
            weekly_hours: length(self.in_a_week, usual.weekly_hours),
            nights: self.nights_in_a_row.unwrap_or(usual.nights),
            leaving_nights: length(self.after_nights, usual.leaving_nights),
            owner_share: self.owner_share.unwrap_or(usual.owner_share),
            fairness: self.fairness.unwrap_or(usual.fairness),
            strengths: self.off.iter().map(|rule| (*rule, None)).collect(),
            ..usual
        }
    }
}
