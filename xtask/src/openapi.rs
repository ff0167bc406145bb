//! The API description, generated from the routes, and the console's types, generated from it.

use crate::{setup, shell, web};
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::Command;

const CONSOLE: &str = "web/console";
const DESCRIPTION: &str = "docs/api/openapi.json";
const TYPES: &str = "web/console/src/lib/api/schema.ts";

/// Writes both.
pub fn write() -> Result<()> {
    setup::setup(&setup::FOR_BINARY)?;
    let description = shell::read(Command::new(shell::hypercare()?).arg("openapi"))?;
    let description = description.trim_end().to_owned() + "\n";
    let file = shell::root().join(DESCRIPTION);
    if fs::read_to_string(&file).ok().as_ref() != Some(&description) {
        fs::write(&file, description).with_context(|| DESCRIPTION.to_owned())?;
    }
    web::install(CONSOLE)?;
    shell::run(shell::npm(CONSOLE).args(["run", "generate"]))
}

/// Writes both, and fails if that changed anything: the committed ones were out of date.
pub fn check() -> Result<()> {
    let contents = || [DESCRIPTION, TYPES].map(|path| (path, fs::read(shell::root().join(path)).unwrap_or_default()));
    let before = contents();
    write()?;
    let after = contents();
    let changed: Vec<&str> = before.iter().zip(&after).filter(|(old, new)| old != new).map(|((path, _), _)| *path).collect();
    if !changed.is_empty() {
        bail!("the API changed and these files did not; they are up to date now, commit them:\n- {}", changed.join("\n- "));
    }
    Ok(())
}
