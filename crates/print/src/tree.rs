//! What everything is, for whoever hears the document: its headings, lists and tables as a tree.

/// What an element is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading with its level, from 1.
    Heading(u16),
    /// Text.
    Paragraph,
    /// Points.
    List,
    /// One point.
    Point,
    /// What a point says.
    Body,
    /// A table.
    Table,
    /// Its caption.
    Caption,
    /// Its head.
    Head,
    /// Its rows.
    Rows,
    /// One row.
    Row,
    /// The name of a column.
    ColumnName,
    /// The name of a row.
    RowName,
    /// A cell.
    Cell,
    /// A picture, with what is said in its place.
    Figure(String),
}

/// One element.
#[derive(Clone, Debug)]
pub struct Element {
    /// What it is.
    pub kind: Kind,
    /// Part of which one.
    pub parent: Option<usize>,
}

/// All elements; each stands after its parent.
#[derive(Clone, Debug, Default)]
pub struct Tree(pub Vec<Element>);

impl Tree {
    /// A new element.
    pub fn add(&mut self, kind: Kind, parent: Option<usize>) -> usize {
        self.0.push(Element { kind, parent });
        self.0.len() - 1
    }
}
