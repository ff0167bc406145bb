//! Syntax and shape: what the file says, before what it means.

use super::expect;

#[test]
fn a_right_plan_has_no_problems() {
    expect(
        r#""#, r#"

"#,
    );
}

#[test]
fn text_without_quotes() {
    expect(
        r#"[scope]
in = billing
out ="#,
        r#"
error: text must stand in quotes
 --> plan.toml:2:6
  |
2 | in = billing
  |      ^^^^^^^
  = help: write it as key = "text"

error: there is no value after `=`
 --> plan.toml:3:6
  |
3 | out =
  |      ^
  = help: write text in quotes, a number, true or false, or a list in [ ]
"#,
    );
}

#[test]
fn text_that_is_not_closed() {
    expect(
        r#"[scope]
in = ["prices]"#,
        r#"
error: the text is not closed
 --> plan.toml:2:15
  |
2 | in = ["prices]
  |               ^
  = help: end it with a quote; text over several lines stands in triple quotes
"#,
    );
}

#[test]
fn a_key_that_stands_twice() {
    expect(
        r#"[exit]
margin = 0.1
margin = 0.2"#,
        r#"
error: this stands twice
 --> plan.toml:3:1
  |
3 | margin = 0.2
  | ^^^^^^
  = help: each key and each [section] can stand once; a list of sections has double brackets, such as [[scenarios]]
"#,
    );
}

#[test]
fn an_unknown_key_gets_the_nearest() {
    expect(
        r#"[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]
anwser = "price-higher""#,
        r#"
error: unknown key `anwser`
 --> plan.toml:5:1
  |
5 | anwser = "price-higher"
  | ^^^^^^
  = help: did you mean `answer`?
"#,
    );
}

#[test]
fn an_unknown_key_without_a_near_one() {
    expect(
        r#"[exit]
colour = "red""#,
        r#"
error: unknown key `colour`
 --> plan.toml:2:1
  |
2 | colour = "red"
  | ^^^^^^
  = help: the keys here are margin, stable_days, stressors
"#,
    );
}

#[test]
fn an_unknown_section() {
    expect(
        r#"[scopes]
in = []"#,
        r#"
error: unknown key `scopes`
 --> plan.toml:1:2
  |
1 | [scopes]
  |  ^^^^^^
  = help: did you mean `scope`?
"#,
    );
}

#[test]
fn an_unknown_weekday() {
    expect(
        r#"[calendars.office.hours]
monday = ["09:00-17:00"]
tue = ["09:00-17:00"]"#,
        r#"
error: unknown key `monday`
 --> plan.toml:2:1
  |
2 | monday = ["09:00-17:00"]
  | ^^^^^^
  = help: did you mean `mon`?
"#,
    );
}

#[test]
fn an_unknown_severity_as_key() {
    expect(
        r#"[sla.normal]
calendar = "always"
[sla.normal.resolution]
urgent = "1 h""#,
        r#"
error: unknown key `urgent`
 --> plan.toml:4:1
  |
4 | urgent = "1 h"
  | ^^^^^^
  = help: the keys here are critical, high, normal, low
"#,
    );
}

#[test]
fn every_wrong_type_in_one_go() {
    expect(
        r#"[scope]
in = "prices"
[assistant]
answers = "true"
confidence = "0.6"
resolve_after = 24
[exit]
stable_days = -1
margin = inf"#,
        r#"
error: expected a list, found text
 --> plan.toml:2:6
  |
2 | in = "prices"
  |      ^^^^^^^^
  = help: put it in brackets: ["…"]

error: expected true or false, found text
 --> plan.toml:4:11
  |
4 | answers = "true"
  |           ^^^^^^
  = help: leave out the quotes: true

error: expected a number, found text
 --> plan.toml:5:14
  |
5 | confidence = "0.6"
  |              ^^^^^
  = help: leave out the quotes: 0.6

error: expected a length of time in quotes, found a whole number
 --> plan.toml:6:17
  |
6 | resolve_after = 24
  |                 ^^
  = help: say the unit: "24 min", "24 h" or "24 d"

error: `-1` cannot be used here
 --> plan.toml:8:15
  |
8 | stable_days = -1
  |               ^^
  = help: write a whole number, 0 or more

error: `inf` is not a number that can be used
 --> plan.toml:9:10
  |
9 | margin = inf
  |          ^^^
  = help: write a number such as 0.6
"#,
    );
}

#[test]
fn a_time_without_quotes() {
    expect(
        r#"[change]
kind = "launch"
summary = "New."
go_live = 2026-11-17T09:00:00"#,
        r#"
error: expected text in quotes, found a date or time without quotes
 --> plan.toml:4:11
  |
4 | go_live = 2026-11-17T09:00:00
  |           ^^^^^^^^^^^^^^^^^^^
  = help: put it in quotes: "2026-11-17T09:00:00"
"#,
    );
}

#[test]
fn a_section_for_a_list() {
    expect(
        r#"[scenarios]
key = "a""#,
        r#"
error: expected a list, found a table
 --> plan.toml:1:1
  |
1 | [scenarios]
  | ^^^^^^^^^^^
  = help: it is a list of sections: give its heading double brackets, [[ ]]
"#,
    );
}

#[test]
fn a_list_for_a_section() {
    expect(
        r#"[[exit]]
margin = 0.2"#,
        r#"
error: expected a table, found a list
 --> plan.toml:1:1
  |
1 | [[exit]]
  | ^^^^^^^^
  = help: there is one such section: give its heading single brackets, [ ]
"#,
    );
}

#[test]
fn a_missing_key() {
    expect(
        r#"[[scenarios]]
name = "I pay more"
examples = ["a b", "c d", "e f"]"#,
        r#"
error: `key` is missing
 --> plan.toml:1:1
  |
1 | [[scenarios]]
  | ^^^^^^^^^^^^^
  = help: add it: Stable short name
"#,
    );
}

#[test]
fn a_length_without_unit() {
    expect(
        r#"[window]
key = "spring"
name = "Spring"
zone = "UTC"
planned = "14""#,
        r#"
error: `14` is not a length of time
 --> plan.toml:5:11
  |
5 | planned = "14"
  |           ^^^^
  = help: write a number and a unit, such as 15 min, 4 h, 2 d or 1 h 30 min; ten years at most
"#,
    );
}

#[test]
fn a_word_that_is_not_known() {
    expect(
        r#"[change]
kind = "migratoin"
summary = "New."
go_live = "2026-11-17T09:00""#,
        r#"
error: `migratoin` is not known here
 --> plan.toml:2:8
  |
2 | kind = "migratoin"
  |        ^^^^^^^^^^^
  = help: did you mean `migration`?
"#,
    );
}

#[test]
fn an_objective_without_rule() {
    expect(
        r#"[[objectives]]
key = "a"
name = "A"
signal = "contacts"
days = 2

[[objectives]]
key = "b"
name = "B"
signal = "contacts"
rule = "drop_after"
days = 2"#,
        r#"
error: `rule` is missing
 --> plan.toml:1:1
  |
1 | [[objectives]]
  | ^^^^^^^^^^^^^^
  = help: say what must hold: `return_by`, `drop_after`, `stay_below`, `reach`, `attain`
"#,
    );
}

#[test]
fn an_objective_with_an_unknown_rule() {
    expect(
        r#"[[objectives]]
key = "a"
name = "A"
signal = "contacts"
rule = "drop_afer"
days = 2

[[objectives]]
key = "b"
name = "B"
signal = "contacts"
rule = "drop_after"
days = 2"#,
        r#"
error: `drop_afer` is not known here
 --> plan.toml:5:8
  |
5 | rule = "drop_afer"
  |        ^^^^^^^^^^^
  = help: did you mean `drop_after`?
"#,
    );
}

#[test]
fn a_key_of_another_rule() {
    expect(
        r#"[[objectives]]
key = "a"
name = "A"
signal = "contacts"
rule = "return_by"
within = "72 h"
value = 3.0

[[objectives]]
key = "b"
name = "B"
signal = "contacts"
rule = "drop_after"
days = 2"#,
        r#"
error: `value` does not belong to this rule
 --> plan.toml:7:1
  |
7 | value = 3.0
  | ^^^^^
  = help: the keys here are category, key, name, signal, rule, within
"#,
    );
}

#[test]
fn an_unknown_key_of_an_objective() {
    expect(
        r#"[[objectives]]
key = "a"
name = "A"
signal = "contacts"
rule = "return_by"
withni = "72 h"

[[objectives]]
key = "b"
name = "B"
signal = "contacts"
rule = "drop_after"
days = 2"#,
        r#"
error: `within` is missing
 --> plan.toml:1:1
  |
1 | [[objectives]]
  | ^^^^^^^^^^^^^^
  = help: add it: Time after go-live

error: unknown key `withni`
 --> plan.toml:6:1
  |
6 | withni = "72 h"
  | ^^^^^^
  = help: did you mean `within`?
"#,
    );
}

#[test]
fn a_nul_character() {
    expect(
        r#"[scope]
in = ["a\u0000b"]"#,
        r#"
error: the text has a NUL character, which cannot be stored
 --> plan.toml:2:7
  |
2 | in = ["a\u0000b"]
  |       ^^^^^^^^^^
  = help: remove `\u0000`
"#,
    );
}

#[test]
fn columns_count_characters() {
    expect(
        r#"[scope]
words = ["äöü", 3]"#,
        r#"
error: expected text in quotes, found a whole number
 --> plan.toml:2:17
  |
2 | words = ["äöü", 3]
  |                 ^
  = help: put it in quotes: "3"
"#,
    );
}

#[test]
fn one_slip_hides_no_other() {
    expect(
        r#"[exit]
stable_days = "5"
margin = 2.0

[[scenarios]]
key = "higher"
name = "I pay more"
examples = ["a b", "c d", "e f"]
answer = "price-highr"
owner = 1"#,
        r#"
error: expected a whole number, found text
 --> plan.toml:2:15
  |
2 | stable_days = "5"
  |               ^^^
  = help: leave out the quotes: 5

error: 2 is not between 0 and 1
 --> plan.toml:3:10
  |
3 | margin = 2.0
  |          ^^^
  = help: write it as a share, such as 0.2 for 20 %

error: there is no answer `price-highr`
 --> plan.toml:9:10
  |
9 | answer = "price-highr"
  |          ^^^^^^^^^^^^^
  = help: did you mean `price-higher`?

error: expected text in quotes, found a whole number
  --> plan.toml:10:9
   |
10 | owner = 1
   |         ^
   = help: put it in quotes: "1"
"#,
    );
}
