//! Thousands of random histories, judged by the product's rules in closed form and by a brute force in Python that
//! lays time out minute by minute. Both must say the same of every clock, to the microsecond.
//!
//! The zones are those with the oddest clocks; all instants lie in the past, where every table of zones agrees.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on panics")]

mod cases;
mod chance;
mod play;

use cases::{Case, PLACES};
use chance::Chance;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// Cases: each has three calendars, up to three versions of a plan and [`HISTORIES`] histories.
const CASES: u64 = 170;
/// Histories of one case.
const HISTORIES: usize = 12;
/// Share of the histories whose answer may depend on time that the oracle does not lay out.
const BEYOND: f64 = 0.05;

#[test]
fn every_clock_shows_what_brute_force_counts() {
    let cases: Vec<Case> = (0..CASES).map(|seed| Case::random(&mut Chance::new(seed), HISTORIES, PLACES[seed as usize % PLACES.len()])).collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/clocks_oracle.py");
    let mut python = Command::new("python3")
        .arg("-B")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is not found: install Python 3.9 or newer (Debian: apt-get install python3 tzdata); `cargo xtask setup` checks it");
    let mut input = python.stdin.take().unwrap();
    let lines: Vec<String> = cases.iter().map(|case| case.json().to_string()).collect();
    let writing = std::thread::spawn(move || lines.iter().try_for_each(|line| writeln!(input, "{line}")));
    let (mut judged, mut beyond, mut clocks) = (0_u32, 0_u32, 0_usize);
    let output = BufReader::new(python.stdout.take().unwrap());
    for (case, line) in cases.iter().zip(output.lines()) {
        let answers: Vec<Value> = serde_json::from_str(&line.unwrap()).unwrap();
        for (history, expected) in case.histories.iter().zip(answers) {
            judged += 1;
            match expected.as_array() {
                Some(expected) => clocks += play::compare(case, history, expected),
                None => beyond += 1,
            }
        }
    }
    let _ = writing.join();
    let status = python.wait().unwrap();
    assert!(status.success(), "the oracle failed; where it names a zone that is not found, install tzdata (Debian: apt-get install tzdata)");
    assert_eq!(judged as usize, CASES as usize * HISTORIES, "every history was judged");
    assert!(f64::from(beyond) < BEYOND * f64::from(judged), "{beyond} of {judged} histories need more time than is laid out");
    println!("{judged} histories, {clocks} clocks compared, {beyond} beyond what is laid out");
}
