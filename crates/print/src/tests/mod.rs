//! Pages: nothing in the margins, nothing parted that belongs together, nothing lost.

use crate::page::HEIGHT;
use crate::{Block, Document, Ink, Item, MARGIN_SIDE, MARGIN_TOP, PAGE_HEIGHT, PAGE_WIDTH, Page, Picture, Place, Shape, Table, Written, layout, pdf};

const WORDS: &str =
    "Prices rise for annual plans; customers who renew in December ask whether the old price still holds. Preiserhöhung – Ελληνικά – Кириллица.";

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Lessons".into(),
        language: "en".into(),
        running: "Lessons: prices".into(),
        footer: "Written today".into(),
        written: Some(Written { year: 2026, month: 11, day: 30, hour: 3, minute: 5 }),
        blocks,
    }
}

fn table(rows: usize, long: usize) -> Table {
    let row =
        |i: usize| vec![format!("Row {i}"), WORDS.repeat(1 + i % long), format!("{}", i * 17), "a@very-long-address-of-somebody.example.org".into()];
    Table {
        caption: "What was counted".into(),
        head: ["Name", "Words", "Count", "Owner"].map(str::to_owned).to_vec(),
        numbers: vec![2],
        rows: (0..rows).map(row).collect(),
    }
}

fn picture() -> Picture {
    let shapes = vec![
        Shape::Line { ink: Ink::Grid, from: (64.0, 10.0), to: (708.0, 10.0) },
        Shape::Path { ink: Ink::Value, runs: vec![vec![(64.0, 100.0), (300.0, 20.0), (708.0, 90.0)]] },
        Shape::Dot { ink: Ink::Value, at: (300.0, 20.0) },
        Shape::Text { ink: Ink::Mark, at: (700.0, 12.0), anchor: crate::Anchor::Start, text: "a long marker at the right edge".into() },
    ];
    Picture { width: 720.0, height: 240.0, title: "Contacts".into(), description: "Highest on Tuesday.".into(), shapes }
}

/// Where an item is: left, top, right, bottom.
fn extent(item: &Item) -> (f32, f32, f32, f32) {
    match item {
        Item::Text { x, y, size, face, text, .. } => (*x, y - size, x + crate::font::width(*face, *size, text), y + size * 0.3),
        Item::Line { from, to, .. } => (from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1)),
        Item::Path { points, .. } => {
            points.iter().fold((f32::MAX, f32::MAX, 0.0, 0.0), |a, p| (a.0.min(p.0), a.1.min(p.1), a.2.max(p.0), a.3.max(p.1)))
        }
        Item::Rect { x, y, width, height, .. } => (*x, *y, x + width, y + height),
        Item::Dot { at, radius, .. } => (at.0 - radius, at.1 - radius, at.0 + radius, at.1 + radius),
    }
}

#[track_caller]
fn inside(pages: &[Page]) {
    for (number, page) in pages.iter().enumerate() {
        for (place, item) in &page.items {
            let (left, top, right, bottom) = extent(item);
            let hair = 0.6;
            assert!(left >= MARGIN_SIDE - hair && right <= PAGE_WIDTH - MARGIN_SIDE + hair, "page {number}: {item:?} reaches from {left} to {right}");
            let (first, last) = match place {
                Place::Of(_) | Place::Ornament => (MARGIN_TOP, MARGIN_TOP + HEIGHT),
                Place::Header | Place::Footer => (20.0, PAGE_HEIGHT - 20.0),
            };
            assert!(top >= first - hair && bottom <= last + hair, "page {number}: {item:?} reaches from {top} to {bottom}");
        }
    }
}

fn words(pages: &[Page]) -> String {
    pages.iter().map(Page::words).collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_stands_in_the_margins() {
    for rows in [0, 1, 7, 60, 400] {
        let pages = layout(&document(vec![
            Block::Kicker("lessons".into()),
            Block::Title(WORDS.repeat(2)),
            Block::Note(WORDS.into()),
            Block::List(vec![WORDS.into(), "Donaudampfschifffahrtsgesellschaftskapitän".repeat(9)]),
            Block::Heading("Day by day".into()),
            Block::Chart(picture()),
            Block::Table(table(rows, 3)),
            Block::Paragraph(WORDS.repeat(60)),
        ]));
        inside(&pages);
    }
}

#[test]
fn headings_stay_with_what_follows() {
    for filler in 0..70 {
        let mut blocks: Vec<Block> = (0..filler).map(|_| Block::Paragraph("One line.".into())).collect();
        blocks.extend([Block::Heading("Heading".into()), Block::Subheading("Under it".into()), Block::Table(table(3, 1))]);
        let pages = layout(&document(blocks));
        let of = |what: &str| pages.iter().position(|p| p.words().contains(what)).unwrap();
        assert_eq!((of("Heading"), of("Under it"), of("What was counted")), (of("Row 0"), of("Row 0"), of("Row 0")), "after {filler} lines");
        inside(&pages);
    }
}

#[test]
fn what_explains_a_chart_stays_with_it() {
    for filler in 0..70 {
        let mut blocks: Vec<Block> = (0..filler).map(|_| Block::Paragraph("One line.".into())).collect();
        blocks.extend([Block::Subheading("Heading".into()), Block::Note("Explained".into()), Block::Chart(picture()), Block::Note("Below".into())]);
        blocks.push(Block::Table(table(3, 1)));
        let pages = layout(&document(blocks));
        let of = |what: &str| pages.iter().position(|p| p.words().contains(what)).unwrap();
        assert_eq!((of("Heading"), of("Explained")), (of("a long marker"), of("a long marker")), "after {filler} lines");
        assert_eq!(of("Below"), of("Row 0"), "after {filler} lines");
        inside(&pages);
    }
}

#[test]
fn rows_are_whole_and_heads_are_repeated() {
    let pages = layout(&document(vec![Block::Table(table(90, 3))]));
    assert!(pages.len() > 3);
    for (number, page) in pages.iter().enumerate() {
        assert_eq!(page.words().matches("Count").count(), 1, "page {number}");
    }
    // A row's elements are on one page each.
    let mut seen = std::collections::HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for (place, _) in &page.items {
            if let Place::Of(element) = place {
                assert_eq!(*seen.entry(*element).or_insert(number), number, "element {element} is parted");
            }
        }
    }
    let all = words(&pages);
    assert!((0..90).all(|i| all.contains(&format!("Row {i} "))), "{all}");
}

#[test]
fn a_row_higher_than_a_page_goes_on() {
    let long = Table { rows: vec![vec!["Row".into(), WORDS.repeat(90), "1".into(), "end".into()]], ..table(0, 1) };
    let pages = layout(&document(vec![Block::Table(long)]));
    inside(&pages);
    assert!(pages.len() > 1);
    assert_eq!(words(&pages).matches("Кириллица").count(), 90);
}

#[test]
fn what_the_font_lacks_is_said() {
    #[track_caller]
    fn check(text: &str, said: bool) {
        let pages = layout(&document(vec![Block::Paragraph(text.into())]));
        assert_eq!(words(&pages).contains("not in the font"), said, "{text}");
        assert!(pdf(&document(vec![Block::Paragraph(text.into())])).is_ok());
    }
    check("Łódź, Ærø, Ἀθῆναι, Ѣ, ẞ – “so” → ▲ 12 %", false);
    check("東京", true);
    check("שלום", true);
    check("👍🏽", true);
    check("a\u{200d}b\u{fe0f}\u{0}c", true);
    check("soft\u{ad}hyphen", false);
}

#[test]
fn the_file_is_the_same_each_time_and_has_its_parts() {
    let document =
        document(vec![Block::Title("Lessons".into()), Block::Heading("Outcome".into()), Block::Chart(picture()), Block::Table(table(80, 2))]);
    let bytes = pdf(&document).unwrap();
    assert_eq!(bytes, pdf(&document).unwrap());
    let has = |what: &str| bytes.windows(what.len()).filter(|w| *w == what.as_bytes()).count();
    assert_eq!(has("/Type/Page/") + has("/Type/Page\n") + has("/Type/Page>"), layout(&document).len());
    for part in ["/Lang", "/Outlines", "/StructTreeRoot", "/MarkInfo", "/FontFile", "DejaVu", "/Alt"] {
        assert!(has(part) > 0, "{part} is missing");
    }
    assert!(bytes.len() < 200_000, "{} bytes: only used glyphs belong into the file", bytes.len());
}

#[test]
fn an_empty_document_is_one_page() {
    let pages = layout(&document(vec![]));
    assert_eq!((pages.len(), words(&pages).contains("Page 1 of 1")), (1, true));
    assert!(pdf(&document(vec![])).is_ok());
}
