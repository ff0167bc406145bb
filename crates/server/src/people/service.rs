//! Changes of people and tokens, each with its event. Secrets are in no event.

use super::password;
use crate::App;
use crate::http::auth::TOKEN_PREFIX;
use crate::http::secret;
use futures_util::FutureExt;
use hypercare_core::role::{Permission, Role};
use hypercare_core::{Actor, Refusal, Stamp, TokenId, UserId};
use hypercare_store::queries::people::Person;
use hypercare_store::queries::{access, people};
use hypercare_store::{StoreError, Tx, WriteError};
use serde_json::json;

const LONGEST_NAME: usize = 100;
const LONGEST_EMAIL: usize = 254;

/// What changes; what is not given stays.
#[derive(Clone, Debug, Default)]
pub struct PersonChange {
    /// New name.
    pub name: Option<String>,
    /// New role.
    pub role: Option<Role>,
    /// New password.
    pub password: Option<String>,
    /// May not sign in any more, or may again.
    pub disabled: Option<bool>,
}

/// Adds a person, on behalf of the installation itself: for the command line and the demonstration.
///
/// # Errors
/// When the e-mail is taken or has no shape, the name is empty or the password too short.
pub async fn create(app: &App, email: &str, name: &str, role: Role, password: &str) -> Result<UserId, WriteError> {
    add(app, app.stamp(Actor::system()), email, name, role, password).await.map(|person| person.id())
}

/// The same with a password that was hashed elsewhere, as a PHC string of argon2.
///
/// # Errors
/// When the e-mail is taken or has no shape, or the name is empty.
pub async fn create_hashed(app: &App, email: &str, name: &str, role: Role, hash: &str) -> Result<UserId, WriteError> {
    insert(app, app.stamp(Actor::system()), email, name, role, hash.to_owned()).await.map(|person| person.id())
}

/// Sets somebody's password, on behalf of the installation itself.
///
/// # Errors
/// When nobody has that e-mail, or the password is too short.
pub async fn set_password(app: &App, email: &str, password: &str) -> Result<(), WriteError> {
    let person = people::by_email(&mut app.reader(), email)
        .await?
        .ok_or_else(|| Refusal::field("email", format!("Nobody has the e-mail address {email}.")))?;
    let change = PersonChange { password: Some(password.to_owned()), ..PersonChange::default() };
    change_person(app, app.stamp(Actor::system()), person.id(), change).await.map(drop)
}

/// Adds a person.
///
/// # Errors
/// As for [`create`].
pub(super) async fn add(app: &App, stamp: Stamp, email: &str, name: &str, role: Role, password: &str) -> Result<Person, WriteError> {
    checked_email(email)?;
    checked_name(name)?;
    let password_hash = password::hash(password).await?;
    insert(app, stamp, email, name, role, password_hash).await
}

async fn insert(app: &App, stamp: Stamp, email: &str, name: &str, role: Role, password_hash: String) -> Result<Person, WriteError> {
    let (email, name) = (checked_email(email)?, checked_name(name)?);
    let id: UserId = app.store.new_id(stamp.at);
    let person = Person { id: id.0, email, name, role: role.word().into(), password_hash, disabled: false, created_at: stamp.at.0 };
    app.store
        .write(move |tx| {
            async move {
                if people::by_email(tx, &person.email).await?.is_some() {
                    let taken = format!("Somebody with the e-mail address {} is here already.", person.email);
                    return Err(Refusal { field: Some("email".into()), ..Refusal::conflict(taken) }.into());
                }
                people::insert(tx, id, &person.email, &person.name, role, &person.password_hash, stamp.at).await?;
                let body = json!({ "email": person.email, "name": person.name, "role": person.role });
                tx.record("person.added", ("person", id.0), None, &stamp, body.to_string()).await?;
                Ok(person)
            }
            .boxed()
        })
        .await
}

/// Changes a person. A new password, and an end of the right to sign in, end their sessions.
///
/// # Errors
/// When there is no such person, the input is wrong, or it would leave nobody who administers.
pub(super) async fn change_person(app: &App, stamp: Stamp, id: UserId, change: PersonChange) -> Result<Person, WriteError> {
    let name = change.name.as_deref().map(checked_name).transpose()?;
    let password_hash = match &change.password {
        Some(password) => Some(password::hash(password).await?),
        None => None,
    };
    app.store
        .write(move |tx| {
            async move {
                let before = people::by_id(tx, id).await?.ok_or_else(|| Refusal::not_found("person"))?;
                let mut after = before.clone();
                after.name = name.unwrap_or(after.name);
                after.role = change.role.map_or(after.role, |role| role.word().to_owned());
                after.disabled = change.disabled.unwrap_or(after.disabled);
                let new_password = password_hash.is_some();
                after.password_hash = password_hash.unwrap_or(after.password_hash);
                let what = differences(&before, &after, new_password);
                if what.is_empty() {
                    return Ok(before);
                }
                keep_an_admin(tx, &before, &after).await?;
                people::update(tx, &after).await?;
                if new_password || after.disabled {
                    access::sessions_end(tx, id).await?;
                }
                let body = json!({ "name": after.name, "what": what });
                tx.record("person.changed", ("person", id.0), None, &stamp, body.to_string()).await?;
                Ok(after)
            }
            .boxed()
        })
        .await
}

fn differences(before: &Person, after: &Person, new_password: bool) -> String {
    let parts = [
        (before.name != after.name).then(|| format!("the name was {}", before.name)),
        (before.role != after.role).then(|| format!("role {} → {}", before.role, after.role)),
        new_password.then(|| "a new password".to_owned()),
        (before.disabled != after.disabled)
            .then(|| if after.disabled { "may not sign in any more".to_owned() } else { "may sign in again".to_owned() }),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

async fn keep_an_admin(tx: &mut Tx, before: &Person, after: &Person) -> Result<(), WriteError> {
    let is_admin = |person: &Person| person.role() == Role::Admin && !person.disabled;
    if !is_admin(before) || is_admin(after) {
        return Ok(());
    }
    if people::list(tx).await?.iter().any(|other| other.id != before.id && is_admin(other)) {
        return Ok(());
    }
    let field = if after.disabled { "disabled" } else { "role" };
    let detail = "This is the last person who administers. Make somebody else an admin first.";
    Err(Refusal { field: Some(field.into()), ..Refusal::conflict(detail) }.into())
}

/// Makes a token for a program; returns its id and its secret, which is shown once and not kept.
///
/// # Errors
/// When the name or the scopes are wrong.
pub async fn add_token(app: &App, stamp: Stamp, by: UserId, name: &str, scopes: &[Permission]) -> Result<(TokenId, String), WriteError> {
    let name = checked_name(name)?;
    if scopes.is_empty() {
        let words = Permission::ALL.map(Permission::word).join(", ");
        return Err(Refusal::field("scopes", format!("A token needs at least one scope: {words}.")).into());
    }
    let chosen: Vec<&str> = Permission::ALL.into_iter().filter(|p| scopes.contains(p)).map(Permission::word).collect();
    let scopes = chosen.join(" ");
    let random = secret::fresh().map_err(|_| StoreError::Unusable("The machine has no random source.".into()))?;
    let token = format!("{TOKEN_PREFIX}{random}");
    let (id, hash): (TokenId, String) = (app.store.new_id(stamp.at), secret::hash(&token));
    app.store
        .write(move |tx| {
            async move {
                access::token_insert(tx, id, &name, &hash, &scopes, by, stamp.at).await?;
                let body = json!({ "name": name, "scopes": scopes });
                tx.record("token.added", ("token", id.0), None, &stamp, body.to_string()).await?;
                Ok::<(), WriteError>(())
            }
            .boxed()
        })
        .await?;
    Ok((id, token))
}

/// Withdraws a token.
///
/// # Errors
/// When there is no such token, or it was withdrawn before.
pub async fn revoke_token(app: &App, stamp: Stamp, id: TokenId) -> Result<(), WriteError> {
    app.store
        .write(move |tx| {
            async move {
                let name = access::tokens(tx).await?.into_iter().find(|token| token.id == id.0).map(|token| token.name);
                if !access::token_revoke(tx, id, stamp.at).await? {
                    return Err(Refusal::not_found("token in use").into());
                }
                let body = json!({ "name": name.unwrap_or_default() });
                tx.record("token.revoked", ("token", id.0), None, &stamp, body.to_string()).await?;
                Ok(())
            }
            .boxed()
        })
        .await
}

fn checked_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    match name.chars().count() {
        0 => Err(Refusal::field("name", "A name is needed; colleagues see it.")),
        1..=LONGEST_NAME if !name.chars().any(char::is_control) => Ok(name.to_owned()),
        1..=LONGEST_NAME => Err(Refusal::field("name", "A name is one line of text.")),
        n => Err(Refusal::field("name", format!("A name has at most {LONGEST_NAME} characters; this one has {n}."))),
    }
}

fn checked_email(email: &str) -> Result<String, Refusal> {
    let email = email.trim().to_lowercase();
    let good = email.len() <= LONGEST_EMAIL && email.parse::<lettre::Address>().is_ok();
    if good { Ok(email) } else { Err(Refusal::field("email", format!("`{email}` is not an e-mail address such as mara@example.org."))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_have_a_shape() {
        #[track_caller]
        fn check(email: &str, expected: Option<&str>) {
            assert_eq!(checked_email(email).ok().as_deref(), expected, "{email}");
        }
        check(" Mara@Example.org ", Some("mara@example.org"));
        check("mara", None);
        check("mara@", None);
        check("a@b@c", None);
        check("mara @example.org", None);
        check(&format!("{}@example.org", "x".repeat(300)), None);
    }

    #[test]
    fn names_are_one_line() {
        #[track_caller]
        fn check(name: &str, good: bool) {
            assert_eq!(checked_name(name).is_ok(), good, "{name}");
        }
        check("Mara Lind", true);
        check("  ", false);
        check("a\nb", false);
        check(&"x".repeat(101), false);
    }
}
