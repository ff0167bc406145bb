//! Fits the calibrator that is shipped for the time before there are outcomes.

use crate::data::Data;
use crate::split::{Split, split};
use anyhow::{Result, anyhow, bail};
use hypercare_language::calibration::{Outcome, fitted_figures};
use hypercare_language::encoder::Encoder;
use hypercare_language::trial::outcomes_of_wordings;

/// Examples an intent.
const SHOTS: [usize; 3] = [4, 10, 25];
/// Intents of the larger sets that are answers at once.
const INTENTS: [usize; 3] = [15, 40, 75];

/// Fits and prints what `crates/language/src/calibration/shipped.rs` holds.
///
/// # Errors
/// When data or the model are missing.
pub fn run(data: &Data, encoder: Option<&dyn Encoder>) -> Result<()> {
    let Some(encoder) = encoder else { bail!("the shipped calibrator needs the model: run `cargo xtask model` first") };
    // Not on Banking77: what is reported on it stays untouched by it.
    let sets = match (data.clinc()?, data.dialogues()?) {
        (Ok(clinc), Ok(dialogues)) => [clinc.train].into_iter().chain(dialogues).collect::<Vec<_>>(),
        (clinc, dialogues) => bail!("{}", [clinc.err(), dialogues.err()].into_iter().flatten().collect::<Vec<_>>().join("; ")),
    };
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (number, set) in sets.iter().enumerate() {
        for shots in SHOTS {
            for intents in INTENTS {
                let Split { mut items, .. } = split(set, shots, 0, (number * 100 + shots + intents) as u64);
                crate::split::Dice((shots * intents) as u64).shuffle(&mut items);
                items.truncate(intents);
                outcomes.extend(outcomes_of_wordings(&items, encoder).map_err(|why| anyhow!("{why}"))?);
            }
        }
    }
    println!("// Fitted on {} outcomes of {} sets.", outcomes.len(), sets.len());
    print!("{}", fitted_figures(&outcomes));
    Ok(())
}
