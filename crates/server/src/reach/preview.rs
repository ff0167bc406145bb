//! What would become of something that happens now.

use super::view::{PreviewView, WayView};
use hypercare_core::notice::Kind;
use hypercare_core::notice::route::{Group, News, Rules, Way, route};
use hypercare_core::{Severity, Timestamp};

/// The kind that stands for its group.
const fn typical(group: Group) -> Kind {
    match group {
        Group::Act => Kind::Escalated,
        Group::Mentions => Kind::Mention,
        Group::Promises => Kind::BreachSoon,
        Group::Decisions => Kind::Decided,
        Group::Escalations => Kind::Handled,
        Group::Updates => Kind::UpdateOverdue,
        Group::Handover => Kind::Handover,
        Group::Follow => Kind::Message,
    }
}

/// For each group and way, of usual and of the worst severity. Nothing that went out lately counts.
pub(super) fn now(rules: &Rules, ways: &[WayView], on_duty: bool, now: Timestamp) -> Vec<PreviewView> {
    let open: Vec<Way> = ways.iter().map(|way| Way { open: way.open, ..Way::new(way.id, way.kind) }).collect();
    let mut found = vec![];
    for group in Group::ALL {
        for severity in [Severity::Normal, Severity::Critical] {
            let news = News { kind: typical(group), severity: Some(severity) };
            let steps = route(news, &open, rules, on_duty, now);
            found.extend(steps.into_iter().map(|step| PreviewView { group, severity, way: step.way, at: step.at, reason: step.reason.word() }));
        }
    }
    found
}
