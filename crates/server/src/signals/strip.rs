//! The plan's signals at a glance.

use super::overview::{overview, values};
use crate::App;
use hypercare_core::signals::alarm::AlarmLevel;
use hypercare_core::signals::{Day, State, Together};
use hypercare_core::window::Window;
use hypercare_store::StoreError;
use jiff::ToSpan;
use serde::Serialize;
use utoipa::ToSchema;

/// Days in the small line, today included.
const SPARK: i32 = 14;

/// One signal today.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SignalStrip {
    /// The signal's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Unit of the values: `conversations`, `s`, `share` or `points`.
    pub unit: String,
    /// Today so far.
    pub value: Option<f64>,
    /// What such a day had before the change.
    pub expected: Option<f64>,
    /// Value divided by expected; none for counts while the day can still grow to what is expected.
    pub ratio: Option<f64>,
    /// The days that are judged as one, where single days have too little.
    pub together: Option<Together>,
    /// Why it looks so, in a sentence.
    pub why: String,
    /// How today looks so far; the verdict comes when the day is over.
    pub state: State,
    /// The alarm that is open.
    pub alarm: Option<AlarmLevel>,
    /// Exit waits for it.
    pub required: bool,
    /// The last fourteen days, today last; null where nothing was measured.
    pub spark: Vec<Option<f64>>,
}

/// The plan's signals, in its order.
///
/// # Errors
/// When the database fails.
pub async fn strip(app: &App, w: &Window) -> Result<Vec<SignalStrip>, StoreError> {
    let o = overview(app, w).await?;
    let from = first(o.today);
    let planned = o.series().filter(|(closed, _)| closed.planned);
    let one = |(closed, today): (&super::overview::ClosedSeries, &super::overview::DayScore)| SignalStrip {
        key: closed.series.signal.key().into(),
        name: closed.series.signal.name().into(),
        unit: closed.series.signal.unit().into(),
        value: today.score.value,
        expected: today.score.expected,
        ratio: today.score.ratio,
        together: today.score.together,
        why: today.score.why.clone(),
        state: today.score.state,
        alarm: today.alarm.as_ref().map(|a| a.level),
        required: closed.required,
        spark: values(closed, today, from),
    };
    Ok(planned.map(one).collect())
}

fn first(today: Day) -> Day {
    today.checked_sub((SPARK - 1).days()).unwrap_or(today)
}
