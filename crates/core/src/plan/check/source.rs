//! Positions: from byte offsets to lines and columns as an editor counts them.

use std::ops::Range;

/// The text of a plan with the start of each line.
pub(super) struct Source<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
}

/// A place in the text.
pub(super) struct Position {
    pub line: usize,
    pub column: usize,
    pub width: usize,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, line_starts }
    }

    /// Line and column, counted from 1, of the start of `span`; its width ends with the line.
    pub(super) fn position(&self, span: &Range<usize>) -> Position {
        let start = self.boundary(span.start);
        let line = self.line_starts.partition_point(|from| *from <= start).saturating_sub(1);
        let from = self.line_starts.get(line).copied().unwrap_or(0);
        let line_end = self.line_starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let end = self.boundary(span.end).min(line_end).max(start);
        let count = |range: Range<usize>| self.text.get(range).map_or(0, |part| part.trim_end_matches('\r').chars().count());
        Position { line: line + 1, column: count(from..start) + 1, width: count(start..end).max(1) }
    }

    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
