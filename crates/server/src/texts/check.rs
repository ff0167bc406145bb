//! `POST /text/check`: what makes a text hard to read.

use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::WindowId;
use hypercare_language::plain::{self, Checked, Counts, Ease, Formulas, Kind, LONGEST, Mark, Tongue};
use hypercare_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text to check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextToCheck {
    /// The text, plain or Markdown, at most 100,000 bytes.
    text: String,
    /// What it is for.
    kind: Kind,
    /// The glossary of this window holds, where given.
    #[serde(default)]
    window: Option<WindowId>,
    /// Code of its language, such as `en`; without it the text tells.
    #[serde(default)]
    lang: Option<String>,
}

/// What was found in a text.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TextChecked {
    /// Whether nothing is missing that must be there: when the next update comes, in an answer or an update.
    pub ok: bool,
    /// The language that it was read in: `en`, `de` or `other`.
    pub language: String,
    /// What makes it hard, in the order of the text. Places are bytes of the text as UTF-8.
    pub marks: Vec<Mark>,
    /// Whether there were more marks than are given.
    pub more: bool,
    /// What was counted.
    pub counts: Counts,
    /// How easy it is to read; only of English.
    pub ease: Option<Ease>,
    /// The published formulas; only of English.
    pub formulas: Option<Formulas>,
    /// How far the ease can be trusted, or why there is none.
    pub limits: String,
}

impl From<Checked> for TextChecked {
    fn from(found: Checked) -> Self {
        let language = match found.tongue {
            Tongue::English => "en",
            Tongue::German => "de",
            Tongue::Other => "other",
        };
        Self {
            ok: !found.lacks_next_update(),
            language: language.to_owned(),
            limits: found.limits().to_owned(),
            marks: found.marks,
            more: found.more,
            counts: found.counts,
            ease: found.ease,
            formulas: found.formulas,
        }
    }
}

/// Check a text
///
/// Marks what makes it hard to read, each with a reason and a suggestion, and says how easy it is. Nothing is kept.
#[utoipa::path(post, path = "/text/check", tag = "texts", request_body = TextToCheck, responses((status = 200, body = TextChecked), (status = "4XX", body = Problem)))]
pub(super) async fn check_text(_: May<perm::Read>, State(app): State<App>, Body(asked): Body<TextToCheck>) -> ApiResult<Json<TextChecked>> {
    let TextToCheck { text, kind, window, lang } = asked;
    if text.len() > LONGEST {
        return Err(Problem::unprocessable("text", format!("The text has {} bytes; check at most {LONGEST} at a time.", text.len())));
    }
    let tongue = lang.as_deref().map(tongue).transpose()?;
    let glossary = match window {
        Some(window) => crate::windows::load(&mut app.reader(), window).await?.plan.glossary,
        None => Vec::new(),
    };
    let found = tokio::task::spawn_blocking(move || plain::check(&text, kind, tongue, &glossary)).await.map_err(|_| StoreError::Panicked)?;
    Ok(Json(found.into()))
}

fn tongue(code: &str) -> ApiResult<Tongue> {
    let first = code.split(['-', '_']).next().unwrap_or_default();
    if !(2..=3).contains(&first.len()) || !first.bytes().all(|b| b.is_ascii_alphabetic()) || code.len() > 20 {
        return Err(Problem::unprocessable("lang", "Write the code of a language, such as `en`, `de` or `fr`, or leave it out."));
    }
    Ok(Tongue::of_code(code))
}
