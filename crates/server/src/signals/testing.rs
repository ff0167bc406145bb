//! What tests of signals and reports begin with.

use hypercare_core::plan::Plan;
use hypercare_core::window::{Window, WindowCommand};
use hypercare_core::{Actor, Aggregate, Stamp, Timestamp, WindowId};

/// A window that is being prepared, for a change at a local time.
pub(crate) fn window(zone: &str, go_live: &str) -> Window {
    let mut plan = Plan::default();
    plan.window.key = "w".into();
    plan.window.name = "New prices".into();
    plan.window.zone = zone.into();
    plan.change.go_live = go_live.into();
    of_plan(plan)
}

/// A window of this plan.
pub(crate) fn of_plan(plan: Plan) -> Window {
    let stamp = Stamp::new(Actor::system(), Timestamp::parse("2026-11-01T08:00:00Z").unwrap());
    let events = Window::decide(None, WindowCommand::ApplyPlan { id: WindowId(1), plan: Box::new(plan) }, &stamp, &()).unwrap();
    Window::fold(None, &events, &stamp).unwrap()
}
