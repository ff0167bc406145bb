//! One row's values, all of them understood before any is kept.

use super::super::map::{Field, Map, Rows, Standing, Unlisted};
use super::Reject;
use super::row::Row;
use hypercare_core::{Severity, Timestamp};
use std::borrow::Cow;

/// Characters of a value that a message repeats.
const QUOTED: usize = 80;

/// Minutes from the opening of a ticket to anything else: a century.
const MINUTES_LIMIT: f64 = 52_560_000.0;

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
        let resolved = self.time_since(Field::Resolved, opened)?;
        let mut parsed = Parsed {
            opened,
            updated,
            sequence: self.count(Field::Sequence)?.unwrap_or_default(),
            standing: self.standing(resolved.is_some())?,
            first_response: self.time_since(Field::FirstResponse, opened)?,
            resolved,
            closed: self.time_since(Field::Closed, opened)?,
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
        if self.map.rows == Rows::Tickets {
            self.end(&mut parsed)?;
        }
        Ok(parsed)
    }

    /// A ticket that is settled in the end has a time of it; one that is open has come back since, whatever the columns still hold.
    fn end(&self, parsed: &mut Parsed<'r>) -> Result<(), Reject> {
        let Some(standing) = parsed.standing else { return Ok(()) };
        if !standing.is_settled() {
            (parsed.resolved, parsed.closed) = (None, None);
        } else if parsed.resolved.or(parsed.closed).is_none() {
            let column = |field| self.map.column(field).map(|c| format!("`{}`", c.name()));
            let times = [Field::Resolved, Field::Closed].into_iter().filter_map(column).collect::<Vec<_>>().join(" and ");
            let said = self.text(Field::Status)?.unwrap_or_default();
            return Err(self.bad(Field::Status, &said, format!("settled, but the row does not say when: {times} hold nothing")));
        }
        Ok(())
    }

    fn slot(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|f| *f == field)
    }

    fn bad(&self, field: Field, value: &str, reason: String) -> Reject {
        let slot = self.slot(field).and_then(|slot| self.row.column(self.map, slot));
        let column = slot.or_else(|| self.map.column(field).map(super::super::map::Column::name)).unwrap_or_default().to_owned();
        Reject { line: self.line, column, value: value.chars().take(QUOTED).collect(), reason }
    }

    fn text(&self, field: Field) -> Result<Option<Cow<'r, str>>, Reject> {
        let Some(slot) = self.slot(field) else { return Ok(None) };
        self.row.get(self.map, slot).map_err(|reason| self.bad(field, "", reason))
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

    /// A time after the opening, whether the column holds the time itself or the minutes until then.
    fn time_since(&mut self, field: Field, opened: Timestamp) -> Result<Option<Timestamp>, Reject> {
        if !self.map.column(field).is_some_and(|column| column.minutes) {
            return self.time(field);
        }
        let Some(value) = self.text(field)? else { return Ok(None) };
        let minutes: Option<f64> = value.parse().ok().filter(|minutes| (0.0..=MINUTES_LIMIT).contains(minutes));
        let since = minutes.ok_or_else(|| self.bad(field, &value, "not a number of minutes from 0".into()))?;
        Ok(Some(Timestamp(opened.0.saturating_add((since * 60e6).round() as i64))))
    }

    fn standing(&self, has_end: bool) -> Result<Option<Standing>, Reject> {
        let Some(word) = self.text(Field::Status)? else { return Ok(None) };
        let unlisted = || {
            Some(match self.map.other_status? {
                Unlisted::Is(standing) => standing,
                Unlisted::ByTime if has_end => Standing::Resolved,
                Unlisted::ByTime => Standing::Open,
            })
        };
        let known = Map::meaning(&self.map.statuses, &word).or_else(unlisted);
        let reason =
            || format!("[status] of the map does not say what this means; it knows {}, or add other = \"open\"", list(self.map.statuses.keys()));
        known.map(Some).ok_or_else(|| self.bad(Field::Status, &word, reason()))
    }

    fn severity(&self) -> Result<Option<Severity>, Reject> {
        let Some(word) = self.text(Field::Severity)? else { return Ok(None) };
        let known = Map::meaning(&self.map.severities, &word).or(self.map.other_severity);
        let reason = || {
            format!("[severity] of the map does not say what this means; it knows {}, or add other = \"normal\"", list(self.map.severities.keys()))
        };
        known.map(Some).ok_or_else(|| self.bad(Field::Severity, &word, reason()))
    }

    fn count(&self, field: Field) -> Result<Option<u32>, Reject> {
        let Some(value) = self.text(field)? else { return Ok(None) };
        let from = self.map.column(field).map_or(0, |column| column.from);
        let counted = value.parse::<u32>().map_err(|_| self.bad(field, &value, "not a whole number from 0".into()))?;
        Ok(Some(counted.saturating_sub(from)))
    }

    fn rating(&self) -> Result<Option<u8>, Reject> {
        let Some(value) = self.text(Field::Rating)? else { return Ok(None) };
        let points = Map::meaning(&self.map.ratings, &value).or_else(|| value.parse().ok().filter(|points| (1..=5).contains(points)));
        points.map(Some).ok_or_else(|| self.bad(Field::Rating, &value, "not 1 to 5, and no word that [rating] of the map knows".into()))
    }

    fn dimensions(&self) -> Result<Vec<Option<Cow<'r, str>>>, Reject> {
        let from = self.fields.len();
        let one = |(i, (_, column)): (usize, &(String, super::super::map::Column))| {
            let name = || self.row.column(self.map, from + i).unwrap_or_else(|| column.name()).to_owned();
            self.row.get(self.map, from + i).map_err(|reason| Reject { line: self.line, column: name(), value: String::new(), reason })
        };
        self.map.dimensions.iter().enumerate().map(one).collect()
    }
}

fn list<'w>(words: impl Iterator<Item = &'w String>) -> String {
    words.take(12).map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}
