//! What a text says, and what it must have.

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// Characters of a title.
pub const LONGEST_TITLE: usize = 160;
/// Characters of a summary.
pub const LONGEST_SUMMARY: usize = 300;
/// Characters of a text: some twenty pages.
pub const LONGEST_BODY: usize = 60_000;
/// Characters of the note on a revision.
pub const LONGEST_NOTE: usize = 200;
/// Other words for what it is about.
const KEYWORDS: usize = 30;
const LONGEST_KEYWORD: usize = 80;

/// What an article says in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ArticleText {
    /// Its title: one line of at most 160 characters.
    pub title: String,
    /// What it is about, for lists and search engines: at most 300 characters.
    #[serde(default)]
    pub summary: String,
    /// The text, in Markdown: at most 60,000 characters.
    #[serde(default)]
    pub body: String,
    /// Words that readers use and the text does not: at most 30 of 80 characters. Only the search reads them.
    #[serde(default)]
    pub keywords: Vec<String>,
}

fn line(field: &str, text: &str, longest: usize) -> Result<String, Refusal> {
    let tidy: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if tidy.chars().count() > longest {
        return Err(Refusal::field(field, format!("It has more than {longest} characters. Say it shorter.")));
    }
    if tidy.chars().any(char::is_control) {
        return Err(Refusal::field(field, "It holds signs that are no text. Write one plain line."));
    }
    Ok(tidy)
}

/// A note as it is kept.
///
/// # Errors
/// When it is too long.
pub fn tidy_note(note: &str) -> Result<String, Refusal> {
    line("note", note, LONGEST_NOTE)
}

impl ArticleText {
    /// The same without needless blanks, or the first field that no text may have.
    ///
    /// # Errors
    /// A refusal of the field.
    pub fn tidy(self) -> Result<Self, Refusal> {
        let title = line("title", &self.title, LONGEST_TITLE)?;
        if title.is_empty() {
            return Err(Refusal::field(
                "title",
                format!("Give it a title: one line of 1 to {LONGEST_TITLE} characters, best the reader's question."),
            ));
        }
        let summary = line("summary", &self.summary, LONGEST_SUMMARY)?;
        let body = self.body.replace("\r\n", "\n").replace('\r', "\n");
        let body = body.trim_matches('\n').trim_end().to_owned();
        if body.chars().count() > LONGEST_BODY {
            return Err(Refusal::field(
                "body",
                format!("It has more than {LONGEST_BODY} characters. Make two articles of it, each of one question."),
            ));
        }
        if body.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(Refusal::field("body", "It holds signs that are no text. Write plain lines."));
        }
        let mut keywords: Vec<String> = vec![];
        for word in self.keywords {
            let word = line("keywords", &word, LONGEST_KEYWORD)?;
            if !word.is_empty() && !keywords.iter().any(|known| known.to_lowercase() == word.to_lowercase()) {
                keywords.push(word);
            }
        }
        if keywords.len() > KEYWORDS {
            return Err(Refusal::field("keywords", format!("There are more than {KEYWORDS}. Keep those that readers really use.")));
        }
        Ok(Self { title, summary, body, keywords })
    }

    /// Whether readers have something to read.
    ///
    /// # Errors
    /// A refusal of the field that is empty.
    pub fn complete(&self) -> Result<(), Refusal> {
        if self.body.trim().is_empty() {
            return Err(Refusal::field("body", "There is no text yet. Write what readers should do now."));
        }
        Ok(())
    }
}
