//! One step at a time.

use super::*;

#[test]
fn what_is_out_was_approved_as_it_is() {
    let aiko = stamp("Aiko", NOON);
    let (written, names) = run(None, draft(7, content(), None), &aiko).unwrap();
    assert_eq!(names, ["update.drafted"]);
    let publish = |revision| UpdateCommand::Publish { revision };
    let refused = run(Some(written.clone()), publish(1), &aiko).unwrap_err();
    assert!(refused.detail.contains("not approved"), "{refused}");

    let (asked, names) = run(Some(written), UpdateCommand::Ask, &aiko).unwrap();
    assert_eq!(names, ["update.asked"]);
    assert_eq!(run(Some(asked.clone()), UpdateCommand::Ask, &aiko).unwrap().1, Vec::<&str>::new(), "asked once");
    let (approved, names) = run(Some(asked), UpdateCommand::Approve { revision: 1 }, &stamp("Jonas", NOON)).unwrap();
    assert_eq!(names, ["update.approved"]);

    // An edit takes the approval back, and whoever read the old text neither approves nor publishes the new one.
    let other = Content { doing: "We send you a new invoice today.".into(), ..content() };
    let (edited, _) = run(Some(approved.clone()), UpdateCommand::Edit { revision: 1, content: Box::new(other) }, &aiko).unwrap();
    let kept = edited.draft.clone().unwrap();
    assert_eq!((kept.revision, kept.asked, kept.approved), (2, false, None));
    for command in [publish(1), UpdateCommand::Approve { revision: 1 }] {
        assert!(run(Some(edited.clone()), command, &aiko).unwrap_err().detail.contains("changed it since"));
    }
    assert!(run(Some(edited), publish(2), &aiko).unwrap_err().detail.contains("not approved"));

    let (out, names) = run(Some(approved), publish(1), &aiko).unwrap();
    let entry = out.newest().unwrap();
    assert_eq!(names, ["update.published"]);
    assert_eq!((entry.id, entry.number, entry.approved_by.as_str(), out.draft.is_none()), (EntryId(7), 1, "Jonas", true));
    assert_eq!(entry.leaves_at, NOON + Span::hours(25), "a day after the next update");
    assert!(run(Some(out), publish(1), &aiko).unwrap_err().detail.contains("Nothing is being written"));
}

#[test]
fn a_correction_is_a_new_entry_that_names_the_newest() {
    let first = published(None, 7, content(), None, NOON);
    let second = published(Some(first), 8, Content { state: MatterState::Monitoring, ..content() }, None, NOON);
    let wrong = run(Some(second.clone()), draft(9, content(), Some(7)), &stamp("Aiko", NOON)).unwrap_err();
    assert_eq!(wrong.field.as_deref(), Some("corrects"));
    let unknown = run(Some(second.clone()), draft(9, content(), Some(99)), &stamp("Aiko", NOON)).unwrap_err();
    assert_eq!(unknown.field.as_deref(), Some("corrects"));
    // Going back is allowed.
    let third = published(Some(second.clone()), 9, content(), Some(8), NOON);
    assert_eq!((third.entries[..2].to_vec(), third.entries.len()), (second.entries, 3), "what is out stays as it is");
    assert!(third.is_corrected(EntryId(8)) && !third.is_corrected(EntryId(9)));
    assert_eq!(render::entry(&third, third.newest().unwrap()).lead, "Investigating · update 3 · corrects update 2");
}

#[test]
fn two_people_do_not_write_past_each_other() {
    let (written, _) = run(None, draft(7, content(), None), &stamp("Aiko", NOON)).unwrap();
    let second = run(Some(written.clone()), draft(8, content(), None), &stamp("Mara", NOON)).unwrap_err();
    assert!(second.detail.contains("Aiko is writing"), "{second}");
    let (gone, _) = run(Some(written), UpdateCommand::Discard, &stamp("Mara", NOON)).unwrap();
    assert_eq!(gone.draft, None);
    assert!(run(Some(gone), draft(8, content(), None), &stamp("Mara", NOON)).is_ok());
}

#[test]
fn what_is_missing_is_named_by_its_field() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut Content), field: Option<&str>) {
        let mut c = content();
        change(&mut c);
        let approved = run(None, draft(7, c, None), &stamp("Aiko", NOON))
            .and_then(|(m, _)| run(Some(m), UpdateCommand::Approve { revision: 1 }, &stamp("Jonas", NOON)));
        assert_eq!(approved.err().map(|r| r.field.unwrap_or_default()).as_deref(), field);
    }
    check(|_| (), None);
    check(|c| c.title = " ".into(), Some("title"));
    check(|c| c.title = "two\nlines".into(), Some("title"));
    check(|c| c.happening = String::new(), Some("happening"));
    check(|c| c.meaning = "  ".into(), Some("meaning"));
    check(|c| c.doing = String::new(), Some("doing"));
    check(|c| c.doing = "x".repeat(2_001), Some("doing"));
    check(|c| c.zone = "Berlin".into(), Some("zone"));
    check(|c| c.next_at = None, Some("next_at"));
    check(|c| c.next_at = Some(NOON), Some("next_at"));
    check(|c| c.next_at = Some(NOON + Span::days(40)), Some("next_at"));
    check(|c| (c.next_at, c.state) = (None, MatterState::Resolved), None);
    check(|c| c.banner_until = Some(NOON), Some("banner_until"));
    check(|c| c.banner_until = Some(NOON + Span::days(70)), Some("banner_until"));
    check(|c| c.banner_until = Some(NOON + Span::secs(1)), None);
}

#[test]
fn the_promise_is_warned_of_once_overdue_once_and_kept_by_the_next_entry() {
    let mut m = published(None, 7, content(), None, NOON);
    let dues: Vec<(String, Timestamp)> = m.timers().into_iter().map(|t| (t.key, t.due_at)).collect();
    assert_eq!(dues, [("warn".into(), NOON + Span::mins(48)), ("due".into(), NOON + Span::hours(1))]);
    let mut said = vec![];
    for minute in 0..120 {
        let at = NOON + Span::mins(minute);
        let (after, names) = run(Some(m), UpdateCommand::TimePassed, &stamp("Engine", at)).unwrap();
        said.extend(names.into_iter().map(|name| (minute, name)));
        m = after;
    }
    assert_eq!(said, [(48, "update.due_soon"), (60, "update.overdue")]);
    assert_eq!(m.timers(), []);
    // A correction of a word does not keep the promise; one with another time makes it anew.
    let at = NOON + Span::mins(10);
    let fresh = published(None, 7, content(), None, NOON);
    let corrected = published(Some(fresh.clone()), 8, content(), Some(7), at);
    assert_eq!(corrected.promise, fresh.promise);
    let later = Content { next_at: Some(NOON + Span::hours(3)), ..content() };
    let moved = published(Some(fresh.clone()), 8, later.clone(), Some(7), at).promise.unwrap();
    assert_eq!((moved.by, moved.made_at, moved.due_at), (EntryId(8), at, NOON + Span::hours(3)));
    let next = published(Some(m), 8, later, None, NOON + Span::mins(130)).promise.unwrap();
    assert_eq!((next.warned, next.overdue_at), (false, None));
    let over = published(Some(fresh), 8, Content { state: MatterState::Resolved, next_at: None, ..content() }, None, at);
    assert_eq!((over.promise.is_none(), over.timers()), (true, vec![]));
    assert_eq!(over.newest().map(|e| e.leaves_at), Some(at + Span::hours(24)));
}

#[test]
fn all_forms_say_the_same() {
    let c = Content { unknown: Some("Whether old invoices are right.\n\nOr <not> & why.".into()), ..content() };
    let r = render::draft(&c, 2, Some(1));
    let next = "Next update: Tuesday 17 November 2026, 11:00 CET (Europe/Berlin).";
    assert_eq!(r.next.as_deref(), Some(next));
    for part in [&c.happening, &c.meaning, &c.doing, &r.lead, &next.to_owned()] {
        assert!(r.plain().contains(part) && r.html(3).contains(part) && r.markdown().contains(part), "{part}");
    }
    assert!(r.html(3).contains("<p>Or &lt;not&gt; &amp; why.</p>") && r.plain().contains("Or <not> & why."));
    assert!(r.markdown().contains("Or &lt;not&gt; &amp; why."));
    #[track_caller]
    fn check(zone: &str, expected: &str) {
        assert_eq!(render::moment(NOON, zone), expected);
    }
    check("UTC", "Tuesday 17 November 2026, 09:00 UTC");
    check("Asia/Tokyo", "Tuesday 17 November 2026, 18:00 JST (Asia/Tokyo)");
    check("Asia/Dubai", "Tuesday 17 November 2026, 13:00 UTC+04 (Asia/Dubai)");
}

#[test]
fn who_may_approve_comes_from_the_plan() {
    use crate::plan::{Plan, Rights, Scenario};
    let mut plan = Plan::default();
    plan.window.zone = "UTC".into();
    let scenario = |key: &str, who: &[&str]| {
        let may_approve = who.iter().map(|&w| w.to_owned()).collect();
        Scenario { key: key.into(), may_approve, ..Scenario::default() }
    };
    plan.scenarios = vec![
        scenario("price", &["A@x.example", "shift-owner"]),
        scenario("login", &["b@x.example", "a@x.example"]),
        scenario("odd", &["c@x.example"]),
        scenario("plain", &[]),
    ];
    #[track_caller]
    fn check(plan: &Plan, topics: &[&str], hour: u8, emails: &[&str], any_owner: bool) {
        let on_duty = (hour < 16).then_some("Duty@x.example");
        let topics: Vec<String> = topics.iter().map(|&t| t.to_owned()).collect();
        let expected = Rights { emails: emails.iter().map(|&e| e.to_owned()).collect(), any_owner };
        assert_eq!(may_approve(plan, &topics, on_duty), expected, "{topics:?}");
    }
    check(&plan, &[], 9, &["duty@x.example"], false);
    check(&plan, &[], 17, &[], true);
    check(&plan, &["price"], 9, &["a@x.example", "duty@x.example"], false);
    check(&plan, &["price"], 17, &["a@x.example"], false);
    check(&plan, &["price", "login"], 9, &["a@x.example"], false);
    check(&plan, &["login", "odd"], 9, &[], false);
    check(&plan, &["plain", "gone"], 9, &["duty@x.example"], false);
    check(&plan, &["plain", "login"], 17, &["b@x.example", "a@x.example"], false);
}
