//! Reading who is here, and saying so.

use crate::App;
use crate::http::auth::{May, Signed, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::assignment::MOST;
use hypercare_core::{Refusal, Timestamp, UserId};
use hypercare_store::WriteError;
use hypercare_store::queries::turn::{self as stored, Attending};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Who is here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attendance {
    /// Conversations that need a person are given in turn.
    turning: bool,
    /// Everybody who may answer customers, by name.
    items: Vec<PersonAttending>,
}

/// One of those who answer customers.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonAttending {
    /// Who.
    id: UserId,
    /// Their name.
    name: String,
    /// Since when they are away; null while they are here.
    away_since: Option<Timestamp>,
    /// When they want to come back, where they said so.
    back_at: Option<Timestamp>,
    /// Open conversations that they have to work on now.
    load: u32,
    /// How many they have at a time.
    capacity: u32,
}

impl From<Attending> for PersonAttending {
    fn from(person: Attending) -> Self {
        let Attending { name, back_at, agent } = person;
        Self { id: agent.user, name, away_since: agent.away_since, back_at, load: agent.load, capacity: agent.capacity }
    }
}

async fn now(app: &App) -> ApiResult<Json<Attendance>> {
    let mut reader = app.reader();
    let items = stored::people(&mut reader).await?.into_iter().map(PersonAttending::from).collect();
    Ok(Json(Attendance { turning: stored::turning(&mut reader).await?, items }))
}

/// Read who is here, and how much each has
#[utoipa::path(get, path = "/attendance", operation_id = "get_attendance", tag = "people", responses((status = 200, body = Attendance)))]
pub(super) async fn attendance(_: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<Attendance>> {
    now(&app).await
}

/// Whether you are here.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attend {
    /// You are away: you are given nothing.
    away: bool,
    /// When you come back, a time in the future; by itself you are here again then.
    back_at: Option<Timestamp>,
}

/// Say that you are here, or away
#[utoipa::path(put, path = "/attendance/me", operation_id = "set_attendance", tag = "people", request_body = Attend,
    responses((status = 200, body = Attendance), (status = 422, body = Problem)))]
pub(super) async fn attend(Signed(me): Signed, State(app): State<App>, Body(body): Body<Attend>) -> ApiResult<Json<Attendance>> {
    let (user, stamp) = (me.require_user()?, me.stamp(&app));
    if body.back_at.is_some_and(|at| !body.away || at <= stamp.at) {
        let why = if body.away { "This has to be a time in the future." } else { "Whoever is here does not come back: leave this out." };
        return Err(Problem::unprocessable("back_at", why));
    }
    let attended = app.store.write(move |tx| {
        async move {
            let people = stored::people(tx).await?;
            let Some(before) = people.iter().find(|person| person.agent.user == user) else {
                return Err(Refusal::conflict("Your role does not answer customers: nothing is given to you in any case.").into());
            };
            if before.agent.away_since.is_some() == body.away && before.back_at == body.back_at {
                return Ok(());
            }
            let kind = if body.away {
                // Who only says another time has been away since they went.
                stored::leave(tx, user, before.agent.away_since.unwrap_or(stamp.at), body.back_at).await?;
                "person.away"
            } else {
                stored::come_back(tx, user).await?;
                "person.back"
            };
            let what = json!({ "name": before.name, "until": body.back_at });
            tx.record(kind, ("person", user.0), None, &stamp, what.to_string()).await?;
            stored::wanted(tx, stamp.at).await.map_err(WriteError::from)
        }
        .boxed()
    });
    attended.await?;
    app.wake.notify_one();
    now(&app).await
}

/// How many conversations somebody has at a time.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CapacityBody {
    /// 0 to 200; with 0 nothing is given to them.
    capacity: u32,
}

/// Set how many conversations somebody has at a time
#[utoipa::path(patch, path = "/attendance/{id}", operation_id = "set_capacity", tag = "people", params(("id" = UserId, Path)), request_body = CapacityBody,
    responses((status = 200, body = Attendance), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn set_capacity(
    me: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<UserId>,
    Body(body): Body<CapacityBody>,
) -> ApiResult<Json<Attendance>> {
    if body.capacity > MOST {
        return Err(Problem::unprocessable("capacity", format!("Nobody can have more than {MOST} at a time; this is {}.", body.capacity)));
    }
    let stamp = me.stamp(&app);
    let changed = app.store.write(move |tx| {
        async move {
            let people = stored::people(tx).await?;
            let before = people.iter().find(|person| person.agent.user == id);
            let before = before.ok_or_else(|| Refusal::not_found("person who answers customers"))?;
            if before.agent.capacity == body.capacity {
                return Ok(());
            }
            stored::set_capacity(tx, id, body.capacity).await?;
            let what = json!({ "name": before.name, "capacity": body.capacity });
            tx.record("person.capacity", ("person", id.0), None, &stamp, what.to_string()).await?;
            stored::wanted(tx, stamp.at).await.map_err(WriteError::from)
        }
        .boxed()
    });
    changed.await?;
    app.wake.notify_one();
    now(&app).await
}

/// Whether conversations are given in turn.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnBody {
    /// They are.
    turning: bool,
}

/// Give conversations in turn, or let people take them
#[utoipa::path(put, path = "/attendance/turn", operation_id = "set_turn", tag = "people", request_body = TurnBody,
    responses((status = 200, body = Attendance), (status = 422, body = Problem)))]
pub(super) async fn set_turn(me: May<perm::Admin>, State(app): State<App>, Body(body): Body<TurnBody>) -> ApiResult<Json<Attendance>> {
    let stamp = me.stamp(&app);
    let changed = app.store.write(move |tx| {
        async move {
            if stored::turning(tx).await? == body.turning {
                return Ok(());
            }
            stored::turn(tx, body.turning, stamp.at).await?;
            let kind = if body.turning { "turn.on" } else { "turn.off" };
            tx.record(kind, ("turn", 0), None, &stamp, "{}".to_owned()).await?;
            Ok::<_, WriteError>(())
        }
        .boxed()
    });
    changed.await?;
    app.wake.notify_one();
    now(&app).await
}
