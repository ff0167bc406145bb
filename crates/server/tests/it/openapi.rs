//! The committed description is the one that the routes give.

use crate::support::on_both;
use std::collections::BTreeSet;
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
    assert!(committed == now, "The API changed and docs/api/openapi.json did not. Write it anew: cargo xtask openapi");
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

/// Programs made from the description get one function for each operation, in one place for each tag.
#[test]
fn every_operation_has_a_name_of_its_own_a_summary_and_a_tag() {
    let openapi = serde_json::to_value(hypercare_server::http::openapi()).unwrap();
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let mut names = BTreeSet::new();
    for (path, item) in openapi["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap_or_default();
            assert!(is_word(name) && name.contains('_'), "{method} {path}: `{name}` does not say what is done to what");
            assert!(names.insert(name.to_owned()), "{method} {path}: another operation is called `{name}` too");
            let summary = operation["summary"].as_str().unwrap_or_default();
            assert!(!summary.is_empty(), "{method} {path} has no summary: write the first line of its doc comment");
            let tags = operation["tags"].as_array().map_or(&[][..], Vec::as_slice);
            assert!(tags.len() == 1 && tags[0].as_str().is_some_and(is_word), "{method} {path}: one tag in lower case, not {tags:?}");
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
