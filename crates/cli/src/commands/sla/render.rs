//! Timelines for people: local times of the clock's own calendar.

use hypercare_core::calendar::zone;
use hypercare_core::conversation::timeline::{ClockState, ClockTimeline, Segment, SegmentState};
use hypercare_core::{Span, Timestamp};
use std::fmt::Write;

/// All clocks, one after the other.
pub(super) fn timelines(clocks: &[ClockTimeline], at: Timestamp) -> String {
    if clocks.is_empty() {
        return "Nothing is promised for this conversation.\n".into();
    }
    let mut text = String::new();
    for clock in clocks {
        // Writing to a string does not fail.
        let _ = one(&mut text, clock, at);
    }
    text
}

fn one(text: &mut String, c: &ClockTimeline, at: Timestamp) -> std::fmt::Result {
    let local = |t: Timestamp| shown(t, &c.zone);
    let cycle = if c.cycle > 1 { format!(" #{}", c.cycle) } else { String::new() };
    let category = c.category.as_ref().map(|c| format!(", category {c}")).unwrap_or_default();
    writeln!(
        text,
        "{}{cycle}: {} promised by {} (version {}) for severity {}{category}; times in {}",
        c.kind.name(),
        span(c.target_s),
        c.policy,
        c.policy_version,
        c.severity.word(),
        c.zone
    )?;
    if c.carried_s > 0.0 {
        writeln!(text, "  {:<19}   {:<19}   used before        {:>12}", "", local(c.started_at), span(c.carried_s))?;
    }
    let mut used = c.carried_s;
    for s in &c.segments {
        used += s.counted_s;
        segment(text, s, used, &local)?;
    }
    for warning in &c.warned {
        writeln!(text, "  {:<19}   {} % used", local(warning.at), warning.percent)?;
    }
    if let Some(due) = c.manual_due_at {
        writeln!(text, "  due time set by a person: {}", local(due))?;
    }
    let left = if c.remaining_s < 0.0 { format!("{} over", span(-c.remaining_s)) } else { format!("{} left", span(c.remaining_s)) };
    writeln!(text, "  used {} of {} ({} %), {left}", span(c.elapsed_s), span(c.target_s), c.percent)?;
    if let Some(breached) = c.breached_at {
        let why = if c.late_on_change { ", because of a change and not because time ran out" } else { "" };
        writeln!(text, "  LATE since {}{why}", local(breached))?;
    }
    match c.state {
        ClockState::Met => {
            let deadline = c.deadline_at.map(|due| format!(", due {}", local(due))).unwrap_or_default();
            let verdict = if c.breached_at.is_some() { "done late" } else { "kept" };
            writeln!(text, "  {verdict} at {}{deadline}", c.met_at.map(local).unwrap_or_default())?;
        }
        ClockState::Cancelled => writeln!(text, "  not owed any more since {}", c.cancelled_at.map(local).unwrap_or_default())?,
        ClockState::Paused => writeln!(text, "  stands still, so nothing is due")?,
        ClockState::Running => match (c.due_at, c.late_at) {
            (Some(due), late) => {
                let night = late.filter(|late| *late - due > Span(1)).map(|late| format!(" (an answer before {} still keeps it)", local(late)));
                writeln!(text, "  {} {}{}", if due < at { "was due" } else { "due" }, local(due), night.unwrap_or_default())?;
            }
            (None, _) => writeln!(text, "  has no due time, as its calendar does not open again")?,
        },
    }
    writeln!(text)
}

fn segment(text: &mut String, s: &Segment, used: f64, local: &impl Fn(Timestamp) -> String) -> std::fmt::Result {
    let word = match s.state {
        SegmentState::Running => "running",
        SegmentState::Closed => "closed ",
        SegmentState::Paused => "paused ",
    };
    let counted = if s.counted_s > 0.0 { format!("+{}", span(s.counted_s)) } else { String::new() };
    writeln!(text, "  {} – {}   {word} {counted:>12}   used {:<12} {}", local(s.from), local(s.to), span(used), s.why)
}

fn shown(at: Timestamp, name: &str) -> String {
    // The zone comes from a calendar that was compiled, so it is known.
    zone(name).map_or_else(|_| at.to_string(), |tz| tz.to_datetime(at.to_jiff()).strftime("%a %Y-%m-%d %H:%M:%S").to_string())
}

fn span(seconds: f64) -> String {
    let whole = Span::secs(seconds.round() as i64);
    hypercare_core::plan::Length(whole).to_string()
}
