//! What caused more work than usual: the excess over what was expected, largest first, and how much of the whole the first ones are.

use serde::{Deserialize, Serialize};

/// One cause, before it has its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Excess {
    /// Its key; empty for what fits none.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// How many there were.
    pub observed: f64,
    /// How many such days would have had; none where nobody knows.
    pub expected: Option<f64>,
}

/// One cause in its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExcessLine {
    /// Its key; empty for what fits none.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// How many conversations there were.
    pub observed: f64,
    /// How many such days would have had; null where nobody knows.
    pub expected: Option<f64>,
    /// How many more than expected; where no expectation is known, all. Negative where there were fewer.
    pub excess: f64,
    /// Its part of the whole excess, 0 to 1; 0 where there was none.
    pub share: f64,
    /// Its part with those before it, 0 to 1.
    pub cumulative: f64,
}

/// Causes by their excess, largest first; of equals by name. What had less than expected stands last and is no part of the whole.
pub fn pareto(causes: Vec<Excess>) -> Vec<ExcessLine> {
    let line = |c: Excess| {
        let excess = c.observed - c.expected.unwrap_or(0.0);
        ExcessLine { key: c.key, name: c.name, observed: c.observed, expected: c.expected, excess, share: 0.0, cumulative: 0.0 }
    };
    let mut lines: Vec<ExcessLine> = causes.into_iter().map(line).collect();
    lines.sort_by(|a, b| b.excess.total_cmp(&a.excess).then_with(|| a.name.cmp(&b.name)));
    let whole: f64 = lines.iter().map(|l| l.excess.max(0.0)).sum();
    let mut sum = 0.0;
    for line in &mut lines {
        sum += line.excess.max(0.0);
        if whole > 0.0 {
            (line.share, line.cumulative) = (line.excess.max(0.0) / whole, sum / whole);
        }
    }
    lines
}
