//! How colleagues are reached beside the console: by their rules, not in their night, once, and what became of it can be read.

use crate::desk::{Desk, PLAN, by, items, text};
use crate::support::receiver::Receiver;
use crate::support::{Client, TestApp, on_both};
use hypercare_core::role::Role;
use hypercare_core::{Channel, ConversationId, Span, Timestamp};
use hypercare_server::outbox::Undelivered;
use hypercare_server::{letters, outward, reach};
use serde_json::{Value, json};

const BLOCKED: &str = "Why is my invoice higher? I cannot log in and cannot pay, everything is blocked!";
const PLAIN: &str = "Why is my invoice higher? Nobody told me.";

/// The team's window, with a path that reaches Mara, who is not on duty, and one that reaches Olga, who decides at night.
async fn live(test: &TestApp) -> Desk<'_> {
    let desk = Desk::ready(test).await;
    let night = "[[escalations]]\nkey = \"night\"\nname = \"Night\"\nto = [\"olga@example.org\"]\n\n[[escalations]]\nkey = \"billing\"";
    let plan = PLAN.replace("[[escalations]]\nkey = \"billing\"", night);
    // One shift without a handover: Olga decides all the time.
    let plan = plan.replace("owner = \"jonas@example.org\"\nfrom", "owner = \"olga@example.org\"\nfrom");
    assert_eq!(plan.matches("owner = \"olga@example.org\"\nfrom").count(), 2);
    desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active" })).await.good();
    desk
}

/// Plays time to an instant.
async fn play(test: &TestApp, to: &str) {
    let to = Timestamp::parse(to).unwrap();
    assert!(to >= test.now(), "{} is over", test.now());
    test.forward(to - test.now()).await;
}

async fn escalate(desk: &Desk<'_>, name: &str, said: &str, to: &str) -> ConversationId {
    let id = desk.writes(Channel::Form, name, said).await;
    desk.agent.post(&format!("/conversations/{id}/escalate"), &json!({ "to": to, "reason": "Their contract is special." })).await.good();
    desk.test.forward(Span::ZERO).await;
    id
}

async fn mention(desk: &Desk<'_>, whom: &Client) -> ConversationId {
    let id = desk.writes(Channel::Chat, "Ana Souza", PLAIN).await;
    let whom = text(&whom.get("/session").await.good()["user"]["id"]);
    desk.agent.post(&format!("/conversations/{id}/notes"), &json!({ "text": format!("@{{{whom}}}, Zanzibar?") })).await.good();
    desk.test.forward(Span::ZERO).await;
    id
}

async fn reached(who: &Client) -> Value {
    who.get("/notices/reach").await.good()
}

/// Changes somebody's rules.
async fn choose(who: &Client, change: impl FnOnce(&mut Value)) -> Value {
    let mut now = reached(who).await;
    change(&mut now["rules"]);
    who.put("/notices/reach", &json!({ "revision": now["revision"], "rules": now["rules"] })).await.good()
}

/// Quiet from ten to seven in Berlin, every day, unless it is critical.
fn nights(rules: &mut Value) {
    let days = json!(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    rules["zone"] = json!("Europe/Berlin");
    rules["quiet"] = json!({ "times": [{ "days": days, "from": "22:00", "to": "07:00" }], "breaks": "critical" });
}

/// Subjects of the mails that somebody got.
fn mails(test: &TestApp, to: &str) -> Vec<String> {
    test.post.to_colleagues().into_iter().filter(|mail| mail.to == to).map(|mail| mail.subject).collect()
}

/// What became of somebody's notices, the newest first: kind, state, reason, and whether it arrived.
async fn log(who: &Client) -> Vec<String> {
    let word = |line: &Value, name: &str| line[name].as_str().unwrap_or("-").to_owned();
    let all = who.get("/notices/log?limit=100").await.good();
    items(&all).iter().map(|l| format!("{} {} {} {}", word(l, "kind"), word(l, "state"), word(l, "reason"), word(l, "letter"))).collect()
}

async fn way(who: &Client, kind: &str, name: &str, address: &str) -> Value {
    who.post("/notices/ways", &json!({ "kind": kind, "name": name, "address": address })).await.good()
}

#[tokio::test]
async fn a_call_reaches_by_mail_at_once_whoever_did_nothing_and_says_no_word_of_a_customer() {
    on_both(async |test| {
        let desk = live(test).await;
        escalate(&desk, "Ana Souza", PLAIN, "billing").await;
        assert_eq!(mails(test, "mara@example.org"), ["Aiko Tanaka escalated a conversation to you"]);
        let mail = test.post.to_colleagues().remove(0);
        for word in ["Ana", "Souza", "invoice", "contract"] {
            assert!(!mail.text.contains(word) && !mail.subject.contains(word), "{word}: {}", mail.text);
        }
        assert!(mail.text.contains(&format!("/w/{}/inbox?c=", desk.window)) && mail.text.contains("/notifications"), "{}", mail.text);
        assert_eq!(log(&desk.lead).await, ["escalated sent at_once delivered"]);
        assert!(test.post.sent().iter().all(|letter| !letter.outbound.to.ends_with("@example.org")), "customers' mail is customers'");
        // Nothing is told twice, whoever looks again.
        let other = test.another_node().await;
        let (one, two) = tokio::join!(reach::step(&test.app), reach::step(&other));
        assert_eq!((one.unwrap(), two.unwrap()), (0, 0));
        assert_eq!(mails(test, "mara@example.org").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn at_night_only_what_is_severe_or_who_is_on_duty_is_reached_and_the_rest_comes_in_the_morning_together() {
    on_both(async |test| {
        let desk = live(test).await;
        let olga = test.sign_in("Olga Petrova").await;
        choose(&desk.lead, nights).await;
        choose(&olga, nights).await;
        // Eleven in the evening in Berlin.
        play(test, "2026-11-17T22:00:00Z").await;
        assert_eq!(reached(&desk.lead).await["quiet_until"], "2026-11-18T06:00:00Z");
        escalate(&desk, "Ana Souza", PLAIN, "night").await;
        assert_eq!(mails(test, "olga@example.org"), ["Aiko Tanaka escalated a conversation to you"]);
        assert!(log(&olga).await.contains(&"escalated sent on_duty delivered".to_owned()), "{:?}", log(&olga).await);
        mention(&desk, &desk.lead).await;
        escalate(&desk, "Ben Ode", PLAIN, "billing").await;
        assert!(mails(test, "mara@example.org").is_empty(), "she sleeps");
        escalate(&desk, "Cleo Roth", BLOCKED, "billing").await;
        assert_eq!(mails(test, "mara@example.org"), ["Aiko Tanaka escalated a conversation to you (critical)"]);
        let before = mails(test, "mara@example.org").len();
        play(test, "2026-11-18T05:59:59Z").await;
        let night: Vec<String> = mails(test, "mara@example.org").split_off(before);
        assert!(!night.is_empty() && night.iter().all(|subject| subject.contains("(critical)")), "called again, and by nothing else: {night:?}");
        let before = mails(test, "mara@example.org").len();
        play(test, "2026-11-18T06:00:00Z").await;
        let morning = mails(test, "mara@example.org").split_off(before);
        assert_eq!(morning.len(), 1, "{morning:?}");
        assert!(morning[0].contains(" notices: "), "{morning:?}");
        let told = log(&desk.lead).await;
        assert!(
            told.contains(&"mention sent quiet delivered".to_owned()) && told.contains(&"escalated sent breaks_quiet delivered".to_owned()),
            "{told:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_read_or_acted_on_in_time_is_not_told() {
    on_both(async |test| {
        let desk = live(test).await;
        let jonas = "jonas@example.org";
        mention(&desk, &desk.owner).await;
        let (unread, read) = (log(&desk.owner).await, test.now() + Span::mins(14));
        assert_eq!(unread, ["mention waiting if_unread -"]);
        test.forward(read - test.now()).await;
        desk.owner.post("/notices/read", &json!({ "all": true })).await.good();
        test.forward(Span::hours(1)).await;
        assert_eq!((mails(test, jonas), log(&desk.owner).await), (vec![], vec!["mention read if_unread -".to_owned()]));
        mention(&desk, &desk.owner).await;
        test.forward(Span::mins(15)).await;
        assert_eq!(mails(test, jonas), ["Aiko Tanaka mentioned you in a note"]);
        assert!(!test.post.to_colleagues().iter().any(|mail| mail.text.contains("Zanzibar")));
        // An escalation that somebody has seen before its time calls nobody.
        choose(&desk.lead, |rules| rules["choices"] = json!([{ "group": "act", "way": "0", "when": { "after": 10 } }])).await;
        let id = escalate(&desk, "Ben Ode", PLAIN, "billing").await;
        let seen = desk.lead.get(&format!("/conversations/{id}")).await.good();
        let escalation = text(&seen["escalation"]["id"]);
        test.forward(Span::mins(5)).await;
        desk.lead.post(&format!("/escalations/{escalation}/acknowledge"), &json!({})).await.good();
        test.forward(Span::mins(10)).await;
        assert_eq!(mails(test, "mara@example.org"), Vec::<String>::new());
        assert_eq!(log(&desk.lead).await, ["escalated settled if_unread -"]);
    })
    .await;
}

#[tokio::test]
async fn the_first_goes_at_once_and_what_follows_together() {
    on_both(async |test| {
        let desk = live(test).await;
        choose(&desk.owner, |rules| rules["choices"] = json!([{ "group": "mentions", "way": "0", "when": "at_once" }])).await;
        for _ in 0..4 {
            mention(&desk, &desk.owner).await;
            test.forward(Span::mins(1)).await;
        }
        let jonas = "jonas@example.org";
        assert_eq!(mails(test, jonas), ["Aiko Tanaka mentioned you in a note"]);
        test.forward(Span::mins(1)).await;
        assert_eq!(mails(test, jonas), ["Aiko Tanaka mentioned you in a note", "3 notices: Aiko Tanaka mentioned you in a note"]);
        assert_eq!(log(&desk.owner).await[0], "mention sent gathered delivered");
        assert_eq!(log(&desk.owner).await[3], "mention sent at_once delivered");
        // Many in the same minute: twenty are told in words, the others are counted.
        for _ in 0..24 {
            let id = desk.writes(Channel::Chat, "Ana Souza", PLAIN).await;
            let whom = text(&desk.owner.get("/session").await.good()["user"]["id"]);
            desk.agent.post(&format!("/conversations/{id}/notes"), &json!({ "text": format!("@{{{whom}}}") })).await.good();
        }
        test.forward(Span::mins(6)).await;
        let all = test.post.to_colleagues();
        let last = all.iter().rfind(|mail| mail.to == jonas).unwrap();
        assert!(last.subject.starts_with("24 notices: ") && last.text.contains("and 4 more: "), "{} {}", last.subject, last.text);
    })
    .await;
}

/// The notices of one message to Slack: a line each.
fn lines_of(told: &crate::support::receiver::Told) -> usize {
    text(&told.json()["text"]).lines().filter(|line| line.starts_with("• ")).count()
}

#[tokio::test]
async fn what_is_more_than_eight_messages_an_hour_waits_and_comes_together_and_none_is_lost() {
    on_both(async |test| {
        let (desk, receiver) = (live(test).await, Receiver::start().await);
        let slack = text(&way(&desk.owner, "slack", "Mine", &format!("{}/slack", receiver.url)).await["id"]);
        choose(&desk.owner, |rules| {
            rules["choices"] =
                json!([{ "group": "mentions", "way": slack, "when": "at_once" }, { "group": "mentions", "way": "0", "when": "never" }]);
        })
        .await;
        let began = test.now();
        // One in six minutes: none waits for the one before.
        for n in 1..=8 {
            mention(&desk, &desk.owner).await;
            assert_eq!(receiver.count(), n, "the first eight go at once");
            test.forward(Span::mins(6)).await;
        }
        for _ in 0..2 {
            mention(&desk, &desk.owner).await;
            test.forward(Span::mins(5)).await;
        }
        mention(&desk, &desk.owner).await;
        let asked = test.now() - began;
        assert_eq!((receiver.count(), asked), (8, Span::mins(58)), "three wait");
        test.forward(Span::mins(2) - Span::secs(1)).await;
        assert_eq!(receiver.count(), 8);
        // Slack itself asks for patience just then: it is the same message, once more.
        receiver.asks_to_wait(429, "240");
        test.forward(Span::secs(1)).await;
        assert_eq!(receiver.count(), 9, "an hour after the first");
        test.forward(Span::mins(4) - Span::secs(1)).await;
        assert_eq!(receiver.count(), 9, "not before Slack wants it");
        test.forward(Span::secs(1)).await;
        let told = receiver.told();
        assert_eq!((told.len(), told[8].json(), lines_of(&told[8])), (10, told[9].json(), 3), "{}", told[9].body);
        test.forward(Span::hours(3)).await;
        assert_eq!(receiver.count(), 10, "and nothing more");
        let arrived = receiver.told();
        let each: usize = arrived.iter().take(8).chain([&arrived[9]]).map(lines_of).sum();
        assert_eq!(each, 11, "each is told once");
        let became = log(&desk.owner).await;
        let of_slack: Vec<&String> = became.iter().filter(|line| line.contains(" sent ")).collect();
        assert_eq!(of_slack.iter().filter(|line| **line == "mention sent at_once delivered").count(), 8, "{became:?}");
        assert_eq!(of_slack.iter().filter(|line| **line == "mention sent throttled delivered").count(), 2, "{became:?}");
        assert_eq!(of_slack[0], "mention sent gathered delivered", "the last one joins the message that waits anyway");
        assert_eq!(of_slack.len(), 11);
        assert_eq!(mails(test, "jonas@example.org"), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn slack_and_a_program_are_told_with_patience_and_a_pause_that_is_asked_for_is_kept() {
    on_both(async |test| {
        let (desk, receiver) = (live(test).await, Receiver::start().await);
        let added = way(&desk.lead, "slack", "Team channel", &format!("{}/slack/T0/secretXYZ", receiver.url)).await;
        assert_eq!(added["secret"], Value::Null);
        let shown = added.to_string();
        assert!(shown.contains("…tXYZ") && !shown.contains("secretXYZ"), "{shown}");
        receiver.asks_to_wait(429, "120");
        escalate(&desk, "Ana Souza", PLAIN, "billing").await;
        assert_eq!(receiver.count(), 1);
        test.forward(Span::secs(119)).await;
        assert_eq!(receiver.count(), 1, "Slack asked for two minutes");
        test.forward(Span::secs(1)).await;
        assert_eq!(receiver.count(), 2);
        let (first, second) = (receiver.told()[0].json(), receiver.told()[1].json());
        assert_eq!(first, second);
        assert!(text(&first["text"]).starts_with("*For Mara Lind*\n• <http"), "{first}");

        let (id, secret) = (text(&added["id"]), {
            let added = way(&desk.lead, "webhook", "Pager", &format!("{}/pager", receiver.url)).await;
            text(&added["secret"])
        });
        desk.lead.delete(&format!("/notices/ways/{id}")).await.good();
        receiver.answers(&[500]);
        escalate(&desk, "Ben Ode", BLOCKED, "billing").await;
        assert_eq!(receiver.count(), 3);
        test.forward(Span::secs(10)).await;
        let told = receiver.told();
        assert_eq!((told.len(), told[2].path.as_str(), told[2].id()), (4, "/pager", told[3].id()), "the same message again");
        let last = told.last().unwrap();
        outward::verify([secret.as_str()], &last.headers, last.body.as_bytes(), test.now()).unwrap();
        let notice = last.json()["data"]["notices"][0].clone();
        assert_eq!((&notice["kind"], &notice["severity"]), (&json!("escalated"), &json!("critical")), "{notice}");
        assert!(!last.body.contains("invoice") && !last.body.contains("Ode"), "{}", last.body);
    })
    .await;
}

#[tokio::test]
async fn a_way_on_which_nothing_arrives_is_switched_off_and_its_person_told() {
    on_both(async |test| {
        let (desk, receiver) = (live(test).await, Receiver::start().await);
        let id = text(&way(&desk.lead, "slack", "Team channel", &format!("{}/slack", receiver.url)).await["id"]);
        receiver.answers(&[404, 404, 404]);
        for n in 1..=3 {
            desk.lead.post(&format!("/notices/ways/{id}/test"), &json!({})).await.good();
            test.forward(Span::secs(1)).await;
            let ways = reached(&desk.lead).await;
            let one = by(&ways["ways"], "id", &id);
            assert_eq!((&one["open"], &one["last"]["state"]), (&json!(n < 3), &json!("failed")), "{one}");
        }
        assert_eq!(items(&desk.lead.get("/notices").await.good())[0]["kind"], "way_off");
        let mails = mails(test, "mara@example.org");
        assert!(mails[0].starts_with("A way to reach you was switched off (Team channel: "), "{mails:?}");
        assert_eq!(desk.lead.post(&format!("/notices/ways/{id}/test"), &json!({})).await.status, 409);
        desk.lead.patch(&format!("/notices/ways/{id}"), &json!({ "enabled": true })).await.good();
        desk.lead.post(&format!("/notices/ways/{id}/test"), &json!({})).await.good();
        test.forward(Span::secs(1)).await;
        assert_eq!(by(&reached(&desk.lead).await["ways"], "id", &id)["last"]["state"], "delivered");
        // Whoever wants nothing any more is believed at once.
        receiver.answers(&[410]);
        escalate(&desk, "Ana Souza", PLAIN, "billing").await;
        assert_eq!(by(&reached(&desk.lead).await["ways"], "id", &id)["open"], false);
    })
    .await;
}

#[tokio::test]
async fn another_address_is_proved_by_whoever_reads_it() {
    on_both(async |test| {
        let desk = live(test).await;
        let added = way(&desk.lead, "email", "At home", "Mara@Home.example").await;
        let id = text(&added["id"]);
        test.forward(Span::ZERO).await;
        let letter = test.post.to_colleagues().into_iter().find(|mail| mail.to == "mara@home.example").unwrap();
        let link = letter.text.split_whitespace().find(|word| word.contains("confirm=")).unwrap();
        let (_, proof) = link.split_once(&format!("confirm={id}.")).unwrap();
        assert_eq!(desk.lead.post(&format!("/notices/ways/{id}/test"), &json!({})).await.status, 409);
        let wrong = desk.lead.post(&format!("/notices/ways/{id}/confirm"), &json!({ "proof": "aaaa" })).await;
        assert_eq!((wrong.status.as_u16(), wrong.json()["field"].clone()), (422, json!("proof")));
        let others = desk.owner.post(&format!("/notices/ways/{id}/confirm"), &json!({ "proof": proof })).await;
        assert_eq!(others.status, 404, "it is hers");
        assert_eq!(desk.lead.post(&format!("/notices/ways/{id}/ask"), &json!({})).await.status, 409, "asked just now");
        escalate(&desk, "Ana Souza", PLAIN, "billing").await;
        assert!(log(&desk.lead).await.contains(&"escalated muted way_shut -".to_owned()));
        for _ in 0..2 {
            desk.lead.post(&format!("/notices/ways/{id}/confirm"), &json!({ "proof": proof })).await.good();
        }
        escalate(&desk, "Ben Ode", PLAIN, "billing").await;
        assert_eq!(mails(test, "mara@home.example").len(), 2, "the question, and the call");
    })
    .await;
}

#[tokio::test]
async fn what_is_chosen_is_checked_kept_once_and_seen_by_leads() {
    on_both(async |test| {
        let desk = live(test).await;
        let before = reached(&desk.agent).await;
        assert_eq!((&before["revision"], &before["rules"]["choices"]), (&json!(0), &json!([])));
        let when =
            |list: &Value, group: &str| items(&json!({ "items": list["cells"] })).iter().find(|c| c["group"] == group).unwrap()["when"].clone();
        assert_eq!(
            (when(&before, "act"), when(&before, "mentions"), when(&before, "follow")),
            (json!("at_once"), json!({ "after": 15 }), json!("hourly"))
        );
        let wrong = |change: fn(&mut Value)| {
            let mut rules = before["rules"].clone();
            change(&mut rules);
            json!({ "revision": 0, "rules": rules })
        };
        for (change, field) in [
            ((|r: &mut Value| r["zone"] = json!("Mars/Olympus")) as fn(&mut Value), "rules.zone"),
            (|r| r["daily_at"] = json!("25:00"), "rules.daily_at"),
            (|r| r["choices"] = json!([{ "group": "act", "way": "77", "when": "never" }]), "rules.choices[0].way"),
            (|r| r["quiet"] = json!({ "times": [], "breaks": null }), "rules.quiet.times"),
        ] {
            let refused = desk.agent.put("/notices/reach", &wrong(change)).await;
            assert_eq!((refused.status.as_u16(), refused.json()["field"].clone()), (422, json!(field)));
        }
        choose(&desk.agent, nights).await;
        let stale = desk.agent.put("/notices/reach", &json!({ "revision": 0, "rules": before["rules"] })).await;
        assert_eq!(stale.status, 409);
        let inside = desk.agent.post("/notices/ways", &json!({ "kind": "slack", "name": "x", "address": "http://10.0.0.1/hook" })).await;
        assert_eq!((inside.status.as_u16(), inside.json()["field"].clone()), (422, json!("address")));

        let team = desk.lead.get("/notices/team").await.good();
        let olga = by(&team, "name", "Olga Petrova");
        assert_eq!((&olga["ways"][0]["address"], olga["call"].as_array().unwrap().len()), (&json!("olga@example.org"), 2));
        let aiko = text(&by(&team, "name", "Aiko Tanaka")["id"]);
        assert_eq!(desk.lead.get(&format!("/users/{aiko}/reach")).await.good()["rules"]["zone"], "Europe/Berlin");
        mention(&desk, &desk.agent).await;
        let told = desk.lead.get(&format!("/users/{aiko}/reach/log")).await.good();
        assert_eq!(items(&told).len(), 0, "who mentions themselves knows");
        assert_eq!(desk.agent.get("/notices/team").await.status, 403);
        let events = hypercare_store::queries::events::kinds_after(&mut test.app.reader(), 0, 10_000).await.unwrap();
        assert_eq!(events.iter().filter(|(_, kind)| kind == "notice.rules_changed").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_node_that_dies_between_two_steps_loses_and_doubles_nothing() {
    on_both(async |test| {
        let desk = live(test).await;
        desk.agent.get("/session").await.good();
        let id = desk.writes(Channel::Form, "Ana Souza", PLAIN).await;
        desk.agent.post(&format!("/conversations/{id}/escalate"), &json!({ "to": "billing", "reason": "Theirs." })).await.good();
        // Put together by one node, sent by another one, while the first comes back.
        let other = test.another_node().await;
        let (one, two) = tokio::join!(reach::step(&test.app), reach::step(&other));
        assert!(one.unwrap() + two.unwrap() >= 1);
        test.post.fail_colleagues(1, &Undelivered::Later("The mail server is away.".into()));
        let (one, two) = tokio::join!(letters::settle(&test.app), letters::settle(&other));
        one.unwrap();
        two.unwrap();
        assert!(mails(test, "mara@example.org").is_empty());
        test.forward(Span::mins(1)).await;
        assert_eq!(mails(test, "mara@example.org").len(), 1);
        assert_eq!(log(&desk.lead).await, ["escalated sent at_once delivered"]);
        let admin = test.signed_in("Ada Min", Role::Admin).await;
        assert_eq!(items(&admin.get("/events?limit=100").await.good()).iter().filter(|e| e["kind"] == "letter.failed").count(), 0);
    })
    .await;
}
