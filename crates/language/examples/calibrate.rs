//! Calibration of the lexical matcher on ten-shot splits of Banking77's training part (Casanueva et al. 2020, CC BY 4.0).
//! It measures, and prints the weights that `src/lexical/confidence.rs` holds. The data is not part of the project; give its path:
//! `cargo run -p hypercare-language --release --example calibrate -- train.csv`.

use hypercare_language::{Item, LexicalMatcher, Matcher};
use std::collections::BTreeMap;

const SHOTS: usize = 10;

/// A small fixed generator: the splits are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

fn intents(text: &str) -> Vec<Vec<String>> {
    let mut by_intent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut record = String::new();
    for line in text.lines().skip(1) {
        record.push_str(line);
        // A record is whole when its quotes are closed.
        if record.matches('"').count() % 2 == 1 {
            record.push('\n');
            continue;
        }
        if let Some((text, intent)) = record.rsplit_once(',') {
            by_intent.entry(intent.to_owned()).or_default().push(text.trim_matches('"').replace("\"\"", "\""));
        }
        record.clear();
    }
    by_intent.into_values().collect()
}

struct Case {
    features: [f64; 4],
    confidence: f64,
    inside: bool,
    right: bool,
}

/// Some intents as items with ten examples each; their other texts and those of other intents as messages.
fn cases(intents: &[Vec<String>], known: usize, out_share: f64, seed: u64) -> Vec<Case> {
    let mut dice = Dice(seed);
    let mut order: Vec<usize> = (0..intents.len()).collect();
    dice.shuffle(&mut order);
    let (mut items, mut inside, mut outside) = (Vec::new(), Vec::new(), Vec::new());
    for (number, intent) in order.iter().enumerate() {
        let mut texts = intents[*intent].clone();
        dice.shuffle(&mut texts);
        if number < known {
            inside.extend(texts.split_off(SHOTS).into_iter().take(60).map(|t| (t, Some(number))));
            items.push(Item { phrases: texts });
        } else {
            outside.extend(texts.into_iter().take(60).map(|t| (t, None)));
        }
    }
    dice.shuffle(&mut outside);
    outside.truncate((inside.len() as f64 * out_share / (1.0 - out_share)) as usize);
    let matcher = LexicalMatcher::new(&items);
    inside
        .into_iter()
        .chain(outside)
        .filter_map(|(text, wanted)| {
            let best = matcher.rank(&text, 1).into_iter().next()?;
            Some(Case {
                features: [1.0, best.score, best.margin, best.covered],
                confidence: best.confidence,
                inside: wanted.is_some(),
                right: wanted == Some(best.key),
            })
        })
        .collect()
}

/// Logistic regression by Newton's method with a small ridge.
fn fit(cases: &[Case]) -> [f64; 4] {
    let mut w = [0.0; 4];
    for _ in 0..30 {
        let (mut gradient, mut hessian) = ([0.0; 4], [[0.0; 4]; 4]);
        for case in cases {
            let p = 1.0 / (1.0 + (-(0..4).map(|i| w[i] * case.features[i]).sum::<f64>()).exp());
            for i in 0..4 {
                gradient[i] += (f64::from(u8::from(case.right)) - p) * case.features[i];
                for (cell, feature) in hessian[i].iter_mut().zip(case.features) {
                    *cell += p * (1.0 - p) * case.features[i] * feature;
                }
            }
        }
        for i in 0..4 {
            gradient[i] -= 1e-3 * w[i];
            hessian[i][i] += 1e-3;
        }
        let step = solved(hessian, gradient);
        for i in 0..4 {
            w[i] += step[i];
        }
    }
    w
}

fn solved(mut a: [[f64; 4]; 4], mut b: [f64; 4]) -> [f64; 4] {
    for i in 0..4 {
        for row in i + 1..4 {
            let factor = a[row][i] / a[i][i];
            let pivot = a[i];
            for (cell, p) in a[row].iter_mut().zip(pivot).skip(i) {
                *cell -= factor * p;
            }
            b[row] -= factor * b[i];
        }
    }
    for i in (0..4).rev() {
        b[i] /= a[i][i];
        for row in 0..i {
            b[row] -= a[row][i] * b[i];
        }
    }
    b
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("give the path of Banking77's train.csv")?;
    let intents = intents(&std::fs::read_to_string(&path).map_err(|why| format!("{path}: {why}"))?);
    if intents.len() != 77 {
        return Err(format!("{path} has {} intents, not 77: is it Banking77's train.csv, with the columns text and category?", intents.len()).into());
    }
    for known in [14, 77] {
        let (mut right, mut all) = (0, 0);
        for seed in 100..105 {
            let list = cases(&intents, known, 0.0, seed);
            right += list.iter().filter(|c| c.right).count();
            all += list.len();
        }
        println!("{known} intents, {SHOTS} examples each, all in scope: top-1 {:.3}", right as f64 / all as f64);
    }
    let train: Vec<Case> = (0..12).flat_map(|seed| cases(&intents, [12, 20, 30][seed as usize % 3], 0.3, seed)).collect();
    println!("constant, score, margin, covered: {:?} ({} cases)", fit(&train), train.len());
    let fresh: Vec<Case> = (200..206).flat_map(|seed| cases(&intents, [12, 20, 30][seed as usize % 3], 0.3, seed)).collect();
    for from in [0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let said: Vec<&Case> = fresh.iter().filter(|c| c.confidence >= from).collect();
        let right = said.iter().filter(|c| c.right).count() as f64 / said.len().max(1) as f64;
        let (inside, outside): (Vec<&Case>, Vec<&Case>) = fresh.iter().partition(|c| c.inside);
        let share = |list: &[&Case]| list.iter().filter(|c| c.confidence >= from).count() as f64 / list.len() as f64;
        println!("from {from}: right {right:.3}, in scope answered {:.3}, out of scope answered {:.3}", share(&inside), share(&outside));
    }
    let gap: f64 = (0..10)
        .map(|bin| {
            let list: Vec<&Case> = fresh.iter().filter(|c| (c.confidence * 10.0).min(9.0) as usize == bin).collect();
            (list.iter().map(|c| c.confidence).sum::<f64>() - list.iter().filter(|c| c.right).count() as f64).abs()
        })
        .sum::<f64>()
        / fresh.len() as f64;
    println!("expected calibration error {gap:.3}");
    if gap >= 0.05 {
        return Err("the fixed weights are no longer calibrated: put the fitted ones into `src/lexical/confidence.rs`".into());
    }
    Ok(())
}
