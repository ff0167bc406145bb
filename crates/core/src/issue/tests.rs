use super::*;
use crate::{Actor, ConversationId};
use proptest::prelude::*;

fn stamp() -> Stamp {
    Stamp::new(Actor::system(), Timestamp(1)).because("For the test.".to_owned())
}

fn run(issue: Issue, command: IssueCommand) -> Result<Issue, Refusal> {
    let events = Issue::decide(Some(&issue), command, &stamp(), &())?;
    Ok(events.iter().fold(issue, |issue, event| Issue::apply(Some(issue), event, &stamp())))
}

fn open(wordings: &[&str]) -> Issue {
    let command = IssueCommand::Open {
        id: IssueId(1),
        window: WindowId(1),
        title: "The export stops".into(),
        state: IssueState::Proposed,
        severity: Severity::Normal,
        scenario: None,
        answer: None,
        wordings: wordings.iter().map(|&w| w.into()).collect(),
        refused: vec![],
    };
    let events = Issue::decide(None, command, &stamp(), &()).unwrap();
    Issue::apply(None, &events[0], &stamp())
}

/// What an issue knows, whatever the order in which it learned it.
fn known(issue: &Issue) -> (IssueState, String, Option<UserId>, Option<IssueId>, Vec<String>, Vec<String>) {
    let (mut wordings, mut refused) = (issue.wordings.clone(), issue.refused.clone());
    wordings.sort();
    refused.sort();
    (issue.state, issue.title.clone(), issue.owner, issue.merged_into, wordings, refused)
}

fn take_out(wording: &str) -> IssueCommand {
    IssueCommand::TakeOut { conversation: ConversationId(7), wording: wording.into() }
}

fn split(wordings: &[&str]) -> IssueCommand {
    IssueCommand::Split { into: IssueId(2), title: "Other".into(), wordings: wordings.iter().map(|&w| w.into()).collect(), conversations: 1 }
}

fn absorb(wordings: &[&str]) -> IssueCommand {
    IssueCommand::Absorb { from: IssueId(3), title: "Third".into(), conversations: 1, wordings: wordings.iter().map(|&w| w.into()).collect() }
}

#[test]
fn each_step_is_learned_and_taken_back() {
    #[track_caller]
    fn check(command: IssueCommand, state: IssueState, wordings: &[&str], refused: &[&str]) {
        let before = run(open(&["a", "b"]), take_out("z")).unwrap();
        let after = run(before.clone(), command).unwrap();
        assert_eq!(
            (after.state, &after.wordings[..], &after.refused[..]),
            (state, &wordings.iter().map(|&w| w.to_owned()).collect::<Vec<_>>()[..], &refused.iter().map(|&w| w.to_owned()).collect::<Vec<_>>()[..])
        );
        let undone = run(after, IssueCommand::Undo { step: 2 }).unwrap();
        assert_eq!(known(&undone), known(&before));
        assert!(undone.steps[1].undone && !undone.steps[0].undone);
        // A second click changes nothing.
        assert_eq!(run(undone.clone(), IssueCommand::Undo { step: 2 }).unwrap(), undone);
    }
    use IssueState::{Dismissed, Investigating, Proposed, Resolved};
    check(IssueCommand::Confirm { title: Some(" New ".into()), owner: Some(UserId(4)) }, Investigating, &["a", "b"], &["z"]);
    check(IssueCommand::Dismiss, Dismissed, &["a", "b"], &["z"]);
    check(IssueCommand::MergeInto { into: IssueId(2) }, Resolved, &["a", "b"], &["z"]);
    check(absorb(&["b", "c", "z", "c"]), Proposed, &["a", "b", "c", "z"], &[]);
    check(split(&["b", "new"]), Proposed, &["a"], &["z", "b", "new"]);
    check(split(&["b", "z"]), Proposed, &["a"], &["z", "b"]);
    check(take_out("a"), Proposed, &["b"], &["z", "a"]);
    check(take_out("z"), Proposed, &["a", "b"], &["z"]);
    let accept = |wording: &str| IssueCommand::Accept { conversation: ConversationId(9), wording: wording.into() };
    check(accept("c"), Proposed, &["a", "b", "c"], &["z"]);
    check(accept("z"), Proposed, &["a", "b", "z"], &[]);
    check(accept("b"), Proposed, &["a", "b"], &["z"]);
    check(IssueCommand::Refuse { conversation: ConversationId(9), wording: "b".into() }, Proposed, &["a"], &["z", "b"]);
}

#[test]
fn what_cannot_be_done_is_refused_in_words() {
    #[track_caller]
    fn check(commands: &[IssueCommand], part: &str) {
        let (last, before) = commands.split_last().unwrap();
        let issue = before.iter().cloned().fold(open(&["a"]), |issue, command| run(issue, command).unwrap());
        let refusal = run(issue, last.clone()).unwrap_err().to_string();
        assert!(refusal.contains(part), "{refusal}");
    }
    let confirm = |title: Option<&str>| IssueCommand::Confirm { title: title.map(str::to_owned), owner: None };
    let state = |state| IssueCommand::Change(IssueChange { state: Some(state), ..IssueChange::default() });
    check(&[confirm(Some(" "))], "name");
    check(&[IssueCommand::Dismiss, confirm(None)], "dismissed");
    check(&[confirm(None), confirm(Some("Another"))], "confirmed this issue already");
    check(&[confirm(None), IssueCommand::Dismiss], "resolve it instead");
    check(&[confirm(None), state(IssueState::Monitoring), IssueCommand::Undo { step: 1 }], "monitoring now");
    check(&[IssueCommand::Dismiss, state(IssueState::Identified), IssueCommand::Undo { step: 1 }], "not dismissed any more");
    check(&[confirm(None), IssueCommand::MergeInto { into: IssueId(2) }, IssueCommand::Undo { step: 1 }], "take that back first");
    check(&[IssueCommand::Undo { step: 1 }], "Step 1");
    check(&[state(IssueState::Dismissed)], "with a reason");
    let silent = Issue::decide(Some(&open(&["a"])), IssueCommand::Dismiss, &Stamp::new(Actor::system(), Timestamp(1)), &()).unwrap_err();
    assert!(silent.to_string().contains("Say why"), "{silent}");
}

#[test]
fn two_who_press_at_once_do_it_once() {
    for command in [IssueCommand::Confirm { title: None, owner: None }, IssueCommand::Dismiss] {
        let once = run(open(&["a"]), command.clone()).unwrap();
        assert_eq!(run(once.clone(), command).unwrap(), once);
    }
}

#[test]
fn an_issue_of_an_earlier_version_is_read() {
    let mut old = serde_json::to_value(open(&["a"])).unwrap();
    let fields = old.as_object_mut().unwrap();
    fields.remove("refused");
    fields.remove("steps");
    assert_eq!(serde_json::from_value::<Issue>(old).unwrap(), open(&["a"]));
    let event = serde_json::json!({ "type": "absorbed", "from": "3", "title": "Third", "conversations": 2 });
    assert!(matches!(serde_json::from_value(event).unwrap(), IssueEvent::Absorbed { learned, .. } if learned.is_empty()));
}

proptest! {
    /// Whatever is done, lists are bounded, no wording is on both, and replaying the events gives the same issue.
    #[test]
    fn lists_stay_apart_and_bounded(steps in prop::collection::vec((0_u8..7, "[a-d]{1,3}"), 0..200)) {
        let (mut issue, mut log) = (open(&["a", "b"]), vec![]);
        for (kind, word) in steps {
            let command = match kind {
                0 => take_out(&word),
                1 => IssueCommand::Learn { wording: word },
                2 => IssueCommand::Refuse { conversation: ConversationId(1), wording: word },
                3 => split(&[&word]),
                4 => absorb(&[&word]),
                5 => IssueCommand::Undo { step: word.len() as u32 },
                _ => IssueCommand::Undo { step: issue.steps.last().map_or(1, |s| s.number) },
            };
            let Ok(events) = Issue::decide(Some(&issue), command, &stamp(), &()) else { continue };
            for event in events {
                issue = Issue::apply(Some(issue), &event, &stamp());
                log.push(event);
            }
            prop_assert!(issue.wordings.len() <= 50 && issue.refused.len() <= 50 && issue.steps.len() <= 40);
            prop_assert!(issue.wordings.iter().all(|w| !issue.refused.contains(w)), "{issue:?}");
        }
        let again = log.iter().fold(open(&["a", "b"]), |issue, event| Issue::apply(Some(issue), event, &stamp()));
        prop_assert_eq!(again, issue);
    }
}
