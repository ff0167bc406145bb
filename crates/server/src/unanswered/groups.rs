//! The groups of a window, derived anew whenever what they are made of has changed.

use super::grouping::{Groupings, Question};
use super::readings::{Reading, Readings, readings};
use crate::App;
use hypercare_core::answer::{Answer, AnswerState, Cover};
use hypercare_core::unanswered::Dismissal;
use hypercare_core::{AnswerId, ConversationId, Timestamp, WindowId};
use hypercare_language::learning::{Asked, Group};
use hypercare_store::StoreError;
use hypercare_store::queries::answers;
use hypercare_store::queries::unanswered::{self, Line};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Messages that are looked at: the newest.
const LOOKED_AT: i64 = 2_000;
/// Wordings of a group that must all be answered before it counts as answered.
const TRIED: usize = 3;

/// What is remembered of what nobody answered.
#[derive(Default)]
pub struct Cache {
    groupings: Groupings<Line>,
    pub(super) readings: Readings,
}

impl Cache {
    /// Forgets all of it.
    pub fn forget(&self) {
        self.groupings.forget();
        self.readings.forget();
    }
}

impl Question for Line {
    fn asked(&self) -> Asked<'_> {
        Asked { id: self.conversation_id, at: Timestamp(self.at), text: &self.text }
    }
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
    let mut lines = unanswered::of_window(&mut reader, window, LOOKED_AT).await?;
    lines.reverse();
    let made = app.unanswered.groupings.of(app, window, lines).await?;
    let known = answers::of_window(&mut reader, Some(window)).await?;
    let dismissed = unanswered::dismissals(&mut reader, window).await?;
    let decided = Decided::new(&known, &dismissed);
    let mut found: Vec<Grouped> = made.groups.iter().filter_map(|g| grouped(g, &made.of, &decided)).collect();
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
