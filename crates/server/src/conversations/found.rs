//! Conversations that a search found, the best first, with what was found in them.

use super::list::ListedConversations;
use super::types::ConversationItem;
use crate::App;
use crate::http::page;
use crate::http::problem::{ApiResult, Problem};
use crate::notices::plain;
use crate::search::facets_of;
use hypercare_core::conversation::Author;
use hypercare_core::{MessageId, Timestamp};
use hypercare_search::{Piece, Words};
use hypercare_store::Reader;
use hypercare_store::queries::conversations::{self, Filter, Line};
use hypercare_store::queries::search::{Said, newest_said};
use serde::Serialize;
use utoipa::ToSchema;

/// The best so many can be listed; who needs more needs more words.
const DEEPEST: usize = 1_000;
/// How many are counted at a time.
const COUNTED: usize = 200;
/// Messages of one conversation in which the best place is looked for, the newest.
const LOOKED_AT: i64 = 200;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextPiece {
    /// The words.
    text: String,
    /// They were searched for.
    hit: bool,
}

/// Where in a conversation a search found something.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundIn {
    /// The subject in pieces; none where nothing in it was searched for.
    subject: Option<Vec<TextPiece>>,
    /// The customer's name, likewise.
    customer: Option<Vec<TextPiece>>,
    /// The best place in the messages; none where nothing in the newest 200 was searched for.
    excerpt: Option<Excerpt>,
}

/// The best place in the messages of a conversation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Excerpt {
    /// The text around it, in pieces.
    pieces: Vec<TextPiece>,
    /// In which message.
    message: MessageId,
    /// Whose words.
    author: Author,
    /// Their name.
    name: String,
    /// It is a private note.
    note: bool,
    /// When it was said.
    at: Timestamp,
}

/// How a search went.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Searched {
    /// How many conversations fit, about.
    total: usize,
    /// False while older conversations are still being read, so that some may be missing.
    complete: bool,
}

/// A page of what was found.
pub(super) async fn page(app: &App, typed: &str, filter: &Filter, cursor: Option<&str>, limit: usize) -> ApiResult<ListedConversations> {
    let words = Words::parse(typed);
    let mut rank = match page::decode::<1>(cursor)? {
        None => 0,
        Some([rank]) => usize::try_from(rank).ok().filter(|rank| *rank <= DEEPEST).ok_or_else(|| {
            Problem::unprocessable("cursor", "This cursor is not one that a search gave out: take `next` of the page before, or leave it out.")
        })?,
    };
    let facets = facets_of(filter);
    let (mut reader, now) = (app.reader(), app.now());
    let (mut items, mut searched) = (Vec::new(), Searched { total: 0, complete: true });
    // Filters that the index does not know, such as the day of a figure, leave pages with less: more is looked at until it is full.
    while items.len() < limit && rank < DEEPEST {
        let wanted = limit.min(DEEPEST - rank);
        let hits = app.search.find(app, &words, facets.clone(), rank, wanted).await?;
        searched = Searched { total: hits.found.total, complete: hits.complete };
        let lines = conversations::among(&mut reader, filter, &hits.found.ids).await?;
        for (at, id) in hits.found.ids.iter().enumerate() {
            let Some(line) = lines.iter().find(|line| line.id == *id) else { continue };
            if items.len() == limit {
                rank += at;
                let next = Some(page::encode(&[i64::try_from(rank).unwrap_or(0)]));
                return Ok(ListedConversations { items, next, searched: Some(searched) });
            }
            let found = found_in(&mut reader, &words, line).await?;
            items.push(ConversationItem { found: Some(found), ..ConversationItem::from_line(line.clone(), now) });
        }
        rank += hits.found.ids.len();
        if hits.found.ids.len() < wanted {
            return Ok(ListedConversations { items, next: None, searched: Some(searched) });
        }
    }
    let more = rank < DEEPEST && rank < searched.total;
    let next = more.then(|| page::encode(&[i64::try_from(rank).unwrap_or(0)]));
    Ok(ListedConversations { items, next, searched: Some(searched) })
}

/// How many fit a search, up to [`DEEPEST`], and whether everything was looked at.
///
/// # Errors
/// 503 when the index cannot be used.
pub async fn count(app: &App, typed: &str, filter: &Filter) -> ApiResult<(i64, bool)> {
    let (words, facets) = (Words::parse(typed), facets_of(filter));
    let (mut reader, mut fits, mut rank) = (app.reader(), 0, 0);
    loop {
        let hits = app.search.find(app, &words, facets.clone(), rank, COUNTED).await?;
        fits += conversations::among(&mut reader, filter, &hits.found.ids).await?.len();
        rank += COUNTED;
        if hits.found.ids.len() < COUNTED || rank >= DEEPEST {
            return Ok((i64::try_from(fits).unwrap_or(i64::MAX), hits.complete));
        }
    }
}

async fn found_in(reader: &mut Reader, words: &Words, line: &Line) -> ApiResult<FoundIn> {
    let mut said = newest_said(reader, hypercare_core::ConversationId(line.id), LOOKED_AT).await?;
    // Who is mentioned is shown by name.
    for note in said.iter_mut().filter(|said| said.note) {
        note.text = plain(reader, std::mem::take(&mut note.text)).await?;
    }
    let best = said.into_iter().filter_map(|said| words.excerpt(&said.text).map(|(worth, pieces)| (worth, pieces, said)));
    // Of two places that are as good the newer one.
    let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
    Ok(FoundIn {
        subject: words.mark(&line.subject).map(shown),
        customer: words.mark(&line.contact_name).map(shown),
        excerpt: best.map(|(_, pieces, said)| excerpt(pieces, said)),
    })
}

fn excerpt(pieces: Vec<Piece>, said: Said) -> Excerpt {
    Excerpt {
        pieces: shown(pieces),
        message: MessageId(said.id),
        author: Author::from_word(&said.author).unwrap_or(Author::System),
        name: said.name,
        note: said.note,
        at: Timestamp(said.at),
    }
}

fn shown(pieces: Vec<Piece>) -> Vec<TextPiece> {
    pieces.into_iter().map(|piece| TextPiece { text: piece.text, hit: piece.hit }).collect()
}
