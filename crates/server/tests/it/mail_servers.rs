//! E-mail through a real mail server and real mailboxes: Postfix hands over by LMTP, Dovecot's mailboxes are read by IMAP.

use crate::desk::{Desk, text};
use crate::support::{Database, TestApp, Wanted, letter_text};
use hypercare_server::mail::{Imap, Inbox, Settings};
use hypercare_test_support::mail_servers::PASSWORD;
use hypercare_test_support::{MailServers, free_port};
use lettre::address::Envelope;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde_json::{Value, json};
use std::time::Duration;

/// Postfix, Dovecot, and a desk with an inbox for each of the two ways.
struct Post {
    servers: MailServers,
    smtp: AsyncSmtpTransport<Tokio1Executor>,
}

impl Post {
    /// Starts all; `imap` says how the mailbox is read, `largest` how large a mail may be.
    async fn with_desk(imap: &str, largest: usize) -> (Self, TestApp) {
        let lmtp = free_port();
        let servers = MailServers::start(lmtp).unwrap();
        let sales = Inbox::new("Nordlicht Sales <sales@customers.test>").unwrap();
        let imap = Imap::new(&format!("imap://sales:{PASSWORD}@127.0.0.1:{}/INBOX?{imap}", servers.imap), std::slice::from_ref(&sales)).unwrap();
        let mail = Settings { lmtp: Some(([127, 0, 0, 1], lmtp).into()), inboxes: vec![sales], imap: vec![imap], largest, ..Settings::default() };
        let wanted = Wanted {
            engine: true,
            mail,
            mail_from: Some("Nordlicht Help <support@nordlicht.test>".into()),
            smtp: Some(format!("smtp://127.0.0.1:{}", servers.smtp)),
            ..Wanted::default()
        };
        let smtp = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1").port(servers.smtp).build();
        (Self { servers, smtp }, TestApp::start(Database::Sqlite, wanted).await)
    }

    async fn send(&self, from: &str, to: &str, headers: &[&str], body: &str) {
        let envelope = Envelope::new(Some(from.parse().unwrap()), vec![to.parse().unwrap()]).unwrap();
        let (from, to) = (format!("From: {from}"), format!("To: {to}"));
        let all: Vec<&str> = [from.as_str(), to.as_str()].into_iter().chain(headers.iter().copied()).collect();
        self.smtp.send_raw(&envelope, letter_text(&all, body).as_bytes()).await.unwrap();
    }

    /// What `find` finds, as soon as it finds it.
    async fn soon<T>(&self, what: &str, find: impl AsyncFn() -> Option<T>) -> T {
        for _ in 0..800 {
            if let Some(found) = find().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{what} did not happen:\n{}", self.servers.log());
    }

    /// A mail in somebody's mailbox with these words.
    async fn in_mailbox(&self, user: &str, words: &str) -> String {
        self.soon(&format!("a mail to {user} with “{words}”"), async || self.servers.mails_of(user).into_iter().find(|mail| mail.contains(words)))
            .await
    }
}

async fn messages(desk: &Desk<'_>, conversation: &Value) -> Vec<Value> {
    desk.agent.get(&format!("/conversations/{}/messages", text(&conversation["id"]))).await.good()["items"].as_array().unwrap().clone()
}

async fn with_subject(desk: &Desk<'_>, subject: &str) -> Option<Value> {
    let list = desk.agent.get("/conversations?view=all").await.good();
    list["items"].as_array().unwrap().iter().find(|c| c["subject"] == subject).cloned()
}

async fn reply(desk: &Desk<'_>, conversation: &Value, words: &str) {
    desk.agent.post(&format!("/conversations/{}/replies", text(&conversation["id"])), &json!({ "text": words, "then": "waiting" })).await.good();
}

/// The same people, signed in again.
async fn after_a_start(test: &TestApp) -> Desk<'_> {
    let (lead, owner, agent) = (test.sign_in("Mara Lind").await, test.sign_in("Jonas Weber").await, test.sign_in("Aiko Tanaka").await);
    Desk { test, lead, owner, agent, window: String::new() }
}

fn header(mail: &str, name: &str) -> String {
    let unfolded = mail.replace("\r\n", "\n").replace("\n ", " ");
    let found = unfolded.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found.unwrap_or_else(|| panic!("no {name} in {mail}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_goes_through_real_servers_both_ways_and_outlives_a_stop() {
    let (post, test) = Post::with_desk("from=all", 40 << 20).await;
    let desk = Desk::live(&test).await;

    // By LMTP: the customer writes, is answered, and answers as Apple Mail does.
    post.send("lena@customers.test", "support@nordlicht.test", &["Subject: Invoice", "Message-ID: <1@customers.test>"], "What is this?").await;
    let first = post.soon("the conversation", async || with_subject(&desk, "Invoice").await).await;
    reply(&desk, &first, "It is the new plan.").await;
    let answer = post.in_mailbox("lena", "It is the new plan.").await;
    assert_eq!(header(&answer, "From").replace('"', ""), "Nordlicht Help <support@nordlicht.test>");
    let own = header(&answer, "Reply-To").split('<').nth(1).unwrap().trim_end_matches('>').to_owned();
    let id = header(&answer, "Message-ID");
    let headers = ["Subject: Re: Invoice", "Message-ID: <2@customers.test>", "References: <rewritten@by.apple>"];
    let quoted = format!("Thanks!\n\n> On 16 Nov 2026, at 09:01, Nordlicht Help <{own}> wrote:\n> \n> It is the new plan.");
    post.send("lena@customers.test", &own, &headers, &quoted).await;
    // A colleague in copy, as Outlook answers, through the inbox's plain address.
    let outlook = "I agree with Lena.\n\n________________________________\nFrom: Nordlicht Help <support@nordlicht.test>\nSent: Monday, 16 November 2026 09:01\n\
                   To: lena@customers.test\nSubject: Re: Invoice\n\nIt is the new plan.";
    post.send(
        "bo@customers.test",
        "support@nordlicht.test",
        &["Subject: RE: Invoice", "Message-ID: <3@customers.test>", &format!("In-Reply-To: {id}")],
        outlook,
    )
    .await;
    let said = post
        .soon("both answers", async || {
            Some(messages(&desk, &first).await).filter(|said| said.iter().filter(|m| m["author"] == "customer").count() == 3)
        })
        .await;
    let said: Vec<(&str, &str)> = said
        .iter()
        .filter(|m| m["author"] == "customer")
        .map(|m| (m["text"].as_str().unwrap(), m["hand"]["kind"].as_str().unwrap_or("own")))
        .collect();
    assert_eq!(said, [("What is this?", "own"), ("Thanks!", "own"), ("I agree with Lena.", "other")]);

    // By IMAP: read from the mailbox as soon as it is there, and answered from that inbox.
    post.send("lena@customers.test", "sales@customers.test", &["Subject: Offer", "Message-ID: <4@customers.test>"], "How much is it?").await;
    let offer = post.soon("the offer's conversation", async || with_subject(&desk, "Offer").await).await;
    reply(&desk, &offer, "Twelve.").await;
    let twelve = post.in_mailbox("lena", "Twelve.").await;
    assert_eq!(header(&twelve, "From").replace('"', ""), "Nordlicht Sales <sales@customers.test>");

    // A mailbox that does not exist: the real server's report finds the message.
    post.send("ghost@customers.test", "support@nordlicht.test", &["Subject: Boo", "Message-ID: <5@customers.test>"], "Who are you?").await;
    let ghost = post.soon("the ghost's conversation", async || with_subject(&desk, "Boo").await).await;
    reply(&desk, &ghost, "We are support.").await;
    let failed = post
        .soon("the report", async || messages(&desk, &ghost).await.into_iter().find(|m| m["author"] == "person" && m["delivery"] == "failed"))
        .await;
    assert!(text(&failed["delivery_error"]).contains("ghost@customers.test"), "{failed}");

    // Two inboxes of ours never talk to each other.
    post.send("sales@customers.test", "support@nordlicht.test", &["Subject: Us", "Message-ID: <6@customers.test>"], "Hello, us").await;
    let held = post.soon("a held mail", async || desk.agent.get("/mails").await.good()["items"].as_array().unwrap().first().cloned()).await;
    assert_eq!(held["kind"], "circle");

    // Stopped for a while: what comes meanwhile waits at the servers, and is there afterwards, once.
    let test = test
        .restarted(async {
            for n in 0..5 {
                let (subject, id) = (format!("Subject: Down {n}"), format!("Message-ID: <down{n}@customers.test>"));
                let to = if n % 2 == 0 { "support@nordlicht.test" } else { "sales@customers.test" };
                post.send("bo@customers.test", to, &[&subject, &id], "Are you there?").await;
                post.send("bo@customers.test", to, &[&subject, &id], "Are you there?").await;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        })
        .await;
    let desk = after_a_start(&test).await;
    post.servers.flush();
    for n in 0..5 {
        post.soon(&format!("mail {n} after the stop"), async || with_subject(&desk, &format!("Down {n}")).await).await;
    }
    let all = desk.agent.get("/conversations?view=all&limit=200").await.good();
    assert_eq!(all["items"].as_array().unwrap().len(), 3 + 5, "nothing twice: {all}");
    let status = desk.agent.get("/mail").await.good();
    assert_eq!((&status["mailboxes"][0]["error"], status["mailboxes"][0]["checked_at"].is_string()), (&Value::Null, true), "{status}");
    test.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_only_read_stays_as_it_is_and_is_read_on_when_it_is_numbered_anew() {
    let (post, test) = Post::with_desk("read_only=true", 1 << 20).await;
    let desk = Desk::live(&test).await;
    post.soon("the first look", async || {
        let status = desk.agent.get("/mail").await.good();
        status["mailboxes"][0]["checked_at"].is_string().then_some(())
    })
    .await;
    let one = ["Subject: One", "Message-ID: <one@customers.test>"];
    post.send("lena@customers.test", "sales@customers.test", &one, "The first.").await;
    post.soon("the first mail", async || with_subject(&desk, "One").await).await;
    // Too large: its headers are kept, and the next one comes through.
    let huge = "x".repeat(70) + "\n";
    post.send("bo@customers.test", "sales@customers.test", &["Subject: Huge", "Message-ID: <huge@customers.test>"], &huge.repeat(20_000)).await;
    let held = post.soon("a held mail", async || desk.agent.get("/mails").await.good()["items"].as_array().unwrap().first().cloned()).await;
    assert_eq!((text(&held["kind"]), text(&held["subject"])), ("too_large".into(), "Huge".into()));
    desk.agent.post(&format!("/mails/{}/take", text(&held["id"])), &json!({ "as_message": true })).await.problem(409);

    let test = test
        .restarted(async {
            post.servers.number_anew("sales").unwrap();
            post.send("lena@customers.test", "sales@customers.test", &["Subject: Two", "Message-ID: <two@customers.test>"], "The second.").await;
            post.in_mailbox("sales", "The second.").await;
        })
        .await;
    let desk = after_a_start(&test).await;
    post.soon("the second mail", async || with_subject(&desk, "Two").await).await;
    let all = desk.agent.get("/conversations?view=all").await.good();
    let subjects: Vec<&str> = all["items"].as_array().unwrap().iter().map(|c| c["subject"].as_str().unwrap()).collect();
    assert_eq!(subjects, ["Two", "One"], "nothing twice");
    assert_eq!(desk.agent.get("/mails").await.good()["items"].as_array().unwrap().len(), 1);
    assert_eq!((post.servers.mails_of("sales").len(), post.servers.seen_by("sales")), (3, 0), "nothing is changed in it");
    test.stop().await;
}
