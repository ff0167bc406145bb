//! Multinomial logistic regression on the vectors of the wordings: learns what tells items apart, where nearness only knows
//! what is alike.

use crate::numeric::in_parts;

/// The usual weight of the squared coefficients against the sum of the losses. Chosen on ten-shot splits of CLINC150's training
/// part and on the DSTC11 sets, where 0.01 to 0.1 differ by less than half a point of top-1.
pub(crate) const RIDGE: f64 = 0.03;
/// Steps of L-BFGS at most; it stops before when a step gains less than [`ENOUGH`] of the loss.
const STEPS: usize = 60;
const ENOUGH: f64 = 2e-5;
/// Pairs of steps and gradients that L-BFGS remembers.
const MEMORY: usize = 8;
/// Rows that share one pass over the weights.
const ROWS: usize = 4;

/// The fitted head: a logit for each class from a vector.
#[derive(Clone)]
pub(crate) struct Head {
    classes: usize,
    /// One row of `classes` weights for each input, then the constants.
    weights: Vec<f32>,
}

/// What is learned from.
#[derive(Clone, Copy)]
pub(crate) struct Lessons<'a> {
    /// Row after row, `inputs` numbers each.
    pub vectors: &'a [f32],
    /// Numbers in a row.
    pub inputs: usize,
    /// Class of each row, below `classes`.
    pub class_of: &'a [u32],
    /// Classes there are.
    pub classes: usize,
    /// How much each row counts; one each where there are none.
    pub weight_of: Option<&'a [f32]>,
    /// Weight of the squared coefficients.
    pub ridge: f64,
}

impl Head {
    /// Fits by L-BFGS (Liu and Nocedal 1989) with a backtracking line search: no randomness, and the sums are in a fixed
    /// order.
    pub fn fit(lessons: &Lessons<'_>) -> Self {
        Self::fit_from(vec![0.0_f32; (lessons.inputs + 1) * lessons.classes], lessons)
    }

    /// Fits on, from what was learned of most of the lessons: a few steps where few have come since.
    pub fn refit(&self, lessons: &Lessons<'_>) -> Self {
        Self::fit_from(self.weights.clone(), lessons)
    }

    fn fit_from(mut weights: Vec<f32>, lessons: &Lessons<'_>) -> Self {
        let (mut loss, mut gradient) = lessons.loss(&weights);
        let mut past: Vec<(Vec<f32>, Vec<f32>, f64)> = Vec::new();
        for _ in 0..STEPS {
            let direction = downhill(&gradient, &past);
            let slope = dot(&direction, &gradient);
            if slope >= 0.0 {
                break;
            }
            let mut stride = if past.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt().max(1e-12) } else { 1.0 };
            let mut moved = None;
            for _ in 0..20 {
                let tried: Vec<f32> = weights.iter().zip(&direction).map(|(w, d)| w + stride as f32 * d).collect();
                let (new_loss, new_gradient) = lessons.loss(&tried);
                if new_loss <= loss + 1e-4 * stride * slope {
                    moved = Some((tried, new_loss, new_gradient));
                    break;
                }
                stride *= 0.5;
            }
            let Some((tried, new_loss, new_gradient)) = moved else { break };
            let step = difference(&tried, &weights);
            let change = difference(&new_gradient, &gradient);
            let curvature = dot(&step, &change);
            if curvature > 1e-10 {
                if past.len() == MEMORY {
                    past.remove(0);
                }
                past.push((step, change, curvature));
            }
            let gained = loss - new_loss;
            (weights, loss, gradient) = (tried, new_loss, new_gradient);
            if gained < ENOUGH * loss {
                break;
            }
        }
        Self { classes: lessons.classes, weights }
    }

    /// The logits of a vector.
    pub fn logits(&self, vector: &[f32]) -> Vec<f32> {
        let (rows, constants) = self.weights.split_at(vector.len() * self.classes);
        let mut logits = constants.to_vec();
        for (x, row) in vector.iter().zip(rows.chunks_exact(self.classes)) {
            for (logit, weight) in logits.iter_mut().zip(row) {
                *logit += x * weight;
            }
        }
        logits
    }
}

impl Lessons<'_> {
    /// The penalised loss and its gradient.
    fn loss(&self, weights: &[f32]) -> (f64, Vec<f32>) {
        let parts = in_parts(self.class_of.len(), |range| {
            let mut gradient = vec![0.0_f32; weights.len()];
            let mut loss = 0.0;
            let mut from = range.start;
            while from < range.end {
                let to = (from + ROWS).min(range.end);
                loss += self.block(from..to, weights, &mut gradient);
                from = to;
            }
            (loss, gradient)
        });
        let coefficients = self.inputs * self.classes;
        let mut loss = 0.5 * self.ridge * dot(&weights[..coefficients], &weights[..coefficients]);
        let mut gradient: Vec<f32> = weights.iter().map(|w| self.ridge as f32 * w).collect();
        gradient[coefficients..].fill(0.0);
        for (part_loss, part) in parts {
            loss += part_loss;
            for (g, p) in gradient.iter_mut().zip(&part) {
                *g += p;
            }
        }
        (loss, gradient)
    }

    /// Adds the gradient of up to [`ROWS`] rows; returns their loss. Rows go together because the weights are far larger
    /// than the nearest cache.
    fn block(&self, rows: std::ops::Range<usize>, weights: &[f32], gradient: &mut [f32]) -> f64 {
        let k = self.classes;
        let (matrix, constants) = weights.split_at(self.inputs * k);
        let count = rows.len();
        let row = |r: usize| &self.vectors[(rows.start + r.min(count - 1)) * self.inputs..][..self.inputs];
        let x = [row(0), row(1), row(2), row(3)];
        let mut z: [Vec<f32>; ROWS] = std::array::from_fn(|_| constants.to_vec());
        let [z0, z1, z2, z3] = &mut z;
        for (i, line) in matrix.chunks_exact(k).enumerate() {
            let (a, b, c, d) = (x[0][i], x[1][i], x[2][i], x[3][i]);
            for ((((w, p), q), r), s) in line.iter().zip(z0.iter_mut()).zip(z1.iter_mut()).zip(z2.iter_mut()).zip(z3.iter_mut()) {
                *p += a * w;
                *q += b * w;
                *r += c * w;
                *s += d * w;
            }
        }
        let mut loss = 0.0;
        for (r, z) in z.iter_mut().enumerate() {
            if r >= count {
                z.fill(0.0);
                continue;
            }
            let class = self.class_of[rows.start + r] as usize;
            let wanted = z[class];
            let top = softmax(z);
            let weight = self.weight_of.map_or(1.0, |weights| weights[rows.start + r]);
            loss += f64::from(weight) * (f64::from(top.0) + f64::from(top.1.ln()) - f64::from(wanted));
            z[class] -= 1.0;
            z.iter_mut().for_each(|z| *z *= weight);
        }
        let [z0, z1, z2, z3] = &z;
        for (i, line) in gradient.chunks_exact_mut(k).enumerate() {
            let (a, b, c, d) = if i < self.inputs { (x[0][i], x[1][i], x[2][i], x[3][i]) } else { (1.0, 1.0, 1.0, 1.0) };
            for ((((g, p), q), r), s) in line.iter_mut().zip(z0).zip(z1).zip(z2).zip(z3) {
                *g += a * p + b * q + c * r + d * s;
            }
        }
        loss
    }
}

/// Turns logits into chances in place; returns the greatest logit and the sum of what stood before the division.
pub(crate) fn softmax(logits: &mut [f32]) -> (f32, f32) {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = (*logit - top).exp();
        sum += *logit;
    }
    for logit in logits.iter_mut() {
        *logit /= sum;
    }
    (top, sum)
}

/// The two-loop recursion of L-BFGS.
fn downhill(gradient: &[f32], past: &[(Vec<f32>, Vec<f32>, f64)]) -> Vec<f32> {
    let mut q: Vec<f32> = gradient.iter().map(|g| -g).collect();
    let mut parts = Vec::with_capacity(past.len());
    for (step, change, curvature) in past.iter().rev() {
        let a = dot(step, &q) / curvature;
        add(&mut q, change, -a);
        parts.push(a);
    }
    if let Some((_, change, curvature)) = past.last() {
        let scale = (curvature / dot(change, change).max(1e-20)) as f32;
        q.iter_mut().for_each(|x| *x *= scale);
    }
    for ((step, change, curvature), a) in past.iter().zip(parts.iter().rev()) {
        let b = dot(change, &q) / curvature;
        add(&mut q, step, a - b);
    }
    q
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.chunks(1024).zip(b.chunks(1024)).map(|(a, b)| f64::from(crate::encoder::cosine(a, b))).sum()
}

fn add(to: &mut [f32], what: &[f32], times: f64) {
    for (x, y) in to.iter_mut().zip(what) {
        *x += times as f32 * y;
    }
}

fn difference(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(x, y)| x - y).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points around three directions.
    fn lessons() -> (Vec<f32>, Vec<u32>) {
        let centres = [[1.0, 0.0, 0.0, 0.2], [0.0, 1.0, 0.1, 0.0], [-0.5, 0.0, 1.0, 0.0]];
        let mut vectors = Vec::new();
        let mut class_of = Vec::new();
        for n in 0..90_u32 {
            let class = n % 3;
            let shift = |i: u32| ((n * 7 + i * 13) % 11) as f32 / 30.0 - 0.17;
            vectors.extend(centres[class as usize].iter().enumerate().map(|(i, x)| x + shift(i as u32)));
            class_of.push(class);
        }
        (vectors, class_of)
    }

    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let (vectors, class_of) = lessons();
        let weight_of: Vec<f32> = (0..class_of.len()).map(|n| 1.0 + (n % 4) as f32).collect();
        let lessons = Lessons { vectors: &vectors, inputs: 4, class_of: &class_of, classes: 3, weight_of: Some(&weight_of), ridge: RIDGE };
        let weights: Vec<f32> = (0..15).map(|i| (i as f32 * 0.7).sin()).collect();
        let (_, gradient) = lessons.loss(&weights);
        for i in 0..15 {
            let at = |h: f32| {
                let mut w = weights.clone();
                w[i] += h;
                lessons.loss(&w).0
            };
            let slope = (at(0.01) - at(-0.01)) / 0.02;
            assert!((slope - f64::from(gradient[i])).abs() < 0.02 * slope.abs().max(1.0), "{i}: {slope} and {}", gradient[i]);
        }
    }

    #[test]
    fn what_was_learned_is_known_and_learning_repeats_itself() {
        let (vectors, class_of) = lessons();
        let lessons = Lessons { vectors: &vectors, inputs: 4, class_of: &class_of, classes: 3, weight_of: None, ridge: RIDGE };
        let head = Head::fit(&lessons);
        for (row, class) in vectors.chunks_exact(4).zip(&class_of) {
            let logits = head.logits(row);
            let best = (0..3).max_by(|a, b| logits[*a].total_cmp(&logits[*b])).unwrap();
            assert_eq!(best, *class as usize);
        }
        assert_eq!(head.weights, Head::fit(&lessons).weights);
        let (_, gradient) = lessons.loss(&head.weights);
        assert!(dot(&gradient, &gradient).sqrt() < 0.5, "not at the bottom: {gradient:?}");
        let (start, again) = (lessons.loss(&head.weights).0, lessons.loss(&head.refit(&lessons).weights).0);
        assert!(again <= start, "learning on made it worse: {again} after {start}");
    }
}
