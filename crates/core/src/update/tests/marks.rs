//! What stands in the way of publishing.

use super::*;
use check::missing;

#[test]
fn only_what_is_missing_stands_in_the_way() {
    #[track_caller]
    fn check(content: &Content, field: Option<&str>) {
        assert_eq!(missing(content, NOON).map(|m| m.field), field);
    }
    check(&content(), None);
    check(&Content { happening: vec!["fault"; 40].join(" "), ..content() }, None);
    check(&Content { next_at: None, ..content() }, Some("next_at"));
    check(&Content { meaning: "  ".into(), ..content() }, Some("meaning"));
    check(&Content { title: "\n".into(), ..content() }, Some("title"));
}
