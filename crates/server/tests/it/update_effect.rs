//! Contacts on a topic before and after an update about it.

use crate::desk::{COVERED, Desk, items, len, text};
use crate::support::on_both;
use hypercare_core::{Channel, Span};
use serde_json::{Value, json};

async fn publish(desk: &Desk<'_>, topics: Value) -> Value {
    let content = json!({
        "title": "Why invoices are higher", "happening": "Each plan costs two euros more.", "meaning": "You need not do anything.",
        "doing": "We write again.", "topics": topics, "zone": "Europe/Berlin", "state": "resolved",
    });
    let drafted = desk.agent.post("/updates", &json!({ "window": desk.window, "content": content })).await.good();
    let (path, revision) = (format!("/updates/{}", text(&drafted["id"])), json!({ "revision": 1 }));
    desk.owner.post(&format!("{path}/approve"), &revision).await.good();
    desk.agent.post(&format!("{path}/publish"), &revision).await.good()
}

/// Days with so many contacts each.
async fn days(desk: &Desk<'_>, name: &str, counts: &[usize]) {
    for (day, count) in counts.iter().enumerate() {
        for n in 0..*count {
            desk.writes(Channel::Email, &format!("{name} {day} {n}"), COVERED).await;
        }
        desk.test.forward(Span::days(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_effect_is_shown_when_there_is_enough_and_opens_to_its_conversations() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let early = publish(&desk, json!(["price-higher"])).await;
        // The plan's go-live is at nine in UTC: three whole days before the update need a beginning after it.
        test.forward(Span::hours(2)).await;
        days(&desk, "Before", &[9, 8, 10]).await;
        let told = publish(&desk, json!(["price-higher", "category:billing", "credit-missing"])).await;
        let effect = async |update: &Value| desk.agent.get(&format!("/updates/{}/effect", text(&update["id"]))).await.good();
        let found = effect(&told).await;
        assert_eq!((&found["items"][0]["missing"], &found["items"][0]["found"]), (&json!("too_soon"), &Value::Null), "{found}");
        assert_eq!(found["items"][0]["ready_at"], json!((test.now() + Span::days(2)).to_string()));
        days(&desk, "After", &[2, 1, 2]).await;
        let found = effect(&told).await;
        let [of_scenario, of_category, of_other] = items(&found) else { panic!("{found}") };
        assert_eq!(
            (&of_scenario["days"], &of_scenario["before"]["contacts"], &of_scenario["after"]["contacts"]),
            (&json!(3), &json!(27), &json!(5)),
            "{found}"
        );
        let said = &of_scenario["found"];
        assert_eq!(said["verdict"], "fewer", "{said}");
        // Reference: scipy.stats.binomtest(5, 32).proportion_ci(method="exact"), as odds; the days differ by no more than chance.
        for (key, expected) in [("ratio", 5.0 / 27.0), ("low", 0.055_7), ("high", 0.488)] {
            assert!((said[key].as_f64().unwrap() - expected).abs() < 2e-3, "{key}: {said}");
        }
        assert_eq!((&of_category["before"], &of_category["name"]), (&of_scenario["before"], &json!("billing")));
        assert_eq!((&of_other["missing"], &of_other["before"]["contacts"]), (&json!("too_few"), &json!(0)));
        assert!(text(&found["limits"]).contains("association") && text(&found["limits"]).contains("regression to the mean"));
        // Each figure is the length of its list.
        for side in ["before", "after"] {
            let (one, side) = (of_scenario, &of_scenario[side]);
            let path = format!(
                "/conversations?view=all&signal=contacts&window={}&dimension={}&value={}&since={}&until={}&limit=200",
                desk.window,
                text(&one["dimension"]),
                text(&one["value"]),
                text(&side["from"]),
                text(&side["to"])
            );
            assert_eq!(json!(len(&desk.agent.get(&path).await.good())), side["contacts"]);
        }
        // What came right with the change has no time before it.
        assert_eq!(items(&effect(&early).await)[0]["missing"], "no_before");
        let report = desk.agent.get(&desk.at("/report?format=json")).await.good();
        assert_eq!((report["updates"].as_array().unwrap().len(), &report["updates"][1]["found"]["verdict"]), (4, &json!("fewer")), "{report}");
        desk.agent.get("/updates/7/effect").await.problem(404);
    })
    .await;
}
