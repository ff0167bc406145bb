//! Why, in words a lead understands.

use super::source::Source;
use super::{Figures, Kind, Named};
use crate::fields::dimension_in_words;
use crate::signals::Day;
use jiff::civil::Weekday;

/// Why a value is said to rise: "14 on this day, usually 2 on a Tuesday; 13 different people".
pub(super) fn rise(kind: Kind, figures: &Figures, source: Option<(&Source, Option<Named>)>) -> String {
    let mut why = format!("{}, {}", seen(figures), usually(figures));
    if kind == Kind::NewValue {
        why = format!("{}, never seen before", seen(figures));
    }
    match source {
        Some((source, all_have)) => why.push_str(&from_source(figures, source, all_have)),
        None => why.push_str(&from_people(figures)),
    }
    why
}

/// Why a vanished value is said to be relabelled.
pub(super) fn relabelled(figures: &Figures, takers: &[Named], more: f64) -> String {
    let takers: Vec<&str> = takers.iter().map(|t| t.value.as_str()).collect();
    format!(
        "{}, {}; {} took over with {} more than usual: a new name for the same matter, not an improvement",
        seen(figures),
        usually(figures),
        list(&takers),
        about(more)
    )
}

fn seen(figures: &Figures) -> String {
    let days = days(figures);
    let count = if figures.count == 0 { "none".to_owned() } else { figures.count.to_string() };
    if days > 1 { format!("{count} in {days} days") } else { format!("{count} on {}", date(figures.to)) }
}

fn usually(figures: &Figures) -> String {
    let expected = about(figures.expected);
    if days(figures) > 1 { format!("usually {expected}") } else { format!("usually {expected} on a {}", weekday(figures.to)) }
}

fn from_people(figures: &Figures) -> String {
    match figures.people {
        Some(1) => "; one person".to_owned(),
        Some(people) => format!("; {people} different people"),
        None => String::new(),
    }
}

fn from_source(figures: &Figures, source: &Source, all_have: Option<Named>) -> String {
    let mut parts = Vec::new();
    if source.by.is_some() {
        let all = source.by_count as u64 >= figures.count;
        parts.push(if all { "all by one reporter".to_owned() } else { format!("{} of them by one reporter", source.by_count) });
    }
    if let Some(minute) = source.at_minute {
        parts.push(format!("around {:02}:{:02}", minute / 60, minute % 60));
    }
    if let Some(named) = all_have {
        parts.push(format!("nearly all {} {}", dimension_in_words(&named.dimension), named.value));
    }
    format!("; {}: one repeating source, not many people", parts.join(", "))
}

fn days(figures: &Figures) -> i32 {
    (figures.to - figures.from).get_days() + 1
}

/// "2", "0.4", "less than 0.1".
fn about(n: f64) -> String {
    match n {
        n if n < 0.1 => "less than 0.1".to_owned(),
        n if n < 2.0 => format!("{n:.1}"),
        n => format!("{n:.0}"),
    }
}

fn list(values: &[&str]) -> String {
    match values {
        [] => "others".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn date(day: Day) -> String {
    day.strftime("%-d %B").to_string()
}

fn weekday(day: Day) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
