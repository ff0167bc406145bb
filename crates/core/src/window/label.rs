//! Labelled messages: what the lead says is the right answer, before customers are answered or after.

use super::{Phase, Window, WindowEvent};
use crate::{AnswerId, OutcomeId, Refusal, Stamp};
use serde::{Deserialize, Serialize};

/// Most labels that are told at once.
pub const LABELS_LIMIT: usize = 1_000;
/// Longest labelled message, in characters: longer ones say too many things to have one answer.
pub const LABEL_TEXT_LIMIT: usize = 2_000;

/// A message and its right answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The message.
    pub text: String,
    /// The right answer; none where no answer is right.
    pub answer: Option<AnswerId>,
}

/// Checks labels. Whether the answers exist is checked where they are kept.
pub(super) fn decide(w: &Window, labels: Vec<Label>) -> Result<Vec<WindowEvent>, Refusal> {
    open(w)?;
    if labels.is_empty() || labels.len() > LABELS_LIMIT {
        return Err(Refusal::field("labels", format!("Tell 1 to {LABELS_LIMIT} labels at once; these are {}.", labels.len())));
    }
    for (number, label) in labels.iter().enumerate() {
        let length = label.text.chars().count();
        if !label.text.chars().any(char::is_alphanumeric) {
            return Err(Refusal::field(format!("labels[{number}].text"), "A labelled message has at least one word."));
        }
        if length > LABEL_TEXT_LIMIT {
            let field = format!("labels[{number}].text");
            return Err(Refusal::field(field, format!("A labelled message has at most {LABEL_TEXT_LIMIT} characters; this one has {length}.")));
        }
    }
    Ok(vec![WindowEvent::Labelled { labels }])
}

/// Takes a label back.
pub(super) fn unlabel(w: &Window, outcome: OutcomeId, text: String, stamp: &Stamp) -> Result<Vec<WindowEvent>, Refusal> {
    open(w)?;
    stamp.require_reason("say what is mistaken about it; whoever looks at the threshold later wants to know.")?;
    Ok(vec![WindowEvent::Unlabelled { outcome, text }])
}

fn open(w: &Window) -> Result<(), Refusal> {
    match w.phase {
        Phase::Closed => Err(Refusal::conflict("This window is closed: nobody is answered by its outcomes any more.")),
        _ => Ok(()),
    }
}
