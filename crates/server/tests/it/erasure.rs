//! All that is kept of a customer, handed out and erased: afterwards it stands nowhere, and every figure is what it was.

use crate::desk::{Desk, PLAN, items, text};
use crate::support::receiver::Receiver;
use crate::support::{Client, TestApp, Wanted, on_both_with};
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span};
use hypercare_server::events::sentence;
use hypercare_server::{engine, outward, webhooks};
use hypercare_store::queries::events;
use reqwest::Method;
use serde_json::{Value, json};

const SECRET: &str = "Xylophone-4711";

/// Ana wrote everywhere; returns the ids of her contacts.
async fn ana_everywhere(desk: &Desk<'_>, admin: &Client, receiver: &Receiver) -> Vec<String> {
    let test = desk.test;
    let said = format!("Why is my invoice higher, Ana Quixote here, code {SECRET}?");
    let mail = desk.writes_from(Channel::Email, "Ana Quixote", Some("ana.quixote@example.net".into()), &said).await;
    desk.agent.post(&format!("/conversations/{mail}/notes"), &json!({ "text": format!("She gave {SECRET}") })).await.good();
    desk.agent
        .post(&format!("/conversations/{mail}/replies"), &json!({ "text": format!("Dear Ana Quixote, {SECRET} is noted."), "then": "waiting" }))
        .await
        .good();
    desk.agent.put(&format!("/conversations/{mail}/draft"), &json!({ "text": format!("More on {SECRET}") })).await.good();
    let issue = desk.issue("Invoices are wrong", &[mail]).await;
    desk.agent.get(&format!("/issues/{issue}")).await.good();
    let asked = json!({ "window": desk.window, "kind": "other", "question": "May Ana Quixote keep her discount?", "conversation": mail.to_string() });
    desk.agent.post("/decisions", &asked).await.good();
    // In the chat, with a search, a rating and a question that nothing answers.
    let session = test.stranger().post("/public/chat/session", &json!({ "name": "Ana Quixote", "email": "ana.quixote@example.net" })).await.good();
    let visitor = text(&session["visitor"]);
    let chat = async |path: &str, body: Value| {
        let request = test.stranger().request(Method::POST, &format!("/public/chat/{path}")).header("x-visitor", &visitor).json(&body);
        crate::support::client::send(request).await
    };
    let search = format!("/public/help/search?q=Does%20the%20new%20price%20cost%20more%20with%20{SECRET}%3F");
    crate::support::client::send(test.stranger().request(Method::GET, &search).header("x-visitor", &visitor)).await.good();
    chat("messages", json!({ "client_id": "c1", "text": format!("Does the zebra crossing apply to {SECRET}, says Ana Quixote?") })).await.good();
    chat("rating", json!({ "score": 1, "comment": format!("Bad, {SECRET}") })).await.good();
    // Over a bridge.
    let made = admin.post("/bridges", &json!({ "key": "whatsapp", "name": "WhatsApp", "url": receiver.url })).await.good();
    let body = json!({ "type": "message.created", "data": { "conversation": "+49 170 555", "sender": { "name": "Ana Quixote" }, "text": format!("Hello, {SECRET}") } });
    let (body, seconds) = (body.to_string(), test.now().0 / 1_000_000);
    let signature = outward::sign(&text(&made["secret"]), "wamid.1", seconds, body.as_bytes()).unwrap();
    let request = test.stranger().request(Method::POST, "/public/bridges/whatsapp/messages");
    let request = request.header("webhook-id", "wamid.1").header("webhook-timestamp", seconds).header("webhook-signature", signature);
    crate::support::client::send(request.body(body)).await.good();
    // By mail with a file, with a colleague in the thread, and once more in a mail that is held.
    let file = format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nMy code is {SECRET}.\r\n--b\r\nContent-Disposition: attachment; filename=\"{SECRET}.txt\"\r\n\r\n{SECRET}\r\n--b--\r\n"
    );
    let from = "From: Ana Quixote <ana.quixote@example.net>\r\n";
    let lmtp = test.app.config.mail_in.lmtp.unwrap();
    for mail in [
        format!("{from}Message-ID: <1@{SECRET}.example>\r\nSubject: Code {SECRET}\r\nIn-Reply-To: <none@example.net>\r\n{file}"),
        format!(
            "From: Colleague <c@quixote.example>\r\nMessage-ID: <2@x.example>\r\nIn-Reply-To: <1@{SECRET}.example>\r\n\r\nAs Ana Quixote says, {SECRET}\r\n"
        ),
        format!("{from}Message-ID: <3@x.example>\r\nAuto-Submitted: auto-generated\r\nSubject: {SECRET}\r\n\r\nAway, {SECRET}\r\n"),
    ] {
        crate::support::hand_over(lmtp, "x@example.net", &["support@localhost"], mail.as_bytes()).await;
        test.forward(Span::secs(1)).await;
    }
    test.forward(Span::secs(1)).await;
    let list = desk.agent.get("/conversations?limit=200").await.good();
    let mut ids: Vec<String> = items(&list).iter().filter(|c| c["contact"]["name"] == "Ana Quixote").map(|c| text(&c["contact"]["id"])).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3, "{list}");
    ids
}

/// What colleagues wrote of Ana outside of her conversations: handed on, decided, reviewed, agreed, published, saved. Returns the address of the
/// article that names her.
async fn colleagues_on_ana(desk: &Desk<'_>, admin: &Client) -> String {
    let list = desk.agent.get("/conversations?limit=200").await.good();
    let hers: Vec<&Value> = items(&list).iter().filter(|c| c["contact"]["name"] == "Ana Quixote").collect();
    let of = |channel: &str| text(&hers.iter().find(|c| c["channel"] == channel).unwrap()["id"]);
    // Handed on with a form, and given back.
    let handed = json!({ "to": "billing", "reason": format!("Special contract, {SECRET}"),
        "context": [{ "question": "Which invoice is it about?", "answer": format!("the one with {SECRET}") }] });
    let seen = desk.agent.post(&format!("/conversations/{}/escalate", of("email")), &handed).await.good();
    let back = json!({ "reason": format!("{SECRET} is no code of ours.") });
    desk.lead.post(&format!("/escalations/{}/return", text(&seen["escalation"]["id"])), &back).await.good();
    // Decided: about the conversation by a number that she gave, and about nothing of hers by her name.
    for (question, conversation) in
        [(format!("Do we refund {SECRET}?"), Some(of("email"))), ("May ana.quixote@example.net be called?".to_owned(), None)]
    {
        let asked = json!({ "window": desk.window, "kind": "other", "question": question, "conversation": conversation });
        let asked = desk.agent.post("/decisions", &asked).await.good();
        let reason = format!("Ana Quixote is right about {SECRET}.");
        desk.lead.post(&format!("/decisions/{}/decide", text(&asked["id"])), &json!({ "ruling": "yes", "reason": reason })).await.good();
    }
    // Reviewed and agreed; the other lines of a note stay.
    let review = desk.lead.post(&desk.at("/review/open"), &json!({})).await.good()["review"].clone();
    let note = json!({ "item": "exit", "text": format!("The queue is calm.\nAna Quixote wrote {SECRET} again.\nWe go on."), "revision": 0 });
    desk.lead.put(&format!("/reviews/{}/notes", text(&review["id"])), &note).await.good();
    let jonas = desk.owner.get("/session").await.good()["user"]["id"].clone();
    let due = desk.test.now().to_string()[..10].to_owned();
    desk.lead.post(&desk.at("/actions"), &json!({ "title": "Call Ana Quixote", "owner": jonas, "due": due })).await.good();
    // An answer that was written for what she asked knows her wording.
    let asked = format!("Does the new price apply to our charity discount {SECRET}?");
    let asked = desk.writes_from(Channel::Email, "Ana Quixote", Some("ana.quixote@example.net".into()), &asked).await;
    let group = desk.agent.get(&format!("/unanswered/{asked}")).await.good();
    let start = json!({ "title": "Charity discounts", "expected": "Yes.", "do_now": "Nothing.", "next_update": "Friday.", "examples": group["start"]["examples"] });
    assert!(start["examples"].to_string().contains(SECRET), "{group}");
    desk.agent.post("/answers", &json!({ "window": desk.window, "text": start, "unanswered": asked.to_string() })).await.good();
    // An article that names her, and what a reader said below it.
    let shelf = desk.owner.post("/collections", &json!({ "names": { "en": { "name": "Plans" } } })).await.good();
    let shelf = desk
        .owner
        .post(&format!("/collections/{}/categories", text(&shelf["id"])), &json!({ "names": { "en": { "name": "New plans" } } }))
        .await
        .good();
    let words = json!({ "title": "Thanks to readers", "body": format!("Who helped us.\n\nAna Quixote did, with {SECRET}.") });
    let new = json!({ "category": shelf["categories"][0]["id"], "lang": "en", "slug": "thanks", "text": words, "note": "For Ana Quixote" });
    let article = desk.owner.post("/articles", &new).await.good();
    desk.owner.post(&format!("/articles/{}/texts/en/publish", text(&article["id"])), &json!({ "revision": 1 })).await.good();
    let page = "/help/en/articles/thanks";
    let form = format!("helpful=no&comment=Says+Ana+Quixote:+{SECRET}");
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let rated = http.post(format!("{}{page}/rating", desk.test.url)).header("content-type", "application/x-www-form-urlencoded").body(form);
    assert!(rated.send().await.unwrap().status().is_redirection());
    assert!(desk.test.stranger().page(Method::GET, page).await.text.contains("Ana Quixote"));
    // A view that looks for her.
    admin.post("/views", &json!({ "name": "Ana Quixote", "shared": false, "filters": { "q": "quixote" } })).await.good();
    page.to_owned()
}

/// The team's window, whose path asks something.
async fn live(test: &TestApp) -> Desk<'_> {
    let desk = Desk::ready(test).await;
    let asks = "acknowledge = \"30 min\"\nasks = [\"Which invoice is it about?\"]\n";
    let plan = PLAN.replace("acknowledge = \"30 min\"\n", asks);
    assert_ne!(plan, PLAN);
    desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active" })).await.good();
    desk
}

#[tokio::test]
async fn what_colleagues_wrote_of_an_erased_customer_stands_nowhere() {
    on_both_with(Wanted::mailed(), async |test| {
        let (desk, receiver) = (live(test).await, Receiver::start().await);
        let admin = test.signed_in("Ada Admin", Role::Admin).await;
        let ids = ana_everywhere(&desk, &admin, &receiver).await;
        let page = colleagues_on_ana(&desk, &admin).await;
        let places = test.app.store.places_of(SECRET).await.unwrap();
        for table in ["escalation", "decision", "review", "answer", "article", "article_revision", "article_rating"] {
            assert!(places.iter().any(|place| place.starts_with(&format!("{table}."))), "{table}: {places:?}");
        }
        let all = admin.get(&format!("/contacts/{}/export", ids[0])).await.good().to_string()
            + &admin.get(&format!("/contacts/{}/export", ids[1])).await.good().to_string()
            + &admin.get(&format!("/contacts/{}/export", ids[2])).await.good().to_string();
        for part in ["Which invoice is it about?", "is no code of ours", "Do we refund"] {
            assert!(all.contains(part), "{part}: {all}");
        }
        for id in &ids {
            admin.post(&format!("/contacts/{id}/erase"), &json!({ "reason": "Request 17" })).await.good();
        }
        for word in [SECRET, "Quixote", "+49 170 555"] {
            assert_eq!(test.app.store.places_of(word).await.unwrap(), Vec::<String>::new(), "{word}");
        }
        // Nothing that is handed out or looked for has them.
        let mut out = vec![];
        for path in ["/articles/export?limit=200", "/views", &format!("/conversations?q={SECRET}"), "/notices?limit=200", "/events?limit=200"] {
            out.push(admin.get(path).await.good().to_string());
        }
        for rest in ["/report?format=json", "/knowledge", "/actions", "/reviews", "/exit"] {
            out.push(admin.get(&desk.at(rest)).await.good().to_string());
        }
        for id in &ids {
            out.push(admin.get(&format!("/contacts/{id}/export")).await.good().to_string());
        }
        let shown = test.stranger().page(Method::GET, &page).await;
        assert!(shown.status.is_success() && shown.text.contains("Who helped us."), "the rest of the article stays: {}", shown.text);
        out.push(shown.text);
        for text in out {
            assert!(!text.contains(SECRET) && !text.to_lowercase().contains("quixote"), "{text}");
        }
        // What stands beside it stays, and everything can still be read.
        let review = items(&desk.lead.get(&desk.at("/reviews")).await.good())[0].clone();
        let review = desk.lead.get(&format!("/reviews/{}", text(&review["id"]))).await.good().to_string();
        assert!(review.contains("The queue is calm.\\n(erased)\\nWe go on."), "{review}");
        let list = desk.lead.get(&format!("/escalations?window={}", desk.window)).await.good();
        let form = &items(&list)[0]["context"][0];
        assert_eq!(form, &json!({ "question": "Which invoice is it about?", "answer": "(erased)" }));
        let verdict = hypercare_store::queries::chain::verify(&mut test.app.reader(), &[]).await.unwrap();
        assert!(verdict.faults.is_empty(), "{verdict:?}");
        let again = admin.post(&format!("/contacts/{}/erase", ids[0]), &json!({ "reason": "Request 17" })).await.good();
        assert_eq!((&again["events"], &again["elsewhere"]), (&json!(0), &json!(0)), "{again}");
    })
    .await;
}

/// Figures that must not change, as the console shows them.
async fn figures(desk: &Desk<'_>) -> [Value; 2] {
    let gaps = desk.lead.get(&format!("/gaps?window={}", desk.window)).await.good();
    let gaps = items(&gaps).iter().map(|gap| gap["searches"].clone()).collect();
    [desk.lead.get("/conversations/counts").await.good(), gaps]
}

#[tokio::test]
async fn an_erased_customer_stands_nowhere_and_every_figure_is_what_it_was() {
    on_both_with(Wanted::mailed(), async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        let admin = test.signed_in("Ada Admin", Role::Admin).await;
        let told = json!({ "url": receiver.url, "messages": true, "notes": true });
        admin.post("/webhooks", &told).await.good();
        let other = desk.writes(Channel::Email, "Bo Bystander", "Why is my invoice higher? Nobody told me.").await;
        let ids = ana_everywhere(&desk, &admin, &receiver).await;
        assert!(!test.app.store.places_of(SECRET).await.unwrap().is_empty());
        let list = async || {
            let list = desk.lead.get("/conversations?limit=200").await.good();
            let facts =
                |c: &Value| json!([c["id"], c["status"], c["severity"], c["scope"], c["messages"], c["issue"]["id"], c["rating"], c["opened_at"]]);
            items(&list).iter().map(facts).collect::<Vec<_>>()
        };
        let (before, counted) = (list().await, figures(&desk).await);
        for id in &ids {
            let all = admin.get(&format!("/contacts/{id}/export")).await.good();
            assert!(all.to_string().contains(SECRET) && all["name"] == "Ana Quixote", "{all}");
            assert!(!all.to_string().contains("Bystander"), "{all}");
            admin.post(&format!("/contacts/{id}/erase"), &json!({ "reason": " " })).await.problem_at(422, "reason");
            admin.post(&format!("/contacts/{id}/erase"), &json!({ "reason": "Ana Quixote asked." })).await.problem_at(422, "reason");
            let erased = admin.post(&format!("/contacts/{id}/erase"), &json!({ "reason": "Request 17" })).await.good();
            assert!(erased["conversations"] == 1 || erased["conversations"] == 2, "{erased}");
        }
        for word in [SECRET, "Quixote", "+49 170 555"] {
            assert_eq!(test.app.store.places_of(word).await.unwrap(), Vec::<String>::new(), "{word}");
        }
        assert_eq!((list().await, figures(&desk).await), (before.clone(), counted), "everything counts as before");
        // Others keep their words.
        let kept = desk.agent.get(&format!("/conversations/{other}/messages")).await.good();
        assert_eq!(items(&kept)[0]["text"], "Why is my invoice higher? Nobody told me.");
        // What is shown still works, and the log can be read to its end.
        for conversation in &before {
            let id = text(&conversation[0]);
            desk.agent.get(&format!("/conversations/{id}")).await.good();
            desk.agent.get(&format!("/conversations/{id}/events")).await.good();
        }
        let events = events::after(&mut test.app.reader(), 0, None, 10_000).await.unwrap();
        let said: Vec<String> = events.iter().filter(|e| e.kind == "contact.erased").map(sentence).collect();
        assert_eq!(said, vec!["Ada Admin erased a customer: Request 17"; ids.len()]);
        let unknown: Vec<String> = events.iter().map(sentence).filter(|s| s.contains("does not know")).collect();
        assert_eq!(unknown, Vec::<String>::new());
        // Words are gone from the log, and it is what it was all the same.
        let verdict = hypercare_store::queries::chain::verify(&mut test.app.reader(), &[]).await.unwrap();
        assert!(verdict.faults.is_empty() && verdict.erased > 0, "{verdict:?}");
        // A webhook that is told later is told without the words.
        webhooks::settle(&test.app).await.unwrap();
        // Who erases again finds nobody, but a name that says so.
        let again = admin.post(&format!("/contacts/{}/erase", ids[0]), &json!({ "reason": "Request 17" })).await.good();
        assert_eq!(again["events"], 0, "{again}");
        admin.post("/contacts/1/erase", &json!({ "reason": "Request 18" })).await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn a_node_forgets_what_it_had_read() {
    on_both_with(Wanted::mailed(), async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        let admin = test.signed_in("Ada Admin", Role::Admin).await;
        let ids = ana_everywhere(&desk, &admin, &receiver).await;
        let unanswered = format!("/unanswered?window={}", desk.window);
        drop(desk.lead.get(&unanswered).await.good());
        assert!(!items(&desk.agent.get(&format!("/conversations?q={SECRET}")).await.good()).is_empty());
        for id in &ids {
            admin.post(&format!("/contacts/{id}/erase"), &json!({ "reason": "Request 17" })).await.good();
        }
        let found = desk.agent.get(&format!("/conversations?q={SECRET}")).await.good();
        assert!(items(&found).is_empty(), "{found}");
        let after = desk.lead.get(&unanswered).await.good();
        assert!(!after.to_string().contains(SECRET), "{after}");
        let gaps = desk.lead.get(&format!("/gaps?window={}", desk.window)).await.good();
        assert!(!gaps.to_string().contains(SECRET), "{gaps}");
    })
    .await;
}

#[tokio::test]
async fn silent_customers_are_erased_where_the_operator_wants_that() {
    let rule = Wanted { erase_after: Some(Span::days(2)), ..Wanted::default() };
    on_both_with(rule, async |test| {
        let desk = Desk::live(test).await;
        let old = desk.writes(Channel::Email, "Olga Oldtimer", "Thank you for everything.").await;
        let open = desk.writes(Channel::Email, "Pete Patient", "I still wait.").await;
        desk.agent.post(&format!("/conversations/{old}/replies"), &json!({ "text": "Gladly.", "then": "resolved" })).await.good();
        engine::tick(&test.app).await.unwrap();
        assert!(!test.app.store.places_of("Oldtimer").await.unwrap().is_empty());
        quiet(test, Span::days(3)).await;
        assert_eq!(test.app.store.places_of("Oldtimer").await.unwrap(), Vec::<String>::new());
        assert!(!test.app.store.places_of("Patient").await.unwrap().is_empty(), "{open} is open");
        let events = events::after(&mut test.app.reader(), 0, None, 10_000).await.unwrap();
        let erased: Vec<_> = events.iter().filter(|e| e.kind == "contact.erased").collect();
        assert_eq!((erased.len(), erased[0].reason.as_deref()), (1, Some("Nothing was heard for 2 days.")));
    })
    .await;
}

/// The clock jumps, and what is due then is done: the days need not be played.
async fn quiet(test: &TestApp, by: Span) {
    test.app.clock.advance(by);
    while engine::tick(&test.app).await.unwrap() > 0 {}
}
