use super::*;
use crate::Span;
use proptest::prelude::*;

#[test]
fn nobody_is_asked_what_was_not_approved_as_it_is() {
    use CheckInCommand as C;
    let it = drafted(content()).unwrap();
    assert!(run(Some(it.clone()), C::Start { revision: 1 }, "Aiko").unwrap_err().detail.contains("not approved"));
    let (it, names) = run(Some(it), C::Ask, "Aiko").unwrap();
    assert_eq!((names, it.asked), (vec!["check_in.approval_asked"], true));
    assert_eq!(run(Some(it.clone()), C::Ask, "Aiko").unwrap().1, Vec::<&str>::new());
    let (it, _) = run(Some(it), C::Approve { revision: 1 }, "Jonas").unwrap();
    let other = Content { question: "All well?".into(), ..content() };
    let (edited, _) = run(Some(it.clone()), C::Edit { revision: 1, content: Box::new(other) }, "Aiko").unwrap();
    assert_eq!((edited.revision, edited.asked, &edited.approved), (2, false, &None));
    for command in [C::Approve { revision: 1 }, C::Start { revision: 1 }] {
        assert!(run(Some(edited.clone()), command, "Jonas").unwrap_err().detail.contains("changed it since"));
    }
    let (it, names) = run(Some(it), C::Start { revision: 1 }, "Aiko").unwrap();
    assert_eq!((names, it.state, it.started_by.as_deref()), (vec!["check_in.started"], State::Running, Some("Aiko")));
    assert_eq!(run(Some(it.clone()), C::Start { revision: 1 }, "Aiko").unwrap().1, Vec::<&str>::new(), "the second click");
    // From now on its words stay.
    for command in [C::Discard, C::Ask, C::Edit { revision: 1, content: Box::new(content()) }] {
        assert!(run(Some(it.clone()), command, "Aiko").unwrap_err().detail.contains("been asked already"));
    }
    let (it, names) = run(Some(it), C::Stop, "Mara").unwrap();
    assert_eq!(names, ["check_in.stopped"]);
    assert_eq!(run(Some(it.clone()), C::Finish, "Hypercare").unwrap().1, Vec::<&str>::new(), "what is stopped does not end by itself");
    let (it, _) = run(Some(it), C::Resume, "Mara").unwrap();
    let (it, _) = run(Some(it), C::Finish, "Hypercare").unwrap();
    assert_eq!((it.state, it.finished_at), (State::Done, Some(NOON)));
    for command in [C::Stop, C::Resume] {
        assert!(run(Some(it.clone()), command, "Mara").is_err());
    }
}

#[test]
fn what_cannot_be_asked_is_refused_by_its_field() {
    #[track_caller]
    fn check(content: Content, field: &str) {
        assert_eq!(drafted(content).unwrap_err().field.as_deref(), Some(field));
    }
    check(Content { question: " ".into(), ..content() }, "question");
    check(Content { question: "x".repeat(161), ..content() }, "question");
    check(Content { question: "How?\nWhy?".into(), ..content() }, "question");
    check(Content { intro: "x".repeat(601), ..content() }, "intro");
    check(Content { topics: vec!["person:ana".into()], ..content() }, "topics");
    check(Content { audience: Audience::About { topics: vec![] }, ..content() }, "audience");
    check(Content { audience: Audience::List { list: crate::AddressListId(1) }, ways: vec![Way::Chat], ..content() }, "ways");
    check(Content { ways: vec![], ..content() }, "ways");
    for per_hour in [0, 1_001] {
        check(Content { per_hour, ..content() }, "per_hour");
    }
    for rest_days in [0, 366] {
        check(Content { rest_days, ..content() }, "rest_days");
    }
    let tidied = Content { ways: vec![Way::Email, Way::Email], question: "  All well? ".into(), ..content() }.tidy().unwrap();
    assert_eq!((tidied.ways, tidied.question.as_str()), (vec![Way::Email], "All well?"));
}

proptest! {
    /// An hour asks so many, and never more than one step beyond.
    #[test]
    fn an_hour_asks_so_many(per_hour in 1_u32..=1_000) {
        let step = step(per_hour);
        prop_assert!(step.people >= 1 && step.pause > Span::ZERO && step.pause <= Span::hours(1));
        let an_hour = Span::hours(1).0 / step.pause.0 * step.people;
        prop_assert!((an_hour - i64::from(per_hour)).abs() <= step.people, "{per_hour}: {step:?}");
    }
}
