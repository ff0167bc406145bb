//! A plan from the lessons of another one: what it takes over, what it says, and that it can be applied.

use crate::answer::AnswerText;
use crate::lessons::*;
use crate::plan::{self, ChangeKind, Length, Plan, ProblemSeverity};
use crate::rating::Share;
use crate::{IssueId, Severity, Span};

fn before() -> Plan {
    let text = plan::template(ChangeKind::Launch, "autumn", "Autumn launch", "2026-11-17T09:00", "Europe/Berlin");
    let mut plan = plan::check(&text).plan.unwrap();
    plan.window.baseline_from = Some("2026-10-01".into());
    plan.shifts.push(plan::PlannedShift { owner: "lead@example.com".into(), from: "2026-11-17T09:00".into(), to: "2026-11-17T17:00".into() });
    plan
}

fn kept(key: &str, text: Option<&str>, retired: bool, uses: i64) -> Kept {
    let text = text.map(|title| AnswerText {
        title: title.into(),
        expected: "Yes.".into(),
        do_now: "Nothing.".into(),
        next_update: "Tomorrow.".into(),
        ..AnswerText::default()
    });
    Kept { key: key.into(), text, retired, uses }
}

fn happened(key: &str, conversations: i64) -> Happened {
    Happened { scenario: key.into(), conversations, customers: conversations }
}

#[test]
fn the_next_plan_knows_what_the_last_one_learned() {
    let plan = before();
    let change = PromiseChange {
        table: "first_response".into(),
        severity: Severity::High,
        from: Length(Span::mins(30)),
        to: Length(Span::hours(3)),
        kept: Share { part: 4, whole: 20 },
    };
    let owner =
        |key: &str, owner: &str| Adjustment::Owner { scenario: key.into(), owner: owner.into(), because: "Ruled in 5 of 6 questions.".into() };
    let adjustments = [
        owner("does-not-work", "jonas@example.com"),
        Adjustment::Escalation { scenario: "does-not-work".into(), path: "product".into(), because: "Given back 3 times by engineering.".into() },
        Adjustment::Promise { change, because: "4 of 20 kept.\n[[scenarios]] # not a heading".into() },
        Adjustment::Scenario { name: "Twice".into(), issue: IssueId(7), because: "9 conversations.".into() },
    ];
    let answers = [
        kept("what-does-it-cost", Some("What it costs now"), false, 40),
        kept("does-not-work", None, true, 3),
        kept("how-to-start", None, false, 0),
        kept("added", Some("Added in the window"), false, 1),
    ];
    let unforeseen = [NewScenario {
        name: "What does it cost? – \"Müller\" & co".into(),
        conversations: 9,
        severity: Severity::Critical,
        owner: "mara@example.com".into(),
        cause: "A rounding fault.".into(),
        answer: Some("added".into()),
        phrasings: vec!["why am I charged twice".into(), "will I be charged for this".into()],
    }];
    let text = next_plan(&NextPlan {
        plan: &plan,
        key: "spring",
        name: "Spring launch",
        go_live: "2027-04-06T09:00",
        happened: &[happened("what-does-it-cost", 40), happened("does-not-work", 12), happened("how-to-start", 1), happened("", 4)],
        answers: &answers,
        unforeseen: &unforeseen,
        adjustments: &adjustments,
    })
    .unwrap();
    let report = plan::check(&text);
    assert!(report.problems.iter().all(|p| p.severity == ProblemSeverity::Warning), "{}", plan::render(&text, "next", &report));
    let next = report.plan.unwrap();
    // What it says again is what it is: remarks change nothing.
    assert_eq!(plan::check(&plan::export(&next)).plan.as_ref(), Some(&next));

    assert_eq!((next.window.key.as_str(), next.change.go_live.as_str()), ("spring", "2027-04-06T09:00"));
    assert_eq!((next.window.baseline_from.as_deref(), next.shifts.len()), (None, 0));
    assert_eq!(next.objectives, plan.objectives);
    let keys: Vec<&str> = next.scenarios.iter().map(|s| s.key.as_str()).collect();
    assert_eq!(keys, ["what-does-it-cost", "how-to-start", "does-not-work", "what-does-it-cost-m-ller-co"]);
    let broken = next.scenario("does-not-work").unwrap();
    assert_eq!((broken.owner.as_str(), broken.escalation.as_deref(), broken.answer.as_deref()), ("jonas@example.com", Some("product"), None));
    let new = next.scenarios.last().unwrap();
    assert_eq!(
        (new.severity, new.answer.as_deref(), new.examples.as_slice()),
        (Severity::Critical, Some("added"), &["why am I charged twice".to_owned()][..])
    );
    assert_eq!(next.answer("what-does-it-cost").unwrap().title, "What it costs now");
    assert!(next.answer("does-not-work").is_none() && next.answer("how-to-start").is_some());
    let promises = &next.sla.hypercare.as_ref().unwrap().first_response;
    assert_eq!(promises[&Severity::High], Length(Span::hours(3)));
    assert_eq!(promises[&Severity::Normal], Length(Span::hours(3)), "a lesser severity is not promised more");
    for said in [
        "# From the lessons of the window autumn (Autumn launch).",
        "# Left out, because no conversation was about them: cannot-find-it.",
        "Occurred: 12 conversations, 12 customers. Its answer was retired: write a new one. Ruled in 5 of 6 questions.",
        "# 4 of 20 kept. [[scenarios]] # not a heading\nhigh = \"3 h\"",
        "# Not foreseen in the last window: an issue with 9 conversations.",
        "# As approved last; said 40 times.",
        "# Never approved in the last window",
    ] {
        assert!(text.replace("\n# ", " ").contains(&said.replace("\n# ", " ")) || text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn a_window_in_which_nothing_happened_is_taken_over_whole() {
    let plan = before();
    let next = |key: &str, go_live: &str| {
        next_plan(&NextPlan { plan: &plan, key, name: "Next", go_live, happened: &[], answers: &[], unforeseen: &[], adjustments: &[] })
    };
    let text = next("spring", "2027-04-06T09:00").unwrap();
    assert_eq!(plan::check(&text).plan.unwrap().scenarios, plan.scenarios);
    // What cannot be used is said where it stands.
    let wrong = next("Not A Key", "soon").unwrap_err();
    assert_eq!(wrong.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["window.key", "change.go_live"]);
}

#[test]
fn every_template_can_be_followed_by_another_plan() {
    for kind in ChangeKind::ALL {
        let text = plan::template(kind, "one", "One", "2026-11-17T09:00", "Europe/Berlin");
        let plan = plan::check(&text).plan.unwrap();
        let happened: Vec<Happened> = plan.scenarios.iter().take(1).map(|s| happened(&s.key, 2)).collect();
        let from = NextPlan {
            plan: &plan,
            key: "two",
            name: "Two",
            go_live: "2027-04-06T09:00",
            happened: &happened,
            answers: &[],
            unforeseen: &[],
            adjustments: &[],
        };
        assert!(next_plan(&from).is_ok(), "{}", kind.word());
    }
}
