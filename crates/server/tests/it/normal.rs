//! After the peak: what is kept of what was said, what normal operations take over, and the days after the end.

use crate::desk::{COVERED, Desk, PLAN, by, items, text};
use crate::support::{Client, TestApp, Wanted, on_both, on_both_with};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::conversation::Status;
use hypercare_core::fields::Given;
use hypercare_core::role::{Permission, Role};
use hypercare_core::{Actor, Channel, Span, Stamp, Timestamp};
use hypercare_server::{conversations, intake};
use hypercare_store::queries;
use serde_json::{Value, json};

/// Two things to hand over: one to a person who signs in, one to a team without an account.
const ITEMS: &str = "
[handover]
watch_days = 14

[[handover.items]]
key = \"runbooks\"
what = \"Runbooks are signed\"
receiver = \"olga@example.org\"
receiver_name = \"Olga\"

[[handover.items]]
key = \"monitoring\"
what = \"Monitoring is live\"
";

/// A live desk with things to hand over.
pub async fn desk(test: &TestApp) -> Desk<'_> {
    let desk = Desk::live(test).await;
    desk.lead.post("/plan/apply", &json!({ "text": format!("{PLAN}{ITEMS}") })).await.good();
    desk
}

pub async fn knowledge(desk: &Desk<'_>) -> Value {
    desk.agent.get(&desk.at("/knowledge")).await.good()
}

/// The gaps of the exit whose keys begin like this.
pub async fn missing(desk: &Desk<'_>, kind: &str) -> Vec<String> {
    let exit = desk.agent.get(&desk.at("/exit")).await.good();
    let gaps = exit["missing"].as_array().unwrap();
    gaps.iter().filter(|gap| text(&gap["key"]).starts_with(&format!("exit.{kind}."))).map(|gap| text(&gap["what"])).collect()
}

pub async fn id_of(client: &Client) -> String {
    text(&client.get("/session").await.good()["user"]["id"])
}

#[tokio::test]
async fn exit_waits_for_each_answer_by_name() {
    on_both(async |test| {
        let desk = desk(test).await;
        let all = knowledge(&desk).await;
        let waiting = items(&all).len();
        assert_eq!((&all["waiting"], items(&all).iter().all(|a| a["waits"] == true)), (&json!(waiting), true), "{all}");
        let first = items(&all)[0].clone();
        let at = |rest: &str| format!("/answers/{}{rest}", text(&first["answer"]));
        assert!(missing(&desk, "answer").await.iter().any(|gap| gap.contains(&text(&first["title"])) && gap.ends_with("nobody is named yet")));

        // Somebody is named, and told; a program and an agent may not name anybody.
        let aiko = id_of(&desk.agent).await;
        desk.agent.post(&at("/entrust"), &json!({ "owner": aiko })).await.problem(403);
        desk.lead.post(&at("/entrust"), &json!({ "owner": "7" })).await.problem_at(422, "owner");
        desk.lead.post(&at("/entrust"), &json!({ "owner": aiko, "due_at": "2020-01-01T00:00:00Z" })).await.problem_at(422, "due_at");
        let given = desk.lead.post(&at("/entrust"), &json!({ "owner": aiko })).await.good();
        assert_eq!((&given["owner_name"], &given["late"]), (&json!("Aiko Tanaka"), &json!(false)));
        let told = desk.agent.get("/notices").await.good();
        assert_eq!((&told["items"][0]["kind"], &told["items"][0]["text"]), (&json!("entrusted"), &first["title"]), "{told}");
        assert!(missing(&desk, "answer").await.iter().any(|gap| gap.ends_with("with Aiko Tanaka")));
        test.app.clock.advance(Span::days(3) + Span::secs(1));
        let agent = test.sign_in("Aiko Tanaka").await;
        let late = agent.get(&desk.at("/knowledge")).await.good();
        assert_eq!((&late["items"][0]["answer"], &late["items"][0]["late"]), (&first["answer"], &json!(true)), "what is due comes first");

        // What it becomes: a rule needs its words, an article its place, and the version has to be the one that is said.
        let keep = |kind: &str, version: i64| json!({ "kind": kind, "version": version });
        agent.post(&at("/keep"), &keep("article", 1)).await.problem_at(422, "article");
        agent.post(&at("/keep"), &keep("rule", 1)).await.problem_at(422, "text");
        agent.post(&at("/keep"), &keep("macro", 2)).await.problem(409);
        agent.post(&at("/keep"), &keep("poem", 1)).await.problem_at(422, "kind");
        let program = test.program("Bot", &[Permission::Read, Permission::AnswersDraft]).await;
        program.post(&at("/keep"), &keep("macro", 1)).await.problem(403);
        let article = json!({ "kind": "article", "version": 1, "link": "https://help.example.org/7" });
        let kept = agent.post(&at("/keep"), &article).await.good();
        assert_eq!((&kept["waits"], &kept["became"]["kind"], &kept["became"]["by"]), (&json!(false), &json!("article"), &json!("Aiko Tanaka")));
        assert!(!missing(&desk_of(test, &desk, &agent).await, "answer").await.iter().any(|gap| gap.contains(&text(&first["title"]))));

        // All others become macros: the criterion holds.
        let lead = test.sign_in("Mara Lind").await;
        crate::desk::keep_all(&lead, &desk.window).await;
        let exit = lead.get(&desk.at("/exit")).await.good();
        let criterion = by(&exit["criteria"], "key", "knowledge");
        assert_eq!((&criterion["met"], text(&criterion["evidence"])), (&json!(true), format!("All {waiting}.")), "{criterion}");

        // A new version of what was kept is said: somebody has to look at it again.
        let answer = lead.get(&at("")).await.good();
        let mut words = answer["text"].clone();
        words["do_now"] = json!("Nothing at all.");
        lead.put(&at(""), &json!({ "text": words })).await.good();
        lead.post(&at("/approve"), &json!({ "version": 2 })).await.good();
        let again = lead.get(&desk.at("/exit")).await.good();
        assert_eq!(by(&again["criteria"], "key", "knowledge")["met"], false);
        lead.post(&at("/retire"), &json!({ "reason": "Nobody asks any more." })).await.good();
        let gone = lead.get(&desk.at("/exit")).await.good();
        assert_eq!(by(&gone["criteria"], "key", "knowledge")["met"], true);

        // After the end a macro is still there, and can be sent under its name.
        lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "Over." })).await.good();
        let macros = lead.get("/macros").await.good();
        assert_eq!(items(&macros).len(), waiting - 1, "{macros}");
        let conversation = desk.writes(Channel::Chat, "Late", COVERED).await;
        let reply = json!({ "text": macros["items"][0]["text"], "answer_id": macros["items"][0]["answer"] });
        lead.post(&format!("/conversations/{conversation}/replies"), &reply).await.good();
    })
    .await;
}

/// The same desk, looked at by somebody whose session is still good.
async fn desk_of<'a>(test: &'a TestApp, desk: &Desk<'a>, agent: &Client) -> Desk<'a> {
    Desk { test, lead: agent.clone(), owner: agent.clone(), agent: agent.clone(), window: desk.window.clone() }
}

async fn normal(client: &Client, desk: &Desk<'_>) -> Value {
    client.get(&desk.at("/normal")).await.good()
}

#[tokio::test]
async fn nobody_takes_over_from_themselves() {
    on_both(async |test| {
        let desk = desk(test).await;
        let olga = test.sign_in("Olga Petrova").await;
        let give = |item: &str, note: &str| json!({ "item": item, "note": note });
        let answer = |item: &str, round: i64, reason: &str| json!({ "item": item, "round": round, "reason": reason });
        assert_eq!(
            missing(&desk, "item").await,
            ["To be handed over: Runbooks are signed, with Olga", "To be handed over: Monitoring is live, nobody is named yet"]
        );

        desk.agent.post(&desk.at("/normal/give"), &give("nothing", "x")).await.problem_at(422, "item");
        desk.agent.post(&desk.at("/normal/give"), &give("monitoring", "x")).await.problem_at(422, "receiver");
        desk.agent.post(&desk.at("/normal/give"), &give("runbooks", " ")).await.problem_at(422, "note");
        let own = olga.post(&desk.at("/normal/give"), &give("runbooks", "Mine.")).await.problem(403);
        assert!(text(&own["detail"]).contains("to yourself"), "{own}");
        olga.post(&desk.at("/normal/accept"), &answer("runbooks", 0, "")).await.problem(409);

        let given = desk.agent.post(&desk.at("/normal/give"), &give("runbooks", "In the wiki.")).await.good();
        let item = by(&given["items"], "key", "runbooks");
        assert_eq!((&item["state"], &item["round"], &item["you_may_accept"]), (&json!("given"), &json!(1), &json!(false)));
        let told = olga.get("/notices").await.good();
        assert_eq!(
            (&told["items"][0]["kind"], &told["items"][0]["detail"], &told["items"][0]["text"]),
            (&json!("handed_over"), &json!("given"), &json!("Runbooks are signed"))
        );
        for nobody in [&desk.agent, &desk.lead] {
            let refused = nobody.post(&desk.at("/normal/accept"), &answer("runbooks", 1, "Yes.")).await.problem(403);
            assert!(text(&refused["detail"]).contains("Olga answers this"), "{refused}");
        }
        // Given back with a reason, given again; what is accepted is what was given last.
        olga.post(&desk.at("/normal/return"), &answer("runbooks", 1, " ")).await.problem_at(422, "reason");
        let back = olga.post(&desk.at("/normal/return"), &answer("runbooks", 1, "The alarms are missing.")).await.good();
        assert_eq!(by(&back["items"], "key", "runbooks")["answered"]["reason"], "The alarms are missing.");
        assert_eq!(desk.agent.get("/notices").await.good()["items"][0]["detail"], "returned");
        desk.agent.post(&desk.at("/normal/give"), &give("runbooks", "With the alarms.")).await.good();
        olga.post(&desk.at("/normal/accept"), &answer("runbooks", 1, "")).await.problem(409);
        let done = olga.post(&desk.at("/normal/accept"), &answer("runbooks", 2, "")).await.good();
        assert_eq!((&done["accepted"], &by(&done["items"], "key", "runbooks")["answered"]["recorded"]), (&json!(1), &json!(false)));
        // The second click of two changes nothing.
        olga.post(&desk.at("/normal/accept"), &answer("runbooks", 2, "")).await.good();

        // A team without an account: a colleague records what they said, with the evidence, but not who gave it.
        let receiver = json!({ "item": "monitoring", "email": "Operations@example.org", "name": "Operations" });
        desk.agent.post(&desk.at("/normal/receiver"), &receiver).await.problem(403);
        desk.lead.post(&desk.at("/normal/receiver"), &json!({ "item": "monitoring", "email": "nobody" })).await.problem_at(422, "receiver");
        desk.lead.post(&desk.at("/normal/receiver"), &receiver).await.good();
        desk.agent.post(&desk.at("/normal/give"), &give("monitoring", "Dashboards and pager.")).await.good();
        let own = desk.agent.post(&desk.at("/normal/accept"), &answer("monitoring", 1, "They said yes.")).await.problem(403);
        assert!(text(&own["detail"]).contains("You handed it over"), "{own}");
        desk.owner.post(&desk.at("/normal/accept"), &answer("monitoring", 1, "")).await.problem_at(422, "reason");
        let program = test.program("Bot", &[Permission::Read, Permission::ConversationsWrite]).await;
        program.post(&desk.at("/normal/accept"), &answer("monitoring", 1, "x")).await.problem(403);
        let all = desk.owner.post(&desk.at("/normal/accept"), &answer("monitoring", 1, "By mail of today.")).await.good();
        let item = by(&all["items"], "key", "monitoring");
        assert_eq!(
            (&item["answered"]["recorded"], &item["answered"]["by"], &item["answered"]["reason"]),
            (&json!(true), &json!("Jonas Weber"), &json!("By mail of today."))
        );
        assert_eq!(missing(&desk, "item").await, Vec::<String>::new());
        let feed = desk.lead.get("/events?limit=200").await.good();
        let said: Vec<String> = items(&feed).iter().filter(|e| text(&e["kind"]).starts_with("handover.")).map(|e| text(&e["sentence"])).collect();
        assert!(said.iter().any(|s| s == "Olga Petrova gave “Runbooks are signed” back: The alarms are missing."), "{said:?}");
        assert!(said.iter().any(|s| s == "Jonas Weber recorded that the receiver accepted “Monitoring is live”: By mail of today."), "{said:?}");
    })
    .await;
}

#[tokio::test]
async fn what_only_works_for_a_while_is_ended_or_handed_over() {
    on_both(async |test| {
        let desk = desk(test).await;
        let conversation = desk.writes(Channel::Chat, "Ada", COVERED).await;
        let issue = desk.issue("Invoices without VAT", &[conversation]).await;
        let mut asked = vec![];
        for question in ["Refund by hand?", "Say it takes a week?"] {
            let new = json!({ "window": desk.window, "kind": "trigger_workaround", "question": question, "issue": issue });
            let id = text(&desk.agent.post("/decisions", &new).await.good()["id"]);
            desk.lead.post(&format!("/decisions/{id}/decide"), &json!({ "ruling": "yes", "reason": "It helps now." })).await.good();
            asked.push(id);
        }
        assert_eq!(missing(&desk, "temporary").await.len(), 2);
        let fix = |decision: &str, email: &str, words: &str| json!({ "decision": decision, "email": email, "name": "Billing", "fix": words });
        desk.owner.post(&desk.at("/normal/fix"), &fix("7", "b@example.org", "Release 4.2")).await.problem_at(422, "decision");
        desk.owner.post(&desk.at("/normal/fix"), &fix(&asked[0], "b@example.org", " ")).await.problem_at(422, "fix");
        desk.agent.post(&desk.at("/normal/fix"), &fix(&asked[0], "b@example.org", "Release 4.2")).await.problem(403);
        let known = desk.owner.post(&desk.at("/normal/fix"), &fix(&asked[0], "b@example.org", "Release 4.2")).await.good();
        let row = by(&known["workarounds"], "decision", &asked[0]);
        assert_eq!(
            (&row["fix_owner"]["name"], &row["waits"], &row["issue_title"]),
            (&json!("Billing"), &json!(false), &json!("Invoices without VAT"))
        );
        desk.lead.post(&format!("/decisions/{}/end", asked[1]), &json!({ "reason": "Not needed." })).await.good();
        assert_eq!(missing(&desk, "temporary").await, Vec::<String>::new());

        // What is open is counted from the store, not typed.
        let waiting = json!({ "window": desk.window, "kind": "other", "question": "Who does the rest?" });
        desk.agent.post("/decisions", &waiting).await.good();
        let open = normal(&desk.agent, &desk).await;
        let count = |kind: &str| by(&open["open"], "kind", kind)["count"].clone();
        let list = desk.agent.get(&format!("/conversations?window={}&view=all_open", desk.window)).await.good();
        assert_eq!((count("issues"), count("decisions"), count("escalations")), (json!(1), json!(1), json!(0)), "{open}");
        assert_eq!(count("conversations"), json!(items(&list).len()));
    })
    .await;
}

/// A customer writes, and is answered twenty minutes later.
async fn asks(test: &TestApp, name: &str, agent: &Actor) {
    let sender = Sender { key: name.to_owned(), email: None, name: Some(name.to_owned()) };
    let inbound = Inbound {
        channel: Channel::Chat,
        sender,
        external_id: None,
        conversation: None,
        subject: None,
        text: "How do I turn on two-step sign-in?".into(),
        sent_at: None,
        fields: Given::default(),
    };
    let conversation = intake::receive(&test.app, inbound).await.unwrap().conversation;
    test.forward(Span::mins(10)).await;
    let said = conversations::reply::Said { text: "Under Account.".into(), answer: None, seen: None, then: Status::Resolved, files: vec![] };
    conversations::reply::reply_as(&test.app, Stamp::new(agent.clone(), test.now()), conversation, said).await.unwrap();
}

/// From midnight to midnight: so many customers.
async fn day(test: &TestApp, name: &str, agent: &Actor, customers: i64) {
    test.forward(Span::hours(9)).await;
    for n in 0..customers {
        asks(test, &format!("{name} {n}"), agent).await;
    }
    test.forward(Span::hours(15) - Span::mins(10 * customers)).await;
}

async fn count(test: &TestApp, kind: &str) -> i64 {
    queries::events::count(&mut test.app.reader(), kind, Timestamp(0), Timestamp(i64::MAX)).await.unwrap()
}

/// The sentences of all events of a kind.
async fn said_of(client: &Client, kind: &str) -> Vec<String> {
    let (mut said, mut after) = (vec![], "0".to_owned());
    loop {
        let page = client.get(&format!("/events?limit=200&after={after}")).await.good();
        said.extend(items(&page).iter().filter(|e| e["kind"] == kind).map(|e| text(&e["sentence"])));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => return said,
        }
    }
}

/// Eleven ordinary days, a window of seven days, and its end on the evening of the seventh; then nine calm days. It is day 17 now.
async fn until_day_17<'a>(test: &'a TestApp, agent: &Actor) -> Desk<'a> {
    for n in 5..16 {
        day(test, &format!("History {n}"), agent, 6).await;
    }
    let desk = Desk::live(test).await;
    for n in 16..22 {
        day(test, &format!("Window {n}"), agent, 6).await;
    }
    test.forward(Span::hours(18)).await;
    let lead = test.sign_in("Mara Lind").await;
    lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "Calm." })).await.good();
    test.forward(Span::hours(6)).await;
    let before = lead.get(&desk.at("/exit")).await.good();
    for n in 23..32 {
        day(test, &format!("After {n}"), agent, 6).await;
    }
    let lead = test.sign_in("Mara Lind").await;
    assert_eq!(lead.get(&desk.at("/exit")).await.good()["days"], before["days"], "a closed window stays as it was");
    let agent = test.sign_in("Aiko Tanaka").await;
    Desk { lead, agent, ..desk }
}

fn from_5_november() -> Wanted {
    Wanted { start: Timestamp::parse("2026-11-04T23:00:00Z").unwrap(), ..Wanted::default() }
}

#[tokio::test]
async fn a_relapse_on_day_17_is_proposed_once_and_the_watch_ends_by_itself() {
    on_both_with(from_5_november(), async |test| {
        let agent = Actor::person(test.person("Nadia Old Hand", Role::Agent).await, "Nadia");
        let desk = until_day_17(test, &agent).await;
        let calm = desk.lead.get(&desk.at("/watch")).await.good();
        assert_eq!((&calm["exit_day"], &calm["last_day"], &calm["days_left"]), (&json!("2026-11-22"), &json!("2026-12-06"), &json!(5)), "{calm}");
        let contacts = by(&calm["readings"], "key", "contacts");
        assert_eq!((contacts["days"].as_array().unwrap().len(), &contacts["alarm"]), (9, &Value::Null), "{contacts}");
        assert_eq!((&calm["proposed"], count(test, "window.relapse_proposed").await), (&Value::Null, 0));
        desk.lead.post(&desk.at("/watch/dismiss"), &json!({ "reason": "x" })).await.problem(409);

        // Day 17 and the next: seven times as many.
        day(test, "Bad 2", &agent, 42).await;
        day(test, "Bad 3", &agent, 42).await;
        assert_eq!(count(test, "window.relapse_proposed").await, 1);
        let lead = test.sign_in("Mara Lind").await;
        let seen = lead.get(&desk.at("/watch")).await.good();
        assert_eq!(
            (&seen["proposed"]["signs"][0]["key"], &seen["proposed"]["signs"][0]["since"]),
            (&json!("contacts"), &json!("2026-12-02")),
            "{seen}"
        );
        let told = lead.get("/notices?limit=200").await.good();
        let relapses: Vec<&Value> = items(&told).iter().filter(|n| n["kind"] == "relapse").collect();
        assert_eq!((relapses.len(), &relapses[0]["detail"]), (1, &json!("proposed")), "once, and to the lead: {told}");
        let nobody = test.sign_in("Aiko Tanaka").await.get("/notices?limit=200").await.good();
        assert!(items(&nobody).iter().all(|n| n["kind"] != "relapse"));

        // Decided against, with a reason: not asked again while it lasts.
        test.sign_in("Aiko Tanaka").await.post(&desk.at("/watch/dismiss"), &json!({ "reason": "x" })).await.problem(403);
        lead.post(&desk.at("/watch/dismiss"), &json!({})).await.problem_at(422, "reason");
        let put_aside = lead.post(&desk.at("/watch/dismiss"), &json!({ "reason": "A trade fair." })).await.good();
        assert_eq!((&put_aside["proposed"], &put_aside["relapses"][0]["reason"]), (&Value::Null, &json!("A trade fair.")));
        day(test, "Bad 4", &agent, 42).await;
        day(test, "Calm 5", &agent, 6).await;
        day(test, "Calm 6", &agent, 6).await;
        assert_eq!((count(test, "window.relapse_proposed").await, count(test, "window.watch_ended").await), (1, 1));
        let lead = test.sign_in("Mara Lind").await;
        let over = lead.get(&desk.at("/watch")).await.good();
        assert_eq!((&over["days_left"], &over["may_reopen"]), (&json!(0), &json!(false)), "{over}");
        assert!(!over["ended_at"].is_null());
        assert_eq!(said_of(&lead, "window.watch_ended").await, ["The watch after the window is over: one relapse was proposed"]);
        assert_eq!(said_of(&lead, "window.relapse_dismissed").await, ["Mara Lind decided against opening the window again: A trade fair."]);
        lead.post(&desk.at("/reopen"), &json!({ "to": "active", "reason": "Again." })).await.problem(409);
        // Nothing is measured for it any more.
        let closes = count(test, "window.day_closed").await;
        day(test, "Later", &agent, 6).await;
        assert_eq!(count(test, "window.day_closed").await, closes);
    })
    .await;
}

#[tokio::test]
async fn a_window_is_opened_again_in_one_step() {
    on_both_with(from_5_november(), async |test| {
        let agent = Actor::person(test.person("Nadia Old Hand", Role::Agent).await, "Nadia");
        let desk = until_day_17(test, &agent).await;
        day(test, "Bad 2", &agent, 42).await;
        day(test, "Bad 3", &agent, 42).await;
        let lead = test.sign_in("Mara Lind").await;
        test.sign_in("Jonas Weber").await.post(&desk.at("/reopen"), &json!({ "to": "active", "reason": "x" })).await.problem(403);
        lead.post(&desk.at("/reopen"), &json!({ "to": "active" })).await.problem_at(422, "reason");
        lead.post(&desk.at("/reopen"), &json!({ "to": "closed", "reason": "x" })).await.problem_at(422, "to");
        let outside = desk.writes(Channel::Chat, "Outside", COVERED).await;
        let open = lead.post(&desk.at("/reopen"), &json!({ "to": "active", "reason": "Contacts are seven times as many." })).await.good();
        assert_eq!((&open["phase"], &open["day"]), (&json!("active"), &json!(19)), "its days go on being counted");
        let step = open["transitions"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&step["from"], &step["to"], &step["reason"]), (&json!("closed"), &json!("active"), &json!("Contacts are seven times as many.")));
        // The second click of two; what came in while it was closed is not moved.
        lead.post(&desk.at("/reopen"), &json!({ "to": "active", "reason": "Again." })).await.good();
        assert_eq!(lead.get(&format!("/conversations/{outside}")).await.good()["window"], Value::Null);
        let inside = desk.writes(Channel::Chat, "Inside", COVERED).await;
        assert_eq!(lead.get(&format!("/conversations/{inside}")).await.good()["window"], json!(desk.window));
        let duty = lead.get(&desk.at("/rota/now")).await;
        assert!(duty.status == 200 || duty.status == 404, "{}", duty.text);
        let exit = lead.get(&desk.at("/exit")).await.good();
        assert_eq!(exit["phase"], "active");
        assert_eq!(by(&exit["days"], "date", "2026-12-02")["stable"], "fluctuation", "the days in between are part of it: {exit:#}");
        let watch = lead.get(&desk.at("/watch")).await.good();
        assert_eq!((&watch["exit_day"], &watch["may_reopen"]), (&Value::Null, &json!(false)));
        // It closes its days again, and can be closed once more.
        let closes = count(test, "window.day_closed").await;
        test.forward(Span::hours(24)).await;
        assert_eq!(count(test, "window.day_closed").await, closes + 1);
        let lead = test.sign_in("Mara Lind").await;
        lead.post(&desk.at("/transitions"), &json!({ "to": "closed", "reason": "The cause is gone." })).await.good();
        assert_eq!(lead.get(&desk.at("/watch")).await.good()["days_left"], 15);
    })
    .await;
}
