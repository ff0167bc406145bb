//! `GET /windows/{id}/affected/compared`: how affected accounts do after the change, beside the others.

use super::reach::affected;
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use crate::signals::days::Days;
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_core::account::ACCOUNTS_LIMIT;
use hypercare_core::account::compare::{CAUTION, difference, sentence};
use hypercare_core::rating::{ENOUGH, Share};
use hypercare_core::signals::Day;
use hypercare_store::queries::affected as stored;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use utoipa::ToSchema;

/// How many of how many.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct GroupShare {
    /// How many did.
    pub part: u64,
    /// Of how many that are known of.
    pub whole: u64,
    /// The share, 0 to 1; none where the group is too small to say.
    pub share: Option<f64>,
}

/// One measure in both groups.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GroupComparison {
    /// adopted or cancelled.
    pub measure: String,
    /// What exactly is counted.
    pub definition: String,
    /// Accounts that the change affected.
    pub affected: GroupShare,
    /// All others.
    pub others: GroupShare,
    /// The first share less the second, -1 to 1; none where a group is too small.
    pub difference: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// In words.
    pub sentence: String,
}

/// Affected accounts beside the others.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ComparedAccounts {
    /// What a difference does not say.
    pub caution: String,
    /// The measures.
    pub items: Vec<GroupComparison>,
}

fn share(of: Share) -> GroupShare {
    GroupShare { part: of.part, whole: of.whole, share: (of.whole >= ENOUGH).then(|| of.share()) }
}

fn comparison(measure: &str, did: &str, definition: &str, ours: Share, others: Share) -> GroupComparison {
    let apart = difference(ours, others);
    GroupComparison {
        measure: measure.to_owned(),
        definition: definition.to_owned(),
        affected: share(ours),
        others: share(others),
        difference: apart.map(|d| d.difference),
        low: apart.map(|d| d.low),
        high: apart.map(|d| d.high),
        sentence: sentence(did, ours, others),
    }
}

/// How affected accounts do, beside the others
///
/// Adoption as the product reports it by `POST /windows/{id}/usage` with an `account`, and cancellations since the change. Accounts that were gone before it are in neither group.
#[utoipa::path(get, path = "/windows/{id}/affected/compared", tag = "accounts", params(("id" = WindowId, Path)),
    responses((status = 200, body = ComparedAccounts), (status = "4XX", body = Problem)))]
pub(super) async fn compare_accounts(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<ComparedAccounts>> {
    let mut reader = app.reader();
    let window = windows::load(&mut reader, id).await?;
    let go_live = Days::of(&window).go_live;
    let hit: HashSet<i64> = affected(&mut reader, &window).await?.into_iter().map(|one| one.account.0).collect();
    let adoption: HashMap<i64, f64> = stored::adoption(&mut reader, id, &go_live.to_string(), ACCOUNTS_LIMIT).await?.into_iter().collect();
    let (mut adopted, mut cancelled) = ([Share::default(); 2], [Share::default(); 2]);
    let count = |share: &mut Share, did: bool| (share.whole, share.part) = (share.whole + 1, share.part + u64::from(did));
    for (account, gone) in stored::cancelled(&mut reader, ACCOUNTS_LIMIT).await? {
        let gone: Option<Day> = gone.and_then(|day| day.parse().ok());
        if gone.is_some_and(|day| day < go_live) {
            continue;
        }
        let group = usize::from(!hit.contains(&account));
        count(&mut cancelled[group], gone.is_some());
        if let Some(percent) = adoption.get(&account) {
            count(&mut adopted[group], *percent > 0.0);
        }
    }
    let used = "Accounts whose newest report since the change says that somebody uses what is new; of those that are reported on.";
    let left = "Accounts that cancelled on the day of the change or later; of those that had not cancelled before.";
    Ok(Json(ComparedAccounts {
        caution: CAUTION.to_owned(),
        items: vec![
            comparison("adopted", "use what is new", used, adopted[0], adopted[1]),
            comparison("cancelled", "cancelled", left, cancelled[0], cancelled[1]),
        ],
    }))
}
