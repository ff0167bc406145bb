//! Whether the heads read what a message wants and how much it hurts: on messages that were written for this, before anything
//! was measured, and on the seeds themselves, each judged by what the others taught.

use super::Bench;
use crate::table::Row;
use anyhow::{Result, anyhow, bail};
use hypercare_core::Severity;
use hypercare_core::plan::Plan;
use hypercare_language::encoder::{Cached, Encoder};
use hypercare_language::trained::{Heads, Kind, Lesson, Raw, Seeds, Taught, trial};
use std::sync::Arc;
use std::time::Instant;

/// Kind, severity and text of each held-out message; `-` where it is of none of the kinds.
const HELD_OUT: &str = include_str!("../heldout/messages.tsv");
/// Corrections that are learned when the time of learning is taken.
const CORRECTIONS: usize = 100;

/// One held-out message.
pub struct Message {
    pub kind: Option<Kind>,
    pub severity: Severity,
    pub text: &'static str,
}

/// All of them.
pub fn held_out() -> Result<Vec<Message>> {
    let message = |(number, line): (usize, &'static str)| {
        let mut parts = line.splitn(3, '\t');
        let (Some(kind), Some(severity), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
            bail!("messages.tsv, line {}: expected kind, severity and text", number + 1);
        };
        let kind = match kind {
            "reassurance" => Some(Kind::Reassurance),
            "breakage" => Some(Kind::Breakage),
            "how-to" => Some(Kind::HowTo),
            "wish" => Some(Kind::Wish),
            "-" => None,
            other => bail!("messages.tsv, line {}: there is no kind `{other}`", number + 1),
        };
        let severity =
            Severity::from_word(severity).ok_or_else(|| anyhow!("messages.tsv, line {}: there is no severity `{severity}`", number + 1))?;
        Ok(Message { kind, severity, text })
    };
    HELD_OUT.lines().enumerate().map(message).collect()
}

/// Shares of the held-out messages.
pub(super) struct Found {
    /// Of the right kind.
    pub kinds: f64,
    /// Right among those read as worry, and found among worries.
    pub worry: (f64, f64),
    /// Of the right severity.
    pub severity: f64,
    /// Of the right severity or one beside it.
    pub about: f64,
    /// Right among those read as critical, and found among the critical.
    pub critical: (f64, f64),
}

/// Reads them all.
pub(super) fn found(encoder: &Arc<dyn Encoder>) -> Result<Found> {
    let heads = Heads::new(&Seeds::new(Some(encoder)), &Plan::default(), &[]);
    let read: Vec<(Message, Raw)> = held_out()?
        .into_iter()
        .map(|m| {
            let raw = heads.raw(m.text);
            (m, raw)
        })
        .collect();
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let both = |right: &dyn Fn(&Message) -> bool, said: &dyn Fn(&Raw) -> bool| {
        let hits = read.iter().filter(|(m, raw)| right(m) && said(raw)).count();
        (share(hits, read.iter().filter(|(_, raw)| said(raw)).count()), share(hits, read.iter().filter(|(m, _)| right(m)).count()))
    };
    let of_kind: Vec<_> = read.iter().filter(|(m, _)| m.kind.is_some()).collect();
    let far = |m: &Message, raw: &Raw| raw.severity.map_or(9, |(severity, _)| (severity as usize).abs_diff(m.severity as usize));
    Ok(Found {
        kinds: share(of_kind.iter().filter(|(m, raw)| raw.kind.map(|(kind, _)| kind) == m.kind).count(), of_kind.len()),
        worry: both(&|m| m.kind == Some(Kind::Reassurance), &|raw| raw.kind.is_some_and(|(kind, _)| kind == Kind::Reassurance)),
        severity: share(read.iter().filter(|(m, raw)| far(m, raw) == 0).count(), read.len()),
        about: share(read.iter().filter(|(m, raw)| far(m, raw) <= 1).count(), read.len()),
        critical: both(&|m| m.severity == Severity::Critical, &|raw| raw.severity.is_some_and(|(severity, _)| severity == Severity::Critical)),
    })
}

pub fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let row = |measure: &str, floor, found| Row { measure: measure.to_owned(), floor, aim: "", found };
    let Some(encoder) = hypercare_encoder::built_in() else {
        return Ok(vec![row("heads", "", "not measured: no model".to_owned())]);
    };
    let _ = bench;
    let encoder: Arc<dyn Encoder> = Arc::new(Cached::new(encoder, 4_000));
    let seeds = trial::cross_validated(&encoder).map_err(|why| anyhow!("{why}"))?;
    let f = found(&encoder)?;
    let (learn_one, learn_many) = learning(&encoder);
    Ok(vec![
        row(
            "heads, their seeds cross-validated: kind; severity; severity or one beside it, %",
            "",
            format!("{:.1}; {:.1}; {:.1}", 100.0 * seeds.kinds, 100.0 * seeds.severity, 100.0 * seeds.about),
        ),
        row("heads, held-out messages: kind, %", "90 (80 messages, leave one out)", format!("{:.1}", 100.0 * f.kinds)),
        row("heads, held-out: worry, precision / recall", ".90 / .90 (the same)", format!("{:.2} / {:.2}", f.worry.0, f.worry.1)),
        row("heads, held-out: severity; or one beside it, %", "", format!("{:.1}; {:.1}", 100.0 * f.severity, 100.0 * f.about)),
        row("heads, held-out: critical, precision / recall", "", format!("{:.2} / {:.2}", f.critical.0, f.critical.1)),
        row("heads, learning 1 and 100 corrections anew, ms", "", format!("{learn_one:.0}; {learn_many:.0}")),
    ])
}

/// Milliseconds to learn one correction and many, once their texts have been encoded.
fn learning(encoder: &Arc<dyn Encoder>) -> (f64, f64) {
    let seeds = Seeds::new(Some(encoder));
    let taught = |(n, m): (usize, Message)| {
        let taught = Taught { text: m.text.to_owned(), by: "Ingrid".into(), on: "Tuesday".into(), scenario: None };
        (if n % 2 == 0 { Lesson::Severity(m.severity) } else { Lesson::Reassurance(m.kind == Some(Kind::Reassurance)) }, taught)
    };
    let lessons: Vec<_> = held_out().unwrap_or_default().into_iter().take(CORRECTIONS).enumerate().map(taught).collect();
    let took = |lessons: &[(Lesson, Taught)]| {
        let _warm = Heads::new(&seeds, &Plan::default(), lessons);
        let begin = Instant::now();
        let _heads = Heads::new(&seeds, &Plan::default(), lessons);
        begin.elapsed().as_secs_f64() * 1e3
    };
    (took(&lessons[..1.min(lessons.len())]), took(&lessons))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was measured on these messages less a few points: the same on every machine, so a fall is a change of the heads.
    #[test]
    fn held_out_messages_are_read() {
        let encoder = hypercare_encoder::built_in().expect("the language model is not in this build: `cargo xtask model` fetches it");
        let encoder: Arc<dyn Encoder> = Arc::new(Cached::new(encoder, 4_000));
        let check = |what: &str, found: f64, at_least: f64| {
            println!("{what}: {found:.3}");
            assert!(found >= at_least, "{what}: {found:.3} is under {at_least}");
        };
        assert!(held_out().unwrap().len() >= 120);
        let f = found(&encoder).unwrap();
        check("kinds", f.kinds, 0.86);
        check("worry, precision", f.worry.0, 0.82);
        check("worry, recall", f.worry.1, 0.85);
        check("severity", f.severity, 0.66);
        check("severity or one beside it", f.about, 0.94);
        check("critical, precision", f.critical.0, 0.75);
        check("critical, recall", f.critical.1, 0.85);
        let seeds = trial::cross_validated(&encoder).unwrap();
        check("seeds: kinds", seeds.kinds, 0.92);
        check("seeds: severity", seeds.severity, 0.78);
        check("seeds: severity or one beside it", seeds.about, 0.96);
    }
}
