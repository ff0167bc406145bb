//! What colleagues wrote of a customer outside of the conversation: in what was handed on, decided, reviewed, agreed or published.

use super::erase::{Erased, events, events_by, without, without_by};
use super::scrub::Personal;
use hypercare_core::action::Action;
use hypercare_core::answer::Answer;
use hypercare_core::article::{Article, ArticleText};
use hypercare_core::broadcast::Broadcast;
use hypercare_core::check_in::CheckIn;
use hypercare_core::cutover::Cutover;
use hypercare_core::decision::Decision;
use hypercare_core::escalation::Escalation;
use hypercare_core::normal::Checklist;
use hypercare_core::review::Review;
use hypercare_core::{SavedViewId, Stamp};
use hypercare_store::queries::named::{self, Held, Loose};
use hypercare_store::queries::{personal, views};
use hypercare_store::{StoreError, Tx};
use std::collections::BTreeSet;

/// What was handed on and asked about one of their conversations.
///
/// An escalation holds what somebody of the team told others about it: all of that goes, as their notes do. A question stays, unless it names the
/// customer, repeats their words or a number that they gave.
pub(super) async fn of_conversation(tx: &mut Tx, id: i64, known: &Personal, erased: &mut Erased) -> Result<(), StoreError> {
    for (escalation, doc) in personal::escalations(tx, id).await? {
        if let Some(doc) = without_by::<Escalation>(&doc, "escalation", |value| !known.scrub_handed_on(value).is_empty())? {
            named::doc_set(tx, Held::Escalation, escalation, &doc).await?;
            erased.elsewhere += 1;
        }
        erased.events += events_by(tx, ("escalation", escalation), known, true, |body| !known.scrub_handed_on(body).is_empty()).await?;
    }
    let wider = known.of_their_matter();
    for (decision, doc) in personal::decisions(tx, id).await? {
        if let Some(doc) = without::<Decision>(&wider, &doc, false, "decision")? {
            named::doc_set(tx, Held::Decision, decision, &doc).await?;
            erased.elsewhere += 1;
        }
        erased.events += events(tx, ("decision", decision), &wider, false).await?;
    }
    Ok(())
}

/// Answers that were written for what they asked know their wordings.
pub(super) async fn wordings(
    tx: &mut Tx,
    window: i64,
    conversations: impl Iterator<Item = i64>,
    known: &Personal,
    erased: &mut Erased,
) -> Result<(), StoreError> {
    let mut answers = BTreeSet::new();
    for conversation in conversations {
        for (id, doc) in named::written_for(tx, window, conversation).await? {
            if !answers.insert(id) {
                continue;
            }
            if let Some(doc) = without_by::<Answer>(&doc, "answer", |value| known.scrub_wordings(value))? {
                named::doc_set(tx, Held::Answer, id, &doc).await?;
                erased.elsewhere += 1;
            }
            erased.events += events_by(tx, ("answer", id), known, false, |body| known.scrub_wordings(body)).await?;
        }
    }
    Ok(())
}

/// Whatever names them, wherever it is. `known` is what is nobody else's.
pub(super) async fn everywhere(tx: &mut Tx, known: &Personal, stamp: &Stamp, erased: &mut Erased) -> Result<(), StoreError> {
    for held in Held::ALL {
        for id in naming(tx, held.kind(), known).await? {
            if let Some(doc) = named::doc(tx, held, id).await?
                && let Some(doc) = cleaned(held, known, &doc)?
            {
                named::doc_set(tx, held, id, &doc).await?;
                erased.elsewhere += 1;
            }
            erased.events += events(tx, (held.kind(), id), known, false).await?;
        }
    }
    articles(tx, known, stamp, erased).await?;
    for name in known.written() {
        for loose in Loose::ALL {
            for text in named::texts(tx, loose, name).await? {
                let other = known.out_of(&text);
                if other != text {
                    named::text_set(tx, loose, &text, &other).await?;
                    erased.elsewhere += 1;
                }
            }
        }
        for (id, called, filters) in named::views(tx, name).await? {
            // It looks for who is not there any more.
            if known.is_in(&called, "name") || known.is_in(&filters, "q") {
                views::delete(tx, SavedViewId(id)).await?;
            }
        }
        for body in named::remembered(tx, name).await? {
            if known.is_in(&body, "body") {
                named::remembered_forget(tx, &body).await?;
            }
        }
    }
    Ok(())
}

async fn naming(tx: &mut Tx, kind: &str, known: &Personal) -> Result<BTreeSet<i64>, StoreError> {
    let mut found = BTreeSet::new();
    for name in known.written() {
        found.extend(named::things(tx, kind, name).await?);
    }
    Ok(found)
}

fn cleaned(held: Held, known: &Personal, doc: &str) -> Result<Option<String>, StoreError> {
    match held {
        Held::Decision => without::<Decision>(known, doc, false, "decision"),
        Held::Escalation => without::<Escalation>(known, doc, false, "escalation"),
        Held::Review => without::<Review>(known, doc, false, "review"),
        Held::Action => without::<Action>(known, doc, false, "action"),
        Held::Answer => without::<Answer>(known, doc, false, "answer"),
        Held::Handover => without::<Checklist>(known, doc, false, "handover"),
        Held::Cutover => without::<Cutover>(known, doc, false, "cutover"),
        Held::CheckIn => without::<CheckIn>(known, doc, false, "check-in"),
        Held::Broadcast => without::<Broadcast>(known, doc, false, "broadcast"),
    }
}

/// Articles keep every text that was ever saved.
async fn articles(tx: &mut Tx, known: &Personal, stamp: &Stamp, erased: &mut Erased) -> Result<(), StoreError> {
    for id in naming(tx, "article", known).await? {
        if let Some(article) = hypercare_store::load::<Article>(tx, id).await? {
            let doc = serde_json::to_string(&article).map_err(|e| StoreError::Corrupt { what: "article", detail: e.to_string() })?;
            if let Some(doc) = without::<Article>(known, &doc, false, "article")? {
                let article = serde_json::from_str(&doc).map_err(|e| StoreError::Corrupt { what: "article", detail: e.to_string() })?;
                named::article_set(tx, &article, &doc).await?;
                erased.elsewhere += 1;
            }
        }
        for mut saved in named::revisions(tx, id).await? {
            let (text, note) = (without::<ArticleText>(known, &saved.text, false, "article")?, known.out_of(&saved.note));
            if text.is_some() || note != saved.note {
                saved.text = text.unwrap_or(saved.text);
                saved.note = note;
                named::revision_set(tx, id, &saved).await?;
            }
        }
        let changed = events(tx, ("article", id), known, false).await?;
        if changed > 0 {
            // Told as the article's, so that every node draws its page anew.
            tx.record("article.erased", ("article", id), None, &Stamp { reason: None, ..stamp.clone() }, "{}".into()).await?;
        }
        erased.events += changed;
    }
    Ok(())
}
