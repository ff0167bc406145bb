//! The runbook in a plan: what the check says of it.

use super::expect;
use super::generate::{address, filled, length, text};
use crate::plan::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A runbook that a check accepts.
pub fn any_runbook() -> impl Strategy<Value = RunbookSection> {
    let step = (filled(), option::of(length()), text(), any::<bool>(), any::<u8>());
    let steps = vec(step, 1..5).prop_map(|list| {
        let of = |(i, (title, takes, validation, gate, mask)): (usize, (String, Option<Length>, String, bool, u8))| RunbookStep {
            key: format!("step-{i}"),
            title,
            kind: if gate { StepKind::Gate } else { StepKind::Task },
            owner: "shift-owner".into(),
            takes,
            not_before: None,
            after: (0..i).filter(|b| mask >> b & 1 == 1).map(|b| format!("step-{b}")).collect(),
            validation,
        };
        list.into_iter().enumerate().map(of).collect::<Vec<_>>()
    });
    (steps, option::of(address()), vec(address(), 0..2), filled(), 0.0..100.0, option::of(length())).prop_map(
        |(steps, go_live_by, may_roll_back, name, threshold, lasting)| RunbookSection {
            go_live_by: go_live_by.unwrap_or_default(),
            may_roll_back,
            may_override: vec![],
            figures: vec![RunbookFigure { key: "errors".into(), name: name.clone(), unit: "%".into() }],
            triggers: vec![RollbackTrigger {
                key: "too-many".into(),
                name,
                signal: "errors".into(),
                when: TriggerWhen::Below,
                threshold,
                lasting,
                from: steps.first().map(|s: &RunbookStep| s.key.clone()),
                may_roll_back: vec!["shift-owner".into()],
            }],
            steps,
        },
    )
}

/// A runbook of so many steps, then a part of another kind.
fn with(more: &str) -> String {
    format!(
        r#"[runbook]
may_roll_back = ["lead@example.com"]

[[runbook.steps]]
key = "freeze"
title = "Freeze"
owner = "ada@example.com"
takes = "10 min"

[[runbook.steps]]
key = "go"
title = "Switch?"
kind = "gate"
owner = "lead@example.com"
after = ["freeze"]

[[runbook.steps]]
key = "point"
title = "No way back"
kind = "point_of_no_return"
owner = "lead@example.com"
after = ["go"]

[[runbook.steps]]
key = "switch"
title = "Switch"
owner = "ada@example.com"
takes = "20 min"
after = ["point"]
{more}"#
    )
}

#[test]
fn a_good_runbook_has_no_problem() {
    expect(&with(""), "");
    expect(
        &with(
            "[[runbook.triggers]]\nkey = \"flood\"\nname = \"Flood\"\nsignal = \"contacts\"\nwhen = \"above\"\nthreshold = 100.0\nlasting = \"10 min\"\nfrom = \"freeze\"",
        ),
        "",
    );
}

#[test]
fn a_predecessor_that_is_not_there() {
    expect(
        &with(
            "\n[[runbook.steps]]\nkey = \"look\"\ntitle = \"Look\"\nkind = \"smoke_check\"\nvalidation = \"It opens.\"\nowner = \"ada@example.com\"\nafter = [\"swich\"]",
        ),
        r#"
error: there is no step `swich`
  --> plan.toml:37:10
   |
37 | after = ["swich"]
   |          ^^^^^^^
   = help: did you mean `switch`?
"#,
    );
}

#[test]
fn steps_that_wait_for_each_other() {
    expect(
        "[runbook]\n\n[[runbook.steps]]\nkey = \"a\"\ntitle = \"A\"\nowner = \"ada@example.com\"\ntakes = \"1 min\"\nafter = [\"b\"]\n\n[[runbook.steps]]\nkey = \"b\"\ntitle = \"B\"\nowner = \"ada@example.com\"\ntakes = \"1 min\"\nafter = [\"a\"]",
        r#"
error: these steps wait for each other: `a` after `b` after `a`
 --> plan.toml:8:9
  |
8 | after = ["b"]
  |         ^^^^^
  = help: take one of them out of `after`
"#,
    );
}

#[test]
fn a_step_that_waits_for_itself() {
    expect(
        "[runbook]\n\n[[runbook.steps]]\nkey = \"a\"\ntitle = \"A\"\nowner = \"ada@example.com\"\ntakes = \"1 min\"\nafter = [\"a\"]",
        r#"
error: `a` waits for itself
 --> plan.toml:8:10
  |
8 | after = ["a"]
  |          ^^^
  = help: take it out
"#,
    );
}

#[test]
fn a_gate_that_nobody_rules_on() {
    expect(
        "[runbook]\n\n[[runbook.steps]]\nkey = \"go\"\ntitle = \"Go?\"\nkind = \"gate\"",
        r#"
error: nobody rules on `go`
 --> plan.toml:3:1
  |
3 | [[runbook.steps]]
  | ^^^^^^^^^^^^^^^^^
  = help: name one person, or `shift-owner`: owner = "lead@example.com"
"#,
    );
}

#[test]
fn a_task_that_nobody_owns_and_that_takes_no_time() {
    expect(
        "[runbook]\n\n[[runbook.steps]]\nkey = \"freeze\"\ntitle = \"Freeze\"",
        r#"
warning: nobody owns `freeze`
 --> plan.toml:3:1
  |
3 | [[runbook.steps]]
  | ^^^^^^^^^^^^^^^^^
  = help: name one person: who owns it is told when it can begin and when it is late

warning: `freeze` takes no time
 --> plan.toml:3:1
  |
3 | [[runbook.steps]]
  | ^^^^^^^^^^^^^^^^^
  = help: say how long it takes, such as takes = "15 min": the projected end is made of these
"#,
    );
}

#[test]
fn two_points_of_no_return() {
    expect(
        &with(
            "\n[[runbook.steps]]\nkey = \"again\"\ntitle = \"Once more\"\nkind = \"point_of_no_return\"\nowner = \"lead@example.com\"\nafter = [\"switch\"]",
        ),
        r#"
error: `again` is a second point of no return
  --> plan.toml:34:8
   |
34 | kind = "point_of_no_return"
   |        ^^^^^^^^^^^^^^^^^^^^
   = help: `point` is one already: after it there is no way back to lose
"#,
    );
}

#[test]
fn a_trigger_on_a_signal_that_is_not_measured() {
    expect(
        &with("\n[[runbook.triggers]]\nkey = \"flood\"\nname = \"Flood\"\nsignal = \"contact\"\nwhen = \"above\"\nthreshold = 100.0"),
        r#"
error: there is no signal `contact`
  --> plan.toml:34:10
   |
34 | signal = "contact"
   |          ^^^^^^^^^
   = help: did you mean `contacts`?
"#,
    );
}

#[test]
fn a_trigger_that_is_watched_too_late() {
    for from in ["point", "switch"] {
        let pad = "^".repeat(from.len() + 2);
        expect(
            &with(&format!(
                "\n[[runbook.triggers]]\nkey = \"flood\"\nname = \"Flood\"\nsignal = \"contacts\"\nwhen = \"above\"\nthreshold = 100.0\nfrom = \"{from}\""
            )),
            &format!(
                r#"
error: `flood` is watched from `{from}` on, when no rollback is possible any more
  --> plan.toml:37:8
   |
37 | from = "{from}"
   |        {pad}
   = help: watch it from a step before `point`, or move the point of no return
"#
            ),
        );
    }
}

#[test]
fn a_trigger_that_cannot_fire_in_time() {
    expect(
        &with("\n[[runbook.triggers]]\nkey = \"flood\"\nname = \"Flood\"\nsignal = \"csat\"\nwhen = \"below\"\nthreshold = 80\nlasting = \"1 h\""),
        r#"
error: 80 is not between 0 and 1
  --> plan.toml:36:13
   |
36 | threshold = 80
   |             ^^
   = help: write it as a share, such as 0.2 for 20 %

warning: 1 h are longer than the 10 min that are planned from there to the point of no return
  --> plan.toml:37:11
   |
37 | lasting = "1 h"
   |           ^^^^^
   = help: shorten it, or watch it from an earlier step: as planned it cannot fire in time
"#,
    );
}

#[test]
fn a_figure_that_nothing_reads_and_one_that_is_a_signal() {
    expect(
        &with("\n[[runbook.figures]]\nkey = \"errors\"\nname = \"Errors\"\n\n[[runbook.figures]]\nkey = \"contacts\"\nname = \"Contacts\""),
        r#"
warning: no trigger reads `errors`
  --> plan.toml:31:1
   |
31 | [[runbook.figures]]
   | ^^^^^^^^^^^^^^^^^^^
   = help: add one, or leave the figure out

error: `contacts` is a signal of the product
  --> plan.toml:36:7
   |
36 | key = "contacts"
   |       ^^^^^^^^^^
   = help: the product measures that signal itself: give your figure another key
"#,
    );
}

#[test]
fn a_runbook_without_steps() {
    expect(
        "[runbook]\ngo_live_by = \"lead@example.com\"",
        r#"
error: the runbook has no steps
 --> plan.toml:1:1
  |
1 | [runbook]
  | ^^^^^^^^^
  = help: add [[runbook.steps]], or leave the runbook out: then a lead goes live with one click
"#,
    );
}

#[test]
fn what_changed_is_said_step_by_step() {
    let plan = |text: &str| check(&super::completed(text)).plan.unwrap();
    let (before, after) = (plan(&with("")), plan(&with("").replace("takes = \"20 min\"", "takes = \"25 min\"")));
    let said: Vec<String> = diff(Some(&before), &after).iter().map(ToString::to_string).collect();
    assert_eq!(said, ["runbook.steps[switch].takes: from 20 min to 25 min"]);
    let none = plan("");
    let added: Vec<String> = diff(Some(&none), &before).into_iter().map(|c| c.path).collect();
    assert!(added.contains(&"runbook.steps[switch]".to_owned()), "{added:?}");
}
