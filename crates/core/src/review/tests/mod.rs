//! The review: its agenda, its record, its letters and its times.

mod agenda;
mod letters;
mod record;
mod times;

use super::*;
use crate::action::{Action, ActionCommand, Task};
use crate::plan::{Plan, ReviewSection};
use crate::window::Phase;
use crate::{Actor, Aggregate, DecisionId, EscalationId, IssueId, Severity, Span, Stamp, UpdateId};

/// Tuesday, 17 November 2026, 09:30 in Berlin.
fn now() -> Timestamp {
    Timestamp::parse("2026-11-17T08:30:00Z").unwrap()
}

fn plan(section: ReviewSection) -> Plan {
    let mut plan = Plan::default();
    plan.window.zone = "Europe/Berlin".into();
    plan.review = Some(section);
    plan
}

fn schedule() -> Schedule {
    Schedule::of(&plan(ReviewSection::default()))
}

fn quiet() -> Facts {
    Facts {
        now: now(),
        since: now() - Span::hours(24),
        window: "New prices".into(),
        day: 3,
        phase: Phase::Active,
        open: 12,
        critical: 0,
        late: 0,
        actions: vec![],
        issues: vec![],
        settled: 0,
        decisions: vec![],
        promises: vec![],
        signals: vec![],
        burn: None,
        escalations: vec![],
        updates: vec![],
        people: vec![],
        exit: ExitFact { sentence: "3 more stable days are needed.".into(), streak: 2, needed: 5, ready: false },
    }
}

fn action(id: i64, title: &str, days: i64, carried: u32) -> ActionFact {
    let ends_at = now() + Span::days(days) + Span::hours(15);
    let day = Schedule::of(&plan(ReviewSection::default())).day(now() + Span::days(days));
    let task = Task { title: title.into(), owner: UserId(1), due: day.to_string(), remind_at: ends_at, ends_at, late_at: ends_at };
    let command = ActionCommand::Agree { id: crate::ActionId(id), window: WindowId(1), review: None, item: None, task: Box::new(task) };
    let stamp = Stamp::new(Actor::person(UserId(1), "Ann"), now() - Span::days(9));
    let events = Action::decide(None, command, &stamp, &()).unwrap();
    ActionFact { action: Action::fold(None, &events, &stamp).unwrap(), owner: "Ann".into(), carried }
}

fn issue(id: i64, today: u32, before: &[u32], age_hours: i64) -> IssueFact {
    IssueFact {
        id: IssueId(id),
        title: format!("Issue {id}"),
        opened_at: now() - Span::hours(age_hours),
        severity: Severity::Normal,
        owner: Some("Bo".into()),
        state: "investigating",
        answered: false,
        today,
        before: before.to_vec(),
        customers: 4,
        unresolved: 3,
    }
}

/// A day on which there is something of everything.
fn busy() -> Facts {
    let mut done = action(3, "Tell the sellers", 1, 1);
    done.action.state = crate::action::State::Done;
    Facts {
        actions: vec![action(1, "Ask the bank", 2, 0), done, action(2, "Mend the invoice", -1, 3)],
        issues: vec![issue(10, 2, &[], 3), issue(11, 12, &[4, 3, 5], 90), issue(12, 4, &[4, 5], 60)],
        settled: 1,
        decisions: vec![
            DecisionFact {
                id: DecisionId(21),
                question: "May we refund?".into(),
                asked_by: "Cy".into(),
                asked_at: now() - Span::mins(20),
                overdue: false,
            },
            DecisionFact {
                id: DecisionId(20),
                question: "May we wait?".into(),
                asked_by: "Di".into(),
                asked_at: now() - Span::mins(200),
                overdue: true,
            },
        ],
        promises: vec![
            PromiseFact { category: "access".into(), broken: 0, decided: 40 },
            PromiseFact { category: "billing".into(), broken: 4, decided: 50 },
        ],
        signals: vec![
            SignalFact { key: "backlog".into(), name: "Open conversations".into(), why: "81, 40 expected.".into(), off: true, red: false },
            SignalFact { key: "csat".into(), name: "Satisfaction".into(), why: "As before.".into(), off: false, red: false },
        ],
        escalations: vec![EscalationFact {
            id: EscalationId(30),
            name: "Billing".into(),
            reached: Some("bo@x.example".into()),
            raised_at: now() - Span::hours(2),
            waiting: true,
            bouncing: true,
            exhausted: false,
        }],
        updates: vec![
            UpdateFact { id: UpdateId(40), title: "Invoices".into(), due_at: now() - Span::mins(5) },
            UpdateFact { id: UpdateId(41), title: "Later".into(), due_at: now() + Span::days(3) },
        ],
        people: vec![PersonFact { key: "rest:bo".into(), who: "Bo".into(), what: "9 h of rest instead of 11 h.".into(), urgent: true }],
        ..quiet()
    }
}
