//! Who may approve.

use crate::plan::{Plan, Rights};
use crate::topic::Topic;

/// Whom the plan names for temporary messaging in each scenario that it is about; the decision owner on duty where it names nobody.
pub fn may_approve(plan: &Plan, topics: &[String], on_duty: Option<&str>) -> Rights {
    let topics: Vec<Topic> = topics.iter().filter_map(|word| Topic::parse(word).ok()).collect();
    Rights::of(topics.iter().flat_map(|topic| topic.scenarios(plan)).map(|s| s.may_approve.as_slice()), on_duty)
}
