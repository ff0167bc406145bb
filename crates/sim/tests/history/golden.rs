//! Small invented exports of each shipped map, and what must be read from them.

use crate::load;
use hypercare_core::conversation::Status;
use hypercare_sim::history::History;

/// What a ticket becomes, in one line: status; answered, settled, handed on, rated; severity; topic dimension; contact.
fn told(history: &History, index: usize) -> String {
    let ticket = &history.tickets[index];
    let past = history.past(ticket);
    let time = |at: Option<hypercare_core::Timestamp>| at.map_or("-".to_owned(), |at| at.to_jiff().strftime("%d %H:%M").to_string());
    let contact = ticket.contact.and_then(|c| history.names.text(c)).unwrap_or("-");
    let topic = past.triage.scenario.as_deref().or(past.triage.category.as_deref()).unwrap_or("-");
    format!(
        "{} {} opened {}, answered {}, settled {}, handed {}, back {}, rated {}, {}, {topic}, {contact}",
        past.id,
        past.status.word(),
        time(Some(ticket.opened)),
        time(past.first_response_at),
        time(past.resolved_at),
        ticket.handed.len(),
        past.reopened,
        past.rating.map_or("-".into(), |r| r.to_string()),
        past.triage.severity.word()
    )
}

/// What the tickets of an export become, and where the rows are that say nothing that can be true.
#[track_caller]
fn check(name: &str, bytes: &[u8], odd: &[&str], expected: &[&str]) {
    let (history, bad) = load(name, bytes);
    let got: Vec<String> = (0..history.tickets.len()).map(|i| told(&history, i)).collect();
    assert_eq!(got, expected, "{name}");
    let places: Vec<String> = bad.iter().map(|bad| format!("{} {}: {}", bad.line, bad.column, bad.reason)).collect();
    assert!(places.len() == odd.len() && places.iter().zip(odd).all(|(place, odd)| place.starts_with(odd)), "{name}: {places:?}");
}

#[test]
fn servicenow() {
    check(
        "servicenow",
        include_bytes!("../data/servicenow.csv"),
        &[],
        &[
            "INC01 resolved opened 07 09:00, answered 07 09:30, settled 07 15:00, handed 1, back 0, rated -, normal, Locked out, ada",
            "INC02 resolved opened 08 10:00, answered 08 10:00, settled 09 12:00, handed 0, back 0, rated -, high, Billing, bo",
            "INC03 waiting opened 09 10:00, answered 09 11:00, settled -, handed 0, back 1, rated -, high, Locked out, ada",
        ],
    );
}

#[test]
fn bpi2014() {
    // Written in local time of Amsterdam.
    check(
        "bpi2014",
        include_bytes!("../data/bpi2014.csv"),
        &["6 Open Time: no such time; expected %d/%m/%Y %H:%M:%S"],
        &[
            "IM01 resolved opened 05 12:32, answered -, settled 06 12:32, handed 0, back 0, rated -, low, KM1, -",
            "IM02 resolved opened 06 07:00, answered -, settled 06 09:00, handed 0, back 0, rated -, normal, KM2, -",
            "IM03 open opened 07 08:15, answered -, settled -, handed 0, back 0, rated -, high, KM1, -",
            "IM04 resolved opened 07 09:05, answered -, settled 08 15:30, handed 0, back 0, rated -, normal, incident, -",
            "IM06 open opened 25 01:30, answered -, settled -, handed 0, back 0, rated -, low, KM3, -",
        ],
    );
}

#[test]
fn freshdesk() {
    check(
        "freshdesk",
        include_bytes!("../data/freshdesk.csv"),
        &["10 Created time: no such time; expected iso"],
        &[
            "11 resolved opened 04 09:00, answered 04 09:40, settled 04 12:30, handed 0, back 0, rated 5, critical, Question, ada@example.com",
            "12 waiting opened 04 10:00, answered 04 11:00, settled -, handed 0, back 0, rated -, low, Problem, bo@example.com",
            "13 open opened 05 10:00, answered -, settled -, handed 0, back 0, rated -, normal, -, ada@example.com",
            "14 resolved opened 05 11:00, answered 05 11:05, settled 06 15:00, handed 0, back 0, rated 1, high, Problem, 903",
            "15 resolved opened 06 08:00, answered -, settled 06 08:02, handed 0, back 0, rated -, low, -, news@example.com",
            "17 open opened 07 09:00, answered 07 09:10, settled -, handed 0, back 0, rated -, high, Question, di@example.com",
        ],
    );
}

#[test]
fn zendesk() {
    check(
        "zendesk",
        include_bytes!("../data/zendesk.jsonl"),
        &["4 : not an object"],
        &[
            "21 resolved opened 04 09:00, answered 04 09:25, settled 04 13:00, handed 0, back 1, rated 5, high, question, ada@example.com",
            "22 open opened 05 09:00, answered -, settled -, handed 0, back 0, rated -, normal, -, 8",
            "23 waiting opened 05 11:00, answered -, settled -, handed 0, back 0, rated -, normal, problem, ada@example.com",
            "25 resolved opened 05 12:00, answered -, settled 09 12:30, handed 0, back 0, rated -, low, task, 9",
            "26 open opened 06 08:00, answered 06 08:00, settled -, handed 0, back 2, rated -, critical, incident, 10",
            "27 resolved opened 06 08:30, answered 06 08:42, settled 06 09:45, handed 0, back 0, rated 1, critical, incident, 11",
            "28 resolved opened 06 08:30, answered -, settled 06 10:00, handed 0, back 0, rated -, critical, incident, 11",
        ],
    );
}

#[test]
fn zendesk_csv() {
    check(
        "zendesk-csv",
        include_bytes!("../data/zendesk-csv.csv"),
        &["7 Solved at: before the ticket was opened"],
        &[
            "31 resolved opened 04 09:00, answered 04 09:25, settled 04 13:00, handed 0, back 1, rated 5, high, Question, ada@example.com",
            "32 open opened 05 09:00, answered -, settled -, handed 0, back 0, rated -, normal, -, bo@example.com",
            "33 waiting opened 05 11:00, answered 05 12:00, settled -, handed 0, back 0, rated -, normal, Problem, 9",
            "34 open opened 06 08:00, answered 06 08:00, settled -, handed 0, back 2, rated -, critical, Incident, di@example.com",
            "35 resolved opened 06 08:30, answered 06 08:42, settled 06 09:45, handed 0, back 0, rated 1, critical, Incident, ed@example.com",
            "37 resolved opened 07 12:30, answered -, settled 07 13:00, handed 0, back 0, rated -, low, Task, flo@example.com",
        ],
    );
}

#[test]
fn jira() {
    check(
        "jira",
        include_bytes!("../data/jira.csv"),
        &["10 Created: no such time; expected %d/%b/%y %I:%M %p"],
        &[
            "IT-1 resolved opened 04 09:00, answered 04 09:12, settled 05 13:00, handed 0, back 0, rated 5, critical, Network, ada",
            "IT-2 waiting opened 05 10:00, answered -, settled -, handed 0, back 0, rated -, normal, Hardware, bo",
            "IT-3 open opened 06 10:00, answered -, settled -, handed 0, back 0, rated -, low, Hardware, ada",
            "IT-4 resolved opened 06 15:05, answered -, settled 06 16:05, handed 0, back 0, rated -, high, Incident, cy",
            "IT-5 resolved opened 06 23:00, answered -, settled 07 09:30, handed 0, back 0, rated -, low, Doors, cy",
            "IT-7 open opened 12 15:05, answered -, settled -, handed 0, back 0, rated -, high, Network, di",
        ],
    );
}

#[test]
fn helpscout() {
    check(
        "helpscout",
        include_bytes!("../data/helpscout.jsonl"),
        &["6 : no JSON at character"],
        &[
            "31 resolved opened 04 09:00, answered -, settled 04 10:30, handed 0, back 0, rated -, normal, -, ada@example.com",
            "32 open opened 05 09:00, answered -, settled -, handed 0, back 0, rated -, normal, -, bo@example.com",
            "33 waiting opened 05 10:00, answered -, settled -, handed 0, back 0, rated -, normal, -, ada@example.com",
            "34 resolved opened 05 11:00, answered -, settled 05 12:15, handed 0, back 0, rated -, normal, -, 503",
            "35 resolved opened 05 12:00, answered -, settled 05 12:00, handed 0, back 0, rated -, normal, -, bo@example.com",
            "37 open opened 06 10:00, answered -, settled -, handed 0, back 0, rated -, normal, -, ada@example.com",
        ],
    );
}

#[test]
fn hypercare() {
    check(
        "hypercare",
        include_bytes!("../data/hypercare.jsonl"),
        &["5 status: settled, but the row does not say when: `resolved_at` hold"],
        &[
            "7301 resolved opened 17 09:00, answered 17 09:20, settled 17 10:00, handed 0, back 0, rated 5, normal, price-higher, 88",
            "7302 open opened 17 09:30, answered -, settled -, handed 0, back 0, rated -, critical, -, bo@example.com",
            "7303 waiting opened 18 08:00, answered 18 08:30, settled -, handed 0, back 0, rated 4, low, price-higher, 88",
            "7304 resolved opened 18 08:10, answered 18 08:11, settled 18 09:00, handed 0, back 0, rated -, normal, which-plan, cy@example.com",
            "7306 open opened 19 09:00, answered -, settled -, handed 0, back 0, rated -, normal, which-plan, di@example.com",
        ],
    );
}

/// A longer export of the same tickets says the same of those that were whole in the shorter one, so importing a prefix and then all is importing all.
#[test]
fn a_prefix_says_nothing_else() {
    let text = include_str!("../data/servicenow.csv");
    let (whole, _) = load("servicenow", text.as_bytes());
    for keep in 2..text.lines().count() {
        let prefix = text.lines().take(keep).collect::<Vec<_>>().join("\n");
        for ticket in &load("servicenow", prefix.as_bytes()).0.tickets {
            let later = whole.tickets.iter().find(|t| t.id == ticket.id).unwrap();
            assert_eq!((ticket.opened, ticket.known), (later.opened, later.known));
            assert!(later.handed.starts_with(&ticket.handed) && later.looks.starts_with(&ticket.looks), "{}", ticket.id);
            if whole.past(later).status == Status::Open {
                assert_eq!(ticket.settled, later.settled);
            }
        }
    }
}
