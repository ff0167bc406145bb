//! Answers: as they were approved last, and without what was retired.

use super::{NextPlan, Note, Place};
use crate::plan::{ANSWERS_LIMIT, Plan, PlannedAnswer};

pub(super) fn take_over(next: &mut Plan, from: &NextPlan<'_>, notes: &mut Vec<Note>) {
    let retired = |key: &str| from.answers.iter().any(|a| a.key == key && a.retired);
    next.answers.retain(|a| !retired(&a.key));
    for kept in from.answers {
        let Some(text) = &kept.text else { continue };
        let answer = PlannedAnswer {
            key: kept.key.clone(),
            title: text.title.clone(),
            expected: text.expected.clone(),
            do_now: text.do_now.clone(),
            next_update: text.next_update.clone(),
            source: text.source.clone(),
            examples: text.examples.clone(),
        };
        match next.answers.iter().position(|a| a.key == kept.key) {
            Some(at) => next.answers[at] = answer,
            None if next.answers.len() < ANSWERS_LIMIT => next.answers.push(answer),
            None => {}
        }
    }
    for (i, answer) in next.answers.iter().enumerate() {
        let Some(kept) = from.answers.iter().find(|a| a.key == answer.key) else { continue };
        let text = match (kept.text.is_some(), kept.uses) {
            (true, 0) => "Approved in the last window and never said.".to_owned(),
            (true, 1) => "As approved last; said once. Write its next update anew.".to_owned(),
            (true, n) => format!("As approved last; said {n} times. Write its next update anew."),
            (false, _) => "Never approved in the last window: finish it, or remove it.".to_owned(),
        };
        notes.push(Note { place: Place::Answer(i), text });
    }
}
