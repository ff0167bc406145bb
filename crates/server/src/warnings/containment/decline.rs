//! Somebody decided against a proposed window: its warnings propose none any more, its signals none for a week.
//! What was decided is in the event log alone.

use super::propose::Proposal;
use crate::App;
use crate::http::{ApiResult, Problem};
use futures_util::FutureExt;
use hypercare_core::{Span, Stamp, Timestamp, WarningId};
use hypercare_store::queries::events;
use hypercare_store::{Query, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const REASON_MAX: usize = 2_000;
/// Signals have no end of their own that could be waited for, as warnings have.
const SIGNALS_FOR: Span = Span::days(7);
/// Decisions looked back at.
const LOOK_BACK: i64 = 200;
/// There is one desk, so there is one such subject.
const SUBJECT: (&str, i64) = ("containment", 1);
const KIND: &str = "containment.declined";

/// Why no window is opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContainmentDecline)]
pub struct Decline {
    /// Why: the next person who sees it rise reads it.
    #[serde(default)]
    reason: String,
}

/// The reason, or what is wrong with it.
pub(super) fn reason(wanted: &Decline) -> ApiResult<String> {
    let reason = wanted.reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_MAX {
        let why = format!("Say why no window is needed, in 1 to {REASON_MAX} characters: the record keeps it.");
        return Err(Problem::unprocessable("reason", why));
    }
    Ok(reason.to_owned())
}

/// What was decided about.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    warnings: Vec<WarningId>,
    signals: Vec<String>,
}

pub(super) async fn keep(app: &App, proposal: &Proposal, stamp: Stamp) -> ApiResult<()> {
    let about =
        About { warnings: proposal.signs.iter().map(|s| s.id).collect(), signals: proposal.worsening.iter().map(|s| s.key.clone()).collect() };
    let body = serde_json::to_string(&about).map_err(|_| Problem::internal())?;
    let kept = app.store.write(move |tx| async move { tx.record(KIND, SUBJECT, None, &stamp, body).await.map(drop) }.boxed());
    kept.await.map_err(Problem::from)
}

/// What nobody needs to be asked about again.
pub(super) struct Declined(Vec<(Timestamp, About)>, Timestamp);

impl Declined {
    /// As of an instant.
    pub(super) async fn read(q: &mut impl Query, now: Timestamp) -> Result<Self, StoreError> {
        let lines = events::newest_of_subject(q, SUBJECT.0, SUBJECT.1, KIND, LOOK_BACK).await?;
        let one = |line: events::Line| {
            let about = serde_json::from_str(&line.body).map_err(|e| StoreError::Corrupt { what: KIND, detail: e.to_string() })?;
            Ok((Timestamp(line.at), about))
        };
        Ok(Self(lines.into_iter().map(one).collect::<Result<_, StoreError>>()?, now))
    }
    pub(super) fn warning(&self, id: WarningId) -> bool {
        self.0.iter().any(|(_, about)| about.warnings.contains(&id))
    }
    pub(super) fn signal(&self, key: &str) -> bool {
        self.0.iter().any(|(at, about)| self.1 - *at < SIGNALS_FOR && about.signals.iter().any(|s| s == key))
    }
}
