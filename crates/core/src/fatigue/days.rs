//! Duty days in a row.

use super::duty::dates;
use super::wording::local;
use super::{Found, Rule, Work};
use crate::rota::Period;

pub(super) fn check(person: &str, blocks: &[Period], work: &Work<'_>, found: &mut Found<'_>) {
    let most = found.limits.duty_days;
    let dates = dates(blocks, work.zone);
    for run in dates.chunk_by(|a, b| a.0.tomorrow().is_ok_and(|next| next == b.0)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        if run.len() > most as usize {
            let end = blocks.iter().rev().find(|b| b.from <= last.1).map_or(last.1, |b| b.to);
            let what = format!("{person} is on duty on {} days in a row from {}; at most {most} do.", run.len(), local(work.zone, first.1));
            let remedy = format!("Keep one of these days free, at the latest {}.", run[most as usize].0.strftime("%a %-d %b"));
            found.add(Some(person), Rule::DutyDays, Period::new(first.1, end), what, remedy);
        }
    }
}
