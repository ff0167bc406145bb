//! What the invented company's page and programs know of a conversation when it begins: the customer's country, and which part of the
//! product it is about. Always the same for the same customer and message; it decides nothing in the story.

use super::content::Message;
use hypercare_core::fields::{FieldChange, Given};

/// Countries with their share of customers, in hundredths.
const PLACES: [(&str, u64); 7] =
    [("Germany", 38), ("Austria", 12), ("Switzerland", 10), ("Denmark", 13), ("Sweden", 11), ("Norway", 8), ("Netherlands", 8)];

/// The first part of the product of which a message has a word.
const AREAS: [(&str, &[&str]); 5] = [
    ("Billing", &["price", "invoice", "pay", "charge", "vat", "discount", "credit", "refund", "receipt", "plan", "seat", "cancel", "cost", "bill"]),
    ("Upload and sync", &["upload", "sync", "storage", "download", "export", "zip", "space", "quota"]),
    ("Apps", &["app", "android", "iphone", "ipad", "lightroom", "plugin", "mobile"]),
    ("Galleries", &["gallery", "client", "share", "link", "album", "folder", "comment", "guest", "picture", "photo"]),
    ("Account and access", &["log in", "login", "password", "sign", "account", "confirmation", "rights", "device", "mail"]),
];

/// The fields that a message comes with. Not every one shows what it is about.
pub fn given(message: &Message) -> Given {
    let set = |key: &str, name: &str, value: &str| FieldChange { key: key.into(), name: name.into(), value: Some(value.into()) };
    let area = area(&message.text).map(|area| set("area", "Product area", area));
    Given { changes: [Some(set("place", "Place", place(&message.email))), area].into_iter().flatten().collect(), ignored: vec![] }
}

fn area(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    AREAS.iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(area, _)| *area)
}

/// By a fingerprint of the address (FNV-1a), so that a customer stays where they are.
fn place(email: &str) -> &'static str {
    let print = email.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let mut left = (print >> 16) % 100;
    for (place, share) in PLACES {
        match left.checked_sub(share) {
            Some(rest) => left = rest,
            None => return place,
        }
    }
    PLACES[0].0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::demo::content::{Content, plan};
    use jiff::civil::date;
    use std::collections::BTreeMap;

    #[test]
    fn every_value_is_one_that_the_plan_has() {
        let go_live = date(2026, 11, 17);
        let plan = hypercare_core::plan::check(&plan(go_live, date(2026, 9, 22)).unwrap()).plan.unwrap();
        let content = Content::read(go_live).unwrap();
        let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
        let messages: Vec<&Message> = content.messages.iter().chain(&content.everyday).collect();
        for change in messages.iter().flat_map(|m| given(m).changes) {
            let field = plan.fields.iter().find(|f| f.key == change.key).unwrap();
            let value = change.value.unwrap();
            assert!(field.choices().contains(&value) && field.name == change.name, "{}: {value}", change.key);
            *seen.entry((change.key, value)).or_default() += 1;
        }
        for field in &plan.fields {
            assert!(field.choices().iter().all(|choice| seen.contains_key(&(field.key.clone(), choice.clone()))), "{seen:?}");
        }
        let placed: u32 = seen.iter().filter(|((key, _), _)| key == "place").map(|(_, n)| n).sum();
        assert_eq!(placed as usize, messages.len(), "everybody is somewhere");
    }
}
