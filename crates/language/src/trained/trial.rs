//! How well the heads read their own seeds, each judged by a head that has not seen it.

use super::one::{Look, One, Seeded};
use super::seeds::Kind;
use super::{SEVERITIES, Seeds};
use crate::encoder::{EncodeError, Encoder};
use std::sync::Arc;

/// Parts that the seeds are cut into: each is read by what the others taught.
const FOLDS: usize = 10;

/// Shares, 0 to 1, of seeds that are read rightly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// What a message wants, of four kinds.
    pub kinds: f64,
    /// How much it hurts, of four levels.
    pub severity: f64,
    /// The level or one beside it.
    pub about: f64,
}

/// Reads each seed by a head of the other folds.
///
/// # Errors
/// When the encoder fails.
pub fn cross_validated(encoder: &Arc<dyn Encoder>) -> Result<Accuracy, EncodeError> {
    let (kinds, severities) = Seeds::examples();
    let kinds: Vec<(String, usize)> = kinds.into_iter().map(|(text, kind)| (text, kind as usize)).collect();
    let place = |severity| SEVERITIES.iter().position(|known| *known == severity).unwrap_or_default();
    let severities: Vec<(String, usize)> = severities.into_iter().map(|(text, severity)| (text, place(severity))).collect();
    let (of_kinds, of_severity) = (read(&kinds, Kind::ALL.len(), encoder)?, read(&severities, SEVERITIES.len(), encoder)?);
    let share =
        |pairs: &[(usize, usize)], within: usize| pairs.iter().filter(|(a, b)| a.abs_diff(*b) <= within).count() as f64 / pairs.len().max(1) as f64;
    Ok(Accuracy { kinds: share(&of_kinds, 0), severity: share(&of_severity, 0), about: share(&of_severity, 1) })
}

/// The class that was read and the right one, of each example.
fn read(examples: &[(String, usize)], classes: usize, encoder: &Arc<dyn Encoder>) -> Result<Vec<(usize, usize)>, EncodeError> {
    let mut pairs = Vec::new();
    for fold in 0..FOLDS {
        let mut lists = vec![vec![]; classes];
        for (_, (text, class)) in examples.iter().enumerate().filter(|(n, _)| n % FOLDS != fold) {
            lists[*class].push(text.clone());
        }
        let one = One::new(&Seeded::new(&lists, Some(encoder))?, vec![], Some(encoder))?;
        for (_, (text, class)) in examples.iter().enumerate().filter(|(n, _)| n % FOLDS == fold) {
            pairs.extend(one.read(&Look::new(text, Some(encoder))).map(|said| (said.class, *class)));
        }
    }
    Ok(pairs)
}
