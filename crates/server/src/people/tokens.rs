//! Tokens for programs.

use super::service;
use crate::App;
use crate::http::{ApiResult, Body, May, Page, PathId, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::role::Permission;
use hypercare_core::{Timestamp, TokenId};
use hypercare_store::queries::access::{self, Token};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenView {
    /// Id.
    id: TokenId,
    /// What it is for.
    name: String,
    /// What it may do.
    scopes: Vec<Permission>,
    /// When it was made.
    created_at: Timestamp,
    /// When it was withdrawn.
    revoked_at: Option<Timestamp>,
}

impl From<Token> for TokenView {
    fn from(token: Token) -> Self {
        Self {
            id: TokenId(token.id),
            scopes: token.scopes.split_whitespace().filter_map(Permission::from_word).collect(),
            name: token.name,
            created_at: Timestamp(token.created_at),
            revoked_at: token.revoked_at.map(Timestamp),
        }
    }
}

/// All tokens, newest first, withdrawn ones too.
#[utoipa::path(get, path = "/tokens", tag = "people", responses((status = 200, body = Page<TokenView>)))]
pub(super) async fn list_tokens(_: May<perm::Admin>, State(app): State<App>) -> ApiResult<Json<Page<TokenView>>> {
    let tokens = access::tokens(&mut app.reader()).await?;
    Ok(Json(Page::whole(tokens.into_iter().map(TokenView::from).collect())))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewToken {
    /// What it is for.
    name: String,
    /// What it may do.
    scopes: Vec<Permission>,
}

/// A new token. Its secret is shown here and nowhere else.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MadeToken {
    /// Id.
    id: TokenId,
    /// What it is for.
    name: String,
    /// What it may do.
    scopes: Vec<Permission>,
    /// The secret: `Authorization: Bearer hc_…`.
    token: String,
}

/// Makes a token. Only a person can, because a token must belong to somebody.
#[utoipa::path(post, path = "/tokens", tag = "people", request_body = NewToken, responses((status = 201, body = MadeToken)))]
pub(super) async fn make_token(
    caller: May<perm::Admin>,
    State(app): State<App>,
    Body(new): Body<NewToken>,
) -> ApiResult<(StatusCode, Json<MadeToken>)> {
    let by = caller.require_user()?;
    let (id, token) = service::add_token(&app, caller.stamp(&app), by, &new.name, &new.scopes).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { id, name: new.name.trim().to_owned(), scopes: new.scopes, token })))
}

/// Withdraws a token; from now on it opens nothing.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "people", params(("id" = TokenId, Path)), responses((status = 204, description = "Withdrawn.")))]
pub(super) async fn revoke_token(caller: May<perm::Admin>, State(app): State<App>, PathId(id): PathId<TokenId>) -> ApiResult<StatusCode> {
    service::revoke_token(&app, caller.stamp(&app), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
