use super::*;
use crate::encoder::{Cached, Vector};
use crate::letters::Letters;

fn items(lists: &[&[&str]]) -> Vec<Item> {
    lists.iter().map(|phrases| Item { phrases: phrases.iter().map(|p| (*p).to_owned()).collect() }).collect()
}

fn desk() -> Vec<Item> {
    items(&[
        &["Higher bill", "Why is my bill higher than last month?", "the invoice went up", "you charge more than before"],
        &[],
        &["Error E2077", "error E2077 when I pay", "payment stops with E2077"],
        &["Error E1042", "error E1042 when I pay", "payment stops with E1042"],
        &["Inviting guests", "How do I invite a guest?", "my guest cannot upload files", "add somebody from outside"],
        &["Price of the Pro plan", "what does the Pro plan cost"],
        &["Late parcel", "where is my order 10023", "my order has not come", "the parcel is late"],
    ])
}

fn blended() -> Box<dyn Matcher> {
    let encoder: Arc<dyn Encoder> = Arc::new(Cached::new(Arc::new(Letters), 1_000));
    matcher(&desk(), Some(&encoder), None)
}

/// The best item for a text, if any, with both engines.
#[track_caller]
fn check(text: &str, expected: Option<usize>) {
    for (name, engine) in [("blended", blended()), ("lexical", matcher(&desk(), None, None))] {
        let found = engine.rank(text, 3);
        assert_eq!(found.first().map(|m| m.key), expected, "{name}, {text}: {found:?}");
        assert!(found.len() <= 3 && found.iter().all(|m| (0.0..=1.0).contains(&m.confidence) && (0.0..=1.0).contains(&m.score)), "{found:?}");
        assert!(found.windows(2).all(|w| w[0].confidence >= w[1].confidence), "{name}, {text}: {found:?}");
    }
}

#[test]
fn items_are_found_however_they_are_typed() {
    check("why is the bill higher", Some(0));
    check("WHY IS MY BILL HIGHER THAN LAST MONTH", Some(0));
    check("why is my bil highr then last mnth", Some(0));
    check("how can i invite guests", Some(4));
    check(&format!("Why is my bill higher than last month?\n{}", "> quoted line of an older mail\n".repeat(3_000)), Some(0));
}

#[test]
fn what_names_another_thing_never_matches() {
    check("error E1042 when I pay", Some(3));
    check("payment stops with E2077", Some(2));
    check("where is my order 99931", Some(6));
    for engine in [blended(), matcher(&desk(), None, None)] {
        for (text, never) in
            [("error E3000 when I pay", 2), ("error E3000 when I pay", 3), ("error E1042 when I pay", 2), ("what does the Team plan cost", 5)]
        {
            assert!(engine.rank(text, 10).iter().all(|m| m.key != never), "{text}: {:?}", engine.rank(text, 10));
        }
        // The wording with another customer's order is not what makes it match.
        let late = engine.rank("where is my order 99931", 1);
        assert!(!late[0].nearest.contains("10023"), "{late:?}");
    }
}

#[test]
fn what_has_no_words_matches_nothing() {
    check("", None);
    check("🙂🙂", None);
    check("?!", None);
}

#[test]
fn huge_messages_cost_no_more_than_long_ones() {
    let engine = blended();
    for text in ["a".repeat(100_000), "é🙂 ".repeat(40_000), "word ".repeat(20_000)] {
        assert!(engine.rank(&text, 3).len() <= 3);
    }
}

#[test]
fn nothing_to_find_is_no_error() {
    let encoder: Arc<dyn Encoder> = Arc::new(Letters);
    for list in [items(&[]), items(&[&[], &["", "🙂"]])] {
        assert!(matcher(&list, Some(&encoder), None).rank("why is my bill higher", 3).is_empty());
    }
    // One wording of one item is all that some plans have.
    assert_eq!(matcher(&items(&[&[], &["Why is my bill higher?"]]), Some(&encoder), None).rank("why is my bill higher", 3)[0].key, 1);
}

#[test]
fn the_same_list_ranks_the_same() {
    let (one, other) = (blended(), blended());
    for text in ["bill", "guest upload", "order", "pay"] {
        assert_eq!(one.rank(text, 5), other.rank(text, 5));
    }
}

/// Fails from the second call on, or at once.
struct Failing {
    from: usize,
    calls: std::sync::atomic::AtomicUsize,
}

impl Encoder for Failing {
    fn id(&self) -> &'static str {
        "failing"
    }
    fn dimensions(&self) -> usize {
        Letters.dimensions()
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        if self.calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= self.from {
            return Err(EncodeError("no more".into()));
        }
        Letters.encode(texts)
    }
}

#[test]
fn words_serve_where_the_encoder_fails() {
    let lexical = matcher(&desk(), None, None);
    for from in [0, 1] {
        let encoder: Arc<dyn Encoder> = Arc::new(Failing { from, calls: 0.into() });
        let engine = matcher(&desk(), Some(&encoder), None);
        assert_eq!(engine.rank("why is the bill higher", 3), lexical.rank("why is the bill higher", 3));
    }
}
