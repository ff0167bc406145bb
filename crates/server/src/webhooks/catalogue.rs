//! The kinds of events that others may be told of, and which facts go along. `docs/webhooks.md` shows the same table.

/// One kind of event.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its word, as in the event log.
    pub word: &'static str,
    /// What it means.
    pub means: &'static str,
    /// Facts: a name, and where in the event it stands. Never anybody's text.
    pub facts: &'static [(&'static str, &'static str)],
}

const fn kind(word: &'static str, means: &'static str, facts: &'static [(&'static str, &'static str)]) -> Kind {
    Kind { word, means, facts }
}

const TRIAGE: &[(&str, &str)] =
    &[("scope", "/triage/scope"), ("scenario", "/triage/scenario"), ("category", "/triage/category"), ("severity", "/triage/severity")];
const CLOCK: &[(&str, &str)] = &[("clock", "/clock/kind"), ("change", "/fact"), ("due_at", "/clock/due_at"), ("severity", "/clock/severity")];
const WARNING: &[(&str, &str)] = &[("dimension", "/dimension"), ("value", "/value"), ("kind", "/kind")];
const ROTA_ENTRY: &[(&str, &str)] = &[("role", "/entry/role"), ("from", "/entry/when/from"), ("to", "/entry/when/to")];
const STAGES: &[(&str, &str)] = &[("stage", "/step/stage"), ("stages", "/step/stages"), ("automatic", "/step/automatic")];

const ARTICLE: &[(&str, &str)] = &[("lang", "/lang"), ("revision", "/number")];
const UPDATE: &[(&str, &str)] = &[
    ("entry", "/entry/id"),
    ("number", "/entry/number"),
    ("corrects", "/entry/corrects"),
    ("state", "/entry/content/state"),
    ("impact", "/entry/content/impact"),
    ("next_at", "/entry/content/next_at"),
];

const STEP: &[(&str, &str)] = &[("step", "/step")];
const TRIGGER: &[(&str, &str)] = &[("trigger", "/trigger"), ("value", "/value"), ("past", "/past")];

/// All of them.
pub const KINDS: &[Kind] = &[
    kind("conversation.opened", "A customer wrote for the first time.", &[("channel", "/channel"), ("contact", "/contact")]),
    kind(
        "conversation.message_added",
        "Something was said, or noted by a colleague.",
        &[
            ("message", "/message/id"),
            ("author", "/message/author"),
            ("note", "/message/note"),
            ("answer", "/message/answer/answer"),
            ("broadcast", "/message/broadcast"),
        ],
    ),
    kind("conversation.triaged", "It was looked at, or the look was corrected.", TRIAGE),
    kind("conversation.assistant_decided", "The assistant decided what to do with a message.", &[]),
    kind("conversation.assistant_asked", "The assistant asked which of two answers is meant.", &[]),
    kind("conversation.handed_over", "A person is needed.", &[]),
    kind("conversation.assigned", "Somebody has it now, or nobody.", &[("to", "/to")]),
    kind("conversation.status_changed", "It has another status.", &[("from", "/from"), ("to", "/to")]),
    kind("conversation.snoozed", "It is out of sight, or back.", &[("until", "/until")]),
    kind("conversation.linked", "It was linked to an issue, or to none.", &[("issue", "/issue"), ("from", "/from")]),
    kind("conversation.tagged", "Its labels changed.", &[]),
    kind("conversation.fields_set", "Fields have other values.", &[]),
    kind("conversation.escalated", "It was handed to another team.", &[("to", "/to")]),
    kind("conversation.escalation_over", "Its escalation was given back.", &[]),
    kind("conversation.rated", "The customer rated it, 1 to 5.", &[("score", "/score")]),
    kind("conversation.helpfulness", "The customer said whether an answer helped.", &[("message", "/message"), ("helpful", "/helpful")]),
    kind("conversation.judged", "A colleague judged the assistant's answer.", &[("message", "/message")]),
    kind("conversation.sla_warned", "Most of the time for a promise is used up.", CLOCK),
    kind("conversation.sla_breached", "A promise is late.", CLOCK),
    kind("conversation.due_set", "Somebody gave a promise another due time.", CLOCK),
    kind("conversation.sla_clock", "A promise began, stood still, went on or ended.", CLOCK),
    kind("conversation.imported", "It was taken over from another desk.", &[]),
    kind("conversation.merged", "It became part of another conversation.", &[("into", "/into")]),
    kind("conversation.absorbed", "Another conversation became part of it.", &[("from", "/brought/from")]),
    kind("conversation.unmerged", "It is a conversation of its own again.", &[("from", "/from")]),
    kind("conversation.released", "A part of it is a conversation of its own again.", &[("from", "/from")]),
    kind("conversation.kept_apart", "Another conversation of the customer is another matter.", &[("other", "/other")]),
    kind("conversation.split", "What the customer said of another matter goes on in a conversation of its own.", &[("into", "/offshoot/into")]),
    kind("conversation.split_from", "It was split off from another conversation.", &[("from", "/from")]),
    kind("contact.erased", "A customer was erased: forget what you keep of them.", &[("conversations", "/conversations"), ("messages", "/messages")]),
    kind("outbox.failed", "A message could not be delivered to the customer.", &[("message", "/message")]),
    kind("letter.failed", "A letter to a colleague could not be delivered.", &[("kind", "/kind")]),
    kind(
        "issue.opened",
        "An issue was logged or proposed.",
        &[("state", "/issue/state"), ("severity", "/issue/severity"), ("scenario", "/issue/scenario")],
    ),
    kind("issue.changed", "An issue changed.", &[("state", "/change/state"), ("severity", "/change/severity"), ("answer", "/change/answer")]),
    kind("issue.confirmed", "A proposed issue was confirmed.", &[("owner", "/owner")]),
    kind("issue.dismissed", "A proposed issue was dismissed.", &[]),
    kind("issue.merged", "An issue went into another one.", &[("into", "/into")]),
    kind("issue.absorbed", "Another issue went into this one.", &[("from", "/from"), ("conversations", "/conversations")]),
    kind("issue.split", "A part became an issue of its own.", &[("into", "/into"), ("conversations", "/conversations")]),
    kind("issue.undone", "A step was taken back.", &[("what", "/what/type")]),
    kind("answer.drafted", "A version of an answer was drafted.", &[("key", "/key"), ("version", "/version")]),
    kind("answer.approved", "A version of an answer was approved: the assistant may say it.", &[("version", "/version")]),
    kind("answer.retired", "An answer is not said any more.", &[]),
    kind("answer.entrusted", "Somebody sees to what becomes of an answer.", &[("owner", "/to/owner"), ("due_at", "/to/due_at")]),
    kind(
        "answer.kept",
        "An answer became an article, a macro or a rule.",
        &[("kind", "/became/kind"), ("version", "/became/version"), ("article", "/became/article")],
    ),
    kind("answer.keeping_due", "The date has come to see what becomes of an answer.", &[]),
    kind(
        "decision.asked",
        "A decision was asked for.",
        &[("kind", "/decision/kind"), ("issue", "/decision/issue"), ("conversation", "/decision/conversation")],
    ),
    kind("decision.decided", "The owner decided.", &[("ruling", "/ruling"), ("until", "/until")]),
    kind("decision.warned", "A question has waited for most of its time.", &[]),
    kind("decision.overdue", "Nobody decided in time.", &[]),
    kind("decision.returned", "What was allowed for a while runs out soon.", &[]),
    kind("decision.renewed", "What was allowed holds longer.", &[("until", "/until")]),
    kind("decision.ended", "What was allowed was ended.", &[]),
    kind("decision.expired", "What was allowed ran out.", &[]),
    kind(
        "escalation.raised",
        "A conversation was handed along a path of the plan.",
        &[("conversation", "/escalation/conversation"), ("path", "/escalation/path"), ("bouncing", "/escalation/bouncing")],
    ),
    kind("escalation.acknowledged", "Somebody has seen it.", &[]),
    kind("escalation.accepted", "Somebody works on it.", &[]),
    kind("escalation.returned", "It was given back.", &[]),
    kind("escalation.level_reached", "Nobody reacted in time: the next level is called.", &[("level", "/level"), ("round", "/round")]),
    kind("escalation.exhausted", "Nobody reacted on any level.", &[]),
    kind("escalation.ended", "It is over.", &[]),
    kind(
        "cutover.begun",
        "A cutover runbook began, or a rehearsal of it.",
        &[("rehearsal", "/cutover/rehearsal"), ("plan_version", "/cutover/plan_version")],
    ),
    kind("cutover.step_started", "A step was begun.", STEP),
    kind("cutover.step_done", "A step is done.", STEP),
    kind("cutover.step_failed", "A step did not work.", STEP),
    kind("cutover.step_skipped", "A step was left out.", STEP),
    kind("cutover.gate_ruled", "A gate was ruled on.", &[("step", "/step"), ("go", "/go")]),
    kind("cutover.point_passed", "There is no way back any more.", STEP),
    kind("cutover.step_late", "A step takes longer than planned.", STEP),
    kind("cutover.trigger_crossed", "A figure crossed the threshold of a rollback trigger.", TRIGGER),
    kind("cutover.trigger_calmed", "It is fine again.", TRIGGER),
    kind("cutover.trigger_fired", "It was past it for long enough: think of rolling back.", TRIGGER),
    kind("cutover.rolled_back", "The change is taken back.", &[("overridden", "/overridden")]),
    kind("cutover.stopped", "The run was ended before it was done.", &[]),
    kind("cutover.finished", "All is done.", &[]),
    kind("account.created", "An account was added.", &[("key", "/key")]),
    kind("account.changed", "Something else is known of an account.", &[("what", "/what")]),
    kind("account.contact_joined", "Somebody said that a customer belongs to an account.", &[("contact", "/contact")]),
    kind("account.contact_left", "Somebody said that a customer does not belong to an account.", &[("contact", "/contact")]),
    kind("account.removed", "An account was removed: it was a mistake.", &[]),
    kind("call.assigned", "Somebody is to call an account, or nobody any more.", &[("account", "/of/account"), ("to", "/to")]),
    kind("call.made", "An account was called.", &[("account", "/of/account"), ("reached", "/reached")]),
    kind("update.drafted", "Somebody began to write what customers are told.", &[("corrects", "/draft/corrects")]),
    kind("update.asked", "A draft waits for approval.", &[]),
    kind("update.approved", "A draft may be published.", &[("revision", "/revision")]),
    kind("update.published", "All customers are told.", UPDATE),
    kind("update.corrected", "What they were told is corrected.", UPDATE),
    kind("update.due_soon", "The next update that customers were promised is due soon.", &[("due_at", "/due_at")]),
    kind("update.overdue", "It did not come in time.", &[("due_at", "/due_at")]),
    kind("update.undelivered", "An update could not be sent to the window's Slack channel.", &[("entry", "/entry")]),
    kind("window.subscriber_lost", "An address was taken off the list of updates, because it does not exist.", &[("code", "/code")]),
    kind("check_in.approval_asked", "A check-in waits for approval.", &[]),
    kind("check_in.approved", "A check-in may be asked.", &[("revision", "/revision")]),
    kind("check_in.started", "Customers are asked how it goes.", &[]),
    kind("check_in.stopped", "Nobody more is asked for now.", &[]),
    kind("check_in.resumed", "It goes on.", &[]),
    kind("check_in.finished", "Everybody was asked.", &[]),
    kind("check_in.answered", "A customer answered.", &[("face", "/face"), ("conversation", "/conversation")]),
    kind("article.created", "An article was begun.", &[("lang", "/lang"), ("audience", "/audience")]),
    kind("article.published", "Readers see a text of an article.", ARTICLE),
    kind("article.retired", "They see it no more.", &[("lang", "/lang")]),
    kind("article.renamed", "A text has another address.", &[("lang", "/lang"), ("slug", "/slug")]),
    kind("broadcast.started", "A reply to all began.", &[("issue", "/broadcast/issue"), ("total", "/broadcast/total")]),
    kind("broadcast.progressed", "A reply to all reached some more.", &[("sent", "/sent"), ("failed", "/failed"), ("done", "/done")]),
    kind("broadcast.stopped", "A reply to all was stopped.", &[]),
    kind("broadcast.resumed", "A reply to all goes on.", &[]),
    kind("window.plan_applied", "A version of a plan was applied.", &[("version", "/version"), ("go_live_at", "/go_live_at")]),
    kind("window.moved", "A window is in another phase.", &[("from", "/from"), ("to", "/to")]),
    kind("window.day_closed", "A day ended and was measured.", &[]),
    kind("window.watch_begun", "The days after a window are watched.", &[("exit_day", "/watch/exit_day"), ("last_day", "/watch/last_day")]),
    kind("window.relapse_proposed", "It is proposed to open a closed window again.", &[("day", "/watch/day")]),
    kind("window.relapse_calmed", "What got worse after a window is back to normal.", &[("day", "/watch/day")]),
    kind("window.relapse_dismissed", "Somebody decided against opening it again.", &[]),
    kind("window.watch_ended", "The watch after a window is over.", &[("proposals", "/watch/proposals"), ("open", "/watch/open")]),
    kind("handover.receiver_named", "Somebody was named who takes something over.", &[("item", "/item")]),
    kind("handover.given", "Something was handed over to normal operations.", &[("item", "/item"), ("round", "/round")]),
    kind("handover.accepted", "The receiver has it.", &[("item", "/item"), ("recorded", "/recorded")]),
    kind("handover.returned", "The receiver gave it back.", &[("item", "/item"), ("recorded", "/recorded")]),
    kind("handover.fix_named", "Somebody has the fix of what is allowed for a while.", &[("decision", "/decision")]),
    kind("window.stage_normalised", "A stage returned to normal promises.", STAGES),
    kind("window.stage_reverted", "Stages went back to the window's promises.", STAGES),
    kind("window.stage_offered", "A stage can return to normal promises.", STAGES),
    kind("rota.layers_set", "The layers of a rota changed.", &[]),
    kind("rota.override_added", "Somebody else is on duty for a stretch.", ROTA_ENTRY),
    kind("rota.override_removed", "That was taken back.", &[]),
    kind("rota.temporary_added", "Fixed shifts replace a rota for a stretch.", ROTA_ENTRY),
    kind("rota.temporary_removed", "That was taken back.", &[]),
    kind("rota.cover_asked", "Somebody asks for cover.", &[("from", "/request/ask/when/from"), ("to", "/request/ask/when/to")]),
    kind("rota.cover_accepted", "A colleague took it.", &[("request", "/request")]),
    kind("rota.cover_withdrawn", "It is needed no more.", &[("request", "/request")]),
    kind("rota.cover_expired", "Nobody took it in time.", &[("request", "/request")]),
    kind("rota.handover_opened", "A handover began.", &[("from", "/handover/when/from"), ("to", "/handover/when/to")]),
    kind("rota.backup_called", "A handover was not acknowledged, and the backup was called.", &[("handover", "/handover")]),
    kind("rota.handover_acknowledged", "The decision passed to somebody else.", &[("handover", "/handover")]),
    kind("review.opened", "The daily review began.", &[("day", "/of/day")]),
    kind("review.attended", "Somebody is at the review, or is not.", &[("present", "/person/present")]),
    kind("review.noted", "Something was noted in it.", &[("item", "/item")]),
    kind("review.chaired", "Somebody else leads through it.", &[]),
    kind("review.closed", "Its minutes are closed.", &[]),
    kind("review.added", "Something was added to closed minutes.", &[]),
    kind("review.briefed", "A brief went out.", &[("day", "/of/day"), ("kind", "/brief/kind"), ("standing", "/brief/standing")]),
    kind("review.brief_passed_over", "A brief could not go out in time.", &[("day", "/of/day"), ("kind", "/kind")]),
    kind("review.undelivered", "A letter of a brief could not be sent.", &[("kind", "/kind")]),
    kind("review.missed", "The daily review did not begin in time.", &[("day", "/of/day")]),
    kind("action.agreed", "An action was agreed.", &[("review", "/action/review"), ("owner", "/action/task/owner"), ("due", "/action/task/due")]),
    kind("action.changed", "It was said anew: what, who or until when.", &[("owner", "/task/owner"), ("due", "/task/due")]),
    kind("action.finished", "It is done.", &[]),
    kind("action.dropped", "Nobody will do it.", &[]),
    kind("action.reopened", "It is to be done after all.", &[]),
    kind("action.due", "It is due today.", &[]),
    kind("action.overdue", "It was due and is not done.", &[]),
    kind("warning.opened", "Something rises.", WARNING),
    kind("warning.closed", "A warning is over.", WARNING),
    kind("warning.dismissed", "A warning was put aside.", WARNING),
    kind("warning.restored", "A warning was put back.", WARNING),
    kind("containment.declined", "A proposed window was decided against.", &[]),
    kind("unanswered.dismissed", "A group of unanswered messages needs no answer.", &[]),
    kind("unanswered.restored", "It needs one after all.", &[]),
    kind("person.added", "A colleague may sign in.", &[("role", "/role")]),
    kind("person.changed", "A colleague's role or right to sign in changed.", &[]),
    kind("person.away", "A colleague is away.", &[]),
    kind("person.back", "A colleague is here again.", &[]),
    kind("person.capacity", "A colleague has another number of conversations at a time.", &[("capacity", "/capacity")]),
    kind("turn.on", "Conversations are given in turn.", &[]),
    kind("turn.off", "They are given in turn no longer.", &[]),
    kind("token.added", "A program may call.", &[("scopes", "/scopes")]),
    kind("token.revoked", "A program may not call any more.", &[]),
    kind("webhook.added", "An address is told what happens.", &[]),
    kind("webhook.changed", "What it is told changed.", &[]),
    kind("webhook.rotated", "It has a new secret.", &[]),
    kind("webhook.disabled", "It was switched off, because it failed for days or said that it is gone.", &[]),
    kind("webhook.removed", "It is told nothing any more.", &[]),
    kind("bridge.added", "Messages may come from elsewhere.", &[]),
    kind("bridge.changed", "A bridge changed, or was switched on or off.", &[]),
    kind("bridge.rotated", "A bridge has a new secret.", &[]),
];

/// Kinds that nobody is told of: steps inside, and what only concerns the team itself.
pub const LEFT_OUT: &[&str] = &[
    "answer.covers",
    "article.changed",
    "article.written",
    "check_in.discarded",
    "check_in.drafted",
    "check_in.edited",
    "check_in.left",
    "collection.articles_ordered",
    "collection.categories_ordered",
    "collection.category_added",
    "collection.category_changed",
    "collection.category_removed",
    "collection.changed",
    "collection.created",
    "collection.removed",
    "conversation.confirmed",
    "conversation.unconfirmed",
    "cutover.figure_sent",
    "help_centre.changed",
    "issue.accepted",
    "issue.learned",
    "issue.refused",
    "issue.took_out",
    "notice.rules_changed",
    "notice.way_added",
    "notice.way_changed",
    "notice.way_confirmed",
    "notice.way_off",
    "notice.way_removed",
    "person.signed_in",
    "person.signed_out",
    "rota.ended",
    "rota.handover_written",
    "rota.live",
    "rota.planned",
    "rota.resumed",
    "signal.pulse",
    "update.discarded",
    "update.edited",
    "webhook.replayed",
    "window.addresses_uploaded",
    "window.labelled",
    "window.relapse_settled",
    "window.stage_tightened",
    "window.unlabelled",
    "window.update_channel",
];

/// The kind with this word.
pub(super) fn find(word: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.word == word)
}

/// Whether a choice, `*`, `issue.*` or a word, holds a kind that others may be told of.
pub(super) fn chosen(choice: &str, word: &str) -> bool {
    find(word).is_some()
        && choice
            .split(' ')
            .any(|one| one == "*" || one == word || one.strip_suffix('*').is_some_and(|family| !family.is_empty() && word.starts_with(family)))
}

/// A choice as it is kept, or what is wrong with it.
pub(super) fn checked(kinds: &[String]) -> Result<String, String> {
    if kinds.is_empty() {
        return Err("Choose at least one kind of event, or `*` for all.".into());
    }
    let mut kept: Vec<&str> = vec![];
    for one in kinds.iter().map(|one| one.trim()) {
        let known = one == "*"
            || find(one).is_some()
            || one.strip_suffix(".*").is_some_and(|family| KINDS.iter().any(|k| k.word.split('.').next() == Some(family)));
        if !known {
            return Err(format!("`{one}` is no kind of event. GET /webhook-kinds lists them; `issue.*` means all about issues, `*` all."));
        }
        if !kept.contains(&one) {
            kept.push(one);
        }
    }
    Ok(kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_holds_what_it_names() {
        #[track_caller]
        fn check(choice: &str, word: &str, holds: bool) {
            assert_eq!(chosen(choice, word), holds, "{choice} {word}");
        }
        check("*", "issue.opened", true);
        check("*", "issue.learned", false);
        check("issue.*", "issue.opened", true);
        check("issue.*", "conversation.opened", false);
        check("issue.merged issue.opened", "issue.opened", true);
        check("issue.open", "issue.opened", false);
        check("", "issue.opened", false);
        let words = |text: &[&str]| text.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(checked(&words(&["issue.*", "window.moved", "issue.*"])).as_deref(), Ok("issue.* window.moved"));
        for wrong in [words(&[]), words(&["issue"]), words(&["issue.learned"]), words(&["nothing.*"]), words(&[".*"])] {
            assert!(checked(&wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_page_about_webhooks_shows_the_same_table() {
        let page = include_str!("../../../../docs/webhooks.md");
        let shown: Vec<&str> = page.lines().filter(|line| line.starts_with("| `") && line.contains('.')).collect();
        let made: Vec<String> = KINDS
            .iter()
            .map(|k| {
                let facts: Vec<String> = k.facts.iter().map(|(name, _)| format!("`{name}`")).collect();
                format!("| `{}` | {} | {} |", k.word, k.means, facts.join(", "))
            })
            .collect();
        assert_eq!(shown, made, "docs/webhooks.md is behind; it should hold:\n{}", made.join("\n"));
    }
}
