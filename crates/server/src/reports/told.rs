//! What customers were told and asked: contacts before and after each update, and how check-ins went.

use super::model::CheckInLine;
use super::model::Report;
use super::tables::{Table, table};
use super::words::{When, percent};
use crate::updates::effect::{self, UpdateEffect};
use hypercare_core::Timestamp;
use hypercare_core::check_in::CheckIn;
use hypercare_core::update::effect::Verdict;
use hypercare_core::window::Window;
use hypercare_store::queries::check_ins::{self, asked};
use hypercare_store::queries::updates;
use hypercare_store::{Query, StoreError};

/// Matters and check-ins that a report reads: the last ones.
const READ: i64 = 50;

/// The effects of a window's updates, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn effects(q: &mut impl Query, w: &Window, at: Timestamp) -> Result<Vec<UpdateEffect>, StoreError> {
    let matters = updates::published(q, w.id, READ).await?;
    if matters.is_empty() {
        return Ok(vec![]);
    }
    let usual = effect::usual(q, w).await?;
    let mut all = vec![];
    for m in &matters {
        all.extend(effect::of_matter(q, w, m, &usual, at).await?);
    }
    all.sort_by_key(|e| (e.published_at, e.entry));
    Ok(all)
}

/// A window's check-ins that were started, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn check_ins(q: &mut impl Query, w: &Window) -> Result<Vec<CheckInLine>, StoreError> {
    let mut lines = vec![];
    for CheckIn { id, content, started_at, .. } in check_ins::page(q, w.id, None, READ).await? {
        if let Some(started_at) = started_at {
            lines.push(CheckInLine { question: content.question, started_at, figures: asked::counts(q, id).await?.into() });
        }
    }
    lines.reverse();
    Ok(lines)
}

/// Contacts before and after.
pub fn effects_table(r: &Report) -> Table {
    let when = When::in_zone(&r.headline.zone);
    let row = |e: &UpdateEffect| {
        let count = |side: Option<hypercare_core::update::effect::EffectSide>| side.map_or_else(|| "–".to_owned(), |s| s.contacts.to_string());
        let (ratio, interval, says) = match &e.found {
            Some(f) => (
                format!("{:.2}", f.ratio),
                format!("{:.2} to {}", f.low, if f.high.is_finite() { format!("{:.2}", f.high) } else { "any".into() }),
                match f.verdict {
                    Verdict::Fewer => "fewer".to_owned(),
                    Verdict::More => "more".to_owned(),
                    Verdict::Unclear => "not clear".to_owned(),
                },
            ),
            None => ("–".to_owned(), "–".to_owned(), e.why.unwrap_or_default().to_owned()),
        };
        let days = e.days.map_or_else(|| "–".to_owned(), |days| days.to_string());
        vec![e.title.clone(), e.name.clone(), when.say(e.published_at), days, count(e.before), count(e.after), ratio, interval, says]
    };
    let head = ["Update", "Topic", "Published", "Days", "Before", "After", "Ratio", "95 % interval", "What can be said"];
    table("Whole days before against whole days after", &head, &[3, 4, 5, 6], r.updates.iter().map(row).collect(), "No update named a topic.")
}

/// How check-ins went.
pub fn check_ins_table(r: &Report) -> Table {
    let when = When::in_zone(&r.headline.zone);
    let row = |c: &CheckInLine| {
        let f = &c.figures;
        let share = match (f.good_share, f.good_low, f.good_high) {
            (Some(share), Some(low), Some(high)) => format!("{} ({} to {})", percent(share), percent(low), percent(high)),
            _ => "–".to_owned(),
        };
        let counts = [f.asked, f.answered, f.good, f.unsure, f.bad, f.conversations].map(|n| n.to_string());
        [vec![c.question.clone(), when.say(c.started_at)], counts.to_vec(), vec![share]].concat()
    };
    let head = ["Question", "Started", "Asked", "Answered", "Good", "Not sure", "Not good", "Became conversations", "Good (95 % interval)"];
    table("Asked and answered", &head, &[2, 3, 4, 5, 6, 7], r.check_ins.iter().map(row).collect(), "Nobody was asked.")
}
