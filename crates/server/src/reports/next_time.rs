//! What to change next time: derived from the record, never written from nothing.

use super::model::Report;
use super::words::{plural, share, span};
use hypercare_core::answer::Answer;
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Span, Timestamp};

/// Lessons of one sort at most: a list that nobody finishes changes nothing.
const OF_A_SORT: usize = 3;
/// Decisions that waited longer are worth a lesson.
const LONG_WAIT: Span = Span::hours(1);

/// What to change next time, most telling first.
pub fn lessons(w: &Window, answers: &[Answer], r: &Report) -> Vec<String> {
    let mut all = gaps(w);
    all.extend(unanswered(w, answers, r.headline.go_live_at));
    all.extend(handed_over(r));
    all.extend(unforeseen(r));
    all.extend(stalled(r));
    all.extend(broken(r));
    all
}

/// What was missing at go-live and accepted.
fn gaps(w: &Window) -> Vec<String> {
    let live = w.transitions.iter().find(|t| t.to == Phase::Active);
    let gaps = live.into_iter().flat_map(|t| &t.accepted_gaps);
    gaps.take(OF_A_SORT).map(|gap| format!("Close this before going live; it was accepted open: {gap}")).collect()
}

/// Scenarios that nobody could answer when the change went live.
fn unanswered(w: &Window, answers: &[Answer], go_live: Timestamp) -> Vec<String> {
    let ready = |key: &str| answers.iter().any(|a| a.key == key && a.versions.iter().any(|v| v.approved_at.is_some_and(|at| at <= go_live)));
    let missing = w.plan.scenarios.iter().filter(|s| !s.answer.as_deref().is_some_and(ready));
    missing.map(|s| format!("Have an approved answer for “{}” before going live: there was none.", s.name)).collect()
}

/// Scenarios that needed people most often.
fn handed_over(r: &Report) -> Vec<String> {
    let mut all: Vec<_> = r.volume.scenarios.iter().filter(|s| !s.key.is_empty() && s.conversations > s.answered).collect();
    all.sort_by_key(|s| s.answered - s.conversations);
    let lesson = |s: &&super::model::ScenarioLine| {
        let people = s.conversations - s.answered;
        format!(
            "“{}” needed a person in {people} of {} ({}): improve its answer and its examples.",
            s.name,
            s.conversations,
            share(people, s.conversations)
        )
    };
    all.iter().take(OF_A_SORT).map(lesson).collect()
}

/// What the plan had no scenario for.
fn unforeseen(r: &Report) -> Vec<String> {
    let issues = r.volume.issues.iter().filter(|i| !i.foreseen && i.conversations > 0).take(OF_A_SORT);
    let mut lessons: Vec<String> = issues
        .map(|i| {
            format!(
                "“{}” was not foreseen ({}): make it a scenario of the next plan.",
                i.title,
                plural(i.conversations, "conversation", "conversations")
            )
        })
        .collect();
    if let Some(none) = r.volume.scenarios.iter().find(|s| s.key.is_empty() && s.conversations > 0) {
        let about = plural(none.conversations, "conversation about the change fits", "conversations about the change fit");
        lessons
            .push(format!("{about} no scenario ({}): read them, and add what repeats to the next plan.", share(none.conversations, r.volume.window)));
    }
    lessons
}

fn stalled(r: &Report) -> Vec<String> {
    let long = r.decisions.all.iter().filter(|d| d.waited >= LONG_WAIT).take(OF_A_SORT);
    long.map(|d| {
        let verb = if d.ruling.is_some() { "waited" } else { "has waited" };
        format!("“{}” {verb} {} for a ruling: name who decides it, and a stand-in.", d.question, span(d.waited))
    })
    .collect()
}

fn broken(r: &Report) -> Vec<String> {
    let mut all: Vec<_> = r.promises.iter().filter(|p| p.broken > 0).collect();
    all.sort_by_key(|p| std::cmp::Reverse(p.broken));
    let lesson = |p: &&super::model::PromiseLine| {
        let kind = super::words::plain(p.kind.word());
        format!("{} of {} {} promises ({kind}) were broken: plan more people for the peak, or promise less.", p.broken, p.made, p.policy)
    };
    all.iter().take(1).map(lesson).collect()
}
