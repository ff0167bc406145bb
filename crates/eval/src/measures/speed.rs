//! How fast the encoder is, on this machine as busy as it is now.

use super::Bench;
use crate::table::Row;
use anyhow::{Result, anyhow};
use std::time::Instant;

/// Texts measured one at a time and together.
const TEXTS: usize = 1_000;
const BATCH: usize = 32;

pub fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let row =
        |found| Row { measure: "messages a second, one thread: one at a time; in batches".into(), floor: "195; 501", aim: "≥ 400; ≥ 800", found };
    let Some(encoder) = bench.plain else { return Ok(vec![row("not measured: this build has no model".into())]) };
    let set = match bench.data.banking()? {
        Ok(set) => set,
        Err(missing) => return Ok(vec![row(missing)]),
    };
    let step = set.texts.len() / TEXTS;
    let texts: Vec<&str> = set.texts.iter().step_by(step.max(1)).take(TEXTS).map(|(text, _)| text.as_str()).collect();
    encoder.encode(&texts[..BATCH]).map_err(|why| anyhow!("{why}"))?;
    let rate = |size: usize| -> Result<f64> {
        let start = Instant::now();
        for batch in texts.chunks(size) {
            encoder.encode(batch).map_err(|why| anyhow!("{why}"))?;
        }
        Ok(texts.len() as f64 / start.elapsed().as_secs_f64())
    };
    Ok(vec![row(format!("{:.0}; {:.0}", rate(1)?, rate(BATCH)?))])
}
