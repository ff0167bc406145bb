//! How long decisions waited. Those that still wait count with their time so far: leaving them out would make
//! a queue look the better the longer nobody rules.

use super::model::{DecisionLine, Decisions};
use hypercare_core::decision::Decision;
use hypercare_core::{DecisionId, Span, Timestamp, WindowId};
use hypercare_store::queries::decisions;
use hypercare_store::{Query, StoreError};

const PAGE: i64 = 200;
/// Decisions of a window that are read at most.
const MOST: usize = 2_000;

/// Every decision of a window.
///
/// # Errors
/// When the database fails.
pub async fn decisions(q: &mut impl Query, window: WindowId, at: Timestamp) -> Result<Decisions, StoreError> {
    let mut all: Vec<Decision> = Vec::new();
    while all.len() < MOST {
        let before: Option<DecisionId> = all.last().map(|d| d.id);
        let page = decisions::page(q, Some(window), false, before, PAGE).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    Ok(summed(all, at))
}

fn summed(all: Vec<Decision>, at: Timestamp) -> Decisions {
    let line = |d: Decision| DecisionLine {
        waited: d.decided_at.unwrap_or(at) - d.asked_at,
        question: d.question,
        kind: d.kind,
        asked_by: d.asked_by,
        asked_at: d.asked_at,
        ruling: d.ruling,
        decided_by: d.decided_by,
        reason: d.reason,
    };
    let mut lines: Vec<DecisionLine> = all.into_iter().map(line).collect();
    lines.sort_by_key(|d| (std::cmp::Reverse(d.waited), d.asked_at));
    let open = lines.iter().filter(|d| d.ruling.is_none()).count();
    Decisions { decided: lines.len() - open, open, median: median(&lines), all: lines }
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
    use hypercare_core::{Actor, Aggregate, Stamp};

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
            let found = summed(waits.iter().map(one).collect(), Timestamp::from_secs(1_000));
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
