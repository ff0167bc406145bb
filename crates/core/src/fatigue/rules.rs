//! The rules, their sources and their limits.

use crate::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How strongly a rule binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Refused.
    Hard,
    /// Warned of.
    Soft,
}

impl Strength {
    /// The word in output and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hard => "hard",
            Self::Soft => "soft",
        }
    }
}

/// What protects people on duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Rest between two duties.
    DailyRest,
    /// Duty in any 24 hours.
    DailyHours,
    /// A long free block in any seven days.
    WeeklyRest,
    /// Duty days in a row.
    DutyDays,
    /// Duty in any seven days.
    WeeklyHours,
    /// Nights in a row.
    Nights,
    /// Time off after the last night before working by day.
    LeavingNights,
    /// Rest after a night in which somebody was paged.
    PagedAtNight,
    /// Share of the decision owner's shifts that one person has.
    OwnerShare,
    /// High-severity incidents in one shift.
    Incidents,
    /// How evenly duty is shared.
    Fairness,
    /// Share of their time that people are planned to be busy.
    Occupancy,
    /// Days off after the window.
    Recovery,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 13] = [
        Self::DailyRest,
        Self::DailyHours,
        Self::WeeklyRest,
        Self::DutyDays,
        Self::WeeklyHours,
        Self::Nights,
        Self::LeavingNights,
        Self::PagedAtNight,
        Self::OwnerShare,
        Self::Incidents,
        Self::Fairness,
        Self::Occupancy,
        Self::Recovery,
    ];

    /// How strongly it binds where nothing else is set.
    pub const fn default_strength(self) -> Strength {
        match self {
            Self::DailyRest | Self::DailyHours | Self::WeeklyRest | Self::DutyDays => Strength::Hard,
            _ => Strength::Soft,
        }
    }

    /// Why it exists: the source, in a sentence.
    pub const fn evidence(self) -> &'static str {
        match self {
            Self::DailyRest => "Directive 2003/88/EC, article 3: at least 11 consecutive hours of rest in every 24 hours.",
            Self::DailyHours => "HSE guidance HSG256: limit shifts to 12 hours, overtime included.",
            Self::WeeklyRest => {
                "Directive 2003/88/EC, article 5: in every seven days 24 uninterrupted hours of rest and the 11 of article 3, together 35."
            }
            Self::DutyDays => "Follows from one rest day in seven, Directive 2003/88/EC, article 5.",
            Self::WeeklyHours => {
                "Directive 2003/88/EC, article 6: 48 hours a week on average, overtime included; here any seven days, so that a peak is seen at once."
            }
            Self::Nights => "HSE guidance HSG256: two to three consecutive nights at most; 02:00 to 06:00 is the peak of risk.",
            Self::LeavingNights => "HSE guidance HSG256: at least two nights of full sleep when changing between nights and days.",
            Self::PagedAtNight => {
                "A page at night breaks the daily rest, so it starts anew: Directive 2003/88/EC, article 3, applied to being called."
            }
            Self::OwnerShare => "Google SRE, Being on-call: at most a quarter of the time on call, so that a person is on call one week in four.",
            Self::Incidents => "Google SRE, Being on-call: an incident with what follows takes six hours, so at most two in a shift of twelve.",
            Self::Fairness => {
                "The balance of Grafana OnCall's quality report: mean of the shorter time divided by the longer over all pairs of people."
            }
            Self::Occupancy => "Queueing: above 85 % busy, waits grow out of proportion and nobody has time to recover between conversations.",
            Self::Recovery => {
                "Guidance level: one recovery day for five duty days or two interrupted nights; Google SRE asks for time off in lieu or pay."
            }
        }
    }
}

/// The limits. [`Default`] has the ones of the evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// A pause of at most this belongs to the duty, as a break; longer is rest. Seconds.
    pub break_up_to: Span,
    /// Least rest between duties. Seconds.
    pub rest: Span,
    /// Most duty in any 24 hours. Seconds.
    pub daily_hours: Span,
    /// Least free block in any seven days. Seconds.
    pub weekly_rest: Span,
    /// Most duty days in a row.
    pub duty_days: u32,
    /// Most duty in any seven days. Seconds.
    pub weekly_hours: Span,
    /// Local hours at which the night begins and ends.
    pub night: (i8, i8),
    /// A duty with at least this much of a night is a night. Seconds.
    pub night_at_least: Span,
    /// Most nights in a row.
    pub nights: u32,
    /// Least time off from the last night to the next duty by day. Seconds.
    pub leaving_nights: Span,
    /// Local hours between which a page breaks the night.
    pub paged_between: (i8, i8),
    /// Least rest from the end of the last such page to the next start. Seconds.
    pub after_page: Span,
    /// Largest share of the decision owner's shifts for one person, 0 to 1.
    pub owner_share: f64,
    /// Decision owner's shifts from which on that share means something.
    pub owner_share_from: usize,
    /// Most high-severity incidents in a shift.
    pub incidents: usize,
    /// Least pairwise balance, 0 to 1.
    pub fairness: f64,
    /// Largest planned occupancy, 0 to 1.
    pub occupancy: f64,
    /// Duty days that earn a recovery day.
    pub recovery_after_days: u32,
    /// Interrupted nights that earn a recovery day.
    pub recovery_after_nights: u32,
    /// How strongly rules bind, where not by default; `null` switches one off.
    pub strengths: BTreeMap<Rule, Option<Strength>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            break_up_to: Span::hours(1),
            rest: Span::hours(11),
            daily_hours: Span::hours(12),
            weekly_rest: Span::hours(35),
            duty_days: 6,
            weekly_hours: Span::hours(48),
            night: (23, 6),
            night_at_least: Span::hours(3),
            nights: 3,
            leaving_nights: Span::hours(48),
            paged_between: (0, 6),
            after_page: Span::hours(11),
            owner_share: 0.25,
            owner_share_from: 4,
            incidents: 2,
            fairness: 0.8,
            occupancy: 0.85,
            recovery_after_days: 5,
            recovery_after_nights: 2,
            strengths: BTreeMap::new(),
        }
    }
}

impl Limits {
    /// How strongly a rule binds; none where it is switched off.
    pub fn strength(&self, rule: Rule) -> Option<Strength> {
        self.strengths.get(&rule).copied().unwrap_or(Some(rule.default_strength()))
    }
}
