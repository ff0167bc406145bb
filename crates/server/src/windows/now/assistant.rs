//! What the assistant settled, how often it was wrong, and what it saved: each figure with the list behind it.

use crate::App;
use crate::http::ApiResult;
use crate::windows::days;
use hypercare_core::Span;
use hypercare_core::handling::{self, ENOUGH};
use hypercare_core::window::Window;
use hypercare_language::calibration::upper_bound;
use hypercare_store::queries::assistant;
use serde::Serialize;
use utoipa::ToSchema;

/// The chance, 0 to 1, that the error rate is no more than its bound.
const CONFIDENCE: f64 = 0.95;

/// What the assistant did with the conversations about the change, since go-live. The lists are those of `GET /conversations` with this
/// window, `scope=in`, and `assistant=` the word in brackets.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AssistantNow {
    /// Conversations about the change.
    pub about: i64,
    /// Of these, begun today.
    pub about_today: i64,
    /// It answered [answered]. Each conversation counts once.
    pub answered: i64,
    /// It answered, no person was needed, and the matter is settled [settled].
    pub settled: i64,
    /// Of these, begun today.
    pub settled_today: i64,
    /// It answered, and whether the answer was right is known [known]. Each conversation counts once.
    pub known: i64,
    /// Of these, the answer was wrong [wrong].
    pub wrong: i64,
    /// With 95 % confidence no more than this share, 0 to 1, of the answers whose outcome is known is wrong (the exact binomial bound).
    /// Outcomes are known where somebody spoke up, so of all its answers fewer are. None while no outcome is known.
    pub wrong_at_most: Option<f64>,
    /// The time it saved people; none while there is no basis for an estimate.
    pub saved: Option<AssistantSaved>,
    /// What the time saved is estimated from, or what is missing for it.
    pub basis: String,
}

/// An estimate of the time saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AssistantSaved {
    /// In all, in seconds: conversations settled times `each`.
    pub total: Span,
    /// What a person takes for a comparable conversation, in seconds: the median.
    pub each: Span,
    /// Conversations that people handled, behind the median.
    pub conversations: u32,
}

pub(super) async fn assistant(app: &App, w: &Window) -> ApiResult<AssistantNow> {
    let mut reader = app.reader();
    let (today, _) = days::today(app.now(), &w.plan);
    let f = assistant::figures(&mut reader, w.id, today).await?;
    let handled = handling::handling(&assistant::replies(&mut reader, w.id).await?);
    let saved = handled.filter(|_| f.settled > 0).map(|h| AssistantSaved {
        total: Span(h.median.0.saturating_mul(f.settled)),
        each: h.median,
        conversations: u32::try_from(h.conversations).unwrap_or(u32::MAX),
    });
    let basis = match handled {
        Some(h) => format!(
            "{} settled by the assistant, times {} that a person takes: the median of {} settled conversations about the change that were not critical. \
             A reply takes from the customer's message, or the person's reply before, to when it is sent. Conversations with a gap of over an hour are left out.",
            f.settled,
            words(h.median),
            h.conversations
        ),
        None => format!(
            "No basis yet: how long a person takes is known from {ENOUGH} settled conversations about the change on, whose replies followed within an hour."
        ),
    };
    Ok(AssistantNow {
        about: f.about,
        about_today: f.about_today,
        answered: f.answered,
        settled: f.settled,
        settled_today: f.settled_today,
        known: f.known,
        wrong: f.wrong,
        wrong_at_most: (f.known > 0).then(|| upper_bound(f.wrong as f64, f.known as f64, CONFIDENCE)),
        saved,
        basis,
    })
}

/// A span as a person says it.
fn words(span: Span) -> String {
    match span.as_secs_f64() {
        secs if secs < 90.0 => format!("{secs:.0} seconds"),
        // Rounded down, as the screen does.
        secs => format!("{:.0} minutes", (secs / 60.0).floor()),
    }
}
