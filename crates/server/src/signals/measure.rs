//! One day of every signal, from what is stored.
//!
//! Times are taken as they were when the day ended, also when it is measured later: a day of the time before
//! the change, read from history, must mean the same as a day that was closed at its midnight.

use super::cohort::Cohort;
use super::promises;
use super::series::Series;
use hypercare_core::issue::Issue;
use hypercare_core::plan::Plan;
use hypercare_core::signals::burn::Outcome;
use hypercare_core::signals::cohort::{self as core_cohort, Time};
use hypercare_core::signals::mix::Strata;
use hypercare_core::signals::{Day, Sample, Signal};
use hypercare_core::window::Window;
use hypercare_core::{Severity, Span, Timestamp};
use hypercare_store::queries::check_ins::asked;
use hypercare_store::queries::signals::{Counted, Opened, Parted, Tallied};
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
    cohort: Cohort,
    /// The same in numbers, by category; empty for none.
    shares: BTreeMap<String, Shares>,
    settled: Vec<Counted>,
    open: Vec<Parted>,
    escalated: Vec<Counted>,
    rated: Vec<Parted>,
    pulses: Vec<i64>,
    /// Good answers to check-ins, and all.
    checked_in: (u64, u64),
    /// Category of each critical issue that was open.
    critical_issues: Vec<String>,
    /// Promises about time that were decided on the day.
    kept: Vec<Counted>,
    broken: Vec<Counted>,
    /// Settled in the seven days to this day.
    settled_lately: Vec<Counted>,
    /// Settled before, and came back on the day.
    reopened: Vec<Counted>,
}

/// How many of those that began on a day.
#[derive(Clone, Copy, Debug, Default)]
struct Shares {
    all: u64,
    repeated: u64,
    reassurance: u64,
    /// Left to the assistant, which answered.
    assistant: u64,
}

/// Reads a day that began at `since` and ended, or stands, at `until`. `cohort` is what is remembered of it. Without a
/// window there are no pulses and no issues of one: confidence and open critical matters are not whole then.
///
/// # Errors
/// When the database fails.
pub async fn read(
    q: &mut impl Query,
    window: Option<&Window>,
    day: Day,
    since: Timestamp,
    until: Timestamp,
    mut cohort: Cohort,
) -> Result<Facts, StoreError> {
    let (known, pulses, (good, answered)) = match window {
        Some(w) => {
            (issues::of_window(q, w.id).await?, signals::pulses(q, w.id, &day.to_string()).await?, asked::of_day(q, w.id, since, until).await?)
        }
        None => (vec![], vec![], (0, 0)),
    };
    let category = |i: &Issue| i.scenario.as_deref().and_then(|key| window?.plan.scenario(key)).map(|s| s.category.clone()).unwrap_or_default();
    let critical = |i: &&Issue| i.severity == Severity::Critical && i.opened_at < until && i.resolved_at.is_none_or(|at| at >= until);
    cohort.read(q).await?;
    let today = signals::tallied(q, since, until).await?;
    let lately = signals::tallied(q, since - Span::days(6), until).await?;
    Ok(Facts {
        since,
        until,
        shares: shares(&cohort, until),
        cohort,
        settled: only(&today, "settled"),
        open: signals::open_at(q, until).await?,
        escalated: signals::escalated(q, since, until).await?,
        rated: signals::rated(q, since, until).await?,
        pulses,
        checked_in: (good.unsigned_abs(), answered.unsigned_abs()),
        critical_issues: known.iter().filter(critical).map(category).collect(),
        kept: only(&today, "kept"),
        broken: only(&today, "broken"),
        settled_lately: only(&lately, "settled"),
        reopened: only(&today, "reopened"),
    })
}

fn only(rows: &[Tallied], what: &str) -> Vec<Counted> {
    rows.iter().filter(|r| r.what == what).map(|r| Counted { category: r.category.clone(), n: r.n }).collect()
}

fn shares(cohort: &Cohort, until: Timestamp) -> BTreeMap<String, Shares> {
    let mut found: BTreeMap<String, Shares> = BTreeMap::new();
    for o in cohort.opened(until) {
        let category = o.category.as_deref().unwrap_or_default();
        if !found.contains_key(category) {
            found.insert(category.to_owned(), Shares::default());
        }
        let Some(own) = found.get_mut(category) else { continue };
        own.all += 1;
        own.repeated += u64::from(o.repeated);
        own.reassurance += u64::from(o.reassurance);
        own.assistant += u64::from(!needed_person(o, until) && o.assistant_answers > 0);
    }
    found
}

/// A person was needed before an instant.
fn needed_person(o: &Opened, until: Timestamp) -> bool {
    o.person_since.is_some_and(|at| at < until.0)
}

impl Facts {
    /// What may be remembered for the next time.
    pub fn into_cohort(self) -> Cohort {
        self.cohort
    }

    /// Promises that broke too fast on the day, each alert in a sentence.
    pub fn burning(&self, plan: &Plan) -> Vec<String> {
        promises::burning(plan, &self.promises(), self.since)
    }

    /// Promises that were decided on the day and as far back before it as alerts look.
    pub fn promises(&self) -> Vec<Outcome> {
        self.cohort.promises(self.until)
    }

    /// The day of one series.
    pub fn sample(&self, series: &Series) -> Measured {
        let of = |part: fn(&Shares) -> u64| {
            let own: Vec<(&String, &Shares)> = self.shares.iter().filter(|(category, _)| series.takes(category)).collect();
            let (some, all) = own.iter().fold((0, 0), |(some, all), (_, own)| (some + part(own), all + own.all));
            let strata = if series.category.is_some() || own.len() > CATEGORIES_LIMIT {
                Strata::new()
            } else {
                own.into_iter().map(|(category, own)| (category.clone(), Sample::share(part(own), own.all))).collect()
            };
            Measured { sample: Some(Sample::share(some, all)), listed: Some(some), strata }
        };
        match series.signal {
            Signal::Contacts => counted(self.began(series)),
            Signal::FirstResponse => self.first_response(series),
            Signal::Resolution => self.resolution(series),
            Signal::Backlog => {
                let (open, _) = parts(&self.open, series);
                let sample = Sample::stock(open as f64, self.began(series), count(&self.settled, series));
                Measured { sample: Some(sample), listed: Some(open), ..Measured::default() }
            }
            Signal::Escalations => counted(count(&self.escalated, series)),
            Signal::RepeatShare => of(|own| own.repeated),
            Signal::ReassuranceShare => of(|own| own.reassurance),
            Signal::AssistantShare => of(|own| own.assistant),
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
                let kept = count(&self.kept, series);
                Measured { sample: Some(Sample::share(kept, kept + count(&self.broken, series))), listed: None, ..Measured::default() }
            }
            Signal::ReopenShare => {
                let back = count(&self.reopened, series);
                // What came back is not settled any more, so it is missing from the settled.
                Measured { sample: Some(Sample::share(back, count(&self.settled_lately, series) + back)), listed: None, ..Measured::default() }
            }
            // Sent in by the product, and read where days are compared.
            Signal::Adoption => Measured::default(),
            // The desk's own: an answer to a check-in has no category.
            Signal::CheckIn if series.category.is_some() => Measured::default(),
            Signal::CheckIn => {
                let (good, all) = self.checked_in;
                Measured { sample: Some(Sample::share(good, all)), listed: None, ..Measured::default() }
            }
            Signal::Confidence => {
                let mean = self.pulses.iter().sum::<i64>() as f64 / self.pulses.len() as f64;
                Measured { sample: mean.is_finite().then(|| Sample::level(mean)), listed: None, ..Measured::default() }
            }
        }
    }

    /// How many began.
    fn began(&self, series: &Series) -> u64 {
        self.shares.iter().filter(|(category, _)| series.takes(category)).map(|(_, own)| own.all).sum()
    }

    fn opened(&self, series: &Series) -> impl Iterator<Item = &Opened> {
        self.cohort.opened(self.until).filter(|o| series.takes(o.category.as_deref().unwrap_or_default()))
    }

    /// Of those that needed a person, by when half had an answer; who still waits counts as "longer than so far". Without
    /// them, a day would look the better the more customers are left waiting.
    fn first_response(&self, series: &Series) -> Measured {
        let needing: Vec<&Opened> = self.opened(series).filter(|o| needed_person(o, self.until)).collect();
        let time = |o: &&Opened| match (self.by_then(o.first_response_at), self.by_then(o.resolved_at)) {
            (Some(at), _) => Some(Time::over(Span(at - o.opened_at))),
            (None, None) => Some(Time::so_far(Span(self.until.0 - o.opened_at))),
            // Settled without a reply: nobody waits for one.
            (None, Some(_)) => None,
        };
        let times: Vec<(&str, Time)> = needing.iter().filter_map(|o| Some((o.category.as_deref().unwrap_or_default(), time(o)?))).collect();
        timed(&times, needing.len(), series)
    }

    /// Of all that began; what is not settled counts as "longer than so far".
    fn resolution(&self, series: &Series) -> Measured {
        let time = |o: &Opened| match self.by_then(o.resolved_at) {
            Some(at) => Time::over(Span(at - o.opened_at)),
            None => Time::so_far(Span(self.until.0 - o.opened_at)),
        };
        // What became part of another conversation was never settled, and nobody settles it any more.
        let gone = |o: &&Opened| o.merged_open && self.by_then(o.resolved_at).is_some();
        let times = self.opened(series).filter(|o| !gone(o)).map(|o| (o.category.as_deref().unwrap_or_default(), time(o)));
        let times: Vec<(&str, Time)> = times.collect();
        timed(&times, self.opened(series).count(), series)
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
        by_category.into_iter().map(|(category, own)| (category.to_owned(), core_cohort::sample(&own))).collect()
    };
    let all: Vec<Time> = times.iter().map(|(_, time)| *time).collect();
    Measured { sample: Some(core_cohort::sample(&all)), listed: Some(listed as u64), strata }
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

    const MINUTE: i64 = 60_000_000;

    /// Opened, first answered and settled at minutes of a day that ends after 600.
    fn began(at: i64, answered: Option<i64>, settled: Option<i64>) -> Opened {
        Opened {
            id: 0,
            changed: 0,
            opened_at: at * MINUTE,
            first_response_at: answered.map(|m| m * MINUTE),
            resolved_at: settled.map(|m| m * MINUTE),
            reassurance: false,
            person_since: Some(at * MINUTE),
            assistant_answers: 0,
            category: Some("billing".into()),
            repeated: false,
            merged_open: false,
        }
    }

    fn day(opened: Vec<Opened>) -> Facts {
        let billing = |n: i64| Counted { category: "billing".into(), n };
        let until = Timestamp(600 * MINUTE);
        let cohort = Cohort::of(opened);
        Facts {
            since: Timestamp(0),
            until,
            shares: shares(&cohort, until),
            cohort,
            settled: vec![billing(3), Counted { category: String::new(), n: 1 }],
            open: vec![Parted { category: "billing".into(), n: 7, part: 2 }, Parted { category: String::new(), n: 5, part: 0 }],
            escalated: vec![],
            rated: vec![Parted { category: "billing".into(), n: 4, part: 3 }],
            pulses: vec![5, 4, 3, 3],
            checked_in: (3, 4),
            critical_issues: vec!["billing".into(), "access".into()],
            kept: vec![billing(3)],
            broken: vec![billing(1)],
            settled_lately: vec![billing(18), Counted { category: String::new(), n: 1 }],
            reopened: vec![billing(1)],
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
        opened.push(Opened { person_since: None, ..began(0, None, None) });
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
        let answered = Opened { person_since: None, assistant_answers: 1, category: None, ..began(2, None, None) };
        let facts = day(vec![repeated, answered.clone(), Opened { person_since: Some(2 * MINUTE), ..answered }, began(3, None, None)]);
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
        check(&facts, "sla_attainment", Some(0.75), None);
        check(&facts, "sla_attainment@access", None, None);
        check(&facts, "reopen_share", Some(0.05), None);
        check(&facts, "adoption", None, None);
        check(&facts, "check_in", Some(0.75), None);
        check(&facts, "check_in@billing", None, None);
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
