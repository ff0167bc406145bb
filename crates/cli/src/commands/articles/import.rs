//! `hypercare articles import DIR`: checked as a whole, then sent in pieces. The same folder again changes nothing.

use super::{helpscout, markdown};
use crate::commands::client::{Api, Remote};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use hypercare_server::articles::{ImportedArticle, file};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Articles and bytes of one request.
const AT_ONCE: usize = 50;
const BYTES: usize = 400_000;

/// Take over articles from a folder. The same folder again changes nothing.
#[derive(Debug, Args)]
pub struct Import {
    /// The folder: `collection/category/name.md`, or an export of Help Scout Docs as JSON.
    dir: PathBuf,
    /// What the folder holds.
    #[arg(long, value_enum, default_value_t = Source::Markdown)]
    from: Source,
    /// The language of articles that name none.
    #[arg(long, value_name = "CODE", default_value = "en")]
    lang: String,
    #[command(flatten)]
    remote: Remote,
    /// Only check the folder.
    #[arg(long)]
    dry_run: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Source {
    /// Markdown files with a head.
    Markdown,
    /// What the Docs API of Help Scout gives: collections, categories and articles as JSON.
    Helpscout,
}

/// What an import did.
#[derive(Debug, Default, Serialize)]
struct Summary {
    dry_run: bool,
    /// Texts in the folder.
    articles: usize,
    made: usize,
    changed: usize,
    same: usize,
    pictures: usize,
    /// Those that the server refused, with its reason.
    refused: Vec<String>,
    /// What was left out.
    left_out: Vec<String>,
}

impl Import {
    /// Runs it.
    ///
    /// # Errors
    /// When something in the folder is wrong, the server does not answer, or refused an article.
    pub async fn run(self) -> Result<()> {
        let found = match self.from {
            Source::Markdown => markdown::read(&self.dir, &self.lang)?,
            Source::Helpscout => helpscout::read(&self.dir, &self.lang)?,
        };
        let mut summary = Summary {
            dry_run: self.dry_run,
            articles: found.articles.len(),
            pictures: found.images.len(),
            left_out: found.left_out.clone(),
            ..Summary::default()
        };
        if !self.dry_run {
            let api = self.remote.connect()?;
            let articles = uploaded(&api, found).await?;
            let mut outcomes = send(&api, &articles).await?;
            // What is related may have come after what names it: once all are there, those are sent again.
            let related: Vec<ImportedArticle> = articles.into_iter().filter(|a| a.related.as_ref().is_some_and(|r| !r.is_empty())).collect();
            for (place, (outcome, why)) in send(&api, &related).await? {
                if outcome == "changed" && outcomes.get(&place).is_some_and(|(known, _)| known == "same") {
                    outcomes.insert(place, (outcome, why));
                }
            }
            for ((key, lang), (outcome, why)) in outcomes {
                match outcome.as_str() {
                    "made" => summary.made += 1,
                    "changed" => summary.changed += 1,
                    "same" => summary.same += 1,
                    _ => summary.refused.push(format!("{key} ({lang}): {why}")),
                }
            }
        }
        print(&summary, self.json)?;
        match summary.refused.len() {
            0 => Ok(()),
            n => bail!("{n} of {} texts were refused", summary.articles),
        }
    }
}

fn print(summary: &Summary, as_json: bool) -> Result<()> {
    if as_json {
        println!("{}", serde_json::to_string_pretty(summary)?);
        return Ok(());
    }
    if summary.dry_run {
        println!("{} texts and {} pictures are ready to be taken over.", summary.articles, summary.pictures);
    } else {
        println!(
            "{} texts: {} made, {} changed, {} as they were. {} pictures.",
            summary.articles, summary.made, summary.changed, summary.same, summary.pictures
        );
    }
    for line in &summary.left_out {
        println!("Left out: {line}");
    }
    for line in &summary.refused {
        println!("Refused: {line}");
    }
    Ok(())
}

/// The articles with their pictures uploaded, and named as they are there.
async fn uploaded(api: &Api, found: markdown::Found) -> Result<Vec<ImportedArticle>> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (place, path) in &found.images {
        let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let kept: Value = api.send_bytes("articles/images", bytes).await.with_context(|| format!("{} was not taken", path.display()))?;
        names.insert(place.clone(), kept["path"].as_str().unwrap_or_default().to_owned());
    }
    let named = found.articles.into_iter().map(|mut article| {
        article.text.body = file::map_links(&article.text.body, |image, to| names.get(to).filter(|_| image).cloned());
        article
    });
    Ok(named.collect())
}

type Outcomes = BTreeMap<(String, String), (String, String)>;

async fn send(api: &Api, articles: &[ImportedArticle]) -> Result<Outcomes> {
    let mut outcomes = Outcomes::new();
    let mut rest = articles;
    while !rest.is_empty() {
        let (mut number, mut bytes) = (0, 0);
        for article in rest.iter().take(AT_ONCE) {
            bytes += serde_json::to_string(article)?.len();
            if number > 0 && bytes > BYTES {
                break;
            }
            number += 1;
        }
        let (now, later) = rest.split_at(number);
        let report: Value = api.post("articles/import", &json!({ "articles": now })).await?;
        for item in report["items"].as_array().into_iter().flatten() {
            let of = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
            outcomes.insert((of("key"), of("lang")), (of("outcome"), of("why")));
        }
        rest = later;
    }
    Ok(outcomes)
}
