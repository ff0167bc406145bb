//! What customers searched and did not find, and what they read right before they wrote.

use crate::desk::{COVERED, Desk, items, len, text};
use crate::support::{Client, client, on_both};
use hypercare_core::Span;
use reqwest::Method;
use serde_json::{Value, json};

const LOST: &str = "Does the new price apply to our charity discount?";

async fn search(who: &Client, address: &str, q: &str, visitor: Option<&str>) -> Value {
    let query: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let mut request = who.request(Method::GET, &format!("/public/help/search?q={query}")).header("x-forwarded-for", address);
    if let Some(visitor) = visitor {
        request = request.header("x-visitor", visitor);
    }
    client::send(request).await.good()
}

async fn gaps(desk: &Desk<'_>) -> Value {
    desk.agent.get(&format!("/gaps?window={}", desk.window)).await.good()
}

#[tokio::test]
async fn searches_without_a_result_are_grouped_and_one_step_from_an_answer() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let stranger = test.stranger();
        assert_eq!(search(&stranger, "198.51.100.1", LOST, None).await["write_to_us"], true);
        // The same once more from the same address is the same search; from elsewhere it is another.
        search(&stranger, "198.51.100.1", &LOST.to_uppercase(), None).await;
        search(&stranger, "198.51.100.2", "new price and charity discount, does it apply? write to ana@example.org, order 1234567", None).await;
        // What finds its answer, is not about the change, or is urgent, is no gap.
        search(&stranger, "198.51.100.3", COVERED, None).await;
        search(&stranger, "198.51.100.3", "I forgot my password and the reset mail does not arrive", None).await;
        search(&stranger, "198.51.100.3", "my lawyer will sue you over the new price", None).await;
        let list = gaps(&desk).await;
        assert_eq!(len(&list), 1, "{list}");
        let gap = &items(&list)[0];
        assert_eq!((&gap["searches"], &gap["conversations"]), (&json!(2), &json!([])));
        assert!(!list.to_string().contains("ana@example.org") && !list.to_string().contains("1234567"), "{list}");
        let mut draft = gap["start"].clone();
        assert_eq!(draft["expected"], "");
        draft["expected"] = json!("Yes, it applies.");
        draft["do_now"] = json!("Nothing.");
        draft["next_update"] = json!("On Friday.");
        let made = desk.agent.post("/answers", &json!({ "window": desk.window, "text": draft })).await.good();
        assert_eq!(len(&gaps(&desk).await), 1, "a draft answers nobody");
        desk.owner.post(&format!("/answers/{}/approve", text(&made["id"])), &json!({ "version": 1 })).await.good();
        assert_eq!(len(&gaps(&desk).await), 0);
        assert_eq!(search(&stranger, "198.51.100.4", LOST, None).await["answer"]["title"], made["title"]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_read_right_before_a_message_is_named() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let stranger = test.stranger();
        let answer_gaps = async || desk.agent.get(&format!("/gaps/answers?window={}", desk.window)).await.good();
        // In the chat, by its visitor.
        let open = async |name: &str| text(&stranger.post("/public/chat/session", &json!({ "name": name })).await.good()["visitor"]);
        let say = async |visitor: &str, said: &str| {
            let body = json!({ "text": said, "client_id": said });
            client::send(stranger.request(Method::POST, "/public/chat/messages").header("x-visitor", visitor).json(&body)).await.good()
        };
        let ana = open("Ana Souza").await;
        search(&stranger, "198.51.100.1", COVERED, Some(&ana)).await;
        test.app.clock.advance(Span::mins(29));
        say(&ana, "I still do not understand the new price").await;
        // Too late, and somebody else: nothing follows from it.
        let ben = open("Ben Okri").await;
        search(&stranger, "198.51.100.2", COVERED, Some(&ben)).await;
        test.app.clock.advance(Span::mins(31));
        say(&ben, "About the new price").await;
        say(&open("Cleo Park").await, "The new price again").await;
        // On the page without script, by its own link.
        let page = stranger.get(&format!("/help/../help?q={}", COVERED.replace(' ', "+"))).await;
        let found = page.text.split("&amp;search=").nth(1).and_then(|rest| rest.split('"').next()).expect("the link names the search").to_owned();
        let form = json!({ "email": "dora@example.net", "text": "What is the new price of my plan?", "search": found });
        stranger.post("/public/form", &form).await.good();
        stranger.post("/public/form", &json!({ "email": "eva@example.net", "text": "new price?", "search": "nonsense" })).await.good();
        let list = answer_gaps().await;
        assert_eq!(len(&list), 1, "{list}");
        let gap = &items(&list)[0];
        assert_eq!((&gap["answer"], &gap["shown"], &gap["wrote"]), (&json!(desk.answer("price-higher").await), &json!(3), &json!(2)), "{gap}");
        assert_eq!(gap["conversations"].as_array().unwrap().len(), 2);
        desk.agent.get("/gaps?window=77").await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_searches_fills_nothing_and_old_ones_go() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let stranger = test.stranger();
        for n in 0..25 {
            search(&stranger, "198.51.100.1", &format!("new price gadget{n} widget{n}"), None).await;
        }
        let total = async |agent: &Client| -> u64 {
            let list = agent.get(&format!("/gaps?window={}&limit=200", desk.window)).await.good();
            items(&list).iter().map(|g| g["searches"].as_u64().unwrap()).sum()
        };
        assert_eq!(total(&desk.agent).await, 20, "of one address twenty an hour");
        let window: hypercare_core::WindowId = desk.window.parse().unwrap();
        let keep = async |n: i64| {
            let now = test.now();
            let search = hypercare_store::queries::help::Search {
                window,
                text: format!("new price robot{n} cog{n}"),
                answer: None,
                article: None,
                visitor: None,
            };
            let kept: Result<Option<i64>, hypercare_store::WriteError> = test
                .app
                .store
                .write(move |tx| Box::pin(async move { hypercare_store::queries::help::keep(tx, &search, now).await.map_err(Into::into) }))
                .await;
            kept.unwrap()
        };
        let mut kept = 0;
        for n in 0..300 {
            kept += i32::from(keep(n).await.is_some());
        }
        assert_eq!(kept, 280, "of all together three hundred an hour");
        test.app.clock.advance(Span::days(61));
        assert!(keep(1_000).await.is_some());
        let agent = test.sign_in("Aiko Tanaka").await;
        assert_eq!(total(&agent).await, 1, "what is older than sixty days is gone");
    })
    .await;
}
