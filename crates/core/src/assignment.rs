//! Who is given a conversation next: in turn, to whoever is here and has room.
//!
//! Only what is to be worked on now counts as load: what is snoozed, waits for the customer or is settled takes no room. Who is away or
//! full is skipped and keeps their place in the turn.

use crate::{Timestamp, UserId};

#[cfg(test)]
mod tests;

/// How many conversations a person has at a time, unless somebody says otherwise.
pub const CAPACITY: u32 = 8;
/// No person can have more at a time: beyond, a number is a slip of the finger.
pub const MOST: u32 = 200;

/// A person in the turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Who.
    pub user: UserId,
    /// Since when they are away; none while they are here.
    pub away_since: Option<Timestamp>,
    /// How many conversations they have to work on now.
    pub load: u32,
    /// How many they have at a time.
    pub capacity: u32,
    /// When they were last given one: the number of that event, so that two of the same instant have an order; 0 for never.
    pub given: i64,
}

impl Agent {
    /// Whether they can be given one more.
    pub fn has_room(&self) -> bool {
        self.away_since.is_none() && self.load < self.capacity
    }
}

/// Who is next: of those who are here and have room the one who was given one the longest ago, of two the one with the lower id.
pub fn next(agents: &[Agent]) -> Option<&Agent> {
    agents.iter().filter(|agent| agent.has_room()).min_by_key(|agent| (agent.given, agent.user))
}

/// Gives one to whoever is next, as event `number`; says who that was.
pub fn give(agents: &mut [Agent], number: i64) -> Option<&Agent> {
    let user = next(agents)?.user;
    let agent = agents.iter_mut().find(|agent| agent.user == user)?;
    agent.load += 1;
    agent.given = number;
    Some(agent)
}

/// Why they got it, for the record: "Next in turn, 3 of 8."
pub fn why(agent: &Agent) -> String {
    format!("Next in turn, {} of {}.", agent.load, agent.capacity)
}

/// Whether a conversation leaves somebody who is away: it came back to them after they had gone. What they left open stays theirs.
pub fn leaves(agent: &Agent, open_since: Option<Timestamp>) -> bool {
    agent.away_since.zip(open_since).is_some_and(|(away, open)| open >= away)
}
