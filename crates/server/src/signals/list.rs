//! `GET /windows/{id}/signals`: every signal by day, with what it is compared with.

use super::overview::{ClosedSeries, DayScore, Overview, overview};
use super::promises::BurnNow;
use crate::App;
use crate::http::{ApiResult, May, Page, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_core::exit::Pooled;
use hypercare_core::signals::alarm::{Alarm, AlarmLevel};
use hypercare_core::signals::{self, BASELINE_DAYS_FULL, BASELINE_DAYS_MIN, Basis, Better, Day, Score, Together, trend};
use hypercare_core::window::Window;
use hypercare_store::load;
use serde::Serialize;
use utoipa::ToSchema;

/// Days whose trend is looked at.
const TREND_DAYS: usize = 7;
/// Days that are taken together.
const TOGETHER_DAYS: usize = 5;

/// One signal of a window.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Signal)]
pub struct SignalView {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Unit of the values: `conversations`, `s`, `share` (0 to 1) or `points` (1 to 5) or `percent` (0 to 100).
    pub unit: String,
    /// What exactly is measured.
    pub definition: String,
    /// Which way is good.
    pub better: Better,
    /// The plan names it.
    pub planned: bool,
    /// Exit waits for it.
    pub required: bool,
    /// The plan's absolute target, which stands in where there is too little history.
    pub target: Option<f64>,
    /// The time before the change.
    pub baseline: BaselineView,
    /// Closed days from the beginning of the baseline on, oldest first.
    pub days: Vec<SignalDay>,
    /// The day that is not over; where the window is closed, its last.
    pub today: SignalDay,
    /// The alarm that is open.
    pub alarm: Option<Alarm>,
    /// Promises that break too fast at this moment, or will if those at risk break too; only of the signal about promises.
    pub burn: Option<BurnNow>,
    /// The last five closed days taken together, with the 90 % interval of their ratio.
    pub together: Option<Pooled>,
    /// Whether the last seven days decline consistently; null where there are too few to tell.
    pub declining: Option<bool>,
}

/// The time before the change.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BaselineView {
    /// Its first day with data; its first possible one while there is none.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// Days with data.
    pub days: usize,
    /// The first day of the level it has settled at, which stands in where there is too little time before the change.
    #[schema(value_type = Option<String>, format = Date)]
    pub settled_from: Option<Day>,
    /// The last day of it.
    #[schema(value_type = Option<String>, format = Date)]
    pub settled_to: Option<Day>,
    /// What was usual: the mean of counts, the pooled share, the median of daily times and levels.
    pub level: Option<f64>,
    /// What that means for the verdicts.
    pub note: String,
}

/// One day of a signal.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SignalDay {
    /// Which day, in the programme's zone.
    #[schema(value_type = String, format = Date)]
    pub date: Day,
    /// The day's value; null if nothing was measured.
    pub value: Option<f64>,
    /// What such a day had before the change, or the target.
    pub expected: Option<f64>,
    /// Value divided by expected.
    pub ratio: Option<f64>,
    /// The days that are judged as one, where single days have too little.
    pub together: Option<Together>,
    /// Distance from normal in standard deviations; positive is bad.
    pub z: Option<f64>,
    /// The verdict; `unknown` before the change. Of today: how it looks so far.
    pub state: signals::State,
    /// What the verdict stands on.
    pub basis: Basis,
    /// Whether the day is over.
    pub complete: bool,
    /// Lower end of what is usual on such a day; null where a rule without noise model decides.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// The level of the alarm that was open at the day's end.
    pub alarm: Option<AlarmLevel>,
    /// Contacts by a hundred active users, where usage was sent in; null for other signals.
    pub per_hundred_users: Option<f64>,
    /// Observations behind the value.
    pub n: u64,
    /// How many conversations the list behind the figure had when it was measured; null where there is none.
    pub listed: Option<u64>,
    /// Why, in a sentence.
    pub why: String,
}

impl From<&DayScore> for SignalDay {
    fn from(d: &DayScore) -> Self {
        let s = &d.score;
        let (low, high) = band(s);
        Self {
            date: d.day,
            value: s.value,
            expected: s.expected,
            ratio: s.ratio,
            together: s.together,
            z: s.z,
            state: s.state,
            basis: s.basis,
            complete: s.complete,
            low,
            high,
            alarm: d.alarm.as_ref().map(|a| a.level),
            per_hundred_users: None,
            n: s.weight.max(0.0) as u64,
            listed: d.listed,
            why: s.why.clone(),
        }
    }
}

/// What is usual on such a day: 2.5 standard deviations around what is expected, never under none.
fn band(s: &Score) -> (Option<f64>, Option<f64>) {
    let Some((expected, spread)) = s.expected.zip(s.spread) else { return (None, None) };
    let room = signals::NORMAL_Z * spread;
    // Times scatter evenly on a logarithmic scale; where a day differs that much, so do counts and shares.
    (Some(expected * (-room).exp()), Some(expected * if room < 1.0 { 1.0 + room } else { room.exp() }))
}

impl SignalView {
    pub(crate) fn of(o: &Overview, closed: &ClosedSeries, today: &DayScore) -> Self {
        let signal = closed.series.signal;
        let rate = |d: &DayScore| {
            let users = o.closed.usage.get(&d.day).filter(|users| signal == signals::Signal::Contacts && **users > 0.0)?;
            Some(d.score.value? / users * 100.0)
        };
        let day = |d: &DayScore| SignalDay { per_hundred_users: rate(d), ..SignalDay::from(d) };
        let since: Vec<&Score> = closed.days.iter().filter(|d| d.day >= o.closed.days.go_live && d.score.complete).map(|d| &d.score).collect();
        let last = |n: usize| since.iter().rev().take(n).rev().copied().collect::<Vec<_>>();
        let ratios: Vec<f64> = last(TREND_DAYS).iter().filter_map(|s| s.ratio).collect();
        Self {
            alarm: today.alarm.clone(),
            burn: o.burn.clone().filter(|_| signal == signals::Signal::SlaAttainment),
            together: Pooled::of(signal, &last(TOGETHER_DAYS), o.margin),
            declining: trend::declining(&ratios),
            key: signal.key().into(),
            name: signal.name().into(),
            unit: signal.unit().into(),
            definition: signal.definition().into(),
            better: signal.better(),
            planned: closed.planned,
            required: closed.required,
            target: closed.target,
            baseline: baseline(o, closed),
            days: closed.days.iter().map(day).collect(),
            today: day(today),
        }
    }
}

fn baseline(o: &Overview, closed: &ClosedSeries) -> BaselineView {
    let days = &o.closed.days;
    let known: Vec<Day> = closed.baseline.iter().filter(|(_, s)| s.complete && s.value().is_some()).map(|(d, _)| *d).collect();
    let note = match (known.len(), closed.target) {
        (n, _) if closed.series.signal == signals::Signal::CriticalOpen => {
            format!("{n} days before the change. None may be open, whatever was usual.")
        }
        (n, _) if n >= BASELINE_DAYS_FULL => format!("{n} days before the change; each day is compared with its weekday."),
        (n, _) if n >= BASELINE_DAYS_MIN => {
            format!("{n} days before the change, a short baseline (a full one has {BASELINE_DAYS_FULL}); each day is compared with its weekday.")
        }
        (n, Some(_)) => format!("{n} days before the change are too few (at least {BASELINE_DAYS_MIN}), so the plan's target stands in."),
        (n, None) if !closed.settled.is_empty() => {
            format!("{n} days before the change are too few (at least {BASELINE_DAYS_MIN}), so the level it has settled at since stands in.")
        }
        (n, None) => {
            format!(
                "{n} days before the change are too few (at least {BASELINE_DAYS_MIN}), the plan has no target, and it has not settled yet: days cannot be judged."
            )
        }
    };
    BaselineView {
        from: known.first().copied().unwrap_or(days.baseline_from),
        to: days.go_live.yesterday().unwrap_or(days.go_live),
        days: known.len(),
        settled_from: closed.settled.first().map(|(day, _)| *day),
        settled_to: closed.settled.last().map(|(day, _)| *day),
        level: signals::usual(closed.series.signal, &closed.baseline),
        note,
    }
}

/// Every signal of the desk: the plan's in its order, then the others.
pub(crate) fn views(o: &Overview) -> Vec<SignalView> {
    o.series().filter(|(closed, _)| closed.series.category.is_none()).map(|(closed, today)| SignalView::of(o, closed, today)).collect()
}

/// Every signal by day
///
/// The plan's signals come first. The conversations behind a day: `GET /conversations` with `signal`, `since`
/// and `until`, without `window`, because signals measure the whole desk.
#[utoipa::path(get, path = "/windows/{id}/signals", operation_id = "list_signals", tag = "signals", params(("id" = WindowId, Path)),
    responses((status = 200, body = Page<SignalView>), (status = "4XX", body = Problem)))]
pub(super) async fn route(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<Page<SignalView>>> {
    let window = load::<Window>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("window"))?;
    let o = overview(&app, &window).await?;
    Ok(Json(Page::whole(views(&o))))
}
