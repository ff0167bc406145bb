//! Two questions: does the process run, and can it work.

use crate::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hypercare_core::{Span, Timestamp};
use serde::Serialize;
use std::sync::atomic::Ordering;

/// An engine that was not heard of for so long does not keep promises any more.
const SILENCE: Span = Span::secs(10);

#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    /// What is wrong, in words.
    problems: Vec<String>,
}

/// The process runs and answers.
pub(super) async fn alive() -> Json<Health> {
    Json(Health { status: "ok", problems: vec![] })
}

/// The process can work: its database answers and its engine comes round.
pub(super) async fn ready(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let mut problems = vec![];
    if let Err(error) = app.store.ping().await {
        tracing::warn!(%error, "not ready: the database does not answer");
        problems.push("The database does not answer.".to_owned());
    }
    problems.extend(engine(app.engine_beat.load(Ordering::Relaxed), app.now()));
    if *app.stopping.borrow() {
        problems.push("The server is stopping.".to_owned());
    }
    let (status, word) = if problems.is_empty() { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready") };
    (status, Json(Health { status: word, problems }))
}

fn engine(beat: i64, now: Timestamp) -> Option<String> {
    let silence = now - Timestamp(beat);
    match beat {
        0 => Some("The engine has not begun.".to_owned()),
        _ if silence > SILENCE => Some(format!("The engine was last heard of {silence} ago.")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_engine_is_a_problem() {
        #[track_caller]
        fn check(beat_secs: i64, problem: Option<&str>) {
            let found = engine(beat_secs * 1_000_000, Timestamp::from_secs(1_000));
            assert_eq!(found.is_some(), problem.is_some(), "{found:?}");
            assert!(found.unwrap_or_default().contains(problem.unwrap_or_default()));
        }
        check(0, Some("not begun"));
        check(1_000, None);
        check(990, None);
        check(989, Some("11 s"));
    }
}
