//! The assistant on every channel: one question, one answer, then a person who knows what was tried.

use crate::desk::{COVERED, DEMO_PLAN, Desk, items, text};
use crate::support::on_both;
use hypercare_core::conversation::Event;
use hypercare_core::conversation::assistant::{Action, decide};
use hypercare_core::{Channel, ConversationId, Span};
use hypercare_server::intake;
use serde_json::{Value, json};

/// Two answers that a short question is equally near to.
const FIRST: &str = "How do I cancel the order of a printed album?";
const SECOND: &str = "How do I change the order of a printed album?";
/// Near both.
const UNCLEAR: &str = "new price: order of a printed album";

/// A desk whose two answers about printed albums are close.
async fn unclear<'a>(desk: Desk<'a>) -> Desk<'a> {
    for title in [FIRST, SECOND] {
        let answer = json!({ "title": title, "expected": format!("Expected: {title}"), "do_now": "Open Orders.", "next_update": "On Friday.", "source": "https://help.example.org/albums" });
        let made = desk.agent.post("/answers", &json!({ "window": desk.window, "text": answer })).await.good();
        desk.owner.post(&format!("/answers/{}/approve", text(&made["id"])), &json!({ "version": 1 })).await.good();
    }
    let tried = desk.agent.post("/answers/try", &json!({ "window": desk.window, "text": UNCLEAR })).await.good();
    assert_eq!(tried["would"], "ask", "{tried}");
    desk
}

async fn said(desk: &Desk<'_>, id: ConversationId) -> Vec<Value> {
    items(&desk.agent.get(&format!("/conversations/{id}/messages")).await.good()).to_vec()
}

async fn known(desk: &Desk<'_>, id: ConversationId) -> Value {
    desk.agent.get(&format!("/conversations/{id}")).await.good()
}

#[tokio::test]
async fn it_asks_once_and_answers_what_was_chosen() {
    on_both(async |test| {
        let desk = unclear(Desk::live(test).await).await;
        let check = async |name: &str, reply: &str, action: intake::Action, contains: &str| {
            let id = desk.writes(Channel::Email, name, UNCLEAR).await;
            let asked = said(&desk, id).await;
            let question = text(&asked[1]["text"]);
            assert!(question.starts_with("Is it about “") && question.contains("\n3. Neither of these\n"), "{question}");
            assert_eq!((&asked[1]["author"], &known(&desk, id).await["status"]), (&json!("assistant"), &json!("waiting")));
            let first = question.lines().find(|l| l.starts_with("1. ")).map(|l| l[3..].to_owned()).unwrap();
            let received = desk.writes_on(Channel::Email, name, id, &reply.replace("{first}", &first)).await;
            assert_eq!(received.action, action, "{reply}: {received:?}");
            let last = said(&desk, id).await.last().cloned().unwrap();
            assert!(text(&last["text"]).contains(&contains.replace("{first}", &first)), "{reply}: {last}");
            id
        };
        check("One", "1", intake::Action::Answered, "Expected: {first}").await;
        check("Two", "The first one, please", intake::Action::Answered, "Expected: {first}").await;
        check("Three", "{first}", intake::Action::Answered, "Expected: {first}").await;
        check("Four", "I want to cancel the order", intake::Action::Answered, "Expected: How do I cancel").await;
        check("Five", "it is about the change", intake::Action::Answered, "Expected: How do I change").await;
        let neither = check("Six", "Neither of these", intake::Action::HandedOver, "A person answers within 2 hours.").await;
        let vague = check("Seven", "hm, hard to say", intake::Action::HandedOver, "A person answers within").await;
        check("Eight", "1, and I will sue you", intake::Action::HandedOver, "before all others").await;
        // Whoever takes over knows what was asked, tried and matched.
        let note = known(&desk, neither).await["handover_note"].clone();
        assert!(text(&note["why"]).contains("neither of the two"), "{note}");
        assert!(text(&note["tried"][0]).contains("cancel the order") && note["asked"] == "Neither of these", "{note}");
        let matched = note["matched"].as_array().unwrap();
        assert!(matched.len() >= 2 && matched[0]["confidence"].as_f64().unwrap() >= matched[1]["confidence"].as_f64().unwrap(), "{note}");
        assert_eq!(known(&desk, vague).await["handover_note"]["asked"], "hm, hard to say");
        // After that it is silent.
        assert_eq!(desk.writes_on(Channel::Email, "Six", neither, COVERED).await.action, intake::Action::Silent);
    })
    .await;
}

#[tokio::test]
async fn thanks_settles_it_and_no_brings_a_person() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let check = async |name: &str, reply: &str, action: intake::Action, status: &str, handler: &str| {
            let id = desk.writes(Channel::Email, name, COVERED).await;
            let received = desk.writes_on(Channel::Email, name, id, reply).await;
            assert_eq!(received.action, action, "{reply}");
            let after = known(&desk, id).await;
            assert_eq!((&after["status"], &after["handler"]), (&json!(status), &json!(handler)), "{reply}");
            after
        };
        check("One", "Yes, thank you!", intake::Action::Closed, "resolved", "assistant").await;
        let no = check("Two", "No, it did not help", intake::Action::HandedOver, "open", "waiting").await;
        assert!(text(&no["handover"]).contains("did not help"));
        assert_eq!(no["handover_note"]["tried"], json!(["Answered with “Why is my invoice higher?”."]));
        let more = check("Three", "And what of next year?", intake::Action::HandedOver, "open", "waiting").await;
        assert!(text(&more["handover"]).contains("one try is enough"));
        let used = desk.agent.get(&format!("/answers/{}", desk.answer("price-higher").await)).await.good();
        assert_eq!((&used["helpful"], &used["not_helpful"]), (&json!(1), &json!(1)), "words count as clicks do");
    })
    .await;
}

#[tokio::test]
async fn how_long_a_person_takes_is_what_is_promised() {
    on_both(async |test| {
        // In office hours, Oslo: it is Monday 09:00 there.
        let office = "[calendars.office]\nzone = \"Europe/Oslo\"\nhours.mon = [\"08:00-16:00\"]\nhours.tue = [\"08:00-16:00\"]\n\n[sla.hypercare]\ncalendar = \"office\"";
        let plan = crate::desk::PLAN.replace("[sla.hypercare]\ncalendar = \"always\"", office);
        let desk = Desk::ready(test).await;
        desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active" })).await.good();
        let check = async |name: &str, expected: &str| {
            let id = desk.writes(Channel::Api, name, "I want to talk to a person about the new price").await;
            let told = text(&said(&desk, id).await.last().unwrap()["text"]);
            assert!(told.ends_with(expected), "{told}");
        };
        check("One", "A person answers within 2 hours.").await;
        test.forward(Span::hours(6)).await;
        check("Two", "A person answers by 09:00 on Tuesday 17 November (Europe/Oslo).").await;
        test.forward(Span::hours(2)).await;
        check("Three", "Our team is back at 08:00 on Tuesday 17 November (Europe/Oslo); a person answers by 10:00.").await;
    })
    .await;
}

#[tokio::test]
async fn the_help_centre_shows_what_is_approved_or_offers_to_write() {
    on_both(async |test| {
        let desk = unclear(Desk::live(test).await).await;
        let http = test.stranger();
        let ask = async |q: &str, more: &str| http.get(&format!("/public/help/search?q={}{more}", q.replace(' ', "%20").replace(':', "%3A"))).await;
        let found = ask(COVERED, "").await.good();
        assert_eq!(
            (&found["answer"]["title"], &found["answer"]["source"]),
            (&json!("Why is my invoice higher?"), &json!("https://help.example.org/prices"))
        );
        assert!(text(&found["answer"]["text"]).starts_with("Yes, this is expected"), "{found}");
        let choices = ask(UNCLEAR, "").await.good();
        assert_eq!((choices["choices"].as_array().unwrap().len(), &choices["answer"]), (2, &Value::Null), "{choices}");
        let chosen = ask(UNCLEAR, "&choice=2").await.good();
        assert_eq!(chosen["answer"]["title"], choices["choices"][1]);
        let nothing = ask("How do I turn on two-step sign-in?", "").await.good();
        assert_eq!((&nothing["write_to_us"], &nothing["answer"]), (&json!(true), &Value::Null));
        ask("", "").await.problem_at(422, "q");
        ask("x", "&choice=3").await.problem_at(422, "choice");
        assert_eq!(items(&desk.agent.get("/conversations").await.good()).len(), 0, "a search is no conversation");
    })
    .await;
}

/// Every decision in the log is made again from what was kept with it.
#[tokio::test]
async fn every_decision_of_the_demo_can_be_made_again() {
    on_both(async |test| {
        let desk = Desk::of_demo(test).await;
        assert!(DEMO_PLAN.contains("nordlicht"));
        let lines = include_str!("../../../../demo/messages.jsonl").lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut conversations = std::collections::BTreeMap::new();
        for message in lines {
            let (id, name, words) = (text(&message["id"]), text(&message["contact"]), text(&message["text"]));
            let key = message["follows"].as_str().map_or_else(|| id.clone(), str::to_owned);
            let conversation = match conversations.get(&key) {
                Some(known) => desk.writes_on(Channel::Api, &name, *known, &words).await.conversation,
                None => desk.writes(Channel::Api, &name, &words).await,
            };
            conversations.insert(key, conversation);
        }
        let (mut made, mut after) = (std::collections::BTreeMap::new(), 0);
        loop {
            let events = hypercare_store::queries::events::after(&mut test.app.reader(), after, None, 500).await.unwrap();
            let Some(last) = events.last() else { break };
            after = last.seq;
            for event in events.iter().filter(|e| e.kind == "conversation.assistant_decided") {
                let Event::AssistantDecided { decision } = serde_json::from_str(&event.body).unwrap() else { panic!("{}", event.body) };
                assert_eq!(decide(&decision.inputs), decision.action, "{}", event.body);
                let kind = match decision.action {
                    Action::Answer(_) => "answer",
                    Action::Ask(..) => "ask",
                    Action::HandOver(_) => "hand over",
                    Action::Close => "close",
                    Action::Silent => "silent",
                };
                *made.entry(kind).or_insert(0) += 1;
            }
        }
        println!("{} conversations: {made:?}", conversations.len());
        assert!(made.values().sum::<i32>() >= i32::try_from(conversations.len()).unwrap(), "each conversation has its decision: {made:?}");
        assert!(made["answer"] > 50 && made["hand over"] > 50, "{made:?}");
    })
    .await;
}
