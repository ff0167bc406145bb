//! Accounts from a table, and as one: what a spreadsheet or another system hands over.
//!
//! The first line names the columns. A column that is left out is left as it is; an empty cell says that there is none.

use super::money::Money;
use super::{Account, Facts, domain, key, table};
use crate::signals::Day;
use std::collections::HashMap;

/// Rows of one table.
pub const ROWS_LIMIT: usize = 5_000;
/// Problems that are told of one table.
pub const PROBLEMS_LIMIT: usize = 100;
/// The columns, in the order of an export.
pub const COLUMNS: [&str; 9] = ["key", "name", "value", "currency", "renewal", "owner", "domains", "notes", "cancelled"];

/// Something that is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// On which line, 1 for the first.
    pub line: u32,
    /// In which column; empty where it is about the line.
    pub field: String,
    /// What is wrong and what would be right.
    pub detail: String,
}

/// What one row asks for. `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// On which line it stands; 0 where it came another way.
    pub line: u32,
    /// The account's key.
    pub key: String,
    /// Its name.
    pub name: Option<String>,
    /// What it pays in a year.
    pub value: Option<Option<Money>>,
    /// When its contract is renewed or ends.
    pub renewal: Option<Option<Day>>,
    /// Address of the colleague who looks after it.
    pub owner: Option<Option<String>>,
    /// Its domains.
    pub domains: Option<Vec<String>>,
    /// What else is good to know.
    pub notes: Option<String>,
    /// The day on which it cancelled.
    pub cancelled: Option<Option<Day>>,
}

impl Wanted {
    /// The facts after it; `owner` is whose address it names.
    pub fn onto(&self, before: Option<&Facts>, owner: Option<crate::UserId>) -> Facts {
        let mut facts = before.cloned().unwrap_or_default();
        if let Some(name) = &self.name {
            facts.name.clone_from(name);
        }
        if let Some(value) = &self.value {
            facts.value.clone_from(value);
        }
        if let Some(renewal) = self.renewal {
            facts.renewal = renewal;
        }
        if self.owner.is_some() {
            facts.owner = owner;
        }
        if let Some(domains) = &self.domains {
            facts.domains.clone_from(domains);
        }
        if let Some(notes) = &self.notes {
            facts.notes.clone_from(notes);
        }
        if let Some(cancelled) = self.cancelled {
            facts.cancelled = cancelled;
        }
        facts
    }
}

/// A day as people write it: 2026-11-17.
///
/// # Errors
/// What would be right.
pub fn day(given: &str) -> Result<Option<Day>, String> {
    let text = given.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // Only the ten characters of a date: jiff reads more than that.
    let day = text.parse::<Day>().ok().filter(|day| text.len() == 10 && day.year() >= 1970);
    day.map(Some).ok_or_else(|| format!("`{text}` is not a date: write it as 2026-11-17."))
}

/// Reads a table of accounts.
///
/// # Errors
/// Everything that is wrong with it, up to [`PROBLEMS_LIMIT`]; then nothing of it should be taken.
pub fn read(text: &str) -> Result<Vec<Wanted>, Vec<Wrong>> {
    let one = |line: u32, field: &str, detail: String| vec![Wrong { line, field: field.to_owned(), detail }];
    let rows = table::rows(text).map_err(|line| one(line, "", "A quotation mark is opened here and never closed.".into()))?;
    let Some((head, rows)) = rows.split_first() else {
        return Err(one(1, "", format!("The table is empty. Its first line names the columns: {}.", COLUMNS.join(", "))));
    };
    let columns = columns(head)?;
    if rows.is_empty() {
        return Err(one(head.line, "", "The table has no line with an account.".into()));
    }
    if rows.len() > ROWS_LIMIT {
        return Err(one(head.line, "", format!("A table can have at most {ROWS_LIMIT} accounts, this one has {}: divide it.", rows.len())));
    }
    let (mut wanted, mut wrong) = (vec![], vec![]);
    let mut keys: HashMap<String, u32> = HashMap::new();
    let mut domains: HashMap<String, u32> = HashMap::new();
    for row in rows {
        let mut of_row = vec![];
        let read = account(row, &columns, &mut of_row);
        let mut twice = |known: &mut HashMap<String, u32>, text: &str, field: &str| {
            if let Some(before) = known.insert(text.to_owned(), row.line) {
                of_row.push((field.to_owned(), format!("`{text}` stands on line {before} already: each once.")));
            }
        };
        if !read.key.is_empty() {
            twice(&mut keys, &read.key, "key");
        }
        for domain in read.domains.iter().flatten() {
            twice(&mut domains, domain, "domains");
        }
        wrong.extend(of_row.into_iter().map(|(field, detail)| Wrong { line: row.line, field, detail }));
        wanted.push(read);
        if wrong.len() >= PROBLEMS_LIMIT {
            wrong.truncate(PROBLEMS_LIMIT);
            return Err(wrong);
        }
    }
    if wrong.is_empty() { Ok(wanted) } else { Err(wrong) }
}

/// Which column stands where.
fn columns(head: &table::Row) -> Result<Vec<&'static str>, Vec<Wrong>> {
    let (mut found, mut wrong): (Vec<&'static str>, Vec<Wrong>) = (vec![], vec![]);
    let mut say = |field: &str, detail: String| wrong.push(Wrong { line: head.line, field: field.to_owned(), detail });
    for cell in &head.cells {
        let word = cell.to_lowercase();
        match COLUMNS.into_iter().find(|column| *column == word) {
            Some(column) if found.contains(&column) => say(column, format!("The column `{column}` is there twice.")),
            Some(column) => found.push(column),
            None => say(cell, format!("There is no column `{cell}`: use {}.", COLUMNS.join(", "))),
        }
    }
    if !found.contains(&"key") {
        say("key", "The column `key` is missing: the name that your own systems have for the account.".into());
    }
    if found.contains(&"value") != found.contains(&"currency") {
        say("currency", "A `value` needs its `currency`, and the other way round: give both columns or none.".into());
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

fn account(row: &table::Row, columns: &[&'static str], wrong: &mut Vec<(String, String)>) -> Wanted {
    let mut say = |field: &str, detail: String| wrong.push((field.to_owned(), detail));
    if row.cells.len() > columns.len() {
        say(
            "",
            format!(
                "This line has {} values, but there are {} columns: put a value that holds what separates them in quotation marks.",
                row.cells.len(),
                columns.len()
            ),
        );
        return Wanted { line: row.line, ..Wanted::default() };
    }
    let cell = |column: &str| {
        let at = columns.iter().position(|known| *known == column)?;
        Some(table::uncell(row.cells.get(at).map_or("", String::as_str)))
    };
    let mut wanted = Wanted { line: row.line, ..Wanted::default() };
    match key(cell("key").unwrap_or_default()) {
        Ok(key) => wanted.key = key,
        Err(refusal) => say("key", refusal.detail),
    }
    wanted.name = cell("name").map(str::to_owned);
    if let (Some(amount), Some(currency)) = (cell("value"), cell("currency")) {
        match (amount.is_empty(), currency.is_empty()) {
            (true, _) => wanted.value = Some(None),
            (false, true) => say("currency", format!("The value {amount} needs its currency, such as EUR.")),
            (false, false) => match Money::read(amount, currency) {
                Ok(money) => wanted.value = Some(Some(money)),
                Err(why) => say(if super::money::currency(currency).is_err() { "currency" } else { "value" }, why),
            },
        }
    }
    for (field, into) in [("renewal", &mut wanted.renewal), ("cancelled", &mut wanted.cancelled)] {
        match cell(field).map(day) {
            Some(Ok(day)) => *into = Some(day),
            Some(Err(why)) => say(field, why),
            None => {}
        }
    }
    wanted.owner = cell("owner").map(|email| Some(email.to_lowercase()).filter(|email| !email.is_empty()));
    if let Some(list) = cell("domains") {
        let mut found = vec![];
        for one in list.split([' ', '|', ',', ';']).filter(|one| !one.is_empty()) {
            match domain(one) {
                Ok(domain) if found.contains(&domain) => {}
                Ok(domain) => found.push(domain),
                Err(why) => say("domains", why),
            }
        }
        wanted.domains = Some(found);
    }
    wanted.notes = cell("notes").map(str::to_owned);
    // What the account itself would refuse; a name may be left out where the account exists already.
    let name = wanted.name.clone().unwrap_or_else(|| "?".into());
    let facts =
        Facts { name, domains: wanted.domains.clone().unwrap_or_default(), notes: wanted.notes.clone().unwrap_or_default(), ..Facts::default() };
    if let Err(refusal) = facts.checked() {
        say(refusal.field.as_deref().unwrap_or_default(), refusal.detail);
    }
    wanted
}

/// The first line of an export.
pub fn head() -> String {
    format!("{}\r\n", COLUMNS.join(","))
}

/// One account as a line that [`read`] reads back to the same; `owner` is the address of its owner.
pub fn line(account: &Account, owner: Option<&str>) -> String {
    let facts = &account.facts;
    let (value, currency) = facts.value.as_ref().map_or_else(Default::default, |value| (value.amount(), value.currency.clone()));
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let cells = [
        account.key.clone(),
        facts.name.clone(),
        value,
        currency,
        day(facts.renewal),
        owner.unwrap_or_default().to_owned(),
        facts.domains.join(" "),
        facts.notes.clone(),
        day(facts.cancelled),
    ];
    let cells: Vec<String> = cells.iter().map(|text| table::cell(text)).collect();
    format!("{}\r\n", cells.join(","))
}
