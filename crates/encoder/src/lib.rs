//! The sentence encoder of the language part.
//!
//! A text becomes a vector of length 1, and texts that mean the same point the same way. The model is all-MiniLM-L6-v2 with
//! weights of eight bits; it is in the binary where `cargo xtask model` fetched it before the build, and [`built_in`] says
//! `None` where not. An operator may name a folder with another one: [`from_dir`].
//!
//! Encoding is computing, milliseconds a message: async callers use `spawn_blocking`.

mod error;
#[cfg(has_model)]
mod minilm;
mod model;
mod wordpiece;

pub use error::LoadError;
pub use hypercare_kernels::Level;
pub use model::{Model, Options, from_dir};
pub use wordpiece::WordPiece;

use hypercare_language::encoder::Encoder;
use std::sync::{Arc, OnceLock};

/// The encoder that is in this binary, made at the first call and shared by all later ones; `None` where the binary was
/// built without the model. It computes on the thread that calls it.
pub fn built_in() -> Option<Arc<dyn Encoder>> {
    static BUILT_IN: OnceLock<Option<Arc<dyn Encoder>>> = OnceLock::new();
    BUILT_IN.get_or_init(|| built_in_at(Level::best())).clone()
}

/// The same, by the instructions of a level: its vectors have the same bits. For measuring and for tests.
pub fn built_in_at(level: Level) -> Option<Arc<dyn Encoder>> {
    embedded(level)
}

/// Whether this binary has the model, without making the encoder.
pub const fn has_model() -> bool {
    cfg!(has_model)
}

#[cfg(has_model)]
fn embedded(level: Level) -> Option<Arc<dyn Encoder>> {
    static MODEL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/minilm.bin"));
    let vocabulary = WordPiece::new(include_str!("../vocabulary/bert-base-uncased.txt")).ok()?;
    Some(Arc::new(minilm::MiniLm::new(MODEL, vocabulary, level)))
}

#[cfg(not(has_model))]
fn embedded(_level: Level) -> Option<Arc<dyn Encoder>> {
    None
}
