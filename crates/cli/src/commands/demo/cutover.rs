//! The cutover of the demo: rehearsed the day before, and run on the morning of the go-live.

use super::content::Doing;
use super::play::Story;
use super::team::{caller, execute, refused, window};
use anyhow::{Context, Result};
use hypercare_core::cutover::{Act, Cutover, CutoverCommand};
use hypercare_core::window::{Phase, Window};
use hypercare_server::{cutovers, windows};

/// One line of the content.
pub(super) async fn does(story: &mut Story, number: usize) -> Result<()> {
    let line = story.content.cutover[number].clone();
    let member = story.cast.by_email(&line.by).context("somebody in cutover.jsonl does not work here")?.clone();
    let stamp = story.app.stamp(member.actor()).because(line.text.clone());
    if let Doing::Begin(kind) = &line.does {
        let new = cutovers::NewCutover { window: window(story)?, rehearsal: kind == "rehearsal" };
        let begun = cutovers::begin(&story.app, new, &caller(&story.app, &member).await?, stamp).await.map_err(refused)?;
        story.cutover = Some(begun.id);
        return Ok(());
    }
    let id = story.cutover.context("no cutover has begun")?;
    let seen = hypercare_store::load::<Cutover>(&mut story.app.reader(), id.0).await?.context("the cutover is gone")?;
    let evidence = (!line.text.is_empty()).then(|| line.text.clone());
    let (step, act) = match line.does {
        Doing::Start(step) => (step, Act::Start),
        // What shows it is no reason.
        Doing::Done(step) => return act_on(story, &seen, step, Act::Done { evidence }, story.app.stamp(member.actor())).await,
        Doing::Fail(step) => (step, Act::Fail),
        Doing::Skip(step) => (step, Act::Skip),
        Doing::Go(step) => (step, Act::Rule { go: true }),
        Doing::Pass(step) => (step, Act::Pass { confirmed: true }),
        Doing::Figure(value) => {
            let command = CutoverCommand::Report { figure: "failed-payments".into(), value };
            return execute::<Cutover>(&story.app, id.0, command, stamp).await.map(drop);
        }
        Doing::Finish(_) | Doing::Begin(_) => {
            let by = caller(&story.app, &member).await?;
            return cutovers::finish(&story.app, id, seen.revision, &by, stamp).await.map(drop).map_err(refused);
        }
    };
    act_on(story, &seen, step, act, stamp).await
}

async fn act_on(story: &Story, seen: &Cutover, step: String, act: Act, stamp: hypercare_core::Stamp) -> Result<()> {
    let command = CutoverCommand::Step { step, act, seen: None, whole: Some(seen.revision) };
    execute::<Cutover>(&story.app, seen.id.0, command, stamp).await.map(drop)
}

/// The lead presses the button: the runbook is finished, and the window opens. What the plan lacks then is accepted with a reason.
pub(super) async fn go_live(story: &mut Story) -> Result<()> {
    let (id, lead) = (window(story)?, story.cast.lead().clone());
    let stamp = story.app.stamp(lead.actor()).because("The price table has switched; everything on the checklist is done or accepted.");
    let run = match story.cutover {
        Some(run) => hypercare_store::load::<Cutover>(&mut story.app.reader(), run.0).await?,
        None => None,
    };
    match run.filter(|run| !run.rehearsal) {
        Some(run) => drop(cutovers::finish(&story.app, run.id, run.revision, &caller(&story.app, &lead).await?, stamp).await.map_err(refused)?),
        None => drop::<Window>(windows::go(&story.app, id, Phase::Active, stamp).await.map_err(refused)?),
    }
    Ok(())
}
