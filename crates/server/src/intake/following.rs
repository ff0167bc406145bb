//! Brings what is known of questions and issues up to date: for each event, in the order of the log, the issue or conversation that
//! it is about is read from the store as it is now. Reading one twice changes nothing, so that a break in between loses
//! nothing and every node comes to know the same.
//!
//! What follows from a message (it joins an issue; three people asked the same) is done here, after the message was
//! committed, in a transaction of its own that looks again: where another node was faster, nothing is left to do.

use super::asked::{encode, logged};
use super::repeats::{self, Made};
use crate::App;
use hypercare_core::issue::{Issue, IssueState};
use hypercare_core::{ContactId, ConversationId, IssueId, Timestamp, WindowId};
use hypercare_language::repeats::{Known, QuestionId, Repeats, Said, wording};
use hypercare_store::queries::repeats::{self as stored, Asking};
use hypercare_store::queries::{events, windows};
use hypercare_store::{Query, StoreError, WriteError};
use std::collections::{BTreeSet, HashMap};

/// Events that are read in one go.
const BATCH: i64 = 500;
/// Conversations without an issue that are read after a start: the newest.
const WAITING: i64 = 2_000;
/// Issues that are read after a start: the newest.
const ISSUES: i64 = 10_000;
/// Messages of a conversation among which one is looked for that says something.
pub(crate) const FIRST: i64 = 5;
/// Conversations without an issue that join one as it becomes known.
const CLEAR: usize = 64;
/// Merges after each other that are followed.
const DEEPEST: usize = 64;

/// Goes through what happened since the last time. Only one at a time: [`super::Asked::nudge`] sees to it.
///
/// # Errors
/// When the store fails; what was done is done again next time.
pub async fn catch_up(app: &App) -> Result<(), StoreError> {
    let asked = &app.knowledge.asked;
    if asked.seq() < 0 {
        // What was before is read with its window.
        asked.reached(events::newest(&mut app.reader()).await?.map_or(0, |(seq, _)| seq));
    }
    loop {
        while let Some(window) = asked.wanted() {
            read_anew(app, window).await?;
        }
        let newest = events::newest(&mut app.reader()).await?.map_or(0, |(seq, _)| seq);
        let after = asked.seq();
        if newest <= after {
            return Ok(());
        }
        let changed = stored::changed(&mut app.reader(), after, BATCH).await?;
        for one in &changed {
            let window = one.window_id.map(WindowId);
            if let Some(window) = window {
                asked.want(app, window);
            }
            let followed = match one.subject_kind.as_str() {
                "issue" => issue(app, IssueId(one.subject_id)).await,
                _ => conversation(app, ConversationId(one.subject_id)).await,
            };
            match followed {
                // It would not be readable next time either, and the others must not wait for it.
                Err(why @ StoreError::Corrupt { .. }) => tracing::warn!("{} {} was left out: {why}", one.subject_kind, one.subject_id),
                other => other?,
            }
        }
        let last = changed.last().map_or(after, |one| one.seq);
        asked.reached(if changed.len() as i64 == BATCH { last } else { last.max(newest) });
    }
}

/// Reads a window that was not read yet.
async fn read_anew(app: &App, window: WindowId) -> Result<(), StoreError> {
    let asked = &app.knowledge.asked;
    if windows::list(&mut app.reader()).await?.iter().all(|w| w.id != window) {
        asked.not_wanted(window);
        return Ok(());
    }
    let mut repeats = asked.empty();
    let issues = stored::issues(&mut app.reader(), window, ISSUES).await?;
    let by_id: HashMap<IssueId, &Issue> = issues.iter().map(|issue| (issue.id, issue)).collect();
    encode(app, issues.iter().flat_map(|issue| issue.wordings.iter().chain(&issue.refused).cloned()).collect()).await;
    for issue in issues.iter().rev() {
        know(&mut repeats, issue, root_among(issue, &by_id).state);
    }
    let mut reader = app.reader();
    let mut waiting = stored::waiting(&mut reader, window, WAITING).await?;
    waiting.reverse();
    let mut said = Vec::with_capacity(waiting.len());
    for one in waiting {
        if let Some(text) = wording_of(&mut reader, ConversationId(one.id)).await? {
            said.push((one, text));
        }
    }
    encode(app, said.iter().map(|(_, text)| text.clone()).collect()).await;
    let mut joins = vec![];
    for (one, text) in &said {
        if let Some(Follows::Join(issue)) = observe(&mut repeats, one, text) {
            joins.push((ConversationId(one.id), issue));
        }
    }
    let proposals = repeats.proposals();
    asked.put(window, repeats);
    for (conversation, issue) in joins {
        done(repeats::join(app, conversation, issue).await)?;
    }
    for found in proposals {
        propose(app, window, found.question).await?;
    }
    Ok(())
}

/// An issue changed, and with it what was merged into it.
async fn issue(app: &App, id: IssueId) -> Result<(), StoreError> {
    let asked = &app.knowledge.asked;
    let (mut todo, mut seen) = (vec![id], BTreeSet::new());
    while let Some(id) = todo.pop() {
        if !seen.insert(id) {
            continue;
        }
        let mut reader = app.reader();
        let Some(issue) = hypercare_store::load::<Issue>(&mut reader, id.0).await? else { continue };
        todo.extend(stored::merged(&mut reader, id).await?);
        let root = root(&mut reader, issue.clone()).await?;
        encode(app, issue.wordings.iter().chain(&issue.refused).cloned().collect()).await;
        let clear = asked.with(issue.window, |repeats| {
            know(repeats, &issue, root.state);
            // What the product made of questions takes in those who asked them, in whatever order a node came to know it.
            if issue.state == IssueState::Proposed { repeats.clear(issue.id, CLEAR) } else { vec![] }
        });
        for conversation in clear.unwrap_or_default() {
            asked.with(issue.window, |repeats| repeats.forget(conversation));
            done(repeats::join(app, conversation, issue.id).await)?;
        }
    }
    Ok(())
}

/// A conversation was looked at, linked or parted.
async fn conversation(app: &App, id: ConversationId) -> Result<(), StoreError> {
    let asked = &app.knowledge.asked;
    let mut reader = app.reader();
    let waits = stored::waits(&mut reader, id).await?;
    for window in asked.read().into_iter().filter(|window| waits.as_ref().is_none_or(|one| one.window_id != window.0)) {
        asked.with(window, |repeats| repeats.forget(id));
    }
    let Some(one) = waits else { return Ok(()) };
    let window = WindowId(one.window_id);
    if asked.with(window, |repeats| repeats.holds(id)).unwrap_or(true) {
        return Ok(());
    }
    let Some(text) = wording_of(&mut reader, id).await? else { return Ok(()) };
    encode(app, vec![text.clone()]).await;
    match asked.with(window, |repeats| observe(repeats, &one, &text)).flatten() {
        Some(Follows::Join(issue)) => done(repeats::join(app, id, issue).await),
        Some(Follows::Propose(question)) => propose(app, window, question).await,
        None => Ok(()),
    }
}

/// Proposes an issue of a question, and knows it at once: the messages that come next in the log ask about it. What other nodes
/// made of it in the meantime is known first.
async fn propose(app: &App, window: WindowId, question: QuestionId) -> Result<(), StoreError> {
    let asked = &app.knowledge.asked;
    let mut known = issues_since(app, window, asked.seq()).await?;
    while let Some(found) = asked.with(window, |repeats| repeats.proposal(question)).flatten() {
        let conversations = found.conversations.clone();
        match repeats::propose(app, window, found, known).await {
            Ok(Made::Issue(made)) => {
                asked.with(window, |repeats| conversations.iter().for_each(|conversation| repeats.forget(*conversation)));
                return issue(app, made).await;
            }
            Ok(Made::Behind) => known = issues_since(app, window, known).await?,
            Ok(Made::Nothing) => break,
            Err(why) => return done(Err(why)),
        }
    }
    Ok(())
}

/// Brings the window's issues that changed after an event up to date, ahead of their turn in the log. Says up to which event.
async fn issues_since(app: &App, window: WindowId, after: i64) -> Result<i64, StoreError> {
    let newest = events::newest(&mut app.reader()).await?.map_or(0, |(seq, _)| seq);
    for id in stored::issues_after(&mut app.reader(), window, after).await? {
        issue(app, id).await?;
    }
    Ok(newest)
}

/// What follows from a message.
enum Follows {
    Join(IssueId),
    Propose(QuestionId),
}

/// Takes a conversation in.
fn observe(repeats: &mut Repeats, one: &Asking, text: &str) -> Option<Follows> {
    let said = Said { conversation: ConversationId(one.id), contact: ContactId(one.contact_id), at: Timestamp(one.opened_at), text };
    let question = logged(repeats.observe(&said))?.question();
    match repeats.issue_of(question) {
        Some(issue) => Some(Follows::Join(issue)),
        None => repeats.proposal(question).map(|_| Follows::Propose(question)),
    }
}

/// What an issue says, or that nobody is to be found by it: where the one that goes on is settled, who asks it asks anew.
fn know(repeats: &mut Repeats, issue: &Issue, root: IssueState) {
    if root == IssueState::Resolved {
        repeats.forget_issue(issue.id);
        return;
    }
    // What a plan expects is recognised by the plan's words.
    let wordings: &[String] = if issue.scenario.is_some() { &[] } else { &issue.wordings };
    logged(repeats.know(&Known { issue: issue.id, parent: issue.merged_into, wordings, refused: &issue.refused }));
}

fn root_among<'i>(issue: &'i Issue, by_id: &HashMap<IssueId, &'i Issue>) -> &'i Issue {
    let above = |issue: &&'i Issue| issue.merged_into.and_then(|into| by_id.get(&into)).copied();
    std::iter::successors(Some(issue), above).take(DEEPEST).last().unwrap_or(issue)
}

/// The issue that this one was merged into, or itself.
///
/// # Errors
/// When the database fails.
pub async fn root(q: &mut impl Query, issue: Issue) -> Result<Issue, StoreError> {
    let mut at = issue;
    for _ in 0..DEEPEST {
        let Some(into) = at.merged_into else { break };
        let Some(next) = hypercare_store::load::<Issue>(q, into.0).await? else { break };
        at = next;
    }
    Ok(at)
}

/// What stands for a conversation where it is compared with others.
///
/// # Errors
/// When the database fails.
pub async fn wording_of(q: &mut impl Query, conversation: ConversationId) -> Result<Option<String>, StoreError> {
    let texts = stored::said(q, conversation, FIRST).await?;
    Ok(wording(texts.iter().map(String::as_str)))
}

/// A refusal means that things have moved on: nothing is left to do.
fn done(outcome: Result<(), WriteError>) -> Result<(), StoreError> {
    match outcome {
        Ok(()) => Ok(()),
        Err(WriteError::Store(why)) => Err(why),
        Err(WriteError::Refused(why)) => {
            tracing::info!("a repeat was not followed: {why}");
            Ok(())
        }
    }
}
