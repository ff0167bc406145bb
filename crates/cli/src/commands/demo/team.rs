//! What the lead, the owners and the agents do beside answering.

use super::cast::Member;
use super::play::Story;
use super::script::Act;
use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use hypercare_core::broadcast::{Broadcast, BroadcastCommand};
use hypercare_core::conversation::Conversation;
use hypercare_core::decision::{Decision, DecisionCommand};
use hypercare_core::escalation::{Answered, Escalation, EscalationCommand};
use hypercare_core::issue::{Issue, IssueChange, IssueCommand, IssueState};
use hypercare_core::role::Permission;
use hypercare_core::rota::{LivingRota, living};
use hypercare_core::update::{Content, Update, UpdateCommand};
use hypercare_core::window::{LABELS_LIMIT, Phase, Window};
use hypercare_core::{Aggregate, BroadcastId, DecisionId, EntryId, IssueId, Span, Stamp, Timestamp, UpdateId, WindowId};
use hypercare_server::escalations::{self, Escalated};
use hypercare_server::http::auth::Credential;
use hypercare_server::http::{Caller, Problem};
use hypercare_server::{App, signals, sure, updates, windows};
use hypercare_store::queries::escalations::of_conversation;
use hypercare_store::queries::{answers, issues as stored, people, signals as pulses};
use hypercare_store::{Persisted, WriteError};

#[allow(clippy::needless_pass_by_value, reason = "the shape `map_err` asks for")]
pub(super) fn refused(problem: Problem) -> anyhow::Error {
    anyhow!("{}", problem.detail())
}

pub(super) fn window(story: &Story) -> Result<WindowId> {
    story.window.context("no plan was applied yet")
}

/// One command, as everywhere in the product.
pub(super) async fn execute<A>(app: &App, id: i64, command: A::Command, stamp: Stamp) -> Result<A>
where
    A: Persisted + for<'a> Aggregate<Env<'a> = ()>,
    A::Event: Sync,
{
    let state = app.store.write(move |tx| async move { tx.execute::<A>(id, command, &stamp, &()).await }.boxed()).await?;
    app.knowledge.stale();
    app.wake.notify_one();
    Ok(state)
}

pub(super) async fn caller(app: &App, member: &Member) -> Result<Caller> {
    let person = people::by_id(&mut app.reader(), member.id).await?.context("a person is gone")?;
    let permissions = Permission::ALL.into_iter().filter(|p| member.role.may(*p)).collect();
    Ok(Caller {
        actor: member.actor(),
        user: Some(person),
        permissions,
        key: format!("user:{}", member.id),
        credential: Credential::Session(String::new()),
    })
}

/// Applies the plan, the second time with its answers approved.
pub(super) async fn apply_plan(story: &mut Story, approve: bool) -> Result<()> {
    let lead = caller(&story.app, story.cast.lead()).await?;
    let wanted = windows::Apply { text: story.plan.clone(), dry_run: false, approve_answers: approve };
    let applied = windows::apply(&story.app, &lead, wanted).await.map_err(refused)?;
    story.window = applied.window_id;
    Ok(())
}

/// The lead labels messages, so that the assistant may answer from the first day on.
pub(super) async fn label(story: &Story) -> Result<()> {
    let id = window(story)?;
    let stamp = || story.app.stamp(story.cast.lead().actor());
    for some in story.content.labelled.chunks(LABELS_LIMIT) {
        sure::label(&story.app, id, some.to_vec(), stamp()).await.map_err(refused)?;
    }
    judge(story).await
}

/// Whether what was confirmed until this day counts from its review on: after the first days it changes little, and learning takes a
/// while in a build that is not optimised.
pub(super) const fn is_judged(day: i32) -> bool {
    matches!(day, 1..=3) || day > 3 && day % 4 == 0
}

/// What was confirmed counts from here on. The story waits for it, so that it is the same on every machine.
pub(super) async fn judge(story: &Story) -> Result<()> {
    if let Some(id) = story.window {
        story.app.sure.refit(&story.app, id).await;
    }
    Ok(())
}

/// Confirms what the product proposed and moves the known ones on.
pub(super) async fn issues(story: &mut Story, day: i32) -> Result<()> {
    let id = window(story)?;
    let known = stored::of_window(&mut story.app.reader(), id).await?;
    for (turn, issue) in known.into_iter().enumerate() {
        let finding = story.content.findings.iter().find(|f| Some(&f.scenario) == issue.scenario.as_ref());
        let wanted = match finding {
            Some(f) if day >= f.resolved_day => IssueState::Resolved,
            Some(f) if day >= f.monitoring_day => IssueState::Monitoring,
            Some(f) if day >= f.workaround_day => IssueState::Workaround,
            _ if issue.state == IssueState::Proposed => IssueState::Investigating,
            _ => continue,
        };
        if wanted <= issue.state {
            continue;
        }
        let root_cause = finding.filter(|f| day + 1 >= f.workaround_day).map(|f| f.root_cause.clone());
        let owner = story.cast.owner(turn).clone();
        let change = IssueChange { state: Some(wanted), owner: Some(issue.owner.unwrap_or(owner.id)), root_cause, ..IssueChange::default() };
        execute::<Issue>(&story.app, issue.id.0, IssueCommand::Change(change), story.app.stamp(owner.actor())).await?;
    }
    Ok(())
}

/// Tells everybody on an issue what is known.
pub(super) async fn reply_to_all(story: &mut Story, scenario: &str) -> Result<()> {
    let id = window(story)?;
    let Some(issue) = stored::for_scenario(&mut story.app.reader(), id, scenario).await? else { return Ok(()) };
    let Some(answer) = answers::by_key(&mut story.app.reader(), id, scenario).await? else { return Ok(()) };
    let Some(live) = answer.live() else { return Ok(()) };
    let text = format!("Hello {{name}},\n\nyou asked us about this in the last days. Here is what is certain now.\n\n{}", live.text.as_reply());
    let total = u32::try_from(stored::linked(&mut story.app.reader(), issue.id, 0, 10_000).await?.len())?;
    let broadcast: BroadcastId = story.app.store.new_id(story.app.now());
    let command = BroadcastCommand::Start {
        id: broadcast,
        window: id,
        issue: IssueId(issue.id.0),
        text,
        answer: Some((answer.id, live.version)),
        resolve: false,
        total,
    };
    execute::<Broadcast>(&story.app, broadcast.0, command, story.app.stamp(story.cast.lead().actor())).await?;
    Ok(())
}

/// An agent hands a conversation over; whoever is named first accepts it.
pub(super) async fn escalate(story: &Story, agent: &Member, c: &Conversation, to: &str, why: String) -> Result<()> {
    let plan: Window = hypercare_store::load(&mut story.app.reader(), window(story)?.0).await?.context("the window is gone")?;
    let asks = plan.plan.escalations.iter().find(|path| path.key == to).map(|path| path.asks.clone()).unwrap_or_default();
    let context = asks.into_iter().map(|question| Answered { question, answer: c.subject.clone() }).collect();
    let (id, what) = (c.id, Escalated { to: to.into(), context, tell_customer: false });
    escalations::escalate(&story.app, id, what, story.app.stamp(agent.actor()).because(why)).await?;
    let Some(raised) = of_conversation(&mut story.app.reader(), id, 1).await?.pop() else { return Ok(()) };
    if let Some(first) = raised.reached().and_then(|email| story.cast.by_email(email)) {
        execute::<Escalation>(&story.app, raised.id.0, EscalationCommand::Accept, story.app.stamp(first.actor())).await?;
    }
    Ok(())
}

/// An agent asks the owner.
pub(super) async fn ask(story: &mut Story, at: Timestamp, number: usize) -> Result<()> {
    let id = window(story)?;
    let question = story.content.questions[number].clone();
    let decision: DecisionId = story.app.store.new_id(story.app.now());
    let asker = story.cast.agent(number).clone();
    let command = DecisionCommand::Ask {
        id: decision,
        window: id,
        kind: question.kind,
        question: question.question,
        scenario: question.scenario,
        issue: None,
        conversation: None,
        may: vec![],
        within: hypercare_core::decision::WITHIN,
    };
    execute::<Decision>(&story.app, decision.0, command, story.app.stamp(asker.actor())).await?;
    story.asked.insert(number, decision);
    if let Some((_, _, minutes)) = question.ruling {
        story.script.push(at + Span::mins(minutes), Act::Rule(number));
    }
    Ok(())
}

/// An agent writes what all customers are told, the owner on duty approves it, and the agent publishes.
pub(super) async fn tell(story: &mut Story, number: usize) -> Result<()> {
    let id = window(story)?;
    let said = story.content.updates[number].clone();
    let state: Window = hypercare_store::load(&mut story.app.reader(), id.0).await?.context("the window is gone")?;
    let next_at = said.promises.map(|(day, hour)| story.script.on(day, hour, 0)).transpose()?;
    let content = Box::new(Content {
        title: said.title,
        happening: said.happening,
        meaning: said.meaning,
        doing: said.doing,
        unknown: said.unknown,
        state: said.state,
        impact: said.impact,
        topics: said.topics,
        next_at,
        zone: state.plan.window.zone.clone(),
        banner_until: None,
    });
    let (app, writer) = (story.app.clone(), story.cast.agent(number).clone());
    let matter: UpdateId = story.told.get(&said.matter).copied().unwrap_or_else(|| app.store.new_id(app.now()));
    let entry: EntryId = app.store.new_id(app.now());
    let command = UpdateCommand::Draft { id: matter, window: id, entry, content, corrects: None };
    execute::<Update>(&app, matter.0, command, app.stamp(writer.actor())).await?;
    story.told.insert(said.matter, matter);
    if !said.publish {
        return Ok(());
    }
    let owner = on_duty(story, &state).await?;
    execute::<Update>(&app, matter.0, UpdateCommand::Approve { revision: 1 }, app.stamp(owner.actor())).await?;
    updates::publish(&app, matter, 1, app.stamp(writer.actor())).await.map_err(refused)?;
    Ok(())
}

/// Who decides at this moment; the lead, where nobody is planned.
pub(super) async fn on_duty(story: &Story, window: &Window) -> Result<Member> {
    let duty = windows::owner::email_at(&mut story.app.reader(), window, story.app.now()).await?;
    Ok(duty.and_then(|email| story.cast.by_email(&email).cloned()).unwrap_or_else(|| story.cast.lead().clone()))
}

/// The owner on duty rules.
pub(super) async fn rule(story: &mut Story, number: usize) -> Result<()> {
    let id = window(story)?;
    let Some((ruling, reason, _)) = story.content.questions[number].ruling.clone() else { return Ok(()) };
    let Some(decision) = story.asked.get(&number).copied() else { return Ok(()) };
    let state: Window = hypercare_store::load(&mut story.app.reader(), id.0).await?.context("the window is gone")?;
    let owner = on_duty(story, &state).await?;
    let stamp = story.app.stamp(owner.actor()).because(reason);
    execute::<Decision>(&story.app, decision.0, DecisionCommand::Decide { ruling, until: None }, stamp).await?;
    Ok(())
}

/// Whoever comes reads the note back and takes over.
pub(super) async fn take_over(story: &mut Story) -> Result<()> {
    let (id, now) = (window(story)?, story.app.now());
    let Some(rota) = hypercare_store::load::<LivingRota>(&mut story.app.reader(), id.0).await? else { return Ok(()) };
    let Some(open) = rota.handovers.iter().rev().find(|h| h.is_open(now)) else { return Ok(()) };
    let Some(comes) = story.cast.by_email(&open.incoming).cloned() else { return Ok(()) };
    let command = living::Command::Acknowledge { handover: open.id, by: open.incoming.clone(), note: serde_json::Value::Null };
    execute::<LivingRota>(&story.app, id.0, command, story.app.stamp(comes.actor())).await?;
    Ok(())
}

/// The daily pulse: low in the flood, better every day.
pub(super) async fn pulse(story: &mut Story, day: i32) -> Result<()> {
    let id = window(story)?;
    let date = story.script.go_live.checked_add(jiff::Span::new().days(day - 1))?.to_string();
    let (base, now) = (2.4 + 0.35 * f64::from(day), story.app.now());
    for member in story.cast.all().to_vec().into_iter().skip(1).take(6) {
        let score = (base + story.chance.unit()).clamp(1.0, 5.0) as u8;
        let day = date.clone();
        story
            .app
            .store
            .write(move |tx| async move { pulses::pulse_save(tx, id, member.id, &day, score, "", now).await.map_err(WriteError::from) }.boxed())
            .await?;
    }
    Ok(())
}

/// The lead looks at the exit screen: to stabilising when two days were stable, out when the criteria hold.
pub(super) async fn review(story: &mut Story, day: i32) -> Result<()> {
    let id = window(story)?;
    let state: Window = hypercare_store::load(&mut story.app.reader(), id.0).await?.context("the window is gone")?;
    let streak = signals::exit_verdict(&story.app, &state).await?.streak;
    super::normal::evening(story, day, streak).await?;
    let verdict = signals::exit_verdict(&story.app, &state).await?;
    let lead = story.app.stamp(story.cast.lead().actor());
    if verdict.ready {
        let reason = format!("{} Signed off on day {day}.", verdict.sentence);
        windows::go(&story.app, id, Phase::Closed, lead.because(reason)).await.map_err(refused)?;
        story.closed = true;
    } else if state.phase == Phase::Active && verdict.streak >= 2 {
        windows::go(&story.app, id, Phase::Stabilising, lead.because(verdict.sentence)).await.map_err(refused)?;
    }
    Ok(())
}
