//! What a measure changes, in words that claim no more than the interval allows.

use super::compare::{Estimate, Line};
use super::figures::Figure;
use super::measures::Measure;

/// Figures that are named beside the day of exit where their difference is clear.
const ALSO: [Figure; 7] =
    [Figure::FirstResponseKept, Figure::ResolutionKept, Figure::ContactsPerDay, Figure::Chasers, Figure::GivenUp, Figure::TiredHours, Figure::Cost];

/// "Known answers: exit 4 days sooner (95 %: 2 to 6); 31 fewer customers asking again (95 %: 20 to 42)."
pub(crate) fn sentence(measure: Option<Measure>, beside: &[Measure], differences: &[Line]) -> String {
    let name = measure.map_or("All together", Measure::name);
    if let Some(needed) = measure.and_then(Measure::needs).filter(|needed| !beside.contains(needed)) {
        return format!("{name}: changes nothing without {}.", needed.name().to_lowercase());
    }
    let of = |figure| differences.iter().find(|l| l.figure == figure).and_then(|l| l.estimate);
    let mut parts = vec![of(Figure::ExitDay).map_or_else(|| "exit cannot be compared".to_owned(), |e| exit(&e))];
    parts.extend(ALSO.into_iter().filter_map(|figure| of(figure).filter(Estimate::is_clear).and_then(|e| clear(figure, &e))));
    format!("{name}: {}.", parts.join("; "))
}

fn exit(e: &Estimate) -> String {
    match (e.low, e.high) {
        (Some(low), Some(high)) if e.is_clear() => {
            let (word, ends) = if e.mean < 0.0 { ("sooner", (-high, -low)) } else { ("later", (low, high)) };
            let days = e.mean.abs();
            let unit = if number(days) == "1" { "day" } else { "days" };
            format!("exit {} {unit} {word} (95 %: {})", number(days), range(ends))
        }
        (Some(low), Some(high)) if low == 0.0 && high == 0.0 => "exit on the same day in every launch".into(),
        (Some(low), Some(high)) => format!("no clear difference in exit (95 %: {} sooner to {} later)", number(-low), number(high)),
        _ => "one launch alone shows no difference in exit".into(),
    }
}

/// A clear difference of another figure.
fn clear(figure: Figure, e: &Estimate) -> Option<String> {
    let (low, high) = (e.low?, e.high?);
    let more = e.mean > 0.0;
    let ends = if more { (low, high) } else { (-high, -low) };
    let size = e.mean.abs();
    // What rounds to nothing is not worth a word.
    if size < if figure.is_share() { 0.0005 } else { 0.05 } {
        return None;
    }
    let points = |what: &str| {
        let word = if more { "more" } else { "fewer" };
        format!("{} percentage points {word} {what} (95 %: {})", number(size * 100.0), range((ends.0 * 100.0, ends.1 * 100.0)))
    };
    let plain = |word: &str| format!("{} {word} (95 %: {})", number(size), range(ends));
    Some(match figure {
        Figure::FirstResponseKept => points("first responses in time"),
        Figure::ResolutionKept => points("settled in time"),
        Figure::ContactsPerDay => plain(if more { "more contacts a day" } else { "fewer contacts a day" }),
        Figure::Chasers => plain(if more { "more times customers ask again" } else { "fewer times customers ask again" }),
        Figure::GivenUp => plain(if more { "more give up waiting" } else { "fewer give up waiting" }),
        Figure::TiredHours => plain(if more { "more hours of tired people" } else { "fewer hours of tired people" }),
        Figure::Cost => plain(if more { "more cost" } else { "less cost" }),
        _ => return None,
    })
}

fn range((low, high): (f64, f64)) -> String {
    format!("{} to {}", number(low), number(high))
}

/// As many digits as are worth reading, and never a zero for what is not zero.
pub(crate) fn number(value: f64) -> String {
    let digits = match value.abs() {
        v if v >= 100.0 => 0,
        v if v >= 0.095 || v == 0.0 => 1,
        v if v >= 0.0095 => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    let text = text.strip_suffix(".0").map_or(text.clone(), str::to_owned);
    if text == "-0" || text == "-0.000" { "0".into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(figure: Figure, mean: f64, low: f64, high: f64) -> Line {
        Line { figure, estimate: Some(Estimate { mean, low: Some(low), high: Some(high) }) }
    }

    #[test]
    fn a_sentence_says_what_the_interval_allows() {
        fn check(measure: Option<Measure>, lines: &[Line], expected: &str) {
            assert_eq!(sentence(measure, &[Measure::Stages], lines), expected);
        }
        let sooner = line(Figure::ExitDay, -4.0, -6.0, -2.0);
        check(Some(Measure::Answers), std::slice::from_ref(&sooner), "Known answers: exit 4 days sooner (95 %: 2 to 6).");
        check(
            Some(Measure::Updates),
            &[line(Figure::ExitDay, -0.1, -1.2, 1.0), line(Figure::Chasers, -31.0, -42.0, -20.0), line(Figure::Cost, 5.0, -1.0, 11.0)],
            "Proactive updates: no clear difference in exit (95 %: 1.2 sooner to 1 later); 31 fewer times customers ask again (95 %: 20 to 42).",
        );
        check(None, &[line(Figure::ExitDay, 0.0, 0.0, 0.0)], "All together: exit on the same day in every launch.");
        check(
            None,
            &[sooner, line(Figure::FirstResponseKept, 0.051, 0.04, 0.062), line(Figure::Cost, 1234.4, 1000.0, 1500.0)],
            "All together: exit 4 days sooner (95 %: 2 to 6); 5.1 percentage points more first responses in time (95 %: 4 to 6.2); 1234 more cost (95 %: 1000 to 1500).",
        );
        check(None, &[line(Figure::ExitDay, 1.0, 0.02, 1.98)], "All together: exit 1 day later (95 %: 0.02 to 2).");
        check(
            None,
            &[Line { figure: Figure::ExitDay, estimate: Estimate::of(&[3.0]) }],
            "All together: one launch alone shows no difference in exit.",
        );
        check(None, &[], "All together: exit cannot be compared.");
        check(
            Some(Measure::Tightening),
            &[line(Figure::ExitDay, 0.0, 0.0, 0.0)],
            "Tightening after a step back: exit on the same day in every launch.",
        );
        assert_eq!(sentence(Some(Measure::BurnAlerts), &[], &[]), "Burn alerts: changes nothing without staged normalisation.");
    }

    #[test]
    fn the_interval_is_students() {
        // Reference: scipy.stats.t.interval(0.95, 4, loc=3, scale=sem([1, 2, 3, 4, 5])).
        let e = Estimate::of(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        assert!((e.low.unwrap() - 1.036_756_838_522_439).abs() < 1e-6 && (e.high.unwrap() - 4.963_243_161_477_561).abs() < 1e-6, "{e:?}");
        assert!(e.is_clear() && !Estimate::of(&[-1.0, 1.0]).unwrap().is_clear() && !Estimate::of(&[2.0]).unwrap().is_clear());
        assert_eq!(Estimate::of(&[]), None);
    }
}
