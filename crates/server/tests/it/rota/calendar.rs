//! What calendars and the forecast say of a rota.

use super::{Team, replace, t};
use crate::desk::text;
use crate::support::on_both;
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span};
use icalendar::{Calendar, CalendarComponent, CalendarDateTime, Component, DatePerhapsTime, Event};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The entries of a calendar, by name of their lines: read by the rules of RFC 5545 and not by what wrote it.
pub(super) fn entries(text: &str) -> Vec<BTreeMap<String, String>> {
    let whole = text.strip_suffix("\r\n").expect("the last line ends");
    for line in whole.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\n', '\r']) && !line.is_empty(), "{line:?}");
    }
    let unfolded = whole.replace("\r\n ", "");
    let lines: Vec<(&str, &str)> = unfolded.split("\r\n").map(|l| l.split_once(':').unwrap_or_else(|| panic!("{l}"))).collect();
    assert_eq!((lines[0], lines[1], lines[lines.len() - 1]), (("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("END", "VCALENDAR")));
    assert!(lines.iter().any(|(name, _)| *name == "PRODID"));
    let mut found: Vec<BTreeMap<String, String>> = vec![];
    let mut inside = false;
    for (name, value) in lines {
        match (name, value) {
            ("BEGIN", "VEVENT") => {
                assert!(!inside);
                inside = true;
                found.push(BTreeMap::new());
            }
            ("END", "VEVENT") => inside = false,
            _ if inside => assert!(found.last_mut().unwrap().insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice"),
            _ => {}
        }
    }
    for entry in &found {
        for name in ["DTSTAMP", "DTSTART", "DTEND", "LAST-MODIFIED"] {
            let at = &entry[name];
            let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
            assert!(at.len() == 16 && digits(&at[..8]) && &at[8..9] == "T" && digits(&at[9..15]) && at.ends_with('Z'), "{name}: {at}");
        }
        assert!(entry["DTSTART"] < entry["DTEND"] && entry["SEQUENCE"].parse::<u32>().is_ok() && !entry["SUMMARY"].is_empty(), "{entry:?}");
    }
    by_another_parser(text, &found);
    let uids: BTreeSet<&String> = found.iter().map(|e| &e["UID"]).collect();
    assert_eq!(uids.len(), found.len(), "an UID twice");
    found
}

/// A parser of others reads the same entries, and times that are instants.
fn by_another_parser(text: &str, found: &[BTreeMap<String, String>]) {
    let calendar: Calendar = text.parse().unwrap_or_else(|why| panic!("{why}: {text}"));
    let events: Vec<&Event> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
    assert_eq!((events.len(), events.len()), (calendar.components.len(), found.len()), "{text}");
    for (event, entry) in events.iter().zip(found) {
        assert_eq!((event.get_uid(), event.get_sequence()), (Some(entry["UID"].as_str()), entry["SEQUENCE"].parse().ok()));
        let at = |time: Option<DatePerhapsTime>| match time {
            Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(at))) => at.format("%Y%m%dT%H%M%SZ").to_string(),
            other => panic!("{other:?} is no instant: {text}"),
        };
        assert_eq!((at(event.get_start()), at(event.get_end())), (entry["DTSTART"].clone(), entry["DTEND"].clone()));
        assert_eq!(event.property_value("STATUS"), entry.get("STATUS").map(String::as_str));
    }
}

/// Start and end on that day, sequence and status of each entry.
pub(super) fn lines(entries: &[BTreeMap<String, String>]) -> Vec<String> {
    entries.iter().map(|e| format!("{} {} {} {}", &e["DTSTART"][6..11], &e["DTEND"][6..11], e["SEQUENCE"], e["STATUS"])).collect()
}

#[tokio::test]
async fn calendars_follow_the_rota_behind_an_address_that_can_be_taken_back() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        assert_eq!(desk.owner.get("/calendar-address").await.good()["path"], Value::Null);
        let address = desk.owner.post("/calendar-address", &json!({})).await.good();
        let path = text(&address["path"]);
        let anybody = test.stranger();
        let first = anybody.get(&path).await;
        assert_eq!((first.status.as_u16(), first.header("content-type")), (200, Some("text/calendar; charset=utf-8")));
        let before = entries(&first.text);
        assert_eq!(lines(&before), ["16T07 16T15 1 CONFIRMED", "17T07 17T15 0 CONFIRMED", "18T07 18T15 0 CONFIRMED", "19T07 19T15 0 CONFIRMED"]);
        assert_eq!(before[0]["SUMMARY"], "Decides: New prices");
        // The same until something changes, whenever it is read.
        let tag = first.header("etag").unwrap().to_owned();
        test.app.clock.advance(Span::hours(1));
        let again = anybody.request(reqwest::Method::GET, &path).header("if-none-match", &tag).send().await.unwrap();
        assert_eq!(again.status().as_u16(), 304);

        // A part is given away, and a whole one: moved and called off, each under its UID.
        team.put(replace("jonas", "noor"), "17T08:00", "17T10:00", true).await.good();
        team.put(replace("jonas", "noor"), "18T08:00", "18T16:00", true).await.good();
        let after = entries(&anybody.get(&path).await.text);
        assert_eq!(lines(&after), ["16T07 16T15 1 CONFIRMED", "17T09 17T15 1 CONFIRMED", "18T07 18T15 1 CANCELLED", "19T07 19T15 0 CONFIRMED"]);
        for (was, is) in before.iter().zip(&after) {
            assert_eq!(was["UID"], is["UID"]);
        }
        assert_ne!(anybody.get(&path).await.header("etag").unwrap(), tag);
        // Everybody's: four shifts of each of three, and Noor's two.
        let whole = entries(&anybody.get(&text(&address["windows"][0]["path"])).await.text);
        assert_eq!(whole.len(), 14);
        assert!(whole.iter().any(|e| e["SUMMARY"] == "Noor Haddad (Decides)"), "{whole:?}");

        // Another address: the one before leads nowhere, and so does one that was made up or whose person is gone.
        let renewed = text(&desk.owner.post("/calendar-address", &json!({})).await.good()["path"]);
        anybody.get(&path).await.problem(404);
        anybody.get(&renewed).await;
        anybody.get(&format!("{}a", renewed)).await.problem(404);
        desk.owner.delete("/calendar-address").await.good();
        anybody.get(&renewed).await.problem(404);
        let ivo = text(&team.ivo.post("/calendar-address", &json!({})).await.good()["path"]);
        assert_eq!(anybody.get(&ivo).await.status.as_u16(), 200);
        let admin = test.signed_in("Ada Min", Role::Admin).await;
        let id = text(&team.ivo.get("/session").await.good()["user"]["id"]);
        admin.patch(&format!("/users/{id}"), &json!({ "disabled": true })).await.good();
        anybody.get(&ivo).await.problem(404);
        // What was called off goes after a while.
        let noor = text(&team.noor.post("/calendar-address", &json!({})).await.good()["path"]);
        assert_eq!(entries(&anybody.get(&noor).await.text).len(), 2);
        test.app.clock.set(t("19T12:00") + Span::days(40));
        assert_eq!(entries(&anybody.get(&noor).await.text).len(), 0);
    })
    .await;
}

#[tokio::test]
async fn people_needed_stand_beside_those_on_duty_where_there_is_a_forecast() {
    on_both(async |test| {
        let team = Team::live(test).await;
        let desk = &team.desk;
        let staffing = desk.agent.get(&desk.at("/rota/staffing")).await.good();
        assert_eq!(staffing["stretches"], json!([]));
        assert!(text(&staffing["basis"]).contains("needs 50 chats"), "{staffing}");
        // Sixty chats between 09:00 and 10:00 of a Monday: of four Mondays that are fifteen in that hour, and none in the others.
        for i in 0..60 {
            desk.writes(Channel::Chat, &format!("Customer {i}"), "Will the new price also apply to our charity discount next spring?").await;
        }
        test.app.clock.advance(Span::hours(2));
        let staffing = desk.agent.get(&desk.at("/rota/staffing")).await.good();
        let stretches = staffing["stretches"].as_array().unwrap();
        let busy: Vec<&Value> = stretches.iter().filter(|s| s["short_by"] != 0).collect();
        assert_eq!(busy.len(), 2, "the next two Mondays, 09:00: {staffing}");
        assert_eq!((&busy[0]["from"], &busy[0]["on_duty"]), (&json!("2026-11-23T08:00:00Z"), &json!(0.0)));
        assert!(busy[0]["needed"].as_u64().unwrap() >= 3, "{staffing}");
        assert!(text(&staffing["basis"]).starts_with("60 chats"), "{staffing}");
    })
    .await;
}
