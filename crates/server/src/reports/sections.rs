//! The sections between outcome and charts, in the order in which they are read.

use super::bars::bars;
use super::charts;
use super::kept;
use super::model::Report;
use super::tables::{self, Table};
use super::told;
use super::words::{When, plural, span};
use crate::signals::list::SignalView;
use hypercare_core::lessons::ExcessLine;
use hypercare_core::signals::Signal;
use hypercare_print::Picture;

/// One section.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its place in a page: `outcome`.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it says, in order.
    pub parts: Vec<Part>,
}

/// A part of a section.
#[derive(Clone, Debug)]
pub enum Part {
    /// A heading within the section.
    Sub(&'static str),
    /// Text.
    Text(String),
    /// Text that is less important: how to read what follows.
    Note(String),
    /// Points; what is said instead where there are none.
    Points(Vec<String>, &'static str),
    /// A table.
    Table(Table),
    /// A chart with its figures.
    Figure {
        /// What it is called.
        title: String,
        /// How to read it.
        text: String,
        /// The chart; without anything in it where there is nothing to draw.
        picture: Picture,
        /// Its figures.
        table: Table,
        /// Its place in a page.
        id: String,
    },
}

/// All, in order. Each form of the report says these and nothing else.
pub fn all(r: &Report) -> Vec<Section> {
    let when = When::in_zone(&r.headline.zone);
    let section = |id, title, parts| Section { id, title, parts };
    vec![
        section("outcome", "Outcome", vec![Part::Points(r.outcome.clone(), "")]),
        section("phases", "Phases", vec![Part::Table(tables::phases(r))]),
        section("objectives", "Objectives", vec![Part::Table(tables::objectives(r))]),
        section("volume", "What caused work", volume(r)),
        section("decisions", "Where decisions stalled", decisions(r)),
        section("answers", "Which answers did best", answers(r)),
        section(
            "promises",
            "Promises about time",
            vec![Part::Text("Of all conversations begun since the day of go-live.".into()), Part::Table(tables::promises(r))],
        ),
        section("updates", "What updates went with", updates(r)),
        section("check-ins", "How customers said it goes", check_ins(r)),
        section("days", "Day by day", charts::parts(r)),
        section("people", "What people carried", people(r)),
        section("knowledge", "What became knowledge", knowledge(r)),
        section("exit", "Exit", vec![Part::Text(exit(r, &when)), Part::Table(tables::streak(r))]),
        section("next", "Next time", next_time(r)),
    ]
}

fn volume(r: &Report) -> Vec<Part> {
    let (v, e) = (&r.volume, &r.excess);
    let mut parts = vec![Part::Text(format!(
        "{} about the change, {} on the whole desk since go-live.",
        plural(v.window, "conversation", "conversations"),
        plural(v.desk, "conversation", "conversations")
    ))];
    if let Some(desk) = &e.desk {
        let days = plural(e.days as i64, "complete day", "complete days");
        parts.push(Part::Text(match desk.expected {
            Some(expected) => format!(
                "On {days} since go-live the whole desk had {:.0} conversations; such days had {expected:.0} before the change: {:+.0}.",
                desk.observed, desk.excess
            ),
            None => format!("On {days} since go-live the whole desk had {:.0} conversations; how many are usual is not known.", desk.observed),
        }));
    }
    let figure = |title: &str, text: &str, lines: &[ExcessLine], id: &str| Part::Figure {
        title: title.to_owned(),
        text: text.to_owned(),
        picture: bars(title, lines),
        table: tables::excess(lines),
        id: id.to_owned(),
    };
    if !e.categories.is_empty() {
        let text = match e.known {
            true => "Complete days only. Expected is what such days had before the change, as on the Signals screen.",
            false => "Complete days only. No expectation is known, because there is too little time before the change: all of them count.",
        };
        parts.push(figure("Excess by category", text, &e.categories, "excess-categories"));
    }
    if !e.scenarios.is_empty() {
        let text = "Nobody could ask about the change before it, so no expectation is known: all conversations count, from go-live until now.";
        parts.push(figure("Excess by scenario", text, &e.scenarios, "excess-scenarios"));
    }
    if !e.issues.is_empty() {
        parts.push(figure("Excess by issue", "No expectation is known of an issue either: all its conversations count.", &e.issues, "excess-issues"));
    }
    parts.extend([Part::Table(tables::scenarios(r)), Part::Table(tables::issues(r))]);
    parts
}

fn decisions(r: &Report) -> Vec<Part> {
    let d = &r.decisions;
    let mut parts = Vec::new();
    if let (Some(median), Some(longest)) = (d.median, d.longest) {
        let at_least = if d.open > 0 { "; decisions that are still open count with their time so far, so both are at least that" } else { "" };
        parts.push(Part::Text(format!(
            "{} taken, {} still open. Median wait {}, longest {}{at_least}.",
            plural(d.decided as i64, "decision", "decisions"),
            d.open,
            span(median),
            span(longest)
        )));
        for (caption, groups) in [("By kind", &d.by_kind), ("By who ruled", &d.by_owner), ("By scenario", &d.by_scenario)] {
            parts.push(Part::Table(tables::waits(caption, groups)));
        }
    }
    parts.push(Part::Table(tables::decisions(r)));
    parts
}

fn answers(r: &Report) -> Vec<Part> {
    let mut parts = Vec::new();
    if !r.answers.is_empty() {
        parts.push(Part::Text(
            "Best first, by the lower end of the 95 % interval of the share of uses without a follow-up within a day. \
             This is association: who got which answer was not drawn by lot."
                .into(),
        ));
    }
    parts.push(Part::Table(tables::answers(r)));
    if r.answers.iter().any(|a| a.association.is_some()) {
        parts.extend([
            Part::Sub("Before and after the approval"),
            Part::Text(
                "How often customers of the same scenario wrote again within a day of the first reply, before and after the answer was approved \
                 last. This too is association: the first days of a change are unlike the later ones, other things were said and mended \
                 meanwhile, and nobody drew by lot who wrote when. A difference is told where both sides have ten conversations, with its 95 % \
                 interval (Newcombe’s hybrid score interval); “halved” where a day with ten conversations, and all days from it on together, had \
                 half the share of before."
                    .into(),
            ),
            Part::Table(tables::associations(r)),
        ]);
    }
    parts
}

fn updates(r: &Report) -> Vec<Part> {
    let read = "Contacts on the topic of each update in whole days before and after it, against what such days usually have. This is association: \
                updates are written when contacts peak, so some of a fall would have come anyway.";
    let mut parts = vec![Part::Table(told::effects_table(r))];
    if !r.updates.is_empty() {
        parts.insert(0, Part::Text(read.into()));
    }
    parts
}

fn check_ins(r: &Report) -> Vec<Part> {
    let mut parts = vec![Part::Table(told::check_ins_table(r))];
    if !r.check_ins.is_empty() {
        parts.insert(0, Part::Text("Answers of those who answered: who did not may think otherwise.".into()));
    }
    parts
}

fn people(r: &Report) -> Vec<Part> {
    let mut parts = vec![Part::Text(
        "In the order of names. It is no ranking: who replies more got other questions, other hours or other duties, and did not work better. \
         It is told so that recovery is given and the next rota is fair. Duty is as it was lived since go-live; alerts are calls by escalations \
         and to a backup; conversations and replies are of all conversations begun since the day of go-live."
            .into(),
    )];
    parts.push(Part::Table(tables::people(r)));
    let much: Vec<String> = r.people.iter().flat_map(|p| p.too_much.clone()).collect();
    if !r.people.is_empty() {
        parts.extend([Part::Sub("What was too much"), Part::Points(much, "No limit of rest and load was passed.")]);
    }
    parts
}

fn knowledge(r: &Report) -> Vec<Part> {
    let k = &r.knowledge;
    let titles = |all: &[String]| {
        if all.is_empty() { String::new() } else { format!(": {}", all.iter().map(|t| format!("“{t}”")).collect::<Vec<_>>().join(", ")) }
    };
    let mut points = vec![format!("{} approved{}.", plural(k.kept.len() as i64, "answer is", "answers are"), titles(&k.kept))];
    if !k.added.is_empty() {
        points.push(format!(
            "{} not in the plan and written in the window{}.",
            plural(k.added.len() as i64, "of them was", "of them were"),
            titles(&k.added)
        ));
    }
    if !k.retired.is_empty() {
        points.push(format!("{} retired{}.", plural(k.retired.len() as i64, "answer was", "answers were"), titles(&k.retired)));
    }
    if !k.drafts.is_empty() {
        points.push(format!("{} never approved{}.", plural(k.drafts.len() as i64, "answer was", "answers were"), titles(&k.drafts)));
    }
    if k.covered > 0 {
        points.push(format!(
            "For {} that nothing had answered an answer was written since.",
            plural(k.covered as i64, "conversation", "conversations")
        ));
    }
    points.push(match k.unanswered {
        0 => "Nothing is left that no approved answer covers.".into(),
        n => format!("{} no approved answer yet: see Answers, “Not answered”.", plural(n as i64, "conversation has", "conversations have")),
    });
    let mut parts: Vec<Part> = kept::sentence(&k.counts).map(Part::Text).into_iter().collect();
    parts.extend([Part::Table(kept::rows(r)), Part::Points(points, "")]);
    parts
}

fn next_time(r: &Report) -> Vec<Part> {
    let changes = r.next_time.iter().filter(|l| l.change.is_some()).count();
    let mut parts = vec![Part::Points(r.next_time.iter().map(|l| l.suggestion.clone()).collect(), "Nothing stands out in the record.")];
    if r.headline.day > 0 {
        let taken = match changes {
            0 => String::new(),
            n => format!(" {} taken over by itself, with the figure beside it.", plural(n as i64, "of these changes is", "of these changes are")),
        };
        parts.push(Part::Note(format!("“hypercare plan new --from {}” writes a plan from this.{taken}", r.headline.key)));
    }
    parts
}

/// Kind, dates and owners in a line.
pub fn byline(r: &Report, when: &When) -> String {
    let h = &r.headline;
    let mut parts = vec![h.change_kind.name().to_owned(), format!("go-live {}", when.say(h.go_live_at))];
    parts.push(match h.closed_at {
        Some(at) => format!("closed {}", when.say(at)),
        None => format!("{}, figures up to {}", h.phase.word(), when.say(h.until)),
    });
    parts.extend(h.planned.as_ref().map(|p| format!("planned for {p}")));
    parts.push(format!("times in {}", h.zone));
    if !h.owners.is_empty() {
        parts.push(format!("owners {}", h.owners.join(", ")));
    }
    parts.join(" · ")
}

/// How the window ended, or what is missing.
pub fn exit(r: &Report, when: &When) -> String {
    let Some(t) = &r.exit.signed else { return r.exit.sentence.clone() };
    let why = t.reason.as_ref().map(|reason| format!(" Reason: {reason}")).unwrap_or_default();
    let gaps = if t.accepted_gaps.is_empty() { String::new() } else { format!(" Accepted: {}", t.accepted_gaps.join("; ")) };
    format!("{} Signed by {} on {}.{why}{gaps}", r.exit.sentence, t.by, when.say(t.at))
}

/// What was usual of a signal before the change.
pub fn usual(view: &SignalView) -> String {
    view.baseline.level.zip(Signal::from_key(&view.key)).map_or_else(|| "not known".into(), |(level, signal)| signal.say(level))
}
