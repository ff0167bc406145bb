//! Isotonic regression: the best fit that never falls.

/// Steps joined by straight lines, so that greater chances stay greater.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Isotonic {
    /// Mean chance before, share right; both ascending.
    steps: Vec<(f64, f64)>,
}

impl Isotonic {
    /// Pools adjacent violators (Ayer et al. 1955; for calibration: Zadrozny and Elkan 2002).
    pub fn fit(chances: &[f64], right: &[bool], weights: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..chances.len()).collect();
        order.sort_by(|a, b| chances[*a].total_cmp(&chances[*b]).then(a.cmp(b)));
        // Weight, sum of chances, sum of right ones.
        let mut blocks: Vec<(f64, f64, f64)> = Vec::new();
        for number in order {
            let weight = weights[number];
            blocks.push((weight, weight * chances[number], if right[number] { weight } else { 0.0 }));
            while let [.., before, last] = &blocks[..]
                && before.2 * last.0 >= last.2 * before.0
            {
                let joined = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
                blocks.truncate(blocks.len() - 2);
                blocks.push(joined);
            }
        }
        // Nothing is certain: a block of n right ones counts as n + 1 of n + 2 half-way (Laplace's rule).
        Self { steps: blocks.iter().map(|(weight, chance, right)| (chance / weight, (right + 0.5) / (weight + 1.0))).collect() }
    }

    /// The chance that a chance stands for.
    pub fn at(&self, chance: f64) -> f64 {
        let after = self.steps.partition_point(|(x, _)| *x < chance);
        let (before, after) = (after.checked_sub(1).map(|i| self.steps[i]), self.steps.get(after).copied());
        let share = match (before, after) {
            (Some((x, y)), Some((next_x, next_y))) if next_x > x => y + (next_y - y) * (chance - x) / (next_x - x),
            (Some((_, y)), _) | (None, Some((_, y))) => y,
            (None, None) => chance,
        };
        // A trace of the chance itself keeps the order where the steps are flat.
        0.999 * share + 0.001 * chance
    }
}
