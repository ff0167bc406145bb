//! What concerns somebody of the team reaches them, once and nobody else: mentions, conversations given, customers who write, promises.

use crate::desk::{Desk, items, text};
use crate::support::{Client, EventStream, on_both};
use futures_util::FutureExt;
use hypercare_core::conversation::imported::Past;
use hypercare_core::conversation::{Command, Conversation, Env, Status};
use hypercare_core::role::{Permission, Role};
use hypercare_core::triage::Triage;
use hypercare_core::{Actor, Channel, ConversationId, MessageId, Span};
use hypercare_server::imports::{Foreign, take_over};
use hypercare_store::WriteError;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Nothing approved answers it; the first response is promised within two hours.
const ASKS: &str = "Will the new price also apply to our charity discount next spring?";

async fn me(who: &Client) -> String {
    text(&who.get("/session").await.good()["user"]["id"])
}

async fn list(who: &Client, query: &str) -> Value {
    who.get(&format!("/notices?{query}")).await.good()
}

/// What somebody was told, newest first: what, by whom, in which words.
async fn told(who: &Client) -> Vec<(String, String, String)> {
    let list = list(who, "").await;
    let one = |n: &Value| {
        let detail = text(&n["detail"]);
        let kind = text(&n["kind"]);
        let what = if detail.is_empty() { kind } else { format!("{kind} {detail}") };
        (what, text(&n["actor"]), n["text"].as_str().unwrap_or_default().to_owned())
    };
    items(&list).iter().map(one).collect()
}

async fn kinds(who: &Client) -> Vec<String> {
    told(who).await.into_iter().map(|(what, ..)| what).collect()
}

async fn note(who: &Client, id: ConversationId, said: &str) -> Value {
    who.post(&format!("/conversations/{id}/notes"), &json!({ "text": said })).await.good()
}

async fn give(by: &Client, id: ConversationId, to: &str) {
    by.post(&format!("/conversations/{id}/assign"), &json!({ "to": to })).await.good();
}

async fn read(who: &Client, body: Value) -> Value {
    who.post("/notices/read", &body).await.good()["unread"].clone()
}

fn row(what: &str, by: &str, said: &str) -> (String, String, String) {
    (what.into(), by.into(), said.into())
}

#[tokio::test]
async fn a_mention_reaches_whom_it_names_at_once_and_nobody_else() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let admin = test.signed_in("Ada Min", Role::Admin).await;
        let id = desk.writes(Channel::Email, "Ana Souza", ASKS).await;
        let (aiko, mara) = (me(&desk.agent).await, me(&desk.lead).await);
        let mut stream = EventStream::open(&desk.lead, "/events/stream", None).await;
        // Whoever mentions themselves knows; nobody's id tells nobody.
        note(&desk.agent, id, &format!("@{{{mara}}}, can we? I am @{{{aiko}}}, not @{{77}}.")).await;
        while stream.next().await.expect("the stream goes on").event != "notice" {}
        assert_eq!(told(&desk.lead).await, [row("mention", "Aiko Tanaka", "@Mara Lind, can we? I am @Aiko Tanaka, not @{77}.")]);
        assert_eq!((told(&desk.agent).await, told(&desk.owner).await), (vec![], vec![]));
        let notice = items(&list(&desk.lead, "").await)[0].clone();
        assert_eq!((&notice["conversation"]["id"], &notice["conversation"]["customer"]), (&json!(id), &json!("Ana Souza")));

        // Beside the note stands who is meant, by the name that they have now.
        admin.patch(&format!("/users/{mara}"), &json!({ "name": "Mara Berg" })).await.good();
        let shown = desk.agent.get(&format!("/conversations/{id}/messages")).await.good();
        let noted = items(&shown).iter().find(|m| m["note"] == true).unwrap();
        assert_eq!(noted["id"], notice["message"]);
        let named = |m: &Value| m["mentions"].as_array().unwrap().iter().map(|p| (text(&p["name"]), p["former"] == true)).collect::<Vec<_>>();
        assert_eq!(named(noted), [("Mara Berg".into(), false), ("Aiko Tanaka".into(), false)]);
        assert!(told(&desk.lead).await[0].2.starts_with("@Mara Berg,"));

        // A reply has no mentions: the customer reads the name.
        desk.agent.post(&format!("/conversations/{id}/replies"), &json!({ "text": format!("@{{{mara}}} looks into it, @{{77}} too.") })).await.good();
        let shown = desk.agent.get(&format!("/conversations/{id}/messages")).await.good();
        let last = items(&shown).last().unwrap();
        assert_eq!((&last["text"], named(last)), (&json!("@Mara Berg looks into it, @{77} too."), vec![]));
        assert_eq!(told(&desk.lead).await.len(), 1);

        // Whoever cannot sign in any more is shown as such and told nothing.
        admin.patch(&format!("/users/{mara}"), &json!({ "disabled": true })).await.good();
        note(&desk.agent, id, &format!("@{{{mara}}}?")).await;
        let shown = desk.agent.get(&format!("/conversations/{id}/messages")).await.good();
        assert_eq!(named(items(&shown).last().unwrap()), [("Mara Berg".into(), true)]);
        admin.patch(&format!("/users/{mara}"), &json!({ "disabled": false })).await.good();
        assert_eq!(told(&test.sign_in("Mara Lind").await).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_has_a_conversation_hears_of_it_unless_they_look_or_did_it() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", ASKS).await;
        let aiko = me(&desk.agent).await;
        // Taken by themselves: no news. Given by another: news.
        give(&desk.agent, id, &aiko).await;
        desk.writes_on(Channel::Chat, "Ana Souza", id, "Hello?").await;
        assert_eq!(told(&desk.agent).await, [row("message", "Ana Souza", "Hello?")]);
        desk.lead.post(&format!("/conversations/{id}/assign"), &json!({ "to": null })).await.good();
        desk.writes_on(Channel::Chat, "Ana Souza", id, "Anybody?").await;
        give(&desk.lead, id, &aiko).await;
        assert_eq!(kinds(&desk.agent).await, ["assigned", "message"], "what nobody has tells nobody");
        // While they look they see it themselves; what somebody else looks at is no reason.
        let presence = format!("/conversations/{id}/presence");
        desk.agent.put(&presence, &json!({ "writing": false })).await.good();
        desk.writes_on(Channel::Chat, "Ana Souza", id, "Are you there?").await;
        assert_eq!(kinds(&desk.agent).await.len(), 2);
        test.app.clock.advance(Span::secs(46));
        desk.owner.put(&presence, &json!({ "writing": false })).await.good();
        desk.writes_on(Channel::Chat, "Ana Souza", id, "And now?").await;
        assert_eq!(told(&desk.agent).await[0], row("message", "Ana Souza", "And now?"));
        // The promise of two hours is about to break, and breaks.
        test.forward(Span::hours(2) - Span::mins(2)).await;
        let before = kinds(&desk.agent).await;
        assert_eq!(before[..2], ["breach_soon first_response", "message"], "{before:?}");
        test.forward(Span::mins(2)).await;
        let after = kinds(&desk.agent).await;
        assert_eq!(after[0], "breached first_response", "{after:?}");
        assert_eq!(after.len(), before.len() + 1, "{after:?}");
        test.forward(Span::mins(1)).await;
        assert_eq!(kinds(&desk.agent).await, after, "once");
        assert_eq!((told(&desk.owner).await, told(&desk.lead).await), (vec![], vec![]));
    })
    .await;
}

#[tokio::test]
async fn rulings_and_merges_tell_those_whom_they_concern() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let aiko = me(&desk.agent).await;
        let asked = json!({ "window": desk.window, "kind": "other", "question": "May charities keep it?" });
        let asked = desk.agent.post("/decisions", &asked).await.good();
        let ruling = json!({ "ruling": "yes", "reason": "They may." });
        desk.owner.post(&format!("/decisions/{}/decide", text(&asked["id"])), &ruling).await.good();
        assert_eq!(told(&desk.agent).await, [row("decided yes", "Jonas Weber", "May charities keep it?")]);
        let notice = items(&list(&desk.agent, "").await)[0].clone();
        assert_eq!((&notice["decision"], &notice["window"]), (&asked["id"], &json!(desk.window)));

        let one = desk.writes(Channel::Email, "Ana Souza", ASKS).await;
        let other = desk.writes(Channel::Email, "Ana Souza", "And the okapi discount, is it gone?").await;
        give(&desk.agent, one, &aiko).await;
        give(&desk.agent, other, &aiko).await;
        desk.lead.post(&format!("/conversations/{other}/merge"), &json!({ "into": one })).await.good();
        assert_eq!(kinds(&desk.agent).await, ["merged merged", "decided yes"], "who has both hears it once");
        test.app.clock.advance(Span::secs(1));
        desk.lead.post(&format!("/conversations/{other}/unmerge"), &json!({})).await.good();
        assert_eq!(kinds(&desk.agent).await, ["merged parted", "merged merged", "decided yes"]);
        // Reading the one that stays reads what was told of its parts.
        desk.lead.post(&format!("/conversations/{other}/merge"), &json!({ "into": one })).await.good();
        assert_eq!(read(&desk.agent, json!({ "conversation": one })).await, 1, "the ruling is left");
        let asked = ("asked".to_owned(), "Aiko Tanaka".to_owned(), "May charities keep it?".to_owned());
        assert_eq!((told(&desk.owner).await, told(&desk.lead).await), (vec![asked], vec![]), "whoever may rule heard that it was asked");
    })
    .await;
}

#[tokio::test]
async fn each_reads_and_chooses_for_themselves() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Email, "Ana Souza", ASKS).await;
        let (aiko, jonas) = (me(&desk.agent).await, me(&desk.owner).await);
        for n in 0..3 {
            note(&desk.lead, id, &format!("{n} @{{{aiko}}} @{{{jonas}}}")).await;
        }
        let first = list(&desk.agent, "limit=2").await;
        assert_eq!((items(&first).len(), &first["unread"]), (2, &json!(3)));
        let rest = list(&desk.agent, &format!("limit=2&cursor={}", text(&first["next"]))).await;
        assert_eq!((items(&rest).len(), &rest["next"], &items(&rest)[0]["text"]), (1, &Value::Null, &json!("0 @Aiko Tanaka @Jonas Weber")));
        // One, again, and those of somebody else.
        let newest = items(&first)[0]["id"].clone();
        assert_eq!(read(&desk.agent, json!({ "ids": [newest] })).await, 2);
        assert_eq!(read(&desk.agent, json!({ "ids": [newest] })).await, 2);
        let theirs: Vec<Value> = items(&list(&desk.owner, "").await).iter().map(|n| n["id"].clone()).collect();
        assert_eq!(read(&desk.agent, json!({ "ids": theirs })).await, 2);
        assert_eq!(list(&desk.owner, "").await["unread"], 3, "nobody reads for another");
        assert_eq!(items(&list(&desk.agent, "unread=true").await).len(), 2);
        // All up to what was seen; what came since stays.
        let seen = items(&first)[1]["id"].clone();
        note(&desk.lead, id, &format!("Late @{{{aiko}}}")).await;
        assert_eq!(read(&desk.agent, json!({ "all": true, "until": seen })).await, 1);
        assert_eq!(read(&desk.agent, json!({ "conversation": id })).await, 0);
        desk.agent.post("/notices/read", &json!({})).await.problem_at(422, "ids");
        desk.agent.post("/notices/read", &json!({ "ids": ["x"] })).await.problem_at(422, "ids");
        desk.agent.get("/notices?cursor=nonsense").await.problem_at(422, "cursor");

        // What is off is not told; everything else is.
        assert_eq!(desk.agent.get("/notices/settings").await.good(), json!({ "off": [], "desktop_words": false }));
        let chosen = json!({ "off": ["mention", "merged", "mention"], "desktop_words": true });
        assert_eq!(desk.agent.put("/notices/settings", &chosen).await.good(), json!({ "off": ["mention", "merged"], "desktop_words": true }));
        assert_eq!(desk.owner.get("/notices/settings").await.good()["off"], json!([]));
        desk.agent.put("/notices/settings", &json!({ "off": ["gossip"] })).await.problem(422);
        note(&desk.lead, id, &format!("Quietly @{{{aiko}}}")).await;
        give(&desk.lead, id, &aiko).await;
        let now = list(&desk.agent, "unread=true").await;
        assert_eq!((items(&now).len(), &items(&now)[0]["kind"]), (1, &json!("assigned")));
        // A program has none.
        let program = test.program("Bot", &[Permission::Read]).await;
        assert_eq!(list(&program, "").await, json!({ "items": [], "next": null, "unread": 0 }));
    })
    .await;
}

#[tokio::test]
async fn the_newest_five_hundred_are_kept() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Email, "Ana Souza", ASKS).await;
        let (aiko, stamp) = (me(&desk.agent).await, test.app.stamp(Actor::token("Bot")));
        let noted = test.app.store.write(move |tx| {
            async move {
                let mut change = tx.change::<Conversation>(id).await?;
                for n in 0..503 {
                    let message: MessageId = tx.new_id(stamp.at);
                    change.run(Command::Note { message, text: format!("{n} @{{{aiko}}}") }, &stamp, &Env::default())?;
                }
                tx.save(change).await.map(drop)
            }
            .boxed()
        });
        noted.await.unwrap_or_else(|error: WriteError| panic!("{error}"));
        let newest = list(&desk.agent, "limit=1").await;
        assert_eq!((&newest["unread"], &items(&newest)[0]["text"]), (&json!(500), &json!("502 @Aiko Tanaka")));
        assert_eq!(read(&desk.agent, json!({ "all": true })).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_erased_customer_leaves_no_word_in_a_notice() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let admin = test.signed_in("Ada Min", Role::Admin).await;
        let id = desk.writes(Channel::Email, "Ana Quixote", ASKS).await;
        let aiko = me(&desk.agent).await;
        give(&desk.lead, id, &aiko).await;
        desk.writes_on(Channel::Email, "Ana Quixote", id, "My code is Xylophone-4711, says Ana Quixote.").await;
        note(&desk.lead, id, &format!("@{{{aiko}}} Quixote gave Xylophone-4711")).await;
        assert!(told(&desk.agent).await.iter().any(|(_, by, said)| by == "Ana Quixote" && said.contains("Xylophone-4711")));
        let contact = text(&desk.agent.get(&format!("/conversations/{id}")).await.good()["contact"]["id"]);
        admin.post(&format!("/contacts/{contact}/erase"), &json!({ "reason": "Request 17" })).await.good();
        for word in ["Xylophone", "Quixote"] {
            assert_eq!(test.app.store.places_of(word).await.unwrap(), Vec::<String>::new(), "{word}");
        }
        let left = told(&desk.agent).await;
        assert_eq!(left.iter().map(|(what, ..)| what.as_str()).collect::<Vec<_>>(), ["mention", "message", "assigned"]);
        assert!(left.iter().all(|(_, by, said)| by != "Ana Quixote" && !said.contains("Xylophone")), "{left:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_imported_tells_nobody() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let aiko = me(&desk.agent).await;
        let past = |status, rating| Past {
            source: "old-desk".into(),
            id: "1".into(),
            status,
            first_response_at: None,
            resolved_at: (status == Status::Resolved).then(|| test.now()),
            reopened: 0,
            escalated_at: None,
            rating,
            rated_at: None,
            triage: Triage::default(),
            fields: BTreeMap::new(),
        };
        let foreign = |past| Foreign {
            opened_at: test.now() - Span::hours(1),
            contact: "ada@example.com".into(),
            subject: None,
            text: Some(format!("Dear @{{{aiko}}}")),
            past,
        };
        take_over(&test.app, vec![foreign(past(Status::Open, None))], false).await.unwrap();
        take_over(&test.app, vec![foreign(past(Status::Resolved, None))], false).await.unwrap();
        for who in [&desk.agent, &desk.owner, &desk.lead] {
            assert_eq!(told(who).await, []);
        }
    })
    .await;
}
