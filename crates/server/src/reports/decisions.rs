//! How long decisions waited. Those that still wait count with their time so far: leaving them out would make
//! a queue look the better the longer nobody rules.

use super::model::{DecisionLine, Decisions};
use hypercare_core::decision::Decision;
use hypercare_core::lessons::{Wait, waits};
use hypercare_core::window::Window;
use hypercare_core::{DecisionId, Span, Timestamp};
use hypercare_store::queries::decisions;
use hypercare_store::{Query, StoreError};

const PAGE: i64 = 200;
/// Decisions of a window that are read at most.
const MOST: usize = 2_000;

/// Every decision of a window.
///
/// # Errors
/// When the database fails.
pub async fn decisions(q: &mut impl Query, w: &Window, at: Timestamp) -> Result<Decisions, StoreError> {
    let mut all: Vec<Decision> = Vec::new();
    while all.len() < MOST {
        let before: Option<DecisionId> = all.last().map(|d| d.id);
        let page = decisions::page(q, Some(w.id), false, before, PAGE).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    Ok(summed(all, at, |key| w.plan.scenario(key).map(|s| s.name.clone())))
}

/// The group of decisions that are about no scenario.
const NO_SCENARIO: &str = "About no scenario";
/// The group of decisions that nobody ruled.
const STILL_OPEN: &str = "Still open";

fn summed(all: Vec<Decision>, at: Timestamp, scenario: impl Fn(&str) -> Option<String>) -> Decisions {
    let line = |d: Decision| DecisionLine {
        waited: d.decided_at.unwrap_or(at) - d.asked_at,
        question: d.question,
        kind: d.kind,
        scenario: d.scenario,
        due_at: d.due_at,
        asked_by: d.asked_by,
        asked_at: d.asked_at,
        ruling: d.ruling,
        decided_by: d.decided_by,
        reason: d.reason,
    };
    let mut lines: Vec<DecisionLine> = all.into_iter().map(line).collect();
    lines.sort_by_key(|d| (std::cmp::Reverse(d.waited), d.asked_at));
    let open = lines.iter().filter(|d| d.ruling.is_none()).count();
    let groups = |of: &dyn Fn(&DecisionLine) -> String| {
        let wait = |d: &DecisionLine| Wait { group: of(d), waited: d.waited, within: d.due_at.map(|due| due - d.asked_at), open: d.ruling.is_none() };
        waits(&lines.iter().map(wait).collect::<Vec<_>>())
    };
    Decisions {
        decided: lines.len() - open,
        open,
        median: median(&lines),
        longest: lines.first().map(|d| d.waited),
        by_kind: groups(&|d| super::words::title(d.kind.word())),
        by_owner: groups(&|d| d.decided_by.clone().unwrap_or_else(|| STILL_OPEN.into())),
        by_scenario: groups(&|d| d.scenario.as_deref().map_or_else(|| NO_SCENARIO.into(), |key| scenario(key).unwrap_or_else(|| key.to_owned()))),
        all: lines,
    }
}

/// Of lines in order; of an even number, the mean of the two in the middle.
fn median(lines: &[DecisionLine]) -> Option<Span> {
    let (low, high) = (lines.get(lines.len().checked_sub(1)? / 2)?, lines.get(lines.len() / 2)?);
    Some(Span(low.waited.0.midpoint(high.waited.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::decision::{DecisionCommand, DecisionKind, Ruling};
    use hypercare_core::{Actor, Aggregate, Stamp, WindowId};

    #[test]
    fn those_who_wait_count_with_their_time_so_far() {
        #[track_caller]
        fn check(waits: &[(i64, Option<i64>)], open: usize, median: Option<i64>) {
            let one = |(asked, decided): &(i64, Option<i64>)| {
                let (id, window, kind) = (DecisionId(*asked), WindowId(1), DecisionKind::Other);
                let ask = DecisionCommand::Ask {
                    id,
                    window,
                    kind,
                    question: "May we?".into(),
                    scenario: None,
                    issue: None,
                    conversation: None,
                    may: vec![],
                    within: hypercare_core::decision::WITHIN,
                };
                let stamp = |at| Stamp::new(Actor::system(), Timestamp::from_secs(at)).because("So it is.");
                let run = |state: Option<Decision>, command, stamp: &Stamp| {
                    let events = Decision::decide(state.as_ref(), command, stamp, &()).unwrap();
                    Decision::fold(state, &events, stamp)
                };
                let asked = run(None, ask, &stamp(*asked));
                let ruled = |at: &i64| run(asked.clone(), DecisionCommand::Decide { ruling: Ruling::Yes, until: None }, &stamp(*at));
                decided.as_ref().map_or(asked.clone(), ruled).unwrap()
            };
            let found = summed(waits.iter().map(one).collect(), Timestamp::from_secs(1_000), |_| None);
            let of_kind: (usize, usize) = found.by_kind.iter().fold((0, 0), |sum, g| (sum.0 + g.asked, sum.1 + g.open));
            assert_eq!(of_kind, (waits.len(), open), "open ones are counted in their groups");
            assert_eq!(found.longest, found.by_owner.iter().map(|g| g.longest).max());
            assert_eq!((found.open, found.decided), (open, waits.len() - open));
            assert_eq!(found.median, median.map(Span::secs));
            assert!(found.all.is_sorted_by(|a, b| a.waited >= b.waited));
        }
        check(&[], 0, None);
        check(&[(0, Some(60))], 0, Some(60));
        check(&[(0, Some(60)), (100, Some(120))], 0, Some(40));
        check(&[(0, Some(60)), (100, Some(120)), (100, None)], 1, Some(60));
    }
}
