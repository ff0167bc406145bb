//! The last part of an address: small letters, digits and hyphens.

use crate::Refusal;

/// Characters of a slug.
pub const LONGEST_SLUG: usize = 100;
/// What is a page of its own below `/help/{language}` and names no collection.
pub const RESERVED: [&str; 5] = ["articles", "contact", "images", "search", "sitemap"];

/// Whether it can be part of an address.
///
/// # Errors
/// A refusal of the field `slug`.
pub fn check(slug: &str) -> Result<(), Refusal> {
    let fine = !slug.is_empty()
        && slug.len() <= LONGEST_SLUG
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-')
        && !slug.contains("--");
    if !fine {
        let why = format!("An address has 1 to {LONGEST_SLUG} small letters a to z, digits and single hyphens between them, such as `new-prices`.");
        return Err(Refusal::field("slug", why));
    }
    if RESERVED.contains(&slug) {
        return Err(Refusal::field("slug", format!("`{slug}` is a page of the help centre. Choose another address.")));
    }
    Ok(())
}

/// A slug from a title; empty where the title has no Latin letter or digit.
pub fn of(title: &str) -> String {
    let mut slug = String::new();
    let mut push = |part: &str| {
        if part == "-" {
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        } else {
            slug.push_str(part);
        }
    };
    for c in title.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => push(c.encode_utf8(&mut [0; 4])),
            'ä' | 'æ' => push("ae"),
            'ö' | 'œ' => push("oe"),
            'ü' => push("ue"),
            'ß' => push("ss"),
            'à'..='å' | 'ā' | 'ą' => push("a"),
            'ç' | 'ć' | 'č' => push("c"),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => push("e"),
            'ì'..='ï' | 'ī' | 'ı' => push("i"),
            'ñ' | 'ń' | 'ň' => push("n"),
            'ò'..='õ' | 'ø' | 'ō' | 'ő' => push("o"),
            'ù'..='û' | 'ū' | 'ů' | 'ű' => push("u"),
            'ý' | 'ÿ' => push("y"),
            'ś' | 'š' | 'ş' => push("s"),
            'ź' | 'ż' | 'ž' => push("z"),
            'ł' => push("l"),
            'ð' | 'ď' => push("d"),
            'ř' => push("r"),
            'ť' => push("t"),
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ => push("-"),
        }
    }
    let mut slug: String = slug.chars().take(LONGEST_SLUG.min(80)).collect();
    while slug.ends_with('-') {
        slug.pop();
    }
    if RESERVED.contains(&slug.as_str()) { format!("about-{slug}") } else { slug }
}
