//! What finding repeated questions costs beside encoding: time of a message and memory, while a million messages come and
//! ten thousand questions are remembered. `cargo xtask bench repeats [MESSAGES]`.

use hypercare_core::{ContactId, ConversationId, Timestamp};
use hypercare_language::encoder::{EncodeError, Encoder, Vector};
use hypercare_language::repeats::{QUESTIONS, Repeats, Said};
use std::sync::Arc;
use std::time::Instant;

const DIMENSIONS: usize = 384;
/// Different questions that are asked, some often and most once or twice: twice what is remembered.
const ASKED: u64 = 2 * QUESTIONS as u64;

fn main() {
    let messages = std::env::args().skip(1).find_map(|arg| arg.parse::<u64>().ok()).unwrap_or(1_000_000);
    let mut repeats = Repeats::new(Some(Arc::new(Points)));
    println!("{:>10} {:>10} {:>14} {:>14} {:>10}", "messages", "questions", "mean, ms", "slowest, ms", "memory, MB");
    let (mut dice, mut done) = (7, 0);
    let before = resident();
    let mut step = 1_000;
    while done < messages {
        let (start, mut slowest) = (Instant::now(), 0.0_f64);
        let until = (done + step).min(messages);
        let count = until - done;
        while done < until {
            // The product of two draws: small numbers come often.
            let which = draw(&mut dice, ASKED) * draw(&mut dice, ASKED) / ASKED;
            let text = format!("question {which} wording {}", draw(&mut dice, 30));
            let said = Said {
                conversation: ConversationId(done as i64),
                contact: ContactId(done as i64),
                at: Timestamp(done as i64 * 1_000_000),
                text: &text,
            };
            let one = Instant::now();
            if let Err(why) = repeats.observe(&said) {
                panic!("{why}");
            }
            slowest = slowest.max(one.elapsed().as_secs_f64());
            done += 1;
        }
        let mean = start.elapsed().as_secs_f64() / count as f64;
        println!("{done:>10} {:>10} {:>14.3} {:>14.3} {:>10.1}", repeats.len(), mean * 1e3, slowest * 1e3, (resident() - before) / 1e6);
        step = done.min(messages / 4).max(1_000);
    }
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
