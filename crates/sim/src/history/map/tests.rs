//! Maps with one fault each, and the shipped ones, which have none.

use super::*;

/// A map without faults, into which each case puts one.
const GOOD: &str = r#"source = "desk"
[file]
delimiter = ";"
rows = "events"
missing = ["?"]
[time]
formats = ["iso"]
zone = "Europe/Berlin"
[columns]
id = "number"
opened = "opened_at"
updated = "updated_at"
status = "state"
resolved = { name = "resolved_at", final = true }
severity = "priority"
[status]
untouched = ["New"]
open = ["Active"]
resolved = ["Resolved"]
[severity]
high = ["1"]
normal = ["2"]
other = "low"
[meaning]
topic = ["place"]
[dimensions]
place = "location"
"#;

/// The map with one line put in another's place has one fault: there, saying this.
#[track_caller]
fn check_fault(old: &str, new: &str, line: usize, says: &str, helps: &str) {
    assert!(GOOD.contains(old), "`{old}` is not in the map");
    let checked = check(&GOOD.replacen(old, new, 1));
    assert!(checked.map.is_none(), "no fault was found");
    let problem = checked.problems.iter().find(|p| p.message.contains(says)).unwrap_or_else(|| panic!("{:?}", checked.problems));
    assert_eq!(problem.line, line, "{problem}");
    assert!(problem.help.as_deref().unwrap_or_default().contains(helps), "{problem:?}");
}

#[test]
fn faults_say_where_and_what_instead() {
    let good = check(GOOD);
    assert!(good.problems.is_empty(), "{:?}", good.problems);
    check_fault("source = \"desk\"", "source = \"My Desk\"", 1, "no name of a source", "small letters");
    check_fault("delimiter = \";\"", "delimiter = \";;\"", 3, "no delimiter", "one character");
    check_fault("rows = \"events\"", "rows = \"event\"", 4, "`event` is no rows", "\"events\"");
    check_fault("missing = [\"?\"]", "mising = [\"?\"]", 5, "unknown field `mising`", "did you mean `missing`?");
    check_fault("missing = [\"?\"]", "encoding = \"ascii\"", 5, "no encoding", "latin-1");
    check_fault("formats = [\"iso\"]", "formats = [\"dd/mm/yyyy\"]", 7, "no form of a time", "%d/%m/%Y");
    check_fault("formats = [\"iso\"]", "formats = [\"%d %H:%M\"]", 7, "does not read dates", "%Y");
    check_fault("formats = [\"iso\"]", "formats = []", 7, "no format is given", "iso");
    check_fault("zone = \"Europe/Berlin\"", "zone = \"Berlin\"", 8, "no time zone `Berlin`", "Europe/Berlin");
    check_fault("id = \"number\"", "", 9, "which ticket a row is about", "id = ");
    check_fault("id = \"number\"", "id = \" \"", 10, "a column has a name", "header");
    check_fault("opened = ", "openend = ", 11, "nothing in a ticket is called `openend`", "did you mean `opened`?");
    check_fault("updated = \"updated_at\"", "", 9, "when the row was written", "updated = ");
    check_fault("status = \"state\"", "status = { name = \"state\", final = true }", 13, "cannot be final", "from row to row");
    check_fault("status = \"state\"", "status = { name = [] }", 13, "a column has a name", "header");
    check_fault("status = \"state\"", "status = { name = \"state\", minutes = true }", 13, "`status` cannot be minutes", "first_response");
    check_fault("status = \"state\"", "status = { name = \"state\", from = 1 }", 13, "cannot be counted", "reassignments");
    check_fault("place = \"location\"", "place = \"location\"\n[fields]\nplace = \"plaec\"", 29, "no dimension `plaec`", "did you mean `place`?");
    check_fault("place = \"location\"", "place = { name = [\"a\", \"b\"], minutes = true }", 27, "`a dimension` cannot be minutes", "");
    check_fault("resolved = [\"Resolved\"]", "resolved = [\"Resolved\"]\nother = \"by-time\"", 20, "one row for each ticket", "rows = \"events\"");
    check_fault("severity = \"priority\"", "severity = 4", 15, "a column is its name", "");
    check_fault("open = [\"Active\"]", "open = [\"Active\", \"New\"]", 18, "`New` stands in two lists", "one thing");
    check_fault("resolved = [\"Resolved\"]", "solved = [\"Resolved\"]", 19, "unknown field `solved`", "did you mean `resolved`?");
    check_fault("other = \"low\"", "other = \"small\"", 23, "no severity", "critical");
    check_fault("topic = [\"place\"]", "topic = [\"plaec\"]", 25, "no dimension `plaec`", "did you mean `place`?");
    check_fault("place = \"location\"", "place = { nam = \"location\" }", 27, "a column is its name", "");
    check_fault("[time]", "[time", 6, "", "");
}

#[test]
fn what_is_not_named_cannot_be_read() {
    let without = |from: &str, to: &str| {
        let (start, end) = (GOOD.find(from).unwrap(), GOOD.find(to).unwrap());
        check(&format!("{}{}", &GOOD[..start], &GOOD[end..])).problems
    };
    assert!(without("[status]", "[severity]")[0].message.contains("what its values mean"));
    assert!(without("[severity]", "[meaning]")[0].message.contains("what its values mean"));
    assert!(without("[time]", "[columns]")[0].message.contains("time"));
    let tickets = GOOD.replace("rows = \"events\"", "rows = \"tickets\"");
    let says: Vec<String> = check(&tickets).problems.into_iter().map(|p| p.message).collect();
    assert!(says.iter().any(|s| s.contains("orders rows of events")) && says.iter().any(|s| s.contains("holds last values anyway")), "{says:?}");
    let long = format!("{GOOD}#{}", "x".repeat(200_001));
    assert!(check(&long).problems[0].message.contains("a map has at most"));
}

#[test]
fn shipped_maps_have_no_faults_and_say_what_they_are_for() {
    for map in SHIPPED {
        let checked = check(map.text);
        assert!(checked.problems.is_empty(), "{}: {:?}", map.name, checked.problems);
        let read = checked.map.unwrap();
        // Two exports of one desk have one source, so that none of its tickets is taken over twice.
        assert_eq!(read.source, map.name.trim_end_matches("-csv"));
        assert!(!read.about.is_empty() && !read.topic.is_empty(), "{}", map.name);
    }
    assert!(shipped("servicenow").is_some() && shipped("nothing").is_none());
}
