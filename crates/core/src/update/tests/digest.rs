//! When digests come, and what is in them.

use crate::topic::Topic;
use crate::update::digest::{Rhythm, Wish};
use crate::{Span, Timestamp};
use proptest::prelude::*;

fn wish(rhythm: Rhythm, hour: u8) -> Wish {
    Wish { topics: vec![], rhythm, hour, zone: "Europe/Berlin".into() }
}

#[test]
fn digests_come_at_their_hour_also_where_clocks_change() {
    #[track_caller]
    fn check(rhythm: Rhythm, hour: u8, after: &str, expected: Option<&str>) {
        let next = wish(rhythm, hour).next(Timestamp::parse(after).unwrap());
        assert_eq!(next.map(|at| at.to_string()), expected.map(|at| Timestamp::parse(at).unwrap().to_string()), "{rhythm:?} after {after}");
    }
    check(Rhythm::AtOnce, 8, "2026-11-17T09:00:00Z", None);
    check(Rhythm::Daily, 8, "2026-11-17T06:59:59Z", Some("2026-11-17T07:00:00Z"));
    check(Rhythm::Daily, 8, "2026-11-17T07:00:00Z", Some("2026-11-18T07:00:00Z"));
    check(Rhythm::Weekly, 8, "2026-11-17T09:00:00Z", Some("2026-11-23T07:00:00Z"));
    check(Rhythm::Weekly, 8, "2026-11-23T07:00:00Z", Some("2026-11-30T07:00:00Z"));
    // On 28 March 2027 two o'clock is skipped: the digest comes at three, an hour after one. On 31 October it comes twice: at the first.
    check(Rhythm::Daily, 2, "2027-03-27T10:00:00Z", Some("2027-03-28T01:00:00Z"));
    check(Rhythm::Daily, 2, "2027-03-28T01:00:00Z", Some("2027-03-29T00:00:00Z"));
    check(Rhythm::Daily, 2, "2027-10-30T10:00:00Z", Some("2027-10-31T00:00:00Z"));
    check(Rhythm::Daily, 2, "2027-10-31T00:00:00Z", Some("2027-11-01T01:00:00Z"));
    check(Rhythm::Daily, 8, "2027-03-27T12:00:00Z", Some("2027-03-28T06:00:00Z"));
}

#[test]
fn what_cannot_be_is_refused() {
    assert_eq!(wish(Rhythm::Daily, 24).check().unwrap_err().field.as_deref(), Some("hour"));
    assert_eq!(Wish { zone: "Mars".into(), ..wish(Rhythm::Daily, 8) }.check().unwrap_err().field.as_deref(), Some("zone"));
    let many = (0..51).map(|n| Topic::Issue(crate::IssueId(n))).collect();
    assert_eq!(Wish { topics: many, ..wish(Rhythm::Daily, 8) }.check().unwrap_err().field.as_deref(), Some("topics"));
}

proptest! {
    /// Each day has one digest, whatever the zone's clocks do, and the next one is always later.
    #[test]
    fn one_a_day(start in 1_700_000_000_i64..1_900_000_000, hour in 0_u8..24, zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])) {
        let wish = Wish { zone: zone.into(), ..wish(Rhythm::Daily, hour) };
        let mut at = wish.next(Timestamp::from_secs(start)).unwrap();
        for _ in 0..400 {
            let next = wish.next(at).unwrap();
            let gap = next - at;
            prop_assert!(gap >= Span::hours(23) && gap <= Span::hours(25), "{at} {next}");
            at = next;
        }
    }
}
