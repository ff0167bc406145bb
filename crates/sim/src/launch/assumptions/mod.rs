//! What a simulation assumes. Every value has a default with a source, and can be given in a file.
//!
//! Nobody has published a trustworthy curve of how contacts decay after a launch, so size and decay of the rise are
//! assumptions that a reader must see beside every figure; [`stated`] says them, [`super::fit`] finds them in history.

mod categories;
mod check;
mod stated;
#[cfg(test)]
mod tests;

pub use categories::{CategoryGiven, Demand};
pub use stated::Stated;
pub(super) use stated::stated;

use hypercare_core::Span;
use hypercare_core::plan::Length;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An assumptions file. What is not given has its default; what a plan says comes before a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Assumptions {
    /// Conversations that customers begin on an average day of normal life, repeats not counted.
    pub contacts_per_day: f64,
    /// How much days differ beyond chance: coefficient of variation of a day's factor.
    pub day_cv: f64,
    /// Share of contacts by people who wait in a live channel. Default: 0.3 where the plan's primary channel is chat, else 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live_share: Option<f64>,
    /// Weight of each hour of the week, Monday 00:00 first, in the window's zone: 168 numbers. Default: office hours and evenings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profile: Vec<f64>,
    /// By category of the plan (and `other`): how much of it, and how it rises.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub categories: BTreeMap<String, CategoryGiven>,
    /// Later moments at which a category rises again. Default: the first invoice, for categories about billing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stressors: Vec<Stressor>,
    /// How the number of active users moves.
    pub users: Users,
    /// How severe matters are that the plan's scenarios say nothing about.
    pub severity: SeverityMix,
    /// Working on a contact.
    pub service: Service,
    /// Coming back after service.
    pub reconnect: Reconnect,
    /// Asking again while waiting.
    pub chasers: Chasers,
    /// Waiting live.
    pub live: Live,
    /// Matters that need another team.
    pub escalation: Escalation,
    /// Waiting for the customer once the work is done.
    pub confirmation: Confirmation,
    /// Questions that only ask whether all is well.
    pub reassurance: Reassurance,
    /// Ratings.
    pub ratings: Ratings,
    /// People.
    pub team: Team,
    /// The measure `answers`.
    pub answers: KnownAnswers,
    /// The measure `assistant`.
    pub assistant: Assistant,
}

/// A later moment at which contacts rise again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stressor {
    /// Its name for people: "first invoice".
    pub name: String,
    /// Time after go-live.
    pub after: Length,
    /// Which category of the plan; all where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Size of the rise, in normal volumes of the category.
    pub rise: f64,
    /// After this time the rise is 1/e of its size.
    pub decay: Length,
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty = $default:expr,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }
    };
}

const fn minutes(n: i64) -> Length {
    Length(Span::mins(n))
}
const fn hours(n: i64) -> Length {
    Length(Span::hours(n))
}

section! {
    /// How the number of active users moves: logistic from 1 before go-live to `after`.
    Users {
        /// Users in the end, relative to before. Default: 1.1 for a launch, else 1.
        after: Option<f64> = None,
        /// When half of that has happened, after go-live.
        half: Length = hours(7 * 24),
        /// How slowly: about three quarters of the change happen within twice this time on either side.
        width: Length = hours(48),
    }
}
section! {
    /// Shares of normal life by severity; together 1.
    SeverityMix {
        /// Access, payment or a core workflow is blocked.
        critical: f64 = 0.01,
        /// Money or an important task is affected.
        high: f64 = 0.12,
        /// A question.
        normal: f64 = 0.67,
        /// Cosmetic or a wish.
        low: f64 = 0.20,
    }
}
section! {
    /// Working on a contact: lognormal, with the category's mean.
    Service {
        /// Coefficient of variation.
        cv: f64 = 1.2,
        /// Same people, exponential times: only to compare with formulas.
        exponential: bool = false,
    }
}
section! {
    /// Coming back after service, with the same matter.
    Reconnect {
        /// Probability in normal life.
        normal: f64 = 0.12,
        /// Probability for matters of the change.
        launch: f64 = 0.25,
        /// Median time until then.
        median: Length = hours(36),
        /// Standard deviation of the logarithm of that time.
        sigma: f64 = 0.8,
    }
}
section! {
    /// Asking again while waiting: not before the promised time, then at random.
    Chasers {
        /// Mean working time between two.
        every: Length = hours(8),
        /// How often with proactive updates, relative to without.
        with_updates: f64 = 0.5,
        /// Share that comes as a new conversation.
        new: f64 = 0.3,
        /// Work that each one makes.
        work: Length = minutes(2),
        /// Most that one waiting customer sends.
        most: u32 = 5,
    }
}
section! {
    /// Waiting live.
    Live {
        /// Mean patience, exponential.
        patience: Length = minutes(5),
        /// Probability of trying again after giving up.
        redial: f64 = 0.5,
        /// Mean time until then.
        redial_after: Length = minutes(20),
    }
}
section! {
    /// Matters that need another team before they are settled.
    Escalation {
        /// Share in normal life.
        normal: f64 = 0.05,
        /// Share of matters of the change.
        launch: f64 = 0.10,
        /// Share of critical matters.
        critical: f64 = 0.40,
        /// Median working time that the other team takes.
        median: Length = hours(4),
        /// The same for critical matters, around the clock.
        median_critical: Length = hours(1),
        /// Standard deviation of the logarithm of these times.
        sigma: f64 = 0.8,
    }
}
section! {
    /// Waiting for the customer once the work is done: the matter stays open until they say that all is well.
    Confirmation {
        /// Share of matters that wait for it.
        share: f64 = 0.6,
        /// Median time until then.
        median: Length = hours(10),
        /// Standard deviation of the logarithm of that time.
        sigma: f64 = 1.0,
    }
}
section! {
    /// Share of contacts that only ask whether all is well. Chasers in a new conversation always do.
    Reassurance {
        /// In normal life.
        normal: f64 = 0.05,
        /// Of matters of the change.
        launch: f64 = 0.25,
    }
}
section! {
    /// Ratings after a matter is settled.
    Ratings {
        /// Share of customers who rate.
        share: f64 = 0.2,
        /// Good among those answered in time.
        in_time: f64 = 0.90,
        /// Good among those answered late.
        late: f64 = 0.65,
        /// Factor on both for a matter that came back.
        repeated: f64 = 0.8,
    }
}
section! {
    /// People. Without the measure `staffing` the team stays as normal life needs it.
    Team {
        /// People rostered for every shift; default: what the expected work needs.
        on_shift: Option<u32> = None,
        /// Least people rostered for a shift.
        least: u32 = 1,
        /// Work is planned to this share of the time that people have.
        occupancy: f64 = 0.85,
        /// Share of paid time in which nobody can be there: breaks, training, illness.
        shrinkage: f64 = 0.30,
        /// Longest shift.
        shift: Length = hours(9),
        /// With forecast staffing, shifts are planned for this much more than expected (the 85th percentile of days).
        headroom: f64 = 1.155,
        /// With forecast staffing, a shift has at most this many times the people of normal life.
        most: f64 = 2.0,
        /// Without a shift guard, people stay this long after their shift while too many wait.
        overtime: Length = hours(4),
        /// Too many: waiting customers for each person on duty.
        overtime_queue: f64 = 3.0,
        /// People tire after this long on duty.
        tired_after: Length = hours(10),
        /// Then work takes this many times as long.
        tired: f64 = 1.15,
        /// Cost of an hour on duty, in the currency of the reader.
        cost: f64 = 40.0,
        /// Factor on it for overtime.
        overtime_cost: f64 = 1.25,
    }
}
section! {
    /// Approved answers to what customers ask again and again. They work where the plan has an answer for a scenario of the category.
    KnownAnswers {
        /// Time from go-live until they are found, approved and published.
        lag: Length = hours(24),
        /// Factor on coming back.
        reconnect: f64 = 0.5,
        /// Factor on working time.
        service: f64 = 0.7,
        /// Factor on arrivals: some find the answer instead of writing.
        arrivals: f64 = 0.8,
    }
}
section! {
    /// The assistant, which says approved answers at once.
    Assistant {
        /// Share of contacts that it answers, of those with an answer. Default: the plan's target of `assistant_share`, else 0.3.
        share: Option<f64> = None,
        /// Share of these for whom that is enough.
        enough: f64 = 0.8,
        /// Mean time after which the others ask for a person.
        asks_after: Length = minutes(30),
    }
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            contacts_per_day: 120.0,
            day_cv: 0.15,
            live_share: None,
            profile: vec![],
            categories: BTreeMap::new(),
            stressors: vec![],
            users: Users::default(),
            severity: SeverityMix::default(),
            service: Service::default(),
            reconnect: Reconnect::default(),
            chasers: Chasers::default(),
            live: Live::default(),
            escalation: Escalation::default(),
            confirmation: Confirmation::default(),
            reassurance: Reassurance::default(),
            ratings: Ratings::default(),
            team: Team::default(),
            answers: KnownAnswers::default(),
            assistant: Assistant::default(),
        }
    }
}

impl Assumptions {
    /// As a file that reads back to the same.
    ///
    /// # Errors
    /// When a value cannot be written, which none of those that can be read is.
    pub fn to_toml(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|why| why.to_string())
    }
}

/// Size of an assumptions file, in bytes.
pub const FILE_LIMIT: usize = 200_000;

/// Reads an assumptions file.
///
/// # Errors
/// One sentence for each fault: the field, what is wrong and what would be right; line and column where the text cannot be read.
pub fn read(text: &str) -> Result<Assumptions, Vec<String>> {
    if text.len() > FILE_LIMIT {
        return Err(vec![format!("the file has {} bytes; assumptions have at most {FILE_LIMIT}", text.len())]);
    }
    let assumptions: Assumptions = toml::from_str(text).map_err(|why| vec![why.to_string().trim_end().to_owned()])?;
    let faults = check::check(&assumptions);
    if faults.is_empty() { Ok(assumptions) } else { Err(faults) }
}
