//! What people taught by correcting first looks: derived from the conversations each time, so that it survives a restart and is
//! forgotten when a correction is taken back.

use hypercare_core::calendar::zone;
use hypercare_core::conversation::Conversation;
use hypercare_core::plan::Plan;
use hypercare_core::triage::Scope;
use hypercare_core::{Timestamp, WindowId};
use hypercare_language::trained::{Lesson, Taught};
use std::collections::HashMap;

/// Longer messages say too many things to be an example of one.
const EXAMPLE_LENGTH: usize = 300;

/// The lessons of a window, oldest first.
pub(super) fn lessons(window: WindowId, plan: &Plan, corrected: &[(Conversation, Option<String>)]) -> Vec<(Lesson, Taught)> {
    let tz = zone(&plan.window.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let day = |at: Timestamp| tz.to_datetime(at.to_jiff()).strftime("%A %-d %B").to_string();
    let mut all: Vec<(Timestamp, Lesson, Taught)> = Vec::new();
    for (c, text) in corrected {
        let Some(text) = text.as_ref().filter(|text| text.chars().count() <= EXAMPLE_LENGTH) else { continue };
        let of_window = c.triage.corrections.window.or(c.window).is_none_or(|id| id == window);
        if !of_window {
            continue;
        }
        for (at, by, lesson, scenario) in of_conversation(c) {
            all.push((at, lesson, Taught { text: text.clone(), by, on: day(at), scenario }));
        }
    }
    all.sort_by_key(|(at, ..)| *at);
    all.into_iter().map(|(_, lesson, taught)| (lesson, taught)).collect()
}

type One = (Timestamp, String, Lesson, Option<Option<String>>);

fn of_conversation(c: &Conversation) -> Vec<One> {
    let t = &c.triage;
    let marks = &t.corrections;
    let mut found = Vec::new();
    // Scope and scenario are one lesson: what it is about.
    let scope = marks.scope.as_ref().map(|m| (m.at, &m.by));
    let scenario = marks.scenario.as_ref().map(|m| (m.at, &m.by));
    // Before each reading was marked, every correction taught scope and scenario.
    let old = t.corrected_by.as_ref().filter(|_| marks.is_empty()).map(|by| (c.opened_at, by));
    let chosen = (marks.scenario.is_some() || old.is_some_and(|_| t.scenario.is_some())).then(|| t.scenario.clone());
    if let Some((at, by)) = scope.max(scenario).or(old) {
        match t.scope {
            Scope::In => found.push((at, by.clone(), Lesson::InScope(true), chosen)),
            Scope::Out => found.push((at, by.clone(), Lesson::InScope(false), None)),
            Scope::Unsure => {}
        }
    }
    if let Some(mark) = &marks.severity {
        found.push((mark.at, mark.by.clone(), Lesson::Severity(t.severity), None));
    }
    if let Some(mark) = &marks.reassurance {
        found.push((mark.at, mark.by.clone(), Lesson::Reassurance(t.reassurance), None));
    }
    if let (Some(mark), Some(category)) = (&marks.category, &t.category) {
        found.push((mark.at, mark.by.clone(), Lesson::Category(category.clone()), None));
    }
    found
}

/// The plan with what people corrected as further examples: of the scenario they chose, or of what is out of scope. Of one text
/// the last correction counts.
pub(super) fn plan(plan: &Plan, lessons: &[(Lesson, Taught)]) -> Plan {
    let mut plan = plan.clone();
    let topics = lessons.iter().filter_map(|(lesson, taught)| if let Lesson::InScope(inside) = lesson { Some((*inside, taught)) } else { None });
    let last: HashMap<&str, usize> = topics.clone().enumerate().map(|(n, (_, taught))| (taught.text.as_str(), n)).collect();
    for (_, (inside, taught)) in topics.enumerate().filter(|(n, (_, taught))| last.get(taught.text.as_str()) == Some(n)) {
        let list = match (inside, &taught.scenario) {
            (true, Some(Some(key))) => plan.scenarios.iter_mut().find(|s| s.key == *key).map(|s| &mut s.examples),
            (true, _) => None,
            (false, _) => Some(&mut plan.scope.out_examples),
        };
        if let Some(list) = list.filter(|list| !list.contains(&taught.text)) {
            list.push(taught.text.clone());
        }
    }
    plan
}
