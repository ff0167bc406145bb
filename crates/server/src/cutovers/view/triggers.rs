//! Triggers with what they read.

use hypercare_core::cutover::{Cutover, Reading};
use hypercare_core::plan::{RollbackTrigger, RunbookSection, TriggerWhen};
use hypercare_core::signals::Signal;
use hypercare_core::{Span, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// Where a trigger stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CutoverTriggerState)]
#[serde(rename_all = "snake_case")]
pub enum TriggerState {
    /// Its step has not begun, or the run is over: nothing follows from its figure.
    NotWatched,
    /// There is no figure yet.
    NoFigure,
    /// Its figure is fine.
    Fine,
    /// Its figure is past the threshold, not yet for long enough.
    Crossed,
    /// It has fired: those who may roll back were told.
    Fired,
}

/// A trigger.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CutoverTrigger)]
pub struct TriggerView {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// Key of the signal, or of the runbook's figure.
    pub signal: String,
    /// Its name.
    pub signal_name: String,
    /// What exactly is read, in a sentence.
    pub reads: String,
    /// On which side of the threshold it is bad.
    pub when: TriggerWhen,
    /// The threshold, in the signal's unit.
    pub threshold: f64,
    /// The same as people say it.
    pub threshold_said: String,
    /// How long it has to be past it.
    pub lasting: Span,
    /// Title of the step from which on it is watched; none from the beginning.
    pub from: Option<String>,
    /// Where it stands.
    pub state: TriggerState,
    /// The figure now; none where there is none, or the run is over.
    pub reading: Option<f64>,
    /// The same as people say it.
    pub reading_said: Option<String>,
    /// When it was read, or sent in.
    pub reading_at: Option<Timestamp>,
    /// Since when it has been past the threshold.
    pub since: Option<Timestamp>,
    /// When it fires if it stays so.
    pub fires_at: Option<Timestamp>,
    /// When it fired.
    pub fired_at: Option<Timestamp>,
    /// The figure then, as people say it.
    pub fired_said: Option<String>,
}

/// The triggers of a runbook, or of a run of it.
pub fn of(runbook: &RunbookSection, c: Option<&Cutover>, readings: &[Reading], now: Timestamp) -> Vec<TriggerView> {
    runbook.triggers.iter().enumerate().map(|(place, trigger)| one(runbook, c, readings, now, place, trigger)).collect()
}

fn one(runbook: &RunbookSection, c: Option<&Cutover>, readings: &[Reading], now: Timestamp, place: usize, trigger: &RollbackTrigger) -> TriggerView {
    let signal = Signal::from_key(&trigger.signal);
    let figure = runbook.figure(&trigger.signal);
    let say = |value: f64| match (signal, figure) {
        (Some(signal), _) => signal.say(value),
        (None, figure) => format!("{} {}", plain(value), figure.map_or("", |f| f.unit.as_str())).trim().to_owned(),
    };
    let (reading, reading_at) = match signal {
        Some(signal) => readings.iter().find(|r| r.signal == signal).and_then(|r| r.value).map(|value| (value, now)).unzip(),
        None => c.filter(|c| !c.state.is_over()).and_then(|c| c.last_sent(&trigger.signal)).map(|sent| (sent.value, sent.at)).unzip(),
    };
    let own = c.and_then(|c| c.triggers.get(place));
    let watched = c.is_some_and(|c| c.watches(place));
    let since = own.and_then(|own| own.since).filter(|_| watched);
    let state = match own {
        Some(own) if own.fired_at.is_some() => TriggerState::Fired,
        _ if !watched => TriggerState::NotWatched,
        _ if since.is_some() => TriggerState::Crossed,
        _ if reading.is_none() => TriggerState::NoFigure,
        _ => TriggerState::Fine,
    };
    TriggerView {
        key: trigger.key.clone(),
        name: trigger.name.clone(),
        signal: trigger.signal.clone(),
        signal_name: signal.map(|s| s.name().to_owned()).or_else(|| figure.map(|f| f.name.clone())).unwrap_or_default(),
        reads: match signal {
            Some(Signal::Adoption) => "What the product sent in for today; nothing before it did.".to_owned(),
            Some(signal) => format!("Today's figure so far, of the whole desk, from midnight on. {}", signal.definition()),
            None => "The last figure that your monitoring sent in; it holds until the next one.".to_owned(),
        },
        when: trigger.when,
        threshold: trigger.threshold,
        threshold_said: say(trigger.threshold),
        lasting: trigger.lasting.map_or(Span::ZERO, |l| l.0),
        from: trigger.from.as_deref().and_then(|key| runbook.step(key)).map(|step| step.title.clone()),
        state,
        reading,
        reading_said: reading.map(say),
        reading_at,
        since,
        fires_at: c.and_then(|c| c.fires_at(place)),
        fired_at: own.and_then(|own| own.fired_at),
        fired_said: own.and_then(|own| own.fired_value).map(say),
    }
}

/// A number with at most two places behind the point.
fn plain(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
