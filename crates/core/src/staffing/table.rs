//! Reads the volume of a normal week from a small table.

use super::profile::HOURS_OF_WEEK;

/// The columns, in the order in which they are asked for.
const COLUMNS: [&str; 3] = ["weekday", "hour", "contacts"];
/// Weekdays, Monday first.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// More contacts in one hour than any desk has.
const CONTACTS_LIMIT: f64 = 1e7;

pub(super) fn read(text: &str) -> Result<[f64; HOURS_OF_WEEK], String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (_, head) =
        lines.next().ok_or_else(|| format!("the table is empty; begin it with `{}` and write one row for each hour", COLUMNS.join(",")))?;
    let names: Vec<String> = head.split(',').map(|n| n.trim().trim_matches('"').to_lowercase()).collect();
    let place = |column: &str| {
        names.iter().position(|n| n == column).ok_or_else(|| format!("line 1: the column `{column}` is missing; write `{}`", COLUMNS.join(",")))
    };
    let places = [place(COLUMNS[0])?, place(COLUMNS[1])?, place(COLUMNS[2])?];
    let mut hours = [0.0; HOURS_OF_WEEK];
    let mut seen = [None; HOURS_OF_WEEK];
    let mut rows = 0;
    for (i, line) in lines {
        rows += 1;
        let fields: Vec<&str> = line.split(',').map(|f| f.trim().trim_matches('"')).collect();
        let field = |column: usize| {
            let value = fields.get(places[column]).copied().unwrap_or_default();
            let at = format!("line {}, column {} ({})", i + 1, places[column] + 1, COLUMNS[column]);
            (value, at)
        };
        let (day, at) = field(0);
        let word = day.to_lowercase();
        let day =
            DAYS.iter().position(|d| *d == word || d[..3] == word).ok_or_else(|| format!("{at}: `{day}` is not a weekday; write mon, tue … sun"))?;
        let (hour, at) = field(1);
        let hour = hour.parse::<usize>().ok().filter(|h| *h < 24).ok_or_else(|| format!("{at}: `{hour}` is not an hour; write 0 to 23"))?;
        let (contacts, at) = field(2);
        let number = contacts.parse::<f64>().ok().filter(|n| (0.0..=CONTACTS_LIMIT).contains(n));
        let number = number.ok_or_else(|| format!("{at}: `{contacts}` is not a number of contacts; write 0 or more, such as 12 or 7.5"))?;
        let slot = day * 24 + hour;
        if let Some(line) = seen[slot].replace(i + 1) {
            return Err(format!("line {}: {} {hour}:00 was given in line {line} already; keep one row for each hour", i + 1, &DAYS[day][..3]));
        }
        hours[slot] = number;
    }
    if rows == 0 {
        return Err("the table has no rows; write one for each hour of a normal week, such as `mon,9,12`".into());
    }
    Ok(hours)
}
