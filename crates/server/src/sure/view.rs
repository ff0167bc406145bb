//! `GET /windows/{id}/sure`: from when on the assistant answers, why, and what another rate would do.

use super::{Fitted, rate};
use crate::App;
use crate::http::{ApiResult, May, Params, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_core::conversation::outcome::Source;
use hypercare_core::plan::Plan;
use hypercare_core::window::Window;
use hypercare_language::calibration::{Refused, Threshold};
use hypercare_language::sure::Fit;
use hypercare_language::trial::ShareFrom;
use hypercare_store::queries::confirmed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is to be looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// With this accepted rate instead of the plan's, 0.001 to 0.2; nothing is changed.
    wrong_rate: Option<f64>,
}

/// How the assistant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SureState)]
pub enum Stands {
    /// It answers from the threshold on.
    Answers,
    /// It only suggests: too few outcomes.
    TooFew,
    /// It only suggests: even the surest matches were wrong too often.
    TooOftenWrong,
    /// It only suggests for the seconds in which the outcomes are judged.
    NotYetKnown,
    /// The plan fixes the confidence: it answers, and nothing is promised.
    Fixed,
    /// The plan switches it off.
    Off,
}

/// A threshold and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct ThresholdView {
    /// From this confidence on it answers, 0 to 1.
    pub confidence: f64,
    /// Share wrong among those that would have been answered.
    pub wrong: f64,
    /// Upper end of that share, with 95 % confidence.
    pub bound: f64,
    /// Share of all messages that would have been answered.
    pub answered: f64,
    /// The same among messages that have a right answer.
    pub answered_inside: f64,
}

impl From<Threshold> for ThresholdView {
    fn from(t: Threshold) -> Self {
        Self { confidence: t.confidence, wrong: t.wrong, bound: t.bound, answered: t.answered, answered_inside: t.answered_inside }
    }
}

/// What one accepted rate buys.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct RatePoint {
    /// Accepted share of wrong answers, 0 to 1.
    pub wrong_rate: f64,
    /// The threshold for it; null where it cannot be promised.
    pub threshold: Option<ThresholdView>,
    /// Outcomes that are missing for it; 0 where there are enough.
    pub more: usize,
}

/// Outcomes that rest on the same word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceCount {
    /// Whose word.
    pub source: Source,
    /// How many.
    pub outcomes: i64,
    /// Of these: no answer was right, or it is not known which.
    pub none_right: i64,
    /// Of these: the assistant had answered.
    pub said: i64,
    /// Of those that it had answered: wrongly.
    pub said_wrong: i64,
}

/// From when on the assistant answers.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Sure)]
pub struct SureView {
    /// Accepted share of wrong answers that was looked at, 0 to 1.
    pub wrong_rate: f64,
    /// The plan's.
    pub planned_wrong_rate: f64,
    /// The confidence that the plan fixes, 0 to 1; null where the outcomes set it.
    pub fixed_confidence: Option<f64>,
    /// How the assistant stands with that.
    pub state: Stands,
    /// The same in a sentence.
    pub why: String,
    /// What the outcomes allow; null where nothing can be promised.
    pub threshold: Option<ThresholdView>,
    /// Outcomes that were judged.
    pub judged: usize,
    /// Outcomes that the rate needs at least.
    pub needed: usize,
    /// Outcomes that are still missing.
    pub more: usize,
    /// Outcomes that say nothing now, because their answer may not be said any more.
    pub left_out: usize,
    /// Expected calibration error on the outcomes, 0 to 1; null without outcomes.
    pub calibration_error: Option<f64>,
    /// Share of messages without a right answer, 0 to 1.
    pub outside: f64,
    /// That share is assumed: the outcomes have too few of them.
    pub outside_assumed: bool,
    /// What other rates would buy, strictest first.
    pub trade_off: Vec<RatePoint>,
    /// Where the outcomes come from.
    pub sources: Vec<SourceCount>,
    /// Something changed a moment ago and is being judged: look again.
    pub pending: bool,
}

/// How the outcomes of a window stand.
///
/// # Errors
/// When the database fails.
pub async fn sure(app: &App, window: &Window, wrong_rate: f64) -> ApiResult<SureView> {
    let pending = app.sure.is_pending(app, window.id);
    let fitted = app.sure.of(app, window.id);
    let counts = confirmed::counts(&mut app.reader(), window.id).await?;
    let sources = counts.into_iter().filter_map(|c| {
        let source = Source::from_word(&c.source)?;
        Some(SourceCount { source, outcomes: c.outcomes, none_right: c.none_right, said: c.said, said_wrong: c.said_wrong })
    });
    let fitted = fitted.as_deref();
    let judged = fitted.map_or(0, |f| f.fit.outcomes());
    let found = fitted.map(|f| f.fit.threshold(wrong_rate));
    let needed = Fit::least(wrong_rate);
    Ok(SureView {
        wrong_rate,
        planned_wrong_rate: window.plan.assistant.wrong_rate,
        fixed_confidence: window.plan.assistant.confidence,
        state: stands(&window.plan, found.as_ref()),
        why: why(&window.plan, wrong_rate, found.as_ref()),
        threshold: found.and_then(Result::ok).map(ThresholdView::from),
        judged,
        needed,
        more: needed.saturating_sub(judged),
        left_out: fitted.map_or(0, |f| f.left_out),
        calibration_error: fitted.filter(|_| judged > 0).map(|f| f.fit.error),
        outside: fitted.map_or(0.0, |f| f.fit.outside.0),
        outside_assumed: fitted.is_none_or(|f| f.fit.outside.1 == ShareFrom::Assumed),
        trade_off: fitted.map(trade_off).unwrap_or_default(),
        sources: sources.collect(),
        pending,
    })
}

fn trade_off(fitted: &Fitted) -> Vec<RatePoint> {
    let one = |p: hypercare_language::calibration::Point| RatePoint {
        wrong_rate: p.wrong_rate,
        threshold: p.threshold.ok().map(ThresholdView::from),
        more: Fit::least(p.wrong_rate).saturating_sub(fitted.fit.outcomes()),
    };
    fitted.fit.trade_off().into_iter().map(one).collect()
}

fn stands(plan: &Plan, found: Option<&Result<Threshold, Refused>>) -> Stands {
    match (plan.assistant.answers, plan.assistant.confidence, found) {
        (false, _, _) => Stands::Off,
        (true, Some(_), _) => Stands::Fixed,
        (true, None, None) => Stands::NotYetKnown,
        (true, None, Some(Ok(_))) => Stands::Answers,
        (true, None, Some(Err(Refused::TooFew { .. }))) => Stands::TooFew,
        (true, None, Some(Err(Refused::TooOftenWrong { .. }))) => Stands::TooOftenWrong,
    }
}

fn why(plan: &Plan, wrong_rate: f64, found: Option<&Result<Threshold, Refused>>) -> String {
    let percent = |share: f64| {
        let text = format!("{:.1}", 100.0 * share);
        format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
    };
    match (stands(plan, found), found) {
        (Stands::Off, _) => "The plan does not let the assistant answer.".into(),
        (Stands::Fixed, _) => {
            let fixed = plan.assistant.confidence.unwrap_or_default();
            format!("It answers from a confidence of {} on, fixed by the plan. Nothing is promised about wrong answers.", percent(fixed))
        }
        (Stands::Answers, Some(Ok(t))) => format!(
            "It answers from a confidence of {} on. With 95 % certainty no more than {} of its answers are wrong.",
            percent(t.confidence),
            percent(wrong_rate)
        ),
        (_, Some(Err(Refused::TooFew { more }))) => {
            let (outcomes, are) = if *more == 1 { ("outcome", "is") } else { ("outcomes", "are") };
            format!("It only suggests: {more} more confirmed {outcomes} {are} needed to promise {}.", percent(wrong_rate))
        }
        (_, Some(Err(Refused::TooOftenWrong { least }))) => format!(
            "It only suggests: among the surest matches up to {} may be wrong, and {} is accepted. Add wordings to the answers that are mixed up, or accept more.",
            percent(*least),
            percent(wrong_rate)
        ),
        _ => "It only suggests until the confirmed outcomes are judged: that takes seconds.".into(),
    }
}

/// From when on the assistant answers, and what another accepted rate would do.
#[utoipa::path(get, path = "/windows/{id}/sure", tag = "answers", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = SureView), (status = "4XX", body = Problem)))]
pub(super) async fn get_sure(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(wanted): Params<Wanted>,
) -> ApiResult<Json<SureView>> {
    let window = crate::windows::load(&mut app.reader(), id).await?;
    let rate = wanted.wrong_rate.unwrap_or(window.plan.assistant.wrong_rate);
    rate::check(rate)?;
    sure(&app, &window, rate).await.map(Json)
}
