//! Counts in the format that Prometheus collects.

use crate::App;
use crate::http::{ApiResult, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use hypercare_store::queries::{letters, outbox};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

const SECONDS: [f64; 9] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const SIZES: [f64; 7] = [1.0, 2.0, 5.0, 10.0, 50.0, 100.0, 500.0];

/// Begins to count, once for the process.
pub fn install() {
    RECORDER.get_or_init(|| match build() {
        Ok(handle) => Some(handle),
        Err(error) => {
            tracing::error!(%error, "metrics are not collected");
            None
        }
    });
}

fn build() -> Result<PrometheusHandle, String> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS)
        .and_then(|builder| builder.set_buckets_for_metric(Matcher::Suffix("_size".into()), &SIZES))
        .map_err(|e| e.to_string())?
        .build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).map_err(|e| e.to_string())?;
    Ok(handle)
}

/// All counts, and what waits in the outbox and among letters now.
pub(super) async fn show(State(app): State<App>) -> ApiResult<impl IntoResponse> {
    let handle = RECORDER.get().and_then(Option::as_ref).ok_or_else(|| Problem::unavailable("Metrics are not collected in this process."))?;
    let states = outbox::states(&mut app.reader()).await?;
    for state in ["pending", "sent", "failed"] {
        let count = states.iter().find(|(name, _)| name == state).map_or(0, |(_, n)| *n);
        metrics::gauge!("hypercare_outbox", "state" => state).set(count as f64);
    }
    let states = letters::states(&mut app.reader()).await?;
    for state in ["pending", "delivered", "failed"] {
        let count = states.iter().find(|(name, _)| name == state).map_or(0, |(_, n)| *n);
        metrics::gauge!("hypercare_letters", "state" => state).set(count as f64);
    }
    // Histograms keep what was not asked for until somebody tidies up.
    handle.run_upkeep();
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()))
}
