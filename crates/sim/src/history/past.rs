//! A ticket as the product takes it over: what became of it in the end.

use super::map::Standing;
use super::{History, Ticket};
use hypercare_core::Timestamp;
use hypercare_core::conversation::Status;
use hypercare_core::conversation::imported::Past;
use hypercare_core::triage::{Scope, Triage};

/// Characters of a name that are kept.
const NAME_LIMIT: usize = 120;

impl History {
    /// What became of a ticket, as far as the export says.
    pub fn past(&self, ticket: &Ticket) -> Past {
        let end = Timestamp(i64::MAX);
        let resolved_at = ticket.settled_by(end);
        let status = match (resolved_at, ticket.last.standing) {
            (Some(_), _) => Status::Resolved,
            (None, Some(Standing::Waiting)) => Status::Waiting,
            (None, _) => Status::Open,
        };
        let named = |dimension: Option<usize>| dimension.and_then(|d| self.dimension(ticket, d, end)).map(shortened);
        let triage = Triage {
            scope: Scope::Out,
            scenario: named(self.scenario),
            category: named(self.category),
            severity: ticket.looks.last().map(|l| l.severity).unwrap_or_default(),
            reasons: vec![format!("Taken over from {}.", self.source)],
            ..Triage::default()
        };
        // Whole, so that what is too long for a field is refused there and not cut.
        let value = |dimension: usize| self.dimension(ticket, dimension, end).map(str::to_owned);
        let fields = self.fields.iter().filter_map(|(key, dimension)| Some((key.clone(), value(*dimension)?))).collect();
        Past {
            source: self.source.clone(),
            id: ticket.id.to_string(),
            status,
            first_response_at: ticket.first_response.filter(|at| *at >= ticket.opened),
            resolved_at,
            reopened: ticket.last.reopens.unwrap_or_else(|| u32::try_from(ticket.reopened.len()).unwrap_or(u32::MAX)),
            escalated_at: ticket.handed.first().copied(),
            rating: ticket.rated.map(|(_, points)| points),
            rated_at: ticket.rated.map(|(at, _)| at),
            triage,
            fields,
        }
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(NAME_LIMIT).collect()
}
