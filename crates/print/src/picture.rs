//! A chart as lines, dots and words, drawn alike on a screen and on paper.

/// What something in a picture or on a page is for. Never by colour alone: dashes, dots and words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Text.
    Text,
    /// Text that is less important.
    Soft,
    /// Lines that order a page or a chart.
    Grid,
    /// What was measured.
    Value,
    /// What was normal.
    Normal,
    /// A moment that is marked.
    Mark,
    /// The range in which a day is normal.
    Band,
    /// A day that counts as stable.
    Stable,
}

impl Ink {
    /// The word by which style sheets know it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Soft => "soft",
            Self::Grid => "grid",
            Self::Value => "value",
            Self::Normal => "normal",
            Self::Mark => "mark",
            Self::Band => "band",
            Self::Stable => "stable",
        }
    }
}

/// Which end of a word stands where it is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// One thing in a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A straight line.
    Line {
        /// What it is for.
        ink: Ink,
        /// Where from.
        from: (f64, f64),
        /// Where to.
        to: (f64, f64),
    },
    /// A filled rectangle: left, top, width, height.
    Rect {
        /// What it is for.
        ink: Ink,
        /// Left end.
        x: f64,
        /// Upper end.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// A filled circle.
    Dot {
        /// What it is for.
        ink: Ink,
        /// Its middle.
        at: (f64, f64),
    },
    /// A line of several points, with gaps between its runs.
    Path {
        /// What it is for.
        ink: Ink,
        /// Its unbroken runs.
        runs: Vec<Vec<(f64, f64)>>,
    },
    /// Words.
    Text {
        /// What they are for.
        ink: Ink,
        /// Where they stand.
        at: (f64, f64),
        /// Which end of them stands there.
        anchor: Anchor,
        /// What they say.
        text: String,
    },
}

/// A chart. Its numbers stand in a table beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width, in units of its own.
    pub width: f64,
    /// Height, in the same units.
    pub height: f64,
    /// What it shows, in a few words.
    pub title: String,
    /// What somebody hears in its place.
    pub description: String,
    /// What is drawn, the later above the earlier.
    pub shapes: Vec<Shape>,
}
