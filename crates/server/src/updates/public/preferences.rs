//! What a subscriber gets, and how often: a form behind a signed link, without a script. It stands on the page of the confirmation too.

use super::link::CHOOSE;
use super::page::document;
use super::{cut_off, look, served};
use crate::App;
use crate::http::problem::ApiResult;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use futures_util::FutureExt;
use hypercare_core::topic::Topic;
use hypercare_core::update::digest::{Rhythm, Wish};
use hypercare_core::update::render::escape;
use hypercare_core::update::{MatterState, Update};
use hypercare_core::window::Window;
use hypercare_core::{Refusal, SubscriberId, Timestamp, WindowId};
use hypercare_store::queries::subscribers::{self, Subscriber};
use hypercare_store::queries::updates;
use hypercare_store::{Query, StoreError, Tx, WriteError};
use std::collections::BTreeSet;

/// Matters whose issues can be chosen.
const LOOKED_AT: i64 = 50;

/// A form's fields, each name as often as it comes.
pub(super) type Fields = Vec<(String, String)>;

/// What can be chosen in a window: what the plan names, and issues that open matters name.
pub(super) struct Choices {
    pub window: Window,
    topics: Vec<(Topic, String)>,
}

impl Choices {
    /// Of a window.
    pub async fn of(q: &mut impl Query, id: WindowId) -> Result<Option<Self>, StoreError> {
        let Some(window) = hypercare_store::load::<Window>(q, id.0).await? else { return Ok(None) };
        let plan = &window.plan;
        let categories: BTreeSet<&str> = plan.scenarios.iter().map(|s| s.category.as_str()).filter(|c| !c.is_empty()).collect();
        let mut topics: Vec<(Topic, String)> = vec![];
        for category in categories {
            topics.push((Topic::Category(category.to_owned()), format!("All about {}", category.replace(['-', '_'], " "))));
        }
        topics.extend(plan.scenarios.iter().map(|s| (Topic::Scenario(s.key.clone()), s.name.clone())));
        let open = updates::published(q, id, LOOKED_AT).await?;
        for m in open.iter().filter(|m| m.newest().is_some_and(|e| e.content.state != MatterState::Resolved)) {
            for issue in issues(m).filter(|issue| topics.iter().all(|(known, _)| known != issue)).collect::<Vec<_>>() {
                topics.push((issue, m.newest().map(|e| e.content.title.clone()).unwrap_or_default()));
            }
        }
        topics.truncate(hypercare_core::update::digest::TOPICS);
        Ok(Some(Self { window, topics }))
    }

    /// The fields of the form, with what is chosen.
    pub fn fields(&self, wish: &Wish) -> String {
        let rhythm = |rhythm: Rhythm, says: &str| {
            let (word, checked) = (rhythm.word(), if wish.rhythm == rhythm { " checked" } else { "" });
            format!("<label class=\"pick\"><input type=\"radio\" name=\"rhythm\" value=\"{word}\"{checked}>{says}</label>")
        };
        let hours: String = (0..24_u8)
            .map(|hour| format!("<option value=\"{hour}\"{}>{hour}:00</option>", if hour == wish.hour { " selected" } else { "" }))
            .collect();
        let topic = |(topic, name): &(Topic, String)| {
            let checked = if wish.topics.contains(topic) { " checked" } else { "" };
            format!(
                "<label class=\"pick\"><input type=\"checkbox\" name=\"topic\" value=\"{}\"{checked}>{}</label>",
                escape(&topic.to_string()),
                escape(name)
            )
        };
        format!(
            "<fieldset><legend>How often</legend>{}{}{}<label for=\"hour\">Hour of a digest</label><select id=\"hour\" name=\"hour\">{hours}</select>\
             <label for=\"zone\">Time zone, such as Europe/Berlin</label><input id=\"zone\" name=\"zone\" value=\"{}\" maxlength=\"60\"></fieldset>\
             <fieldset><legend>About what</legend><p><small>Choose none, and you get all.</small></p>{}</fieldset>",
            rhythm(Rhythm::AtOnce, "Each update at once"),
            rhythm(Rhythm::Daily, "Once a day, what is new"),
            rhythm(Rhythm::Weekly, "On Mondays, what is new"),
            escape(&wish.zone),
            self.topics.iter().map(topic).collect::<String>(),
        )
    }

    /// What a form chose. What cannot be chosen any more is left out: the page was open for long.
    pub fn chosen(&self, fields: &Fields, before: &Wish) -> Result<Wish, Refusal> {
        let one = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim());
        let hour = one("hour").map_or(Ok(before.hour), |hour| hour.parse().map_err(|_| Refusal::field("hour", "Choose an hour from 0 to 23.")));
        let picked = |(topic, _): &&(Topic, String)| fields.iter().any(|(field, value)| field == "topic" && *value == topic.to_string());
        let wish = Wish {
            topics: self.topics.iter().filter(picked).map(|(topic, _)| topic.clone()).collect(),
            rhythm: one("rhythm").map_or(Some(before.rhythm), Rhythm::from_word).ok_or_else(|| Refusal::field("rhythm", "Choose how often."))?,
            hour: hour?,
            zone: one("zone").filter(|zone| !zone.is_empty()).unwrap_or(&before.zone).to_owned(),
        };
        wish.check().map(|()| wish)
    }
}

fn issues(m: &Update) -> impl Iterator<Item = Topic> {
    let words = m.newest().map(|e| e.content.topics.clone()).unwrap_or_default();
    words.into_iter().filter_map(|word| Topic::parse(&word).ok()).filter(|topic| matches!(topic, Topic::Issue(_)))
}

/// Keeps a choice. Who now wants each update at once gets what would have come with the next digest.
///
/// # Errors
/// When the database fails.
pub(super) async fn keep(tx: &mut Tx, one: &Subscriber, wish: &Wish, zone: &str, now: Timestamp) -> Result<(), StoreError> {
    let waits = one.wish(zone).rhythm != Rhythm::AtOnce;
    let next = wish.next(now).or_else(|| waits.then_some(now));
    subscribers::choose(tx, SubscriberId(one.id), wish, next).await
}

fn of(app: &App, token: &str) -> ApiResult<SubscriberId> {
    app.signs.subscriber_of(token, CHOOSE).ok_or_else(cut_off)
}

async fn shown(app: &App, asked: &HeaderMap, code: StatusCode, title: &str, body: &str) -> ApiResult<Response> {
    let look = look(app).await?;
    let head = "<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">";
    let mut response = served(asked, &look, document(&look, title, head, &format!("<h1>{title}</h1>{body}")));
    *response.status_mut() = code;
    Ok(response)
}

async fn gone(app: &App, asked: &HeaderMap) -> ApiResult<Response> {
    shown(
        app,
        asked,
        StatusCode::GONE,
        "Not any more",
        "<p role=\"status\">This address gets no updates any more. Enter it again on the page of updates.</p>",
    )
    .await
}

fn form(choices: &Choices, wish: &Wish, said: &str) -> String {
    format!("{said}<form method=\"post\">{}<button type=\"submit\">Keep</button></form>", choices.fields(wish))
}

const TITLE: &str = "Which updates you get";

/// The page behind the link in each mail.
pub async fn page(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let mut reader = app.reader();
    let Some(one) = subscribers::by_id(&mut reader, of(&app, &token)?).await? else { return gone(&app, &asked).await };
    let Some(choices) = Choices::of(&mut reader, WindowId(one.window_id)).await? else { return gone(&app, &asked).await };
    let wish = one.wish(&choices.window.plan.window.zone);
    shown(&app, &asked, StatusCode::OK, TITLE, &form(&choices, &wish, "")).await
}

/// They chose.
pub async fn chosen(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap, Form(fields): Form<Fields>) -> ApiResult<Response> {
    let (id, now) = (of(&app, &token)?, app.now());
    let mut reader = app.reader();
    let Some(one) = subscribers::by_id(&mut reader, id).await? else { return gone(&app, &asked).await };
    let Some(choices) = Choices::of(&mut reader, WindowId(one.window_id)).await? else { return gone(&app, &asked).await };
    let zone = choices.window.plan.window.zone.clone();
    let before = one.wish(&zone);
    let wish = match choices.chosen(&fields, &before) {
        Ok(wish) => wish,
        Err(refused) => {
            let said = format!("<p class=\"error\" role=\"alert\">{}</p>", escape(&refused.detail));
            return shown(&app, &asked, StatusCode::UNPROCESSABLE_ENTITY, TITLE, &form(&choices, &before, &said)).await;
        }
    };
    let kept = wish.clone();
    let known: Result<bool, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let Some(one) = subscribers::by_id(tx, id).await? else { return Ok(false) };
                keep(tx, &one, &kept, &zone, now).await?;
                Ok(true)
            }
            .boxed()
        })
        .await;
    if !known? {
        return gone(&app, &asked).await;
    }
    app.wake.notify_one();
    shown(&app, &asked, StatusCode::OK, TITLE, &form(&choices, &wish, "<p role=\"status\"><strong>It is kept.</strong></p>")).await
}
