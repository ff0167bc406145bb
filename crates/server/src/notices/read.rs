//! Somebody has read their notices.

use crate::App;
use crate::http::auth::Signed;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::ConversationId;
use hypercare_store::WriteError;
use hypercare_store::queries::notices as stored;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Notices that are named at once.
const AT_ONCE: usize = 200;

/// What you have read: name one of the three.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadBody {
    /// These, at most 200.
    ids: Option<Vec<String>>,
    /// All of one conversation, with those that became part of it.
    conversation: Option<ConversationId>,
    /// All of them.
    #[serde(default)]
    all: bool,
    /// With `conversation` or `all`: only up to this notice, the newest that you saw.
    until: Option<String>,
}

/// How many are left.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unread {
    /// How many you have not read.
    unread: i64,
}

enum Read {
    These(Vec<i64>),
    Until(i64, Option<ConversationId>),
}

fn number(field: &'static str, id: &str) -> ApiResult<i64> {
    id.parse().ok().filter(|id| *id >= 0).ok_or_else(|| Problem::unprocessable(field, "An id of a notice is digits in a string, as the list has it."))
}

impl ReadBody {
    fn checked(self) -> ApiResult<Read> {
        let until = self.until.as_deref().map(|id| number("until", id)).transpose()?;
        match (self.ids, self.conversation, self.all) {
            (Some(ids), None, false) if ids.len() > AT_ONCE => {
                Err(Problem::unprocessable("ids", format!("At most {AT_ONCE} notices can be named at once; `all: true` takes all of them.")))
            }
            (Some(_), None, false) if until.is_some() => {
                Err(Problem::unprocessable("until", "`until` goes with `conversation` or `all`, not with `ids`."))
            }
            (Some(ids), None, false) => Ok(Read::These(ids.iter().map(|id| number("ids", id)).collect::<ApiResult<_>>()?)),
            (None, within @ Some(_), false) => Ok(Read::Until(until.unwrap_or(i64::MAX), within)),
            (None, None, true) => Ok(Read::Until(until.unwrap_or(i64::MAX), None)),
            _ => Err(Problem::unprocessable("ids", "Name what was read in one way: `ids`, `conversation`, or `all: true`.")),
        }
    }
}

/// Mark notices as read
///
/// Only yours: ids of others' are passed over. Again, it changes nothing.
#[utoipa::path(post, path = "/notices/read", operation_id = "read_notices", tag = "notices", request_body = ReadBody,
    responses((status = 200, body = Unread), (status = 422, body = Problem)))]
pub(super) async fn read_notices(Signed(me): Signed, State(app): State<App>, Body(body): Body<ReadBody>) -> ApiResult<Json<Unread>> {
    let user = me.require_user()?;
    let (what, now) = (body.checked()?, app.now());
    let read = app.store.write(move |tx| {
        async move {
            let read = match what {
                Read::These(ids) => stored::read(tx, user, &ids, now).await?,
                Read::Until(until, within) => stored::read_until(tx, user, until, within, now).await?,
            };
            Ok::<_, WriteError>(read)
        }
        .boxed()
    });
    if read.await? > 0 {
        // Their other screens show it too.
        app.notices.of(user);
    }
    Ok(Json(Unread { unread: stored::unread(&mut app.reader(), user).await? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_named_in_one_way() {
        #[track_caller]
        fn check(body: &str, field: Option<&str>) {
            let body: ReadBody = serde_json::from_str(body).unwrap();
            assert_eq!(body.checked().err().as_ref().and_then(Problem::field), field);
        }
        check(r#"{"ids":["1","2"]}"#, None);
        check(r#"{"conversation":"1"}"#, None);
        check(r#"{"conversation":"1","until":"7"}"#, None);
        check(r#"{"all":true,"until":"7"}"#, None);
        check("{}", Some("ids"));
        check(r#"{"all":false}"#, Some("ids"));
        check(r#"{"ids":["1"],"all":true}"#, Some("ids"));
        check(r#"{"ids":["x"]}"#, Some("ids"));
        check(r#"{"ids":["-1"]}"#, Some("ids"));
        check(r#"{"ids":["1"],"until":"7"}"#, Some("until"));
        check(r#"{"all":true,"until":"soon"}"#, Some("until"));
        let many = format!(r#"{{"ids":[{}"1"]}}"#, r#""1","#.repeat(AT_ONCE));
        check(&many, Some("ids"));
    }
}
