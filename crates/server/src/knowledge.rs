//! Plans, live answers and known issues, compiled for triage and clocks.
//!
//! A derived cache: it can be thrown away at any time and is rebuilt from the store when something it
//! was made from has changed, here or on another node (the event follower calls [`Knowledge::noticed`]).

use crate::App;
use crate::config::Language;
use crate::intake::Asked;
use hypercare_core::answer::AnswerText;
use hypercare_core::clock::Policy;
use hypercare_core::conversation::{Env, assistant};
use hypercare_core::plan::{Plan, PlannedField, SlaPolicy};
use hypercare_core::window::{Phase, Window, WindowEvent};
use hypercare_core::{AnswerId, Span, Timestamp, WindowId};
use hypercare_language::triage::{KnownIssue, LiveAnswer, PlanIndex};
use hypercare_language::{Item, Matcher, matcher};
use hypercare_store::queries::{answers, conversations, events, issues, windows};
use hypercare_store::{Query, StoreError};
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// What the assistant may say now.
#[derive(Clone, Debug)]
pub struct Live {
    /// Which version.
    pub version: u32,
    /// Its text.
    pub text: AnswerText,
}

/// One window, ready to use.
pub struct Compiled {
    /// The window as it was when this was compiled.
    pub window: Window,
    /// Reads messages.
    pub index: PlanIndex,
    /// What may be said.
    pub live: HashMap<AnswerId, Live>,
    /// What the assistant may do.
    pub assistant: assistant::Settings,
    hypercare: Option<Policy>,
    normal: Option<Policy>,
    /// Categories that are back on the normal promises.
    normalised: Vec<String>,
    past: Vec<Policy>,
    resolve_after: Span,
}

/// All windows that are not closed, newest first.
#[derive(Default)]
pub struct Catalogue {
    windows: Vec<Arc<Compiled>>,
    /// The promises of windows that were closed last: what was promised in them is still owed.
    closed: HashMap<WindowId, Vec<Policy>>,
    /// The fields that hold at the desk.
    pub fields: Vec<PlannedField>,
}

impl Catalogue {
    /// The windows whose change is live.
    pub fn open(&self) -> impl Iterator<Item = &Arc<Compiled>> {
        self.windows.iter().filter(|w| w.window.phase.is_open())
    }
    /// All of them.
    pub fn windows(&self) -> impl Iterator<Item = &Arc<Compiled>> {
        self.windows.iter()
    }
    /// One window.
    pub fn get(&self, id: WindowId) -> Option<&Arc<Compiled>> {
        self.windows.iter().find(|w| w.window.id == id)
    }
    /// The promises for a conversation of this window, or of none.
    pub fn env(&self, window: Option<WindowId>) -> Env<'_> {
        let own = window.and_then(|id| self.get(id));
        let gone = window.and_then(|id| self.closed.get(&id));
        let Some(any) = own.or_else(|| self.open().next()).or_else(|| self.windows.first()) else {
            return Env { past: gone.map_or(&[], Vec::as_slice), ..Env::default() };
        };
        Env {
            hypercare: own.and_then(|w| w.hypercare.as_ref()),
            normal: any.normal.as_ref(),
            past: own.map(|w| &w.past).or(gone).unwrap_or(&any.past),
            normalised: own.map_or(&[], |w| &w.normalised),
            resolve_after: Some(any.resolve_after),
        }
    }
}

/// The cache.
#[derive(Default)]
pub struct Knowledge {
    changes: AtomicU64,
    cached: RwLock<Option<(u64, Arc<Catalogue>)>>,
    building: tokio::sync::Mutex<()>,
    made: Arc<Made>,
    /// What customers ask again and again.
    pub asked: Asked,
}

/// A list of items and what was learned from it.
type Learned = (Vec<Item>, Arc<dyn Matcher>);

/// Matchers that were made lately, with what they were made from: learning takes a good part of a second, and a change
/// mostly touches one of a window's three lists.
#[derive(Default)]
struct Made {
    language: Language,
    lately: Mutex<VecDeque<Learned>>,
}

/// Matchers kept: the three lists of eight windows.
const MADE: usize = 24;

impl Made {
    fn of(&self, items: &[Item]) -> Arc<dyn Matcher> {
        let known = {
            let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
            let place = lately.iter().position(|(from, _)| from == items);
            place.and_then(|place| lately.remove(place)).map(|known| {
                let matcher = Arc::clone(&known.1);
                lately.push_back(known);
                matcher
            })
        };
        if let Some(known) = known {
            return known;
        }
        // Not under the lock: two windows learn side by side.
        let made: Arc<dyn Matcher> = Arc::from(matcher(items, self.language.encoder(), None));
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.push_back((items.to_vec(), Arc::clone(&made)));
        if lately.len() > MADE {
            lately.pop_front();
        }
        made
    }
}

impl Knowledge {
    /// Nothing is compiled yet.
    pub fn new(language: Language) -> Self {
        Self { made: Arc::new(Made { language: language.clone(), ..Made::default() }), asked: Asked::new(language), ..Self::default() }
    }

    /// Something it was made from has changed.
    pub fn stale(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// An event was read from the log.
    pub fn noticed(&self, event: &events::Line) {
        let matters = match event.subject_kind.as_str() {
            "answer" | "issue" => true,
            "window" => !matches!(event.kind.as_str(), "window.day_closed" | "window.stage_tightened" | "window.stage_offered"),
            // A correction teaches; the product's own first looks do not.
            "conversation" => event.kind == "conversation.triaged" && event.actor_kind == "person",
            _ => false,
        };
        if matters {
            self.stale();
        }
    }

    /// The current catalogue, compiled anew if something has changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn current(&self, app: &App) -> Result<Arc<Catalogue>, StoreError> {
        if let Some(known) = self.fresh() {
            return Ok(known);
        }
        let _one_at_a_time = self.building.lock().await;
        if let Some(known) = self.fresh() {
            return Ok(known);
        }
        let changes = self.changes.load(Ordering::Acquire);
        let built = Arc::new(compile(app).await?);
        *self.cached.write().unwrap_or_else(PoisonError::into_inner) = Some((changes, Arc::clone(&built)));
        Ok(built)
    }

    /// One window that is not closed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn for_window(&self, app: &App, id: WindowId) -> Result<Option<Arc<Compiled>>, StoreError> {
        Ok(self.current(app).await?.get(id).cloned())
    }

    fn fresh(&self) -> Option<Arc<Catalogue>> {
        let changes = self.changes.load(Ordering::Acquire);
        let cached = self.cached.read().unwrap_or_else(PoisonError::into_inner);
        cached.as_ref().filter(|(at, _)| *at == changes).map(|(_, catalogue)| Arc::clone(catalogue))
    }
}

async fn compile(app: &App) -> Result<Catalogue, StoreError> {
    let mut reader = app.reader();
    let mut compiled = Vec::new();
    let mut closed = HashMap::new();
    let corrected = Arc::new(conversations::corrected(&mut reader, CORRECTIONS).await?);
    let all = windows::list(&mut reader).await?;
    let fields = crate::fields::of_desk(&all);
    for window in all {
        if window.phase == Phase::Closed {
            if closed.len() < CLOSED {
                closed.insert(window.id, both(&plans(&mut reader, window.id).await?));
            }
            continue;
        }
        let answers = answers::of_window(&mut reader, Some(window.id)).await?;
        let issues = issues::of_window(&mut reader, window.id).await?;
        // Compiling takes milliseconds of pure computation for a large plan: not on the request threads.
        let corrected = Arc::clone(&corrected);
        let plans = plans(&mut reader, window.id).await?;
        let made = Arc::clone(&app.knowledge.made);
        let one = tokio::task::spawn_blocking(move || compile_window(window, &plans, &answers, &issues, &corrected, &made)).await;
        compiled.push(Arc::new(one.map_err(|_| StoreError::Panicked)?));
    }
    Ok(Catalogue { windows: compiled, closed, fields })
}

/// Corrections that are learned from: the newest so many.
const CORRECTIONS: i64 = 300;
/// Longer messages say too many things to be an example of one.
const EXAMPLE_LENGTH: usize = 300;

/// The plan with what people corrected as further examples: of the scenario they chose, or of what is out of scope.
fn taught(plan: &Plan, corrected: &[(String, Option<String>, Option<String>)]) -> Plan {
    let mut plan = plan.clone();
    for (scope, scenario, text) in corrected {
        let Some(text) = text.as_ref().filter(|t| t.chars().count() <= EXAMPLE_LENGTH) else { continue };
        let list = match (scope.as_str(), scenario) {
            ("in", Some(key)) => plan.scenarios.iter_mut().find(|s| s.key == *key).map(|s| &mut s.examples),
            ("out", _) => Some(&mut plan.scope.out_examples),
            _ => None,
        };
        if let Some(list) = list.filter(|list| !list.contains(text)) {
            list.push(text.clone());
        }
    }
    plan
}

/// Closed windows whose promises can still be owed: the newest so many.
const CLOSED: usize = 20;
/// Versions of a plan whose promises can still be owed: the newest so many.
const PLANS: i64 = 50;

/// The versions of a window's plan, oldest first, each with the time it was applied.
///
/// # Errors
/// When the database fails or an event is not readable.
pub async fn plans(q: &mut impl Query, window: WindowId) -> Result<Vec<(u32, Timestamp, Plan)>, StoreError> {
    let mut found = vec![];
    for line in events::newest_of_subject(q, "window", window.0, "window.plan_applied", PLANS).await? {
        let event = serde_json::from_str(&line.body).map_err(|e| StoreError::Corrupt { what: "event", detail: e.to_string() })?;
        if let WindowEvent::PlanApplied { version, plan, .. } = event {
            found.push((version, Timestamp(line.at), *plan));
        }
    }
    found.reverse();
    Ok(found)
}

/// One policy in every version of a plan, oldest first.
fn policies(plans: &[(u32, Timestamp, Plan)], name: &str, of: fn(&Plan) -> Option<&SlaPolicy>) -> Vec<Policy> {
    plans.iter().filter_map(|(version, at, plan)| Some(Policy::from_plan(name, of(plan)?, plan, *version, *at))).collect()
}

/// Both policies in every version of a plan.
pub fn both(plans: &[(u32, Timestamp, Plan)]) -> Vec<Policy> {
    let mut all = policies(plans, "hypercare", |plan| plan.sla.hypercare.as_ref());
    all.append(&mut policies(plans, "normal", |plan| plan.sla.normal.as_ref()));
    all
}

fn compile_window(
    window: Window,
    plans: &[(u32, Timestamp, Plan)],
    answers: &[hypercare_core::answer::Answer],
    issues: &[hypercare_core::issue::Issue],
    corrected: &[(String, Option<String>, Option<String>)],
    made: &Made,
) -> Compiled {
    let live: HashMap<AnswerId, Live> =
        answers.iter().filter_map(|a| a.live().map(|v| (a.id, Live { version: v.version, text: v.text.clone() }))).collect();
    let matchable: Vec<LiveAnswer> = answers
        .iter()
        .filter_map(|a| {
            let text = &live.get(&a.id)?.text;
            Some(LiveAnswer { id: a.id, key: a.key.clone(), title: text.title.clone(), examples: text.examples.clone() })
        })
        .collect();
    let known: Vec<KnownIssue> = issues
        .iter()
        .filter(|i| i.state.is_open())
        .map(|i| KnownIssue { id: i.id, title: i.title.clone(), scenario: i.scenario.clone(), wordings: i.wordings.clone() })
        .collect();
    let plan = &window.plan;
    let mut hypercare = policies(plans, "hypercare", |plan| plan.sla.hypercare.as_ref());
    let mut normal = policies(plans, "normal", |plan| plan.sla.normal.as_ref());
    let now = |list: &mut Vec<Policy>| list.pop_if(|policy| policy.version == window.plan_version);
    let (hypercare_now, normal_now) = (now(&mut hypercare), now(&mut normal));
    hypercare.append(&mut normal);
    Compiled {
        index: PlanIndex::with_matchers(&taught(plan, corrected), &matchable, &known, &|items| Box::new(made.of(items))),
        live,
        assistant: assistant::Settings { answers: plan.assistant.answers, confidence: plan.assistant.confidence },
        hypercare: hypercare_now,
        normal: normal_now,
        past: hypercare,
        resolve_after: plan.assistant.resolve_after.0,
        normalised: window.stages.normalised(),
        window,
    }
}
