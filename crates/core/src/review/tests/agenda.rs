//! What is on the agenda, in which order.

use super::*;

#[test]
fn the_day_is_gone_through_in_this_order() {
    let items = agenda(&busy(), &schedule());
    let keys: Vec<&str> = items.iter().map(|i| i.key.as_str()).collect();
    let expected = [
        // The overdue one, the open one, the one that was done.
        "action:2",
        "action:1",
        "action:3",
        "issue:10",
        "issue:11",
        // The longest waiting first.
        "decision:20",
        "decision:21",
        "promises:billing",
        "signal:backlog",
        "escalation:30",
        "update:40",
        "rest:bo",
        "exit",
        "else",
    ];
    assert_eq!(keys, expected);
    let mut sorted = items.clone();
    sorted.sort_by_key(|i| i.part);
    assert_eq!(sorted, items, "parts follow each other in their order");
}

#[test]
fn items_carry_their_figures() {
    #[track_caller]
    fn check(key: &str, title: &str, detail: &str, urgent: bool) {
        let items = agenda(&busy(), &schedule());
        let item = items.iter().find(|i| i.key == key).unwrap_or_else(|| panic!("no {key} in {items:?}"));
        assert_eq!((item.title.as_str(), item.detail.as_str(), item.urgent), (title, detail, urgent));
    }
    check("action:2", "Mend the invoice", "Ann: overdue since 2026-11-16; carried over 3 times", true);
    check("action:1", "Ask the bank", "Ann: open, due 2026-11-19", false);
    check("action:3", "Tell the sellers", "Ann: done; carried over once", false);
    check("issue:10", "Issue 10", "2 in the last day, 4 customers, 3 not settled; Bo has it, investigating; no approved answer yet.", false);
    let grows = "12 in the last day, 4.0 expected (+8.0); 4 customers, 3 not settled; Bo has it, investigating; no approved answer yet.";
    check("issue:11", "Issue 11", grows, false);
    check("decision:20", "May we wait?", "Asked by Di, waits 3 h 20 min, longer than it may.", true);
    check("promises:billing", "billing", "4 broken of 50 since the last review (8 %).", false);
    check("escalation:30", "Billing", "Raised 2 h ago; waits for bo@x.example; it goes to and fro.", true);
    check("update:40", "Invoices", "Overdue since Tue 17 Nov 09:25.", true);
    check("exit", "3 more stable days are needed.", "2 of 5 stable days.", false);
}

#[test]
fn a_quiet_day_has_the_exit_and_room_for_the_rest() {
    let keys: Vec<String> = agenda(&quiet(), &schedule()).into_iter().map(|i| i.key).collect();
    assert_eq!(keys, ["exit", "else"]);
}

#[test]
fn an_issue_grows_where_chance_does_not_explain_it() {
    #[track_caller]
    fn check(today: u32, before: &[u32], grows: bool) {
        assert_eq!(growth(&issue(1, today, before, 90)).is_some(), grows, "{today} after {before:?}");
    }
    check(12, &[4, 3, 5], true);
    check(5, &[4, 5], false);
    check(8, &[4, 4], false);
    check(9, &[4, 4], true);
    check(2, &[0, 0, 0], false);
    check(3, &[0, 0, 0], true);
    check(30, &[], false);
    check(30, &[30, 31], false);
}

#[test]
fn a_long_part_says_how_much_is_left_out() {
    let many = Facts { issues: (0..40).map(|id| issue(id, 1, &[], 1)).collect(), ..quiet() };
    let new: Vec<Item> = agenda(&many, &schedule()).into_iter().filter(|i| i.part == Part::NewIssues).collect();
    assert_eq!(new.len(), PART_LIMIT);
    assert!(new[PART_LIMIT - 1].detail.ends_with("And 20 more."), "{:?}", new.last());
}

#[test]
fn a_record_keeps_no_words_of_customers() {
    for item in agenda(&busy(), &schedule()) {
        let reads = matches!(item.about, About::Issue(_) | About::Decision(_));
        assert_eq!(item.clone().kept().title.is_empty(), reads, "{item:?}");
    }
}
