//! Towards the end the team sees to what stays: answers become articles, macros and rules, and normal operations take over item by item.

use super::cast::Member;
use super::play::Story;
use super::team::{execute, window};
use anyhow::{Context, Result};
use hypercare_core::answer::{Answer, AnswerCommand, Entrusted, Keep, Kept};
use hypercare_core::article::{Article, ArticleCommand};
use hypercare_core::decision::{Decision, DecisionCommand};
use hypercare_core::normal::{Checklist, ChecklistCommand, Gift, ItemState, Receiver};
use hypercare_core::plan::PlannedItem;
use hypercare_core::window::Window;
use hypercare_core::{Span, UserId};
use hypercare_server::normal;
use hypercare_store::queries::{answers, articles, decisions, handover};

/// The day on which each answer gets somebody who sees to it.
const ENTRUSTED_ON: i32 = 3;
/// The day from which on the first answers and items are seen to.
const BEGINS_ON: i32 = 4;
/// Stable days in a row from which on the rest is done.
const NEARLY_OUT: u32 = 4;

/// What the team sees to on the evening of a day, when so many days in a row were stable.
pub(super) async fn evening(story: &mut Story, day: i32, streak: u32) -> Result<()> {
    if day == ENTRUSTED_ON {
        entrust(story).await?;
    }
    if day == BEGINS_ON {
        keep(story, 5).await?;
        begin(story).await?;
    }
    if streak >= NEARLY_OUT {
        keep(story, usize::MAX).await?;
        publish(story).await?;
        finish(story).await?;
    }
    Ok(())
}

/// Answers that nobody has seen to yet, oldest first.
async fn waiting(story: &Story) -> Result<Vec<Answer>> {
    let all = answers::of_window(&mut story.app.reader(), Some(window(story)?)).await?;
    Ok(all.into_iter().filter(Answer::waits_for_keeping).collect())
}

async fn entrust(story: &Story) -> Result<()> {
    let app = &story.app;
    for (turn, answer) in waiting(story).await?.into_iter().enumerate() {
        let owner = story.cast.owner(turn);
        let days = 3 + i64::try_from(turn % 4)?;
        let to = Entrusted { owner: owner.id, name: owner.name.to_owned(), due_at: app.now() + Span::days(days) };
        execute::<Answer>(app, answer.id.0, AnswerCommand::Entrust { to }, app.stamp(story.cast.lead().actor())).await?;
    }
    Ok(())
}

/// Each in turn becomes an article, a macro, an article, a macro, a rule. The help centre has articles on some; of the others a draft begins.
async fn keep(story: &Story, most: usize) -> Result<()> {
    let app = &story.app;
    let shelves = articles::collections(&mut app.reader()).await?;
    let category = shelves.iter().flat_map(|shelf| &shelf.categories).next().context("the help centre has no category")?.id;
    for (turn, answer) in waiting(story).await?.into_iter().take(most).enumerate() {
        let Some(live) = answer.live() else { continue };
        let by = answer.keeping.entrusted.as_ref().and_then(|to| story.cast.all().iter().find(|m| m.id == to.owner));
        let by = by.unwrap_or_else(|| story.cast.owner(turn)).clone();
        let (kind, text) = match turn % 5 {
            0 | 2 => {
                normal::keep_as_article(app, app.stamp(by.actor()), answer.id, category).await.context("an answer of the demo as an article")?;
                continue;
            }
            4 => (Kept::Rule, "Support answers this alone up to 50 €; above it asks billing.".to_owned()),
            _ => (Kept::Macro, String::new()),
        };
        let keep = Keep { kind, version: live.version, title: String::new(), article: None, link: String::new(), text };
        execute::<Answer>(app, answer.id.0, AnswerCommand::Keep { keep }, app.stamp(by.actor())).await?;
    }
    Ok(())
}

/// What began as a draft is read over by the lead, and published.
async fn publish(story: &Story) -> Result<()> {
    let app = &story.app;
    for answer in answers::of_window(&mut app.reader(), Some(window(story)?)).await? {
        let Some(id) = answer.article() else { continue };
        let Some(article) = hypercare_store::load::<Article>(&mut app.reader(), id.0).await? else { continue };
        if let Some(text) = article.variants.iter().find(|text| !article.is_live() && text.live.is_none()) {
            let command = ArticleCommand::Publish { lang: text.lang.clone(), revision: text.newest.number };
            execute::<Article>(app, id.0, command, app.stamp(story.cast.lead().actor())).await?;
        }
    }
    Ok(())
}

/// One item is accepted, one is given back, one waits for its receiver.
async fn begin(story: &Story) -> Result<()> {
    let giver = story.cast.agent(0).clone();
    give(story, &giver, "runbooks", "All four are in the wiki; the two on billing were walked through on Thursday.").await?;
    accept(story, "runbooks", "").await?;
    give(story, &giver, "knowledge", "Recording and notes of Friday's session.").await?;
    answer(story, "knowledge", false, "Half of the team was on leave. We need a second session before we can say yes.").await?;
    give(story, &giver, "monitoring", "Three alarms, with their thresholds and who to call.").await?;
    Ok(())
}

/// Everything else, on the day before the exit.
async fn finish(story: &Story) -> Result<()> {
    let state = state(story).await?;
    let app = &story.app;
    for item in &state.plan.handover.items {
        let list = handover::of(&mut app.reader(), state.id).await?;
        if list.receiver(item).is_none() {
            let receiver = Receiver { email: "platform@nordlicht.example".into(), name: "Platform team".into() };
            let command = ChecklistCommand::NameReceiver { window: state.id, item: item.clone(), receiver };
            execute::<Checklist>(app, state.id.0, command, app.stamp(story.cast.lead().actor())).await?;
        }
        let now = list.item(&item.key).state;
        if now != ItemState::Accepted {
            if now != ItemState::Given {
                give(story, &story.cast.agent(0).clone(), &item.key, "Done, see the record of the last review.").await?;
            }
            accept(story, &item.key, "Said in the last review, and in the minutes.").await?;
        }
    }
    for holding in decisions::holding(&mut app.reader(), state.id, 100).await? {
        let stamp = app.stamp(story.cast.lead().actor()).because("The window ends; it is not needed any more.");
        execute::<Decision>(app, holding.id.0, DecisionCommand::End, stamp).await?;
    }
    Ok(())
}

async fn state(story: &Story) -> Result<Window> {
    hypercare_store::load(&mut story.app.reader(), window(story)?.0).await?.context("the window is gone")
}

async fn item(story: &Story, key: &str) -> Result<(Window, PlannedItem, Option<UserId>)> {
    let state = state(story).await?;
    let item = state.plan.handover.items.iter().find(|item| item.key == key).cloned().context("the plan has no such item")?;
    let list = handover::of(&mut story.app.reader(), state.id).await?;
    let account = list.receiver(&item).and_then(|r| story.cast.by_email(&r.email).filter(|m| works(m)).map(|m| m.id));
    Ok((state, item, account))
}

/// Whoever only looks cannot answer for themselves.
fn works(member: &Member) -> bool {
    member.role.may(hypercare_core::role::Permission::ConversationsWrite)
}

async fn give(story: &Story, giver: &Member, key: &str, note: &str) -> Result<()> {
    let (state, item, account) = item(story, key).await?;
    let gift = Gift { note: note.to_owned(), link: String::new() };
    let command = ChecklistCommand::Give { window: state.id, item, gift, account };
    execute::<Checklist>(&story.app, state.id.0, command, story.app.stamp(giver.actor())).await.map(drop)
}

async fn accept(story: &Story, key: &str, reason: &str) -> Result<()> {
    answer(story, key, true, reason).await
}

/// The receiver answers; for one without an account the lead records it.
async fn answer(story: &Story, key: &str, accepted: bool, reason: &str) -> Result<()> {
    let (state, item, account) = item(story, key).await?;
    let round = handover::of(&mut story.app.reader(), state.id).await?.item(key).round;
    let by = account.and_then(|id| story.cast.all().iter().find(|m| m.id == id)).unwrap_or_else(|| story.cast.lead()).clone();
    let command = if accepted { ChecklistCommand::Accept { item, round, account } } else { ChecklistCommand::Return { item, round, account } };
    execute::<Checklist>(&story.app, state.id.0, command, story.app.stamp(by.actor()).because(reason)).await.map(drop)
}
