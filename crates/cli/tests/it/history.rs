//! `import` and `backtest` as commands: what they say and write, and what they say to bad input.

use crate::support::{Done, on_both, run};
use hypercare_test_support::{TempDir, temp_dir};
use serde_json::Value;

const LOG: &str = include_str!("../../../sim/tests/data/servicenow.csv");

on_both!(an_import_is_done_once_and_says_what_it_did, |at| {
    let file = at.write("log.csv", LOG);
    let rejects = at.write("bad.csv", "");
    let args = ["import", "--map", "servicenow", file.as_str(), "--rejects", rejects.as_str(), "--json"];
    let dry = run(at.at_place(&[&args[..], &["--dry-run"]].concat()), "").await;
    dry.good();
    assert_eq!(figures(&dry.json()), [7, 3, 3, 0, 0, 0]);
    let first = run(at.at_place(&args), "").await;
    first.good();
    assert_eq!(figures(&first.json()), [7, 3, 3, 0, 0, 0], "a dry run leaves nothing");
    assert_eq!((&first.json()["from"], &first.json()["to"]), (&"2016-03-07".into(), &"2016-03-09".into()));
    let again = run(at.at_place(&args), "").await;
    again.good();
    assert_eq!(figures(&again.json()), [7, 3, 0, 3, 0, 0]);
    // A newer export: one ticket was settled since, and one row cannot be read.
    let newer = format!(
        "{LOG}INC03,Closed,false,0,1,5,true,ada,desk,9/3/2016 10:00,14/3/2016 11:00,Email,Bremen,Access,Login,Locked out,1,A,14/3/2016 10:00,14/3/2016 11:00\n\
         INC04,New,true,0,0,0,true,ada,desk,9.3.2016,9/3/2016 11:00,Email,Bremen,Access,Login,Locked out,1,A,?,?\n"
    );
    let file = at.write("newer.csv", newer.as_str());
    let later = run(at.at_place(&["import", "--map", "servicenow", &file, "--rejects", &rejects]), "").await;
    assert!(later.good().contains("0 new, 1 updated, 2 known already, 1 rejected"), "{}", later.out);
    let said = std::fs::read_to_string(&rejects).unwrap();
    assert!(said.starts_with("line,column,value,reason\n10,opened_at,9.3.2016,no such time"), "{said}");
});

/// Rows, tickets, new, known, updated, rejected.
fn figures(summary: &Value) -> [u64; 6] {
    ["rows", "tickets", "new", "known", "updated", "rejected"].map(|key| summary[key].as_u64().unwrap_or_else(|| panic!("no {key}: {summary}")))
}

/// A folder with an export, a map and whatever else a case needs.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(temp_dir())
    }
    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

#[tokio::test]
async fn maps_are_listed_and_shown() {
    let list = Done::of(&["import", "--maps"]).await;
    for name in ["servicenow", "bpi2014", "freshdesk", "zendesk", "jira", "helpscout", "hypercare"] {
        assert!(list.good().lines().any(|line| line.starts_with(name) && line.len() > 20), "{name}: {}", list.out);
    }
    let shown = Done::of(&["import", "--show-map", "jira"]).await;
    assert!(shown.good().contains("source = \"jira\""), "{}", shown.out);
    Done::of(&["import", "--show-map", "yira"]).await.bad(1, &["there is no map `yira`", "shipped are servicenow"]);
}

/// A log of a steady desk: `days` days with 40 tickets each, answered in a quarter and settled in an hour.
fn steady(days: u32) -> String {
    let header = LOG.lines().next().unwrap();
    let mut text = format!("{header}\n");
    for day in 1..=days {
        for i in 0..40 {
            let (hour, id) = (8 + i / 4, day * 100 + i);
            let row = |state: &str, at: u32| {
                format!(
                    "T{id},{state},true,0,0,0,true,c{id},desk,{day}/3/2016 {hour:02}:00,{day}/3/2016 {at:02}:30,Phone,Bremen,Access,Login,Lock,3,A,{day}/3/2016 {:02}:30,?\n",
                    hour + 1
                )
            };
            text += &row("New", hour);
            text += &row("Resolved", hour + 1);
        }
    }
    text
}

#[tokio::test]
async fn a_backtest_writes_a_page_and_figures() {
    let folder = Folder::new();
    let (file, out) = (folder.write("log.csv", steady(28)), folder.path("out"));
    let done = Done::of(&["backtest", "--map", "servicenow", &file, "--go-live", "2016-03-15", "--out", &out, "--json"]).await;
    done.good();
    let result: Value = serde_json::from_str(&std::fs::read_to_string(folder.path("out/result.json")).unwrap()).unwrap();
    assert_eq!(done.json(), result, "what is printed is what is written");
    let days = result["days"].as_array().unwrap();
    assert_eq!((days.len(), result["baseline"]["kind"].as_str(), result["baseline"]["days"].as_u64()), (14, Some("before"), Some(14)));
    for day in days {
        for key in ["date", "opened", "resolved", "open", "signals", "warnings", "streak", "reset_by", "exit_allowed", "reasons"] {
            assert!(day.get(key).is_some(), "{key} is missing: {day}");
        }
        for (name, signal) in day["signals"].as_object().unwrap() {
            assert!(["value", "ratio", "z", "state"].iter().all(|key| signal.get(*key).is_some()), "{name}: {signal}");
        }
    }
    assert!(days.iter().any(|d| d["exit_allowed"] == true), "a steady desk may leave: {}", days[13]["sentence"]);
    assert_eq!(result["weeks"].as_array().unwrap().len(), 5);
    let page = std::fs::read_to_string(folder.path("out/index.html")).unwrap();
    for part in ["Exit would first have been allowed", "<svg", "go-live", "Week by week, after the fact", "prefers-color-scheme"] {
        assert!(page.contains(part), "{part} is missing");
    }
    assert!(!page.contains("<script") && !page.contains("NaN"));
    let again = Done::of(&["backtest", "--map", "servicenow", &file, "--go-live", "2016-03-15", "--out", &out, "--until", "2016-03-20"]).await;
    assert!(again.good().contains("6 days from 2016-03-15 on"), "{}", again.out);
    assert!(again.err.contains("note: Days are compared with the 14 days before go-live. That is short"), "{}", again.err);
}

/// What is said to a wrong command line or file, and that it fails.
async fn check(folder: &Folder, args: &[&str], says: &[&str]) {
    let out = folder.path("out");
    Done::of(&[&["backtest", "--out", &out], args].concat()).await.bad(1, says);
}

#[tokio::test]
async fn bad_input_is_told_what_would_do() {
    let folder = Folder::new();
    let log = folder.write("log.csv", steady(5));
    let live = ["--go-live", "2016-03-02"];
    let with = |file: &'static str, text: &str| folder.write(file, text);
    let header = LOG.lines().next().unwrap();
    let rejects = folder.path("bad.csv");
    let sn = ["--map", "servicenow", "--rejects", &rejects];
    let args_for = |file: String| [&sn[..], &live[..]].concat().into_iter().map(str::to_owned).chain([file]).collect::<Vec<String>>();
    for (file, says) in [
        (with("empty.csv", ""), "the file is empty: expected a header and rows"),
        (with("header.csv", &format!("{header}\n")), "a header but no row"),
        (with("column.csv", &LOG.replace("opened_at", "openend_at")), "no column `opened_at`"),
        (with("column2.csv", &LOG.replace("opened_at", "openend_at")), "did you mean `openend_at`?"),
        (with("semicolon.csv", &LOG.replace(',', ";")), "separated by `;`, the map says `,`"),
        (with("dates.csv", &LOG.replace("7/3/2016 09:00", "Monday")), "more than the 20 % that are allowed"),
        (with("dates2.csv", &LOG.replace("7/3/2016 09:00", "Monday")), "column opened_at: `Monday`: no such time; expected %d/%m/%Y %H:%M"),
        (folder.path("nowhere.csv"), "nowhere.csv cannot be read"),
        (folder.path(""), "is a directory"),
    ] {
        let args = args_for(file);
        check(&folder, &args.iter().map(String::as_str).collect::<Vec<_>>(), &[says]).await;
    }
    check(&folder, &["--map", "servicenow", &log, "--go-live", "tomorrow"], &["--go-live: `tomorrow` is no date", "2026-11-17"]).await;
    check(&folder, &["--map", "servicenow", &log, "--go-live", "2015-01-01"], &["lies before the log, which goes from 2016-03-01 to 2016-03-05"])
        .await;
    check(&folder, &["--map", "servicenow", &log, "--go-live", "2016-03-02", "--zone", "Mars"], &["--zone", "Mars"]).await;
    check(&folder, &["--map", "servicnow", &log, "--go-live", "2016-03-02"], &["there is no map `servicnow`: did you mean `servicenow`?"]).await;
    check(&folder, &[&log, "--go-live", "2016-03-02"], &["say which export and how it reads: --map NAME FILE"]).await;
    let map = folder.write("map.toml", "source = \"desk\"\n[time]\nformats = [\"iso\"]\n[columns]\nid = \"number\"\nopenned = \"opened_at\"\n");
    check(&folder, &["--map", &map, &log, "--go-live", "2016-03-02"], &["the map has faults", "map.toml:6:1", "did you mean `opened`?"]).await;
}
