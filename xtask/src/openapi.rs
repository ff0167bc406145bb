//! The API description, generated from the routes, and the console's client, generated from it.

use crate::{setup, shell, web};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const CONSOLE: &str = "web/console";
const FOLDER: &str = "web/console/src/lib/api";
const FILE: &str = "openapi.json";

/// Writes both.
pub fn write() -> Result<()> {
    setup::setup(&setup::FOR_WEB)?;
    let description = shell::read(shell::cargo().args(["run", "--quiet", "--package", "hypercare", "--", "openapi"]))?;
    let file = root_folder().join(FILE);
    fs::create_dir_all(root_folder())?;
    if fs::read_to_string(&file).ok().as_deref() != Some(&description) {
        fs::write(&file, description).with_context(|| file.display().to_string())?;
    }
    web::install(CONSOLE)?;
    shell::run(shell::npm(CONSOLE).args(["run", "generate"]))
}

/// Writes both, and fails if that changed anything: the committed ones were out of date.
pub fn check() -> Result<()> {
    let before = contents(&root_folder())?;
    write()?;
    let after = contents(&root_folder())?;
    let changed: Vec<String> = before
        .keys()
        .chain(after.keys())
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| path.display().to_string())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    if !changed.is_empty() {
        bail!(
            "the API changed and these files did not; they are up to date now, commit them:\n- {FOLDER}/{}",
            changed.join(&format!("\n- {FOLDER}/"))
        );
    }
    Ok(())
}

fn root_folder() -> PathBuf {
    shell::root().join(FOLDER)
}

fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            found.insert(PathBuf::from(entry.file_name()), fs::read(entry.path())?);
        }
    }
    Ok(found)
}
