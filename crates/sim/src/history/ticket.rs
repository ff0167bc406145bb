//! Tickets as history knows them: every fact with its time, so that any day in between can be asked.

use hypercare_core::{Severity, Timestamp};
use std::collections::HashMap;

/// Texts that repeat, kept once. Number 0 is "nothing".
#[derive(Debug, Default)]
pub struct Names {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Names {
    /// The number of a text, from 1.
    pub fn of(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.texts.push(text.into());
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        number
    }
    /// The text of a number; none for 0.
    pub fn text(&self, number: u32) -> Option<&str> {
        self.texts.get((number as usize).checked_sub(1)?).map(AsRef::as_ref)
    }
}

/// Combinations of dimension values, kept once.
#[derive(Debug, Default)]
pub struct Tuples {
    list: Vec<Box<[u32]>>,
    numbers: HashMap<Box<[u32]>, u32>,
}

impl Tuples {
    /// The number of a combination.
    pub fn of(&mut self, values: &[u32]) -> u32 {
        if let Some(number) = self.numbers.get(values) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(values.into());
        self.numbers.insert(values.into(), number);
        number
    }
    /// The values of a combination, one for each dimension; 0 is "nothing".
    pub fn values(&self, number: u32) -> &[u32] {
        self.list.get(number as usize).map_or(&[], AsRef::as_ref)
    }
}

/// How a ticket looked from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// From when.
    pub at: Timestamp,
    /// How much it hurt.
    pub severity: Severity,
    /// Which team had it; 0 for none.
    pub group: u32,
    /// Its dimensions, a number of [`Tuples`].
    pub dimensions: u32,
}

/// What the export says in the end: for tables after the fact, never for a day in between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// When it was settled for the last time.
    pub resolved: Option<Timestamp>,
    /// When it was closed for good.
    pub closed: Option<Timestamp>,
    /// Whether its promise was kept.
    pub sla_met: Option<bool>,
    /// How often it was handed over.
    pub reassignments: Option<u32>,
    /// How often it came back.
    pub reopens: Option<u32>,
    /// Where it stands in the end.
    pub standing: Option<super::map::Standing>,
}

/// One ticket with its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its id at the source.
    pub id: Box<str>,
    /// The line of the export that first names it.
    pub line: u64,
    /// Whose it is, a number of [`Names`].
    pub contact: Option<u32>,
    /// Who or what wrote it down, a number of [`Names`].
    pub reporter: Option<u32>,
    /// When it began.
    pub opened: Timestamp,
    /// When it first appeared in the log; never before it began.
    pub known: Timestamp,
    /// When a person first answered.
    pub first_response: Option<Timestamp>,
    /// When it was settled, and until when; none where it stayed so.
    pub settled: Vec<(Timestamp, Option<Timestamp>)>,
    /// When its status first said that it was settled, each time anew; a final column does not show these.
    pub closings: Vec<Timestamp>,
    /// When it was handed to another team.
    pub handed: Vec<Timestamp>,
    /// When it came back.
    pub reopened: Vec<Timestamp>,
    /// How it looked, from when on; never empty.
    pub looks: Vec<Look>,
    /// When it was rated, and how: 1 to 5.
    pub rated: Option<(Timestamp, u8)>,
    /// The last word of the export.
    pub last: Last,
    /// Subject line, where texts were kept.
    pub subject: Option<Box<str>>,
    /// What the customer wrote, where texts were kept.
    pub text: Option<Box<str>>,
}

impl Ticket {
    pub(super) fn new(id: Box<str>, line: u64, opened: Timestamp) -> Self {
        Self {
            id,
            line,
            contact: None,
            reporter: None,
            opened,
            known: opened,
            first_response: None,
            settled: vec![],
            closings: vec![],
            handed: vec![],
            reopened: vec![],
            looks: vec![],
            rated: None,
            last: Last::default(),
            subject: None,
            text: None,
        }
    }
    /// Since when it was settled, as it stood just before `at`; none while it was open.
    pub fn settled_by(&self, at: Timestamp) -> Option<Timestamp> {
        let (since, until) = self.settled.iter().rev().find(|(since, _)| *since < at)?;
        until.is_none_or(|until| until >= at).then_some(*since)
    }
    /// Whether it was known and not settled just before `at`.
    pub fn is_open_at(&self, at: Timestamp) -> bool {
        self.known < at && self.settled_by(at).is_none()
    }
    /// How it looked just before `at`.
    pub fn look_by(&self, at: Timestamp) -> Option<&Look> {
        self.looks.iter().rev().find(|l| l.at < at).or(self.looks.first())
    }
}
