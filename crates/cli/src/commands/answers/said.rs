//! The summary in words.

use super::read::Answer;
use hypercare_language::calibration::{Refused, Threshold};
use hypercare_language::trial::{BOUND, Confirmed, Held, ShareFrom, Source, Trial};

/// What was asked for.
pub struct Asked<'a> {
    pub wrong_rate: f64,
    pub labelled: &'a [Confirmed],
    pub has_model: bool,
    pub answers: &'a [Answer],
}

/// Everything a lead needs to judge the result, a sentence a line.
pub fn summary(tried: &Trial, asked: &Asked<'_>) -> String {
    let mut lines = vec![answered(tried)];
    lines.push(match &tried.threshold {
        Ok(threshold) => found(threshold, tried, asked),
        Err(refused) => refused_for(refused, asked),
    });
    lines.push(outside(tried, asked));
    let curve: Vec<String> = tried
        .trade_off
        .iter()
        .filter_map(|point| point.threshold.ok().map(|t| format!("{} wrong: {} answered", percent(point.wrong_rate), percent(t.answered))))
        .collect();
    if !curve.is_empty() {
        lines.push(format!("At other settings: {}.", curve.join("; ")));
    }
    if tried.source == Source::Wordings {
        lines.push(
            "No confirmed outcomes were given (--labelled): the answers' own wordings stood in, each judged without itself. They are tidier than \
             what customers write, so treat the figures as a first look."
                .into(),
        );
    }
    if !asked.has_model {
        lines.push("This build has no language model: letters and words were compared, not meaning.".into());
    }
    let bare: Vec<&str> = asked.answers.iter().filter(|a| a.examples.iter().all(|e| e.trim().is_empty())).map(|a| a.title.as_str()).collect();
    match bare.as_slice() {
        [] => {}
        [one] => lines.push(format!("The answer “{one}” has no examples: give it wordings that customers use.")),
        [first, ..] => lines.push(format!("{} answers have no examples, “{first}” first: give them wordings that customers use.", bare.len())),
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn answered(tried: &Trial) -> String {
    let all = tried.verdicts.len();
    let said = tried.verdicts.iter().filter(|v| v.answer.is_ok()).count();
    let held = |what: &dyn Fn(&Held) -> bool| tried.verdicts.iter().filter(|v| v.answer.as_ref().is_err_and(what)).count();
    let parts = [
        (held(&|h| *h == Held::Unsure), "not sure enough"),
        (held(&|h| *h == Held::TwoQuestions), "with two questions"),
        (held(&|h| matches!(h, Held::Foreign(_))), "in another language"),
        (held(&|h| *h == Held::NoWords), "without words"),
    ];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{count} {why}")).collect();
    let rest = if parts.is_empty() { String::new() } else { format!(" To a person: {}.", parts.join(", ")) };
    let share = if all == 0 { String::new() } else { format!(" ({})", percent(said as f64 / all as f64)) };
    format!("{said} of {all} messages would be answered{share}.{rest}")
}

fn found(threshold: &Threshold, tried: &Trial, asked: &Asked<'_>) -> String {
    let said: Vec<f64> = tried.verdicts.iter().filter(|v| v.answer.is_ok()).map(|v| 1.0 - v.confidence).collect();
    let expected = if said.is_empty() {
        String::new()
    } else {
        format!(" Expected wrong among them: {}.", percent(said.iter().sum::<f64>() / said.len() as f64))
    };
    let source = match tried.source {
        Source::Confirmed => "confirmed outcomes",
        Source::Wordings => "wordings",
    };
    format!(
        "Answered from a confidence of {:.3} on: of {} {source}, those at least as sure were wrong in {}, and with {:.0} % confidence in no more than {} (accepted: {}).{expected}",
        threshold.confidence,
        threshold.outcomes,
        percent(threshold.wrong),
        100.0 * BOUND,
        percent(threshold.bound),
        percent(asked.wrong_rate),
    )
}

fn refused_for(refused: &Refused, asked: &Asked<'_>) -> String {
    format!("Nothing is answered at {} wrong: {refused}. The best matches are listed all the same.", percent(asked.wrong_rate))
}

fn outside(tried: &Trial, asked: &Asked<'_>) -> String {
    let (share, from) = tried.outside;
    let share = percent(share);
    match from {
        ShareFrom::Given => format!("Share of messages that no answer fits: {share}, as given."),
        ShareFrom::Messages => {
            let own = asked.labelled.iter().filter(|l| l.answer.is_none()).count();
            let beside =
                if own > 0 { format!(" ({} of the labelled ones)", percent(own as f64 / asked.labelled.len() as f64)) } else { String::new() };
            format!(
                "Share of messages that no answer fits: about {share}, estimated from the messages{beside}. If you know better, give --out-of-scope."
            )
        }
        ShareFrom::Outcomes => format!("Share of messages that no answer fits: {share}, as among the labelled ones."),
        ShareFrom::Assumed => format!("Share of messages that no answer fits: {share}, assumed. If you know better, give --out-of-scope."),
    }
}

fn percent(share: f64) -> String {
    let value = 100.0 * share;
    if value >= 9.95 || (value - value.round()).abs() < 0.05 { format!("{value:.0} %") } else { format!("{value:.1} %") }
}
