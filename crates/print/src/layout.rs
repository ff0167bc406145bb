//! Pieces on pages.

use crate::atoms::{self, Atom};
use crate::font::width;
use crate::page::HEIGHT;
use crate::tree::Tree;
use crate::{Document, Face, Ink, Item, MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP, PAGE_HEIGHT, PAGE_WIDTH, Page, Place};

/// Pages with what their parts are.
pub(crate) struct LaidOut {
    pub pages: Vec<Page>,
    pub tree: Tree,
}

/// What stands where on which page. There is always one.
pub fn layout(document: &Document) -> Vec<Page> {
    laid_out(document).pages
}

pub(crate) fn laid_out(document: &Document) -> LaidOut {
    let atoms = atoms::of(document);
    let mut pages = vec![Page::default()];
    let mut y = 0.0_f32;
    for (i, atom) in atoms.all.iter().enumerate() {
        let begins = i == 0 || !atoms.all[i - 1].keep;
        let needs = if begins { together(&atoms.all[i..]) } else { atom.before + atom.height };
        // What would not fit a page of its own is not moved for being kept together.
        let needs = if needs > HEIGHT { atom.before + atom.height } else { needs };
        if y > 0.0 && y + needs > HEIGHT {
            if atom.items.is_empty() {
                continue;
            }
            pages.push(Page::default());
            y = 0.0;
            if let Some(head) = atom.repeats.and_then(|at| atoms.heads.get(at)) {
                put(&mut pages, head, y);
                y += head.height;
            }
        }
        if y > 0.0 {
            y += atom.before;
        }
        put(&mut pages, atom, y);
        y += atom.height;
    }
    frame(&mut pages, document);
    LaidOut { pages, tree: atoms.tree }
}

/// How high the pieces are that stay together with the first.
fn together(atoms: &[Atom]) -> f32 {
    let kept = atoms.iter().take_while(|a| a.keep).count();
    atoms.iter().take(kept + 1).map(|a| a.before + a.height).sum()
}

fn put(pages: &mut [Page], atom: &Atom, y: f32) {
    let Some(page) = pages.last_mut() else { return };
    page.items.extend(atom.items.iter().map(|(place, item)| (*place, item.clone().moved(MARGIN_SIDE, MARGIN_TOP + y))));
    page.headings.extend(atom.heading.iter().map(|(element, level, words)| (*element, *level, words.clone(), MARGIN_TOP + y)));
}

/// Size of the words at the head and the foot.
const SMALL: f32 = 7.5;

/// The running head and the foot of each page.
fn frame(pages: &mut [Page], document: &Document) {
    let count = pages.len();
    let text = |x: f32, y: f32, text: String| Item::Text { x, y, size: SMALL, face: Face::Regular, ink: Ink::Soft, text };
    let room = PAGE_WIDTH - 2.0 * MARGIN_SIDE;
    for (i, page) in pages.iter_mut().enumerate() {
        if i > 0 {
            let y = MARGIN_TOP - 26.0;
            page.items.push((Place::Header, text(MARGIN_SIDE, y, cut(&document.running, room))));
            let line = Item::Line { from: (MARGIN_SIDE, y + 6.0), to: (PAGE_WIDTH - MARGIN_SIDE, y + 6.0), width: 0.35, dash: 0.0, ink: Ink::Grid };
            page.items.push((Place::Header, line));
        }
        let y = PAGE_HEIGHT - MARGIN_BOTTOM + 32.0;
        let number = format!("Page {} of {count}", i + 1);
        let wide = width(Face::Regular, SMALL, &number);
        page.items.push((Place::Footer, text(MARGIN_SIDE, y, cut(&document.footer, room - wide - 20.0))));
        page.items.push((Place::Footer, text(PAGE_WIDTH - MARGIN_SIDE - wide, y, number)));
    }
}

/// As much of a text as fits a line.
fn cut(text: &str, room: f32) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(Face::Regular, SMALL, &line) <= room {
        return line;
    }
    let mut short = String::new();
    for c in line.chars() {
        if width(Face::Regular, SMALL, &short) + width(Face::Regular, SMALL, "m…") > room {
            break;
        }
        short.push(c);
    }
    format!("{}…", short.trim_end())
}
