//! One plain sentence for each event: feeds, histories and the log say the same.

use super::said;
use hypercare_core::answer::AnswerEvent;
use hypercare_core::broadcast::BroadcastEvent;
use hypercare_core::decision::{DecisionEvent, Ruling};
use hypercare_core::issue::{IssueChange, IssueEvent, Taken};
use hypercare_core::stages::StageEvent;
use hypercare_core::unanswered::DismissalEvent;
use hypercare_core::window::WindowEvent;
use hypercare_store::queries::events::Line;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The event in words. An event of a newer version is named, not explained.
pub fn sentence(line: &Line) -> String {
    let family = line.kind.split('.').next().unwrap_or_default();
    let words = match family {
        "conversation" => read(line).map(|event| said::conversation(&event, line)),
        "window" => read(line).map(|event| window(&event, line)),
        "issue" => read(line).map(|event| issue(&event, line)),
        "answer" => read(line).map(|event| answer(&event, line)),
        "decision" => read(line).map(|event| decision(&event, line)),
        "unanswered" => read(line).map(|event| unanswered(&event, line)),
        "broadcast" => read(line).map(|event| broadcast(&event, line)),
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

fn decision(event: &DecisionEvent, line: &Line) -> String {
    let who = &line.actor_name;
    match event {
        DecisionEvent::Asked { decision } => format!("{who} asked for a decision: {}", short(&decision.question)),
        DecisionEvent::Decided { ruling } => {
            let ruling = match ruling {
                Ruling::Yes => "yes",
                Ruling::No => "no",
            };
            format!("{who} decided {ruling}{}", because(line))
        }
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
        "person.signed_in" => format!("{who} signed in"),
        "person.signed_out" => format!("{who} signed out"),
        "token.added" => format!("{who} made the token “{}” with {}", text("name"), text("scopes")),
        "token.revoked" => format!("{who} withdrew the token “{}”", text("name")),
        "outbox.failed" => format!("A message could not be delivered: {}", text("error")),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check_by(actor_kind: &str, actor: &str, kind: &str, body: &Value, reason: Option<&str>, expected: &str) {
        let line = Line {
            seq: 1,
            at: 0,
            kind: kind.into(),
            subject_kind: kind.split('.').next().unwrap().into(),
            subject_id: 7,
            window_id: None,
            actor_kind: actor_kind.into(),
            actor_name: actor.into(),
            reason: reason.map(str::to_owned),
            body: body.to_string(),
        };
        assert_eq!(sentence(&line), expected, "{kind} {body}");
    }

    #[track_caller]
    fn check(kind: &str, body: &Value, expected: &str) {
        check_by("person", "Mara Lind", kind, body, None, expected);
    }

    fn message(author: &str, name: &str, more: &Value) -> Value {
        let mut message = json!({
            "id": "1", "author": author, "name": name, "user": null, "note": false, "text": "Hello", "answer": null,
            "broadcast": null, "external_id": null, "at": "2026-11-16T08:00:00Z"
        });
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "type": "message_added", "message": message })
    }

    #[test]
    fn what_is_said() {
        let none = json!({});
        let answer = json!({ "answer": { "answer": "5", "version": 1, "title": "Why is my bill higher?", "source": "", "confidence": 0.9 } });
        let kind = "conversation.message_added";
        check(kind, &message("customer", "Aiko Tanaka", &none), "Aiko Tanaka wrote");
        check(kind, &message("person", "Mara Lind", &none), "Mara Lind replied");
        check(kind, &message("person", "Mara Lind", &answer), "Mara Lind replied with “Why is my bill higher?”");
        check(kind, &message("person", "Mara Lind", &json!({ "note": true })), "Mara Lind left a note");
        check(kind, &message("assistant", "Assistant", &answer), "The assistant answered with “Why is my bill higher?”");
        check(kind, &message("person", "Mara Lind", &json!({ "broadcast": "9" })), "A reply to all by Mara Lind arrived here");
        check(kind, &message("system", "Hypercare", &none), "The customer was told that the message arrived");
    }

    #[test]
    fn what_happens_to_a_conversation() {
        let opened = json!({ "type": "opened", "id": "1", "channel": "email", "contact": "2", "subject": "Invoice" });
        check_by("customer", "Aiko Tanaka", "conversation.opened", &opened, None, "Aiko Tanaka began a conversation by e-mail: “Invoice”");
        check(
            "conversation.handed_over",
            &json!({ "type": "handed_over", "why": "The customer asks for a person." }),
            "A person is needed: The customer asks for a person.",
        );
        check("conversation.assigned", &json!({ "type": "assigned", "to": "1", "name": "Mara Lind" }), "Mara Lind took the conversation");
        check("conversation.assigned", &json!({ "type": "assigned", "to": "1", "name": "Ben" }), "Mara Lind gave the conversation to Ben");
        check(
            "conversation.assigned",
            &json!({ "type": "assigned", "to": null, "name": "" }),
            "Mara Lind put the conversation back for anybody to take",
        );
        let status = |from: &str, to: &str| json!({ "type": "status_changed", "from": from, "to": to, "resolve_at": null });
        check("conversation.status_changed", &status("open", "resolved"), "Mara Lind resolved the conversation");
        check("conversation.status_changed", &status("resolved", "open"), "Mara Lind reopened the conversation");
        check("conversation.status_changed", &status("open", "waiting"), "It waits for the customer");
        check("conversation.status_changed", &status("waiting", "open"), "It waits for us");
        let silent = "The customer did not come back, so the conversation was resolved";
        check_by("system", "Engine", "conversation.status_changed", &status("waiting", "resolved"), None, silent);
        let until = json!({ "type": "snoozed", "until": "2026-11-17T09:30:00Z" });
        check("conversation.snoozed", &until, "Mara Lind put the conversation away until 17 November 09:30 UTC");
        check("conversation.snoozed", &json!({ "type": "snoozed", "until": null }), "The conversation came back");
        let linked = json!({ "type": "linked", "issue": "4", "from": null, "title": "Double charge" });
        check("conversation.linked", &linked, "Mara Lind linked the conversation to the issue “Double charge”");
        check(
            "conversation.linked",
            &json!({ "type": "linked", "issue": null, "from": "4", "title": "" }),
            "Mara Lind removed the link to the issue",
        );
        check("conversation.tagged", &json!({ "type": "tagged", "tags": ["vip", "press"] }), "Mara Lind set the tags: vip, press");
        check("conversation.tagged", &json!({ "type": "tagged", "tags": [] }), "Mara Lind removed all tags");
        let fields = |place: Option<&str>| {
            let place = json!({ "key": "place", "name": "Place", "value": place });
            json!({ "type": "fields_set", "changes": [place, { "key": "area", "name": "Area", "value": "Billing" }] })
        };
        let kind = "conversation.fields_set";
        check(kind, &fields(Some("Norway")), "Mara Lind set Place to “Norway” and set Area to “Billing”");
        check(kind, &fields(None), "Mara Lind cleared Place and set Area to “Billing”");
        check_by("customer", "Aiko", kind, &fields(Some("Norway")), None, "It came with Place “Norway” and Area “Billing”");
        let escalated = json!({ "type": "escalated", "to": "Billing" });
        check_by("person", "Mara Lind", "conversation.escalated", &escalated, Some("wrong sums"), "Mara Lind escalated to Billing: wrong sums");
        check_by(
            "customer",
            "Aiko",
            "conversation.rated",
            &json!({ "type": "rated", "score": 4, "comment": "" }),
            None,
            "Aiko rated the help 4 of 5",
        );
        check_by(
            "customer",
            "Aiko",
            "conversation.rated",
            &json!({ "type": "rated", "score": 5, "comment": "Fast!" }),
            None,
            "Aiko rated the help 5 of 5: “Fast!”",
        );
        let helped = |yes: bool| json!({ "type": "helpfulness", "message": "1", "helpful": yes });
        check_by("customer", "Aiko", "conversation.helpfulness", &helped(true), None, "Aiko said that the answer helped");
        check_by("customer", "Aiko", "conversation.helpfulness", &helped(false), None, "Aiko said that the answer did not help");
        let judged = |judged: Value| json!({ "type": "judged", "message": "1", "judged": judged });
        check("conversation.judged", &judged(json!("right")), "Mara Lind said that the assistant's answer was right");
        check("conversation.judged", &judged(json!({ "wrong": { "right": null } })), "Mara Lind said that the assistant's answer was wrong");
        check("conversation.judged", &judged(Value::Null), "Mara Lind took back what they said of the assistant's answer");
        let forgotten = "Mara Lind took out what was known of the right answer: it was a test";
        check_by("person", "Mara Lind", "conversation.judged", &judged(json!("forgotten")), Some("it was a test"), forgotten);
        let confirmed = |said: Value, answer: Value| json!({ "type": "confirmed", "outcome": { "message": "1", "window": "2", "answer": answer, "said": said, "source": "person" } });
        let kind = "conversation.confirmed";
        check(kind, &confirmed(json!("3"), json!("3")), "Confirmed: the assistant's answer was right");
        check(kind, &confirmed(json!("3"), json!("4")), "Confirmed: the assistant's answer was wrong; which one is right is known");
        check(kind, &confirmed(json!("3"), Value::Null), "Confirmed: the assistant's answer was wrong");
        check(kind, &confirmed(Value::Null, json!("4")), "Confirmed: which answer is right");
        check(kind, &confirmed(Value::Null, Value::Null), "Confirmed: no answer is right");
        let gone = json!({ "type": "unconfirmed", "message": "1", "window": "2" });
        check("conversation.unconfirmed", &gone, "Which answer is right is not known any more");
    }

    #[test]
    fn the_first_look_and_its_correction() {
        let triage = |corrected: Option<&str>| {
            let triage = hypercare_core::triage::Triage {
                scope: hypercare_core::triage::Scope::In,
                scenario: Some("double-charge".into()),
                corrected_by: corrected.map(str::to_owned),
                ..hypercare_core::triage::Triage::default()
            };
            json!({ "type": "triaged", "triage": triage, "window": null })
        };
        let first = "First look: about the change, scenario `double-charge`, severity normal";
        check_by("customer", "Cleo", "conversation.triaged", &triage(None), None, first);
        let back = "Mara Lind took the correction of the first look back: about the change, scenario `double-charge`, severity normal";
        check("conversation.triaged", &triage(None), back);
        check(
            "conversation.triaged",
            &triage(Some("Ben")),
            "Ben corrected the first look: about the change, scenario `double-charge`, severity normal",
        );
    }

    #[test]
    fn promises() {
        #[track_caller]
        fn check_clock(fact: &str, kind: &str, breached: bool, expected: &str) {
            let clock = json!({
                "kind": kind, "cycle": 1, "policy": "hypercare", "started_at": "2026-11-16T08:00:00Z", "target": 1800, "used": 0,
                "running_since": null, "due_at": null, "met_at": null, "breached_at": breached.then_some("2026-11-16T08:30:00Z"), "cancelled_at": null
            });
            check("conversation.sla_clock", &json!({ "type": "clock", "fact": fact, "clock": clock }), expected);
        }
        check_clock("started", "first_response", false, "The first response was promised within 30 min");
        check_clock("paused", "resolution", false, "The time for the resolution stands still");
        check_clock("resumed", "resolution", false, "The time for the resolution goes on");
        check_clock("retargeted", "resolution", false, "The resolution is promised within 30 min now");
        check_clock("met", "acknowledgement", false, "The acknowledgement came in time");
        check_clock("met", "first_response", true, "The first response came, late");
        check_clock("cancelled", "resolution", false, "The resolution is not owed any more");
        check_clock("breached", "first_response", true, "The first response was due and is late");
    }

    #[test]
    fn windows_issues_answers_decisions_and_replies_to_all() {
        let moved = json!({ "type": "moved", "from": "preparing", "to": "active", "accepted_gaps": ["no rota", "no rollback"] });
        let expected = "Mara Lind moved the window from preparing to active, accepting 2 gaps: the sponsor agreed";
        check_by("person", "Mara Lind", "window.moved", &moved, Some("the sponsor agreed"), expected);
        let labelled = |n: usize| json!({ "type": "labelled", "labels": vec![json!({ "text": "Why?", "answer": null }); n] });
        check("window.labelled", &labelled(1), "Mara Lind said which answer is right for one message");
        check("window.labelled", &labelled(3), "Mara Lind said which answers are right for 3 messages");
        let unlabelled = json!({ "type": "unlabelled", "outcome": "1", "text": "Why?" });
        let expected_out = "Mara Lind took out what was said of the message “Why?”: it was a test";
        check_by("person", "Mara Lind", "window.unlabelled", &unlabelled, Some("it was a test"), expected_out);
        check("window.day_closed", &json!({ "type": "day_closed", "next": null }), "The day ended and was measured");
        let step = |step: Value| json!({ "type": "stage", "step": step });
        let normalised = |automatic: bool, attempt: u32, overridden: Value| {
            step(
                json!({ "kind": "normalised", "stage": "Account", "categories": ["account"], "automatic": automatic, "attempt": attempt, "judged_from": "2026-11-20", "overridden": overridden }),
            )
        };
        let kind = "window.stage_normalised";
        let by_itself = "“Account” returned to normal promises by itself (try 2): nothing was missing";
        check_by("system", "Engine", kind, &normalised(true, 2, json!([])), None, by_itself);
        check(kind, &normalised(false, 1, json!([])), "Mara Lind returned “Account” to normal promises");
        let over = "Mara Lind returned “Account” to normal promises, although one thing was missing: it was one mailing";
        check_by("person", "Mara Lind", kind, &normalised(false, 1, json!(["…"])), Some("it was one mailing"), over);
        let reverted = |automatic: bool, stages: Value| {
            step(
                json!({ "kind": "reverted", "stages": stages, "categories": [], "automatic": automatic, "why": "Contacts (account): 3.4.", "counted_from": "2026-11-21" }),
            )
        };
        let back = "“Account” went back to the window's promises at once, as a precaution, and with it “Billing”: Contacts (account): 3.4.";
        check_by("system", "Engine", "window.stage_reverted", &reverted(true, json!(["Account", "Billing"])), None, back);
        let by_hand = "Mara Lind took “Account” back to the window's promises: Contacts (account): 3.4.";
        check("window.stage_reverted", &reverted(false, json!(["Account"])), by_hand);
        let offered = step(json!({ "kind": "offered", "stage": "Account" }));
        check("window.stage_offered", &offered, "“Account” can return to normal promises: nothing is missing");
        let tightened = step(json!({ "kind": "tightened", "category": "account", "conversations": 1, "after": "5", "done": true }));
        let checked = "The promises of 1 conversation about account were checked against the window's; the category is done";
        check("window.stage_tightened", &tightened, checked);
        let change = json!({ "type": "changed", "change": { "state": "workaround", "severity": "high" } });
        check("issue.changed", &change, "Mara Lind moved the issue to workaround and set its severity to high");
        check("issue.learned", &json!({ "type": "learned", "wording": "charged twice" }), "The issue learned a wording: “charged twice”");
        check("issue.merged", &json!({ "type": "merged", "into": "5" }), "Mara Lind merged the issue into another one");
        let absorbed = json!({ "type": "absorbed", "from": "5", "title": "Two euros more", "conversations": 1 });
        check("issue.absorbed", &absorbed, "Mara Lind merged “Two euros more” into the issue; 1 conversation came with it");
        check("issue.confirmed", &json!({ "type": "confirmed", "title": null, "owner": "3" }), "Mara Lind confirmed the issue");
        let named = json!({ "type": "confirmed", "title": "Export stops", "owner": null });
        check("issue.confirmed", &named, "Mara Lind confirmed the issue and named it “Export stops”");
        let dismissed = json!({ "type": "dismissed" });
        check_by("person", "Mara Lind", "issue.dismissed", &dismissed, Some("a test"), "Mara Lind dismissed the issue: a test");
        let split = json!({ "type": "split", "into": "5", "title": "On a phone", "wordings": ["a"], "conversations": 2 });
        check("issue.split", &split, "Mara Lind split off “On a phone”; 2 conversations went with it");
        let one = |kind: &str| json!({ "type": kind, "conversation": "7", "wording": "it stops" });
        check("issue.took_out", &one("took_out"), "Mara Lind took “it stops” out of the issue");
        check("issue.accepted", &one("accepted"), "Mara Lind said that “it stops” belongs to the issue");
        check("issue.refused", &one("refused"), "Mara Lind said that “it stops” does not belong to the issue");
        let back = |what: Value, expected: &str| check("issue.undone", &json!({ "type": "undone", "step": 1, "what": what }), expected);
        back(json!({ "type": "confirmed", "title": "a", "owner": null }), "Mara Lind took back that the issue was confirmed");
        back(dismissed, "Mara Lind took back that the issue was dismissed");
        back(json!({ "type": "merged", "into": "5", "state": "proposed" }), "Mara Lind took back that the issue was merged into another one");
        let went = json!({ "type": "absorbed", "from": "5", "title": "Other", "learned": [] });
        back(went, "Mara Lind took back that “Other” was merged into the issue");
        let parted = json!({ "type": "split", "into": "5", "title": "Other", "wordings": [], "known": [] });
        back(parted, "Mara Lind took back that “Other” was split off");
        let said = |kind: &str| json!({ "type": kind, "conversation": "7", "wording": "it stops", "known": false, "refused": false });
        back(said("took_out"), "Mara Lind took back that “it stops” was taken out");
        back(said("accepted"), "Mara Lind took back that “it stops” belongs to the issue");
        back(said("refused"), "Mara Lind took back that “it stops” does not belong to the issue");
        let covers = |ids: &[&str]| json!({ "type": "covers", "cover": { "version": 2, "conversations": ids } });
        check("answer.covers", &covers(&["1"]), "Mara Lind wrote version 2 of the answer for one message that nothing approved answered");
        check("answer.covers", &covers(&["1", "2"]), "Mara Lind wrote version 2 of the answer for 2 messages that nothing approved answered");
        let dismissed = json!({ "type": "dismissed", "id": "1", "window": "2", "title": "Lunch?", "conversations": ["1"] });
        let said = "Mara Lind decided that the messages about “Lunch?” need no answer: Spam.";
        check_by("person", "Mara Lind", "unanswered.dismissed", &dismissed, Some("Spam."), said);
        let restored = json!({ "type": "restored", "title": "Lunch?" });
        check("unanswered.restored", &restored, "Mara Lind decided that the messages about “Lunch?” need an answer after all");
        check("answer.approved", &json!({ "type": "approved", "version": 2 }), "Mara Lind approved version 2 of the answer");
        check_by(
            "person",
            "Mara Lind",
            "answer.retired",
            &json!({ "type": "retired" }),
            Some("wrong now"),
            "Mara Lind retired the answer: wrong now",
        );
        check_by(
            "person",
            "Mara Lind",
            "decision.decided",
            &json!({ "type": "decided", "ruling": "yes" }),
            Some("as planned"),
            "Mara Lind decided yes: as planned",
        );
        check("broadcast.stopped", &json!({ "type": "stopped" }), "Mara Lind stopped the reply to all");
        check("broadcast.resumed", &json!({ "type": "resumed" }), "Mara Lind resumed the reply to all");
        let progressed = |sent: u32, failed: u32, done: bool| json!({ "type": "progressed", "sent": sent, "failed": failed, "done": done });
        check("broadcast.progressed", &progressed(20, 0, false), "The reply to all reached 20 conversations");
        check("broadcast.progressed", &progressed(1, 0, true), "The reply to all reached 1 conversation and is done");
        check("broadcast.progressed", &progressed(3, 2, true), "The reply to all reached 3 conversations and could not reach 2; it is done");
    }

    #[test]
    fn administration_and_the_unknown() {
        check("person.added", &json!({ "email": "a@b", "name": "Aiko", "role": "agent" }), "Mara Lind added Aiko as agent");
        check("person.changed", &json!({ "name": "Aiko", "what": "a new password" }), "Mara Lind changed Aiko: a new password");
        check("person.signed_in", &json!({}), "Mara Lind signed in");
        check("person.signed_out", &json!({}), "Mara Lind signed out");
        check("token.added", &json!({ "name": "CI", "scopes": "read" }), "Mara Lind made the token “CI” with read");
        check("token.revoked", &json!({ "name": "CI" }), "Mara Lind withdrew the token “CI”");
        check("outbox.failed", &json!({ "message": "1", "error": "No such mailbox." }), "A message could not be delivered: No such mailbox.");
        check("conversation.sung_to", &json!({ "type": "sung_to" }), "Mara Lind did something that this version does not know: conversation.sung_to");
        check("future.thing", &json!({}), "Mara Lind did something that this version does not know: future.thing");
    }
}
