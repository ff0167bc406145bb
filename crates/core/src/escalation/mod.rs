//! An escalation: one conversation handed to those whom the plan names for it, level by level, until somebody has it.
//!
//! What the receiver has to know is asked once and carried along. Whoever is reached acknowledges, accepts, or gives it back with a reason; if
//! nobody does in time, the next level is reached, also when everyone sleeps: [`due`].

mod due;
#[cfg(test)]
mod tests;

pub use due::{ROUNDS, WITHIN};

use crate::{Aggregate, ConversationId, EscalationId, Refusal, Stamp, Timestamp, UserId, WindowId};
use crate::{Severity, Span};
use serde::{Deserialize, Serialize};

/// Questions of one path, and answers to them.
pub const ASKS_LIMIT: usize = 10;
/// Longest answer, in characters.
const ANSWER_LIMIT: usize = 2_000;
/// More escalations of one conversation than this, and nobody seems to have it.
pub const HOPS: u32 = 2;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EscalationState))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has said yet that they have seen it: the clock runs.
    Waiting,
    /// Somebody has seen it: the clock stands.
    Acknowledged,
    /// Somebody works on it.
    Accepted,
    /// It was given back, with a reason.
    Returned,
    /// The conversation was settled, or it went on another way.
    Ended,
}

impl State {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Acknowledged => "acknowledged",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Ended => "ended",
        }
    }
    /// Whether somebody still has to do something about it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Acknowledged | Self::Accepted)
    }
}

/// One question of the path's form with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EscalationAnswer))]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// As the plan asks it.
    pub question: String,
    /// What was answered.
    pub answer: String,
}

/// The state of an escalation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Escalation {
    /// Its id.
    pub id: EscalationId,
    /// Of which window.
    pub window: WindowId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Key of the path.
    pub path: String,
    /// Its name then.
    pub name: String,
    /// Whom it reaches, level by level: e-mail addresses in lower case.
    pub levels: Vec<String>,
    /// How long each level has.
    pub within: Span,
    /// How bad it is: what may break somebody's quiet hours.
    pub severity: Severity,
    /// What was asked once and is carried along.
    pub context: Vec<Answered>,
    /// Why it was escalated.
    pub reason: String,
    /// Who escalated it.
    pub raised_by: String,
    /// Their account, if a person did.
    pub raiser: Option<UserId>,
    /// When.
    pub raised_at: Timestamp,
    /// It went more often than [`HOPS`], or back to a path that had it: nobody seems to have it.
    pub bouncing: bool,
    /// Where it stands.
    pub state: State,
    /// The level that is reached, 0 for the first.
    pub level: u32,
    /// How often all levels were gone through before.
    pub round: u32,
    /// When this level was told.
    pub told_at: Timestamp,
    /// All levels were gone through [`ROUNDS`] times, and nobody said anything.
    pub exhausted: bool,
    /// Who acknowledged, accepted or gave it back, last.
    pub by: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Why it was given back.
    pub returned_because: Option<String>,
}

/// What can be asked of an escalation.
#[derive(Clone, Debug)]
pub enum EscalationCommand {
    /// Begin, with a reason.
    Raise {
        /// What it is.
        raise: Box<Raise>,
    },
    /// They have seen it.
    Acknowledge,
    /// They work on it.
    Accept,
    /// It is not theirs, with a reason.
    Return,
    /// The conversation is settled, or went on another way.
    End,
    /// The engine: due times up to `stamp.at` have passed.
    TimePassed {
        /// Accounts of the levels, in their order; none where nobody signs in with that address.
        people: Vec<Option<UserId>>,
        /// Who is told when nobody reacts.
        leads: Vec<UserId>,
    },
}

/// How one begins.
#[derive(Clone, Debug)]
pub struct Raise {
    /// Its id.
    pub id: EscalationId,
    /// Of which window.
    pub window: WindowId,
    /// Of which conversation.
    pub conversation: ConversationId,
    /// Key of the path.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Whom it reaches, level by level.
    pub levels: Vec<String>,
    /// How long each level has; [`WITHIN`] where the plan does not say.
    pub within: Option<Span>,
    /// How bad it is.
    pub severity: Severity,
    /// What the path asks.
    pub asks: Vec<String>,
    /// The answers, in any order.
    pub context: Vec<Answered>,
    /// Paths that this conversation took before, the earliest first.
    pub earlier: Vec<String>,
    /// Accounts of the levels, in their order.
    pub people: Vec<Option<UserId>>,
    /// Who is told where it bounces.
    pub leads: Vec<UserId>,
}

/// What can have happened to an escalation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EscalationEvent {
    /// It began.
    Raised {
        /// As it began.
        escalation: Box<Escalation>,
        /// Who is told.
        tell: Vec<UserId>,
    },
    /// Somebody has seen it.
    Acknowledged,
    /// Somebody works on it.
    Accepted,
    /// It was given back.
    Returned,
    /// The next level is reached, because nobody reacted in time.
    LevelReached {
        /// Which, 0 for the first.
        level: u32,
        /// How often all levels were gone through before.
        round: u32,
        /// Who is told.
        tell: Vec<UserId>,
    },
    /// Nobody reacted on any level, however often they were told.
    Exhausted {
        /// Who is told.
        tell: Vec<UserId>,
    },
    /// It is over.
    Ended,
}

impl Escalation {
    /// Whom the level that is reached names.
    pub fn reached(&self) -> Option<&str> {
        self.levels.get(self.level as usize).map(String::as_str)
    }
    /// Whether this person may say something about it: whom the path names.
    pub fn names(&self, email: &str) -> bool {
        self.levels.iter().any(|level| level.eq_ignore_ascii_case(email))
    }
}

impl Aggregate for Escalation {
    const KIND: &'static str = "escalation";
    type Command = EscalationCommand;
    type Event = EscalationEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: EscalationCommand, stamp: &Stamp, (): &()) -> Result<Vec<EscalationEvent>, Refusal> {
        use EscalationCommand as C;
        match (state, command) {
            (None, C::Raise { raise }) => raised(*raise, stamp).map(|event| vec![event]),
            (Some(_), C::Raise { .. }) => Ok(vec![]),
            (None, _) => Err(Refusal::not_found("escalation")),
            (Some(e), C::TimePassed { people, leads }) => Ok(due::passed(e, stamp.at, &people, leads)),
            (Some(e), C::End) => Ok(if e.state.is_open() { vec![EscalationEvent::Ended] } else { vec![] }),
            (Some(e), C::Acknowledge) => match e.state {
                State::Waiting => Ok(vec![EscalationEvent::Acknowledged]),
                // The second click of two.
                State::Acknowledged | State::Accepted => Ok(vec![]),
                State::Returned | State::Ended => Err(over(e)),
            },
            (Some(e), C::Accept) => match e.state {
                State::Waiting | State::Acknowledged => Ok(vec![EscalationEvent::Accepted]),
                State::Accepted if e.by.as_deref() == Some(&stamp.actor.name) => Ok(vec![]),
                State::Accepted => Err(Refusal::conflict(format!("{} has accepted it already. Ask them, or take the conversation.", by(e)))),
                State::Returned | State::Ended => Err(over(e)),
            },
            (Some(e), C::Return) => {
                if !e.state.is_open() {
                    return Err(over(e));
                }
                stamp.require_reason("whoever gets it back has to know what to do instead.")?;
                Ok(vec![EscalationEvent::Returned])
            }
        }
    }

    fn apply(state: Option<Self>, event: &EscalationEvent, stamp: &Stamp) -> Self {
        let (mut e, now) = match (state, event) {
            (_, EscalationEvent::Raised { escalation, .. }) => return (**escalation).clone(),
            (Some(e), _) => (e, stamp.at),
            (None, _) => unreachable!("the first event of an escalation is `raised`"),
        };
        let mut said = |state| {
            e.state = state;
            e.by = Some(stamp.actor.name.clone());
            e.at = Some(now);
        };
        match event {
            EscalationEvent::Raised { .. } => {}
            EscalationEvent::Acknowledged => said(State::Acknowledged),
            EscalationEvent::Accepted => said(State::Accepted),
            EscalationEvent::Ended => said(State::Ended),
            EscalationEvent::Returned => {
                said(State::Returned);
                e.returned_because.clone_from(&stamp.reason);
            }
            EscalationEvent::LevelReached { level, round, .. } => (e.level, e.round, e.told_at) = (*level, *round, now),
            EscalationEvent::Exhausted { .. } => e.exhausted = true,
        }
        e
    }

    fn event_name(event: &EscalationEvent) -> &'static str {
        match event {
            EscalationEvent::Raised { .. } => "escalation.raised",
            EscalationEvent::Acknowledged => "escalation.acknowledged",
            EscalationEvent::Accepted => "escalation.accepted",
            EscalationEvent::Returned => "escalation.returned",
            EscalationEvent::LevelReached { .. } => "escalation.level_reached",
            EscalationEvent::Exhausted { .. } => "escalation.exhausted",
            EscalationEvent::Ended => "escalation.ended",
        }
    }
}

fn by(e: &Escalation) -> &str {
    e.by.as_deref().unwrap_or("Somebody")
}

fn over(e: &Escalation) -> Refusal {
    Refusal::conflict(match e.state {
        State::Returned => format!("{} has given it back: escalate it again if it is theirs after all.", by(e)),
        _ => "This escalation is over: the conversation was settled or went on another way.".to_owned(),
    })
}

fn raised(raise: Raise, stamp: &Stamp) -> Result<EscalationEvent, Refusal> {
    stamp.require_reason("the receiver has to know why this reaches them.")?;
    if raise.levels.is_empty() {
        let why = format!("The path “{}” names nobody: add an address to `to` in the plan.", raise.name);
        return Err(Refusal { field: Some("to".into()), ..Refusal::conflict(why) });
    }
    let context = context(&raise.asks, &raise.context)?;
    let hops = u32::try_from(raise.earlier.len()).unwrap_or(u32::MAX).saturating_add(1);
    // The same path again is no new place: whoever had it gave it back, or it was never theirs.
    let bouncing = hops > HOPS || raise.earlier.contains(&raise.path);
    let first = raise.people.first().copied().flatten();
    let mut tell: Vec<UserId> = first.into_iter().collect();
    if bouncing || first.is_none() {
        tell.extend(raise.leads.iter().filter(|lead| Some(**lead) != first));
    }
    let escalation = Escalation {
        id: raise.id,
        window: raise.window,
        conversation: raise.conversation,
        path: raise.path,
        name: raise.name,
        levels: raise.levels.iter().map(|email| email.trim().to_lowercase()).collect(),
        within: raise.within.filter(|within| *within > Span::ZERO).unwrap_or(WITHIN),
        severity: raise.severity,
        context,
        reason: stamp.reason.clone().unwrap_or_default(),
        raised_by: stamp.actor.name.clone(),
        raiser: stamp.actor.user,
        raised_at: stamp.at,
        bouncing,
        state: State::Waiting,
        level: 0,
        round: 0,
        told_at: stamp.at,
        exhausted: false,
        by: None,
        at: None,
        returned_because: None,
    };
    Ok(EscalationEvent::Raised { escalation: Box::new(escalation), tell })
}

/// The answers in the order of the questions: each question once, none of another path.
fn context(asks: &[String], answers: &[Answered]) -> Result<Vec<Answered>, Refusal> {
    let list = || asks.iter().map(|ask| format!("“{ask}”")).collect::<Vec<_>>().join(", ");
    if let Some(odd) = answers.iter().find(|answer| !asks.contains(&answer.question)) {
        let known = if asks.is_empty() { "it asks nothing".to_owned() } else { format!("it asks {}", list()) };
        return Err(Refusal::field("context", format!("This path does not ask “{}”: {known}.", odd.question)));
    }
    let mut found = vec![];
    for ask in asks {
        let mut own = answers.iter().filter(|answer| answer.question == *ask);
        let answer = own.next().map(|answer| answer.answer.trim()).unwrap_or_default();
        if answer.is_empty() {
            return Err(Refusal::field("context", format!("This path asks “{ask}”: answer it, so that nobody has to ask again.")));
        }
        if answer.chars().count() > ANSWER_LIMIT {
            return Err(Refusal::field("context", format!("The answer to “{ask}” can have at most {ANSWER_LIMIT} characters.")));
        }
        if own.next().is_some() {
            return Err(Refusal::field("context", format!("“{ask}” is answered twice: answer it once.")));
        }
        found.push(Answered { question: ask.clone(), answer: answer.to_owned() });
    }
    Ok(found)
}
