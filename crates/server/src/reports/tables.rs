//! The report's sections as headings, sentences and tables: written once, so that HTML and Markdown say the same.

use super::model::Report;
use super::words::{When, day, percent, plain, share, span, title};
use crate::signals::list::SignalDay;
use hypercare_core::exit::Stability;
use hypercare_core::lessons::{ExcessLine, WaitGroup};
use hypercare_core::signals::{Signal, State};

/// One table. The first column names the row; `numbers` says which columns hold figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: &'static str,
    /// Names of the columns.
    pub head: Vec<&'static str>,
    /// Columns that hold figures, from the left, counted from 0.
    pub numbers: Vec<usize>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// What is said if there is no row.
    pub empty: &'static str,
}

pub(super) fn table(caption: &'static str, head: &[&'static str], numbers: &[usize], rows: Vec<Vec<String>>, empty: &'static str) -> Table {
    Table { caption, head: head.to_vec(), numbers: numbers.to_vec(), rows, empty }
}

/// Every step: who, when, why.
pub fn phases(r: &Report) -> Table {
    let when = When::in_zone(&r.headline.zone);
    let row = |t: &hypercare_core::window::Transition| {
        let gaps = if t.accepted_gaps.is_empty() { "none".into() } else { t.accepted_gaps.join("; ") };
        vec![
            format!("{} → {}", title(t.from.word()), t.to.word()),
            when.say(t.at),
            t.by.clone(),
            t.reason.clone().unwrap_or_else(|| "–".into()),
            gaps,
        ]
    };
    let rows = r.phases.iter().map(row).collect();
    table("Every step: who, when, why", &["Step", "When", "Who", "Why", "Gaps accepted"], &[], rows, "The window has not left preparation.")
}

/// The plan's objectives.
pub fn objectives(r: &Report) -> Table {
    use hypercare_core::objectives::ProgressState as P;
    let word = |state: P| match state {
        P::OnTrack => "on track",
        P::AtRisk => "at risk",
        P::MetProvisional => "met, must hold another day",
        P::Met => "met",
        P::Missed => "not met",
        P::InsufficientData => "not enough data",
    };
    let rows = r.objectives.iter().map(|o| vec![o.name.clone(), word(o.state).into(), o.sentence.clone()]).collect();
    table("What the plan called stable", &["Objective", "Outcome", "Evidence"], &[], rows, "The plan had no objectives.")
}

/// Volume by scenario.
pub fn scenarios(r: &Report) -> Table {
    let row = |s: &super::model::ScenarioLine| {
        vec![
            s.name.clone(),
            s.conversations.to_string(),
            percent(s.share),
            s.customers.to_string(),
            s.answered.to_string(),
            share(s.answered, s.conversations),
        ]
    };
    let head = ["Scenario", "Conversations", "Share", "Customers", "Answered by the assistant", "Of these"];
    let rows = r.volume.scenarios.iter().map(row).collect();
    table("Volume by scenario", &head, &[1, 2, 3, 4, 5], rows, "No conversation was about the change.")
}

/// Issues and their causes.
pub fn issues(r: &Report) -> Table {
    let row = |i: &super::model::IssueLine| {
        let cause = if i.root_cause.trim().is_empty() { "not written down".into() } else { i.root_cause.clone() };
        let foreseen = if i.foreseen { "yes" } else { "no" };
        vec![
            i.title.clone(),
            i.conversations.to_string(),
            i.customers.to_string(),
            i.severity.word().into(),
            i.state.word().into(),
            cause,
            foreseen.into(),
        ]
    };
    let head = ["Issue", "Conversations", "Customers", "Severity", "State", "Root cause", "Foreseen"];
    table("Issues", &head, &[1, 2], r.volume.issues.iter().map(row).collect(), "No issue was logged.")
}

/// Decisions by how long they waited.
pub fn decisions(r: &Report) -> Table {
    let when = When::in_zone(&r.headline.zone);
    let row = |d: &super::model::DecisionLine| {
        let ruling = d.ruling.map_or("still open", |r| if r == hypercare_core::decision::Ruling::Yes { "yes" } else { "no" });
        let by = d.decided_by.clone().unwrap_or_else(|| "–".into());
        let reason = d.reason.clone().unwrap_or_else(|| "–".into());
        vec![d.question.clone(), title(d.kind.word()), span(d.waited), when.say(d.asked_at), d.asked_by.clone(), ruling.into(), by, reason]
    };
    let head = ["Question", "Kind", "Waited", "Asked", "By", "Ruling", "Ruled by", "Why"];
    table("Longest wait first", &head, &[2], r.decisions.all.iter().map(row).collect(), "No decision was asked for.")
}

/// Causes by their excess.
pub fn excess(lines: &[ExcessLine]) -> Table {
    let row = |l: &ExcessLine| {
        let expected = l.expected.map_or_else(|| "not known".into(), |e| format!("{e:.0}"));
        vec![l.name.clone(), format!("{:.0}", l.observed), expected, format!("{:+.0}", l.excess), percent(l.share), percent(l.cumulative)]
    };
    let head = ["Cause", "Conversations", "Expected", "Excess", "Of all excess", "Together"];
    table("The largest excess first", &head, &[1, 2, 3, 4, 5], lines.iter().map(row).collect(), "Nothing was more than expected.")
}

/// Decisions in groups.
pub fn waits(caption: &'static str, groups: &[WaitGroup]) -> Table {
    let row = |g: &WaitGroup| {
        // Of a group with open ones nobody knows how long they will have waited.
        let at_least = if g.open > 0 { "≥ " } else { "" };
        vec![
            g.name.clone(),
            g.asked.to_string(),
            g.open.to_string(),
            g.late.to_string(),
            format!("{at_least}{}", span(g.median)),
            format!("{at_least}{}", span(g.longest)),
        ]
    };
    let head = ["Group", "Asked", "Still open", "Over their time", "Median wait", "Longest"];
    table(caption, &head, &[1, 2, 3, 4, 5], groups.iter().map(row).collect(), "No decision was asked for.")
}

/// What followed approvals.
pub fn associations(r: &Report) -> Table {
    let when = When::in_zone(&r.headline.zone);
    let row = |a: &super::model::AnswerLine| {
        let (at, own) = (a.approved_at?, a.association?);
        let part = |s: hypercare_core::rating::Share| {
            if s.whole == 0 { "none".into() } else { format!("{} of {} ({})", s.part, s.whole, percent(s.share())) }
        };
        let difference = match own.difference {
            Some(d) => {
                let points = |v: f64| format!("{:+.0}", v * 100.0);
                let clear = if d.is_clear() { "" } else { ", not clear" };
                format!("{} points ({} to {}{clear})", points(d.estimate), points(d.low), points(d.high))
            }
            None => "too few to tell".into(),
        };
        let halved = own.halved.map_or_else(|| "–".into(), |h| format!("on day {} ({})", h.days, day(h.on)));
        Some(vec![a.title.clone(), day(when.day(at)), part(own.before), part(own.after), difference, halved])
    };
    let head = ["Answer", "Approved", "Wrote again before", "After", "Difference", "Halved"];
    let rows = r.answers.iter().filter_map(row).collect();
    table("Association, by the last approval", &head, &[2, 3], rows, "No answer of a scenario was approved and used.")
}

/// What people carried.
pub fn people(r: &Report) -> Table {
    let row = |p: &super::model::PersonLoad| {
        let hours = format!("{:.1} h", p.duty.as_secs_f64() / 3600.0);
        let counts = [p.shifts, p.nights].map(|n| n.to_string());
        let said = [p.conversations.to_string(), p.replies.to_string()];
        let alerts = [p.alerts.to_string(), p.alerts_in_rest.to_string(), p.recovery.to_string()];
        [vec![p.name.clone(), hours], counts.to_vec(), said.to_vec(), alerts.to_vec()].concat()
    };
    let head = ["Person", "Duty", "Shifts", "Nights", "Conversations", "Replies", "Alerts", "In their rest", "Recovery days owed"];
    table(
        "Load, by name",
        &head,
        &[1, 2, 3, 4, 5, 6, 7, 8],
        r.people.iter().map(row).collect(),
        "The change is not live: nobody has been on duty for it.",
    )
}

/// Moments that charts mark.
pub fn moments(r: &Report) -> Table {
    let rows = r.moments.iter().map(|m| vec![m.number.to_string(), day(m.day), m.label.clone()]).collect();
    table("Marked in the charts by these numbers", &["Number", "Day", "What happened"], &[], rows, "Nothing is marked.")
}

/// How answers did.
pub fn answers(r: &Report) -> Table {
    let row = |a: &super::model::AnswerLine| {
        vec![
            a.title.clone(),
            a.state.word().into(),
            a.uses.to_string(),
            a.by_assistant.to_string(),
            format!("{} of {}", a.follow_ups, a.uses),
            a.without.map_or_else(|| "–".into(), |i| format!("{} ({} to {})", percent(i.share), percent(i.low), percent(i.high))),
            a.helpful.to_string(),
            a.not_helpful.to_string(),
        ]
    };
    let head = ["Answer", "State", "Uses", "By the assistant", "Follow-ups within a day", "Without one (95 %)", "Helped", "Did not help"];
    table("Uses and what followed", &head, &[2, 3, 4, 5, 6, 7], r.answers.iter().map(row).collect(), "No approved answer was used.")
}

/// Promises by policy and kind.
pub fn promises(r: &Report) -> Table {
    let row = |p: &super::model::PromiseLine| {
        let settled = i64::try_from(p.kept + p.broken).unwrap_or(i64::MAX);
        let kept = share(i64::try_from(p.kept).unwrap_or(i64::MAX), settled);
        let counts = [p.made, p.kept, p.broken].map(|n| n.to_string());
        let rest = [p.late_on_change, p.running, p.withdrawn].map(|n| n.to_string());
        [vec![format!("{}: {}", title(&p.policy), plain(p.kind.word()))], counts.to_vec(), vec![kept], rest.to_vec()].concat()
    };
    let head = ["Promise", "Made", "Kept", "Broken", "Kept of those due", "Late on a change", "Running", "No longer owed"];
    table("By policy and kind", &head, &[1, 2, 3, 4, 5, 6, 7], r.promises.iter().map(row).collect(), "Nothing was promised.")
}

/// Stable days and resets.
pub fn streak(r: &Report) -> Table {
    let word = |s: Stability| match s {
        Stability::Stable => "stable",
        Stability::Fluctuation => "reset",
        Stability::Unknown => "not judged",
    };
    let row =
        |d: &super::model::StreakDay| vec![day(d.date), word(d.stable).into(), format!("{} of {}", d.count, r.exit.needed), d.reasons.join(" ")];
    table(
        "The count of stable days, and what set it back",
        &["Day", "Verdict", "Count", "Why"],
        &[2],
        r.streak.iter().map(row).collect(),
        "No day has passed since go-live.",
    )
}

/// Signals that stand side by side; each of the others has a table of its own.
const MAIN: [Signal; 5] = [Signal::Contacts, Signal::FirstResponse, Signal::Backlog, Signal::RepeatShare, Signal::ReassuranceShare];

/// Every day since go-live with the main signals.
pub fn days(r: &Report) -> Table {
    let main: Vec<&crate::signals::list::SignalView> = MAIN.iter().filter_map(|m| r.signals.iter().find(|s| s.key == m.key())).collect();
    let mut head = vec!["Day"];
    head.extend(main.iter().filter_map(|s| Signal::from_key(&s.key)).map(Signal::name));
    let go_live = When::in_zone(&r.headline.zone).day(r.headline.go_live_at);
    let all: Vec<Vec<&SignalDay>> = main.iter().map(|s| s.days.iter().chain([&s.today]).filter(|d| d.date >= go_live).collect()).collect();
    let dates = all.first().map(|days| days.iter().map(|d| d.date).collect::<Vec<_>>()).unwrap_or_default();
    let cell = |signal: &crate::signals::list::SignalView, days: &[&SignalDay], date| {
        let found = days.iter().find(|d| d.date == date).and_then(|d| Some((d.value?, d.state)));
        let (Some((value, state)), Some(signal)) = (found, Signal::from_key(&signal.key)) else { return "–".to_owned() };
        if state == State::Worse { format!("{} ▲", signal.say(value)) } else { signal.say(value) }
    };
    let row = |date| std::iter::once(day(date)).chain(main.iter().zip(&all).map(|(s, days)| cell(s, days, date))).collect();
    let numbers: Vec<usize> = (1..head.len()).collect();
    table("Day by day (▲: worse than normal)", &head, &numbers, dates.into_iter().map(row).collect(), "No day has passed since go-live.")
}

/// One signal since go-live: the figures of its chart.
pub fn signal(r: &Report, view: &crate::signals::list::SignalView) -> Table {
    let go_live = When::in_zone(&r.headline.zone).day(r.headline.go_live_at);
    let known = Signal::from_key(&view.key);
    let say = |v: Option<f64>| v.zip(known).map_or_else(|| "–".into(), |(v, s)| s.say(v));
    let word = |d: &SignalDay| match (d.complete, d.state) {
        (false, _) => "day not over",
        (_, State::Normal) => "normal",
        (_, State::Worse) => "worse",
        (_, State::Better) => "better",
        (_, State::Unknown) => "not judged",
    };
    let days = view.days.iter().chain([&view.today]).filter(|d| d.date >= go_live);
    let rows = days.map(|d| vec![day(d.date), say(d.value), say(d.expected), word(d).into()]).collect();
    table("Since go-live", &["Day", "Measured", "Normal", "Verdict"], &[1, 2], rows, "No day has passed since go-live.")
}
