//! What a search costs as a desk grows: `cargo xtask bench search [MESSAGES…]`.
//!
//! Four messages make a conversation. Words are made up and as unequally frequent as those of a language, so that some stand in every
//! other conversation and many in one.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot go on ends")]

use hypercare_search::{Change, Document, Index, Position, Words};
use std::time::Instant;

const SIZES: [usize; 2] = [100_000, 1_000_000];
const IN_CONVERSATION: usize = 4;
const BATCH: usize = 500;
const ROUNDS: usize = 200;
const VOCABULARY: usize = 200_000;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.replace('_', "").parse().ok()).collect();
    for size in if sizes.is_empty() { SIZES.to_vec() } else { sizes } {
        measure(size);
    }
}

/// What is searched for: its name, and how it is made up.
type Kind<'a> = (&'a str, &'a dyn Fn(&mut Numbers) -> String);

/// Numbers that are the same on every machine.
struct Numbers(u64);
impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
    /// Small numbers often, great ones seldom.
    fn word(&mut self) -> String {
        let share = self.next(1 << 24) as f64 / f64::from(1 << 24);
        word(((VOCABULARY as f64).powf(share) - 1.0) as usize)
    }
}

fn word(number: usize) -> String {
    const SYLLABLES: [&str; 20] =
        ["re", "chn", "ung", "in", "vo", "ice", "tax", "ko", "la", "mi", "str", "om", "pay", "ment", "lo", "gin", "er", "an", "te", "sch"];
    let (mut left, mut text) = (number + 20, String::new());
    while left > 0 {
        text.push_str(SYLLABLES[left % 20]);
        left /= 20;
    }
    text
}

fn measure(messages: usize) {
    let folder = hypercare_test_support::temp_dir();
    let index = Index::open(Some(&folder.join("search"))).unwrap();
    let mut numbers = Numbers(7);
    let conversations = messages / IN_CONVERSATION;
    let begun = Instant::now();
    let mut id = 0_i64;
    while (id as usize) < conversations {
        let changes = (0..BATCH.min(conversations - id as usize)).map(|_| {
            id += 1;
            Change::Put(Box::new(document(id, &mut numbers)))
        });
        index.apply(changes.collect(), Position { seq: id, mark: 0, reading: Some(id) }).unwrap();
    }
    println!(
        "{messages} messages in {conversations} conversations: read in {:.1} s, {} MB on disk",
        begun.elapsed().as_secs_f64(),
        megabytes(&folder.join("search"))
    );
    let kinds: [Kind<'_>; 6] = [
        ("a frequent word", &|n| word(n.next(20))),
        ("a rare word", &|n| word(50_000 + n.next(100_000))),
        ("three words", &|n| format!("{} {} {}", word(n.next(200)), word(n.next(2_000)), word(n.next(200)))),
        ("a misspelt word", &|n| swapped(&word(2_000 + n.next(100_000)))),
        ("the beginning of a word", &|n| word(n.next(VOCABULARY)).chars().take(3).collect()),
        ("an order number", &|n| format!("order {}", 100_000 + n.next(conversations))),
    ];
    for (name, typed) in kinds {
        let mut took = [vec![], vec![]];
        for _ in 0..ROUNDS {
            let words = Words::parse(&typed(&mut numbers));
            let (begun, worked) = (Instant::now(), processor());
            index.find(&words, &["awake".into(), "unresolved".into()], id, 0, 50).unwrap();
            took[0].push(begun.elapsed().as_secs_f64() * 1_000.0);
            took[1].push(processor() - worked);
        }
        took.iter_mut().for_each(|took| took.sort_by(f64::total_cmp));
        let at = |share: usize| took.each_ref().map(|took| took[ROUNDS * share / 100]);
        let ([p50, cpu50], [p95, cpu95]) = (at(50), at(95));
        println!("  {name:<24} p50 {p50:6.2} ms   p95 {p95:6.2} ms   of the processor {cpu50:6.2} and {cpu95:6.2} ms");
    }
    let begun = Instant::now();
    index.apply(vec![Change::Put(Box::new(document(1, &mut numbers)))], index.position()).unwrap();
    println!("  one message more: {:.1} ms until it is found", begun.elapsed().as_secs_f64() * 1_000.0);
}

/// Milliseconds that this thread has worked: what is left of a measurement where others use the machine. Zero where it is not known.
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1_000_000.0
}

fn document(id: i64, numbers: &mut Numbers) -> Document {
    let words = 15 * IN_CONVERSATION + numbers.next(10 * IN_CONVERSATION);
    let mut text: Vec<String> = (0..words).map(|_| numbers.word()).collect();
    text.push(format!("order {}", 100_000 + id));
    let mut facets = vec![format!("window:{}", numbers.next(3)), format!("channel:{}", numbers.next(4))];
    if numbers.next(10) > 0 {
        facets.extend(["awake".to_owned(), "unresolved".to_owned()]);
    }
    Document { id, at: id, facets, subject: text[..5].join(" "), customer: format!("{} {}", numbers.word(), numbers.word()), text: text.join(" ") }
}

/// Two letters in the middle change places.
fn swapped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    letters.swap(middle - 1, middle);
    letters.into_iter().collect()
}

fn megabytes(folder: &std::path::Path) -> u64 {
    let sizes = std::fs::read_dir(folder).unwrap().filter_map(|file| file.ok()?.metadata().ok()).map(|m| m.len());
    sizes.sum::<u64>() / 1_000_000
}
