//! What conversations are asked for: the same filters for a list, for a view that somebody saved, and for its count.

use crate::http::problem::{ApiResult, Problem};
use crate::warnings::dimensions;
use hypercare_core::backlog::Wait;
use hypercare_core::signals::Signal;
use hypercare_core::triage::Scope;
use hypercare_core::{AccountId, Channel, IssueId, Severity, Timestamp, UserId, WindowId};
use hypercare_store::Query;
use hypercare_store::queries::conversations::Filter;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const VIEWS: [&str; 11] =
    ["all", "all_open", "mine", "unassigned", "needs_person", "assistant", "waiting", "resolved", "breached", "critical", "snoozed"];
const ASSISTANT: [&str; 4] = ["answered", "settled", "known", "wrong"];
const WITHOUT: [&str; 2] = ["assignee", "issue"];
/// Not a signal: what left the backlog, by the instant at which it did.
const LEFT: &str = "left";
const LONGEST_SEARCH: usize = 200;
const LONGEST_KEY: usize = 200;

/// Filters of a list of conversations; those that are left out ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ConversationFilters)]
pub struct Filters {
    /// Of a window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowId>,
    /// all, all_open, mine, unassigned, needs_person, assistant, waiting, resolved, breached, critical or snoozed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// Words that are in the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Given to this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<UserId>,
    /// On a channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Of a severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// in, out or unsure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Linked to an issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<IssueId>,
    /// Of a scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// From this instant; what counts depends on `signal`, by default the opening.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The conversations behind a day of this signal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signal: Option<String>,
    /// A dimension, with `value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
    /// The value of `dimension`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What the assistant did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistant: Option<String>,
    /// Open, and waiting for this; any for all that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<String>,
    /// Without an assignee or without an issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<String>,
    /// Of the people of this account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// About this window's change, or linked to one of its issues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<WindowId>,
}

impl Filters {
    /// The name of the view, `all` where none is named.
    fn view(&self) -> &str {
        self.view.as_deref().unwrap_or("all")
    }

    /// The words that are searched for, if there are any.
    pub fn words(&self) -> Option<&str> {
        self.q.as_deref().filter(|q| !q.trim().is_empty())
    }

    /// Only what is not settled is asked for, the next promise first.
    pub fn by_due(&self) -> bool {
        !matches!(self.view(), "all" | "resolved" | "waiting")
    }

    /// Nothing that is settled is asked for.
    pub fn only_open(&self) -> bool {
        !matches!(self.view(), "all" | "resolved")
    }

    /// The filter of the store, for somebody who asks.
    ///
    /// # Errors
    /// 422 that names the filter that is wrong.
    pub async fn checked(&self, q: &mut impl Query, me: Option<UserId>) -> ApiResult<Filter> {
        self.check_words()?;
        if let Some(dimension) = &self.dimension {
            dimensions::must_exist(q, dimension).await?;
        }
        Ok(Filter {
            window: self.window,
            view: Some(self.view().to_owned()),
            me,
            assignee: self.assignee,
            channel: self.channel.map(|c| c.word().to_owned()),
            severity: self.severity.map(|s| s.word().to_owned()),
            scope: self.scope.map(|s| s.word().to_owned()),
            issue: self.issue,
            scenario: self.scenario.clone(),
            since: self.since,
            until: self.until,
            signal: self.signal.clone(),
            value: self.dimension.clone().zip(self.value.clone()),
            assistant: self.assistant.clone(),
            wait: self.wait.clone(),
            without: self.without.clone(),
            account: self.account,
            reach: self.reach,
        })
    }

    fn check_words(&self) -> ApiResult<()> {
        let view = self.view();
        if !VIEWS.contains(&view) {
            return Err(Problem::unprocessable("view", format!("There is no view `{view}`: use one of {}.", VIEWS.join(", "))));
        }
        if self.q.as_ref().is_some_and(|q| q.chars().count() > LONGEST_SEARCH) {
            return Err(Problem::unprocessable("q", format!("A search can have at most {LONGEST_SEARCH} characters.")));
        }
        if let Some(unknown) = self.signal.as_deref().filter(|key| *key != LEFT && Signal::from_key(key).is_none()) {
            let known = Signal::ALL.map(Signal::key).join(", ");
            return Err(Problem::unprocessable("signal", format!("There is no signal `{unknown}`: use one of {known}.")));
        }
        if let Some(unknown) = self.assistant.as_deref().filter(|word| !ASSISTANT.contains(word)) {
            return Err(Problem::unprocessable(
                "assistant",
                format!("`{unknown}` is nothing the assistant does: use one of {}.", ASSISTANT.join(", ")),
            ));
        }
        if let Some(unknown) = self.wait.as_deref().filter(|word| *word != "any" && Wait::from_word(word).is_none()) {
            let known = Wait::ALL.map(Wait::word).join(", ");
            return Err(Problem::unprocessable("wait", format!("Nothing waits for `{unknown}`: use any, {known}.")));
        }
        if let Some(unknown) = self.without.as_deref().filter(|word| !WITHOUT.contains(word)) {
            return Err(Problem::unprocessable("without", format!("`{unknown}` is nothing to be without: use one of {}.", WITHOUT.join(", "))));
        }
        for (field, key) in [("scenario", &self.scenario), ("dimension", &self.dimension), ("value", &self.value)] {
            if key.as_ref().is_some_and(|key| key.chars().count() > LONGEST_KEY) {
                return Err(Problem::unprocessable(field, format!("This can have at most {LONGEST_KEY} characters.")));
            }
        }
        match (&self.dimension, &self.value) {
            (Some(_), None) => Err(Problem::unprocessable("value", "A `dimension` needs the `value` that conversations have in it.")),
            (None, Some(_)) => Err(Problem::unprocessable("dimension", "A `value` needs the `dimension` that it belongs to.")),
            _ => Ok(()),
        }
    }
}
