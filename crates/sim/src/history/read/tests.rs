//! Rows: good ones, and each way of being bad.

use super::super::map;
use super::*;

const MAP: &str = r#"source = "desk"
[file]
delimiter = ","
rows = "events"
missing = ["?", ""]
[time]
formats = ["%d/%m/%Y %H:%M"]
[columns]
id = "number"
opened = "opened_at"
updated = "updated_at"
status = "state"
contact = { name = "caller", optional = true }
severity = { name = "priority", optional = true }
reassignments = { name = "moves", optional = true }
rating = { name = "stars", optional = true }
[status]
untouched = ["New"]
open = ["Active"]
resolved = ["Resolved"]
[severity]
high = ["1"]
normal = ["2"]
[meaning]
topic = ["place"]
[dimensions]
place = { name = "place", optional = true }
"#;

const HEADER: &str = "number,opened_at,updated_at,state,caller,priority,moves,stars,place\n";

fn map_with(old: &str, new: &str) -> Map {
    let checked = map::check(&MAP.replace(old, new));
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    checked.map.unwrap()
}

/// Reads and returns the history with what was not taken.
fn taken(map: &Map, bytes: &[u8], max_bad: f64) -> (Result<History, ReadError>, Vec<Reject>) {
    let mut bad = Vec::new();
    let read = read(bytes, map, Options { max_bad, texts: false }, &mut |r| bad.push(r.clone()), &mut |_| {});
    (read, bad)
}

/// One bad row among good ones: which column, and what is said.
#[track_caller]
fn check_bad(row: &str, column: &str, says: &str) {
    let good = "1,1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?,x\n";
    let text = format!("{HEADER}{good}{row}\n2,1/3/2016 09:00,1/3/2016 10:00,Active,Bo,1,1,5,y\n");
    let (history, bad) = taken(&map_with("", ""), text.as_bytes(), 1.0);
    let history = history.unwrap();
    assert_eq!((bad.len(), history.tickets.len(), history.counts.rejected), (1, 2, 1), "{bad:?}");
    assert_eq!((bad[0].line, bad[0].column.as_str()), (3, column), "{bad:?}");
    assert!(bad[0].reason.contains(says), "{}", bad[0].reason);
}

#[test]
fn bad_rows_say_line_column_and_reason_and_leave_nothing_behind() {
    check_bad("3,1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?", "", "8 fields where the header has 9");
    check_bad(",1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?,x", "number", "names no ticket");
    check_bad("3,?,1/3/2016 09:00,New,Ada,2,0,?,x", "opened_at", "no time; expected %d/%m/%Y %H:%M");
    check_bad("3,2016-03-01,1/3/2016 09:00,New,Ada,2,0,?,x", "opened_at", "no such time; expected %d/%m/%Y %H:%M");
    check_bad("3,1/3/2016 09:00,3/13/2016 09:00,New,Ada,2,0,?,x", "updated_at", "no such time");
    check_bad("3,1/3/2016 09:00,1/3/2016 09:00,Parked,Ada,2,0,?,x", "state", "does not say what this means; it knows `Active`, `New`, `Resolved`");
    check_bad("3,1/3/2016 09:00,1/3/2016 09:00,New,Ada,9,0,?,x", "priority", "[severity] of the map");
    check_bad("3,1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,-1,?,x", "moves", "whole number");
    check_bad("3,1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,6,x", "stars", "1 to 5");
    check_bad("1,2/3/2016 09:00,2/3/2016 09:00,New,Ada,2,0,?,x", "opened_at", "line 2 says that ticket 1 was opened at 2016-03-01T09:00:00Z");
    check_bad(&format!("{},1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?,x", "9".repeat(201)), "number", "at most 200");
}

/// The file as a whole is of no use.
#[track_caller]
fn check_file(map: &Map, bytes: &[u8], says: &str) {
    let (read, _) = taken(map, bytes, 0.2);
    let error = read.map(|h| h.counts).unwrap_err().to_string();
    assert!(error.contains(says), "{error}");
}

#[test]
fn files_that_are_of_no_use_say_why() {
    let map = map_with("", "");
    check_file(&map, b"", "the file is empty");
    check_file(&map, b"\n\n", "the file is empty");
    check_file(&map, HEADER.as_bytes(), "a header but no row");
    check_file(&map, HEADER.replace(',', ";").as_bytes(), "separated by `;`, the map says `,`. Write delimiter = \";\"");
    check_file(&map, HEADER.replace(',', "\t").as_bytes(), "separated by `\\t`");
    check_file(
        &map,
        HEADER.replace("opened_at", "opend_at").as_bytes(),
        "no column `opened_at`, which line 10 of the map names (did you mean `opend_at`?)",
    );
    check_file(&map, HEADER.replace("state", "phase").as_bytes(), "It has `number`, `opened_at`, `updated_at`, `phase`");
    let row = |at: &str| format!("{HEADER}1,{at},{at},New,Ada,2,0,?,x\n");
    check_file(&map, row("2016-03-01 09:00").as_bytes(), "1 of 1 rows cannot be read, more than the 20 % that are allowed");
    check_file(&map, row("2016-03-01 09:00").as_bytes(), "line 2, column opened_at: `2016-03-01 09:00`: no such time");
    let utf16: Vec<u8> = HEADER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_file(&map, &utf16, "save it as \"CSV UTF-8\"");
    let open =
        format!("{HEADER}1,1/3/2016 09:00,1/3/2016 09:00,New,\"Ada,2,0,?,x\n{}", "2,1/3/2016 09:00,1/3/2016 09:00,New,Bo,2,0,?,x\n".repeat(50_000));
    check_file(&map, open.as_bytes(), "the row that begins in line 2 does not end: a quote is opened");
    let jsonl = map_with("delimiter = \",\"", "format = \"jsonl\"");
    check_file(&jsonl, b"\n", "the file is empty: expected one JSON object a line");
    check_file(&jsonl, b"{\"number\":1}\n", "no column `opened_at`");
    check_file(&jsonl, b"[1,2]\n", "not an object");
    check_file(&jsonl, b"{\"number\":\n", "no JSON at character");
    let packed = {
        use std::io::Write;
        let mut out = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
        let rows: String = (0..20_000).map(|i| format!("{i},1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?,{}\n", i * 7919 % 1013)).collect();
        write!(out, "{HEADER}{rows}").unwrap();
        out.finish().unwrap()
    };
    assert_eq!(taken(&map, &packed, 0.2).0.unwrap().tickets.len(), 20_000);
    check_file(&map, &packed[..packed.len() / 2], "the download may have been cut short");
}

#[test]
fn text_of_other_encodings_is_named_and_can_be_read() {
    let text = [HEADER.as_bytes(), b"1,1/3/2016 09:00,1/3/2016 09:00,New,J\xfcrgen,2,0,?,x\n"].concat();
    let (read, bad) = taken(&map_with("", ""), &text, 1.0);
    assert!(bad[0].reason.contains("encoding = \"latin-1\"") && bad[0].column == "caller", "{bad:?}");
    assert!(read.unwrap().tickets.is_empty());
    let (read, bad) = taken(&map_with("delimiter = \",\"", "encoding = \"latin-1\""), &text, 1.0);
    let history = read.unwrap();
    assert!(bad.is_empty());
    assert_eq!(history.names.text(history.tickets[0].contact.unwrap()), Some("J\u{fc}rgen"));
}

#[test]
fn half_the_rows_bad_are_too_many_unless_allowed() {
    let good = |i: u64| format!("{i},1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?,x\n");
    let rows: String = (0..100).map(|i| if i % 2 == 0 { good(i) } else { "x\n".to_owned() }).collect();
    let text = format!("{HEADER}{rows}");
    assert!(matches!(taken(&map_with("", ""), text.as_bytes(), 0.49).0, Err(ReadError::TooManyBad { bad: 50, rows: 100, percent: 49, .. })));
    assert_eq!(taken(&map_with("", ""), text.as_bytes(), 0.5).0.unwrap().tickets.len(), 50);
}

/// A ticket's rows, and what they say in the order of time: answered, settled spans, handed over, came back.
#[track_caller]
fn check_life(rows: &[&str], answered: Option<&str>, settled: &[(&str, Option<&str>)], handed: usize, back: usize) {
    let text = rows.iter().fold(HEADER.to_owned(), |text, row| format!("{text}1,1/3/2016 09:00,{row}\n"));
    let (read, bad) = taken(&map_with("", ""), text.as_bytes(), 0.0);
    assert!(bad.is_empty(), "{bad:?}");
    let history = read.unwrap();
    let ticket = &history.tickets[0];
    let hour = |at: hypercare_core::Timestamp| at.to_jiff().strftime("%H:%M").to_string();
    assert_eq!(ticket.first_response.map(hour).as_deref(), answered);
    let spans: Vec<(String, Option<String>)> = ticket.settled.iter().map(|(since, until)| (hour(*since), until.map(hour))).collect();
    let expected: Vec<(String, Option<String>)> = settled.iter().map(|(s, u)| ((*s).to_owned(), u.map(str::to_owned))).collect();
    assert_eq!(spans, expected);
    assert_eq!((ticket.handed.len(), ticket.reopened.len()), (handed, back));
}

#[test]
fn rows_of_a_ticket_are_its_history() {
    check_life(&["1/3/2016 09:00,New,Ada,2,0,?,x"], None, &[], 0, 0);
    check_life(&["1/3/2016 09:00,New,Ada,2,0,?,x", "1/3/2016 10:00,Active,Ada,2,0,?,x"], Some("10:00"), &[], 0, 0);
    let whole = [
        "1/3/2016 09:00,New,Ada,2,0,?,x",
        "1/3/2016 10:00,Active,Ada,2,1,?,x",
        "1/3/2016 11:00,Resolved,Ada,2,1,?,x",
        "1/3/2016 12:00,Active,Ada,2,3,?,x",
        "1/3/2016 13:00,Resolved,Ada,2,3,?,x",
    ];
    let settled = [("11:00", Some("12:00")), ("13:00", None)];
    check_life(&whole, Some("10:00"), &settled, 3, 1);
    // The order of rows in the file does not matter where their times differ.
    check_life(&[whole[4], whole[0], whole[2], whole[3], whole[1]], Some("10:00"), &settled, 3, 1);
    // Of rows of the same minute the later in the file counts.
    check_life(&["1/3/2016 09:00,Active,Ada,2,0,?,x", "1/3/2016 09:00,Resolved,Ada,2,0,?,x"], Some("09:00"), &[("09:00", None)], 0, 0);
}

#[test]
fn one_row_for_each_ticket_may_stand_twice_but_not_say_two_things() {
    let map = Map { rows: map::Rows::Tickets, ..map_with("", "") };
    let row = "1,1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?,x\n";
    let (read, bad) = taken(&map, format!("{HEADER}{row}{row}").as_bytes(), 0.0);
    assert_eq!((read.unwrap().counts.repeated, bad.len()), (1, 0));
    let other = row.replace("New", "Active");
    let (_, bad) = taken(&map, format!("{HEADER}{row}{other}").as_bytes(), 1.0);
    assert!(bad[0].reason.contains("line 2 says something else") && bad[0].reason.contains("rows = \"events\""), "{bad:?}");
}
