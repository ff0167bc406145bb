//! What `simulate`, `backtest` and `staffing` are not to be fooled by: each says what is wrong and what would do, fails, and
//! leaves nothing half-written behind.

use crate::support::Done;
use hypercare_test_support::temp_dir;
use std::fmt::Write;
use std::path::Path;

const DEMO: &str = include_str!("../../../../demo/plan.toml");
const MAP: &str = "source = \"test\"\nabout = \"A test\"\n\n[file]\nformat = \"csv\"\nrows = \"tickets\"\n\n\
    [time]\nformats = [\"%Y-%m-%d %H:%M\"]\nzone = \"UTC\"\n\n[columns]\nid = \"number\"\nopened = \"opened\"\nresolved = \"settled\"\n";
/// A plan that is valid and speaks of nothing that customers would ask.
const NO_SCENARIOS: &str = "[window]\nkey = \"quiet\"\nname = \"Quiet\"\nzone = \"UTC\"\n\n\
    [change]\nkind = \"launch\"\nsummary = \"Nothing\"\ngo_live = \"2026-11-17T09:00\"\nowners = [\"mara@example.org\"]\n";

/// So many days of September with a ticket an hour.
fn days(n: u32) -> String {
    let mut text = String::from("number,opened,settled\n");
    for hour in 0..n * 24 {
        let (day, hour) = (1 + hour / 24, hour % 24);
        let _ = writeln!(text, "{day}-{hour},2026-09-{day:02} {hour:02}:00,2026-09-{day:02} {hour:02}:30");
    }
    text
}

fn files(dir: &Path) {
    let weekly = "weekday,hour,contacts\n";
    let all: [(&str, &str); 19] = [
        ("map.toml", MAP),
        ("map-key.toml", &MAP.replace("about =", "abuot =")),
        ("thirty.csv", &days(30)),
        ("three.csv", &days(3)),
        ("empty.csv", ""),
        ("header.csv", "number,opened,settled\n"),
        ("column.csv", &days(30).replacen("opened", "began", 1)),
        ("plan.toml", DEMO),
        ("plan-empty.toml", ""),
        ("plan-key.toml", &DEMO.replacen("[window]\n", "[window]\nkolour = \"red\"\n", 1)),
        ("plan-date.toml", &NO_SCENARIOS.replace("2026-11-17T09:00", "soon")),
        ("plan-quiet.toml", NO_SCENARIOS),
        ("assumed-key.toml", "contact_per_day = 30.0\n"),
        ("assumed-none.toml", "contacts_per_day = 0.0\n"),
        ("week.csv", &format!("{weekly}mon,9,12\n")),
        ("week-header.csv", weekly),
        ("week-column.csv", "weekday,hour\nmon,9\n"),
        ("week-hour.csv", &format!("{weekly}mon,25,12\n")),
        ("week-day.csv", &format!("{weekly}mon,9,12\nfunday,9,12\n")),
    ];
    for (name, text) in all {
        std::fs::write(dir.join(name), text).unwrap();
    }
}

/// One command line, in which `@` begins the name of a file; what it must say, and that it did nothing else.
async fn check(dir: &Path, line: &str, code: i32, says: &[&str]) {
    let mut args: Vec<String> =
        line.split(' ').map(|a| a.strip_prefix('@').map_or(a.to_owned(), |file| dir.join(file).display().to_string())).collect();
    let out = dir.join("out");
    if !line.contains("--out") && !line.starts_with("staffing") && !line.starts_with("simulate fit") {
        args.extend(["--out".to_owned(), out.display().to_string()]);
    }
    let done = Done::of(&args.iter().map(String::as_str).collect::<Vec<_>>()).await;
    done.bad(code, says);
    assert!(done.err.starts_with("error: ") || done.err.starts_with("warning: "), "{line}: {done:#?}");
    assert!(!done.err.contains("panicked") && done.out.is_empty(), "{line}: {done:#?}");
    assert!(!out.exists(), "{line} left a folder behind");
}

#[tokio::test]
async fn it_is_told_what_would_do() {
    let dir = temp_dir();
    files(&dir);
    let check = async |line: &str, code: i32, says: &[&str]| check(&dir, line, code, says).await;

    let log = "which goes from 2026-09-01 to 2026-09-30: give a day inside it with --go-live";
    let date = "is no date; expected year, month and day, such as 2026-11-17";
    check("backtest --map @map.toml @thirty.csv --go-live 2026-12-01", 1, &["lies after the log", log]).await;
    check("backtest --map @map.toml @thirty.csv --go-live 2025-12-01", 1, &["lies before the log", log]).await;
    check("backtest --map @map.toml @thirty.csv --go-live soon", 1, &["--go-live: `soon`", date]).await;
    check("backtest --map @map.toml @thirty.csv --go-live 2026-09-31", 1, &["--go-live: `2026-09-31`", date]).await;
    check(
        "backtest --map @map.toml @thirty.csv --go-live 2026-09-20 --until 2026-09-10",
        1,
        &["lies before go-live on 2026-09-20: give a later day"],
    )
    .await;
    check("backtest --map @map.toml @thirty.csv --go-live 2026-09-20 --holidays xmas", 1, &["--holidays: `xmas`", date]).await;
    let wanted = "give an export with 7 days before go-live or 14 from it on, another --go-live, or a plan with targets";
    check("backtest --map @map.toml @three.csv --go-live 2026-09-01", 1, &["0 days before go-live on 2026-09-01 and 3 from it on", wanted]).await;
    check("backtest --map @map.toml @three.csv --go-live 2026-09-02", 1, &["1 day before go-live on 2026-09-02 and 2 from it on", wanted]).await;
    check("backtest --map @map.toml @empty.csv --go-live 2026-09-20", 1, &["empty.csv: the file is empty: expected a header and rows"]).await;
    check("backtest --map @map.toml @header.csv --go-live 2026-09-20", 1, &["a header but no row: was the export filtered down to nothing?"]).await;
    check("backtest --map @map.toml @column.csv --go-live 2026-09-20", 1, &["no column `opened`", "It has `number`, `began`, `settled`"]).await;
    check("backtest --map @map-key.toml @thirty.csv --go-live 2026-09-20", 1, &["map-key.toml:2:1", "did you mean `about`?"]).await;
    check(
        "backtest --map @map.toml @thirty.csv --go-live 2026-09-20 --plan @plan-key.toml",
        1,
        &["unknown key `kolour`", "the keys here are baseline_from"],
    )
    .await;
    check("backtest --map @map.toml @thirty.csv --go-live 2026-09-20 --out @map.toml", 1, &["map.toml is a file; give a directory"]).await;

    check("simulate --plan @plan-quiet.toml", 1, &["has no `[[scenarios]]`", "write what customers will ask about"]).await;
    check("simulate --plan @plan-empty.toml", 1, &["`window` is missing", "help: add it"]).await;
    check("simulate --plan @plan-key.toml", 1, &["unknown key `kolour`", "the keys here are baseline_from"]).await;
    check("simulate --plan @plan-date.toml", 1, &["`soon` is not a time", "write 2026-11-17T09:00"]).await;
    check("simulate --plan @nowhere.toml", 1, &["nowhere.toml cannot be read"]).await;
    check("simulate --plan @plan.toml --replications 0", 1, &["`replications` is 0: give a number from 1 to 1000"]).await;
    check("simulate --plan @plan.toml --replications -3", 2, &["'-3'", "a whole number is needed, such as 30"]).await;
    check("simulate --plan @plan.toml --replications 2000", 1, &["`replications` is 2000: give a number from 1 to 1000"]).await;
    check("simulate --plan @plan.toml --seed luck", 2, &["'luck'", "a seed is a whole number from 0 to 18446744073709551615, such as 7"]).await;
    check("simulate --plan @plan.toml --seed -1", 2, &["'-1'", "a seed is a whole number"]).await;
    check("simulate --plan @plan.toml --days many", 2, &["'many'", "a whole number is needed"]).await;
    check("simulate --plan @plan.toml --threads 0", 2, &["'0'", "1..=256"]).await;
    check("simulate --plan @plan.toml --only tightning", 2, &["'tightning'", "'tightening'"]).await;
    check("simulate --plan @plan.toml --assumptions @assumed-key.toml", 1, &["unknown field `contact_per_day`", "`contacts_per_day`"]).await;
    check("simulate --plan @plan.toml --assumptions @assumed-none.toml", 1, &["`contacts_per_day` is 0: give a number from 1"]).await;
    check("simulate --plan @plan.toml --out @map.toml", 1, &["map.toml is a file; give a directory"]).await;
    check("simulate fit --map @map.toml @three.csv --go-live 2026-09-02", 1, &["14 before and 7 after are needed", "take a longer export"]).await;
    check("simulate fit --map @map.toml @thirty.csv --go-live 2026-09-01", 1, &["0 whole days before 2026-09-01", "check the date of go-live"]).await;
    check("simulate fit --map @map.toml @thirty.csv --go-live soon", 1, &["--go-live: ", "is not a time"]).await;
    check("simulate fit --map @map.toml @empty.csv --go-live 2026-09-20", 1, &["the file is empty: expected a header and rows"]).await;

    check("staffing --plan @plan.toml --aht 8min", 1, &["how much arrives is not known: give --volume FILE"]).await;
    check("staffing --plan @plan.toml --aht 8min --volume @empty.csv", 1, &["the table is empty; begin it with `weekday,hour,contacts`"]).await;
    check("staffing --plan @plan.toml --aht 8min --volume @week-header.csv", 1, &["the table has no rows; write one for each hour"]).await;
    check("staffing --plan @plan.toml --aht 8min --volume @week-column.csv", 1, &["the column `contacts` is missing; write `weekday,hour,contacts`"])
        .await;
    check("staffing --plan @plan.toml --aht 8min --volume @week-hour.csv", 1, &["line 2, column 2 (hour): `25` is not an hour; write 0 to 23"]).await;
    check("staffing --plan @plan.toml --aht 8min --volume @week-day.csv", 1, &["line 3, column 1 (weekday): `funday` is not a weekday; write mon"])
        .await;
    check("staffing --plan @plan.toml --aht 8min --volume @nowhere.csv", 1, &["nowhere.csv cannot be read"]).await;
    check("staffing --plan @plan-date.toml --aht 8min --volume @week.csv", 1, &["`soon` is not a time", "write 2026-11-17T09:00"]).await;
    check("staffing --plan @plan-key.toml --aht 8min --volume @week.csv", 1, &["unknown key `kolour`"]).await;
    check("staffing --arrivals many --per 1h --aht 8min", 2, &["`many` is not a number: write one such as 100"]).await;
    check("staffing --arrivals 10 --per 1h --aht 0min", 1, &["work that takes no time needs nobody; give a time such as 3 min"]).await;
}

/// A page that cannot be written leaves what was there before.
#[tokio::test]
async fn what_cannot_be_written_whole_is_not_written() {
    let dir = temp_dir();
    files(&dir);
    let out = dir.join("kept");
    std::fs::create_dir_all(out.join("index.html.part")).unwrap();
    std::fs::write(out.join("result.json"), "before").unwrap();
    let (map, log, place) = (dir.join("map.toml"), dir.join("thirty.csv"), out.display().to_string());
    let args = ["backtest", "--map", map.to_str().unwrap(), log.to_str().unwrap(), "--go-live", "2026-09-20", "--out", &place];
    Done::of(&args).await.bad(1, &["index.html.part cannot be written"]);
    assert_eq!(std::fs::read_to_string(out.join("result.json")).unwrap(), "before");
    assert!(!out.join("result.json.part").exists() && !out.join("index.html").exists());
}
