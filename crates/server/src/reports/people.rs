//! What people carried: by the rota as it was lived, by what they wrote, and by whom the product called. In the order of names: load is
//! told so that recovery is given and the next rota is fair. Who wrote more did not work better, so nobody is ranked.

use super::model::PersonLoad;
use hypercare_core::escalation::Escalation;
use hypercare_core::fatigue::{Page, Work};
use hypercare_core::lessons::{LoadFigures, loads};
use hypercare_core::rota::living::lived_duties;
use hypercare_core::rota::{LivingRota, Period};
use hypercare_core::window::Window;
use hypercare_core::{EscalationId, Span, Timestamp, calendar};
use hypercare_store::queries::lessons::{DoneBy, done_by};
use hypercare_store::queries::{escalations, people, rota};
use hypercare_store::{Query, StoreError};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashMap};

const PAGE: i64 = 200;
/// Escalations that are read at most.
const MOST: usize = 2_000;

/// What everybody carried from go-live until an instant; nobody before.
///
/// # Errors
/// When the database fails.
pub async fn people(q: &mut impl Query, w: &Window, since: Timestamp, until: Timestamp) -> Result<Vec<PersonLoad>, StoreError> {
    let Some(live) = w.activated_at.filter(|live| *live < until) else { return Ok(vec![]) };
    let rota = rota::of(q, w).await?;
    let known = people::list(q).await?;
    let by_email: HashMap<String, (i64, String)> = known.into_iter().map(|p| (p.email.to_lowercase(), (p.id, p.name))).collect();
    let pages: Vec<Page> =
        pages(&rota, &escalated(q, w).await?, Period::new(live, until)).into_iter().filter(|p| by_email.contains_key(&p.person)).collect();
    let zone = calendar::zone(&w.plan.window.zone).unwrap_or(TimeZone::UTC);
    let span = Period::new(live, until);
    let within = |mut d: hypercare_core::fatigue::Duty| {
        d.person = d.person.to_lowercase();
        d.when = d.when.within(span)?;
        Some(d)
    };
    let duties: Vec<_> = lived_duties(&rota, span, until).into_iter().filter_map(within).collect();
    let work = Work { pages: &pages, ..Work::planned(&zone, &duties) };
    let carried = loads(&work, &rota.base().limits());
    let done: HashMap<i64, DoneBy> = done_by(q, since, until + Span(1)).await?.into_iter().map(|d| (d.user_id, d)).collect();
    Ok(joined(carried, &by_email, done))
}

/// Everybody who was on duty, was called or wrote, by name.
fn joined(carried: Vec<LoadFigures>, by_email: &HashMap<String, (i64, String)>, mut done: HashMap<i64, DoneBy>) -> Vec<PersonLoad> {
    let mut lines: BTreeMap<(String, String), PersonLoad> = BTreeMap::new();
    for own in carried {
        let account = by_email.get(&own.person);
        let wrote = account.and_then(|(id, _)| done.remove(id));
        let name = account.map_or_else(|| own.person.clone(), |(_, name)| name.clone());
        // Sentences of the rules name the address; here the line says who it is.
        let said = |text: &str| text.replace(&own.person, &name);
        let line = PersonLoad {
            name: name.clone(),
            duty: own.duty,
            shifts: own.shifts,
            nights: own.nights,
            conversations: wrote.as_ref().map_or(0, |d| d.conversations),
            replies: wrote.as_ref().map_or(0, |d| d.replies),
            alerts: own.alerts,
            alerts_in_rest: own.alerts_in_rest,
            recovery: own.recovery,
            too_much: own.violations.iter().map(|v| said(&v.what)).collect(),
        };
        lines.insert((name, own.person), line);
    }
    for (email, (id, name)) in by_email {
        if let Some(wrote) = done.remove(id) {
            let line = PersonLoad {
                name: name.clone(),
                duty: Span::ZERO,
                shifts: 0,
                nights: 0,
                conversations: wrote.conversations,
                replies: wrote.replies,
                alerts: 0,
                alerts_in_rest: 0,
                recovery: 0,
                too_much: vec![],
            };
            lines.insert((name.clone(), email.clone()), line);
        }
    }
    lines.into_values().collect()
}

/// Whom the product called: by escalations, and as a backup when a duty was not taken over.
fn pages(rota: &LivingRota, escalations: &[Escalation], span: Period) -> Vec<Page> {
    let mut all: Vec<Page> = Vec::new();
    for e in escalations {
        let calls = e.calls();
        let last = calls.len().saturating_sub(1);
        for (i, (person, from)) in calls.into_iter().enumerate() {
            // The work on it ends, as far as is known, with the word that they have seen it.
            let to = e.at.filter(|_| i == last).map_or(from, |at| at.max(from));
            all.push(Page { person: person.to_lowercase(), when: Period { from, to } });
        }
    }
    let backups = rota.handovers.iter().filter_map(|h| Some((h.backup.as_ref()?.to_lowercase(), h.called_at?)));
    all.extend(backups.map(|(person, at)| Page { person, when: Period { from: at, to: at } }));
    all.retain(|p| span.contains(p.when.from));
    all
}

async fn escalated(q: &mut impl Query, w: &Window) -> Result<Vec<Escalation>, StoreError> {
    let mut all: Vec<Escalation> = Vec::new();
    while all.len() < MOST {
        let before: Option<EscalationId> = all.last().map(|e| e.id);
        let page = escalations::page(q, w.id, false, before, PAGE).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    Ok(all)
}
