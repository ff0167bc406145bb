//! An answer as the API shows it: what may be said, and how it does.

use super::rating::{AnswerRating, Usual};
use crate::App;
use crate::http::ApiResult;
use hypercare_core::answer::{Answer, AnswerState, AnswerText, AnswerVersion};
use hypercare_core::issue::Issue;
use hypercare_core::window::Window;
use hypercare_core::{AnswerId, IssueId, Timestamp, WindowId};
use hypercare_store::queries::answers::{self, Performance, VersionUse};
use hypercare_store::queries::issues;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// An answer with its performance.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct AnswerView {
    /// Id.
    pub id: AnswerId,
    /// The window it was made for.
    pub window: WindowId,
    /// Stable short name.
    pub key: String,
    /// Where it stands.
    pub state: AnswerState,
    /// The version that may be said.
    pub live: Option<u32>,
    /// Title of the text below.
    pub title: String,
    /// The live text; the newest, where none is live.
    pub text: AnswerText,
    /// The newest version.
    pub newest_version: u32,
    /// What the newest version lacks before it can be approved.
    pub missing: Vec<MissingPart>,
    /// How often it was said.
    pub uses: i64,
    /// Of these by the assistant.
    pub uses_assistant: i64,
    /// Of these by people, replies to all included.
    pub uses_people: i64,
    /// Customers said that it helped.
    pub helpful: i64,
    /// Customers said that it did not.
    pub not_helpful: i64,
    /// How often the customer wrote again within a day.
    pub follow_ups_day: i64,
    /// What became of it, as far as it is known.
    pub rating: AnswerRating,
    /// Scenarios of the plan that name it.
    pub scenarios: Vec<String>,
    /// Issues that it answers.
    pub issues: Vec<IssueId>,
    /// When it was last said.
    pub last_used: Option<Timestamp>,
}

/// A part that is required before approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MissingPart {
    /// Which field.
    pub field: String,
    /// What to do.
    pub ask: String,
}

/// An answer with all its versions.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AnswerDetail)]
pub struct AnswerDetail {
    /// The answer.
    #[serde(flatten)]
    pub answer: AnswerView,
    /// All versions, oldest first.
    pub versions: Vec<AnswerVersion>,
}

/// Views of answers of one window, or of several.
///
/// # Errors
/// When the database fails.
pub async fn views(app: &App, list: Vec<Answer>) -> ApiResult<Vec<AnswerView>> {
    let mut reader = app.reader();
    let mut windows: Vec<WindowId> = list.iter().map(|a| a.window).collect();
    windows.sort_unstable();
    windows.dedup();
    let mut around = HashMap::new();
    for id in windows {
        let used = answers::performance(&mut reader, Some(id), app.now()).await?;
        let plan = hypercare_store::load::<Window>(&mut reader, id.0).await?.map(|w| w.plan).unwrap_or_default();
        let issues = issues::of_window(&mut reader, id).await?;
        let usual = Usual::of(&used);
        let used: HashMap<i64, Performance> = used.into_iter().map(|p| (p.all.answer_id, p)).collect();
        around.insert(id, (used, usual, plan, issues));
    }
    Ok(list
        .iter()
        .filter_map(|a| {
            let (used, usual, plan, issues) = around.get(&a.window)?;
            let scenarios = plan.scenarios.iter().filter(|s| s.answer.as_deref() == Some(&a.key)).map(|s| s.key.clone()).collect();
            Some(view(a, used.get(&a.id.0), usual, scenarios, issues))
        })
        .collect())
}

fn view(a: &Answer, used: Option<&Performance>, usual: &Usual, scenarios: Vec<String>, issues: &[Issue]) -> AnswerView {
    let shown = a.live().or_else(|| a.newest()).map(|v| v.text.clone()).unwrap_or_default();
    let missing = a.newest().map(|v| v.text.missing()).unwrap_or_default();
    let count = |of: fn(&VersionUse) -> i64| used.map_or(0, |p| of(&p.all));
    AnswerView {
        id: a.id,
        window: a.window,
        key: a.key.clone(),
        state: a.state,
        live: a.live,
        title: shown.title.clone(),
        text: shown,
        newest_version: a.newest().map_or(0, |v| v.version),
        missing: missing.into_iter().map(|(field, ask)| MissingPart { field: field.into(), ask: ask.into() }).collect(),
        uses: count(|p| p.uses),
        uses_assistant: count(|p| p.by_assistant),
        uses_people: count(|p| p.uses - p.by_assistant),
        helpful: count(|p| p.helpful),
        not_helpful: count(|p| p.not_helpful),
        follow_ups_day: count(|p| p.follow_ups),
        rating: AnswerRating::of(used, a.live, usual),
        scenarios,
        issues: issues.iter().filter(|i| i.answer == Some(a.id)).map(|i| i.id).collect(),
        last_used: used.map(|p| Timestamp(p.all.last_used)),
    }
}

/// One answer with its versions.
///
/// # Errors
/// When the database fails.
pub async fn detail(app: &App, a: Answer) -> ApiResult<AnswerDetail> {
    let versions = a.versions.clone();
    let view = views(app, vec![a]).await?.pop().ok_or_else(crate::http::Problem::internal)?;
    Ok(AnswerDetail { answer: view, versions })
}
