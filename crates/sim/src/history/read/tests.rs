//! Rows: good ones, and each way of being bad.

use super::super::map::{self, Map};
use super::super::testing::{history, map_of, taken};
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
    map_of(&MAP.replace(old, new))
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
    check_bad("3,1/3/2016 09:00,1/3/2016 09:00,New,A\0da,2,0,?,x", "caller", "a NUL byte");
    check_bad("3,1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?,\0", "place", "a NUL byte");
    check_bad(
        &format!("3,1/3/2016 09:00,1/3/2016 09:00,New,\"{}\",2,0,?,x", "long ".repeat(2_000_000)),
        "",
        "the row has 10000 kB; a row has at most 2000 kB",
    );
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
    check_file(&map, HEADER.replace("place", "state").as_bytes(), "`state` stands there twice, as column 4 and as column 9");
    check_file(&map, HEADER.replace("place", "pl\0ace").as_bytes(), "the header has NUL bytes");
    check_file(
        &map,
        b"PK\x03\x04\x14\0\x06\0\x08\0[Content_Types].xml",
        "the file is an Excel workbook, not CSV: open it and save it as \"CSV UTF-8\"",
    );
    check_file(&map, b"PK\x03\x04\x14\0\x06\0\x08\0tickets.csv", "the file is a ZIP archive, not CSV: unpack it");
    check_file(&map, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook");
    check_file(&map, b"%PDF-1.7", "the file is a PDF");
    check_file(&map, b"\r\n<!DOCTYPE html><html>", "the file is a web page, not CSV: the download was perhaps a sign-in page");
    check_file(&map, b"<table><tr><td>number", "a web page");
    check_file(&map, b"<?xml version=\"1.0\"?>", "the file is XML");
    check_file(&map, b"{\"number\": 1}\n", "the file is JSON, not CSV: write format = \"jsonl\"");
    check_file(&map, b"[\n  {\"number\": 1}\n]", "the file is one list of JSON, not CSV");
    check_file(
        &map,
        &[row("1/3/2016 09:00").as_bytes(), b"2,1/3/2016 09:00,1/3/2016 09:00,New,Ada,2,0,?,\"x\n3,y\n"].concat(),
        "begins in line 3 does not end",
    );
    check_file(&map, &[b"\"", HEADER.as_bytes()].concat(), "begins in line 1 does not end");
    let open =
        format!("{HEADER}1,1/3/2016 09:00,1/3/2016 09:00,New,\"Ada,2,0,?,x\n{}", "2,1/3/2016 09:00,1/3/2016 09:00,New,Bo,2,0,?,x\n".repeat(50_000));
    check_file(&map, open.as_bytes(), "the row that begins in line 2 does not end: a quote is opened");
    let jsonl = map_with("delimiter = \",\"", "format = \"jsonl\"");
    check_file(&jsonl, b"\n", "the file is empty: expected one JSON object a line");
    check_file(&jsonl, b"{\"number\":1}\n", "no column `opened_at`");
    check_file(
        &jsonl,
        b"[{\"number\":1},\n{\"number\":2}]\n",
        "the file is one list of JSON, not lines of JSON: put one object on each line, for instance with `jq",
    );
    check_file(&jsonl, b"{\r\n  \"number\": 1\n}\n", "JSON spread over several lines");
    check_file(&jsonl, b"{\"tickets\":[{\"number\":1}]}\n", "It has `tickets`");
    check_file(&jsonl, b"PK\x03\x04xl/", "the file is an Excel workbook, not lines of JSON");
    check_file(&jsonl, b"7\n", "not an object");
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

/// Two tickets, of Jürgen and of Ada, however the bytes of them are written.
#[track_caller]
fn check_taken(map: &Map, bytes: &[u8]) {
    let (read, bad) = taken(map, bytes, 0.0);
    assert!(bad.is_empty(), "{bad:?}");
    let history = read.unwrap();
    let contacts: Vec<Option<&str>> = history.tickets.iter().map(|t| history.names.text(t.contact.unwrap())).collect();
    assert_eq!(contacts, [Some("J\u{fc}rgen"), Some("Ada")]);
}

#[test]
fn however_the_bytes_are_written_the_rows_are_the_same() {
    let (utf8, latin) = (map_with("", ""), map_with("delimiter = \",\"", "encoding = \"latin-1\""));
    let windows = map_with("delimiter = \",\"", "encoding = \"windows-1252\"");
    let rows = "1,1/3/2016 09:00,1/3/2016 09:00,New,J\u{fc}rgen,2,0,?,x\n2,1/3/2016 10:00,1/3/2016 10:00,New,Ada,2,0,?,x\n";
    let text = format!("{HEADER}{rows}");
    let in_latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    check_taken(&utf8, text.as_bytes());
    check_taken(&utf8, text.trim_end().as_bytes());
    check_taken(&utf8, text.replace('\n', "\r\n").as_bytes());
    check_taken(&utf8, text.replace('\n', "\r").as_bytes());
    check_taken(&utf8, text.replace("Ada,", "\"Ada\",").as_bytes());
    check_taken(&utf8, text.replace(",x\n", ",\"two\nlines, \"\"quoted\"\"\"\n").as_bytes());
    check_taken(&utf8, text.replace(",x\n", ",an inch is 1\"\n").as_bytes());
    check_taken(&utf8, marked.as_bytes());
    check_taken(&latin, marked.as_bytes());
    check_taken(&latin, &in_latin);
    check_taken(&windows, &in_latin);
    check_taken(&utf8, &utf16(&marked, u16::to_le_bytes));
    check_taken(&utf8, &utf16(&marked, u16::to_be_bytes));
    check_taken(&latin, &utf16(&text, u16::to_le_bytes));
    check_taken(&utf8, text.replace("number,opened_at", "Number,Opened_At").as_bytes());
    // Labels may take several columns, and so may what the map does not name.
    check_taken(&utf8, text.replace(",place\n", ",place,place,note,note\n").replace(",x\n", ",,x,1,2\n").as_bytes());
    // Without a mark nothing says that it is Latin-1: the row is bad and names what to write.
    let (_, bad) = taken(&utf8, &in_latin, 1.0);
    assert!(bad[0].reason.contains("encoding = \"latin-1\"") && (bad[0].line, bad[0].column.as_str()) == (2, "caller"), "{bad:?}");
}

/// A line of JSON among good ones.
#[track_caller]
fn check_bad_line(line: &str, column: &str, says: &str) {
    let map = map_with("delimiter = \",\"", "format = \"jsonl\"");
    let good = |id: u32| format!("{{\"number\":{id},\"opened_at\":\"1/3/2016 09:00\",\"updated_at\":\"1/3/2016 09:00\",\"state\":\"New\"}}\n");
    let (read, bad) = taken(&map, format!("{}{line}\n\n{}", good(1), good(2)).as_bytes(), 1.0);
    assert_eq!((read.unwrap().tickets.len(), bad.len()), (2, 1), "{bad:?}");
    assert_eq!((bad[0].line, bad[0].column.as_str()), (2, column), "{bad:?}");
    assert!(bad[0].reason.contains(says), "{}", bad[0].reason);
}

#[test]
fn bad_lines_of_json_say_line_and_reason() {
    let with = |more: &str| format!("{{\"number\":3,\"opened_at\":\"1/3/2016 09:00\",\"updated_at\":\"1/3/2016 09:00\",\"state\":\"New\"{more}");
    check_bad_line("[1,2]", "", "not an object");
    check_bad_line("null", "", "not an object");
    check_bad_line("number,opened_at", "", "no JSON at character");
    check_bad_line(&with(""), "", "no JSON at character");
    check_bad_line(&with("} {"), "", "no JSON at character");
    check_bad_line(&with(",\"caller\":\"A\\u0000da\"}"), "caller", "a NUL byte");
    check_bad_line(&with(",\"place\":[\"a\",\"\\u0000\"]}"), "place", "a NUL byte");
    check_bad_line(&with(",\"priority\":{\"id\":9}}"), "priority", "[severity] of the map");
    check_bad_line(&with(&format!(",\"note\":\"{}\"}}", "long ".repeat(2_000_000))), "", "the line is longer than 4000 kB");
    check_bad_line("{\"number\":3}", "opened_at", "no time; expected %d/%m/%Y %H:%M");
}

/// One row for each ticket, with what only such maps say: the first column with a value, minutes, counts from one, the end by time.
#[test]
fn rows_of_tickets_say_how_it_ended() {
    const TICKETS: &str = r#"source = "desk"
[file]
missing = ["-"]
[time]
formats = ["iso"]
[columns]
id = "id"
opened = "opened"
status = "status"
first_response = { name = "reply", minutes = true }
resolved = "solved"
closed = { name = ["closed", "updated"], optional = true }
contact = { name = ["mail", "name"] }
reassignments = { name = "stations", from = 1 }
[status]
open = ["Open"]
closed = ["Closed"]
other = "by-time"
"#;
    #[track_caller]
    fn check(row: &str, expected: Result<&str, (&str, &str)>) {
        let text = format!("id,opened,status,reply,solved,closed,updated,mail,name,stations\n{row}\n");
        let (read, bad) = taken(&map_of(TICKETS), text.as_bytes(), 1.0);
        let history = read.unwrap();
        let told = history.tickets.first().map(|ticket| {
            let past = history.past(ticket);
            let hour = |at: Option<hypercare_core::Timestamp>| at.map_or("-".to_owned(), |at| at.to_jiff().strftime("%H:%M").to_string());
            let contact = ticket.contact.and_then(|c| history.names.text(c)).unwrap_or("-");
            let handed = ticket.last.reassignments.map_or("-".to_owned(), |n| n.to_string());
            format!("{} {} {} {contact} {handed}", past.status.word(), hour(past.first_response_at), hour(past.resolved_at))
        });
        match expected {
            Ok(line) => assert_eq!(told.as_deref(), Some(line), "{row}: {bad:?}"),
            Err((column, says)) => assert!(told.is_none() && bad[0].column == column && bad[0].reason.contains(says), "{row}: {bad:?}"),
        }
    }
    let day = "2024-03-04";
    check(&format!("1,{day} 09:00,Open,,,,{day} 10:00,ada@example.com,Ada,1"), Ok("open - - ada@example.com 0"));
    check(&format!("1,{day} 09:00,open,25,,,{day} 10:00,-,Ada,3"), Ok("open 09:25 - Ada 2"));
    check(&format!("1,{day} 09:00,Closed,2.5,{day} 11:00,{day} 12:00,{day} 13:00,,,0"), Ok("resolved 09:02 11:00 - 0"));
    check(&format!("1,{day} 09:00,CLOSED,,,{day} 12:00,{day} 13:00,,,-"), Ok("resolved - 12:00 - -"));
    check(&format!("1,{day} 09:00,Closed,,,-,{day} 13:00,,,-"), Ok("resolved - 13:00 - -"));
    check(&format!("1,{day} 09:00,Shipped,,{day} 11:00,,,,,-"), Ok("resolved - 11:00 - -"));
    check(&format!("1,{day} 09:00,Shipped,,,,{day} 13:00,,,-"), Ok("open - - - -"));
    // What a ticket that came back still says of its last end does not count.
    check(&format!("1,{day} 09:00,Open,,{day} 11:00,,,,,-"), Ok("open - - - -"));
    check(&format!("1,{day} 09:00,Closed,,,,,,,-"), Err(("status", "does not say when: `solved` and `closed` hold nothing")));
    check(&format!("1,{day} 09:00,Closed,,,,{day} 08:00,,,-"), Err(("updated", "before the ticket was opened")));
    check(&format!("1,{day} 09:00,Open,soon,,,,,,-"), Err(("reply", "not a number of minutes from 0")));
    check(&format!("1,{day} 09:00,Open,-5,,,,,,-"), Err(("reply", "not a number of minutes from 0")));
    check(&format!("1,{day} 09:00,Open,NaN,,,,,,-"), Err(("reply", "not a number of minutes from 0")));
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
    let history = history(&map_with("", ""), &text);
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

#[test]
fn a_dimension_becomes_the_value_of_a_field() {
    const MAP: &str = r#"source = "desk"
[time]
formats = ["iso"]
[columns]
id = "id"
opened = "opened"
resolved = "solved"
[dimensions]
place = "location"
[fields]
country = "place"
"#;
    let history = history(&map_of(MAP), "id,opened,solved,location\n1,2024-03-04 09:00,,Norway\n2,2024-03-04 09:00,,\n");
    let fields: Vec<Vec<(String, String)>> = history.tickets.iter().map(|t| history.past(t).fields.into_iter().collect()).collect();
    assert_eq!(fields, [vec![("country".to_owned(), "Norway".to_owned())], vec![]]);
}
