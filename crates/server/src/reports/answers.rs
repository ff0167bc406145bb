//! Which answers did best: how often customers did not have to write again.

use super::model::AnswerLine;
use hypercare_core::answer::Answer;
use hypercare_core::rating::Share;
use hypercare_store::queries::answers::{Performance, VersionUse};
use std::collections::HashMap;

/// The answers that were used, best first: by the lower end of the 95 % interval of the share of uses without a
/// follow-up, so that one lucky use does not come before a hundred good ones.
pub fn lines(answers: &[Answer], performance: &[Performance]) -> Vec<AnswerLine> {
    let by_id: HashMap<i64, &VersionUse> = performance.iter().map(|p| (p.all.answer_id, &p.all)).collect();
    let line = |a: &Answer| {
        let p = by_id.get(&a.id.0).filter(|p| p.uses > 0)?;
        let text = a.live().or(a.versions.last())?;
        Some(AnswerLine {
            title: text.text.title.clone(),
            state: a.state,
            uses: p.uses,
            by_assistant: p.by_assistant,
            helpful: p.helpful,
            not_helpful: p.not_helpful,
            follow_ups: p.follow_ups,
        })
    };
    let mut lines: Vec<AnswerLine> = answers.iter().filter_map(line).collect();
    let at_least = |l: &AnswerLine| Share::of(l.uses - l.follow_ups, l.uses).interval().0;
    lines.sort_by(|a, b| at_least(b).total_cmp(&at_least(a)).then_with(|| a.title.cmp(&b.title)));
    lines
}
