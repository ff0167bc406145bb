//! Tables in pieces: the caption, the head and each row.

use crate::atoms::{Atom, Atoms};
use crate::columns::widths;
use crate::font::width;
use crate::lines::lines;
use crate::page::{HEIGHT, WIDTH};
use crate::tree::Kind;
use crate::{Face, Ink, Item, Place, Table};

/// Size of the text in cells.
const SIZE: f32 = 8.0;
/// From line to line.
const LEADING: f32 = 10.6;
/// Between columns.
const GAP: f32 = 10.0;
/// Above and below the text of a cell.
const PAD: f32 = 2.8;
/// Lines of a row at most: what is longer goes on in a row of its own, so that it fits a page.
const LINES_MOST: usize = 48;

/// Where a column is.
struct Column {
    x: f32,
    width: f32,
    right: bool,
}

pub(crate) fn add(out: &mut Atoms, table: &Table) {
    let count = table.head.len();
    if count == 0 {
        return;
    }
    let all = widths(table, SIZE, WIDTH - GAP * (count as f32 - 1.0));
    let mut x = 0.0;
    let columns: Vec<Column> = all
        .into_iter()
        .enumerate()
        .map(|(i, width)| {
            let column = Column { x, width, right: table.numbers.contains(&i) };
            x += width + GAP;
            column
        })
        .collect();
    let whole = out.tree.add(Kind::Table, None);
    caption(out, whole, &table.caption);
    let head = out.tree.add(Kind::Head, Some(whole));
    let row = out.tree.add(Kind::Row, Some(head));
    let names: Vec<usize> = table.head.iter().map(|_| out.tree.add(Kind::ColumnName, Some(row))).collect();
    let mut first = cells(&columns, &table.head, |i| Place::Of(names[i]), |_| Face::Bold, Ink::Soft);
    rule(&mut first, 0.9);
    first.keep = true;
    let again = Atom { items: first.items.iter().map(|(_, item)| (Place::Ornament, item.clone())).collect(), ..first.clone() };
    out.heads.push(again);
    let repeats = Some(out.heads.len() - 1);
    out.all.push(first);
    let rows = out.tree.add(Kind::Rows, Some(whole));
    for texts in &table.rows {
        let row = out.tree.add(Kind::Row, Some(rows));
        let kind = |i: usize| if i == 0 { Kind::RowName } else { Kind::Cell };
        let elements: Vec<usize> = (0..count).map(|i| out.tree.add(kind(i), Some(row))).collect();
        let face = |i: usize| if i == 0 { Face::Bold } else { Face::Regular };
        for mut atom in split(cells(&columns, texts, |i| Place::Of(elements[i]), face, Ink::Text)) {
            rule(&mut atom, 0.35);
            out.all.push(Atom { repeats, ..atom });
        }
    }
    // Room below the table.
    out.all.push(Atom { height: 4.0, ..Atom::default() });
}

fn caption(out: &mut Atoms, table: usize, text: &str) {
    if text.is_empty() {
        return;
    }
    let element = out.tree.add(Kind::Caption, Some(table));
    for (i, text) in lines(Face::Regular, SIZE, WIDTH, text).into_iter().enumerate() {
        let item = Item::Text { x: 0.0, y: SIZE, size: SIZE, face: Face::Regular, ink: Ink::Soft, text };
        let items = vec![(Place::Of(element), item)];
        out.all.push(Atom { before: if i == 0 { 9.0 } else { 0.0 }, height: LEADING + 1.0, keep: true, items, ..Atom::default() });
    }
}

/// One row: its cells in lines. The height is that of the longest cell.
fn cells(columns: &[Column], texts: &[String], place: impl Fn(usize) -> Place, face: impl Fn(usize) -> Face, ink: Ink) -> Atom {
    let mut items = Vec::new();
    let mut most = 1;
    for (i, (column, text)) in columns.iter().zip(texts).enumerate() {
        let face = face(i);
        let all = lines(face, SIZE, column.width, text);
        most = most.max(all.len());
        for (n, text) in all.into_iter().enumerate() {
            let left = if column.right { column.width - width(face, SIZE, &text) } else { 0.0 };
            let y = PAD + SIZE + LEADING * n as f32;
            items.push((place(i), Item::Text { x: column.x + left.max(0.0), y, size: SIZE, face, ink, text }));
        }
    }
    Atom { height: LEADING * most as f32 + 2.0 * PAD, items, ..Atom::default() }
}

/// The line below a row.
fn rule(atom: &mut Atom, thick: f32) {
    let line = Item::Line { from: (0.0, atom.height), to: (WIDTH, atom.height), width: thick, dash: 0.0, ink: Ink::Grid };
    atom.items.push((Place::Ornament, line));
}

/// A row that is higher than a page, in several.
fn split(atom: Atom) -> Vec<Atom> {
    let most = LEADING * LINES_MOST as f32;
    if atom.height <= most + 2.0 * PAD || atom.height <= HEIGHT * 0.75 {
        return vec![atom];
    }
    let part = |item: &Item| if let Item::Text { y, .. } = item { ((y - PAD - SIZE + 0.1) / most).floor().max(0.0) as usize } else { 0 };
    let parts = atom.items.iter().map(|(_, item)| part(item)).max().unwrap_or(0) + 1;
    (0..parts)
        .map(|n| {
            let own = atom.items.iter().filter(|(_, item)| part(item) == n);
            let items: Vec<(Place, Item)> = own.map(|(place, item)| (*place, item.clone().moved(0.0, -most * n as f32))).collect();
            let height = if n + 1 < parts { most + 2.0 * PAD } else { atom.height - most * n as f32 };
            Atom { height, items, ..Atom::default() }
        })
        .collect()
}
