//! `hypercare repeats find`.

use super::lines::{Id, Lines, Message};
use anyhow::{Context, Result, bail};
use clap::Args;
use hypercare_core::{ContactId, ConversationId, Timestamp};
use hypercare_language::repeats::{Decision, Repeats, Said};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Messages that are encoded together.
const BATCH: usize = 32;
/// Questions that the summary names.
const NAMED: usize = 10;

/// Say of each message of an export which question it asks: what are people asking?
///
/// One pass in the order of the file, as the product does it with live messages: each message joins a question that was
/// asked before or is a new one, and what was decided is not changed by what comes later. Questions are never merged.
/// Messages that name different things (error codes, order numbers, plans) are different questions.
///
/// A message without a word (empty, or emoji only) and a paste of more than 20 kB is a question of its own. Fields other
/// than `id` and `text` are not looked at. What is asked most is said on standard error.
#[derive(Debug, Args)]
pub struct Find {
    /// The messages, one JSON object a line: {"id","text"}.
    #[arg(long, value_name = "FILE")]
    messages: PathBuf,
    /// The result, one JSON object a line in the same order: {"id","issue","new"}, where `issue` is q1, q2, … and `new` says
    /// that the message is the first of it. Written beside its place first: a failed run leaves what was there.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Serialize)]
struct Found<'a> {
    id: &'a Id,
    issue: String,
    new: bool,
}

#[derive(Default)]
struct Tally {
    messages: u64,
    alone: u64,
    questions: u64,
    unsure: u64,
}

impl Find {
    /// Runs it.
    ///
    /// # Errors
    /// The file, line and field that is wrong, or that the result cannot be written.
    pub fn run(self) -> Result<()> {
        if self.out.is_dir() {
            bail!("--out: {} is a directory; give a file", self.out.display());
        }
        let mut lines = Lines::open(&self.messages)?;
        let mut repeats = Repeats::new(hypercare_encoder::built_in());
        if !repeats.by_meaning() {
            eprintln!(
                "This build has no language model: messages are compared by their words only, so the same question in other words is not found."
            );
        }
        let part = part(&self.out);
        let written = File::create(&part).with_context(|| format!("--out: {} cannot be written", part.display())).and_then(|file| {
            let tally = find(&mut lines, &mut repeats, BufWriter::new(file))?;
            fs::rename(&part, &self.out).with_context(|| format!("--out: {} cannot be written", self.out.display()))?;
            Ok(tally)
        });
        if written.is_err() {
            // Best effort: what is not there needs no removal.
            let _ = fs::remove_file(&part);
        }
        eprint!("{}", summary(&written?, &repeats));
        Ok(())
    }
}

fn part(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn find(lines: &mut Lines, repeats: &mut Repeats, mut out: BufWriter<File>) -> Result<Tally> {
    let progress = ProgressBar::new(lines.bytes());
    progress.set_style(ProgressStyle::with_template("{bar:30} {percent} %, {eta} left").unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut tally = Tally::default();
    loop {
        let mut batch: Vec<Message> = Vec::with_capacity(BATCH);
        while batch.len() < BATCH
            && let Some((message, bytes)) = lines.next()?
        {
            progress.inc(bytes);
            batch.push(message);
        }
        if batch.is_empty() {
            break;
        }
        let said: Vec<Said<'_>> = batch.iter().zip(1..).map(|(message, n)| said(message, tally.messages as i64 + n)).collect();
        for (message, decision) in batch.iter().zip(repeats.observe_all(&said)?) {
            tally.count(&decision);
            let found = Found { id: &message.id, issue: decision.question().to_string(), new: decision.is_new() };
            serde_json::to_writer(&mut out, &found)?;
            out.write_all(b"\n")?;
        }
    }
    progress.finish_and_clear();
    if tally.messages == 0 {
        return Err(lines.empty());
    }
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(tally)
}

/// Nothing is known of who wrote when: each message counts as somebody else's.
fn said(message: &Message, number: i64) -> Said<'_> {
    Said { conversation: ConversationId(number), contact: ContactId(number), at: Timestamp(0), text: &message.text }
}

impl Tally {
    fn count(&mut self, decision: &Decision) {
        self.messages += 1;
        match decision {
            Decision::Joined { .. } => {}
            Decision::New { .. } => self.questions += 1,
            Decision::Unsure { .. } => {
                self.questions += 1;
                self.unsure += 1;
            }
            Decision::Alone { .. } => self.alone += 1,
        }
    }
}

fn summary(tally: &Tally, repeats: &Repeats) -> String {
    let compared = tally.messages - tally.alone;
    let again = compared - tally.questions;
    let mut said = format!(
        "{compared} {} {} different {}; {again} {} one that was asked before.\n",
        plural(compared, "message asks", "messages ask"),
        tally.questions,
        plural(tally.questions, "question", "questions"),
        plural(again, "repeats", "repeat"),
    );
    if tally.unsure > 0 {
        said += &format!("Of the new questions {} may repeat another; live, a person would be asked.\n", tally.unsure);
    }
    if tally.alone > 0 {
        said += &format!("{} more without a word or longer than 20 kB: each stands for itself.\n", tally.alone);
    }
    let most: Vec<_> = repeats.most_asked(NAMED).into_iter().filter(|view| view.count > 1).collect();
    if most.is_empty() {
        return said + "Nothing was asked more than once.\n";
    }
    said += "Asked most:\n";
    for view in most {
        said += &format!("{:>7} × {}  ({})\n", view.count, view.title, view.question);
    }
    said
}

const fn plural(count: u64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}
