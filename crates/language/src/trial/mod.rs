//! What would have been answered: the assistant tried on messages before anyone is answered.
//!
//! Confirmed outcomes do two things: they are further wordings of their answers, and they calibrate. So that none is judged
//! by a model that has seen it, they are judged in folds (cross-fitting): each by a model that learned from all the
//! others. Identical texts are always in the same fold. Without outcomes, the wordings of the answers stand in, each
//! judged without itself, and some answers are left out in each fold to see how what has no answer looks.

pub(crate) mod folds;

use crate::calibration::{
    Calibrator, Judged, Outcome, Point, Refused, Threshold, expected_calibration_error, share_outside, threshold, trade_off, weights,
};
use crate::encoder::{EncodeError, Encoder, Vector};
use crate::heads::language;
use crate::letters::Letters;
use crate::matcher::Item;
use crate::matching::Reading;
use crate::matching::learned::{Learned, used};
use crate::numeric::in_parts;
use crate::text::usable;
use crate::triage::apart;
use folds::{Corpus, Judging};
use std::collections::HashMap;

/// Candidates that are given for a message.
pub const TOP: usize = 3;
/// The confidence of the bound on the share wrong, 0 to 1.
pub const BOUND: f64 = 0.95;
/// Wrong rates of the trade-off curve.
pub const RATES: [f64; 6] = [0.005, 0.01, 0.02, 0.03, 0.05, 0.1];
/// Share of messages without an answer that is assumed where neither messages nor outcomes say.
pub const USUAL_OUTSIDE: f64 = 0.1;
/// With fewer messages their share outside is not estimated.
const ENOUGH_MESSAGES: usize = 200;
/// With fewer outcomes outside, answers that are left out stand in.
pub(crate) const ENOUGH_OUTSIDE: usize = 20;
/// Texts encoded at once.
const BATCH: usize = 512;

/// A message whose right answer a person confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// What was written.
    pub text: String,
    /// Index of the right answer; none where no answer was right.
    pub answer: Option<usize>,
}

/// What the lead has chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Accepted share wrong among those answered, between 0 and 1.
    pub wrong_rate: f64,
    /// Share of messages without a right answer, if known, between 0 and 1.
    pub outside: Option<f64>,
}

/// Why a message is left to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Not sure enough.
    Unsure,
    /// No word to read.
    NoWords,
    /// In a language that the wordings are not in.
    Foreign(&'static str),
    /// Two questions, of which one answer would be half.
    TwoQuestions,
}

/// What would have happened to one message.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The answer it would have had, or why none.
    pub answer: Result<usize, Held>,
    /// The chance that the best answer is right.
    pub confidence: f64,
    /// The best answers and their chances, best first, at most [`TOP`].
    pub top: Vec<(usize, f64)>,
}

/// Where the outcomes that calibrate come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Outcomes that people confirmed.
    Confirmed,
    /// The answers' own wordings, each judged without itself.
    Wordings,
}

/// Where the share of messages without an answer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareFrom {
    /// It was given.
    Given,
    /// Estimated from how the messages look.
    Messages,
    /// Found among the outcomes.
    Outcomes,
    /// Assumed.
    Assumed,
}

/// All verdicts and how they were reached.
#[derive(Clone, Debug)]
pub struct Trial {
    /// One for each message, in their order.
    pub verdicts: Vec<Verdict>,
    /// The threshold, or why there is none and every message is left to a person.
    pub threshold: Result<Threshold, Refused>,
    /// What other wrong rates would buy.
    pub trade_off: Vec<Point>,
    /// What the outcomes were.
    pub source: Source,
    /// How many outcomes were judged.
    pub outcomes: usize,
    /// Share of messages without a right answer, and where it comes from.
    pub outside: (f64, ShareFrom),
    /// Expected calibration error on the outcomes themselves.
    pub error: f64,
}

/// Tries the assistant. Without an encoder it compares letters and words only.
///
/// # Errors
/// When the encoder fails.
pub fn run(
    items: &[Item],
    confirmed: &[Confirmed],
    messages: &[&str],
    encoder: Option<&dyn Encoder>,
    settings: &Settings,
) -> Result<Trial, EncodeError> {
    let encoder = encoder.unwrap_or(&Letters);
    let corpus = Corpus::new(used(items), items.len(), confirmed);
    let read: Vec<String> = messages.iter().map(|m| usable(m)).collect();
    let vectors = Encoded::new(encoder, corpus.texts().chain(read.iter().map(String::as_str)))?;
    let judging = folds::judge(&corpus, &vectors.of(corpus.texts()), ENOUGH_OUTSIDE);
    let learned = corpus.learn_all(&vectors.of(corpus.texts()));
    let of_messages = vectors.of(read.iter().map(String::as_str));
    let readings =
        in_parts(read.len(), |range| range.map(|n| learned.as_ref().and_then(|l| l.read(&read[n], &of_messages[n]))).collect::<Vec<_>>()).concat();
    let outside = share(&judging, &readings, settings);
    let calibrator = Calibrator::fit(&judging.outcomes, Some(outside.0));
    let judged = judged(&judging, &calibrator, outside.0);
    let threshold = threshold(&judged, settings.wrong_rate, BOUND);
    let from = threshold.map_or(f64::INFINITY, |t| t.confidence);
    let mut verdicts = Vec::with_capacity(read.len());
    for (text, reading) in read.iter().zip(&readings) {
        let top: Vec<(usize, f64)> = match reading {
            Some(reading) => reading.ranked.iter().map(|c| c.item).zip(calibrator.confidences(reading, TOP)).collect(),
            None => vec![],
        };
        let confidence = top.first().map_or(0.0, |(_, confidence)| *confidence);
        let answer = if !text.chars().any(char::is_alphanumeric) {
            Err(Held::NoWords)
        } else if let Some(tongue) = language::foreign(text) {
            Err(Held::Foreign(tongue))
        } else if two_questions(text, learned.as_ref(), encoder, &calibrator)? {
            Err(Held::TwoQuestions)
        } else {
            top.first().filter(|_| confidence >= from).map(|(best, _)| *best).ok_or(Held::Unsure)
        };
        verdicts.push(Verdict { answer, confidence, top });
    }
    Ok(Trial {
        verdicts,
        threshold,
        trade_off: trade_off(&judged, &RATES, BOUND),
        source: judging.source,
        outcomes: judging.outcomes.len(),
        outside,
        error: expected_calibration_error(&judged.iter().map(|j| (j.confidence, j.right, j.weight)).collect::<Vec<_>>()),
    })
}

/// Every wording of items judged without itself, some items left out in each fold: what the shipped calibrator is fitted on.
///
/// # Errors
/// When the encoder fails.
pub fn outcomes_of_wordings(items: &[Item], encoder: &dyn Encoder) -> Result<Vec<Outcome>, EncodeError> {
    let corpus = Corpus::new(used(items), items.len(), &[]);
    let vectors = Encoded::new(encoder, corpus.texts())?;
    Ok(folds::judge(&corpus, &vectors.of(corpus.texts()), ENOUGH_OUTSIDE).outcomes)
}

fn share(judging: &Judging, readings: &[Option<Reading>], settings: &Settings) -> (f64, ShareFrom) {
    let out = judging.outcomes.iter().filter(|o| !o.inside).count();
    let own = out as f64 / judging.outcomes.len().max(1) as f64;
    if let Some(given) = settings.outside {
        return (given, ShareFrom::Given);
    }
    let seen: Vec<_> = readings.iter().flatten().collect();
    if seen.len() >= ENOUGH_MESSAGES && out > 0 && own < 1.0 {
        let calibrator = Calibrator::fit(&judging.outcomes, None);
        let inside: Vec<f64> = seen.iter().map(|reading| calibrator.inside(&reading.signs)).collect();
        return (share_outside(&inside, own), ShareFrom::Messages);
    }
    if judging.left_out || out == 0 { (USUAL_OUTSIDE, ShareFrom::Assumed) } else { (own, ShareFrom::Outcomes) }
}

fn judged(judging: &Judging, calibrator: &Calibrator, outside: f64) -> Vec<Judged> {
    let weights = weights(&judging.outcomes, Some(outside));
    let one = |(outcome, weight): (&Outcome, f64)| Judged {
        confidence: calibrator.confidence(&outcome.signs),
        right: outcome.right,
        inside: outcome.inside,
        weight,
    };
    judging.outcomes.iter().zip(weights).map(one).collect()
}

/// Whether a message asks two things that have different answers.
fn two_questions(text: &str, learned: Option<&Learned>, encoder: &dyn Encoder, calibrator: &Calibrator) -> Result<bool, EncodeError> {
    let (Some(learned), parts) = (learned, apart::questions(text)) else { return Ok(false) };
    if parts.len() < 2 {
        return Ok(false);
    }
    let vectors = encoder.encode(&parts.iter().map(String::as_str).collect::<Vec<_>>())?;
    let topics: Vec<Vec<(usize, f64)>> = parts
        .iter()
        .zip(vectors)
        .map(|(part, vector)| match learned.read(part, &vector) {
            Some(reading) => reading.ranked.iter().map(|c| c.item).zip(calibrator.confidences(&reading, apart::CANDIDATES)).collect(),
            None => vec![],
        })
        .collect();
    Ok(apart::two_apart(&topics).is_some())
}

/// Each text once, with its vector.
pub(crate) struct Encoded(HashMap<Box<str>, Vector>);

impl Encoded {
    pub fn new<'a>(encoder: &dyn Encoder, texts: impl Iterator<Item = &'a str>) -> Result<Self, EncodeError> {
        let mut distinct: Vec<&str> = texts.collect();
        distinct.sort_unstable();
        distinct.dedup();
        let mut all = HashMap::with_capacity(distinct.len());
        for batch in distinct.chunks(BATCH) {
            all.extend(batch.iter().map(|text| Box::from(*text)).zip(encoder.encode(batch)?));
        }
        if all.len() < distinct.len() {
            return Err(EncodeError(format!("{} gave fewer vectors than texts", encoder.id())));
        }
        Ok(Self(all))
    }

    pub fn of<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Vec<Vector> {
        texts.filter_map(|text| self.0.get(text).cloned()).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests;
