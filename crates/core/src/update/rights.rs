//! Who may approve.

use crate::plan::{Plan, Rights};

/// Whom the plan names for temporary messaging in each scenario that the entry is about; the decision owner on duty where it names nobody.
pub fn may_approve(plan: &Plan, topics: &[String], on_duty: Option<&str>) -> Rights {
    Rights::of(topics.iter().filter_map(|key| plan.scenario(key)).map(|s| s.may_approve.as_slice()), on_duty)
}
