//! Addresses and languages.

use super::*;
use proptest::prelude::*;

#[test]
fn addresses_are_made_of_titles() {
    #[track_caller]
    fn check(title: &str, expected: &str) {
        assert_eq!(slug_of(title), expected, "{title}");
    }
    check("Why is my bill higher than before?", "why-is-my-bill-higher-than-before");
    check("Über Plätze & Straßen – 2026", "ueber-plaetze-strassen-2026");
    check("Łódź, Ærø, naïve", "lodz-aero-naive");
    check("It’s fine", "its-fine");
    check("中文", "");
    check("Contact", "about-contact");
    check(&"a ".repeat(200), &"a-".repeat(40)[..79]);
}

#[test]
fn browsers_get_the_language_they_ask_for_most() {
    #[track_caller]
    fn check(accepts: &str, expected: &str) {
        let offered = ["en", "de", "pt-br"].map(str::to_owned);
        assert_eq!(negotiate(accepts, &offered).map(String::as_str), Some(expected), "{accepts}");
    }
    check("de", "de");
    check("de-CH,de;q=0.9,en;q=0.8", "de");
    check("fr;q=0.9, en;q=0.8, de;q=0.85", "de");
    check("fr", "en");
    check("", "en");
    check("pt-PT", "pt-br");
    check("pt-BR", "pt-br");
    check("de;q=0, en;q=0.1", "en");
    check("de;q=x, *", "en");
    assert_eq!(negotiate("de", &[]), None);
}

#[test]
fn tags_have_one_spelling_and_a_direction() {
    #[track_caller]
    fn check(tag: &str, expected: Option<&str>) {
        assert_eq!(normal_lang(tag).as_deref(), expected, "{tag}");
    }
    check(" DE ", Some("de"));
    check("pt_BR", Some("pt-br"));
    check("zh-Hant-TW", Some("zh-hant-tw"));
    check("d", None);
    check("english", None);
    check("en-", None);
    check("en/../x", None);
    assert_eq!((direction("ar-eg"), direction("he"), direction("en")), ("rtl", "rtl", "ltr"));
}

proptest! {
    #[test]
    fn every_made_address_is_one(title in ".{0,200}") {
        let slug = slug_of(&title);
        prop_assert!(slug.is_empty() || check_slug(&slug).is_ok(), "{slug}");
    }
}
