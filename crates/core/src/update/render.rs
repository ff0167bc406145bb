//! One entry as a text: plain, HTML and Markdown. Every place where customers look takes it from here, so that all say the same.

use super::{Content, Entry, MatterState, Update};
use crate::{Timestamp, calendar};

/// The headings over the answers, in order.
pub const HEADINGS: [&str; 4] = ["What is happening", "What it means for you", "What we are doing", "What we do not know yet"];

/// An entry, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The title.
    pub title: String,
    /// How far the matter is, which entry this is, and what it corrects: one line.
    pub lead: String,
    /// The answers under their headings.
    pub parts: Vec<(&'static str, String)>,
    /// When the next update comes, as a sentence; none where the matter is resolved.
    pub next: Option<String>,
}

/// An entry that is written, or will be published next.
pub fn draft(content: &Content, number: u32, corrects: Option<u32>) -> Rendered {
    let part = |heading, text: &str| (!text.is_empty()).then(|| (heading, text.to_owned()));
    let texts = [&content.happening, &content.meaning, &content.doing, content.unknown.as_ref().unwrap_or(&EMPTY)];
    let corrects = corrects.map(|of| format!(" · corrects update {of}")).unwrap_or_default();
    Rendered {
        title: content.title.clone(),
        lead: format!("{} · update {number}{corrects}", content.state.name()),
        parts: HEADINGS.into_iter().zip(texts).filter_map(|(heading, text)| part(heading, text)).collect(),
        next: next(content),
    }
}

static EMPTY: String = String::new();

/// A published entry of a matter.
pub fn entry(matter: &Update, entry: &Entry) -> Rendered {
    draft(&entry.content, entry.number, matter.number_of(entry.corrects))
}

fn next(content: &Content) -> Option<String> {
    let at = content.next_at.filter(|_| content.state != MatterState::Resolved)?;
    Some(format!("Next update: {}.", moment(at, &content.zone)))
}

/// A moment as it is said in a zone: "Tuesday 17 November 2026, 14:00 CET (Europe/Berlin)".
pub fn moment(at: Timestamp, zone: &str) -> String {
    match calendar::zone(zone) {
        Ok(tz) => {
            let (local, info) = (tz.to_datetime(at.to_jiff()), tz.to_offset_info(at.to_jiff()));
            let short = info.abbreviation();
            let short = if short.starts_with(|c: char| c.is_ascii_alphabetic()) { short.to_owned() } else { format!("UTC{short}") };
            let name = if zone == short { String::new() } else { format!(" ({zone})") };
            format!("{} {short}{name}", local.strftime("%A %-d %B %Y, %H:%M"))
        }
        Err(_) => at.to_jiff().strftime("%A %-d %B %Y, %H:%M UTC").to_string(),
    }
}

impl Rendered {
    /// As plain text, without its title.
    pub fn plain(&self) -> String {
        let mut text = self.lead.clone();
        for (heading, said) in &self.parts {
            text.push_str(&format!("\n\n{heading}\n{said}"));
        }
        if let Some(next) = &self.next {
            text.push_str(&format!("\n\n{next}"));
        }
        text
    }

    /// As HTML, without its title; its headings are of this level, one below that of the title.
    pub fn html(&self, level: u8) -> String {
        let mut html = format!("<p class=\"lead\">{}</p>", escape(&self.lead));
        for (heading, said) in &self.parts {
            html.push_str(&format!("<h{level}>{heading}</h{level}>{}", paragraphs(said)));
        }
        if let Some(next) = &self.next {
            html.push_str(&format!("<p class=\"next\"><strong>{}</strong></p>", escape(next)));
        }
        html
    }

    /// As the Markdown that Slack reads, with its title.
    pub fn markdown(&self) -> String {
        let mut text = format!("*{}*\n_{}_", slack(&self.title), slack(&self.lead));
        for (heading, said) in &self.parts {
            text.push_str(&format!("\n\n*{heading}*\n{}", slack(said)));
        }
        if let Some(next) = &self.next {
            text.push_str(&format!("\n\n*{}*", slack(next)));
        }
        text
    }
}

/// Text in HTML and XML, also within quotes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn paragraphs(text: &str) -> String {
    text.split("\n\n").filter(|p| !p.trim().is_empty()).map(|p| format!("<p>{}</p>", escape(p.trim()).replace('\n', "<br>"))).collect()
}

/// Slack reads three signs as its own; what they would do, such as calling everybody, text of ours never does.
fn slack(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
