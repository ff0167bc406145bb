//! How figures are shown: calm tables, and never without their assumptions.

use hypercare_core::Span;

/// 0.888 as "89 %"; what is not a whole percent but near all is never shown as all.
pub fn percent(share: f64) -> String {
    let whole = (share * 100.0).round();
    if whole >= 100.0 && share < 1.0 {
        return format!("{:.1} %", (share * 1000.0).floor() / 10.0);
    }
    if (share * 100.0 - whole).abs() < 1e-9 || (1.0..99.0).contains(&whole) { format!("{whole} %") } else { format!("{:.1} %", share * 100.0) }
}

/// Seconds as a person says them.
pub fn seconds(secs: f64) -> String {
    if !secs.is_finite() {
        return "no end".into();
    }
    if secs < 60.0 { format!("{secs:.0} s") } else { Span::secs(secs.round() as i64).to_string() }
}

/// 7.5, 12: without needless digits.
pub fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// One person, 2 people.
pub fn people(count: u32) -> String {
    if count == 1 { "1 person".into() } else { format!("{count} people") }
}

/// Columns, right-aligned but for the first; each row begins with its mark.
pub fn table(head: &[&str], rows: &[(bool, Vec<String>)]) -> String {
    let wide = |column: usize| rows.iter().map(|(_, row)| row[column].chars().count()).chain([head[column].chars().count()]).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(wide).collect();
    let line = |mark: &str, cells: &[String]| {
        let mut out = format!("{mark} ");
        for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width.saturating_sub(cell.chars().count()));
            out += &if column == 0 { format!("{cell}{pad}") } else { format!("   {pad}{cell}") };
        }
        out.trim_end().to_owned() + "\n"
    };
    let mut out = line(" ", &head.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
    for (marked, row) in rows {
        out += &line(if *marked { ">" } else { " " }, row);
    }
    out
}

/// The list under every result.
pub fn assumptions(list: &[String]) -> String {
    let lines: Vec<String> = list.iter().map(|a| format!("  - {a}\n")).collect();
    format!("\nAssumptions\n{}", lines.concat())
}
