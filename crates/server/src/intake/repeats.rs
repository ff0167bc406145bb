//! Repeats: a message joins the issue it repeats, and the third customer with the same question makes
//! the product propose one.

use super::following::root;
use crate::App;
use crate::knowledge::{Catalogue, Compiled};
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation, Env};
use hypercare_core::issue::{Issue, IssueCommand, IssueState};
use hypercare_core::triage::{Scope, Triage};
use hypercare_core::{Actor, ConversationId, IssueId, Severity, Stamp, WindowId};
use hypercare_language::repeats::{PEOPLE, View};
use hypercare_store::queries::{answers, issues, repeats as stored};
use hypercare_store::{Change, Tx, WriteError};
use std::collections::BTreeSet;

/// Links the conversation in the making to the issue it repeats, if one is known. What it begins, if none is, follows once it is
/// committed (`following.rs`).
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
    // A person's word on where it belongs stays the last one.
    if c.messages > 1 && stored::decided(tx, c.id).await? {
        return Ok(());
    }
    let (id, asked) = (window.window.id, &app.knowledge.asked);
    let mut issue = match triage.issue {
        Some(known) if !asked.refuses(id, known, text) => open_issue(tx, known).await?,
        _ => None,
    };
    if let (None, Some(scenario)) = (&issue, &triage.scenario) {
        issue = issues::for_scenario(tx, id, scenario).await?.filter(|issue| issue.state != IssueState::Dismissed);
    }
    if issue.is_none() && triage.scenario.is_none() {
        issue = match asked.look(id, text) {
            Some(known) => open_issue(tx, known).await?,
            None => None,
        };
    }
    if let Some(issue) = issue {
        change.run(Command::Link { issue: Some(issue.id), title: issue.title }, stamp, env)?;
    }
    Ok(())
}

/// The issue, or the one that it was merged into, when it can still be linked to.
async fn open_issue(tx: &mut Tx, id: IssueId) -> Result<Option<Issue>, WriteError> {
    let Some(found) = hypercare_store::load::<Issue>(tx, id.0).await? else { return Ok(None) };
    let root = root(tx, found).await?;
    Ok(Some(root).filter(|issue| issue.merged_into.is_none() && issue.state.is_open()))
}

/// Links a conversation that was taken in to the issue that it was found to ask about.
pub(super) async fn join(app: &App, conversation: ConversationId, issue: IssueId) -> Result<(), WriteError> {
    let catalogue = app.knowledge.current(app).await?;
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                if stored::waits(tx, conversation).await?.is_some()
                    && let Some(issue) = open_issue(tx, issue).await?
                {
                    link_one(tx, conversation, &issue, &stamp, &catalogue).await?;
                }
                Ok::<_, WriteError>(())
            }
            .boxed()
        })
        .await
}

/// What came of a proposal.
pub(super) enum Made {
    /// This issue: made now, or by another node before.
    Issue(IssueId),
    /// Nothing: too few are left who have no issue, or it was dismissed before.
    Nothing,
    /// Nothing yet: issues changed that this node does not know of, and what was found may be about one of them.
    Behind,
}

/// Proposes an issue of what several people asked; where some of them have one by now, the others join it. The node must know
/// of every issue up to the event `known`: two nodes that each see a part of a crowd would otherwise each make an issue of their part.
pub(super) async fn propose(app: &App, window: WindowId, found: View, known: i64) -> Result<Made, WriteError> {
    let catalogue = app.knowledge.current(app).await?;
    let stamp = app.stamp(Actor::system());
    let made = app
        .store
        .write(move |tx| {
            async move {
                let Some(compiled) = catalogue.get(window) else { return Ok(Made::Nothing) };
                if !stored::issues_after(tx, window, known).await?.is_empty() {
                    return Ok(Made::Behind);
                }
                let (mut waiting, mut people, mut severity, mut has) = (vec![], BTreeSet::new(), Severity::Low, None);
                for conversation in found.conversations {
                    let change = tx.change::<Conversation>(conversation).await?;
                    let state = change.existing()?;
                    if state.issue.is_some() && !stored::decided(tx, conversation).await? {
                        has = state.issue;
                    }
                    if stored::waits(tx, conversation).await?.is_none_or(|one| one.window_id != window.0) {
                        continue;
                    }
                    people.insert(state.contact);
                    severity = severity.max(state.triage.severity);
                    waiting.push(conversation);
                }
                // Another node was faster, or more came while the issue was being made.
                let has = match has {
                    Some(issue) => hypercare_store::load::<Issue>(tx, issue.0).await?,
                    None => None,
                };
                let issue = match has {
                    Some(issue) if issue.state == IssueState::Dismissed => return Ok(Made::Nothing),
                    Some(issue) if issue.state.is_open() => issue,
                    _ if (people.len() as u64) < PEOPLE => return Ok(Made::Nothing),
                    _ => open(tx, compiled, &found.title, None, found.wordings, severity, &stamp).await?,
                };
                for conversation in waiting {
                    link_one(tx, conversation, &issue, &stamp, &catalogue).await?;
                }
                Ok::<_, WriteError>(Made::Issue(issue.id))
            }
            .boxed()
        })
        .await?;
    if matches!(made, Made::Issue(_)) {
        app.knowledge.stale();
    }
    Ok(made)
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
    // One that people dismissed is not proposed again, and who was taken out of one is not put back.
    if (customers.len() as u64) < PEOPLE || issues::for_scenario(tx, window.window.id, key).await?.is_some() {
        return Ok(());
    }
    let wordings = scenario.examples.iter().take(5).cloned().collect();
    let issue = open(tx, window, &scenario.name, Some(key), wordings, state.triage.severity, stamp).await?;
    for (conversation, _) in unlinked {
        link_one(tx, ConversationId(conversation), &issue, stamp, catalogue).await?;
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
    severity: Severity,
    stamp: &Stamp,
) -> Result<Issue, WriteError> {
    let plan = &window.window.plan;
    let key = scenario.and_then(|key| plan.scenario(key)).and_then(|s| s.answer.clone());
    let answer = match key {
        Some(key) => answers::by_key(tx, window.window.id, &key).await?.map(|a| a.id),
        None => None,
    };
    let severity = scenario.and_then(|key| plan.scenario(key)).map_or(severity, |s| s.severity);
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
        refused: vec![],
    };
    tx.execute::<Issue>(id, command, stamp, &()).await
}

async fn link_one(tx: &mut Tx, conversation: ConversationId, issue: &Issue, stamp: &Stamp, catalogue: &Catalogue) -> Result<(), WriteError> {
    let mut change = tx.change::<Conversation>(conversation).await?;
    if let Some(window) = change.state().filter(|c| c.issue.is_none()).map(|c| c.window) {
        change.run(Command::Link { issue: Some(issue.id), title: issue.title.clone() }, stamp, &catalogue.env(window))?;
        tx.save(change).await?;
    }
    Ok(())
}
