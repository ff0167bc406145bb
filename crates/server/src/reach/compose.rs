//! One message for several notices: as a mail, for Slack, and for a program. Pure.

use hypercare_core::notice::Kind;
use hypercare_core::notice::route::{MOST_LINES, WayKind};
use hypercare_core::{Severity, Timestamp};
use serde_json::json;

/// A notice as it is told; the same several times is one.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its id.
    pub notice: i64,
    /// What of.
    pub kind: Kind,
    /// A word that says more.
    pub detail: String,
    /// In words.
    pub text: String,
    /// How severe.
    pub severity: Option<Severity>,
    /// When, the last time.
    pub at: Timestamp,
    /// On the clock of its person.
    pub clock: String,
    /// Where it leads.
    pub url: String,
    /// How often.
    pub times: usize,
}

/// To whom.
#[derive(Clone, Debug)]
pub(super) struct To<'a> {
    /// Id of the person.
    pub id: i64,
    /// Their name.
    pub name: &'a str,
    /// Where they change what they are told.
    pub settings: String,
    /// Where they read the rest.
    pub console: String,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// Subject line: also what the log shows.
    pub subject: String,
    /// The text, or the body for a program.
    pub text: String,
}

impl Item {
    fn line(&self) -> String {
        let severity = self.severity.filter(|s| *s >= Severity::High).map(|s| format!(" ({})", s.word())).unwrap_or_default();
        let times = if self.times > 1 { format!(", {} times", self.times) } else { String::new() };
        format!("{}{severity}{times}", self.text)
    }
}

/// The message on a way. `items` are all that there are, oldest first; `more` are those whose words are not kept any more.
pub(super) fn compose(way: WayKind, to: &To<'_>, items: &[Item], more: usize, now: Timestamp) -> Said {
    let shown = &items[..items.len().min(MOST_LINES)];
    let more = more + items.len() - shown.len();
    // The worst says what the message is about, of those the first.
    let worst = items.iter().rev().max_by_key(|item| item.severity);
    let subject = match (worst, items.len() + more - (items.len() - shown.len())) {
        (Some(only), 1) => only.line(),
        (Some(worst), all) => format!("{all} notices: {}", worst.line()),
        (None, all) => format!("{all} notices"),
    };
    let text = match way {
        WayKind::Mail => mail(to, shown, more),
        WayKind::Slack => slack(to, shown, more),
        WayKind::Webhook => program(to, shown, more, now),
    };
    Said { subject, text }
}

fn mail(to: &To<'_>, items: &[Item], more: usize) -> String {
    let mut text = format!("Hello {},\n", to.name);
    for item in items {
        text.push_str(&format!("\n{}\n{}, {}\n", item.line(), item.clock, item.url));
    }
    if more > 0 {
        text.push_str(&format!("\nand {more} more: {}\n", to.console));
    }
    text.push_str(&format!("\n-- \nYou get this because of your rules for notices. Read or change them: {}\n", to.settings));
    text
}

/// The three characters that mean something there.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn slack(to: &To<'_>, items: &[Item], more: usize) -> String {
    let mut text = format!("*For {}*", escaped(to.name));
    for item in items {
        text.push_str(&format!("\n• <{}|{}>", item.url, escaped(&item.line())));
    }
    if more > 0 {
        text.push_str(&format!("\nand <{}|{more} more>", to.console));
    }
    text
}

fn program(to: &To<'_>, items: &[Item], more: usize, now: Timestamp) -> String {
    let notices: Vec<_> = items
        .iter()
        .map(|item| {
            json!({ "id": item.notice.to_string(), "kind": item.kind, "detail": item.detail, "severity": item.severity, "text": item.text, "at": item.at,
                "times": item.times, "url": item.url })
        })
        .collect();
    let data = json!({ "person": { "id": to.id.to_string(), "name": to.name }, "notices": notices, "more": more });
    json!({ "type": "notices", "timestamp": now, "data": data }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(n: i64, text: &str, severity: Option<Severity>, times: usize) -> Item {
        let at = Timestamp::from_secs(1_800_000_000 + n);
        let url = format!("https://care.example/w/1/inbox?c={n}");
        Item { notice: n, kind: Kind::Message, detail: String::new(), text: text.into(), severity, at, clock: "Fri 15 Jan 09:00".into(), url, times }
    }

    fn said(way: WayKind, items: &[Item], more: usize) -> Said {
        let to = To { id: 7, name: "Aiko <A&B>", settings: "https://care.example/notifications".into(), console: "https://care.example/".into() };
        compose(way, &to, items, more, Timestamp::from_secs(1_800_000_100))
    }

    #[test]
    fn one_notice_is_the_subject_and_several_are_counted_with_the_worst_first() {
        let (one, two) = (item(1, "Mara mentioned you", None, 1), item(2, "Nobody reacts", Some(Severity::Critical), 3));
        assert_eq!(said(WayKind::Mail, std::slice::from_ref(&one), 0).subject, "Mara mentioned you");
        let both = said(WayKind::Mail, &[one, two], 0);
        assert_eq!(both.subject, "2 notices: Nobody reacts (critical), 3 times");
        for part in [
            "Hello Aiko",
            "Mara mentioned you\nFri 15 Jan 09:00, https://care.example/w/1/inbox?c=1",
            "change them: https://care.example/notifications",
        ] {
            assert!(both.text.contains(part), "{part} in {}", both.text);
        }
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let many: Vec<Item> = (0..40).map(|n| item(n, "The customer wrote", None, 1)).collect();
        let mail = said(WayKind::Mail, &many, 3);
        assert_eq!(mail.subject, "43 notices: The customer wrote");
        assert!(mail.text.contains("and 23 more: https://care.example/"), "{}", mail.text);
        assert_eq!(mail.text.matches("The customer wrote").count(), 20);
        let slack = said(WayKind::Slack, &many, 3);
        assert!(slack.text.ends_with("and <https://care.example/|23 more>"), "{}", slack.text);
        assert_eq!(said(WayKind::Mail, &[], 3).subject, "3 notices");
    }

    #[test]
    fn slack_gets_no_markup_of_others_and_a_program_gets_json() {
        let slack = said(WayKind::Slack, &[item(1, "<!channel> & co", None, 1)], 0).text;
        assert_eq!(slack, "*For Aiko &lt;A&amp;B&gt;*\n• <https://care.example/w/1/inbox?c=1|&lt;!channel&gt; &amp; co>");
        let body: serde_json::Value = serde_json::from_str(&said(WayKind::Webhook, &[item(1, "x", Some(Severity::High), 2)], 0).text).unwrap();
        assert_eq!(
            (&body["type"], &body["data"]["notices"][0]["kind"], &body["data"]["notices"][0]["times"]),
            (&json!("notices"), &json!("message"), &json!(2))
        );
        assert_eq!(body["data"]["person"]["id"], "7");
    }
}
