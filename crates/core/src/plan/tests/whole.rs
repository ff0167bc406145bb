//! Whole plans: schema, export, diff, limits and what is printed.

use super::{check, completed, render};
use crate::plan::*;

fn example() -> Plan {
    let text = template(ChangeKind::PolicyPriceProcess, "spring", "Spring prices", "2026-11-17T09:00", "Europe/Berlin");
    check(&text).plan.unwrap()
}

#[test]
fn the_schema_is_what_editors_get() {
    insta::assert_json_snapshot!("schema", schema());
}

#[test]
fn the_schema_has_the_sections_of_a_plan() {
    let sections: Vec<_> = schema()["properties"].as_object().unwrap().keys().cloned().collect();
    let plan = serde_json::to_value(example()).unwrap();
    assert_eq!(sections, plan.as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    // An empty old plan makes every section a difference, so none is forgotten.
    let changed = diff(None, &example());
    for section in sections.iter().filter(|s| *s != "shifts") {
        assert!(changed.iter().any(|c| c.path.starts_with(section.as_str())), "{section} is not compared");
    }
}

/// Takes each required key out of the example once: the check must miss exactly that.
#[test]
fn every_required_key_is_asked_for() {
    fn remove(value: &mut toml_edit::Table, path: &[&str]) -> bool {
        match path {
            [key] => value.remove(key).is_some(),
            [key, rest @ ..] => match value.get_mut(key) {
                Some(toml_edit::Item::Table(inner)) => remove(inner, rest),
                Some(toml_edit::Item::ArrayOfTables(list)) => list.get_mut(0).is_some_and(|inner| remove(inner, rest)),
                _ => false,
            },
            [] => false,
        }
    }
    let text = export(&example());
    let cases = "window window.key window.name window.zone change change.kind change.summary change.go_live coverage.hours intake.primary fields.key fields.name \
        objectives.key objectives.name objectives.signal objectives.rule objectives.within scenarios.key scenarios.name answers.key answers.title \
        severity_rules.severity severity_rules.any severity_rules.reason escalations.key escalations.name escalations.to calendars.office.hours \
        sla.normal.calendar signals.key";
    for case in cases.split_whitespace() {
        let mut document: toml_edit::DocumentMut = text.parse().unwrap();
        let path: Vec<&str> = case.split('.').collect();
        assert!(remove(document.as_table_mut(), &path), "{case} is not in the example");
        let report = check(&document.to_string());
        let key = path.last().unwrap();
        let errors: Vec<_> = report.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).map(|p| p.message.as_str()).collect();
        assert_eq!(errors, [format!("`{key}` is missing")], "{case}");
    }
}

#[test]
fn an_export_is_pleasant_to_read() {
    let mut plan = example();
    plan.scenarios.truncate(1);
    plan.answers.truncate(1);
    plan.severity_rules.truncate(1);
    plan.signals.truncate(2);
    plan.answers[0].do_now = "First compare.\nThen \"answer\" here.\n".into();
    insta::assert_snapshot!("export", export(&plan));
}

#[test]
fn differences_name_things_by_key() {
    fn check(change: impl FnOnce(&mut Plan), expected: &[&str]) {
        let old = example();
        let mut new = old.clone();
        change(&mut new);
        let said: Vec<_> = diff(Some(&old), &new).iter().map(ToString::to_string).collect();
        assert_eq!(said, expected);
    }
    check(|_| {}, &[]);
    check(|p| p.answers[0].source = "https://example.com/prices".into(), &["answers[price-higher].source: added https://example.com/prices"]);
    check(|p| p.exit.stable_days = 7, &["exit.stable_days: from 5 to 7"]);
    check(|p| p.scenarios[1].answer = None, &["scenarios[which-plan].answer: removed which-plan"]);
    check(|p| p.scenarios[0].answer = Some("lost-feature".into()), &["scenarios[price-higher].answer: from price-higher to lost-feature"]);
    check(
        |p| {
            p.escalations.remove(0);
        },
        &["escalations[engineering]: removed acknowledge: 15 min; key: engineering; name: Engineering on call; to: engineering@example.com"],
    );
    check(|p| p.escalations.swap(0, 1), &["escalations: from the order engineering, product to the order product, engineering"]);
    check(|p| p.change.owners = vec!["ada@example.com".into(), "lead@example.com".into()], &["change.owners: added ada@example.com"]);
    check(
        |p| p.scope.words.swap(0, 1),
        &[
            "scope.words: from the order price, pricing, new plan, increase, more expensive, bill to the order pricing, price, new plan, increase, more expensive, bill",
        ],
    );
    check(
        |p| p.shifts.push(PlannedShift { owner: "ada@example.com".into(), from: "2026-11-17T07:00".into(), to: "2026-11-17T15:00".into() }),
        &["shifts: added from: 2026-11-17T07:00; owner: ada@example.com; to: 2026-11-17T15:00"],
    );
    check(|p| drop(p.calendars.get_mut("office").and_then(|c| c.hours.remove(&Weekday::Fri))), &["calendars.office.hours.fri: removed 09:00-17:30"]);
    check(
        |p| p.coverage = None,
        &["coverage: removed hours: extended; reason: Most questions come between morning and late evening; the assistant answers at night."],
    );
}

#[test]
fn a_plan_has_limits() {
    fn check(text: &str, expected: &str) {
        let report = super::check(text);
        assert!(report.plan.is_none());
        assert!(report.problems.iter().any(|p| p.message == expected), "{expected}: {:?}", report.problems.first());
    }
    let many = |n: usize, section: &dyn Fn(usize) -> String| completed(&(0..n).map(section).collect::<String>());
    check(
        &many(201, &|i| format!("[[scenarios]]\nkey = 's{i}'\nname = 'S'\nexamples = ['a {i}', 'b {i}', 'c {i}']\n")),
        "201 scenarios: a plan can have 200",
    );
    check(
        &many(501, &|i| format!("[[answers]]\nkey = 'a{i}'\ntitle = 'A'\nexpected = 'a'\ndo_now = 'b'\nnext_update = 'c'\n")),
        "501 answers: a plan can have 500",
    );
    let examples = (0..501).map(|i| format!("'word {i}',")).collect::<String>();
    check(&completed(&format!("[[scenarios]]\nkey = 's'\nname = 'S'\nexamples = [{examples}]")), "501 examples: 500 are allowed in one list");
    check(&format!("#{}", "x".repeat(FILE_LIMIT)), "the file has 1000001 bytes; a plan can have 1000000");
    check(&completed(&format!("[scope]\nin = ['{}']", "x".repeat(20_001))), "the text is longer than 20000 characters");
    check(&completed(&(0..600).map(|i| format!("k{i} = 1\n")).collect::<String>()), "100 more problems are not listed");
}

#[test]
fn long_lines_are_cut_and_control_characters_shown() {
    let text = completed(&format!("[scope]\nwords = [\"{}\", 3]", "x".repeat(300)));
    let printed = render(&text, "a\u{1b}b", &check(&text));
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines[1], " --> a\u{fffd}b:2:314");
    assert_eq!(lines[3], format!("2 | …{}\", 3]", "x".repeat(36)));
    assert_eq!(lines[4], format!("  | {}^", " ".repeat(40)));
    let broken = render("a = \"\u{1b}[31m\"", "plan.toml", &check("a = \"\u{1b}[31m\""));
    assert!(broken.contains("1 | a = \"\u{fffd}[31m\"") && !broken.contains('\u{1b}'), "{broken}");
}

#[test]
fn the_last_line_counts() {
    fn check(text: &str, expected: &str) {
        assert_eq!(render(text, "p.toml", &super::check(text)).lines().last(), Some(expected));
    }
    check(&completed(""), "p.toml: no problems");
    check(&completed("[window]\nkey='a'\nname='A'\nzone='UTC'\nplanned='1 d'"), "p.toml: 1 warning, can be applied");
    check(&completed("[exit]\nmargin = 2"), "p.toml: 1 error");
    check("", "p.toml: 2 errors, 1 warning");
}
