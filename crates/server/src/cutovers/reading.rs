//! What triggers read: of the product's signals, today's figure of the whole desk as it is at this moment, the same that the page Signals shows; adoption is
//! what the product sent in for today.

use crate::App;
use crate::signals::days::Days;
use crate::signals::{overview, usage};
use hypercare_core::cutover::Reading;
use hypercare_core::plan::RunbookSection;
use hypercare_core::signals::Signal;
use hypercare_core::window::Window;
use hypercare_store::StoreError;
use hypercare_store::queries::signals;
use std::collections::BTreeSet;

/// The figures that a runbook's triggers read, now.
///
/// # Errors
/// When the database fails.
pub async fn read(app: &App, w: &Window, runbook: &RunbookSection) -> Result<Vec<Reading>, StoreError> {
    let wanted: BTreeSet<Signal> = runbook.triggers.iter().filter_map(|t| Signal::from_key(&t.signal)).collect();
    let mut found = vec![];
    for signal in wanted {
        let value = match signal {
            Signal::Adoption => adoption(app, w).await?,
            _ => overview(app, w).await?.signal(signal).and_then(|(_, today)| today.score.value),
        };
        found.push(Reading { signal, value });
    }
    Ok(found)
}

async fn adoption(app: &App, w: &Window) -> Result<Option<f64>, StoreError> {
    let today = Days::of(w).day(app.now()).to_string();
    let kept = signals::day(&mut app.reader(), w.id, usage::ADOPTION, &today).await?;
    Ok(kept.and_then(|text| text.parse::<f64>().ok()))
}
