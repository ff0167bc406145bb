//! What the engine does: brings back who said so, and gives conversations to whoever is next.

use crate::App;
use crate::knowledge::Catalogue;
use futures_util::FutureExt;
use hypercare_core::assignment::{self, Agent};
use hypercare_core::conversation::{Command, Conversation, Handler, Status};
use hypercare_core::{Actor, ConversationId, Span, Stamp, UserId};
use hypercare_store::queries::timers::{self, Due};
use hypercare_store::queries::turn::{self as stored, Attending};
use hypercare_store::{Tx, WriteError};
use serde_json::json;

/// Conversations given in one transaction; what is left is given in the next, at once.
const PIECE: i64 = 64;
/// Conversations of one person who is away that are looked at, the newest: those that came back are among them.
const HELD: i64 = 200;
/// How long something that no event told of can stay ungiven.
const SWEEP: Span = Span::mins(5);

/// Gives what waits to whoever is next, and takes these due times off the list, in one transaction.
///
/// # Errors
/// When the store fails.
pub async fn step(app: &App, due: Vec<Due>) -> Result<(), WriteError> {
    let (catalogue, stamp) = (app.knowledge.current(app).await?, app.stamp(Actor::system()));
    app.store
        .write(move |tx| {
            async move {
                // First: what is given here asks for another look itself, as far as there is more.
                for one in &due {
                    timers::finish(tx, one).await?;
                }
                if stored::turning(tx).await? {
                    give(tx, &catalogue, &stamp).await?;
                    stored::sweep(tx, stamp.at + SWEEP).await?;
                }
                Ok::<_, WriteError>(())
            }
            .boxed()
        })
        .await
}

async fn give(tx: &mut Tx, catalogue: &Catalogue, stamp: &Stamp) -> Result<(), WriteError> {
    let people = stored::people(tx).await?;
    for person in people.iter().filter(|person| person.agent.away_since.is_some()) {
        free(tx, catalogue, person, stamp).await?;
    }
    let mut agents: Vec<Agent> = people.iter().map(|person| person.agent).collect();
    if assignment::next(&agents).is_none() {
        return Ok(());
    }
    for id in stored::waiting(tx, PIECE).await? {
        let number = tx.last_seq() + 1;
        let mut change = tx.change::<Conversation>(id).await?;
        let (window, free) = change.existing().map(|c| (c.window, is_free(c)))?;
        if !free {
            continue;
        }
        let Some(agent) = assignment::give(&mut agents, number) else { break };
        let name = people.iter().find(|person| person.agent.user == agent.user).map(|person| person.name.clone()).unwrap_or_default();
        let because = stamp.clone().because(assignment::why(agent));
        let user = agent.user;
        change.run(Command::Assign { to: Some(user), name }, &because, &catalogue.env(window))?;
        tx.save(change).await?;
        stored::given(tx, user, number).await?;
    }
    Ok(())
}

fn is_free(c: &Conversation) -> bool {
    c.assignee.is_none() && c.status == Status::Open && c.handler != Handler::Assistant && c.snoozed_until.is_none()
}

/// What came back to somebody who is away is for anybody.
async fn free(tx: &mut Tx, catalogue: &Catalogue, person: &Attending, stamp: &Stamp) -> Result<(), WriteError> {
    for id in stored::held(tx, person.agent.user, HELD).await? {
        leave(tx, catalogue, id, person, stamp).await?;
    }
    Ok(())
}

async fn leave(tx: &mut Tx, catalogue: &Catalogue, id: ConversationId, person: &Attending, stamp: &Stamp) -> Result<(), WriteError> {
    let mut change = tx.change::<Conversation>(id).await?;
    let (window, leaves) = change.existing().map(|c| (c.window, assignment::leaves(&person.agent, c.open_since)))?;
    if leaves {
        let because = stamp.clone().because(format!("It came back while {} is away.", person.name));
        change.run(Command::Assign { to: None, name: String::new() }, &because, &catalogue.env(window))?;
        tx.save(change).await?;
    }
    Ok(())
}

/// Somebody said when they come back, and this is the time. Whoever came back before has no such due time any more.
///
/// # Errors
/// When the store fails.
pub async fn back(app: &App, user: UserId, due: Vec<Due>) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                for one in &due {
                    timers::finish(tx, one).await?;
                }
                let people = stored::people(tx).await?;
                let person = people.iter().find(|person| person.agent.user == user).filter(|person| person.agent.away_since.is_some());
                let Some(person) = person else { return Ok(()) };
                // They said another time meanwhile: that one has its own due time.
                if person.back_at.is_none_or(|at| at > stamp.at) {
                    return Ok(());
                }
                stored::come_back(tx, user).await?;
                let body = json!({ "name": person.name });
                tx.record("person.back", ("person", user.0), None, &stamp, body.to_string()).await?;
                stored::wanted(tx, stamp.at).await.map_err(WriteError::from)
            }
            .boxed()
        })
        .await
}
