//! The sections between outcome and charts, in the order in which they are read.

use super::model::Report;
use super::tables::{self, Table};
use super::told;
use super::words::{When, plural, span, title};
use crate::signals::list::SignalView;
use hypercare_core::signals::Signal;

/// One section.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What is said before the tables.
    pub text: Option<String>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// All, in order.
pub fn all(r: &Report) -> Vec<Section> {
    let v = &r.volume;
    let volume = format!(
        "{} about the change, {} on the whole desk since go-live.",
        plural(v.window, "conversation", "conversations"),
        plural(v.desk, "conversation", "conversations")
    );
    let d = &r.decisions;
    let decisions = d.median.map(|median| {
        format!(
            "{} taken, {} still open. Median wait {}; decisions that are still open count with their time so far.",
            plural(d.decided as i64, "decision", "decisions"),
            d.open,
            span(median)
        )
    });
    let answers = "Best first, by the lower end of the 95 % interval of the share of uses without a follow-up within a day. \
                   This is association: who got which answer was not drawn by lot.";
    let updates = "Contacts on the topic of each update in whole days before and after it, against what such days usually have. This is association: \
                   updates are written when contacts peak, so some of a fall would have come anyway.";
    let asked = "Answers of those who answered: who did not may think otherwise.";
    let section = |title, text, tables| Section { title, text, tables };
    vec![
        section("Phases", None, vec![tables::phases(r)]),
        section("Objectives", None, vec![tables::objectives(r)]),
        section("What caused work", Some(volume), vec![tables::scenarios(r), tables::issues(r)]),
        section("Where decisions stalled", decisions, vec![tables::decisions(r)]),
        section("Which answers did best", (!r.answers.is_empty()).then(|| answers.to_owned()), vec![tables::answers(r)]),
        section("What updates went with", (!r.updates.is_empty()).then(|| updates.to_owned()), vec![told::effects_table(r)]),
        section("How customers said it goes", (!r.check_ins.is_empty()).then(|| asked.to_owned()), vec![told::check_ins_table(r)]),
        section("Promises about time", Some("Of all conversations begun since the day of go-live.".into()), vec![tables::promises(r)]),
    ]
}

/// Kind, dates and owners in a line.
pub fn byline(r: &Report, when: &When) -> String {
    let h = &r.headline;
    let mut parts = vec![title(h.change_kind.word()), format!("go-live {}", when.say(h.go_live_at))];
    parts.push(match h.closed_at {
        Some(at) => format!("closed {}", when.say(at)),
        None => format!("{}, figures up to {}", h.phase.word(), when.say(h.until)),
    });
    parts.extend(h.planned.as_ref().map(|p| format!("planned for {p}")));
    parts.push(format!("times in {}", h.zone));
    if !h.owners.is_empty() {
        parts.push(format!("owners {}", h.owners.join(", ")));
    }
    parts.join(" · ")
}

/// How the window ended, or what is missing.
pub fn exit(r: &Report, when: &When) -> String {
    let Some(t) = &r.exit.signed else { return r.exit.sentence.clone() };
    let why = t.reason.as_ref().map(|reason| format!(" Reason: {reason}")).unwrap_or_default();
    let gaps = if t.accepted_gaps.is_empty() { String::new() } else { format!(" Accepted: {}", t.accepted_gaps.join("; ")) };
    format!("{} Signed by {} on {}.{why}{gaps}", r.exit.sentence, t.by, when.say(t.at))
}

/// What was usual of a signal before the change.
pub fn usual(view: &SignalView) -> String {
    view.baseline.level.zip(Signal::from_key(&view.key)).map_or_else(|| "not known".into(), |(level, signal)| signal.say(level))
}
