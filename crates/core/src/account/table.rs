//! A table as text: values between commas or semicolons, as spreadsheets write it (RFC 4180).

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// On which line of the file it begins, 1 for the first.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

/// All rows that hold anything. What separates the cells is found out from the first line: a tab, a semicolon or a comma.
///
/// # Errors
/// The line on which a quotation mark is opened that nothing closes.
pub fn rows(text: &str) -> Result<Vec<Row>, u32> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let between = between(text);
    let mut found = vec![];
    let (mut row, mut cell, mut line) = (Row { line: 1, cells: vec![] }, String::new(), 1);
    let (mut quoted, mut opened) = (false, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\n' {
            line += 1;
        }
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => (quoted, opened, cell) = (true, line, String::new()),
            _ if quoted => cell.push(letter),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.cells.push(std::mem::take(&mut cell));
                found.push(std::mem::replace(&mut row, Row { line, cells: vec![] }));
            }
            _ if letter == between => row.cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    if quoted {
        return Err(opened);
    }
    row.cells.push(cell);
    found.push(row);
    for row in &mut found {
        row.cells.iter_mut().for_each(|cell| *cell = cell.trim().to_owned());
    }
    found.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    Ok(found)
}

fn between(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    [('\t', first.matches('\t').count()), (';', first.matches(';').count()), (',', first.matches(',').count())]
        .into_iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .map_or(',', |(letter, _)| letter)
}

/// A cell as a table has it: in quotation marks where it has to be. What a spreadsheet would take for a formula begins with an apostrophe.
pub fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', ';', '"', '\n', '\r', '\t']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// What [`cell`] made of a text, taken back.
pub fn uncell(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}
