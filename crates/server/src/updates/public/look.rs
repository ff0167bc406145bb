//! How pages for customers look: the colours and the logo that the team chose for the help centre, over ours.

use super::style::STYLE;
use crate::App;
use hypercare_core::article::CentreSettings;
use hypercare_store::StoreError;
use hypercare_store::queries::articles;

/// What all pages of the status page, of mails to subscribers and of check-ins have in common.
pub(crate) struct Look {
    /// Their style sheet.
    pub(crate) style: String,
    /// What stands above them.
    pub(super) head: String,
}

impl Look {
    fn of(settings: &CentreSettings) -> Self {
        // It says nothing that the heading below it does not: no program needs to read it out.
        let logo = settings.logo.as_ref().map(|name| format!("<header><img src=\"/help/images/{name}\" alt=\"\"></header>"));
        Self { style: format!("{STYLE}{}", theme(settings)), head: logo.unwrap_or_default() }
    }
}

/// How they look at this moment.
///
/// # Errors
/// When the database fails.
pub(crate) async fn look(app: &App) -> Result<Look, StoreError> {
    Ok(Look::of(&articles::settings(&mut app.reader()).await?))
}

/// The chosen colours, over ours. They were checked to be readable when they were chosen, on the paper that all these pages have.
pub fn theme(settings: &CentreSettings) -> String {
    let light = settings.accent.as_ref().map(|colour| format!("\n:root{{--accent:{colour}}}")).unwrap_or_default();
    let dark = settings.accent_dark.as_ref().map(|colour| format!("--accent:{colour}"));
    // Who chose only one for the day keeps ours at night, which is readable there.
    let night = match (&settings.accent, dark) {
        (_, Some(dark)) => format!("\n@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"),
        (Some(_), None) => "\n@media(prefers-color-scheme:dark){:root{--accent:#8fb0ff}}".into(),
        (None, None) => String::new(),
    };
    format!("{light}{night}")
}
