//! Where an entry is shown, and what of it: all from the one rendered text.

use crate::App;
use hypercare_core::UpdateId;
use hypercare_core::update::render::Rendered;

/// The address of a window's status page.
pub fn page_url(app: &App, slug: &str) -> String {
    format!("{}/status/{slug}", app.config.public_url)
}

/// A matter's place on it.
pub fn matter_url(app: &App, slug: &str, id: UpdateId) -> String {
    format!("{}#matter-{id}", page_url(app, slug))
}

/// What a banner says beside the title: the first answer.
pub fn banner(r: &Rendered) -> String {
    r.parts.first().map(|(_, text)| text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

/// The text of a mail, without the line on how to get no more.
pub fn mail(r: &Rendered, url: &str) -> String {
    format!("{}\n{}\n\nAll updates: {url}", r.title, r.plain())
}

/// The text of a message in Slack.
pub fn slack(r: &Rendered, url: &str) -> String {
    format!("{}\n\n<{url}|All updates>", r.markdown())
}
