//! The shape of a plan file. Doc comments here become the descriptions in the JSON Schema, so they
//! are written for the person who fills the file in.

use super::{
    CalendarSection, DecisionsSection, EscalationPath, HandoverSection, Length, PlannedField, PlannedShift, PlannedStage, PlannedTerm, ReviewSection,
    RunbookSection, SlaSection,
};
use crate::{Channel, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The plan of one hypercare window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The period itself.
    pub window: WindowSection,
    /// What goes live.
    pub change: ChangeSection,
    /// What hypercare covers, and what it does not.
    #[serde(default)]
    pub scope: ScopeSection,
    /// When people are there, and why that is enough.
    #[serde(default)]
    pub coverage: Option<CoverageSection>,
    /// Where customers should go with questions about the change.
    #[serde(default)]
    pub intake: Option<IntakeSection>,
    /// Facts that conversations carry besides what the product reads from them: place, product area.
    #[serde(default)]
    pub fields: Vec<PlannedField>,
    /// What the assistant may do.
    #[serde(default)]
    pub assistant: AssistantSection,
    /// Two or three measurable statements of what "stable" means.
    #[serde(default)]
    pub objectives: Vec<Objective>,
    /// Moments of doubt that the change will cause, in the customer's words.
    #[serde(default)]
    pub scenarios: Vec<Scenario>,
    /// Replies for approval, reused on every channel.
    #[serde(default)]
    pub answers: Vec<PlannedAnswer>,
    /// Words of the change that customers read: what they mean, or that everybody knows them. Texts are checked against it.
    #[serde(default)]
    pub glossary: Vec<PlannedTerm>,
    /// What makes a message urgent, whatever it is about.
    #[serde(default)]
    pub severity_rules: Vec<SeverityRule>,
    /// Where problems go that the first line cannot solve.
    #[serde(default)]
    pub escalations: Vec<EscalationPath>,
    /// How long a question to whoever decides may wait.
    #[serde(default)]
    pub decisions: DecisionsSection,
    /// Working hours, by name.
    #[serde(default)]
    pub calendars: BTreeMap<String, CalendarSection>,
    /// Promises about time: the tier for the window and the normal one.
    #[serde(default)]
    pub sla: SlaSection,
    /// Who decides when.
    #[serde(default)]
    pub shifts: Vec<PlannedShift>,
    /// The daily review, the morning brief and the executive brief.
    #[serde(default)]
    pub review: Option<ReviewSection>,
    /// The steps that take the change live, with the gates between them, and what would take it back.
    #[serde(default)]
    pub runbook: Option<RunbookSection>,
    /// What is measured every day.
    #[serde(default)]
    pub signals: Vec<SignalSection>,
    /// The way back to normal promises, step by step. Without any, each category is a step, the least severe first.
    #[serde(default)]
    pub stages: Vec<PlannedStage>,
    /// When the window may end.
    #[serde(default)]
    pub exit: ExitSection,
    /// What is handed over to normal operations at the end, and how long is watched afterwards.
    #[serde(default)]
    pub handover: HandoverSection,
}

/// The period itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WindowSection {
    /// Stable short name, lower-case letters, digits and dashes: the same key is the same window.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// Time zone of the programme's days, such as Europe/Berlin.
    pub zone: String,
    /// Planned length. It is shown, and warned about under 7 or over 28 days; it never ends a window.
    #[serde(default)]
    pub planned: Option<Length>,
    /// First day of normal life to compare with (YYYY-MM-DD). Default: 56 days before go-live.
    #[serde(default)]
    pub baseline_from: Option<String>,
    /// Days before the change that were not normal life: holidays, incidents (YYYY-MM-DD). They are left out of the baseline.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub baseline_without: Vec<String>,
}

/// Kinds of change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A platform or system migration.
    Migration,
    /// A new product, feature or service.
    #[default]
    Launch,
    /// A policy, price or process changes.
    PolicyPriceProcess,
    /// A vendor or infrastructure switch.
    VendorInfrastructure,
    /// A peak season or another high-risk period.
    HighRiskPeriod,
}

impl ChangeKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Migration, Self::Launch, Self::PolicyPriceProcess, Self::VendorInfrastructure, Self::HighRiskPeriod];
    /// The word in plans, tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Migration => "migration",
            Self::Launch => "launch",
            Self::PolicyPriceProcess => "policy_price_process",
            Self::VendorInfrastructure => "vendor_infrastructure",
            Self::HighRiskPeriod => "high_risk_period",
        }
    }
    /// What people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Migration => "Migration",
            Self::Launch => "Launch",
            Self::PolicyPriceProcess => "Policy, price or process change",
            Self::VendorInfrastructure => "Vendor or infrastructure switch",
            Self::HighRiskPeriod => "High-risk period",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }
}

/// What goes live.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeSection {
    /// Kind of change.
    pub kind: ChangeKind,
    /// What changes, in a sentence or two.
    pub summary: String,
    /// When: a local time in the window's zone (2026-11-17T09:00) or one with an offset (2026-11-17T09:00:00+01:00).
    pub go_live: String,
    /// E-mail addresses of those who answer for the change.
    #[serde(default)]
    pub owners: Vec<String>,
    /// How to go back, and until when that is possible.
    #[serde(default)]
    pub rollback: String,
}

/// What hypercare covers, and what it does not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScopeSection {
    /// New or changed behaviour that hypercare covers.
    #[serde(default, rename = "in")]
    pub inside: Vec<String>,
    /// What it leaves to normal support.
    #[serde(default)]
    pub out: Vec<String>,
    /// Words that show that a message is about the change, even where no scenario fits.
    #[serde(default)]
    pub words: Vec<String>,
    /// Messages that look related but are not, in the customer's words: they teach the difference.
    #[serde(default)]
    pub out_examples: Vec<String>,
}

/// When people are there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CoverageSection {
    /// Name of a calendar of this plan, or `always` for around the clock.
    pub hours: String,
    /// Why this coverage fits the risk.
    #[serde(default)]
    pub reason: String,
    /// Limits of duty, where they are not as usual.
    #[serde(default)]
    pub rest: Option<super::RestSection>,
}

/// Where customers should go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IntakeSection {
    /// Primary channel for questions about the change.
    pub primary: Channel,
    /// What other channels say to point there.
    #[serde(default)]
    pub pointer: String,
}

/// What the assistant may do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssistantSection {
    /// Whether it answers at all. Acknowledgements are sent either way.
    #[serde(default = "yes")]
    pub answers: bool,
    /// Accepted share of wrong ones among its answers, 0.001 to 0.2. Confirmed outcomes of this window keep it: before there are enough
    /// of them it only suggests. Usual: 0.02.
    #[serde(default = "default_wrong_rate")]
    pub wrong_rate: f64,
    /// Answer from this confidence on, 0 to 1, whatever the outcomes say. Nothing is promised then: the risk is the lead's own.
    /// Usual: not set.
    #[serde(default)]
    pub confidence: Option<f64>,
    /// An answered conversation is resolved when the customer has been silent this long.
    #[serde(default = "default_auto_resolve")]
    pub resolve_after: Length,
    /// What every change-related conversation hears at once when the assistant has no answer: what is known so far.
    #[serde(default)]
    pub acknowledgement: String,
}

impl Default for AssistantSection {
    fn default() -> Self {
        Self {
            answers: true,
            wrong_rate: default_wrong_rate(),
            confidence: None,
            resolve_after: default_auto_resolve(),
            acknowledgement: String::new(),
        }
    }
}

fn yes() -> bool {
    true
}
fn default_wrong_rate() -> f64 {
    0.02
}
fn default_auto_resolve() -> Length {
    Length(crate::Span::hours(24))
}

/// A measurable statement of what "stable" means. Exactly one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Objective {
    /// Stable short name.
    pub key: String,
    /// The statement, for people.
    pub name: String,
    /// Key of the signal it is about.
    pub signal: String,
    /// Only conversations of this category, where given.
    #[serde(default)]
    pub category: Option<String>,
    /// What must hold.
    #[serde(flatten)]
    pub rule: ObjectiveRule,
}

/// What must hold for an objective.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum ObjectiveRule {
    /// Back to the baseline within this time after go-live, and stays there for a day.
    ReturnBy {
        /// Time after go-live.
        within: Length,
    },
    /// After this many days, clearly less than in those days.
    DropAfter {
        /// Days after go-live to compare with.
        days: u32,
    },
    /// Never above this value on any day.
    StayBelow {
        /// The limit, in the signal's unit.
        value: f64,
    },
    /// At least this value by this day after go-live.
    Reach {
        /// The value, in the signal's unit.
        value: f64,
        /// Day after go-live, counted from 1.
        day: u32,
    },
    /// At least this share over the last seven days (at most, where less is better): nine of ten promises kept.
    Attain {
        /// The share, 0 to 1.
        share: f64,
    },
}

/// A moment of doubt that the change will cause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Stable short name.
    pub key: String,
    /// In the customer's words: "I am charged more than before".
    pub name: String,
    /// What the customer expected before the change.
    #[serde(default)]
    pub before: String,
    /// What is new.
    #[serde(default)]
    pub now: String,
    /// Why that creates doubt.
    #[serde(default)]
    pub doubt: String,
    /// How customers say it: five or more wordings, as different as people are.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Category: billing, access … Stages return to normal by category.
    #[serde(default)]
    pub category: String,
    /// How much it hurts when nothing else is known.
    #[serde(default)]
    pub severity: Severity,
    /// Key of the answer in this plan.
    #[serde(default)]
    pub answer: Option<String>,
    /// When reassurance is enough and when to escalate.
    #[serde(default)]
    pub playbook: String,
    /// E-mail of who owns it.
    #[serde(default)]
    pub owner: String,
    /// Key of an escalation path of this plan.
    #[serde(default)]
    pub escalation: Option<String>,
    /// Who may confirm "this is expected": e-mail addresses, or `shift-owner`.
    #[serde(default)]
    pub may_confirm: Vec<String>,
    /// Who may approve temporary messaging: e-mail addresses, or `shift-owner`.
    #[serde(default)]
    pub may_approve: Vec<String>,
    /// Who may trigger a rollback or workaround: e-mail addresses, or `shift-owner`.
    #[serde(default)]
    pub may_roll_back: Vec<String>,
}

/// A reply for approval. Its three parts are required before it can be approved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlannedAnswer {
    /// Stable short name.
    pub key: String,
    /// The question it answers, as a title.
    pub title: String,
    /// Is it expected?
    #[serde(default)]
    pub expected: String,
    /// What to do now.
    #[serde(default)]
    pub do_now: String,
    /// When the next update comes.
    #[serde(default)]
    pub next_update: String,
    /// Address of the page that says more.
    #[serde(default)]
    pub source: String,
    /// Other wordings of the question that this answers.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// What makes a message urgent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeverityRule {
    /// The severity to give.
    pub severity: Severity,
    /// Words or phrases, any of which is enough. Case and punctuation do not matter.
    pub any: Vec<String>,
    /// Why, as shown beside the conversation: "access is blocked".
    pub reason: String,
}

/// What is measured every day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignalSection {
    /// One of the product's signals: contacts, first_response, resolution, backlog, escalations, repeat_share, reassurance_share, csat, assistant_share, critical_open, confidence, sla_attainment, reopen_share, adoption, check_in.
    pub key: String,
    /// Whether exit waits for it.
    #[serde(default = "yes")]
    pub required: bool,
    /// Absolute target that stands in where there is no history before the change.
    #[serde(default)]
    pub target: Option<f64>,
}

/// When the window may end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExitSection {
    /// Consecutive stable days needed; five at least.
    #[serde(default = "five")]
    pub stable_days: u32,
    /// How far above the baseline still counts as back to normal: 0.2 is 20 %.
    #[serde(default = "margin")]
    pub margin: f64,
    /// Known events that put the change to the test: the first invoice run, the month's end. The stable days must
    /// include a working day after the last of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stressors: Vec<Stressor>,
}

/// A known event that puts the change to the test.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Stressor {
    /// The day (YYYY-MM-DD).
    pub on: String,
    /// What happens: "the first invoice run".
    pub what: String,
}

impl Default for ExitSection {
    fn default() -> Self {
        Self { stable_days: five(), margin: margin(), stressors: Vec::new() }
    }
}

fn five() -> u32 {
    5
}
fn margin() -> f64 {
    0.20
}

impl Plan {
    /// The scenario of that key.
    pub fn scenario(&self, key: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|s| s.key == key)
    }
    /// The planned answer of that key.
    pub fn answer(&self, key: &str) -> Option<&PlannedAnswer> {
        self.answers.iter().find(|a| a.key == key)
    }
    /// The instant of go-live, once zone and time are right.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the zone or the time.
    pub fn go_live_at(&self) -> Result<crate::Timestamp, String> {
        instant(&self.change.go_live, &self.window.zone)
    }
}

/// A plan's time as an instant: with an offset as written, otherwise local in `zone` (in a spring gap
/// the instant after it, in an autumn fold the first of the two).
///
/// # Errors
/// A sentence that says what is wrong.
pub fn instant(text: &str, zone: &str) -> Result<crate::Timestamp, String> {
    if let Ok(t) = text.parse::<jiff::Timestamp>() {
        return Ok(crate::Timestamp::from_jiff(t));
    }
    let tz = crate::calendar::zone(zone)?;
    let local: jiff::civil::DateTime =
        text.parse().map_err(|_| format!("`{text}` is not a time: write 2026-11-17T09:00, or with an offset 2026-11-17T09:00:00+01:00"))?;
    tz.to_timestamp(local).map(crate::Timestamp::from_jiff).map_err(|_| format!("`{text}` is outside the range of times that can be used"))
}
