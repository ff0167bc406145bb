//! The sentence encoder of the language part.
//!
//! A text becomes a vector of length 1, and texts that mean the same point the same way. The model is all-MiniLM-L6-v2 with
//! weights of eight bits; it is in the binary where `cargo xtask model` fetched it before the build, and [`built_in`] says
//! `None` where not. An operator may name a folder with another one: [`from_dir`].
//!
//! Encoding is computing, milliseconds a message: async callers use `spawn_blocking`.

mod error;
mod model;
mod wordpiece;

pub use error::LoadError;
pub use model::{Model, Options, from_dir};
pub use wordpiece::WordPiece;

use hypercare_language::encoder::Encoder;
use std::sync::{Arc, OnceLock};

/// The encoder that is in this binary, made at the first call and shared by all later ones; `None` where the binary was
/// built without the model.
///
/// # Panics
/// When the model in the binary cannot be read. The tests of this crate read it, so a build that passed them does not.
pub fn built_in() -> Option<Arc<dyn Encoder>> {
    static BUILT_IN: OnceLock<Option<Arc<dyn Encoder>>> = OnceLock::new();
    BUILT_IN.get_or_init(|| embedded().map(|model| Arc::new(model) as Arc<dyn Encoder>)).clone()
}

/// Whether this binary has the model, without making the encoder.
pub const fn has_model() -> bool {
    cfg!(has_model)
}

#[cfg(has_model)]
fn embedded() -> Option<Model> {
    static ONNX: &[u8] = include_bytes!("../model/model.onnx");
    let vocabulary = WordPiece::new(include_str!("../vocabulary/bert-base-uncased.txt")).expect("the vocabulary in the repository is whole");
    Some(Model::from_static(ONNX, vocabulary).expect("the embedded model was checked when it was fetched"))
}

#[cfg(not(has_model))]
fn embedded() -> Option<Model> {
    None
}
