//! What stands where. Points of 1/72 inch, from the page's upper left corner.

use crate::Ink;

/// Width of A4.
pub const PAGE_WIDTH: f32 = 595.28;
/// Height of A4.
pub const PAGE_HEIGHT: f32 = 841.89;
/// Nothing stands nearer to the left and the right edge.
pub const MARGIN_SIDE: f32 = 54.0;
/// Text begins here; the running head is above.
pub const MARGIN_TOP: f32 = 66.0;
/// Text ends here; the foot is below.
pub const MARGIN_BOTTOM: f32 = 64.0;

/// Width of the text.
pub(crate) const WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN_SIDE;
/// Height of the text.
pub(crate) const HEIGHT: f32 = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM;

/// Which cut of the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// For text.
    Regular,
    /// For headings.
    Bold,
}

/// What something is for somebody who hears the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Part of an element of the document's tree.
    Of(usize),
    /// The running head.
    Header,
    /// The foot with the page's number.
    Footer,
    /// Lines that only order the page, and heads of tables that were read before.
    Ornament,
}

/// One thing on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// One line of text, or a part of one.
    Text {
        /// Left end.
        x: f32,
        /// The line on which it stands.
        y: f32,
        /// Size of the font.
        size: f32,
        /// Cut of the font.
        face: Face,
        /// Its colour.
        ink: Ink,
        /// What it says.
        text: String,
    },
    /// A straight line.
    Line {
        /// Where from.
        from: (f32, f32),
        /// Where to.
        to: (f32, f32),
        /// How thick.
        width: f32,
        /// How long its dashes and gaps are; 0 for none.
        dash: f32,
        /// Its colour.
        ink: Ink,
    },
    /// A line of several points.
    Path {
        /// Its points.
        points: Vec<(f32, f32)>,
        /// How thick.
        width: f32,
        /// How long its dashes and gaps are; 0 for none.
        dash: f32,
        /// Its colour.
        ink: Ink,
    },
    /// A filled rectangle.
    Rect {
        /// Left end.
        x: f32,
        /// Upper end.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// Its colour.
        ink: Ink,
    },
    /// A filled circle.
    Dot {
        /// Its middle.
        at: (f32, f32),
        /// Half its width.
        radius: f32,
        /// Its colour.
        ink: Ink,
    },
}

impl Item {
    /// The same, elsewhere.
    #[must_use]
    pub(crate) fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self {
            Self::Text { x, y, .. } | Self::Rect { x, y, .. } => (*x, *y) = (*x + dx, *y + dy),
            Self::Line { from, to, .. } => (*from, *to) = ((from.0 + dx, from.1 + dy), (to.0 + dx, to.1 + dy)),
            Self::Path { points, .. } => points.iter_mut().for_each(|p| *p = (p.0 + dx, p.1 + dy)),
            Self::Dot { at, .. } => *at = (at.0 + dx, at.1 + dy),
        }
        self
    }
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What stands on it, and what each is part of.
    pub items: Vec<(Place, Item)>,
    /// Headings that begin on it: element, level from 1, words, and how far down.
    pub headings: Vec<(usize, u16, String, f32)>,
}

impl Page {
    /// Everything it says, in order.
    pub fn words(&self) -> String {
        let texts = self.items.iter().filter_map(|(_, item)| match item {
            Item::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    }
}
