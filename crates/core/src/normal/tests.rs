use super::*;
use crate::Actor;
use proptest::prelude::*;

const GIVER: i64 = 1;
const RECEIVER: i64 = 2;
const OTHER: i64 = 3;

fn by(user: i64, reason: &str) -> Stamp {
    Stamp::new(Actor::person(UserId(user), format!("Person {user}")), Timestamp::from_secs(0)).because(reason)
}

fn item(receiver: &str) -> PlannedItem {
    PlannedItem { key: "runbooks".into(), what: "Runbooks are signed".into(), receiver: receiver.into(), receiver_name: "Operations".into() }
}

fn give(account: Option<i64>) -> ChecklistCommand {
    let gift = Gift { note: "In the wiki.".into(), link: String::new() };
    ChecklistCommand::Give { window: WindowId(1), item: item("ops@example.com"), gift, account: account.map(UserId) }
}

fn accept(round: u32, account: Option<i64>) -> ChecklistCommand {
    ChecklistCommand::Accept { item: item("ops@example.com"), round, account: account.map(UserId) }
}

fn back(round: u32, account: Option<i64>) -> ChecklistCommand {
    ChecklistCommand::Return { item: item("ops@example.com"), round, account: account.map(UserId) }
}

fn run(state: Option<Checklist>, command: ChecklistCommand, stamp: &Stamp) -> Result<Option<Checklist>, Refusal> {
    let events = Checklist::decide(state.as_ref(), command, stamp, &())?;
    Ok(Checklist::fold(state, &events, stamp))
}

fn state(list: Option<&Checklist>) -> ItemState {
    list.map(|l| l.item("runbooks").state).unwrap_or_default()
}

#[test]
fn it_is_given_taken_and_given_back() {
    let given = run(None, give(Some(RECEIVER)), &by(GIVER, "")).unwrap();
    assert_eq!(state(given.as_ref()), ItemState::Given);
    assert_eq!(Checklist::decide(given.as_ref(), give(Some(RECEIVER)), &by(GIVER, ""), &()), Ok(vec![]), "the second click of two");
    let returned = run(given, back(1, Some(RECEIVER)), &by(RECEIVER, "The alarms are missing.")).unwrap();
    assert_eq!(state(returned.as_ref()), ItemState::Returned);
    let again = run(returned, give(Some(RECEIVER)), &by(GIVER, "")).unwrap();
    let stale = Checklist::decide(again.as_ref(), accept(1, Some(RECEIVER)), &by(RECEIVER, ""), &()).unwrap_err();
    assert!(stale.detail.contains("anew"), "{stale}");
    let accepted = run(again, accept(2, Some(RECEIVER)), &by(RECEIVER, "")).unwrap();
    assert_eq!(state(accepted.as_ref()), ItemState::Accepted);
    assert_eq!(Checklist::decide(accepted.as_ref(), accept(2, Some(RECEIVER)), &by(RECEIVER, ""), &()), Ok(vec![]));
    // Accepted is not the end: what turns out wrong goes back, with a reason.
    assert_eq!(state(run(accepted, back(2, Some(RECEIVER)), &by(RECEIVER, "It fails.")).unwrap().as_ref()), ItemState::Returned);
}

#[test]
fn nobody_takes_over_from_themselves() {
    #[track_caller]
    fn check(command: ChecklistCommand, stamp: &Stamp, says: &str) {
        let given = run(None, give(Some(RECEIVER)), &by(GIVER, "")).unwrap();
        let recorded = run(None, give(None), &by(GIVER, "")).unwrap();
        let account = matches!(&command, ChecklistCommand::Accept { account: Some(_), .. } | ChecklistCommand::Return { account: Some(_), .. });
        let state = if account { given } else { recorded };
        let refused = Checklist::decide(state.as_ref(), command, stamp, &()).unwrap_err();
        assert!(refused.detail.contains(says), "{refused}");
    }
    check(accept(1, Some(RECEIVER)), &by(GIVER, "Done."), "Operations answers this");
    check(accept(1, None), &by(GIVER, "They said so."), "You handed it over");
    check(accept(1, None), &by(OTHER, ""), "A reason is needed");
    check(back(1, Some(RECEIVER)), &by(OTHER, "No."), "Operations answers this");
    check(back(1, Some(RECEIVER)), &by(RECEIVER, ""), "A reason is needed");
    let own = Checklist::decide(None, give(Some(GIVER)), &by(GIVER, ""), &()).unwrap_err();
    assert!(own.detail.contains("to yourself"), "{own}");
    let token = Stamp::new(Actor::token("a program"), Timestamp(0));
    assert!(Checklist::decide(None, give(None), &token, &()).is_err());
}

#[test]
fn somebody_is_named_before_it_is_given() {
    let nobody = |receiver: &str| ChecklistCommand::Give {
        window: WindowId(1),
        item: item(receiver),
        gift: Gift { note: "x".into(), link: String::new() },
        account: None,
    };
    assert_eq!(Checklist::decide(None, nobody(""), &by(GIVER, ""), &()).unwrap_err().field.as_deref(), Some("receiver"));
    let name = |email: &str| ChecklistCommand::NameReceiver {
        window: WindowId(1),
        item: item(""),
        receiver: Receiver { email: email.into(), name: String::new() },
    };
    assert_eq!(Checklist::decide(None, name("ops"), &by(GIVER, ""), &()).unwrap_err().field.as_deref(), Some("receiver"));
    let named = run(None, name("Ops@Example.com "), &by(GIVER, "")).unwrap();
    let given = run(named, nobody(""), &by(GIVER, "")).unwrap();
    assert_eq!(given.as_ref().unwrap().receiver(&item("")).unwrap().email, "ops@example.com");
    // Another receiver: what was given was given to somebody else.
    assert_eq!(state(run(given.clone(), name("other@example.com"), &by(OTHER, "")).unwrap().as_ref()), ItemState::Open);
    let accepted = run(given, ChecklistCommand::Accept { item: item(""), round: 1, account: None }, &by(OTHER, "By mail.")).unwrap();
    assert!(run(accepted, name("other@example.com"), &by(OTHER, "")).is_err());
}

#[test]
fn something_temporary_has_a_fix_and_somebody_who_has_it() {
    let fix = |email: &str, fix: &str| ChecklistCommand::NameFix {
        window: WindowId(1),
        decision: DecisionId(7),
        owner: Receiver { email: email.into(), name: "Billing team".into() },
        fix: fix.into(),
    };
    for (command, field) in [(fix("x", "Release 4.2"), "owner"), (fix("b@example.com", " "), "fix")] {
        assert_eq!(Checklist::decide(None, command, &by(GIVER, ""), &()).unwrap_err().field.as_deref(), Some(field));
    }
    let kept = run(None, fix("b@example.com", "Release 4.2"), &by(GIVER, "")).unwrap();
    assert_eq!(kept.as_ref().unwrap().fixes[&DecisionId(7)].owner.name, "Billing team");
    assert_eq!(Checklist::decide(kept.as_ref(), fix("b@example.com", "Release 4.2"), &by(OTHER, ""), &()), Ok(vec![]));
}

proptest! {
    /// Whoever does what in any order: nothing is ever accepted by who gave it last, nor by anybody but the receiver where they can sign in.
    #[test]
    fn what_is_accepted_was_taken_by_another(steps in proptest::collection::vec((0..4_u8, 1..4_i64, any::<bool>()), 0..40)) {
        let mut list: Option<Checklist> = None;
        for (what, who, can_sign_in) in steps {
            let account = can_sign_in.then_some(RECEIVER);
            let round = list.as_ref().map_or(0, |l| l.item("runbooks").round);
            let command = match what {
                0 => give(account),
                1 | 2 => accept(round, account),
                _ => back(round, account),
            };
            let stamp = by(who, "Because.");
            let Ok(events) = Checklist::decide(list.as_ref(), command, &stamp, &()) else { continue };
            if let [ChecklistEvent::Accepted { recorded, .. }] = &events[..] {
                let given = list.as_ref().and_then(|l| l.item("runbooks").given).unwrap();
                prop_assert_ne!(given.user, Some(UserId(who)));
                prop_assert!(*recorded || who == RECEIVER);
                prop_assert_eq!(*recorded, !can_sign_in);
            }
            list = Checklist::fold(list, &events, &stamp);
        }
    }
}
