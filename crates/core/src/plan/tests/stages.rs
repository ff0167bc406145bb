//! Stages: their categories, their order, their guards.

use super::expect;

const SCENARIOS: &str = r#"[[scenarios]]
key = "name"
name = "My name is wrong"
examples = ["a b", "c d", "e f"]
category = "account"
severity = "low"
[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["g h", "i j", "k l"]
category = "billing"
severity = "high"
[sla.normal]
calendar = "always"
"#;

#[track_caller]
fn check(stages: &str, expected: &str) {
    expect(&format!("{SCENARIOS}{stages}"), expected);
}

#[test]
fn an_unknown_category_and_one_that_stands_twice() {
    check(
        r#"[[stages]]
name = "First"
categories = ["acount", "account"]
[[stages]]
name = "Last"
categories = ["billing", "account"]"#,
        r#"
error: no scenario has the category `acount`
  --> plan.toml:17:15
   |
17 | categories = ["acount", "account"]
   |               ^^^^^^^^
   = help: did you mean `account`?

error: the category `account` stands twice
  --> plan.toml:20:26
   |
20 | categories = ["billing", "account"]
   |                          ^^^^^^^^^
   = help: it already returns with stages[0]: take it out of one of them
"#,
    );
}

#[test]
fn critical_flows_come_last_and_nothing_is_forgotten_unseen() {
    check(
        r#"[[stages]]
name = "Money"
categories = ["billing"]
[[stages]]
name = "Names"
categories = ["account"]"#,
        r#"
warning: `Money` (high severity) returns before `Names` (low)
  --> plan.toml:15:1
   |
15 | [[stages]]
   | ^^^^^^^^^^
   = help: put low-impact categories first and critical flows last
"#,
    );
    check(
        r#"[[stages]]
name = "Names"
categories = ["account"]"#,
        r#"
warning: `billing` is in no stage: it keeps the window's promises until its end
  --> plan.toml:15:1
   |
15 | [[stages]]
   | ^^^^^^^^^^
   = help: add it to a stage, or leave it so on purpose
"#,
    );
}

#[test]
fn names_and_guards() {
    check(
        r#"[[stages]]
name = "All"
categories = ["account"]
guards = ["contacts", "backlog", "contatcs"]
[[stages]]
name = "All"
categories = []
[[stages]]
name = "Rest"
categories = ["billing"]"#,
        r#"
error: `backlog` is a level at the end of a day and cannot guard a stage
  --> plan.toml:18:23
   |
18 | guards = ["contacts", "backlog", "contatcs"]
   |                       ^^^^^^^^^
   = help: a step back needs a figure of the day itself, such as contacts, first_response, resolution, escalations, repeat_share, reassurance_share, csat, assistant_share, sla_attainment, reopen_share

error: there is no signal `contatcs`
  --> plan.toml:18:34
   |
18 | guards = ["contacts", "backlog", "contatcs"]
   |                                  ^^^^^^^^^^
   = help: did you mean `contacts`?

error: the name `All` stands twice
  --> plan.toml:20:8
   |
20 | name = "All"
   |        ^^^^^
   = help: it is already the name of stages[0]: give one of them another

error: the stage has no categories, so nothing returns with it
  --> plan.toml:21:14
   |
21 | categories = []
   |              ^^
   = help: name the categories that return together: categories = ["account"]
"#,
    );
}

#[test]
fn what_has_no_category_guards_no_stage() {
    check(
        r#"[[stages]]
name = "All"
categories = ["account", "billing"]
guards = ["check_in"]"#,
        r#"
error: `check_in` is of the whole desk and cannot guard a stage
  --> plan.toml:18:11
   |
18 | guards = ["check_in"]
   |           ^^^^^^^^^^
   = help: its answers belong to no category: leave it to the exit, which looks at the whole desk
"#,
    );
}
