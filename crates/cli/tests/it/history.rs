//! `import` and `backtest` as commands: what they say and write, and what they say to bad input.

use crate::support::{Counts, Done, Installation, Server, on_both, run};
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

/// An export through a shipped map, twice: all its tickets are new, then none; some of them as they are stored; where its odd rows are.
async fn check_map(at: &Installation, map: &str, file: &str, figures_of_first: [u64; 6], odd: &[&str], stored: &[&str]) {
    let path = format!("{}/../sim/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let rejects = at.file(&format!("{map}.bad.csv"));
    let args = ["import", "--map", map, &path, "--rejects", rejects.to_str().unwrap(), "--json"];
    let first = run(at.at_place(&args), "").await;
    first.good();
    assert_eq!(figures(&first.json()), figures_of_first, "{map}");
    let [rows, tickets, new, _, _, rejected] = figures_of_first;
    let again = run(at.at_place(&args), "").await;
    again.good();
    assert_eq!(figures(&again.json()), [rows, tickets, 0, new, 0, rejected], "{map} again");
    let said = std::fs::read_to_string(&rejects).unwrap_or_default();
    let places: Vec<&str> = said.lines().skip(1).collect();
    assert!(places.len() == odd.len() && places.iter().zip(odd).all(|(place, odd)| place.starts_with(odd)), "{map}: {said}");
    let counts = Counts::of(&at.location()).await;
    let there = counts.imported(first.json()["source"].as_str().unwrap()).await;
    counts.close().await;
    for ticket in stored {
        assert!(there.iter().any(|line| line == ticket), "{map}: `{ticket}` is not among {there:#?}");
    }
}

on_both!(every_shipped_map_reads_its_export, |at| {
    check_map(
        &at,
        "servicenow",
        "servicenow.csv",
        [7, 3, 3, 0, 0, 0],
        &[],
        &["INC01 resolved normal 2016-03-07 09:00 2016-03-07 15:00", "INC03 waiting high 2016-03-09 10:00 -"],
    )
    .await;
    check_map(
        &at,
        "bpi2014",
        "bpi2014.csv",
        [6, 5, 5, 0, 0, 1],
        &["6,Open Time,31/02/2012 10:00:00,no such time; expected %d/%m/%Y %H:%M:%S"],
        &[
            "IM01 resolved low 2012-02-05 12:32 2012-02-06 12:32",
            "IM02 resolved normal 2012-02-06 07:00 2012-02-06 09:00",
            "IM03 open high 2012-02-07 08:15 -",
        ],
    )
    .await;
    check_map(
        &at,
        "freshdesk",
        "freshdesk.csv",
        [7, 6, 6, 0, 0, 1],
        &["10,Created time,06-03-24 8h,\"no such time"],
        &[
            "11 resolved critical 2024-03-04 09:00 2024-03-04 12:30",
            "13 open normal 2024-03-05 10:00 -",
            "15 resolved low 2024-03-06 08:00 2024-03-06 08:02",
            "17 open high 2024-03-07 09:00 -",
        ],
    )
    .await;
    check_map(
        &at,
        "zendesk",
        "zendesk.jsonl",
        [8, 7, 7, 0, 0, 1],
        &["4,,,not an object"],
        &[
            "21 resolved high 2024-03-04 09:00 2024-03-04 13:00",
            "23 waiting normal 2024-03-05 11:00 -",
            "25 resolved low 2024-03-05 12:00 2024-03-09 12:30",
            "26 open critical 2024-03-06 08:00 -",
        ],
    )
    .await;
    check_map(
        &at,
        "zendesk-csv",
        "zendesk-csv.csv",
        [7, 6, 6, 0, 0, 1],
        &["7,Solved at,2024-03-06T09:45:00Z,before the ticket was opened"],
        &[
            "21 resolved high 2024-03-04 09:00 2024-03-04 13:00",
            "32 open normal 2024-03-05 09:00 -",
            "33 waiting normal 2024-03-05 11:00 -",
            "37 resolved low 2024-03-07 12:30 2024-03-07 13:00",
        ],
    )
    .await;
    check_map(
        &at,
        "jira",
        "jira.csv",
        [7, 6, 6, 0, 0, 1],
        &["10,Created,2024/03/07 9am,no such time; expected %d/%b/%y %I:%M %p"],
        &[
            "IT-1 resolved critical 2024-03-04 09:00 2024-03-05 13:00",
            "IT-4 resolved high 2024-03-06 15:05 2024-03-06 16:05",
            "IT-5 resolved low 2024-03-06 23:00 2024-03-07 09:30",
            "IT-7 open high 2024-03-12 15:05 -",
        ],
    )
    .await;
    check_map(
        &at,
        "helpscout",
        "helpscout.jsonl",
        [7, 6, 6, 0, 0, 1],
        &["6,,,no JSON at character"],
        &[
            "31 resolved normal 2024-03-04 09:00 2024-03-04 10:30",
            "34 resolved normal 2024-03-05 11:00 2024-03-05 12:15",
            "37 open normal 2024-03-06 10:00 -",
        ],
    )
    .await;
    check_map(
        &at,
        "hypercare",
        "hypercare.jsonl",
        [6, 5, 5, 0, 0, 1],
        &["5,status,resolved,\"settled, but the row does not say when: `resolved_at`"],
        &["7301 resolved normal 2026-11-17 09:00 2026-11-17 10:00", "7302 open critical 2026-11-17 09:30 -", "7303 waiting low 2026-11-18 08:00 -"],
    )
    .await;
});

on_both!(what_the_api_lists_is_read_back_whole, |at| {
    let file = at.write("log.csv", LOG);
    run(at.at_place(&["import", "--map", "servicenow", &file]), "").await.good();
    let server = Server::start(&at).await;
    let listed: Value = server.get("conversations").bearer_auth(&at.token).send().await.unwrap().json().await.unwrap();
    server.terminate().await;
    let lines: String = listed["items"].as_array().unwrap().iter().map(|item| format!("{item}\n")).collect();
    let own = at.write("own.jsonl", lines);
    let done = run(at.at_place(&["import", "--map", "hypercare", &own, "--json"]), "").await;
    done.good();
    assert_eq!(figures(&done.json()), [3, 3, 3, 0, 0, 0], "{}", done.err);
    let counts = Counts::of(&at.location()).await;
    let rest = |line: &String| line.split_once(' ').unwrap().1.to_owned();
    let (mut before, mut after): (Vec<String>, Vec<String>) =
        (counts.imported("servicenow").await.iter().map(rest).collect(), counts.imported("hypercare").await.iter().map(rest).collect());
    counts.close().await;
    before.sort();
    after.sort();
    assert_eq!(before, after);
});

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
    for name in ["servicenow", "bpi2014", "freshdesk", "zendesk ", "zendesk-csv", "jira", "helpscout", "hypercare"] {
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
        (with("book.xlsx", "PK\u{3}\u{4}xl/workbook.xml"), "book.xlsx: the file is an Excel workbook, not CSV: open it and save it as"),
        (with("page.csv", "<!DOCTYPE html>\n<title>Sign in</title>"), "page.csv: the file is a web page, not CSV"),
        (with("list.csv", "[{\"number\":1}]"), "list.csv: the file is one list of JSON, not CSV"),
        (with("quote.csv", &format!("{LOG}INC09,\"New\n")), "the row that begins in line 9 does not end: a quote is opened"),
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
