//! One value, judged: how many, how many are usual, and how rare so many would be.

use super::desk::{DeskDay, Frame, Past, SPANS, Span};
use super::limits;
use super::noise::Noise;
use super::series::Series;
use std::collections::VecDeque;

/// Fewer than so many above the usual are no happening a lead would act on, however rare they are.
const EXCESS_MIN: f64 = 5.0;
/// What a value without a past is taken to have had: half an occurrence (Jeffreys).
const HALF: f64 = 0.5;
/// From this share of the desk on, the rest of it says little; the whole is the measure.
const LARGE_SHARE: f64 = 0.5;
/// How the budget is split over the spans: most for the jump on one day.
pub(super) const SPAN_SHARES: [f64; SPANS.len()] = [0.5, 0.25, 0.15];

/// What is usual for a value on the days of a span, and how sure that is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    /// Expected occurrences, given how busy the desk was.
    pub mean: f64,
    /// The smaller of the two readings of the past: what a fall is measured against.
    pub low: f64,
    /// Spread of what will be seen: the value's own, and that of not knowing its mean.
    pub alpha: f64,
    /// Usual occurrences on one day, averaged over the past.
    pub a_day: f64,
}

/// A value that is above what chance allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alarm {
    /// Which series.
    pub series: u32,
    /// The days judged.
    pub span: Span,
    /// Occurrences on them.
    pub count: u64,
    /// What is usual.
    pub usual: Usual,
    /// Chance of so many.
    pub chance: f64,
    /// The chance it was allowed.
    pub allowed: f64,
}

impl Usual {
    /// Of a value in a span, of whose occurrences at the desk `count` are its own; none if its past is too short.
    pub fn of(series: &Series, span: &Span, frame: &Frame, count: u64, noise: &Noise) -> Option<Self> {
        let past = Past::of(series, span, frame);
        if !past.is_enough() {
            return None;
        }

        let days = past.length().max(1.0);
        let share = (past.sum + HALF) / (past.desk + 1.0);
        // Its own rise lifts the desk: measured against the rest, it does not raise its own bar.
        let rest = (span.desk - count as f64).max(0.0);
        let by_share = if share < LARGE_SHARE { share / (1.0 - share) * rest } else { share * span.desk };
        // What does not follow the desk (a machine that also works at weekends) has a level of its own.
        let by_own: f64 =
            (0..2).map(|kind| span.judged[kind] * if past.days[kind] >= 2.0 { past.by_kind[kind] / past.days[kind] } else { past.sum / days }).sum();
        let by_weekday: f64 = (span.from..=frame.today).map(|day| past.on_weekday(day)).sum();
        let spread = noise.of(series.dimension, &past);
        // Days in a row are alike: their mean varies more than independent days would, hence the root.
        let alpha = spread / f64::from(span.days).sqrt() + spread / days + 1.0 / (past.sum + HALF);
        Some(Self { mean: by_share.max(by_own).max(by_weekday), low: by_share.min(by_own), alpha, a_day: past.sum / days })
    }

    /// Of the whole desk on the last day of a span, against the same weekdays and days as busy as it.
    pub fn of_desk(days: &VecDeque<DeskDay>, span: &Span, frame: &Frame) -> Self {
        let past = || days.iter().filter(|d| (span.past_from..=span.past_to).contains(&d.day));
        let mean = |values: Vec<f64>| if values.is_empty() { None } else { Some(values.iter().sum::<f64>() / values.len() as f64) };
        let alike: Vec<f64> = past().filter(|d| frame.is_quiet(d.day) == frame.quiet).map(|d| f64::from(d.usual)).collect();
        let weekday: Vec<f64> =
            past().filter(|d| (frame.today - d.day) % 7 == 0 && frame.is_quiet(d.day) == frame.quiet).map(|d| f64::from(d.usual)).collect();
        let count = (alike.len() as f64).max(1.0);
        let level = mean(alike.clone()).unwrap_or_else(|| past().map(|d| f64::from(d.usual)).sum::<f64>() / (past().count() as f64).max(1.0));
        let variance = alike.iter().map(|x| (x - level).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
        // By moments, drawn towards a quarter of the mean as deviation while there are few such days.
        let own = ((variance - level) / (level * level).max(1.0)).max(0.0);
        let spread = (count * own + 4.0 * 0.0625) / (count + 4.0);
        let expected = mean(weekday).map_or(level, |w| w.max(level));
        Self { mean: expected, low: expected, alpha: (spread * (1.0 + 1.0 / count)).max(0.005), a_day: level }
    }

    /// Chance of so many or more.
    pub fn chance(&self, count: u64) -> f64 {
        limits::at_least(count, self.mean, self.alpha)
    }

    /// The count that is still usual: two and a half standard deviations above the mean.
    pub fn limit(&self) -> u32 {
        let limit = self.mean + 2.5 * (self.mean + self.alpha * self.mean * self.mean).sqrt();
        // Rounded up; the cast saturates.
        limit.ceil() as u32
    }
}

/// A value's part of the budget: what is seen daily gets a full part, what is rare hardly any, because it could not
/// reach a finding anyway. It depends on the past alone, so the parts of all add up to the whole.
pub(super) fn part(a_day: f64) -> f64 {
    (a_day + 0.01) / (a_day + 1.0)
}

/// The excess below which a span is no happening: chance adds up like the root of the days.
pub(super) fn excess_min(days: i32) -> f64 {
    EXCESS_MIN * f64::from(days).sqrt()
}

/// The value's most surprising span, if one is beyond what it is allowed.
pub(super) fn judge(id: u32, series: &Series, frame: &Frame, noise: &Noise, per_part: f64) -> Option<Alarm> {
    let mut found: Option<Alarm> = None;
    for span in &frame.spans {
        if span.from < series.judged_from {
            continue;
        }
        let count = series.count(span.from, frame.today, frame.today);
        let least = excess_min(span.days);
        if (count as f64) < least {
            continue;
        }
        let Some(usual) = Usual::of(series, span, frame, count, noise) else { continue };
        if count as f64 - usual.mean < least {
            continue;
        }
        let budget = SPANS.iter().position(|s| *s == span.days).map_or(0.0, |i| SPAN_SHARES[i]);
        let allowed = per_part * part(usual.a_day) * budget;
        let chance = usual.chance(count);
        if chance <= allowed && found.is_none_or(|f| chance / allowed < f.chance / f.allowed) {
            found = Some(Alarm { series: id, span: *span, count, usual, chance, allowed });
        }
    }
    found
}
