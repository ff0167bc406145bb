//! What may happen to a check-in.

use super::{CheckIn, CheckInCommand, CheckInEvent, State};
use crate::update::Approval;
use crate::{Aggregate, Refusal, Stamp};

impl CheckIn {
    /// The draft, if it still is one.
    fn written(&self) -> Result<&Self, Refusal> {
        match self.state {
            State::Draft => Ok(self),
            State::Discarded => Err(Refusal::conflict("It was discarded. Write another one.")),
            _ => Err(Refusal::conflict("Customers have been asked already, so its words stay as they are. Write another one.")),
        }
    }

    /// The same, if it still is what this person read.
    fn read(&self, revision: u32) -> Result<&Self, Refusal> {
        let draft = self.written()?;
        if draft.revision == revision {
            return Ok(draft);
        }
        Err(Refusal::conflict(format!("{} has changed it since you read it. Read it again.", draft.by)))
    }
}

impl Aggregate for CheckIn {
    const KIND: &'static str = "check_in";
    type Command = CheckInCommand;
    type Event = CheckInEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: CheckInCommand, stamp: &Stamp, (): &()) -> Result<Vec<CheckInEvent>, Refusal> {
        use {CheckInCommand as C, CheckInEvent as E};
        let _ = stamp;
        let it = match (state, command) {
            (None, C::Draft { id, window, content }) => return Ok(vec![E::Drafted { id, window, content: Box::new(content.tidy()?) }]),
            (Some(_), C::Draft { .. }) => return Err(Refusal::conflict("There is a check-in of this id already.")),
            (None, _) => return Err(Refusal::not_found("check-in")),
            (Some(it), command) => (it, command),
        };
        Ok(match it {
            (c, C::Edit { revision, content }) => {
                let (draft, content) = (c.read(revision)?, content.tidy()?);
                if draft.content == content { vec![] } else { vec![E::Edited { content: Box::new(content), unapproved: draft.approved.is_some() }] }
            }
            (c, C::Discard) => match c.state {
                State::Discarded => vec![],
                _ => c.written().map(|_| vec![E::Discarded])?,
            },
            (c, C::Ask) => {
                let draft = c.written()?;
                if draft.asked || draft.approved.is_some() { vec![] } else { vec![E::ApprovalAsked] }
            }
            (c, C::Approve { revision }) => {
                let draft = c.read(revision)?;
                if draft.approved.is_some() { vec![] } else { vec![E::Approved { revision }] }
            }
            // The second click.
            (c, C::Start { revision }) if c.state == State::Running && c.revision == revision => vec![],
            (c, C::Start { revision }) => {
                if c.read(revision)?.approved.is_none() {
                    return Err(Refusal::conflict("It is not approved, so nobody is asked. Ask for approval first."));
                }
                vec![E::Started]
            }
            (c, C::Stop) => match c.state {
                State::Running => vec![E::Stopped],
                State::Stopped => vec![],
                _ => return Err(Refusal::conflict("It is not running, so there is nothing to stop.")),
            },
            (c, C::Resume) => match c.state {
                State::Stopped => vec![E::Resumed],
                State::Running => vec![],
                _ => return Err(Refusal::conflict("It was not stopped, so there is nothing to go on with.")),
            },
            (c, C::Finish) => {
                if c.state == State::Running {
                    vec![E::Finished]
                } else {
                    vec![]
                }
            }
            (_, C::Draft { .. }) => unreachable!("beginning is decided above"),
        })
    }

    fn apply(state: Option<Self>, event: &CheckInEvent, stamp: &Stamp) -> Self {
        use CheckInEvent as E;
        let mut c = match (state, event) {
            (None, E::Drafted { id, window, content }) => {
                let (by, at) = (stamp.actor.name.clone(), stamp.at);
                let (id, window, content) = (*id, *window, (**content).clone());
                return Self {
                    id,
                    window,
                    opened_at: at,
                    content,
                    revision: 1,
                    by,
                    at,
                    asked: false,
                    approved: None,
                    state: State::Draft,
                    started_by: None,
                    started_at: None,
                    finished_at: None,
                };
            }
            (Some(c), _) => c,
            (None, _) => unreachable!("the first event of a check-in is `drafted`"),
        };
        match event {
            E::Drafted { .. } => {}
            E::Edited { content, .. } => {
                c.content = (**content).clone();
                c.revision = c.revision.saturating_add(1);
                c.by.clone_from(&stamp.actor.name);
                c.at = stamp.at;
                (c.asked, c.approved) = (false, None);
            }
            E::Discarded => c.state = State::Discarded,
            E::ApprovalAsked => c.asked = true,
            E::Approved { .. } => c.approved = Some(Approval { by: stamp.actor.name.clone(), at: stamp.at }),
            E::Started => {
                c.state = State::Running;
                c.started_by = Some(stamp.actor.name.clone());
                c.started_at = Some(stamp.at);
            }
            E::Stopped => c.state = State::Stopped,
            E::Resumed => c.state = State::Running,
            E::Finished => {
                c.state = State::Done;
                c.finished_at = Some(stamp.at);
            }
        }
        c
    }

    fn event_name(event: &CheckInEvent) -> &'static str {
        match event {
            CheckInEvent::Drafted { .. } => "check_in.drafted",
            CheckInEvent::Edited { .. } => "check_in.edited",
            CheckInEvent::Discarded => "check_in.discarded",
            CheckInEvent::ApprovalAsked => "check_in.approval_asked",
            CheckInEvent::Approved { .. } => "check_in.approved",
            CheckInEvent::Started => "check_in.started",
            CheckInEvent::Stopped => "check_in.stopped",
            CheckInEvent::Resumed => "check_in.resumed",
            CheckInEvent::Finished => "check_in.finished",
        }
    }
}
