//! `hypercare plan`: checks like a compiler, applies after showing, exports what was applied.

use crate::support::{Done, Server, on_both};
use hypercare_test_support::temp_dir;
use serde_json::Value;

const KINDS: [&str; 5] = ["migration", "launch", "policy-price-process", "vendor-infrastructure", "high-risk-period"];

async fn new_plan(kind: &str) -> String {
    let made = Done::of(&["plan", "new", kind, "--key", "spring", "--name", "Spring", "--go-live", "2026-11-17T09:00"]).await;
    made.good().to_owned()
}

/// Replaces a part that must be there.
#[track_caller]
fn with(text: &str, part: &str, other: &str) -> String {
    assert!(text.contains(part), "`{part}` is not in the plan");
    text.replacen(part, other, 1)
}

async fn check(text: &str, code: i32, says: &[&str]) {
    let dir = temp_dir();
    let file = dir.join("plan.toml");
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let done = Done::of(&["plan", "check", file]).await;
    assert_eq!(done.code, Some(code), "{done:#?}");
    for part in says {
        assert!(done.out.contains(part), "`{part}` is not said: {done:#?}");
    }
    let json = Done::of(&["plan", "check", file, "--json"]).await;
    assert_eq!(json.code, Some(code), "{json:#?}");
    let report = json.json();
    assert_eq!(report["ok"], code == 0, "{report}");
    for problem in report["problems"].as_array().unwrap() {
        let (line, column) = (problem["line"].as_u64().unwrap(), problem["column"].as_u64().unwrap());
        assert!(done.out.contains(&format!("plan.toml:{line}:{column}")), "{problem} is not in {}", done.out);
        assert!(done.out.contains(problem["message"].as_str().unwrap()), "{problem} is not in {}", done.out);
    }
}

#[tokio::test]
async fn errors_end_with_1_and_warnings_with_0() {
    let good = new_plan("launch").await;
    check(&good, 0, &["no errors, no warnings"]).await;
    check(&with(&good, "stable_days = 5", "stable_days = 3"), 1, &["error: 3 is too few", "plan.toml:", "^", "help: five stable days"]).await;
    check(&with(&good, "zone = \"Europe/Berlin\"", "zone = \"Europe/Berlim\""), 1, &["plan.toml:7:8", "Europe/Berlim", "help:"]).await;
    check(&with(&good, "wrong_rate = 0.02", "wrong_rat = 0.02"), 1, &["wrong_rat", "wrong_rate"]).await;
    check(&with(&good, "[window]", "[window"), 1, &["plan.toml:4:", "error:"]).await;
    check("", 1, &["error:"]).await;
    let one_objective = good.find("[[objectives]]").map(|at| &good[..at]).unwrap_or(&good).to_owned();
    let rest = good.rfind("[[objectives]]").map(|at| good[at..].to_owned()).unwrap_or_default();
    check(&(one_objective + &rest), 0, &["warning: the plan has 1 objective", "help: two or three"]).await;
}

#[tokio::test]
async fn a_new_plan_of_every_kind_is_without_problems() {
    for kind in KINDS {
        let text = new_plan(kind).await;
        check(&text, 0, &["no errors, no warnings"]).await;
    }
    let wrong = ["plan", "new", "launch", "--key", "spring", "--name", "Spring", "--go-live", "soon", "--zone", "Mars/Olympus"];
    Done::of(&wrong).await.bad(1, &["does not make a valid plan", "`soon`", "Mars/Olympus"]);
    Done::of(&["plan", "new", "revolution", "--key", "a", "--name", "b", "--go-live", "c"]).await.bad(2, &["possible values: migration, launch"]);
}

#[tokio::test]
async fn the_schema_is_one_that_editors_can_use() {
    let schema = Done::of(&["plan", "schema"]).await;
    let schema: Value = serde_json::from_str(schema.good()).unwrap();
    assert!(schema["$schema"].as_str().is_some_and(|s| s.contains("json-schema.org")), "{schema}");
    let defined = &schema["$defs"];
    let mut references = 0;
    each_reference(&schema, &mut |name| {
        references += 1;
        assert!(defined.get(name).is_some(), "`{name}` is not defined");
    });
    assert!(references > 10, "{references} references");
    // What a plan may have at its top is what the schema says.
    let plan: Value = serde_json::to_value(hypercare_core::plan::check(&new_plan("launch").await).plan.unwrap()).unwrap();
    for section in plan.as_object().unwrap().keys() {
        let described = schema["properties"][section]["description"].as_str().or_else(|| {
            let name = schema["properties"][section]["$ref"].as_str()?.rsplit('/').next()?;
            defined[name]["description"].as_str()
        });
        assert!(described.is_some() || schema["properties"][section].is_object(), "`{section}` is not in the schema");
    }
    for required in ["window", "change"] {
        assert!(schema["required"].as_array().unwrap().iter().any(|r| r == required), "{required}");
    }
}

fn each_reference(value: &Value, f: &mut impl FnMut(&str)) {
    match value {
        Value::Object(map) => {
            if let Some(name) = map.get("$ref").and_then(Value::as_str) {
                f(name.strip_prefix("#/$defs/").unwrap_or(name));
            }
            map.values().for_each(|v| each_reference(v, f));
        }
        Value::Array(list) => list.iter().for_each(|v| each_reference(v, f)),
        _ => {}
    }
}

on_both!(applying_shows_the_difference_first_and_asks, |at| {
    let _server = Server::start(&at).await;
    let text = new_plan("launch").await;
    let file = at.write("plan.toml", &text);

    let unasked = at.ask(&["plan", "apply", &file]).await;
    unasked.bad(1, &["Nobody is there to confirm", "--yes", "--dry-run"]);
    assert!(unasked.out.lines().any(|l| l.starts_with("+ window")), "{unasked:#?}");
    let only_shown = at.ask(&["plan", "apply", &file, "--dry-run"]).await;
    assert!(only_shown.good().contains("nothing was applied"));
    at.ask(&["plan", "export", "spring"]).await.bad(1, &["no window `spring`", "Apply a plan first"]);

    let applied = at.ask(&["plan", "apply", &file, "--yes", "--approve-answers"]).await;
    assert!(applied.good().contains("Applied to window "), "{applied:#?}");
    let again = at.ask(&["plan", "apply", &file, "--yes", "--approve-answers"]).await;
    assert_eq!(again.good(), "Nothing to change: the server has this plan.\n");

    let exported = at.ask(&["plan", "export", "spring"]).await;
    let plan = |text: &str| hypercare_core::plan::check(text).plan.expect("a valid plan");
    assert_eq!(plan(exported.good()), plan(&text));
    let back = at.write("exported.toml", &exported.out);
    let nothing = at.ask(&["plan", "apply", &back, "--yes"]).await;
    assert_eq!(nothing.good(), "Nothing to change: the server has this plan.\n");

    let changed = at.write("changed.toml", with(&text, "name = \"Spring\"", "name = \"Spring and summer\""));
    let difference = at.ask(&["plan", "apply", &changed, "--dry-run"]).await;
    assert_eq!(difference.good(), "~ window.name: Spring → Spring and summer\n1 change; nothing was applied.\n");
    at.ask(&["plan", "apply", &changed, "-y"]).await.good();
    assert!(at.ask(&["plan", "export", "spring"]).await.good().contains("Spring and summer"));
    at.ask(&["plan", "export", "autumn"]).await.bad(1, &["no window `autumn`", "There are: spring"]);
});

on_both!(a_plan_starts_from_the_lessons_of_another, |at| {
    let _server = Server::start(&at).await;
    let file = at.write("plan.toml", &new_plan("launch").await);
    at.ask(&["plan", "apply", &file, "--yes", "--approve-answers"]).await.good();
    let next = ["plan", "new", "--from", "spring", "--key", "summer", "--name", "Summer \"27\" & on", "--go-live", "2027-06-01T09:00"];
    let made = at.ask(&next).await;
    let plan = hypercare_core::plan::check(made.good()).plan.expect("a valid plan");
    assert_eq!((plan.window.key.as_str(), plan.window.name.as_str()), ("summer", "Summer \"27\" & on"));
    assert!(made.out.starts_with("# From the lessons of the window spring (Spring)."), "{made:#?}");
    let again = at.write("next.toml", &made.out);
    at.ask(&["plan", "apply", &again, "--yes"]).await.good();

    at.ask(&["plan", "new", "--from", "autumn", "--key", "a", "--name", "b", "--go-live", "2027-06-01T09:00"]).await.bad(1, &["no window `autumn`"]);
    at.ask(&["plan", "new", "--from", "spring", "--key", "Not A Key", "--name", "b", "--go-live", "soon"]).await.bad(1, &["key"]);
    at.ask(&["plan", "new", "launch", "--from", "spring", "--key", "a", "--name", "b", "--go-live", "c"]).await.bad(2, &["--from"]);

    let pdf = at.file("report.pdf").to_string_lossy().into_owned();
    at.ask(&["report", "spring", "--format", "pdf", "--out", &pdf]).await.good();
    assert!(std::fs::read(&pdf).unwrap().starts_with(b"%PDF-"));
});

on_both!(a_plan_with_errors_is_not_sent, |at| {
    let _server = Server::start(&at).await;
    let text = with(&new_plan("launch").await, "stable_days = 5", "stable_days = 2");
    let file = at.write("plan.toml", text);
    at.ask(&["plan", "apply", &file, "--yes"]).await.bad(1, &["2 is too few", "plan.toml:", "nothing was sent"]);
    at.ask(&["plan", "export", "spring"]).await.bad(1, &["no window `spring`"]);
    let viewer = at.token_for(&["read"]).await;
    let file = at.write("plan.toml", new_plan("launch").await);
    let mut command = at.remotely(&["plan", "apply", &file, "--yes"]);
    command.env("HYPERCARE_TOKEN", viewer);
    crate::support::run(command, "").await.bad(1, &["windows:write", "403"]);
});
