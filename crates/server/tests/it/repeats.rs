//! Repeated questions: proposed when three people ask, decided by a person in one step, and never forgotten: neither by a restart nor by
//! another node.

use crate::desk::{Desk, by, items, len, text};
use crate::support::{TestApp, on_both};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::fields::Given;
use hypercare_core::{Channel, ConversationId, WindowId};
use hypercare_server::{App, intake};
use serde_json::{Value, json};

/// One question in some wordings: about the change, and in no scenario.
const CHARITY: [&str; 4] = [
    "Will the new price also apply to our charity discount next spring?",
    "Does the new price apply to the charity discount in spring?",
    "Our charity discount: does the new price apply next spring?",
    "Is the charity discount kept with the new price next spring?",
];
/// Another one that looks like it.
const SCHOOL: [&str; 3] = [
    "Will the new price also apply to our school discount next spring?",
    "Does the new price apply to the school discount in spring?",
    "Our school discount: does the new price apply next spring?",
];
/// Neither.
const RECEIPT: [&str; 3] = [
    "Which address stands on the receipt of the new price?",
    "The receipt of the new price has a wrong address, which one stands there?",
    "Which address stands on our receipt for the new price?",
];

/// Customers, each writing once.
struct Crowd<'a> {
    desk: &'a Desk<'a>,
    app: App,
}

impl<'a> Crowd<'a> {
    fn of(desk: &'a Desk<'a>) -> Self {
        Self { desk, app: desk.test.app.clone() }
    }
    /// The same people at another node, which was started just now.
    async fn at_another_node(desk: &'a Desk<'a>) -> Self {
        let crowd = Self { desk, app: desk.test.another_node().await };
        crowd.app.knowledge.asked.want(&crowd.app, crowd.window());
        crowd.settle().await;
        crowd
    }
    fn window(&self) -> WindowId {
        self.desk.window.parse::<i64>().unwrap().into()
    }
    /// All that was committed is known here.
    async fn settle(&self) {
        for _ in 0..60 {
            if self.app.knowledge.asked.settled(&self.app).await {
                return;
            }
        }
        panic!("what is asked was not brought up to date");
    }
    async fn write(&self, name: &str, said: &str) -> Result<ConversationId, String> {
        self.app.knowledge.stale();
        let inbound = Inbound {
            channel: Channel::Chat,
            sender: Sender { key: format!("key of {name}"), email: None, name: Some(name.into()) },
            external_id: None,
            conversation: None,
            subject: None,
            text: said.into(),
            sent_at: None,
            fields: Given::default(),
        };
        intake::receive(&self.app, inbound).await.map(|received| received.conversation).map_err(|why| why.to_string())
    }
    /// A customer writes; returns the conversation.
    async fn asks(&self, name: &str, said: &str) -> String {
        let conversation = self.write(name, said).await.unwrap_or_else(|why| panic!("{name} could not write: {why}"));
        self.settle().await;
        conversation.to_string()
    }
    /// Each text from somebody else.
    async fn ask(&self, who: &str, texts: &[&str]) -> Vec<String> {
        let mut conversations = vec![];
        for (n, text) in texts.iter().enumerate() {
            conversations.push(self.asks(&format!("{who} {n}"), text).await);
        }
        conversations
    }
    async fn issues(&self) -> Vec<Value> {
        items(&self.desk.agent.get(&format!("/issues?window={}", self.desk.window)).await.good()).to_vec()
    }
    /// The title of a conversation's issue.
    async fn issue_of(&self, conversation: &str) -> Value {
        self.desk.agent.get(&format!("/conversations/{conversation}")).await.good()["issue"]["id"].clone()
    }
    /// What the next customer who writes this is linked to.
    async fn next(&self, name: &str, said: &str) -> Value {
        let conversation = self.asks(name, said).await;
        self.issue_of(&conversation).await
    }
    async fn does(&self, issue: &Value, what: &str, body: Value) -> Value {
        self.desk.agent.post(&format!("/issues/{}/{what}", text(&issue["id"])), &body).await.good()
    }
    async fn undoes(&self, issue: &Value) -> Value {
        self.does(issue, "undo", json!({ "step": issue["last_step"] })).await
    }
    async fn read(&self, issue: &Value) -> Value {
        self.desk.agent.get(&format!("/issues/{}", text(&issue["id"]))).await.good()
    }
    /// The issue that three people's questions made.
    async fn proposed(&self, who: &str, texts: &[&str]) -> Value {
        let first = self.ask(who, texts).await.remove(0);
        let id = self.issue_of(&first).await;
        assert!(id.is_string(), "no issue was proposed of {texts:?}");
        self.read(&json!({ "id": id })).await
    }
}

async fn story(tell: impl AsyncFn(&Desk<'_>, &Crowd<'_>)) {
    on_both(async |test: &TestApp| {
        let desk = Desk::live(test).await;
        let crowd = Crowd::of(&desk);
        crowd.app.knowledge.asked.want(&crowd.app, crowd.window());
        crowd.settle().await;
        tell(&desk, &crowd).await;
    })
    .await;
}

#[tokio::test]
async fn three_people_who_ask_the_same_make_a_proposal() {
    story(async |desk, crowd| {
        for _ in 0..3 {
            crowd.asks("Ana Souza", CHARITY[0]).await;
        }
        crowd.asks("Ben Okri", CHARITY[1]).await;
        assert!(crowd.issues().await.is_empty(), "two people are not three");
        let third = crowd.asks("Chiara Conti", CHARITY[2]).await;
        let issues = crowd.issues().await;
        assert_eq!(issues.len(), 1, "{issues:?}");
        let issue = &issues[0];
        assert_eq!(
            (&issue["state"], &issue["conversations"], &issue["customers"], &issue["today"]),
            (&json!("proposed"), &json!(5), &json!(3), &json!(5))
        );
        let title = text(&issue["title"]);
        assert!(title.contains("charity discount"), "{title}");
        let wordings: Vec<String> = issue["wordings"].as_array().unwrap().iter().map(text).collect();
        assert!(wordings.len() == 3 && wordings.iter().all(|w| CHARITY.contains(&w.as_str())), "verbatim: {wordings:?}");
        assert_eq!(crowd.issue_of(&third).await, issue["id"]);
        let linked = desk.agent.get(&format!("/conversations?issue={}", text(&issue["id"]))).await.good();
        assert_eq!(len(&linked), 5, "the count opens to as many");
        // Who asks later joins; what is something else does not.
        assert_eq!(crowd.next("Dora Weiss", CHARITY[3]).await, issue["id"]);
        assert_eq!(crowd.next("Emil Berg", RECEIPT[0]).await, Value::Null);
        assert_eq!(crowd.read(issue).await["conversations"], 6);
    })
    .await;
}

#[tokio::test]
async fn a_crowd_at_once_makes_one_proposal() {
    story(async |_, crowd| {
        let names: Vec<String> = (0..12).map(|n| format!("Customer {n}")).collect();
        let all = futures_util::future::join_all(names.iter().map(|name| crowd.write(name, CHARITY[0]))).await;
        crowd.settle().await;
        let issues = crowd.issues().await;
        assert_eq!((issues.len(), &issues[0]["conversations"], &issues[0]["customers"]), (1, &json!(12), &json!(12)), "{issues:?}");
        for one in all {
            assert_eq!(crowd.issue_of(&one.unwrap().to_string()).await, issues[0]["id"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_message_that_was_not_kept_leaves_nothing() {
    story(async |_, crowd| {
        crowd.ask("Customer", &CHARITY[..2]).await;
        for n in 0..3 {
            let refused = Inbound {
                channel: Channel::Chat,
                sender: Sender { key: format!("refused {n}"), email: Some("nowhere".into()), name: None },
                external_id: None,
                conversation: None,
                subject: None,
                text: CHARITY[2].into(),
                sent_at: None,
                fields: Given::default(),
            };
            intake::receive(&crowd.app, refused).await.unwrap_err();
        }
        crowd.settle().await;
        assert!(crowd.issues().await.is_empty(), "who was refused does not count");
        crowd.asks("Third", CHARITY[2]).await;
        assert_eq!(crowd.issues().await[0]["customers"], 3);
    })
    .await;
}

#[tokio::test]
async fn confirming_is_one_step_and_taken_back() {
    story(async |desk, crowd| {
        let issue = crowd.proposed("Customer", &CHARITY[..3]).await;
        assert_eq!((&issue["owner"], &issue["last_step"]), (&Value::Null, &Value::Null));
        let at = format!("/issues/{}", text(&issue["id"]));
        desk.agent.post(&format!("{at}/confirm"), &json!({ "title": " " })).await.problem_at(422, "title");
        desk.agent.post(&format!("{at}/confirm"), &json!({ "owner": "7" })).await.problem_at(422, "owner");
        desk.agent.post("/issues/7/confirm", &json!({})).await.problem(404);
        let confirmed = crowd.does(&issue, "confirm", json!({ "title": "Charity discount" })).await;
        assert_eq!(
            (&confirmed["state"], &confirmed["title"], &confirmed["owner"]["name"]),
            (&json!("investigating"), &json!("Charity discount"), &json!("Aiko Tanaka"))
        );
        // A second tab presses too, and a third one has another name in mind.
        assert_eq!(desk.lead.post(&format!("{at}/confirm"), &json!({})).await.good()["owner"]["name"], "Aiko Tanaka");
        desk.lead.post(&format!("{at}/confirm"), &json!({ "title": "Mine" })).await.problem(409);
        desk.lead.post(&format!("{at}/dismiss"), &json!({ "reason": "No." })).await.problem(409);

        let history = desk.agent.get(&format!("{at}/events")).await.good();
        let event = by(&history, "kind", "issue.confirmed");
        assert_eq!((&event["step"], &event["undone"]), (&confirmed["last_step"], &json!(false)));
        assert_eq!(event["sentence"], "Aiko Tanaka confirmed the issue and named it “Charity discount”");
        let undone = crowd.undoes(&confirmed).await;
        assert_eq!(
            (&undone["state"], &undone["title"], &undone["owner"], &undone["last_step"]),
            (&json!("proposed"), &issue["title"], &Value::Null, &Value::Null)
        );
        let history = desk.agent.get(&format!("{at}/events")).await.good();
        assert_eq!(by(&history, "kind", "issue.confirmed")["undone"], true);
        desk.agent.post(&format!("{at}/undo"), &json!({ "step": 9 })).await.problem_at(422, "step");
        // To somebody else; work goes on, so it is not taken back any more.
        let olga = by(&desk.lead.get("/users").await.good(), "name", "Olga Petrova");
        let confirmed = crowd.does(&issue, "confirm", json!({ "owner": olga["id"] })).await;
        assert_eq!(confirmed["owner"]["name"], "Olga Petrova");
        desk.agent.patch(&at, &json!({ "state": "monitoring" })).await.good();
        let problem = desk.agent.post(&format!("{at}/undo"), &json!({ "step": confirmed["last_step"] })).await.problem(409);
        assert!(text(&problem["detail"]).contains("monitoring"), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn what_was_dismissed_does_not_come_back() {
    story(async |desk, crowd| {
        let issue = crowd.proposed("Customer", &CHARITY[..3]).await;
        let at = format!("/issues/{}", text(&issue["id"]));
        for reason in ["", " "] {
            desk.agent.post(&format!("{at}/dismiss"), &json!({ "reason": reason })).await.problem_at(422, "reason");
        }
        let dismissed = crowd.does(&issue, "dismiss", json!({ "reason": "Answered on the price page." })).await;
        assert_eq!(dismissed["state"], "dismissed");
        assert!(crowd.issues().await.is_empty());
        assert_eq!(len(&desk.agent.get(&format!("/issues?window={}&state=dismissed", desk.window)).await.good()), 1);
        let history = desk.agent.get(&format!("{at}/events")).await.good();
        assert_eq!(by(&history, "kind", "issue.dismissed")["sentence"], "Aiko Tanaka dismissed the issue: Answered on the price page.");
        let again = crowd.ask("Later", &CHARITY).await;
        assert!(crowd.issues().await.is_empty(), "the same words were proposed again");
        assert_eq!(crowd.issue_of(&again[0]).await, Value::Null);
        desk.agent.post(&format!("/conversations/{}/link", again[0]), &json!({ "issue": issue["id"] })).await.problem_at(422, "issue");
        // After a restart neither.
        let restarted = Crowd::at_another_node(desk).await;
        restarted.ask("Much later", &CHARITY).await;
        assert!(crowd.issues().await.is_empty(), "a restart made the product forget");

        crowd.settle().await;
        let undone = crowd.undoes(&dismissed).await;
        assert_eq!((&undone["state"], &undone["customers"]), (&json!("proposed"), &json!(3)));
        assert_eq!(crowd.next("Dora Weiss", CHARITY[1]).await, issue["id"]);
    })
    .await;
}

#[tokio::test]
async fn a_scenario_that_was_dismissed_is_not_proposed_again() {
    story(async |_, crowd| {
        let issue = crowd.proposed("Customer", &[crate::desk::COVERED; 3]).await;
        assert_eq!(issue["scenario"], "price-higher");
        crowd.does(&issue, "dismiss", json!({ "reason": "Expected." })).await;
        crowd.ask("Later", &[crate::desk::COVERED; 4]).await;
        assert!(crowd.issues().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_out_stays_out() {
    story(async |desk, crowd| {
        let issue = crowd.proposed("Customer", &CHARITY[..3]).await;
        let odd = "Our charity discount price next spring: where is the old invoice?";
        let conversation = crowd.asks("Odd One", odd).await;
        crowd.does(&issue, "accept", json!({ "conversation": conversation })).await;
        assert_eq!(crowd.issue_of(&conversation).await, issue["id"]);
        let out = crowd.does(&issue, "take-out", json!({ "conversation": conversation, "reason": "About an invoice." })).await;
        assert_eq!((&out["conversations"], crowd.issue_of(&conversation).await), (&json!(3), Value::Null));
        // Again changes nothing, and what is not linked cannot be taken out.
        let again = crowd.does(&issue, "take-out", json!({ "conversation": conversation })).await;
        assert_eq!(again["last_step"], out["last_step"]);
        desk.agent.post(&format!("/issues/{}/take-out", text(&issue["id"])), &json!({ "conversation": "7" })).await.problem_at(422, "conversation");
        assert_eq!(crowd.next("Somebody Else", odd).await, Value::Null, "the like of it stays out");
        assert_eq!(crowd.next("Dora Weiss", CHARITY[1]).await, issue["id"]);
        // Nor does the customer's next message bring it back: a person decided.
        desk.writes_on(Channel::Chat, "Odd One", ConversationId(conversation.parse().unwrap()), CHARITY[0]).await;
        crowd.settle().await;
        assert_eq!(crowd.issue_of(&conversation).await, Value::Null);
        let undone = crowd.undoes(&out).await;
        assert_eq!((&undone["conversations"], crowd.issue_of(&conversation).await), (&json!(5), issue["id"].clone()));
        assert_eq!(crowd.next("Third One", odd).await, issue["id"], "taken back, it belongs again");
    })
    .await;
}

#[tokio::test]
async fn after_a_split_the_next_message_goes_to_its_half() {
    story(async |desk, crowd| {
        let issue = crowd.proposed("Customer", &CHARITY[..3]).await;
        let at = format!("/issues/{}", text(&issue["id"]));
        let schools = crowd.ask("School", &SCHOOL).await;
        for conversation in &schools {
            crowd.does(&issue, "accept", json!({ "conversation": conversation })).await;
        }
        let parts = desk.agent.get(&format!("{at}/parts")).await.good();
        assert_eq!((parts["parts"].as_array().unwrap().len(), &parts["looked_at"]), (2, &json!(6)), "{parts}");
        let of = |part: &Value| part["conversations"].as_array().unwrap().iter().map(|c| text(&c["id"])).collect::<Vec<_>>();
        let mut school = parts["parts"].as_array().unwrap().iter().find(|part| of(part).contains(&schools[0])).map(of).unwrap();
        school.sort();
        assert_eq!(school, schools, "the two questions are told apart: {parts}");

        let split = |body: Value| {
            let (desk, at) = (&desk, &at);
            async move { desk.agent.post(&format!("{at}/split"), &body).await }
        };
        split(json!({ "title": "School", "conversations": [] })).await.problem_at(422, "conversations");
        split(json!({ "title": "School", "conversations": ["7"] })).await.problem_at(422, "conversations[0]");
        split(json!({ "title": "", "conversations": schools })).await.problem_at(422, "title");
        let all: Vec<String> = parts["parts"].as_array().unwrap().iter().flat_map(of).collect();
        split(json!({ "title": "School", "conversations": all })).await.problem_at(422, "conversations");
        assert_eq!(crowd.read(&issue).await["conversations"], 6, "nothing of a refused split is kept");

        let parted = split(json!({ "title": "School discount", "conversations": schools })).await.good();
        let (old, new) = (&parted["issue"], &parted["new"]);
        assert_eq!((&old["conversations"], &new["conversations"], &new["title"]), (&json!(3), &json!(3), &json!("School discount")));
        let check = async |crowd: &Crowd<'_>, who: &str| {
            assert_eq!(crowd.next(&format!("{who} S"), SCHOOL[1]).await, new["id"], "{who}");
            assert_eq!(crowd.next(&format!("{who} C"), CHARITY[1]).await, old["id"], "{who}");
        };
        check(crowd, "Here").await;
        check(&Crowd::at_another_node(desk).await, "After a restart").await;

        let undone = crowd.undoes(&crowd.read(old).await).await;
        assert_eq!(undone["conversations"], 10, "what came in since comes along");
        assert_eq!(crowd.read(new).await["merged_into"], old["id"]);
        assert_eq!(crowd.next("Back S", SCHOOL[1]).await, old["id"]);
        assert_eq!(crowd.next("Back C", CHARITY[1]).await, old["id"]);
    })
    .await;
}

#[tokio::test]
async fn a_merge_attracts_both_wordings_until_it_is_taken_back() {
    story(async |desk, crowd| {
        let charity = crowd.proposed("Charity", &CHARITY[..3]).await;
        let receipt = crowd.proposed("Receipt", &RECEIPT).await;
        assert_ne!(charity["id"], receipt["id"], "never merged by the product");
        let merged = crowd.does(&receipt, "merge", json!({ "into": charity["id"] })).await;
        assert_eq!((&merged["id"], &merged["conversations"]), (&charity["id"], &json!(6)));
        let both = async |crowd: &Crowd<'_>, who: &str, receipt: &Value| {
            assert_eq!(crowd.next(&format!("{who} C"), CHARITY[3]).await, charity["id"], "{who}");
            assert_eq!(&crowd.next(&format!("{who} R"), RECEIPT[1]).await, receipt, "{who}");
        };
        both(crowd, "Merged", &charity["id"]).await;
        both(&Crowd::at_another_node(desk).await, "After a restart", &charity["id"]).await;

        // Moved on and back in between: the merge is taken back all the same.
        let moved = items(&desk.agent.get(&format!("/conversations?issue={}", text(&charity["id"]))).await.good())[0]["id"].clone();
        desk.agent
            .post(&format!("/issues/{}/split", text(&charity["id"])), &json!({ "title": "For a moment", "conversations": [moved] }))
            .await
            .good();
        crowd.undoes(&crowd.read(&merged).await).await;
        // From the issue that stays; what came in since stays where it joined.
        let undone = crowd.undoes(&crowd.read(&merged).await).await;
        assert_eq!((&undone["id"], &undone["conversations"]), (&charity["id"], &json!(7)));
        let back = crowd.read(&receipt).await;
        assert_eq!((&back["merged_into"], &back["state"], &back["conversations"]), (&Value::Null, &json!("proposed"), &json!(3)));
        both(crowd, "Parted", &receipt["id"]).await;
        // And once more, taken back from the other side.
        let merged = crowd.does(&receipt, "merge", json!({ "into": charity["id"] })).await;
        assert_eq!(merged["conversations"], 12);
        let gone = crowd.read(&receipt).await;
        let undone = crowd.undoes(&gone).await;
        assert_eq!((&undone["merged_into"], &undone["conversations"]), (&Value::Null, &json!(4)));
        both(&Crowd::at_another_node(desk).await, "Parted and restarted", &receipt["id"]).await;
    })
    .await;
}

#[tokio::test]
async fn what_may_repeat_is_asked_in_one_keystroke() {
    story(async |desk, crowd| {
        // Two waited before a person made an issue of what the first one asked.
        let first = crowd.asks("First", CHARITY[0]).await;
        let maybe = CHARITY[1];
        let conversation = crowd.asks("Unsure", maybe).await;
        let id = desk.issue("Charity discount", &[ConversationId(first.parse().unwrap())]).await;
        crowd.settle().await;
        let issue = crowd.read(&json!({ "id": id })).await;
        let (at, linked) = (format!("/issues/{id}"), 1);
        let known = desk.agent.get(&format!("/conversations/{conversation}")).await.good();
        assert_eq!((&known["issue"], &known["possible_issue"]["id"]), (&Value::Null, &issue["id"]), "{known}");
        let possible = desk.agent.get(&format!("{at}/possible")).await.good();
        assert_eq!((len(&possible), &items(&possible)[0]["id"]), (1, &json!(conversation)));

        let no = crowd.does(&issue, "refuse", json!({ "conversation": conversation, "reason": "Museums are no charities." })).await;
        assert_eq!(len(&desk.agent.get(&format!("{at}/possible")).await.good()), 0);
        assert_eq!(desk.agent.get(&format!("/conversations/{conversation}")).await.good()["possible_issue"], Value::Null);
        crowd.undoes(&no).await;
        assert_eq!(len(&desk.agent.get(&format!("{at}/possible")).await.good()), 1, "asked again");

        let yes = crowd.does(&issue, "accept", json!({ "conversation": conversation })).await;
        assert_eq!((&yes["conversations"], crowd.issue_of(&conversation).await), (&json!(linked + 1), issue["id"].clone()));
        desk.agent.post(&format!("{at}/refuse"), &json!({ "conversation": conversation })).await.problem(409);
        assert_eq!(crowd.next("The Same", maybe).await, issue["id"], "the wording was learned");
        let undone = crowd.undoes(&yes).await;
        assert_eq!((&undone["conversations"], crowd.issue_of(&conversation).await), (&json!(linked + 1), Value::Null));
        // Linked elsewhere meanwhile: said, and nothing changes.
        let yes = crowd.does(&issue, "accept", json!({ "conversation": conversation })).await;
        let other = desk.issue("Another one", &[ConversationId(conversation.parse().unwrap())]).await;
        let problem = desk.agent.post(&format!("{at}/undo"), &json!({ "step": yes["last_step"] })).await.problem(409);
        assert!(text(&problem["detail"]).contains("linked elsewhere"), "{problem}");
        assert_eq!(crowd.issue_of(&conversation).await, json!(other));
    })
    .await;
}

#[tokio::test]
async fn what_is_resolved_counts_anew() {
    story(async |desk, crowd| {
        let issue = crowd.proposed("Customer", &CHARITY[..3]).await;
        desk.agent.patch(&format!("/issues/{}", text(&issue["id"])), &json!({ "state": "resolved" })).await.good();
        crowd.settle().await;
        let again = crowd.proposed("Later", &CHARITY[..3]).await;
        assert_ne!(again["id"], issue["id"]);
        assert_eq!((&again["customers"], &crowd.read(&issue).await["customers"]), (&json!(3), &json!(3)));
    })
    .await;
}

#[tokio::test]
async fn two_nodes_come_to_know_the_same() {
    story(async |desk, crowd| {
        let other = Crowd::at_another_node(desk).await;
        // Two ask here and one there: together they are three, and one proposal is made.
        crowd.ask("Here", &CHARITY[..2]).await;
        other.settle().await;
        let there = other.asks("There", CHARITY[2]).await;
        crowd.settle().await;
        let issues = crowd.issues().await;
        assert_eq!((issues.len(), &issues[0]["customers"]), (1, &json!(3)), "{issues:?}");
        // A crowd on both at once.
        let names: Vec<String> = (0..24).map(|n| format!("Customer {n}")).collect();
        let writes = names.iter().enumerate().map(|(n, name)| if n % 2 == 0 { crowd.write(name, RECEIPT[0]) } else { other.write(name, RECEIPT[0]) });
        futures_util::future::join_all(writes).await;
        for _ in 0..2 {
            crowd.settle().await;
            other.settle().await;
        }
        let issues = crowd.issues().await;
        assert_eq!(issues.len(), 2, "{issues:?}");
        assert_eq!((&issues[0]["conversations"], &issues[0]["customers"]), (&json!(24), &json!(24)), "{issues:?}");
        // What is decided here is followed there.
        crowd.does(&issues[0], "dismiss", json!({ "reason": "Once." })).await;
        other.settle().await;
        assert_eq!(other.next("Later There", RECEIPT[0]).await, Value::Null);
        crowd.does(&issues[1], "take-out", json!({ "conversation": there })).await;
        other.settle().await;
        assert_eq!(other.next("Out There", CHARITY[2]).await, Value::Null);
        assert_eq!(other.next("In There", CHARITY[0]).await, issues[1]["id"]);
    })
    .await;
}
