//! People who may sign in.

use super::service::{self, PersonChange};
use crate::App;
use crate::http::{ApiResult, Body, May, Page, PathId, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::UserId;
use hypercare_core::role::Role;
use hypercare_store::queries::people::{self, Person};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person who may sign in, or might once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UserView {
    /// Id.
    id: UserId,
    /// E-mail address.
    email: String,
    /// Name to show.
    name: String,
    /// Role.
    role: Role,
    /// May not sign in any more.
    disabled: bool,
}

impl From<Person> for UserView {
    fn from(person: Person) -> Self {
        Self { id: person.id(), role: person.role(), email: person.email, name: person.name, disabled: person.disabled }
    }
}

/// Everyone, by name: to assign work to, and to administer.
#[utoipa::path(get, path = "/users", tag = "people", responses((status = 200, body = Page<UserView>)))]
pub(super) async fn list_users(_: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<Page<UserView>>> {
    let everyone = people::list(&mut app.reader()).await?;
    Ok(Json(Page::whole(everyone.into_iter().map(UserView::from).collect())))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewUser {
    /// E-mail address: how they sign in.
    email: String,
    /// Name to show.
    name: String,
    /// Role.
    role: Role,
    /// First password, at least 10 characters.
    password: String,
}

/// Adds a person.
#[utoipa::path(post, path = "/users", tag = "people", request_body = NewUser, responses((status = 201, body = UserView)))]
pub(super) async fn add_user(caller: May<perm::Admin>, State(app): State<App>, Body(new): Body<NewUser>) -> ApiResult<(StatusCode, Json<UserView>)> {
    let person = service::add(&app, caller.stamp(&app), &new.email, &new.name, new.role, &new.password).await?;
    Ok((StatusCode::CREATED, Json(person.into())))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserChange {
    /// New name.
    name: Option<String>,
    /// New role.
    role: Option<Role>,
    /// New password; ends their sessions.
    password: Option<String>,
    /// `true`: may not sign in any more; ends their sessions.
    disabled: Option<bool>,
}

/// Changes a person; what is not given stays.
#[utoipa::path(patch, path = "/users/{id}", tag = "people", params(("id" = UserId, Path)), request_body = UserChange, responses((status = 200, body = UserView)))]
pub(super) async fn change_user(
    caller: May<perm::Admin>,
    State(app): State<App>,
    PathId(id): PathId<UserId>,
    Body(change): Body<UserChange>,
) -> ApiResult<Json<UserView>> {
    let change = PersonChange { name: change.name, role: change.role, password: change.password, disabled: change.disabled };
    let person = service::change_person(&app, caller.stamp(&app), id, change).await?;
    Ok(Json(person.into()))
}
