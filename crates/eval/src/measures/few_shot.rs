//! Ten examples an intent: what a window starts with.

use super::Bench;
use crate::scores::{calibration_error, mean, top};
use crate::split::split;
use crate::table::Row;
use anyhow::{Result, anyhow};
use hypercare_language::trial::{self, Settings};

const SEEDS: [u64; 3] = [1, 2, 3];

pub fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let row = |found| Row { measure: "Banking77, 10 examples an intent, top-1 / top-3 %".into(), floor: "85.1 / 95.2", aim: "≥ 88 / 97", found };
    let set = match bench.data.banking()? {
        Ok(set) => set,
        Err(missing) => return Ok(vec![row(missing)]),
    };
    let (mut first, mut three, mut error) = (vec![], vec![], vec![]);
    for seed in SEEDS {
        let split = split(&set, 10, 40, seed);
        let texts: Vec<&str> = split.messages.iter().map(|(text, _)| text.as_str()).collect();
        let right: Vec<Option<usize>> = split.messages.iter().map(|(_, intent)| Some(*intent)).collect();
        let trial =
            trial::run(&split.items, &[], &texts, bench.cached, &Settings { wrong_rate: 0.02, outside: None }).map_err(|why| anyhow!("{why}"))?;
        first.push(100.0 * top(&trial.verdicts, &right, 1));
        three.push(100.0 * top(&trial.verdicts, &right, 3));
        error.push(calibration_error(&trial.verdicts, &right));
    }
    Ok(vec![
        row(format!("{:.1} / {:.1}", mean(&first), mean(&three))),
        Row {
            measure: "– expected calibration error, no outcomes confirmed".into(),
            floor: "",
            aim: "≤ 0.03",
            found: format!("{:.3}", mean(&error)),
        },
    ])
}
