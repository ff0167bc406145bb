//! Which answers did best: how often customers did not have to write again.

use super::model::AnswerLine;
use hypercare_core::answer::Answer;
use hypercare_store::queries::answers::Performance;
use std::collections::HashMap;

/// Standard normal quantile of a two-sided 95 % interval.
const Z: f64 = 1.96;

/// The answers that were used, best first: by the lower end of the 95 % interval of the share of uses without a
/// follow-up, so that one lucky use does not come before a hundred good ones.
pub fn lines(answers: &[Answer], performance: &[Performance]) -> Vec<AnswerLine> {
    let by_id: HashMap<i64, &Performance> = performance.iter().map(|p| (p.answer_id, p)).collect();
    let line = |a: &Answer| {
        let p = by_id.get(&a.id.0).filter(|p| p.uses > 0)?;
        let text = a.live().or(a.versions.last())?;
        Some(AnswerLine {
            title: text.text.title.clone(),
            state: a.state,
            uses: p.uses,
            by_assistant: p.by_assistant,
            helpful: p.helpful,
            not_helpful: p.not_helpful,
            follow_ups: p.follow_ups,
        })
    };
    let mut lines: Vec<AnswerLine> = answers.iter().filter_map(line).collect();
    let at_least = |l: &AnswerLine| wilson(l.uses - l.follow_ups, l.uses);
    lines.sort_by(|a, b| at_least(b).total_cmp(&at_least(a)).then_with(|| a.title.cmp(&b.title)));
    lines
}

/// The lower end of the 95 % score interval of a share (Wilson, 1927).
fn wilson(part: i64, whole: i64) -> f64 {
    if whole <= 0 {
        return 0.0;
    }
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let square = Z * Z;
    (p + square / (2.0 * n) - Z * (p * (1.0 - p) / n + square / (4.0 * n * n)).sqrt()) / (1.0 + square / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_ends_of_intervals() {
        #[track_caller]
        fn check(part: i64, whole: i64, expected: f64) {
            assert!((wilson(part, whole) - expected).abs() < 5e-4, "{}", wilson(part, whole));
        }
        // Reference: statsmodels, proportion_confint(method="wilson").
        check(8, 10, 0.4902);
        check(1, 1, 0.2065);
        check(0, 5, 0.0);
        check(90, 100, 0.8256);
        check(0, 0, 0.0);
    }
}
