//! Promises about time: which were kept, which were broken, and whether they break too fast.

use crate::App;
use hypercare_core::Timestamp;
use hypercare_core::conversation::Conversation;
use hypercare_core::plan::Plan;
use hypercare_core::signals::alarm::AlarmLevel;
use hypercare_core::signals::burn::{self, Budget, BurnSpeed, Outcome};
use hypercare_store::queries::{conversations, signals};
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// Conversations that are looked at for promises at risk, the soonest due first: with as many at risk nobody needs an
/// exact figure.
const SOONEST: i64 = 500;

/// Promises that alerts look at, at most: the newest.
pub const MOST: i64 = 20_000;

/// A promise that was decided, and on what.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Category of the conversation.
    pub category: String,
    /// When, and whether it was broken.
    pub outcome: Outcome,
}

/// How far back alerts look on a day that began at `since`.
pub fn from(since: Timestamp) -> Timestamp {
    since - burn::LOOK_BACK
}

/// The promises decided until an instant, as far back as alerts look from `since`; the newest so many.
///
/// # Errors
/// When the database fails.
pub async fn decided(q: &mut impl Query, since: Timestamp, until: Timestamp) -> Result<Vec<Decided>, StoreError> {
    let rows = signals::promises(q, from(since), until, MOST).await?;
    let read = |p: signals::Promise| Decided { category: p.category, outcome: Outcome { at: Timestamp(p.at), missed: p.broken } };
    Ok(rows.into_iter().map(read).collect())
}

/// The alerts of a span, each in a sentence.
pub fn burning(plan: &Plan, outcomes: &[Outcome], since: Timestamp) -> Vec<String> {
    let budget = Budget::of(plan);
    burn::during(outcomes, since, &budget).iter().map(|alert| alert.say(budget.target)).collect()
}

/// Promises that break too fast now, or will if those that have used up most of their time break too.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BurnNow {
    /// `red`: they break too fast. `amber`: they will if those at risk break too.
    pub level: AlarmLevel,
    /// The arithmetic in words.
    pub says: String,
    /// How fast.
    pub speed: BurnSpeed,
    /// How many times faster than the target allows.
    pub burn: f64,
    /// From this many times on it is too fast.
    pub limit: f64,
    /// The share of promises that is to be kept.
    pub target: f64,
    /// Broken within the working hours of this speed.
    pub broken: u64,
    /// Decided within them, kept or broken.
    pub decided: u64,
    /// Running and past 80 % of their time.
    pub at_risk: u64,
}

/// How the promises of the whole desk burn at an instant, from those decided until then; none where nothing does.
///
/// # Errors
/// When the database fails.
pub async fn burning_now(app: &App, plan: &Plan, outcomes: &[Outcome], now: Timestamp) -> Result<Option<BurnNow>, StoreError> {
    let (budget, at_risk) = (Budget::of(plan), at_risk(app, now).await?);
    let target = budget.target;
    let alert = burn::standing(outcomes, at_risk, now, &budget);
    Ok(alert.map(|alert| BurnNow {
        level: alert.level(),
        says: alert.say(target),
        speed: alert.speed,
        burn: alert.burn,
        limit: alert.speed.threshold(),
        target,
        broken: alert.misses,
        decided: alert.decided,
        at_risk: alert.at_risk,
    }))
}

/// Promises that run and have used up more than 80 % of their time. A conversation that is late already is not at risk
/// of it: its next promise is the broken one.
async fn at_risk(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let catalogue = app.knowledge.current(app).await?;
    let soonest = conversations::due_next(&mut app.reader(), now, SOONEST).await?;
    let of = |c: &Conversation| {
        let env = catalogue.env(c.window);
        c.clocks.iter().filter_map(|clock| clock.used_up(now, &env.calendar(clock))).collect::<Vec<_>>()
    };
    Ok(burn::at_risk(soonest.iter().flat_map(of)))
}
