//! What the encoder costs: its start, its memory, messages a second one at a time and in batches, on one core.
//! `cargo xtask bench encoder [FILE]`; a file has one message a line.

use hypercare_language::encoder::Encoder;
use std::time::Instant;

const SENTENCES: &str = include_str!("../tests/golden/sentences.txt");
/// Messages that are encoded in each measurement.
const MESSAGES: usize = 1_000;
/// The best of so many: other programs only ever make it slower.
const ROUNDS: usize = 5;

fn main() {
    let path = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let text = path.map_or_else(|| SENTENCES.to_owned(), |path| std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}")));
    let messages: Vec<&str> = text.lines().filter(|line| !line.is_empty()).cycle().take(MESSAGES).collect();
    let before = resident();
    let start = Instant::now();
    let Some(encoder) = hypercare_encoder::built_in() else {
        eprintln!("This build has no language model: run `cargo xtask model`.");
        std::process::exit(1);
    };
    let first = encoder.encode(&[messages[0]]).map(|_| start.elapsed());
    println!("start, with a first message  {:>8.1} ms", first.map_or(f64::NAN, |time| time.as_secs_f64() * 1e3));
    println!("memory after it              {:>8.1} MB", (resident() - before) / 1e6);
    println!("one at a time                {:>8.0} messages a second", best(encoder.as_ref(), &messages, 1));
    println!("in batches of 32             {:>8.0} messages a second", best(encoder.as_ref(), &messages, 32));
    println!("memory after them            {:>8.1} MB", (resident() - before) / 1e6);
}

fn best(encoder: &dyn Encoder, messages: &[&str], batch: usize) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        for batch in messages.chunks(batch) {
            if let Err(why) = encoder.encode(batch) {
                panic!("{why}");
            }
        }
        start.elapsed().as_secs_f64()
    });
    messages.len() as f64 / times.fold(f64::INFINITY, f64::min)
}

/// Bytes of this process in memory; 0 where the system does not say (only Linux does).
fn resident() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok().and_then(|text| text.split(' ').nth(1)?.parse::<f64>().ok());
    pages.map_or(0.0, |pages| pages * 4096.0)
}
