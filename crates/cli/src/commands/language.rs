//! Which encoder a server reads messages with.

use anyhow::{Context, Result};
use clap::Args;
use hypercare_server::config::Language;
use std::path::PathBuf;

/// How messages are compared.
#[derive(Clone, Debug, Default, Args)]
pub struct Model {
    /// A folder with another language model (model.onnx and vocab.txt) instead of the built-in one, for other languages or sizes.
    #[arg(long = "model", env = "HYPERCARE_MODEL")]
    folder: Option<PathBuf>,
}

impl Model {
    /// By meaning, with the folder's model or the built-in one; by words where this binary was built without.
    ///
    /// # Errors
    /// When the folder's model cannot be used.
    pub fn language(&self) -> Result<Language> {
        let encoder = match &self.folder {
            Some(folder) => {
                let model = hypercare_encoder::from_dir(folder, hypercare_encoder::Options::default());
                Some(std::sync::Arc::new(model.with_context(|| format!("--model {}", folder.display()))?) as _)
            }
            None => hypercare_encoder::built_in(),
        };
        Ok(Language::with(encoder))
    }
}

/// In a line of the log.
pub fn said(language: &Language) -> String {
    match language.encoder() {
        Some(encoder) => format!("messages are compared by meaning ({})", encoder.id()),
        None => "messages are compared by words only: this binary was built without the language model (cargo xtask model fetches it)".into(),
    }
}
