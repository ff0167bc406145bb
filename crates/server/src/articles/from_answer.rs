//! An answer becomes an article: a draft in the help centre, to be read over and published there.

use super::write::{ArticleToWrite, NewArticle, insert, save};
use hypercare_core::answer::{Answer, AnswerText};
use hypercare_core::article::{Article, ArticleText, Audience, LONGEST_NOTE, normal_lang};
use hypercare_core::{CategoryId, Refusal, Stamp};
use hypercare_store::queries::articles;
use hypercare_store::{Tx, WriteError};

/// Where the article stands.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    /// In which category.
    pub category: CategoryId,
    /// In which language; the first of the help centre where nothing is said.
    pub lang: Option<String>,
    /// Who may read it.
    pub audience: Audience,
}

/// The article of an answer, from the version that may be said: begun as a draft, or, where one was begun for an earlier version, its next
/// revision. Who asks twice for the same version gets the same article, as colleagues have left it.
///
/// # Errors
/// When the category or the language is none, the title is too long for an article, or the store fails.
pub(crate) async fn from_answer(tx: &mut Tx, answer: &Answer, title: &str, shelf: Shelf, stamp: &Stamp) -> Result<Article, WriteError> {
    let Some(live) = answer.live() else {
        return Err(Refusal::conflict("Only what may be said can become an article: approve a version first.").into());
    };
    let lang = match shelf.lang {
        Some(lang) => lang,
        None => articles::settings(tx).await?.languages.into_iter().next().unwrap_or_else(|| "en".to_owned()),
    };
    let lang = normal_lang(&lang).unwrap_or(lang);
    let title = if title.trim().is_empty() { live.text.title.clone() } else { title.to_owned() };
    let text = ArticleText { title, body: body(&live.text), ..ArticleText::default() };
    let (key, note) = (format!("answer-{}", answer.id), note(answer, live.version));
    let Some(known) = articles::by_key(tx, &key).await? else {
        let new = NewArticle { category: shelf.category, audience: shelf.audience, lang, slug: None, text, note };
        return insert(tx, new, Some(key), stamp).await;
    };
    let before = answer.keeping.became.as_ref().filter(|became| became.article == Some(known.id)).map(|became| became.version);
    let revision = known.variant(&lang).map(|variant| variant.newest.number);
    if revision.is_some() && before.is_none_or(|before| before >= live.version) {
        return Ok(known);
    }
    save(tx, known.id, lang, ArticleToWrite { revision, slug: None, text, note }, stamp).await
}

/// Where it comes from, for the team.
fn note(answer: &Answer, version: u32) -> String {
    let asked = answer.covers.iter().rev().find(|cover| cover.version <= version).and_then(|cover| cover.conversations.first());
    let asked = asked.map(|id| format!(", first asked in conversation {id}")).unwrap_or_default();
    format!("From the answer “{}”, version {version}{asked}", answer.key).chars().take(LONGEST_NOTE).collect()
}

/// What an article says of it. The next update is left out: an article does not promise one. So are the wordings of the question: they may be
/// a customer's own words.
fn body(text: &AnswerText) -> String {
    let mut parts = vec![];
    for (heading, part) in [("", text.expected.trim()), ("## What to do\n\n", text.do_now.trim())] {
        if !part.is_empty() {
            parts.push(format!("{heading}{part}"));
        }
    }
    if !text.source.trim().is_empty() {
        parts.push(format!("Source: {}", text.source.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_has_no_promise_of_an_update_and_no_customers_words() {
        let text = AnswerText {
            title: "Why is my invoice higher?".into(),
            expected: "Yes: the new prices hold.".into(),
            do_now: "Nothing.".into(),
            next_update: "On Friday.".into(),
            source: "https://help.example/\nprices".into(),
            examples: vec!["I pay more".into()],
        };
        assert_eq!(body(&text), "Yes: the new prices hold.\n\n## What to do\n\nNothing.\n\nSource: https://help.example/ prices");
        assert_eq!(body(&AnswerText { title: "T".into(), ..AnswerText::default() }), "");
    }
}
