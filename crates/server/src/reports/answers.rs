//! Which answers did best: how often customers did not have to write again, and what followed their approval.

use super::model::{AnswerLine, Interval};
use super::words::When;
use hypercare_core::Timestamp;
use hypercare_core::answer::Answer;
use hypercare_core::lessons::{After, Started, after_approval};
use hypercare_core::plan::Plan;
use hypercare_core::rating::Share;
use hypercare_store::queries::answers::{Performance, VersionUse};
use hypercare_store::queries::lessons::FirstReply;
use std::collections::HashMap;

/// The answers that were used, best first: by the lower end of the 95 % interval of the share of uses without a
/// follow-up, so that one lucky use does not come before a hundred good ones.
pub fn lines(plan: &Plan, answers: &[Answer], performance: &[Performance], replies: &[FirstReply]) -> Vec<AnswerLine> {
    let by_id: HashMap<i64, &VersionUse> = performance.iter().map(|p| (p.all.answer_id, &p.all)).collect();
    let when = When::in_zone(&plan.window.zone);
    let line = |a: &Answer| {
        let p = by_id.get(&a.id.0).filter(|p| p.uses > 0)?;
        let text = a.live().or(a.versions.last())?;
        let approved_at = a.versions.iter().filter_map(|v| v.approved_at).max();
        Some(AnswerLine {
            key: a.key.clone(),
            title: text.text.title.clone(),
            state: a.state,
            uses: p.uses,
            by_assistant: p.by_assistant,
            helpful: p.helpful,
            not_helpful: p.not_helpful,
            follow_ups: p.follow_ups,
            measured: p.measured,
            without: without(p),
            approved_at,
            association: approved_at.and_then(|at| association(plan, &a.key, at, replies, &when)),
        })
    };
    let mut lines: Vec<AnswerLine> = answers.iter().filter_map(line).collect();
    let at_least = |l: &AnswerLine| l.without.map_or(0.0, |i| i.low);
    lines.sort_by(|a, b| at_least(b).total_cmp(&at_least(a)).then_with(|| a.title.cmp(&b.title)));
    lines
}

/// Of what was said a day ago or earlier: the others' customers may still write.
fn without(p: &VersionUse) -> Option<Interval> {
    let share = Share::of(p.measured - p.again, p.measured);
    let (low, high) = share.interval();
    (share.whole > 0).then(|| Interval { share: share.share(), low, high })
}

/// The first replies in the scenarios that have this answer, before and after its approval.
fn association(plan: &Plan, key: &str, approved: Timestamp, replies: &[FirstReply], when: &When) -> Option<After> {
    let own: Vec<&str> = plan.scenarios.iter().filter(|s| s.answer.as_deref() == Some(key)).map(|s| s.key.as_str()).collect();
    if own.is_empty() {
        return None;
    }
    let started = |r: &FirstReply| Started { day: when.day(Timestamp(r.at)), after: r.at >= approved.0, again: r.again };
    let all: Vec<Started> = replies.iter().filter(|r| own.contains(&r.scenario.as_str())).map(started).collect();
    Some(after_approval(when.day(approved), &all))
}
