//! Keeping what was searched, and what was written right after it. Never in the way of the customer: what cannot be kept is not.

use crate::App;
use crate::http::Allowance;
use futures_util::FutureExt;
use hypercare_core::{AnswerId, ArticleId, ConversationId, Span, WindowId};
use hypercare_language::learning::masked;
use hypercare_store::WriteError;
use hypercare_store::queries::help::{self, Search};
use hypercare_store::queries::reading;
use std::net::IpAddr;

/// Characters kept of a search.
const KEPT: usize = 200;
/// Searches of one visitor, or of one address where the visitor is not known, that are kept in an hour: more is no customer.
const OF_ONE: Allowance = Allowance { burst: 20, per: Span::hours(1) };
/// Of one address, however many visitors it says it is: an office, and no machine.
const OF_AN_ADDRESS: Allowance = Allowance { burst: 60, per: Span::hours(1) };
/// The same question from the same one counts once an hour.
const THE_SAME: Allowance = Allowance { burst: 1, per: Span::hours(1) };

/// A search, as it came.
#[derive(Clone, Debug)]
pub struct Searched {
    /// Of the window that it is about, or may be.
    pub window: WindowId,
    /// What was asked.
    pub text: String,
    /// The approved answer that was shown, if one was.
    pub answer: Option<AnswerId>,
    /// The article that fitted best, if one did.
    pub article: Option<ArticleId>,
    /// The hash of the chat's visitor, if one searched.
    pub visitor: Option<String>,
    /// Where it came from; used to count, never kept.
    pub address: IpAddr,
}

/// Keeps a search; its number, none where it is not kept: too many of them, the same once more, or the store fails.
pub async fn searched(app: &App, s: Searched) -> Option<i64> {
    let text: String = masked(s.text.trim()).split_whitespace().collect::<Vec<_>>().join(" ").chars().take(KEPT).collect();
    let now = app.now();
    let who = s.visitor.clone().unwrap_or_else(|| s.address.to_string());
    let same = format!("search:{who}:{}", text.to_lowercase());
    let takes = |key: String, allowance| app.limits.take(key, allowance, now).is_ok();
    // What is remembered for each question comes last: what is refused before leaves nothing behind.
    let kept = !text.is_empty()
        && takes(format!("searches at:{}", s.address), OF_AN_ADDRESS)
        && takes(format!("searches:{who}"), OF_ONE)
        && takes(same, THE_SAME);
    if !kept {
        return None;
    }
    let search = Search { window: s.window, text, answer: s.answer, article: s.article, visitor: s.visitor };
    let kept = app.store.write(move |tx| async move { help::keep(tx, &search, now).await.map_err(WriteError::from) }.boxed()).await;
    kept.unwrap_or_else(|why| {
        tracing::warn!("a search was not kept: {why}");
        None
    })
}

/// A message followed from the search with this number.
pub async fn followed(app: &App, search: i64, conversation: ConversationId) {
    let now = app.now();
    let done = app.store.write(move |tx| async move { help::followed(tx, search, conversation, now).await.map_err(WriteError::from) }.boxed());
    if let Err(why) = done.await {
        tracing::warn!("what followed from a search was not kept: {why}");
    }
}

/// A chat's visitor began a conversation: it followed from their last search, if that was right before.
pub async fn followed_by(app: &App, visitor: String, conversation: ConversationId) {
    let now = app.now();
    let done = app.store.write(move |tx| async move { help::followed_by(tx, &visitor, conversation, now).await.map_err(WriteError::from) }.boxed());
    if let Err(why) = done.await {
        tracing::warn!("what followed from a search was not kept: {why}");
    }
}

/// A message was written right from the page of an article.
pub async fn read_before(app: &App, article: ArticleId, conversation: ConversationId) {
    let now = app.now();
    let done = app.store.write(move |tx| async move { reading::read_before(tx, article, conversation, now).await.map_err(WriteError::from) }.boxed());
    if let Err(why) = done.await {
        tracing::warn!("what was read before a message was not kept: {why}");
    }
}
