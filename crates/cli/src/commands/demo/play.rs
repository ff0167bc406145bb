//! Plays the script through the product's own write path.

use super::accounts::{self, Companies};
use super::cast::{Cast, Member};
use super::chance::Chance;
use super::content::{Content, Message};
use super::cutover;
use super::daily;
use super::script::{Act, Script};
use super::team;
use super::{asking, facts};
use anyhow::{Context, Result};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::conversation::outcome::Verdict;
use hypercare_core::conversation::{Command, Conversation, Handler, Status};
use hypercare_core::triage::Correction;
use hypercare_core::{Actor, AnswerId, ConversationId, Severity, Span, Timestamp, WindowId};
use hypercare_server::conversations::{act, reply};
use hypercare_server::{App, engine, intake};
use hypercare_store::queries::{answers, messages};
use std::collections::HashMap;

/// The story while it plays.
pub struct Story {
    /// The running product.
    pub app: App,
    /// Everything that was written for it.
    pub content: Content,
    /// What happens when.
    pub script: Script,
    /// Who works there.
    pub cast: Cast,
    /// Its chance.
    pub chance: Chance,
    /// The window, once the plan was applied.
    pub window: Option<WindowId>,
    /// The plan as text.
    pub plan: String,
    /// Decisions asked, by place in the content.
    pub asked: HashMap<usize, hypercare_core::DecisionId>,
    /// Matters that customers were told of, by their name in the content.
    pub told: HashMap<String, hypercare_core::UpdateId>,
    /// Actions that are done later, with the day of the window.
    pub agreed: Vec<(i32, hypercare_core::ActionId)>,
    /// The cutover that goes on, or was the last.
    pub cutover: Option<hypercare_core::CutoverId>,
    /// Check-ins by their place in the content.
    pub check_ins: HashMap<usize, hypercare_core::CheckInId>,
    /// The lead has closed the window.
    pub closed: bool,
    /// The customers as companies.
    pub companies: Companies,
    conversations: HashMap<usize, ConversationId>,
    pub(super) turn: usize,
}

impl Story {
    /// Ready to play.
    pub fn new(app: App, content: Content, script: Script, cast: Cast, chance: Chance, plan: String, companies: Companies) -> Self {
        Self {
            app,
            content,
            script,
            cast,
            chance,
            window: None,
            plan,
            asked: HashMap::new(),
            told: HashMap::new(),
            agreed: vec![],
            cutover: None,
            check_ins: HashMap::new(),
            closed: false,
            companies,
            conversations: HashMap::new(),
            turn: 0,
        }
    }

    /// Everything up to `until`; the clock goes along. `progress` hears the time of each act.
    ///
    /// # Errors
    /// When the product refuses something: a mistake in the demo.
    pub async fn play(&mut self, until: Timestamp, mut progress: impl FnMut(Timestamp)) -> Result<()> {
        while let Some((at, act)) = self.script.next(until) {
            engine::fast_forward(&self.app, at).await.context("the engine stopped")?;
            progress(at);
            self.act(at, act).await?;
            if self.closed {
                return Ok(());
            }
        }
        engine::fast_forward(&self.app, until).await.context("the engine stopped")
    }

    /// One act, now.
    ///
    /// # Errors
    /// When the product refuses it.
    pub async fn act(&mut self, at: Timestamp, act: Act) -> Result<()> {
        match act {
            Act::Write(number) => self.write(at, number).await,
            Act::Answer { message } => self.answer(at, message).await,
            Act::Helpful { message, helpful } => self.helpful(message, helpful).await,
            Act::Rate { message, score } => self.rate(message, score).await,
            Act::Plan => {
                accounts::take_over(self).await?;
                team::apply_plan(self, false).await
            }
            Act::Approve => {
                team::apply_plan(self, true).await?;
                team::label(self).await
            }
            Act::GoLive => cutover::go_live(self).await,
            Act::Issues { day } => team::issues(self, day).await,
            Act::ReplyToAll { scenario } => team::reply_to_all(self, &scenario).await,
            Act::Ask(number) => team::ask(self, at, number).await,
            Act::Tell(number) => team::tell(self, number).await,
            Act::Cutover(number) => cutover::does(self, number).await,
            Act::CheckIn(number) => asking::ask(self, number).await,
            Act::CheckedIn(number) => asking::answer(self, at, number).await,
            Act::Doubt(conversation) => asking::settle(self, conversation).await,
            Act::Rule(number) => team::rule(self, number).await,
            Act::TakeOver => team::take_over(self).await,
            Act::Daily { day } => daily::hold(self, day).await,
            Act::Pulse { day } => team::pulse(self, day).await,
            Act::Review { day } => {
                if team::is_judged(day) {
                    team::judge(self).await?;
                }
                accounts::morning(self, day).await?;
                team::review(self, day).await
            }
        }
    }

    async fn write(&mut self, at: Timestamp, number: usize) -> Result<()> {
        let message = self.script.messages[number].clone();
        let conversation = message.follows.as_ref().and_then(|id| self.first_of(id));
        let inbound = Inbound {
            channel: message.channel,
            sender: Sender { key: message.email.clone(), email: Some(message.email.clone()), name: Some(message.contact.clone()) },
            external_id: Some(format!("demo-{number}")),
            conversation,
            subject: None,
            text: message.text.clone(),
            sent_at: Some(at),
            fields: facts::given(&message),
        };
        let received = intake::receive(&self.app, inbound).await.with_context(|| format!("message {} was refused", message.id))?;
        self.conversations.insert(number, received.conversation);
        accounts::belongs(self, &message.email, received.conversation).await?;
        if received.action == intake::Action::Answered {
            let right = self.right_answer(&message).await?;
            let said = hypercare_store::load::<Conversation>(&mut self.app.reader(), received.conversation.0).await?;
            let said = said.and_then(|c| c.assistant.questions.first()?.said);
            self.customer_after_answer(at, number, &message, right.is_some() && right == said);
        } else {
            let wait = self.wait(at, received.triage.severity);
            self.script.push(at + wait, Act::Answer { message: number });
        }
        Ok(())
    }

    fn first_of(&self, id: &str) -> Option<ConversationId> {
        let number = self.script.messages.iter().position(|m| m.id == id)?;
        self.conversations.get(&number).copied()
    }

    /// The approved answer that a person would find right for a message.
    async fn right_answer(&self, message: &Message) -> Result<Option<AnswerId>> {
        let (Some(scenario), Some(window)) = (&message.scenario, self.window) else { return Ok(None) };
        let Some(compiled) = self.app.knowledge.for_window(&self.app, window).await? else { return Ok(None) };
        let Some(key) = compiled.window.plan.scenario(scenario).and_then(|s| s.answer.clone()) else { return Ok(None) };
        Ok(answers::by_key(&mut self.app.reader(), window, &key).await?.map(|a| a.id).filter(|id| compiled.live.contains_key(id)))
    }

    /// Some say whether it helped; few are not content.
    fn customer_after_answer(&mut self, at: Timestamp, number: usize, message: &Message, right: bool) {
        if message.channel == hypercare_core::Channel::Chat && self.chance.often(0.5) {
            let helpful = right && message.kind == "covered" && self.chance.often(0.97);
            let minutes = self.chance.around(4.0, 0.6);
            self.script.push(at + minutes_of(minutes), Act::Helpful { message: number, helpful });
        }
    }

    /// How long people take: office hours before the change; around the clock after it, slow in the flood of the first days.
    pub(super) fn wait(&mut self, at: Timestamp, severity: Severity) -> Span {
        let day = self.day(at);
        let severity_factor = match severity {
            Severity::Critical => 0.25,
            Severity::High => 0.6,
            Severity::Normal => 1.0,
            Severity::Low => 1.3,
        };
        let flood = match day {
            i32::MIN..=0 => 1.0,
            1 => 3.4,
            2 => 2.5,
            3 => 1.7,
            4 => 1.35,
            _ => 1.0,
        };
        let median = if day <= 0 { 42.0 } else { 34.0 };
        let mut minutes = self.chance.around(median * severity_factor * flood, 0.55);
        if day <= 0 {
            minutes += self.closed_minutes(at);
        }
        minutes_of(minutes)
    }

    /// Minutes until the office opens, while there was no cover at night and at weekends.
    fn closed_minutes(&self, at: Timestamp) -> f64 {
        let Ok(zone) = hypercare_core::calendar::zone("Europe/Berlin") else { return 0.0 };
        let local = zone.to_datetime(at.to_jiff());
        let hour = f64::from(local.hour()) + f64::from(local.minute()) / 60.0;
        let weekday = local.date().weekday().to_monday_zero_offset();
        let nights = match weekday {
            5 => 2.0,
            6 => 1.0,
            4 if hour >= 18.0 => 3.0,
            _ if hour >= 18.0 => 1.0,
            _ => 0.0,
        };
        if nights > 0.0 { (nights * 24.0 + 9.0 - hour) * 60.0 } else { (9.0 - hour).max(0.0) * 60.0 }
    }

    fn day(&self, at: Timestamp) -> i32 {
        let first = self.script.on(1, 0, 0).unwrap_or(at);
        i32::try_from((at - first).0.div_euclid(Span::days(1).0)).unwrap_or(0) + 1
    }

    async fn answer(&mut self, at: Timestamp, number: usize) -> Result<()> {
        let Some(id) = self.conversations.get(&number).copied() else { return Ok(()) };
        let state = hypercare_store::load::<Conversation>(&mut self.app.reader(), id.0).await?.context("a conversation is gone")?;
        if state.status != Status::Open || state.waiting_since.is_none() {
            return Ok(());
        }
        self.turn += 1;
        let agent = self.cast.agent(self.turn).clone();
        let message = self.script.messages[number].clone();
        let blocked = state.triage.severity == Severity::Critical;
        if blocked && message.kind == "other" && message.scenario.is_none() && state.triage.urgent.is_none() {
            // One key says that it blocks nobody, and the next such message is read so.
            let correction = Correction { severity: Some(Severity::High), ..Correction::default() };
            let window = self.window;
            act::run(&self.app, self.app.stamp(agent.actor()), id, move |_| Command::Correct { correction, window, category: None }).await?;
        }
        if blocked && state.window.is_some() && state.escalated_to.is_none() && self.chance.often(0.55) {
            let to = if state.triage.category.as_deref() == Some("billing") { "billing" } else { "platform" };
            let why = format!("The customer cannot work: {}", state.subject);
            team::escalate(self, &agent, &state, to, why).await?;
        }
        // People send an approved answer where it is the right one, not because it is suggested.
        let right = self.right_answer(&message).await?;
        let suggested = right.filter(|right| state.handler != Handler::Person && state.triage.suggestions.iter().any(|s| s.answer == *right));
        let (text, answer) = self.words(&message, suggested).await?;
        let settled = matches!(message.kind.as_str(), "thanks") || self.chance.often(0.72);
        let then = if settled { Status::Resolved } else { Status::Waiting };
        reply::reply_as(
            &self.app,
            self.app.stamp(agent.actor()),
            id,
            reply::Said { text, answer, seen: state.last_customer_message, then, files: vec![] },
        )
        .await?;
        self.judge(&agent, &state, right).await?;
        if settled && self.chance.often(0.34) {
            let upset = matches!(message.kind.as_str(), "angry" | "blocker" | "two");
            let flood = (1..=3).contains(&self.day(at));
            let good = if upset {
                0.62
            } else if flood {
                0.8
            } else {
                0.92
            };
            let score = if self.chance.often(good) { 4 + u8::from(self.chance.often(0.6)) } else { 1 + self.chance.below(3) as u8 };
            let minutes = self.chance.around(18.0, 0.7);
            self.script.push(at + minutes_of(minutes), Act::Rate { message: number, score });
        }
        Ok(())
    }

    /// Who takes over after “that did not help” presses a key: the answer was right and not enough, or it was wrong.
    async fn judge(&mut self, agent: &Member, state: &Conversation, right: Option<AnswerId>) -> Result<()> {
        let refused = state.assistant.questions.iter().find(|q| q.customer == Some(false)).and_then(|q| q.said);
        let (Some(said), Some((message, _))) = (refused, state.assistant.answer.clone()) else { return Ok(()) };
        let verdict = Some(if right == Some(said) { Verdict::Right } else { Verdict::Wrong { right } });
        act::run(&self.app, self.app.stamp(agent.actor()), state.id, move |_| Command::Judge { message, verdict }).await?;
        Ok(())
    }

    /// The approved answer where one fits; else what a person would write.
    async fn words(&mut self, message: &Message, suggested: Option<AnswerId>) -> Result<(String, Option<AnswerId>)> {
        if let (Some(answer), Some(window)) = (suggested, self.window)
            && let Some(compiled) = self.app.knowledge.for_window(&self.app, window).await?
            && let Some(live) = compiled.live.get(&answer)
        {
            let first = message.contact.split_whitespace().next().unwrap_or("there");
            return Ok((format!("Hello {first},\n\n{}", live.text.as_reply()), Some(answer)));
        }
        let text = message.text.to_lowercase();
        let fits = |r: &&super::content::Reply| {
            message.scenario.as_ref() == Some(&r.fits) || r.fits == message.kind && message.kind != "other" || text.contains(&r.fits)
        };
        let fitting: Vec<String> = self.content.replies.iter().filter(fits).map(|r| r.text.clone()).collect();
        let any = "Thank you for writing. I have looked into your account and put it right; please tell me if you still see it.".to_owned();
        Ok((self.chance.one(&fitting).cloned().unwrap_or(any), None))
    }

    async fn helpful(&mut self, number: usize, helpful: bool) -> Result<()> {
        let Some(id) = self.conversations.get(&number).copied() else { return Ok(()) };
        let said = messages::for_customer(&mut self.app.reader(), id, None, 50).await?;
        let Some(answer) = said.iter().rev().find(|m| m.author == "assistant") else { return Ok(()) };
        let message = hypercare_core::MessageId(answer.id);
        let name = self.script.messages[number].contact.clone();
        act::run(&self.app, self.app.stamp(Actor::customer(name)), id, move |_| Command::Helpful { message, helpful }).await?;
        if helpful && self.chance.often(0.3) {
            let now = self.app.now();
            let score = 4 + u8::from(self.chance.often(0.7));
            self.script.push(now + Span::mins(2), Act::Rate { message: number, score });
        } else if !helpful {
            let now = self.app.now();
            let wait = self.wait(now, Severity::Normal);
            self.script.push(now + wait, Act::Answer { message: number });
        }
        Ok(())
    }

    async fn rate(&mut self, number: usize, score: u8) -> Result<()> {
        let Some(id) = self.conversations.get(&number).copied() else { return Ok(()) };
        let name = self.script.messages[number].contact.clone();
        act::run(&self.app, self.app.stamp(Actor::customer(name)), id, move |_| Command::Rate { score, comment: String::new() }).await?;
        Ok(())
    }
}

fn minutes_of(minutes: f64) -> Span {
    Span((minutes.clamp(0.5, 60.0 * 24.0 * 5.0) * 60e6) as i64)
}

impl Story {
    /// One more message about the change, when the script is at its end: somebody else asks what was asked before.
    pub fn encore(&mut self) -> Option<Act> {
        let fitting: Vec<Message> = self.content.messages.iter().filter(|m| m.kind == "covered" || m.kind == "other").cloned().collect();
        let pattern = self.chance.one(&fitting)?.clone();
        let number = self.script.messages.len();
        self.script.messages.push(Message { email: format!("encore{number}{}", pattern.email), follows: None, ..pattern });
        Some(Act::Write(number))
    }
}
