//! What a command makes happen, or why not.

use super::base::{Base, ShiftSpec, address};
use super::commands::Command;
use super::cover::{Ask, OPEN_LIMIT, Request, RequestState};
use super::entries::{KeptOverride, KeptTemporary, OverrideChange};
use super::events::{Checked, Event};
use super::note::{HandoverRecord, SECTION_LIMIT, Section};
use super::{BASES_LIMIT, ENTRIES_LIMIT, LivingRota, check};
use crate::rota::{DutyRole, HandoverRules, Period};
use crate::{Aggregate, Refusal, RotaEntryId, Span, Stamp, Timestamp};

/// A stretch may begin this much in the past: the hand that enters it is slower than the clock.
const SLOW: Span = Span::mins(5);
/// The longest stretch of one override, temporary schedule or request.
const LONGEST: Span = Span::days(60);

pub(super) fn decide(state: Option<&LivingRota>, command: Command, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let Some(rota) = state else {
        return match command {
            Command::Follow { window, base } => Ok(vec![Event::Planned { window, base: Box::new(Base { from: Timestamp(0), ..*base }) }]),
            _ => Err(Refusal::not_found("rota")),
        };
    };
    if rota.ended_at.is_some() {
        return match command {
            Command::End | Command::TimePassed => Ok(vec![]),
            // The window was opened again.
            Command::GoLive => Ok(vec![Event::Resumed]),
            _ => Err(Refusal::conflict("The window is closed; its rota is part of the record.")),
        };
    }
    match command {
        Command::Follow { base, .. } => follow(rota, *base, stamp),
        Command::SetLayers { layers, over, revision } => {
            stamp.require_reason("people will see why their shifts changed.")?;
            if revision.is_some_and(|read| read != rota.layers_revision) {
                return Err(Refusal {
                    field: Some("revision".into()),
                    ..Refusal::conflict("The layers were changed since you opened them: open them again, and make your change to what holds now.")
                });
            }
            let base = rota.base_with(layers, stamp.at)?;
            if base.says_the_same(rota.base()) {
                return Ok(vec![]);
            }
            room_for_base(rota)?;
            let event = |checked| Event::LayersSet { base: Box::new(base.clone()), checked };
            checked(rota, event, stamp, over).map(|e| vec![e])
        }
        Command::GoLive if rota.live_since.is_some() => Ok(vec![]),
        Command::GoLive => Ok(vec![Event::Live]),
        Command::End => Ok(vec![Event::Ended]),
        Command::AddOverride { when, role, change, over } => {
            stamp.require_reason("people will see why their shifts changed.")?;
            let when = stretch(when, stamp.at, "from")?;
            room(rota.overrides.len())?;
            names_somebody(rota, &change, role, when)?;
            let entry = kept(rota.last + 1, when, role, change, stamp, None);
            let event = |checked: Checked| {
                let entry = KeptOverride { accepted: checked.accepted.clone(), ..entry.clone() };
                Event::OverrideAdded { entry: Box::new(entry), checked }
            };
            checked(rota, event, stamp, over).map(|e| vec![e])
        }
        Command::RemoveOverride { id, over } => {
            let found = rota.overrides.iter().find(|o| o.id == id).ok_or_else(|| Refusal::not_found("override"))?;
            stamp.require_reason("people will see why their shifts changed.")?;
            if found.ended.is_some() {
                return Ok(vec![]);
            }
            not_past(found.when, stamp.at)?;
            checked(rota, |checked| Event::OverrideRemoved { id, checked }, stamp, over).map(|e| vec![e])
        }
        Command::AddTemporary { when, shifts, over } => add_temporary(rota, when, shifts, stamp, over).map(|e| vec![e]),
        Command::RemoveTemporary { id, over } => {
            let found = rota.temporary.iter().find(|t| t.id == id).ok_or_else(|| Refusal::not_found("temporary schedule"))?;
            stamp.require_reason("people will see why their shifts changed.")?;
            if found.ended.is_some() {
                return Ok(vec![]);
            }
            not_past(found.when, stamp.at)?;
            checked(rota, |checked| Event::TemporaryRemoved { id, checked }, stamp, over).map(|e| vec![e])
        }
        Command::Ask(ask) => ask_for(rota, &ask, stamp).map(|e| vec![e]),
        Command::Accept { request, by, over } => accept(rota, request, &by, over, stamp),
        Command::Withdraw { request, by, lead } => {
            let found = rota.request(request).ok_or_else(|| Refusal::not_found("request"))?;
            if !lead && found.ask.by != address(&by) {
                return Err(Refusal::forbidden(format!("Only {} can withdraw what they asked, or a lead.", found.ask.by)));
            }
            match found.state {
                RequestState::Withdrawn => Ok(vec![]),
                RequestState::Open => Ok(vec![Event::CoverWithdrawn { request }]),
                _ => Err(settled(found)),
            }
        }
        Command::Write { handover, section, text, by, lead } => write(rota, handover, section, &text, &by, lead, stamp),
        Command::Acknowledge { handover, by, note } => acknowledge(rota, handover, &address(&by), note, stamp),
        Command::TimePassed => Ok(rota.passed(stamp.at)),
    }
}

/// The event of an edit with what the rules say of it.
fn checked(rota: &LivingRota, event: impl Fn(Checked) -> Event, stamp: &Stamp, over: bool) -> Result<Event, Refusal> {
    let after = LivingRota::apply(Some(rota.clone()), &event(Checked::default()), stamp);
    if over {
        stamp.require_reason("a rule that protects people is broken; the record keeps why.")?;
    }
    check::edit(rota, &after, stamp.at, over).map(event)
}

fn follow(rota: &LivingRota, base: Base, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let planned = rota.bases.iter().rev().find(|b| b.plan_version.is_some());
    if planned.is_some_and(|last| last.says_the_same(&base)) {
        return Ok(vec![]);
    }
    room_for_base(rota)?;
    // Before go-live the plan says what was meant all along.
    let from = if rota.live_since.is_some() { stamp.at } else { Timestamp(0) };
    let base = Base { from, ..base };
    let event = Event::Planned { window: rota.window, base: Box::new(base) };
    let after = LivingRota::apply(Some(rota.clone()), &event, stamp);
    // The rules of rest are told by the plan's own check; here only that nobody is left without a decision owner.
    if let Err(refusal) = check::edit(rota, &after, stamp.at, true) {
        return Err(Refusal { field: Some("text".into()), ..refusal });
    }
    Ok(vec![event])
}

fn add_temporary(rota: &LivingRota, when: Period, shifts: Vec<ShiftSpec>, stamp: &Stamp, over: bool) -> Result<Event, Refusal> {
    stamp.require_reason("people will see why their shifts changed.")?;
    let when = stretch(when, stamp.at, "from")?;
    room(rota.temporary.len())?;
    if shifts.len() > 200 {
        return Err(Refusal::field("shifts", "A temporary schedule has at most 200 shifts."));
    }
    for (i, shift) in shifts.iter().enumerate() {
        shift.check(&format!("shifts[{i}]"))?;
        if shift.to <= when.from || shift.from >= when.to {
            return Err(Refusal::field(format!("shifts[{i}].from"), "This shift lies outside of the stretch that the temporary schedule is for."));
        }
    }
    let entry = KeptTemporary {
        id: RotaEntryId(rota.last + 1),
        when,
        shifts,
        reason: stamp.reason.clone().unwrap_or_default(),
        by: stamp.actor.name.clone(),
        at: stamp.at,
        accepted: vec![],
        ended: None,
    };
    let event = |checked: Checked| {
        let entry = KeptTemporary { accepted: checked.accepted.clone(), ..entry.clone() };
        Event::TemporaryAdded { entry: Box::new(entry), checked }
    };
    checked(rota, event, stamp, over)
}

fn kept(id: i64, when: Period, role: DutyRole, change: OverrideChange, stamp: &Stamp, request: Option<RotaEntryId>) -> KeptOverride {
    KeptOverride {
        id: RotaEntryId(id),
        when,
        role,
        change,
        reason: stamp.reason.clone().unwrap_or_default(),
        by: stamp.actor.name.clone(),
        at: stamp.at,
        request,
        accepted: vec![],
        ended: None,
    }
}

/// A stretch without what of it has passed: the past does not change.
fn stretch(when: Period, now: Timestamp, field: &str) -> Result<Period, Refusal> {
    if when.to <= when.from {
        return Err(Refusal::field("to", "This ends before it begins: give an end after its start."));
    }
    if when.length() > LONGEST {
        return Err(Refusal::field("to", "At most 60 days at a time: edit the layers for what is to last."));
    }
    not_past(when, now)?;
    if when.from < now - SLOW {
        return Err(Refusal::field(field, format!("What has been is not rewritten: let it begin at {now} or later.")));
    }
    Ok(Period::new(when.from.max(now), when.to))
}

fn not_past(when: Period, now: Timestamp) -> Result<(), Refusal> {
    if when.to <= now {
        return Err(Refusal::field("to", "This time is over: what has been is not rewritten."));
    }
    Ok(())
}

fn room(entries: usize) -> Result<(), Refusal> {
    if entries >= ENTRIES_LIMIT {
        return Err(Refusal::conflict(format!("The rota has {ENTRIES_LIMIT} such changes: edit its layers, which makes the changes needless.")));
    }
    Ok(())
}

fn room_for_base(rota: &LivingRota) -> Result<(), Refusal> {
    if rota.bases.len() >= BASES_LIMIT {
        return Err(Refusal::conflict(format!("The layers were edited {BASES_LIMIT} times: use overrides for single shifts.")));
    }
    Ok(())
}

/// Who is taken off, or replaced, has to be on duty then, at least for a part of it.
fn names_somebody(rota: &LivingRota, change: &OverrideChange, role: DutyRole, when: Period) -> Result<(), Refusal> {
    for (field, person) in change.people() {
        if person.trim().is_empty() {
            return Err(Refusal::field(format!("change.{field}"), "Name the person by their e-mail address."));
        }
    }
    let (field, who) = match change {
        OverrideChange::Remove { person } => ("person", address(person)),
        OverrideChange::Replace { who, by } if address(who) == address(by) => {
            return Err(Refusal::field("change.by", "Nobody takes their own place: name somebody else."));
        }
        OverrideChange::Replace { who, .. } => ("who", address(who)),
        OverrideChange::Add { .. } => return Ok(()),
    };
    match rota.schedule().stretches(role, when).iter().any(|s| s.people.contains(&who)) {
        true => Ok(()),
        false => Err(Refusal::field(format!("change.{field}"), format!("{who} is not on duty as {} then.", role.word().replace('_', " ")))),
    }
}

fn ask_for(rota: &LivingRota, ask: &Ask, stamp: &Stamp) -> Result<Event, Refusal> {
    let ask = Ask { by: address(&ask.by), to: ask.to.as_deref().map(address), ..ask.clone() };
    if ask.to.as_ref() == Some(&ask.by) {
        return Err(Refusal::field("to", "Ask somebody else, or anybody."));
    }
    if ask.when.from <= stamp.at {
        return Err(Refusal::field("from", "This time has begun: only what lies ahead can be given away. A lead can put somebody else in at once."));
    }
    let when = stretch(ask.when, stamp.at, "from")?;
    owns(rota, &ask.by, ask.role, when).map_err(|why| Refusal::field("from", why))?;
    if let Some(other) = ask.in_return {
        let Some(to) = &ask.to else { return Err(Refusal::field("in_return", "A shift in return is somebody's: name in `to` whose.")) };
        stretch(other, stamp.at, "in_return.from")?;
        owns(rota, to, ask.role, other).map_err(|why| Refusal::field("in_return", why))?;
    }
    if rota.requests.iter().filter(|r| r.is_open() && r.ask.by == ask.by).count() >= OPEN_LIMIT {
        return Err(Refusal::conflict(format!("You have {OPEN_LIMIT} requests open: withdraw one.")));
    }
    let overlaps = |r: &&Request| r.is_open() && r.ask.by == ask.by && r.ask.role == ask.role && r.ask.when.within(when).is_some();
    if rota.requests.iter().any(|r| overlaps(&r)) {
        return Err(Refusal::conflict("You have asked for cover of this time already: withdraw that first."));
    }
    let request = Request {
        id: RotaEntryId(rota.last + 1),
        ask,
        reason: stamp.reason.clone(),
        at: stamp.at,
        state: RequestState::Open,
        taken_by: None,
        settled_at: None,
    };
    Ok(Event::CoverAsked { request: Box::new(request) })
}

/// Whether somebody has all of a stretch by the schedule.
fn owns(rota: &LivingRota, who: &str, role: DutyRole, when: Period) -> Result<(), String> {
    let theirs: Vec<Period> = rota.schedule().stretches(role, when).into_iter().filter(|s| is_on(&s.people, who, role)).map(|s| s.when).collect();
    match check::without(when, &theirs).first() {
        None => Ok(()),
        Some(not) => Err(format!("{who} is not on duty as {} from {}.", role.word().replace('_', " "), rota.words(*not))),
    }
}

fn is_on(people: &[String], who: &str, role: DutyRole) -> bool {
    if role.is_single() { people.first().is_some_and(|p| p == who) } else { people.iter().any(|p| p == who) }
}

fn settled(request: &Request) -> Refusal {
    Refusal::conflict(match request.state {
        RequestState::Accepted => format!("{} has taken it already.", request.taken_by.as_deref().unwrap_or("Somebody")),
        RequestState::Expired => "Its time has begun, and nobody had taken it.".to_owned(),
        _ => "It was withdrawn.".to_owned(),
    })
}

fn accept(rota: &LivingRota, id: RotaEntryId, by: &str, over: bool, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let by = address(by);
    let request = rota.request(id).ok_or_else(|| Refusal::not_found("request"))?;
    let ask = &request.ask;
    match request.state {
        RequestState::Open if request.expires() > stamp.at => {}
        RequestState::Open => return Err(Refusal::conflict("Its time has begun, and nobody had taken it.")),
        RequestState::Accepted if request.taken_by.as_ref() == Some(&by) => return Ok(vec![]),
        _ => return Err(settled(request)),
    }
    if by == ask.by {
        return Err(Refusal::conflict("It is your own: withdraw it instead."));
    }
    if let Some(to) = ask.to.as_ref().filter(|to| **to != by) {
        return Err(Refusal::forbidden(format!("{to} was asked, nobody else.")));
    }
    // What was theirs when they asked may be somebody else's by now.
    owns(rota, &ask.by, ask.role, ask.when).map_err(|why| Refusal::conflict(format!("The rota has changed: {why}")))?;
    let why = stamp.clone().because(request.reason.clone().unwrap_or_else(|| "Cover that was asked for.".into()));
    let replace = |who: &str, by: &str| OverrideChange::Replace { who: who.into(), by: by.into() };
    let mut overrides = vec![kept(rota.last + 1, ask.when, ask.role, replace(&ask.by, &by), &why, Some(id))];
    if let Some(other) = ask.in_return {
        owns(rota, &by, ask.role, other).map_err(|why| Refusal::conflict(format!("The rota has changed: {why}")))?;
        overrides.push(kept(rota.last + 2, other, ask.role, replace(&by, &ask.by), &why, Some(id)));
    }
    let event = |checked: Checked| {
        let overrides = overrides.iter().map(|o| KeptOverride { accepted: checked.accepted.clone(), ..o.clone() }).collect();
        Event::CoverAccepted { request: id, by: by.clone(), overrides, checked }
    };
    checked(rota, event, stamp, over).map(|e| vec![e])
}

fn open_handover(rota: &LivingRota, id: RotaEntryId) -> Result<&HandoverRecord, Refusal> {
    rota.handovers.iter().find(|h| h.id == id).ok_or_else(|| Refusal::not_found("handover"))
}

fn write(rota: &LivingRota, id: RotaEntryId, section: Section, text: &str, by: &str, lead: bool, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let record = open_handover(rota, id)?;
    let by = address(by);
    let writer = rota.owner_at(stamp.at).map(|o| o.person);
    if !lead && writer.as_ref() != Some(&by) && record.outgoing.as_ref() != Some(&by) {
        let who = record.outgoing.as_ref().or(writer.as_ref()).map_or("the outgoing person", |w| w.as_str());
        return Err(Refusal::forbidden(format!("The note is {who}'s to write, or a lead's.")));
    }
    if !record.is_open(stamp.at) {
        return Err(Refusal::conflict("This handover is done; its note is part of the record."));
    }
    let text = text.trim();
    if text.chars().count() > SECTION_LIMIT {
        return Err(Refusal::field("text", format!("A section has at most {SECTION_LIMIT} characters.")));
    }
    if record.written.get(&section).map_or("", String::as_str) == text {
        return Ok(vec![]);
    }
    Ok(vec![Event::HandoverWritten { handover: id, section, text: text.to_owned() }])
}

fn acknowledge(rota: &LivingRota, id: RotaEntryId, by: &str, note: serde_json::Value, stamp: &Stamp) -> Result<Vec<Event>, Refusal> {
    let record = open_handover(rota, id)?;
    let rules = HandoverRules::default();
    if record.taken.as_ref().is_some_and(|t| t.by == by) || record.is_acknowledged() {
        return match record.taken.as_ref().filter(|t| t.by != by) {
            Some(taken) => Err(Refusal::conflict(format!("{} has taken over already.", taken.by))),
            None => Ok(vec![]),
        };
    }
    if stamp.at >= record.when.to || stamp.at < record.when.from - rules.overlap {
        return Err(Refusal::conflict("This handover is over: look at the rota for the next one."));
    }
    let turns = rota.turns(record.when.to);
    if !turns.iter().any(|t| t.when.from == record.when.from && t.incoming == record.incoming) {
        return Err(Refusal::conflict("The rota has changed since this handover began: there is another one."));
    }
    let called = record.called_at.is_some() && record.backup.as_deref() == Some(by);
    if by != record.incoming && !called {
        let or = match (&record.backup, record.called_at) {
            (Some(backup), Some(_)) => format!(", or {backup}, who was called"),
            _ => String::new(),
        };
        return Err(Refusal::forbidden(format!("It is {}'s to take over{or}. A lead can put somebody else into the rota.", record.incoming)));
    }
    let from = rota.owner_at(stamp.at).map(|o| o.person).filter(|p| p != by);
    Ok(vec![Event::HandoverAcknowledged { handover: id, by: by.to_owned(), from, note }])
}
