//! Triggers: when a figure crosses its threshold, and when it has been past it for long enough. Each fires once in a run.

use super::{Cutover, CutoverEvent};
use crate::plan::{RollbackTrigger, TriggerWhen};
use crate::signals::Signal;
use crate::{Refusal, Timestamp};
use CutoverEvent as E;

/// What a signal of the desk is at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Which.
    pub signal: Signal,
    /// Today's figure of the whole desk so far, in the signal's unit; none where there is nothing to measure yet.
    pub value: Option<f64>,
}

impl RollbackTrigger {
    /// Whether a figure is past the threshold. The threshold itself is not.
    pub fn is_past(&self, value: f64) -> bool {
        match self.when {
            TriggerWhen::Above => value > self.threshold,
            TriggerWhen::Below => value < self.threshold,
        }
    }
}

/// What follows from figures as they are now; of those that are sent in, the last ones hold.
pub(super) fn look(c: &Cutover, readings: &[Reading], now: Timestamp) -> Vec<E> {
    let figure = |trigger: &RollbackTrigger| match Signal::from_key(&trigger.signal) {
        Some(signal) => readings.iter().find(|r| r.signal == signal).map(|r| r.value),
        None => Some(c.last_sent(&trigger.signal).map(|sent| sent.value)),
    };
    // A signal that was not read says nothing, neither good nor bad.
    c.runbook.triggers.iter().enumerate().filter_map(|(i, t)| Some(judge(c, i, t, figure(t)?, now))).flatten().collect()
}

/// A figure was sent in.
pub(super) fn sent(c: &Cutover, figure: &str, value: f64, now: Timestamp) -> Result<Vec<E>, Refusal> {
    if c.runbook.figure(figure).is_none() {
        let known: Vec<String> = c.runbook.figures.iter().map(|f| format!("`{}`", f.key)).collect();
        let known = if known.is_empty() { "it names none".to_owned() } else { format!("it names {}", known.join(", ")) };
        return Err(Refusal::field("figure", format!("This runbook does not name the figure `{figure}`: {known}.")));
    }
    if !value.is_finite() {
        return Err(Refusal::field("value", "Send a number."));
    }
    if c.state.is_over() {
        return Err(Refusal::conflict("This run is over: nothing is watched any more."));
    }
    let came = E::FigureSent { figure: figure.to_owned(), value };
    let own = c.runbook.triggers.iter().enumerate().filter(|(_, t)| t.signal == figure);
    let follows = own.flat_map(|(i, t)| judge(c, i, t, Some(value), now));
    Ok([came].into_iter().chain(follows).collect())
}

fn judge(c: &Cutover, place: usize, trigger: &RollbackTrigger, figure: Option<f64>, now: Timestamp) -> Vec<E> {
    let Some(own) = c.triggers.get(place).filter(|_| c.watches(place)) else { return vec![] };
    let key = || trigger.key.clone();
    let Some(value) = figure.filter(|value| trigger.is_past(*value)) else {
        return own.since.map(|_| E::TriggerCalmed { trigger: key(), value: figure }).into_iter().collect();
    };
    let crossed = own.since.is_none().then(|| E::TriggerCrossed { trigger: key(), value });
    let since = own.since.unwrap_or(now);
    let lasting = trigger.lasting.map_or(crate::Span::ZERO, |l| l.0);
    let fires = own.fired_at.is_none() && since + lasting <= now;
    let fired = fires.then(|| E::TriggerFired { trigger: key(), value, past: c.passed.is_some() });
    crossed.into_iter().chain(fired).collect()
}
