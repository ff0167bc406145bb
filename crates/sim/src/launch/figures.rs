//! What a launch came to, in figures that can be compared.

use super::contact::{Contact, Standing};
use super::play::Play;
use super::world::World;
use hypercare_core::Timestamp;
use serde::Serialize;

/// A figure of one launch, from go-live to the end of the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Day of the window on which exit was first allowed, go-live being day 1; the day after the horizon where it was not.
    ExitDay,
    /// Share of the plan's objectives that are met at the end of the horizon.
    ObjectivesMet,
    /// Share of first responses that kept what was promised.
    FirstResponseKept,
    /// Share of settlements that kept what was promised.
    ResolutionKept,
    /// Contacts begun on a day, on average.
    ContactsPerDay,
    /// Most contacts open at one moment.
    BacklogPeak,
    /// Messages of customers who asked again while waiting.
    Chasers,
    /// Live customers who gave up.
    GivenUp,
    /// Hours of people on duty.
    AgentHours,
    /// Share of the time that people were there in which they worked on contacts.
    Occupancy,
    /// Hours on duty beyond what keeps people fresh.
    TiredHours,
    /// Cost of these people.
    Cost,
    /// Steps back to tight promises.
    Reverts,
    /// Open conversations whose promises were made tighter after such a step.
    Tightened,
    /// Days on which promises broke too fast.
    BurnDays,
}

impl Figure {
    /// All, in the order of tables.
    pub const ALL: [Self; 15] = [
        Self::ExitDay,
        Self::ObjectivesMet,
        Self::FirstResponseKept,
        Self::ResolutionKept,
        Self::ContactsPerDay,
        Self::BacklogPeak,
        Self::Chasers,
        Self::GivenUp,
        Self::AgentHours,
        Self::Occupancy,
        Self::TiredHours,
        Self::Cost,
        Self::Reverts,
        Self::Tightened,
        Self::BurnDays,
    ];
    /// The word in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ExitDay => "exit_day",
            Self::ObjectivesMet => "objectives_met",
            Self::FirstResponseKept => "first_response_kept",
            Self::ResolutionKept => "resolution_kept",
            Self::ContactsPerDay => "contacts_per_day",
            Self::BacklogPeak => "backlog_peak",
            Self::Chasers => "chasers",
            Self::GivenUp => "given_up",
            Self::AgentHours => "agent_hours",
            Self::Occupancy => "occupancy",
            Self::TiredHours => "tired_hours",
            Self::Cost => "cost",
            Self::Reverts => "reverts",
            Self::Tightened => "tightened",
            Self::BurnDays => "burn_days",
        }
    }
    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExitDay => "Exit allowed on day",
            Self::ObjectivesMet => "Objectives met",
            Self::FirstResponseKept => "First responses in time",
            Self::ResolutionKept => "Settled in time",
            Self::ContactsPerDay => "Contacts a day",
            Self::BacklogPeak => "Most open at once",
            Self::Chasers => "Customers asking again",
            Self::GivenUp => "Gave up waiting",
            Self::AgentHours => "Hours on duty",
            Self::Occupancy => "Occupancy",
            Self::TiredHours => "Hours on duty when tired",
            Self::Cost => "Cost",
            Self::Reverts => "Steps taken back",
            Self::Tightened => "Promises made tighter",
            Self::BurnDays => "Days of burning promises",
        }
    }
    /// Whether it is a share, shown in per cent.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::ObjectivesMet | Self::FirstResponseKept | Self::ResolutionKept | Self::Occupancy)
    }
    const fn place(self) -> usize {
        self as usize
    }
}

/// The figures of one launch; none where nothing was there to take a share of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figures {
    values: [Option<f64>; Figure::ALL.len()],
    /// Whether exit was allowed at all.
    pub exited: bool,
    /// By day from go-live on: contacts begun, open at its end.
    pub days: Vec<(u64, u64)>,
}

impl Figures {
    pub(crate) fn of(play: &Play<'_>) -> Self {
        let (world, log, hours) = (play.set.world, &play.log, play.team.hours);
        let since = play.contacts.partition_point(|c| c.opened_at < world.go_live);
        let contacts = &play.contacts[since..];
        let days = log.days.len().max(1) as f64;
        let team = &world.assumptions.team;
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        let value = |figure| match figure {
            Figure::ExitDay => Some(log.exit_day.unwrap_or(log.days.len() + 1) as f64),
            Figure::ObjectivesMet => play.judge.objectives_met(world.ends()),
            Figure::FirstResponseKept => kept(contacts, world, |c| (c.response_late_at, c.first_response_at)),
            Figure::ResolutionKept => kept(contacts, world, |c| (c.settle_late_at, c.settle_met_at)),
            Figure::ContactsPerDay => Some(log.days.iter().map(|d| d.0 as f64).sum::<f64>() / days),
            Figure::BacklogPeak => Some(log.peak as f64),
            Figure::Chasers => Some(log.chasers as f64),
            Figure::GivenUp => Some(log.given_up as f64),
            Figure::AgentHours => Some(hours.on_duty),
            Figure::Occupancy => share(hours.busy, hours.on_duty - hours.away),
            Figure::TiredHours => Some(hours.tired),
            Figure::Cost => Some(team.cost * (hours.on_duty + (team.overtime_cost - 1.0) * hours.overtime)),
            Figure::Reverts => Some(log.reverts as f64),
            Figure::Tightened => Some(log.tightened as f64),
            Figure::BurnDays => Some(log.burn_days as f64),
        };
        Self { values: Figure::ALL.map(value), exited: log.exit_day.is_some(), days: log.days.clone() }
    }
    pub(crate) const fn get(&self, figure: Figure) -> Option<f64> {
        self.values[figure.place()]
    }
}

/// Of the promises that were kept or whose time is over, the share that was kept. Who gave up is owed nothing any more,
/// but a promise that was broken before stays broken.
fn kept(contacts: &[Contact], world: &World, of: impl Fn(&Contact) -> (Option<Timestamp>, Option<Timestamp>)) -> Option<f64> {
    let (mut kept, mut all) = (0_u64, 0_u64);
    for contact in contacts {
        let (Some(late), met) = of(contact) else { continue };
        let gave_up = contact.standing == Standing::GivenUp;
        let until = met.or(contact.ended_at).unwrap_or(world.ends());
        if until >= late {
            all += 1;
        } else if met.is_some() && !gave_up {
            (kept, all) = (kept + 1, all + 1);
        }
    }
    (all > 0).then(|| kept as f64 / all as f64)
}
