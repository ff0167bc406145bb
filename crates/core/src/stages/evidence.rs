//! What the exit shows of the stages, without waiting for them: closing ends the window's promises anyway.

use super::{Ladder, of};
use crate::exit::Criterion;
use crate::plan::Plan;

/// Whether all stages are back on normal promises; none where the plan gives nothing to return step by step.
pub fn evidence(ladder: &Ladder, plan: &Plan) -> Option<Criterion> {
    let all = of(plan);
    let left: Vec<String> = all.iter().filter(|s| !ladder.is_normal(&s.name)).map(|s| format!("“{}”", s.name)).collect();
    let evidence = match all.len() - left.len() {
        _ if left.is_empty() => "Every category has been tried on normal promises.".to_owned(),
        0 => "No stage has returned yet: normal promises would come for all categories at once, untried.".to_owned(),
        n => format!("{n} of {}; for {} normal promises would come with the exit, untried.", all.len(), left.join(", ")),
    };
    let what = "All stages are back on normal promises".to_owned();
    (!all.is_empty()).then(|| Criterion { key: "stages".into(), what, met: left.is_empty(), evidence, waits: false, pooled: None })
}
