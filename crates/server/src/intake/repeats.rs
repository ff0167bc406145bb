//! Repeats: a message joins the issue it repeats, and the third customer with the same question makes
//! the product propose one.

use crate::App;
use crate::knowledge::{Catalogue, Compiled};
use hypercare_core::conversation::{Command, Conversation, Env};
use hypercare_core::issue::{Issue, IssueCommand, IssueState};
use hypercare_core::triage::{Scope, Triage};
use hypercare_core::{ConversationId, IssueId, Stamp};
use hypercare_language::repeats::Said;
use hypercare_store::queries::{answers, issues};
use hypercare_store::{Change, Tx, WriteError};
use std::collections::BTreeSet;

/// Different customers with the same unlogged question that make an issue.
const CUSTOMERS: usize = 3;

/// Links the conversation in the making to the issue it repeats, if one is known.
#[allow(clippy::too_many_arguments, reason = "one transaction's parts, used once")]
pub(super) async fn link(
    tx: &mut Tx,
    change: &mut Change<Conversation>,
    window: &Compiled,
    triage: &Triage,
    text: &str,
    app: &App,
    stamp: &Stamp,
    env: &Env<'_>,
) -> Result<(), WriteError> {
    let c = change.existing()?;
    if c.issue.is_some() || triage.scope != Scope::In {
        return Ok(());
    }
    let (id, contact) = (c.id, c.contact);
    let mut issue = match triage.issue {
        Some(known) => open_issue(tx, known).await?,
        None => None,
    };
    if let (None, Some(scenario)) = (&issue, &triage.scenario) {
        issue = issues::for_scenario(tx, window.window.id, scenario).await?;
    }
    let asked = &app.knowledge.asked;
    if let Some(issue) = issue {
        change.run(Command::Link { issue: Some(issue.id), title: issue.title }, stamp, env)?;
        asked.of(window.window.id, |repeats| repeats.forget(id));
        return Ok(());
    }
    if triage.scenario.is_some() {
        return Ok(());
    }
    let said = Said { conversation: id, contact, at: stamp.at, text };
    let Some(mut question) = asked.observe(window.window.id, &said) else { return Ok(()) };
    if let Some(known) = asked.of(window.window.id, |repeats| repeats.view(question)).and_then(|view| view.issue) {
        if let Some(issue) = open_issue(tx, known).await? {
            change.run(Command::Link { issue: Some(issue.id), title: issue.title }, stamp, env)?;
            return Ok(());
        }
        // Settled, merged away, or never written: who asks now asks anew.
        asked.of(window.window.id, |repeats| repeats.release(question));
        match asked.observe(window.window.id, &said) {
            Some(anew) => question = anew,
            None => return Ok(()),
        }
    }
    if let Some(found) = asked.of(window.window.id, |repeats| repeats.proposal(question)) {
        let issue = open(tx, window, &found.title, None, found.wordings, triage, stamp).await?;
        asked.of(window.window.id, |repeats| repeats.bind(question, issue.id));
        change.run(Command::Link { issue: Some(issue.id), title: issue.title.clone() }, stamp, env)?;
        for other in found.conversations.into_iter().filter(|other| *other != id) {
            link_one(tx, other, &issue, stamp, env).await?;
        }
        app.knowledge.stale();
    }
    Ok(())
}

/// The issue, when it can still be linked to.
async fn open_issue(tx: &mut Tx, id: IssueId) -> Result<Option<Issue>, WriteError> {
    let found = tx.change::<Issue>(id).await?;
    Ok(found.state().filter(|i| i.merged_into.is_none() && i.state != IssueState::Resolved).cloned())
}

/// Opens the issue of a scenario once enough different customers have met it, and links them all.
pub(super) async fn link_earlier(
    tx: &mut Tx,
    state: &Conversation,
    window: Option<&Compiled>,
    app: &App,
    stamp: &Stamp,
    catalogue: &Catalogue,
) -> Result<(), WriteError> {
    let (Some(window), Some(key), None) = (window, &state.triage.scenario, state.issue) else { return Ok(()) };
    let Some(scenario) = window.window.plan.scenario(key) else { return Ok(()) };
    let unlinked = issues::unlinked(tx, window.window.id, key).await?;
    let customers: BTreeSet<i64> = unlinked.iter().map(|(_, contact)| *contact).collect();
    if customers.len() < CUSTOMERS {
        return Ok(());
    }
    let wordings = scenario.examples.iter().take(5).cloned().collect();
    let issue = open(tx, window, &scenario.name, Some(key), wordings, &state.triage, stamp).await?;
    let env = catalogue.env(Some(window.window.id));
    for (conversation, _) in unlinked {
        link_one(tx, ConversationId(conversation), &issue, stamp, &env).await?;
    }
    app.knowledge.stale();
    Ok(())
}

async fn open(
    tx: &mut Tx,
    window: &Compiled,
    title: &str,
    scenario: Option<&str>,
    wordings: Vec<String>,
    triage: &Triage,
    stamp: &Stamp,
) -> Result<Issue, WriteError> {
    let plan = &window.window.plan;
    let key = scenario.and_then(|key| plan.scenario(key)).and_then(|s| s.answer.clone());
    let answer = match key {
        Some(key) => answers::by_key(tx, window.window.id, &key).await?.map(|a| a.id),
        None => None,
    };
    let severity = scenario.and_then(|key| plan.scenario(key)).map_or(triage.severity, |s| s.severity);
    let id: IssueId = tx.new_id(stamp.at);
    let title: String = if title.trim().is_empty() { "The same question from several customers".into() } else { title.chars().take(160).collect() };
    let command = IssueCommand::Open {
        id,
        window: window.window.id,
        title,
        state: IssueState::Proposed,
        severity,
        scenario: scenario.map(str::to_owned),
        answer,
        wordings,
    };
    tx.execute::<Issue>(id, command, stamp, &()).await
}

async fn link_one(tx: &mut Tx, conversation: ConversationId, issue: &Issue, stamp: &Stamp, env: &Env<'_>) -> Result<(), WriteError> {
    let mut change = tx.change::<Conversation>(conversation).await?;
    if change.state().is_some_and(|c| c.issue.is_none()) {
        change.run(Command::Link { issue: Some(issue.id), title: issue.title.clone() }, stamp, env)?;
        tx.save(change).await?;
    }
    Ok(())
}
