//! Why a view cannot find what it was made for: what its filters name is gone. It says so instead of showing nothing.

use crate::App;
use crate::conversations::Filters;
use crate::http::problem::ApiResult;
use hypercare_core::account::Account;
use hypercare_core::issue::Issue;
use hypercare_core::window::Window;
use hypercare_core::{IssueId, WindowId};
use hypercare_store::load;
use hypercare_store::queries::people;

/// What is gone, in words; none where everything is there.
pub(super) async fn wrong(app: &App, filters: &Filters) -> ApiResult<Option<String>> {
    if let Some(window) = filters.window
        && load::<Window>(&mut app.reader(), window.0).await?.is_none()
    {
        return Ok(Some("The window that it looks at does not exist.".into()));
    }
    let scenario = filters.scenario.as_ref().or(filters.value.as_ref().filter(|_| filters.dimension.as_deref() == Some("scenario")));
    if let Some(scenario) = scenario
        && let Some(why) = no_scenario(app, filters.window, scenario).await?
    {
        return Ok(Some(why));
    }
    let issue = filters.value.as_ref().filter(|_| filters.dimension.as_deref() == Some("issue")).map(|value| value.parse().unwrap_or(IssueId(0)));
    if let Some(issue) = filters.issue.or(issue)
        && let Some(why) = no_issue(app, issue).await?
    {
        return Ok(Some(why));
    }
    if let Some(user) = filters.assignee
        && people::by_id(&mut app.reader(), user).await?.is_none()
    {
        return Ok(Some("The person that it asks for does not exist.".into()));
    }
    if let Some(account) = filters.account
        && load::<Account>(&mut app.reader(), account.0).await?.is_none_or(|account| account.removed)
    {
        return Ok(Some("The account that it asks for was removed.".into()));
    }
    // What a field of a plan asked for can go with the plan.
    Ok(filters.checked(&mut app.reader(), None).await.err().map(|problem| problem.detail().to_owned()))
}

async fn no_scenario(app: &App, window: Option<WindowId>, key: &str) -> ApiResult<Option<String>> {
    let has = |window: &Window| window.plan.scenarios.iter().any(|scenario| scenario.key == key);
    if let Some(window) = window {
        let window = load::<Window>(&mut app.reader(), window.0).await?;
        let gone = window.filter(|window| !has(window));
        return Ok(gone.map(|window| format!("The plan of {} has no scenario “{key}” any more.", window.plan.window.name)));
    }
    let catalogue = app.knowledge.current(app).await?;
    let known = catalogue.windows().any(|compiled| has(&compiled.window));
    Ok((!known).then(|| format!("No plan has a scenario “{key}” any more.")))
}

async fn no_issue(app: &App, id: IssueId) -> ApiResult<Option<String>> {
    let Some(issue) = load::<Issue>(&mut app.reader(), id.0).await? else { return Ok(Some("The issue that it asks for does not exist.".into())) };
    let Some(into) = issue.merged_into else { return Ok(None) };
    let into = load::<Issue>(&mut app.reader(), into.0).await?.map(|into| into.title).unwrap_or_default();
    Ok(Some(format!("The issue “{}” was merged into “{into}”: change the view to that one.", issue.title)))
}
