//! One day of every signal, from what is stored.
//!
//! Times are taken as they were when the day ended, also when it is measured later: a day of the time before
//! the change, read from history, must mean the same as a day that was closed at its midnight.

use super::promises::{self, Decided};
use super::series::Series;
use hypercare_core::conversation::{Event, Status};
use hypercare_core::issue::Issue;
use hypercare_core::signals::cohort::{self, Time};
use hypercare_core::signals::mix::Strata;
use hypercare_core::signals::{Day, Sample, Signal};
use hypercare_core::window::Window;
use hypercare_core::{Severity, Span, Timestamp};
use hypercare_store::queries::signals::{Counted, Happened, Opened, Parted};
use hypercare_store::queries::{issues, signals};
use hypercare_store::{Query, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Categories that a day is kept by at most; a plan has fewer.
const CATEGORIES_LIMIT: usize = 40;

/// One day of one signal, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// What the rules compare; none if there was nothing to measure.
    pub sample: Option<Sample>,
    /// How many conversations are behind the figure: the list that opens from it. None where there is no such list.
    pub listed: Option<u64>,
    /// The same by category, where that can change what the figure means.
    #[serde(default, skip_serializing_if = "Strata::is_empty")]
    pub strata: Strata,
}

/// What happened on one day, as far as any signal cares.
#[derive(Debug)]
pub struct Facts {
    /// When the day began.
    since: Timestamp,
    /// When the day ended, or now.
    until: Timestamp,
    opened: Vec<Opened>,
    settled: Vec<Counted>,
    open: Vec<Parted>,
    escalated: Vec<Counted>,
    rated: Vec<Parted>,
    pulses: Vec<i64>,
    /// Category of each critical issue that was open.
    critical_issues: Vec<String>,
    /// Promises about time that were decided on the day and some days before.
    decided: Vec<Decided>,
    /// Settled in the seven days to this day.
    settled_lately: Vec<Counted>,
    /// Category of each conversation that was settled and came back on the day.
    reopened: Vec<String>,
}

/// Reads a day that began at `since` and ended, or stands, at `until`.
///
/// # Errors
/// When the database fails.
pub async fn read(q: &mut impl Query, window: &Window, day: Day, since: Timestamp, until: Timestamp) -> Result<Facts, StoreError> {
    let known = issues::of_window(q, window.id).await?;
    let category = |i: &Issue| i.scenario.as_deref().and_then(|key| window.plan.scenario(key)).map(|s| s.category.clone()).unwrap_or_default();
    let critical = |i: &&Issue| i.severity == Severity::Critical && i.opened_at < until && i.resolved_at.is_none_or(|at| at >= until);
    let reopened = |h: Happened| match serde_json::from_str(&h.body) {
        Ok(Event::StatusChanged { from: Status::Resolved, .. }) => Some(h.category),
        _ => None,
    };
    Ok(Facts {
        since,
        until,
        opened: signals::opened(q, since, until).await?,
        settled: signals::settled(q, since, until).await?,
        open: signals::open_at(q, until).await?,
        escalated: signals::escalated(q, since, until).await?,
        rated: signals::rated(q, since, until).await?,
        pulses: signals::pulses(q, window.id, &day.to_string()).await?,
        critical_issues: known.iter().filter(critical).map(category).collect(),
        decided: promises::decided(q, since, until).await?,
        settled_lately: signals::settled(q, since - Span::days(6), until).await?,
        reopened: signals::status_changes(q, since, until).await?.into_iter().filter_map(reopened).collect(),
    })
}

impl Facts {
    /// Promises that broke too fast on the day, each alert in a sentence.
    pub fn burning(&self, window: &Window) -> Vec<String> {
        promises::burning(&window.plan, &self.decided, self.since)
    }

    /// The day of one series.
    pub fn sample(&self, series: &Series) -> Measured {
        let opened: Vec<&Opened> = self.opened.iter().filter(|o| series.takes(o.category.as_deref().unwrap_or_default())).collect();
        let of = |part: fn(&Opened) -> bool| {
            let mut by_category: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
            for o in &opened {
                let own = by_category.entry(o.category.as_deref().unwrap_or_default()).or_default();
                *own = (own.0 + u64::from(part(o)), own.1 + 1);
            }
            let all = by_category.values().fold((0, 0), |all, own| (all.0 + own.0, all.1 + own.1));
            let strata = if series.category.is_some() || by_category.len() > CATEGORIES_LIMIT {
                Strata::new()
            } else {
                by_category.into_iter().map(|(category, own)| (category.to_owned(), Sample::share(own.0, own.1))).collect()
            };
            Measured { sample: Some(Sample::share(all.0, all.1)), listed: Some(all.0), strata }
        };
        match series.signal {
            Signal::Contacts => counted(opened.len() as u64),
            Signal::FirstResponse => self.first_response(&opened, series),
            Signal::Resolution => self.resolution(&opened, series),
            Signal::Backlog => {
                let (open, _) = parts(&self.open, series);
                let sample = Sample::stock(open as f64, opened.len() as u64, count(&self.settled, series));
                Measured { sample: Some(sample), listed: Some(open), ..Measured::default() }
            }
            Signal::Escalations => counted(count(&self.escalated, series)),
            Signal::RepeatShare => of(|o| o.repeated),
            Signal::ReassuranceShare => of(|o| o.reassurance),
            Signal::AssistantShare => of(|o| !o.needed_person && o.assistant_answers > 0),
            Signal::Csat => {
                let (ratings, good) = parts(&self.rated, series);
                Measured { sample: Some(Sample::share(good, ratings)), listed: Some(ratings), ..Measured::default() }
            }
            Signal::CriticalOpen => {
                let (_, conversations) = parts(&self.open, series);
                let issues = self.critical_issues.iter().filter(|category| series.takes(category)).count() as u64;
                Measured { sample: Some(Sample::level((conversations + issues) as f64)), listed: Some(conversations), ..Measured::default() }
            }
            Signal::SlaAttainment => {
                let own = || self.decided.iter().filter(|d| d.outcome.at >= self.since && series.takes(&d.category));
                let kept = own().filter(|d| !d.outcome.missed).count() as u64;
                Measured { sample: Some(Sample::share(kept, own().count() as u64)), listed: None, ..Measured::default() }
            }
            Signal::ReopenShare => {
                let back = self.reopened.iter().filter(|category| series.takes(category)).count() as u64;
                // What came back is not settled any more, so it is missing from the settled.
                Measured { sample: Some(Sample::share(back, count(&self.settled_lately, series) + back)), listed: None, ..Measured::default() }
            }
            // Sent in by the product, and read where days are compared.
            Signal::Adoption => Measured::default(),
            Signal::Confidence => {
                let mean = self.pulses.iter().sum::<i64>() as f64 / self.pulses.len() as f64;
                Measured { sample: mean.is_finite().then(|| Sample::level(mean)), listed: None, ..Measured::default() }
            }
        }
    }

    /// Of those that needed a person, by when half had an answer; who still waits counts as "longer than so far". Without
    /// them, a day would look the better the more customers are left waiting.
    fn first_response(&self, opened: &[&Opened], series: &Series) -> Measured {
        let needing: Vec<&&Opened> = opened.iter().filter(|o| o.needed_person).collect();
        let time = |o: &&&Opened| match (self.by_then(o.first_response_at), self.by_then(o.resolved_at)) {
            (Some(at), _) => Some(Time::over(Span(at - o.opened_at))),
            (None, None) => Some(Time::so_far(Span(self.until.0 - o.opened_at))),
            // Settled without a reply: nobody waits for one.
            (None, Some(_)) => None,
        };
        let times: Vec<(&str, Time)> = needing.iter().filter_map(|o| Some((o.category.as_deref().unwrap_or_default(), time(o)?))).collect();
        timed(&times, needing.len(), series)
    }

    /// Of all that began; what is not settled counts as "longer than so far".
    fn resolution(&self, opened: &[&Opened], series: &Series) -> Measured {
        let time = |o: &&Opened| match self.by_then(o.resolved_at) {
            Some(at) => Time::over(Span(at - o.opened_at)),
            None => Time::so_far(Span(self.until.0 - o.opened_at)),
        };
        let times: Vec<(&str, Time)> = opened.iter().map(|o| (o.category.as_deref().unwrap_or_default(), time(o))).collect();
        timed(&times, opened.len(), series)
    }

    fn by_then(&self, at: Option<i64>) -> Option<i64> {
        at.filter(|at| *at < self.until.0)
    }
}

/// The times of a cohort, each with its category: together, and by category where the whole desk is measured.
fn timed(times: &[(&str, Time)], listed: usize, series: &Series) -> Measured {
    let mut by_category: BTreeMap<&str, Vec<Time>> = BTreeMap::new();
    for (category, time) in times {
        by_category.entry(category).or_default().push(*time);
    }
    let strata = if series.category.is_some() || by_category.len() > CATEGORIES_LIMIT {
        Strata::new()
    } else {
        by_category.into_iter().map(|(category, own)| (category.to_owned(), cohort::sample(&own))).collect()
    };
    let all: Vec<Time> = times.iter().map(|(_, time)| *time).collect();
    Measured { sample: Some(cohort::sample(&all)), listed: Some(listed as u64), strata }
}

fn counted(n: u64) -> Measured {
    Measured { sample: Some(Sample::count(n)), listed: Some(n), ..Measured::default() }
}

fn count(rows: &[Counted], series: &Series) -> u64 {
    rows.iter().filter(|r| series.takes(&r.category)).map(|r| r.n.unsigned_abs()).sum()
}

fn parts(rows: &[Parted], series: &Series) -> (u64, u64) {
    let own = rows.iter().filter(|r| series.takes(&r.category));
    own.fold((0, 0), |(n, part), r| (n + r.n.unsigned_abs(), part + r.part.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hypercare_core::signals::burn::Outcome;

    const MINUTE: i64 = 60_000_000;

    /// Opened, first answered and settled at minutes of a day that ends after 600.
    fn began(at: i64, answered: Option<i64>, settled: Option<i64>) -> Opened {
        Opened {
            opened_at: at * MINUTE,
            first_response_at: answered.map(|m| m * MINUTE),
            resolved_at: settled.map(|m| m * MINUTE),
            reassurance: false,
            needed_person: true,
            assistant_answers: 0,
            category: Some("billing".into()),
            repeated: false,
        }
    }

    fn day(opened: Vec<Opened>) -> Facts {
        let outcome = |minute: i64, missed| Decided { category: "billing".into(), outcome: Outcome { at: Timestamp(minute * MINUTE), missed } };
        Facts {
            since: Timestamp(0),
            until: Timestamp(600 * MINUTE),
            opened,
            settled: vec![Counted { category: "billing".into(), n: 3 }, Counted { category: String::new(), n: 1 }],
            open: vec![Parted { category: "billing".into(), n: 7, part: 2 }, Parted { category: String::new(), n: 5, part: 0 }],
            escalated: vec![],
            rated: vec![Parted { category: "billing".into(), n: 4, part: 3 }],
            pulses: vec![5, 4, 3, 3],
            critical_issues: vec!["billing".into(), "access".into()],
            decided: vec![outcome(-5, true), outcome(5, false), outcome(9, false), outcome(10, false), outcome(90, true)],
            settled_lately: vec![Counted { category: "billing".into(), n: 18 }, Counted { category: String::new(), n: 1 }],
            reopened: vec!["billing".into()],
        }
    }

    #[track_caller]
    fn check(facts: &Facts, key: &str, value: Option<f64>, listed: Option<u64>) {
        let measured = facts.sample(&Series::from_key(key).unwrap());
        let got = measured.sample.and_then(|s| s.value());
        assert!(got == value || got.zip(value).is_some_and(|(a, b)| (a - b).abs() < 1e-6), "{key}: {got:?} is not {value:?}");
        assert_eq!(measured.listed, listed, "{key}");
    }

    #[test]
    fn those_who_wait_count_as_longer_than_so_far() {
        // Answered after 10, 20 and 30 minutes; 5 minutes before midnight one more begins: too early to tell.
        let mut opened = vec![began(0, Some(10), None), began(0, Some(20), None), began(0, Some(30), None), began(595, None, None)];
        check(&day(opened.clone()), "first_response", Some(20.0 * 60.0), Some(4));
        // Three who have waited for hours push the median up, whether they are answered later or never.
        opened.extend([began(100, None, None), began(200, Some(700), None), began(300, None, None)]);
        let middle = Some(30.0 * 60.0);
        check(&day(opened.clone()), "first_response", middle, Some(7));
        // Settled without a reply, and left to the assistant: nobody waits.
        opened.push(began(0, None, Some(60)));
        opened.push(Opened { needed_person: false, ..began(0, None, None) });
        check(&day(opened), "first_response", middle, Some(8));
        check(&day(vec![]), "first_response", None, Some(0));
        check(&day(vec![began(540, None, None)]), "first_response", Some(3600.0), Some(1));
    }

    #[test]
    fn what_is_not_settled_counts_with_its_time_so_far() {
        let facts = day(vec![began(0, None, Some(60)), began(480, None, None), began(500, None, Some(9_000))]);
        check(&facts, "resolution", Some(6000.0), Some(3));
    }

    #[test]
    fn times_are_kept_by_category_too() {
        let other = Opened { category: None, ..began(0, Some(90), Some(100)) };
        let facts = day(vec![began(0, Some(10), Some(20)), began(0, Some(30), None), other]);
        let strata = |key: &str| facts.sample(&Series::from_key(key).unwrap()).strata;
        let minutes = |key: &str| -> Vec<(String, f64)> { strata(key).into_iter().map(|(c, s)| (c, (s.value().unwrap() / 60.0).round())).collect() };
        assert_eq!(minutes("first_response"), [(String::new(), 90.0), ("billing".into(), 10.0)]);
        assert_eq!(minutes("resolution"), [(String::new(), 100.0), ("billing".into(), 20.0)]);
        assert!(strata("first_response@billing").is_empty());
    }

    #[test]
    fn states_and_shares() {
        let repeated = Opened { repeated: true, reassurance: true, ..began(1, None, None) };
        let answered = Opened { needed_person: false, assistant_answers: 1, category: None, ..began(2, None, None) };
        let facts = day(vec![repeated, answered.clone(), Opened { needed_person: true, ..answered }, began(3, None, None)]);
        check(&facts, "contacts", Some(4.0), Some(4));
        check(&facts, "contacts@billing", Some(2.0), Some(2));
        check(&facts, "contacts@nothing", Some(0.0), Some(0));
        check(&facts, "repeat_share", Some(0.25), Some(1));
        check(&facts, "repeat_share@billing", Some(0.5), Some(1));
        check(&facts, "reassurance_share", Some(0.25), Some(1));
        check(&facts, "assistant_share", Some(0.25), Some(1));
        check(&facts, "backlog", Some(12.0), Some(12));
        check(&facts, "backlog@billing", Some(7.0), Some(7));
        check(&facts, "escalations", Some(0.0), Some(0));
        check(&facts, "csat", Some(0.75), Some(4));
        check(&facts, "csat@access", None, Some(0));
        check(&facts, "critical_open", Some(4.0), Some(2));
        check(&facts, "critical_open@access", Some(1.0), Some(0));
        check(&facts, "confidence", Some(3.75), None);
        // Decided the day before: not this day's.
        check(&facts, "sla_attainment", Some(0.75), None);
        check(&facts, "sla_attainment@access", None, None);
        check(&facts, "reopen_share", Some(0.05), None);
        check(&facts, "adoption", None, None);
    }

    #[test]
    fn days_without_data_survive_the_table() {
        let mut facts = day(vec![]);
        facts.pulses.clear();
        for series in Signal::ALL.map(Series::whole) {
            let measured = facts.sample(&series);
            let kept = serde_json::to_string(&measured).unwrap();
            assert_eq!(serde_json::from_str::<Measured>(&kept).unwrap(), measured, "{kept}");
        }
        check(&facts, "confidence", None, None);
    }
}
