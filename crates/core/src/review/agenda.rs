//! The agenda of a review, made from the day: what is to be talked about, in the order in which it is.

use super::facts::{ActionFact, EscalationFact, Facts, IssueFact};
use super::growth::growth;
use super::schedule::Schedule;
use crate::action::State as ActionState;
use crate::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Items of one part; what is beyond is counted.
pub const PART_LIMIT: usize = 20;
/// The key of the item under which everything else is noted.
pub const ELSE: &str = "else";

/// A part of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = AgendaPart))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// What was agreed before.
    Actions,
    /// Issues that are new since the last review.
    NewIssues,
    /// Issues that grow.
    GrowingIssues,
    /// Decisions that wait.
    Decisions,
    /// Promises that were broken.
    Promises,
    /// Signals off their baseline.
    Signals,
    /// Escalations that wait or go to and fro.
    Escalations,
    /// Updates that are due or overdue.
    Updates,
    /// Whoever has too much, and handovers that are late.
    People,
    /// How near the exit is.
    Exit,
    /// Everything else.
    Else,
}

impl Part {
    /// All, in the order of the agenda.
    pub const ALL: [Self; 11] = [
        Self::Actions,
        Self::NewIssues,
        Self::GrowingIssues,
        Self::Decisions,
        Self::Promises,
        Self::Signals,
        Self::Escalations,
        Self::Updates,
        Self::People,
        Self::Exit,
        Self::Else,
    ];
    /// As a heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Actions => "Actions from before",
            Self::NewIssues => "New issues",
            Self::GrowingIssues => "Growing issues",
            Self::Decisions => "Decisions that wait",
            Self::Promises => "Broken promises",
            Self::Signals => "Signals off their baseline",
            Self::Escalations => "Escalations",
            Self::Updates => "Updates due",
            Self::People => "People",
            Self::Exit => "Exit",
            Self::Else => "Anything else",
        }
    }
}

/// What an item is about: where its figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = AgendaSubject))]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum About {
    /// An action.
    Action(crate::ActionId),
    /// An issue.
    Issue(crate::IssueId),
    /// A decision.
    Decision(crate::DecisionId),
    /// Conversations whose promises are broken.
    Promises(String),
    /// A signal, by its key.
    Signal(String),
    /// An escalation.
    Escalation(crate::EscalationId),
    /// What customers were promised to be told.
    Update(crate::UpdateId),
    /// The rota.
    Rota,
    /// The exit.
    Exit,
    /// Nothing that can be opened.
    Nothing,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = AgendaItem))]
pub struct Item {
    /// What names it within a review: `issue:7`.
    pub key: String,
    /// Where it stands.
    pub part: Part,
    /// What it is called. That of an issue and of a decision is not kept with a record but read from it, so that what is erased there is
    /// erased here.
    pub title: String,
    /// Its figures, in words.
    pub detail: String,
    /// What is behind it.
    pub about: About,
    /// It cannot wait.
    pub urgent: bool,
}

impl Item {
    /// What a record keeps: titles that can hold a customer's words are read where they stand.
    #[must_use]
    pub fn kept(self) -> Self {
        match self.about {
            About::Issue(_) | About::Decision(_) => Self { title: String::new(), ..self },
            _ => self,
        }
    }
}

/// "1 conversation", "3 conversations".
pub(super) fn counted(n: impl TryInto<i64>, one: &str, more: &str) -> String {
    match n.try_into().unwrap_or(i64::MAX) {
        1 => format!("1 {one}"),
        n => format!("{n} {more}"),
    }
}

fn item(part: Part, key: String, title: impl Into<String>, detail: String, about: About, urgent: bool) -> Item {
    Item { key, part, title: title.into(), detail, about, urgent }
}

/// The agenda: yesterday's actions first, then what the day brought, and the exit. What there is none of is left out.
pub fn agenda(f: &Facts, schedule: &Schedule) -> Vec<Item> {
    let words = |at| schedule.words(at);
    let mut parts = vec![
        actions(f, &f.actions),
        new_issues(f),
        growing_issues(f),
        decisions(f),
        promises(f),
        signals(f),
        f.escalations.iter().map(|e| escalation(f.now, e)).collect(),
        updates(f, words),
        people(f),
        vec![item(Part::Exit, "exit".into(), f.exit.sentence.clone(), exit_words(f), About::Exit, false)],
    ];
    for part in &mut parts {
        if part.len() > PART_LIMIT {
            let more = part.len() - PART_LIMIT;
            part.truncate(PART_LIMIT);
            if let Some(last) = part.last_mut() {
                last.detail = format!("{} And {more} more.", last.detail).trim().to_owned();
            }
        }
    }
    parts.push(vec![item(Part::Else, ELSE.into(), "Anything else", String::new(), About::Nothing, false)]);
    parts.into_iter().flatten().collect()
}

fn exit_words(f: &Facts) -> String {
    format!("{} of {} stable days.", f.exit.streak.min(f.exit.needed), f.exit.needed)
}

/// Overdue ones first, then what is open by its due date, then what was done or dropped since.
fn actions(f: &Facts, all: &[ActionFact]) -> Vec<Item> {
    let rank = |a: &&ActionFact| match a.action.state {
        ActionState::Open if a.action.is_overdue(f.now) => 0,
        ActionState::Open => 1,
        ActionState::Done => 2,
        ActionState::Dropped => 3,
    };
    let mut sorted: Vec<&ActionFact> = all.iter().collect();
    sorted.sort_by_key(|a| (rank(a), a.action.task.ends_at, a.action.id));
    sorted.into_iter().map(|a| action(f.now, a)).collect()
}

fn action(now: Timestamp, a: &ActionFact) -> Item {
    let late = a.action.is_overdue(now);
    let state = match a.action.state {
        ActionState::Open if late => format!("overdue since {}", a.action.task.due),
        ActionState::Open => format!("open, due {}", a.action.task.due),
        ActionState::Done => "done".to_owned(),
        ActionState::Dropped => format!("dropped: {}", a.action.because.as_deref().unwrap_or("no reason was given")),
    };
    let carried = match a.carried {
        0 => String::new(),
        1 => "; carried over once".to_owned(),
        n => format!("; carried over {n} times"),
    };
    let key = format!("action:{}", a.action.id);
    item(Part::Actions, key, a.action.task.title.clone(), format!("{}: {state}{carried}", a.owner), About::Action(a.action.id), late)
}

/// What we do about an issue, in words.
pub(super) fn doing(i: &IssueFact) -> String {
    let owner = i.owner.as_deref().map_or_else(|| "nobody has it".to_owned(), |who| format!("{who} has it"));
    let told = if i.answered { "customers get an approved answer" } else { "no approved answer yet" };
    format!("{owner}, {}; {told}", i.state)
}

fn issue(part: Part, i: &IssueFact, figures: &str) -> Item {
    let urgent = i.owner.is_none() || i.severity == crate::Severity::Critical;
    item(part, format!("issue:{}", i.id), i.title.clone(), format!("{figures}; {}.", doing(i)), About::Issue(i.id), urgent)
}

fn reach(i: &IssueFact) -> String {
    format!("{}, {} not settled", counted(i.customers, "customer", "customers"), i.unresolved)
}

fn new_issues(f: &Facts) -> Vec<Item> {
    let mut new: Vec<&IssueFact> = f.issues.iter().filter(|i| i.opened_at > f.since).collect();
    new.sort_by_key(|i| (std::cmp::Reverse(i.today), i.id));
    new.into_iter().map(|i| issue(Part::NewIssues, i, &format!("{} in the last day, {}", i.today, reach(i)))).collect()
}

/// Those that are not new already, by how many more came than expected.
fn growing_issues(f: &Facts) -> Vec<Item> {
    let mut growing: Vec<_> = f.issues.iter().filter(|i| i.opened_at <= f.since).filter_map(|i| Some((i, growth(i)?))).collect();
    growing.sort_by(|(a, x), (b, y)| y.excess().total_cmp(&x.excess()).then(a.id.cmp(&b.id)));
    let of = |(i, g): (&IssueFact, super::growth::Growth)| {
        let figures = format!("{} in the last day, {:.1} expected (+{:.1}); {}", g.today, g.expected, g.excess(), reach(i));
        issue(Part::GrowingIssues, i, &figures)
    };
    growing.into_iter().map(of).collect()
}

/// The longest waiting first.
fn decisions(f: &Facts) -> Vec<Item> {
    let mut all: Vec<_> = f.decisions.iter().collect();
    all.sort_by_key(|d| (d.asked_at, d.id));
    let of = |d: &super::facts::DecisionFact| {
        let late = if d.overdue { ", longer than it may" } else { "" };
        let detail = format!("Asked by {}, waits {}{late}.", d.asked_by, f.now - d.asked_at);
        item(Part::Decisions, format!("decision:{}", d.id), d.question.clone(), detail, About::Decision(d.id), d.overdue)
    };
    all.into_iter().map(of).collect()
}

/// Since the last review, the category with most first.
fn promises(f: &Facts) -> Vec<Item> {
    let mut all: Vec<_> = f.promises.iter().filter(|p| p.broken > 0).collect();
    all.sort_by(|a, b| b.broken.cmp(&a.broken).then_with(|| a.category.cmp(&b.category)));
    let of = |p: &super::facts::PromiseFact| {
        let name = if p.category.is_empty() { "Without a category" } else { p.category.as_str() };
        let share = 100.0 * f64::from(p.broken) / f64::from(p.decided.max(1));
        let detail = format!("{} broken of {} since the last review ({share:.0} %).", p.broken, p.decided);
        item(Part::Promises, format!("promises:{}", p.category), name, detail, About::Promises(p.category.clone()), false)
    };
    let mut items: Vec<Item> = all.into_iter().map(of).collect();
    if let Some(burn) = &f.burn {
        let now = item(Part::Promises, "promises:burn".into(), "They break too fast", burn.clone(), About::Promises(String::new()), true);
        items.insert(0, now);
    }
    items
}

fn signals(f: &Facts) -> Vec<Item> {
    let mut off: Vec<_> = f.signals.iter().filter(|s| s.off).collect();
    off.sort_by_key(|s| !s.red);
    off.into_iter()
        .map(|s| item(Part::Signals, format!("signal:{}", s.key), s.name.clone(), s.why.clone(), About::Signal(s.key.clone()), s.red))
        .collect()
}

fn escalation(now: Timestamp, e: &EscalationFact) -> Item {
    let at = e.reached.as_deref().unwrap_or("nobody");
    let stands = match (e.exhausted, e.waiting) {
        (true, _) => "nobody reacted on any level".to_owned(),
        (_, true) => format!("waits for {at}"),
        _ => format!("{at} has it"),
    };
    let bounces = if e.bouncing { "; it goes to and fro" } else { "" };
    let detail = format!("Raised {} ago; {stands}{bounces}.", now - e.raised_at);
    item(Part::Escalations, format!("escalation:{}", e.id), e.name.clone(), detail, About::Escalation(e.id), e.exhausted || e.bouncing)
}

/// Overdue ones, and what falls due within a day.
fn updates(f: &Facts, words: impl Fn(Timestamp) -> String) -> Vec<Item> {
    let mut due: Vec<_> = f.updates.iter().filter(|u| u.due_at < f.now + Span::days(1)).collect();
    due.sort_by_key(|u| (u.due_at, u.id));
    let of = |u: &super::facts::UpdateFact| {
        let late = u.due_at <= f.now;
        let detail = if late { format!("Overdue since {}.", words(u.due_at)) } else { format!("Due {}.", words(u.due_at)) };
        item(Part::Updates, format!("update:{}", u.id), u.title.clone(), detail, About::Update(u.id), late)
    };
    due.into_iter().map(of).collect()
}

fn people(f: &Facts) -> Vec<Item> {
    f.people.iter().map(|p| item(Part::People, p.key.clone(), p.who.clone(), p.what.clone(), About::Rota, p.urgent)).collect()
}
