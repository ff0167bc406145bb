//! The record: opened, noted, closed, and then as it is.

use super::*;
use crate::{Refusal, UserId};

struct World(Option<Review>);

fn of() -> Box<Of> {
    Box::new(Of { id: ReviewId(5), window: WindowId(1), day: "2026-11-17".into(), planned_at: Some(now()) })
}

fn person(email: &str) -> Attendee {
    Attendee { email: email.into(), name: email.split('@').next().unwrap().into(), present: false }
}

fn open() -> ReviewCommand {
    let people = vec![person("ann@x.example"), person("bo@x.example")];
    ReviewCommand::Open { of: of(), items: agenda(&busy(), &schedule()), people, by: Some("ann@x.example".into()) }
}

fn note(item: &str, text: &str, revision: u32) -> ReviewCommand {
    ReviewCommand::Note { item: item.into(), text: text.into(), revision }
}

impl World {
    fn opened() -> Self {
        let mut world = Self(None);
        world.run(1, open()).unwrap();
        world
    }
    fn state(&self) -> &Review {
        self.0.as_ref().unwrap()
    }
    /// Person 1 is Ann, 2 is Bo.
    fn run(&mut self, who: i64, command: ReviewCommand) -> Result<Vec<ReviewEvent>, Refusal> {
        let stamp = Stamp::new(Actor::person(UserId(who), if who == 1 { "Ann" } else { "Bo" }), now());
        let events = Review::decide(self.0.as_ref(), command, &stamp, &())?;
        self.0 = Review::fold(self.0.take(), &events, &stamp);
        Ok(events)
    }
    fn close(&mut self, who: i64, lead: bool) -> Result<Vec<ReviewEvent>, Refusal> {
        let agreed = vec![Agreed { id: crate::ActionId(9), title: "Call".into(), owner: "Bo".into(), due: "2026-11-18".into(), item: None }];
        let revision = self.state().revision;
        self.run(who, ReviewCommand::Close { revision, agreed, lead })
    }
}

#[test]
fn what_is_there_at_the_opening_is_kept() {
    let mut w = World::opened();
    let kept = w.state().items.clone();
    assert_eq!(kept.len(), 14);
    assert!(kept.iter().find(|i| i.key == "issue:11").unwrap().title.is_empty(), "read from the issue");
    // A second opening, with another day behind it, is the same review.
    let other = ReviewCommand::Open { of: of(), items: agenda(&quiet(), &schedule()), people: vec![], by: None };
    assert!(w.run(2, other).unwrap().is_empty());
    assert_eq!(w.state().items, kept);
    assert_eq!(w.state().people.iter().map(|p| p.present).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn two_people_write_beside_each_other_and_not_past_each_other() {
    let mut w = World::opened();
    w.run(1, note("exit", "On Friday.", 0)).unwrap();
    w.run(2, note("issue:11", "Bo rolls it back.", 0)).unwrap();
    let refused = w.run(2, note("exit", "On Monday.", 0)).unwrap_err();
    assert!(refused.field.as_deref() == Some("revision") && refused.detail.contains("Ann has changed"), "{refused:?}");
    assert!(w.run(2, note("exit", " On Friday. ", 0)).unwrap().is_empty(), "the same words are the same");
    w.run(2, note("exit", "On Monday.", 1)).unwrap();
    assert_eq!(w.state().notes["exit"].text, "On Monday.");
    w.run(2, note("exit", "", 2)).unwrap();
    assert_eq!((w.state().notes["exit"].text.as_str(), w.state().notes["exit"].revision), ("", 3), "taken away, and still counted");
    assert_eq!(w.run(1, note("issue:99", "x", 0)).unwrap_err().field.as_deref(), Some("item"));
    assert_eq!(w.run(1, note("else", &"x".repeat(NOTE_LIMIT + 1), 0)).unwrap_err().field.as_deref(), Some("text"));
}

#[test]
fn whoever_chairs_it_closes_it_and_then_it_stays() {
    let mut w = World::opened();
    assert!(w.close(2, false).unwrap_err().detail.contains("Ann chairs"));
    w.run(2, ReviewCommand::Chair).unwrap();
    assert!(w.run(2, ReviewCommand::Chair).unwrap().is_empty());
    let stale = ReviewCommand::Close { revision: 1, agreed: vec![], lead: false };
    assert_eq!(w.run(2, stale).unwrap_err().field.as_deref(), Some("revision"));
    w.close(2, false).unwrap();
    assert!(w.close(2, false).unwrap().is_empty(), "the second click");
    let closed = w.state().clone();
    for command in
        [note("exit", "x", 0), ReviewCommand::Chair, ReviewCommand::Attend { person: Attendee { present: true, ..person("cy@x.example") } }, open()]
    {
        let refused = w.run(1, command).unwrap_err();
        assert!(refused.detail.contains("closed"), "{refused:?}");
    }
    w.run(1, ReviewCommand::Add { text: "It was Tuesday.".into() }).unwrap();
    assert!(w.run(1, ReviewCommand::Add { text: "It was Tuesday.".into() }).unwrap().is_empty(), "the second click");
    let r = w.state();
    assert_eq!((&r.items, &r.notes, &r.agreed), (&closed.items, &closed.notes, &closed.agreed));
    assert_eq!(r.additions.len(), 1);
}

#[test]
fn a_lead_may_close_without_the_chair() {
    let mut w = World::opened();
    w.close(2, true).unwrap();
    assert_eq!(w.state().closed_by.as_deref(), Some("Bo"));
}

#[test]
fn what_did_not_begin_is_missed_once_and_can_still_be_held() {
    let mut w = World(None);
    let miss = || ReviewCommand::Miss { of: of(), tell: vec![UserId(9)] };
    assert_eq!(w.run(0, miss()).unwrap().len(), 1);
    assert!(w.run(0, miss()).unwrap().is_empty());
    w.run(1, open()).unwrap();
    assert!(w.run(0, miss()).unwrap().is_empty());
    assert!(World::opened().run(0, miss()).unwrap().is_empty(), "it has begun");
}

#[test]
fn each_letter_goes_once() {
    let mut w = World(None);
    let letter = |kind| {
        let brief = Some(Box::new(brief(kind, &busy(), &schedule())));
        ReviewCommand::Brief { of: of(), kind, brief, to: vec!["ann@x.example".into()] }
    };
    assert_eq!(w.run(0, letter(BriefKind::Morning)).unwrap().len(), 1);
    assert!(w.run(0, letter(BriefKind::Morning)).unwrap().is_empty());
    assert_eq!(w.run(0, letter(BriefKind::Executive)).unwrap().len(), 1);
    let late = ReviewCommand::Brief { of: of(), kind: BriefKind::Executive, brief: None, to: vec![] };
    assert!(w.run(0, late).unwrap().is_empty());
    assert_eq!(w.state().state, State::Planned, "a letter opens nothing");
}

#[test]
fn minutes_can_be_read_without_having_been_there() {
    let mut w = World::opened();
    w.run(1, note("issue:11", "Bo rolls it back.\nAnn writes an *update*.", 0)).unwrap();
    w.run(1, ReviewCommand::Attend { person: Attendee { present: true, ..person("bo@x.example") } }).unwrap();
    w.close(1, false).unwrap();
    w.run(2, ReviewCommand::Add { text: "Bo was late.".into() }).unwrap();
    let r = w.state();
    let document = minutes(r, "New prices", &agenda(&busy(), &schedule()), &[], &schedule());
    let markdown = document.markdown();
    for line in [
        "# Daily review of 2026-11-17: New prices",
        "Opened Tue 17 Nov 09:30 (Europe/Berlin), chaired by Ann.",
        "There: ann, bo.",
        "## Growing issues",
        "- **Issue 11**: 12 in the last day",
        "  > Bo rolls it back.  \n  > Ann writes an \\*update\\*.",
        "## Agreed actions\n\n- **Call**: Bo, due 2026-11-18",
        "## Added later\n\n- **Bo, Tue 17 Nov 09:30**: Bo was late.",
    ] {
        assert!(markdown.contains(line), "“{line}” is not in\n{markdown}");
    }
    assert!(!markdown.contains("Anything else"), "nothing was said of it");
}
