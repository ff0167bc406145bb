//! `GET /windows/{id}/backlog`. Every figure is the length of a list of `GET /conversations`, whose filters stand beside it.

use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use crate::signals::days::{Days, between};
use crate::windows;
use axum::Json;
use axum::extract::State;
use hypercare_core::backlog::{self, BANDS, DayFlow, Forecast, Share, Wait, bottleneck, forecast};
use hypercare_core::signals::Day;
use hypercare_core::{Timestamp, WindowId};
use hypercare_store::queries::backlog::{self as stored, ByAge, Of};
use hypercare_store::{Reader, StoreError};
use jiff::ToSpan;
use serde::Serialize;
use utoipa::ToSchema;

/// Colleagues and issues that are listed; those with most.
const LISTED: i64 = 50;
/// Days of coming and going that are shown, today among them.
const DAYS: i32 = 14;

/// What waits for one thing. Its list: `wait=…`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BacklogByWait {
    /// On whom.
    pub wait: Wait,
    /// Open conversations.
    pub open: i64,
    /// When the oldest was opened.
    pub oldest: Option<Timestamp>,
    /// How many of them nobody has.
    pub nobody: i64,
}

/// What is about as old. Its list: `wait=any`, with `since` and `until`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BacklogByAge {
    /// How old at least, in hours.
    pub from_hours: i64,
    /// How old at most; none for the oldest.
    pub to_hours: Option<i64>,
    /// Opened at this instant or later; none for the oldest.
    pub since: Option<Timestamp>,
    /// Opened before this instant.
    pub until: Timestamp,
    /// Open conversations.
    pub open: i64,
    /// The same by what they wait for, in the order of `waits`.
    pub waits: Vec<i64>,
}

/// What one colleague has, or what is about one issue. Its list: `wait=any`, with `assignee` or `issue`, or `without=assignee`, `without=issue`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BacklogOf {
    /// The colleague's or issue's id; none for nobody and none.
    pub id: Option<String>,
    /// Name or title.
    pub name: Option<String>,
    /// Open conversations.
    pub open: i64,
    /// When the oldest was opened.
    pub oldest: Timestamp,
}

/// What came and went on a day. Its lists: `since` and `until`, and the same with `signal=left`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BacklogDay {
    /// The day, in the programme's zone.
    pub day: String,
    /// Its first instant.
    pub since: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
    /// Conversations opened.
    pub arrivals: i64,
    /// Conversations that left the backlog for the last time so far: settled, or part of another one.
    pub left: i64,
    /// What was open at its end; for today, now.
    pub open: i64,
}

/// What can be said of the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BacklogEnd {
    /// Nothing is open.
    Clear,
    /// There were not enough whole days.
    TooEarly,
    /// It does not clear at today's pace.
    Never,
    /// It will be gone.
    Clears,
}

/// When the backlog is gone, if everything goes on as in the last days.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BacklogForecast {
    /// What can be said.
    pub end: BacklogEnd,
    /// In words.
    pub sentence: String,
    /// How many more go than come in a day, on average of the last seven whole days.
    pub net: Option<f64>,
    /// In so many days.
    pub days: Option<f64>,
    /// In so many days at the earliest (95 %).
    pub earliest: Option<f64>,
    /// At the latest; none where it may not be gone at all.
    pub latest: Option<f64>,
}

/// The backlog of a window.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Backlog {
    /// At which instant.
    pub at: Timestamp,
    /// Open conversations. Their list: `wait=any`.
    pub open: i64,
    /// Conversations that are open outside this window: with it, all that `GET /conversations?view=all` lists.
    pub elsewhere: i64,
    /// What it waits for most, in a sentence.
    pub bottleneck: String,
    /// The wait that stands out.
    pub bottleneck_wait: Option<Wait>,
    /// By what they wait for; each in one.
    pub waits: Vec<BacklogByWait>,
    /// By age, the youngest first.
    pub ages: Vec<BacklogByAge>,
    /// By who has them, those with most first, fifty at most.
    pub owners: Vec<BacklogOf>,
    /// By what they are about, those with most first, fifty at most.
    pub issues: Vec<BacklogOf>,
    /// Coming and going, the earliest first, today last.
    pub days: Vec<BacklogDay>,
    /// When it is gone.
    pub forecast: BacklogForecast,
}

/// Show the backlog
///
/// All of its figures hold at the instant `at`. They are counts of lists of `GET /conversations?window=…` with the filters that each part names.
#[utoipa::path(get, path = "/windows/{id}/backlog", tag = "backlog", params(("id" = WindowId, Path)),
    responses((status = 200, body = Backlog), (status = "4XX", body = Problem)))]
pub(super) async fn get_backlog(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<Backlog>> {
    let mut reader = app.reader();
    let window = windows::load(&mut reader, id).await?;
    let now = app.now();
    let bands: Vec<(Option<Timestamp>, Timestamp)> = (0..BANDS.len()).map(|n| backlog::band(n, now)).collect();
    let since = |n: usize| bands.get(n).and_then(|band| band.0).unwrap_or(now);
    let cells = stored::by_age(&mut reader, id, [since(0), since(1), since(2), since(3)]).await?;
    let open: i64 = cells.iter().map(|cell| cell.open).sum();
    let waits: Vec<BacklogByWait> = Wait::ALL.into_iter().map(|wait| by_wait(wait, &cells)).collect();
    let ages = bands.iter().enumerate().map(|(n, band)| by_age(n, *band, &cells)).collect();
    let (bottleneck_wait, sentence) = said(&mut reader, id, &waits, now).await?;
    let days = days(&mut reader, &Days::of(&window), id, open, now).await?;
    let whole: Vec<DayFlow> =
        days.iter().rev().skip(1).rev().map(|day| DayFlow { arrivals: count(day.arrivals), closures: count(day.left) }).collect();
    Ok(Json(Backlog {
        at: now,
        open,
        elsewhere: stored::elsewhere(&mut reader, id).await?,
        bottleneck: sentence,
        bottleneck_wait,
        waits,
        ages,
        owners: stored::by_owner(&mut reader, id, LISTED).await?.into_iter().map(of).collect(),
        issues: stored::by_issue(&mut reader, id, LISTED).await?.into_iter().map(of).collect(),
        forecast: end(forecast(count(open), &whole), count(open)),
        days,
    }))
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn by_wait(wait: Wait, cells: &[ByAge]) -> BacklogByWait {
    let own: Vec<&ByAge> = cells.iter().filter(|cell| cell.wait == wait.word()).collect();
    BacklogByWait {
        wait,
        open: own.iter().map(|cell| cell.open).sum(),
        oldest: own.iter().map(|cell| cell.oldest).min().map(Timestamp),
        nobody: own.iter().map(|cell| cell.nobody).sum(),
    }
}

fn by_age(n: usize, band: (Option<Timestamp>, Timestamp), cells: &[ByAge]) -> BacklogByAge {
    let own = |cell: &&ByAge| usize::try_from(cell.band).is_ok_and(|band| band == n);
    let waits: Vec<i64> =
        Wait::ALL.iter().map(|wait| cells.iter().filter(own).filter(|cell| cell.wait == wait.word()).map(|cell| cell.open).sum()).collect();
    BacklogByAge {
        from_hours: BANDS.get(n).copied().unwrap_or(0),
        to_hours: BANDS.get(n + 1).copied(),
        since: band.0,
        until: band.1,
        open: waits.iter().sum(),
        waits,
    }
}

fn of(row: Of) -> BacklogOf {
    BacklogOf { id: row.id.map(|id| id.to_string()), name: row.name, open: row.open, oldest: Timestamp(row.oldest) }
}

async fn said(reader: &mut Reader, window: WindowId, waits: &[BacklogByWait], now: Timestamp) -> Result<(Option<Wait>, String), StoreError> {
    let shares: Vec<Share> =
        waits.iter().filter_map(|by| Some(Share { wait: by.wait, open: count(by.open), oldest: by.oldest?, nobody: count(by.nobody) })).collect();
    let Some(most) = bottleneck(&shares, None, now).0 else { return Ok(bottleneck(&shares, None, now)) };
    let issue = stored::issue_of(reader, window, most.word()).await?;
    Ok(bottleneck(&shares, issue.as_ref().map(|(title, n)| (title.as_str(), count(*n))), now))
}

/// Today and the days before, as far back as there was anything: a day on which nothing could come says nothing of the pace.
async fn days(reader: &mut Reader, zone: &Days, window: WindowId, open: i64, now: Timestamp) -> Result<Vec<BacklogDay>, StoreError> {
    let today = zone.day(now);
    let earliest = today.checked_sub((DAYS - 1).days()).unwrap_or(today);
    // The day of the first conversation is no whole one.
    let first = stored::first(reader, window).await?.map(|at| zone.day(at)).map(|day| day.tomorrow().unwrap_or(day).min(today));
    let from: Day = first.map_or(today, |first| first.max(earliest));
    let mut found = vec![];
    for day in between(from, today.tomorrow().unwrap_or(today)) {
        let (since, until) = (zone.start(day), zone.end(day));
        let (arrivals, left) = stored::flow(reader, window, since, until).await?;
        found.push(BacklogDay { day: day.to_string(), since, until, arrivals, left, open: 0 });
    }
    let mut open = open;
    for day in found.iter_mut().rev() {
        day.open = open;
        open += day.left - day.arrivals;
    }
    Ok(found)
}

fn end(forecast: Forecast, open: u64) -> BacklogForecast {
    let sentence = forecast.sentence(open);
    let said = |end, net, days, earliest, latest| BacklogForecast { end, sentence, net, days, earliest, latest };
    match forecast {
        Forecast::Clear => said(BacklogEnd::Clear, None, None, None, None),
        Forecast::TooEarly { .. } => said(BacklogEnd::TooEarly, None, None, None, None),
        Forecast::Never { net, earliest } => said(BacklogEnd::Never, Some(net), None, earliest, None),
        Forecast::Clears { net, days, earliest, latest } => said(BacklogEnd::Clears, Some(net), Some(days), Some(earliest), latest),
    }
}
