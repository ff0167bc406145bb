//! The report's sections as headings, sentences and tables: written once, so that HTML and Markdown say the same.

use super::model::Report;
use super::words::{When, day, percent, plain, share, span, title};
use crate::signals::list::SignalDay;
use hypercare_core::exit::Stability;
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

/// How answers did.
pub fn answers(r: &Report) -> Table {
    let row = |a: &super::model::AnswerLine| {
        vec![
            a.title.clone(),
            a.state.word().into(),
            a.uses.to_string(),
            a.by_assistant.to_string(),
            format!("{} of {}", a.follow_ups, a.uses),
            share(a.follow_ups, a.uses),
            a.helpful.to_string(),
            a.not_helpful.to_string(),
        ]
    };
    let head = ["Answer", "State", "Uses", "By the assistant", "Follow-ups within a day", "Share", "Helped", "Did not help"];
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

/// Every day since go-live with all charted signals.
pub fn days(r: &Report) -> Table {
    let mut head = vec!["Day"];
    head.extend(r.signals.iter().filter_map(|s| Signal::from_key(&s.key)).map(Signal::name));
    let go_live = When::in_zone(&r.headline.zone).day(r.headline.go_live_at);
    let all: Vec<Vec<&SignalDay>> = r.signals.iter().map(|s| s.days.iter().chain([&s.today]).filter(|d| d.date >= go_live).collect()).collect();
    let dates = all.first().map(|days| days.iter().map(|d| d.date).collect::<Vec<_>>()).unwrap_or_default();
    let cell = |signal: &crate::signals::list::SignalView, days: &[&SignalDay], date| {
        let found = days.iter().find(|d| d.date == date).and_then(|d| Some((d.value?, d.state)));
        let (Some((value, state)), Some(signal)) = (found, Signal::from_key(&signal.key)) else { return "–".to_owned() };
        if state == State::Worse { format!("{} ▲", signal.say(value)) } else { signal.say(value) }
    };
    let row = |date| std::iter::once(day(date)).chain(r.signals.iter().zip(&all).map(|(s, days)| cell(s, days, date))).collect();
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
