//! How hard a text is to read: counts, the formulas, one indicator.

mod counts;
mod ease;
mod formulas;
mod vocabulary;

pub use counts::Counts;
pub use ease::{Ease, EaseWord};
pub use formulas::{Formulas, SMOG_SENTENCES};
pub use vocabulary::Vocabulary;
