use std::fmt;
use std::path::PathBuf;

/// Why a model was not loaded: which file, what is wrong, what would be right.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// A file of the folder could not be read.
    File(PathBuf, std::io::Error),
    /// `vocab.txt` is no vocabulary; the text goes on after its name.
    Vocabulary(String),
    /// `model.onnx` is no model that can be used; the text goes on after its name.
    Model(String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, why) => write!(
                f,
                "{} cannot be read ({why}): the folder of a language model holds `model.onnx` and `vocab.txt`, the vocabulary of an uncased BERT model",
                path.display()
            ),
            Self::Vocabulary(why) => write!(f, "vocab.txt {why}"),
            Self::Model(why) => write!(f, "model.onnx {why}"),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(_, why) => Some(why),
            Self::Vocabulary(_) | Self::Model(_) => None,
        }
    }
}
