//! `hypercare articles export DIR`: a folder of Markdown that an import reads back the same.

use crate::commands::client::{Api, Remote};
use anyhow::{Context, Result, bail};
use clap::Args;
use hypercare_server::articles::{ImportedArticle, file};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Pages of a hundred articles that are read at most.
const PAGES: usize = 1_000;
const IMAGES: &str = "/help/images/";

/// Write all articles into a folder: Markdown files, and their pictures.
#[derive(Debug, Args)]
pub struct Export {
    /// The folder. It is made if it is not there, and must be empty.
    dir: PathBuf,
    #[command(flatten)]
    remote: Remote,
}

#[derive(Debug, Deserialize)]
struct Exported {
    ahead: bool,
    #[serde(flatten)]
    rest: Value,
}

#[derive(Debug, Deserialize)]
struct Page {
    items: Vec<Exported>,
    next: Option<String>,
}

impl Export {
    /// Runs it.
    ///
    /// # Errors
    /// When the folder is not empty or cannot be written, or the server does not answer.
    pub async fn run(self) -> Result<()> {
        if self.dir.exists() && fs::read_dir(&self.dir).with_context(|| format!("{} is no folder", self.dir.display()))?.next().is_some() {
            bail!("{} is not empty: give a folder that is, so that nothing old stays among the articles", self.dir.display());
        }
        let api = self.remote.connect()?;
        let settings: Value = api.get("help-centre").await?;
        let default = settings["languages"][0].as_str().unwrap_or("en").to_owned();
        // Written once all is here, so that a server that stops leaves no half of it.
        let (mut articles, mut ahead, mut cursor) = (vec![], 0, String::new());
        for _ in 0..PAGES {
            let page: Page = api.get(&format!("articles/export?limit=100{cursor}")).await?;
            for one in page.items {
                ahead += usize::from(one.ahead);
                articles.push(serde_json::from_value::<ImportedArticle>(one.rest)?);
            }
            match page.next {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let pictures = write(&api, &self.dir, articles.as_slice(), &default).await?;
        println!("{} texts and {pictures} pictures are in {}.", articles.len(), self.dir.display());
        if ahead > 0 {
            println!("{ahead} of them have a newer draft, which is not part of it: what readers see is.");
        }
        Ok(())
    }
}

async fn write(api: &Api, dir: &Path, articles: &[ImportedArticle], default: &str) -> Result<usize> {
    let mut pictures: BTreeSet<String> = BTreeSet::new();
    let mut files = vec![];
    for article in articles {
        let mut article = article.clone();
        article.text.body = file::map_links(&article.text.body, |image, to| {
            let name = to.strip_prefix(IMAGES).filter(|_| image)?;
            pictures.insert(name.to_owned());
            Some(format!("../../images/{name}"))
        });
        files.push(file::write(&article, default));
    }
    for name in &pictures {
        let bytes = api.bytes_beside(&format!("{IMAGES}{name}")).await.with_context(|| format!("the picture {name} is not there"))?;
        put(&dir.join("images").join(name), &bytes)?;
    }
    for (path, text) in files {
        put(&dir.join(path), text.as_bytes())?;
    }
    Ok(pictures.len())
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}
