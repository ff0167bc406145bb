//! What would be left behind if the window ended now: what the exit gate waits for beside the signals.

use super::article::{Articles, articles_of, waits};
use hypercare_core::answer::{Answer, AnswerState};
use hypercare_core::article::ArticleState;
use hypercare_core::exit::{Leaving, Left};
use hypercare_core::normal::ItemState;
use hypercare_core::window::{Phase, Window};
use hypercare_store::queries::{answers, decisions, handover};
use hypercare_store::{Query, StoreError};

/// Temporary decisions of one window that are looked at.
pub(super) const TEMPORARY: i64 = 500;

/// Of a window; nothing before it went live.
///
/// # Errors
/// When the database fails.
pub async fn leaving(q: &mut impl Query, w: &Window) -> Result<Leaving, StoreError> {
    if w.phase == Phase::Preparing {
        return Ok(Leaving::default());
    }
    let known = answers::of_window(q, Some(w.id)).await?;
    let articles = articles_of(q, &known).await?;
    let list = handover::of(q, w.id).await?;
    let temporary = decisions::holding(q, w.id, TEMPORARY).await?;
    let accepted = |key: &str| list.item(key).state == ItemState::Accepted;
    let items = w.plan.handover.items.iter().filter(|item| !accepted(&item.key));
    Ok(Leaving {
        answers: known.iter().filter(|a| waits(a, &articles)).map(|a| left(a, &articles)).collect(),
        answers_kept: known.iter().filter(|a| !waits(a, &articles) && (a.kept().is_some() || was_said(a))).count(),
        items: items.map(|item| Left { key: item.key.clone(), what: item.what.clone(), who: list.receiver(item).map(|r| r.name) }).collect(),
        items_accepted: w.plan.handover.items.iter().filter(|item| accepted(&item.key)).count(),
        temporary: temporary
            .iter()
            .filter(|d| !list.fixes.contains_key(&d.id))
            .map(|d| Left { key: d.id.to_string(), what: d.question.clone(), who: d.decided_by.clone() })
            .collect(),
        temporary_handed: temporary.iter().filter(|d| list.fixes.contains_key(&d.id)).count(),
    })
}

fn left(answer: &Answer, articles: &Articles) -> Left {
    let title = answer.live().map(|live| live.text.title.clone()).unwrap_or_default();
    let what = match answer.article().map(|id| articles.get(&id)) {
        None => title,
        Some(Some(article)) if article.state == ArticleState::Retired => format!("{title} (its article is retired)"),
        Some(_) => format!("{title} (its article is not published)"),
    };
    Left { key: answer.key.clone(), what, who: answer.keeping.entrusted.as_ref().map(|to| to.name.clone()) }
}

/// It was approved once and is retired now: that is what became of it.
fn was_said(answer: &Answer) -> bool {
    answer.state == AnswerState::Retired && answer.versions.iter().any(|version| version.approved_at.is_some())
}
