//! A folder of Markdown files, read and checked before anything is sent.

use anyhow::{Context, Result, bail};
use hypercare_server::articles::{ImportedArticle, file};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Files of one folder.
pub const FILES: usize = 50_000;
/// Bytes of one file.
const LARGEST: u64 = 1 << 20;
/// Deepest folder that is looked into.
const DEEPEST: usize = 8;

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Found {
    /// The articles.
    pub articles: Vec<ImportedArticle>,
    /// Pictures that they show: what each text names, by article, and the file that it is.
    pub images: BTreeMap<String, PathBuf>,
    /// What was left out, in sentences.
    pub left_out: Vec<String>,
}

/// All files below a folder whose names end so, in order.
///
/// # Errors
/// When it cannot be read, or has too many.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    fn walk(folder: &Path, ending: &str, depth: usize, found: &mut Vec<PathBuf>) -> Result<()> {
        let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read: give a folder", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
            if hidden {
                continue;
            }
            if path.is_dir() {
                if depth < DEEPEST {
                    walk(&path, ending, depth + 1, found)?;
                }
            } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending)) {
                found.push(path);
            }
            if found.len() > FILES {
                bail!("more than {FILES} files: give the folder of the articles only");
            }
        }
        Ok(())
    }
    let mut found = vec![];
    walk(folder, ending, 0, &mut found)?;
    found.sort();
    Ok(found)
}

/// The text of a file.
///
/// # Errors
/// When it is too large or no text.
pub fn text(path: &Path) -> Result<String> {
    let size = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?.len();
    if size > LARGEST {
        bail!("{} has more than {LARGEST} bytes", path.display());
    }
    fs::read_to_string(path).with_context(|| format!("{} is no UTF-8 text", path.display()))
}

/// Reads a folder of Markdown.
///
/// # Errors
/// All that is wrong, with the file it is in; nothing was sent then.
pub fn read(folder: &Path, lang: &str) -> Result<Found> {
    let (mut found, mut wrong, mut seen) = (Found::default(), vec![], BTreeSet::new());
    for path in files(folder, "md")? {
        let below = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let mut article = match text(&path).map_err(|why| format!("{why:#}")).and_then(|text| file::read(&below, &text, lang)) {
            Ok(article) => article,
            // A note on the folder itself is no article.
            Err(_) if below.to_lowercase().ends_with("readme.md") => continue,
            Err(why) => {
                wrong.push(format!("{below}: {why}"));
                continue;
            }
        };
        if !seen.insert((article.key.clone(), article.lang.clone())) {
            wrong.push(format!(
                "{below}: another file has the key `{}` in `{}` too. Give one of them a `key:` of its own.",
                article.key, article.lang
            ));
        }
        for name in file::own_images(&article.text.body) {
            let at = path.parent().unwrap_or(folder).join(name.replace("%20", " "));
            // Nothing outside of the folder is read, whatever a file names.
            match (at.canonicalize(), folder.canonicalize()) {
                (Ok(at), Ok(root)) if at.starts_with(&root) && at.is_file() => {
                    let place = at.to_string_lossy().into_owned();
                    article.text.body = file::map_links(&article.text.body, |image, to| (image && to == name).then(|| place.clone()));
                    found.images.insert(place, at);
                }
                _ => wrong.push(format!("{below}: there is no picture `{name}` in the folder.")),
            }
        }
        found.articles.push(article);
    }
    finish(found, &wrong, folder)
}

/// What was found, if nothing is wrong.
///
/// # Errors
/// All that is wrong.
pub fn finish(found: Found, wrong: &[String], folder: &Path) -> Result<Found> {
    if !wrong.is_empty() {
        bail!("Nothing was taken over.\n{}", wrong.join("\n"));
    }
    if found.articles.is_empty() {
        bail!("{} holds no article", folder.display());
    }
    Ok(found)
}
