//! The encoder as others use it: its vectors, its pieces, its errors. Needs the model: `cargo xtask model`.

mod batches;
mod folder;
mod golden;
mod tokens;

use hypercare_language::encoder::Encoder;
use std::sync::Arc;

/// The built-in encoder; without it there is nothing to test, and that is a failure.
fn encoder() -> Arc<dyn Encoder> {
    hypercare_encoder::built_in().expect("this build has no language model: run `cargo xtask model`, then the tests again")
}

/// Two hundred sentences, short and long, in many scripts.
const SENTENCES: &str = include_str!("../golden/sentences.txt");
