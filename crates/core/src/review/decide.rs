//! What may happen to a review.

use super::{ADDITIONS, Addition, Agreed, Attendee, Chair, Item, NOTE_LIMIT, Note, Of, PEOPLE, Review, ReviewCommand, ReviewEvent, Sent, State};
use crate::{Aggregate, Refusal, Stamp};

fn short(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > NOTE_LIMIT {
        return Err(Refusal::field(field, format!("At most {NOTE_LIMIT} characters: keep to what was decided and why.")));
    }
    Ok(text.to_owned())
}

impl Review {
    fn going_on(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open => Ok(()),
            State::Planned => Err(Refusal::conflict("This review has not begun. Open it first.")),
            State::Closed => Err(Refusal::conflict("Its minutes are closed and do not change any more. Add to them instead.")),
        }
    }

    fn attend(&self, mut person: Attendee) -> Result<Vec<ReviewEvent>, Refusal> {
        self.going_on()?;
        person.email = person.email.trim().to_lowercase();
        if person.email.is_empty() {
            return Err(Refusal::field("email", "Name who is there: the address of somebody who signs in, or of a guest."));
        }
        let known = self.people.iter().find(|p| p.email == person.email);
        if known.is_none() && self.people.len() >= PEOPLE {
            return Err(Refusal::field("email", format!("A review has at most {PEOPLE} people.")));
        }
        let same = known.map_or(!person.present, |p| p.present == person.present);
        Ok(if same { vec![] } else { vec![ReviewEvent::Attended { person }] })
    }

    fn note(&self, item: String, text: &str, revision: u32) -> Result<Vec<ReviewEvent>, Refusal> {
        self.going_on()?;
        if self.items.iter().all(|i| i.key != item) {
            return Err(Refusal::field("item", format!("The agenda has no item `{item}`.")));
        }
        let text = short("text", text)?;
        let known = self.notes.get(&item);
        // The second click of two, or two people who wrote the same.
        if known.map_or(text.is_empty(), |note| note.text == text) {
            return Ok(vec![]);
        }
        let (now, by) = known.map_or((0, "Somebody"), |note| (note.revision, note.by.as_str()));
        if now != revision {
            let why = format!("{by} has changed this note since you read it. Read it again, then add yours.");
            return Err(Refusal { field: Some("revision".into()), ..Refusal::conflict(why) });
        }
        Ok(vec![ReviewEvent::Noted { item, text }])
    }

    fn close(&self, revision: u32, agreed: Vec<Agreed>, lead: bool, stamp: &Stamp) -> Result<Vec<ReviewEvent>, Refusal> {
        if self.state == State::Closed {
            return Ok(vec![]);
        }
        self.going_on()?;
        if !lead && !self.is_chair(stamp.actor.user) {
            let chair = self.chair.as_ref().map_or("whoever chairs it", |c| c.name.as_str());
            return Err(Refusal::forbidden(format!("{chair} chairs this review and closes it. Take the chair first, or ask a lead.")));
        }
        if self.revision != revision {
            let why = "Something was said since you read it. Look at it again, then close it.";
            return Err(Refusal { field: Some("revision".into()), ..Refusal::conflict(why) });
        }
        Ok(vec![ReviewEvent::Closed { agreed }])
    }

    fn add(&self, text: &str, stamp: &Stamp) -> Result<Vec<ReviewEvent>, Refusal> {
        if self.state != State::Closed {
            return Err(Refusal::conflict("Its minutes are not closed: write it into a note."));
        }
        let text = short("text", text)?;
        if text.is_empty() {
            return Err(Refusal::field("text", "Say what is to be corrected or added."));
        }
        if self.additions.len() >= ADDITIONS {
            return Err(Refusal::conflict(format!("This record has {ADDITIONS} additions. Say it in the next review.")));
        }
        let by = stamp.actor.name.clone();
        if self.additions.last().is_some_and(|last| last.text == text && last.by == by) {
            return Ok(vec![]);
        }
        Ok(vec![ReviewEvent::Added { addition: Addition { text, by, at: stamp.at } }])
    }
}

fn open(state: Option<&Review>, of: Of, items: Vec<Item>, mut people: Vec<Attendee>, by: Option<&str>) -> Result<Vec<ReviewEvent>, Refusal> {
    match state.map(|r| r.state) {
        // Two people open it at once: they are in the same one.
        Some(State::Open) => return Ok(vec![]),
        Some(State::Closed) => return Err(Refusal::conflict("Today's review was held and closed. Add to its minutes, or talk tomorrow.")),
        Some(State::Planned) | None => {}
    }
    people.truncate(PEOPLE);
    for person in &mut people {
        person.present = by == Some(person.email.as_str());
    }
    let of = state.map_or(of, |r| r.of.clone());
    let items = items.into_iter().map(Item::kept).collect();
    Ok(vec![ReviewEvent::Opened { of: Box::new(of), items, people }])
}

impl Aggregate for Review {
    const KIND: &'static str = "review";
    type Command = ReviewCommand;
    type Event = ReviewEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: ReviewCommand, stamp: &Stamp, (): &()) -> Result<Vec<ReviewEvent>, Refusal> {
        use ReviewCommand as C;
        match (state, command) {
            (state, C::Open { of, items, people, by }) => open(state, *of, items, people, by.as_deref()),
            (state, C::Brief { of, kind, brief, to }) => {
                if state.is_some_and(|r| r.sent(kind).is_some()) {
                    return Ok(vec![]);
                }
                Ok(vec![match brief {
                    Some(brief) => ReviewEvent::Briefed { of, brief: Box::new(brief.kept()), to },
                    None => ReviewEvent::PassedOver { of, kind },
                }])
            }
            (state, C::Miss { of, tell }) => {
                let begun = state.is_some_and(|r| r.state != State::Planned || r.missed_at.is_some());
                Ok(if begun { vec![] } else { vec![ReviewEvent::Missed { of, tell }] })
            }
            (None, _) => Err(Refusal::not_found("review")),
            (Some(r), C::Attend { person }) => r.attend(person),
            (Some(r), C::Note { item, text, revision }) => r.note(item, &text, revision),
            (Some(r), C::Chair) => {
                r.going_on()?;
                Ok(if r.is_chair(stamp.actor.user) { vec![] } else { vec![ReviewEvent::Chaired] })
            }
            (Some(r), C::Close { revision, agreed, lead }) => r.close(revision, agreed, lead, stamp),
            (Some(r), C::Add { text }) => r.add(&text, stamp),
        }
    }

    fn apply(state: Option<Self>, event: &ReviewEvent, stamp: &Stamp) -> Self {
        use ReviewEvent as E;
        let mut r = match (state, event) {
            (Some(r), _) => r,
            (None, E::Opened { of, .. } | E::Briefed { of, .. } | E::PassedOver { of, .. } | E::Missed { of, .. }) => Self::planned((**of).clone()),
            (None, _) => unreachable!("the first event of a review says of which day it is"),
        };
        let me = || Chair { user: stamp.actor.user, name: stamp.actor.name.clone() };
        match event {
            E::Opened { items, people, .. } => {
                r.state = State::Open;
                r.opened_at = Some(stamp.at);
                r.chair = Some(me());
                r.items.clone_from(items);
                r.people.clone_from(people);
            }
            E::Attended { person } => match r.people.iter_mut().find(|p| p.email == person.email) {
                Some(known) => known.present = person.present,
                None => r.people.push(person.clone()),
            },
            E::Noted { item, text } => {
                let revision = r.notes.get(item).map_or(0, |note| note.revision).saturating_add(1);
                r.notes.insert(item.clone(), Note { text: text.clone(), revision, by: stamp.actor.name.clone(), at: stamp.at });
            }
            E::Chaired => r.chair = Some(me()),
            E::Closed { agreed } => {
                r.state = State::Closed;
                r.closed_at = Some(stamp.at);
                r.closed_by = Some(stamp.actor.name.clone());
                r.agreed.clone_from(agreed);
            }
            E::Added { addition } => r.additions.push(addition.clone()),
            E::Briefed { brief, to, .. } => {
                let sent = Some(Sent { at: stamp.at, to: to.clone(), brief: Some((**brief).clone()) });
                match brief.kind {
                    super::BriefKind::Morning => r.morning = sent,
                    super::BriefKind::Executive => r.executive = sent,
                }
            }
            E::PassedOver { kind, .. } => {
                let sent = Some(Sent { at: stamp.at, to: vec![], brief: None });
                match kind {
                    super::BriefKind::Morning => r.morning = sent,
                    super::BriefKind::Executive => r.executive = sent,
                }
            }
            E::Missed { .. } => r.missed_at = Some(stamp.at),
        }
        r.revision = r.revision.saturating_add(1);
        r
    }

    fn event_name(event: &ReviewEvent) -> &'static str {
        match event {
            ReviewEvent::Opened { .. } => "review.opened",
            ReviewEvent::Attended { .. } => "review.attended",
            ReviewEvent::Noted { .. } => "review.noted",
            ReviewEvent::Chaired => "review.chaired",
            ReviewEvent::Closed { .. } => "review.closed",
            ReviewEvent::Added { .. } => "review.added",
            ReviewEvent::Briefed { .. } => "review.briefed",
            ReviewEvent::PassedOver { .. } => "review.brief_passed_over",
            ReviewEvent::Missed { .. } => "review.missed",
        }
    }
}
