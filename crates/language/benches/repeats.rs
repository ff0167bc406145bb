//! What finding repeated questions costs beside encoding: time of a message and memory, while a million messages come and ten
//! thousand questions are remembered, and with ten thousand issues known. `cargo xtask bench repeats [MESSAGES]`.

use hypercare_core::{ContactId, ConversationId, IssueId, Timestamp};
use hypercare_language::encoder::{EncodeError, Encoder, Vector};
use hypercare_language::repeats::{Known, QUESTIONS, Repeats, Said};
use std::sync::Arc;
use std::time::Instant;

const DIMENSIONS: usize = 384;
/// Different questions that are asked, some often and most once or twice: twice what is remembered.
const ASKED: u64 = 2 * QUESTIONS as u64;
/// Of a hundred messages so many are asked by nobody else.
const ALONE: u64 = 20;
/// Messages at the end of each size that are measured.
const MEASURED: u64 = 5_000;
/// Issues known in the second part, with so many wordings each, and messages that are then looked at.
const ISSUES: u64 = QUESTIONS as u64;
const WORDINGS: u64 = 5;
const LOOKED_AT: u64 = 5_000;

fn main() {
    let most = std::env::args().skip(1).find_map(|arg| arg.parse::<u64>().ok()).unwrap_or(1_000_000);
    println!("Messages that come. Time is that of the last {MEASURED} of each size, without encoding.");
    println!("{:>10} {:>10} {:>14} {:>12} {:>11}", "messages", "questions", "a message, µs", "slowest, µs", "memory, MB");
    let before = resident();
    let mut repeats = Repeats::new(Some(Arc::new(Points)));
    let (mut dice, mut done) = (7, 0);
    let mut sizes: Vec<u64> = [10_000, 100_000, 1_000_000].into_iter().filter(|size| *size < most).collect();
    sizes.push(most);
    for size in sizes {
        come(&mut repeats, &mut dice, &mut done, size.saturating_sub(MEASURED));
        let (mean, slowest) = come(&mut repeats, &mut dice, &mut done, size);
        println!("{size:>10} {:>10} {mean:>14.1} {slowest:>12.1} {:>11.1}", repeats.len(), (resident() - before) / 1e6);
    }
    drop(repeats);
    known();
}

/// Messages until there were so many; mean and slowest in microseconds.
fn come(repeats: &mut Repeats, dice: &mut u64, done: &mut u64, until: u64) -> (f64, f64) {
    let (mut total, mut slowest, first) = (0.0, 0.0_f64, *done);
    while *done < until {
        let text = message(dice, *done);
        let number = *done as i64;
        let said = Said { conversation: ConversationId(number), contact: ContactId(number), at: Timestamp(number * 1_000_000), text: &text };
        let took = beside_encoding(&text, || {
            if let Err(why) = repeats.observe(&said) {
                panic!("{why}");
            }
        });
        total += took;
        slowest = slowest.max(took);
        *done += 1;
    }
    (total / (*done - first).max(1) as f64, slowest)
}

fn message(dice: &mut u64, number: u64) -> String {
    // The product of two draws: small numbers come often.
    let often = draw(dice, ASKED) * draw(dice, ASKED) / ASKED;
    let which = if draw(dice, 100) < ALONE { 1_000_000 + number } else { often };
    format!("question {which} wording {}", draw(dice, 30))
}

/// Microseconds of some work, less what making up this text's vector takes.
fn beside_encoding(text: &str, work: impl FnOnce()) -> f64 {
    let encoding = Instant::now();
    std::hint::black_box(point(text));
    let encoding = encoding.elapsed();
    let start = Instant::now();
    work();
    start.elapsed().saturating_sub(encoding).as_secs_f64() * 1e6
}

/// Ten thousand issues with their wordings: what learning one costs, and looking for that of a message.
fn known() {
    let before = resident();
    let mut repeats = Repeats::new(Some(Arc::new(Points)));
    let start = Instant::now();
    for issue in 0..ISSUES {
        let wordings: Vec<String> = (0..WORDINGS).map(|n| format!("question {issue} wording {n}")).collect();
        if let Err(why) = repeats.know(&Known { issue: IssueId(issue as i64), parent: None, wordings: &wordings, refused: &[] }) {
            panic!("{why}");
        }
    }
    let learning = start.elapsed().as_secs_f64() * 1e6 / ISSUES as f64;
    let (mut dice, mut found, mut total) = (11, 0, 0.0);
    for number in 0..LOOKED_AT {
        let text = message(&mut dice, number);
        total += beside_encoding(&text, || found += u64::from(repeats.look(&text).is_ok_and(|issue| issue.is_some())));
    }
    let looking = total / LOOKED_AT as f64;
    println!(
        "\n{ISSUES} issues of {WORDINGS} wordings, {:.1} MB: {learning:.1} µs to learn one, its encoding included;",
        (resident() - before) / 1e6
    );
    println!("{looking:.1} µs to look for the one that a message asks about, which {found} of {LOOKED_AT} did.");
}

/// Texts of one question point nearly the same way; where, is drawn from its number.
struct Points;

impl Encoder for Points {
    fn id(&self) -> &'static str {
        "points"
    }
    fn dimensions(&self) -> usize {
        DIMENSIONS
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        Ok(texts.iter().map(|text| point(text)).collect())
    }
}

fn point(text: &str) -> Vector {
    let numbers: Vec<u64> = text.split(' ').filter_map(|word| word.parse().ok()).collect();
    let (mut question, mut wording) = (numbers[0] + 1, numbers[1] + 1_000_003);
    let mut vector = [0.0_f32; DIMENSIONS];
    for value in &mut vector {
        *value = draw(&mut question, 2_001) as f32 - 1_000.0 + 0.5 * (draw(&mut wording, 2_001) as f32 - 1_000.0);
    }
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    vector.map(|value| value / length).to_vec().into()
}

/// A number below `n` (Knuth's MMIX generator, its upper bits).
fn draw(state: &mut u64, n: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % n
}

/// Bytes of this process in memory; 0 where the system does not say (only Linux does).
fn resident() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok().and_then(|text| text.split(' ').nth(1)?.parse::<f64>().ok());
    pages.map_or(0.0, |pages| pages * 4096.0)
}
