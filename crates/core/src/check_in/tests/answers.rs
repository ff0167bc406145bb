use crate::check_in::answer::{Face, asks, becomes_conversation, comment, words};

#[test]
fn a_doubt_becomes_a_conversation_and_praise_does_not() {
    #[track_caller]
    fn check(face: Option<Face>, comment: &str, expected: bool) {
        assert_eq!(becomes_conversation(face, comment), expected, "{face:?} {comment}");
    }
    check(Some(Face::Unsure), "", true);
    check(Some(Face::Bad), "It is fine, really", true);
    check(Some(Face::Good), "", false);
    check(Some(Face::Good), "Love it, thanks", false);
    check(Some(Face::Good), "All fine. Where do I find the old invoices", true);
    check(Some(Face::Good), "Great! Can I change the day of payment?", true);
    check(Some(Face::Good), "Please send me the March invoice", true);
    check(None, "Thanks, all good!", false);
    check(None, "Alles super, danke", false);
    check(None, "Not good", true);
    check(None, "The export is still broken.", true);
    check(None, "", false);
    check(None, "👍", true);
}

#[test]
fn questions_are_told_from_remarks() {
    for question in ["why", "How do I pay", "Fine. Please call me", "Was kostet das", "¿Cómo? "] {
        assert!(asks(question), "{question}");
    }
    for remark in ["", "Whatever works", "Howdy, all fine", "It went well. Canada too", "No questions"] {
        assert!(!asks(remark), "{remark}");
    }
}

#[test]
fn words_are_the_customers_own_where_there_are_any() {
    assert_eq!(words("All well?", Some(Face::Bad), ""), "“All well?” – Not good.");
    assert_eq!(words("All well?", Some(Face::Bad), "No."), "No.");
    assert_eq!(comment("  a\r\nb\u{7} ").unwrap(), "a\nb");
    assert!(comment(&"x".repeat(2_001)).is_err());
}
