//! `hypercare simulate`: a launch before it happens, what it found and what it refuses.

use crate::support::Done;
use hypercare_test_support::temp_dir;
use std::path::Path;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/plan.toml");

/// A run that is small enough for a debug build.
async fn simulate(more: &[&str]) -> Done {
    let mut args = vec!["simulate", "--plan", DEMO, "--replications", "2", "--days", "7", "--only", "updates"];
    args.extend(more);
    Done::of(&args).await
}

fn small(dir: &Path) -> String {
    write(dir, "assumptions.toml", "contacts_per_day = 30.0\n")
}

fn write(dir: &Path, name: &str, text: &str) -> String {
    let file = dir.join(name);
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn it_says_what_measures_change_and_what_was_assumed() {
    let dir = temp_dir();
    let file = small(&dir);
    let done = simulate(&["--assumptions", &file, "--seed", "7"]).await;
    let text = done.good();
    for part in [
        "2 launches of 7 days, seed 7",
        "Exit allowed on day",
        "Each alone, against none:\n  Proactive updates: ",
        "volume: 30 first contacts a day",
        "volume: your file",
        "category billing: ",
        "reconnect: launch 0.25",
        "2 launches are few",
        "Team confidence is not simulated",
    ] {
        assert!(text.contains(part), "`{part}` is not said: {text}");
    }
    assert_eq!(simulate(&["--assumptions", &file, "--seed", "7", "--threads", "3"]).await.good(), text, "the same seed, the same figures");
}

#[tokio::test]
async fn as_json_and_as_a_page() {
    let dir = temp_dir();
    let (file, out) = (small(&dir), dir.join("out"));
    let done = simulate(&["--assumptions", &file, "--json", "--out", out.to_str().unwrap()]).await;
    let result = done.json();
    assert_eq!((&result["seed"], &result["replications"], &result["days"]), (&1.into(), &2.into(), &7.into()));
    for arm in ["without", "with"] {
        let figures = result[arm]["figures"].as_array().unwrap();
        let exit = figures.iter().find(|f| f["figure"] == "exit_day").unwrap();
        assert!(exit["estimate"]["mean"].as_f64().is_some_and(|day| (1.0..=8.0).contains(&day)), "{exit}");
        assert!(exit["estimate"]["low"].is_number() && exit["estimate"]["high"].is_number(), "{exit}");
    }
    assert_eq!(result["with"]["measures"], serde_json::json!(["updates"]));
    assert_eq!(result["alone"][0]["measure"], "updates");
    assert!(result["alone"][0]["sentence"].as_str().is_some_and(|s| s.starts_with("Proactive updates: ")), "{result}");
    assert_eq!(result["by_day"].as_array().unwrap().len(), 7);
    assert!(result["assumptions"].as_array().unwrap().iter().all(|a| a["about"].is_string() && a["values"].is_string() && a["source"].is_string()));
    let kept: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(out.join("result.json")).unwrap()).unwrap();
    assert_eq!(kept, result);
    let page = std::fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.matches("<svg").count() == 2 && page.contains("What was assumed") && !page.contains("<script"), "{page}");
}

#[tokio::test]
async fn what_cannot_be_played_is_said() {
    let dir = temp_dir();
    Done::of(&["simulate"]).await.bad(2, &["--plan <FILE>"]);
    Done::of(&["simulate", "--plan", "nowhere.toml"]).await.bad(1, &["nowhere.toml cannot be read"]);
    let broken = write(&dir, "plan.toml", "[window]\nkey = \"a\"\n");
    Done::of(&["simulate", "--plan", &broken]).await.bad(1, &["plan.toml:", "error:", "The plan has errors"]);
    Done::of(&["simulate", "--plan", DEMO, "--replications", "0"]).await.bad(1, &["`replications` is 0: give a number from 1 to 1000"]);
    Done::of(&["simulate", "--plan", DEMO, "--days", "3"]).await.bad(1, &["`days` is 3: give a number from 7 to 120"]);
    Done::of(&["simulate", "--plan", DEMO, "--only", "updats"]).await.bad(2, &["'updats'", "'updates'"]);
    Done::of(&["simulate", "--plan", DEMO, "--only", "updates", "--without", "stages"]).await.bad(2, &["cannot be used with"]);
    let wrong = |text: &str| write(&dir, "wrong.toml", text);
    let file = wrong("[reconnect]\nlaunch = 1.5\n");
    simulate(&["--assumptions", &file]).await.bad(1, &["wrong.toml", "`reconnect.launch` is 1.5: give a number from 0 to 0.9"]);
    let file = wrong("contacts_per_day = \"many\"\n");
    simulate(&["--assumptions", &file]).await.bad(1, &["line 1, column 20"]);
    let file = wrong("[categories.biling]\nrise = 1.0\n");
    simulate(&["--assumptions", &file]).await.bad(1, &["`categories.biling`", "did you mean `billing`?"]);
}

/// Two weeks of one contact an hour, then a week of three: what fits it is a file that can be played.
#[tokio::test]
async fn assumptions_are_fitted_to_an_export() {
    let dir = temp_dir();
    let mut rows = String::from("number,opened,settled,kind\n");
    let mut number = 0;
    for hour in 0..30 * 24 {
        let (day, since) = (1 + hour / 24, hour - 18 * 24);
        let n = if since < 0 { 1 } else { 1 + 4 / (1 + since / 24) };
        for minute in 0..n {
            number += 1;
            rows += &format!(
                "{number},2026-09-{day:02} {0:02}:{minute:02},2026-09-{day:02} {0:02}:59,{1}\n",
                hour % 24,
                if number % 3 == 0 { "access" } else { "billing" }
            );
        }
    }
    let export = write(&dir, "export.csv", &rows);
    let map = write(&dir, "map.toml", MAP);
    let out = dir.join("fitted.toml");
    let args = ["simulate", "fit", "--map", &map, &export, "--go-live", "2026-09-19", "--out", out.to_str().unwrap()];
    Done::of(&args).await.good();
    let fitted = std::fs::read_to_string(&out).unwrap();
    assert!(fitted.contains("# billing: ") && fitted.contains("[categories.access]"), "{fitted}");
    assert!(simulate(&["--assumptions", out.to_str().unwrap()]).await.good().contains("your file"));
    let late = ["simulate", "fit", "--map", &map, &export, "--go-live", "2026-09-28"];
    Done::of(&late).await.bad(1, &["14 before and 7 after are needed"]);
    Done::of(&["simulate", "fit", "--map", &map, &export, "--go-live", "soon"]).await.bad(1, &["--go-live: ", "is not a time"]);
}

const MAP: &str = r#"
source = "test"
about = "A test"

[file]
format = "csv"
rows = "tickets"

[time]
formats = ["%Y-%m-%d %H:%M"]
zone = "UTC"

[columns]
id = "number"
opened = "opened"
resolved = "settled"

[meaning]
category = "kind"

[dimensions]
kind = "kind"
"#;
