//! The public side in memory: what is published, and the pages made of it.
//!
//! Derived and disposable. It follows the event log: what is asked for is as new as the last event that this node knows of, and only what
//! changed is read again. Pages are drawn when they are first asked for, and forgotten when anything changes.

use super::markdown;
use super::pages::Pages;
use crate::App;
use hypercare_core::article::{Article, ArticleState, Audience, Category, CentreSettings, Collection, Variant};
use hypercare_core::{ArticleId, CategoryId, CollectionId, Timestamp};
use hypercare_search::{Guided, Guides};
use hypercare_store::StoreError;
use hypercare_store::queries::articles::{self, Slug};
use hypercare_store::queries::events;
use hypercare_store::queries::events::Line;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Articles read at a time.
const BATCH: i64 = 500;
/// Addresses read at a time.
const SLUGS: i64 = 5_000;
/// Changes after which everything is read anew.
const MANY: i64 = 2_000;

/// What the help centre shows now.
#[derive(Clone)]
pub struct Snapshot {
    /// The last event that it knows of.
    pub seq: i64,
    /// Counts the changes that matter to pages.
    pub version: u64,
    /// How it looks.
    pub settings: CentreSettings,
    /// Collections, in order.
    pub collections: Vec<Collection>,
    /// Articles that have a published text.
    pub articles: HashMap<ArticleId, Arc<Article>>,
    /// By key.
    keys: HashMap<String, ArticleId>,
    /// All addresses of these, old ones too, by language.
    slugs: HashMap<String, HashMap<String, ArticleId>>,
    /// Those that everybody may read, by category, in order.
    by_category: HashMap<CategoryId, Vec<ArticleId>>,
    /// Pictures that everybody may see.
    images: HashSet<String>,
    /// What everybody may find, by language.
    guides: BTreeMap<String, Arc<Guides>>,
    /// What the team finds besides.
    internal: Arc<Guides>,
    /// What is told to all customers, and until when that holds.
    pub alert: Arc<str>,
    alert_until: Timestamp,
}

/// The snapshot of this node, and its pages.
#[derive(Default)]
pub struct Centre {
    known: RwLock<Option<Arc<Snapshot>>>,
    /// The last event that matters here and that another node may have written.
    seen: AtomicI64,
    building: tokio::sync::Mutex<()>,
    /// Pages as they were last drawn.
    pub pages: Pages,
}

impl Centre {
    /// An event was read from the log.
    pub fn noticed(&self, line: &Line) {
        if matches!(line.subject_kind.as_str(), "article" | "collection" | "help_centre" | "update" | "window") {
            self.seen.fetch_max(line.seq, Ordering::AcqRel);
        }
    }

    /// Its own host, if it has one; as far as this node knows.
    pub fn host(&self) -> Option<String> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().and_then(|snapshot| snapshot.settings.host().map(str::to_owned))
    }

    fn fresh(&self, app: &App) -> Option<Arc<Snapshot>> {
        let needed = (*app.store.head().borrow()).max(self.seen.load(Ordering::Acquire));
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|snapshot| snapshot.seq >= needed && snapshot.alert_until > app.now()).map(Arc::clone)
    }

    /// What the help centre shows at this moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn current(&self, app: &App) -> Result<Arc<Snapshot>, StoreError> {
        if let Some(known) = self.fresh(app) {
            return Ok(known);
        }
        let _one_at_a_time = self.building.lock().await;
        if let Some(known) = self.fresh(app) {
            return Ok(known);
        }
        let before = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        // The number comes first: what happens while this reads is read again the next time.
        let upto = events::newest(&mut app.reader()).await?.map_or(0, |(seq, _)| seq);
        let made = match before {
            Some(before) => following(app, &before, upto).await?,
            None => whole(app, upto, 1).await?,
        };
        let made = Arc::new(made);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&made));
        Ok(made)
    }
}

/// Everything, read from the store.
async fn whole(app: &App, upto: i64, version: u64) -> Result<Snapshot, StoreError> {
    let mut reader = app.reader();
    let settings = articles::settings(&mut reader).await?;
    let (alert, alert_until) = crate::updates::alert_until(app).await.map_err(|_| StoreError::Panicked)?;
    let mut made = Snapshot {
        seq: upto,
        version,
        collections: articles::collections(&mut reader).await?,
        articles: HashMap::new(),
        keys: HashMap::new(),
        slugs: HashMap::new(),
        by_category: HashMap::new(),
        images: settings.logo.clone().into_iter().collect(),
        guides: settings.languages.iter().map(|lang| (lang.clone(), Arc::new(Guides::new(lang)))).collect(),
        internal: Arc::new(Guides::new(settings.default_lang())),
        settings,
        alert: alert.into(),
        alert_until,
    };
    let mut after = 0;
    loop {
        let page = articles::after(&mut reader, true, after, BATCH).await?;
        let Some(last) = page.last() else { break };
        after = last.id.0;
        // Cutting and weighing words takes a while: not on a thread that answers others.
        let work = tokio::task::spawn_blocking(move || {
            for article in page {
                made.add(article, vec![]);
            }
            made
        });
        made = work.await.map_err(|_| StoreError::Panicked)?;
    }
    let mut last: Option<Slug> = None;
    loop {
        let page = articles::slugs_after(&mut reader, last.as_ref(), SLUGS).await?;
        if page.is_empty() {
            break;
        }
        last = page.last().cloned();
        made.keep_slugs(page);
    }
    made.sort();
    Ok(made)
}

/// The same with what happened since.
async fn following(app: &App, before: &Snapshot, upto: i64) -> Result<Snapshot, StoreError> {
    let mut reader = app.reader();
    let changed = articles::changed(&mut reader, before.seq, upto, MANY + 1).await?;
    let kinds: HashSet<&str> = changed.iter().map(|(_, kind, _)| kind.as_str()).collect();
    if i64::try_from(changed.len()).unwrap_or(i64::MAX) > MANY || kinds.contains("help_centre") {
        return whole(app, upto, before.version + 1).await;
    }
    let mut made = Snapshot { seq: upto, ..before.clone() };
    let mut moved = false;
    if kinds.contains("update") || kinds.contains("window") || before.alert_until <= app.now() {
        let (alert, until) = crate::updates::alert_until(app).await.map_err(|_| StoreError::Panicked)?;
        moved |= *alert != *made.alert;
        (made.alert, made.alert_until) = (alert.into(), until);
    }
    if kinds.contains("collection") {
        made.collections = articles::collections(&mut reader).await?;
        moved = true;
    }
    let ids: HashSet<i64> = changed.iter().filter(|(_, kind, _)| kind == "article").map(|(.., id)| *id).collect();
    for id in ids {
        made.remove(ArticleId(id));
        moved = true;
        if let Some(article) = hypercare_store::load::<Article>(&mut reader, id).await?
            && article.is_live()
        {
            let slugs = articles::slugs_of(&mut reader, article.id).await?;
            made.add(article, slugs);
        }
    }
    made.sort();
    made.version += u64::from(moved);
    Ok(made)
}

impl Snapshot {
    fn add(&mut self, mut article: Article, slugs: Vec<Slug>) {
        // What nobody reads here takes no memory.
        article.variants.retain(|v| v.live.is_some());
        for text in &mut article.variants {
            text.newest.text.body.clear();
            text.newest.text.keywords.clear();
        }
        let (id, article) = (article.id, Arc::new(article));
        self.keys.insert(article.key.clone(), id);
        self.keep_slugs(slugs);
        let default = self.settings.default_lang().to_owned();
        match article.audience {
            Audience::Public => {
                self.by_category.entry(article.category).or_default().push(id);
                let bodies = article.variants.iter().filter_map(|v| v.live.as_ref()).map(|live| live.revision.text.body.as_str());
                self.images.extend(bodies.flat_map(markdown::images_in).map(str::to_owned));
                for (lang, guides) in &mut self.guides {
                    if let Some(text) = article.shown(lang, &default) {
                        Arc::make_mut(guides).put(&guided(id, text));
                    }
                }
            }
            Audience::Internal => {
                if let Some(text) = article.shown(&default, &default) {
                    Arc::make_mut(&mut self.internal).put(&guided(id, text));
                }
            }
        }
        self.articles.insert(id, article);
    }

    fn remove(&mut self, id: ArticleId) {
        let Some(gone) = self.articles.remove(&id) else { return };
        self.keys.remove(&gone.key);
        self.slugs.values_mut().for_each(|of_lang| of_lang.retain(|_, owner| *owner != id));
        if let Some(list) = self.by_category.get_mut(&gone.category) {
            list.retain(|known| *known != id);
        }
        match gone.audience {
            Audience::Public => self.guides.values_mut().for_each(|guides| Arc::make_mut(guides).remove(id.0)),
            Audience::Internal => Arc::make_mut(&mut self.internal).remove(id.0),
        }
        let live = gone.variants.iter().filter_map(|v| v.live.as_ref());
        let gone: HashSet<&str> = live.flat_map(|live| markdown::images_in(&live.revision.text.body)).collect();
        let public = self.articles.values().filter(|a| a.audience == Audience::Public);
        let left: HashSet<&str> = public
            .flat_map(|a| a.variants.iter().filter_map(|v| v.live.as_ref()).flat_map(|live| markdown::images_in(&live.revision.text.body)))
            .filter(|name| gone.contains(name))
            .collect();
        let logo = self.settings.logo.clone();
        self.images.retain(|name| !gone.contains(name.as_str()) || left.contains(name.as_str()) || logo.as_ref() == Some(name));
    }

    fn keep_slugs(&mut self, slugs: Vec<Slug>) {
        for slug in slugs {
            self.slugs.entry(slug.lang).or_default().insert(slug.slug, ArticleId(slug.article_id));
        }
    }

    fn sort(&mut self) {
        let categories: HashMap<CategoryId, &Category> = self.collections.iter().flat_map(|c| &c.categories).map(|c| (c.id, c)).collect();
        for (id, list) in &mut self.by_category {
            match categories.get(id) {
                Some(category) => category.in_order(list),
                None => list.sort_unstable(),
            }
        }
    }

    /// The public article that has or had this address in this language, or in any other.
    pub fn at(&self, lang: &str, slug: &str) -> Option<&Arc<Article>> {
        let of = |lang: &str| self.slugs.get(lang).and_then(|of_lang| of_lang.get(slug));
        let id = of(lang).or_else(|| of(self.settings.default_lang())).or_else(|| self.slugs.values().find_map(|of_lang| of_lang.get(slug)))?;
        self.public(*id)
    }

    /// An article that everybody may read.
    pub fn public(&self, id: ArticleId) -> Option<&Arc<Article>> {
        self.articles.get(&id).filter(|a| a.audience == Audience::Public && a.is_live())
    }

    /// The public article with a key.
    pub fn by_key(&self, key: &str) -> Option<&Arc<Article>> {
        self.public(*self.keys.get(key)?)
    }

    /// The text that somebody reads who wants this language, and whether it is another one.
    pub fn text<'a>(&self, article: &'a Article, lang: &str) -> Option<&'a Variant> {
        article.shown(lang, self.settings.default_lang()).filter(|v| v.state() == ArticleState::Published)
    }

    /// Where an article is read in a language.
    pub fn path(&self, article: &Article, lang: &str) -> Option<String> {
        self.text(article, lang).map(|text| format!("/help/{lang}/articles/{}", text.slug))
    }

    /// Public articles of a category, in order.
    pub fn of_category(&self, id: CategoryId) -> Vec<&Arc<Article>> {
        self.by_category.get(&id).into_iter().flatten().filter_map(|id| self.public(*id)).collect()
    }

    /// Where an article stands.
    pub fn place(&self, category: CategoryId) -> Option<(&Collection, &Category)> {
        self.collections.iter().find_map(|c| Some((c, c.category(category)?)))
    }

    /// A collection by its id.
    pub fn collection(&self, id: CollectionId) -> Option<&Collection> {
        self.collections.iter().find(|c| c.id == id)
    }

    /// Whether everybody may see a picture.
    pub fn shows_image(&self, name: &str) -> bool {
        self.images.contains(name)
    }

    /// What is found in a language.
    pub fn guides(&self, lang: &str) -> Option<&Guides> {
        self.guides.get(lang).or_else(|| self.guides.get(self.settings.default_lang())).map(AsRef::as_ref)
    }

    /// What only the team finds.
    pub fn internal(&self) -> &Guides {
        &self.internal
    }

    /// The offered language of this tag.
    pub fn language(&self, tag: &str) -> Option<&String> {
        self.settings.languages.iter().find(|lang| *lang == tag)
    }

    /// The address before `/help`, without a slash at the end.
    pub fn base<'a>(&'a self, app: &'a App) -> &'a str {
        self.settings.address.as_deref().unwrap_or(&app.config.public_url)
    }
}

fn guided(id: ArticleId, text: &Variant) -> Guided {
    let Some(live) = &text.live else { return Guided { id: id.0, ..Guided::default() } };
    let said = &live.revision.text;
    let (body, headings) = markdown::plain(&said.body);
    Guided { id: id.0, title: said.title.clone(), keywords: said.keywords.join("\n"), headings, summary: said.summary.clone(), body }
}
