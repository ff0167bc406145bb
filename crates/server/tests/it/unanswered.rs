//! What nothing approved answered becomes an answer, and the next customer gets it.

use crate::desk::{COVERED, Desk, by, items, len, text};
use crate::support::on_both;
use hypercare_core::{Channel, ConversationId, Span};
use hypercare_server::intake;
use serde_json::{Value, json};

const ASKED: [&str; 3] = [
    "Does the new price apply to our charity discount?",
    "new price and charity discount, does it apply?",
    "Hello, will the charity discount apply with the new price?",
];
const REPLY: &str = "Hi Ana! Yes, this is expected: the charity discount stays. Please send us your certificate by e-mail. We write again on Friday.";

async fn listed(desk: &Desk<'_>, state: &str) -> Value {
    desk.agent.get(&format!("/unanswered?window={}&state={state}", desk.window)).await.good()
}

/// Three customers ask about one thing that nothing answers.
async fn asked(desk: &Desk<'_>) -> Vec<ConversationId> {
    let mut all = vec![];
    for (name, said) in ["Ana Souza", "Ben Okri", "Cleo Park"].into_iter().zip(ASKED) {
        all.push(desk.writes(Channel::Email, name, said).await);
        desk.test.app.clock.advance(Span::mins(1));
    }
    all
}

async fn reply(desk: &Desk<'_>, id: ConversationId, said: &str) {
    desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": said, "then": "waiting" })).await.good();
}

#[tokio::test]
async fn a_group_becomes_an_answer_and_the_next_customer_gets_it() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        assert_eq!(len(&listed(&desk, "open").await), 0, "nothing was asked yet");
        let all = asked(&desk).await;
        reply(&desk, all[0], REPLY).await;
        let list = listed(&desk, "open").await;
        assert_eq!(len(&list), 1, "{list}");
        let group = &items(&list)[0];
        assert_eq!(
            (&group["id"], &group["messages"], &group["people"], &group["replied"]),
            (&json!(all[0].to_string()), &json!(3), &json!(3), &json!(1))
        );
        assert_eq!((&group["last_day"], &group["per_day"]), (&json!(3), &json!([0, 0, 0, 0, 0, 0, 3])));
        assert!(ASKED.contains(&text(&group["wordings"][0]).as_str()), "{group}");

        // Any of its conversations leads to it; the start has only what people wrote.
        let detail = desk.agent.get(&format!("/unanswered/{}", all[1])).await.good();
        assert_eq!((&detail["id"], detail["conversations"].as_array().unwrap().len()), (&group["id"], 3));
        assert_eq!((&detail["reply"]["text"], &detail["reply"]["by"]), (&json!(REPLY), &json!("Aiko Tanaka")));
        let start = &detail["start"];
        assert_eq!(start["expected"], "Yes, this is expected: the charity discount stays.");
        assert_eq!(
            (&start["do_now"], &start["next_update"]),
            (&json!("Please send us your certificate by e-mail."), &json!("We write again on Friday."))
        );
        assert_eq!(start["examples"].as_array().unwrap().len(), 3);

        let new = json!({ "window": desk.window, "text": start, "unanswered": all[2] });
        let made = desk.agent.post("/answers", &new).await.good();
        let (open, drafted) = (listed(&desk, "open").await, listed(&desk, "drafted").await);
        assert_eq!((len(&open), &items(&drafted)[0]["draft"]["answer"]), (0, &made["id"]));
        // Who asks meanwhile waits for it too.
        test.app.clock.advance(Span::mins(5));
        let late = desk.writes(Channel::Email, "Dora Lee", "does the charity discount apply to the new price?").await;
        assert_eq!(items(&listed(&desk, "drafted").await)[0]["messages"], 4);
        test.app.clock.advance(Span::mins(5));
        desk.owner.post(&format!("/answers/{}/approve", text(&made["id"])), &json!({ "version": 1 })).await.good();
        for state in ["open", "drafted", "dismissed"] {
            assert_eq!(len(&listed(&desk, state).await), 0, "{state}");
        }
        desk.agent.get(&format!("/unanswered/{late}")).await.problem(404);
        test.app.clock.advance(Span::mins(5));
        let next = desk.writes(Channel::Email, "Eva Roth", "Does the new price apply to our charity discount, please?").await;
        let messages = desk.agent.get(&format!("/conversations/{next}/messages")).await.good();
        let said = &items(&messages)[1];
        assert_eq!((&said["author"], &said["answer"]["answer"]), (&json!("assistant"), &made["id"]), "{messages}");

        // Withdrawn, it serves nobody, and they wait again.
        desk.owner.post(&format!("/answers/{}/retire", text(&made["id"])), &json!({ "reason": "Wrong." })).await.good();
        assert_eq!(items(&listed(&desk, "open").await)[0]["messages"], 4);
        // Two nodes see the same.
        let other = test.another_node().await;
        let there = hypercare_server::unanswered::groups(&other, desk.window.parse().unwrap()).await.unwrap();
        assert_eq!(there.iter().map(|g| g.lines.len()).collect::<Vec<_>>(), [4]);
    })
    .await;
}

#[tokio::test]
async fn a_group_is_dismissed_with_a_reason_and_comes_back() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let all = asked(&desk).await;
        let at = |rest: &str| format!("/unanswered/{}/{rest}", all[0]);
        let viewer = test.signed_in("Vera Viewer", hypercare_core::role::Role::Viewer).await;
        viewer.post(&at("dismiss"), &json!({ "reason": "x" })).await.problem(403);
        desk.agent.post(&at("dismiss"), &json!({})).await.problem_at(422, "reason");
        desk.agent.post(&at("dismiss"), &json!({ "reason": "x".repeat(2_001) })).await.problem_at(422, "reason");
        let gone = desk.agent.post(&at("dismiss"), &json!({ "reason": "The discount ends anyway." })).await.good();
        assert_eq!(
            (&gone["state"], &gone["dismissed"]["reason"], &gone["dismissed"]["by"]),
            (&json!("dismissed"), &json!("The discount ends anyway."), &json!("Aiko Tanaka"))
        );
        // The second click, also on another of its conversations, changes nothing.
        let head = *test.app.store.head().borrow();
        desk.agent.post(&format!("/unanswered/{}/dismiss", all[2]), &json!({ "reason": "Again." })).await.good();
        assert_eq!(*test.app.store.head().borrow(), head);
        // Who asks the same later is with it.
        test.app.clock.advance(Span::hours(30));
        desk.writes(Channel::Email, "Dora Lee", "does the charity discount apply to the new price?").await;
        assert_eq!((len(&listed(&desk, "open").await), &items(&listed(&desk, "dismissed").await)[0]["messages"]), (0, &json!(4)));
        let back = desk.agent.post(&format!("/unanswered/{}/restore", all[1]), &json!({})).await.good();
        assert_eq!((&back["state"], &back["last_day"], &back["day_before"]), (&json!("open"), &json!(1), &json!(3)));
        assert_eq!((len(&listed(&desk, "open").await), len(&listed(&desk, "dismissed").await)), (1, 0));
        let events = desk.agent.get(&format!("/events?window={}", desk.window)).await.good();
        assert!(events.to_string().contains("need no answer: The discount ends anyway."), "{events}");
        desk.agent.post("/unanswered/77/dismiss", &json!({ "reason": "x" })).await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn wordings_are_added_to_an_answer_that_is_near() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let all = asked(&desk).await;
        let answer = desk.answer("price-higher").await;
        desk.agent.post(&format!("/unanswered/{}/add", all[0]), &json!({ "answer": "77" })).await.problem_at(422, "answer");
        let added = desk.agent.post(&format!("/unanswered/{}/add", all[0]), &json!({ "answer": answer })).await.good();
        assert_eq!((&added["live"], &added["newest_version"]), (&json!(1), &json!(2)));
        let examples = added["versions"][1]["text"]["examples"].to_string();
        assert!(ASKED.iter().all(|asked| examples.contains(asked)), "{examples}");
        // Done twice it is there once.
        assert_eq!(desk.agent.post(&format!("/unanswered/{}/add", all[0]), &json!({ "answer": answer })).await.good()["newest_version"], 2);
        assert_eq!(items(&listed(&desk, "drafted").await)[0]["draft"]["answer"], json!(answer));
        desk.owner.post(&format!("/answers/{answer}/approve"), &json!({ "version": 2 })).await.good();
        assert_eq!((len(&listed(&desk, "open").await), len(&listed(&desk, "drafted").await)), (0, 0));
        test.app.clock.advance(Span::mins(5));
        let received = desk.writes(Channel::Chat, "Eva Roth", ASKED[1]).await;
        assert_eq!(desk.agent.get(&format!("/conversations/{received}")).await.good()["handler"], "assistant");
    })
    .await;
}

#[tokio::test]
async fn only_what_an_answer_could_have_served_counts() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        // Urgent, upset, asking for a person, about something else: that is no gap of the answers.
        for (n, said) in [
            "My lawyer will hear of the new price and the charity discount",
            "THE NEW PRICE IS A DISGRACE!!! I AM FURIOUS ABOUT THE CHARITY DISCOUNT",
            "Let me talk to a person about the new price",
            "I forgot my password and the reset mail does not arrive",
        ]
        .iter()
        .enumerate()
        {
            desk.writes(Channel::Chat, &format!("Other {n}"), said).await;
        }
        assert_eq!(len(&listed(&desk, "open").await), 0);
        // The answer was no help: it counts until the customer takes that back.
        let id = desk.writes(Channel::Email, "Ana Souza", COVERED).await;
        assert_eq!(desk.writes_on(Channel::Email, "Ana Souza", id, "No, it did not help").await.action, intake::Action::HandedOver);
        let detail = desk.agent.get(&format!("/unanswered/{id}")).await.good();
        assert_eq!((&detail["state"], &detail["conversations"][0]["text"]), (&json!("open"), &json!(COVERED)));
        assert_eq!(detail["nearest"]["answer"], json!(desk.answer("price-higher").await));
        // Corrected to be about something else, it is none of these.
        let all = asked(&desk).await;
        desk.agent.post(&format!("/conversations/{}/triage", all[0]), &json!({ "scope": "out" })).await.good();
        let left = desk.agent.get(&format!("/unanswered/{}", all[1])).await.good();
        assert_eq!((&left["messages"], &left["id"]), (&json!(2), &json!(all[1].to_string())));
        desk.agent.get(&format!("/unanswered?window={}&state=late", desk.window)).await.problem_at(422, "state");
        desk.agent.get("/unanswered?window=77").await.problem(404);
        desk.agent.get("/unanswered").await.problem_at(422, "window");
    })
    .await;
}

#[tokio::test]
async fn each_group_is_listed_once_over_the_pages() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        for n in 0..7 {
            desk.writes(Channel::Email, &format!("Customer {n}"), &format!("Question {n}: does the new price apply to topic{n} gadget{n}?")).await;
        }
        let first = desk.agent.get(&format!("/unanswered?window={}&limit=3", desk.window)).await.good();
        let mut seen: Vec<String> = items(&first).iter().map(|g| text(&g["id"])).collect();
        let mut next = first["next"].clone();
        while let Some(cursor) = next.as_str() {
            let page = desk.agent.get(&format!("/unanswered?window={}&limit=3&cursor={cursor}", desk.window)).await.good();
            seen.extend(items(&page).iter().map(|g| text(&g["id"])));
            next = page["next"].clone();
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), seen.len(), "each group once: {seen:?}");
        let total: u64 = {
            let all = desk.agent.get(&format!("/unanswered?window={}&limit=200", desk.window)).await.good();
            items(&all).iter().map(|g| g["messages"].as_u64().unwrap()).sum()
        };
        assert_eq!(total, 7);
    })
    .await;
}

#[tokio::test]
async fn each_figure_of_an_answer_opens_to_its_uses() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.answer("price-higher").await;
        let write = async |name: &str, more: &[&str]| {
            let conversation = desk.writes(Channel::Email, name, COVERED).await;
            for said in more {
                test.app.clock.advance(Span::mins(10));
                desk.writes_on(Channel::Email, name, conversation, said).await;
            }
            conversation
        };
        let helped = write("Ana Souza", &["Yes, thank you!"]).await;
        let not = write("Ben Okri", &["No, it did not help"]).await;
        let again = write("Cleo Park", &["And what of next year?"]).await;
        let late = write("Dora Lee", &[]).await;
        test.forward(Span::hours(25)).await;
        desk.writes_on(Channel::Email, "Dora Lee", late, "One more thing about the new price").await;
        let fresh = write("Eva Roth", &["And what of next year?"]).await;
        let answer = desk.agent.get(&format!("/answers/{id}")).await.good();
        let rating = &answer["rating"];
        assert_eq!(
            (&answer["uses"], &answer["helpful"], &answer["not_helpful"], &answer["follow_ups_day"]),
            (&json!(5), &json!(1), &json!(1), &json!(3))
        );
        assert_eq!((&rating["measured"], &rating["again"], &rating["verdict"]), (&json!(4), &json!(2), &Value::Null), "a thank-you is no question");
        let check = async |only: &str, figure: &Value, expected: &[ConversationId]| {
            let uses = desk.agent.get(&format!("/answers/{id}/uses?only={only}")).await.good();
            let mut found: Vec<String> = items(&uses).iter().map(|u| text(&u["conversation"])).collect();
            let mut wanted: Vec<String> = expected.iter().map(ToString::to_string).collect();
            found.sort();
            wanted.sort();
            assert_eq!((found.clone(), figure.as_u64()), (wanted, Some(found.len() as u64)), "{only}");
        };
        check("helped", &answer["helpful"], &[helped]).await;
        check("not_helped", &answer["not_helpful"], &[not]).await;
        check("measured", &rating["measured"], &[helped, not, again, late]).await;
        check("again", &rating["again"], &[not, again]).await;
        check("alone", &rating["alone"], &[helped]).await;
        check("assistant", &answer["uses_assistant"], &[helped, not, again, late, fresh]).await;
        check("people", &answer["uses_people"], &[]).await;
        let version = desk.agent.get(&format!("/answers/{id}/uses?version=2")).await.good();
        assert_eq!(len(&version), 0);
        desk.agent.get(&format!("/answers/{id}/uses?only=good")).await.problem_at(422, "only");
        let list = desk.agent.get(&format!("/answers?window={}", desk.window)).await.good();
        assert_eq!(by(&list, "key", "price-higher")["rating"], *rating);
    })
    .await;
}
