//! Signing in and out.

use super::password;
use crate::App;
use crate::http::auth::{COOKIE, Credential};
use crate::http::client::ClientAddress;
use crate::http::{Allowance, ApiResult, Body, Caller, Known, Problem, cross_site, secret};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::AppendHeaders;
use futures_util::FutureExt;
use hypercare_core::role::{Permission, Role};
use hypercare_core::{Actor, Span, UserId};
use hypercare_store::WriteError;
use hypercare_store::queries::people::Person;
use hypercare_store::queries::{access, people};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long a session lasts, whatever happens in it.
const LASTS: Span = Span::days(14);
/// Failed attempts from one address for one person; guessing a password needs more.
const GUESSES: Allowance = Allowance { burst: 5, per: Span::mins(5) };
/// Failed attempts from one address for anybody.
const GUESSES_FOR_ANYBODY: Allowance = Allowance { burst: 30, per: Span::mins(5) };

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// E-mail address, in any case.
    email: String,
    /// Password.
    password: String,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Me {
    /// The person.
    user: User,
    /// What they may do.
    permissions: Vec<Permission>,
    /// A service suggests wordings here, for approval.
    drafting: bool,
}

/// A person, for themselves.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct User {
    /// Id.
    id: UserId,
    /// E-mail address.
    email: String,
    /// Name to show.
    name: String,
    /// Role.
    role: Role,
}

fn me(app: &App, person: &Person) -> Me {
    let permissions = Permission::ALL.into_iter().filter(|p| person.role().may(*p)).collect();
    Me {
        user: User { id: person.id(), email: person.email.clone(), name: person.name.clone(), role: person.role() },
        permissions,
        drafting: app.drafting.is_set_up(),
    }
}

type WithCookie<T> = (AppendHeaders<[(header::HeaderName, String); 1]>, T);

fn with_cookie<T>(app: &App, value: &str, seconds: i64, body: T) -> WithCookie<T> {
    let secure = if app.config.public_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    (AppendHeaders([(header::SET_COOKIE, cookie)]), body)
}

/// Signs in. The answer sets the session's cookie.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, responses((status = 200, body = Me)))]
pub(super) async fn sign_in(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body(input): Body<SignIn>,
) -> ApiResult<WithCookie<Json<Me>>> {
    // Nobody is signed in by a foreign page, as somebody else.
    cross_site::same_origin(&headers, &app.config.public_url)?;
    let email: String = input.email.trim().to_lowercase().chars().take(254).collect();
    let buckets = [(format!("sign-in:{address}:{email}"), GUESSES), (format!("sign-in:{address}"), GUESSES_FOR_ANYBODY)];
    for (key, allowance) in &buckets {
        app.limits.take(key.clone(), *allowance, app.now())?;
    }
    let person = people::by_email(&mut app.reader(), &email).await?.filter(|p| !p.disabled);
    let right = password::is_right(&input.password, person.as_ref().map(|p| p.password_hash.as_str())).await?;
    let person = person.filter(|_| right).ok_or_else(|| Problem::unauthorized("The e-mail address or the password is wrong."))?;
    for (key, allowance) in &buckets {
        app.limits.give_back(key, *allowance);
    }
    let value = begin(&app, &person).await?;
    Ok(with_cookie(&app, &value, (LASTS.as_secs_f64()) as i64, Json(me(&app, &person))))
}

async fn begin(app: &App, person: &Person) -> ApiResult<String> {
    let value = secret::fresh()?;
    let (hash, user) = (secret::hash(&value), person.id());
    let stamp = app.stamp(Actor::person(user, person.name.clone()));
    app.store
        .write(move |tx| {
            async move {
                access::session_insert(tx, &hash, user, stamp.at, stamp.at + LASTS).await?;
                tx.record("person.signed_in", ("person", user.0), None, &stamp, "{}".into()).await?;
                Ok::<(), WriteError>(())
            }
            .boxed()
        })
        .await?;
    Ok(value)
}

/// Who is signed in.
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = Me)))]
pub(super) async fn who_am_i(Known(caller): Known, State(app): State<App>) -> ApiResult<Json<Me>> {
    caller.require_user()?;
    caller.user.as_ref().map(|person| Json(me(&app, person))).ok_or_else(Problem::internal)
}

/// Signs out: the session's cookie is worth nothing any more.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204, description = "Signed out.")))]
pub(super) async fn sign_out(Known(caller): Known, State(app): State<App>) -> ApiResult<WithCookie<StatusCode>> {
    let user = caller.require_user()?;
    end(&app, &caller, user).await?;
    Ok(with_cookie(&app, "", 0, StatusCode::NO_CONTENT))
}

async fn end(app: &App, caller: &Caller, user: UserId) -> ApiResult<()> {
    let Credential::Session(hash) = caller.credential.clone() else { return Ok(()) };
    let stamp = caller.stamp(app);
    app.store
        .write(move |tx| {
            async move {
                access::session_delete(tx, &hash).await?;
                tx.record("person.signed_out", ("person", user.0), None, &stamp, "{}".into()).await?;
                Ok::<(), WriteError>(())
            }
            .boxed()
        })
        .await?;
    Ok(())
}
