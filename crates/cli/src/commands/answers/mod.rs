//! `hypercare answers`: what the assistant would say, before anyone hears it.

mod read;
mod said;

use super::folder;
use anyhow::{Result, anyhow, bail};
use clap::{Args, Subcommand};
use hypercare_language::Item;
use hypercare_language::encoder::{EncodeError, Encoder, Vector};
use hypercare_language::trial::{self, Confirmed, Settings, Verdict};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

/// Approved answers: what they would do.
#[derive(Debug, Args)]
pub struct Answers {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Try(Try),
}

/// Try answers on messages: what would have been answered, and how sure that is. Nothing is sent.
#[derive(Debug, Args)]
struct Try {
    /// Answers, one a line: {"id","title","examples":[…]}.
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
    /// Messages, one a line: {"id","text"}.
    #[arg(long, value_name = "FILE")]
    messages: PathBuf,
    /// Messages whose right answer is known, one a line: {"text","answer": id or null}. They teach and calibrate.
    #[arg(long, value_name = "FILE")]
    labelled: Option<PathBuf>,
    /// Share of answers given that may be wrong, between 0 and 1.
    #[arg(long, value_name = "SHARE", default_value_t = 0.02)]
    wrong_rate: f64,
    /// Share of messages that no answer fits, between 0 and 1. Default: estimated from the messages.
    #[arg(long, value_name = "SHARE")]
    out_of_scope: Option<f64>,
    /// Where the results go, one a line: {"id","answer": id or null,"confidence","top":[{"id","confidence"}…]}.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Answers {
    /// Runs it.
    ///
    /// # Errors
    /// What is wrong with the command line or a file, and what would be right.
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Try(command) => command.run(),
        }
    }
}

impl Try {
    fn run(self) -> Result<()> {
        check_share("--wrong-rate", self.wrong_rate)?;
        if let Some(share) = self.out_of_scope {
            check_share("--out-of-scope", share)?;
        }
        if self.out.is_dir() {
            bail!("--out: {} is a directory; give a file", self.out.display());
        }
        let answers = read::answers(&self.answers)?;
        let labelled = self.labelled.as_deref().map(|file| read::labelled(file, &answers)).transpose()?.unwrap_or_default();
        let messages = read::messages(&self.messages)?;
        let items: Vec<Item> = answers.iter().map(|a| Item { phrases: std::iter::once(&a.title).chain(&a.examples).cloned().collect() }).collect();
        let texts: Vec<&str> = messages.iter().map(|m| m.text.as_str()).collect();
        let encoder = hypercare_encoder::built_in().map(|inner| Counted::new(inner, distinct(&items, &labelled, &texts)));
        let settings = Settings { wrong_rate: self.wrong_rate, outside: self.out_of_scope };
        let tried = trial::run(&items, &labelled, &texts, encoder.as_ref().map(|e| e as &dyn Encoder), &settings).map_err(|why| anyhow!("{why}"))?;
        if let Some(encoder) = &encoder {
            encoder.bar.finish_and_clear();
        }
        let mut lines = String::new();
        for (message, verdict) in messages.iter().zip(&tried.verdicts) {
            lines.push_str(&line(&message.id, verdict, &answers).to_string());
            lines.push('\n');
        }
        folder::write_file(&self.out, &lines)?;
        eprint!(
            "{}",
            said::summary(&tried, &said::Asked { wrong_rate: self.wrong_rate, labelled: &labelled, has_model: encoder.is_some(), answers: &answers })
        );
        Ok(())
    }
}

fn check_share(flag: &str, share: f64) -> Result<()> {
    if !(share > 0.0 && share < 1.0) {
        bail!("{flag}: {share} is no share; give a number between 0 and 1, such as 0.02 for 2 %");
    }
    Ok(())
}

fn distinct(items: &[Item], labelled: &[Confirmed], messages: &[&str]) -> u64 {
    let own = items.iter().flat_map(|item| &item.phrases).chain(labelled.iter().map(|l| &l.text)).map(String::as_str);
    own.chain(messages.iter().copied()).collect::<std::collections::HashSet<_>>().len() as u64
}

/// One line of the result; numbers are rounded to what they mean.
fn line(id: &Value, verdict: &Verdict, answers: &[read::Answer]) -> Value {
    let rounded = |chance: f64| (chance * 1e6).round() / 1e6;
    let top: Vec<Value> = verdict.top.iter().map(|(item, chance)| json!({ "id": answers[*item].id, "confidence": rounded(*chance) })).collect();
    let answer = verdict.answer.as_ref().map_or(&Value::Null, |item| &answers[*item].id);
    json!({ "id": id, "answer": answer, "confidence": rounded(verdict.confidence), "top": top })
}

/// Shows how far the encoding has come: it is nearly all of the time.
struct Counted {
    inner: Arc<dyn Encoder>,
    bar: ProgressBar,
}

impl Counted {
    fn new(inner: Arc<dyn Encoder>, texts: u64) -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new(texts) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("Reading {bar:30} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        Self { inner, bar }
    }
}

impl Encoder for Counted {
    fn id(&self) -> &str {
        self.inner.id()
    }
    fn dimensions(&self) -> usize {
        self.inner.dimensions()
    }
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vector>, EncodeError> {
        let vectors = self.inner.encode(texts);
        self.bar.inc(texts.len() as u64);
        vectors
    }
}
