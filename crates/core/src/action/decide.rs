//! What may happen to an action.

use super::{Action, ActionCommand, ActionEvent, State, TITLE_LIMIT, Task};
use crate::{Aggregate, Refusal, Stamp};

/// The title in one line, or what is wrong with it.
fn tidy(mut task: Task, stamp: &Stamp) -> Result<Task, Refusal> {
    task.title = task.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if task.title.is_empty() {
        return Err(Refusal::field("title", "Say in a sentence what is to be done."));
    }
    if task.title.chars().count() > TITLE_LIMIT {
        return Err(Refusal::field(
            "title",
            format!("An action can have at most {TITLE_LIMIT} characters: write the rest into the note of its item."),
        ));
    }
    if task.ends_at <= stamp.at {
        return Err(Refusal::field("due", format!("{} is over: choose today or a later day.", task.due)));
    }
    Ok(task)
}

impl Action {
    fn open(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open => Ok(()),
            State::Done => Err(Refusal::conflict(format!("{} has done it already. Open it again if something is left.", self.said_by))),
            State::Dropped => Err(Refusal::conflict(format!("{} has dropped it. Open it again if it is to be done after all.", self.said_by))),
        }
    }

    fn change(&self, revision: u32, task: Task, stamp: &Stamp) -> Result<Vec<ActionEvent>, Refusal> {
        self.open()?;
        if self.revision != revision {
            return Err(Refusal::conflict(format!("{} has changed it since you read it. Read it again.", self.said_by)));
        }
        // What was due before may be said in other words without another day.
        let task = if task.due == self.task.due && self.task.ends_at <= stamp.at {
            Task { ends_at: self.task.ends_at, ..tidy(Task { ends_at: stamp.at + crate::Span(1), ..task }, stamp)? }
        } else {
            tidy(task, stamp)?
        };
        if task == self.task {
            return Ok(vec![]);
        }
        let given = task.owner != self.task.owner;
        Ok(vec![ActionEvent::Changed { task: Box::new(task), given }])
    }

    fn time_passed(&self, stamp: &Stamp) -> Vec<ActionEvent> {
        if self.state != State::Open {
            return vec![];
        }
        // After a long stop only what still matters is said.
        if !self.told_late && stamp.at >= self.task.late_at {
            return vec![ActionEvent::Overdue];
        }
        if !self.reminded && stamp.at >= self.task.remind_at { vec![ActionEvent::Due] } else { vec![] }
    }
}

impl Aggregate for Action {
    const KIND: &'static str = "action";
    type Command = ActionCommand;
    type Event = ActionEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: ActionCommand, stamp: &Stamp, (): &()) -> Result<Vec<ActionEvent>, Refusal> {
        use ActionCommand as C;
        match (state, command) {
            (None, C::Agree { id, window, review, item, task }) => {
                let task = tidy(*task, stamp)?;
                // Agreed on the very day: its owner hears of it now, and needs no second word an hour later.
                let reminded = task.remind_at <= stamp.at;
                let by = stamp.actor.name.clone();
                let (at, since, said_by) = (stamp.at, stamp.at, by.clone());
                let state = State::Open;
                let action =
                    Self { id, window, review, item, task, by, at, state, since, said_by, because: None, reminded, told_late: false, revision: 1 };
                Ok(vec![ActionEvent::Agreed { action: Box::new(action) }])
            }
            (Some(_), C::Agree { .. }) => Ok(vec![]),
            (None, _) => Err(Refusal::not_found("action")),
            (Some(a), C::Change { revision, task }) => a.change(revision, *task, stamp),
            (Some(a), C::Finish) => match a.state {
                State::Done => Ok(vec![]),
                _ => a.open().map(|()| vec![ActionEvent::Finished]),
            },
            (Some(a), C::Drop) => {
                if a.state == State::Dropped {
                    return Ok(vec![]);
                }
                a.open()?;
                stamp.require_reason("whoever waits for it has to know why it will not come.")?;
                Ok(vec![ActionEvent::Dropped])
            }
            (Some(a), C::Reopen) => {
                if a.state == State::Open {
                    return Ok(vec![]);
                }
                stamp.require_reason("its owner has to know what is left.")?;
                Ok(vec![ActionEvent::Reopened])
            }
            (Some(a), C::TimePassed) => Ok(a.time_passed(stamp)),
        }
    }

    fn apply(state: Option<Self>, event: &ActionEvent, stamp: &Stamp) -> Self {
        let mut a = match (state, event) {
            (_, ActionEvent::Agreed { action }) => return (**action).clone(),
            (Some(a), _) => a,
            (None, _) => unreachable!("the first event of an action is `agreed`"),
        };
        let mut became = |state| {
            a.state = state;
            a.since = stamp.at;
            a.because.clone_from(&stamp.reason);
        };
        match event {
            ActionEvent::Agreed { .. } => {}
            ActionEvent::Changed { task, .. } => {
                if task.due != a.task.due {
                    (a.reminded, a.told_late) = (task.remind_at <= stamp.at, false);
                }
                a.task = (**task).clone();
            }
            ActionEvent::Finished => became(State::Done),
            ActionEvent::Dropped => became(State::Dropped),
            ActionEvent::Reopened => became(State::Open),
            ActionEvent::Due => a.reminded = true,
            ActionEvent::Overdue => (a.reminded, a.told_late) = (true, true),
        }
        if !matches!(event, ActionEvent::Due | ActionEvent::Overdue) {
            a.said_by.clone_from(&stamp.actor.name);
            a.revision = a.revision.saturating_add(1);
        }
        a
    }

    fn event_name(event: &ActionEvent) -> &'static str {
        match event {
            ActionEvent::Agreed { .. } => "action.agreed",
            ActionEvent::Changed { .. } => "action.changed",
            ActionEvent::Finished => "action.finished",
            ActionEvent::Dropped => "action.dropped",
            ActionEvent::Reopened => "action.reopened",
            ActionEvent::Due => "action.due",
            ActionEvent::Overdue => "action.overdue",
        }
    }
}
