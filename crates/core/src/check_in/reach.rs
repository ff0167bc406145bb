//! Whether somebody is asked, and how.

use super::Way;
use crate::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Why somebody is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CheckInPassed))]
#[serde(rename_all = "snake_case")]
pub enum Passed {
    /// They asked for no more check-ins, or were erased.
    OptedOut,
    /// They were asked something lately.
    AskedLately,
    /// They are in this check-in already, under another name or address.
    Already,
    /// Mails to their address come back, and they have no other way.
    ComesBack,
    /// They asked for no more news by e-mail, and have no other way.
    NoNews,
    /// Neither a chat nor an address of theirs is known, of the ways that were chosen.
    NoWay,
}

impl Passed {
    /// All, in the order in which they count.
    pub const ALL: [Self; 6] = [Self::Already, Self::OptedOut, Self::AskedLately, Self::NoNews, Self::ComesBack, Self::NoWay];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OptedOut => "opted_out",
            Self::AskedLately => "asked_lately",
            Self::Already => "already",
            Self::ComesBack => "comes_back",
            Self::NoNews => "no_news",
            Self::NoWay => "no_way",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == word)
    }
}

/// What is known of somebody who could be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// They are in this check-in.
    pub already: bool,
    /// They want no check-ins.
    pub opted_out: bool,
    /// When they were asked last, in any check-in.
    pub last_asked: Option<Timestamp>,
    /// They have a chat.
    pub chat: bool,
    /// Their address is known and proved.
    pub address: bool,
    /// They want no news by e-mail.
    pub no_news: bool,
    /// Mails to them come back.
    pub comes_back: bool,
}

/// The first of the ways that reaches them, in their order, or why they are passed over. They rest for `rest_days` after each question: at the
/// end of the last of these days, to the microsecond, they may be asked again.
///
/// # Errors
/// Why not.
pub fn reach(known: &Known, ways: &[Way], rest_days: u32, now: Timestamp) -> Result<Way, Passed> {
    if known.already {
        return Err(Passed::Already);
    }
    if known.opted_out {
        return Err(Passed::OptedOut);
    }
    if known.last_asked.is_some_and(|at| at + Span::days(i64::from(rest_days)) > now) {
        return Err(Passed::AskedLately);
    }
    let reaches = |way: &&Way| match way {
        Way::Chat => known.chat,
        Way::Email => known.address && !known.no_news && !known.comes_back,
    };
    if let Some(way) = ways.iter().find(reaches) {
        return Ok(*way);
    }
    Err(match ways.contains(&Way::Email) && known.address {
        true if known.no_news => Passed::NoNews,
        true => Passed::ComesBack,
        false => Passed::NoWay,
    })
}
