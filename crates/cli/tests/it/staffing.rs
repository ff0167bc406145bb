//! `hypercare staffing`: the textbook's figures, a plan's hours beside its shifts, and what is said of bad numbers.

use crate::support::Done;
use hypercare_test_support::temp_dir;
use serde_json::Value;

/// Runs it with arguments parted by spaces; one that has spaces itself is written with `_`.
async fn ask(args: &str) -> Done {
    let args: Vec<String> = args.split_whitespace().map(|a| if a.contains('/') { a.to_owned() } else { a.replace('_', " ") }).collect();
    let all: Vec<&str> = std::iter::once("staffing").chain(args.iter().map(String::as_str)).collect();
    Done::of(&all).await
}

#[track_caller]
fn near(value: &Value, expected: f64) {
    let got = value.as_f64().unwrap_or_else(|| panic!("{value}"));
    assert!((got - expected).abs() < 1e-8 * expected.abs().max(1.0), "{got} is not {expected}");
}

#[tokio::test]
async fn the_classic_needs_fourteen_and_twenty_on_the_rota() {
    let classic = "--arrivals 100 --per 30min --aht 3min --target 80% --within 20s";
    let said = ask(classic).await;
    for part in ["10 erlangs", "> 14", "88.8 %", "20 on the rota", "Assumptions", "Only for live channels", "30 % of paid time"] {
        assert!(said.good().contains(part), "`{part}` is not said: {said:#?}");
    }
    let json = ask(&format!("{classic} --json")).await.json();
    assert_eq!((&json["agents"], &json["rostered"], &json["kind"]), (&14.into(), &20.into(), &"live".into()));
    near(&json["achieved"]["wait_probability"], 0.17413193359504986);
    near(&json["achieved"]["service_level"], 0.8883500191794669);
    near(&json["achieved"]["mean_wait"], 7.8359370117772436);
    near(&json["target"]["within"], 20.0);
    assert_eq!(json["alternatives"].as_array().unwrap().len(), 5);
    assert!(json["assumptions"].as_array().unwrap().len() >= 3);
}

#[tokio::test]
async fn patience_and_percentile_are_shown_as_what_they_assume() {
    // Ten erlangs of three minutes, people give up after five: Erlang A of the reference, in minutes.
    let json = ask("--arrivals 100 --per 30min --aht 3min --patience 5min --json").await.json();
    let a = &json["achieved"]["with_patience"];
    near(&a["wait_probability"], 0.14526011429636151);
    near(&a["abandonment"], 0.01398374412240898);
    near(&a["mean_wait"], 0.06991872061204489 * 60.0);
    let said = ask("--arrivals 100 --per 30min --aht 3min --patience 5min --percentile 90%").await;
    for part in ["give up", "Erlang A", "119.6 contacts every 30 min", "not exceeded in 90 % of cases"] {
        assert!(said.good().contains(part), "`{part}` is not said: {said:#?}");
    }
}

#[tokio::test]
async fn tickets_are_staffed_by_their_backlog() {
    let args = "--backlog --arrivals 240 --per 1d --aht 15min --target-hours 8h";
    let said = ask(args).await;
    for part in ["> 24", "in mon-fri 09:00-17:00", "finishes 3.4 an hour", "do not hold for work with targets in hours"] {
        assert!(said.good().contains(part), "`{part}` is not said: {said:#?}");
    }
    let json = ask(&format!("{args} --json")).await.json();
    assert_eq!((&json["agents"], &json["rostered"], &json["kind"]), (&24.into(), &35.into(), &"backlog".into()));
    near(&json["most_open"], 640.0);
    // Around the clock nothing piles up: ten an hour arrive, and three people finish 10.2.
    let always = ask(&format!("{args} --calendar always --json")).await.json();
    assert_eq!(always["agents"], 3);
}

/// A plan whose office hours are covered by one person for a day.
async fn plan(dir: &std::path::Path) -> String {
    let made = Done::of(&["plan", "new", "launch", "--key", "spring", "--name", "Spring", "--go-live", "2026-11-17T09:00"]).await;
    let shift = "\n[[shifts]]\nowner = \"ada@example.com\"\nfrom = \"2026-11-17T07:00\"\nto = \"2026-11-17T17:00\"\n";
    let file = dir.join("plan.toml");
    std::fs::write(&file, made.good().to_owned() + shift).unwrap();
    file.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_plan_is_held_against_each_hour_of_two_weeks() {
    let dir = temp_dir();
    let file = plan(&dir).await;
    let volume = dir.join("week.csv");
    std::fs::write(&volume, "weekday,hour,contacts\ntue,9,10\ntue,10,10\nwed,9,4\n").unwrap();
    let args = format!("--plan {file} --volume {} --aht 6min", volume.display());
    let said = ask(&args).await;
    for part in ["beside the plan's shifts", "> Tue 17 Nov 09:00", "assumed, not measured", "--people", "not exceeded in 85 % of cases", "short"] {
        assert!(said.good().contains(part), "`{part}` is not said: {said:#?}");
    }
    let json = ask(&format!("{args} --json")).await.json();
    let hours = json["hours"].as_array().unwrap();
    // The coverage: two weeks of 7 to 22 on weekdays and 9 to 18 at weekends, from Tuesday at nine to Tuesday at nine.
    assert_eq!(hours.len(), 10 * 15 + 4 * 9);
    assert_eq!(hours[0]["from"], "2026-11-17T08:00:00Z");
    // Ten in a normal hour, nearly two and a half times as many in the first.
    let expected = hours[0]["expected"].as_f64().unwrap();
    assert!((24.5..25.0).contains(&expected), "{expected}");
    assert!(hours[0]["staffed_for"].as_f64().unwrap() > expected * 1.1);
    near(&hours[0]["planned"], 1.0);
    assert_eq!(hours[0]["short_by"], hours[0]["rostered"].as_u64().unwrap() - 1);
    assert_eq!((&hours[3]["rostered"], &hours[3]["short_by"]), (&0.into(), &0.into()));
    let short = hours.iter().filter(|h| h["short_by"] != 0).count();
    assert_eq!(json["hours_short"], short);
    // The same hour a week later: less of the surge is left.
    assert!(hours.iter().any(|h| h["from"] == "2026-11-24T08:00:00Z" && h["expected"].as_f64().unwrap() < expected));
    let enough = ask(&format!("{args} --people 20")).await;
    assert!(enough.good().contains("Every one of 186 hours has the people it needs."), "{enough:#?}");
}

#[tokio::test]
async fn the_plans_calendar_counts_for_tickets() {
    let dir = temp_dir();
    let file = plan(&dir).await;
    let args = format!("--backlog --plan {file} --arrivals 240 --per 1d --aht 15min --target-hours 8h --json");
    let extended = ask(&format!("{args} --calendar extended")).await.json();
    assert!(extended["agents"].as_u64().unwrap() < 24, "{extended}");
    ask(&format!("{args} --calendar night")).await.bad(1, &["--calendar: `night` are no working hours", "extended, office"]);
}

#[tokio::test]
async fn bad_numbers_are_named_with_what_would_be_right() {
    async fn check(args: &str, code: i32, says: &[&str]) {
        ask(args).await.bad(code, says);
    }
    check("--arrivals -5 --per 1h --aht 3min", 1, &["arrivals: -5", "0 or more"]).await;
    check("--arrivals x --per 1h --aht 3min", 2, &["--arrivals", "`x` is not a number"]).await;
    check("--arrivals 1e12 --per 1h --aht 3min", 1, &["more than any team serves"]).await;
    check("--arrivals 5 --per 0min --aht 3min", 1, &["the period", "30 min"]).await;
    check("--arrivals 5 --per 1h --aht 0min", 1, &["the handling time", "such as 3 min"]).await;
    check("--arrivals 5 --per 1h --aht 3parsecs", 2, &["--aht", "`3parsecs` is not a length of time", "15 min"]).await;
    check("--arrivals 5 --per 1h --aht -3min", 2, &["--aht", "`-3min` is not a length of time"]).await;
    check("--arrivals 5 --per 1h", 2, &["--aht"]).await;
    check("--arrivals 5 --aht 3min", 1, &["--per is missing"]).await;
    check("--per 1h --aht 3min", 1, &["--arrivals is missing"]).await;
    check("--aht 3min", 1, &["how much arrives is not known"]).await;
    let usual = "--arrivals 5 --per 1h --aht 3min";
    check(&format!("{usual} --target 100%"), 1, &["the target: 100 %", "no number of people answers everybody in time"]).await;
    check(&format!("{usual} --target 0%"), 1, &["the target: 0 %"]).await;
    check(&format!("{usual} --target 80"), 2, &["`80` is more than all: write 80% or 0.8"]).await;
    check(&format!("{usual} --target most"), 2, &["`most` is not a share"]).await;
    check(&format!("{usual} --shrinkage 100%"), 1, &["the shrinkage: 100 %", "30 % is usual"]).await;
    check(&format!("{usual} --occupancy 0%"), 1, &["the occupancy: 0 %", "85 % is usual"]).await;
    check(&format!("{usual} --patience 0s"), 1, &["--patience", "5min"]).await;
    check(&format!("{usual} --percentile 10%"), 1, &["--percentile: 10 %", "80 % to 90 %"]).await;
    check(&format!("{usual} --backlog"), 1, &["--target-hours is missing"]).await;
    check(&format!("{usual} --target-hours 4h"), 2, &["--backlog"]).await;
    check(&format!("{usual} --backlog --target-hours 0h"), 1, &["--target-hours", "4h"]).await;
    check(&format!("{usual} --backlog --target-hours 4h --open -1"), 1, &["--open: -1"]).await;
    check(&format!("{usual} --backlog --target-hours 4h --calendar fri-mon_09:00-17:00"), 1, &["runs backwards"]).await;
    check(&format!("{usual} --backlog --target-hours 4h --calendar mon-fri_9-17"), 1, &["`9-17` is not an interval"]).await;
    check("--plan no/such.toml --aht 3min --arrivals 5 --per 1h", 1, &["no/such.toml cannot be read"]).await;
    let dir = temp_dir();
    let file = plan(&dir).await;
    check(&format!("--plan {file} --aht 3min"), 1, &["--volume FILE"]).await;
    check(&format!("--plan {file} --aht 3min --volume no/such.csv"), 1, &["no/such.csv cannot be read"]).await;
    check(&format!("--plan {file} {usual} --surge -1"), 1, &["--surge: -1"]).await;
    check(&format!("--plan {file} {usual} --fades 0d"), 1, &["--fades"]).await;
    let volume = dir.join("week.csv");
    std::fs::write(&volume, "weekday,hour,contacts\nmon,25,10\n").unwrap();
    check(&format!("--plan {file} --aht 3min --volume {}", volume.display()), 1, &["week.csv: line 2, column 2 (hour): `25`"]).await;
}
