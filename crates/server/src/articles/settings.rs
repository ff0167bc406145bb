//! How the help centre looks, in which languages it speaks and where it is.

use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::article::CentreSettings;
use hypercare_core::{Refusal, Stamp};
use hypercare_store::WriteError;
use hypercare_store::queries::articles;
use serde::Serialize;
use utoipa::ToSchema;

/// The settings, and where the help centre is.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpSettings {
    /// As they are kept.
    #[serde(flatten)]
    settings: CentreSettings,
    /// Its first page.
    page: String,
    /// What search engines are told.
    sitemap: String,
}

fn shown(app: &App, settings: CentreSettings) -> HelpSettings {
    let base = settings.address.clone().unwrap_or_else(|| app.config.public_url.clone());
    HelpSettings { page: format!("{base}/help"), sitemap: format!("{base}/help/sitemap.xml"), settings }
}

/// How the help centre looks
#[utoipa::path(get, path = "/help-centre", operation_id = "help_settings", tag = "articles", responses((status = 200, body = HelpSettings)))]
pub(super) async fn help_settings(_: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<HelpSettings>> {
    let settings = articles::settings(&mut app.reader()).await?;
    Ok(Json(shown(&app, settings)))
}

/// Changes the settings.
///
/// # Errors
/// 422 that names the field.
pub async fn change(app: &App, wanted: CentreSettings, stamp: Stamp) -> ApiResult<CentreSettings> {
    let settings = wanted.tidy().map_err(WriteError::from)?;
    let kept: Result<CentreSettings, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let before = articles::settings(tx).await?;
                if before == settings {
                    return Ok(settings);
                }
                if let Some(logo) = settings.logo.as_ref().filter(|logo| before.logo.as_ref() != Some(logo))
                    && articles::image(tx, logo).await?.is_none()
                {
                    return Err(
                        Refusal::field("logo", "There is no such picture. Upload it first, and give the name that the upload gave it.").into()
                    );
                }
                articles::set_settings(tx, &settings).await?;
                let body = serde_json::to_string(&settings).unwrap_or_default();
                tx.record("help_centre.changed", ("help_centre", 1), None, &stamp, body).await?;
                Ok(settings)
            }
            .boxed()
        })
        .await;
    Ok(kept?)
}

/// Change how the help centre looks
#[utoipa::path(put, path = "/help-centre", operation_id = "change_help_settings", tag = "articles", request_body = CentreSettings,
    responses((status = 200, body = HelpSettings), (status = "4XX", body = Problem)))]
pub(super) async fn change_help_settings(
    caller: May<perm::Admin>,
    State(app): State<App>,
    Body(wanted): Body<CentreSettings>,
) -> ApiResult<Json<HelpSettings>> {
    let kept = change(&app, wanted, caller.stamp(&app)).await?;
    Ok(Json(shown(&app, kept)))
}
