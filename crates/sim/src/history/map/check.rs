//! Reads a map like a compiler: every fault with its place, its reason and what would be right.

use super::raw::{RawColumn, RawFile, RawMap, RawMeaning, RawNames, RawSeverity, RawStatus};
use super::{Column, DIMENSIONS_LIMIT, Encoding, Field, Format, Map, Rows, Standing, Unlisted};
use crate::history::time::Times;
use hypercare_core::Severity;
use hypercare_core::plan::{FIELDS_LIMIT, Problem, ProblemSeverity, nearest};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use toml::Spanned;

/// Size of a map file, in bytes.
const FILE_LIMIT: usize = 200_000;

/// What came of reading a map.
#[derive(Debug)]
pub struct Checked {
    /// The map, if nothing is wrong with it.
    pub map: Option<Map>,
    /// What is wrong, in the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads a map and says everything that is wrong with its meaning; of its syntax and shape, the first fault.
pub fn check(text: &str) -> Checked {
    let mut faults = Faults { text, problems: vec![] };
    let map = read(text, &mut faults);
    let mut problems = faults.problems;
    problems.sort_by_key(|p| (p.line, p.column));
    Checked { map: map.filter(|_| problems.is_empty()), problems }
}

struct Faults<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl Faults<'_> {
    fn at(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<Option<String>>) {
        let (line, column) = place(self.text, span.start);
        let width = self.text.get(span.clone()).map_or(1, |part| part.lines().next().unwrap_or("").chars().count().max(1));
        self.problems.push(Problem {
            severity: ProblemSeverity::Error,
            line,
            column,
            width,
            path: String::new(),
            message: message.into(),
            help: help.into(),
        });
    }
}

fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

fn read(text: &str, faults: &mut Faults<'_>) -> Option<Map> {
    if text.len() > FILE_LIMIT {
        faults.at(
            &(0..0),
            format!("the file has {} bytes; a map has at most {FILE_LIMIT}", text.len()),
            Some("is this a map, or the export itself?".into()),
        );
        return None;
    }
    let raw: RawMap = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            faults.at(&span, error.message().trim().to_owned(), help_for(error.message()));
            return None;
        }
    };
    let (format, encoding, rows) = file(&raw.file, faults);
    let columns = columns(&raw, rows, faults);
    let dimensions = dimensions(&raw, faults);
    let mut map = Map {
        source: source(&raw.source, faults),
        about: raw.about.clone(),
        format,
        encoding,
        rows,
        missing: raw.file.missing.iter().map(|m| m.trim().to_owned()).collect(),
        times: times(&raw, faults),
        zone: raw.time.zone.as_ref().map_or_else(|| "UTC".to_owned(), |zone| zone.get_ref().clone()),
        columns,
        statuses: BTreeMap::new(),
        other_status: None,
        severities: BTreeMap::new(),
        other_severity: None,
        ratings: BTreeMap::new(),
        yes: words_of_yes(&raw.meaning),
        dimensions,
        topic: vec![],
        scenario: None,
        category: None,
        fields: vec![],
    };
    statuses(&mut map, raw.status.as_ref(), &raw.columns.span(), faults);
    severities(&mut map, raw.severity.as_ref(), &raw.columns.span(), faults);
    for (word, points) in &raw.rating {
        if !(1..=5).contains(points.get_ref()) {
            faults.at(&points.span(), format!("`{word}` is worth {} points", points.get_ref()), Some("a rating is 1 to 5".into()));
        }
        map.ratings.insert(word.clone(), *points.get_ref());
    }
    meaning(&mut map, &raw.meaning, faults);
    fields(&mut map, &raw.fields, faults);
    Some(map)
}

/// The parser's own words name the known keys; the nearest of them is what was meant.
fn help_for(message: &str) -> Option<String> {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (wrong, known) = quoted.split_first()?;
    message.starts_with("unknown field").then(|| nearest(wrong, known.iter().copied())).flatten().map(|k| format!("did you mean `{k}`?"))
}

fn source(source: &Spanned<String>, faults: &mut Faults<'_>) -> String {
    let name = source.get_ref();
    if name.is_empty() || name.len() > 60 || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        faults.at(
            &source.span(),
            format!("`{name}` is no name of a source"),
            Some("1 to 60 small letters, digits and hyphens, such as `service-desk`".into()),
        );
    }
    name.clone()
}

fn file(file: &RawFile, faults: &mut Faults<'_>) -> (Format, Encoding, Rows) {
    let delimiter = file.delimiter.as_ref().map_or(b',', |d| match d.get_ref().as_bytes() {
        [one] if one.is_ascii() && !matches!(one, b'"' | b'\n' | b'\r') => *one,
        _ => {
            faults.at(&d.span(), format!("`{}` is no delimiter", d.get_ref()), Some("one character: \",\", \";\", \"\\t\" or \"|\"".into()));
            b','
        }
    });
    let format = one_of(file.format.as_ref(), "format", &[("csv", Format::Csv(delimiter)), ("jsonl", Format::Jsonl)], faults);
    if let (Some(Format::Jsonl), Some(d)) = (format, &file.delimiter) {
        faults.at(&d.span(), "lines of JSON have no delimiter", Some("remove it, or write format = \"csv\"".into()));
    }
    let encoding = one_of(
        file.encoding.as_ref(),
        "encoding",
        &[("utf-8", Encoding::Utf8), ("latin-1", Encoding::Latin1), ("windows-1252", Encoding::Latin1)],
        faults,
    );
    let rows = one_of(file.rows.as_ref(), "rows", &[("tickets", Rows::Tickets), ("events", Rows::Events)], faults);
    (format.unwrap_or(Format::Csv(delimiter)), encoding.unwrap_or(Encoding::Utf8), rows.unwrap_or(Rows::Tickets))
}

fn one_of<T: Copy>(given: Option<&Spanned<String>>, what: &str, known: &[(&str, T)], faults: &mut Faults<'_>) -> Option<T> {
    let given = given?;
    let found = known.iter().find(|(word, _)| word == given.get_ref()).map(|(_, value)| *value);
    if found.is_none() {
        let words: Vec<String> = known.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        faults.at(&given.span(), format!("`{}` is no {what}", given.get_ref()), Some(format!("one of {}", words.join(", "))));
    }
    found
}

fn times(raw: &RawMap, faults: &mut Faults<'_>) -> Times {
    let zone = raw.time.zone.as_ref().and_then(|zone| {
        let found = hypercare_core::calendar::zone(zone.get_ref());
        if found.is_err() {
            faults.at(
                &zone.span(),
                format!("there is no time zone `{}`", zone.get_ref()),
                Some("a name such as \"Europe/Berlin\" or \"UTC\"".into()),
            );
        }
        found.ok()
    });
    let mut times = Times::new(zone.unwrap_or(jiff::tz::TimeZone::UTC));
    if raw.time.formats.get_ref().is_empty() {
        faults.at(&raw.time.formats.span(), "no format is given", Some("such as [\"iso\"] or [\"%d/%m/%Y %H:%M\"]".into()));
    }
    for format in raw.time.formats.get_ref() {
        if let Err((message, help)) = times.add(format.get_ref()) {
            faults.at(&format.span(), message, Some(help));
        }
    }
    times
}

/// A column, checked for what only some fields can be; dimensions are no field.
fn column(raw: &Spanned<RawColumn>, field: Option<Field>, faults: &mut Faults<'_>) -> Column {
    let mut column =
        Column { names: vec![], optional: false, last_word: false, minutes: false, from: 0, line: place(faults.text, raw.span().start).0 };
    match raw.get_ref() {
        RawColumn::Name(name) => column.names.push(name.trim().to_owned()),
        RawColumn::Full(full) => {
            match &full.name {
                RawNames::One(name) => column.names.push(name.trim().to_owned()),
                RawNames::Several(names) => column.names.extend(names.iter().map(|name| name.trim().to_owned())),
            }
            (column.optional, column.last_word, column.minutes, column.from) = (full.optional, full.last_word, full.minutes, full.from);
        }
    }
    if column.names.is_empty() || column.names.iter().any(String::is_empty) {
        faults.at(&raw.span(), "a column has a name", Some("as it stands in the header of the export".into()));
    }
    let key = field.map_or("a dimension", Field::key);
    let allowed = |may: fn(Field) -> bool| field.is_some_and(may);
    for (given, may, what, help) in [
        (
            column.last_word,
            allowed(Field::may_be_final),
            "final",
            "only first_response, resolved, closed and sla_met can be final: the rest is read as it changes from row to row",
        ),
        (column.minutes, allowed(Field::may_be_minutes), "minutes", "only first_response, resolved and closed can be minutes since the opening"),
        (column.from > 0, allowed(Field::may_count_from), "counted from a number", "only reassignments and reopens are counts"),
    ] {
        if given && !may {
            faults.at(&raw.span(), format!("`{key}` cannot be {what}"), Some(help.to_owned()));
        }
    }
    column
}

fn columns(raw: &RawMap, rows: Rows, faults: &mut Faults<'_>) -> BTreeMap<Field, Column> {
    let keys = Field::ALL.map(Field::key);
    let mut columns = BTreeMap::new();
    for (key, value) in raw.columns.get_ref() {
        let Some(field) = Field::ALL.into_iter().find(|f| f.key() == key.get_ref()) else {
            let help = nearest(key.get_ref(), keys).map_or_else(|| format!("one of {}", keys.join(", ")), |k| format!("did you mean `{k}`?"));
            faults.at(&key.span(), format!("nothing in a ticket is called `{}`", key.get_ref()), Some(help));
            continue;
        };
        let column = column(value, Some(field), faults);
        if column.last_word && rows == Rows::Tickets {
            faults.at(&value.span(), "a row for each ticket holds last values anyway", Some("leave `final` out".into()));
        }
        columns.insert(field, column);
    }
    let mut needs = vec![(Field::Id, "which ticket a row is about"), (Field::Opened, "when it began")];
    if rows == Rows::Events {
        needs.push((Field::Updated, "when the row was written, which puts the rows of a ticket in order"));
    } else if let Some(updated) = raw.columns.get_ref().keys().find(|k| k.get_ref() == "updated") {
        faults.at(&updated.span(), "`updated` orders rows of events", Some("leave it out, or write rows = \"events\" in [file]".into()));
    }
    if !columns.contains_key(&Field::Resolved) && !columns.contains_key(&Field::Closed) {
        needs.push(match rows {
            Rows::Events => (Field::Status, "whether it is settled; or name `resolved` or `closed`"),
            Rows::Tickets => (Field::Resolved, "when it was settled; or name `closed`"),
        });
    }
    for (field, why) in needs {
        if !columns.contains_key(&field) {
            let span = raw.columns.span();
            faults.at(&(span.start..span.start), format!("[columns] does not say {why}"), Some(format!("{} = \"…\"", field.key())));
        }
    }
    columns
}

fn dimensions(raw: &RawMap, faults: &mut Faults<'_>) -> Vec<(String, Column)> {
    if let Some((key, _)) = raw.dimensions.iter().nth(DIMENSIONS_LIMIT) {
        faults.at(&key.span(), format!("{} dimensions", raw.dimensions.len()), Some(format!("at most {DIMENSIONS_LIMIT}")));
    }
    raw.dimensions.iter().map(|(key, value)| (key.get_ref().clone(), column(value, None, faults))).collect()
}

fn statuses(map: &mut Map, raw: Option<&RawStatus>, columns: &Range<usize>, faults: &mut Faults<'_>) {
    let Some(raw) = raw else {
        if map.columns.contains_key(&Field::Status) {
            faults.at(
                &(columns.start..columns.start),
                "a status is named, but not what its values mean",
                Some("a section [status] with open = […], resolved = […]".into()),
            );
        }
        return;
    };
    let lists = [
        (&raw.untouched, Standing::Untouched),
        (&raw.open, Standing::Open),
        (&raw.waiting, Standing::Waiting),
        (&raw.resolved, Standing::Resolved),
        (&raw.closed, Standing::Closed),
    ];
    for (words, standing) in lists {
        for word in words {
            if map.statuses.insert(word.get_ref().trim().to_owned(), standing).is_some_and(|other| other != standing) {
                faults.at(&word.span(), format!("`{}` stands in two lists", word.get_ref()), Some("a status means one thing".into()));
            }
        }
    }
    let known = [
        ("untouched", Unlisted::Is(Standing::Untouched)),
        ("open", Unlisted::Is(Standing::Open)),
        ("waiting", Unlisted::Is(Standing::Waiting)),
        ("resolved", Unlisted::Is(Standing::Resolved)),
        ("closed", Unlisted::Is(Standing::Closed)),
        ("by-time", Unlisted::ByTime),
    ];
    map.other_status = one_of(raw.other.as_ref(), "standing", &known, faults);
    if let (Some(Unlisted::ByTime), Rows::Events, Some(other)) = (map.other_status, map.rows, &raw.other) {
        faults.at(&other.span(), "`by-time` needs one row for each ticket", Some("with rows = \"events\" say what the status means".into()));
    }
}

fn severities(map: &mut Map, raw: Option<&RawSeverity>, columns: &Range<usize>, faults: &mut Faults<'_>) {
    let Some(raw) = raw else {
        if map.columns.contains_key(&Field::Severity) {
            faults.at(
                &(columns.start..columns.start),
                "a severity is named, but not what its values mean",
                Some("a section [severity] with high = […], normal = […]".into()),
            );
        }
        return;
    };
    let lists = [(&raw.critical, Severity::Critical), (&raw.high, Severity::High), (&raw.normal, Severity::Normal), (&raw.low, Severity::Low)];
    for (words, severity) in lists {
        for word in words {
            if map.severities.insert(word.get_ref().trim().to_owned(), severity).is_some_and(|other| other != severity) {
                faults.at(&word.span(), format!("`{}` stands in two lists", word.get_ref()), Some("a priority means one thing".into()));
            }
        }
    }
    let known = [("critical", Severity::Critical), ("high", Severity::High), ("normal", Severity::Normal), ("low", Severity::Low)];
    map.other_severity = one_of(raw.other.as_ref(), "severity", &known, faults);
}

fn words_of_yes(meaning: &RawMeaning) -> HashSet<String> {
    let given: HashSet<String> = meaning.yes.iter().map(|w| w.trim().to_lowercase()).collect();
    if given.is_empty() { ["true", "yes", "1"].into_iter().map(str::to_owned).collect() } else { given }
}

/// The place of a dimension that the map names.
fn dimension(map: &Map, word: &Spanned<String>, faults: &mut Faults<'_>) -> Option<usize> {
    let names: Vec<&str> = map.dimensions.iter().map(|(name, _)| name.as_str()).collect();
    let found = names.iter().position(|n| n == word.get_ref());
    if found.is_none() {
        let help = nearest(word.get_ref(), names.iter().copied())
            .map_or_else(|| "name it in [dimensions] first".to_owned(), |k| format!("did you mean `{k}`?"));
        faults.at(&word.span(), format!("there is no dimension `{}`", word.get_ref()), Some(help));
    }
    found
}

fn fields(map: &mut Map, raw: &BTreeMap<Spanned<String>, Spanned<String>>, faults: &mut Faults<'_>) {
    if let Some((key, _)) = raw.iter().nth(FIELDS_LIMIT) {
        faults.at(&key.span(), format!("{} fields", raw.len()), Some(format!("a plan can have {FIELDS_LIMIT}")));
    }
    map.fields = raw.iter().filter_map(|(key, word)| Some((key.get_ref().clone(), dimension(map, word, faults)?))).collect();
}

fn meaning(map: &mut Map, raw: &RawMeaning, faults: &mut Faults<'_>) {
    let mut find = |word: &Spanned<String>| dimension(map, word, faults);
    let topic: Vec<usize> = raw.topic.iter().filter_map(&mut find).collect();
    let scenario = raw.scenario.as_ref().and_then(&mut find);
    let category = raw.category.as_ref().and_then(&mut find);
    (map.topic, map.scenario, map.category) = (topic, scenario, category);
}
