//! Kinds of demand: how each rises after go-live and how fast that passes.

use hypercare_core::Span;
use hypercare_core::plan::Length;
use serde::{Deserialize, Serialize};

/// What kind of demand a category is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// People cannot get in.
    Access,
    /// People do not know how.
    HowTo,
    /// Money: rises with the first invoice, or at go-live where prices are what changes.
    Billing,
    /// Something is broken.
    Defects,
    /// Everything else.
    Other,
}

/// The parts of a category's name by which its kind is told.
const WORDS: [(Demand, &[&str]); 4] = [
    (Demand::Access, &["access", "login", "log-in", "sign", "password", "auth", "permission"]),
    (Demand::Billing, &["bill", "invoice", "payment", "price", "pricing", "tax", "charge", "refund", "cancel"]),
    (Demand::Defects, &["defect", "bug", "fault", "error", "incident", "outage", "performance", "data", "sync", "migration"]),
    (Demand::HowTo, &["how", "usage", "question", "account", "setting", "feature", "storage", "onboard", "training", "process", "plan"]),
];

impl Demand {
    /// The kind that a category's name speaks of.
    pub fn of(category: &str) -> Self {
        let name = category.to_lowercase();
        WORDS.iter().find(|(_, words)| words.iter().any(|w| name.contains(w))).map_or(Self::Other, |(demand, _)| *demand)
    }
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::HowTo => "how_to",
            Self::Billing => "billing",
            Self::Defects => "defects",
            Self::Other => "other",
        }
    }
    /// Size of the rise in normal volumes, and the time after which 1/e of it is left.
    pub const fn rise(self) -> (f64, Span) {
        match self {
            Self::Access => (3.0, Span::hours(36)),
            Self::HowTo => (1.5, Span::days(4)),
            Self::Billing => (2.0, Span::days(3)),
            Self::Defects => (1.0, Span::days(7)),
            Self::Other => (0.2, Span::days(5)),
        }
    }
    /// Mean working time.
    pub const fn service(self) -> Span {
        match self {
            Self::Access => Span::mins(8),
            Self::HowTo => Span::mins(10),
            Self::Billing => Span::mins(12),
            Self::Defects => Span::mins(20),
            Self::Other => Span::mins(6),
        }
    }
}

/// What a file says about a category. What it does not say follows from the kind of demand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CategoryGiven {
    /// What kind of demand it is: `access`, `how_to`, `billing`, `defects` or `other`. Default: by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<Demand>,
    /// Weight in normal life. Default: 0.7 shared over the plan's categories by their scenarios, 0.3 for `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Size of the rise, in normal volumes of the category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rise: Option<f64>,
    /// After this time the rise is 1/e of its size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decay: Option<Length>,
    /// When it rises, after go-live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rises_after: Option<Length>,
    /// Mean working time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Length>,
}
