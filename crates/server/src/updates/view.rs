//! An update as the API shows it to the team.

use crate::App;
use crate::http::{ApiResult, Caller, Problem};
use crate::windows::{owner, rights};
use hypercare_core::plan::Rights;
use hypercare_core::update::{Content, Draft, Entry, MatterState, Update, may_approve, render};
use hypercare_core::window::Window;
use hypercare_core::{EntryId, Timestamp, UpdateId, WindowId};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A matter that customers are told of, and all that was said of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Update)]
pub struct UpdateView {
    /// Id.
    pub id: UpdateId,
    /// Of which window.
    pub window: WindowId,
    /// The title of what was said last, or of what is being written.
    pub title: String,
    /// How far the matter is, as customers read it; none before the first entry is out.
    pub state: Option<MatterState>,
    /// When it was begun.
    pub opened_at: Timestamp,
    /// What is being written.
    pub draft: Option<UpdateDraft>,
    /// What was published, newest first.
    pub entries: Vec<UpdateEntry>,
    /// When the next one is promised.
    pub promise: Option<UpdatePromise>,
    /// The newest entry stands in banners and chats.
    pub on_show: bool,
    /// Whom the plan lets approve now: names, or addresses of people who never signed in. Leads may always.
    pub may_approve: Vec<String>,
    /// Whether you may.
    pub you_may_approve: bool,
    /// Its place on the status page.
    pub page: String,
}

/// What is being written.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UpdateDraft {
    /// The id that the entry will have.
    pub entry: EntryId,
    /// Its number in the matter.
    pub number: usize,
    /// What it says.
    pub content: Content,
    /// The entry that it corrects.
    pub corrects: Option<EntryId>,
    /// Counts the edits: name it when you edit, approve or publish.
    pub revision: u32,
    /// Who wrote it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Approval was asked for.
    pub asked: bool,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Option<Timestamp>,
}

/// What was published.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UpdateEntry {
    /// Id: the version that every place names.
    pub id: EntryId,
    /// Its number in the matter, from 1.
    pub number: u32,
    /// What it says.
    pub content: Content,
    /// The same as every place shows it.
    pub text: String,
    /// The entry that it corrects.
    pub corrects: Option<EntryId>,
    /// A later entry corrects it.
    pub corrected: bool,
    /// Who wrote it.
    pub written_by: String,
    /// Who approved it.
    pub approved_by: String,
    /// Who published it.
    pub published_by: String,
    /// When.
    pub published_at: Timestamp,
    /// When it leaves banners and chats.
    pub leaves_at: Timestamp,
}

/// The promise of the next update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UpdatePromise {
    /// When it was made.
    pub made_at: Timestamp,
    /// When 80 % of its time are over.
    pub soon_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// It did not come in time.
    pub overdue: bool,
}

/// The promise of a matter at a moment.
pub(super) fn promise(m: &Update, now: Timestamp) -> Option<UpdatePromise> {
    m.promise.as_ref().map(|p| UpdatePromise { made_at: p.made_at, soon_at: p.warn_at(), due_at: p.due_at, overdue: p.due_at <= now })
}

/// Views of matters, as this caller sees them.
///
/// # Errors
/// When the database fails.
pub(super) async fn views(app: &App, caller: &Caller, list: Vec<Update>) -> ApiResult<Vec<UpdateView>> {
    let mut reader = app.reader();
    let names = owner::names(&mut reader).await?;
    let now = app.now();
    let mut windows: HashMap<WindowId, (Window, Option<String>)> = HashMap::new();
    for id in list.iter().map(|m| m.window) {
        if !windows.contains_key(&id)
            && let Some(window) = hypercare_store::load::<Window>(&mut reader, id.0).await?
        {
            let on_duty = owner::email_at(&mut reader, &window, now).await?;
            windows.insert(id, (window, on_duty));
        }
    }
    let shown = |m: Update| {
        let (window, on_duty) = windows.get(&m.window)?;
        let topics = m.draft.as_ref().map_or(&[][..], |draft| &draft.content.topics);
        let approvers = may_approve(&window.plan, topics, on_duty.as_deref());
        Some(view(app, caller, window, &approvers, &names, m, now))
    };
    Ok(list.into_iter().filter_map(shown).collect())
}

/// The view of one matter.
///
/// # Errors
/// When the database fails.
pub(super) async fn one(app: &App, caller: &Caller, update: Update) -> ApiResult<UpdateView> {
    views(app, caller, vec![update]).await?.pop().ok_or_else(Problem::internal)
}

fn view(app: &App, caller: &Caller, w: &Window, approvers: &Rights, names: &HashMap<String, String>, m: Update, now: Timestamp) -> UpdateView {
    let title = m.newest().map(|e| &e.content.title).or_else(|| m.draft.as_ref().map(|d| &d.content.title)).cloned().unwrap_or_default();
    UpdateView {
        id: m.id,
        window: m.window,
        title,
        state: m.newest().map(|e| e.content.state),
        opened_at: m.opened_at,
        entries: m.entries.iter().rev().map(|e| entry(&m, e)).collect(),
        promise: promise(&m, now),
        on_show: m.on_show(now).is_some(),
        you_may_approve: rights::allow(approvers, caller),
        may_approve: rights::names(approvers, names),
        page: super::places::matter_url(app, &w.key, m.id),
        draft: m.draft.map(|d| draft(d, m.entries.len() + 1)),
    }
}

fn entry(m: &Update, e: &Entry) -> UpdateEntry {
    UpdateEntry {
        id: e.id,
        number: e.number,
        content: e.content.clone(),
        text: render::entry(m, e).plain(),
        corrects: e.corrects,
        corrected: m.is_corrected(e.id),
        written_by: e.written_by.clone(),
        approved_by: e.approved_by.clone(),
        published_by: e.published_by.clone(),
        published_at: e.published_at,
        leaves_at: e.leaves_at,
    }
}

fn draft(d: Draft, number: usize) -> UpdateDraft {
    UpdateDraft {
        entry: d.entry,
        number,
        content: d.content,
        corrects: d.corrects,
        revision: d.revision,
        by: d.by,
        at: d.at,
        asked: d.asked,
        approved_by: d.approved.as_ref().map(|a| a.by.clone()),
        approved_at: d.approved.map(|a| a.at),
    }
}
