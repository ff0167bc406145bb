//! One update in every place where customers look: read back as they would read it, and compared.

use super::slack::{self, text_of};
use super::{HAPPENING, at, begin, content, out, page, press, to};
use crate::desk::{Desk, by, text};
use crate::support::receiver::Receiver;
use crate::support::{Database, TestApp, Wanted, on_both};
use hypercare_core::Span;
use hypercare_test_support::{MailServers, free_port};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

/// Signs that each of the ways writes in its own manner.
const TITLE: &str = "Invoices & receipts show the “old” price 🚀";
/// Where the whole text stands. Pages of help have its first answer.
const PLACES: [&str; 10] =
    ["banner", "chat", "status page, what is open", "status page, what was said", "Atom", "Atom's HTML", "RSS", "JSON", "mail", "Slack"];
/// Who subscribed.
const LENA: &str = "lena@customers.test";

/// What one place says.
#[derive(Debug, PartialEq)]
struct Read {
    place: &'static str,
    /// The entry's id.
    version: String,
    title: String,
    /// The lines that are not empty.
    lines: Vec<String>,
}

impl Read {
    fn new(place: &'static str, version: &str, title: &str, lines: Vec<String>) -> Self {
        Self { place, version: version.to_owned(), title: title.to_owned(), lines }
    }
}

/// A mail as its reader sees it.
#[derive(Debug)]
struct Mail {
    subject: String,
    text: String,
    /// Where a mail program's button leads.
    unsubscribe: Option<String>,
}

/// Where mails arrive.
enum Mailbox {
    /// In a list.
    List,
    /// In Dovecot's mailboxes, by Postfix.
    Real(MailServers),
}

impl Mailbox {
    /// Lena's mails, in order, as soon as there are so many.
    async fn of_lena(&self, test: &TestApp, count: usize) -> Vec<Mail> {
        let Self::Real(servers) = self else {
            let letters = to(test, LENA).into_iter();
            return letters.map(|l| Mail { subject: l.outbound.subject, text: l.outbound.text, unsubscribe: l.unsubscribe }).collect();
        };
        for _ in 0..800 {
            let mails = servers.mails_of("lena");
            if mails.len() >= count {
                let mut mails: Vec<(i64, Mail)> = mails.iter().map(|raw| read(raw)).collect();
                mails.sort_by_key(|(date, _)| *date);
                return mails.into_iter().map(|(_, mail)| mail).collect();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no {count} mails came:\n{}", servers.log());
    }
}

/// What another program reads in a mail, and when it was written.
fn read(raw: &str) -> (i64, Mail) {
    let mail = mail_parser::MessageParser::default().parse(raw.as_bytes()).unwrap();
    let header = |name: &str| mail.header_raw(name).map(|value| value.split_whitespace().collect::<String>());
    assert_eq!(header("Auto-Submitted").as_deref(), Some("auto-generated"), "{raw}");
    let unsubscribe = header("List-Unsubscribe").map(|link| link.trim_matches(['<', '>']).to_owned());
    assert_eq!(header("List-Unsubscribe-Post").is_some(), unsubscribe.is_some(), "{raw}");
    let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
    (mail.date().unwrap().to_timestamp(), Mail { subject: mail.subject().unwrap().to_owned(), text, unsubscribe })
}

/// What HTML and XML escape.
fn unescaped(xml: &str) -> String {
    xml.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The lines of HTML as a browser shows them.
fn lines(html: &str) -> Vec<String> {
    let mut shown = String::new();
    for part in html.split('<') {
        let (tag, after) = part.split_once('>').unwrap_or(("", part));
        if ["br", "/p", "/h2", "/h3", "/h4", "/h5"].contains(&tag) {
            shown.push('\n');
        }
        shown.push_str(after);
    }
    lines_of(&unescaped(&shown))
}

/// What stands between two texts.
#[track_caller]
fn between<'a>(all: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = all.split_once(begin).unwrap_or_else(|| panic!("no {begin} in {all}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} after {begin} in {all}")).0
}

/// An entry on the status page: its title, its lines, and when it was published.
fn article(place: &'static str, version: &str, html: &str) -> Read {
    let mut all = lines(html);
    let (title, published) = (all.remove(0), all.pop().unwrap());
    assert!(published.starts_with("Published "), "{published}");
    Read::new(place, version, &title, all)
}

/// The version in the words of those places that have nothing but words.
fn by_number(update: &Value, lines: &[String]) -> String {
    let number = lines[0].split(" · ").find_map(|part| part.strip_prefix("update ")).unwrap_or_else(|| panic!("no number in {lines:?}"));
    let number: u64 = number.parse().unwrap();
    text(&update["entries"].as_array().unwrap().iter().find(|entry| entry["number"] == number).unwrap()["id"])
}

/// Without the signs by which Slack shows bold and italic lines.
fn plain_of_slack(text: &str) -> Vec<String> {
    let bare = |line: String| {
        let within = ["*", "_"].iter().find_map(|sign| line.strip_prefix(sign)?.strip_suffix(sign).map(str::to_owned));
        unescaped(&within.unwrap_or(line))
    };
    lines_of(text).into_iter().map(bare).collect()
}

/// All that customers can read of an update now, place by place. `told` is how many entries were published.
async fn all_places(test: &TestApp, update: &Value, receiver: &Receiver, mailbox: &Mailbox, told: usize) -> Vec<Read> {
    let newest = &update["entries"][0];
    let (version, id) = (text(&newest["id"]), text(&update["id"]));
    let mut all = vec![];

    let script = page(test, "/notice.js").await;
    let handed = script.split_once("m.show(").unwrap().1;
    let banner: Value = serde_json::from_str(handed.strip_suffix("))").unwrap()).unwrap();
    let chat = by(&test.stranger().get("/public/updates").await.good(), "update", &id);
    assert_eq!(banner, chat, "also how bad it is, and until when it stands there");
    for (place, said) in [("banner", &banner), ("chat", &chat)] {
        all.push(Read::new(place, &text(&said["version"]), &text(&said["title"]), lines_of(&text(&said["text"]))));
    }
    let html = page(test, "/status/new-prices").await;
    let place = text(&banner["url"]);
    assert!(html.contains(&format!("id=\"{}\"", place.split_once('#').unwrap().1)), "where the banner leads: {place}");
    let open = html.split_once(&format!("id=\"matter-{id}\"")).unwrap().1;
    let mut open = article("status page, what is open", &version, between(open, ">", "</article>"));
    open.title = open.title.split_once(": ").unwrap().1.to_owned();
    all.push(open);
    let said = between(&html, &format!("id=\"entry-{version}\">"), "</article>");
    all.push(article("status page, what was said", &version, said));

    let atom: atom_syndication::Feed = page(test, "/status/new-prices/feed.atom").await.parse().unwrap();
    let entry = &atom.entries()[0];
    let its_version = entry.id().rsplit('/').next().unwrap();
    all.push(Read::new("Atom", its_version, entry.title().as_str(), lines_of(entry.summary().unwrap().as_str())));
    all.push(Read::new("Atom's HTML", its_version, entry.title().as_str(), lines(entry.content().unwrap().value().unwrap())));
    let rss = rss::Channel::read_from(page(test, "/status/new-prices/feed.rss").await.as_bytes()).unwrap();
    let item = &rss.items()[0];
    let its_version = item.guid().unwrap().value().rsplit('/').next().unwrap();
    all.push(Read::new("RSS", its_version, item.title().unwrap(), lines(item.description().unwrap())));
    assert_eq!((atom.entries().len(), rss.items().len()), (told, told));

    let summary: Value = serde_json::from_str(&page(test, "/status/new-prices/api/v2/summary.json").await).unwrap();
    let incident = by(&summary["incidents"], "id", &id);
    let said = &incident["incident_updates"][0];
    all.push(Read::new("JSON", &text(&said["id"]), &text(&incident["name"]), lines_of(&text(&said["body"]))));

    // The question whether it is her address, and each entry once.
    let mails = mailbox.of_lena(test, told + 1).await;
    assert_eq!(mails.len(), told + 1, "{mails:?}");
    let mail = mails.last().unwrap();
    let said = lines_of(mail.text.split_once("\n\nAll updates: ").unwrap().0);
    assert_eq!(said[0], mail.subject);
    all.push(Read::new("mail", &by_number(update, &said[1..]), &mail.subject, said[1..].to_vec()));

    assert_eq!(receiver.count(), told, "Slack hears each entry once");
    let posted = text_of(receiver.told().last().unwrap());
    assert!(posted.contains("&lt;today&gt;") && posted.contains("&amp;"), "Slack's own signs are none of ours: {posted}");
    let mut said = plain_of_slack(&posted);
    let link = said.pop().unwrap();
    assert!(link.starts_with("<http") && link.ends_with("/status/new-prices|All updates>"), "{link}");
    all.push(Read::new("Slack", &by_number(update, &said[1..]), &said[0], said[1..].to_vec()));
    all
}

/// On pages of help stands what is happening, the way to the rest, and which version it is.
async fn on_pages_of_help(test: &TestApp, update: &Value) {
    let newest = &update["entries"][0];
    let happening = text(&newest["content"]["happening"]).split_whitespace().collect::<Vec<_>>().join(" ");
    for path in ["/help", "/help/contact"] {
        let html = page(test, path).await;
        let notice = between(&html, "<section class=\"notice\"", "</section>");
        let (tag, said) = notice.split_once('>').unwrap();
        assert!(tag.ends_with(&format!(" data-version=\"{}\"", text(&newest["id"]))), "{path}: {tag}");
        assert_eq!(lines(said), [format!("Identified: {TITLE}"), happening.clone(), "All of it".into()], "{path}");
        assert!(said.contains(&format!("/status/new-prices#matter-{}\"", text(&update["id"]))), "{path}: {said}");
    }
}

/// The same text and the same version in every place.
async fn the_same_everywhere(test: &TestApp, desk: &Desk<'_>, update: &Value, receiver: &Receiver, mailbox: &Mailbox, told: usize) {
    let newest = &update["entries"][0];
    let (version, said) = (text(&newest["id"]), lines_of(&text(&newest["text"])));
    assert!(said.len() > 6 && said[0].contains(&format!("update {told}")), "{said:?}");
    let all = all_places(test, update, receiver, mailbox, told).await;
    let places: Vec<&str> = all.iter().map(|read| read.place).collect();
    assert_eq!(places, PLACES, "none is forgotten");
    for read in all {
        let place = read.place;
        assert_eq!(read, Read::new(place, &version, TITLE, said.clone()));
    }
    on_pages_of_help(test, update).await;
    let listed = desk.agent.get(&format!("/updates?window={}", desk.window)).await.good();
    assert_eq!(by(&listed, "id", &text(&update["id"]))["entries"][0], *newest, "what colleagues see");
}

/// Lena enters her address, and confirms it by the link in the mail that comes.
async fn lena_subscribes(test: &TestApp, mailbox: &Mailbox) {
    let (status, said) = press(test, "/status/new-prices", &format!("email={LENA}")).await;
    assert!(status.is_success() && said.contains("Look into your inbox"), "{said}");
    test.forward(Span::secs(1)).await;
    let question = mailbox.of_lena(test, 1).await.remove(0);
    let link = question.text.split_whitespace().find(|word| word.contains("/updates/confirm/")).unwrap();
    let (status, said) = press(test, link, "").await;
    assert!(status.is_success() && said.contains("Updates come to your address"), "{said}");
}

/// Published, corrected, and resolved; at last Lena wants no more.
async fn story(test: &TestApp, mailbox: &Mailbox) {
    let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
    slack::slack(test, &desk, &format!("{}/T0/secret", receiver.url)).await;
    lena_subscribes(test, mailbox).await;
    let content = |more: Value| {
        let mut all = content(test, &json!({ "title": TITLE }));
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let drafted = begin(&desk, content(json!({ "unknown": "Whether old invoices are right." }))).await;
    assert_eq!(page(test, "/notice.js").await, "", "a draft is read by nobody");
    assert!(!page(test, "/status/new-prices").await.contains("receipts"));
    let told = out(&desk, drafted).await;
    test.forward(Span::secs(5)).await;
    the_same_everywhere(test, &desk, &told, &receiver, mailbox, 1).await;

    // What is wrong is corrected by an entry of its own; what was said stays.
    let wrong = text(&told["entries"][0]["id"]);
    let other = content(json!({ "happening": "Invoices of today show the old price.\n\nCustomers in Sweden are affected.", "impact": "critical" }));
    let drafted = desk.agent.put(&at(&told, "/draft"), &json!({ "content": other, "corrects": wrong })).await.good();
    let corrected = out(&desk, drafted).await;
    test.forward(Span::secs(5)).await;
    the_same_everywhere(test, &desk, &corrected, &receiver, mailbox, 2).await;
    assert!(text(&corrected["entries"][0]["text"]).starts_with("Identified · update 2 · corrects update 1\n"));
    assert_ne!(corrected["entries"][0]["id"], json!(wrong), "a version of its own");
    assert_eq!((&corrected["entries"][1]["content"], &corrected["entries"][1]["corrected"]), (&told["entries"][0]["content"], &json!(true)));
    let html = page(test, "/status/new-prices").await;
    assert!(html.contains("role=\"alert\""), "{html}");
    let old = between(&html, &format!("id=\"entry-{wrong}\">"), "</article>");
    assert!(old.contains("Corrected by") && old.contains(HAPPENING), "the old entry is still there, and says what became of it: {old}");

    // Resolved, nothing is open and nothing is promised.
    let drafted = desk.agent.put(&at(&told, "/draft"), &json!({ "content": content(json!({ "state": "resolved", "next_at": null })) })).await.good();
    let resolved = out(&desk, drafted).await;
    test.forward(Span::secs(5)).await;
    assert_eq!((&resolved["promise"], &resolved["state"], &resolved["on_show"]), (&Value::Null, &json!("resolved"), &json!(true)));
    assert!(page(test, "/status/new-prices").await.contains("Nothing is open"));
    let json: Value = serde_json::from_str(&page(test, "/status/new-prices/api/v2/incidents/unresolved.json").await).unwrap();
    assert_eq!(json["incidents"], json!([]));
    let mails = mailbox.of_lena(test, 4).await;
    assert_eq!(press(test, mails[3].unsubscribe.as_ref().unwrap(), "List-Unsubscribe=One-Click").await.0, StatusCode::OK);
    assert_eq!(desk.agent.get(&desk.at("/updates")).await.good()["subscribers"], json!(0));
    test.forward(Span::hours(24)).await;
    assert_eq!(page(test, "/notice.js").await, "", "it left the banner");
    assert_eq!((mailbox.of_lena(test, 4).await.len(), receiver.count()), (4, 3), "and nobody is told anything twice");
}

#[tokio::test]
async fn one_update_reads_the_same_everywhere_and_so_does_its_correction() {
    on_both(async |test| story(test, &Mailbox::List).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_mails_are_the_same_after_a_real_mail_server_carried_them() {
    let servers = MailServers::start(free_port()).unwrap();
    let wanted = Wanted {
        mail_from: Some("Nordlicht Help <support@nordlicht.test>".into()),
        smtp: Some(format!("smtp://127.0.0.1:{}", servers.smtp)),
        ..Wanted::default()
    };
    let test = TestApp::start(Database::Sqlite, wanted).await;
    story(&test, &Mailbox::Real(servers)).await;
    test.stop().await;
}
