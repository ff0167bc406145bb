//! How sure the assistant must be in one window, from the outcomes that were confirmed there.
//!
//! [`Fit::new`] judges every confirmed message as the assistant would have read it, by a model that had not seen it. What
//! comes of it does not depend on the accepted wrong rate, so that every rate can be looked at without judging anew:
//! [`Fit::threshold`] is one look, [`Fit::trade_off`] several.

use crate::calibration::{Calibrator, Judged, Outcome, Point, Refused, Threshold, expected_calibration_error, least_outcomes, threshold, trade_off};
use crate::encoder::{EncodeError, Encoder};
use crate::lexical::LexicalMatcher;
use crate::matcher::{Item, Matcher};
use crate::matching::BlendedMatcher;
use crate::matching::learned::used;
use crate::triage::apart;
use crate::triage::read::rank_parts;
use crate::trial::folds::{Corpus, Folds};
use crate::trial::{BOUND, Confirmed, ENOUGH_OUTSIDE, Encoded, RATES, ShareFrom, USUAL_OUTSIDE};
use std::sync::Arc;

/// What the confirmed outcomes say of a window's answers.
#[derive(Clone, Debug)]
pub struct Fit {
    /// How sure a match is, as learned here; none without outcomes, and where words alone are compared.
    pub calibrator: Option<Arc<Calibrator>>,
    /// Share of messages without a right answer, 0 to 1, and where it comes from.
    pub outside: (f64, ShareFrom),
    /// Expected calibration error on the outcomes, 0 to 1.
    pub error: f64,
    judged: Vec<Judged>,
}

/// Half as many as where it is tried before launch: it is done again with every outcome, and what the models have not seen only makes the
/// bound more careful.
const FOLDS: usize = 5;

/// An outcome with the fold whose model judges it.
struct Asked {
    number: usize,
    fold: usize,
}

impl Fit {
    /// Judges `confirmed` messages by the items of [`answer_items`](crate::triage::answer_items), of which the first `answers` are
    /// answers and the others examples of what is out of scope. The items must not hold the confirmed messages themselves: they
    /// are taught here, each to the models that do not judge it. Seconds for a thousand outcomes.
    ///
    /// # Errors
    /// When the encoder fails.
    pub fn new(items: &[Item], answers: usize, confirmed: &[Confirmed], encoder: Option<&Arc<dyn Encoder>>) -> Result<Self, EncodeError> {
        let corpus = Corpus::new(used(items), items.len(), confirmed);
        let folds = Folds::new(&corpus, ENOUGH_OUTSIDE, FOLDS);
        if folds.source != crate::trial::Source::Confirmed {
            return Ok(Self { calibrator: None, judged: vec![], outside: (USUAL_OUTSIDE, ShareFrom::Assumed), error: 0.0 });
        }
        let asked: Vec<Asked> = (0..folds.count()).flat_map(|fold| folds.asked(fold).into_iter().map(move |number| Asked { number, fold })).collect();
        let outside = outside(&corpus, &folds, &asked);
        let (calibrator, matchers) = match encoder {
            Some(encoder) => {
                let (calibrator, matchers) = by_meaning(&corpus, &folds, answers, &asked, encoder, outside.0)?;
                (Some(calibrator), matchers)
            }
            None => (None, (0..folds.count()).map(|fold| Some(Box::new(LexicalMatcher::new(&folds.items(fold))) as Box<dyn Matcher>)).collect()),
        };
        let mut judged: Vec<Judged> = asked.iter().filter_map(|a| Some(judge(&corpus, &folds, answers, a, matchers[a.fold].as_deref()?))).collect();
        weigh(&mut judged, outside.0);
        let error = expected_calibration_error(&judged.iter().map(|j| (j.confidence, j.right, j.weight)).collect::<Vec<_>>());
        Ok(Self { calibrator, judged, outside, error })
    }

    /// The fewest outcomes that can show a wrong rate, 0 to 1.
    pub fn least(wrong_rate: f64) -> usize {
        least_outcomes(wrong_rate, BOUND)
    }

    /// How many outcomes were judged.
    pub fn outcomes(&self) -> usize {
        self.judged.len()
    }

    /// From which confidence on no more than this share, 0 to 1, of the answers is wrong.
    ///
    /// # Errors
    /// Why that cannot be promised.
    pub fn threshold(&self, wrong_rate: f64) -> Result<Threshold, Refused> {
        threshold(&self.judged, wrong_rate, BOUND)
    }

    /// What several wrong rates buy.
    pub fn trade_off(&self) -> Vec<Point> {
        trade_off(&self.judged, &RATES, BOUND)
    }
}

/// People confirm what was answered, so that outcomes have too few messages without an answer: their share is never taken to be less
/// than usual.
fn outside(corpus: &Corpus, folds: &Folds<'_>, asked: &[Asked]) -> (f64, ShareFrom) {
    let out = asked.iter().filter(|a| corpus.entry(a.number).1.is_none()).count();
    let own = out as f64 / asked.len().max(1) as f64;
    if folds.left_out || own < USUAL_OUTSIDE { (USUAL_OUTSIDE, ShareFrom::Assumed) } else { (own, ShareFrom::Outcomes) }
}

/// One matcher for each fold, none where nothing may be seen in it; and the calibrator that they share.
type Matchers = (Arc<Calibrator>, Vec<Option<Box<dyn Matcher>>>);

fn by_meaning(
    corpus: &Corpus,
    folds: &Folds<'_>,
    answers: usize,
    asked: &[Asked],
    encoder: &Arc<dyn Encoder>,
    outside: f64,
) -> Result<Matchers, EncodeError> {
    let vectors = Encoded::new(encoder.as_ref(), corpus.texts())?.of(corpus.texts());
    let models: Vec<_> = (0..folds.count()).map(|fold| folds.learn(&vectors, fold).map(Arc::new)).collect();
    let outcome = |a: &Asked| {
        let model = models[a.fold].as_ref()?;
        let (text, item) = corpus.entry(a.number);
        let reading = model.read(text, &vectors[a.number])?;
        let best = reading.ranked.first()?.item;
        // What has no answer and is nearest to an example of what has none is matched rightly.
        let known_out = item.is_none() && best >= answers;
        let inside = known_out || item.is_some_and(|item| model.knows(item));
        Some(Outcome { signs: reading.signs, inside, right: known_out || inside && item == Some(best) })
    };
    let outcomes: Vec<Outcome> = asked.iter().filter_map(outcome).collect();
    let calibrator = Arc::new(Calibrator::fit(&outcomes, Some(outside)));
    let matcher = |model: Option<Arc<_>>| model.map(|model| Box::new(BlendedMatcher::of_learned(model, encoder, &calibrator)) as Box<dyn Matcher>);
    let matchers = models.into_iter().map(matcher).collect();
    Ok((calibrator, matchers))
}

/// As the assistant would have read it: the best answer, and whether that was right. What asks two things goes to a person, however
/// sure the match, so it has no confidence.
fn judge(corpus: &Corpus, folds: &Folds<'_>, answers: usize, asked: &Asked, matcher: &dyn Matcher) -> Judged {
    let (text, item) = corpus.entry(asked.number);
    let best = rank_parts(matcher, text).into_iter().find(|m| m.key < answers).filter(|_| !asks_two(matcher, text));
    let inside = item.is_some_and(|item| !folds.is_left_out(item, asked.fold));
    Judged {
        confidence: best.as_ref().map_or(0.0, |m| m.confidence),
        right: inside && best.is_some_and(|m| Some(m.key) == item),
        inside,
        weight: 1.0,
    }
}

fn asks_two(matcher: &dyn Matcher, text: &str) -> bool {
    let parts = apart::questions(text);
    let topics = |part: &String| matcher.rank(part, apart::CANDIDATES).into_iter().map(|m| (m.key, m.confidence)).collect();
    parts.len() > 1 && apart::two_apart(&parts.iter().map(topics).collect::<Vec<_>>()).is_some()
}

/// Lets those without a right answer have their share.
fn weigh(judged: &mut [Judged], outside: f64) {
    let (all, out) = (judged.len() as f64, judged.iter().filter(|j| !j.inside).count() as f64);
    if out > 0.0 && out < all {
        let heavy = (all - out) * outside / (1.0 - outside) / out;
        judged.iter_mut().filter(|j| !j.inside).for_each(|j| j.weight = heavy);
    }
}

#[cfg(test)]
mod tests;
