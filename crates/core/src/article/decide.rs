//! What may happen to an article.

use super::{
    Article, ArticleCommand, ArticleEvent, LANGUAGES, LONGEST_KEY, Live, RELATED, REVISIONS, Revision, Variant, check_slug, normal_lang, tidy_note,
};
use crate::{Aggregate, Refusal, Stamp};

fn language(lang: &str) -> Result<String, Refusal> {
    normal_lang(lang).ok_or_else(|| Refusal::field("lang", format!("`{lang}` is no language tag, such as `en`, `de` or `pt-br`.")))
}

fn checked_key(key: &str) -> Result<(), Refusal> {
    let fine = !key.is_empty() && key.chars().count() <= LONGEST_KEY && key.chars().all(|c| !c.is_control()) && key.trim() == key;
    if fine { Ok(()) } else { Err(Refusal::field("key", format!("A key has 1 to {LONGEST_KEY} characters, and no blanks around it."))) }
}

impl Article {
    fn text(&self, lang: &str) -> Result<&Variant, Refusal> {
        self.variant(lang).ok_or_else(|| Refusal::not_found(&format!("text of this article in `{lang}`")))
    }

    /// The text, if it still is what this person read.
    fn read(&self, lang: &str, revision: u32) -> Result<&Variant, Refusal> {
        let variant = self.text(lang)?;
        if variant.newest.number == revision {
            return Ok(variant);
        }
        Err(Refusal::conflict(format!("{} saved revision {} since you read it. Read it again.", variant.newest.by, variant.newest.number)))
    }

    fn write(&self, command: ArticleCommand) -> Result<Vec<ArticleEvent>, Refusal> {
        let ArticleCommand::Write { lang, revision, slug, text, note } = command else { return Ok(vec![]) };
        let (lang, text, note) = (language(&lang)?, Box::new(text.tidy()?), tidy_note(&note)?);
        let Some(revision) = revision else {
            if let Some(known) = self.variant(&lang) {
                if known.newest.text == *text {
                    return Ok(vec![]);
                }
                return Err(Refusal::conflict(format!("{} has begun the text in `{lang}` already. Read it, and go on with it.", known.newest.by)));
            }
            if self.variants.len() >= LANGUAGES {
                return Err(Refusal::field("lang", format!("An article has at most {LANGUAGES} languages.")));
            }
            check_slug(&slug)?;
            return Ok(vec![ArticleEvent::Written { lang, slug: Some(slug), number: 1, text, note }]);
        };
        let known = self.text(&lang)?;
        // The same text once more is the second press of a button, whatever was read.
        if known.newest.text == *text {
            return Ok(vec![]);
        }
        let known = self.read(&lang, revision)?;
        if known.newest.number >= REVISIONS {
            return Err(Refusal::conflict(format!("This text has {REVISIONS} revisions. Begin another article, and retire this one.")));
        }
        Ok(vec![ArticleEvent::Written { lang, slug: None, number: known.newest.number + 1, text, note }])
    }

    fn publish(&self, lang: &str, revision: u32) -> Result<Vec<ArticleEvent>, Refusal> {
        let text = self.read(lang, revision)?;
        text.newest.text.complete()?;
        if text.live.as_ref().is_some_and(|live| live.revision.number == revision) {
            return Ok(vec![]);
        }
        Ok(vec![ArticleEvent::Published { lang: lang.to_owned(), number: revision, title: text.newest.text.title.clone() }])
    }

    fn change(&self, command: ArticleCommand) -> Result<Vec<ArticleEvent>, Refusal> {
        let ArticleCommand::Change { category, audience, related } = command else { return Ok(vec![]) };
        let category = category.filter(|new| *new != self.category);
        let audience = audience.filter(|new| *new != self.audience);
        let related = match related {
            Some(wanted) => {
                let mut kept = vec![];
                for id in wanted {
                    if id == self.id {
                        return Err(Refusal::field("related", "An article is not related to itself."));
                    }
                    if !kept.contains(&id) {
                        kept.push(id);
                    }
                }
                if kept.len() > RELATED {
                    return Err(Refusal::field("related", format!("At most {RELATED} articles are related: readers look at the first few.")));
                }
                Some(kept).filter(|kept| *kept != self.related)
            }
            None => None,
        };
        let same = category.is_none() && audience.is_none() && related.is_none();
        Ok(if same { vec![] } else { vec![ArticleEvent::Changed { category, audience, related }] })
    }
}

impl Aggregate for Article {
    const KIND: &'static str = "article";
    type Command = ArticleCommand;
    type Event = ArticleEvent;
    type Env<'a> = ();

    fn decide(state: Option<&Self>, command: ArticleCommand, _: &Stamp, (): &()) -> Result<Vec<ArticleEvent>, Refusal> {
        use ArticleCommand as C;
        match (state, command) {
            (None, C::Create { id, key, category, audience, lang, slug, text, note }) => {
                let (lang, text, note) = (language(&lang)?, Box::new(text.tidy()?), tidy_note(&note)?);
                check_slug(&slug)?;
                checked_key(&key)?;
                Ok(vec![ArticleEvent::Created { id, key, category, audience, lang, slug, text, note }])
            }
            (Some(_), C::Create { .. }) => Err(Refusal::conflict("This article exists already.")),
            (None, _) => Err(Refusal::not_found("article")),
            (Some(article), command @ C::Write { .. }) => article.write(command),
            (Some(article), command @ C::Change { .. }) => article.change(command),
            (Some(article), C::Publish { lang, revision }) => article.publish(&lang, revision),
            (Some(article), C::Rename { lang, slug }) => {
                check_slug(&slug)?;
                let from = article.text(&lang)?.slug.clone();
                Ok(if from == slug { vec![] } else { vec![ArticleEvent::Renamed { lang, slug, from }] })
            }
            (Some(article), C::Retire { lang }) => {
                let text = article.text(&lang)?;
                let gone = text.live.is_none() && text.retired_at.is_some();
                Ok(if gone { vec![] } else { vec![ArticleEvent::Retired { lang, title: text.newest.text.title.clone() }] })
            }
        }
    }

    fn apply(state: Option<Self>, event: &ArticleEvent, stamp: &Stamp) -> Self {
        let revision = |number: u32, text: &super::ArticleText, note: &str| Revision {
            number,
            text: text.clone(),
            by: stamp.actor.name.clone(),
            at: stamp.at,
            note: note.to_owned(),
        };
        let begun =
            |lang: &str, slug: &str, newest: Revision| Variant { lang: lang.to_owned(), slug: slug.to_owned(), newest, live: None, retired_at: None };
        let mut article = match (state, event) {
            (_, ArticleEvent::Created { id, key, category, audience, lang, slug, text, note }) => {
                return Self {
                    id: *id,
                    key: key.clone(),
                    category: *category,
                    audience: *audience,
                    created_at: stamp.at,
                    related: vec![],
                    variants: vec![begun(lang, slug, revision(1, text, note))],
                };
            }
            (Some(article), _) => article,
            (None, _) => unreachable!("the first event of an article is `created`"),
        };
        if let ArticleEvent::Written { lang, slug: Some(slug), number, text, note } = event {
            article.variants.push(begun(lang, slug, revision(*number, text, note)));
            return article;
        }
        if let ArticleEvent::Changed { category, audience, related } = event {
            article.category = category.unwrap_or(article.category);
            article.audience = audience.unwrap_or(article.audience);
            if let Some(related) = related {
                article.related.clone_from(related);
            }
            return article;
        }
        let (ArticleEvent::Written { lang, .. }
        | ArticleEvent::Renamed { lang, .. }
        | ArticleEvent::Published { lang, .. }
        | ArticleEvent::Retired { lang, .. }) = event
        else {
            return article;
        };
        if let Some(text) = article.variants.iter_mut().find(|v| v.lang == *lang) {
            match event {
                ArticleEvent::Written { number, text: said, note, .. } => text.newest = revision(*number, said, note),
                ArticleEvent::Renamed { slug, .. } => text.slug.clone_from(slug),
                ArticleEvent::Published { .. } => {
                    text.live = Some(Live { revision: text.newest.clone(), by: stamp.actor.name.clone(), at: stamp.at });
                    text.retired_at = None;
                }
                ArticleEvent::Retired { .. } => (text.live, text.retired_at) = (None, Some(stamp.at)),
                ArticleEvent::Created { .. } | ArticleEvent::Changed { .. } => {}
            }
        }
        article
    }

    fn event_name(event: &ArticleEvent) -> &'static str {
        match event {
            ArticleEvent::Created { .. } => "article.created",
            ArticleEvent::Written { .. } => "article.written",
            ArticleEvent::Renamed { .. } => "article.renamed",
            ArticleEvent::Published { .. } => "article.published",
            ArticleEvent::Retired { .. } => "article.retired",
            ArticleEvent::Changed { .. } => "article.changed",
        }
    }
}
