//! Reads what people write: lengths, shares, working hours.

use hypercare_core::calendar::Calendar;
use hypercare_core::plan::{CalendarSection, Length, Plan, Weekday};

/// `30min`, `20 s`, `1 h 30 min`.
pub fn length(text: &str) -> Result<Length, String> {
    text.parse()
}

/// `100`, `7.5`.
pub fn number(text: &str) -> Result<f64, String> {
    text.trim().parse::<f64>().ok().filter(|n| n.is_finite()).ok_or_else(|| format!("`{text}` is not a number: write one such as 100 or 7.5"))
}

/// `80%` or `0.8` as 0.8.
pub fn share(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is not a share: write 80% or 0.8");
    let text = text.trim();
    let (number, of) = text.strip_suffix('%').map_or((text, 1.0), |number| (number.trim_end(), 100.0));
    let share = number.parse::<f64>().map_err(|_| wrong())? / of;
    if !share.is_finite() {
        return Err(wrong());
    }
    if of == 1.0 && share > 1.0 {
        return Err(format!("`{text}` is more than all: write {text}% or {}", share / 100.0));
    }
    Ok(share)
}

/// `always`, a calendar of the plan, or `mon-fri 09:00-17:00`.
pub fn calendar(text: &str, plan: Option<&Plan>) -> Result<Calendar, String> {
    let (name, zone) = (text.trim(), plan.map_or("UTC", |p| p.window.zone.as_str()));
    if name == "always" {
        return Ok(Calendar::always());
    }
    let first = |faults: Vec<(String, String)>| faults.into_iter().next().map_or_else(String::new, |(_, why)| why);
    if let Some(section) = plan.and_then(|p| p.calendars.get(name)) {
        return Calendar::from_section(section, zone).map_err(first);
    }
    let known: Vec<&str> = plan.into_iter().flat_map(|p| p.calendars.keys().map(String::as_str)).collect();
    let plans = if known.is_empty() { String::new() } else { format!(", or a calendar of the plan: {}", known.join(", ")) };
    let wrong = || format!("`{name}` are no working hours: write always or mon-fri 09:00-17:00{plans}");
    let (days, hours) = name.split_once(' ').ok_or_else(wrong)?;
    let (from, to) = days.split_once('-').unwrap_or((days, days));
    let place = |word: &str| Weekday::ALL.iter().position(|d| short(*d) == word.to_lowercase());
    let (Some(from), Some(to)) = (place(from), place(to)) else { return Err(wrong()) };
    if from > to {
        return Err(format!("`{days}` runs backwards: begin with the earlier day of the week, such as mon-fri"));
    }
    let intervals: Vec<String> = hours.split(',').map(|h| h.trim().to_owned()).collect();
    let hours = Weekday::ALL[from..=to].iter().map(|d| (*d, intervals.clone())).collect();
    Calendar::from_section(&CalendarSection { hours, ..CalendarSection::default() }, zone).map_err(first)
}

fn short(day: Weekday) -> &'static str {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][day as usize]
}
