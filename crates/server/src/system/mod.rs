//! Is it alive, is it ready, how does it do: for whoever runs it.

mod health;
mod metrics;

pub use metrics::install as install_metrics;

use crate::App;
use axum::Router;
use axum::routing::get;

/// Its addresses, outside of the versioned API because probes do not follow versions.
pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(health::alive)).route("/readyz", get(health::ready)).route("/metrics", get(metrics::show))
}
