//! Who calls, and whether they may: the first argument of each handler, so that nothing is read or parsed
//! for somebody who may not.

use super::limits::Allowance;
use super::problem::{ApiResult, Problem};
use super::{cross_site, secret};
use crate::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use hypercare_core::role::Permission;
use hypercare_core::{Actor, Stamp, UserId};
use hypercare_store::queries::people::Person;
use hypercare_store::queries::{access, people};
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

/// The session cookie's name.
pub const COOKIE: &str = "hc_session";
/// How API tokens begin.
pub const TOKEN_PREFIX: &str = "hc_";
const TOKEN_REQUESTS: Allowance = Allowance::a_minute(6_000);

/// Somebody who signed in, or a program with a token.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who acts, for events.
    pub actor: Actor,
    /// The person, where it is one.
    pub user: Option<Person>,
    /// What they may do.
    pub permissions: Vec<Permission>,
    /// Tells callers apart, for limits and repeated requests: `user:5`, `token:7`.
    pub key: String,
    /// What they showed, hashed.
    pub credential: Credential,
}

/// What a caller showed; only hashes of secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A session's cookie.
    Session(String),
    /// An API token.
    Token(String),
}

impl Caller {
    /// They do something now.
    pub fn stamp(&self, app: &App) -> Stamp {
        app.stamp(self.actor.clone())
    }
    /// The person's id, where it is a person.
    pub fn user_id(&self) -> Option<UserId> {
        self.user.as_ref().map(Person::id)
    }
    /// The person's id, for what only a person can do.
    ///
    /// # Errors
    /// 403 for programs.
    pub fn require_user(&self) -> ApiResult<UserId> {
        self.user_id().ok_or_else(|| Problem::forbidden("Only a person can do this; a token cannot. Sign in."))
    }
    /// Whether what they showed is still good and lets them look. For streams, which outlive their beginning.
    pub async fn still_may_look(&self, app: &App) -> bool {
        let mut reader = app.reader();
        let good = match &self.credential {
            Credential::Session(hash) => access::session_user(&mut reader, hash, app.now()).await.map(|user| user.is_some()),
            Credential::Token(hash) => access::token_by_hash(&mut reader, hash).await.map(|token| token.is_some()),
        };
        // A store that fails is no reason to send everybody away; the stream ends by itself then.
        self.may(Permission::Read) && good.unwrap_or(true)
    }
    /// Whether they may.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
    /// Refuses what they may not do.
    ///
    /// # Errors
    /// 403 that names the permission.
    pub fn require(&self, permission: Permission) -> ApiResult<()> {
        if self.may(permission) {
            return Ok(());
        }
        let whose = if self.user.is_some() { "Your role" } else { "This token" };
        Err(Problem::forbidden(format!("{whose} lacks the permission `{}`.", permission.word())))
    }
}

/// A permission, as a type.
pub trait Needs: Send + Sync + 'static {
    /// Which.
    const PERMISSION: Permission;
}

/// Permissions as types: `May<perm::Read>`.
pub mod perm {
    use super::{Needs, Permission};

    macro_rules! markers {
        ($($(#[$doc:meta])* $name:ident;)*) => {$(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;
            impl Needs for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )*};
    }
    markers! {
        /// See everything that is not administration.
        Read;
        /// Bring messages in from a channel.
        InboundWrite;
        /// Reply, note, assign, link, correct triage.
        ConversationsWrite;
        /// Create and change issues, reply to all.
        IssuesWrite;
        /// Draft answers; ask for decisions.
        AnswersDraft;
        /// Approve and retire answers.
        AnswersApprove;
        /// Decide what was asked of the owner.
        DecisionsDecide;
        /// Create windows, apply plans, change phases.
        WindowsWrite;
        /// People and tokens.
        Admin;
    }
}

/// A caller who may do `P`. Make it the first argument of the handler.
#[derive(Clone, Debug)]
pub struct May<P>(Arc<Caller>, PhantomData<P>);

impl<P> Deref for May<P> {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl<P: Needs> FromRequestParts<App> for May<P> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = caller(parts, app).await?;
        caller.require(P::PERMISSION)?;
        Ok(Self(caller, PhantomData))
    }
}

/// A caller who may do anything or nothing: for "who am I".
#[derive(Clone, Debug)]
pub struct Known(pub Arc<Caller>);

impl FromRequestParts<App> for Known {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        caller(parts, app).await.map(Self)
    }
}

/// A person who signed in, whatever their role: for what is their own.
#[derive(Clone, Debug)]
pub struct Signed(pub Arc<Caller>);

impl FromRequestParts<App> for Signed {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = caller(parts, app).await?;
        caller.require_user()?;
        Ok(Self(caller))
    }
}

/// Who sent the request; asked once for each request.
///
/// # Errors
/// 401 when nobody is signed in, 403 when a foreign page sent it, 429 when a token is used too often.
pub async fn caller(parts: &mut Parts, app: &App) -> ApiResult<Arc<Caller>> {
    if let Some(known) = parts.extensions.get::<Arc<Caller>>() {
        return Ok(Arc::clone(known));
    }
    let found = Arc::new(match bearer(&parts.headers) {
        Some(token) => by_token(token, app).await?,
        None => by_session(parts, app).await?,
    });
    parts.extensions.insert(Arc::clone(&found));
    Ok(found)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn by_token(token: &str, app: &App) -> ApiResult<Caller> {
    let hash = secret::hash(token);
    let row = match token.starts_with(TOKEN_PREFIX) {
        true => access::token_by_hash(&mut app.reader(), &hash).await?,
        false => None,
    };
    let row = row.ok_or_else(|| Problem::unauthorized("This token is not known, or it was withdrawn."))?;
    let key = format!("token:{}", row.id);
    app.limits.take(key.clone(), TOKEN_REQUESTS, app.now())?;
    let permissions = row.scopes.split_whitespace().filter_map(Permission::from_word).collect();
    Ok(Caller { actor: Actor::token(row.name), user: None, permissions, key, credential: Credential::Token(hash) })
}

async fn by_session(parts: &Parts, app: &App) -> ApiResult<Caller> {
    let nobody = || Problem::unauthorized("Nobody is signed in. Sign in, or send a token: `Authorization: Bearer hc_…`.");
    let session = session_hash(&parts.headers).ok_or_else(nobody)?;
    cross_site::check(&parts.method, &parts.headers, &app.config.public_url)?;
    let mut reader = app.reader();
    let user = access::session_user(&mut reader, &session, app.now()).await?.ok_or_else(nobody)?;
    let person = people::by_id(&mut reader, user).await?.filter(|p| !p.disabled).ok_or_else(nobody)?;
    Ok(Caller {
        actor: Actor::person(user, person.name.clone()),
        permissions: Permission::ALL.into_iter().filter(|p| person.role().may(*p)).collect(),
        user: Some(person),
        key: format!("user:{user}"),
        credential: Credential::Session(session),
    })
}

/// The hash of the session's secret in the cookie, if there is one.
pub fn session_hash(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == COOKIE && !value.is_empty()).map(|(_, value)| secret::hash(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_session_is_found_among_cookies() {
        #[track_caller]
        fn check(cookie: &'static str, expected: Option<&str>) {
            let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookie))]);
            assert_eq!(session_hash(&headers), expected.map(secret::hash), "{cookie}");
        }
        check("hc_session=abc", Some("abc"));
        check("theme=dark; hc_session=abc; x=y", Some("abc"));
        check("my_hc_session=abc", None);
        check("hc_session=", None);
        check("nonsense", None);
    }

    #[test]
    fn bearers_are_read() {
        #[track_caller]
        fn check(value: &'static str, expected: Option<&str>) {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static(value))]);
            assert_eq!(bearer(&headers), expected, "{value}");
        }
        check("Bearer hc_x", Some("hc_x"));
        check("bearer hc_x", Some("hc_x"));
        check("Basic abc", None);
        check("hc_x", None);
    }

    #[test]
    fn each_marker_is_its_permission() {
        assert_eq!(perm::Read::PERMISSION, Permission::Read);
        assert_eq!(perm::WindowsWrite::PERMISSION.word(), "windows:write");
    }
}
