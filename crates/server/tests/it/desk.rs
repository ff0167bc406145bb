//! A team with a window, and customers who write to it: where most stories begin.

use crate::support::{Client, TestApp};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::fields::Given;
use hypercare_core::role::Role;
use hypercare_core::{Channel, ConversationId};
use hypercare_server::intake;
use serde_json::{Value, json};

/// The team's plan: ready to go live once Mara, Jonas and Olga can sign in and its answers are approved.
pub const PLAN: &str = include_str!("plan.toml");
/// The plan of the demonstration.
pub const DEMO_PLAN: &str = include_str!("../../../../demo/plan.toml");
/// A question that the plan's answer covers.
pub const COVERED: &str = "Why is my invoice higher than last month?";

/// People who signed in, and their window.
pub struct Desk<'a> {
    pub test: &'a TestApp,
    /// Mara, a lead.
    pub lead: Client,
    /// Jonas, the decision owner on duty.
    pub owner: Client,
    /// Aiko, an agent.
    pub agent: Client,
    pub window: String,
}

impl<'a> Desk<'a> {
    /// The plan is applied with its answers approved; the window is preparing.
    pub async fn ready(test: &'a TestApp) -> Self {
        let lead = test.signed_in("Mara Lind", Role::Lead).await;
        let owner = test.signed_in("Jonas Weber", Role::Owner).await;
        test.person("Olga Petrova", Role::Owner).await;
        let agent = test.signed_in("Aiko Tanaka", Role::Agent).await;
        let applied = lead.post("/plan/apply", &json!({ "text": PLAN, "approve_answers": true })).await.good();
        Self { test, lead, owner, agent, window: text(&applied["window_id"]) }
    }

    /// The change is live.
    pub async fn live(test: &'a TestApp) -> Self {
        let desk = Self::ready(test).await;
        desk.lead.post(&format!("/windows/{}/transitions", desk.window), &json!({ "to": "active" })).await.good();
        desk
    }

    /// Everybody signs in anew: sessions last two weeks.
    pub async fn signed_in_again(self) -> Self {
        let test = self.test;
        let (lead, owner) = (test.sign_in("Mara Lind").await, test.sign_in("Jonas Weber").await);
        Self { lead, owner, agent: test.sign_in("Aiko Tanaka").await, ..self }
    }

    /// The same with the plan of the demonstration, which has fourteen answers; its gaps are accepted.
    pub async fn of_demo(test: &'a TestApp) -> Self {
        let desk = Self::ready(test).await;
        // With a fixed confidence: what is decided here is not about outcomes.
        let plan = DEMO_PLAN.replace("wrong_rate = 0.02\n", "confidence = 0.6\n");
        assert_ne!(plan, DEMO_PLAN);
        let applied = desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
        let desk = Self { window: text(&applied["window_id"]), ..desk };
        desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active", "reason": "For the story." })).await.good();
        desk
    }

    /// A customer writes on in a conversation.
    pub async fn writes_on(&self, channel: Channel, name: &str, conversation: ConversationId, said: &str) -> intake::Received {
        let email = matches!(channel, Channel::Email | Channel::Form).then(|| format!("{}@example.net", name.to_lowercase().replace(' ', ".")));
        let inbound = Inbound {
            channel,
            sender: Sender { key: format!("key of {name}"), email, name: Some(name.into()) },
            external_id: None,
            conversation: Some(conversation),
            subject: None,
            text: said.into(),
            sent_at: None,
            fields: Default::default(),
        };
        intake::receive(&self.test.app, inbound).await.unwrap_or_else(|e| panic!("{name} could not write on: {e}"))
    }

    /// A customer writes for the first time; those on e-mail and form are known by `name`@example.net.
    pub async fn writes(&self, channel: Channel, name: &str, said: &str) -> ConversationId {
        let email = matches!(channel, Channel::Email | Channel::Form).then(|| format!("{}@example.net", name.to_lowercase().replace(' ', ".")));
        self.writes_from(channel, name, email, said).await
    }

    /// The same with any address, or none.
    pub async fn writes_from(&self, channel: Channel, name: &str, email: Option<String>, said: &str) -> ConversationId {
        let inbound = Inbound {
            channel,
            sender: Sender { key: format!("key of {name}"), email, name: Some(name.into()) },
            external_id: None,
            conversation: None,
            subject: None,
            text: said.into(),
            sent_at: None,
            fields: Given::default(),
        };
        let received = intake::receive(&self.test.app, inbound).await;
        received.unwrap_or_else(|e| panic!("{name} could not write: {e}")).conversation
    }

    /// The window's address with something after it.
    pub fn at(&self, rest: &str) -> String {
        format!("/windows/{}{rest}", self.window)
    }

    /// Logs an issue with conversations; returns its id.
    pub async fn issue(&self, title: &str, conversations: &[ConversationId]) -> String {
        let ids: Vec<String> = conversations.iter().map(ToString::to_string).collect();
        let new = json!({ "window": self.window, "title": title, "conversations": ids });
        text(&self.agent.post("/issues", &new).await.good()["id"])
    }

    /// The id of the answer with this key.
    pub async fn answer(&self, key: &str) -> String {
        let list = self.agent.get(&format!("/answers?window={}", self.window)).await.good();
        text(&by(&list, "key", key)["id"])
    }
}

/// Says of every answer of a window that waits that it became a macro, so that exit waits for none.
pub async fn keep_all(client: &Client, window: &str) {
    for answer in items(&client.get(&format!("/windows/{window}/knowledge")).await.good()).iter().filter(|a| a["waits"] == true) {
        let keep = json!({ "kind": "macro", "version": answer["version"] });
        client.post(&format!("/answers/{}/keep", text(&answer["answer"])), &keep).await.good();
    }
}

/// A JSON text as a Rust one.
#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The item of a list whose field has this value.
#[track_caller]
pub fn by(list: &Value, field: &str, value: &str) -> Value {
    let items = list["items"].as_array().or_else(|| list.as_array()).unwrap_or_else(|| panic!("no list: {list}"));
    items.iter().find(|item| item[field] == value).unwrap_or_else(|| panic!("no {field} {value} in {list}")).clone()
}

/// The items of a list.
#[track_caller]
pub fn items(list: &Value) -> &[Value] {
    list["items"].as_array().unwrap_or_else(|| panic!("no list: {list}"))
}

/// How many items a list has.
#[track_caller]
pub fn len(list: &Value) -> usize {
    items(list).len()
}
