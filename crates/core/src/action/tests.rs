//! An action from its agreement to its end.

use super::*;
use crate::{Actor, Aggregate, Refusal, Span, Stamp};

fn at(hours: i64) -> Timestamp {
    Timestamp::from_secs(1_794_000_000) + Span::hours(hours)
}

/// Due on the first day: reminded after 10 h, over after 24 h, told late after 34 h.
fn task(title: &str) -> Task {
    Task { title: title.into(), owner: UserId(3), due: "2026-11-17".into(), remind_at: at(10), ends_at: at(24), late_at: at(34) }
}

struct World(Option<Action>);

impl World {
    fn agreed() -> Self {
        let mut world = Self(None);
        world.run(0, "", agree(task("Call the bank"))).unwrap();
        world
    }
    fn state(&self) -> &Action {
        self.0.as_ref().unwrap()
    }
    fn run(&mut self, hour: i64, why: &str, command: ActionCommand) -> Result<Vec<ActionEvent>, Refusal> {
        let stamp = Stamp::new(Actor::person(UserId(5), "Ann"), at(hour)).because(why);
        let events = Action::decide(self.0.as_ref(), command, &stamp, &())?;
        self.0 = Action::fold(self.0.take(), &events, &stamp);
        Ok(events)
    }
    fn passes(&mut self, hour: i64) -> Vec<&'static str> {
        self.run(hour, "", ActionCommand::TimePassed).unwrap().iter().map(Action::event_name).collect()
    }
    fn next(&self) -> Option<Timestamp> {
        self.state().timers().first().map(|t| t.due_at)
    }
}

fn agree(task: Task) -> ActionCommand {
    ActionCommand::Agree { id: ActionId(1), window: WindowId(2), review: None, item: None, task: Box::new(task) }
}

#[test]
fn its_owner_is_told_once_that_it_is_due_and_once_that_it_was() {
    let mut w = World::agreed();
    assert_eq!(w.next(), Some(at(10)));
    assert!(w.passes(9).is_empty());
    assert_eq!(w.passes(10), ["action.due"]);
    assert!(w.passes(10).is_empty() && w.next() == Some(at(34)), "once");
    assert!(!w.state().is_overdue(at(23)) && w.state().is_overdue(at(24)));
    assert!(w.passes(33).is_empty());
    assert_eq!(w.passes(34), ["action.overdue"]);
    assert!(w.passes(1_000).is_empty() && w.next().is_none());
}

#[test]
fn after_a_long_stop_only_what_still_matters_is_said() {
    let mut w = World::agreed();
    assert_eq!(w.passes(200), ["action.overdue"]);
    assert!(w.passes(201).is_empty());
}

#[test]
fn another_day_is_told_of_anew() {
    let mut w = World::agreed();
    w.passes(34);
    let later = Task { due: "2026-11-20".into(), remind_at: at(82), ends_at: at(96), late_at: at(106), ..task("Call the bank") };
    w.run(40, "", ActionCommand::Change { revision: 1, task: Box::new(later) }).unwrap();
    assert_eq!((w.next(), w.state().is_overdue(at(50))), (Some(at(82)), false));
    assert_eq!(w.passes(82), ["action.due"]);
}

#[test]
fn an_overdue_one_can_be_said_in_other_words() {
    let mut w = World::agreed();
    w.passes(34);
    let events = w.run(40, "", ActionCommand::Change { revision: 1, task: Box::new(task("Call the other bank")) }).unwrap();
    assert!(matches!(&events[..], [ActionEvent::Changed { given: false, .. }]), "{events:?}");
    assert_eq!((w.state().task.ends_at, w.next()), (at(24), None));
}

#[test]
fn it_ends_once_and_opens_again_for_a_reason() {
    let mut w = World::agreed();
    assert_eq!(w.run(1, "", ActionCommand::Finish).unwrap().len(), 1);
    assert!(w.run(1, "", ActionCommand::Finish).unwrap().is_empty(), "the second click");
    assert!(w.next().is_none() && w.passes(100).is_empty());
    assert!(w.run(2, "x", ActionCommand::Drop).unwrap_err().detail.contains("done it already"));
    assert_eq!(w.run(2, "", ActionCommand::Reopen).unwrap_err().field.as_deref(), Some("reason"));
    w.run(2, "The bank closed.", ActionCommand::Reopen).unwrap();
    assert_eq!((w.state().state, w.next()), (State::Open, Some(at(10))));
    assert_eq!(w.run(3, " ", ActionCommand::Drop).unwrap_err().field.as_deref(), Some("reason"));
    w.run(3, "No bank any more.", ActionCommand::Drop).unwrap();
    assert_eq!(w.state().because.as_deref(), Some("No bank any more."));
}

#[test]
fn what_is_asked_is_checked() {
    #[track_caller]
    fn check(task: Task, hour: i64, field: &str) {
        let refused = World(None).run(hour, "", agree(task)).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some(field), "{refused:?}");
    }
    check(task("  "), 0, "title");
    check(task(&"x".repeat(301)), 0, "title");
    check(task("Call"), 24, "due");
    let mut w = World(None);
    w.run(23, "", agree(task("  Call \n the bank "))).unwrap();
    assert_eq!((w.state().task.title.as_str(), w.next()), ("Call the bank", Some(at(34))), "agreed after its reminder: nobody is told twice");
}

#[test]
fn a_change_of_what_was_not_read_is_refused() {
    let mut w = World::agreed();
    let change = |title: &str| ActionCommand::Change { revision: 1, task: Box::new(task(title)) };
    w.run(1, "", change("One")).unwrap();
    let refused = w.run(2, "", change("Two")).unwrap_err();
    assert!(refused.detail.contains("Ann has changed it"), "{refused:?}");
    assert_eq!(w.state().task.title, "One");
}

#[test]
fn it_counts_the_reviews_that_found_it_open() {
    let mut w = World::agreed();
    let openings = [at(-1), at(0), at(24), at(48), at(72)];
    assert_eq!(w.state().carried(&openings), 3, "not the one in which it was agreed");
    w.run(50, "", ActionCommand::Finish).unwrap();
    assert_eq!(w.state().carried(&openings), 2, "nor those after it was done");
}
