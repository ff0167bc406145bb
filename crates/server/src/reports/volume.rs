//! What caused work: by scenario and by issue.

use super::model::{IssueLine, ScenarioLine, Volume};
use crate::signals::overview::Overview;
use hypercare_core::Timestamp;
use hypercare_core::signals::Signal;
use hypercare_core::window::Window;
use hypercare_store::queries::{issues, signals};
use hypercare_store::{Query, StoreError};
use std::collections::HashMap;

/// What is written for conversations that fit no scenario.
const NO_SCENARIO: &str = "Fits no scenario of the plan";

/// The window's volume since it went live.
///
/// # Errors
/// When the database fails.
pub async fn volume(q: &mut impl Query, w: &Window, o: &Overview) -> Result<Volume, StoreError> {
    let rows = signals::by_scenario(q, w.id, Timestamp(0), Timestamp(i64::MAX)).await?;
    let window: i64 = rows.iter().map(|r| r.n).sum();
    let scenarios = rows.iter().map(|r| ScenarioLine {
        name: match w.plan.scenario(&r.scenario) {
            Some(scenario) => scenario.name.clone(),
            None if r.scenario.is_empty() => NO_SCENARIO.into(),
            None => r.scenario.clone(),
        },
        key: r.scenario.clone(),
        conversations: r.n,
        customers: r.people,
        answered: r.answered,
        share: r.n as f64 / window.max(1) as f64,
    });
    Ok(Volume {
        desk: desk(o),
        window,
        answered: rows.iter().map(|r| r.answered).sum(),
        scenarios: scenarios.collect(),
        issues: by_issue(q, w).await?,
    })
}

/// The contacts of the days since go-live, added up: the same figures as in their chart.
fn desk(o: &Overview) -> i64 {
    let Some((closed, today)) = o.signal(Signal::Contacts) else { return 0 };
    let since = closed.days.iter().chain([today]).filter(|d| d.day >= o.closed.days.go_live);
    since.filter_map(|d| d.score.value).sum::<f64>().round() as i64
}

async fn by_issue(q: &mut impl Query, w: &Window) -> Result<Vec<IssueLine>, StoreError> {
    let reach: HashMap<i64, _> = issues::reach_of_window(q, w.id, None).await?.into_iter().map(|r| (r.issue_id, r)).collect();
    let line = |i: hypercare_core::issue::Issue| {
        let reached = reach.get(&i.id.0).map_or((0, 0), |r| (r.conversations, r.customers));
        IssueLine {
            id: i.id,
            title: i.title,
            state: i.state,
            severity: i.severity,
            conversations: reached.0,
            customers: reached.1,
            root_cause: i.root_cause,
            foreseen: i.scenario.as_deref().is_some_and(|key| w.plan.scenario(key).is_some()),
        }
    };
    let mut lines: Vec<IssueLine> = issues::of_window(q, w.id).await?.into_iter().map(line).collect();
    lines.sort_by(|a, b| (b.conversations, b.severity, &a.title).cmp(&(a.conversations, a.severity, &b.title)));
    Ok(lines)
}
