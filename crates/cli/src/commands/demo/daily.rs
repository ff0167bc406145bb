//! The daily review at Nordlicht: opened at half past nine, noted on, closed, with what was agreed; and what became of that.

use super::play::Story;
use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use hypercare_core::action::{Action, ActionCommand};
use hypercare_core::review::{Attendee, Part, Review, ReviewCommand};
use hypercare_core::{ActionId, Stamp};
use hypercare_server::http::Problem;
use hypercare_server::reviews::{self, NewAction};
use jiff::ToSpan;
use serde::Deserialize;

/// What is said in the review of one day.
#[derive(Clone, Debug, Deserialize)]
pub struct Talk {
    /// Day of the window.
    pub day: i32,
    /// What is noted, on the first item of a part.
    pub notes: Vec<Noted>,
    /// What is agreed.
    pub actions: Vec<Agreement>,
}

/// A note.
#[derive(Clone, Debug, Deserialize)]
pub struct Noted {
    /// On the first item of this part, if there is one.
    pub part: Part,
    /// The text.
    pub text: String,
}

/// An action.
#[derive(Clone, Debug, Deserialize)]
pub struct Agreement {
    /// What is to be done.
    pub title: String,
    /// Who does it.
    pub owner: String,
    /// About the first item of this part, if there is one.
    pub part: Part,
    /// Due so many days later.
    pub due_in: i32,
    /// Day of the window on which it is done.
    pub done_on: Option<i32>,
}

#[allow(clippy::needless_pass_by_value, reason = "the shape `map_err` asks for")]
fn refused(problem: Problem) -> anyhow::Error {
    anyhow!("{}", problem.detail())
}

async fn said(story: &Story, review: &Review, command: ReviewCommand, stamp: Stamp) -> Result<Review> {
    let id = review.of.id;
    Ok(story.app.store.write(move |tx| async move { tx.execute::<Review>(id, command, &stamp, &()).await }.boxed()).await?)
}

/// Everybody meets.
pub(super) async fn hold(story: &mut Story, day: i32) -> Result<()> {
    let window = story.window.context("no plan was applied yet")?;
    finish(story, day).await?;
    let lead = story.cast.lead().clone();
    let stamp = || story.app.stamp(lead.actor());
    let mut review = reviews::open(&story.app, window, Some(lead.email.to_owned()), stamp()).await.map_err(refused)?;
    for person in review.people.clone().into_iter().filter(|p| !p.present && !p.email.starts_with("tomas")) {
        review = said(story, &review, ReviewCommand::Attend { person: Attendee { present: true, ..person } }, stamp()).await?;
    }
    let talk = story.content.reviews.iter().find(|talk| talk.day == day).cloned();
    let (notes, actions) = talk.map(|talk| (talk.notes, talk.actions)).unwrap_or_default();
    let first = |review: &Review, part: Part| review.items.iter().find(|i| i.part == part).map(|i| i.key.clone());
    for note in notes {
        if let Some(item) = first(&review, note.part) {
            let revision = review.notes.get(&item).map_or(0, |n| n.revision);
            review = said(story, &review, ReviewCommand::Note { item, text: note.text, revision }, stamp()).await?;
        }
    }
    let today = story.script.go_live.checked_add((day - 1).days())?;
    for agreed in actions {
        let owner = story.cast.by_email(&agreed.owner).context("an action is nobody's")?.id;
        let due = today.checked_add(agreed.due_in.days())?.to_string();
        let new = NewAction { title: agreed.title, owner, due, review: Some(review.of.id), item: first(&review, agreed.part) };
        let action = reviews::agree(&story.app, window, new, stamp()).await.map_err(refused)?;
        story.agreed.extend(agreed.done_on.map(|day| (day, action.id)));
    }
    reviews::close(&story.app, review.of.id, review.revision, true, stamp()).await.map_err(refused)?;
    Ok(())
}

/// What is done by the day is done before everybody meets.
async fn finish(story: &mut Story, day: i32) -> Result<()> {
    let due: Vec<ActionId> = story.agreed.iter().filter(|(on, _)| *on <= day).map(|(_, id)| *id).collect();
    story.agreed.retain(|(on, _)| *on > day);
    for id in due {
        let Some(action) = hypercare_store::load::<Action>(&mut story.app.reader(), id.0).await? else { continue };
        let owner = story.cast.all().iter().find(|m| m.id == action.task.owner).context("an action is nobody's")?;
        let stamp = story.app.stamp(owner.actor());
        story.app.store.write(move |tx| async move { tx.execute::<Action>(id, ActionCommand::Finish, &stamp, &()).await }.boxed()).await?;
    }
    Ok(())
}
