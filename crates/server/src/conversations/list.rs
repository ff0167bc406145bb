//! Lists of conversations and how many each view has.

use super::filters::Filters;
use super::found::{self, Searched};
use super::types::ConversationItem;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::Params;
use crate::http::page::{self, Page};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::triage::Scope;
use hypercare_core::{AccountId, Channel, IssueId, Severity, Timestamp, UserId, WindowId};
use hypercare_store::queries::conversations;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which conversations.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// Of a window.
    window: Option<WindowId>,
    /// all, all_open, mine, unassigned, needs_person, assistant, waiting, resolved, breached, critical or snoozed.
    view: Option<String>,
    /// Words in the subject, the customer's name or address, or a message: in any case, with or without accents, longer words that
    /// begin so, and with typing mistakes. The best fit comes first; the first sixteen words count.
    q: Option<String>,
    /// Given to this person.
    assignee: Option<UserId>,
    /// On a channel.
    channel: Option<Channel>,
    /// Of a severity.
    severity: Option<Severity>,
    /// in, out or unsure.
    scope: Option<Scope>,
    /// Linked to an issue.
    issue: Option<IssueId>,
    /// Of a scenario.
    scenario: Option<String>,
    /// From this instant; what counts depends on `signal`, by default the opening.
    since: Option<Timestamp>,
    /// Before this instant.
    until: Option<Timestamp>,
    /// The conversations behind a day of this signal; left: those that left the backlog.
    signal: Option<String>,
    /// A dimension, with `value`: scenario, category, channel, issue, tag, `field.` and a field's key (field.place), or desk for all.
    dimension: Option<String>,
    /// The value of `dimension`.
    value: Option<String>,
    /// What the assistant did: answered, settled (it answered, no person was needed, and the matter is settled), known (whether its answer was
    /// right is known) or wrong (of these, the answer was not).
    assistant: Option<String>,
    /// Open, and waiting for this: us, assistant, customer, escalated, decision or snoozed; any for all that is open.
    wait: Option<String>,
    /// Without an assignee or without an issue: assignee or issue.
    without: Option<String>,
    /// Of the people of this account.
    account: Option<AccountId>,
    /// About this window's change, or linked to one of its issues: what makes an account an affected one.
    reach: Option<WindowId>,
    /// Where the page begins.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

impl From<ListParams> for Filters {
    fn from(p: ListParams) -> Self {
        Self {
            window: p.window,
            view: p.view,
            q: p.q,
            assignee: p.assignee,
            channel: p.channel,
            severity: p.severity,
            scope: p.scope,
            issue: p.issue,
            scenario: p.scenario,
            since: p.since,
            until: p.until,
            signal: p.signal,
            dimension: p.dimension,
            value: p.value,
            assistant: p.assistant,
            wait: p.wait,
            without: p.without,
            account: p.account,
            reach: p.reach,
        }
    }
}

/// A page of conversations.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedConversations {
    /// The conversations.
    pub items: Vec<ConversationItem>,
    /// Where the next page begins; null at the end. A search lists the best 1,000.
    pub next: Option<String>,
    /// How the search went; only with words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched: Option<Searched>,
}

impl From<Page<ConversationItem>> for ListedConversations {
    fn from(page: Page<ConversationItem>) -> Self {
        Self { items: page.items, next: page.next, searched: None }
    }
}

/// List conversations.
///
/// Open views come with the next promise first, all others with the latest said first; with words in `q` the best fit comes first,
/// whatever the view.
#[utoipa::path(get, path = "/conversations", operation_id = "list_conversations", tag = "conversations", params(ListParams), responses((status = 200, body = ListedConversations), (status = 422, body = Problem)))]
pub async fn list(me: May<perm::Read>, State(app): State<App>, Params(p): Params<ListParams>) -> ApiResult<Json<ListedConversations>> {
    let (limit, cursor) = (page::limit(p.limit)?, p.cursor.clone());
    let filters = Filters::from(p);
    let filter = filters.checked(&mut app.reader(), me.user_id()).await?;
    if let Some(typed) = filters.words() {
        return found::page(&app, typed, &filter, cursor.as_deref(), usize::try_from(limit).unwrap_or(0)).await.map(Json);
    }
    let cursor = page::decode::<2>(cursor.as_deref())?.map(|[sort, id]| (sort, id));
    let mut reader = app.reader();
    let now = app.now();
    let page = if filters.by_due() {
        let rows = conversations::by_due(&mut reader, &filter, cursor, limit + 1).await?;
        Page::cut(rows, limit, |l| [l.sort_key, l.id], |l| ConversationItem::from_line(l, now))
    } else {
        let rows = conversations::by_recent(&mut reader, &filter, cursor, limit + 1).await?;
        Page::cut(rows, limit, |l| [l.last_message_at, l.id], |l| ConversationItem::from_line(l, now))
    };
    Ok(Json(page.into()))
}

/// Of which window.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountParams {
    /// Of a window.
    window: Option<WindowId>,
}

/// How many conversations each view has.
#[derive(Debug, Serialize, ToSchema)]
#[allow(missing_docs, reason = "named as the views")]
pub struct ViewCounts {
    pub all_open: i64,
    pub mine: i64,
    pub unassigned: i64,
    pub needs_person: i64,
    pub assistant: i64,
    pub waiting: i64,
    pub breached: i64,
    pub critical: i64,
    pub snoozed: i64,
}

/// Count the conversations of each view.
#[utoipa::path(get, path = "/conversations/counts", operation_id = "count_conversations", tag = "conversations", params(CountParams), responses((status = 200, body = ViewCounts)))]
pub async fn counts(me: May<perm::Read>, State(app): State<App>, Params(p): Params<CountParams>) -> ApiResult<Json<ViewCounts>> {
    let c = conversations::counts(&mut app.reader(), p.window, me.user_id().unwrap_or(UserId(0))).await?;
    Ok(Json(ViewCounts {
        all_open: c.all_open,
        mine: c.mine,
        unassigned: c.unassigned,
        needs_person: c.needs_person,
        assistant: c.assistant,
        waiting: c.waiting,
        breached: c.breached,
        critical: c.critical,
        snoozed: c.snoozed,
    }))
}
