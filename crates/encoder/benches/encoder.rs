//! What the encoder costs: its start, its memory, messages a second one at a time and in batches, on one core.
//! `cargo xtask bench encoder [FILE]`; a file has one message a line. The same model is measured in the same run as the
//! library rten runs it, which is how an operator's own model is run.

use hypercare_encoder::{Level, Options, built_in, built_in_at, from_dir};
use hypercare_language::encoder::Encoder;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const SENTENCES: &str = include_str!("../tests/golden/sentences.txt");
/// Messages that are encoded in each measurement.
const MESSAGES: usize = 1_000;
/// The best of so many: other programs only ever make it slower. Where the system tells (only Linux does), the time is
/// that of the processor, which counts no waiting for them.
const ROUNDS: usize = 3;

fn main() {
    let path = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let text = path.map_or_else(|| SENTENCES.to_owned(), |path| std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}")));
    let messages: Vec<&str> = text.lines().filter(|line| !line.is_empty()).cycle().take(MESSAGES).collect();
    measure("built in", &messages, built_in);
    measure("by rten", &messages, || {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = hypercare_test_support::temp_dir();
        for (from, to) in [("model/model.onnx", "model.onnx"), ("vocabulary/bert-base-uncased.txt", "vocab.txt")] {
            std::fs::copy(here.join(from), folder.join(to)).ok()?;
        }
        from_dir(&folder, Options::default()).ok().map(|model| Arc::new(model) as Arc<dyn Encoder>)
    });
    println!("\nbuilt in, messages a second of one core, one at a time and in batches, by what of the processor is used");
    for level in Level::all() {
        if let Some(encoder) = built_in_at(level) {
            let some = &messages[..MESSAGES / 5];
            println!("{:>8.0} {:>8.0}  {}", best(encoder.as_ref(), some, 1), best(encoder.as_ref(), some, 32), level.name());
        }
    }
}

fn measure(name: &str, messages: &[&str], make: impl FnOnce() -> Option<Arc<dyn Encoder>>) {
    println!("\n{name}");
    let before = resident();
    let start = Instant::now();
    let Some(encoder) = make() else {
        println!("  there is no language model: run `cargo xtask model`");
        return;
    };
    let made = start.elapsed();
    let first = encoder.encode(&messages[..1]).map(|_| start.elapsed());
    println!("{:>8.1} ms to start", made.as_secs_f64() * 1e3);
    println!("{:>8.1} ms to the first vector", first.map_or(f64::NAN, |time| time.as_secs_f64() * 1e3));
    println!("{:>8.1} MB of memory then", (resident() - before) / 1e6);
    println!("{:>8.0} messages a second of one core, one at a time", best(encoder.as_ref(), messages, 1));
    println!("{:>8.0} messages a second of one core, in batches of 32", best(encoder.as_ref(), messages, 32));
    println!("{:>8.1} MB of memory after them", (resident() - before) / 1e6);
}

fn best(encoder: &dyn Encoder, messages: &[&str], batch: usize) -> f64 {
    let times = (0..ROUNDS).map(|_| {
        let (start, used) = (Instant::now(), processor());
        for batch in messages.chunks(batch) {
            if let Err(why) = encoder.encode(batch) {
                panic!("{why}");
            }
        }
        processor().zip(used).map_or_else(|| start.elapsed().as_secs_f64(), |(now, then)| now - then)
    });
    messages.len() as f64 / times.fold(f64::INFINITY, f64::min)
}

/// Seconds that all threads of this process have computed so far, to a hundredth.
fn processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the program's name, which may have spaces: the time in the program is the twelfth, that in the system the next.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || fields.next()?.parse::<f64>().ok();
    Some((next()? + next()?) / 100.0)
}

/// Bytes of this process in memory; 0 where the system does not say (only Linux does).
fn resident() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok().and_then(|text| text.split(' ').nth(1)?.parse::<f64>().ok());
    pages.map_or(0.0, |pages| pages * 4096.0)
}
