//! Text in lines.

use crate::Face;
use crate::font::width;

/// A text in lines of a width at most. Lines break between words; a word that is wider breaks where it has to. Never empty.
pub fn lines(face: Face, size: f32, room: f32, text: &str) -> Vec<String> {
    let space = width(face, size, " ");
    let mut found: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0_f32);
    for word in text.split_whitespace().flat_map(|word| pieces(face, size, room, word)) {
        let needs = width(face, size, &word);
        if !line.is_empty() && used + space + needs > room {
            found.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += space;
        }
        line.push_str(&word);
        used += needs;
    }
    if !line.is_empty() || found.is_empty() {
        found.push(line);
    }
    found
}

/// A word in pieces that fit: usually itself. It breaks after a character that joins words, where one fits.
fn pieces(face: Face, size: f32, room: f32, word: &str) -> Vec<String> {
    if width(face, size, word) <= room {
        return vec![word.to_owned()];
    }
    let mut found: Vec<String> = Vec::new();
    let mut piece = String::new();
    for c in word.chars() {
        piece.push(c);
        if width(face, size, &piece) > room && piece.chars().count() > 1 {
            let joins = |c: char| matches!(c, '-' | '/' | '@' | '.' | '_' | ',' | ';' | ':');
            let last = piece.char_indices().next_back().map_or(0, |(at, _)| at);
            let at = piece[..last].rfind(joins).map_or(last, |at| at + piece[at..].chars().next().map_or(1, char::len_utf8));
            let rest = piece.split_off(at);
            found.push(std::mem::replace(&mut piece, rest));
        }
    }
    if !piece.is_empty() {
        found.push(piece);
    }
    found
}

/// The widest word, which a column should not break.
pub fn widest_word(face: Face, size: f32, text: &str) -> f32 {
    text.split_whitespace().map(|word| width(face, size, word)).fold(0.0, f32::max)
}
