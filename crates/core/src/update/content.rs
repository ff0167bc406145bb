//! What an entry says, and what it must have.

use crate::topic::Topic;
use crate::{Refusal, Timestamp, calendar};
use serde::{Deserialize, Serialize};

/// Characters of a title.
pub const LONGEST_TITLE: usize = 120;
/// Characters of one answer.
pub const LONGEST_PART: usize = 2_000;
/// Topics of one entry.
pub const TOPICS: usize = 20;

/// How far a matter is. Going back is allowed: what seemed identified may not be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatterState {
    /// We look for what it is.
    #[default]
    Investigating,
    /// We know what it is.
    Identified,
    /// It is mended, and we watch.
    Monitoring,
    /// It is over.
    Resolved,
}

impl MatterState {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Investigating, Self::Identified, Self::Monitoring, Self::Resolved];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
        }
    }
    /// The word that customers read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Investigating => "Investigating",
            Self::Identified => "Identified",
            Self::Monitoring => "Monitoring",
            Self::Resolved => "Resolved",
        }
    }
}

/// How much it hurts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// It is worth knowing, and hurts nobody.
    #[default]
    None,
    /// A few, or a little.
    Minor,
    /// Many, or much.
    Major,
    /// Nearly everybody, and badly.
    Critical,
}

impl Impact {
    /// All, the least first.
    pub const ALL: [Self; 4] = [Self::None, Self::Minor, Self::Major, Self::Critical];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

/// What an entry says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = UpdateContent))]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// What it is about, in one line of at most 120 characters.
    pub title: String,
    /// What is happening, and to whom. At most 2,000 characters, like each answer.
    #[serde(default)]
    pub happening: String,
    /// What it means for them, and what they can do now.
    #[serde(default)]
    pub meaning: String,
    /// What we do, and what comes next.
    #[serde(default)]
    pub doing: String,
    /// What we do not know yet.
    #[serde(default)]
    pub unknown: Option<String>,
    /// How far the matter is.
    #[serde(default)]
    pub state: MatterState,
    /// How much it hurts.
    #[serde(default)]
    pub impact: Impact,
    /// What it is about: keys of scenarios, `category:` and a category, `issue:` and an issue's id. They decide who may approve, who of the
    /// subscribers gets it, and which contacts its effect is measured by. Empty: of none in particular.
    #[serde(default)]
    pub topics: Vec<String>,
    /// When the next update comes. Missing only where the matter is resolved.
    #[serde(default)]
    pub next_at: Option<Timestamp>,
    /// The zone in which that time is said, such as Europe/Berlin.
    pub zone: String,
    /// When it leaves banners and chats. By default a day after the next update, or a day after a resolved matter's last one.
    #[serde(default)]
    pub banner_until: Option<Timestamp>,
}

impl Content {
    /// The same without blanks around its texts, or the first field that no draft may have.
    ///
    /// # Errors
    /// A refusal of the field.
    pub fn tidy(mut self) -> Result<Self, Refusal> {
        self.title = self.title.trim().to_owned();
        if self.title.is_empty() || self.title.chars().count() > LONGEST_TITLE || self.title.chars().any(char::is_control) {
            return Err(Refusal::field("title", format!("Say in one line of 1 to {LONGEST_TITLE} characters what it is about.")));
        }
        self.unknown = self.unknown.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let mut unknown = self.unknown.take();
        let parts = [
            ("happening", Some(&mut self.happening)),
            ("meaning", Some(&mut self.meaning)),
            ("doing", Some(&mut self.doing)),
            ("unknown", unknown.as_mut()),
        ];
        for (field, text) in parts.into_iter().filter_map(|(field, text)| Some((field, text?))) {
            *text = text.trim().replace("\r\n", "\n");
            if text.chars().count() > LONGEST_PART {
                return Err(Refusal::field(field, format!("It has more than {LONGEST_PART} characters. Customers read a few sentences: say less.")));
            }
            if text.chars().any(|c| c.is_control() && c != '\n') {
                return Err(Refusal::field(field, "It holds signs that are no text, such as a tabulator. Write plain lines."));
            }
        }
        self.unknown = unknown;
        let mut topics: Vec<String> = vec![];
        for topic in self.topics {
            Topic::parse(&topic)?;
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        if topics.len() > TOPICS {
            return Err(Refusal::field("topics", format!("It names more than {TOPICS} topics. Leave out those it is only loosely about.")));
        }
        self.topics = topics;
        calendar::zone(&self.zone).map_err(|why| Refusal::field("zone", why))?;
        Ok(self)
    }

    /// Whether anything is still missing for customers, at this moment.
    ///
    /// # Errors
    /// A refusal of the first field.
    pub fn complete(&self, now: Timestamp) -> Result<(), Refusal> {
        let questions = [
            ("happening", &self.happening, "Say what is happening, and to whom."),
            ("meaning", &self.meaning, "Say what it means for customers, and what they can do now."),
            ("doing", &self.doing, "Say what you do about it, and what comes next."),
        ];
        if let Some((field, _, asks)) = questions.iter().find(|(_, text, _)| text.is_empty()) {
            return Err(Refusal::field(*field, *asks));
        }
        match self.next_at {
            None if self.state != MatterState::Resolved => {
                return Err(Refusal::field("next_at", "Say when the next update comes. Only a resolved matter has none."));
            }
            Some(next) if next <= now => {
                return Err(Refusal::field("next_at", format!("The next update is promised for {next}, which is past. Choose a time to come.")));
            }
            Some(next) if next > now + super::FARTHEST_NEXT => {
                return Err(Refusal::field(
                    "next_at",
                    "The next update is more than 31 days away. Promise an earlier one, if only to say that nothing changed.",
                ));
            }
            _ => {}
        }
        match self.banner_until {
            Some(until) if until <= now => {
                Err(Refusal::field("banner_until", format!("The banner would be gone since {until}. Choose a time to come.")))
            }
            Some(until) if until > now + super::FARTHEST_BANNER => {
                Err(Refusal::field("banner_until", "A banner stays at most 62 days: what stands for ever is not read."))
            }
            _ => Ok(()),
        }
    }

    /// When it leaves banners and chats, if it is published now.
    pub fn leaves_at(&self, now: Timestamp) -> Timestamp {
        self.banner_until.unwrap_or_else(|| self.next_at.filter(|_| self.state != MatterState::Resolved).unwrap_or(now) + super::BANNER_STAYS)
    }
}
