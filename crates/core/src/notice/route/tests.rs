use super::*;
use crate::plan::Weekday;
use proptest::prelude::*;

const HOME: WayId = WayId(9);

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Mail and Slack.
fn ways() -> Vec<Way> {
    vec![Way::new(OWN_MAIL, WayKind::Mail), Way::new(HOME, WayKind::Slack)]
}

/// Quiet from ten to seven in Berlin, every day.
fn nights() -> Rules {
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun].to_vec();
    let times = vec![QuietTime { days, from: "22:00".into(), to: "07:00".into() }];
    Rules { zone: "Europe/Berlin".into(), quiet: Some(Quiet { times, breaks: Some(Severity::Critical) }), ..Rules::default() }
}

/// What becomes of a notice, as a short text: `0 at_once +0s, 9 never`.
fn said(kind: Kind, severity: Option<Severity>, ways: &[Way], rules: &Rules, duty: bool, now: Timestamp) -> String {
    let steps = route(News { kind, severity }, ways, rules, duty, now);
    let one = |step: &Step| match step.at {
        Some(at) => format!("{} {} {}", step.way, step.reason.word(), at),
        None => format!("{} {}", step.way, step.reason.word()),
    };
    steps.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_newcomer_hears_by_mail_what_calls_them_and_of_the_rest_what_they_did_not_read() {
    #[track_caller]
    fn check(kind: Kind, expected: &str) {
        let ways = [Way::new(OWN_MAIL, WayKind::Mail)];
        assert_eq!(said(kind, None, &ways, &Rules::default(), false, at("2026-11-17T10:00:00Z")), expected);
    }
    check(Kind::Escalated, "0 at_once 2026-11-17T10:00:00Z");
    check(Kind::Asked, "0 at_once 2026-11-17T10:00:00Z");
    check(Kind::UpdateOverdue, "0 at_once 2026-11-17T10:00:00Z");
    check(Kind::Handover, "0 at_once 2026-11-17T10:00:00Z");
    check(Kind::BreachSoon, "0 if_unread 2026-11-17T10:05:00Z");
    check(Kind::Mention, "0 if_unread 2026-11-17T10:15:00Z");
    check(Kind::Decided, "0 if_unread 2026-11-17T10:30:00Z");
    check(Kind::Message, "0 hourly 2026-11-17T11:00:00Z");
    check(Kind::Backup, "0 own_letter");
}

#[test]
fn quiet_hours_hold_what_is_not_severe_enough_but_not_from_who_is_on_duty() {
    #[track_caller]
    fn check(severity: Severity, duty: bool, now: &str, expected: &str) {
        let ways = [Way::new(OWN_MAIL, WayKind::Mail)];
        assert_eq!(said(Kind::Escalated, Some(severity), &ways, &nights(), duty, at(now)), expected, "{now}");
    }
    // Ten in the evening is nine on the UTC line in winter.
    check(Severity::High, false, "2026-11-17T20:59:59Z", "0 at_once 2026-11-17T20:59:59Z");
    check(Severity::High, false, "2026-11-17T21:00:00Z", "0 quiet 2026-11-18T06:00:00Z");
    check(Severity::High, false, "2026-11-18T05:59:59Z", "0 quiet 2026-11-18T06:00:00Z");
    check(Severity::High, false, "2026-11-18T06:00:00Z", "0 at_once 2026-11-18T06:00:00Z");
    check(Severity::Critical, false, "2026-11-17T23:00:00Z", "0 breaks_quiet 2026-11-17T23:00:00Z");
    check(Severity::High, true, "2026-11-17T23:00:00Z", "0 on_duty 2026-11-17T23:00:00Z");
    // The clocks go forward on 28 March 2027 and back on 31 October 2027: seven in the morning stays seven.
    check(Severity::High, false, "2027-03-27T22:00:00Z", "0 quiet 2027-03-28T05:00:00Z");
    check(Severity::High, false, "2027-10-30T21:00:00Z", "0 quiet 2027-10-31T06:00:00Z");
}

#[test]
fn what_would_be_due_in_the_night_is_held_too() {
    let ways = [Way::new(OWN_MAIL, WayKind::Mail)];
    assert_eq!(said(Kind::Mention, None, &ways, &nights(), false, at("2026-11-17T20:50:00Z")), "0 quiet 2026-11-18T06:00:00Z");
    assert_eq!(said(Kind::Message, None, &ways, &nights(), false, at("2026-11-17T20:30:00Z")), "0 quiet 2026-11-18T06:00:00Z");
    let early = Rules { daily_at: "06:30".into(), choices: vec![Choice { group: Group::Follow, way: OWN_MAIL, when: When::Daily }], ..nights() };
    assert_eq!(said(Kind::Message, None, &ways, &early, false, at("2026-11-17T12:00:00Z")), "0 quiet 2026-11-18T06:00:00Z");
    // A message that has to wait because of others, and would come in the night.
    let way = Way { sent: vec![at("2026-11-17T20:56:00Z")], ..Way::new(OWN_MAIL, WayKind::Mail) };
    assert_eq!(said(Kind::Handover, None, &[way], &nights(), false, at("2026-11-17T20:58:00Z")), "0 quiet 2026-11-18T06:00:00Z");
}

#[test]
fn choices_and_severities_hold_for_their_way_and_group() {
    #[track_caller]
    fn check(rules: &Rules, kind: Kind, severity: Option<Severity>, expected: &str) {
        assert_eq!(said(kind, severity, &ways(), rules, false, at("2026-11-17T10:20:00Z")), expected);
    }
    let choose = |group, way, when| Rules { choices: vec![Choice { group, way, when }], ..Rules::default() };
    let now = "2026-11-17T10:20:00Z";
    check(&choose(Group::Mentions, HOME, When::AtOnce), Kind::Mention, None, &format!("0 if_unread 2026-11-17T10:35:00Z, 9 at_once {now}"));
    check(&choose(Group::Act, OWN_MAIL, When::Never), Kind::Escalated, None, &format!("0 never, 9 at_once {now}"));
    check(&choose(Group::Follow, HOME, When::Daily), Kind::Message, None, "0 hourly 2026-11-17T11:00:00Z, 9 daily 2026-11-18T08:00:00Z");
    check(&choose(Group::Follow, HOME, When::Hourly), Kind::Assigned, None, "0 hourly 2026-11-17T11:00:00Z, 9 hourly 2026-11-17T11:00:00Z");
    let least = Rules { least: vec![Least { group: Group::Act, severity: Severity::High }], ..Rules::default() };
    check(&least, Kind::Escalated, Some(Severity::Normal), "0 less_severe, 9 less_severe");
    check(&least, Kind::Escalated, Some(Severity::High), &format!("0 at_once {now}, 9 at_once {now}"));
    check(&least, Kind::Escalated, None, &format!("0 at_once {now}, 9 at_once {now}"));
    check(&least, Kind::Handover, Some(Severity::Low), &format!("0 at_once {now}, 9 at_once {now}"));
    let shut = [Way { open: false, ..Way::new(OWN_MAIL, WayKind::Mail) }];
    assert_eq!(said(Kind::Escalated, None, &shut, &Rules::default(), false, at(now)), "0 way_shut");
}

#[test]
fn the_first_goes_at_once_and_what_follows_goes_together() {
    #[track_caller]
    fn check(sent: &[&str], kind: Kind, expected: &str) {
        let way = Way { sent: sent.iter().map(|text| at(text)).collect(), ..Way::new(OWN_MAIL, WayKind::Mail) };
        assert_eq!(said(kind, None, &[way], &Rules::default(), false, at("2026-11-17T10:20:00Z")), format!("0 {expected}"), "{sent:?}");
    }
    check(&[], Kind::Handover, "at_once 2026-11-17T10:20:00Z");
    check(&["2026-11-17T10:15:00Z"], Kind::Handover, "at_once 2026-11-17T10:20:00Z");
    check(&["2026-11-17T10:15:01Z"], Kind::Handover, "gathered 2026-11-17T10:20:01Z");
    check(&["2026-11-17T10:19:00Z"], Kind::Handover, "gathered 2026-11-17T10:24:00Z");
    // One goes out soon anyway.
    check(&["2026-11-17T10:19:00Z", "2026-11-17T10:24:00Z"], Kind::Handover, "gathered 2026-11-17T10:24:00Z");
    // Whoever is called is called at once.
    check(&["2026-11-17T10:19:00Z"], Kind::Escalated, "at_once 2026-11-17T10:20:00Z");
    let eight: Vec<String> = (0..8).map(|n| format!("2026-11-17T09:{:02}:00Z", 21 + n)).collect();
    let eight: Vec<&str> = eight.iter().map(String::as_str).collect();
    check(&eight, Kind::Handover, "throttled 2026-11-17T10:21:00Z");
    check(&eight[1..], Kind::Handover, "at_once 2026-11-17T10:20:00Z");
    check(&eight, Kind::Escalated, "at_once 2026-11-17T10:20:00Z");
}

#[test]
fn the_same_is_told_once_while_it_is_unread_but_a_call_calls_again() {
    #[track_caller]
    fn check(same: Same, kind: Kind, expected: &str) {
        let way = Way { same: Some(same), ..Way::new(OWN_MAIL, WayKind::Mail) };
        assert_eq!(said(kind, None, &[way], &Rules::default(), false, at("2026-11-17T10:20:00Z")), format!("0 {expected}"), "{kind:?} {same:?}");
    }
    let hour = Same::Told(at("2026-11-17T09:20:00Z"));
    let minute = Same::Told(at("2026-11-17T10:19:00Z"));
    let waits = Same::Waits(at("2026-11-17T10:22:00Z"));
    check(minute, Kind::Handover, "same");
    check(hour, Kind::Handover, "at_once 2026-11-17T10:20:00Z");
    check(hour, Kind::Message, "same");
    check(minute, Kind::Escalated, "at_once 2026-11-17T10:20:00Z");
    check(waits, Kind::Mention, "gathered 2026-11-17T10:22:00Z");
    check(waits, Kind::Escalated, "at_once 2026-11-17T10:20:00Z");
}

#[test]
fn what_is_read_or_settled_is_not_told_any_more() {
    #[track_caller]
    fn check(kind: Kind, standing: Standing, expected: Option<Over>) {
        assert_eq!(over(kind, standing), expected, "{kind:?} {standing:?}");
    }
    let fresh = Standing::default();
    check(Kind::Mention, fresh, None);
    check(Kind::Mention, Standing { read: true, ..fresh }, Some(Over::Read));
    check(Kind::Escalated, Standing { waits: Some(true), ..fresh }, None);
    check(Kind::Escalated, Standing { waits: Some(false), ..fresh }, Some(Over::Settled));
    check(Kind::Mention, Standing { waits: Some(false), theirs: Some(false), ..fresh }, None);
    check(Kind::Message, Standing { theirs: Some(false), ..fresh }, Some(Over::Settled));
    check(Kind::Breached, Standing { theirs: Some(false), ..fresh }, None);
}

#[test]
fn faults_of_rules_name_the_field() {
    #[track_caller]
    fn check(rules: &Rules, field: Option<&str>) {
        let found = rules.check(&[OWN_MAIL, HOME]).err();
        assert_eq!(found.as_ref().map(|(field, _)| field.as_str()), field, "{found:?}");
    }
    let usual = Rules::default;
    let choice = Choice { group: Group::Act, way: OWN_MAIL, when: When::After(10) };
    let quiet = |days: Vec<Weekday>, from: &str, to: &str| Rules {
        quiet: Some(Quiet { times: vec![QuietTime { days, from: from.into(), to: to.into() }], breaks: None }),
        ..Rules::default()
    };
    let week = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    check(&usual(), None);
    check(&Rules { zone: "Mars/Olympus".into(), ..usual() }, Some("zone"));
    check(&Rules { daily_at: "8".into(), ..usual() }, Some("daily_at"));
    check(&Rules { choices: vec![choice], ..usual() }, None);
    check(&Rules { choices: vec![choice, choice], ..usual() }, Some("choices[1].group"));
    check(&Rules { choices: vec![Choice { way: WayId(77), ..choice }], ..usual() }, Some("choices[0].way"));
    for minutes in [0, LONGEST_WAIT + 1] {
        check(&Rules { choices: vec![Choice { when: When::After(minutes), ..choice }], ..usual() }, Some("choices[0].when"));
    }
    let least = Least { group: Group::Act, severity: Severity::High };
    check(&Rules { least: vec![least, least], ..usual() }, Some("least[1].group"));
    check(&quiet(week.clone(), "22:00", "07:00"), None);
    check(&quiet(vec![Weekday::Sat], "00:00", "24:00"), None);
    check(&quiet(vec![], "22:00", "07:00"), Some("quiet.times[0].days"));
    check(&quiet(week.clone(), "22", "07:00"), Some("quiet.times[0].from"));
    check(&quiet(week.clone(), "22:00", "25:00"), Some("quiet.times[0].to"));
    check(&quiet(week.clone(), "22:00", "22:00"), Some("quiet.times"));
    check(&quiet(week, "00:00", "24:00"), Some("quiet.times"));
    check(&Rules { quiet: Some(Quiet { times: vec![], breaks: None }), ..usual() }, Some("quiet.times"));
}

fn news() -> impl Strategy<Value = (usize, usize, i64)> {
    (0..Kind::ALL.len(), 0..5_usize, 0..2_000_i64)
}

proptest! {
    // Each case lays out calendars: fewer of them say as much.
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Every notice has exactly one answer on each way: a time that is not past and not quiet unless something breaks it, or a reason why not. And
    /// no hour sees more messages than are allowed.
    #[test]
    fn nothing_is_lost_and_nobody_is_flooded(all in prop::collection::vec(news(), 1..40), start in 0..2_000_000_i64, duty: bool) {
        let rules = nights();
        let quiet = rules.quiet.clone().unwrap();
        let mut now = Timestamp::from_secs(1_803_000_000 + start * 10);
        let mut sent: Vec<Timestamp> = vec![];
        for (kind, severity, pause) in all {
            now = now + Span::secs(pause);
            let news = News { kind: Kind::ALL[kind], severity: Severity::ALL.get(severity).copied() };
            let way = Way { sent: sent.clone(), ..Way::new(OWN_MAIL, WayKind::Mail) };
            let steps = route(news, &[way], &rules, duty, now);
            prop_assert_eq!(steps.len(), 1);
            let Some(at) = steps[0].at else {
                prop_assert_eq!(steps[0].reason, Reason::OwnLetter);
                continue;
            };
            prop_assert!(at >= now);
            let broken = duty || news.severity == Some(Severity::Critical);
            prop_assert!(broken || quiet.ends(&rules.zone, at).is_none(), "{:?} told in the night at {}", news, at);
            if !sent.contains(&at) {
                sent.push(at);
                sent.sort_unstable();
            }
            let hour = sent.iter().filter(|s| **s <= at && at - **s < Span::hours(1)).count();
            prop_assert!(hour <= MOST_CALLS_PER_HOUR, "{} messages in an hour", hour);
        }
    }

    /// The end of a quiet time is never quiet, and comes within a day.
    #[test]
    fn a_night_ends(second in 0..100_000_000_i64) {
        let rules = nights();
        let at = Timestamp::from_secs(1_790_000_000 + second);
        if let Some(end) = rules.quiet.as_ref().unwrap().ends(&rules.zone, at) {
            prop_assert!(end > at && end - at <= Span::hours(10));
            prop_assert_eq!(rules.quiet.unwrap().ends(&rules.zone, end), None);
        }
    }
}
