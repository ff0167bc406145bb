//! The committed description is the one that the routes give.

use crate::support::on_both;
use std::path::Path;

#[test]
fn the_description_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
    let now = hypercare_server::http::openapi().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &now).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == now,
        "The API changed and docs/api/openapi.json did not. Write it anew: cargo run -p hypercare -- openapi > docs/api/openapi.json"
    );
}

#[test]
fn every_operation_says_what_it_does_and_can_say_no() {
    let openapi = serde_json::to_value(hypercare_server::http::openapi()).unwrap();
    assert!(openapi["openapi"].as_str().unwrap().starts_with("3.1"), "{}", openapi["openapi"]);
    for (path, item) in openapi["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let described = ["summary", "description"].iter().any(|key| operation[key].as_str().is_some_and(|text| !text.is_empty()));
            assert!(described, "{method} {path} has no words");
            assert!(operation["responses"]["default"].is_object(), "{method} {path} has no problem");
        }
    }
}

#[tokio::test]
async fn the_description_is_served() {
    on_both(async |test| {
        let served = test.stranger().get("/api/openapi.json").await.good();
        assert_eq!(served, serde_json::to_value(hypercare_server::http::openapi()).unwrap());
    })
    .await;
}
