//! The report on paper: the same sections, laid out on A4.

use super::model::Report;
use super::sections::{self, Part};
use super::tables::Table;
use super::words::When;
use hypercare_core::Timestamp;
use hypercare_print::{Block, Document, PrintError, Table as Printed, Written};

/// Rows of a narrow table from which on two stand side by side.
const FOLD: usize = 8;

/// The report as a PDF.
///
/// # Errors
/// When the PDF cannot be written.
pub fn render(r: &Report) -> Result<Vec<u8>, PrintError> {
    hypercare_print::pdf(&document(r))
}

/// The report as what is printed.
pub fn document(r: &Report) -> Document {
    let when = When::in_zone(&r.headline.zone);
    let title = format!("Lessons: {}", r.headline.name);
    let mut blocks = vec![
        Block::Kicker("Hypercare lessons".into()),
        Block::Title(r.headline.name.clone()),
        Block::Note(sections::byline(r, &when)),
        Block::Paragraph(r.headline.summary.clone()),
    ];
    for section in sections::all(r) {
        blocks.push(Block::Heading(section.title.into()));
        section.parts.into_iter().for_each(|part| add(&mut blocks, part));
    }
    Document {
        running: title.clone(),
        footer: format!("Written {} ({})", when.say(r.written_at), r.headline.zone),
        written: Some(written(r.written_at)),
        language: "en".into(),
        title,
        blocks,
    }
}

fn add(blocks: &mut Vec<Block>, part: Part) {
    match part {
        Part::Sub(title) => blocks.push(Block::Subheading(title.into())),
        Part::Text(text) => blocks.push(Block::Paragraph(text)),
        Part::Note(text) => blocks.push(Block::Note(text)),
        Part::Points(points, empty) if points.is_empty() => {
            if !empty.is_empty() {
                blocks.push(Block::Paragraph(empty.into()));
            }
        }
        Part::Points(points, _) => blocks.push(Block::List(points)),
        Part::Table(t) => blocks.push(table(t, false)),
        Part::Figure { title, text, picture, table: t, .. } => {
            blocks.push(Block::Subheading(title));
            blocks.push(Block::Note(text));
            if !picture.shapes.is_empty() {
                blocks.push(Block::Chart(picture));
            }
            blocks.push(table(t, true));
        }
    }
}

/// A table for paper. Of a long narrow one the second half stands beside the first.
fn table(t: Table, may_fold: bool) -> Block {
    if t.rows.is_empty() {
        return Block::Note(t.empty.into());
    }
    let columns = t.head.len();
    let mut out =
        Printed { caption: t.caption.into(), head: t.head.iter().map(|name| (*name).to_owned()).collect(), numbers: t.numbers, rows: t.rows };
    if may_fold && columns <= 4 && out.rows.len() > FOLD {
        let right = out.rows.split_off(out.rows.len().div_ceil(2));
        let head = out.head.clone();
        out.head.extend(head);
        out.numbers.extend(out.numbers.clone().into_iter().map(|i| i + columns));
        let mut right = right.into_iter();
        for row in &mut out.rows {
            row.extend(right.next().unwrap_or_else(|| vec![String::new(); columns]));
        }
    }
    Block::Table(out)
}

fn written(at: Timestamp) -> Written {
    let utc = jiff::tz::TimeZone::UTC.to_datetime(at.to_jiff());
    let small = |n: i8| u8::try_from(n).unwrap_or(0);
    Written {
        year: u16::try_from(utc.year()).unwrap_or(0),
        month: small(utc.month()),
        day: small(utc.day()),
        hour: small(utc.hour()),
        minute: small(utc.minute()),
    }
}
