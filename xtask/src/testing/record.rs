//! What was run, how it ended, and the summary.

use super::counts::{Counts, plain};
use crate::shell::shown;
use anyhow::{Context, Result, bail};
use std::io::{self, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// All steps of a run.
#[derive(Default)]
pub struct Record {
    steps: Vec<Step>,
}

struct Step {
    name: String,
    counts: Option<Counts>,
    failure: Option<String>,
    took: Duration,
}

impl Record {
    /// Runs one step that either works or does not; says which.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        self.run(name, || (None, work().err().map(|why| format!("{why:#}"))))
    }

    /// Runs a test program and reads its counts from what it prints. A program that fails without
    /// failed tests, or that ran none, is a failure too.
    pub fn tests(&mut self, name: &str, command: &mut Command, read: fn(&str) -> Option<Counts>) -> bool {
        self.run(name, || match watch(command) {
            Ok((status, output)) => {
                let counts = read(&plain(&output));
                (counts, judge(counts, status.success()))
            }
            Err(why) => (None, Some(format!("{why:#}"))),
        })
    }

    fn run(&mut self, name: &str, work: impl FnOnce() -> (Option<Counts>, Option<String>)) -> bool {
        eprintln!("\n── {name}");
        let start = Instant::now();
        let (counts, failure) = work();
        if let Some(why) = &failure {
            eprintln!("{name}: {why}");
        }
        let passed = failure.is_none();
        self.steps.push(Step { name: name.to_owned(), counts, failure, took: start.elapsed() });
        passed
    }

    /// Prints the summary; an error if anything failed.
    pub fn finish(&self) -> Result<()> {
        println!("\n── summary");
        for step in &self.steps {
            let word = if step.failure.is_some() { "FAIL" } else { "ok" };
            let counts = step.counts.map(|c| format!("{} passed, {} failed", c.passed, c.failed)).unwrap_or_default();
            println!("{word:<5} {:<28} {counts:<26} {:>7.1} s", step.name, step.took.as_secs_f64());
        }
        let total = self.total();
        println!("{} passed, {} failed", total.passed, total.failed);
        let failed: Vec<&str> = self.steps.iter().filter(|step| step.failure.is_some()).map(|step| step.name.as_str()).collect();
        if !failed.is_empty() {
            bail!("failed: {}.", failed.join(", "));
        }
        Ok(())
    }

    /// All tests together; a step that failed without a failed test counts as one failure.
    fn total(&self) -> Counts {
        self.steps.iter().fold(Counts::default(), |sum, step| {
            let counts = step.counts.unwrap_or_default();
            let failed = if step.failure.is_some() { counts.failed.max(1) } else { 0 };
            Counts { passed: sum.passed + counts.passed, failed: sum.failed + failed }
        })
    }
}

fn judge(counts: Option<Counts>, ended_well: bool) -> Option<String> {
    match counts {
        Some(Counts { failed, .. }) if failed > 0 => Some(format!("{failed} failed")),
        _ if !ended_well => Some("the test program failed; see above".into()),
        None => Some("the test program did not say how many tests it ran".into()),
        Some(_) => None,
    }
}

/// Runs it with its output shown and kept.
fn watch(command: &mut Command) -> Result<(ExitStatus, String)> {
    let text = shown(command);
    eprintln!("» {text}");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().with_context(|| format!("cannot start `{text}`"))?;
    let out = child.stdout.take().map(|from| thread::spawn(move || pass_on(from, io::stdout())));
    let err = child.stderr.take().map(|from| thread::spawn(move || pass_on(from, io::stderr())));
    let status = child.wait()?;
    let mut kept = String::new();
    for reader in [out, err].into_iter().flatten() {
        kept.push_str(&reader.join().unwrap_or_default());
    }
    Ok((status, kept))
}

fn pass_on(mut from: impl Read, mut to: impl Write) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 8192];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..length]);
        // Nobody reads our output any more: the result still counts.
        let _ = to.write_all(&buffer[..length]).and_then(|()| to.flush());
    }
    String::from_utf8_lossy(&kept).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_passes_only_if_it_says_so_in_both_ways() {
        #[track_caller]
        fn check(counts: Option<(u64, u64)>, ended_well: bool, passes: bool) {
            assert_eq!(judge(counts.map(|(passed, failed)| Counts { passed, failed }), ended_well).is_none(), passes);
        }
        check(Some((3, 0)), true, true);
        check(Some((3, 0)), false, false);
        check(Some((3, 1)), true, false);
        check(None, true, false);
        check(None, false, false);
    }

    #[test]
    fn the_sum_counts_tests_and_failed_steps() {
        let mut record = Record::default();
        let read = |output: &str| output.trim().parse().ok().map(|passed| Counts { passed, failed: 0 });
        assert!(record.step("a check", || Ok(())));
        assert!(record.tests("some tests", Command::new("echo").arg("7"), read));
        record.finish().unwrap();
        assert!(!record.step("another check", || bail!("no")));
        assert_eq!(record.total(), Counts { passed: 7, failed: 1 });
        assert!(record.finish().unwrap_err().to_string().contains("another check"));
    }
}
