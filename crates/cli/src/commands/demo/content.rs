//! The invented customers' words, and the plan with its dates moved to where the demo needs them.

use anyhow::{Context, Result};
use hypercare_core::Channel;
use hypercare_core::plan::{Plan, PlannedShift};
use hypercare_core::update::{Impact, MatterState};
use hypercare_server::sure::NewLabel;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

const PLAN: &str = include_str!("../../../../../demo/plan.toml");
const MESSAGES: &str = include_str!("../../../../../demo/messages.jsonl");
const EVERYDAY: &str = include_str!("../../../../../demo/everyday.jsonl");
const LABELLED: &str = include_str!("../../../../../demo/labelled.jsonl");
const REPLIES: &str = include_str!("../../../../../demo/replies.jsonl");
const ISSUES: &str = include_str!("../../../../../demo/issues.jsonl");
const DECISIONS: &str = include_str!("../../../../../demo/decisions.jsonl");
const CHECK_INS: &str = include_str!("../../../../../demo/check_ins.jsonl");
const UPDATES: &str = include_str!("../../../../../demo/updates.jsonl");
const REVIEWS: &str = include_str!("../../../../../demo/reviews.jsonl");
const CUTOVER: &str = include_str!("../../../../../demo/cutover.jsonl");

/// What a customer writes.
#[derive(Clone, Debug, Deserialize)]
pub struct Message {
    /// Id in the file.
    pub id: String,
    /// Where.
    pub channel: Channel,
    /// Who.
    pub contact: String,
    /// Their address.
    pub email: String,
    /// What.
    pub text: String,
    /// The scenario its writer had in mind; only chooses who answers how.
    pub scenario: Option<String>,
    /// What kind of message.
    pub kind: String,
    /// Day of the window, counted from 1.
    pub day: i32,
    /// The message it follows, of the same customer.
    #[serde(default)]
    pub follows: Option<String>,
}

/// What a person answers.
#[derive(Clone, Debug, Deserialize)]
pub struct Reply {
    /// Kind of message or scenario it fits.
    #[serde(rename = "for")]
    pub fits: String,
    /// The text.
    pub text: String,
}

/// What all customers are told.
#[derive(Clone, Debug, Deserialize)]
pub struct Said {
    /// Which matter it belongs to.
    pub matter: String,
    /// Day of the window, counted from 1.
    pub day: i32,
    /// Hour of that day.
    pub hour: i8,
    /// Minute.
    pub minute: i8,
    /// It is approved and published; otherwise it stays a draft.
    pub publish: bool,
    /// Day and hour of the promised next one.
    pub promises: Option<(i32, i8)>,
    /// Title.
    pub title: String,
    /// The first answer.
    pub happening: String,
    /// The second.
    pub meaning: String,
    /// The third.
    pub doing: String,
    /// What is not known yet.
    pub unknown: Option<String>,
    /// How far the matter is.
    pub state: MatterState,
    /// How much it hurts.
    pub impact: Impact,
    /// Scenarios it is about.
    pub topics: Vec<String>,
}

/// What the team finds out about a scenario's issue.
#[derive(Clone, Debug, Deserialize)]
pub struct Finding {
    /// Which scenario.
    pub scenario: String,
    /// Why it happens.
    pub root_cause: String,
    /// Day on which there is a way round.
    pub workaround_day: i32,
    /// Day on which it is fixed and watched.
    pub monitoring_day: i32,
    /// Day on which it is over.
    pub resolved_day: i32,
    /// Day and hour of a reply to all, if there is one.
    #[serde(default)]
    pub reply_to_all: Option<(i32, i32)>,
}

/// What the owner is asked.
#[derive(Clone, Debug, Deserialize)]
pub struct Question {
    /// Day of the window.
    pub day: i32,
    /// Local hour.
    pub hour: i32,
    /// What kind.
    pub kind: hypercare_core::decision::DecisionKind,
    /// The question.
    pub question: String,
    /// About which scenario.
    pub scenario: Option<String>,
    /// Ruling, reason and minutes waited; none: still waiting.
    pub ruling: Option<(hypercare_core::decision::Ruling, String, i64)>,
}

/// One thing that somebody did in a cutover, or in the rehearsal of it.
#[derive(Clone, Debug, Deserialize)]
pub struct RunStep {
    /// Day of the window; 0 is the day before.
    pub day: i32,
    /// Local time.
    pub at: jiff::civil::Time,
    /// Who, as an address.
    pub by: String,
    /// What.
    pub does: Doing,
    /// What shows it, or why.
    #[serde(default)]
    pub text: String,
}

/// What somebody does in a cutover; steps are named by their keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Begins it: `rehearsal` or `live`.
    Begin(String),
    /// Begins a step.
    Start(String),
    /// It is done.
    Done(String),
    /// It did not work.
    Fail(String),
    /// It is left out.
    Skip(String),
    /// A gate is ruled go.
    Go(String),
    /// The point of no return is passed.
    Pass(String),
    /// Monitoring sends the share of payments that fail.
    Figure(f64),
    /// All is done.
    Finish(serde::de::IgnoredAny),
}

/// What some customers are asked, and how they answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Inquiry {
    /// Day of the window.
    pub day: i32,
    /// Local hour.
    pub hour: i8,
    /// And minute.
    pub minute: i8,
    /// The question.
    pub question: String,
    /// What stands before it.
    pub intro: String,
    /// Scenarios that it is about.
    pub topics: Vec<String>,
    /// Scenarios that those who are asked wrote about; none for all whom the assistant answered.
    pub about: Vec<String>,
    /// Customers asked in an hour.
    pub per_hour: u32,
    /// Day, hour and minute at which those who were asked until then answer.
    pub answers: Vec<(i32, i8, i8)>,
    /// Comments with each face.
    pub good: Vec<String>,
    /// The same.
    pub unsure: Vec<String>,
    /// The same.
    pub bad: Vec<String>,
}

/// Everything that was written for the demo.
#[derive(Clone, Debug)]
pub struct Content {
    /// About the change.
    pub messages: Vec<Message>,
    /// Of normal life.
    pub everyday: Vec<Message>,
    /// What the lead labelled before launch.
    pub labelled: Vec<NewLabel>,
    /// People's replies.
    pub replies: Vec<Reply>,
    /// What the team finds out.
    pub findings: Vec<Finding>,
    /// What the owners are asked.
    pub questions: Vec<Question>,
    /// What all customers are told.
    pub updates: Vec<Said>,
    /// What is said in daily reviews.
    pub reviews: Vec<super::daily::Talk>,
    /// How the cutover was rehearsed and run.
    pub cutover: Vec<RunStep>,
    /// What some customers are asked.
    pub check_ins: Vec<Inquiry>,
}

impl Content {
    /// Reads what is inside the binary, with its dates moved along with go-live.
    ///
    /// # Errors
    /// When a line is not well-formed: a mistake in the demo's files.
    pub fn read(go_live: Date) -> Result<Self> {
        Ok(Self {
            messages: lines("messages.jsonl", &moved(MESSAGES, go_live))?,
            everyday: lines("everyday.jsonl", EVERYDAY)?,
            labelled: lines("labelled.jsonl", &moved(LABELLED, go_live))?,
            replies: lines("replies.jsonl", &moved(REPLIES, go_live))?,
            findings: lines("issues.jsonl", &moved(ISSUES, go_live))?,
            questions: lines("decisions.jsonl", &moved(DECISIONS, go_live))?,
            updates: lines("updates.jsonl", &moved(UPDATES, go_live))?,
            reviews: lines("reviews.jsonl", &moved(REVIEWS, go_live))?,
            cutover: lines("cutover.jsonl", CUTOVER)?,
            check_ins: lines("check_ins.jsonl", &moved(CHECK_INS, go_live))?,
        })
    }
}

/// The go-live that the demo's texts were written for.
const WRITTEN_FOR: Date = jiff::civil::date(2026, 11, 17);
const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The same text with every date such as "24 November" as far from go-live as it was written.
pub(super) fn moved(text: &str, go_live: Date) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match date_at(rest, digits, go_live) {
            Some((date, length)) => {
                out.push_str(&date);
                rest = &rest[length..];
            }
            None => {
                out.push_str(&rest[..digits]);
                rest = &rest[digits..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A day and a month by name at the beginning of the text, with the year where it is given, moved; and how long it was.
fn date_at(text: &str, digits: usize, go_live: Date) -> Option<(String, usize)> {
    let day: i8 = text[..digits].parse().ok()?;
    let after = text[digits..].strip_prefix(' ')?;
    let month = MONTHS.iter().position(|name| after.starts_with(name))?;
    let number = i8::try_from(month + 1).ok()?;
    let length = digits + 1 + MONTHS[month].len();
    // The story spans the turn of the year: autumn belongs to the year of go-live, spring to the next.
    let spanned = if number >= 7 { WRITTEN_FOR.year() } else { WRITTEN_FOR.year() + 1 };
    let named = year_at(&text[length..]);
    let written = Date::new(named.unwrap_or(spanned), number, day).ok()?;
    let moved = go_live.checked_add(WRITTEN_FOR.until(written).ok()?).ok()?;
    let name = MONTHS.get(usize::try_from(moved.month() - 1).ok()?)?;
    Some(match named {
        Some(_) => (format!("{} {name} {}", moved.day(), moved.year()), length + " 2026".len()),
        None => (format!("{} {name}", moved.day()), length),
    })
}

/// A year of four digits after a space at the beginning of the text.
fn year_at(text: &str) -> Option<i16> {
    let rest = text.strip_prefix(' ')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok().filter(|_| digits == 4)
}

fn lines<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| serde_json::from_str(line).with_context(|| format!("demo/{file}, line {}", n + 1))).collect()
}

/// The plan as text, for a go-live at 09:00 on `go_live`, with its shifts around the clock.
///
/// # Errors
/// When the plan in the binary has errors: a mistake in the demo's files.
pub fn plan(go_live: Date, baseline_from: Date) -> Result<String> {
    let report = hypercare_core::plan::check(&moved(PLAN, go_live));
    let mut plan: Plan = report.plan.context("demo/plan.toml has errors")?;
    plan.change.go_live = format!("{go_live}T09:00");
    plan.window.baseline_from = Some(baseline_from.to_string());
    plan.shifts = shifts(go_live)?;
    Ok(hypercare_core::plan::export(&plan))
}

/// Five owners, eight hours at a time, for five weeks. Each has a morning, an evening and a night on three days in a row and
/// then two days off: the least that covers all hours and leaves everybody the rest that the plan check asks for.
fn shifts(go_live: Date) -> Result<Vec<PlannedShift>> {
    const OWNERS: [&str; 5] = [
        "jonas.weber@nordlicht.example",
        "priya.nair@nordlicht.example",
        "tomas.silva@nordlicht.example",
        "ingrid.dahl@nordlicht.example",
        "omar.haddad@nordlicht.example",
    ];
    let mut shifts = Vec::new();
    for day in 0..35_i32 {
        let date = go_live.checked_add(day.days())?;
        for (turn, (from, to)) in [("06:00", "14:00"), ("14:00", "22:00"), ("22:00", "06:00")].into_iter().enumerate() {
            let ends = if turn == 2 { date.tomorrow()? } else { date };
            // Who had the morning yesterday has the evening today and the night tomorrow.
            let owner = (usize::try_from(day)? + OWNERS.len() - turn) % OWNERS.len();
            shifts.push(PlannedShift { owner: OWNERS[owner].into(), from: format!("{date}T{from}"), to: format!("{ends}T{to}") });
        }
    }
    Ok(shifts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_texts_move_with_go_live() {
        #[track_caller]
        fn check(text: &str, go_live: Date, expected: &str) {
            assert_eq!(moved(text, go_live), expected);
        }
        let later = jiff::civil::date(2027, 3, 1);
        check("since 17 November, 300 GB, by 15 January!", WRITTEN_FOR, "since 17 November, 300 GB, by 15 January!");
        check("since 17 November, 300 GB, by 15 January!", later, "since 1 March, 300 GB, by 29 April!");
        check("until 31 December 2026", jiff::civil::date(2026, 11, 18), "until 1 January 2027");
        check("in the 17 November 20262 lots; 17 November 300 GB", later, "in the 1 March 20262 lots; 1 March 300 GB");
        check("€ 29,00 on the 5th; 31 February", later, "€ 29,00 on the 5th; 31 February");
        check("", later, "");
    }

    #[test]
    fn the_plan_has_no_errors_wherever_it_is_moved() {
        for days in [0, 1, 40, 200, 365] {
            let go_live = WRITTEN_FOR.checked_add(days.days()).unwrap();
            let text = plan(go_live, go_live.checked_sub(28.days()).unwrap()).unwrap();
            let report = hypercare_core::plan::check(&text);
            assert_eq!(report.problems.len(), 0, "{}", hypercare_core::plan::render(&text, "plan.toml", &report));
        }
    }
}
