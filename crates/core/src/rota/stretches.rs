//! The schedule over a span, as exact stretches in which nothing changes.

use super::{DutyRole, Layer, Period, Rota, Shift, Source, Version, open_hours};
use crate::{Span, Timestamp};

/// The longest span that is looked at in one go.
const SPAN_LIMIT: Span = Span::days(400);
/// Changes inside one span; beyond that the rest of the span is left out.
const CUTS_LIMIT: usize = 50_000;

/// People on duty without a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// When.
    pub when: Period,
    /// Everybody whom the schedule names, the one who counts first; empty in a gap.
    pub people: Vec<String>,
}

impl Rota {
    /// The span cut where somebody comes, goes or begins to count; neighbours with the same people are one. Without a hole:
    /// a gap is a stretch without people. Spans end after 400 days.
    pub fn stretches(&self, role: DutyRole, span: Period) -> Vec<Stretch> {
        let span = Period::new(span.from, span.to.min(span.from + SPAN_LIMIT));
        let mut cuts: Vec<Timestamp> = self.versions().iter().flat_map(|v| v.cuts(role, span)).collect();
        cuts.extend(self.versions().iter().map(|v| v.from));
        cuts.retain(|t| *t > span.from && *t < span.to);
        cuts.extend([span.from, span.to]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut found: Vec<Stretch> = Vec::new();
        for pair in cuts.windows(2).take(CUTS_LIMIT) {
            let people: Vec<String> = self.candidates(pair[0], role).into_iter().map(str::to_owned).collect();
            match found.last_mut() {
                Some(last) if last.people == people => last.when.to = pair[1],
                _ => found.push(Stretch { when: Period { from: pair[0], to: pair[1] }, people }),
            }
        }
        found
    }
}

impl Version {
    fn cuts(&self, role: DutyRole, span: Period) -> Vec<Timestamp> {
        let ends = |when: &Period| [when.from, when.to];
        let mut cuts: Vec<Timestamp> = self.overrides.iter().filter(|o| o.role == role).flat_map(|o| ends(&o.when)).collect();
        for temporary in &self.temporary {
            cuts.extend(ends(&temporary.when));
            cuts.extend(shift_ends(&temporary.shifts, role));
        }
        self.layers.iter().for_each(|layer| cuts.extend(layer.cuts(role, span)));
        cuts
    }
}

impl Layer {
    fn cuts(&self, role: DutyRole, span: Period) -> Vec<Timestamp> {
        let mut cuts = match &self.source {
            Source::Rotation(rotation) => rotation.handoffs(span, CUTS_LIMIT),
            Source::Shifts(shifts) => shift_ends(shifts, role),
        };
        if let Some(hours) = &self.only {
            cuts.extend(open_hours(hours, span).into_iter().flat_map(|p| [p.from, p.to]));
        }
        cuts
    }
}

fn shift_ends(shifts: &[Shift], role: DutyRole) -> Vec<Timestamp> {
    shifts.iter().filter(|s| s.role == role).flat_map(|s| [s.when.from, s.when.to]).collect()
}
