//! The table that is printed.

/// One line: what was promised and what was found.
pub struct Row {
    /// What is measured.
    pub measure: String,
    /// What frozen MiniLM reached when the targets were set.
    pub floor: &'static str,
    /// What was aimed for.
    pub aim: &'static str,
    /// What was found, or why nothing was.
    pub found: String,
}

/// A Markdown table.
pub fn of(rows: &[Row]) -> String {
    let head = ["measure", "floor", "aim", "found"].map(str::to_owned);
    let lines: Vec<[String; 4]> =
        std::iter::once(head).chain(rows.iter().map(|r| [r.measure.clone(), r.floor.to_owned(), r.aim.to_owned(), r.found.clone()])).collect();
    let widths: [usize; 4] = std::array::from_fn(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0));
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
        if number == 0 {
            text.push_str(&format!("|{}\n", widths.map(|w| format!("{}|", "-".repeat(w + 2))).concat()));
        }
    }
    text
}
