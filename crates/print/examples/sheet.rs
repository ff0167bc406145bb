//! A sheet with one of everything, to look at: `cargo run -p hypercare-print --example sheet > sheet.pdf`.

use hypercare_print::{Anchor, Block, Document, Ink, Picture, Shape, Table, pdf};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words = "Prices rise for annual plans; customers who renew in December ask whether the old price still holds.";
    let rows = (0..60).map(|i| vec![format!("Question {i}"), words.repeat(1 + i % 3), (i * 17).to_string()]).collect();
    let shapes = vec![
        Shape::Line { ink: Ink::Grid, from: (64.0, 200.0), to: (708.0, 200.0) },
        Shape::Path { ink: Ink::Value, runs: vec![vec![(64.0, 180.0), (300.0, 40.0), (708.0, 150.0)]] },
        Shape::Path { ink: Ink::Normal, runs: vec![vec![(64.0, 160.0), (708.0, 160.0)]] },
        Shape::Text { ink: Ink::Soft, at: (58.0, 204.0), anchor: Anchor::End, text: "0".into() },
    ];
    let picture = Picture { width: 720.0, height: 240.0, title: "Contacts".into(), description: "Highest on Tuesday.".into(), shapes };
    let table = Table { caption: "What was asked".into(), head: vec!["Question".into(), "Words".into(), "Count".into()], numbers: vec![2], rows };
    let document = Document {
        title: "A sheet".into(),
        language: "en".into(),
        running: "A sheet with one of everything".into(),
        footer: "Written today".into(),
        written: None,
        blocks: vec![
            Block::Kicker("Sheet".into()),
            Block::Title("One of everything".into()),
            Block::Paragraph(words.repeat(4)),
            Block::List(vec![words.into(), words.repeat(2)]),
            Block::Heading("A chart".into()),
            Block::Chart(picture),
            Block::Table(table),
        ],
    };
    std::io::stdout().write_all(&pdf(&document)?)?;
    Ok(())
}
