//! What holds for every plan and every text.

use super::generate::{plan, text};
use crate::plan::*;
use proptest::prelude::*;

/// Whatever is checked: it ends, positions are inside the text, and a plan means no error.
fn sound(text: &str) -> Report {
    let report = check(text);
    assert_eq!(report.plan.is_none(), report.errors() > 0);
    let lines: Vec<&str> = text.split('\n').collect();
    for p in &report.problems {
        assert!(p.line >= 1 && p.line <= lines.len(), "{p:?}");
        assert!(p.column >= 1 && p.column <= lines[p.line - 1].chars().count() + 1, "{p:?}");
        assert!(p.width >= 1 && !p.message.is_empty(), "{p:?}");
    }
    let printed = render(text, "plan.toml", &report);
    assert!(printed.chars().all(|c| c == '\n' || !c.is_control()), "{printed:?}");
    report
}

/// A part of a valid plan's text taken out, doubled, or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        text(),
        prop::sample::select(vec![
            "=",
            "[",
            "]]",
            "\n[scope]\n",
            "\n[[answers]]\nkey=1\n",
            "1e999",
            "nan",
            "2026-01-01",
            "{a={b={c=[]}}}",
            "true",
            "-1",
            "'",
            "\0"
        ])
        .prop_map(str::to_owned),
    ];
    let cuts = proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..20, piece), 1..5);
    let base = prop_oneof![
        plan().prop_map(|p| export(&p)),
        prop::sample::select(ChangeKind::ALL.to_vec()).prop_map(|kind| template(kind, "k", "N", "2026-11-17T09:00", "UTC")),
    ];
    (base, cuts).prop_map(|(base, cuts)| {
        let mut chars: Vec<char> = base.chars().collect();
        for (at, gone, piece) in cuts {
            let at = at.index(chars.len() + 1);
            let end = (at + gone).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn export_reads_back_to_the_same_plan(p in plan()) {
        let text = export(&p);
        let report = sound(&text);
        prop_assert_eq!(report.errors(), 0, "{}\n{}", render(&text, "plan.toml", &report), text);
        prop_assert_eq!(export(report.plan.as_ref().unwrap()), text);
        prop_assert_eq!(report.plan.unwrap(), p);
    }

    #[test]
    fn a_diff_is_empty_if_and_only_if_the_plans_are_equal(a in plan(), b in plan(), part in 0_usize..8) {
        prop_assert_eq!(diff(Some(&a), &a), vec![]);
        prop_assert_eq!(diff(Some(&a), &b).is_empty(), a == b);
        prop_assert!(!diff(None, &a).is_empty());
        // One part from the other plan, or another order: near misses are where a diff would go blind.
        let mut c = a.clone();
        match part {
            0 => c.scope = b.scope,
            1 => c.scenarios = b.scenarios,
            2 => c.answers.reverse(),
            3 => c.calendars = b.calendars,
            4 => c.shifts = b.shifts,
            5 => c.severity_rules.reverse(),
            6 => c.scenarios.iter_mut().for_each(|s| s.answer = Some(String::new())),
            _ => c.scope.out_examples.reverse(),
        }
        prop_assert_eq!(diff(Some(&a), &c).is_empty(), a == c);
        prop_assert_eq!(diff(Some(&c), &a).is_empty(), a == c);
    }

    #[test]
    fn any_text_gets_a_report(text in prop_oneof![".*", "[\\[\\]={}\"'\n a-c0-9.#_-]{0,200}", text()]) {
        sound(&text);
    }

    #[test]
    fn a_damaged_plan_gets_a_report(text in mutated()) {
        sound(&text);
    }
}

#[test]
fn large_and_deep_texts_end_soon() {
    let million = 1_000_000;
    let fill = |unit: &str| unit.repeat(million / unit.len());
    let texts = [
        fill("["),
        fill("a."),
        fill("a=[{"),
        fill("[[scenarios]]\nanswer='x'\n"),
        fill("[[answers]]\nkey='x'\n[[scenarios]]\nanswer='y'\n"),
        format!("scenarios=[{}]", fill("1,")),
        (0..60_000).map(|i| format!("k{i}=1\n")).collect(),
        fill("\"\\"),
        "x".repeat(million + 1),
        format!("[window]\nkey={}", "[".repeat(100_000)),
    ];
    for text in texts {
        let begin = text.chars().take(30).collect::<String>();
        assert!(sound(&text).errors() > 0, "{begin}");
    }
}
