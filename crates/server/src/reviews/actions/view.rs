//! An action as the API shows it.

use crate::App;
use crate::http::{ApiResult, Problem};
use crate::reviews::gather;
use hypercare_core::action::{Action, State};
use hypercare_core::{ActionId, ReviewId, Timestamp, UserId, WindowId};
use hypercare_store::queries::reviews;
use serde::Serialize;
use utoipa::ToSchema;

/// Whoever does it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActionOwner {
    /// The person.
    pub id: UserId,
    /// Their name.
    pub name: String,
}

/// An action.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReviewAction)]
pub struct ActionView {
    /// Id.
    pub id: ActionId,
    /// Of which window.
    pub window: WindowId,
    /// In which review it was agreed; none where it came up elsewhere.
    pub review: Option<ReviewId>,
    /// About which item of its agenda.
    pub item: Option<String>,
    /// What is to be done.
    pub title: String,
    /// Who does it.
    pub owner: ActionOwner,
    /// The local day by whose end it is to be done (YYYY-MM-DD).
    pub due: String,
    /// Where it stands.
    pub state: State,
    /// It was due and is not done.
    pub overdue: bool,
    /// How many reviews found it open since it was agreed.
    pub carried: u32,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Since when it stands so.
    pub since: Timestamp,
    /// Who said so.
    pub said_by: String,
    /// Why it was dropped or opened again.
    pub because: Option<String>,
    /// Name it when you change the action.
    pub revision: u32,
}

/// Views of a window's actions, in the order given.
///
/// # Errors
/// When the database fails.
pub async fn views(app: &App, window: WindowId, all: Vec<Action>) -> ApiResult<Vec<ActionView>> {
    if all.is_empty() {
        return Ok(vec![]);
    }
    let (mut reader, now) = (app.reader(), app.now());
    let names = gather::names(&mut reader).await?;
    let openings = reviews::openings(&mut reader, window).await?;
    let of = |a: Action| ActionView {
        id: a.id,
        window: a.window,
        review: a.review,
        owner: ActionOwner { id: a.task.owner, name: gather::name(&names, a.task.owner) },
        overdue: a.is_overdue(now),
        carried: a.carried(&openings),
        state: a.state,
        at: a.at,
        since: a.since,
        revision: a.revision,
        item: a.item,
        title: a.task.title,
        due: a.task.due,
        by: a.by,
        said_by: a.said_by,
        because: a.because,
    };
    Ok(all.into_iter().map(of).collect())
}

/// The view of one.
///
/// # Errors
/// When the database fails.
pub async fn one(app: &App, action: Action) -> ApiResult<ActionView> {
    let window = action.window;
    views(app, window, vec![action]).await?.pop().ok_or_else(Problem::internal)
}
