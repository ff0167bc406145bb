//! What the assistant settled, how often it was wrong and what it saved: each figure is its list.

use crate::desk::{COVERED, Desk, items, text};
use crate::support::on_both;
use hypercare_core::{Channel, ConversationId, Span};
use serde_json::{Value, json};

const OTHER: &str = "Where is the credit for my annual payment?";

async fn figures(desk: &Desk<'_>) -> Value {
    let now = desk.agent.get(&desk.at("/now")).await.good();
    let found = now["assistant"].clone();
    for (figure, what) in [("answered", "answered"), ("settled", "settled"), ("known", "known"), ("wrong", "wrong")] {
        let list = desk.agent.get(&format!("/conversations?window={}&scope=in&assistant={what}&limit=200", desk.window)).await.good();
        assert_eq!(found[figure], json!(items(&list).len()), "{figure} is not its list: {found}");
    }
    let about = desk.agent.get(&format!("/conversations?window={}&scope=in&limit=200", desk.window)).await.good();
    assert_eq!(found["about"], json!(items(&about).len()), "{found}");
    found
}

async fn replies(desk: &Desk<'_>, id: ConversationId, answer: Option<&str>, then: &str) {
    let body = json!({ "text": "We have looked at it.", "then": then, "answer_id": answer });
    desk.agent.post(&format!("/conversations/{id}/replies"), &body).await.good();
}

#[tokio::test]
async fn each_conversation_counts_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let check = async |what: &str, about: i64, settled: i64, known: i64, wrong: i64| {
            let f = figures(&desk).await;
            assert_eq!(
                (&f["about"], &f["settled"], &f["known"], &f["wrong"]),
                (&json!(about), &json!(settled), &json!(known), &json!(wrong)),
                "{what}: {f}"
            );
            f
        };
        let nothing = check("at first", 0, 0, 0, 0).await;
        assert_eq!((&nothing["wrong_at_most"], &nothing["saved"]), (&Value::Null, &Value::Null));
        assert!(text(&nothing["basis"]).starts_with("No basis yet"), "{nothing}");
        let ana = desk.writes(Channel::Email, "Ana", COVERED).await;
        check("answered is not settled", 1, 0, 0, 0).await;
        desk.writes_on(Channel::Email, "Ana", ana, "Yes, thank you!").await;
        let one = check("settled by its yes", 1, 1, 1, 0).await;
        assert!((one["wrong_at_most"].as_f64().unwrap() - 0.95).abs() < 1e-6, "{one}");
        // It did not help: known and wrong, and a person is needed.
        let bo = desk.writes(Channel::Email, "Bo", COVERED).await;
        desk.writes_on(Channel::Email, "Bo", bo, "No, it did not help").await;
        check("a no", 2, 1, 2, 1).await;
        // A person answers that with another answer: wrong for two reasons is wrong once.
        let credit = desk.answer("credit-missing").await;
        replies(&desk, bo, Some(&credit), "resolved").await;
        check("a no and another answer", 2, 1, 2, 1).await;
        // The customer writes on, and a person answers with the very same answer: it was right.
        let cleo = desk.writes(Channel::Email, "Cleo", COVERED).await;
        desk.writes_on(Channel::Email, "Cleo", cleo, "And what of next year?").await;
        check("no outcome yet", 3, 1, 2, 1).await;
        let price = desk.answer("price-higher").await;
        replies(&desk, cleo, Some(&price), "waiting").await;
        check("the same answer", 3, 1, 3, 1).await;
        // Words of a person are no outcome; another approved answer after the same one is.
        let dan = desk.writes(Channel::Email, "Dan", COVERED).await;
        desk.writes_on(Channel::Email, "Dan", dan, "And what of next year?").await;
        replies(&desk, dan, None, "waiting").await;
        check("words of a person", 4, 1, 3, 1).await;
        replies(&desk, cleo, Some(&credit), "resolved").await;
        check("another answer after all", 4, 1, 3, 2).await;
        // What comes back is not settled; what leaves the scope is not counted.
        desk.writes_on(Channel::Email, "Ana", ana, "It is higher again!").await;
        check("came back", 4, 0, 3, 2).await;
        desk.agent.post(&format!("/conversations/{bo}/triage"), &json!({ "scope": "out" })).await.good();
        check("out of scope", 3, 0, 2, 1).await;
        desk.agent.get("/conversations?assistant=all").await.problem_at(422, "assistant");
    })
    .await;
}

#[tokio::test]
async fn what_was_settled_yesterday_is_not_of_today() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Email, "Ana", COVERED).await;
        desk.writes_on(Channel::Email, "Ana", ana, "Yes, thank you!").await;
        let today = figures(&desk).await;
        assert_eq!((&today["settled"], &today["settled_today"], &today["about_today"]), (&json!(1), &json!(1), &json!(1)));
        test.forward(Span::hours(24)).await;
        let later = figures(&desk).await;
        assert_eq!((&later["settled"], &later["settled_today"], &later["about_today"]), (&json!(1), &json!(0), &json!(0)));
    })
    .await;
}

#[tokio::test]
async fn the_time_saved_has_a_basis_or_is_not_said() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Email, "Ana", COVERED).await;
        desk.writes_on(Channel::Email, "Ana", ana, "Yes, thank you!").await;
        // Six that a person handles, one every ten minutes; the first has nothing before it.
        let mut waiting = Vec::new();
        for name in ["One", "Two", "Three", "Four", "Five", "Six"] {
            let id = desk.writes(Channel::Email, name, OTHER).await;
            desk.writes_on(Channel::Email, name, id, "I want to talk to a person").await;
            waiting.push(id);
        }
        for (n, id) in waiting.iter().enumerate() {
            assert_eq!(figures(&desk).await["saved"], Value::Null, "{n} handled are no basis");
            test.forward(Span::mins(10)).await;
            replies(&desk, *id, None, "resolved").await;
        }
        let f = figures(&desk).await;
        assert_eq!(f["saved"], json!({ "total": 600.0, "each": 600.0, "conversations": 5 }), "{f}");
        assert!(text(&f["basis"]).starts_with("1 settled by the assistant, times 10 minutes that a person takes: the median of 5 settled"), "{f}");
    })
    .await;
}
