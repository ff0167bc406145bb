//! What is counted.

use hypercare_language::trial::Verdict;

/// Share of messages whose right item is among the first `k`.
pub fn top(verdicts: &[Verdict], right: &[Option<usize>], k: usize) -> f64 {
    let inside: Vec<_> = verdicts.iter().zip(right).filter_map(|(v, r)| r.map(|r| (v, r))).collect();
    inside.iter().filter(|(v, r)| v.top.iter().take(k).any(|(item, _)| item == r)).count() as f64 / inside.len().max(1) as f64
}

/// Area under the ROC curve of the confidence, for inside against outside: the chance that a message inside is surer than
/// one outside. Ties count half.
pub fn auroc(verdicts: &[Verdict], right: &[Option<usize>]) -> f64 {
    let mut all: Vec<(f64, bool)> = verdicts.iter().zip(right).map(|(v, r)| (v.confidence, r.is_some())).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wins, mut below) = (0.0, 0.0);
    for tied in all.chunk_by(|a, b| a.0 == b.0) {
        let out = tied.iter().filter(|(_, inside)| !inside).count() as f64;
        wins += (tied.len() as f64 - out) * (below + 0.5 * out);
        below += out;
    }
    wins / (below * (all.len() as f64 - below)).max(1.0)
}

/// Share of the messages inside that are answered rightly when the threshold lets 5 % of those outside through.
pub fn right_at_rejection(verdicts: &[Verdict], right: &[Option<usize>]) -> f64 {
    let mut outside: Vec<f64> = verdicts.iter().zip(right).filter(|(_, r)| r.is_none()).map(|(v, _)| v.confidence).collect();
    outside.sort_by(f64::total_cmp);
    let from = outside.get(outside.len() * 95 / 100).copied().unwrap_or(0.0);
    let inside = right.iter().filter(|r| r.is_some()).count().max(1);
    let good =
        verdicts.iter().zip(right).filter(|(v, r)| v.confidence > from && r.is_some_and(|r| v.top.first().is_some_and(|(item, _)| *item == r)));
    good.count() as f64 / inside as f64
}

/// Share wrong among those answered, and share answered among those inside.
pub fn answered(verdicts: &[Verdict], right: &[Option<usize>]) -> (f64, f64) {
    let said: Vec<_> = verdicts.iter().zip(right).filter_map(|(v, r)| v.answer.as_ref().ok().map(|item| (*item, *r))).collect();
    let wrong = said.iter().filter(|(item, r)| Some(*item) != *r).count() as f64;
    let inside = said.iter().filter(|(_, r)| r.is_some()).count() as f64;
    (wrong / said.len().max(1) as f64, inside / right.iter().filter(|r| r.is_some()).count().max(1) as f64)
}

/// Expected calibration error of the confidence.
pub fn calibration_error(verdicts: &[Verdict], right: &[Option<usize>]) -> f64 {
    let one = |(v, r): (&Verdict, &Option<usize>)| (v.confidence, r.is_some() && v.top.first().map(|(item, _)| *item) == *r, 1.0);
    hypercare_language::calibration::expected_calibration_error(&verdicts.iter().zip(right).map(one).collect::<Vec<_>>())
}

/// The mean of some measurements.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
