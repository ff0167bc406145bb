//! Questions that wait for too long, and what was allowed for a while and runs out.

use crate::App;
use crate::windows::owner;
use futures_util::FutureExt;
use hypercare_core::decision::{Decision, DecisionCommand, may_decide};
use hypercare_core::plan::Rights;
use hypercare_core::role::{Permission, Role};
use hypercare_core::window::Window;
use hypercare_core::{Actor, DecisionId, UserId};
use hypercare_store::queries::people::{self, Person};
use hypercare_store::{Query, StoreError, Tx, WriteError};

/// People who are told of one decision.
const MOST: usize = 20;

/// Does what is due for a decision by now.
///
/// # Errors
/// When the store fails.
pub async fn time_passed(app: &App, id: DecisionId) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Decision>(id).await?;
                let Some(d) = change.state().cloned() else { return Ok(()) };
                let Some(window) = hypercare_store::load::<Window>(tx, d.window.0).await? else { return Ok(()) };
                let on_duty = owner::email_at(tx, &window, stamp.at).await?;
                let rights = may_decide(&window.plan, d.kind, d.scenario.as_deref(), on_duty.as_deref());
                let command = DecisionCommand::TimePassed { may: people(tx, &rights).await?, leads: leads(tx).await? };
                change.run(command, &stamp, &())?;
                tx.save(change).await.map(drop)
            }
            .boxed()
        })
        .await
}

/// Who may rule at this moment; where the plan names nobody who can sign in, everybody whose role lets them decide.
pub(super) async fn people(tx: &mut Tx, rights: &Rights) -> Result<Vec<UserId>, StoreError> {
    let named = those(tx, |person| rights.emails.contains(&person.email.to_lowercase())).await?;
    if !named.is_empty() {
        return Ok(named);
    }
    those(tx, |person| Role::from_word(&person.role).is_some_and(|role| role != Role::Admin && role.may(Permission::DecisionsDecide))).await
}

async fn leads(q: &mut impl Query) -> Result<Vec<UserId>, StoreError> {
    those(q, |person| Role::from_word(&person.role) == Some(Role::Lead)).await
}

async fn those(q: &mut impl Query, wanted: impl Fn(&Person) -> bool) -> Result<Vec<UserId>, StoreError> {
    let all = people::list(q).await?;
    Ok(all.into_iter().filter(|person| !person.disabled && wanted(person)).map(|person| UserId(person.id)).take(MOST).collect())
}
