//! A window as the API shows it.

use super::{length, objectives};
use crate::App;
use crate::http::ApiResult;
use hypercare_core::answer::{Answer, AnswerState};
use hypercare_core::clock::{Policy, Targets};
use hypercare_core::objectives::{ProgressFigures, ProgressState};
use hypercare_core::plan::{ChangeKind, Plan, PlannedField, Scenario, SlaPolicy};
use hypercare_core::window::{Phase, Transition, Window};
use hypercare_core::{AnswerId, Channel, Severity, Span, Timestamp, WindowId};
use hypercare_store::queries::answers;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// A window in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WindowSummary {
    /// Id.
    pub id: WindowId,
    /// The plan's key.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// Where it stands.
    pub phase: Phase,
    /// Kind of change.
    pub change_kind: ChangeKind,
    /// When the change goes or went live.
    pub go_live_at: Timestamp,
    /// Day of the window, 1 on the day it went live; 0 before.
    pub day: u32,
    /// Planned length in days, begun ones counted.
    pub planned_days: Option<u32>,
    /// When the window was created.
    pub created_at: Timestamp,
}

/// A window with its plan, as far as screens show it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Window)]
#[allow(missing_docs, reason = "named as in the plan, which describes them")]
pub struct WindowView {
    #[serde(flatten)]
    pub head: WindowSummary,
    pub summary: String,
    pub zone: String,
    /// E-mail addresses of those who answer for the change.
    pub owners: Vec<String>,
    pub rollback: String,
    pub scope_in: Vec<String>,
    pub scope_out: Vec<String>,
    /// Facts that conversations carry.
    pub fields: Vec<PlannedField>,
    pub coverage: Option<Coverage>,
    pub intake: Option<Intake>,
    /// How often the plan was applied.
    pub plan_version: u32,
    pub transitions: Vec<Transition>,
    /// Too short or too long, in a sentence.
    pub length_warning: Option<String>,
    /// Steps of the runbook that takes the change live; 0 where the plan has none.
    pub runbook_steps: usize,
    pub scenarios: Vec<ScenarioView>,
    pub objectives: Vec<ObjectiveView>,
    pub escalations: Vec<EscalationView>,
    pub sla: SlaView,
    pub assistant: AssistantView,
}

/// When people are there.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs, reason = "named as in the plan")]
pub struct Coverage {
    pub hours: String,
    pub reason: String,
}

/// Where customers should go.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[allow(missing_docs, reason = "named as in the plan")]
pub struct Intake {
    pub primary: Channel,
    pub pointer: String,
}

/// A moment of doubt, with what is said about it now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Scenario)]
#[allow(missing_docs, reason = "named as in the plan")]
pub struct ScenarioView {
    pub key: String,
    pub name: String,
    pub before: String,
    pub now: String,
    pub doubt: String,
    pub examples: Vec<String>,
    pub category: String,
    pub severity: Severity,
    /// Key of its answer.
    pub answer: Option<String>,
    /// That answer, if it exists.
    pub answer_id: Option<AnswerId>,
    /// Where that answer stands.
    pub answer_state: Option<AnswerState>,
    pub playbook: String,
    pub owner: String,
    pub escalation: Option<String>,
    pub may_confirm: Vec<String>,
    pub may_approve: Vec<String>,
    pub may_roll_back: Vec<String>,
}

/// An objective and where it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Objective)]
pub struct ObjectiveView {
    /// The plan's key.
    pub key: String,
    /// The statement.
    pub name: String,
    /// Key of the signal it is about.
    pub signal: String,
    /// Where it stands.
    pub state: ProgressState,
    /// Why.
    pub sentence: String,
    /// Now, the goal, and where it goes: for a drawing.
    pub figures: ProgressFigures,
    /// Unit of the figures: `times` for ratios, otherwise the signal's.
    pub unit: String,
}

/// Where problems go.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = EscalationPath)]
#[allow(missing_docs, reason = "named as in the plan")]
pub struct EscalationView {
    pub key: String,
    pub name: String,
    pub to: Vec<String>,
    pub asks: Vec<String>,
}

/// Promises about time.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Sla)]
pub struct SlaView {
    /// For conversations about the change.
    pub hypercare: Option<PolicyView>,
    /// For everything else.
    pub normal: Option<PolicyView>,
}

/// One set of promises; spans in seconds.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SlaPolicy)]
pub struct PolicyView {
    /// Calendar of the plan, or `always`.
    pub calendar: String,
    /// Time to acknowledge.
    pub acknowledge: Option<Span>,
    /// Time to the first reply by a person, by severity.
    pub first_response: BTreeMap<Severity, Span>,
    /// Time to each next reply by a person, by severity.
    pub next_response: BTreeMap<Severity, Span>,
    /// Longest silence between two replies by a person, by severity.
    pub update: BTreeMap<Severity, Span>,
    /// Time to resolution, by severity.
    pub resolution: BTreeMap<Severity, Span>,
    /// Time from the first message to the last resolution, by severity.
    pub total_resolution: BTreeMap<Severity, Span>,
    /// What is promised otherwise, by category; complete for each.
    pub categories: BTreeMap<String, CategoryView>,
}

/// Promises of one category; spans in seconds.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SlaCategory)]
pub struct CategoryView {
    /// Time to acknowledge.
    pub acknowledge: Option<Span>,
    /// Time to the first reply by a person, by severity.
    pub first_response: BTreeMap<Severity, Span>,
    /// Time to each next reply by a person, by severity.
    pub next_response: BTreeMap<Severity, Span>,
    /// Longest silence between two replies by a person, by severity.
    pub update: BTreeMap<Severity, Span>,
    /// Time to resolution, by severity.
    pub resolution: BTreeMap<Severity, Span>,
    /// Time from the first message to the last resolution, by severity.
    pub total_resolution: BTreeMap<Severity, Span>,
}

/// What the assistant may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AssistantSettings)]
pub struct AssistantView {
    /// Whether it answers.
    pub answers: bool,
    /// Accepted share of wrong ones among its answers, 0 to 1.
    pub wrong_rate: f64,
    /// The confidence, 0 to 1, from which it answers whatever the outcomes say; null where the outcomes set it.
    pub fixed_confidence: Option<f64>,
    /// Silence after which an answered conversation is settled, in seconds.
    pub resolve_after: Span,
}

impl WindowSummary {
    /// As it stands at `now`.
    pub fn of(w: &Window, now: Timestamp) -> Self {
        Self {
            id: w.id,
            key: w.key.clone(),
            name: w.plan.window.name.clone(),
            phase: w.phase,
            change_kind: w.plan.change.kind,
            go_live_at: w.go_live_at,
            day: w.day(now),
            planned_days: w.plan.window.planned.map(|p| (p.0.as_secs_f64() / 86_400.0).ceil() as u32),
            created_at: w.created_at,
        }
    }
}

/// The whole view: the plan joined with answers, people and the objectives' progress.
///
/// # Errors
/// When the database fails.
pub async fn view(app: &App, w: &Window) -> ApiResult<WindowView> {
    let mut reader = app.reader();
    let answers = answers::of_window(&mut reader, Some(w.id)).await?;
    let progress = objectives::objectives(app, w).await?;
    let (plan, now) = (&w.plan, app.now());
    Ok(WindowView {
        head: WindowSummary::of(w, now),
        summary: plan.change.summary.clone(),
        zone: plan.window.zone.clone(),
        owners: plan.change.owners.clone(),
        rollback: plan.change.rollback.clone(),
        scope_in: plan.scope.inside.clone(),
        scope_out: plan.scope.out.clone(),
        fields: plan.fields.clone(),
        coverage: plan.coverage.as_ref().map(|c| Coverage { hours: c.hours.clone(), reason: c.reason.clone() }),
        intake: plan.intake.as_ref().map(|i| Intake { primary: i.primary, pointer: i.pointer.clone() }),
        plan_version: w.plan_version,
        transitions: w.transitions.clone(),
        length_warning: length::warning(w, now),
        runbook_steps: plan.runbook.as_ref().map_or(0, |r| r.steps.len()),
        scenarios: scenarios(plan, &answers),
        objectives: progress,
        escalations: plan
            .escalations
            .iter()
            .map(|e| EscalationView { key: e.key.clone(), name: e.name.clone(), to: e.to.clone(), asks: e.asks.clone() })
            .collect(),
        sla: SlaView {
            hypercare: plan.sla.hypercare.as_ref().map(|p| policy("hypercare", p, w)),
            normal: plan.sla.normal.as_ref().map(|p| policy("normal", p, w)),
        },
        assistant: AssistantView {
            answers: plan.assistant.answers,
            wrong_rate: plan.assistant.wrong_rate,
            fixed_confidence: plan.assistant.confidence,
            resolve_after: plan.assistant.resolve_after.0,
        },
    })
}

fn scenarios(plan: &Plan, answers: &[Answer]) -> Vec<ScenarioView> {
    let by_key: HashMap<&str, &Answer> = answers.iter().map(|a| (a.key.as_str(), a)).collect();
    let one = |s: &Scenario| {
        let answer = s.answer.as_deref().and_then(|key| by_key.get(key));
        ScenarioView {
            key: s.key.clone(),
            name: s.name.clone(),
            before: s.before.clone(),
            now: s.now.clone(),
            doubt: s.doubt.clone(),
            examples: s.examples.clone(),
            category: s.category.clone(),
            severity: s.severity,
            answer: s.answer.clone(),
            answer_id: answer.map(|a| a.id),
            answer_state: answer.map(|a| a.state),
            playbook: s.playbook.clone(),
            owner: s.owner.clone(),
            escalation: s.escalation.clone(),
            may_confirm: s.may_confirm.clone(),
            may_approve: s.may_approve.clone(),
            may_roll_back: s.may_roll_back.clone(),
        }
    };
    plan.scenarios.iter().map(one).collect()
}

fn policy(name: &str, p: &SlaPolicy, w: &Window) -> PolicyView {
    let ready = Policy::from_plan(name, p, &w.plan, w.plan_version, w.created_at);
    let Targets { acknowledge, first_response, next_response, update, resolution, total_resolution } = ready.targets;
    let categories = ready.categories.into_iter().map(|(name, t)| {
        let Targets { acknowledge, first_response, next_response, update, resolution, total_resolution } = t;
        (name, CategoryView { acknowledge, first_response, next_response, update, resolution, total_resolution })
    });
    let (calendar, categories) = (p.calendar.clone(), categories.collect());
    PolicyView { calendar, acknowledge, first_response, next_response, update, resolution, total_resolution, categories }
}
