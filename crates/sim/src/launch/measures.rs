//! The measures a lead can take, each of which can be switched on or off.

use serde::Serialize;

/// A measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Shifts follow the forecast of the rise instead of normal life.
    Staffing,
    /// Customers who wait hear unasked how it stands, so fewer ask again.
    Updates,
    /// Answers to what is asked again and again are approved and published.
    Answers,
    /// The assistant says approved answers at once.
    Assistant,
    /// Shifts end on time: nobody stays because many wait.
    ShiftGuard,
    /// Promises return to normal category by category, and back at once where that goes wrong.
    Stages,
    /// A stage also goes back, at once, where its promises break too fast. Acts beside [`Measure::Stages`] only.
    BurnAlerts,
    /// After a step back, open conversations are promised the window's way again. Acts beside [`Measure::Stages`] only.
    Tightening,
}

impl Measure {
    /// All, in the order of tables.
    pub const ALL: [Self; 8] =
        [Self::Staffing, Self::Updates, Self::Answers, Self::Assistant, Self::ShiftGuard, Self::Stages, Self::BurnAlerts, Self::Tightening];
    /// The word on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Staffing => "staffing",
            Self::Updates => "updates",
            Self::Answers => "answers",
            Self::Assistant => "assistant",
            Self::ShiftGuard => "shift_guard",
            Self::Stages => "stages",
            Self::BurnAlerts => "burn_alerts",
            Self::Tightening => "tightening",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.word() == word)
    }
    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Staffing => "Forecast staffing",
            Self::Updates => "Proactive updates",
            Self::Answers => "Known answers",
            Self::Assistant => "The assistant",
            Self::ShiftGuard => "Shift guard",
            Self::Stages => "Staged normalisation",
            Self::BurnAlerts => "Burn alerts",
            Self::Tightening => "Tightening after a step back",
        }
    }
    /// What it needs beside it to change anything.
    pub const fn needs(self) -> Option<Self> {
        match self {
            Self::BurnAlerts | Self::Tightening => Some(Self::Stages),
            _ => None,
        }
    }
}

/// Which measures are taken. They work from go-live on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures(u8);

impl Measures {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub fn all() -> Self {
        Measure::ALL.into_iter().collect()
    }
    /// Whether it is taken.
    pub const fn has(self, measure: Measure) -> bool {
        self.0 & (1 << measure as u8) != 0
    }
    /// The same without one.
    #[must_use]
    pub const fn without(self, measure: Measure) -> Self {
        Self(self.0 & !(1 << measure as u8))
    }
    /// Those that can act: without what needs another measure that is not taken.
    #[must_use]
    pub fn acting(self) -> Self {
        self.iter().filter(|m| m.needs().is_none_or(|other| self.has(other))).collect()
    }
    /// The measures taken, in order.
    pub fn iter(self) -> impl Iterator<Item = Measure> {
        Measure::ALL.into_iter().filter(move |m| self.has(*m))
    }
}

impl FromIterator<Measure> for Measures {
    fn from_iter<I: IntoIterator<Item = Measure>>(measures: I) -> Self {
        Self(measures.into_iter().fold(0, |bits, m| bits | (1 << m as u8)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_measures() {
        assert!(Measure::ALL.into_iter().all(|m| Measures::all().has(m) && !Measures::NONE.has(m)));
        assert_eq!(Measures::all().without(Measure::Updates).iter().count(), 7);
        assert_eq!(Measures::all().acting(), Measures::all());
        assert_eq!(Measures::all().without(Measure::Stages).acting().iter().count(), 5);
        assert!(Measure::ALL.into_iter().all(|m| Measure::from_word(m.word()) == Some(m)));
        assert_eq!(Measure::from_word("luck"), None);
    }
}
