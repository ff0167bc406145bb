//! Whom the runbook lets do what, and the words for those who may.

use crate::http::Caller;
use crate::windows::{owner, rights};
use hypercare_core::Refusal;
use hypercare_core::cutover::{Cutover, may_act, may_roll_back};
use hypercare_core::plan::{RunbookSection, RunbookStep};
use hypercare_core::role::Permission;
use hypercare_core::window::Window;
use hypercare_store::{Query, StoreError, WriteError};

/// What only somebody with a name can do.
///
/// # Errors
/// 403 for programs.
pub fn person(caller: &Caller) -> Result<String, Refusal> {
    let person = caller.user.as_ref().map(|person| person.email.trim().to_lowercase());
    person.ok_or_else(|| Refusal::forbidden("Only a person can do this, because the record names who it was; a token cannot. Sign in."))
}

/// Whether this caller goes live with it: whom the runbook names, and leads.
pub fn leads(runbook: &RunbookSection, caller: &Caller) -> bool {
    let named = |email: &str| runbook.go_live_by.trim().eq_ignore_ascii_case(email.trim());
    caller.may(Permission::WindowsWrite) || caller.user.as_ref().is_some_and(|person| named(&person.email))
}

/// Refuses everybody who does not go live with it.
///
/// # Errors
/// 403 that names who may, or that the database failed.
pub async fn lead(q: &mut impl Query, runbook: &RunbookSection, caller: &Caller, act: &str) -> Result<(), WriteError> {
    if leads(runbook, caller) {
        return Ok(());
    }
    let names = owner::names(q).await?;
    let who = match runbook.go_live_by.trim() {
        "" => "a lead".to_owned(),
        email => format!("{} or a lead", owner::name_of(&names, email)),
    };
    Err(Refusal::forbidden(format!("Only {who} can {act} this runbook. Tell them that it is time.")).into())
}

/// Refuses whoever may not do this step.
///
/// # Errors
/// 403 that names who may, or that the database failed.
pub async fn act(q: &mut impl Query, w: &Window, step: &RunbookStep, caller: &Caller, now: hypercare_core::Timestamp) -> Result<(), WriteError> {
    let rights = may_act(step, on_duty(q, w, now).await?.as_deref());
    if rights::allow(&rights, caller) {
        return Ok(());
    }
    Err(rights::only(&rights, &owner::names(q).await?, "do", "Tell them that it can begin.").into())
}

/// Refuses whoever may not roll back.
///
/// # Errors
/// 403 that names who may, or that the database failed.
pub async fn roll_back(q: &mut impl Query, w: &Window, c: &Cutover, caller: &Caller, now: hypercare_core::Timestamp) -> Result<(), WriteError> {
    let rights = may_roll_back(c, on_duty(q, w, now).await?.as_deref());
    if rights::allow(&rights, caller) {
        return Ok(());
    }
    Err(rights::only(&rights, &owner::names(q).await?, "roll back", "Call them now.").into())
}

/// The address of who decides at this moment.
///
/// # Errors
/// When the database fails.
pub async fn on_duty(q: &mut impl Query, w: &Window, now: hypercare_core::Timestamp) -> Result<Option<String>, StoreError> {
    owner::email_at(q, w, now).await
}
