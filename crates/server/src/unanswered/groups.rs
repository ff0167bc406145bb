//! The groups of a window, derived anew whenever what they are made of has changed.

use crate::App;
use crate::knowledge::Compiled;
use hypercare_core::answer::{Answer, AnswerState, Cover};
use hypercare_core::conversation::assistant::Inputs;
use hypercare_core::triage::Suggestion;
use hypercare_core::unanswered::Dismissal;
use hypercare_core::{AnswerId, ConversationId, Timestamp, WindowId};
use hypercare_language::learning::{Asked, Group, group};
use hypercare_language::triage::Context;
use hypercare_store::StoreError;
use hypercare_store::queries::answers;
use hypercare_store::queries::unanswered::{self, Line};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Messages that are looked at: the newest.
const LOOKED_AT: i64 = 2_000;
/// Windows whose groups are remembered.
const WINDOWS: usize = 8;
/// Wordings of a window whose readings are remembered.
const READINGS: usize = 20_000;
/// Wordings of a group that must all be answered before it counts as answered.
const TRIED: usize = 3;

/// What the groups were made of, and what was made: forgotten at any time without loss.
#[derive(Default)]
pub struct Cache {
    made: Mutex<HashMap<WindowId, Made>>,
}

#[derive(Clone, Default)]
struct Made {
    lines: Arc<Vec<Line>>,
    groups: Arc<Vec<Group>>,
    /// What triage says to a wording, as long as the window's answers are these.
    compiled: Option<Arc<Compiled>>,
    read: Arc<Mutex<HashMap<String, Reading>>>,
}

/// What would happen to a wording today.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The approved answer that comes nearest.
    pub nearest: Option<Suggestion>,
    /// The assistant would give it.
    pub answered: bool,
}

/// Where a group stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// It waits for an answer.
    Open,
    /// An answer was written for it and is not approved yet.
    Drafted(AnswerId, String),
    /// It needs none.
    Dismissed(Box<Dismissal>),
}

/// A group with all that is known of it.
#[derive(Clone, Debug)]
pub struct Grouped {
    /// Its first conversation: its name in the API.
    pub id: ConversationId,
    /// The question that is most typical, shortened.
    pub title: String,
    /// Its most typical wordings.
    pub wordings: Vec<String>,
    /// Its messages, oldest first, without those that an answer serves by now.
    pub lines: Vec<Line>,
    /// Where it stands.
    pub standing: Standing,
}

impl Grouped {
    /// Different customers.
    pub fn people(&self) -> usize {
        self.lines.iter().map(|l| l.contact_id).collect::<HashSet<_>>().len()
    }
    /// In a list the greatest comes first: by people, by messages, and of equal ones the older.
    pub fn rank(&self) -> [i64; 3] {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        [-count(self.people()), -count(self.lines.len()), self.id.0]
    }
}

/// The groups of a window, the one that most people asked first. What an approved answer was written for is not among them.
///
/// # Errors
/// When the database fails.
pub async fn groups(app: &App, window: WindowId) -> Result<Vec<Grouped>, StoreError> {
    let mut reader = app.reader();
    let made = made(app, window).await?;
    let known = answers::of_window(&mut reader, Some(window)).await?;
    let dismissed = unanswered::dismissals(&mut reader, window).await?;
    let decided = Decided::new(&known, &dismissed);
    let mut found: Vec<Grouped> = made.groups.iter().filter_map(|g| grouped(g, &made.lines, &decided)).collect();
    found.sort_by_key(Grouped::rank);
    Ok(found)
}

/// The group that has this conversation, with its window.
///
/// # Errors
/// When the database fails.
pub async fn of_conversation(app: &App, id: ConversationId) -> Result<Option<(WindowId, Grouped)>, StoreError> {
    let found = hypercare_store::load::<hypercare_core::conversation::Conversation>(&mut app.reader(), id.0).await?;
    let Some(window) = found.and_then(|c| c.window) else { return Ok(None) };
    let group = groups(app, window).await?.into_iter().find(|g| g.lines.iter().any(|l| l.conversation_id == id.0));
    Ok(group.map(|group| (window, group)))
}

/// What would happen today to each of these wordings of a window that is not closed.
///
/// # Errors
/// When the database fails.
pub async fn readings(app: &App, window: WindowId, wordings: Vec<String>) -> Result<Vec<Option<Reading>>, StoreError> {
    let Some(compiled) = app.knowledge.for_window(app, window).await? else { return Ok(vec![None; wordings.len()]) };
    let known = {
        let mut all = app.unanswered.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = room_for(&mut all, window).entry(window).or_default();
        let full = made.read.lock().unwrap_or_else(PoisonError::into_inner).len() >= READINGS;
        if full || !made.compiled.as_ref().is_some_and(|c| Arc::ptr_eq(c, &compiled)) {
            made.compiled = Some(Arc::clone(&compiled));
            made.read = Arc::default();
        }
        Arc::clone(&made.read)
    };
    let read = move || {
        let one = |text: &String| {
            if let Some(reading) = known.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
                return Some(reading.clone());
            }
            let triage = compiled.index.triage(text, &Context::default());
            let answered = Inputs::first(&triage, &compiled.assistant).is_served();
            let reading = Reading { nearest: triage.suggestions.into_iter().next(), answered };
            known.lock().unwrap_or_else(PoisonError::into_inner).insert(text.clone(), reading.clone());
            Some(reading)
        };
        wordings.iter().map(one).collect()
    };
    // Milliseconds of pure computation for each: not on the threads that answer requests.
    tokio::task::spawn_blocking(read).await.map_err(|_| StoreError::Panicked)
}

/// What would happen today to a group: its nearest answer, and whether the assistant would answer all of it.
///
/// # Errors
/// When the database fails.
pub async fn reading(app: &App, window: WindowId, group: &Grouped) -> Result<Option<Reading>, StoreError> {
    let wordings = group.wordings.iter().take(TRIED).cloned().collect();
    let readings: Vec<Reading> = readings(app, window, wordings).await?.into_iter().flatten().collect();
    let answered = !readings.is_empty() && readings.iter().all(|r| r.answered);
    Ok(readings.into_iter().next().map(|first| Reading { answered, ..first }))
}

/// Groups the newest messages, unless they are those that were grouped last.
async fn made(app: &App, window: WindowId) -> Result<Made, StoreError> {
    let mut lines = unanswered::of_window(&mut app.reader(), window, LOOKED_AT).await?;
    lines.reverse();
    let known = app.unanswered.made.lock().unwrap_or_else(PoisonError::into_inner).get(&window).cloned();
    let same = |a: &Line, b: &Line| (a.conversation_id, a.at, &a.text) == (b.conversation_id, b.at, &b.text);
    let unchanged = known.clone().filter(|made| made.lines.len() == lines.len() && made.lines.iter().zip(&lines).all(|(a, b)| same(a, b)));
    let lines = Arc::new(lines);
    let made = match unchanged {
        // Replies may have come since.
        Some(made) => Made { lines, ..made },
        None => {
            let (encoder, of) = (app.config.language.encoder().cloned(), Arc::clone(&lines));
            let work = move || {
                let asked: Vec<Asked<'_>> = of.iter().map(|l| Asked { id: l.conversation_id, at: Timestamp(l.at), text: &l.text }).collect();
                group(&asked, encoder.as_ref()).or_else(|why| {
                    tracing::warn!("unanswered messages are grouped by their words: {why}");
                    group(&asked, None)
                })
            };
            let groups = tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked)?.unwrap_or_default();
            // What would happen to a wording does not depend on who else asks.
            let (compiled, read) = known.map(|made| (made.compiled, made.read)).unwrap_or_default();
            Made { lines, groups: Arc::new(groups), compiled, read }
        }
    };
    let mut all = app.unanswered.made.lock().unwrap_or_else(PoisonError::into_inner);
    room_for(&mut all, window).insert(window, made.clone());
    Ok(made)
}

fn room_for(all: &mut HashMap<WindowId, Made>, window: WindowId) -> &mut HashMap<WindowId, Made> {
    if all.len() >= WINDOWS && !all.contains_key(&window) {
        all.clear();
    }
    all
}

/// What was decided of conversations, by conversation: there may be thousands of groups, and each asks only for its own.
struct Decided<'a> {
    covers: Vec<(&'a Answer, &'a Cover)>,
    covers_of: HashMap<i64, Vec<usize>>,
    /// Those that hold, the newest first.
    dismissed: &'a [Dismissal],
    dismissed_of: HashMap<i64, usize>,
}

impl<'a> Decided<'a> {
    fn new(known: &'a [Answer], dismissed: &'a [Dismissal]) -> Self {
        let covers: Vec<_> = known.iter().flat_map(|a| a.covers.iter().map(move |c| (a, c))).collect();
        let mut covers_of: HashMap<i64, Vec<usize>> = HashMap::new();
        for (number, (_, cover)) in covers.iter().enumerate() {
            for id in &cover.conversations {
                covers_of.entry(id.0).or_default().push(number);
            }
        }
        let mut dismissed_of = HashMap::new();
        for (number, dismissal) in dismissed.iter().enumerate().filter(|(_, d)| d.holds) {
            for id in &dismissal.conversations {
                dismissed_of.entry(id.0).or_insert(number);
            }
        }
        Self { covers, covers_of, dismissed, dismissed_of }
    }

    /// The versions that were written for one of these conversations.
    fn covers(&self, ids: &HashSet<i64>) -> Vec<(&'a Answer, &'a Cover)> {
        let numbers: BTreeSet<usize> = ids.iter().filter_map(|id| self.covers_of.get(id)).flatten().copied().collect();
        numbers.into_iter().map(|number| self.covers[number]).collect()
    }

    fn dismissal(&self, ids: &HashSet<i64>) -> Option<&'a Dismissal> {
        ids.iter().filter_map(|id| self.dismissed_of.get(id)).min().map(|number| &self.dismissed[*number])
    }
}

fn grouped(group: &Group, lines: &[Line], decided: &Decided<'_>) -> Option<Grouped> {
    let of_group: Vec<&Line> = group.members.iter().filter_map(|n| lines.get(*n)).collect();
    let ids: HashSet<i64> = of_group.iter().map(|l| l.conversation_id).collect();
    let covers = decided.covers(&ids);
    // What came before the approval was waited for; what comes after it was not answered all the same.
    let served = covers.iter().filter_map(|(a, c)| a.served_since(c)).max();
    let rest: Vec<Line> = of_group.into_iter().filter(|l| served.is_none_or(|since| Timestamp(l.at) > since)).cloned().collect();
    let first = rest.iter().min_by_key(|l| l.conversation_id)?;
    let kept = |w: &&String| rest.iter().any(|l| l.text.contains(w.as_str()) || w.contains(l.text.as_str()));
    let mut wordings: Vec<String> = group.wordings.iter().filter(kept).cloned().collect();
    if wordings.is_empty() {
        wordings.push(first.text.clone());
    }
    let drafted = || covers.iter().find(|(a, c)| a.state != AnswerState::Retired && a.served_since(c).is_none());
    let standing = match decided.dismissal(&ids) {
        Some(dismissal) => Standing::Dismissed(Box::new(dismissal.clone())),
        None => drafted().map_or(Standing::Open, |(a, _)| Standing::Drafted(a.id, a.newest().map(|v| v.text.title.clone()).unwrap_or_default())),
    };
    Some(Grouped { id: ConversationId(first.conversation_id), title: group.title.clone(), wordings, lines: rest, standing })
}
