//! What a notice says outside of the console. It holds no word and no name of a customer: whoever wants those signs in. Pure.

use hypercare_core::notice::Kind;

/// A notice in one sentence, without a full stop. `who` is the colleague who did it, `words` are words of ours that say more.
pub(super) fn said(kind: Kind, detail: &str, who: &str, words: Option<&str>) -> String {
    let who = if who.is_empty() { "Somebody" } else { who };
    let about = words.filter(|words| !words.is_empty()).map(|words| format!(" ({words})")).unwrap_or_default();
    match kind {
        Kind::Mention => format!("{who} mentioned you in a note"),
        Kind::Assigned if detail == "in_turn" => "A conversation was given to you in turn".into(),
        Kind::Assigned => format!("{who} gave you a conversation"),
        Kind::Message => "The customer wrote in a conversation of yours".into(),
        Kind::BreachSoon => format!("{} of a conversation of yours is due soon", promise(detail)),
        Kind::Breached => format!("{} of a conversation of yours is late", promise(detail)),
        Kind::Decided => format!("{who} decided what you asked: {}", if detail == "yes" { "yes" } else { "no" }),
        Kind::Asked => format!("{who} asks for your ruling"),
        Kind::Waits if detail == "overdue" => "A question was not decided in its time".into(),
        Kind::Waits => "A question for you has waited for most of its time".into(),
        Kind::RunsOut => match detail {
            "soon" => "What was allowed for a while runs out soon".into(),
            "renewed" => format!("{who} lets hold longer what was allowed"),
            "ended" => format!("{who} ended what was allowed"),
            _ => "What was allowed for a while ran out".into(),
        },
        Kind::Escalated => match detail {
            "next" => "An escalation reaches you: nobody reacted before".into(),
            "nobody" => "Nobody reacts to an escalation, on any level".into(),
            "bouncing" => "An escalation goes to and fro".into(),
            _ => format!("{who} escalated a conversation to you"),
        },
        Kind::Handled => match detail {
            "acknowledged" => format!("{who} has seen what you escalated"),
            "accepted" => format!("{who} works on what you escalated"),
            _ => format!("{who} gave your escalation back"),
        },
        Kind::Merged => format!("{who} merged or parted a conversation of yours"),
        Kind::UpdateAsked => format!("{who} asks for your approval of an update"),
        Kind::UpdateDueSoon => "The next update that customers were promised is due soon".into(),
        Kind::UpdateOverdue => "The next update that customers were promised is overdue".into(),
        Kind::Cover => match detail {
            "accepted" => format!("{who} took the shift you asked cover for{about}"),
            "withdrawn" => format!("{who} withdrew a request for cover{about}"),
            "expired" => format!("Nobody took a shift that cover was asked for{about}"),
            _ => format!("{who} asks for cover{about}"),
        },
        Kind::Shift => format!("{who} changed your shifts{about}"),
        Kind::Handover => match detail {
            "take_over" => format!("Your shift begins: read the handover and take over{about}"),
            "write" => format!("Your shift ends: write the handover{about}"),
            "late" => format!("You have not taken over: your backup is called{about}"),
            "stay" => format!("You go on deciding: nobody has taken over{about}"),
            "nobody" => format!("A handover is late, and no backup can be called{about}"),
            _ => format!("{who} took over from you{about}"),
        },
        Kind::Backup => format!("You are called as backup: take over{about}"),
        Kind::CheckInAsked => format!("{who} asks for your approval of a check-in"),
        Kind::CutoverStep | Kind::CutoverTrigger | Kind::CutoverOver => of_cutover(kind, detail, who) + &about,
        Kind::Action => match detail {
            "due" => "An action of yours is due today".into(),
            "overdue" => "An action of yours was due and is not done".into(),
            "reopened" => format!("{who} opened an action of yours again"),
            _ => format!("{who} gave you an action"),
        },
        Kind::ReviewMissed => "The daily review did not begin in time".into(),
        Kind::Entrusted if detail == "due" => format!("What becomes of an answer of yours is due{about}"),
        Kind::Entrusted => format!("{who} asks you to see what becomes of an answer{about}"),
        Kind::HandedOver => match detail {
            "accepted" => format!("{who} accepted what you handed over{about}"),
            "returned" => format!("{who} gave back what you handed over{about}"),
            _ => format!("{who} hands something over to you{about}"),
        },
        Kind::Relapse => match detail {
            "ended" => format!("The watch after a window is over{about}"),
            "calmed" => format!("What got worse after a window is calm again{about}"),
            _ => format!("It got worse after a window: should it be opened again?{about}"),
        },
        Kind::Call => format!("{who} asks you to call an account"),
        Kind::WayOff => format!("A way to reach you was switched off{about}"),
    }
}

fn of_cutover(kind: Kind, detail: &str, who: &str) -> String {
    match (kind, detail) {
        (Kind::CutoverStep, "late") => "A step of yours in a cutover takes longer than planned".into(),
        (Kind::CutoverStep, _) => "A step of yours in a cutover can begin".into(),
        (Kind::CutoverTrigger, "past") => "A trigger fired, past the point of no return: fix forward".into(),
        (Kind::CutoverTrigger, "no_go") => "A gate of a cutover was ruled no-go".into(),
        (Kind::CutoverTrigger, _) => "A trigger fired: should the cutover be rolled back?".into(),
        (_, "finished") => format!("{who} finished the cutover"),
        (_, "rolled_back") => format!("{who} rolled the cutover back"),
        _ => format!("{who} stopped the cutover"),
    }
}

fn promise(word: &str) -> &'static str {
    match word {
        "acknowledgement" => "The acknowledgement",
        "first_response" => "The first response",
        "next_response" => "The next response",
        "update" => "The next update",
        "resolution" => "The resolution",
        "total_resolution" => "The resolution in all",
        _ => "A promise",
    }
}

/// Where in the console it leads.
pub(super) fn path(kind: Kind, window: Option<i64>, conversation: Option<i64>, update: Option<i64>, decision: Option<i64>) -> String {
    if kind == Kind::WayOff {
        return "/notifications".into();
    }
    let Some(window) = window else { return "/".into() };
    match (kind.group(), conversation, update, decision) {
        (_, Some(conversation), ..) => format!("/w/{window}/inbox?c={conversation}"),
        (_, _, Some(update), _) => format!("/w/{window}/updates?u={update}"),
        (_, _, _, Some(_)) => format!("/w/{window}/decisions"),
        _ if matches!(kind, Kind::CutoverStep | Kind::CutoverTrigger | Kind::CutoverOver) => format!("/w/{window}/cutover"),
        _ if matches!(kind, Kind::Action | Kind::ReviewMissed) => format!("/w/{window}/review"),
        _ if matches!(kind, Kind::Entrusted | Kind::HandedOver | Kind::Relapse) => format!("/w/{window}/exit"),
        _ if kind == Kind::Call => format!("/w/{window}/accounts"),
        _ if kind == Kind::CheckInAsked => format!("/w/{window}/updates/check-ins"),
        _ if matches!(kind, Kind::Handover | Kind::Backup) => format!("/w/{window}/rota/handover"),
        _ => format!("/w/{window}/rota"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_says_something_of_its_own() {
        let all: std::collections::BTreeSet<String> = Kind::ALL.into_iter().map(|kind| said(kind, "", "Mara Lind", None)).collect();
        assert_eq!(all.len(), Kind::ALL.len(), "{all:?}");
        assert!(all.iter().all(|text| !text.ends_with('.') && text.len() > 20), "{all:?}");
    }

    #[test]
    fn details_are_words() {
        #[track_caller]
        fn check(kind: Kind, detail: &str, expected: &str) {
            assert_eq!(said(kind, detail, "Mara Lind", Some("Mon 08:00 to 16:00")), expected);
        }
        check(Kind::BreachSoon, "first_response", "The first response of a conversation of yours is due soon");
        check(Kind::Escalated, "next", "An escalation reaches you: nobody reacted before");
        check(Kind::Handover, "late", "You have not taken over: your backup is called (Mon 08:00 to 16:00)");
        check(Kind::Message, "", "The customer wrote in a conversation of yours");
    }

    #[test]
    fn a_link_leads_to_what_it_is_about() {
        #[track_caller]
        fn check(kind: Kind, window: Option<i64>, conversation: Option<i64>, decision: Option<i64>, expected: &str) {
            assert_eq!(path(kind, window, conversation, None, decision), expected);
        }
        check(Kind::Message, Some(1), Some(2), None, "/w/1/inbox?c=2");
        check(Kind::Asked, Some(1), None, Some(3), "/w/1/decisions");
        check(Kind::Backup, Some(1), None, None, "/w/1/rota/handover");
        check(Kind::Message, None, Some(2), None, "/");
        check(Kind::Call, Some(1), None, None, "/w/1/accounts");
        check(Kind::WayOff, None, None, None, "/notifications");
    }
}
