//! What a plan and assumptions say together: the desk, its customers and its calendar, ready to be played.

use super::assumptions::{Assumptions, Demand, Stressor};
use super::quarters::{Open, hours_of_week, mean_one, usual_week};
use super::time::{Micros, after};
use hypercare_core::calendar::{self, Calendar};
use hypercare_core::clock::Policy;
use hypercare_core::plan::{ChangeKind, Plan, nearest};
use hypercare_core::signals::burn::Budget;
use hypercare_core::signals::{Day, Signal};
use hypercare_core::{Channel, Severity, Span, Timestamp};
use jiff::ToSpan;
use jiff::tz::TimeZone;

/// Days before those that count, so that they begin with customers who come back.
pub(crate) const WARM_UP: usize = 7;
/// Days of normal life before go-live: the baseline.
pub(crate) const BASELINE: usize = 28;
/// The category of everything that no scenario speaks of.
pub(crate) const OTHER: &str = "other";
/// What the plan's categories share of normal life; the rest is `other`.
const PLANNED_SHARE: f64 = 0.7;
/// Share of live contacts where the primary channel is chat.
const CHAT_LIVE: f64 = 0.3;
/// Share of answerable contacts that the assistant answers.
const ASSISTANT_SHARE: f64 = 0.3;
/// Categories that can be played.
const CATEGORIES_LIMIT: usize = 200;
/// Given shares that add up to this are taken as all there is.
const WHOLE: f64 = 0.995;
/// When the first invoice comes after go-live, where the plan does not say it.
const FIRST_INVOICE: Span = Span::days(7);
/// Users after a launch, relative to before.
const LAUNCH_USERS: f64 = 1.1;

/// A rise of contacts after a moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rise {
    pub at: Timestamp,
    /// In normal volumes of the category.
    pub size: f64,
    pub decay: Micros,
}

/// One kind of matter.
#[derive(Clone, Debug)]
pub(crate) struct Category {
    pub name: String,
    pub demand: Demand,
    /// First contacts on an average day of normal life.
    pub per_day: f64,
    pub rises: Vec<Rise>,
    /// Mean working time.
    pub service: Micros,
    /// Share of the category's scenarios that have an answer in the plan.
    pub answered: f64,
    /// Severities of its scenarios, one for each.
    pub severities: Vec<Severity>,
}

/// Everything that does not depend on chance or on measures.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub plan: Plan,
    pub assumptions: Assumptions,
    pub zone: TimeZone,
    pub go_live: Timestamp,
    /// Every day with its midnight, the end of the last one too.
    pub midnights: Vec<(Day, Timestamp)>,
    pub categories: Vec<Category>,
    pub hypercare: Option<Policy>,
    pub normal: Option<Policy>,
    /// How many promises may break, and in which hours that is counted.
    pub budget: Budget,
    /// When people are there.
    pub coverage: Open,
    /// Working time of those who ask again.
    pub business: Open,
    /// Weight of the hour of the week of each quarter, mean one.
    pub weights: Vec<f64>,
    pub live_share: f64,
    pub users_after: f64,
    pub assistant_share: f64,
    /// Whether days are measured and judged; off where only the queue is of interest.
    pub judged: bool,
}

impl World {
    /// `days` of the window are played, that of go-live included.
    ///
    /// # Errors
    /// What the plan lacks for that, as a sentence.
    pub(crate) fn new(plan: &Plan, assumptions: &Assumptions, days: usize) -> Result<Self, String> {
        let zone = calendar::zone(&plan.window.zone)?;
        let go_live = plan.go_live_at()?;
        let first = zone.to_datetime(go_live.to_jiff()).date();
        let midnights = midnights(&zone, first, days)?;
        let (from, until) = (midnights[0].1, midnights[midnights.len() - 1].1);
        let week = if assumptions.profile.is_empty() { mean_one(&usual_week()) } else { mean_one(&assumptions.profile) };
        let hours = plan.coverage.as_ref().map_or("always", |c| c.hours.as_str());
        let business = plan.sla.normal.as_ref().map_or("always", |p| p.calendar.as_str());
        Ok(Self {
            categories: categories(plan, assumptions, go_live)?,
            hypercare: plan.sla.hypercare.as_ref().map(|p| Policy::from_plan("hypercare", p, plan, 1, from)),
            normal: plan.sla.normal.as_ref().map(|p| Policy::from_plan("normal", p, plan, 1, from)),
            budget: Budget::of(plan),
            coverage: Open::new(&calendar_of(plan, hours), from, until),
            business: Open::new(&calendar_of(plan, business), from, until),
            weights: hours_of_week(&zone, from, until).into_iter().map(|h| week[h]).collect(),
            live_share: assumptions.live_share.unwrap_or(if is_live(plan) { CHAT_LIVE } else { 0.0 }),
            users_after: assumptions.users.after.unwrap_or(if plan.change.kind == ChangeKind::Launch { LAUNCH_USERS } else { 1.0 }),
            assistant_share: assumptions.assistant.share.unwrap_or_else(|| target(plan, Signal::AssistantShare).unwrap_or(ASSISTANT_SHARE)),
            judged: true,
            plan: plan.clone(),
            assumptions: assumptions.clone(),
            zone,
            go_live,
            midnights,
        })
    }

    pub(crate) fn starts(&self) -> Timestamp {
        self.midnights[0].1
    }
    pub(crate) fn ends(&self) -> Timestamp {
        self.midnights[self.midnights.len() - 1].1
    }
    /// Place of the day of go-live among the days.
    pub(crate) const fn first_day(&self) -> usize {
        WARM_UP + BASELINE
    }
    /// Active users at an instant, relative to before go-live.
    pub(crate) fn users(&self, at: Timestamp) -> f64 {
        let users = &self.assumptions.users;
        if at < self.go_live || (self.users_after - 1.0).abs() < 1e-12 {
            return 1.0;
        }
        let since = ((at - self.go_live).0 - users.half.0.0) as f64 / users.width.0.0.max(1) as f64;
        1.0 + (self.users_after - 1.0) / (1.0 + libm::exp(-since))
    }
    /// Expected first contacts of a category in the quarter that begins at `at`: of normal life, and because of the change.
    pub(crate) fn expected(&self, category: &Category, quarter: usize, at: Timestamp) -> (f64, f64) {
        let middle = after(at, super::quarters::QUARTER / 2);
        let normal = self.users(middle) * category.per_day / super::quarters::QUARTERS_A_DAY * self.weights[quarter];
        let rise = |r: &Rise| if middle < r.at { 0.0 } else { r.size * libm::exp(-((middle - r.at).0 as f64) / r.decay as f64) };
        (normal, normal * category.rises.iter().map(rise).sum::<f64>())
    }
    /// When a published answer begins to work.
    pub(crate) fn answers_from(&self) -> Timestamp {
        self.go_live + self.assumptions.answers.lag.0
    }
}

fn target(plan: &Plan, signal: Signal) -> Option<f64> {
    plan.signals.iter().find(|s| s.key == signal.key())?.target
}

/// Whether customers wait in the plan's primary channel.
fn is_live(plan: &Plan) -> bool {
    plan.intake.as_ref().is_some_and(|i| i.primary == Channel::Chat)
}

fn midnights(zone: &TimeZone, first: Day, days: usize) -> Result<Vec<(Day, Timestamp)>, String> {
    let before = i64::try_from(WARM_UP + BASELINE).unwrap_or(0);
    let start = first.checked_sub(before.days()).map_err(|_| format!("there is no time before {first}"))?;
    std::iter::successors(Some(start), |d| d.tomorrow().ok())
        .take(WARM_UP + BASELINE + days + 1)
        .map(|day| {
            let midnight = zone.to_timestamp(day.at(0, 0, 0, 0)).map_err(|_| format!("{day} is outside the range of times that can be used"))?;
            Ok((day, Timestamp::from_jiff(midnight)))
        })
        .collect()
}

/// A calendar of the plan by name; around the clock where it has none of that name.
fn calendar_of(plan: &Plan, name: &str) -> Calendar {
    plan.calendars.get(name).and_then(|c| Calendar::from_section(c, &plan.window.zone).ok()).unwrap_or_else(Calendar::always)
}

fn categories(plan: &Plan, a: &Assumptions, go_live: Timestamp) -> Result<Vec<Category>, String> {
    let mut names: Vec<&str> = plan.scenarios.iter().map(|s| s.category.as_str()).filter(|c| !c.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    if !names.contains(&OTHER) {
        names.push(OTHER);
    }
    // A kind that only the file knows needs its volume; without one its name is a slip.
    if let Some((stranger, _)) = a.categories.iter().find(|(name, c)| !names.contains(&name.as_str()) && c.share.is_none()) {
        let meant = nearest(stranger, names.iter().copied()).map(|n| format!("did you mean `{n}`? ")).unwrap_or_default();
        return Err(format!(
            "`categories.{stranger}` is not a category of the plan: {meant}It has {}; another kind needs a `share`",
            names.join(", ")
        ));
    }
    names.extend(a.categories.keys().map(String::as_str).filter(|name| !plan.scenarios.iter().any(|s| s.category == *name) && *name != OTHER));
    if names.len() > CATEGORIES_LIMIT {
        return Err(format!("there are {} categories; at most {CATEGORIES_LIMIT} can be played", names.len()));
    }
    let known = |name: &str| names.contains(&name);
    if let Some((i, stranger)) = a.stressors.iter().enumerate().find_map(|(i, s)| Some((i, s.category.as_deref().filter(|c| !known(c))?))) {
        return Err(format!("`stressors[{i}].category` names `{stranger}`, which is not a category of the plan: it has {}", names.join(", ")));
    }
    let planned = plan.scenarios.iter().filter(|s| !s.category.is_empty() && s.category != OTHER).count();
    // Shares that make up everything leave nothing for kinds that have none.
    let given: f64 = a.categories.values().filter_map(|c| c.share).sum();
    let whole = given >= WHOLE;
    let shares: Vec<f64> = names.iter().map(|name| share(plan, a, name, planned, whole)).collect();
    let sum: f64 = shares.iter().sum();
    if sum <= 0.0 {
        return Err("`categories` give no share to any category: at least one needs a share above 0".into());
    }
    Ok(names.iter().zip(shares).map(|(name, share)| category(plan, a, go_live, name, share / sum)).collect())
}

fn share(plan: &Plan, a: &Assumptions, name: &str, planned: usize, whole: bool) -> f64 {
    let given = a.categories.get(name).and_then(|c| c.share);
    let scenarios = plan.scenarios.iter().filter(|s| s.category == name).count();
    given.unwrap_or_else(|| match (name, planned) {
        _ if whole => 0.0,
        (OTHER, 0) => 1.0,
        (OTHER, _) => 1.0 - PLANNED_SHARE,
        _ => PLANNED_SHARE * scenarios as f64 / planned.max(1) as f64,
    })
}

/// When money is asked about, after go-live: with the plan's first stressor, at once where prices are what changes, else
/// with an invoice a week later.
fn first_invoice(plan: &Plan, go_live: Timestamp) -> Span {
    let stressor = |s: &hypercare_core::plan::Stressor| {
        let at = hypercare_core::plan::instant(&format!("{}T06:00", s.on.trim()), &plan.window.zone).ok()?;
        (at > go_live).then(|| at - go_live)
    };
    match plan.exit.stressors.iter().filter_map(stressor).min() {
        Some(first) => first,
        None if plan.change.kind == ChangeKind::PolicyPriceProcess => Span::ZERO,
        None => FIRST_INVOICE,
    }
}

fn category(plan: &Plan, a: &Assumptions, go_live: Timestamp, name: &str, share: f64) -> Category {
    let given = a.categories.get(name).cloned().unwrap_or_default();
    let demand = given.like.unwrap_or_else(|| Demand::of(name));
    let (size, decay) = demand.rise();
    let length = |given: Option<hypercare_core::plan::Length>, usual: Span| given.map_or(usual, |l| l.0);
    // Where money itself is the change, nobody waits for the first invoice to ask.
    let usual = if demand == Demand::Billing { first_invoice(plan, go_live) } else { Span::ZERO };
    let mut rises =
        vec![Rise { at: go_live + length(given.rises_after, usual), size: given.rise.unwrap_or(size), decay: length(given.decay, decay).0 }];
    let meant = |s: &&Stressor| s.category.as_deref().is_none_or(|c| c == name);
    rises.extend(a.stressors.iter().filter(meant).map(|s| Rise { at: go_live + s.after.0, size: s.rise, decay: s.decay.0.0 }));
    let scenarios: Vec<_> = plan.scenarios.iter().filter(|s| s.category == name).collect();
    let answered = scenarios.iter().filter(|s| s.answer.as_deref().is_some_and(|key| plan.answer(key).is_some())).count();
    Category {
        name: name.to_owned(),
        demand,
        per_day: share * a.contacts_per_day,
        rises,
        service: length(given.service, demand.service()).0,
        answered: answered as f64 / scenarios.len().max(1) as f64,
        severities: scenarios.iter().map(|s| s.severity).collect(),
    }
}

/// The longest that a simulation looks ahead, in days.
pub(crate) const DAYS_LIMIT: usize = 120;
