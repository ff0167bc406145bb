//! The binary as it is given to others.

use crate::{model, setup, shell, web};
use anyhow::Result;

/// Builds it with the console, the chat and the language model inside: unlike the demonstration it does without none.
pub fn release() -> Result<()> {
    setup::setup(&setup::FOR_BINARY)?;
    web::build()?;
    model::fetch()?;
    shell::run(shell::cargo().args(["build", "--release", "--locked", "--package", "hypercare"]))?;
    eprintln!("Built {}.", shell::target().join("release").join(format!("hypercare{}", std::env::consts::EXE_SUFFIX)).display());
    Ok(())
}
