//! The daily review: times of day, its zone, and who attends or gets a brief.

use super::findings::{Findings, quoted};
use super::{people, times};
use crate::Span;
use crate::plan::{MORNING_AT, Plan, REVIEW_AT, REVIEW_PEOPLE, time_of_day};

/// Later than this it is not that day's review any more.
const LONGEST_TOLERANCE: Span = Span::hours(12);

pub(super) fn check(plan: &Plan, found: &mut Findings<'_>) {
    let Some(review) = &plan.review else { return };
    for (key, time) in [("at", &review.at), ("morning_at", &review.morning_at), ("executive_at", &review.executive_at)] {
        if let Some(text) = time.as_ref().filter(|text| time_of_day(text).is_none()) {
            found.error(&format!("review.{key}"), format!("{} is not a time of day", quoted(text)), Some("write it as 09:30".into()));
        }
    }
    if let Some(zone) = &review.zone {
        times::known_zone("review.zone", zone, found);
    }
    for (i, day) in review.days.iter().enumerate() {
        if review.days[..i].contains(day) {
            found.error(&format!("review.days[{i}]"), "this day is named twice", Some("name each day once".into()));
        }
    }
    if let Some(tolerance) = review.tolerance.filter(|t| t.0 > LONGEST_TOLERANCE) {
        let help = Some("12 h at most: what begins later is the next day's review".to_owned());
        found.error("review.tolerance", format!("{tolerance} is too long"), help);
    }
    for (key, list) in [("attends", &review.attends), ("morning_to", &review.morning_to), ("executive_to", &review.executive_to)] {
        let path = format!("review.{key}");
        people::all(&path, list, false, found);
        if list.len() > REVIEW_PEOPLE {
            let help = Some(format!("at most {REVIEW_PEOPLE}; for more, name the address of a list"));
            found.error(&path, format!("{} are too many", list.len()), help);
        }
    }
    let time = |own: &Option<String>, usual| own.as_deref().map_or_else(|| time_of_day(usual), time_of_day);
    if let (Some(at), Some(brief)) = (time(&review.at, REVIEW_AT), time(&review.morning_at, MORNING_AT))
        && brief > at
        && review.morning_at.is_some()
    {
        let help = Some("send it earlier, so that everybody comes prepared".to_owned());
        found.warning("review.morning_at", "the morning brief comes after the review has begun", help);
    }
}
