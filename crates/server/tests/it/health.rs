use crate::support::{Wanted, on_both, on_both_with};

#[tokio::test]
async fn without_an_engine_it_is_alive_and_not_ready() {
    on_both(async |test| {
        let stranger = test.stranger();
        assert_eq!(stranger.get("/healthz").await.good()["status"], "ok");
        let answer = stranger.get("/readyz").await;
        assert_eq!(answer.status, 503);
        assert!(answer.text.contains("engine has not begun"), "{}", answer.text);
    })
    .await;
}

#[tokio::test]
async fn with_one_it_is_ready_and_counts() {
    on_both_with(Wanted { engine: true, ..Wanted::default() }, async |test| {
        let stranger = test.stranger();
        for _ in 0..100 {
            if stranger.get("/readyz").await.status == 200 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(stranger.get("/readyz").await.good()["status"], "ready");
        stranger.get("/session").await.problem(401);
        let metrics = stranger.get("/metrics").await;
        assert_eq!(metrics.status, 200);
        for line in [
            "hypercare_requests_total{method=\"GET\",route=\"/api/v1/session\",status=\"401\"}",
            "hypercare_request_seconds_bucket{",
            "hypercare_outbox{state=\"pending\"} 0",
        ] {
            assert!(metrics.text.contains(line), "{line} in {}", metrics.text);
        }
    })
    .await;
}
