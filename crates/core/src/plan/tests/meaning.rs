//! Meaning: what the plan says is possible, complete and agrees with itself.

use super::expect;

#[test]
fn an_unknown_zone() {
    expect(
        r#"[window]
key = "spring"
name = "Spring"
zone = "Europe/Berln""#,
        r#"
error: `Europe/Berln` is not a time zone
 --> plan.toml:4:8
  |
4 | zone = "Europe/Berln"
  |        ^^^^^^^^^^^^^^
  = help: did you mean `Europe/Berlin`?
"#,
    );
}

#[test]
fn a_zone_by_its_city() {
    expect(
        r#"[window]
key = "spring"
name = "Spring"
zone = "Kathmandu""#,
        r#"
error: `Kathmandu` is not a time zone
 --> plan.toml:4:8
  |
4 | zone = "Kathmandu"
  |        ^^^^^^^^^^^
  = help: did you mean `Asia/Kathmandu`?
"#,
    );
}

#[test]
fn a_go_live_that_is_no_time() {
    expect(
        r#"[change]
kind = "launch"
summary = "New."
go_live = "17.11.2026""#,
        r#"
error: `17.11.2026` is not a time
 --> plan.toml:4:11
  |
4 | go_live = "17.11.2026"
  |           ^^^^^^^^^^^^
  = help: write 2026-11-17T09:00, or with an offset 2026-11-17T09:00:00+01:00
"#,
    );
}

#[test]
fn a_key_with_capitals() {
    expect(
        r#"[[scenarios]]
key = "Price Higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]"#,
        r#"
error: `Price Higher` cannot be a key
 --> plan.toml:2:7
  |
2 | key = "Price Higher"
  |       ^^^^^^^^^^^^^^
  = help: a key has lower-case letters, digits and dashes between them, 64 at most, such as `price-higher`
"#,
    );
}

#[test]
fn a_key_twice() {
    expect(
        r#"[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]

[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["g", "h", "i"]"#,
        r#"
error: the key `higher` stands twice
 --> plan.toml:7:7
  |
7 | key = "higher"
  |       ^^^^^^^^
  = help: it is already the key of scenarios[0]: give one of them another
"#,
    );
}

#[test]
fn an_unknown_signal() {
    expect(
        r#"[[signals]]
key = "contacts"
[[signals]]
key = "back_log"
[[signals]]
key = "contacts""#,
        r#"
error: there is no signal `back_log`
 --> plan.toml:4:7
  |
4 | key = "back_log"
  |       ^^^^^^^^^^
  = help: did you mean `backlog`?

error: the key `contacts` stands twice
 --> plan.toml:6:7
  |
6 | key = "contacts"
  |       ^^^^^^^^^^
  = help: it is already the key of signals[0]: give one of them another
"#,
    );
}

#[test]
fn an_answer_that_is_not_there() {
    expect(
        r#"[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]
answer = "price-highr""#,
        r#"
error: there is no answer `price-highr`
 --> plan.toml:5:10
  |
5 | answer = "price-highr"
  |          ^^^^^^^^^^^^^
  = help: did you mean `price-higher`?
"#,
    );
}

#[test]
fn an_escalation_that_is_not_there() {
    expect(
        r#"[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]
escalation = "engineering""#,
        r#"
error: there is no escalation path `engineering`
 --> plan.toml:5:14
  |
5 | escalation = "engineering"
  |              ^^^^^^^^^^^^^
  = help: this plan has no escalations yet: add [[escalations]] with that key
"#,
    );
}

#[test]
fn a_calendar_that_is_not_there() {
    expect(
        r#"[coverage]
hours = "allways"
[sla.normal]
calendar = "office""#,
        r#"
error: there is no calendar `allways`
 --> plan.toml:2:9
  |
2 | hours = "allways"
  |         ^^^^^^^^^
  = help: did you mean `always`?

error: there is no calendar `office`
 --> plan.toml:4:12
  |
4 | calendar = "office"
  |            ^^^^^^^^
  = help: add [calendars.…] of that name, or use `always`
"#,
    );
}

#[test]
fn a_signal_that_is_not_watched() {
    expect(
        r#"[[objectives]]
key = "a"
name = "A"
signal = "backlog"
rule = "return_by"
within = "3 d"

[[objectives]]
key = "b"
name = "B"
signal = "contacts"
rule = "drop_after"
days = 2"#,
        r#"
error: there is no watched signal `backlog`
 --> plan.toml:4:10
  |
4 | signal = "backlog"
  |          ^^^^^^^^^
  = help: add [[signals]] with that key, or use `contacts`
"#,
    );
}

#[test]
fn a_category_that_no_scenario_has() {
    expect(
        r#"[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]
category = "billing"

[[objectives]]
key = "a"
name = "A"
signal = "contacts"
category = "biling"
rule = "return_by"
within = "3 d"

[[objectives]]
key = "b"
name = "B"
signal = "contacts"
rule = "drop_after"
days = 2"#,
        r#"
warning: no scenario has the category `biling`
  --> plan.toml:11:12
   |
11 | category = "biling"
   |            ^^^^^^^^
   = help: did you mean `billing`?
"#,
    );
}

#[test]
fn one_objective_is_too_few() {
    expect(
        r#"[[objectives]]
key = "a"
name = "A"
signal = "contacts"
rule = "drop_after"
days = 0"#,
        r#"
warning: the plan has 1 objective
 --> plan.toml:1:1
  |
1 | [[objectives]]
  | ^^^^^^^^^^^^^^
  = help: two or three measurable statements say what stable means; more are not looked at every day

error: 0 is not a day of the window
 --> plan.toml:6:8
  |
6 | days = 0
  |        ^
  = help: days are counted from 1 at go-live: write 1 to 180
"#,
    );
}

#[test]
fn a_share_above_one() {
    expect(
        r#"[[signals]]
key = "contacts"
[[signals]]
key = "csat"
target = 80"#,
        r#"
error: 80 is not between 0 and 1
 --> plan.toml:5:10
  |
5 | target = 80
  |          ^^
  = help: write it as a share, such as 0.2 for 20 %
"#,
    );
}

#[test]
fn shifts_that_overlap() {
    expect(
        r#"[[shifts]]
owner = "ada@example.com"
from = "2026-11-17T07:00"
to = "2026-11-17T15:00"
[[shifts]]
owner = "ada@example.com"
from = "2026-11-17T14:00"
to = "2026-11-17T22:00""#,
        r#"
error: this shift begins before the one of `ada@example.com` ends
 --> plan.toml:7:8
  |
7 | from = "2026-11-17T14:00"
  |        ^^^^^^^^^^^^^^^^^^
  = help: one person decides at a time: shifts[0] lasts until `2026-11-17T15:00`
"#,
    );
}

#[test]
fn shifts_that_leave_a_hole_or_wear_people_out() {
    expect(
        r#"[coverage]
hours = "always"
reason = "Bills go out at night."
[[shifts]]
owner = "ada@example.com"
from = "2026-11-17T09:00"
to = "2026-11-17T17:00"
[[shifts]]
owner = "bob@example.com"
from = "2026-11-17T18:00"
to = "2026-11-18T03:00"
[[shifts]]
owner = "ada@example.com"
from = "2026-11-18T03:00"
to = "2026-11-18T06:00""#,
        r#"
warning: nobody decides from Tue 17 Nov 17:00 to Tue 17 Nov 18:00 (1 h)
 --> plan.toml:7:6
  |
7 | to = "2026-11-17T17:00"
  |      ^^^^^^^^^^^^^^^^^^
  = help: add a shift, or lengthen the one before or after

warning: too much for one person: ada@example.com rests 10 h between duties, from Tue 17 Nov 17:00 to Wed 18 Nov 03:00; 11 h are needed
  --> plan.toml:12:1
   |
12 | [[shifts]]
   | ^^^^^^^^^^
   = help: Let the next duty start at Wed 18 Nov 04:00 or later, or give it to somebody else. Directive 2003/88/EC, article 3: at least 11 consecutive hours of rest in every 24 hours.
"#,
    );
}

#[test]
fn limits_of_rest_are_the_plans() {
    // Ten hours of rest: too little as usual, enough here, and a rule can be switched off.
    let shifts = r#"[[shifts]]
owner = "ada@example.com"
from = "2026-11-17T09:00"
to = "2026-11-17T17:00"
[[shifts]]
owner = "ada@example.com"
from = "2026-11-18T03:00"
to = "2026-11-18T06:00"
[coverage]
hours = "office"
[calendars.office.hours]
mon = ["09:00-17:00"]
[coverage.rest]
"#;
    expect(&format!("{shifts}between_duties = \"10 h\""), "");
    expect(&format!("{shifts}off = [\"daily_rest\"]"), "");
    expect(
        &format!("{shifts}fairness = 80\noff = [\"daily_rest\", \"sleep\"]"),
        r#"
error: 80 is not between 0 and 1
  --> plan.toml:14:12
   |
14 | fairness = 80
   |            ^^
   = help: write it as a share, such as 0.8

error: `sleep` is not known here
  --> plan.toml:15:22
   |
15 | off = ["daily_rest", "sleep"]
   |                      ^^^^^^^
   = help: write one of "daily_rest", "daily_hours", "weekly_rest", "duty_days", "weekly_hours", "nights", "leaving_nights", "paged_at_night", "owner_share", "incidents", "fairness", "occupancy", "recovery"
"#,
    );
}

#[test]
fn a_shift_that_is_inverted() {
    expect(
        r#"[[shifts]]
owner = "ada@example.com"
from = "2026-11-17T22:00"
to = "2026-11-17T06:00""#,
        r#"
error: the shift ends before it begins
 --> plan.toml:4:6
  |
4 | to = "2026-11-17T06:00"
  |      ^^^^^^^^^^^^^^^^^^
  = help: swap `from` and `to`, or give the end its own date
"#,
    );
}

#[test]
fn shift_times_that_are_none() {
    expect(
        r#"[[shifts]]
owner = "ada@example.com"
from = "monday"
to = "2026-11-17 25:00""#,
        r#"
error: `monday` is not a time
 --> plan.toml:3:8
  |
3 | from = "monday"
  |        ^^^^^^^^
  = help: write 2026-11-17T09:00, or with an offset 2026-11-17T09:00:00+01:00

error: `2026-11-17 25:00` is not a time
 --> plan.toml:4:6
  |
4 | to = "2026-11-17 25:00"
  |      ^^^^^^^^^^^^^^^^^^
  = help: write 2026-11-17T09:00, or with an offset 2026-11-17T09:00:00+01:00
"#,
    );
}

#[test]
fn hours_that_are_none() {
    expect(
        r#"[calendars.office.hours]
mon = ["9-17"]
tue = ["09:00-12:00", "11:00-13:00"]"#,
        r#"
error: `9-17` is not an interval
 --> plan.toml:2:8
  |
2 | mon = ["9-17"]
  |        ^^^^^^
  = help: write start and end as 09:00-17:30, or 22:00-06:00 over midnight

error: `11:00-13:00` overlaps `09:00-12:00`
 --> plan.toml:3:23
  |
3 | tue = ["09:00-12:00", "11:00-13:00"]
  |                       ^^^^^^^^^^^^^
  = help: write them as one interval
"#,
    );
}

#[test]
fn a_calendar_that_never_opens() {
    expect(
        r#"[calendars.office.hours]
mon = []"#,
        r#"
error: this calendar never opens
 --> plan.toml:1:1
  |
1 | [calendars.office.hours]
  | ^^^^^^^^^^^^^^^^^^^^^^^^
  = help: give at least one weekday hours, such as mon = ["09:00-17:00"]
"#,
    );
}

#[test]
fn a_calendar_with_a_wrong_date() {
    expect(
        r#"[calendars.always]
zone = "Berlin"
hours = { mon = ["09:00-17:00"] }
exceptions = { "25.12." = [] }"#,
        r#"
error: `always` already means around the clock
 --> plan.toml:1:1
  |
1 | [calendars.always]
  | ^^^^^^^^^^^^^^^^^^
  = help: give this calendar another name

error: `Berlin` is not a time zone
 --> plan.toml:2:8
  |
2 | zone = "Berlin"
  |        ^^^^^^^^
  = help: did you mean `Europe/Berlin`?

error: `25.12.` is not a date
 --> plan.toml:4:27
  |
4 | exceptions = { "25.12." = [] }
  |                           ^^
  = help: write it as 2026-12-25
"#,
    );
}

#[test]
fn a_severity_rule_without_words() {
    expect(
        r#"[[severity_rules]]
severity = "critical"
any = []
reason = "blocked"
[[severity_rules]]
severity = "high"
any = ["lost", "?!"]
reason = " ""#,
        r#"
error: the rule has no words, so it never applies
 --> plan.toml:3:7
  |
3 | any = []
  |       ^^
  = help: give the words that make it so: any = ["cannot log in", "locked out"]

error: `?!` has no letter or digit, so no message can have it
 --> plan.toml:7:16
  |
7 | any = ["lost", "?!"]
  |                ^^^^
  = help: write a word or remove it

error: `reason` is empty
 --> plan.toml:8:10
  |
8 | reason = " "
  |          ^^^
  = help: write it for the people who will read it
"#,
    );
}

#[test]
fn a_wrong_rate_has_bounds() {
    expect(
        r#"[assistant]
wrong_rate = 2"#,
        r#"
error: 2 is not between 0.001 and 0.2
 --> plan.toml:2:14
  |
2 | wrong_rate = 2
  |              ^
  = help: write the accepted share of wrong answers, such as 0.02 for 2 in 100; under 0.001 no number of outcomes can show it
"#,
    );
    for (rate, good) in [(0.001, true), (0.2, true), (0.0009, false), (0.21, false), (f64::NAN, false)] {
        assert_eq!(crate::plan::WRONG_RATES.contains(&rate), good, "{rate}");
    }
}

#[test]
fn shares_outside_their_bounds() {
    expect(
        r#"[assistant]
confidence = 60
[exit]
margin = -0.1"#,
        r#"
error: 60 is not between 0 and 1
 --> plan.toml:2:14
  |
2 | confidence = 60
  |              ^^
  = help: write it as a share, such as 0.6

error: -0.1 is not between 0 and 1
 --> plan.toml:4:10
  |
4 | margin = -0.1
  |          ^^^^
  = help: write it as a share, such as 0.2 for 20 %
"#,
    );
}

#[test]
fn fewer_than_five_stable_days() {
    expect(
        r#"[exit]
stable_days = 3"#,
        r#"
error: 3 is too few
 --> plan.toml:2:15
  |
2 | stable_days = 3
  |               ^
  = help: five stable days in a row are needed: fewer can be a lull
"#,
    );
}

#[test]
fn a_window_of_three_days() {
    expect(
        r#"[window]
key = "spring"
name = "Spring"
zone = "UTC"
planned = "3 d""#,
        r#"
warning: 3 d is shorter than a week
 --> plan.toml:5:11
  |
5 | planned = "3 d"
  |           ^^^^^
  = help: one to four weeks are usual; ending early often brings a second wave of questions
"#,
    );
}

#[test]
fn a_window_of_six_weeks() {
    expect(
        r#"[window]
key = "spring"
name = "Spring"
zone = "UTC"
planned = "6 w""#,
        r#"
warning: 42 d is longer than four weeks
 --> plan.toml:5:11
  |
5 | planned = "6 w"
  |           ^^^^^
  = help: one to four weeks are usual; longer tires people and hides what is not stable
"#,
    );
}

#[test]
fn a_baseline_after_go_live() {
    expect(
        r#"[window]
key = "spring"
name = "Spring"
zone = "UTC"
baseline_from = "2026-12-01""#,
        r#"
error: the baseline begins after go-live
 --> plan.toml:5:17
  |
5 | baseline_from = "2026-12-01"
  |                 ^^^^^^^^^^^^
  = help: the baseline is normal life before the change: choose an earlier day, 56 days before is usual
"#,
    );
}

#[test]
fn days_left_out_and_stressors() {
    expect(
        r#"[window]
key = "spring"
name = "Spring"
zone = "UTC"
baseline_without = ["2026-10-03", "yesterday", "2026-12-24"]

[exit]
stressors = [{ on = "2026-12-01", what = "the first invoice run" }, { on = "soon", what = " " }, { on = "2026-11-01", what = "a test" }]"#,
        r#"
error: `yesterday` is not a date
 --> plan.toml:5:35
  |
5 | baseline_without = ["2026-10-03", "yesterday", "2026-12-24"]
  |                                   ^^^^^^^^^^^
  = help: write it as 2026-10-03

warning: 2026-12-24 is not before go-live
 --> plan.toml:5:48
  |
5 | baseline_without = ["2026-10-03", "yesterday", "2026-12-24"]
  |                                                ^^^^^^^^^^^^
  = help: only days before go-live are compared with; leave this one out

error: `soon` is not a date
 --> plan.toml:8:76
  |
8 | stressors = [{ on = "2026-12-01", what = "the first invoice run" }, { on = "soon", what = " " }, { on = "2026-11-01", wh…
  |                                                                            ^^^^^^
  = help: write it as 2026-12-01

error: nothing says what happens
 --> plan.toml:8:91
  |
8 | stressors = [{ on = "2026-12-01", what = "the first invoice run" }, { on = "soon", what = " " }, { on = "2026-11-01", wh…
  |                                                                                           ^^^
  = help: write for example "the first invoice run"

warning: 2026-11-01 is before go-live
 --> plan.toml:8:105
  |
8 | stressors = [{ on = "2026-12-01", what = "the first invoice run" }, { on = "soon", what = " " }, { on = "2026-11-01", wh…
  |                                                                                                         ^^^^^^^^^^^^
  = help: name what is still to come: it is the change that must be put to the test
"#,
    );
}

#[test]
fn a_share_to_attain() {
    expect(
        r#"[[objectives]]
key = "kept"
name = "Nine of ten promises are kept"
signal = "sla_attainment"
rule = "attain"
share = 90.0
[[objectives]]
key = "volume"
name = "Few contacts"
signal = "contacts"
rule = "attain"
share = 0.9"#,
        r#"
error: there is no watched signal `sla_attainment`
 --> plan.toml:4:10
  |
4 | signal = "sla_attainment"
  |          ^^^^^^^^^^^^^^^^
  = help: add [[signals]] with that key, or use `contacts`

error: 90 is not between 0 and 1
 --> plan.toml:6:9
  |
6 | share = 90.0
  |         ^^^^
  = help: write it as a share, such as 0.9 for 90 %

error: `contacts` is not a share
  --> plan.toml:12:9
   |
12 | share = 0.9
   |         ^^^
   = help: take sla_attainment, or another signal that is a share; for others there is `stay_below` or `reach`
"#,
    );
}

#[test]
fn few_examples() {
    expect(
        r#"[[scenarios]]
key = "a"
name = "A"
[[scenarios]]
key = "b"
name = "B"
examples = ["why more?"]"#,
        r#"
warning: the scenario `a` has no examples
 --> plan.toml:1:1
  |
1 | [[scenarios]]
  | ^^^^^^^^^^^^^
  = help: write how customers would say it, five wordings or more, as different as people are

warning: the scenario `b` has only one example
 --> plan.toml:7:12
  |
7 | examples = ["why more?"]
  |            ^^^^^^^^^^^^^
  = help: write how customers would say it, five wordings or more, as different as people are
"#,
    );
}

#[test]
fn an_example_of_two_scenarios() {
    expect(
        r#"[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]

[[scenarios]]
key = "plan"
name = "B"
examples = ["A, b!", "x", "y"]"#,
        r#"
error: `A, b!` is an example of the scenario `higher` and of the scenario `plan`
 --> plan.toml:9:13
  |
9 | examples = ["A, b!", "x", "y"]
  |             ^^^^^^^
  = help: keep it where it fits best: it cannot teach the difference from both
"#,
    );
}

#[test]
fn an_example_that_is_out_of_scope() {
    expect(
        r#"[scope]
out_examples = ["Where is my invoice", "c d"]

[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]"#,
        r#"
error: `c d` is an example of the scenario `higher` and of what is out of scope
 --> plan.toml:7:20
  |
7 | examples = ["a b", "c d", "e f"]
  |                    ^^^^^
  = help: it also stands at scope.out_examples[1] as not about the change: keep it in one place
"#,
    );
}

#[test]
fn an_example_twice_and_an_empty_one() {
    expect(
        r#"[[scenarios]]
key = "a"
name = "A"
examples = ["x y", "X  y", " "]"#,
        r#"
warning: `X  y` stands twice
 --> plan.toml:4:20
  |
4 | examples = ["x y", "X  y", " "]
  |                    ^^^^^^
  = help: write another wording

error: the example is empty
 --> plan.toml:4:28
  |
4 | examples = ["x y", "X  y", " "]
  |                            ^^^
  = help: write what a customer would write, or remove it
"#,
    );
}

#[test]
fn an_answer_with_a_missing_part() {
    expect(
        r#"[[answers]]
key = "a"
title = "Why?"
expected = "Yes.""#,
        r#"
warning: the answer `a` cannot be approved yet: `do_now` and `next_update` are missing
 --> plan.toml:1:1
  |
1 | [[answers]]
  | ^^^^^^^^^^^
  = help: an answer says whether it is expected, what to do now and when the next update comes
"#,
    );
}

#[test]
fn people_without_addresses() {
    expect(
        r#"[change]
kind = "launch"
summary = "New."
go_live = "2026-11-17T09:00"
owners = ["ada"]

[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]
owner = "shift-owner"
may_confirm = ["shift-owner", "bob@"]"#,
        r#"
error: `ada` is not an e-mail address
 --> plan.toml:5:11
  |
5 | owners = ["ada"]
  |           ^^^^^
  = help: write one such as ada@example.com

error: `shift-owner` is not an e-mail address
  --> plan.toml:11:9
   |
11 | owner = "shift-owner"
   |         ^^^^^^^^^^^^^
   = help: write one such as ada@example.com

error: `bob@` is not an e-mail address
  --> plan.toml:12:31
   |
12 | may_confirm = ["shift-owner", "bob@"]
   |                               ^^^^^^
   = help: write one such as ada@example.com, or `shift-owner`
"#,
    );
}

#[test]
fn an_escalation_to_nobody() {
    expect(
        r#"[[escalations]]
key = "eng"
name = ""
to = []"#,
        r#"
error: `name` is empty
 --> plan.toml:3:8
  |
3 | name = ""
  |        ^^
  = help: write it for the people who will read it

error: nobody receives the escalation `eng`
 --> plan.toml:4:6
  |
4 | to = []
  |      ^^
  = help: name at least one e-mail address
"#,
    );
}

#[test]
fn a_slow_acknowledgement() {
    expect(
        r#"[sla.hypercare]
calendar = "always"
acknowledge = "1 h"
[sla.hypercare.first_response]
high = "0 min""#,
        r#"
warning: 1 h is long for a first sign
 --> plan.toml:3:15
  |
3 | acknowledge = "1 h"
  |               ^^^^^
  = help: 10 to 15 min reassure that the matter is known; the answer may come later

error: no time at all cannot be kept
 --> plan.toml:5:8
  |
5 | high = "0 min"
  |        ^^^^^^^
  = help: give it a length, or leave it out to promise nothing
"#,
    );
}
