use crate::account::money::Money;
use crate::account::{Account, AccountCommand as C, AccountEvent, Facts};
use crate::{AccountId, Actor, Aggregate, Stamp, Timestamp};

fn stamp() -> Stamp {
    Stamp::new(Actor::system(), Timestamp::parse("2026-11-24T12:00:00Z").unwrap())
}

fn facts() -> Facts {
    Facts { name: "  Atelier   Nord ".into(), domains: vec!["@Atelier.example".into(), "atelier.example".into()], ..Facts::default() }
}

fn made() -> Account {
    let events = Account::decide(None, C::Create { id: AccountId(1), key: " A-1 ".into(), facts: Box::new(facts()) }, &stamp(), &()).unwrap();
    Account::fold(None, &events, &stamp()).unwrap()
}

#[test]
fn facts_are_put_in_order() {
    let account = made();
    assert_eq!((account.key.as_str(), account.facts.name.as_str(), account.revision), ("A-1", "Atelier Nord", 1));
    assert_eq!(account.facts.domains, ["atelier.example"]);
}

#[test]
fn the_same_again_is_no_event_and_an_old_revision_is_refused() {
    let account = made();
    let same = C::Change { revision: None, facts: Box::new(facts()) };
    assert_eq!(Account::decide(Some(&account), same, &stamp(), &()).unwrap(), []);
    let more = Facts { value: Some(Money { minor: 5, currency: "EUR".into() }), ..facts() };
    let change = |revision| C::Change { revision, facts: Box::new(more.clone()) };
    let events = Account::decide(Some(&account), change(Some(1)), &stamp(), &()).unwrap();
    assert!(matches!(&events[..], [AccountEvent::Changed { what, .. }] if *what == ["value"]), "{events:?}");
    let after = Account::fold(Some(account), &events, &stamp()).unwrap();
    assert_eq!(after.revision, 2);
    let late = Account::decide(Some(&after), C::Change { revision: Some(1), facts: Box::new(facts()) }, &stamp(), &()).unwrap_err();
    assert!(late.detail.contains("changed since you read it"), "{late}");
}

#[test]
fn what_was_removed_is_gone() {
    let account = made();
    let events = Account::decide(Some(&account), C::Remove, &stamp(), &()).unwrap();
    let gone = Account::fold(Some(account), &events, &stamp()).unwrap();
    assert_eq!(Account::decide(Some(&gone), C::Remove, &stamp(), &()).unwrap(), [], "the second click");
    assert!(Account::decide(Some(&gone), C::Change { revision: None, facts: Box::new(facts()) }, &stamp(), &()).is_err());
}

#[test]
fn wrong_facts_name_their_field() {
    #[track_caller]
    fn check(facts: Facts, field: &str, part: &str) {
        let refusal = facts.checked().unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some(field));
        assert!(refusal.detail.contains(part), "{refusal}");
    }
    check(Facts { name: " ".into(), ..facts() }, "name", "needs a name");
    check(Facts { name: "x".repeat(201), ..facts() }, "name", "at most 200 characters, not 201");
    check(Facts { notes: "x".repeat(2_001), ..facts() }, "notes", "at most 2000");
    check(Facts { domains: vec!["GMail.com".into()], ..facts() }, "domains", "Anybody can have an address at gmail.com");
    check(Facts { domains: vec!["ana@x.example".into()], ..facts() }, "domains", "is an address");
    for wrong in ["x", "", "a..b", "-a.b", "a b.c", "a.b-"] {
        check(Facts { domains: vec![wrong.into()], ..facts() }, "domains", "is no domain");
    }
    check(Facts { domains: (0..21).map(|n| format!("d{n}.example")).collect(), ..facts() }, "domains", "at most 20");
    for key in ["", "  ", "a\nb"] {
        assert_eq!(crate::account::key(key).unwrap_err().field.as_deref(), Some("key"));
    }
}
