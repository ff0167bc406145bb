//! One plain sentence for each event: feeds, histories and the log say the same.

use super::said::minute;
use super::{help, said};
use hypercare_core::answer::AnswerEvent;
use hypercare_core::broadcast::BroadcastEvent;
use hypercare_core::decision::{DecisionEvent, Ruling};
use hypercare_core::escalation::EscalationEvent;
use hypercare_core::issue::{IssueChange, IssueEvent, Taken};
use hypercare_core::stages::StageEvent;
use hypercare_core::unanswered::DismissalEvent;
use hypercare_core::update::UpdateEvent;
use hypercare_core::window::{Phase, WindowEvent};
use hypercare_store::queries::events::Line;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The event in words. An event of a newer version is named, not explained.
pub fn sentence(line: &Line) -> String {
    let family = line.kind.split('.').next().unwrap_or_default();
    let words = match family {
        "conversation" if line.kind == "conversation.erased" => Some(format!("{} erased what was said here", line.actor_name)),
        "conversation" => read(line).map(|event| said::conversation(&event, line)),
        "window" if line.kind == "window.update_channel" => read(line).map(|body: Value| match body.get("host").and_then(Value::as_str) {
            Some(host) => format!("{} had updates sent to a channel at {host}", line.actor_name),
            None => format!("{} had updates sent to no Slack channel any more", line.actor_name),
        }),
        "window" if line.kind == "window.subscriber_lost" => {
            Some("An address was taken off the list of updates: mails to it come back, because it does not exist".to_owned())
        }
        "window" if line.kind == "window.addresses_uploaded" => read(line).map(|body: Value| {
            let n = body.get("addresses").and_then(Value::as_u64).unwrap_or_default();
            format!("{} uploaded {n} {} for a check-in", line.actor_name, if n == 1 { "address" } else { "addresses" })
        }),
        "window" => read(line).map(|event| window(&event, line)),
        "issue" => read(line).map(|event| issue(&event, line)),
        "answer" => read(line).map(|event| answer(&event, line)),
        "decision" => read(line).map(|event| decision(&event, line)),
        "handover" => read(line).map(|event| super::normal::handover(&event, line)),
        "escalation" => read(line).map(|event| escalation(&event, line)),
        "cutover" => read(line).map(|event| super::cutover::sentence(&event, line)),
        "account" => read(line).map(|event| super::accounts::account(&event, line)),
        "call" => read(line).map(|event| super::accounts::call(&event, line)),
        "rota" => read(line).map(|event| super::rota::sentence(&event, line)),
        "unanswered" => read(line).map(|event| unanswered(&event, line)),
        "broadcast" => read(line).map(|event| broadcast(&event, line)),
        "article" if line.kind == "article.erased" => Some(format!("{} erased a customer who was named here", line.actor_name)),
        "article" => read(line).map(|event| help::article(&event, line)),
        "collection" => read(line).map(|event| help::collection(&event, line)),
        "help_centre" => Some(format!("{} changed how the help centre looks", line.actor_name)),
        "update" if line.kind == "update.undelivered" => Some("An update could not be sent to the window's Slack channel".to_owned()),
        "update" => read(line).map(|event| update(&event, line)),
        "review" if line.kind == "review.undelivered" => read(line).map(|body: Value| super::review::undelivered(&body)),
        "review" => read(line).map(|event| super::review::review(&event, line)),
        "action" => read(line).map(|event| super::review::action(&event, line)),
        "check_in" => read(line).and_then(|body: Value| super::check_ins::sentence(&body, line)),
        "containment" => said::containment(line),
        "warning" => read(line).and_then(|body| said::warning(&body, line)),
        _ => read(line).and_then(|body| administration(&body, line)),
    };
    words.unwrap_or_else(|| format!("{} did something that this version does not know: {}", line.actor_name, line.kind))
}

fn read<T: DeserializeOwned>(line: &Line) -> Option<T> {
    serde_json::from_str(&line.body).ok()
}

/// ": why", where a reason was given.
pub(super) fn because(line: &Line) -> String {
    line.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default()
}

/// At most so many characters of somebody's text.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 80;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST - 1).chain(['…']).collect() }
}

fn window(event: &WindowEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        WindowEvent::PlanApplied { version: 1, plan, .. } => format!("{who} created the window “{}” from its plan", plan.window.name),
        WindowEvent::PlanApplied { version, .. } => format!("{who} applied version {version} of the plan{}", because(line)),
        WindowEvent::Moved { from: Phase::Closed, to, .. } => format!("{who} opened the window again, as {}{}", to.word(), because(line)),
        WindowEvent::Moved { from, to, accepted_gaps } => {
            let gaps = match accepted_gaps.len() {
                0 => String::new(),
                1 => ", accepting one gap".to_owned(),
                n => format!(", accepting {n} gaps"),
            };
            format!("{who} moved the window from {} to {}{gaps}{}", from.word(), to.word(), because(line))
        }
        WindowEvent::DayClosed { .. } => "The day ended and was measured".to_owned(),
        WindowEvent::Labelled { labels } if labels.len() == 1 => format!("{who} said which answer is right for one message"),
        WindowEvent::Labelled { labels } => format!("{who} said which answers are right for {} messages", labels.len()),
        WindowEvent::Unlabelled { text, .. } => format!("{who} took out what was said of the message “{}”{}", short(text), because(line)),
        WindowEvent::Stage { step } => stage(step, line),
        WindowEvent::Watched { watch } => super::normal::watch(watch, line),
    }
}

fn stage(step: &StageEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match step {
        StageEvent::Normalised { stage, automatic: true, attempt, .. } => {
            let again = if *attempt > 1 { format!(" (try {attempt})") } else { String::new() };
            format!("“{stage}” returned to normal promises by itself{again}: nothing was missing")
        }
        StageEvent::Normalised { stage, overridden, .. } => {
            let over = match overridden.len() {
                0 => String::new(),
                1 => ", although one thing was missing".to_owned(),
                n => format!(", although {n} things were missing"),
            };
            format!("{who} returned “{stage}” to normal promises{over}{}", because(line))
        }
        StageEvent::Reverted { stages, automatic, why, .. } => {
            let (first, later) = stages.split_first().map_or(("", [].as_slice()), |(first, later)| (first.as_str(), later));
            let with = match later {
                [] => String::new(),
                later => format!(", and with it {}", later.iter().map(|s| format!("“{s}”")).collect::<Vec<_>>().join(", ")),
            };
            if *automatic {
                format!("“{first}” went back to the window's promises at once, as a precaution{with}: {why}")
            } else {
                format!("{who} took “{first}” back to the window's promises{with}: {why}")
            }
        }
        StageEvent::Offered { stage } => format!("“{stage}” can return to normal promises: nothing is missing"),
        StageEvent::Tightened { category, conversations: n, done, .. } => {
            let end = if *done { "; the category is done" } else { "" };
            format!("The promises of {} about {category} were checked against the window's{end}", conversations(*n))
        }
    }
}

fn issue(event: &IssueEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        IssueEvent::Opened { issue } if line.actor_kind == "person" || line.actor_kind == "token" => {
            format!("{who} logged the issue “{}”", short(&issue.title))
        }
        IssueEvent::Opened { issue } => format!("A question repeats: “{}” was proposed as an issue", short(&issue.title)),
        IssueEvent::Changed { change } => format!("{who} {}", issue_change(change)),
        IssueEvent::Learned { wording } => format!("The issue learned a wording: “{}”", short(wording)),
        IssueEvent::Merged { .. } => format!("{who} merged the issue into another one"),
        IssueEvent::Absorbed { title, conversations, .. } => {
            format!("{who} merged “{}” into the issue; {} came with it", short(title), counted(*conversations))
        }
        IssueEvent::Confirmed { title: Some(title), .. } => format!("{who} confirmed the issue and named it “{}”", short(title)),
        IssueEvent::Confirmed { title: None, .. } => format!("{who} confirmed the issue"),
        IssueEvent::Dismissed => format!("{who} dismissed the issue{}", because(line)),
        IssueEvent::Split { title, conversations, .. } => {
            format!("{who} split off “{}”; {} went with it", short(title), counted(*conversations))
        }
        IssueEvent::TookOut { wording, .. } => format!("{who} took “{}” out of the issue{}", short(wording), because(line)),
        IssueEvent::Accepted { wording, .. } => format!("{who} said that “{}” belongs to the issue", short(wording)),
        IssueEvent::Refused { wording, .. } => format!("{who} said that “{}” does not belong to the issue{}", short(wording), because(line)),
        IssueEvent::Undone { what, .. } => format!("{who} took back {}", taken(what)),
    }
}

fn counted(conversations: u32) -> String {
    if conversations == 1 { "1 conversation".to_owned() } else { format!("{conversations} conversations") }
}

/// What was taken back.
fn taken(what: &Taken) -> String {
    match what {
        Taken::Confirmed { .. } => "that the issue was confirmed".to_owned(),
        Taken::Dismissed => "that the issue was dismissed".to_owned(),
        Taken::Merged { .. } => "that the issue was merged into another one".to_owned(),
        Taken::Absorbed { title, .. } => format!("that “{}” was merged into the issue", short(title)),
        Taken::Split { title, .. } => format!("that “{}” was split off", short(title)),
        Taken::TookOut { wording, .. } => format!("that “{}” was taken out", short(wording)),
        Taken::Accepted { wording, .. } => format!("that “{}” belongs to the issue", short(wording)),
        Taken::Refused { wording, .. } => format!("that “{}” does not belong to the issue", short(wording)),
    }
}

fn issue_change(change: &IssueChange) -> String {
    let parts = [
        change.state.map(|state| format!("moved the issue to {}", state.word())),
        change.severity.map(|severity| format!("set its severity to {}", severity.word())),
        change.title.as_ref().map(|title| format!("named it “{}”", short(title))),
        change.owner.map(|_| "gave it an owner".to_owned()),
        change.root_cause.as_ref().map(|_| "wrote down its root cause".to_owned()),
        change.answer.map(|_| "gave it an answer".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "changed the issue".to_owned() } else { parts.join(" and ") }
}

fn answer(event: &AnswerEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        AnswerEvent::Drafted { version: 1, text, .. } => format!("{who} drafted the answer “{}”", short(&text.title)),
        AnswerEvent::Drafted { version, text, .. } => format!("{who} drafted version {version} of the answer “{}”", short(&text.title)),
        AnswerEvent::Covers { cover } => {
            let messages = match cover.conversations.len() {
                1 => "one message".to_owned(),
                n => format!("{n} messages"),
            };
            format!("{who} wrote version {} of the answer for {messages} that nothing approved answered", cover.version)
        }
        AnswerEvent::Approved { version } => format!("{who} approved version {version} of the answer"),
        AnswerEvent::Retired => format!("{who} retired the answer{}", because(line)),
        AnswerEvent::Entrusted { to } if to.name == *who => format!("{who} took it on to see what becomes of the answer"),
        AnswerEvent::Entrusted { to } => format!("{who} asked {} to see what becomes of the answer", to.name),
        AnswerEvent::KeepingDue => "The day has come by which somebody was to see what becomes of the answer".to_owned(),
        AnswerEvent::Kept { became } => format!("{who} made the answer {}: “{}”", became.kind.named(), short(&became.title)),
    }
}

fn unanswered(event: &DismissalEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        DismissalEvent::Dismissed { title, .. } => {
            format!("{who} decided that the messages about “{}” need no answer{}", short(title), because(line))
        }
        DismissalEvent::Restored { title } => format!("{who} decided that the messages about “{}” need an answer after all", short(title)),
    }
}

fn escalation(event: &EscalationEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        EscalationEvent::Raised { escalation, .. } if escalation.bouncing => {
            format!("{who} escalated to {} again: it goes to and fro{}", escalation.name, because(line))
        }
        EscalationEvent::Raised { escalation, .. } => format!("{who} escalated to {}{}", escalation.name, because(line)),
        EscalationEvent::Acknowledged => format!("{who} has seen the escalation"),
        EscalationEvent::Accepted => format!("{who} accepted the escalation"),
        EscalationEvent::Returned => format!("{who} gave the escalation back{}", because(line)),
        EscalationEvent::LevelReached { level, .. } => format!("Nobody reacted in time: level {} of the escalation is called", level + 1),
        EscalationEvent::Exhausted { .. } => "Nobody reacted to the escalation on any level".to_owned(),
        EscalationEvent::Ended => "The escalation is over".to_owned(),
    }
}

fn decision(event: &DecisionEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        DecisionEvent::Asked { decision, .. } => format!("{who} asked for a decision: {}", short(&decision.question)),
        DecisionEvent::Decided { ruling, until } => {
            let ruling = match ruling {
                Ruling::Yes => "yes",
                Ruling::No => "no",
            };
            let until = until.map(|until| format!(" until {}", minute(until))).unwrap_or_default();
            format!("{who} decided {ruling}{until}{}", because(line))
        }
        DecisionEvent::Warned { .. } => "The question has waited for most of its time".to_owned(),
        DecisionEvent::Overdue { .. } => "Nobody decided in time".to_owned(),
        DecisionEvent::Returned { .. } => "What was allowed runs out soon".to_owned(),
        DecisionEvent::Renewed { until } => format!("{who} let it hold until {}{}", minute(*until), because(line)),
        DecisionEvent::Ended => format!("{who} ended what was allowed{}", because(line)),
        DecisionEvent::Expired { .. } => "What was allowed ran out".to_owned(),
    }
}

fn broadcast(event: &BroadcastEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        BroadcastEvent::Started { broadcast } => format!("{who} started a reply to all, to {}", conversations(broadcast.total)),
        BroadcastEvent::Stopped => format!("{who} stopped the reply to all"),
        BroadcastEvent::Resumed => format!("{who} resumed the reply to all"),
        BroadcastEvent::Progressed { sent, failed: 0, done } => {
            format!("The reply to all reached {}{}", conversations(*sent), if *done { " and is done" } else { "" })
        }
        BroadcastEvent::Progressed { sent, failed, done } => {
            format!("The reply to all reached {} and could not reach {failed}{}", conversations(*sent), if *done { "; it is done" } else { "" })
        }
    }
}

fn conversations(n: u32) -> String {
    if n == 1 { "1 conversation".into() } else { format!("{n} conversations") }
}

/// People, tokens, the outbox: their bodies are small documents without a type of their own.
fn administration(body: &Value, line: &Line) -> Option<String> {
    let who = &line.actor_name;
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    Some(match line.kind.as_str() {
        "person.added" => format!("{who} added {} as {}", text("name"), text("role")),
        "person.changed" => format!("{who} changed {}: {}", text("name"), text("what")),
        "person.away" => match body.get("until").and_then(Value::as_str) {
            Some(until) => format!("{who} is away until {until}"),
            None => format!("{who} is away"),
        },
        "person.back" => format!("{} is here again", text("name")),
        "person.capacity" => {
            format!("{who} set how many conversations {} has at a time to {}", text("name"), body.get("capacity").unwrap_or(&Value::Null))
        }
        "signal.usage" => match body.get("account").and_then(Value::as_str) {
            Some(account) => format!("{who} reported the use of {account} on {}", text("day")),
            None => format!("{who} reported the use of {}", text("day")),
        },
        "turn.on" => format!("{who} had conversations given in turn"),
        "turn.off" => format!("{who} had conversations given in turn no longer"),
        "person.signed_in" => format!("{who} signed in"),
        "person.signed_out" => format!("{who} signed out"),
        "token.added" => format!("{who} made the token “{}” with {}", text("name"), text("scopes")),
        "token.revoked" => format!("{who} withdrew the token “{}”", text("name")),
        "webhook.added" => format!("{who} added the webhook “{}”", text("name")),
        "webhook.changed" => format!("{who} changed the webhook “{}”: {}", text("name"), text("what")),
        "webhook.rotated" => format!("{who} gave the webhook “{}” a new secret", text("name")),
        "webhook.removed" => format!("{who} removed the webhook “{}”", text("name")),
        "webhook.disabled" => format!("The webhook “{}” was switched off. {}", text("name"), text("why")),
        "webhook.replayed" => format!("{who} had {} sent again to the webhook “{}”", deliveries(body), text("name")),
        "contact.erased" => format!("{who} erased a customer{}", because(line)),
        "bridge.added" => format!("{who} added the bridge “{}”", text("name")),
        "bridge.changed" => format!("{who} changed the bridge “{}”: {}", text("name"), text("what")),
        "bridge.rotated" => format!("{who} gave the bridge “{}” a new secret", text("name")),
        "outbox.failed" => format!("A message could not be delivered: {}", text("error")),
        "notice.rules_changed" => format!("{who} changed how they are told of notices, {}", text("what")),
        "notice.way_added" => format!("{who} added “{}” as a way to be reached", text("name")),
        "notice.way_changed" => format!("{who} changed “{}”, a way to be reached", text("name")),
        "notice.way_confirmed" => format!("{who} confirmed that the address “{}” is theirs", text("name")),
        "notice.way_removed" => format!("{who} removed “{}” as a way to be reached", text("name")),
        "notice.way_off" => format!("“{}”, a way to reach a colleague, was switched off: {}", text("name"), text("why")),
        "letter.failed" => format!("The letter “{}” to a colleague could not be delivered: {}", text("subject"), text("error")),
        "outbox.resent" => format!("{} had a message sent again", line.actor_name),
        "contact.no_news" => "The customer asked to get no more news by e-mail".to_owned(),
        "mail.held" => format!("A mail is held: {}", text("reason")),
        "mail.decided" => format!("A held mail was {}", text("what")),
        _ => return None,
    })
}

/// What all customers are told.
fn update(event: &UpdateEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        UpdateEvent::Drafted { draft, .. } if draft.corrects.is_some() => {
            format!("{who} began a correction of the update “{}”", short(&draft.content.title))
        }
        UpdateEvent::Drafted { draft, .. } => format!("{who} drafted the update “{}”", short(&draft.content.title)),
        UpdateEvent::Edited { unapproved: true, .. } => format!("{who} changed an approved update; it must be approved again"),
        UpdateEvent::Edited { content, .. } => format!("{who} changed the draft of the update “{}”", short(&content.title)),
        UpdateEvent::Discarded => format!("{who} discarded the draft of an update"),
        UpdateEvent::Asked => format!("{who} asked for approval of an update"),
        UpdateEvent::Approved { .. } => format!("{who} approved the update"),
        UpdateEvent::Published { entry, late } => {
            let late = if *late { ", later than promised" } else { "" };
            let what = if entry.corrects.is_some() { "corrected" } else { "published" };
            format!("{who} {what} the update “{}” (update {}){late}", short(&entry.content.title), entry.number)
        }
        UpdateEvent::DueSoon { .. } => "The next update that customers were promised is due soon".to_owned(),
        UpdateEvent::Overdue { .. } => "The next update that customers were promised did not come in time".to_owned(),
    }
}

fn deliveries(body: &Value) -> String {
    match body.get("count").and_then(Value::as_u64).unwrap_or_default() {
        1 => "1 delivery".into(),
        n => format!("{n} deliveries"),
    }
}

#[cfg(test)]
mod tests;
