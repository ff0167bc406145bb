//! Pages as a PDF: the font's used glyphs inside, an outline, and what everything is for whoever hears it.

use crate::font::{data, glyph};
use crate::layout::{LaidOut, laid_out};
use crate::tree::{Kind, Tree};
use crate::{Document, Face, Ink, Item, PAGE_HEIGHT, PAGE_WIDTH, Page, Place};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use std::num::NonZeroU16;

/// Why no PDF could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The PDF could not be written: {0}.")]
pub struct PrintError(String);

/// The pages of a document as a PDF, tagged and with an outline. The same document is the same bytes.
///
/// # Errors
/// When what is drawn cannot be written, which no text brings about.
pub fn pdf(document: &Document) -> Result<Vec<u8>, PrintError> {
    let LaidOut { pages, tree } = laid_out(document);
    let font = |face| Font::new(data(face).into(), 0).ok_or_else(|| PrintError("the font cannot be read".into()));
    let fonts = Fonts { regular: font(Face::Regular)?, bold: font(Face::Bold)? };
    let mut out = krilla::Document::new();
    let mut leaves: Vec<Vec<Identifier>> = vec![Vec::new(); tree.0.len()];
    for page in &pages {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).ok_or_else(|| PrintError("a page has no size".into()))?;
        let mut sheet = out.start_page_with(settings);
        let mut surface = sheet.surface();
        draw(&mut surface, page, &fonts, &mut leaves);
        surface.finish();
        sheet.finish();
    }
    out.set_outline(outline(&pages));
    out.set_metadata(metadata(document));
    out.set_tag_tree(tagged(&tree, &mut leaves, &document.language));
    out.finish().map_err(|why| PrintError(format!("{why:?}")))
}

struct Fonts {
    regular: Font,
    bold: Font,
}

/// Draws in the order of the page; what follows each other and belongs together is marked together.
fn draw(surface: &mut Surface<'_>, page: &Page, fonts: &Fonts, leaves: &mut [Vec<Identifier>]) {
    let mut at = 0;
    while let Some((place, _)) = page.items.get(at) {
        let run = page.items[at..].iter().take_while(|(other, _)| other == place).count();
        let is_text = page.items[at..at + run].iter().all(|(_, item)| matches!(item, Item::Text { .. }));
        let tag = match place {
            Place::Of(_) if is_text => ContentTag::Span(SpanTag::empty()),
            Place::Of(_) => ContentTag::Other,
            Place::Header => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)),
            Place::Footer => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
            Place::Ornament => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        };
        let identifier = surface.start_tagged(tag);
        page.items[at..at + run].iter().for_each(|(_, item)| one(surface, item, fonts));
        surface.end_tagged();
        if let Place::Of(element) = place {
            leaves[*element].push(identifier);
        }
        at += run;
    }
}

/// Colours that keep their contrast on paper without colour.
fn colour(ink: Ink) -> rgb::Color {
    let (r, g, b) = match ink {
        Ink::Text | Ink::Mark => (0x1b, 0x1f, 0x24),
        Ink::Soft => (0x57, 0x60, 0x6a),
        Ink::Grid => (0xc4, 0xcb, 0xd3),
        Ink::Value | Ink::Stable => (0x0b, 0x5c, 0xad),
        Ink::Normal => (0x6a, 0x73, 0x7d),
        Ink::Band => (0xe4, 0xe8, 0xed),
    };
    rgb::Color::new(r, g, b)
}

fn fill(surface: &mut Surface<'_>, ink: Ink) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: colour(ink).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }));
}

fn stroke(surface: &mut Surface<'_>, ink: Ink, width: f32, dash: f32) {
    let dash = (dash > 0.0).then(|| StrokeDash { array: vec![dash, dash * 0.75], offset: 0.0 });
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: colour(ink).into(), width, dash, ..Stroke::default() }));
}

fn one(surface: &mut Surface<'_>, item: &Item, fonts: &Fonts) {
    let mut path = PathBuilder::new();
    match item {
        Item::Text { x, y, size, face, ink, text } => {
            let glyphs = glyphs(*face, text);
            if glyphs.is_empty() {
                return;
            }
            fill(surface, *ink);
            let font = if *face == Face::Bold { &fonts.bold } else { &fonts.regular };
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, font.clone(), text, *size, false);
            return;
        }
        Item::Line { from, to, width, dash, ink } => {
            stroke(surface, *ink, *width, *dash);
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
        }
        Item::Path { points, width, dash, ink } => {
            stroke(surface, *ink, *width, *dash);
            for (i, (x, y)) in points.iter().enumerate() {
                if i == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
            }
        }
        Item::Rect { x, y, width, height, ink } => {
            fill(surface, *ink);
            let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) else { return };
            path.push_rect(rect);
        }
        Item::Dot { at: (x, y), radius: r, ink } => {
            fill(surface, *ink);
            // Four arcs: the usual distance of their handles for a circle.
            let k = r * 0.552_285;
            path.move_to(x + r, *y);
            path.cubic_to(x + r, y + k, x + k, y + r, *x, y + r);
            path.cubic_to(x - k, y + r, x - r, y + k, x - r, *y);
            path.cubic_to(x - r, y - k, x - k, y - r, *x, y - r);
            path.cubic_to(x + k, y - r, x + r, y - k, x + r, *y);
            path.close();
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn glyphs(face: Face, text: &str) -> Vec<KrillaGlyph> {
    let one = |(at, c): (usize, char)| {
        let (id, width) = glyph(face, c)?;
        Some(KrillaGlyph::new(GlyphId::new(id), width, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None))
    };
    text.char_indices().filter_map(one).collect()
}

/// Sections, and under them what they contain.
fn outline(pages: &[Page]) -> Outline {
    let mut sections: Vec<OutlineNode> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for (_, level, words, y) in &page.headings {
            let node = OutlineNode::new(words.clone(), XyzDestination::new(number, Point::from_xy(0.0, (y - 12.0).max(0.0))));
            match (level, sections.last_mut()) {
                (3.., Some(section)) => section.push_child(node),
                (1, _) => {}
                _ => sections.push(node),
            }
        }
    }
    let mut all = Outline::new();
    sections.into_iter().for_each(|node| all.push_child(node));
    all
}

fn metadata(document: &Document) -> Metadata {
    let mut out = Metadata::new().title(document.title.clone()).language(document.language.clone()).creator("Hypercare".into());
    if let Some(w) = document.written {
        out = out.creation_date(DateTime::new(w.year).month(w.month).day(w.day).hour(w.hour).minute(w.minute).second(0).utc_offset_hour(0));
    }
    out
}

/// The tree, with what was drawn of each element.
fn tagged(tree: &Tree, leaves: &mut [Vec<Identifier>], language: &str) -> TagTree {
    let mut groups: Vec<Option<TagGroup>> = tree.0.iter().map(|e| Some(group(&e.kind))).collect();
    // Each element stands after its parent, so from the last on children are whole before they are handed over. They come in reverse.
    let mut children: Vec<Vec<Node>> = vec![Vec::new(); tree.0.len()];
    let mut top: Vec<Node> = Vec::new();
    for at in (0..tree.0.len()).rev() {
        let Some(mut own) = groups[at].take() else { continue };
        let drawn = std::mem::take(&mut leaves[at]);
        let below = std::mem::take(&mut children[at]);
        if drawn.is_empty() && below.is_empty() && !matches!(tree.0[at].kind, Kind::Cell | Kind::RowName | Kind::ColumnName) {
            continue;
        }
        drawn.into_iter().for_each(|leaf| own.push(leaf));
        below.into_iter().rev().for_each(|child| own.push(child));
        match tree.0[at].parent {
            Some(parent) => children[parent].push(Node::Group(own)),
            None => top.push(Node::Group(own)),
        }
    }
    let mut all = TagTree::new().with_lang(Some(language.to_owned()));
    top.into_iter().rev().for_each(|node| all.push(node));
    all
}

fn group(kind: &Kind) -> TagGroup {
    match kind {
        Kind::Heading(level) => TagGroup::new(Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), None)),
        Kind::Paragraph => TagGroup::new(Tag::P),
        Kind::List => TagGroup::new(Tag::L(ListNumbering::Disc)),
        Kind::Point => TagGroup::new(Tag::LI),
        Kind::Body => TagGroup::new(Tag::LBody),
        Kind::Table => TagGroup::new(Tag::Table),
        Kind::Caption => TagGroup::new(Tag::Caption),
        Kind::Head => TagGroup::new(Tag::THead),
        Kind::Rows => TagGroup::new(Tag::TBody),
        Kind::Row => TagGroup::new(Tag::TR),
        Kind::ColumnName => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
        Kind::RowName => TagGroup::new(Tag::TH(TableHeaderScope::Row)),
        Kind::Cell => TagGroup::new(Tag::TD),
        Kind::Figure(alt) => TagGroup::new(Tag::Figure(Some(alt.clone()))),
    }
}
