//! The help centre of Nordlicht: written before go-live, and read by its customers since.

use super::content::moved;
use super::team::refused;
use anyhow::{Context, Result, bail};
use futures_util::FutureExt;
use hypercare_core::article::{CentreSettings, Collection, CollectionCommand, Named};
use hypercare_core::{Span, Stamp};
use hypercare_server::App;
use hypercare_server::articles::{self, ImportedArticle, Outcome, file};
use hypercare_store::WriteError;
use hypercare_store::queries::articles as stored;
use hypercare_store::queries::reading::{self, Rating};
use jiff::civil::Date;

/// The demo's articles, by their paths below `demo/articles`.
macro_rules! files {
    ($($path:literal),* $(,)?) => { &[$(($path, include_str!(concat!("../../../../../demo/articles/", $path)))),*] };
}

const FILES: &[(&str, &str)] = files![
    "account/mails/our-mails.md",
    "billing/invoices/annual.md",
    "billing/invoices/early-bird.md",
    "billing/invoices/two-charges.de.md",
    "billing/invoices/two-charges.md",
    "billing/invoices/vat.de.md",
    "billing/invoices/vat.md",
    "plans/changing/cancel.de.md",
    "plans/changing/cancel.md",
    "plans/changing/old-plans.md",
    "plans/changing/seats.de.md",
    "plans/changing/seats.md",
    "plans/new-plans/names.de.md",
    "plans/new-plans/names.md",
    "plans/new-plans/new-prices.de.md",
    "plans/new-plans/new-prices.md",
    "plans/new-plans/when-it-starts.md",
    "plans/new-plans/which-plan.de.md",
    "plans/new-plans/which-plan.md",
    "sharing/guests/guests.de.md",
    "sharing/guests/guests.md",
    "sharing/guests/share-folder.md",
    "storage/limits/new-limits.de.md",
    "storage/limits/new-limits.md",
    "storage/uploads/sync-stuck.md",
    "team/how-we-work/blocked-delivery.md",
    "team/how-we-work/written-promises.md",
];

/// What the collections are, in both languages.
const COLLECTIONS: [(&str, &str, &str); 6] = [
    ("plans", "Solo, Team and Studio-Plus: what they cost and how to move between them", "Solo, Team und Studio-Plus: Preise und Wechsel"),
    ("billing", "What stands on the invoice and what was charged", "Was auf der Rechnung steht und abgebucht wurde"),
    ("storage", "Uploading, sync, and how much fits", "Hochladen, Abgleich und wie viel passt"),
    ("sharing", "Guests, links and galleries", "Gäste, Links und Galerien"),
    ("account", "Sign-in, and mails that are really from us", "Anmeldung, und Mails, die wirklich von uns sind"),
    ("team", "How we work", "So arbeiten wir"),
];

/// What readers said since: key of the article, how many it helped, how many it did not, and what was missing.
const READERS: [(&str, usize, usize, &str); 8] = [
    ("new-prices", 41, 12, "I still do not understand why a team of two pays for three seats."),
    ("seats", 28, 3, "Where do I see who the seats belong to?"),
    ("new-limits", 35, 2, ""),
    ("cancel", 17, 6, "The button is greyed out for me."),
    ("vat", 22, 1, ""),
    ("guests", 14, 9, "My client is not a guest and cannot upload either."),
    ("two-charges", 19, 4, "It is the sixth bank day now."),
    ("our-mails", 31, 0, ""),
];

const MONTHS: [(&str, &str); 12] = [
    (". Januar", " January"),
    (". Februar", " February"),
    (". März", " March"),
    (". April", " April"),
    (". Mai", " May"),
    (". Juni", " June"),
    (". Juli", " July"),
    (". August", " August"),
    (". September", " September"),
    (". Oktober", " October"),
    (". November", " November"),
    (". Dezember", " December"),
];

/// A text with its dates moved along with go-live, in either language.
fn dated(text: &str, german: bool, go_live: Date) -> String {
    if !german {
        return moved(text, go_live);
    }
    let english = MONTHS.iter().fold(text.to_owned(), |text, (german, english)| text.replace(german, english));
    MONTHS.iter().fold(moved(&english, go_live), |text, (german, english)| text.replace(english, german))
}

/// Fills the help centre.
///
/// # Errors
/// When a file of the demo is wrong, or the store fails.
pub async fn stock(app: &App, go_live: Date, stamp: &Stamp) -> Result<()> {
    let settings = CentreSettings {
        name: "Nordlicht".into(),
        languages: vec!["en".into(), "de".into()],
        accent: Some("#0a6b62".into()),
        accent_dark: Some("#6fd3c3".into()),
        ..CentreSettings::default()
    };
    articles::change_settings(app, settings, stamp.clone()).await.map_err(refused)?;
    let read: Result<Vec<ImportedArticle>> = FILES
        .iter()
        .map(|(path, text)| {
            let german = path.ends_with(".de.md");
            file::read(path, &dated(text, german, go_live), "en").map_err(anyhow::Error::msg).with_context(|| format!("demo/articles/{path}"))
        })
        .collect();
    let all = read?;
    // Once more for what is related to articles that came later.
    for article in all.iter().chain(&all) {
        let done = articles::import(app, article.clone(), stamp.clone()).await.map_err(refused)?;
        if done.outcome == Outcome::Refused {
            bail!("demo/articles, {}: {}", done.key, done.why.unwrap_or_default());
        }
    }
    let stamp = stamp.clone();
    let named: Result<(), WriteError> = app.store.write(move |tx| async move { describe(tx, &stamp).await }.boxed()).await;
    named.context("the collections of the demo")
}

async fn describe(tx: &mut hypercare_store::Tx, stamp: &Stamp) -> Result<(), WriteError> {
    for (place, (slug, english, german)) in COLLECTIONS.into_iter().enumerate() {
        let Some(collection) = stored::collection_by_slug(tx, slug).await? else { continue };
        let mut names = collection.names.clone();
        for (lang, description) in [("en", english), ("de", german)] {
            if let Some(named) = names.get(lang).cloned() {
                names.insert(lang.into(), Named { description: description.into(), ..named });
            }
        }
        let position = u32::try_from(place).ok();
        tx.execute::<Collection>(collection.id, CollectionCommand::Change { names: Some(names), position }, stamp, &()).await?;
    }
    Ok(())
}

/// What readers have said of it by now.
///
/// # Errors
/// When the store fails.
pub async fn read(app: &App) -> Result<()> {
    let now = app.now();
    let done: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                for (key, yes, no, comment) in READERS {
                    let Some(article) = stored::by_key(tx, key).await? else { continue };
                    for n in 0..yes + no {
                        let helpful = n >= no;
                        let rating = Rating {
                            article: article.id,
                            lang: "en".into(),
                            revision: 1,
                            visitor: format!("reader {n}"),
                            helpful,
                            comment: if n == 0 && !helpful { comment.into() } else { String::new() },
                        };
                        reading::rate(tx, &rating, now - Span::mins(37 * i64::try_from(n).unwrap_or(0))).await?;
                    }
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    done.context("what readers said")
}
