use crate::account::affected::{Affected, Standing, revenue, sort};
use crate::account::call::{About, Call, CallCommand as C};
use crate::account::money::Money;
use crate::account::score;
use crate::{AccountId, Actor, Aggregate, CallId, Severity, Span, Stamp, Timestamp, UserId, WindowId};
use proptest::prelude::*;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-24T12:00:00Z").unwrap()
}

fn account(id: i64) -> Affected {
    Affected {
        account: AccountId(id),
        name: format!("Account {id}"),
        value: None,
        renewal: None,
        cancelled: None,
        people: 1,
        conversations: 1,
        open: 0,
        worst: Severity::Normal,
        worst_open: None,
        waiting_since: None,
        repeated: 0,
        worst_rating: None,
        news_at: now(),
    }
}

fn worth(id: i64, minor: i64) -> Affected {
    Affected { value: Some(Money { minor, currency: "EUR".into() }), ..account(id) }
}

fn open(worst: Severity) -> Affected {
    Affected { open: 1, worst, worst_open: Some(worst), ..account(1) }
}

#[test]
fn points_and_sentence_follow_from_the_reasons() {
    #[track_caller]
    fn check(one: Affected, points: u32, sentence: &str) {
        let others = [worth(7, 900_000), worth(8, 500_000), worth(9, 100_000), worth(10, 50_000), one];
        let scored = score(&others[4], &others, "2026-11-24".parse().unwrap(), now());
        assert_eq!((scored.points, scored.sentence().as_str()), (points, sentence), "{scored:?}");
        assert_eq!(scored.points, scored.parts.iter().map(|part| part.points).sum::<u32>(), "the reasons explain the points");
    }
    check(account(1), 0, "");
    check(open(Severity::Critical), 40, "One open conversation of critical severity.");
    check(Affected { open: 3, ..open(Severity::Low) }, 4, "3 open conversations, the worst of low severity.");
    let wait = |hours| Affected { waiting_since: Some(now() - Span::hours(hours)), ..open(Severity::Normal) };
    check(wait(3), 10, "One open conversation of normal severity.");
    check(wait(5), 12, "One open conversation of normal severity, waiting for 5 hours.");
    check(wait(400), 30, "Waiting for 16 days, one open conversation of normal severity.");
    let renews = |day: &str| Affected { renewal: Some(day.parse().unwrap()), ..open(Severity::High) };
    check(renews("2026-11-24"), 45, "One open conversation of high severity, renews today.");
    check(renews("2026-12-24"), 45, "One open conversation of high severity, renews in 30 days.");
    check(renews("2026-12-25"), 37, "One open conversation of high severity, renews in 31 days.");
    check(renews("2027-02-22"), 31, "One open conversation of high severity, renews in 90 days.");
    check(renews("2027-02-23"), 25, "One open conversation of high severity.");
    check(renews("2026-11-23"), 45, "One open conversation of high severity, its contract ran out yesterday.");
    check(renews("2026-10-24"), 25, "One open conversation of high severity.");
    let value = |minor| Affected { value: worth(1, minor).value, ..open(Severity::High) };
    check(value(1_000_000), 40, "One open conversation of high severity, worth 10 000 EUR a year, among the highest.");
    check(value(600_000), 40, "One open conversation of high severity, worth 6 000 EUR a year, among the highest.");
    check(value(400_000), 33, "One open conversation of high severity, worth 4 000 EUR a year.");
    check(value(10_000), 25, "One open conversation of high severity.");
    check(Affected { worst_rating: Some(1), ..account(1) }, 15, "Rated the help 1 of 5.");
    check(Affected { worst_rating: Some(3), ..account(1) }, 0, "");
    check(Affected { repeated: 9, ..account(1) }, 12, "Asked the same again 9 times.");
    // What happened is said before what only makes it weigh more.
    check(Affected { repeated: 1, renewal: renews("2026-12-01").renewal, ..account(1) }, 24, "Asked the same again once, renews in 7 days.");
    // Value and renewal alone are no reason, and who is gone is not called.
    check(Affected { renewal: renews("2026-12-01").renewal, ..worth(1, 5_000_000) }, 0, "");
    check(Affected { cancelled: Some("2026-11-20".parse().unwrap()), ..open(Severity::Critical) }, 0, "");
}

#[test]
fn each_account_counts_once_and_in_its_currency() {
    let yen = Affected { value: Some(Money { minor: 700, currency: "JPY".into() }), ..open(Severity::Low) };
    let lost = Affected { cancelled: Some("2026-11-20".parse().unwrap()), open: 2, ..worth(4, 5) };
    let list = [Affected { open: 9, ..worth(1, 100) }, worth(2, 30), lost, yen, account(5)];
    let sums = revenue(&list);
    let eur = sums["EUR"];
    assert_eq!((eur.in_doubt.minor, eur.in_doubt.accounts, eur.settled.minor, eur.lost.minor), (100, 1, 30, 5));
    assert_eq!((sums["JPY"].in_doubt.minor, sums[""].settled.accounts, sums.len()), (700, 1, 3));
    assert_eq!(list[2].standing(), Standing::Lost);
}

#[test]
fn the_most_severe_come_first() {
    let mut list = [
        Affected { account: AccountId(1), ..open(Severity::Normal) },
        Affected { account: AccountId(2), worst: Severity::Critical, ..account(2) },
        Affected { account: AccountId(3), ..open(Severity::Critical) },
        Affected { account: AccountId(4), open: 5, ..open(Severity::Normal) },
    ];
    sort(&mut list);
    assert_eq!(list.map(|one| one.account.0), [3, 4, 1, 2]);
}

fn about() -> About {
    About { id: CallId(1), window: WindowId(1), account: AccountId(1), name: "Nord".into() }
}

fn stamp() -> Stamp {
    Stamp::new(Actor::person(UserId(1), "Aiko"), now())
}

fn make(reached: bool, note: &str, seen: Option<u32>) -> C {
    C::Make { of: about(), reached, note: note.into(), seen }
}

#[test]
fn a_call_is_noted_once_and_needs_a_word() {
    let refused = Call::decide(None, make(true, " ", None), &stamp(), &()).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("note"));
    assert!(Call::decide(None, make(true, &"x".repeat(2_001), None), &stamp(), &()).is_err());
    let missed = Call::fold(None, &Call::decide(None, make(false, "", Some(0)), &stamp(), &()).unwrap(), &stamp()).unwrap();
    assert_eq!((missed.calls, missed.reached_at()), (1, None), "nobody was there");
    let second = Call::decide(Some(&missed), make(true, "Calm now.", Some(0)), &stamp(), &()).unwrap_err();
    assert!(second.detail.contains("Aiko has called Nord meanwhile"), "{second}");
    let reached =
        Call::fold(Some(missed.clone()), &Call::decide(Some(&missed), make(true, "Calm now.", Some(1)), &stamp(), &()).unwrap(), &stamp()).unwrap();
    assert_eq!((reached.calls, reached.reached_at()), (2, Some(now())));
    let assign = |to| C::Assign { of: about(), to, name: "Ben".into() };
    assert_eq!(Call::decide(None, assign(None), &stamp(), &()).unwrap(), []);
    let given = Call::fold(Some(reached), &Call::decide(None, assign(Some(UserId(2))), &stamp(), &()).unwrap(), &stamp()).unwrap();
    assert_eq!(given.assignee, Some(UserId(2)));
    assert_eq!(Call::decide(Some(&given), assign(Some(UserId(2))), &stamp(), &()).unwrap(), [], "the second click");
}

proptest! {
    #[test]
    fn worse_is_never_less_urgent(hours in 0_i64..200, more in 0_i64..200, repeated in 0_u32..6, rating in 1_u8..6) {
        let one = |hours: i64, severity| Affected { waiting_since: Some(now() - Span::hours(hours)), repeated, worst_rating: Some(rating), ..open(severity) };
        let points = |a: Affected| score(&a, std::slice::from_ref(&a), "2026-11-24".parse().unwrap(), now()).points;
        prop_assert!(points(one(hours, Severity::Normal)) <= points(one(hours + more, Severity::Normal)));
        prop_assert!(points(one(hours, Severity::Normal)) < points(one(hours, Severity::High)));
    }
}
