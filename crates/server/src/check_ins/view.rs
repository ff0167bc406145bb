//! A check-in as the API shows it to the team.

use crate::App;
use crate::http::{ApiResult, Caller, Problem};
use crate::windows::{owner, rights};
use hypercare_core::check_in::{CheckIn, Content, State};
use hypercare_core::rating::Share;
use hypercare_core::update::may_approve;
use hypercare_core::window::Window;
use hypercare_core::{CheckInId, Timestamp, WindowId};
use hypercare_store::queries::check_ins::asked::{self, Counts};
use serde::Serialize;
use utoipa::ToSchema;

/// A short question to chosen customers, and how they answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CheckIn)]
pub struct CheckInView {
    /// Id.
    pub id: CheckInId,
    /// Of which window.
    pub window: WindowId,
    /// What it asks, and whom.
    pub content: Content,
    /// Counts the edits: name it when you edit, approve or start.
    pub revision: u32,
    /// Who wrote it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// Approval was asked for.
    pub asked_approval: bool,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// Who started it.
    pub started_by: Option<String>,
    /// When.
    pub started_at: Option<Timestamp>,
    /// When everybody had been asked.
    pub finished_at: Option<Timestamp>,
    /// Whom the plan lets approve now: names, or addresses of people who never signed in. Leads may always.
    pub may_approve: Vec<String>,
    /// Whether you may.
    pub you_may_approve: bool,
    /// How it goes.
    pub figures: CheckInFigures,
}

/// How a check-in goes. Each figure is the length of its list: `GET /check-ins/{id}/asked?which=…`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct CheckInFigures {
    /// Customers who were asked, without those whom it did not reach.
    pub asked: i64,
    /// Customers who were passed over.
    pub skipped: i64,
    /// Customers whom it did not reach.
    pub failed: i64,
    /// Customers who answered, with a face or in words.
    pub answered: i64,
    /// Of these, good.
    pub good: i64,
    /// Not sure.
    pub unsure: i64,
    /// Not good.
    pub bad: i64,
    /// Answers that became conversations.
    pub conversations: i64,
    /// Good ones among answers with a face, 0 to 1; none without any.
    pub good_share: Option<f64>,
    /// Lower end of its 95 % interval (Wilson, 1927). It is about those who answered: who did not may think otherwise.
    pub good_low: Option<f64>,
    /// Upper end.
    pub good_high: Option<f64>,
}

impl From<Counts> for CheckInFigures {
    fn from(c: Counts) -> Self {
        let share = Share::of(c.good, c.good + c.unsure + c.bad);
        let some = (share.whole > 0).then(|| (share.share(), share.interval()));
        Self {
            asked: c.asked,
            skipped: c.skipped,
            failed: c.failed,
            answered: c.answered,
            good: c.good,
            unsure: c.unsure,
            bad: c.bad,
            conversations: c.conversations,
            good_share: some.map(|(share, _)| share),
            good_low: some.map(|(_, (low, _))| low),
            good_high: some.map(|(_, (_, high))| high),
        }
    }
}

/// The view of one, as this caller sees it.
///
/// # Errors
/// When the database fails.
pub(super) async fn one(app: &App, caller: &Caller, it: CheckIn) -> ApiResult<CheckInView> {
    views(app, caller, vec![it]).await?.pop().ok_or_else(Problem::internal)
}

/// The same of several of one window.
///
/// # Errors
/// When the database fails.
pub(super) async fn views(app: &App, caller: &Caller, list: Vec<CheckIn>) -> ApiResult<Vec<CheckInView>> {
    let Some(id) = list.first().map(|it| it.window) else { return Ok(vec![]) };
    let mut reader = app.reader();
    let window = hypercare_store::load::<Window>(&mut reader, id.0).await?.ok_or_else(|| Problem::not_found("window"))?;
    let on_duty = owner::email_at(&mut reader, &window, app.now()).await?;
    let names = owner::names(&mut reader).await?;
    let mut shown = vec![];
    for it in list {
        let approvers = may_approve(&window.plan, &it.content.topics, on_duty.as_deref());
        let figures = asked::counts(&mut reader, it.id).await?.into();
        shown.push(CheckInView {
            id: it.id,
            window: it.window,
            content: it.content,
            revision: it.revision,
            by: it.by,
            at: it.at,
            state: it.state,
            asked_approval: it.asked,
            approved_by: it.approved.map(|a| a.by),
            started_by: it.started_by,
            started_at: it.started_at,
            finished_at: it.finished_at,
            you_may_approve: rights::allow(&approvers, caller),
            may_approve: rights::names(&approvers, &names),
            figures,
        });
    }
    Ok(shown)
}
