//! All examples there are: what a window has learned at its end.

use super::Bench;
use crate::scores::{calibration_error, top};
use crate::split::split;
use crate::table::Row;
use anyhow::{Result, anyhow};
use hypercare_language::trial::{self, Settings};

pub fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let row = |found| Row { measure: "Banking77, all examples, top-1 %".into(), floor: "93.1", aim: "≥ 94", found };
    let set = match bench.data.banking()? {
        Ok(set) => set,
        Err(missing) => return Ok(vec![row(missing)]),
    };
    let split = split(&set, usize::MAX, 30, 11);
    let texts: Vec<&str> = split.messages.iter().map(|(text, _)| text.as_str()).collect();
    let right: Vec<Option<usize>> = split.messages.iter().map(|(_, intent)| Some(*intent)).collect();
    let trial = trial::run(&split.items, &[], &texts, bench.cached, &Settings { wrong_rate: 0.02, outside: None }).map_err(|why| anyhow!("{why}"))?;
    Ok(vec![
        row(format!("{:.1}", 100.0 * top(&trial.verdicts, &right, 1))),
        Row {
            measure: "– expected calibration error, no outcomes confirmed".into(),
            floor: "",
            aim: "≤ 0.03",
            found: format!("{:.3}", calibration_error(&trial.verdicts, &right)),
        },
    ])
}
