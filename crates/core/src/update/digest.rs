//! When a subscriber hears of updates, and of which.

use crate::plan::Plan;
use crate::topic::Topic;
use crate::{Refusal, Timestamp, calendar};
use jiff::ToSpan;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// Topics that a subscriber chooses at most.
pub const TOPICS: usize = 50;
/// The hour of a digest where none is chosen.
pub const USUAL_HOUR: u8 = 8;

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Each update when it is published.
    #[default]
    AtOnce,
    /// Once a day, what is new.
    Daily,
    /// On Mondays, what is new.
    Weekly,
}

impl Rhythm {
    /// All.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Weekly];
    /// The word in tables and forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.word() == word)
    }
}

/// What a subscriber wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Of which topics; none stands for all.
    pub topics: Vec<Topic>,
    /// How often.
    pub rhythm: Rhythm,
    /// The hour of a digest on the clock of `zone`, 0 to 23.
    pub hour: u8,
    /// The zone's name.
    pub zone: String,
}

impl Wish {
    /// Refuses what cannot be.
    ///
    /// # Errors
    /// A refusal of the field.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.hour > 23 {
            return Err(Refusal::field("hour", "Choose an hour from 0 to 23."));
        }
        if self.topics.len() > TOPICS {
            return Err(Refusal::field("topics", format!("Choose at most {TOPICS} topics, or all.")));
        }
        calendar::zone(&self.zone).map(drop).map_err(|why| Refusal::field("zone", why))
    }

    /// Whether an update about these topics is wanted. One that names none concerns everybody.
    pub fn takes(&self, about: &[Topic], plan: &Plan) -> bool {
        self.topics.is_empty() || about.is_empty() || about.iter().any(|one| self.topics.iter().any(|chosen| chosen.takes(one, plan)))
    }

    /// The first digest after an instant; none where each update comes at once. Where clocks skip the hour it comes when they have gone on, where
    /// they repeat it at the first of both, so each day has one.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let zone = calendar::zone(&self.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let today = zone.to_datetime(after.to_jiff()).date();
        let hour = i8::try_from(self.hour.min(23)).unwrap_or(0);
        let due = |day: i64| {
            let date = today.checked_add(day.days()).ok()?;
            let fits = match self.rhythm {
                Rhythm::AtOnce => false,
                Rhythm::Daily => true,
                Rhythm::Weekly => date.weekday() == Weekday::Monday,
            };
            if !fits {
                return None;
            }
            let at = zone.to_timestamp(date.at(hour, 0, 0, 0)).ok()?;
            Some(Timestamp::from_jiff(at)).filter(|at| *at > after)
        };
        (0..=8).find_map(due)
    }
}
