//! The page on which a check-in is answered. Looking at it answers nothing, because mail scanners look at every link: the button does.

use super::link::{ANSWER, LEAVE};
use crate::App;
use crate::check_ins::given::{self, Fate};
use crate::http::problem::ApiResult;
use crate::updates::public::{cut_off, document, look, served};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use futures_util::FutureExt;
use hypercare_core::check_in::CheckIn;
use hypercare_core::check_in::answer::{Face, LONGEST_COMMENT};
use hypercare_core::update::render::escape;
use hypercare_core::{Actor, AskedId, ContactId, Refusal};
use hypercare_store::WriteError;
use hypercare_store::queries::check_ins::asked::{self, Asked};
use hypercare_store::queries::check_ins::audience;
use serde::Deserialize;

/// The face that a link of the mail chooses beforehand.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    face: Option<String>,
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Filled {
    #[serde(default)]
    face: Option<String>,
    #[serde(default)]
    comment: String,
}

const fn sign(face: Face) -> &'static str {
    match face {
        Face::Good => "🙂",
        Face::Unsure => "😐",
        Face::Bad => "🙁",
    }
}

fn of(app: &App, token: &str, purpose: &str) -> ApiResult<AskedId> {
    app.signs.asked_of(token, purpose).ok_or_else(cut_off)
}

async fn answer_page(app: &App, asked: &HeaderMap, code: StatusCode, title: &str, body: &str) -> ApiResult<Response> {
    let look = look(app).await?;
    let head = "<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">";
    let mut response = served(asked, &look, document(&look, title, head, body));
    *response.status_mut() = code;
    Ok(response)
}

fn form(it: &CheckIn, chosen: Option<Face>, comment: &str, wrong: &str) -> String {
    let choice = |face: &Face| {
        let (word, checked) = (face.word(), if chosen == Some(*face) { " checked" } else { "" });
        format!(
            "<label class=\"face\"><input type=\"radio\" name=\"face\" value=\"{word}\"{checked}><span aria-hidden=\"true\">{}</span> {}</label>",
            sign(*face),
            face.name()
        )
    };
    let intro = if it.content.intro.is_empty() { String::new() } else { format!("<p>{}</p>", escape(&it.content.intro).replace('\n', "<br>")) };
    let wrong = if wrong.is_empty() { String::new() } else { format!("<p class=\"error\" role=\"alert\">{}</p>", escape(wrong)) };
    format!(
        "<h1>{q}</h1>{intro}{wrong}<form method=\"post\"><fieldset><legend>Your answer</legend>{}</fieldset><label for=\"comment\">Anything to add? (optional)</label>\
         <textarea id=\"comment\" name=\"comment\" rows=\"4\" maxlength=\"{LONGEST_COMMENT}\">{}</textarea><button type=\"submit\">Send</button></form>\
         <p><small>If you are not sure, or it does not go well, a person writes to you.</small></p>",
        Face::ALL.iter().map(choice).collect::<String>(),
        escape(comment),
        q = escape(&it.content.question),
    )
}

/// What stands where an answer has become a conversation.
async fn in_hands(app: &App, asked: &HeaderMap) -> ApiResult<Response> {
    let body = "<h1>We have your answer</h1><p role=\"status\">A person of ours has it and writes to you. What you want to add, write there.</p>";
    answer_page(app, asked, StatusCode::OK, "We have your answer", body).await
}

async fn open(app: &App, id: AskedId) -> ApiResult<(Asked, CheckIn)> {
    Ok(given::open(app, id).await?)
}

/// The page behind the links of the mail.
pub async fn page(State(app): State<App>, Path(token): Path<String>, Query(chosen): Query<Chosen>, asked: HeaderMap) -> ApiResult<Response> {
    let (one, it) = open(&app, of(&app, &token, ANSWER)?).await?;
    if one.conversation_id.is_some() {
        return in_hands(&app, &asked).await;
    }
    let given = one.face.as_deref().and_then(Face::from_word);
    let face = chosen.face.as_deref().and_then(Face::from_word).or(given);
    answer_page(&app, &asked, StatusCode::OK, &escape(&it.content.question), &form(&it, face, &one.comment, "")).await
}

/// They answered.
pub async fn answered(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap, Form(filled): Form<Filled>) -> ApiResult<Response> {
    let id = of(&app, &token, ANSWER)?;
    let face = filled.face.as_deref().and_then(Face::from_word);
    let (_, it) = open(&app, id).await?;
    match given::give(&app, id, face, &filled.comment, None).await {
        Ok(Fate::Kept) => {
            let body = "<h1>Thank you</h1><p role=\"status\">Your answer is kept. You can change it with the same link.</p>";
            answer_page(&app, &asked, StatusCode::OK, "Thank you", body).await
        }
        Ok(Fate::Conversation(_)) => {
            let body = "<h1>Thank you</h1><p role=\"status\">Your answer has arrived, and a person of ours writes to you. You need not do anything more.</p>";
            answer_page(&app, &asked, StatusCode::OK, "Thank you", body).await
        }
        Ok(Fate::Already(_)) => in_hands(&app, &asked).await,
        Err(WriteError::Refused(Refusal { detail, field: Some(_), .. })) => {
            let body = form(&it, face, &filled.comment, &detail);
            answer_page(&app, &asked, StatusCode::UNPROCESSABLE_ENTITY, &escape(&it.content.question), &body).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The page behind the link below the mail.
pub async fn leave_page(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    of(&app, &token, LEAVE)?;
    let body = "<h1>No more questions?</h1><p>We ask you nothing like this any more. Answers to what you write still come.</p>\
                <form method=\"post\"><button type=\"submit\">No more questions</button></form>";
    answer_page(&app, &asked, StatusCode::OK, "No more questions?", body).await
}

/// They want no more: the address is kept as a mark alone.
pub async fn left(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    leave(&app, of(&app, &token, LEAVE)?).await?;
    let body = "<h1>Done</h1><p role=\"status\">We ask you nothing like this any more. Answers to what you write still come.</p>";
    answer_page(&app, &asked, StatusCode::OK, "Done", body).await
}

/// Takes somebody out of all check-ins to come.
///
/// # Errors
/// When the store fails.
pub(super) async fn leave(app: &App, id: AskedId) -> Result<(), WriteError> {
    let (stamp, signs) = (app.stamp(Actor::customer("Customer")), app.signs.clone());
    app.store
        .write(move |tx| {
            async move {
                let Some(one) = asked::one(tx, id).await? else { return Ok(()) };
                let mut new = false;
                if let Some(address) = &one.address {
                    new |= audience::refuse(tx, &signs.mark(address), stamp.at).await?;
                }
                if let Some(contact) = one.contact_id {
                    new |= audience::refuse_contact(tx, ContactId(contact), stamp.at).await?;
                }
                if new {
                    let body = serde_json::json!({ "type": "left" }).to_string();
                    tx.record("check_in.left", ("check_in", one.check_in_id), Some(hypercare_core::WindowId(one.window_id)), &stamp, body).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}
