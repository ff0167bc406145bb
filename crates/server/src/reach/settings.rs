//! How somebody is reached: their ways, rules and quiet hours, and what would reach them now.

use super::preview;
use super::view::{CellView, GroupView, PreviewView, WayView, cells, groups};
use crate::App;
use crate::http::auth::Signed;
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::notice::route::{OWN_MAIL, Rules};
use hypercare_core::{Refusal, Stamp, Timestamp, UserId, WayId};
use hypercare_store::queries::people::{self, Person};
use hypercare_store::queries::{mail, ways};
use hypercare_store::{Reader, WriteError, notices};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// How somebody is reached.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HowReached)]
pub(super) struct HowReached {
    /// Send it back with a change: it is refused where the rules changed meanwhile.
    pub revision: i64,
    /// Whose.
    pub person: UserId,
    /// Their ways, their own address first.
    pub ways: Vec<WayView>,
    /// Their rules; what is not chosen is as usual.
    pub rules: Rules,
    /// What is chosen for together, the most urgent first.
    pub groups: Vec<GroupView>,
    /// When what is told on which way: choices, and what is usual.
    pub cells: Vec<CellView>,
    /// Until when it is quiet for them; null where it is not.
    pub quiet_until: Option<Timestamp>,
    /// They decide now, or are the backup: quiet hours do not hold.
    pub on_duty: bool,
    /// What would become of something that happens now.
    pub now: Vec<PreviewView>,
}

/// Changed rules.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewHowReached)]
pub(super) struct NewHowReached {
    /// The revision that they are a change of.
    revision: i64,
    /// The rules.
    rules: Rules,
}

/// The ways of somebody, as they are shown.
pub(super) async fn shown_ways(q: &mut Reader, person: &Person) -> ApiResult<Vec<WayView>> {
    let mut all = vec![WayView::own(person, mail::refused(q, &person.email).await?)];
    for way in ways::of_person(q, person.id()).await? {
        let last = ways::last(q, WayId(way.id)).await?;
        all.push(WayView::new(way, last));
    }
    Ok(all)
}

/// How one person is reached.
pub(super) async fn of(app: &App, user: UserId) -> ApiResult<HowReached> {
    let (mut reader, now) = (app.reader(), app.now());
    let person = people::by_id(&mut reader, user).await?.ok_or_else(|| Problem::not_found("person"))?;
    let (revision, rules) = ways::rules(&mut reader, user).await?;
    let ways = shown_ways(&mut reader, &person).await?;
    let on_duty = notices::on_duty(&mut reader, user, now).await?;
    let quiet_until = rules.quiet.as_ref().and_then(|quiet| quiet.ends(&rules.zone, now));
    let (cells, preview) = (cells(&rules, &ways), preview::now(&rules, &ways, on_duty, now));
    Ok(HowReached { revision, person: user, ways, rules, groups: groups(), cells, quiet_until, on_duty, now: preview })
}

/// How you are reached
///
/// Your ways, rules and quiet hours, and what would become of something that happens now.
#[utoipa::path(get, path = "/notices/reach", operation_id = "how_reached", tag = "notices", responses((status = 200, body = HowReached)))]
pub(super) async fn how_reached(Signed(me): Signed, State(app): State<App>) -> ApiResult<Json<HowReached>> {
    of(&app, me.require_user()?).await.map(Json)
}

/// Change how you are reached
///
/// The rules as a whole. What waits to be sent stays as it was planned.
#[utoipa::path(put, path = "/notices/reach", operation_id = "change_how_reached", tag = "notices", request_body = NewHowReached,
    responses((status = 200, body = HowReached), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change_how_reached(Signed(me): Signed, State(app): State<App>, Body(new): Body<NewHowReached>) -> ApiResult<Json<HowReached>> {
    let user = me.require_user()?;
    choose(&app, me.stamp(&app), user, new.revision, new.rules).await?;
    of(&app, user).await.map(Json)
}

/// Keeps somebody's rules, as a change of the `expected` revision.
///
/// # Errors
/// When a rule is wrong, they were changed meanwhile, or the store fails.
pub async fn choose(app: &App, stamp: Stamp, user: UserId, expected: i64, rules: Rules) -> Result<(), WriteError> {
    app.store
        .write(move |tx| {
            async move {
                let known: Vec<WayId> = ways::of_person(tx, user).await?.iter().map(|way| WayId(way.id)).chain([OWN_MAIL]).collect();
                rules.check(&known).map_err(|(field, why)| Refusal::field(format!("rules.{field}"), why))?;
                let (revision, before) = ways::rules(tx, user).await?;
                if revision != expected {
                    return Err(Refusal::conflict("Your rules were changed meanwhile, perhaps in another tab. Load them again.").into());
                }
                if before == rules && revision > 0 {
                    return Ok(());
                }
                ways::rules_save(tx, user, revision, &rules).await?;
                let quiet = rules.quiet.as_ref().map_or("without quiet hours", |_| "with quiet hours");
                tx.record("notice.rules_changed", ("person", user.0), None, &stamp, json!({ "what": quiet }).to_string()).await?;
                Ok::<_, WriteError>(())
            }
            .boxed()
        })
        .await
}
