//! A review as the API shows it.

use super::actions::view::{ActionView, views as action_views};
use super::course::is_live;
use super::titles;
use crate::App;
use crate::http::{ApiResult, Caller};
use hypercare_core::action::Action;
use hypercare_core::review::{About, Addition, Agreed, Attendee, BriefKind, Item, Part, Review, Schedule, State};
use hypercare_core::role::Permission;
use hypercare_core::window::Window;
use hypercare_core::{ReviewId, Timestamp, WindowId};
use hypercare_store::queries::actions;
use serde::Serialize;
use utoipa::ToSchema;

/// Actions of one review.
pub(super) const ACTIONS: i64 = 200;

/// Somebody who attends, or should.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReviewPerson)]
pub struct Person {
    /// E-mail address.
    pub email: String,
    /// Name, or the address of a guest.
    pub name: String,
    /// They are there.
    pub present: bool,
}

/// What was said about an item.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReviewNote)]
pub struct NoteView {
    /// The text.
    pub text: String,
    /// Name it when you change the note.
    pub revision: u32,
    /// Who changed it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An item of the agenda.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReviewItem)]
pub struct ItemView {
    /// What names it within the review.
    pub key: String,
    /// Where it stands.
    pub part: Part,
    /// The part as a heading.
    pub heading: &'static str,
    /// What it is called.
    pub title: String,
    /// Its figures: as they were at the opening, and live before it.
    pub detail: String,
    /// What is behind it.
    pub about: About,
    /// It cannot wait.
    pub urgent: bool,
    /// What was said; none where nobody has written yet.
    pub note: Option<NoteView>,
}

/// A brief of the day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BriefSent {
    /// Which.
    pub kind: BriefKind,
    /// When it was handed over for sending.
    pub at: Timestamp,
    /// To which addresses.
    pub to: Vec<String>,
    /// It would have come too late and was passed over.
    pub passed_over: bool,
}

/// A review.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Review)]
pub struct ReviewView {
    /// Its id; none where nothing happened on that day yet.
    pub id: Option<ReviewId>,
    /// Of which window.
    pub window: WindowId,
    /// The local day (YYYY-MM-DD).
    pub day: String,
    /// Where it stands.
    pub state: State,
    /// When it begins or was to begin; none on a day without a planned one.
    pub planned_at: Option<Timestamp>,
    /// Until when it can begin without having been missed.
    pub latest_at: Option<Timestamp>,
    /// The zone of its times.
    pub zone: String,
    /// Name it when you close.
    pub revision: u32,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// Who leads through it.
    pub chair: Option<String>,
    /// It is you.
    pub you_chair: bool,
    /// Who attends, or should.
    pub people: Vec<Person>,
    /// Its agenda: as it is now before it is opened, and as it was then afterwards.
    pub items: Vec<ItemView>,
    /// What was agreed in it, as it is now.
    pub actions: Vec<ActionView>,
    /// What was agreed in it, as it stood when the minutes were closed.
    pub agreed: Vec<Agreed>,
    /// When it was missed: it did not begin in time.
    pub missed_at: Option<Timestamp>,
    /// When the minutes were closed.
    pub closed_at: Option<Timestamp>,
    /// Who closed them.
    pub closed_by: Option<String>,
    /// What was added later.
    pub additions: Vec<Addition>,
    /// The briefs of that day.
    pub briefs: Vec<BriefSent>,
    /// Whether you may hold it: open it, write notes, agree on actions.
    pub you_may_write: bool,
    /// Whether you may close it.
    pub you_may_close: bool,
}

/// What everything is shown with.
pub(super) struct Shown<'a> {
    pub window: &'a Window,
    pub schedule: &'a Schedule,
    pub caller: &'a Caller,
}

fn item(r: &Review, i: Item) -> ItemView {
    let note = r.notes.get(&i.key).map(|n| NoteView { text: n.text.clone(), revision: n.revision, by: n.by.clone(), at: n.at });
    ItemView { heading: i.part.heading(), key: i.key, part: i.part, title: i.title, detail: i.detail, about: i.about, urgent: i.urgent, note }
}

fn briefs(r: &Review) -> Vec<BriefSent> {
    let of = |kind| r.sent(kind).map(|sent| BriefSent { kind, at: sent.at, to: sent.to.clone(), passed_over: sent.brief.is_none() });
    [BriefKind::Morning, BriefKind::Executive].into_iter().filter_map(of).collect()
}

/// What was agreed in a review, as it is now.
pub(super) async fn agreed_in(app: &App, id: ReviewId) -> ApiResult<Vec<Action>> {
    Ok(actions::of_review(&mut app.reader(), id, ACTIONS).await?)
}

/// A review with its agenda: `live` is the day's, where it has not been opened.
///
/// # Errors
/// When the database fails.
pub(super) async fn view(app: &App, shown: &Shown<'_>, r: &Review, begun: bool, live: Vec<Item>) -> ApiResult<ReviewView> {
    let mut items = if r.state == State::Planned { live } else { r.items.clone() };
    titles::fill(&mut app.reader(), &mut items).await?;
    let day = r.of.day.parse().ok();
    let planned_at = match r.state {
        State::Planned => day.and_then(|day| shown.schedule.review(day)).filter(|_| is_live(shown.window)),
        _ => r.of.planned_at,
    };
    let may = shown.caller.may(Permission::ConversationsWrite);
    let you_chair = r.is_chair(shown.caller.user_id());
    let actions = if begun { agreed_in(app, r.of.id).await? } else { vec![] };
    Ok(ReviewView {
        id: begun.then_some(r.of.id),
        window: r.of.window,
        day: r.of.day.clone(),
        state: r.state,
        planned_at,
        latest_at: planned_at.and(day).and_then(|day| shown.schedule.latest(day)),
        zone: shown.schedule.zone_name.clone(),
        revision: r.revision,
        opened_at: r.opened_at,
        chair: r.chair.as_ref().map(|c| c.name.clone()),
        you_chair,
        people: r.people.iter().map(|p: &Attendee| Person { email: p.email.clone(), name: p.name.clone(), present: p.present }).collect(),
        items: items.into_iter().map(|i| item(r, i)).collect(),
        actions: action_views(app, shown.window.id, actions).await?,
        agreed: r.agreed.clone(),
        missed_at: r.missed_at,
        closed_at: r.closed_at,
        closed_by: r.closed_by.clone(),
        additions: r.additions.clone(),
        briefs: briefs(r),
        you_may_write: may && r.state != State::Closed,
        you_may_close: may && r.state == State::Open && (you_chair || shown.caller.may(Permission::WindowsWrite)),
    })
}
