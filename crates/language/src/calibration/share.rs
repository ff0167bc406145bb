//! How much of a stream has no right item.

/// Rounds of the estimate; it settles in a few dozen.
const ROUNDS: usize = 300;
/// A share is never taken to be less or more than this.
const LEAST: f64 = 0.005;
const MOST: f64 = 0.9;

/// The share, 0 to 1, of messages that have no right item, from the chances of being inside that a calibrator states which
/// was fitted where `known` was that share: the prior is moved until it agrees with its own posterior (Saerens, Latinne
/// and Decaestecker 2002, "Adjusting the Outputs of a Classifier to New a Priori Probabilities"). Without chances it is
/// `known`.
pub fn share_outside(inside: &[f64], known: f64) -> f64 {
    let known = known.clamp(LEAST, MOST);
    let mut share = known;
    for _ in 0..ROUNDS {
        if inside.is_empty() {
            break;
        }
        let outside = |chance: &f64| {
            let (out, within) = ((1.0 - chance) * share / known, chance * (1.0 - share) / (1.0 - known));
            out / (out + within)
        };
        let next = (inside.iter().map(outside).sum::<f64>() / inside.len() as f64).clamp(LEAST, MOST);
        if (next - share).abs() < 1e-7 {
            return next;
        }
        share = next;
    }
    share
}
