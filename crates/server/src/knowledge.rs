//! Plans, live answers and known issues, compiled for triage and clocks.
//!
//! A derived cache: it can be thrown away at any time and is rebuilt from the store when something it
//! was made from has changed, here or on another node (the event follower calls [`Knowledge::noticed`]).

mod taught;

use crate::App;
use crate::config::Language;
use crate::intake::Asked;
use crate::sure::{Fitted, settings};
use hypercare_core::answer::AnswerText;
use hypercare_core::clock::Policy;
use hypercare_core::conversation::{Conversation, Env, assistant};
use hypercare_core::plan::{Plan, PlannedField, SlaPolicy};
use hypercare_core::triage::Triage;
use hypercare_core::window::{Phase, Window, WindowEvent};
use hypercare_core::{AnswerId, Channel, Span, Timestamp, WindowId};
use hypercare_language::calibration::Calibrator;
use hypercare_language::trained::{Heads, Lesson, Seeds, Taught};
use hypercare_language::triage::{Context, KnownIssue, List, LiveAnswer, PlanIndex};
use hypercare_language::{Item, Matcher, matcher};
use hypercare_store::queries::{answers, conversations, events, issues, windows};
use hypercare_store::{Query, StoreError};
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

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

impl Compiled {
    /// What customers on a channel read where questions about the change should go elsewhere.
    pub fn pointer(&self, channel: Channel) -> Option<&str> {
        let intake = self.window.plan.intake.as_ref().filter(|intake| intake.primary != channel)?;
        Some(intake.pointer.trim()).filter(|pointer| !pointer.is_empty())
    }
}

/// All windows that are not closed, newest first.
#[derive(Default)]
pub struct Catalogue {
    windows: Vec<Arc<Compiled>>,
    /// The promises of windows that were closed last: what was promised in them is still owed.
    closed: HashMap<WindowId, Vec<Policy>>,
    /// The fields that hold at the desk.
    pub fields: Vec<PlannedField>,
    /// Reads what comes while no window is open: without a plan, by what the product knows of any desk.
    outside: Option<Arc<PlanIndex>>,
}

impl Catalogue {
    /// The windows whose change is live.
    pub fn open(&self) -> impl Iterator<Item = &Arc<Compiled>> {
        self.windows.iter().filter(|w| w.window.phase.is_open())
    }
    /// What customers on a channel read where questions about a change should go elsewhere.
    pub fn pointers(&self, channel: Channel) -> impl Iterator<Item = &str> {
        self.open().filter_map(move |w| w.pointer(channel))
    }
    /// All of them.
    pub fn windows(&self) -> impl Iterator<Item = &Arc<Compiled>> {
        self.windows.iter()
    }
    /// The first look at a message while no window is open.
    pub(crate) fn outside(&self, text: &str, context: &Context<'_>) -> Triage {
        self.outside.as_ref().map_or_else(Triage::default, |index| index.triage_outside(text, context))
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

/// A list of items, what says how sure a match is, and what was learned from both.
struct Learned {
    items: Vec<Item>,
    calibrator: Option<Arc<Calibrator>>,
    matcher: Arc<dyn Matcher>,
}

/// Matchers that were made lately, with what they were made from: learning takes a good part of a second, and a change
/// mostly touches one of a window's three lists.
#[derive(Default)]
struct Made {
    language: Language,
    lately: Mutex<VecDeque<Learned>>,
    /// What every window's heads begin with: encoded once, at the first look.
    seeds: OnceLock<Seeds>,
    heads: Mutex<VecDeque<LearnedHeads>>,
    /// The same for every desk: no plan, no lessons.
    outside: OnceLock<Arc<PlanIndex>>,
}

/// Heads, and the plan and the lessons that they were made from.
struct LearnedHeads {
    plan: Plan,
    lessons: Vec<(Lesson, Taught)>,
    heads: Arc<Heads>,
}

/// Heads kept: those of eight windows.
const HEADS: usize = 8;

/// Matchers kept: the three lists of eight windows.
const MADE: usize = 24;

impl Made {
    fn forget(&self) {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn seeds(&self) -> &Seeds {
        self.seeds.get_or_init(|| Seeds::new(self.language.encoder()))
    }

    /// Reads what comes while no window is open.
    fn outside(&self) -> Arc<PlanIndex> {
        let made = || PlanIndex::new(&Plan::default(), &[], &[]).with_heads(Arc::new(Heads::new(self.seeds(), &Plan::default(), &[])));
        Arc::clone(self.outside.get_or_init(|| Arc::new(made())))
    }

    /// The heads of a plan with these lessons: an issue that changes teaches them nothing.
    fn heads(&self, plan: &Plan, lessons: &[(Lesson, Taught)]) -> Arc<Heads> {
        let lately = || self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lately().iter().find(|known| known.lessons == lessons && known.plan == *plan) {
            return Arc::clone(&known.heads);
        }
        let heads = Arc::new(Heads::new(self.seeds(), plan, lessons));
        let mut lately = lately();
        lately.push_back(LearnedHeads { plan: plan.clone(), lessons: lessons.to_vec(), heads: Arc::clone(&heads) });
        if lately.len() > HEADS {
            lately.pop_front();
        }
        heads
    }

    fn of(&self, items: &[Item], calibrator: Option<&Arc<Calibrator>>) -> Arc<dyn Matcher> {
        let known = {
            let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
            let place = lately.iter().position(|known| known.items == items && known.calibrator.as_ref() == calibrator);
            place.and_then(|place| lately.remove(place)).map(|known| {
                let matcher = Arc::clone(&known.matcher);
                lately.push_back(known);
                matcher
            })
        };
        if let Some(known) = known {
            return known;
        }
        // Not under the lock: two windows learn side by side.
        let made: Arc<dyn Matcher> = Arc::from(matcher(items, self.language.encoder(), calibrator));
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.push_back(Learned { items: items.to_vec(), calibrator: calibrator.cloned(), matcher: Arc::clone(&made) });
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

    /// Learns a list of answers before it is needed, so that no message waits for it. Takes a good part of a second: not for
    /// request threads.
    pub(crate) fn learn(&self, items: &[Item], calibrator: Option<&Arc<Calibrator>>) {
        drop(self.made.of(items, calibrator));
    }

    /// Something it was made from has changed.
    pub fn stale(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// Forgets all that was compiled from texts: some were erased.
    pub fn forget(&self) {
        self.made.forget();
        self.asked.forget();
        *self.cached.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.stale();
    }

    /// An event was read from the log.
    pub fn noticed(&self, event: &events::Line) {
        let matters = match event.subject_kind.as_str() {
            "answer" | "issue" => true,
            "window" => !matches!(
                event.kind.as_str(),
                "window.day_closed" | "window.stage_tightened" | "window.stage_offered" | "window.labelled" | "window.unlabelled"
            ),
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
        let fitted = app.sure.of(app, window.id);
        let one = tokio::task::spawn_blocking(move || compile_window(window, &plans, &answers, &issues, &corrected, fitted.as_deref(), &made)).await;
        compiled.push(Arc::new(one.map_err(|_| StoreError::Panicked)?));
    }
    app.sure.keep(&compiled.iter().map(|w: &Arc<Compiled>| w.window.id).collect::<Vec<_>>());
    let made = Arc::clone(&app.knowledge.made);
    let outside = tokio::task::spawn_blocking(move || made.outside()).await.map_err(|_| StoreError::Panicked)?;
    Ok(Catalogue { windows: compiled, closed, fields, outside: Some(outside) })
}

/// Corrections that are learned from: the newest so many.
pub(crate) const CORRECTIONS: i64 = 300;

/// A conversation whose first look people corrected, and how the customer began.
pub(crate) type Corrected = (Conversation, Option<String>);

/// The window's plan with what people corrected as further examples: of the scenario they chose, or of what is out of scope.
pub(crate) fn taught_plan(window: WindowId, plan: &Plan, corrected: &[Corrected]) -> Plan {
    taught::plan(plan, &taught::lessons(window, plan, corrected))
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

/// The answers that may be said, for matching; without what was confirmed for them.
pub(crate) fn matchable(answers: &[hypercare_core::answer::Answer]) -> impl Iterator<Item = LiveAnswer> {
    answers.iter().filter_map(|a| {
        let text = &a.live()?.text;
        Some(LiveAnswer { id: a.id, key: a.key.clone(), title: text.title.clone(), examples: text.examples.clone(), confirmed: vec![] })
    })
}

fn compile_window(
    window: Window,
    plans: &[(u32, Timestamp, Plan)],
    answers: &[hypercare_core::answer::Answer],
    issues: &[hypercare_core::issue::Issue],
    corrected: &[Corrected],
    fitted: Option<&Fitted>,
    made: &Made,
) -> Compiled {
    let confirmed = |id: AnswerId| fitted.and_then(|f| f.confirmed.get(&id)).cloned().unwrap_or_default();
    let live: HashMap<AnswerId, Live> =
        answers.iter().filter_map(|a| a.live().map(|v| (a.id, Live { version: v.version, text: v.text.clone() }))).collect();
    let matchable: Vec<LiveAnswer> = matchable(answers).map(|a| LiveAnswer { confirmed: confirmed(a.id), ..a }).collect();
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
    let lessons = taught::lessons(window.id, plan, corrected);
    let heads = made.heads(plan, &lessons);
    let index = PlanIndex::with_matchers(&taught::plan(plan, &lessons), &matchable, &known, &|list, items| {
        // How sure a match is was learned for answers: scenarios and issues are not what outcomes are about.
        let calibrator = fitted.and_then(|f| f.fit.calibrator.as_ref()).filter(|_| list == List::Answers);
        Box::new(made.of(items, calibrator))
    });
    Compiled {
        index: index.with_heads(heads),
        live,
        assistant: settings(plan, fitted),
        hypercare: hypercare_now,
        normal: normal_now,
        past: hypercare,
        resolve_after: plan.assistant.resolve_after.0,
        normalised: window.stages.normalised(),
        window,
    }
}
