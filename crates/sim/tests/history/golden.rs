//! Small invented exports of each shipped map, and what must be read from them.

use hypercare_core::conversation::Status;
use hypercare_sim::history::{History, Options, map, read};

fn load(name: &str, text: &[u8]) -> History {
    let map = map::check(map::shipped(name).unwrap().text).map.unwrap();
    read(text, &map, Options { max_bad: 0.0, texts: true }, &mut |bad| panic!("{name}: {bad:?}"), &mut |_| {}).unwrap()
}

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

#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) {
    let history = load(name, text.as_bytes());
    let got: Vec<String> = (0..history.tickets.len()).map(|i| told(&history, i)).collect();
    assert_eq!(got, expected, "{name}");
    // The end of the file later in the day changes nothing about what is there: a prefix is a prefix.
    let lines: Vec<&str> = text.lines().collect();
    let prefix = lines[..lines.len() - 1].join("\n");
    assert!(load(name, prefix.as_bytes()).tickets.len() + 1 >= expected.len());
}

#[test]
fn servicenow() {
    check(
        "servicenow",
        include_str!("../data/servicenow.csv"),
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
        include_str!("../data/bpi2014.csv"),
        &[
            "IM01 resolved opened 05 12:32, answered -, settled 06 12:32, handed 0, back 0, rated -, low, KM1, -",
            "IM02 resolved opened 06 07:00, answered -, settled 06 09:00, handed 0, back 0, rated -, normal, KM2, -",
            "IM03 open opened 07 08:15, answered -, settled -, handed 0, back 0, rated -, high, KM1, -",
        ],
    );
}

#[test]
fn freshdesk() {
    check(
        "freshdesk",
        include_str!("../data/freshdesk.csv"),
        &[
            "11 resolved opened 04 09:00, answered 04 09:40, settled 04 12:30, handed 0, back 0, rated 5, critical, Question, ada@example.com",
            "12 waiting opened 04 10:00, answered 04 11:00, settled -, handed 0, back 0, rated -, low, Problem, bo@example.com",
            "13 open opened 05 10:00, answered -, settled -, handed 0, back 0, rated -, normal, -, ada@example.com",
        ],
    );
}

#[test]
fn zendesk() {
    check(
        "zendesk",
        include_str!("../data/zendesk.jsonl"),
        &[
            "21 resolved opened 04 09:00, answered -, settled 04 13:00, handed 0, back 1, rated 5, high, question, 7",
            "22 open opened 05 09:00, answered -, settled -, handed 0, back 0, rated -, normal, -, 8",
            "23 waiting opened 05 11:00, answered -, settled -, handed 0, back 0, rated -, normal, problem, 7",
        ],
    );
}

#[test]
fn jira() {
    check(
        "jira",
        include_str!("../data/jira.csv"),
        &[
            "IT-1 resolved opened 04 09:00, answered -, settled 05 13:00, handed 0, back 0, rated -, critical, Network, ada",
            "IT-2 waiting opened 05 10:00, answered -, settled -, handed 0, back 0, rated -, normal, Hardware, bo",
            "IT-3 open opened 06 10:00, answered -, settled -, handed 0, back 0, rated -, low, Hardware, ada",
        ],
    );
}

#[test]
fn helpscout() {
    check(
        "helpscout",
        include_str!("../data/helpscout.jsonl"),
        &[
            "31 resolved opened 04 09:00, answered -, settled 04 10:30, handed 0, back 0, rated -, normal, -, ada@example.com",
            "32 open opened 05 09:00, answered -, settled -, handed 0, back 0, rated -, normal, -, bo@example.com",
            "33 waiting opened 05 10:00, answered -, settled -, handed 0, back 0, rated -, normal, -, ada@example.com",
        ],
    );
}

#[test]
fn hypercare() {
    check(
        "hypercare",
        include_str!("../data/hypercare.jsonl"),
        &[
            "7301 resolved opened 17 09:00, answered 17 09:20, settled 17 10:00, handed 0, back 0, rated 5, normal, price-higher, 88",
            "7302 open opened 17 09:30, answered -, settled -, handed 0, back 0, rated -, critical, -, 89",
            "7303 waiting opened 18 08:00, answered 18 08:30, settled -, handed 0, back 0, rated 4, low, price-higher, 88",
        ],
    );
}

/// A longer export of the same tickets says the same of those that were whole in the shorter one, so importing a prefix and then all is importing all.
#[test]
fn a_prefix_says_nothing_else() {
    let text = include_str!("../data/servicenow.csv");
    let whole = load("servicenow", text.as_bytes());
    for keep in 2..text.lines().count() {
        let prefix = text.lines().take(keep).collect::<Vec<_>>().join("\n");
        for ticket in &load("servicenow", prefix.as_bytes()).tickets {
            let later = whole.tickets.iter().find(|t| t.id == ticket.id).unwrap();
            assert_eq!((ticket.opened, ticket.known), (later.opened, later.known));
            assert!(later.handed.starts_with(&ticket.handed) && later.looks.starts_with(&ticket.looks), "{}", ticket.id);
            if whole.past(later).status == Status::Open {
                assert_eq!(ticket.settled, later.settled);
            }
        }
    }
}
