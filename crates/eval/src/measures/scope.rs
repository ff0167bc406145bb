//! Whether the confidence tells messages that have an answer from those that have none.

use super::Bench;
use crate::scores::{auroc, mean, right_at_rejection, top};
use crate::split::{confirmed, split};
use crate::table::Row;
use anyhow::{Result, anyhow};
use hypercare_language::trial::{self, Settings};

/// There are 100 messages outside in each half; each is asked so often that they are 18 % of the stream, as in the test part
/// of the set: the calibration goes by the share that it sees.
const TIMES: usize = 10;

pub fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let row = |found| Row {
        measure: "CLINC150 out-of-scope AUROC; right among in-scope at 95 % rejection".into(),
        floor: ".977; 87.9 %",
        aim: "≥ .985; ≥ 91 %",
        found,
    };
    let clinc = match bench.data.clinc()? {
        Ok(clinc) => clinc,
        Err(missing) => return Ok(vec![row(missing)]),
    };
    let (mut area, mut right_share, mut first) = (vec![], vec![], vec![]);
    for (taught, asked) in [(0, 1), (1, 0)] {
        let split = split(&clinc.train, 70, 30, 21);
        let labelled = confirmed(&clinc.validation, &clinc.outside[taught]);
        let inside = split.messages.iter().map(|(text, intent)| (text.as_str(), Some(*intent)));
        let out = (0..TIMES).flat_map(|_| clinc.outside[asked].iter().map(|t| (t.as_str(), None)));
        let (texts, right): (Vec<&str>, Vec<Option<usize>>) = inside.chain(out).unzip();
        let trial = trial::run(&split.items, &labelled, &texts, bench.cached, &Settings { wrong_rate: 0.02, outside: None })
            .map_err(|why| anyhow!("{why}"))?;
        area.push(auroc(&trial.verdicts, &right));
        right_share.push(100.0 * right_at_rejection(&trial.verdicts, &right));
        first.push(100.0 * top(&trial.verdicts, &right, 1));
    }
    Ok(vec![row(format!("{:.4}; {:.1} % (top-1 {:.1} %)", mean(&area), mean(&right_share), mean(&first)))])
}
