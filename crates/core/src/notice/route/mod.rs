//! How a notice reaches its person: notice, ways, rules, quiet hours, duty and what went out lately, to what is sent when and why. Pure.

mod bundle;
mod group;
mod over;
mod quiet;
mod rules;
#[cfg(test)]
mod tests;

pub use bundle::{GATHER, MOST_CALLS_PER_HOUR, MOST_LINES, MOST_PER_HOUR};
pub use group::Group;
pub use over::{Over, Standing, over};
pub use quiet::{Quiet, QuietFault, QuietTime};
pub use rules::{Choice, LONGEST_WAIT, Least, Rules, When};

use super::Kind;
use crate::{Severity, Span, Timestamp, WayId};
use bundle::slot;
use serde::{Deserialize, Serialize};

/// The address that somebody signs in with: a way that everybody has.
pub const OWN_MAIL: WayId = WayId(0);
/// The same is not told again so soon, while it is unread.
const SAME: Span = Span::hours(1);

/// What kind of way it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    /// E-mail.
    #[serde(rename = "email")]
    Mail,
    /// An incoming webhook of Slack: to somebody, or to a channel.
    Slack,
    /// A program of theirs, told as Standard Webhooks say.
    Webhook,
}

impl WayKind {
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "email",
            Self::Slack => "slack",
            Self::Webhook => "webhook",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Mail, Self::Slack, Self::Webhook].into_iter().find(|kind| kind.word() == word)
    }
}

/// A way to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// Which.
    pub id: WayId,
    /// What kind.
    pub kind: WayKind,
    /// It can be used: a proved address, not switched off.
    pub open: bool,
    /// When messages went out on it lately, or are about to, in order.
    pub sent: Vec<Timestamp>,
    /// What became of the same before, where it was told and is unread.
    pub same: Option<Same>,
}

impl Way {
    /// A way on which nothing was sent lately.
    pub const fn new(id: WayId, kind: WayKind) -> Self {
        Self { id, kind, open: true, sent: vec![], same: None }
    }
}

/// The same was told before on a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// It waits to be told, at this time.
    Waits(Timestamp),
    /// It was told at this time, and is unread.
    Told(Timestamp),
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// What of.
    pub kind: Kind,
    /// How severe it is, where it has a severity.
    pub severity: Option<Severity>,
}

impl News {
    /// It waits for no bundle.
    fn is_urgent(self) -> bool {
        self.kind.is_call() || self.severity == Some(Severity::Critical)
    }
}

/// Why it is told when it is told, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The rule says at once.
    AtOnce,
    /// The rule says: if it is not read by then.
    IfUnread,
    /// The hour's bundle.
    Hourly,
    /// The day's bundle.
    Daily,
    /// Held until quiet hours end.
    Quiet,
    /// It is quiet, but this is severe enough.
    Breaks,
    /// It is quiet, but they are on duty.
    OnDuty,
    /// Messages went out just before: it goes with what else comes.
    Gathered,
    /// So many went out in the last hour that it has to wait.
    Throttled,
    /// The rule says never.
    Never,
    /// Less severe than they want to hear of.
    Less,
    /// The way is switched off or not proved.
    Shut,
    /// The same was told and is unread.
    Same,
    /// A letter of its own says it.
    OwnLetter,
}

impl Reason {
    /// All.
    pub const ALL: [Self; 14] = [
        Self::AtOnce,
        Self::IfUnread,
        Self::Hourly,
        Self::Daily,
        Self::Quiet,
        Self::Breaks,
        Self::OnDuty,
        Self::Gathered,
        Self::Throttled,
        Self::Never,
        Self::Less,
        Self::Shut,
        Self::Same,
        Self::OwnLetter,
    ];
    /// The word in tables and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::IfUnread => "if_unread",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Quiet => "quiet",
            Self::Breaks => "breaks_quiet",
            Self::OnDuty => "on_duty",
            Self::Gathered => "gathered",
            Self::Throttled => "throttled",
            Self::Never => "never",
            Self::Less => "less_severe",
            Self::Shut => "way_shut",
            Self::Same => "same",
            Self::OwnLetter => "own_letter",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// What becomes of a notice on one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// On which way.
    pub way: WayId,
    /// When it is told; none where it is not.
    pub at: Option<Timestamp>,
    /// Why.
    pub reason: Reason,
}

/// What becomes of a notice, on each way of its person. Each way gets exactly one answer, so that it can be read later why somebody was told, or not.
/// `on_duty` matters only to what would be held as [`Reason::Quiet`] without it.
pub fn route(news: News, ways: &[Way], rules: &Rules, on_duty: bool, now: Timestamp) -> Vec<Step> {
    ways.iter().map(|way| one(news, way, rules, on_duty, now)).collect()
}

fn one(news: News, way: &Way, rules: &Rules, on_duty: bool, now: Timestamp) -> Step {
    let not = |reason| Step { way: way.id, at: None, reason };
    let group = news.kind.group();
    if !way.open {
        return not(Reason::Shut);
    }
    // Whoever is called as backup gets a letter that says what to do, whatever they chose.
    if news.kind == Kind::Backup && way.id == OWN_MAIL {
        return not(Reason::OwnLetter);
    }
    if news.severity.zip(rules.least(group)).is_some_and(|(is, least)| is < least) {
        return not(Reason::Less);
    }
    let (due, reason) = match rules.when(group, way) {
        When::Never => return not(Reason::Never),
        When::AtOnce => (now, Reason::AtOnce),
        When::After(minutes) => (now + Span::mins(i64::from(minutes)), Reason::IfUnread),
        When::Hourly => (next_hour(now), Reason::Hourly),
        When::Daily => (quiet::next_time(&rules.zone, &rules.daily_at, now).unwrap_or(now + Span::days(1)), Reason::Daily),
    };
    let same = way.same.filter(|_| !news.kind.is_call());
    if matches!(same, Some(Same::Told(at)) if news.kind == Kind::Message || now - at < SAME) {
        return not(Reason::Same);
    }
    let ends = |at: Timestamp| rules.quiet.as_ref().and_then(|quiet| quiet.ends(&rules.zone, at));
    let breaks = rules.quiet.as_ref().and_then(|quiet| quiet.breaks).zip(news.severity).is_some_and(|(breaks, is)| is >= breaks);
    let (due, reason, held) = match ends(due) {
        None => (due, reason, true),
        Some(_) if breaks => (due, Reason::Breaks, false),
        Some(_) if on_duty => (due, Reason::OnDuty, false),
        Some(end) => (end, Reason::Quiet, true),
    };
    let (at, reason) = match slot(&way.sent, due, news.is_urgent()) {
        (at, None) => (at, reason),
        (at, Some(moved)) => match ends(at).filter(|_| held) {
            // Moved into the night.
            Some(end) => (end, Reason::Quiet),
            None => (at, moved),
        },
    };
    match same {
        Some(Same::Waits(there)) if there >= now && there < at => Step { way: way.id, at: Some(there), reason: Reason::Gathered },
        _ => Step { way: way.id, at: Some(at), reason },
    }
}

/// The end of the hour.
fn next_hour(now: Timestamp) -> Timestamp {
    let hour = Span::hours(1).0;
    Timestamp((now.0.div_euclid(hour) + 1) * hour)
}
