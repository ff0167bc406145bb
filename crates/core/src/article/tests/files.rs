//! Articles as files.

use crate::article::front::{read, write};
use proptest::prelude::*;

#[test]
fn heads_are_read_as_they_are_written_by_hand() {
    let file = read("---\ntitle: How do seats work?\nlang: en # the first\nkeywords:\n  - per user\n  - \"a: b\"\nrelated: [one, 'it''s', \"x, y\"]\nempty:\n---\n\n# Body\n").unwrap();
    assert_eq!((file.value("title"), file.value("lang"), file.value("empty")), (Some("How do seats work?"), Some("en"), None));
    assert_eq!(file.values("keywords"), ["per user", "a: b"]);
    assert_eq!(file.values("related"), ["one", "it's", "x, y"]);
    assert_eq!(file.body, "# Body\n");
    let plain = read("# Only a text\n").unwrap();
    assert!(plain.head.is_empty() && plain.body == "# Only a text\n");
    assert_eq!(read("---\r\ntitle: A\r\n---\r\nb\r\n").unwrap().body, "b\n");
    assert_eq!(read("---\ntitle: A\n---").unwrap().value("title"), Some("A"));
    assert_eq!(read("---\n---\nb").unwrap().body, "b");
}

#[test]
fn what_is_wrong_in_a_head_is_named_by_its_line() {
    #[track_caller]
    fn check(text: &str, says: &str) {
        let why = read(text).unwrap_err();
        assert!(why.contains(says), "{text}: {why}");
    }
    check("---\ntitle: A\n", "does not end");
    check("---\ntitle A\n---\n", "Line 2 is no `name: value`");
    check("---\na: 1\na: 2\n---\n", "Line 3: `a` stands there twice");
    check("---\n- one\n---\n", "item of no list");
    check("---\na: [one\n---\n", "no `]`");
    check("---\na: \"one\n---\n", "not quoted well");
    check("---\na: |\n---\n", "more of YAML");
    check("---\na: ['x' 'y']\n---\n", "parted by commas");
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(title in "[^\\p{C}]{1,60}", words in prop::collection::vec("[^\\p{C}]{1,20}", 0..4), body in "[a-z#\\- \n]{0,200}") {
        let text = write(&[("title", vec![title.clone()]), ("keywords", words.clone()), ("none", vec![])], &body);
        let file = read(&text).unwrap();
        prop_assert_eq!(file.values("title"), [title]);
        prop_assert_eq!(file.values("keywords"), words.as_slice());
        prop_assert_eq!(file.body.trim_end_matches('\n').trim_start_matches('\n'), body.trim_end_matches('\n').trim_start_matches('\n'));
    }
}
