//! The product's own words around approved text: the frame of the question, why a person is needed, how long one takes.

use super::reply::NEITHER;
use super::{Cause, HeldBack, Inputs};
use crate::clock::ClockKind;
use crate::conversation::{Conversation, Env};
use crate::{Channel, Span, Timestamp};

/// “A” or “B”.
pub(super) fn either(titles: &[String]) -> String {
    titles.iter().map(|t| format!("“{t}”")).collect::<Vec<_>>().join(" or ")
}

/// The question whether it is about the one or the other. Where choices cannot be clicked they are numbered.
pub fn question(channel: Channel, one: &str, other: &str) -> String {
    let asked = format!("Is it about “{one}”, or about “{other}”?");
    match channel {
        Channel::Chat => asked,
        Channel::Email | Channel::Form | Channel::Api => {
            format!("{asked}\n\n1. {one}\n2. {other}\n3. {NEITHER}\n\nReply with the number. If neither fits, a person answers.")
        }
    }
}

/// The labels of the choices, as they are shown and as they are sent back.
pub fn choices(one: &str, other: &str) -> [String; 3] {
    [one.to_owned(), other.to_owned(), NEITHER.to_owned()]
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Why a person is needed, as a sentence for the one who takes over.
pub fn why(i: &Inputs, cause: Cause) -> String {
    let plain = match cause {
        Cause::Urgent => return i.findings.urgent.map_or("A person is needed before anything else.", |u| u.sentence()).to_owned(),
        Cause::Held => return i.findings.held.clone().unwrap_or_else(|| "No answer may be given to this.".to_owned()),
        Cause::Unsure => {
            let Some(best) = i.candidates.first() else { return "Not sure enough.".to_owned() };
            return format!(
                "Not sure enough: “{}” fits with {}, and {} is asked for.",
                best.title,
                percent(best.confidence),
                percent(i.settings.confidence)
            );
        }
        Cause::TooFewOutcomes => {
            let Some(HeldBack::TooFew { more }) = i.settings.held_back else { return "Not enough confirmed outcomes yet.".to_owned() };
            let (outcomes, are) = if more == 1 { ("outcome", "is") } else { ("outcomes", "are") };
            return format!("Not enough confirmed outcomes yet: {more} more {outcomes} {are} needed before the assistant may answer.");
        }
        Cause::TooOftenWrong => "Among the confirmed outcomes even the surest matches were wrong too often: the assistant only suggests.",
        Cause::NotYetKnown => "The confirmed outcomes are being judged, which takes seconds: until then the assistant only suggests.",
        Cause::Asked => "The customer asks for a person.",
        Cause::Blocked => "Access, payment or a core task is blocked: a person is needed at once.",
        Cause::Upset => "The customer is upset: a person answers.",
        Cause::WroteAgain => "The customer wrote again after the assistant's answer: one try is enough.",
        Cause::DidNotHelp => "The customer said that the answer did not help.",
        Cause::Neither => "The customer said that neither of the two answers fits.",
        Cause::OutOfScope => "Not about the change: the assistant has no approved answer for it.",
        Cause::SeveralQuestions => "More than one question: half an answer is worse than a person's.",
        Cause::SwitchedOff => "The assistant is switched off in the plan.",
        Cause::Withdrawn => "The answer that fits was changed or withdrawn a moment ago.",
        Cause::StillUnsure => "Still not sure after asking once which of two answers is meant.",
        Cause::NoAnswer => "No approved answer comes near this question.",
    };
    plain.to_owned()
}

/// When a person answers, from the first-response promise that runs; none where nothing is promised or it is late already.
/// Nothing is added to the promise: outside its working hours the customer hears when those begin.
pub fn person_follows(c: &Conversation, env: &Env<'_>, now: Timestamp) -> Option<String> {
    let clock = c.clocks.iter().rfind(|k| k.kind == ClockKind::FirstResponse && k.running_since.is_some())?;
    let due = clock.due_at.filter(|due| *due > now)?;
    let calendar = env.calendar(clock);
    if clock.manual.is_some() || calendar.between(now, due) == due - now {
        return Some(format!("A person answers within {}.", length(due - now)));
    }
    let (opens, _) = calendar.next_opening(now)?;
    let zone = calendar.zone()?;
    let local = |at: Timestamp| zone.to_datetime(at.to_jiff());
    let (today, opening, by) = (local(now).date(), local(opens), local(due));
    let day = |date: jiff::civil::Date| if date == today { String::new() } else { format!(" on {}", date.strftime("%A %-d %B")) };
    let name = zone.iana_name().unwrap_or("UTC");
    let by_day = if by.date() == opening.date() { String::new() } else { day(by.date()) };
    Some(if calendar.contains(now) {
        format!("A person answers by {}{} ({name}).", by.strftime("%H:%M"), day(by.date()))
    } else {
        format!(
            "Our team is back at {}{} ({name}); a person answers by {}{by_day}.",
            opening.strftime("%H:%M"),
            day(opening.date()),
            by.strftime("%H:%M")
        )
    })
}

/// Whether the hours in which a person owes the first response have not begun: nobody is there to answer now.
pub fn is_away(c: &Conversation, env: &Env<'_>, now: Timestamp) -> bool {
    let clock = c.clocks.iter().rfind(|k| k.kind == ClockKind::FirstResponse && k.running_since.is_some());
    clock.is_some_and(|clock| clock.manual.is_none() && !env.calendar(clock).contains(now))
}

/// "30 minutes", "2 hours", "3 days": never shorter than it is.
fn length(span: Span) -> String {
    let minutes = (span.0.max(1) + Span::mins(1).0 - 1) / Span::mins(1).0;
    let (count, unit) = match minutes {
        ..=119 if minutes != 60 => (minutes, "minute"),
        ..=2_880 => ((minutes + 59) / 60, "hour"),
        _ => ((minutes + 1_439) / 1_440, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_never_shorter_than_they_are() {
        #[track_caller]
        fn check(span: Span, expected: &str) {
            assert_eq!(length(span), expected);
        }
        check(Span(1), "1 minute");
        check(Span::mins(1), "1 minute");
        check(Span::mins(30), "30 minutes");
        check(Span::mins(30) + Span(1), "31 minutes");
        check(Span::hours(1), "1 hour");
        check(Span::mins(90), "90 minutes");
        check(Span::mins(121), "3 hours");
        check(Span::hours(48), "48 hours");
        check(Span::hours(49), "3 days");
    }

    #[test]
    fn where_nothing_can_be_clicked_choices_are_numbered() {
        assert_eq!(question(Channel::Chat, "A?", "B?"), "Is it about “A?”, or about “B?”?");
        for channel in [Channel::Email, Channel::Form, Channel::Api] {
            let text = question(channel, "A?", "B?");
            assert!(text.contains("\n1. A?\n2. B?\n3. Neither of these\n"), "{text}");
        }
    }
}
