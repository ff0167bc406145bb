//! What a report says, before it is HTML, Markdown or JSON: real figures only, the same as on screens.

pub use super::knowledge::Knowledge;
use crate::check_ins::CheckInFigures;
use crate::signals::exit::ObjectiveProgress;
use crate::signals::list::SignalView;
use crate::updates::effect::UpdateEffect;
use hypercare_core::answer::AnswerState;
use hypercare_core::clock::ClockKind;
use hypercare_core::decision::{DecisionKind, Ruling};
use hypercare_core::exit::Stability;
use hypercare_core::issue::IssueState;
use hypercare_core::lessons::{Adjustment, After, ExcessLine, WaitGroup};
use hypercare_core::plan::ChangeKind;
use hypercare_core::signals::Day;
use hypercare_core::window::{Phase, Transition};
use hypercare_core::{IssueId, Severity, Span, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// The lessons of one window.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Report {
    /// When it was written.
    pub written_at: Timestamp,
    /// What it is about.
    pub headline: Headline,
    /// The outcome in three sentences.
    pub outcome: Vec<String>,
    /// Every step of the window: who, when, why, and the gaps they accepted.
    pub phases: Vec<Transition>,
    /// The plan's objectives.
    pub objectives: Vec<ObjectiveProgress>,
    /// What caused work.
    pub volume: Volume,
    /// What caused more work than usual.
    pub excess: Excesses,
    /// Where decisions stalled.
    pub decisions: Decisions,
    /// Answers that were used, best first.
    pub answers: Vec<AnswerLine>,
    /// Promises about time.
    pub promises: Vec<PromiseLine>,
    /// Contacts before and after each update, by topic, in the order in which they were published.
    pub updates: Vec<UpdateEffect>,
    /// How check-ins went, oldest first.
    pub check_ins: Vec<CheckInLine>,
    /// What people carried, by name.
    pub people: Vec<PersonLoad>,
    /// What became knowledge.
    pub knowledge: Knowledge,
    /// Every signal that the plan names or that was measured: as on the signals screen.
    pub signals: Vec<SignalView>,
    /// Moments that are marked in the charts, by their numbers there.
    pub moments: Vec<Moment>,
    /// Every day since go-live: stable or not, why, and the count after it.
    pub streak: Vec<StreakDay>,
    /// How it ended.
    pub exit: Exit,
    /// What to change next time, derived from the rest.
    pub next_time: Vec<Lesson>,
}

/// What a report is about.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Headline {
    /// The window's key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub phase: Phase,
    /// Kind of change.
    pub change_kind: ChangeKind,
    /// What changed.
    pub summary: String,
    /// Who answers for it.
    pub owners: Vec<String>,
    /// Zone of all days and times.
    pub zone: String,
    /// When the change went or goes live.
    pub go_live_at: Timestamp,
    /// When the window was closed.
    pub closed_at: Option<Timestamp>,
    /// Until when the figures go: now, or when it was closed.
    pub until: Timestamp,
    /// Days so far, that of go-live included; 0 before.
    pub day: u32,
    /// Days planned.
    pub planned: Option<String>,
}

/// What caused work.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Volume {
    /// Conversations of the whole desk since the day of go-live.
    pub desk: i64,
    /// Conversations about the change.
    pub window: i64,
    /// Of these, answered by the assistant without a person.
    pub answered: i64,
    /// By scenario, most first.
    pub scenarios: Vec<ScenarioLine>,
    /// By issue, most first.
    pub issues: Vec<IssueLine>,
}

/// Volume of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ScenarioLine {
    /// Its key; empty for conversations that fit none.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Conversations.
    pub conversations: i64,
    /// Different customers.
    pub customers: i64,
    /// Answered by the assistant without a person.
    pub answered: i64,
    /// Part of all conversations about the change, 0 to 1.
    pub share: f64,
}

/// What caused more work than usual, the largest excess first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Excesses {
    /// Complete days since go-live: those that are counted by category.
    pub days: usize,
    /// The whole desk on these days.
    pub desk: Option<ExcessLine>,
    /// What was usual is known of one category at least.
    pub known: bool,
    /// By category, against the days before the change.
    pub categories: Vec<ExcessLine>,
    /// By scenario: about the change nobody could ask before it, so no expectation is known.
    pub scenarios: Vec<ExcessLine>,
    /// By issue, likewise; the key is its id.
    pub issues: Vec<ExcessLine>,
}

/// What one person carried. In the order of names: it is no ranking.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PersonLoad {
    /// Name, or the address where nobody signs in with it.
    pub name: String,
    /// Time on duty in seconds.
    pub duty: Span,
    /// Stretches of duty.
    pub shifts: usize,
    /// Nights on duty.
    pub nights: usize,
    /// Conversations in which they replied.
    pub conversations: i64,
    /// Replies to customers, those to all not counted.
    pub replies: i64,
    /// Escalations and handovers that called them.
    pub alerts: usize,
    /// Of these outside their duty.
    pub alerts_in_rest: usize,
    /// Recovery days that they have earned.
    pub recovery: u32,
    /// What was too much, in sentences.
    pub too_much: Vec<String>,
}

/// A moment that charts mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportMoment)]
pub struct Moment {
    /// Its number in the charts; those of one day share it.
    pub number: usize,
    /// Which day.
    #[schema(value_type = String, format = Date)]
    pub day: Day,
    /// What happened.
    pub label: String,
}

/// What sort of lesson it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LessonKind)]
pub enum LessonKind {
    /// Something was missing at go-live and accepted.
    Gap,
    /// A scenario had no approved answer at go-live.
    AnswerMissing,
    /// A scenario needed people often.
    NeededPeople,
    /// Something was not foreseen.
    Unforeseen,
    /// A decision waited long.
    Stalled,
    /// Somebody else decided than the plan says.
    Owner,
    /// An escalation went another way than the plan says.
    Escalation,
    /// A promise was not kept.
    Promise,
}

/// One thing to change next time.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Lesson {
    /// What sort.
    pub kind: LessonKind,
    /// What it is about: a scenario, an issue, a question.
    pub subject: String,
    /// What to do, in a sentence.
    pub suggestion: String,
    /// The figures that say so.
    pub evidence: Vec<Evidence>,
    /// What `hypercare plan new --from` changes because of it; null where a person has to.
    pub change: Option<Adjustment>,
}

/// One figure behind a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Evidence {
    /// What was counted.
    pub name: String,
    /// The figure as it is shown.
    pub value: String,
}

/// An issue and how far it reached.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportIssue)]
pub struct IssueLine {
    /// Its id.
    pub id: IssueId,
    /// Its name.
    pub title: String,
    /// Where work stands.
    pub state: IssueState,
    /// How much it hurts.
    pub severity: Severity,
    /// Linked conversations.
    pub conversations: i64,
    /// Different customers.
    pub customers: i64,
    /// Why it happened; empty if nobody wrote it down.
    pub root_cause: String,
    /// The plan had a scenario for it.
    pub foreseen: bool,
}

/// Where decisions stalled.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Decisions {
    /// How many were taken.
    pub decided: usize,
    /// How many still wait.
    pub open: usize,
    /// Median time from question to ruling, in seconds; open ones count with their time so far.
    pub median: Option<Span>,
    /// Longest wait in seconds; of an open one so far, so at least this.
    pub longest: Option<Span>,
    /// By kind, the longest wait first.
    pub by_kind: Vec<WaitGroup>,
    /// By who ruled; those that nobody ruled are a group of their own.
    pub by_owner: Vec<WaitGroup>,
    /// By scenario.
    pub by_scenario: Vec<WaitGroup>,
    /// Each, the longest wait first.
    pub all: Vec<DecisionLine>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportDecision)]
pub struct DecisionLine {
    /// What was asked.
    pub question: String,
    /// What kind of question.
    pub kind: DecisionKind,
    /// Key of the scenario it is about.
    pub scenario: Option<String>,
    /// When it should have been ruled.
    pub due_at: Option<Timestamp>,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked_at: Timestamp,
    /// Seconds until the ruling, or until now.
    pub waited: Span,
    /// The ruling; none while it waits.
    pub ruling: Option<Ruling>,
    /// Who ruled.
    pub decided_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// How an answer did. An association: nobody drew lots who got which answer.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportAnswer)]
pub struct AnswerLine {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: AnswerState,
    /// How often it was said.
    pub uses: i64,
    /// Of these by the assistant.
    pub by_assistant: i64,
    /// The customer said it helped.
    pub helpful: i64,
    /// The customer said it did not.
    pub not_helpful: i64,
    /// The customer wrote again within a day.
    pub follow_ups: i64,
    /// Said at least a day ago, so that it is known whether the customer wrote again within it.
    pub measured: i64,
    /// Of these without a follow-up, 0 to 1, and the ends of the 95 % interval; null where nothing is measured.
    pub without: Option<Interval>,
    /// When it was approved last.
    pub approved_at: Option<Timestamp>,
    /// The scenario's conversations before and after that; null where no scenario has this answer or it was never approved.
    pub association: Option<After>,
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ShareInterval)]
pub struct Interval {
    /// The share, 0 to 1.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Promises of one kind under one policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PromiseLine {
    /// What was promised.
    pub kind: ClockKind,
    /// Under which policy.
    pub policy: String,
    /// How many were made.
    pub made: u64,
    /// Kept.
    pub kept: u64,
    /// Broken, because time ran out.
    pub broken: u64,
    /// Late at the moment of a change or a reopening, which is not counted as broken.
    pub late_on_change: u64,
    /// Still to be kept.
    pub running: u64,
    /// No longer owed, because the matter was settled otherwise.
    pub withdrawn: u64,
}

/// One check-in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CheckInLine {
    /// What was asked.
    pub question: String,
    /// When it was started.
    pub started_at: Timestamp,
    /// How it went.
    pub figures: CheckInFigures,
}

/// One day since go-live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StreakDay {
    /// Which day.
    #[schema(value_type = String, format = Date)]
    pub date: Day,
    /// Whether it counts.
    pub stable: Stability,
    /// Stable days in a row after it.
    pub count: u32,
    /// Why, one sentence for each finding.
    pub reasons: Vec<String>,
}

/// How the window ended, or what is missing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReportExit)]
pub struct Exit {
    /// Every criterion was met.
    pub ready: bool,
    /// The verdict in one sentence.
    pub sentence: String,
    /// Stable days in a row.
    pub streak: u32,
    /// How many are needed.
    pub needed: u32,
    /// The closing step: who signed, when and why.
    pub signed: Option<Transition>,
}
