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
    check("conversation.assigned", &json!({ "type": "assigned", "to": null, "name": "" }), "Mara Lind put the conversation back for anybody to take");
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
    check("conversation.linked", &json!({ "type": "linked", "issue": null, "from": "4", "title": "" }), "Mara Lind removed the link to the issue");
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
    check_by("customer", "Aiko", "conversation.rated", &json!({ "type": "rated", "score": 4, "comment": "" }), None, "Aiko rated the help 4 of 5");
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
    check("conversation.triaged", &triage(Some("Ben")), "Ben corrected the first look: about the change, scenario `double-charge`, severity normal");
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
    check_by("person", "Mara Lind", "answer.retired", &json!({ "type": "retired" }), Some("wrong now"), "Mara Lind retired the answer: wrong now");
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
    check("notice.rules_changed", &json!({ "what": "with quiet hours" }), "Mara Lind changed how they are told of notices, with quiet hours");
    let way = json!({ "name": "Team channel", "kind": "slack", "why": "The receiver answered 410." });
    check("notice.way_added", &way, "Mara Lind added “Team channel” as a way to be reached");
    check("notice.way_off", &way, "“Team channel”, a way to reach a colleague, was switched off: The receiver answered 410.");
    let failed = json!({ "kind": "backup", "subject": "You are called", "error": "No such mailbox." });
    check("letter.failed", &failed, "The letter “You are called” to a colleague could not be delivered: No such mailbox.");
    check("outbox.failed", &json!({ "message": "1", "error": "No such mailbox." }), "A message could not be delivered: No such mailbox.");
    check("mail.held", &json!({ "kind": "circle", "reason": "It goes in a circle." }), "A mail is held: It goes in a circle.");
    check("conversation.erased", &json!({}), "Mara Lind erased what was said here");
    check("article.erased", &json!({}), "Mara Lind erased a customer who was named here");
    check("mail.decided", &json!({ "what": "discarded" }), "A held mail was discarded");
    check("conversation.sung_to", &json!({ "type": "sung_to" }), "Mara Lind did something that this version does not know: conversation.sung_to");
    check("future.thing", &json!({}), "Mara Lind did something that this version does not know: future.thing");
}

#[test]
fn what_all_customers_are_told() {
    let content = json!({ "title": "Invoices show the old price", "zone": "UTC" });
    let draft = |corrects: Option<&str>| {
        json!({ "type": "drafted", "id": "1", "window": "2", "draft": {
            "entry": "3", "content": content, "corrects": corrects, "revision": 1, "by": "Mara Lind", "at": "2026-11-16T08:00:00Z", "asked": false, "approved": null
        } })
    };
    let published = |corrects: Option<&str>, late: bool| {
        json!({ "type": "published", "late": late, "entry": {
            "id": "3", "number": 2, "content": content, "corrects": corrects, "written_by": "Aiko", "approved_by": "Jonas", "published_by": "Mara Lind",
            "published_at": "2026-11-16T08:00:00Z", "leaves_at": "2026-11-17T08:00:00Z"
        } })
    };
    check("update.drafted", &draft(None), "Mara Lind drafted the update “Invoices show the old price”");
    check("update.drafted", &draft(Some("2")), "Mara Lind began a correction of the update “Invoices show the old price”");
    let edited = |unapproved: bool| json!({ "type": "edited", "content": content, "unapproved": unapproved });
    check("update.edited", &edited(false), "Mara Lind changed the draft of the update “Invoices show the old price”");
    check("update.edited", &edited(true), "Mara Lind changed an approved update; it must be approved again");
    check("update.asked", &json!({ "type": "asked" }), "Mara Lind asked for approval of an update");
    check("update.approved", &json!({ "type": "approved", "revision": 1 }), "Mara Lind approved the update");
    check("update.published", &published(None, false), "Mara Lind published the update “Invoices show the old price” (update 2)");
    check(
        "update.corrected",
        &published(Some("2"), true),
        "Mara Lind corrected the update “Invoices show the old price” (update 2), later than promised",
    );
    let due = |word: &str| json!({ "type": word, "due_at": "2026-11-16T09:00:00Z" });
    check("update.due_soon", &due("due_soon"), "The next update that customers were promised is due soon");
    check("update.overdue", &due("overdue"), "The next update that customers were promised did not come in time");
    check("update.undelivered", &json!({ "entry": "3" }), "An update could not be sent to the window's Slack channel");
    check("window.update_channel", &json!({ "host": "hooks.slack.com" }), "Mara Lind had updates sent to a channel at hooks.slack.com");
}
