//! What happened to a check-in, in words.

use super::sentence::short;
use hypercare_core::check_in::CheckInEvent;
use hypercare_core::check_in::answer::Face;
use hypercare_store::queries::events::Line;
use serde_json::Value;

/// None of what this version does not know.
pub(super) fn sentence(body: &Value, line: &Line) -> Option<String> {
    let who = &line.actor_name;
    match line.kind.as_str() {
        "check_in.answered" => {
            let face = body.get("face").and_then(Value::as_str).and_then(Face::from_word);
            let said = face.map_or_else(|| "in their own words".to_owned(), |face| format!("“{}”", face.name()));
            let became = if body.get("conversation").is_some_and(Value::is_string) { "; it became a conversation" } else { "" };
            return Some(format!("A customer answered a check-in: {said}{became}"));
        }
        "check_in.left" => return Some("A customer asked for no more check-ins".to_owned()),
        _ => {}
    }
    Some(match serde_json::from_value::<CheckInEvent>(body.clone()).ok()? {
        CheckInEvent::Drafted { content, .. } => format!("{who} drafted the check-in “{}”", short(&content.question)),
        CheckInEvent::Edited { unapproved: true, .. } => format!("{who} changed an approved check-in; it must be approved again"),
        CheckInEvent::Edited { content, .. } => format!("{who} changed the check-in “{}”", short(&content.question)),
        CheckInEvent::Discarded => format!("{who} discarded a check-in"),
        CheckInEvent::ApprovalAsked => format!("{who} asked for approval of a check-in"),
        CheckInEvent::Approved { .. } => format!("{who} approved the check-in"),
        CheckInEvent::Started => format!("{who} started the check-in: customers are asked"),
        CheckInEvent::Stopped => format!("{who} stopped the check-in: nobody more is asked"),
        CheckInEvent::Resumed => format!("{who} went on with the check-in"),
        CheckInEvent::Finished => "Everybody was asked in the check-in".to_owned(),
    })
}
