//! `hypercare text check`: what makes a text hard to read, before a customer reads it.

mod read;
mod show;

use anyhow::{Result, bail};
use clap::{Args, Subcommand, ValueEnum};
use hypercare_language::plain::{self, Kind, Tongue};
use std::path::PathBuf;
use std::process::ExitCode;

/// Texts for customers: how easy they are to read.
#[derive(Debug, Args)]
pub struct TextCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Check),
}

/// Mark what makes a text hard to read, and say how easy it is.
///
/// Marks are suggestions: with marks too the exit code is 0. It is 1 only for an answer or an update that does not say when the next
/// update comes, and 2 where the command or a file cannot be used.
#[derive(Debug, Args)]
struct Check {
    /// The text: plain or Markdown, UTF-8. `-` reads standard input.
    file: PathBuf,
    /// What the text is for. Answers and updates must say whether it is expected, what to do now and when the next update comes.
    #[arg(long, value_enum, default_value_t = For::Article)]
    kind: For,
    /// A plan whose glossary holds: its words are allowed or explained.
    #[arg(long, value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// The text's language, such as en or de. Default: told by the text.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Print the marks, the counts and the ease as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum For {
    Article,
    Answer,
    Update,
}

impl From<For> for Kind {
    fn from(kind: For) -> Self {
        match kind {
            For::Article => Self::Article,
            For::Answer => Self::Answer,
            For::Update => Self::Update,
        }
    }
}

/// What ends with exit code 2: the command or a file cannot be used.
const WRONG_USE: u8 = 2;

impl TextCommand {
    /// Runs it; what is wrong is printed here, because its exit code is told apart from that of a text without its next update.
    pub fn run(self) -> ExitCode {
        let Command::Check(command) = self.command;
        match command.run() {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => {
                eprintln!("error: the text does not say when the next update comes");
                ExitCode::FAILURE
            }
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::from(WRONG_USE)
            }
        }
    }
}

impl Check {
    /// Whether the text says when the next update comes, where it must.
    fn run(&self) -> Result<bool> {
        let tongue = self.lang.as_deref().map(tongue).transpose()?;
        let glossary = self.plan.as_deref().map(read::glossary).transpose()?.unwrap_or_default();
        let text = read::text(&self.file)?;
        let found = plain::check(&text, self.kind.into(), tongue, &glossary);
        let name = if self.file.as_os_str() == "-" { "standard input".to_owned() } else { self.file.display().to_string() };
        if self.json {
            println!("{}", serde_json::to_string_pretty(&show::json(&text, self.kind.into(), &found))?);
        } else {
            print!("{}", show::text(&text, &name, &found));
        }
        Ok(!found.lacks_next_update())
    }
}

fn tongue(code: &str) -> Result<Tongue> {
    let first = code.split(['-', '_']).next().unwrap_or_default();
    if !(2..=3).contains(&first.len()) || !first.bytes().all(|b| b.is_ascii_alphabetic()) || code.len() > 20 {
        bail!("--lang: `{code}` is no code of a language; write one such as en, de or fr");
    }
    Ok(Tongue::of_code(code))
}
