//! What a check-in asks, and whom.

use crate::topic::Topic;
use crate::{AddressListId, Refusal};
use serde::{Deserialize, Serialize};

/// Characters of the question.
pub const LONGEST_QUESTION: usize = 160;
/// Characters of what stands before it.
pub const LONGEST_INTRO: usize = 600;
/// Topics of one check-in, and of its audience.
pub const TOPICS: usize = 20;
/// Customers asked in an hour at most.
pub const FASTEST: u32 = 1_000;
/// Longest rest between two check-ins of one customer, in days.
pub const LONGEST_REST: u32 = 365;

/// How a customer is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CheckInWay))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// In the chat's panel, when they open it.
    Chat,
    /// By e-mail.
    Email,
}

impl Way {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Email => "email",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Chat, Self::Email].into_iter().find(|way| way.word() == word)
    }
}

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CheckInAudience))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Audience {
    /// Customers of the window who wrote about one of these topics.
    About {
        /// Keys of scenarios, `category:` and a category, `issue:` and an issue's id: 1 to 20.
        topics: Vec<String>,
    },
    /// Customers of the window whom the assistant answered.
    Assistant,
    /// Addresses that were uploaded.
    List {
        /// Which list.
        list: AddressListId,
    },
}

/// What a check-in asks, and whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CheckInContent))]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The question, in one line of at most 160 characters.
    pub question: String,
    /// What stands before it, at most 600 characters. May be empty.
    #[serde(default)]
    pub intro: String,
    /// What it is about: keys of scenarios, categories or issues. They decide who may approve, and what a doubt is about where its words do not say.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Who is asked.
    pub audience: Audience,
    /// How, in this order: each customer once, by the first way that reaches them.
    pub ways: Vec<Way>,
    /// Customers asked in an hour, 1 to 1,000.
    pub per_hour: u32,
    /// Whoever was asked anything within so many days is not asked, 1 to 365.
    pub rest_days: u32,
}

impl Content {
    /// The same without blanks around its texts, or the first field that is wrong.
    ///
    /// # Errors
    /// A refusal of the field.
    pub fn tidy(mut self) -> Result<Self, Refusal> {
        self.question = self.question.trim().to_owned();
        let long = self.question.chars().count();
        if long == 0 || long > LONGEST_QUESTION || self.question.chars().any(char::is_control) {
            return Err(Refusal::field("question", format!("Ask one thing, in one line of 1 to {LONGEST_QUESTION} characters.")));
        }
        self.intro = self.intro.trim().replace("\r\n", "\n");
        if self.intro.chars().count() > LONGEST_INTRO {
            return Err(Refusal::field("intro", format!("It has more than {LONGEST_INTRO} characters. Say in a sentence or two why you ask.")));
        }
        if self.intro.chars().any(|c| c.is_control() && c != '\n') {
            return Err(Refusal::field("intro", "It holds signs that are no text, such as a tabulator. Write plain lines."));
        }
        self.topics = topics(self.topics, "topics")?;
        if let Audience::About { topics: about } = &mut self.audience {
            *about = topics(std::mem::take(about), "audience")?;
            if about.is_empty() {
                return Err(Refusal::field("audience", "Name what they wrote about: at least one scenario, category or issue."));
            }
        }
        let ways = std::mem::take(&mut self.ways);
        for way in ways {
            if !self.ways.contains(&way) {
                self.ways.push(way);
            }
        }
        if self.ways.is_empty() {
            return Err(Refusal::field("ways", "Choose how customers are asked: in the chat, by e-mail, or both."));
        }
        if matches!(self.audience, Audience::List { .. }) && !self.ways.contains(&Way::Email) {
            return Err(Refusal::field("ways", "Addresses are asked by e-mail: choose that way."));
        }
        if !(1..=FASTEST).contains(&self.per_hour) {
            return Err(Refusal::field("per_hour", format!("Ask 1 to {FASTEST} customers an hour, so that their answers can be looked after.")));
        }
        if !(1..=LONGEST_REST).contains(&self.rest_days) {
            return Err(Refusal::field("rest_days", format!("Leave customers 1 to {LONGEST_REST} days of rest between two check-ins.")));
        }
        Ok(self)
    }
}

fn topics(words: Vec<String>, field: &'static str) -> Result<Vec<String>, Refusal> {
    let mut all: Vec<String> = vec![];
    for word in words {
        Topic::parse(&word).map_err(|refusal| Refusal::field(field, refusal.detail))?;
        if !all.contains(&word) {
            all.push(word);
        }
    }
    if all.len() > TOPICS {
        return Err(Refusal::field(field, format!("It names more than {TOPICS} topics. Leave out those it is only loosely about.")));
    }
    Ok(all)
}
