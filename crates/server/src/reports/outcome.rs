//! The outcome in three sentences: what happened, how much work it was, how it ended.

use super::model::Report;
use super::words::{When, plural, share};
use hypercare_core::objectives::ProgressState;

/// What happened, how much work it was, how it ended.
pub fn sentences(r: &Report) -> Vec<String> {
    vec![happened(r), work(r), ended(r)]
}

fn happened(r: &Report) -> String {
    let (h, when) = (&r.headline, When::in_zone(&r.headline.zone));
    let started = when.say(h.go_live_at);
    match (h.day, h.closed_at) {
        (0, None) => format!("“{}” is planned to go live on {started}.", h.name),
        (0, Some(closed)) => format!("“{}” was planned for {started} and cancelled on {}.", h.name, when.say(closed)),
        (day, Some(closed)) => {
            format!("“{}” went live on {started}; hypercare lasted {}, until {}.", h.name, plural(day, "day", "days"), when.say(closed))
        }
        (day, None) => format!("“{}” went live on {started}; hypercare is on day {day} and {}.", h.name, h.phase.word()),
    }
}

fn work(r: &Report) -> String {
    let v = &r.volume;
    if v.window == 0 {
        return format!("Customers began {} since go-live, none of them about the change.", plural(v.desk, "conversation", "conversations"));
    }
    let are = if v.window == 1 { "is" } else { "are" };
    let most = v
        .scenarios
        .first()
        .map(|s| format!("; the most frequent matter was “{}” ({})", s.name, share(s.conversations, v.window)))
        .unwrap_or_default();
    format!(
        "Customers began {} since go-live; {} {are} about the change, of which the assistant answered {} ({}) without a person{most}.",
        plural(v.desk, "conversation", "conversations"),
        v.window,
        v.answered,
        share(v.answered, v.window),
    )
}

fn ended(r: &Report) -> String {
    let met = r.objectives.iter().filter(|o| o.state == ProgressState::Met).count();
    let objectives = match r.objectives.len() {
        0 => "the plan had no objectives".to_owned(),
        n => format!("{met} of {n} {} met", if n == 1 { "objective is" } else { "objectives are" }),
    };
    let exit = &r.exit;
    match &exit.signed {
        Some(t) if t.accepted_gaps.is_empty() => {
            format!("{} signed the exit after {} in a row; {objectives}.", t.by, plural(exit.streak, "stable day", "stable days"))
        }
        Some(t) => format!("{} signed the exit with {} accepted; {objectives}.", t.by, plural(t.accepted_gaps.len() as i64, "gap", "gaps")),
        None => format!("{} So far {objectives}.", exit.sentence),
    }
}
