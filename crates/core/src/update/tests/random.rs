//! Whatever people do in whatever order.

use super::*;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Draft { next: i64, corrects: bool, state: usize },
    Edit(i64),
    Discard,
    Ask,
    Approve,
    Publish,
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1..200_i64, any::<bool>(), 0..4_usize).prop_map(|(next, corrects, state)| Step::Draft { next, corrects, state }),
        (1..200_i64).prop_map(Step::Edit),
        Just(Step::Discard),
        Just(Step::Ask),
        Just(Step::Approve),
        Just(Step::Publish),
        (0..100_i64).prop_map(Step::Wait),
    ]
}

fn command(step: &Step, m: Option<&Update>, at: Timestamp, n: i64) -> UpdateCommand {
    let revision = m.and_then(|m| m.draft.as_ref()).map_or(0, |d| d.revision);
    match step {
        Step::Draft { next, corrects, state } => {
            let state = MatterState::ALL[*state];
            let newest = m.and_then(Update::newest).filter(|_| *corrects).map(|e| e.id.0);
            draft(n, Content { next_at: Some(at + Span::mins(*next)), state, ..content() }, newest)
        }
        Step::Edit(next) => UpdateCommand::Edit { revision, content: Box::new(Content { next_at: Some(at + Span::mins(*next)), ..content() }) },
        Step::Discard => UpdateCommand::Discard,
        Step::Ask => UpdateCommand::Ask,
        Step::Approve => UpdateCommand::Approve { revision },
        Step::Publish => UpdateCommand::Publish { revision },
        Step::Wait(_) => UpdateCommand::TimePassed,
    }
}

proptest! {
    #[test]
    fn what_is_out_never_changes_and_each_promise_is_told_once(steps in prop::collection::vec(step(), 1..60)) {
        let (mut m, mut at): (Option<Update>, Timestamp) = (None, NOON);
        let (mut soon, mut overdue) = (vec![], vec![]);
        for (n, step) in (100_i64..).zip(&steps) {
            if let Step::Wait(minutes) = step {
                at = at + Span::mins(*minutes);
            }
            let before = m.clone();
            let by = stamp("Aiko", at);
            let Ok(events) = Update::decide(m.as_ref(), command(step, m.as_ref(), at, n), &by, &()) else { continue };
            for event in &events {
                let promise = before.as_ref().and_then(|m| m.promise.clone());
                match event {
                    UpdateEvent::DueSoon { .. } => soon.push((promise.clone().unwrap().by, promise.unwrap().due_at)),
                    UpdateEvent::Overdue { .. } => overdue.push((promise.clone().unwrap().by, promise.unwrap().due_at)),
                    UpdateEvent::Published { entry, .. } => {
                        let d = before.as_ref().unwrap().draft.as_ref().unwrap();
                        prop_assert!(d.approved.is_some() && d.content == entry.content, "published as approved");
                        prop_assert!(entry.leaves_at > at);
                    }
                    _ => {}
                }
            }
            m = Update::fold(m, &events, &by);
            let (old, new) = (before.map(|m| m.entries).unwrap_or_default(), m.as_ref().map(|m| m.entries.clone()).unwrap_or_default());
            prop_assert!(new.starts_with(&old) && new.len() <= old.len() + 1);
            prop_assert!(new.iter().enumerate().all(|(i, e)| e.number as usize == i + 1));
            if let Some(state) = &m {
                let open = state.newest().is_some_and(|e| e.content.state != MatterState::Resolved);
                prop_assert_eq!(open, state.promise.is_some(), "exactly an open matter has a promise");
                // Written down and read again it is the same.
                let json = serde_json::to_string(state).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Update>(&json).unwrap(), state);
            }
        }
        for told in [&soon, &overdue] {
            let mut once = told.clone();
            once.dedup();
            prop_assert_eq!(told, &once);
        }
    }

    #[test]
    fn html_lets_no_text_out(text in "[<>&\"' a-z\n]{0,80}") {
        let c = Content { happening: text, ..content() };
        let html = render::draft(&c, 1, None).html(4);
        let known = ["<p class=\"lead\">", "<p class=\"next\">", "<strong>", "</strong>", "<h4>", "</h4>", "<p>", "</p>", "<br>"];
        let bare = known.iter().fold(html, |html, tag| html.replace(tag, ""));
        prop_assert!(!bare.contains('<') && !bare.contains('>') && !bare.contains('"'), "{}", bare);
    }
}
