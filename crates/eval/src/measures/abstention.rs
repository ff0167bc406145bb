//! Whether the accepted wrong rate is kept, and what it costs.

use super::Bench;
use crate::scores::{answered, auroc, calibration_error, mean};
use crate::split::{confirmed, split};
use crate::table::Row;
use anyhow::{Result, anyhow};
use hypercare_language::trial::{self, Settings};

/// There are 100 messages outside in each half; each is asked so often that they are 18 % of the stream.
const TIMES: usize = 10;

pub fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let row = |found| Row {
        measure: "CLINC150, wrong among answered at a 2 % setting, 10 examples, 18 % out-of-scope; share of in-scope answered".into(),
        floor: "2.2 %; 61 %",
        aim: "≤ 2.0 %; ≥ 75 %",
        found,
    };
    let clinc = match bench.data.clinc()? {
        Ok(clinc) => clinc,
        Err(missing) => return Ok(vec![row(missing)]),
    };
    let (mut wrong, mut share, mut error, mut outside, mut area) = (vec![], vec![], vec![], vec![], vec![]);
    for (seed, taught, asked) in [(31, 0, 1), (31, 1, 0), (32, 0, 1), (32, 1, 0)] {
        let split = split(&clinc.train, 10, 30, seed);
        let labelled = confirmed(&clinc.validation, &clinc.outside[taught]);
        let inside = split.messages.iter().map(|(text, intent)| (text.as_str(), Some(*intent)));
        let out = (0..TIMES).flat_map(|_| clinc.outside[asked].iter().map(|t| (t.as_str(), None)));
        let (texts, right): (Vec<&str>, Vec<Option<usize>>) = inside.chain(out).unzip();
        let trial = trial::run(&split.items, &labelled, &texts, bench.cached, &Settings { wrong_rate: 0.02, outside: None })
            .map_err(|why| anyhow!("{why}"))?;
        let (w, s) = answered(&trial.verdicts, &right);
        wrong.push(100.0 * w);
        share.push(100.0 * s);
        error.push(calibration_error(&trial.verdicts, &right));
        outside.push(100.0 * trial.outside.0);
        area.push(auroc(&trial.verdicts, &right));
    }
    let greatest = wrong.iter().copied().fold(0.0, f64::max);
    Ok(vec![
        row(format!("{:.2} % (at most {greatest:.2} %); {:.1} %", mean(&wrong), mean(&share))),
        Row {
            measure: "– expected calibration error; share out-of-scope as estimated; AUROC".into(),
            floor: ".024",
            aim: "≤ .03; 18 %",
            found: format!("{:.3}; {:.1} %; {:.4}", mean(&error), mean(&outside), mean(&area)),
        },
    ])
}
