//! Whether an edit may be made: nobody loses the decision, and nobody is worn out.

use super::LivingRota;
use super::events::Checked;
use crate::fatigue::{Duty, Strength, Violation, Work, violations};
use crate::rota::{DutyRole, FaultKind, Period, Rota, faults};
use crate::{Refusal, Span, Timestamp};
use jiff::tz::TimeZone;

/// How far an edit is judged.
const AHEAD: Span = Span::days(60);
/// Duty before that counts for rest and for the days in a row.
const BEFORE: Span = Span::days(8);
/// Gaps and sentences that one refusal names.
const NAMED: usize = 10;
/// Roles that are work; who is backup or learns may rest.
const WORK: [DutyRole; 3] = [DutyRole::DecisionOwner, DutyRole::Responder, DutyRole::Comms];

/// What the rules say of an edit from `before` to `after`.
///
/// # Errors
/// After go-live where it opens a gap or lets two decide; where it breaks a hard rule and `over` is not said.
pub(super) fn edit(before: &LivingRota, after: &LivingRota, now: Timestamp, over: bool) -> Result<Checked, Refusal> {
    let (old, new) = (before.schedule(), after.schedule());
    let mut warned = holes(before, after, (&old, &new), now)?;
    let tired = violations_of_edit(after, (&old, &new), now);
    let (hard, soft): (Vec<Violation>, Vec<Violation>) = tired.into_iter().partition(|v| v.strength == Strength::Hard);
    let sentence = |v: &Violation| format!("{} {}", v.what, v.remedy);
    if !hard.is_empty() && !over {
        let list = each_once(&hard).into_iter().take(NAMED).map(|(v, more)| format!("• {}{more} ({})", sentence(v), v.rule.evidence()));
        let list = list.collect::<Vec<_>>().join("\n");
        return Err(Refusal {
            field: Some("over".into()),
            ..Refusal::conflict(format!(
                "This is too much for a person:\n{list}\nPlan it otherwise, or go over it as a lead: your name and the reason are kept."
            ))
        });
    }
    warned.extend(soft.iter().map(sentence));
    warned.truncate(NAMED);
    Ok(Checked { accepted: hard.iter().take(NAMED).map(|v| v.what.clone()).collect(), warned })
}

/// Each person and rule once, with the first time and in words how often it happens again.
pub fn each_once(all: &[Violation]) -> Vec<(&Violation, String)> {
    let mut kinds: Vec<(&Violation, usize)> = Vec::new();
    for violation in all {
        match kinds.iter_mut().find(|(first, _)| first.rule == violation.rule && first.person == violation.person) {
            Some((_, again)) => *again += 1,
            None => kinds.push((violation, 0)),
        }
    }
    let again = |n| match n {
        0 => String::new(),
        1 => " The same happens once more.".to_owned(),
        n => format!(" The same happens {n} more times."),
    };
    kinds.into_iter().map(|(violation, n)| (violation, again(n))).collect()
}

/// Gaps and overlaps that were not there before: refused once the change is live, warned of until then.
fn holes(before: &LivingRota, after: &LivingRota, (old, new): (&Rota, &Rota), now: Timestamp) -> Result<Vec<String>, Refusal> {
    let (span, base) = (Period::new(now, now + AHEAD), after.base());
    let was = faults(old, &before.base().coverage(), span);
    let mut found = vec![];
    for fault in faults(new, &base.coverage(), span) {
        let known: Vec<Period> = was.iter().filter(|f| f.kind == fault.kind).map(|f| f.when).collect();
        for when in without(fault.when, &known) {
            found.push((fault.kind, crate::rota::Fault { when, ..fault.clone() }.words(&base.zone)));
        }
    }
    let words: Vec<String> = found.iter().take(NAMED).map(|(_, words)| words.clone()).collect();
    if found.is_empty() || !before.is_live(now) {
        return Ok(words);
    }
    let why = match found[0].0 {
        FaultKind::Gap => "Say who decides then, in the same change or before it.",
        FaultKind::Overlap => "Let one shift end where the next begins.",
    };
    Err(Refusal::conflict(format!("The change is live, and somebody has to decide at every moment of the coverage. {} {why}", words.join(" "))))
}

/// What becomes too much by an edit, for those who have more duty by it.
fn violations_of_edit(after: &LivingRota, (old, new): (&Rota, &Rota), now: Timestamp) -> Vec<Violation> {
    let base = after.base();
    let (zone, limits) = (crate::calendar::zone(&base.zone).unwrap_or(TimeZone::UTC), base.limits());
    let span = Period::new(now - BEFORE, now + AHEAD);
    let (was, will) = (duties(old, span), duties(new, span));
    let gains = |person: &str| {
        let had: Vec<Period> = was.iter().filter(|d| d.person == person).map(|d| d.when).collect();
        will.iter().filter(|d| d.person == person).any(|d| !without(d.when, &had).is_empty())
    };
    let known = violations(&Work::planned(&zone, &was), &limits);
    let is_new = |v: &Violation| !known.iter().any(|k| k.rule == v.rule && k.person == v.person && k.what == v.what);
    let mut found = violations(&Work::planned(&zone, &will), &limits);
    found.retain(|v| v.to > now && v.person.as_deref().is_some_and(gains) && is_new(v));
    found
}

/// Everybody's duty by a schedule.
fn duties(schedule: &Rota, span: Period) -> Vec<Duty> {
    let mut found = vec![];
    for role in WORK {
        for stretch in schedule.stretches(role, span) {
            let count = if role.is_single() { 1 } else { stretch.people.len() };
            let owner = role == DutyRole::DecisionOwner;
            found.extend(stretch.people.into_iter().take(count).map(|person| Duty { person, when: stretch.when, owner }));
        }
    }
    found.sort_by(|a, b| (a.when, &a.person).cmp(&(b.when, &b.person)));
    found
}

/// What is too much in a rota over a span: lived time where it has passed, planned time from now on.
pub fn lived(rota: &LivingRota, span: Period, now: Timestamp) -> Vec<Violation> {
    let base = rota.base();
    let (zone, limits) = (crate::calendar::zone(&base.zone).unwrap_or(TimeZone::UTC), base.limits());
    let all = lived_duties(rota, Period::new(span.from - BEFORE, span.to), now);
    let mut found = violations(&Work::planned(&zone, &all), &limits);
    found.retain(|v| v.to > span.from && v.from < span.to);
    found
}

/// What is too much in a span by the schedule alone.
pub fn too_much(rota: &LivingRota, span: Period) -> Vec<Violation> {
    let base = rota.base();
    let zone = crate::calendar::zone(&base.zone).unwrap_or(TimeZone::UTC);
    violations(&Work::planned(&zone, &duties(&rota.schedule(), span)), &base.limits())
}

/// Everybody's duty over a span: as it was lived where it has passed, as it is planned from now on.
pub fn lived_duties(rota: &LivingRota, span: Period, now: Timestamp) -> Vec<Duty> {
    let mut all = duties(&rota.schedule(), span);
    if let Some(since) = rota.live_since {
        let past = Period::new(since, now);
        // From go-live until now the decision was where it was, whatever the schedule says.
        let planned: Vec<Duty> = std::mem::take(&mut all);
        all.extend(planned.into_iter().flat_map(|d| {
            let cut = if d.owner { without(d.when, &[past]) } else { vec![d.when] };
            cut.into_iter().map(move |when| Duty { when, ..d.clone() })
        }));
        let held = rota.held(now).into_iter().filter_map(|h| Some(Duty { person: h.owner, when: h.when.within(past)?, owner: true }));
        all.extend(held.filter(|d| d.when.to > span.from));
    }
    all
}

/// What is left of a stretch without others.
pub(super) fn without(whole: Period, others: &[Period]) -> Vec<Period> {
    let mut left = vec![whole];
    for other in others {
        left = left
            .into_iter()
            .flat_map(|p| [Period::new(p.from, p.to.min(other.from)), Period::new(p.from.max(other.to), p.to)])
            .filter(|p| p.from < p.to)
            .collect();
    }
    left
}
