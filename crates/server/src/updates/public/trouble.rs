//! What goes wrong on a page for customers, said as a page. Programs that ask for the same get the problem as they get it everywhere.

use super::{document, look, served};
use crate::App;
use crate::http::problem::{Problem, ProblemSaid};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use hypercare_core::update::render::escape;

/// A link of a mail that is none of ours.
pub(crate) fn cut_off() -> Problem {
    Problem::not_found("link: it may have been cut off")
}

/// Whether a person's browser asks.
fn is_browser(asked: &HeaderMap) -> bool {
    asked.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|accepts| accepts.contains("text/html"))
}

/// Says a problem as a page where a browser asked: somebody with a link that was cut off reads what to do.
pub(crate) async fn as_page(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = request.headers().clone();
    let response = next.run(request).await;
    let Some(ProblemSaid(said)) = response.extensions().get::<ProblemSaid>().filter(|_| is_browser(&asked)).cloned() else { return response };
    // Where not even the colours can be read, the problem stays as it is.
    let Ok(look) = look(&app).await else { return response };
    let title = if response.status() == StatusCode::NOT_FOUND { "There is no such page" } else { "This did not work" };
    let head = "<meta name=\"robots\" content=\"noindex\">";
    let body = format!("<h1>{title}</h1><p role=\"alert\">{}</p><p><a href=\"/help\">Help</a></p>", escape(&said));
    let mut page = served(&asked, &look, document(&look, title, head, &body));
    *page.status_mut() = response.status();
    if let Some(later) = response.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, later.clone());
    }
    page
}
