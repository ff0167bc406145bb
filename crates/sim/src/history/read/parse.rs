//! One row's values, all of them understood before any is kept.

use super::super::map::{Field, Map, Standing};
use super::Reject;
use super::row::Row;
use hypercare_core::{Severity, Timestamp};
use std::borrow::Cow;

/// Characters of a value that a message repeats.
const QUOTED: usize = 80;

/// A row that was understood.
#[derive(Debug)]
pub(super) struct Parsed<'r> {
    pub id: Cow<'r, str>,
    pub opened: Timestamp,
    pub updated: Option<Timestamp>,
    pub sequence: u32,
    pub standing: Option<Standing>,
    pub first_response: Option<Timestamp>,
    pub resolved: Option<Timestamp>,
    pub closed: Option<Timestamp>,
    pub contact: Option<Cow<'r, str>>,
    pub reporter: Option<Cow<'r, str>>,
    pub group: Option<Cow<'r, str>>,
    pub severity: Option<Severity>,
    pub reassignments: Option<u32>,
    pub reopens: Option<u32>,
    pub rating: Option<u8>,
    pub rated: Option<Timestamp>,
    pub subject: Option<Cow<'r, str>>,
    pub text: Option<Cow<'r, str>>,
    pub sla_met: Option<bool>,
    /// One for each dimension of the map.
    pub dimensions: Vec<Option<Cow<'r, str>>>,
}

/// The last time that each column held, because exports repeat them from row to row.
#[derive(Debug, Default)]
pub(super) struct Recent(Vec<(String, Timestamp)>);

pub(super) struct Reading<'a, 'r> {
    pub map: &'a Map,
    pub fields: &'a [Field],
    pub row: &'r Row<'r>,
    pub line: u64,
    pub recent: &'a mut Recent,
}

impl<'r> Reading<'_, 'r> {
    pub fn parse(mut self) -> Result<Parsed<'r>, Reject> {
        let id = self.text(Field::Id)?.ok_or_else(|| self.bad(Field::Id, "", "the row names no ticket".into()))?;
        if id.len() > 200 {
            return Err(self.bad(Field::Id, &id, "an id has at most 200 characters".into()));
        }
        let opened = self.required_time(Field::Opened)?;
        let updated = if self.map.columns.contains_key(&Field::Updated) { Some(self.required_time(Field::Updated)?) } else { None };
        let parsed = Parsed {
            opened,
            updated,
            sequence: self.count(Field::Sequence)?.unwrap_or_default(),
            standing: self.standing()?,
            first_response: self.time(Field::FirstResponse)?,
            resolved: self.time(Field::Resolved)?,
            closed: self.time(Field::Closed)?,
            contact: self.text(Field::Contact)?,
            reporter: self.text(Field::Reporter)?,
            group: self.text(Field::Group)?,
            severity: self.severity()?,
            reassignments: self.count(Field::Reassignments)?,
            reopens: self.count(Field::Reopens)?,
            rating: self.rating()?,
            rated: self.time(Field::Rated)?,
            subject: self.text(Field::Subject)?,
            text: self.text(Field::Text)?,
            sla_met: self.text(Field::SlaMet)?.map(|word| self.map.yes.contains(&word.to_lowercase())),
            dimensions: self.dimensions()?,
            id,
        };
        for (field, at) in [(Field::FirstResponse, parsed.first_response), (Field::Resolved, parsed.resolved), (Field::Closed, parsed.closed)] {
            if let Some(at) = at.filter(|at| *at < opened) {
                return Err(self.bad(
                    field,
                    &at.to_string(),
                    format!("before the ticket was opened ({opened}); are day and month swapped in [time] formats?"),
                ));
            }
        }
        Ok(parsed)
    }

    fn slot(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|f| *f == field)
    }

    fn bad(&self, field: Field, value: &str, reason: String) -> Reject {
        let column = self.map.column(field).map(|c| c.name.clone()).unwrap_or_default();
        Reject { line: self.line, column, value: value.chars().take(QUOTED).collect(), reason }
    }

    fn text(&self, field: Field) -> Result<Option<Cow<'r, str>>, Reject> {
        let Some(slot) = self.slot(field) else { return Ok(None) };
        let value = self.row.get(slot).map_err(|reason| self.bad(field, "", reason))?;
        Ok(present(self.map, value))
    }

    fn required_time(&mut self, field: Field) -> Result<Timestamp, Reject> {
        self.time(field)?.ok_or_else(|| self.bad(field, "", format!("no time; expected {}", self.map.times.expected())))
    }

    fn time(&mut self, field: Field) -> Result<Option<Timestamp>, Reject> {
        let Some(value) = self.text(field)? else { return Ok(None) };
        let slot = self.slot(field).unwrap_or_default();
        if let Some((text, at)) = self.recent.0.get(slot)
            && *text == value
        {
            return Ok(Some(*at));
        }
        let at =
            self.map.times.parse(&value).ok_or_else(|| self.bad(field, &value, format!("no such time; expected {}", self.map.times.expected())))?;
        if self.recent.0.len() <= slot {
            self.recent.0.resize(slot + 1, (String::new(), Timestamp(0)));
        }
        value.as_ref().clone_into(&mut self.recent.0[slot].0);
        self.recent.0[slot].1 = at;
        Ok(Some(at))
    }

    fn standing(&self) -> Result<Option<Standing>, Reject> {
        let Some(word) = self.text(Field::Status)? else { return Ok(None) };
        let known = self.map.statuses.get(word.as_ref()).copied().or(self.map.other_status);
        let reason =
            || format!("[status] of the map does not say what this means; it knows {}, or add other = \"open\"", list(self.map.statuses.keys()));
        known.map(Some).ok_or_else(|| self.bad(Field::Status, &word, reason()))
    }

    fn severity(&self) -> Result<Option<Severity>, Reject> {
        let Some(word) = self.text(Field::Severity)? else { return Ok(None) };
        let known = self.map.severities.get(word.as_ref()).copied().or(self.map.other_severity);
        let reason = || {
            format!("[severity] of the map does not say what this means; it knows {}, or add other = \"normal\"", list(self.map.severities.keys()))
        };
        known.map(Some).ok_or_else(|| self.bad(Field::Severity, &word, reason()))
    }

    fn count(&self, field: Field) -> Result<Option<u32>, Reject> {
        let Some(value) = self.text(field)? else { return Ok(None) };
        value.parse().map(Some).map_err(|_| self.bad(field, &value, "not a whole number from 0".into()))
    }

    fn rating(&self) -> Result<Option<u8>, Reject> {
        let Some(value) = self.text(Field::Rating)? else { return Ok(None) };
        let points = self.map.ratings.get(value.as_ref()).copied().or_else(|| value.parse().ok().filter(|points| (1..=5).contains(points)));
        points.map(Some).ok_or_else(|| self.bad(Field::Rating, &value, "not 1 to 5, and no word that [rating] of the map knows".into()))
    }

    fn dimensions(&self) -> Result<Vec<Option<Cow<'r, str>>>, Reject> {
        let from = self.fields.len();
        let one = |(i, (_, column)): (usize, &(String, super::super::map::Column))| {
            let bad = |reason| Reject { line: self.line, column: column.name.clone(), value: String::new(), reason };
            self.row.get(from + i).map(|value| present(self.map, value)).map_err(bad)
        };
        self.map.dimensions.iter().enumerate().map(one).collect()
    }
}

fn present<'r>(map: &Map, value: Cow<'r, str>) -> Option<Cow<'r, str>> {
    match value {
        Cow::Borrowed(text) => map.present(text).map(Cow::Borrowed),
        Cow::Owned(text) => map.present(&text).map(|t| Cow::Owned(t.to_owned())),
    }
}

fn list<'w>(words: impl Iterator<Item = &'w String>) -> String {
    words.take(12).map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}
