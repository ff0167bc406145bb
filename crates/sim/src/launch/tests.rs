//! Tests of whole launches: against formulas, by what must hold, and by figures that must not change.

mod fits;
mod launches;
mod promises;
mod queues;

use super::assumptions::Assumptions;
use super::compare::{Comparison, Options, compare};
use super::measures::Measures;
use hypercare_core::plan::{self, Plan};

/// The plan of the demonstration.
fn demo() -> Plan {
    plan::check(include_str!("../../../../demo/plan.toml")).plan.unwrap()
}

/// A comparison of all measures on the demo's plan.
fn compared(assumptions: &Assumptions, options: Options) -> Comparison {
    compare(&demo(), assumptions, &options).unwrap()
}

fn options(replications: usize, days: usize) -> Options {
    Options { seed: 1, replications, days, measures: Measures::all(), threads: 1 }
}
