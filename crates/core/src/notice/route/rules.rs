//! What somebody wants to be told how and when: their choices, and what is usual where they made none.

use super::quiet::{Quiet, QuietFault};
use super::{Group, Way, WayKind};
use crate::{Severity, WayId, calendar};
use serde::{Deserialize, Serialize};

/// Longest wait before something unread is told, in minutes.
pub const LONGEST_WAIT: u32 = 720;
/// When the day's bundle comes where nothing else is chosen.
const MORNING: &str = "08:00";

/// When something is told on one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NoticeWhen))]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At once.
    AtOnce,
    /// After so many minutes, if it is not read by then.
    After(u32),
    /// With all else of the hour, at its end.
    Hourly,
    /// With all else of the day.
    Daily,
    /// Not on this way.
    Never,
}

/// A choice for one group and way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NoticeChoice))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// For what.
    pub group: Group,
    /// On which way; `0` is the address that you sign in with.
    pub way: WayId,
    /// When.
    pub when: When,
}

/// The least severity of a group that is told at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NoticeLeast))]
#[serde(deny_unknown_fields)]
pub struct Least {
    /// For what.
    pub group: Group,
    /// From which severity on. What has none is told whatever stands here.
    pub severity: Severity,
}

/// Somebody's rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = NoticeRules))]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Time zone of their day.
    pub zone: String,
    /// When the day's bundle comes, on their clock.
    pub daily_at: String,
    /// What differs from what is usual.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// From which severity on.
    #[serde(default)]
    pub least: Vec<Least>,
    /// When they want to be left alone; none: never.
    #[serde(default)]
    pub quiet: Option<Quiet>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { zone: "UTC".into(), daily_at: MORNING.into(), choices: vec![], least: vec![], quiet: None }
    }
}

impl Rules {
    /// When something of a group is told on a way.
    pub fn when(&self, group: Group, way: &Way) -> When {
        let chosen = self.choices.iter().find(|c| c.group == group && c.way == way.id).map(|c| c.when);
        chosen.unwrap_or_else(|| usual(group, way.kind))
    }

    /// The least severity of a group that is told.
    pub fn least(&self, group: Group) -> Option<Severity> {
        self.least.iter().find(|least| least.group == group).map(|least| least.severity)
    }

    /// What is wrong with them, as field and sentence. `ways` are all that the person has.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self, ways: &[WayId]) -> Result<(), (String, String)> {
        calendar::zone(&self.zone).map_err(|why| ("zone".to_owned(), why))?;
        super::quiet::minute(&self.daily_at)
            .ok_or_else(|| ("daily_at".to_owned(), format!("`{}` is not a time of day: write hours and minutes as 08:00.", self.daily_at)))?;
        for (at, choice) in self.choices.iter().enumerate() {
            let field = |name: &str| format!("choices[{at}].{name}");
            if !ways.contains(&choice.way) {
                return Err((field("way"), format!("You have no way {}. The settings list yours; `0` is your own address.", choice.way)));
            }
            if matches!(choice.when, When::After(minutes) if !(1..=LONGEST_WAIT).contains(&minutes)) {
                return Err((field("when"), format!("Choose 1 to {LONGEST_WAIT} minutes, or `at_once`.")));
            }
            if self.choices[..at].iter().any(|c| (c.group, c.way) == (choice.group, choice.way)) {
                return Err((field("group"), "This group has a choice for this way already: one is enough.".to_owned()));
            }
        }
        for (at, least) in self.least.iter().enumerate() {
            if self.least[..at].iter().any(|l| l.group == least.group) {
                return Err((format!("least[{at}].group"), "This group has a least severity already: one is enough.".to_owned()));
            }
        }
        match &self.quiet {
            Some(quiet) => quiet.check(&self.zone).map_err(|QuietFault { field, why }| (format!("quiet.{field}"), why)),
            None => Ok(()),
        }
    }
}

/// What holds where nothing was chosen: whoever does nothing hears by e-mail of what calls them, and of the rest if they do not see it in the console.
/// A chat or a program of theirs gets what is urgent.
const fn usual(group: Group, kind: WayKind) -> When {
    match (group, kind) {
        (Group::Act | Group::Handover | Group::Updates, _) => When::AtOnce,
        (Group::Promises, _) => When::After(5),
        (Group::Mentions, _) => When::After(15),
        (Group::Decisions | Group::Escalations, WayKind::Mail) => When::After(30),
        (Group::Follow, WayKind::Mail) => When::Hourly,
        (Group::Decisions | Group::Escalations | Group::Follow, WayKind::Slack | WayKind::Webhook) => When::Never,
    }
}
