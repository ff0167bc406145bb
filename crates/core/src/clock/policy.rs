//! Sets of promises: which target holds for what.

use super::ClockKind;
use crate::calendar::Calendar;
use crate::plan::{CategoryPromises, Length, Plan, SlaPolicy};
use crate::{Severity, Span, Timestamp};
use std::collections::BTreeMap;

/// Targets of one kind by severity.
pub type Table = BTreeMap<Severity, Span>;

/// The target for a severity. A severity without its own target uses the next milder one's that has one, else
/// the next worse one's; none means nothing is promised.
pub fn target(table: &Table, severity: Severity) -> Option<Span> {
    table.range(..=severity).next_back().or_else(|| table.range(severity..).next()).map(|(_, span)| *span)
}

/// What a promise is about: what selects its policy and its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// The conversation is about the change.
    pub about_change: bool,
    /// Its category.
    pub category: Option<&'a str>,
    /// How much it hurts.
    pub severity: Severity,
}

/// Targets by kind and severity; an empty table promises nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Time to acknowledge.
    pub acknowledge: Option<Span>,
    /// Time to the first reply by a person.
    pub first_response: Table,
    /// Time to each next reply by a person.
    pub next_response: Table,
    /// Longest silence between two replies by a person.
    pub update: Table,
    /// Time to resolution.
    pub resolution: Table,
    /// Time from the first message to resolution.
    pub total_resolution: Table,
}

/// One version of one set of promises, ready to use.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name: `hypercare` or `normal`.
    pub name: String,
    /// Version of the plan it comes from. Name and version are a policy's identity.
    pub version: u32,
    /// Since when this version is in force.
    pub since: Timestamp,
    /// When time counts.
    pub calendar: Calendar,
    /// What is promised.
    pub targets: Targets,
    /// Targets of categories that have their own, complete.
    pub categories: BTreeMap<String, Targets>,
}

impl Policy {
    /// A policy of a plan. A calendar that does not compile counts around the clock: the plan check refuses such a
    /// plan, and a promise kept too early harms nobody.
    pub fn from_plan(name: &str, section: &SlaPolicy, plan: &Plan, version: u32, since: Timestamp) -> Self {
        let known = plan.calendars.get(&section.calendar);
        let calendar = known.and_then(|c| Calendar::from_section(c, &plan.window.zone).ok()).unwrap_or_else(Calendar::always);
        let targets = Targets {
            acknowledge: section.acknowledge.map(|l| l.0),
            first_response: spans(&section.first_response),
            next_response: spans(&section.next_response),
            update: spans(&section.update),
            resolution: spans(&section.resolution),
            total_resolution: spans(&section.total_resolution),
        };
        let categories = section.categories.iter().map(|(name, own)| (name.clone(), targets.with(own))).collect();
        Self { name: name.to_owned(), version, since, calendar, targets, categories }
    }

    /// What it promises of a kind, by severity.
    pub fn promises(&self, kind: ClockKind, category: Option<&str>) -> Table {
        let own = category.and_then(|c| self.categories.get(c)).unwrap_or(&self.targets);
        match kind {
            ClockKind::Acknowledgement => own.acknowledge.map(|span| (Severity::Low, span)).into_iter().collect(),
            ClockKind::FirstResponse => own.first_response.clone(),
            ClockKind::NextResponse => own.next_response.clone(),
            ClockKind::Update => own.update.clone(),
            ClockKind::Resolution => own.resolution.clone(),
            ClockKind::TotalResolution => own.total_resolution.clone(),
        }
    }
}

impl Targets {
    /// With what a category promises otherwise, severity by severity.
    fn with(&self, own: &CategoryPromises) -> Self {
        let over = |table: &Table, own: &BTreeMap<Severity, Length>| table.clone().into_iter().chain(spans(own)).collect();
        Self {
            acknowledge: own.acknowledge.map(|l| l.0).or(self.acknowledge),
            first_response: over(&self.first_response, &own.first_response),
            next_response: over(&self.next_response, &own.next_response),
            update: over(&self.update, &own.update),
            resolution: over(&self.resolution, &own.resolution),
            total_resolution: over(&self.total_resolution, &own.total_resolution),
        }
    }
}

fn spans(table: &BTreeMap<Severity, Length>) -> Table {
    table.iter().map(|(severity, length)| (*severity, length.0)).collect()
}
