//! The daily review of a window that is live: its agenda, its record, what is agreed, and the briefs. The story begins on Monday
//! 16 November, 09:00 in Berlin.

use crate::desk::{Desk, PLAN, by, items, len, text};
use crate::support::{Client, Database, TestApp, Wanted, on_both};
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span, Timestamp};
use hypercare_server::engine;
use hypercare_server::outbox::Undelivered;
use hypercare_store::queries::letters as stored;
use serde_json::{Value, json};

/// The team's plan with a review: at ten, briefs at eight and five.
fn plan(more: &str) -> String {
    let review = format!(
        "[review]\nat = \"10:00\"\ntolerance = \"30 min\"\nattends = [\"mara@example.org\", \"jonas@example.org\", \"aiko@example.org\"]\n\
         executive_to = [\"Boss@example.org\"]\n{more}\n[[signals]]"
    );
    PLAN.replacen("[[signals]]", &review, 1)
}

async fn live<'a>(test: &'a TestApp, plan: &str) -> Desk<'a> {
    let desk = Desk::ready(test).await;
    desk.lead.post("/plan/apply", &json!({ "text": plan })).await.good();
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active", "reason": "For the story." })).await.good();
    desk
}

/// An instant of November, on the clocks of Berlin.
fn t(text: &str) -> Timestamp {
    Timestamp::parse(&format!("2026-11-{text}:00+01:00")).unwrap()
}

async fn until(test: &TestApp, when: &str) {
    engine::fast_forward(&test.app, t(when)).await.unwrap();
}

async fn me(who: &Client) -> Value {
    who.get("/session").await.good()["user"]["id"].clone()
}

/// Who got which letter, in the order of the addresses.
fn letters(test: &TestApp, subject: &str) -> Vec<String> {
    let sent = test.post.to_colleagues();
    let mut to: Vec<String> = sent.iter().filter(|mail| mail.subject.starts_with(subject)).map(|mail| mail.to.clone()).collect();
    to.sort_unstable();
    to
}

/// What somebody was told of reviews and actions, oldest first.
async fn told(who: &Client) -> Vec<String> {
    let list = who.get("/notices?limit=200").await.good();
    let about = |n: &&Value| ["action", "review_missed"].iter().any(|kind| n["kind"] == *kind);
    let mut all: Vec<String> =
        items(&list).iter().filter(about).map(|n| format!("{} {} {}", text(&n["kind"]), text(&n["detail"]), text(&n["text"]))).collect();
    all.reverse();
    all
}

async fn kinds(desk: &Desk<'_>, kind: &str) -> usize {
    let events = desk.lead.get(&format!("/events?window={}&limit=200", desk.window)).await.good();
    items(&events).iter().filter(|e| e["kind"] == kind).count()
}

async fn agree(desk: &Desk<'_>, who: &Client, owner: &Value, due: &str, review: Option<&Value>) -> Value {
    let mut new = json!({ "title": "Ask the bank", "owner": owner, "due": due });
    if let Some(review) = review {
        new["review"] = review.clone();
        new["item"] = json!("exit");
    }
    who.post(&desk.at("/actions"), &new).await.good()
}

async fn todays(desk: &Desk<'_>, who: &Client) -> Value {
    who.get(&desk.at("/review")).await.good()
}

async fn open(desk: &Desk<'_>, who: &Client) -> Value {
    who.post(&desk.at("/review/open"), &json!({})).await.good()["review"].clone()
}

fn at(review: &Value, rest: &str) -> String {
    format!("/reviews/{}{rest}", text(&review["id"]))
}

/// What is on the agenda, without what the plan's long shifts ask of Olga.
fn keys(review: &Value) -> Vec<String> {
    review["items"].as_array().unwrap().iter().map(|i| text(&i["key"])).filter(|key| !key.starts_with("rest:")).collect()
}

#[tokio::test]
async fn briefs_go_out_at_their_times_each_once_and_say_how_things_stand() {
    on_both(async |test| {
        let desk = live(test, &plan("")).await;
        let id = desk.writes(Channel::Email, "Ana Souza", "My invoice is <b>wrong</b> & I cannot pay").await;
        desk.issue("Invoices of Ana show the old price", &[id]).await;
        // How one would read now.
        let preview = desk.agent.get(&desk.at("/brief?kind=executive")).await.good();
        assert_eq!(preview["to"], json!(["boss@example.org"]));
        assert!(text(&preview["text"]).contains("Invoices of Ana") && text(&preview["html"]).contains("Invoices of Ana"), "{preview}");
        until(test, "17T07:59").await;
        assert!(letters(test, "Morning").is_empty());
        until(test, "17T08:00").await;
        test.forward(Span::secs(1)).await;
        assert_eq!(letters(test, "Morning brief: New prices, day 2"), ["aiko@example.org", "jonas@example.org", "mara@example.org"]);
        let morning = test.post.to_colleagues().into_iter().find(|mail| mail.subject.starts_with("Morning")).unwrap();
        for said in
            ["New issues\n- Invoices of Ana show the old price: ", "The review begins Tue 17 Nov 10:00.", &format!("/w/{}/review", desk.window)]
        {
            assert!(morning.text.contains(said), "“{said}” is not in\n{}", morning.text);
        }
        let html = morning.html.clone().unwrap();
        assert!(html.contains("<strong>Invoices of Ana show the old price</strong>"), "{html}");
        assert!(!test.post.sent().iter().any(|l| l.outbound.subject.contains("brief")), "it is no customer's message");

        until(test, "17T17:01").await;
        assert_eq!(letters(test, "Executive brief: New prices, day 2"), ["boss@example.org"]);
        // Two more days, and the engine looked often: one letter a day each. At the weekend none.
        until(test, "23T07:00").await;
        assert_eq!((letters(test, "Executive").len(), letters(test, "Morning").len()), (5, 12), "{:?}", test.post.to_colleagues());
        assert_eq!((kinds(&desk, "review.briefed").await, kinds(&desk, "review.brief_passed_over").await), (9, 0));
        desk.agent.get(&desk.at("/brief?kind=weekly")).await.problem_at(422, "kind");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_shifts_gets_the_morning_brief_where_nobody_is_named() {
    on_both(async |test| {
        let desk = live(test, &PLAN.replacen("[[signals]]", "[review]\nat = \"10:00\"\n[[signals]]", 1)).await;
        let mut layers = desk.lead.get(&desk.at("/rota")).await.good()["layers"].clone();
        let turns = json!({ "start": "2026-11-16T08:00", "cadence": "weekly", "length": 1, "people": ["aiko@example.org"] });
        let night = json!({ "name": "Answers", "role": "responder", "rotation": turns });
        layers.as_array_mut().unwrap().push(night);
        desk.lead.post(&desk.at("/rota/layers"), &json!({ "layers": layers, "reason": "She helps.", "over": true })).await.good();
        until(test, "17T08:00").await;
        let mut to: Vec<String> =
            test.post.to_colleagues().into_iter().filter(|mail| mail.subject.starts_with("Morning")).map(|mail| mail.to).collect();
        to.sort();
        assert_eq!(to, ["aiko@example.org", "jonas@example.org", "olga@example.org"]);
        assert!(todays(&desk, &desk.agent).await["morning_at"].is_string());
    })
    .await;
}

#[tokio::test]
async fn where_nobody_has_shifts_there_is_no_morning_brief() {
    on_both(async |test| {
        let (before, after) = (PLAN.split("[[shifts]]").next().unwrap(), PLAN.split("[[signals]]").skip(1));
        let signals: String = after.map(|part| format!("[[signals]]{part}")).collect();
        let desk = live(test, &format!("{before}[review]\nat = \"10:00\"\n{signals}")).await;
        assert_eq!(todays(&desk, &desk.agent).await["morning_at"], Value::Null);
        let preview = desk.agent.get(&desk.at("/brief?kind=morning")).await.good();
        assert_eq!((&preview["to"], &preview["next_at"]), (&json!([]), &Value::Null));
        until(test, "17T12:00").await;
        assert_eq!(letters(test, "Morning").len(), 0);
        // The review itself was due, and its lead heard of it.
        assert!(told(&desk.lead).await.iter().any(|line| line.starts_with("review_missed")));
    })
    .await;
}

/// In the night to Sunday, 28 March 2027, clocks go forward: eight in the morning is 07:00 UTC before it and 06:00 after.
#[tokio::test]
async fn a_brief_keeps_its_local_time_over_a_change_of_clocks_and_a_stop() {
    for database in [Database::Sqlite, Database::Postgres] {
        println!("on {database:?}");
        let start = Timestamp::parse("2027-03-26T12:00:00Z").unwrap();
        let test = TestApp::start(database, Wanted { start, ..Wanted::default() }).await;
        let all = plan("days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]")
            .replace("2026-11-", "2027-03-")
            .replace("03-30T", "03-31T");
        let (lead, clock) = {
            let desk = live(&test, &all).await;
            for (until, letters_then) in [("27T06:59", 0), ("27T07:01", 3), ("28T05:59", 3), ("28T06:01", 6), ("28T20:00", 6)] {
                engine::fast_forward(&test.app, Timestamp::parse(&format!("2027-03-{until}:00Z")).unwrap()).await.unwrap();
                assert_eq!(letters(&test, "Morning").len(), letters_then, "at {until}");
            }
            (desk.window.clone(), test.app.clock.clone())
        };
        // It is down at eight on Monday, comes back at nine on two nodes at once: late, but once.
        let (one, two) = (test.another_node().await, test.another_node().await);
        clock.set(Timestamp::parse("2027-03-29T07:00:00Z").unwrap());
        let (a, b) = tokio::join!(engine::tick(&one), engine::tick(&two));
        let (_, _) = (a.unwrap(), b.unwrap());
        engine::fast_forward(&one, Timestamp::parse("2027-03-29T07:05:00Z").unwrap()).await.unwrap();
        assert_eq!(letters(&test, "Morning").len(), 9);
        // It is down from then on until Tuesday evening: what is half a day late tells of another day. The executive brief, three hours late, goes out.
        let again = test.another_node().await;
        clock.set(Timestamp::parse("2027-03-30T18:00:00Z").unwrap());
        engine::fast_forward(&again, Timestamp::parse("2027-03-30T18:05:00Z").unwrap()).await.unwrap();
        assert_eq!(letters(&test, "Morning").len(), 9);
        assert_eq!(letters(&test, "Executive").len(), 4);
        let mara = test.sign_in("Mara Lind").await;
        let events = mara.get(&format!("/events?window={lead}&limit=200")).await.good();
        let passed: Vec<String> = items(&events).iter().filter(|e| e["kind"] == "review.brief_passed_over").map(|e| text(&e["sentence"])).collect();
        let late = |which: &str| format!("The {which} brief could not go out in time and was passed over");
        assert_eq!(passed, [late("executive"), late("morning")]);
        test.stop().await;
    }
}

#[tokio::test]
async fn what_is_there_at_the_opening_is_kept_and_two_people_write_at_once() {
    on_both(async |test| {
        let desk = live(test, &plan("")).await;
        let id = desk.writes(Channel::Email, "Ana Souza", "My invoice is wrong").await;
        let issue = desk.issue("Invoices show the old price", &[id]).await;
        let before = todays(&desk, &desk.agent).await;
        let review = &before["review"];
        assert_eq!((&review["state"], &review["id"], &before["planned"]), (&json!("planned"), &Value::Null, &json!(true)));
        assert_eq!(text(&before["next_at"]), t("16T10:00").to_string());
        assert_eq!(keys(review), [format!("issue:{issue}"), "exit".into(), "else".into()]);

        let opened = open(&desk, &desk.agent).await;
        assert_eq!((&opened["state"], &opened["you_chair"], &opened["chair"]), (&json!("open"), &json!(true), &json!("Aiko Tanaka")));
        let present: Vec<(String, bool)> = opened["people"].as_array().unwrap().iter().map(|p| (text(&p["name"]), p["present"] == true)).collect();
        assert_eq!(present, [("Mara Lind".into(), false), ("Jonas Weber".into(), false), ("Aiko Tanaka".into(), true)]);
        // Something new comes up: it is not on this agenda, and opening again opens nothing else.
        desk.issue("Chat does not load", &[]).await;
        let again = open(&desk, &desk.owner).await;
        assert_eq!((&again["id"], keys(&again), &again["chair"]), (&opened["id"], keys(&opened), &json!("Aiko Tanaka")));
        // The issue is called something else meanwhile: its figures stay, its name is the issue's.
        desk.agent.patch(&format!("/issues/{issue}"), &json!({ "title": "Old prices" })).await.good();
        let read = desk.lead.get(&at(&opened, "")).await.good();
        assert_eq!((&read["items"][0]["title"], &read["items"][0]["detail"]), (&json!("Old prices"), &opened["items"][0]["detail"]));

        let note = |item: &str, said: &str, revision: u32| json!({ "item": item, "text": said, "revision": revision });
        let notes = at(&opened, "/notes");
        let (exit, other) = (note("exit", "On Friday.", 0), note(&format!("issue:{issue}"), "Jonas rolls it back.", 0));
        let (one, two) = tokio::join!(desk.agent.put(&notes, &exit), desk.owner.put(&notes, &other));
        one.good();
        two.good();
        let problem = desk.owner.put(&notes, &note("exit", "On Monday.", 0)).await.problem_at(409, "revision");
        assert!(text(&problem["detail"]).starts_with("Aiko Tanaka has changed this note"), "{problem}");
        desk.owner.put(&notes, &note("exit", "On Monday.", 1)).await.good();
        desk.owner.put(&notes, &note("issue:1", "x", 0)).await.problem_at(422, "item");
        desk.owner.put(&notes, &note("else", &"x".repeat(4_001), 0)).await.problem_at(422, "text");
        desk.owner.put(&at(&opened, "/attendance"), &json!({ "email": "guest at large", "present": true })).await.problem_at(422, "email");
        let with = desk.owner.put(&at(&opened, "/attendance"), &json!({ "email": "Jonas@example.org", "present": true })).await.good();
        assert_eq!(with["people"][1]["present"], true);

        let jonas = me(&desk.owner).await;
        agree(&desk, &desk.agent, &jonas, "2026-11-18", Some(&opened["id"])).await;
        // Jonas does not chair it, and what he read is old.
        let now = desk.agent.get(&at(&opened, "")).await.good();
        let problem = desk.owner.post(&at(&opened, "/close"), &json!({ "revision": now["revision"] })).await.problem(403);
        assert!(text(&problem["detail"]).contains("Aiko Tanaka chairs this review"), "{problem}");
        desk.agent.post(&at(&opened, "/close"), &json!({ "revision": 1 })).await.problem_at(409, "revision");
        let closed = desk.agent.post(&at(&opened, "/close"), &json!({ "revision": now["revision"] })).await.good();
        assert_eq!((&closed["state"], &closed["closed_by"], &closed["you_may_write"]), (&json!("closed"), &json!("Aiko Tanaka"), &json!(false)));
        desk.agent.post(&at(&opened, "/close"), &json!({ "revision": now["revision"] })).await.good();
        assert_eq!(kinds(&desk, "review.closed").await, 1);

        // From then on only additions.
        desk.agent.put(&notes, &note("else", "One more thing", 0)).await.problem(409);
        desk.agent
            .post(&desk.at("/actions"), &json!({ "title": "x", "owner": jonas, "due": "2026-11-18", "review": opened["id"] }))
            .await
            .problem_at(409, "review");
        desk.agent.post(&desk.at("/review/open"), &json!({})).await.problem(409);
        desk.owner.post(&at(&opened, "/additions"), &json!({ "text": "It was Tuesday." })).await.good();
        let minutes = desk.agent.get(&at(&opened, "/minutes")).await;
        for line in [
            "# Daily review of 2026-11-16: New prices",
            "  > On Monday.",
            "- **Ask the bank**: Jonas Weber, due 2026-11-18",
            "It was Tuesday.",
            "**Old prices**",
        ] {
            assert!(minutes.text.contains(line), "“{line}” is not in\n{}", minutes.text);
        }
        let page = desk.agent.get(&at(&opened, "/minutes?format=html")).await;
        assert!(page.text.contains("<strong>Ask the bank</strong>") && page.header("content-security-policy").is_some(), "{}", page.text);
        let list = desk.agent.get(&desk.at("/reviews")).await.good();
        assert_eq!((len(&list), &items(&list)[0]["agreed"], &items(&list)[0]["present"]), (1, &json!(1), &json!(2)));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_begin_in_time_is_told_once_to_the_lead() {
    on_both(async |test| {
        let desk = live(test, &plan("")).await;
        until(test, "16T10:29").await;
        assert!(told(&desk.lead).await.is_empty());
        until(test, "16T10:30").await;
        assert_eq!(told(&desk.lead).await, ["review_missed  2026-11-16"]);
        let review = todays(&desk, &desk.agent).await["review"].clone();
        assert_eq!((text(&review["missed_at"]), &review["state"]), (t("16T10:30").to_string(), &json!("planned")));
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!((&now["review"]["missed"], &now["review"]["today"]), (&json!(true), &json!("planned")));
        // A plan that is applied again brings nothing back; late is better than never.
        desk.lead.post("/plan/apply", &json!({ "text": plan("morning_at = \"07:00\"") })).await.good();
        until(test, "16T12:00").await;
        open(&desk, &desk.agent).await;
        until(test, "17T09:00").await;
        // On Tuesday it begins in time.
        open(&desk, &desk.agent).await;
        until(test, "17T12:00").await;
        assert_eq!(told(&desk.lead).await.len(), 1);
        assert_eq!((told(&desk.agent).await.len(), told(&desk.owner).await.len()), (0, 0));
        assert_eq!(letters(test, "Morning").len(), 3, "at seven, by the new plan");
        let today = todays(&desk, &desk.agent).await;
        assert_eq!(today["unclosed"]["day"], "2026-11-16");
        // The window ends: nothing is due any more.
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "For the story." })).await.good();
        until(test, "19T18:00").await;
        assert_eq!((told(&desk.lead).await.len(), letters(test, "Morning").len()), (1, 3));
        desk.agent.post(&desk.at("/review/open"), &json!({})).await.problem(409);
    })
    .await;
}

#[tokio::test]
async fn an_action_is_told_of_when_given_due_and_overdue_each_once() {
    on_both(async |test| {
        let desk = live(test, &plan("")).await;
        let (jonas, aiko) = (me(&desk.owner).await, me(&desk.agent).await);
        let review = open(&desk, &desk.agent).await;
        let action = agree(&desk, &desk.agent, &jonas, "2026-11-17", Some(&review["id"])).await;
        assert_eq!((&action["owner"]["name"], &action["state"], &action["carried"]), (&json!("Jonas Weber"), &json!("open"), &json!(0)));
        let path = format!("/actions/{}", text(&action["id"]));
        let said = |what: &str| format!("action {what} Ask the bank (due 2026-11-17)");
        assert_eq!(told(&desk.owner).await, [said("given")]);
        until(test, "17T07:59").await;
        assert_eq!(told(&desk.owner).await.len(), 1);
        until(test, "17T09:00").await;
        assert_eq!(told(&desk.owner).await, [said("given"), said("due")]);
        until(test, "17T23:59").await;
        assert_eq!(desk.agent.get(&path).await.good()["overdue"], false);
        until(test, "18T00:00").await;
        assert_eq!(desk.agent.get(&path).await.good()["overdue"], true);
        assert_eq!(told(&desk.owner).await.len(), 2, "nobody is told at midnight");
        until(test, "20T12:00").await;
        assert_eq!(told(&desk.owner).await, [said("given"), said("due"), said("overdue")]);
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!((&now["review"]["open"], &now["review"]["overdue"]), (&json!(1), &json!(1)));

        // It stands first on the next agenda, and is counted.
        let today = todays(&desk, &desk.agent).await;
        let first = &today["review"]["items"][0];
        assert_eq!((text(&first["detail"]), first["urgent"] == true), ("Jonas Weber: overdue since 2026-11-17".into(), true));
        open(&desk, &desk.agent).await;
        assert_eq!(desk.agent.get(&path).await.good()["carried"], 1);

        // Aiko takes it over, with another day; what she did not read she does not change.
        let change = |revision: i64, owner: &Value, due: &str| json!({ "revision": revision, "title": "Ask the bank", "owner": owner, "due": due });
        desk.agent.put(&path, &change(7, &aiko, "2026-11-23")).await.problem(409);
        desk.agent.put(&path, &change(1, &aiko, "2026-11-19")).await.problem_at(422, "due");
        desk.agent.put(&path, &change(1, &json!("12345"), "2026-11-23")).await.problem_at(422, "owner");
        desk.lead.put(&path, &change(1, &aiko, "2026-11-23")).await.good();
        assert_eq!(told(&desk.agent).await, ["action given Ask the bank (due 2026-11-23)"]);
        desk.agent.post(&format!("{path}/state"), &json!({ "to": "dropped" })).await.problem_at(422, "reason");
        desk.agent.post(&format!("{path}/state"), &json!({ "to": "done" })).await.good();
        desk.agent.post(&format!("{path}/state"), &json!({ "to": "done" })).await.good();
        until(test, "25T12:00").await;
        assert_eq!((told(&desk.agent).await.len(), told(&desk.owner).await.len()), (1, 3), "what is done is nobody's to be reminded of");
        assert_eq!((kinds(&desk, "action.finished").await, kinds(&desk, "action.overdue").await), (1, 1));
        let done = desk.agent.get(&desk.at(&format!("/actions?state=done&owner={}", text(&aiko)))).await.good();
        assert_eq!(len(&done), 1);
        assert_eq!(len(&desk.agent.get(&desk.at("/actions?state=open")).await.good()), 0);
    })
    .await;
}

#[tokio::test]
async fn wrong_input_is_named_and_changes_nothing() {
    on_both(async |test| {
        let desk = live(test, &plan("")).await;
        let aiko = me(&desk.agent).await;
        let new = |title: &str, due: &str| json!({ "title": title, "owner": aiko, "due": due });
        for (body, field) in [
            (new(" ", "2026-11-18"), "title"),
            (new(&"x".repeat(301), "2026-11-18"), "title"),
            (new("x", "tomorrow"), "due"),
            (new("x", "2026-11-15"), "due"),
            (new("x", "2028-11-15"), "due"),
            (json!({ "title": "x", "owner": "77", "due": "2026-11-18" }), "owner"),
            (json!({ "title": "x", "owner": aiko, "due": "2026-11-18", "review": "77" }), "review"),
            (json!({ "title": "x", "owner": aiko, "due": "2026-11-18", "item": "exit" }), "item"),
        ] {
            desk.agent.post(&desk.at("/actions"), &body).await.problem_at(422, field);
        }
        assert_eq!(len(&desk.agent.get(&desk.at("/actions")).await.good()), 0);
        desk.agent.get("/reviews/77").await.problem(404);
        desk.agent.put("/reviews/77/notes", &json!({ "item": "exit", "text": "x" })).await.problem(404);
        // Without a review in the plan nothing is scheduled, and one can still be held.
        desk.lead.post("/plan/apply", &json!({ "text": PLAN })).await.good();
        until(test, "18T20:00").await;
        assert!(told(&desk.lead).await.is_empty() && letters(test, "Morning").is_empty());
        let today = todays(&desk, &desk.agent).await;
        assert_eq!((&today["planned"], &today["next_at"]), (&json!(false), &Value::Null));
        assert_eq!(open(&desk, &desk.agent).await["state"], "open");
        // A viewer reads and writes nothing.
        let viewer = test.signed_in("Vera View", Role::Viewer).await;
        let read = todays(&desk, &viewer).await;
        assert_eq!((&read["review"]["you_may_write"], &read["review"]["you_may_close"]), (&json!(false), &json!(false)));
        viewer.post(&desk.at("/actions"), &new("x", "2026-11-19")).await.problem(403);
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_does_not_arrive_is_said() {
    on_both(async |test| {
        let desk = live(test, &plan("")).await;
        until(test, "16T16:59").await;
        test.post.fail_colleagues(1, &Undelivered::Never("550 no such user".into()));
        until(test, "16T17:10").await;
        let events = desk.lead.get(&format!("/events?window={}&limit=200", desk.window)).await.good();
        let said = by(&events, "kind", "review.undelivered");
        assert_eq!(text(&said["sentence"]), "The executive brief could not be sent to boss@example.org: 550 no such user");
        assert_eq!((kinds(&desk, "review.undelivered").await, kinds(&desk, "letter.failed").await), (1, 0), "it is said once");
    })
    .await;
}

#[tokio::test]
async fn a_brief_waits_for_a_mail_server_and_then_says_what_it_said_without_what_was_erased() {
    on_both(async |test| {
        let desk = live(test, &plan("")).await;
        let admin = test.signed_in("Ada Admin", Role::Admin).await;
        let id = desk.writes(Channel::Email, "Ana <b>Souza</b> & Co", "My invoice is wrong").await;
        let contact = desk.agent.get(&format!("/conversations/{id}")).await.good()["contact"]["id"].clone();
        desk.issue("Ana <b>Souza</b> & Co sees the old price", &[id]).await;
        desk.issue("The export is slow", &[desk.writes(Channel::Email, "Bo", "Slow export").await]).await;
        until(test, "17T07:59").await;
        test.post.fail_colleagues(6, &Undelivered::Later("The mail server is away.".into()));
        until(test, "17T08:00").await;
        assert!(letters(test, "Morning").is_empty());
        let key = format!("brief:{}:morning", text(&todays(&desk, &desk.agent).await["review"]["id"]));
        let fates = async || stored::by_key(&mut test.app.reader(), &key).await.unwrap();
        let waiting: Vec<(String, bool)> = fates().await.into_iter().map(|fate| (fate.recipient, fate.user_id.is_some())).collect();
        let all = ["aiko@example.org", "jonas@example.org", "mara@example.org"].map(|to| (to.to_owned(), true));
        assert!(waiting.len() == 3 && all.iter().all(|one| waiting.contains(one)), "letters of colleagues are theirs: {waiting:?}");
        admin.post(&format!("/contacts/{}/erase", text(&contact)), &json!({ "reason": "Request 17" })).await.good();
        until(test, "17T08:30").await;
        assert_eq!(letters(test, "Morning"), ["aiko@example.org", "jonas@example.org", "mara@example.org"]);
        assert!(fates().await.iter().all(|fate| fate.state == "delivered" && fate.attempts > 1), "{:?}", fates().await);
        for mail in test.post.to_colleagues().into_iter().filter(|mail| mail.subject.starts_with("Morning")) {
            let said = format!("{} {}", mail.text, mail.html.unwrap_or_default());
            assert!(!said.contains("Souza") && said.contains("The export is slow"), "{said}");
        }
    })
    .await;
}
