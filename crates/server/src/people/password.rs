//! Passwords: argon2id with the parameters that OWASP recommends (19 MiB, 2 passes, 1 lane), off the
//! request threads and few at a time, so that a storm of sign-ins cannot take all memory.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use hypercare_core::Refusal;
use hypercare_store::{StoreError, WriteError};
use tokio::sync::{OnceCell, Semaphore};

/// Fewest characters of a password.
pub const SHORTEST: usize = 10;
/// Most characters of a password; longer ones only cost time.
pub const MOST: usize = 200;
const AT_ONCE: usize = 4;

static HANDS: Semaphore = Semaphore::const_new(AT_ONCE);
static NOBODYS: OnceCell<String> = OnceCell::const_new();

/// The hash to keep, in PHC form with its own salt.
///
/// # Errors
/// A refusal for a password that is too short or too long.
pub async fn hash(password: &str) -> Result<String, WriteError> {
    let count = password.chars().count();
    if count < SHORTEST {
        return Err(Refusal::field("password", format!("A password has at least {SHORTEST} characters; this one has {count}.")).into());
    }
    if count > MOST {
        return Err(Refusal::field("password", format!("A password has at most {MOST} characters; this one has {count}.")).into());
    }
    let password = password.to_owned();
    let hashed = aside(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|e| e.to_string())).await?;
    hashed.map_err(|why| StoreError::Unusable(format!("The password cannot be hashed: {why}")).into())
}

/// Whether the password is right. Without a hash, because nobody has that address, it takes the same time
/// and is wrong.
///
/// # Errors
/// When the work could not be done.
pub async fn is_right(password: &str, kept: Option<&str>) -> Result<bool, WriteError> {
    let known = kept.is_some();
    let kept = match kept {
        Some(kept) => kept.to_owned(),
        None => NOBODYS.get_or_try_init(|| hash("nobody has this password")).await?.clone(),
    };
    // What nobody can have set is not worth the work.
    let password: String = password.chars().take(MOST + 1).collect();
    let right =
        aside(move || PasswordHash::new(&kept).is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())).await?;
    Ok(right && known)
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    let _hand = HANDS.acquire().await.map_err(|_| StoreError::Closed)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_is_right() {
        let kept = hash("correct horse battery").await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(is_right("correct horse battery", Some(&kept)).await.unwrap());
        assert!(!is_right("correct horse batterz", Some(&kept)).await.unwrap());
        assert!(!is_right("nobody has this password", None).await.unwrap());
        assert!(!is_right("x", Some("not a hash")).await.unwrap());
    }

    #[tokio::test]
    async fn lengths_are_checked() {
        #[track_caller]
        fn check(result: &Result<String, WriteError>, says: &str) {
            assert!(
                matches!(result, Err(WriteError::Refused(why)) if why.detail.contains(says) && why.field.as_deref() == Some("password")),
                "{result:?}"
            );
        }
        check(&hash("123456789").await, "at least 10");
        check(&hash(&"x".repeat(201)).await, "at most 200");
    }
}
