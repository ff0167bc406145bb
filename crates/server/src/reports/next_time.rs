//! What to change next time: derived from the record, never written from nothing, each with the figures that say so and, where the next
//! plan can follow by itself, what it changes.

use super::model::{Evidence, Lesson, LessonKind, Report};
use super::words::{plural, share, span};
use hypercare_core::answer::Answer;
use hypercare_core::lessons::{Adjustment, PromiseChange};
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Span, Timestamp};
use hypercare_store::queries::lessons::EscalatedBy;
use std::collections::{BTreeMap, HashMap};

/// Lessons of one sort at most: a list that nobody finishes changes nothing.
const OF_A_SORT: usize = 3;
/// Unforeseen matters that become scenarios at most.
const UNFORESEEN: usize = 10;
/// Decisions that waited longer are worth a lesson.
const LONG_WAIT: Span = Span::hours(1);
/// Fewer rulings or escalations than this say nothing about who does it.
const TWICE: i64 = 2;

/// What lessons are derived from, beside the report itself.
pub struct Record<'a> {
    /// The window.
    pub window: &'a Window,
    /// Its answers.
    pub answers: &'a [Answer],
    /// E-mail addresses by name, of those whose name only one has.
    pub addresses: &'a HashMap<String, String>,
    /// Its escalations.
    pub escalated: &'a [EscalatedBy],
    /// What could be promised instead.
    pub promises: &'a [PromiseChange],
}

fn lesson(kind: LessonKind, subject: &str, suggestion: String, evidence: &[(&str, String)], change: Option<Adjustment>) -> Lesson {
    let evidence = evidence.iter().map(|(name, value)| Evidence { name: (*name).to_owned(), value: value.clone() }).collect();
    Lesson { kind, subject: subject.to_owned(), suggestion, evidence, change }
}

/// What to change next time, most telling first.
pub fn lessons(of: &Record<'_>, r: &Report) -> Vec<Lesson> {
    let mut all = gaps(of.window);
    all.extend(unanswered(of.window, of.answers, r.headline.go_live_at));
    all.extend(handed_over(r));
    all.extend(unforeseen(r));
    all.extend(stalled(r));
    all.extend(owners(of, r));
    all.extend(escalations(of));
    all.extend(of.promises.iter().map(promised));
    all
}

/// What was missing at go-live and accepted.
fn gaps(w: &Window) -> Vec<Lesson> {
    let live = w.transitions.iter().find(|t| t.to == Phase::Active);
    let gaps = live.into_iter().flat_map(|t| &t.accepted_gaps);
    let one = |gap: &String| lesson(LessonKind::Gap, gap, format!("Close this before going live; it was accepted open: {gap}"), &[], None);
    gaps.take(OF_A_SORT).map(one).collect()
}

/// Scenarios that nobody could answer when the change went live.
fn unanswered(w: &Window, answers: &[Answer], go_live: Timestamp) -> Vec<Lesson> {
    let ready = |key: &str| answers.iter().any(|a| a.key == key && a.versions.iter().any(|v| v.approved_at.is_some_and(|at| at <= go_live)));
    let missing = w.plan.scenarios.iter().filter(|s| !s.answer.as_deref().is_some_and(ready));
    let one = |s: &hypercare_core::plan::Scenario| {
        let text = format!("Have an approved answer for “{}” before going live: there was none.", s.name);
        lesson(LessonKind::AnswerMissing, &s.name, text, &[], None)
    };
    missing.map(one).collect()
}

/// Scenarios that needed people most often.
fn handed_over(r: &Report) -> Vec<Lesson> {
    let mut all: Vec<_> = r.volume.scenarios.iter().filter(|s| !s.key.is_empty() && s.conversations > s.answered).collect();
    all.sort_by_key(|s| s.answered - s.conversations);
    let one = |s: &&super::model::ScenarioLine| {
        let people = s.conversations - s.answered;
        let part = share(people, s.conversations);
        let text = format!("“{}” needed a person in {people} of {} ({part}): improve its answer and its examples.", s.name, s.conversations);
        lesson(
            LessonKind::NeededPeople,
            &s.name,
            text,
            &[("Conversations", s.conversations.to_string()), ("Needed a person", people.to_string())],
            None,
        )
    };
    all.iter().take(OF_A_SORT).map(one).collect()
}

/// What the plan had no scenario for.
fn unforeseen(r: &Report) -> Vec<Lesson> {
    let issues = r.volume.issues.iter().filter(|i| !i.foreseen && i.conversations > 0).take(UNFORESEEN);
    let mut lessons: Vec<Lesson> = issues
        .map(|i| {
            let count = plural(i.conversations, "conversation", "conversations");
            let text = format!("“{}” was not foreseen ({count}): make it a scenario of the next plan.", i.title);
            let because = format!("Not foreseen in the last window: {count}, {}.", plural(i.customers, "customer", "customers"));
            let change = Adjustment::Scenario { name: i.title.clone(), issue: i.id, because };
            let evidence = [("Conversations", i.conversations.to_string()), ("Customers", i.customers.to_string())];
            lesson(LessonKind::Unforeseen, &i.title, text, &evidence, Some(change))
        })
        .collect();
    if let Some(none) = r.volume.scenarios.iter().find(|s| s.key.is_empty() && s.conversations > 0) {
        let about = plural(none.conversations, "conversation about the change fits", "conversations about the change fit");
        let part = share(none.conversations, r.volume.window);
        let text = format!("{about} no scenario ({part}): read them, and add what repeats to the next plan.");
        lessons.push(lesson(LessonKind::Unforeseen, &none.name, text, &[("Conversations", none.conversations.to_string()), ("Share", part)], None));
    }
    lessons
}

fn stalled(r: &Report) -> Vec<Lesson> {
    let long = r.decisions.all.iter().filter(|d| d.waited >= LONG_WAIT).take(OF_A_SORT);
    long.map(|d| {
        let verb = if d.ruling.is_some() { "waited" } else { "has waited" };
        let text = format!("“{}” {verb} {} for a ruling: name who decides it, and a stand-in.", d.question, span(d.waited));
        lesson(LessonKind::Stalled, &d.question, text, &[("Waited", span(d.waited))], None)
    })
    .collect()
}

/// Scenarios in which somebody else ruled than the one who owns them: in more than half of two rulings at least.
fn owners(of: &Record<'_>, r: &Report) -> Vec<Lesson> {
    let mut ruled: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
    for d in &r.decisions.all {
        if let (Some(scenario), Some(by)) = (&d.scenario, &d.decided_by) {
            *ruled.entry(scenario).or_default().entry(by).or_default() += 1;
        }
    }
    let one = |(key, by): (&str, BTreeMap<&str, i64>)| {
        let scenario = of.window.plan.scenario(key)?;
        let all: i64 = by.values().sum();
        let (name, count) = by.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= TWICE && n * 2 > all)?;
        let owner = of.addresses.get(name).filter(|address| !address.eq_ignore_ascii_case(&scenario.owner))?;
        let because = format!("{name} ruled {count} of {} in it.", plural(all, "question", "questions"));
        let text = format!("“{}”: {because} Let {name} own it, or give it to who is meant to.", scenario.name);
        let change = Adjustment::Owner { scenario: key.to_owned(), owner: owner.clone(), because };
        Some(lesson(LessonKind::Owner, &scenario.name, text, &[("Ruled by them", count.to_string()), ("Rulings", all.to_string())], Some(change)))
    };
    ruled.into_iter().filter_map(one).collect()
}

/// Scenarios whose path gave back at least as much as it kept, while another path kept what it got.
fn escalations(of: &Record<'_>) -> Vec<Lesson> {
    let path = |key: &str| of.window.plan.escalations.iter().find(|p| p.key == key);
    let one = |s: &hypercare_core::plan::Scenario| {
        let own: Vec<&EscalatedBy> = of.escalated.iter().filter(|e| e.scenario == s.key).collect();
        let planned =
            own.iter().find(|e| Some(e.path.as_str()) == s.escalation.as_deref()).filter(|e| e.returned >= TWICE && e.returned * 2 >= e.n)?;
        let kept = |e: &EscalatedBy| e.n - e.returned;
        let better = own.iter().filter(|e| e.path != planned.path && kept(e) >= TWICE).max_by_key(|e| kept(e))?;
        let (from, to) = (path(&planned.path)?, path(&better.path)?);
        let because = format!("{} gave back {} of {}; {} kept {} of {}.", from.name, planned.returned, planned.n, to.name, kept(better), better.n);
        let change = Adjustment::Escalation { scenario: s.key.clone(), path: better.path.clone(), because: because.clone() };
        let evidence =
            [("Given back", format!("{} of {}", planned.returned, planned.n)), ("Kept elsewhere", format!("{} of {}", kept(better), better.n))];
        let text = format!("“{}”: {because} Escalate it to {} at once.", s.name, to.name);
        Some(lesson(LessonKind::Escalation, &s.name, text, &evidence, Some(change)))
    };
    of.window.plan.scenarios.iter().filter_map(one).collect()
}

/// A promise that was kept too rarely.
fn promised(change: &PromiseChange) -> Lesson {
    let kind = super::words::plain(&change.table);
    let because =
        format!("{} of {} were kept within {}; nine of ten would have been within {}.", change.kept.part, change.kept.whole, change.from, change.to);
    let subject = format!("{}, {}", super::words::title(&change.table), change.severity.word());
    let text = format!("The promise of {kind} for {} matters: {because} Plan more people for the peak, or promise that.", change.severity.word());
    let evidence = [
        ("Kept", format!("{} of {}", change.kept.part, change.kept.whole)),
        ("Promised", change.from.to_string()),
        ("Nine of ten within", change.to.to_string()),
    ];
    lesson(LessonKind::Promise, &subject, text, &evidence, Some(Adjustment::Promise { change: change.clone(), because }))
}
