//! `GET /updates/{id}/effect`: contacts on an update's topics before and after it. The rule is in `core/src/update/effect.rs`.

use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::calendar;
use hypercare_core::issue::Issue;
use hypercare_core::topic::Topic;
use hypercare_core::update::effect::{self, EffectSide, Found, Missing, Usual};
use hypercare_core::update::{Entry, Update};
use hypercare_core::window::Window;
use hypercare_core::{EntryId, Span, Timestamp, UpdateId};
use hypercare_store::queries::effect as stored;
use hypercare_store::{Query, StoreError};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is said with each such figure.
const LIMITS: &str = "An association, not a proof. Updates are written when contacts peak, so some of a fall would have come anyway (regression to the mean); \
    whatever else happened in these days is in the figure too. Compared are whole days of 24 hours right before and right after, against what such days usually have.";

/// The effects of one matter.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpdateEffects {
    /// One for each entry that corrects none and each topic that it names, newest first.
    pub items: Vec<UpdateEffect>,
    /// What the figures are, and what they are not.
    pub limits: &'static str,
}

/// Contacts on one topic before and after one entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UpdateEffect {
    /// The entry.
    pub entry: EntryId,
    /// Its number in the matter.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// The topic's word.
    pub topic: String,
    /// Its name.
    pub name: String,
    /// The list of conversations that the figures are of takes these: `dimension`, `value`, and `since` and `until` of a side.
    pub dimension: &'static str,
    /// See `dimension`.
    pub value: String,
    /// Whole days on each side; none where there are too few yet.
    pub days: Option<u32>,
    /// Before it.
    pub before: Option<EffectSide>,
    /// After it.
    pub after: Option<EffectSide>,
    /// What can be said.
    pub found: Option<Found>,
    /// Why nothing can, where nothing can.
    pub missing: Option<Missing>,
    /// The same in words.
    pub why: Option<&'static str>,
    /// When there is something to say at the earliest, where it is too soon.
    pub ready_at: Option<Timestamp>,
    /// Other entries of the matter that were published within the days compared: their effect cannot be told apart.
    pub others: usize,
    /// Weekdays are told apart: there was enough time before the change to know them.
    pub weekdays: bool,
}

/// What a window's desk had usually before the change.
///
/// # Errors
/// When the database fails.
pub async fn usual(q: &mut impl Query, window: &Window) -> Result<Usual, StoreError> {
    let zone = calendar::zone(&window.plan.window.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let end = window.go_live_at;
    let hours = stored::by_hour(q, end - Span::days(effect::USUAL_DAYS), end).await?;
    let mut days: BTreeMap<jiff::civil::Date, [u64; 24]> = BTreeMap::new();
    let day_of = |at: Timestamp| zone.to_datetime(at.to_jiff());
    if let Some((first, _)) = hours.iter().min_by_key(|(at, _)| *at) {
        // Days without a single conversation are days too.
        let (mut day, last) = (day_of(*first).date(), day_of(end).date());
        while day < last {
            days.insert(day, [0; 24]);
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
    }
    for (at, n) in hours {
        let at = day_of(at);
        if let (Some(day), Ok(hour)) = (days.get_mut(&at.date()), usize::try_from(at.hour())) {
            day[hour.min(23)] += n;
        }
    }
    Ok(Usual::new(&days.into_iter().collect::<Vec<_>>(), zone))
}

/// The effects of a matter's entries, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_matter(q: &mut impl Query, window: &Window, m: &Update, usual: &Usual, now: Timestamp) -> Result<Vec<UpdateEffect>, StoreError> {
    let mut all = vec![];
    for entry in m.entries.iter().rev().filter(|e| e.corrects.is_none()) {
        for topic in entry.content.topics.iter().filter_map(|word| Topic::parse(word).ok()) {
            all.push(one(q, window, (m, entry), topic, usual, now).await?);
        }
    }
    Ok(all)
}

async fn one(
    q: &mut impl Query,
    window: &Window,
    (m, entry): (&Update, &Entry),
    topic: Topic,
    usual: &Usual,
    now: Timestamp,
) -> Result<UpdateEffect, StoreError> {
    let at = entry.published_at;
    let name = match &topic {
        Topic::Scenario(key) => window.plan.scenario(key).map_or_else(|| key.clone(), |s| s.name.clone()),
        Topic::Category(key) => key.clone(),
        Topic::Issue(id) => hypercare_store::load::<Issue>(q, id.0).await?.map_or_else(|| id.to_string(), |issue| issue.title),
    };
    let mut shown = UpdateEffect {
        entry: entry.id,
        number: entry.number,
        title: entry.content.title.clone(),
        published_at: at,
        topic: topic.to_string(),
        name,
        dimension: topic.dimension(),
        value: topic.value(),
        days: None,
        before: None,
        after: None,
        found: None,
        missing: None,
        why: None,
        ready_at: None,
        others: 0,
        weekdays: usual.knows_weekdays(),
    };
    match effect::days(at, window.go_live_at, now) {
        Ok(days) => {
            let length = Span::days(i64::from(days));
            let before = stored::by_day(q, window.id, &topic, at - length, at).await?;
            let after = stored::by_day(q, window.id, &topic, at, at + length).await?;
            let ([early, late], found) = effect::compare(at, (&before, &after), usual);
            (shown.days, shown.before, shown.after) = (Some(days), Some(early), Some(late));
            shown.others = m.entries.iter().filter(|e| e.id != entry.id && e.published_at > at - length && e.published_at < at + length).count();
            match found {
                Ok(found) => shown.found = Some(found),
                Err(why) => shown.missing = Some(why),
            }
        }
        Err(why) => {
            shown.ready_at = (why == Missing::TooSoon).then(|| effect::ready_at(at));
            shown.missing = Some(why);
        }
    }
    shown.why = shown.missing.map(Missing::say);
    Ok(shown)
}

/// Contacts before and after an update
///
/// For each entry and topic: whole days before against whole days after, with the 95 % interval of their ratio. Each figure is the length of the
/// list of conversations of its dimension, value and time.
#[utoipa::path(get, path = "/updates/{id}/effect", operation_id = "update_effect", tag = "updates", params(("id" = UpdateId, Path)),
    responses((status = 200, body = UpdateEffects), (status = "4XX", body = Problem)))]
pub(super) async fn update_effect(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<UpdateId>) -> ApiResult<Json<UpdateEffects>> {
    let mut reader = app.reader();
    let m = hypercare_store::load::<Update>(&mut reader, id.0).await?.ok_or_else(|| Problem::not_found("update"))?;
    let window = crate::windows::load(&mut reader, m.window).await?;
    let usual = usual(&mut reader, &window).await?;
    let items = of_matter(&mut reader, &window, &m, &usual, app.now()).await?;
    Ok(Json(UpdateEffects { items, limits: LIMITS }))
}
