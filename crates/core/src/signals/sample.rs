//! One day of one signal: just enough to compare it with other days.

use super::Family;
use super::baseline::quantile;
use crate::Span;
use serde::{Deserialize, Serialize};

/// One day of one signal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sample {
    /// Whether the day is over and all its data has arrived; an incomplete day is never judged.
    pub complete: bool,
    /// What was measured.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What was measured, by family.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "family", rename_all = "snake_case")]
pub enum Figures {
    /// Events in a day.
    Count {
        /// How many.
        events: u64,
    },
    /// A part of a whole.
    Share {
        /// How many of them.
        part: u64,
        /// Of how many.
        whole: u64,
    },
    /// The times of the day's cohort.
    Duration {
        /// How many times were measured.
        n: u64,
        /// Their median, in seconds.
        median_secs: f64,
        /// Interquartile range of their natural logarithms: how widely they scatter.
        ln_iqr: f64,
    },
    /// A state at the end of the day.
    Level {
        /// The state.
        value: f64,
        /// What was added during the day, where it is a stock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        arrived: Option<u64>,
        /// What was worked off during the day, where it is a stock.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        settled: Option<u64>,
    },
}

impl Sample {
    /// Events in a complete day.
    pub const fn count(events: u64) -> Self {
        Self { complete: true, figures: Figures::Count { events } }
    }
    /// A part of a whole on a complete day; a part larger than the whole is cut to it.
    pub const fn share(part: u64, whole: u64) -> Self {
        Self { complete: true, figures: Figures::Share { part: if part > whole { whole } else { part }, whole } }
    }
    /// The median and scatter of the times of a complete day's cohort. Times under a second count as one second.
    pub fn durations(times: &[Span]) -> Self {
        let mut logs: Vec<f64> = times.iter().map(|t| t.as_secs_f64().max(1.0).ln()).collect();
        logs.sort_by(f64::total_cmp);
        let median_secs = quantile(&logs, 0.5).map_or(0.0, f64::exp);
        let ln_iqr = quantile(&logs, 0.75).zip(quantile(&logs, 0.25)).map_or(0.0, |(q3, q1)| q3 - q1);
        Self { complete: true, figures: Figures::Duration { n: times.len() as u64, median_secs, ln_iqr } }
    }
    /// A state at the end of a complete day.
    pub const fn level(value: f64) -> Self {
        Self { complete: true, figures: Figures::Level { value, arrived: None, settled: None } }
    }
    /// A stock at the end of a complete day, with what flowed in and out.
    pub const fn stock(value: f64, arrived: u64, settled: u64) -> Self {
        Self { complete: true, figures: Figures::Level { value, arrived: Some(arrived), settled: Some(settled) } }
    }
    /// A complete day on which there was nothing to measure.
    pub fn nothing(signal: super::Signal) -> Self {
        match signal.family() {
            Family::Count => Self::count(0),
            Family::Share => Self::share(0, 0),
            Family::Duration => Self::durations(&[]),
            Family::Level => Self::level(f64::NAN),
        }
    }
    /// The same, of a day that is not over or whose data is not all there.
    #[must_use]
    pub const fn incomplete(mut self) -> Self {
        self.complete = false;
        self
    }
    /// The family of the figures.
    pub const fn family(&self) -> Family {
        match self.figures {
            Figures::Count { .. } => Family::Count,
            Figures::Share { .. } => Family::Share,
            Figures::Duration { .. } => Family::Duration,
            Figures::Level { .. } => Family::Level,
        }
    }
    /// The day's value in the signal's unit; none if nothing was measured (no ratings, no conversations).
    pub fn value(&self) -> Option<f64> {
        let value = match self.figures {
            Figures::Count { events } => Some(events as f64),
            Figures::Share { whole: 0, .. } | Figures::Duration { n: 0, .. } => None,
            Figures::Share { part, whole } => Some(part as f64 / whole as f64),
            Figures::Duration { median_secs, .. } => Some(median_secs),
            Figures::Level { value, .. } => Some(value),
        };
        value.filter(|v| v.is_finite())
    }
    /// How many observations stand behind the value; 1 for counts and levels.
    pub const fn weight(&self) -> f64 {
        match self.figures {
            Figures::Count { .. } | Figures::Level { .. } => 1.0,
            Figures::Share { whole: n, .. } | Figures::Duration { n, .. } => n as f64,
        }
    }
}
