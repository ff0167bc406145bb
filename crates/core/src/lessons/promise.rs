//! A promise that was not kept: what could have been promised instead.

use crate::plan::Length;
use crate::rating::{ENOUGH, Share};
use crate::{Severity, Span};
use serde::{Deserialize, Serialize};

/// One promise that was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Working time until it was kept, or until now where it still is not.
    pub used: Span,
    /// It was kept, or the late answer came: `used` is final.
    pub answered: bool,
    /// It was broken.
    pub broken: bool,
}

/// What could be promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromiseChange {
    /// The plan's table under `[sla.hypercare]`: `first_response`, `resolution` …
    pub table: String,
    /// For which severity.
    pub severity: Severity,
    /// What was promised.
    pub from: Length,
    /// What nine of ten would have kept.
    pub to: Length,
    /// How many were kept, of those that were due.
    pub kept: Share,
}

/// Less kept than this is worth another promise.
const KEPT_AT_LEAST: f64 = 0.9;

/// Another promise where fewer than nine of ten were kept, of ten at least: the time within which nine of ten were answered, rounded up.
/// None where that cannot be told, because too many still have no answer.
pub fn promise_change(table: &str, severity: Severity, promised: Span, all: &[Judged]) -> Option<PromiseChange> {
    let whole = all.len() as u64;
    let kept = Share { part: all.iter().filter(|j| !j.broken).count() as u64, whole };
    if whole < ENOUGH || kept.share() >= KEPT_AT_LEAST {
        return None;
    }
    let mut answered: Vec<Span> = all.iter().filter(|j| j.answered).map(|j| j.used).collect();
    answered.sort_unstable();
    // The nine-tenth of all: those without an answer stand after all that have one.
    let place = (whole as f64 * KEPT_AT_LEAST).ceil() as usize;
    let to = rounded(*answered.get(place.checked_sub(1)?)?);
    (to > promised).then(|| PromiseChange { table: table.to_owned(), severity, from: Length(promised), to: Length(to), kept })
}

/// Up to the next length that people would promise.
fn rounded(span: Span) -> Span {
    let step = match span {
        s if s <= Span::hours(1) => Span::mins(5),
        s if s <= Span::hours(4) => Span::mins(15),
        s if s <= Span::days(1) => Span::hours(1),
        _ => Span::hours(12),
    };
    Span(span.0.div_euclid(step.0) * step.0 + if span.0.rem_euclid(step.0) > 0 { step.0 } else { 0 })
}
