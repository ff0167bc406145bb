//! The one font of all pages: its glyphs and how wide they are. No shaping: each character is its glyph, which is right for Latin, Greek
//! and Cyrillic.

use crate::Face;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What is drawn where the font has no glyph, or where letters would have to be joined or turned around.
pub const MISSING: char = '\u{fffd}';

/// The font's file.
pub fn data(face: Face) -> &'static [u8] {
    match face {
        Face::Regular => include_bytes!("../fonts/DejaVuSansCondensed.ttf"),
        Face::Bold => include_bytes!("../fonts/DejaVuSansCondensed-Bold.ttf"),
    }
}

/// What is known of a cut.
#[derive(Debug, Default)]
struct Metrics {
    /// Number of the glyph and its width for a size of 1.
    glyphs: HashMap<char, (u32, f32)>,
}

fn metrics(face: Face) -> &'static Metrics {
    static REGULAR: OnceLock<Metrics> = OnceLock::new();
    static BOLD: OnceLock<Metrics> = OnceLock::new();
    let known = match face {
        Face::Regular => &REGULAR,
        Face::Bold => &BOLD,
    };
    known.get_or_init(|| read(face))
}

fn read(face: Face) -> Metrics {
    let Ok(font) = FontRef::new(data(face)) else { return Metrics::default() };
    let of = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    let glyph = |(code, id): (u32, skrifa::GlyphId)| Some((char::from_u32(code)?, (id.to_u32(), of.advance_width(id)?)));
    Metrics { glyphs: font.charmap().mappings().filter_map(glyph).collect() }
}

/// Letters that are written from the right or joined to each other.
const fn needs_shaping(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// What is neither seen nor takes room.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether a character is drawn as it is.
pub fn has(c: char) -> bool {
    is_unseen(c) || c.is_whitespace() || (!needs_shaping(c) && metrics(Face::Regular).glyphs.contains_key(&c))
}

/// The glyph of a character and its width for a size of 1; none where nothing is drawn.
pub fn glyph(face: Face, c: char) -> Option<(u32, f32)> {
    if is_unseen(c) || c.is_control() {
        return None;
    }
    let glyphs = &metrics(face).glyphs;
    let of = |c: char| glyphs.get(&c).copied();
    if c.is_whitespace() {
        return of(' ');
    }
    if needs_shaping(c) { of(MISSING) } else { of(c).or_else(|| of(MISSING)) }
}

/// How wide a text is.
pub fn width(face: Face, size: f32, text: &str) -> f32 {
    text.chars().filter_map(|c| glyph(face, c)).map(|(_, width)| width).sum::<f32>() * size
}
