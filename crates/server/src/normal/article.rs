//! An answer as the draft of an article, in Markdown. This is the one place that knows what an article is made of.

use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::AnswerId;
use hypercare_core::answer::{Answer, AnswerText};
use serde::Serialize;
use utoipa::ToSchema;

/// The draft of an article.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArticleDraft {
    /// Its title.
    pub title: String,
    /// Its text as Markdown, title included: to be copied into a help centre or kept as a file.
    pub markdown: String,
}

/// An answer as the draft of an article
///
/// What may be said now, or the newest version. The next update is left out: an article does not promise one.
#[utoipa::path(get, path = "/answers/{id}/article", tag = "answers", params(("id" = AnswerId, Path)),
    responses((status = 200, body = ArticleDraft), (status = "4XX", body = Problem)))]
pub(super) async fn draft_article(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<AnswerId>) -> ApiResult<Json<ArticleDraft>> {
    let answer = hypercare_store::load::<Answer>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("answer"))?;
    let text = answer.live().or_else(|| answer.newest()).map(|version| version.text.clone()).unwrap_or_default();
    Ok(Json(ArticleDraft { markdown: markdown(&text), title: text.title }))
}

fn markdown(text: &AnswerText) -> String {
    let mut out = format!("# {}\n", one_line(&text.title));
    for (heading, part) in [("", &text.expected), ("## What to do", &text.do_now)] {
        let part = part.trim();
        if !part.is_empty() {
            let heading = if heading.is_empty() { String::new() } else { format!("{heading}\n\n") };
            out.push_str(&format!("\n{heading}{part}\n"));
        }
    }
    let asked: Vec<&str> = text.examples.iter().map(|example| example.trim()).filter(|example| !example.is_empty()).take(20).collect();
    if !asked.is_empty() {
        out.push_str("\n## Also asked as\n\n");
        asked.iter().for_each(|example| out.push_str(&format!("- {}\n", one_line(example))));
    }
    if !text.source.trim().is_empty() {
        out.push_str(&format!("\nSource: {}\n", one_line(&text.source)));
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_has_no_promise_of_an_update() {
        let text = AnswerText {
            title: "Why is my\ninvoice higher?".into(),
            expected: "Yes: the new prices hold.".into(),
            do_now: "Nothing.".into(),
            next_update: "On Friday.".into(),
            source: "https://help.example/prices".into(),
            examples: vec!["I pay more".into(), " ".into()],
        };
        let expected = "# Why is my invoice higher?\n\nYes: the new prices hold.\n\n## What to do\n\nNothing.\n\n## Also asked as\n\n- I pay more\n\n\
                        Source: https://help.example/prices\n";
        assert_eq!(markdown(&text), expected);
        assert_eq!(markdown(&AnswerText { title: "T".into(), ..AnswerText::default() }), "# T\n");
    }
}
