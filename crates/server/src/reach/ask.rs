//! Whether another e-mail address is its owner's: asked by a letter with a link that only who reads it has.

use super::manage::mine;
use super::settings::{HowReached, of};
use crate::App;
use crate::http::auth::Signed;
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::{Refusal, Span, Timestamp, WayId};
use hypercare_store::WriteError;
use hypercare_store::queries::letters::{self, NewLetter, Receiver};
use hypercare_store::queries::ways::{self, Way};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// An address is not asked again so soon: it may be somebody else's.
const PAUSE: Span = Span::mins(10);

/// What the link of the letter carries.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NoticeWayProof)]
pub(super) struct ProofBody {
    /// The part of the link after the last dot.
    proof: String,
}

/// The letter that asks.
pub(super) fn question(app: &App, way: &Way, now: Timestamp) -> NewLetter {
    let proof = app.signs.way(WayId(way.id), &way.address);
    let link = format!("{}/notifications?confirm={}.{proof}", app.config.public_url, way.id);
    NewLetter {
        to: Receiver::Address(way.address.clone()),
        kind: "confirm",
        key: format!("confirm:{}:{}", way.id, now.0),
        subject: "Is this your address for notices?".into(),
        text: format!(
            "Somebody, perhaps you, wants to get notices of Hypercare at this address.\n\nTo get them, open this address, where you are signed in:\n{link}\n\nIf it was not you, do nothing: \
             without it nothing more comes here."
        ),
        html: None,
    }
}

/// Ask again whether an address is yours
///
/// For another e-mail address that is not proved yet; at most every ten minutes.
#[utoipa::path(post, path = "/notices/ways/{id}/ask", operation_id = "ask_way", tag = "notices", params(("id" = WayId, Path)),
    responses((status = 200, body = HowReached), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn ask_way(Signed(me): Signed, State(app): State<App>, PathId(id): PathId<WayId>) -> ApiResult<Json<HowReached>> {
    let (user, now) = (me.require_user()?, app.now());
    let way = mine(&mut app.reader(), user, id).await?;
    let letter = question(&app, &way, now);
    let asked = app.store.write(move |tx| {
        async move {
            let way = mine(tx, user, id).await?;
            if way.confirmed_at.is_some() {
                return Err(Refusal::conflict("This way needs no confirmation: it is yours.").into());
            }
            if way.asked_at.is_some_and(|at| now - Timestamp(at) < PAUSE) {
                return Err(Refusal::conflict(
                    "The address was asked less than ten minutes ago. Look there first, also among what was taken for spam.",
                )
                .into());
            }
            ways::asked(tx, id, now).await?;
            letters::queue(tx, &letter, now).await?;
            Ok::<_, WriteError>(())
        }
        .boxed()
    });
    asked.await?;
    app.letters.wake.notify_one();
    of(&app, user).await.map(Json)
}

/// Confirm that an address is yours
///
/// With what the letter's link carries. Again, it changes nothing.
#[utoipa::path(post, path = "/notices/ways/{id}/confirm", operation_id = "confirm_way", tag = "notices", params(("id" = WayId, Path)), request_body = ProofBody,
    responses((status = 200, body = HowReached), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn confirm_way(
    Signed(me): Signed,
    State(app): State<App>,
    PathId(id): PathId<WayId>,
    Body(body): Body<ProofBody>,
) -> ApiResult<Json<HowReached>> {
    let (user, stamp) = (me.require_user()?, me.stamp(&app));
    let way = mine(&mut app.reader(), user, id).await?;
    if !app.signs.is_way(id, &way.address, &body.proof) {
        return Err(Problem::unprocessable(
            "proof",
            "This link was not made for this address. Open the newest letter's link as a whole, or ask again.",
        ));
    }
    let confirmed = app.store.write(move |tx| {
        async move {
            if ways::confirm(tx, id, stamp.at).await? {
                let body = json!({ "name": way.name, "kind": way.kind }).to_string();
                tx.record("notice.way_confirmed", ("person", user.0), None, &stamp, body).await?;
            }
            Ok::<_, WriteError>(())
        }
        .boxed()
    });
    confirmed.await?;
    of(&app, user).await.map(Json)
}
