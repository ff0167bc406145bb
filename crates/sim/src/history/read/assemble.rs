//! From rows to tickets: rows of one id are put in order of their times and read as changes.

use super::super::History;
use super::super::map::{Field, Map, Rows, Standing};
use super::super::ticket::{Last, Look, Names, Ticket, Tuples};
use super::parse::{Parsed, Reading, Recent};
use super::row::Row;
use super::{Counts, Reject};
use hypercare_core::{Severity, Timestamp};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What one row said of its ticket.
#[derive(Clone, Copy)]
struct Step {
    ticket: u32,
    /// The export's own order of rows of the same time, then the order in the file.
    seq: (u32, u32),
    at: Timestamp,
    standing: Option<Standing>,
    severity: Severity,
    group: u32,
    reassignments: Option<u32>,
    reopens: Option<u32>,
    dimensions: u32,
    rating: Option<u8>,
}

/// A ticket of which not all rows have been read.
struct Draft {
    ticket: Ticket,
    /// The row that has the last word so far.
    last: (Timestamp, (u32, u32)),
    first_response: Option<Timestamp>,
    /// What the row said, to tell repetitions from contradictions; rows of tickets only.
    fingerprint: u64,
}

pub(super) struct Assembler<'m> {
    map: &'m Map,
    fields: Vec<Field>,
    texts: bool,
    names: Names,
    tuples: Tuples,
    drafts: Vec<Draft>,
    by_id: HashMap<Box<str>, u32>,
    steps: Vec<Step>,
    recent: Recent,
}

impl<'m> Assembler<'m> {
    pub fn new(map: &'m Map, texts: bool) -> Self {
        Self {
            map,
            fields: map.columns.keys().copied().collect(),
            texts,
            names: Names::default(),
            tuples: Tuples::default(),
            drafts: vec![],
            by_id: HashMap::new(),
            steps: vec![],
            recent: Recent::default(),
        }
    }

    /// Takes a row whole; false if it only repeats an earlier one.
    pub fn add(&mut self, line: u64, row: &Row<'_>) -> Result<bool, Reject> {
        let parsed = Reading { map: self.map, fields: &self.fields, row, line, recent: &mut self.recent }.parse()?;
        let known = self.by_id.get(parsed.id.as_ref()).copied();
        if let Some(known) = known.and_then(|i| self.drafts.get(i as usize)) {
            let column = |field| self.map.column(field).map(|c| c.name().to_owned()).unwrap_or_default();
            if known.ticket.opened != parsed.opened {
                let reason = format!("line {} says that ticket {} was opened at {}", known.ticket.line, parsed.id, known.ticket.opened);
                return Err(Reject { line, column: column(Field::Opened), value: parsed.opened.to_string(), reason });
            }
            if self.map.rows == Rows::Tickets {
                if known.fingerprint == fingerprint(&parsed) {
                    return Ok(false);
                }
                let reason = format!(
                    "line {} says something else of this ticket; if rows are its history, write rows = \"events\" in [file] of the map",
                    known.ticket.line
                );
                return Err(Reject { line, column: column(Field::Id), value: parsed.id.into_owned(), reason });
            }
        }
        self.keep(line, &parsed, known);
        Ok(true)
    }

    fn keep(&mut self, line: u64, parsed: &Parsed<'_>, known: Option<u32>) {
        let ticket = known.unwrap_or_else(|| self.begin(line, parsed));
        let at = parsed.updated.unwrap_or(parsed.opened).max(parsed.opened);
        let seq = (parsed.sequence, u32::try_from(self.steps.len()).unwrap_or(u32::MAX));
        let dimensions: Vec<u32> = parsed.dimensions.iter().map(|value| value.as_deref().map_or(0, |v| self.names.of(v))).collect();
        self.steps.push(Step {
            ticket,
            seq,
            at,
            standing: parsed.standing,
            severity: parsed.severity.unwrap_or_default(),
            group: parsed.group.as_deref().map_or(0, |g| self.names.of(g)),
            reassignments: parsed.reassignments,
            reopens: parsed.reopens,
            dimensions: self.tuples.of(&dimensions),
            rating: parsed.rating,
        });
        let Some(draft) = self.drafts.get_mut(ticket as usize) else { return };
        if (at, seq) < draft.last {
            return;
        }
        draft.last = (at, seq);
        draft.first_response = parsed.first_response.or(draft.first_response);
        draft.ticket.contact = parsed.contact.as_deref().map(|c| self.names.of(c)).or(draft.ticket.contact);
        draft.ticket.reporter = parsed.reporter.as_deref().map(|c| self.names.of(c)).or(draft.ticket.reporter);
        draft.ticket.rated =
            parsed.rating.map(|points| (parsed.rated.or(parsed.resolved).or(parsed.closed).unwrap_or(at), points)).or(draft.ticket.rated);
        draft.ticket.last = Last {
            resolved: parsed.resolved,
            closed: parsed.closed,
            sla_met: parsed.sla_met,
            reassignments: parsed.reassignments,
            reopens: parsed.reopens,
            standing: parsed.standing,
        };
        if self.texts {
            let owned = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(Into::into);
            draft.ticket.subject = owned(&parsed.subject).or(draft.ticket.subject.take());
            draft.ticket.text = owned(&parsed.text).or(draft.ticket.text.take());
        }
    }

    fn begin(&mut self, line: u64, parsed: &Parsed<'_>) -> u32 {
        let index = u32::try_from(self.drafts.len()).unwrap_or(u32::MAX);
        let id: Box<str> = parsed.id.as_ref().into();
        self.by_id.insert(id.clone(), index);
        let fingerprint = if self.map.rows == Rows::Tickets { fingerprint(parsed) } else { 0 };
        let ticket = Ticket::new(id, line, parsed.opened);
        self.drafts.push(Draft { ticket, last: (Timestamp(i64::MIN), (0, 0)), first_response: None, fingerprint });
        index
    }

    /// All tickets in the order in which they became known.
    pub fn finish(mut self, counts: Counts) -> History {
        self.steps.sort_unstable_by_key(|s| (s.ticket, s.at, s.seq));
        let mut until = Timestamp(i64::MIN);
        let mut steps = self.steps.as_slice();
        let mut tickets = Vec::with_capacity(self.drafts.len());
        for (index, draft) in self.drafts.into_iter().enumerate() {
            let own = steps.partition_point(|s| s.ticket as usize <= index);
            let (mine, rest) = steps.split_at(own);
            steps = rest;
            let ticket = folded(draft, mine, self.map);
            until = until.max(last_known(&ticket, mine, self.map.rows));
            tickets.push(ticket);
        }
        tickets.sort_by(|a, b| (a.known, a.opened, &a.id).cmp(&(b.known, b.opened, &b.id)));
        History {
            source: self.map.source.clone(),
            dimensions: self.map.dimensions.iter().map(|(name, _)| name.clone()).collect(),
            topic: self.map.topic.clone(),
            scenario: self.map.scenario,
            category: self.map.category,
            fields: self.map.fields.clone(),
            measured: Measured::of(self.map),
            tickets,
            names: self.names,
            tuples: self.tuples,
            counts,
            until,
        }
    }
}

/// What the export says about tickets, so that nothing is measured that is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// When a person first answered.
    pub first_response: bool,
    /// Only through the status: leaving the untouched ones stands in for an answer.
    pub first_response_by_status: bool,
    /// When tickets were handed to another team.
    pub handed: bool,
    /// When tickets came back.
    pub reopened: bool,
    /// Ratings.
    pub ratings: bool,
    /// Whose tickets they are.
    pub contacts: bool,
    /// Whether promises were kept, after the fact.
    pub sla: bool,
    /// Handovers and returns are known as totals only, after the fact.
    pub totals: bool,
}

impl Measured {
    fn of(map: &Map) -> Self {
        let has = |field| map.columns.contains_key(&field);
        let events = map.rows == Rows::Events;
        Self {
            first_response: has(Field::FirstResponse) || (events && map.statuses.values().any(|s| *s == Standing::Untouched)),
            first_response_by_status: !has(Field::FirstResponse),
            handed: events && (has(Field::Reassignments) || has(Field::Group)),
            reopened: events && (has(Field::Reopens) || has(Field::Status)),
            ratings: has(Field::Rating),
            contacts: has(Field::Contact),
            sla: has(Field::SlaMet),
            totals: has(Field::Reassignments),
        }
    }
}

fn fingerprint(parsed: &Parsed<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let times = [parsed.first_response, parsed.resolved, parsed.closed, parsed.rated].map(|t| t.map(|t| t.0));
    (times, parsed.standing, parsed.severity.map(Severity::word), parsed.reassignments, parsed.reopens, parsed.rating).hash(&mut hasher);
    (&parsed.contact, &parsed.group, &parsed.dimensions, &parsed.subject, &parsed.text, parsed.sla_met).hash(&mut hasher);
    hasher.finish()
}

/// The last moment of which the export speaks: for rows of events the last row, never a final column that may lie ahead of it.
fn last_known(ticket: &Ticket, steps: &[Step], rows: Rows) -> Timestamp {
    let row = steps.last().map_or(ticket.opened, |s| s.at);
    match rows {
        Rows::Events => row,
        Rows::Tickets => [Some(row), ticket.last.resolved, ticket.last.closed, ticket.first_response].into_iter().flatten().max().unwrap_or(row),
    }
}

fn folded(draft: Draft, steps: &[Step], map: &Map) -> Ticket {
    let Draft { mut ticket, first_response, .. } = draft;
    ticket.known = steps.first().map_or(ticket.opened, |s| s.at);
    ticket.first_response = match map.column(Field::FirstResponse) {
        Some(_) => first_response,
        None if map.rows == Rows::Events && map.statuses.values().any(|s| *s == Standing::Untouched) => {
            steps.iter().find(|s| s.standing.is_some_and(|now| now != Standing::Untouched)).map(|s| s.at)
        }
        None => None,
    };
    for step in steps {
        let look = Look { at: step.at, severity: step.severity, group: step.group, dimensions: step.dimensions };
        if ticket.looks.last().is_none_or(|l| (l.severity, l.group, l.dimensions) != (look.severity, look.group, look.dimensions)) {
            ticket.looks.push(look);
        }
    }
    settle(&mut ticket, steps, map);
    if map.rows == Rows::Events {
        hand_over(&mut ticket, steps, map);
        come_back(&mut ticket, steps, map);
        let rated = steps.iter().find_map(|s| Some((s.at, s.rating?)));
        ticket.rated = rated.map(|(at, points)| (ticket.rated.map_or(at, |(own, _)| own.max(ticket.opened)), points));
    }
    ticket
}

/// When it was settled. A column that holds final values counts from its own time on; otherwise the status says.
fn settle(ticket: &mut Ticket, steps: &[Step], map: &Map) {
    let ends = ticket.last.resolved.or(ticket.last.closed);
    let by_column = map.rows == Rows::Tickets || [Field::Resolved, Field::Closed].into_iter().filter_map(|f| map.column(f)).any(|c| c.last_word);
    if by_column {
        // A ticket that is open in the end has come back since, if it ever was settled.
        let open = map.rows == Rows::Tickets && ticket.last.standing.is_some_and(|s| !s.is_settled());
        ticket.settled.extend(ends.filter(|_| !open).map(|at| (at, None)));
        return;
    }
    for step in steps {
        let Some(standing) = step.standing else { continue };
        match ticket.settled.last_mut().filter(|(_, until)| until.is_none()) {
            Some((_, until)) if !standing.is_settled() => *until = Some(step.at),
            None if standing.is_settled() => ticket.settled.push((step.at, None)),
            _ => {}
        }
    }
}

fn hand_over(ticket: &mut Ticket, steps: &[Step], map: &Map) {
    let (mut count, mut group) = (0, 0);
    for step in steps {
        if map.columns.contains_key(&Field::Reassignments) {
            let now = step.reassignments.unwrap_or(count);
            ticket.handed.extend((count..now).map(|_| step.at));
            count = count.max(now);
        } else if step.group != 0 {
            if group != 0 && group != step.group {
                ticket.handed.push(step.at);
            }
            group = step.group;
        }
    }
}

fn come_back(ticket: &mut Ticket, steps: &[Step], map: &Map) {
    let (mut count, mut settled, mut closed) = (0, false, false);
    for step in steps {
        if let Some(standing) = step.standing {
            if standing.is_settled() && !closed {
                ticket.closings.push(step.at);
            }
            closed = standing.is_settled();
        }
        if map.columns.contains_key(&Field::Reopens) {
            let now = step.reopens.unwrap_or(count);
            ticket.reopened.extend((count..now).map(|_| step.at));
            count = count.max(now);
        } else if let Some(standing) = step.standing {
            if settled && !standing.is_settled() {
                ticket.reopened.push(step.at);
            }
            settled = standing.is_settled();
        }
    }
}
