//! What each answer of a window became: the table and the sentence of the report.

use super::model::Report;
use super::tables::{Table, table};
use super::words::{When, plural, title};
use crate::normal::{KeptArticle, articles_of, waits};
use hypercare_core::Timestamp;
use hypercare_core::answer::{Answer, AnswerState, Kept};
use hypercare_core::article::{ArticleState, Audience};
use hypercare_store::queries::events;
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// What one answer became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportDisposition)]
pub struct Disposition {
    /// The answer's title.
    pub answer: String,
    /// What it became; none where it was retired, and where nobody has said.
    pub became: Option<Kept>,
    /// It was retired.
    pub retired: bool,
    /// Exit waits for it: nobody has said what it becomes, or its article is not published.
    pub waits: bool,
    /// Its name there; of an article of the help centre its title now.
    pub title: String,
    /// The article of the help centre that it is.
    pub article: Option<KeptArticle>,
    /// Where else it is.
    pub link: String,
    /// What the rule says, or why it was retired.
    pub text: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when.
    pub due_at: Option<Timestamp>,
    /// Who said what it became.
    pub by: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
}

/// How many became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportDispositionCounts)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Of these, not published: nobody reads them yet.
    pub unpublished: usize,
    /// Macros.
    pub macros: usize,
    /// Rules.
    pub rules: usize,
    /// Retired.
    pub retired: usize,
    /// Of which nobody has said what they become.
    pub open: usize,
}

/// What became of each answer that was ever approved: those that became something first, in the order in which they did.
///
/// # Errors
/// When the database fails.
pub async fn dispositions(q: &mut impl Query, answers: &[Answer]) -> Result<Vec<Disposition>, StoreError> {
    let articles = articles_of(q, answers).await?;
    let mut all = vec![];
    for answer in answers.iter().filter(|a| a.versions.iter().any(|v| v.approved_at.is_some())) {
        let retired = answer.state == AnswerState::Retired;
        let became = answer.kept();
        let article = became.and_then(|became| articles.get(&became.article?)).cloned();
        let ended = match retired {
            true => events::newest_of_subject(q, "answer", answer.id.0, "answer.retired", 1).await?.into_iter().next(),
            false => None,
        };
        let (by, at) = match (&ended, became) {
            (Some(line), _) => (Some(line.actor_name.clone()), Some(Timestamp(line.at))),
            (None, became) => (became.map(|b| b.by.clone()), became.map(|b| b.at)),
        };
        let to = answer.keeping.entrusted.as_ref();
        all.push(Disposition {
            answer: answer.live().or(answer.versions.last()).map_or_else(|| answer.key.clone(), |v| v.text.title.clone()),
            became: became.map(|b| b.kind),
            retired,
            waits: waits(answer, &articles),
            title: article.as_ref().map(|a| a.title.clone()).or_else(|| became.map(|b| b.title.clone())).unwrap_or_default(),
            link: became.map(|b| b.link.clone()).unwrap_or_default(),
            text: ended.and_then(|line| line.reason).or_else(|| became.map(|b| b.text.clone())).unwrap_or_default(),
            article,
            owner: to.map(|to| to.name.clone()),
            due_at: to.map(|to| to.due_at),
            by,
            at,
        });
    }
    all.sort_by_key(|one| (one.at.is_none(), one.at, one.due_at));
    Ok(all)
}

/// How many became what.
pub fn counts(all: &[Disposition]) -> Counts {
    let of = |kind| all.iter().filter(|one| one.became == Some(kind)).count();
    Counts {
        articles: of(Kept::Article),
        unpublished: all.iter().filter(|one| one.became == Some(Kept::Article) && one.waits).count(),
        macros: of(Kept::Macro),
        rules: of(Kept::Rule),
        retired: all.iter().filter(|one| one.retired).count(),
        open: all.iter().filter(|one| one.became.is_none() && !one.retired).count(),
    }
}

/// The counts in a sentence; none where no answer was approved.
pub fn sentence(c: &Counts) -> Option<String> {
    let n = |n: usize, one: &str, many: &str| (n > 0).then(|| plural(i64::try_from(n).unwrap_or(i64::MAX), one, many));
    let articles = n(c.articles, "article", "articles").map(|said| match c.unpublished {
        0 => said,
        n if n == c.articles => format!("{said} (not published yet)"),
        n => format!("{said} ({n} not published yet)"),
    });
    let kinds = [articles, n(c.macros, "macro", "macros"), n(c.rules, "rule", "rules"), (c.retired > 0).then(|| format!("{} retired", c.retired))];
    let kinds: Vec<String> = kinds.into_iter().flatten().collect();
    let open = n(c.open, "answer became nothing yet", "answers became nothing yet");
    match (kinds.is_empty(), open) {
        (true, None) => None,
        (true, Some(open)) => Some(format!("{open}.")),
        (false, None) => Some(format!("Of the answers came: {}.", kinds.join(", "))),
        (false, Some(open)) => Some(format!("Of the answers came: {}; {open}.", kinds.join(", "))),
    }
}

/// What each became, who saw to it, and when.
pub fn rows(r: &Report) -> Table {
    let when = When::in_zone(&r.headline.zone);
    let row = |one: &Disposition| {
        let there = if one.title == one.answer { "" } else { one.title.as_str() };
        let parts: Vec<&str> = [there, one.text.as_str(), one.link.as_str()].into_iter().filter(|part| !part.trim().is_empty()).collect();
        let who = one.by.clone().or_else(|| one.owner.clone()).unwrap_or_else(|| "nobody is named".into());
        let at = one.at.map(|at| when.say(at)).or_else(|| one.due_at.map(|due| format!("due {}", when.say(due))));
        vec![one.answer.clone(), became(one), dash(parts.join("; ")), who, at.unwrap_or_else(|| "–".into())]
    };
    let rows = r.knowledge.dispositions.iter().map(row).collect();
    let head = ["Answer", "Became", "What it is there", "Who", "When"];
    table("What each answer became, who saw to it, and when", &head, &[], rows, "No answer was approved.")
}

fn became(one: &Disposition) -> String {
    match (one.became, &one.article) {
        _ if one.retired => "Retired".into(),
        (None, _) => "Nothing yet".into(),
        (Some(Kept::Article), Some(article)) => {
            let state = match article.state {
                ArticleState::Draft => "a draft",
                ArticleState::Published => "published",
                ArticleState::Retired => "retired since",
            };
            let inside = if article.audience == Audience::Internal { " for the team" } else { "" };
            format!("Article{inside}, {state}")
        }
        (Some(kind), _) => title(kind.word()),
    }
}

fn dash(text: String) -> String {
    if text.is_empty() { "–".into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_in_one_sentence() {
        #[track_caller]
        fn check(counts: Counts, expected: &str) {
            assert_eq!(sentence(&counts).unwrap_or_default(), expected);
        }
        check(Counts::default(), "");
        check(Counts { open: 1, ..Counts::default() }, "1 answer became nothing yet.");
        check(Counts { articles: 1, unpublished: 1, ..Counts::default() }, "Of the answers came: 1 article (not published yet).");
        check(
            Counts { articles: 3, unpublished: 1, macros: 2, rules: 1, retired: 1, open: 2 },
            "Of the answers came: 3 articles (1 not published yet), 2 macros, 1 rule, 1 retired; 2 answers became nothing yet.",
        );
    }
}
