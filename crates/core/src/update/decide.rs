//! What may happen to a matter.

use super::{Approval, Draft, ENTRIES, Entry, MatterState, NextPromise, Update, UpdateCommand, UpdateEvent};
use crate::{Aggregate, EntryId, Refusal, Stamp};

impl Update {
    fn written(&self) -> Result<&Draft, Refusal> {
        self.draft.as_ref().ok_or_else(|| Refusal::conflict("Nothing is being written here. Begin the next update, or a correction."))
    }

    /// The draft, if it still is what this person read.
    fn read(&self, revision: u32) -> Result<&Draft, Refusal> {
        let draft = self.written()?;
        if draft.revision == revision {
            return Ok(draft);
        }
        Err(Refusal::conflict(format!("{} has changed it since you read it. Read it again.", draft.by)))
    }

    fn may_correct(&self, corrects: Option<EntryId>) -> Result<(), Refusal> {
        let Some(id) = corrects else { return Ok(()) };
        if self.newest().is_some_and(|newest| newest.id == id) {
            return Ok(());
        }
        Err(match self.entry(id) {
            Some(_) => Refusal::field("corrects", "Only the newest entry is corrected: what was said before it has been followed."),
            None => Refusal::field("corrects", format!("This matter has no published entry {id}.")),
        })
    }

    fn begin(state: Option<&Self>, draft: Draft, id: crate::UpdateId, window: crate::WindowId) -> Result<Vec<UpdateEvent>, Refusal> {
        match state {
            None if draft.corrects.is_some() => return Err(Refusal::field("corrects", "A new matter corrects nothing.")),
            None => {}
            Some(matter) => {
                if let Some(other) = &matter.draft {
                    return Err(Refusal::conflict(format!("{} is writing here already. Go on with that draft, or discard it.", other.by)));
                }
                if matter.entries.len() >= ENTRIES {
                    return Err(Refusal::conflict(format!("This matter has {ENTRIES} entries. Begin another one.")));
                }
                matter.may_correct(draft.corrects)?;
            }
        }
        let (id, window) = state.map_or((id, window), |matter| (matter.id, matter.window));
        Ok(vec![UpdateEvent::Drafted { id, window, draft: Box::new(draft) }])
    }

    fn publish(&self, revision: u32, stamp: &Stamp) -> Result<Vec<UpdateEvent>, Refusal> {
        let draft = self.read(revision)?;
        draft.content.complete(stamp.at)?;
        self.may_correct(draft.corrects)?;
        let Some(approval) = &draft.approved else {
            return Err(Refusal::conflict("It is not approved, so customers must not read it. Ask for approval first."));
        };
        let entry = Entry {
            id: draft.entry,
            number: u32::try_from(self.entries.len()).unwrap_or(u32::MAX).saturating_add(1),
            content: draft.content.clone(),
            corrects: draft.corrects,
            written_by: draft.by.clone(),
            approved_by: approval.by.clone(),
            published_by: stamp.actor.name.clone(),
            published_at: stamp.at,
            leaves_at: draft.content.leaves_at(stamp.at),
        };
        let late = self.promise.as_ref().is_some_and(|p| p.due_at <= stamp.at);
        Ok(vec![UpdateEvent::Published { entry: Box::new(entry), late }])
    }

    fn time_passed(&self, stamp: &Stamp) -> Vec<UpdateEvent> {
        match &self.promise {
            Some(p) if p.overdue_at.is_none() && stamp.at >= p.due_at => vec![UpdateEvent::Overdue { due_at: p.due_at }],
            Some(p) if p.overdue_at.is_none() && !p.warned && stamp.at >= p.warn_at() => vec![UpdateEvent::DueSoon { due_at: p.due_at }],
            _ => vec![],
        }
    }

    /// What an entry promises in place of what was promised before. A correction that names the same time leaves the promise as it is.
    fn promised_by(&self, entry: &Entry) -> Option<NextPromise> {
        let due_at = entry.content.next_at.filter(|_| entry.content.state != MatterState::Resolved)?;
        match &self.promise {
            Some(before) if entry.corrects.is_some() && before.due_at == due_at => Some(before.clone()),
            _ => Some(NextPromise::new(entry.id, entry.published_at, due_at)),
        }
    }
}

impl Aggregate for Update {
    const KIND: &'static str = "update";
    type Command = UpdateCommand;
    type Event = UpdateEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: UpdateCommand, stamp: &Stamp, (): &()) -> Result<Vec<UpdateEvent>, Refusal> {
        use UpdateCommand as C;
        let matter = match (state, command) {
            (state, C::Draft { id, window, entry, content, corrects }) => {
                let (content, by) = (content.tidy()?, stamp.actor.name.clone());
                let draft = Draft { entry, content, corrects, revision: 1, by, at: stamp.at, asked: false, approved: None };
                return Self::begin(state, draft, id, window);
            }
            (None, _) => return Err(Refusal::not_found("update")),
            (Some(matter), command) => (matter, command),
        };
        match matter {
            (m, C::Edit { revision, content }) => {
                let (draft, content) = (m.read(revision)?, content.tidy()?);
                let same = draft.content == content;
                Ok(if same { vec![] } else { vec![UpdateEvent::Edited { content: Box::new(content), unapproved: draft.approved.is_some() }] })
            }
            (m, C::Discard) => Ok(if m.draft.is_some() { vec![UpdateEvent::Discarded] } else { vec![] }),
            (m, C::Ask) => {
                let draft = m.written()?;
                draft.content.complete(stamp.at)?;
                Ok(if draft.asked || draft.approved.is_some() { vec![] } else { vec![UpdateEvent::Asked] })
            }
            (m, C::Approve { revision }) => {
                let draft = m.read(revision)?;
                draft.content.complete(stamp.at)?;
                Ok(if draft.approved.is_some() { vec![] } else { vec![UpdateEvent::Approved { revision }] })
            }
            (m, C::Publish { revision }) => m.publish(revision, stamp),
            (m, C::TimePassed) => Ok(m.time_passed(stamp)),
            (_, C::Draft { .. }) => unreachable!("beginning is decided above"),
        }
    }

    fn apply(state: Option<Self>, event: &UpdateEvent, stamp: &Stamp) -> Self {
        let mut m = match (state, event) {
            (state, UpdateEvent::Drafted { id, window, draft }) => {
                let begun = || Self { id: *id, window: *window, opened_at: stamp.at, draft: None, entries: vec![], promise: None };
                return Self { draft: Some((**draft).clone()), ..state.unwrap_or_else(begun) };
            }
            (Some(m), _) => m,
            (None, _) => unreachable!("the first event of an update is `drafted`"),
        };
        match event {
            UpdateEvent::Drafted { .. } => {}
            UpdateEvent::Edited { content, .. } => {
                if let Some(draft) = &mut m.draft {
                    draft.content = (**content).clone();
                    draft.revision = draft.revision.saturating_add(1);
                    draft.by.clone_from(&stamp.actor.name);
                    draft.at = stamp.at;
                    (draft.asked, draft.approved) = (false, None);
                }
            }
            UpdateEvent::Discarded => m.draft = None,
            UpdateEvent::Asked => m.draft.iter_mut().for_each(|draft| draft.asked = true),
            UpdateEvent::Approved { .. } => {
                let approval = Approval { by: stamp.actor.name.clone(), at: stamp.at };
                m.draft.iter_mut().for_each(|draft| draft.approved = Some(approval.clone()));
            }
            UpdateEvent::Published { entry, .. } => {
                m.promise = m.promised_by(entry);
                m.entries.push((**entry).clone());
                m.draft = None;
            }
            UpdateEvent::DueSoon { .. } => m.promise.iter_mut().for_each(|p| p.warned = true),
            UpdateEvent::Overdue { .. } => m.promise.iter_mut().for_each(|p| p.overdue_at = Some(stamp.at)),
        }
        m
    }

    fn event_name(event: &UpdateEvent) -> &'static str {
        match event {
            UpdateEvent::Drafted { .. } => "update.drafted",
            UpdateEvent::Edited { .. } => "update.edited",
            UpdateEvent::Discarded => "update.discarded",
            UpdateEvent::Asked => "update.asked",
            UpdateEvent::Approved { .. } => "update.approved",
            UpdateEvent::Published { entry, .. } if entry.corrects.is_some() => "update.corrected",
            UpdateEvent::Published { .. } => "update.published",
            UpdateEvent::DueSoon { .. } => "update.due_soon",
            UpdateEvent::Overdue { .. } => "update.overdue",
        }
    }
}
