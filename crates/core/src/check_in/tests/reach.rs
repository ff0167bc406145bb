use super::*;
use crate::Span;
use crate::check_in::reach::{Known, Passed, reach};

#[test]
fn each_is_asked_by_the_first_way_that_reaches_them() {
    const BOTH: [Way; 2] = [Way::Chat, Way::Email];
    #[track_caller]
    fn check(known: Known, ways: &[Way], expected: Result<Way, Passed>) {
        assert_eq!(reach(&known, ways, 30, NOON), expected, "{known:?} {ways:?}");
    }
    let (chat, address) = (Known { chat: true, ..Known::default() }, Known { address: true, ..Known::default() });
    let both = Known { chat: true, ..address };
    check(chat, &BOTH, Ok(Way::Chat));
    check(both, &BOTH, Ok(Way::Chat));
    check(both, &[Way::Email, Way::Chat], Ok(Way::Email));
    check(address, &BOTH, Ok(Way::Email));
    check(address, &[Way::Chat], Err(Passed::NoWay));
    check(Known::default(), &BOTH, Err(Passed::NoWay));
    check(Known { no_news: true, ..address }, &BOTH, Err(Passed::NoNews));
    check(Known { no_news: true, ..both }, &[Way::Email, Way::Chat], Ok(Way::Chat));
    check(Known { comes_back: true, ..address }, &BOTH, Err(Passed::ComesBack));
    check(Known { opted_out: true, ..both }, &BOTH, Err(Passed::OptedOut));
    check(Known { already: true, opted_out: true, ..both }, &BOTH, Err(Passed::Already));
    // Thirty days of rest, to the microsecond.
    let asked = |ago: Span| Known { last_asked: Some(NOON - ago), ..both };
    check(asked(Span::days(30)), &BOTH, Ok(Way::Chat));
    check(asked(Span(Span::days(30).0 - 1)), &BOTH, Err(Passed::AskedLately));
}
