//! `POST /drafting/answer` and `POST /drafting/rephrase`: a wording for a person's editor. Nothing is kept.

use super::ask::{Failed, Wording};
use super::prompt::{Prompt, source};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, Problem, perm};
use crate::{answers, unanswered};
use axum::Json;
use axum::extract::State;
use hypercare_core::window::Window;
use hypercare_core::{AnswerId, ConversationId, WindowId};
use hypercare_language::facts::{Kind, unsupported};
use hypercare_language::learning::{masked, parts_of};
use hypercare_store::queries::people;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which messages.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftFor {
    /// The group of unanswered messages, by one of its conversations.
    unanswered: ConversationId,
}

/// Which answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rephrase {
    /// An approved answer.
    answer: AnswerId,
}

/// Whose wording it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WordingFrom {
    /// The service's.
    Service,
    /// The people's own: sentences of a reply, or the approved text as it is.
    People,
}

/// Which part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerPart {
    /// Is it expected?
    Expected,
    /// What to do now.
    DoNow,
    /// When the next update comes.
    NextUpdate,
}

/// A passage that the source does not support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnsupportedPassage {
    /// In which part.
    pub part: AnswerPart,
    /// What it is.
    pub kind: Kind,
    /// Word for word.
    pub text: String,
    /// Where it begins in the part, in UTF-16 units, as browsers count.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What is wrong with it, in a sentence.
    pub why: String,
}

/// A wording for the editor; it becomes a draft when a person saves it, and is said when somebody approves that.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SuggestedWording {
    /// Whose words.
    pub from: WordingFrom,
    /// Why it is not the service's, in a plain line.
    pub notice: Option<String>,
    /// Is it expected?
    pub expected: String,
    /// What to do now.
    pub do_now: String,
    /// When the next update comes.
    pub next_update: String,
    /// What the source does not say; to be read before it is approved.
    pub unsupported: Vec<UnsupportedPassage>,
}

/// Suggest a draft from what people replied
///
/// To a group of unanswered messages. Where the service fails, sentences of the most typical reply.
#[utoipa::path(post, path = "/drafting/answer", operation_id = "suggest_answer", tag = "answers", request_body = DraftFor,
    responses((status = 200, body = SuggestedWording), (status = "4XX", body = Problem)))]
pub(super) async fn suggest_answer(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(wanted): Body<DraftFor>,
) -> ApiResult<Json<SuggestedWording>> {
    must_be_set_up(&app)?;
    let found = unanswered::of_conversation(&app, wanted.unanswered).await?;
    let (window, group) = found.ok_or_else(|| Problem::unprocessable("unanswered", "There is no such group of unanswered messages any more."))?;
    let (questions, replies) = unanswered::material(&group);
    let mask = |list: Vec<String>| list.iter().map(|text| masked(text)).collect::<Vec<_>>();
    let (questions, replies) = (mask(questions), mask(replies));
    if replies.is_empty() {
        let notice = "Nobody has replied to these messages yet, so there is nothing to word a draft from. Write it by hand.";
        return Ok(Json(from_people(Wording::default(), notice.into())));
    }
    let asked = asked(&app, &caller, &Prompt::draft(&questions, &replies)).await?;
    match asked {
        Ok(wording) => checked(&app, window, &source(&replies), wording).await.map(Json),
        Err(failed) => {
            let own = unanswered::detail(&app, wanted.unanswered).await?.reply.map(|r| parts_of(&r.text)).unwrap_or_default();
            let own = Wording { expected: own.expected, do_now: own.do_now, next_update: own.next_update };
            Ok(Json(from_people(own, format!("{} These are sentences of a reply that somebody gave.", failed.sentence()))))
        }
    }
}

/// Suggest an approved answer in other words
///
/// For its next version. Where the service fails, the approved text as it is.
#[utoipa::path(post, path = "/drafting/rephrase", operation_id = "rephrase_answer", tag = "answers", request_body = Rephrase,
    responses((status = 200, body = SuggestedWording), (status = "4XX", body = Problem)))]
pub(super) async fn rephrase_answer(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(wanted): Body<Rephrase>,
) -> ApiResult<Json<SuggestedWording>> {
    must_be_set_up(&app)?;
    let answer = answers::load(&mut app.reader(), wanted.answer).await?;
    let Some(live) = answer.live() else {
        return Err(Problem::conflict("Only an approved answer can be put in other words: what nobody approved is no source of facts."));
    };
    let text = &live.text;
    let prompt = Prompt::rephrase(&text.title, [&text.expected, &text.do_now, &text.next_update]);
    match asked(&app, &caller, &prompt).await? {
        Ok(wording) => {
            let source = [&text.title, &text.expected, &text.do_now, &text.next_update, &text.source].map(String::as_str).join("\n\n");
            checked(&app, answer.window, &source, wording).await.map(Json)
        }
        Err(failed) => {
            let own = Wording { expected: text.expected.clone(), do_now: text.do_now.clone(), next_update: text.next_update.clone() };
            Ok(Json(from_people(own, format!("{} This is the approved text as it is.", failed.sentence()))))
        }
    }
}

fn must_be_set_up(app: &App) -> ApiResult<()> {
    if app.drafting.is_set_up() {
        return Ok(());
    }
    Err(Problem::conflict("No drafting service is set up here. An operator sets one up with `--drafts-url`; nothing needs it."))
}

/// Asks for one person: one question at a time.
async fn asked(app: &App, caller: &Caller, prompt: &Prompt) -> ApiResult<Result<Wording, Failed>> {
    let busy = || Problem::conflict("A wording is being suggested to you already. Wait for it, or leave it.");
    let _mine = app.drafting.begin(&caller.key).ok_or_else(busy)?;
    let asked = app.drafting.ask(prompt).await;
    if let Err(failed) = &asked {
        tracing::warn!(?failed, "no wording was suggested");
    }
    Ok(asked)
}

fn from_people(own: Wording, notice: String) -> SuggestedWording {
    SuggestedWording {
        from: WordingFrom::People,
        notice: Some(notice),
        expected: own.expected,
        do_now: own.do_now,
        next_update: own.next_update,
        unsupported: vec![],
    }
}

/// A service's wording, with what its source does not say.
async fn checked(app: &App, window: WindowId, source: &str, wording: Wording) -> ApiResult<SuggestedWording> {
    let names = names(app, window).await?;
    let parts = [(AnswerPart::Expected, &wording.expected), (AnswerPart::DoNow, &wording.do_now), (AnswerPart::NextUpdate, &wording.next_update)];
    let mut found = vec![];
    // A part that the source does not say stays empty; that is for a person to fill, not a fault.
    for (part, text) in parts.into_iter().filter(|(_, text)| !text.is_empty()) {
        let units = |end: usize| text.get(..end).map_or(0, |before| before.encode_utf16().count());
        found.extend(unsupported(source, text, &names).into_iter().map(|u| UnsupportedPassage {
            part,
            kind: u.kind,
            why: if u.kind == Kind::Length {
                "This part is longer than what its source has to say.".into()
            } else {
                format!("“{}” {}.", u.text, u.kind.why())
            },
            start: units(u.start),
            end: units(u.end),
            text: u.text,
        }));
    }
    Ok(SuggestedWording {
        from: WordingFrom::Service,
        notice: None,
        expected: wording.expected,
        do_now: wording.do_now,
        next_update: wording.next_update,
        unsupported: found,
    })
}

/// Names that there are: of the window, of its fields' values, of people.
async fn names(app: &App, window: WindowId) -> ApiResult<Vec<String>> {
    let mut reader = app.reader();
    let mut names: Vec<String> =
        people::list(&mut reader).await?.into_iter().flat_map(|p| p.name.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect();
    if let Some(found) = hypercare_store::load::<Window>(&mut reader, window.0).await? {
        names.push(found.plan.window.name.clone());
        names.extend(found.plan.fields.iter().flat_map(|f| f.choices().iter().cloned()));
    }
    Ok(names)
}
