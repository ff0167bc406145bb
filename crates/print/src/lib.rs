//! Pages of A4 from headings, text, tables and charts, and the PDF they make. It knows nothing of what is written on them.
//!
//! ```
//! use hypercare_print::{Block, Document, layout, pdf};
//! let document = Document {
//!     title: "Lessons".into(),
//!     language: "en".into(),
//!     running: "Lessons".into(),
//!     footer: "Written today".into(),
//!     written: None,
//!     blocks: vec![Block::Title("Lessons".into()), Block::Paragraph("It held.".into())],
//! };
//! let pages = layout(&document);
//! assert_eq!(pages.len(), 1);
//! assert!(pdf(&document).is_ok_and(|bytes| bytes.starts_with(b"%PDF")));
//! ```
//!
//! [`layout()`] is pure: it says what stands where on which page, and [`pdf`] only draws that. Headings stay with what follows, rows of
//! tables are not parted, and the heads of tables are repeated on each page.

mod atoms;
mod columns;
mod font;
mod layout;
mod lines;
mod model;
mod page;
mod picture;
mod tables;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub use layout::layout;
pub use model::{Block, Document, Table, Written};
pub use page::{Face, Item, MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP, PAGE_HEIGHT, PAGE_WIDTH, Page, Place};
pub use picture::{Anchor, Ink, Picture, Shape};
pub use write::{PrintError, pdf};
