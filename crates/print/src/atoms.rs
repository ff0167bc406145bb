//! A document in pieces that are never parted, each with its height.

use crate::font::has;
use crate::lines::lines;
use crate::page::WIDTH;
use crate::tables;
use crate::tree::{Kind, Tree};
use crate::{Anchor, Block, Document, Face, Ink, Item, Picture, Place, Shape};

/// One piece. Its items are placed from its upper left corner.
#[derive(Clone, Debug, Default)]
pub struct Atom {
    /// Room above it; none at the top of a page.
    pub before: f32,
    /// Its height.
    pub height: f32,
    /// It stays on one page with the next.
    pub keep: bool,
    /// What is on it.
    pub items: Vec<(Place, Item)>,
    /// The heading that it is: element, level, words.
    pub heading: Option<(usize, u16, String)>,
    /// Which head is repeated where a page begins with it.
    pub repeats: Option<usize>,
}

/// All pieces, what they are part of, and the heads of tables.
#[derive(Clone, Debug, Default)]
pub struct Atoms {
    /// In order.
    pub all: Vec<Atom>,
    /// What they are part of.
    pub tree: Tree,
    /// Heads of tables that are repeated.
    pub heads: Vec<Atom>,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
struct Style {
    face: Face,
    size: f32,
    /// From line to line.
    leading: f32,
    ink: Ink,
    before: f32,
    /// Widest line.
    room: f32,
}

const fn style(face: Face, size: f32, ink: Ink, before: f32) -> Style {
    Style { face, size, leading: size * 1.42, ink, before, room: WIDTH }
}

const KICKER: Style = style(Face::Regular, 8.5, Ink::Soft, 0.0);
const TITLE: Style = style(Face::Bold, 20.0, Ink::Text, 2.0);
const HEADING: Style = style(Face::Bold, 14.0, Ink::Text, 22.0);
const SUBHEADING: Style = style(Face::Bold, 10.5, Ink::Text, 14.0);
const TEXT: Style = style(Face::Regular, 9.5, Ink::Text, 5.0);
const NOTE: Style = style(Face::Regular, 8.5, Ink::Soft, 4.0);
/// How far points are indented.
const INDENT: f32 = 14.0;
/// Lines of a text that stays with the chart or the table below it. A longer one may be parted.
const LEAD_MOST: usize = 8;
/// What is said where characters could not be drawn.
const NOT_DRAWN: &str = "Some characters are not in the font of these pages and are shown as \u{fffd}. The page for screens shows them.";

/// Cuts a document into pieces.
pub fn of(document: &Document) -> Atoms {
    let mut out = Atoms::default();
    for (i, block) in document.blocks.iter().enumerate() {
        let first = out.all.len();
        match block {
            Block::Kicker(text) => out.text(Kind::Paragraph, KICKER, &text.to_uppercase()),
            Block::Title(text) => out.heading(1, TITLE, text),
            Block::Heading(text) => out.heading(2, HEADING, text),
            Block::Subheading(text) => out.heading(3, SUBHEADING, text),
            Block::Paragraph(text) => out.text(Kind::Paragraph, TEXT, text),
            Block::Note(text) => out.text(Kind::Paragraph, NOTE, text),
            Block::List(points) => out.list(points),
            Block::Table(table) => tables::add(&mut out, table),
            Block::Chart(picture) => out.picture(picture),
        }
        if leads_in(block, document.blocks.get(i + 1)) && out.all.len() - first <= LEAD_MOST {
            out.all[first..].iter_mut().for_each(|atom| atom.keep = true);
        }
    }
    let texts = out.all.iter().flat_map(|a| &a.items).filter_map(|(_, item)| if let Item::Text { text, .. } = item { Some(text) } else { None });
    if texts.into_iter().any(|text| !text.chars().all(has)) {
        out.text(Kind::Paragraph, Style { before: 16.0, ..NOTE }, NOT_DRAWN);
    }
    out
}

/// The text explains what stands below it: without it, it would explain nothing.
const fn leads_in(block: &Block, next: Option<&Block>) -> bool {
    matches!(block, Block::Paragraph(_) | Block::Note(_)) && matches!(next, Some(Block::Chart(_) | Block::Table(_)))
}

impl Atoms {
    fn text(&mut self, kind: Kind, style: Style, text: &str) {
        let element = self.tree.add(kind, None);
        self.lines(element, style, 0.0, text);
    }

    /// One piece for each line: the first two and the last two stay together.
    fn lines(&mut self, element: usize, style: Style, x: f32, text: &str) {
        let all = lines(style.face, style.size, style.room - x, text);
        let count = all.len();
        for (i, text) in all.into_iter().enumerate() {
            let item = Item::Text { x, y: style.size, size: style.size, face: style.face, ink: style.ink, text };
            self.all.push(Atom {
                before: if i == 0 { style.before } else { 0.0 },
                height: style.leading,
                keep: i + 1 < count && (i == 0 || i + 2 == count),
                items: vec![(Place::Of(element), item)],
                ..Atom::default()
            });
        }
    }

    fn heading(&mut self, level: u16, style: Style, text: &str) {
        let element = self.tree.add(Kind::Heading(level), None);
        let first = self.all.len();
        self.lines(element, style, 0.0, text);
        self.all[first].heading = Some((element, level, text.to_owned()));
        for atom in &mut self.all[first..] {
            atom.keep = true;
        }
    }

    fn list(&mut self, points: &[String]) {
        let list = self.tree.add(Kind::List, None);
        for point in points {
            let item = self.tree.add(Kind::Point, Some(list));
            let body = self.tree.add(Kind::Body, Some(item));
            let first = self.all.len();
            self.lines(body, Style { before: 3.0, ..TEXT }, INDENT, point);
            let dot = Item::Dot { at: (INDENT / 2.0 - 2.0, TEXT.size * 0.66), radius: 1.4, ink: Ink::Soft };
            self.all[first].items.push((Place::Ornament, dot));
        }
    }

    fn picture(&mut self, picture: &Picture) {
        let element = self.tree.add(Kind::Figure(format!("{}. {}", picture.title, picture.description)), None);
        let scale = f64::from(WIDTH) / picture.width.max(1.0);
        let items = picture.shapes.iter().flat_map(|shape| drawn(shape, scale)).map(|item| (Place::Of(element), item)).collect();
        self.all.push(Atom { before: 8.0, height: (picture.height * scale) as f32, items, ..Atom::default() });
    }
}

/// Size of words in a chart.
const CHART_SIZE: f32 = 7.5;
/// Length of dashes.
const DASH: f32 = 3.5;

/// A shape as it is drawn on paper.
fn drawn(shape: &Shape, scale: f64) -> Vec<Item> {
    let to = |v: f64| (v * scale) as f32;
    let point = |p: (f64, f64)| (to(p.0), to(p.1));
    let stroke = |ink: Ink| match ink {
        Ink::Value => (1.3, 0.0),
        Ink::Normal => (0.9, DASH),
        Ink::Stable => (2.2, 0.0),
        Ink::Mark => (0.7, 0.0),
        _ => (0.4, 0.0),
    };
    match shape {
        Shape::Line { ink, from, to } => {
            let (width, dash) = stroke(*ink);
            vec![Item::Line { from: point(*from), to: point(*to), width, dash, ink: *ink }]
        }
        Shape::Rect { ink, x, y, width, height } => vec![Item::Rect { x: to(*x), y: to(*y), width: to(*width), height: to(*height), ink: *ink }],
        Shape::Dot { ink, at } => vec![Item::Dot { at: point(*at), radius: 1.7, ink: *ink }],
        Shape::Path { ink, runs } => {
            let (width, dash) = stroke(*ink);
            let run = |run: &Vec<(f64, f64)>| Item::Path { points: run.iter().copied().map(point).collect(), width, dash, ink: *ink };
            runs.iter().filter(|run| run.len() > 1).map(run).collect()
        }
        Shape::Text { ink, at, anchor, text } => {
            let face = if *ink == Ink::Mark { Face::Bold } else { Face::Regular };
            let length = crate::font::width(face, CHART_SIZE, text);
            let (x, y) = point(*at);
            let x = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - length / 2.0,
                Anchor::End => x - length,
            };
            // A word at the edge moves in: nothing stands in the margin.
            let x = x.min(WIDTH - length).max(0.0);
            vec![Item::Text { x, y, size: CHART_SIZE, face, ink: if *ink == Ink::Mark { Ink::Text } else { Ink::Soft }, text: text.clone() }]
        }
    }
}
