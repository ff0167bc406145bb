//! `hypercare mail`: what a mail says, as the inbox would read it.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use hypercare_mail::html::{RemoteImages, safe};
use hypercare_mail::visible::Fate;
use hypercare_mail::{Address, Bounce, Limits, Mail};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::PathBuf;

/// Mails: how they are read.
#[derive(Debug, Args)]
pub struct MailCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Parse(Parse),
}

/// Read one mail as it came over the wire, and print what is in it. Nothing is stored or sent.
#[derive(Debug, Args)]
struct Parse {
    /// The mail (RFC 5322); `-` reads standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl MailCommand {
    /// Runs it.
    ///
    /// # Errors
    /// When the file cannot be read or is larger than a mail may be.
    pub fn run(self) -> Result<()> {
        let Command::Parse(parse) = self.command;
        let limits = Limits::default();
        let name = parse.file.display();
        let bytes = read_at_most(&parse.file, limits.bytes).with_context(|| format!("{name}: the file cannot be read"))?;
        let mail = hypercare_mail::read(&bytes, &limits).with_context(|| format!("{name}"))?;
        let text = if parse.json { serde_json::to_string_pretty(&Shown::of(&mail))? + "\n" } else { in_words(&mail) };
        std::io::stdout().lock().write_all(text.as_bytes()).context("the result cannot be written")
    }
}

/// A mail as a screen would show it: its HTML cleaned, with images within the mail by their `cid:`.
#[derive(Debug, Serialize)]
struct Shown<'m> {
    #[serde(flatten)]
    mail: &'m Mail,
    html: Option<String>,
    blocked_images: usize,
}

impl<'m> Shown<'m> {
    fn of(mail: &'m Mail) -> Self {
        let safe = mail.html.as_deref().map(|html| safe(html, RemoteImages::Blocked, |id| Some(format!("cid:{id}"))));
        Self { mail, blocked_images: safe.as_ref().map_or(0, |safe| safe.blocked_images), html: safe.map(|safe| safe.html) }
    }
}

/// One byte more than allowed is enough to refuse it.
fn read_at_most(file: &std::path::Path, limit: usize) -> Result<Vec<u8>> {
    let source: Box<dyn Read> = if file.as_os_str() == "-" { Box::new(std::io::stdin().lock()) } else { Box::new(std::fs::File::open(file)?) };
    let mut bytes = Vec::new();
    source.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn in_words(mail: &Mail) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "{name:<14}{value}");
        }
    };
    line("From", mail.from.as_ref().map(shown).unwrap_or_default());
    line("To", mail.to.iter().map(shown).collect::<Vec<_>>().join(", "));
    line("Subject", mail.subject.clone());
    line("Date", mail.date.map(|date| date.to_string()).unwrap_or_default());
    line("Message-ID", mail.message_id.clone().unwrap_or_default());
    line("In reply to", mail.in_reply_to.join(" "));
    line("References", mail.references.join(" "));
    line("Machine-made", if mail.auto_generated { mail.evidence.join("; ") } else { String::new() });
    line("In a circle", if mail.is_loop { "yes".to_owned() } else { String::new() });
    line("Bounce", mail.bounce.as_ref().map(bounced).unwrap_or_default());
    for attachment in &mail.attachments {
        line(
            "Attachment",
            format!(
                "{} ({}, {} bytes{})",
                attachment.filename,
                attachment.content_type,
                attachment.size,
                if attachment.inline { ", inline" } else { "" }
            ),
        );
    }
    for defect in &mail.defects {
        line("Defect", defect.clone());
    }
    let folded: usize = mail.parts.iter().filter(|part| part.fate != Fate::Own).map(|part| part.text.lines().count()).sum();
    let _ = write!(out, "\n{}\n", if mail.visible_text.is_empty() { "(nothing newly written)" } else { &mail.visible_text });
    if folded > 0 {
        let _ = writeln!(out, "\n({folded} lines of quoted text and signature are folded.)");
    }
    out
}

fn shown(address: &Address) -> String {
    if address.name.is_empty() { address.address.clone() } else { format!("{} <{}>", address.name, address.address) }
}

fn bounced(bounce: &Bounce) -> String {
    let mut said: Vec<String> = bounce
        .recipients
        .iter()
        .map(|one| {
            let status = one.status.as_deref().map(|status| format!(" {status}")).unwrap_or_default();
            let why = one.diagnostic.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
            format!(
                "{} {}{status}{why}",
                one.address,
                serde_json::to_value(one.action).ok().and_then(|a| a.as_str().map(str::to_owned)).unwrap_or_default()
            )
        })
        .collect();
    if said.is_empty() {
        said.push("of an unknown recipient".to_owned());
    }
    if let Some(id) = &bounce.original_message_id {
        said.push(format!("about {id}"));
    }
    said.join("; ")
}
