//! What caused more work than usual: by category against the days before the change, by scenario and by issue.

use super::model::{Excesses, Volume};
use crate::signals::overview::{ClosedSeries, DayScore, Overview};
use hypercare_core::lessons::{Excess, pareto};
use hypercare_core::signals::{Basis, Signal};

/// The excess of a window. The figures of categories are the sums of the days in the Signals screen, those of scenarios and issues the
/// counts of the report, the inbox and the Issues screen.
pub fn excess(o: &Overview, volume: &Volume) -> Excesses {
    let whole = o.signal(Signal::Contacts).map(|(closed, _)| sums(o, closed));
    let mut categories: Vec<Excess> = o
        .series()
        .filter(|(closed, _)| closed.series.signal == Signal::Contacts)
        .filter_map(|(closed, _)| {
            let name = closed.series.category.clone()?;
            let (observed, expected, _) = sums(o, closed);
            Some(Excess { key: name.clone(), name: super::words::title(&name), observed, expected })
        })
        .collect();
    if let Some((observed, expected, _)) = whole {
        categories.extend(rest(&categories, observed, expected));
    }
    let none = |key: &str, name: &str, n: i64| Excess { key: key.to_owned(), name: name.to_owned(), observed: n as f64, expected: None };
    let known = categories.iter().any(|c| c.expected.is_some());
    Excesses {
        days: whole.map_or(0, |(.., days)| days),
        desk: whole
            .map(|(observed, expected, _)| pareto(vec![Excess { key: String::new(), name: "The whole desk".into(), observed, expected }]).remove(0)),
        known,
        categories: pareto(categories.into_iter().filter(|c| c.observed > 0.0 || c.expected.is_some_and(|e| e >= 0.5)).collect()),
        scenarios: pareto(volume.scenarios.iter().map(|s| none(&s.key, &s.name, s.conversations)).collect()),
        issues: pareto(volume.issues.iter().filter(|i| i.conversations > 0).map(|i| none(&i.id.to_string(), &i.title, i.conversations)).collect()),
    }
}

/// Conversations that no category of the plan takes.
fn rest(categories: &[Excess], observed: f64, expected: Option<f64>) -> Option<Excess> {
    let rest = observed - categories.iter().map(|c| c.observed).sum::<f64>();
    let of_categories: Option<f64> = categories.iter().map(|c| c.expected).sum();
    let expected = expected.zip(of_categories).map(|(all, some)| (all - some).max(0.0));
    (rest > 0.5).then(|| Excess { key: String::new(), name: "Everything else".into(), observed: rest.max(0.0), expected })
}

/// What began on the complete days since go-live, what such days had before, and how many days that are. Where only some days know
/// what is usual, none is said: the two would not be of the same days.
fn sums(o: &Overview, closed: &ClosedSeries) -> (f64, Option<f64>, usize) {
    let days: Vec<_> = closed.days.iter().filter(|d| d.day >= o.closed.days.go_live && d.score.complete).collect();
    let observed = days.iter().filter_map(|d| d.score.value).sum();
    // A level that it settled at after the change, or a target, is no time before it.
    let before = |d: &&DayScore| d.score.expected.filter(|_| d.score.basis == Basis::Baseline);
    let expected: Option<f64> = if days.is_empty() { None } else { days.iter().map(before).sum() };
    (observed, expected, days.len())
}
