//! The readiness gate: what a plan still lacks before its change may go live.

mod content;
mod coverage;
mod runbook;
#[cfg(test)]
mod tests;

pub use runbook::not_run;

use crate::Span;
use crate::plan::Plan;
use crate::rota::LivingRota;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One thing that is missing, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gap {
    /// Stable short name: `answers.price-higher.approved`.
    pub key: String,
    /// What is missing, in a sentence.
    pub what: String,
    /// What to do.
    pub fix: String,
}

/// What the plan file alone cannot tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Keys of the plan's answers that are approved now.
    pub approved_answers: BTreeSet<String>,
    /// E-mail addresses of people who can sign in. Case does not matter.
    pub users: BTreeSet<String>,
    /// The rota as it stands, with what was edited since the plan was applied; none: as the plan says.
    pub rota: Option<LivingRota>,
}

impl Facts {
    fn knows(&self, email: &str) -> bool {
        let email = email.trim();
        self.users.iter().any(|u| u.eq_ignore_ascii_case(email))
    }
}

/// The word for whoever is decision owner at the moment.
const SHIFT_OWNER: &str = "shift-owner";

/// Everything the plan lacks before its change may go live, in the order of the plan file. Empty: ready.
pub fn gaps(plan: &Plan, facts: &Facts) -> Vec<Gap> {
    let mut gaps = Gaps::default();
    content::change(plan, facts, &mut gaps);
    content::scope(plan, &mut gaps);
    coverage::hours(plan, &mut gaps);
    content::objectives(plan, &mut gaps);
    content::scenarios(plan, facts, &mut gaps);
    content::escalations(plan, facts, &mut gaps);
    content::promises(plan, &mut gaps);
    coverage::shifts(plan, facts, &mut gaps);
    content::signals(plan, &mut gaps);
    runbook::people(plan, facts, &mut gaps);
    gaps.0
}

/// What is unusual about the plan, and the rota as it stands, but stands in nobody's way. Without a rota the plan's shifts are judged.
pub fn warnings(plan: &Plan, rota: Option<&LivingRota>) -> Vec<Gap> {
    let mut gaps = Gaps::default();
    let planned = plan.window.planned.map(|length| length.0);
    if let Some(planned) = planned.filter(|p| *p < Span::days(7)) {
        gaps.add(
            "window.planned.short",
            format!("{planned} are planned; most changes need one to four weeks, and five stable days alone take five."),
            "Plan at least 7 days, or be ready to stay longer: the numbers end a window, not the calendar.",
        );
    }
    if let Some(planned) = planned.filter(|p| *p > Span::days(28)) {
        gaps.add(
            "window.planned.long",
            format!("{planned} are planned; after four weeks people tire and hypercare hides what normal support lacks."),
            "Plan at most 28 days, and hand topics over to normal support as they settle.",
        );
    }
    coverage::rest(plan, rota, &mut gaps);
    gaps.0
}

/// Gaps being collected.
#[derive(Default)]
struct Gaps(Vec<Gap>);

impl Gaps {
    fn add(&mut self, key: impl Into<String>, what: impl Into<String>, fix: impl Into<String>) {
        self.0.push(Gap { key: key.into(), what: what.into(), fix: fix.into() });
    }
    /// Adds a gap if the text says nothing.
    fn blank(&mut self, text: &str, key: impl Into<String>, what: impl Into<String>, fix: impl Into<String>) {
        if text.trim().is_empty() {
            self.add(key, what, fix);
        }
    }
}
