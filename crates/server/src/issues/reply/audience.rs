//! Who can be told, and how each is addressed.

use hypercare_core::Channel;

/// What stands in for a name that is not known.
const NOBODY: &str = "there";
/// Where the customer's first name goes.
const PLACE: &str = "{name}";

/// Why a customer cannot be told, if so. Chat and API customers read the conversation itself; the others
/// need an address, and must not have asked to get no more news.
pub fn unreachable(channel: Channel, email: Option<&str>, no_news: bool) -> Option<&'static str> {
    match channel {
        Channel::Chat | Channel::Api => None,
        Channel::Email | Channel::Form if no_news => Some("They asked to get no more news by e-mail."),
        Channel::Email | Channel::Form => match email.map(str::trim) {
            Some(email) if email.contains('@') => None,
            _ => Some("No e-mail address is known."),
        },
    }
}

/// The text for one customer: `{name}` becomes the first name, or “there” where none is known.
pub fn personal(text: &str, name: &str, email: Option<&str>) -> String {
    text.replace(PLACE, first_name(name, email))
}

/// The first name, unless it is a stand-in, a nickname or the beginning of an address.
fn first_name<'a>(name: &'a str, email: Option<&str>) -> &'a str {
    let first = name.split_whitespace().next().unwrap_or_default();
    let letters = first.chars().count() >= 2 && first.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    let begins_address = email.and_then(|e| e.split('@').next()).is_some_and(|local| local.eq_ignore_ascii_case(name.trim()));
    if letters && !begins_address && first != "Visitor" { first } else { NOBODY }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_used_where_they_are_names() {
        #[track_caller]
        fn check(name: &str, email: Option<&str>, expected: &str) {
            assert_eq!(personal("Hello {name}!", name, email), format!("Hello {expected}!"));
        }
        check("Ana Souza", None, "Ana");
        check("Jean-Luc", Some("jl@example.org"), "Jean-Luc");
        check("Visitor", None, "there");
        check("", None, "there");
        check("k.meyer81", Some("k.meyer81@example.org"), "there");
        check("meyer", Some("meyer@example.org"), "there");
        check("X", None, "there");
    }

    #[test]
    fn paper_channels_need_an_address() {
        #[track_caller]
        fn check(channel: Channel, email: Option<&str>, reachable: bool) {
            assert_eq!(unreachable(channel, email, false).is_none(), reachable, "{channel:?} {email:?}");
        }
        assert!(unreachable(Channel::Email, Some("ana@example.org"), true).is_some() && unreachable(Channel::Chat, None, true).is_none());
        check(Channel::Chat, None, true);
        check(Channel::Api, None, true);
        check(Channel::Email, Some("a@example.org"), true);
        check(Channel::Form, None, false);
        check(Channel::Form, Some("nobody"), false);
    }
}
