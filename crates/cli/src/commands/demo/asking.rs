//! Some customers are asked how it goes, and answer.

use super::content::Inquiry;
use super::play::Story;
use super::script::Act;
use super::team::{execute, on_duty, refused, window};
use anyhow::{Context, Result};
use hypercare_core::check_in::answer::Face;
use hypercare_core::check_in::{Audience, CheckIn, CheckInCommand, Content, Way};
use hypercare_core::conversation::{Conversation, Status};
use hypercare_core::window::Window;
use hypercare_core::{AskedId, ConversationId, Severity, Timestamp};
use hypercare_server::check_ins::{self, Fate, NewCheckIn};
use hypercare_server::conversations::reply::{Said, reply_as};
use hypercare_store::queries::check_ins::asked;

/// What nine customers in a row do: about two of three answer, most of them well.
const ANSWERS: [Option<Face>; 9] =
    [Some(Face::Good), None, Some(Face::Good), Some(Face::Unsure), None, Some(Face::Good), Some(Face::Bad), None, Some(Face::Good)];
/// What an agent writes to somebody who is in doubt.
const SETTLED: &str = "Thank you for telling us. I have looked into your account and put right what was open; you see it there from tomorrow morning on. \
    Please write to me here if anything is still unclear.";
/// Customers that are asked in one check-in at most.
const MOST: i64 = 200;

/// An agent writes it, the owner on duty approves it, and it begins.
pub(super) async fn ask(story: &mut Story, number: usize) -> Result<()> {
    let id = window(story)?;
    let asked: Inquiry = story.content.check_ins[number].clone();
    let state: Window = hypercare_store::load(&mut story.app.reader(), id.0).await?.context("the window is gone")?;
    let audience = if asked.about.is_empty() { Audience::Assistant } else { Audience::About { topics: asked.about } };
    let ways = vec![Way::Chat, Way::Email];
    let content =
        Content { question: asked.question, intro: asked.intro, topics: asked.topics, audience, ways, per_hour: asked.per_hour, rest_days: 30 };
    let (app, writer) = (story.app.clone(), story.cast.agent(number).clone());
    let begun = check_ins::begin(&app, NewCheckIn { window: id, content }, app.stamp(writer.actor())).await.map_err(refused)?;
    let owner = on_duty(story, &state).await?;
    execute::<CheckIn>(&app, begun.id.0, CheckInCommand::Approve { revision: 1 }, app.stamp(owner.actor())).await?;
    check_ins::start(&app, begun.id, 1, app.stamp(writer.actor())).await.map_err(refused)?;
    story.check_ins.insert(number, begun.id);
    Ok(())
}

/// Those who were asked until now and have not answered.
pub(super) async fn answer(story: &mut Story, at: Timestamp, number: usize) -> Result<()> {
    let Some(id) = story.check_ins.get(&number).copied() else { return Ok(()) };
    let asked: Inquiry = story.content.check_ins[number].clone();
    let mut people = asked::page(&mut story.app.reader(), id, "asked", None, MOST).await?;
    people.reverse();
    for (n, line) in people.iter().enumerate().filter(|(_, line)| line.asked.answered_at.is_none()) {
        let Some(face) = ANSWERS[n % ANSWERS.len()] else { continue };
        let comments = match face {
            Face::Good => &asked.good,
            Face::Unsure => &asked.unsure,
            Face::Bad => &asked.bad,
        };
        // Half of those who are content add nothing.
        let comment = if face == Face::Good && n % 2 == 1 { "" } else { comments[n / 2 % comments.len()].as_str() };
        if let Fate::Conversation(doubt) = check_ins::give(&story.app, AskedId(line.asked.id), Some(face), comment, None).await? {
            let wait = story.wait(at, Severity::Normal);
            story.script.push(at + wait, Act::Doubt(doubt));
        }
    }
    Ok(())
}

/// An agent looks into a doubt and writes to the customer.
pub(super) async fn settle(story: &mut Story, id: ConversationId) -> Result<()> {
    let state: Conversation = hypercare_store::load(&mut story.app.reader(), id.0).await?.context("a doubt is gone")?;
    if state.status != Status::Open {
        return Ok(());
    }
    story.turn += 1;
    let agent = story.cast.agent(story.turn).clone();
    let said = Said { text: SETTLED.into(), answer: None, seen: state.last_customer_message, then: Status::Resolved, files: vec![] };
    reply_as(&story.app, story.app.stamp(agent.actor()), id, said).await?;
    Ok(())
}
