//! Accounts: made, imported, joined by people; who is affected, whom to call, how they do after the change.

use crate::desk::{COVERED, Desk, by, items, len, text};
use crate::support::{Client, EventStream, TestApp, on_both};
use hypercare_core::role::{Permission, Role};
use hypercare_core::{Channel, ConversationId, Span};
use reqwest::Method;
use serde_json::{Value, json};

async fn account(desk: &Desk<'_>, key: &str, more: Value) -> String {
    let mut body = json!({ "key": key, "name": format!("{key} Studios") });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    text(&desk.lead.put("/accounts", &body).await.good()["id"])
}

/// Somebody of an account writes about the change by mail.
async fn writes(desk: &Desk<'_>, who: &str, domain: &str) -> ConversationId {
    let email = format!("{}@{domain}", who.to_lowercase());
    desk.writes_from(Channel::Email, who, Some(email), "Why is my invoice higher than last month? Let me talk to a real person.").await
}

fn worth(amount: &str, currency: &str) -> Value {
    json!({ "amount": amount, "currency": currency })
}

async fn contact_of(desk: &Desk<'_>, conversation: ConversationId) -> Value {
    desk.agent.get(&format!("/conversations/{conversation}")).await.good()["contact"].clone()
}

async fn affected(desk: &Desk<'_>) -> Value {
    desk.agent.get(&desk.at("/affected")).await.good()
}

/// How many conversations a list has.
async fn listed(client: &Client, query: &str) -> usize {
    len(&client.get(&format!("/conversations?limit=200&{query}")).await.good())
}

async fn resolve(desk: &Desk<'_>, conversation: ConversationId) {
    let reply = json!({ "text": "This is right again.", "then": "resolved" });
    desk.agent.post(&format!("/conversations/{conversation}/replies"), &reply).await.good();
}

#[tokio::test]
async fn accounts_are_made_changed_and_removed() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let new = json!({ "key": " A-1 ", "name": "Atelier Nord", "value": worth("12000.5", "eur"), "renewal": "2027-01-31",
            "owner": "Aiko@example.org", "domains": ["@Nord.example"], "notes": "Pays by the year." });
        let made = desk.lead.post("/accounts", &new).await.good();
        assert_eq!((&made["key"], &made["value"], &made["domains"]), (&json!("A-1"), &worth("12000.50", "EUR"), &json!(["nord.example"])), "{made}");
        assert_eq!((&made["owner"]["name"], &made["revision"], &made["people"]), (&json!("Aiko Tanaka"), &json!(1), &json!(0)));
        let again = desk.lead.post("/accounts", &new).await.problem_at(409, "key");
        assert!(text(&again["detail"]).contains("`A-1` is Atelier Nord already"), "{again}");
        // By its key the same again changes nothing, and what is left out stays.
        assert_eq!(desk.lead.put("/accounts", &new).await.good()["revision"], 1);
        let kept = desk.lead.put("/accounts", &json!({ "key": "A-1", "renewal": null })).await.good();
        assert_eq!((&kept["renewal"], &kept["name"], &kept["revision"]), (&Value::Null, &json!("Atelier Nord"), &json!(2)));
        let at = format!("/accounts/{}", text(&made["id"]));
        let stale = desk.lead.patch(&at, &json!({ "revision": 1, "notes": "x" })).await.problem(409);
        assert!(text(&stale["detail"]).contains("changed since you read it"), "{stale}");
        assert_eq!(desk.lead.patch(&at, &json!({ "revision": 2, "notes": "x", "owner": null })).await.good()["owner"], Value::Null);
        // What is wrong is named, and changes nothing.
        for (body, field) in [
            (json!({ "name": " " }), "name"),
            (json!({ "key": "B" }), "key"),
            (json!({ "value": worth("12.000,50", "EUR") }), "value.amount"),
            (json!({ "value": worth("5", "Euro") }), "value.currency"),
            (json!({ "value": { "amount": 5, "currency": "EUR" } }), "value.amount"),
            (json!({ "renewal": "31.1.2027" }), "renewal"),
            (json!({ "cancelled": "soon" }), "cancelled"),
            (json!({ "owner": "nobody@example.org" }), "owner"),
            (json!({ "domains": ["gmail.com"] }), "domains"),
            (json!({ "worth": 5 }), "worth"),
        ] {
            desk.lead.patch(&at, &body).await.problem_at(422, field);
        }
        desk.lead.post("/accounts", &json!({ "name": "Without" })).await.problem_at(422, "key");
        desk.lead.put("/accounts", &json!({ "key": "A-1", "revision": 3 })).await.problem_at(422, "revision");
        let taken = desk.lead.post("/accounts", &json!({ "key": "B", "name": "B", "domains": ["nord.example"] })).await.problem_at(422, "domains");
        assert!(text(&taken["detail"]).contains("belongs to Atelier Nord"), "{taken}");
        assert_eq!(desk.lead.get(&at).await.good()["revision"], 3);
        desk.agent.post("/accounts", &json!({ "key": "B", "name": "B" })).await.problem(403);

        let log = desk.lead.get("/events?limit=50").await.good().to_string();
        assert!(log.contains("Mara Lind added the account Atelier Nord") && log.contains("changed the account Atelier Nord: owner, notes"), "{log}");
        // Lists: by name, by words, in pages.
        account(&desk, "Z-9", json!({})).await;
        account(&desk, "B-2", json!({})).await;
        let first = desk.agent.get("/accounts?limit=2").await.good();
        let names: Vec<String> = items(&first).iter().map(|a| text(&a["name"])).collect();
        assert_eq!(names, ["Atelier Nord", "B-2 Studios"]);
        let rest = desk.agent.get(&format!("/accounts?limit=2&cursor={}", text(&first["next"]))).await.good();
        assert_eq!((len(&rest), &rest["next"]), (1, &Value::Null));
        assert_eq!(len(&desk.agent.get("/accounts?q=z-9").await.good()), 1);
        assert_eq!(len(&desk.agent.get("/accounts?q=100%25").await.good()), 0);

        desk.lead.delete(&at).await;
        desk.lead.get(&at).await.problem(404);
        assert_eq!(len(&desk.agent.get("/accounts").await.good()), 2);
        desk.lead.patch(&at, &json!({ "notes": "y" })).await.problem(404);
        // Its key and its domain are free again.
        desk.lead.post("/accounts", &new).await.good();
    })
    .await;
}

#[tokio::test]
async fn a_table_is_taken_over_wholly_or_not_at_all() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let send = async |table: &str, dry_run: bool| desk.lead.post("/accounts/import", &json!({ "text": table, "dry_run": dry_run })).await;
        let table = "\u{feff}key;name;value;currency;renewal;owner;domains;notes\r\nN-1;Nord;12000.50;EUR;2027-01-31;aiko@example.org;nord.example nord2.example;\"Says \"\"hello\"\"; often\"\r\nN-2;Süd;;;;;;\r\n";
        let counts = |dry_run: bool, created: u32, changed: u32, same: u32| json!({ "dry_run": dry_run, "created": created, "changed": changed, "same": same });
        assert_eq!(send(table, true).await.good(), counts(true, 2, 0, 0));
        assert_eq!(len(&desk.lead.get("/accounts").await.good()), 0, "a dry run keeps nothing");
        assert_eq!(send(table, false).await.good(), counts(false, 2, 0, 0));
        assert_eq!(send(table, false).await.good(), counts(false, 0, 0, 2), "the same again changes nothing");
        let nord = by(&desk.lead.get("/accounts").await.good(), "key", "N-1");
        assert_eq!((&nord["notes"], &nord["revision"]), (&json!("Says \"hello\"; often"), &json!(1)));
        // A column that is left out stays; an empty cell says that there is none.
        assert_eq!(send("key,name,owner\nN-1,Nord,\nN-3,West,", true).await.good(), counts(true, 1, 1, 0));
        // Everything that is wrong is told by line and field, and nothing is taken.
        let bad = "key;name;value;currency;owner;domains\nN-1;Nord;1,5;EUR;;\nN-4;Ost;5;EUR;nobody@example.org;\nN-5;;5;EUR;;nord2.example\n";
        let refused = send(bad, false).await.problem_at(422, "text");
        let told: Vec<(i64, &str)> = refused["problems"].as_array().unwrap().iter().map(|p| (p["line"].as_i64().unwrap(), p["field"].as_str().unwrap())).collect();
        assert_eq!(told, [(2, "value"), (4, "name")], "{refused}");
        assert!(text(&refused["detail"]).contains("Nothing was taken over. Line 2:"), "{refused}");
        let refused = send("key;name;owner;domains\nN-4;Ost;nobody@example.org;\nN-5;West;;nord2.example", false).await.problem_at(422, "text");
        let told: Vec<(i64, &str)> = refused["problems"].as_array().unwrap().iter().map(|p| (p["line"].as_i64().unwrap(), p["field"].as_str().unwrap())).collect();
        assert_eq!(told, [(2, "owner"), (3, "domains")], "what only the desk knows is told the same way");
        assert_eq!(len(&desk.lead.get("/accounts").await.good()), 2);
        // What goes out comes in again as the same.
        let request = desk.lead.request(Method::GET, "/accounts/export");
        let out = request.send().await.unwrap();
        assert!(out.headers()["content-type"].to_str().unwrap().starts_with("text/csv"));
        let out = out.text().await.unwrap();
        assert!(out.contains("N-1,Nord,12000.50,EUR,2027-01-31,aiko@example.org,nord.example nord2.example,\"Says \"\"hello\"\"; often\","), "{out}");
        assert_eq!(send(&out, false).await.good(), counts(false, 0, 0, 2));
        desk.agent.post("/accounts/import", &json!({ "text": table })).await.problem(403);
        let program = test.program("CRM", &[Permission::WindowsWrite]).await;
        program.put("/accounts", &json!({ "key": "N-2", "cancelled": "2026-11-01" })).await.good();
    })
    .await;
}

#[tokio::test]
async fn people_belong_to_one_account_and_what_somebody_says_holds() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = writes(&desk, "Ana", "nord.example").await;
        let nord = account(&desk, "N", json!({ "domains": ["nord.example"] })).await;
        let seen = contact_of(&desk, ana).await;
        assert_eq!(
            (&seen["account"]["name"], &seen["account"]["how"]),
            (&json!("N Studios"), &json!("domain")),
            "who was there before the rule: {seen}"
        );
        let bo = writes(&desk, "Bo", "nord.example").await;
        assert_eq!(contact_of(&desk, bo).await["account"]["id"], json!(nord), "who came after it");
        // An address that was only typed into a chat proves nothing.
        let chat = desk.writes_from(Channel::Chat, "Eve", Some("eve@nord.example".into()), COVERED).await;
        assert_eq!(contact_of(&desk, chat).await["account"], Value::Null);
        // By hand, which holds against the rule.
        let sud = account(&desk, "S", json!({})).await;
        let bo_id = contact_of(&desk, bo).await["id"].clone();
        let add = format!("/accounts/{sud}/contacts");
        for _ in 0..2 {
            assert_eq!(desk.agent.post(&add, &json!({ "contact": bo_id })).await.status, 204, "the second click too");
        }
        assert_eq!(
            (contact_of(&desk, bo).await["account"]["how"].clone(), contact_of(&desk, bo).await["account"]["id"].clone()),
            (json!("hand"), json!(sud))
        );
        desk.lead.patch(&format!("/accounts/{nord}"), &json!({ "domains": [] })).await.good();
        assert_eq!(contact_of(&desk, ana).await["account"], Value::Null, "with the rule whom it brought is gone");
        desk.lead.patch(&format!("/accounts/{nord}"), &json!({ "domains": ["nord.example"] })).await.good();
        assert_eq!(contact_of(&desk, bo).await["account"]["id"], json!(sud));
        let people = desk.agent.get(&add).await.good();
        assert_eq!((len(&people), &people["items"][0]["open"]), (1, &json!(1)), "{people}");
        // Who does not belong there belongs to none, whatever the rule says.
        let ana_id = contact_of(&desk, ana).await["id"].clone();
        for _ in 0..2 {
            assert_eq!(desk.agent.post(&format!("/accounts/{nord}/contacts/remove"), &json!({ "contact": ana_id })).await.status, 204);
        }
        desk.lead.patch(&format!("/accounts/{nord}"), &json!({ "domains": [] })).await.good();
        desk.lead.patch(&format!("/accounts/{nord}"), &json!({ "domains": ["nord.example"] })).await.good();
        assert_eq!(contact_of(&desk, ana).await["account"], Value::Null);
        desk.agent.post(&add, &json!({ "contact": "999" })).await.problem_at(422, "contact");
        desk.agent.post("/accounts/999/contacts", &json!({ "contact": ana_id })).await.problem(404);
        // The older rule holds where two would.
        assert_eq!(listed(&desk.agent, &format!("account={sud}")).await, 1);
    })
    .await;
}

/// Five accounts: one that is worth most and has two open, one settled, one cancelled, two that nothing affects.
async fn five(desk: &Desk<'_>) -> (String, ConversationId, ConversationId) {
    let big = account(desk, "big", json!({ "value": worth("90000", "EUR"), "domains": ["big.example"], "renewal": "2099-01-01" })).await;
    account(desk, "small", json!({ "value": worth("100.10", "EUR"), "domains": ["small.example"] })).await;
    account(desk, "lost", json!({ "value": worth("700", "USD"), "domains": ["lost.example"] })).await;
    account(desk, "calm", json!({ "value": worth("5", "EUR") })).await;
    account(desk, "gone", json!({ "domains": ["gone.example"], "cancelled": "2001-01-01" })).await;
    let one = writes(desk, "Ana", "big.example").await;
    writes(desk, "Abe", "big.example").await;
    let small = writes(desk, "Bo", "small.example").await;
    writes(desk, "Cid", "lost.example").await;
    writes(desk, "Dee", "gone.example").await;
    (big, one, small)
}

#[tokio::test]
async fn who_is_affected_and_what_is_in_doubt() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let empty = affected(&desk).await;
        assert_eq!((len(&empty), &empty["revenue"], &empty["accounts"]), (0, &json!([]), &json!(0)));
        let (big, one, small) = five(&desk).await;
        resolve(&desk, small).await;
        let today = test.now().to_string()[..10].to_owned();
        desk.lead.put("/accounts", &json!({ "key": "lost", "cancelled": today })).await.good();
        let seen = affected(&desk).await;
        let order: Vec<(String, String)> = items(&seen).iter().map(|a| (text(&a["name"]), text(&a["standing"]))).collect();
        let expected =
            [("big Studios", "in_doubt"), ("lost Studios", "lost"), ("small Studios", "settled")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(order, expected, "{seen}");
        assert_eq!(seen["accounts"], 3, "who was gone before the change is not affected by it");
        let sum = |accounts: u32, amount: &str| json!({ "accounts": accounts, "amount": amount });
        assert_eq!(
            seen["revenue"],
            json!([
                { "currency": "EUR", "in_doubt": sum(1, "90000.00"), "settled": sum(1, "100.10"), "lost": sum(0, "0.00") },
                { "currency": "USD", "in_doubt": sum(0, "0.00"), "settled": sum(0, "0.00"), "lost": sum(1, "700.00") },
            ])
        );
        // Every figure is its list.
        for account in items(&seen) {
            let query = format!("reach={}&account={}", desk.window, text(&account["id"]));
            assert_eq!(json!(listed(&desk.agent, &query).await), account["conversations"], "{account}");
            assert_eq!(json!(listed(&desk.agent, &format!("{query}&wait=any")).await), account["open"], "{account}");
        }
        assert_eq!(len(&desk.agent.get(&desk.at("/affected?standing=in_doubt")).await.good()), 1);
        desk.agent.get(&desk.at("/affected?standing=odd")).await.problem_at(422, "standing");
        let page = desk.agent.get(&desk.at("/affected?limit=2")).await.good();
        assert_eq!(len(&desk.agent.get(&desk.at(&format!("/affected?limit=2&cursor={}", text(&page["next"])))).await.good()), 1);
        // Out of scope, unless it is linked to an issue; what many ask alike is linked by itself.
        let out = json!({ "scope": "out" });
        desk.agent.post(&format!("/conversations/{one}/link"), &json!({ "issue": null })).await.good();
        desk.agent.post(&format!("/conversations/{one}/triage"), &out).await.good();
        assert_eq!(by(&affected(&desk).await, "id", &big)["conversations"], 1);
        desk.issue("Invoices are wrong", &[one]).await;
        assert_eq!(by(&affected(&desk).await, "id", &big)["conversations"], 2);
        assert_eq!(listed(&desk.agent, &format!("reach={}&account={big}", desk.window)).await, 2);
        desk.lead.delete(&format!("/accounts/{big}")).await;
        assert_eq!(affected(&desk).await["accounts"], 2);
    })
    .await;
}

/// What somebody was told of calls, oldest first.
async fn asked_to_call(who: &Client) -> Vec<Value> {
    let list = who.get("/notices?limit=200").await.good();
    items(&list).iter().rev().filter(|n| n["kind"] == "call").cloned().collect()
}

#[tokio::test]
async fn who_is_given_a_call_is_told_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (big, _, _) = five(&desk).await;
        let of_small = text(&by(&desk.lead.get("/accounts").await.good(), "key", "small")["id"]);
        let people = desk.lead.get("/users").await.good();
        let id = |name: &str| text(&by(&people, "name", name)["id"]);
        let (aiko, jonas) = (id("Aiko Tanaka"), id("Jonas Weber"));
        let assign = async |by: &Client, account: &str, to: Value| {
            by.put(&desk.at("/calls/assignee"), &json!({ "account": account, "to": to })).await.good();
        };
        let mut stream = EventStream::open(&desk.agent, "/events/stream", None).await;
        assign(&desk.lead, &big, json!(aiko)).await;
        while stream.next().await.expect("the stream goes on").event != "notice" {}
        drop(stream);
        assign(&desk.lead, &big, json!(aiko)).await;
        let told = asked_to_call(&desk.agent).await;
        assert_eq!(told.len(), 1, "{told:?}");
        let expected = json!({ "account": { "id": big, "name": "big Studios" }, "actor": "Mara Lind", "window": desk.window, "text": null });
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(&told[0][field], value, "{field}");
        }
        test.forward(Span::mins(2)).await;
        let mails: Vec<_> = test.post.to_colleagues().into_iter().filter(|mail| mail.to == "aiko@example.org").collect();
        let said = mails.iter().filter(|mail| mail.text.contains("Mara Lind asks you to call an account")).count();
        assert_eq!(said, 1, "{mails:?}");
        assert!(mails.iter().all(|mail| !format!("{} {}", mail.subject, mail.text).contains("Studios")), "no name leaves: {mails:?}");
        // Another account is another matter; one's own doing is not told, and nor is being let go.
        assign(&desk.lead, &of_small, json!(aiko)).await;
        assert_eq!(asked_to_call(&desk.agent).await.len(), 2);
        test.forward(Span::mins(10)).await;
        let mails = test.post.to_colleagues();
        assert_eq!(mails.iter().filter(|mail| mail.text.contains("asks you to call an account")).count(), 2, "{mails:?}");
        assign(&desk.owner, &big, json!(jonas)).await;
        assign(&desk.owner, &big, Value::Null).await;
        assert!(asked_to_call(&desk.owner).await.is_empty() && asked_to_call(&desk.lead).await.is_empty());
        // Who wants none of these gets none.
        desk.agent.put("/notices/settings", &json!({ "off": ["call"], "desktop_words": false })).await.good();
        assign(&desk.lead, &big, json!(aiko)).await;
        assert_eq!(asked_to_call(&desk.agent).await.len(), 2);
        // An account that is gone has no name any more.
        desk.lead.delete(&format!("/accounts/{big}")).await;
        assert_eq!(asked_to_call(&desk.agent).await[0]["account"], Value::Null);
    })
    .await;
}

async fn calls(desk: &Desk<'_>, called: bool) -> Value {
    desk.agent.get(&desk.at(&format!("/calls?called={called}"))).await.good()
}

#[tokio::test]
async fn whom_to_call_is_said_with_its_reason_and_noted() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (big, _, small) = five(&desk).await;
        test.forward(Span::hours(5)).await;
        let list = calls(&desk, false).await;
        let first = &list["items"][0];
        assert_eq!((&first["account"], &first["again"], &first["calls"]), (&json!(big), &json!(false), &json!(0)), "{list}");
        let why = text(&first["sentence"]);
        assert!(why.contains("2 open conversations") && why.contains("waiting for 5 hours"), "{why}");
        let points: u64 = first["reasons"].as_array().unwrap().iter().map(|r| r["points"].as_u64().unwrap()).sum();
        assert_eq!(first["points"], json!(points), "the reasons add up");
        let aiko = text(&by(&desk.lead.get("/users").await.good(), "name", "Aiko Tanaka")["id"]);
        let assign = |to: Value| json!({ "account": big, "to": to });
        for _ in 0..2 {
            assert_eq!(desk.lead.put(&desk.at("/calls/assignee"), &assign(json!(aiko))).await.good()["assignee"]["name"], "Aiko Tanaka");
        }
        desk.lead.put(&desk.at("/calls/assignee"), &assign(json!("99"))).await.problem_at(422, "to");
        let call = |reached: bool, note: &str, calls: Value| json!({ "account": big, "reached": reached, "note": note, "calls": calls });
        desk.agent.post(&desk.at("/calls"), &call(true, " ", json!(0))).await.problem_at(422, "note");
        desk.agent.post(&desk.at("/calls"), &call(false, "", json!(0))).await.good();
        assert_eq!(calls(&desk, false).await["items"][0]["calls"], 1, "nobody was reached: it stays");
        let late = desk.owner.post(&desk.at("/calls"), &call(true, "They wait for the credit.", json!(0))).await.problem(409);
        assert!(text(&late["detail"]).contains("Aiko Tanaka has called big Studios meanwhile"), "{late}");
        desk.agent.post(&desk.at("/calls"), &call(true, "They wait for the credit.", json!(1))).await.good();
        assert!(items(&calls(&desk, false).await).iter().all(|c| c["account"] != big));
        let done = calls(&desk, true).await;
        let done = by(&done, "account", &big);
        assert_eq!(
            (&done["last"]["note"], &done["last"]["by"], &done["due"]),
            (&json!("They wait for the credit."), &json!("Aiko Tanaka"), &json!(false))
        );
        // A new reason brings it back.
        test.forward(Span::mins(5)).await;
        writes(&desk, "Art", "big.example").await;
        assert_eq!(by(&calls(&desk, false).await, "account", &big)["again"], true);
        let detail = desk.agent.get(&format!("/accounts/{big}")).await.good();
        assert_eq!((&detail["calls"][0]["calls"], &detail["calls"][0]["made"][0]["reached"]), (&json!(2), &json!(true)), "{detail}");
        // What is settled and fine needs no call.
        resolve(&desk, small).await;
        assert!(items(&calls(&desk, false).await).iter().all(|c| c["name"] != "small Studios"));
        let log = desk.lead.get(&format!("/events?window={}&limit=200", desk.window)).await.good().to_string();
        for said in [
            "Mara Lind asked Aiko Tanaka to call big Studios",
            "called big Studios and reached nobody",
            "called big Studios: “They wait for the credit.”",
        ] {
            assert!(log.contains(said), "{said}");
        }
        desk.agent.post(&desk.at("/calls"), &json!({ "account": "99", "reached": false })).await.problem_at(422, "account");
        test.signed_in("Vera Viewer", Role::Viewer).await.post(&desk.at("/calls"), &call(false, "", json!(2))).await.problem(403);
    })
    .await;
}

#[tokio::test]
async fn affected_accounts_are_compared_with_the_others() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let compared = async || desk.agent.get(&desk.at("/affected/compared")).await.good();
        let few = compared().await;
        assert!(text(&few["items"][0]["sentence"]).starts_with("Too few accounts to compare"), "{few}");
        assert_eq!((&few["items"][1]["difference"], &few["items"][1]["affected"]["share"]), (&Value::Null, &Value::Null));
        let today = test.now().to_string()[..10].to_owned();
        for n in 0..10 {
            account(&desk, &format!("hit{n}"), json!({ "domains": [format!("hit{n}.example")] })).await;
            account(&desk, &format!("calm{n}"), json!({})).await;
            writes(&desk, &format!("Person{n}"), &format!("hit{n}.example")).await;
            for (key, adoption) in [("hit", if n < 3 { 20.0 } else { 0.0 }), ("calm", 40.0)] {
                let sent = json!({ "day": today, "account": format!("{key}{n}"), "active_users": 5.0, "adoption": adoption });
                assert_eq!(desk.agent.post(&desk.at("/usage"), &sent).await.good(), sent);
            }
        }
        // Gone before the change: in neither group.
        account(&desk, "old", json!({ "cancelled": "2001-01-01" })).await;
        desk.lead.put("/accounts", &json!({ "key": "hit0", "cancelled": today })).await.good();
        let seen = compared().await;
        let adopted = by(&seen, "measure", "adopted");
        assert_eq!(
            (&adopted["affected"]["part"], &adopted["affected"]["whole"], &adopted["others"]["part"]),
            (&json!(3), &json!(10), &json!(10)),
            "{seen}"
        );
        assert!((adopted["difference"].as_f64().unwrap() + 0.7).abs() < 1e-9 && adopted["high"].as_f64().unwrap() < 0.0);
        let cancelled = by(&seen, "measure", "cancelled");
        assert_eq!((&cancelled["affected"]["part"], &cancelled["others"]["whole"]), (&json!(1), &json!(10)));
        assert!(text(&seen["caution"]).starts_with("An association, not proof"));
        desk.agent.post(&desk.at("/usage"), &json!({ "day": today, "account": "none", "adoption": 1.0 })).await.problem_at(422, "account");
        // What is said of one account is no figure of all customers.
        let hit = by(&desk.agent.get("/accounts?q=hit0").await.good(), "key", "hit0");
        let detail = desk.agent.get(&format!("/accounts/{}?window={}", text(&hit["id"]), desk.window)).await.good();
        assert_eq!(detail["usage"], json!([{ "day": today, "active_users": 5.0, "adoption": 20.0 }]));
        let signals = desk.agent.get(&desk.at("/signals")).await.good();
        assert!(items(&signals).iter().all(|signal| signal["key"] != "adoption" || signal["today"]["value"].is_null()), "{signals}");
    })
    .await;
}

#[tokio::test]
async fn an_erased_customer_leaves_the_account_and_no_word() {
    on_both(async |test: &TestApp| {
        let desk = Desk::live(test).await;
        let admin = test.signed_in("Ada Admin", Role::Admin).await;
        let nord = account(&desk, "N", json!({ "domains": ["nord.example"], "notes": "Ask for Ana Quixote." })).await;
        let other = account(&desk, "O", json!({ "notes": "Ana Quixote was here before." })).await;
        let id = desk
            .writes_from(Channel::Email, "Ana Quixote", Some("ana.quixote@nord.example".into()), "Why is my invoice higher? Nobody told me.")
            .await;
        let call = json!({ "account": nord, "reached": true, "note": "Ana Quixote is calm again." });
        desk.agent.post(&desk.at("/calls"), &call).await.good();
        let before = affected(&desk).await;
        let contact = text(&contact_of(&desk, id).await["id"]);
        let kept = admin.get(&format!("/contacts/{contact}/export")).await.good();
        assert_eq!((&kept["account"]["name"], kept["noted"].as_array().unwrap().len()), (&json!("N Studios"), 2), "{kept}");
        admin.post(&format!("/contacts/{contact}/erase"), &json!({ "reason": "Request 7" })).await.good();
        assert_eq!(affected(&desk).await, before, "every figure is what it was");
        assert_eq!(test.app.store.places_of("quixote").await.unwrap(), Vec::<String>::new());
        for path in [
            format!("/accounts/{nord}"),
            format!("/accounts/{other}"),
            format!("/accounts/{nord}/contacts"),
            desk.at("/calls?called=true"),
            "/events?limit=200".into(),
        ] {
            let said = admin.get(&path).await.good().to_string();
            assert!(!said.contains("Quixote") && !said.contains("quixote"), "{path}: {said}");
        }
        let kept = desk.lead.get(&format!("/accounts/{nord}")).await.good();
        assert_eq!((&kept["name"], &kept["people"]), (&json!("N Studios"), &json!(1)));
        // The rule of the domain knows them no more.
        desk.lead.patch(&format!("/accounts/{nord}"), &json!({ "domains": [] })).await.good();
        assert_eq!(affected(&desk).await["accounts"], before["accounts"]);
    })
    .await;
}
