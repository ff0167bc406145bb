//! The two letters.

use super::*;

#[test]
fn how_things_stand_is_said_in_a_sentence() {
    #[track_caller]
    fn check(facts: &Facts, expected: Standing, words: &str) {
        let (standing, why) = standing(facts);
        assert!(standing == expected && why.contains(words), "{standing:?}: {why}");
    }
    check(&quiet(), Standing::AllRight, "All right: nothing is off");
    check(&busy(), Standing::NotAllRight, "Not all right: 1 promised update is overdue.");
    let growing = Facts { updates: vec![], ..busy() };
    check(
        &growing,
        Standing::Attention,
        "1 signal is worse than before the change, 1 issue grows, 1 decision waits for too long, 1 action is overdue.",
    );
    check(&Facts { critical: 2, ..quiet() }, Standing::NotAllRight, "2 critical conversations are open");
    check(&Facts { burn: Some("x".into()), ..quiet() }, Standing::NotAllRight, "promises break too fast");
}

#[test]
fn the_executive_brief_is_half_a_page() {
    let facts = Facts { issues: (1..=9).map(|id| issue(id, u32::try_from(id).unwrap(), &[9], 90)).collect(), ..busy() };
    let brief = brief(BriefKind::Executive, &facts, &schedule());
    let text = brief.document(None).text();
    assert!(text.lines().count() <= 32 && text.len() < 2_500, "{} lines, {} bytes:\n{text}", text.lines().count(), text.len());
    for line in [
        "Executive brief: New prices, day 3",
        "Not all right: 1 promised update is overdue.",
        "0 new issues, 1 settled; 86 of 90 promises about time were kept; 1 action done, 2 open.",
        "- Issue 9: 9 in the last day, 3 not settled. Bo has it, investigating; no approved answer yet.",
        "- Issue 7:",
        "- May we wait?: Asked by Di, waits 3 h 20 min, longer than it may.",
        "“Invoices” was due Tue 17 Nov 09:25.",
        "3 more stable days are needed.",
    ] {
        assert!(text.contains(line), "“{line}” is not in\n{text}");
    }
    assert!(!text.contains("Issue 6"), "only the three biggest:\n{text}");
}

#[test]
fn a_quiet_day_is_said_to_be_one() {
    let text = brief(BriefKind::Executive, &quiet(), &schedule()).document(None).text();
    for line in ["All right", "No issue is open.", "None waits.", "Customers were promised no further update.", "no promise about time fell due"] {
        assert!(text.contains(line), "“{line}” is not in\n{text}");
    }
}

#[test]
fn the_morning_brief_is_the_agenda_in_short() {
    let facts = Facts { now: now() - Span::mins(90), ..busy() };
    let many = Facts { issues: (0..12).map(|id| issue(id, 1, &[], 1)).collect(), ..facts };
    let text = brief(BriefKind::Morning, &many, &schedule()).document(Some(("Open it".into(), "https://x.example/?a=1&b".into()))).text();
    for line in [
        "The review begins Tue 17 Nov 09:30.",
        "12 conversations are open, 0 of them critical; 0 promises are broken.",
        "The first 5 of 12.",
        "Mend the invoice",
        "Open it: https://x.example/?a=1&b",
    ] {
        assert!(text.contains(line), "“{line}” is not in\n{text}");
    }
}

#[test]
fn html_says_the_same_and_cannot_be_broken_out_of() {
    let mut facts = busy();
    facts.issues[1].title = "<script>alert(1)</script> & co".into();
    let document = brief(BriefKind::Morning, &facts, &schedule()).document(Some(("Open".into(), "https://x.example/?a=1&b=\"".into())));
    let html = document.html();
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co") && !html.contains("<script>"), "{html}");
    assert!(html.contains("href=\"https://x.example/?a=1&amp;b=&quot;\""), "{html}");
    let plain = html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", "\"");
    for part in &document.parts {
        for line in &part.lines {
            assert!(plain.contains(&line.title) && plain.contains(&line.detail), "{line:?} in {plain}");
        }
    }
}

#[test]
fn a_kept_letter_holds_no_titles_of_customers() {
    let kept = brief(BriefKind::Executive, &busy(), &schedule()).kept();
    let text = serde_json::to_string(&kept).unwrap();
    assert!(!text.contains("Issue 11") && !text.contains("May we wait"), "{text}");
}
