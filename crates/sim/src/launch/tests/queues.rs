//! The same loop as queues with known answers: constant rate, exponential work, nobody comes back.

use super::*;
use crate::launch::arrivals::arrivals;
use crate::launch::contact::{Contact, Standing};
use crate::launch::play::{Play, Setting};
use crate::launch::quarters::{QUARTER, starts};
use crate::launch::random::Root;
use crate::launch::roster::Shift;
use crate::launch::time::{DAY, MINUTE, after};
use crate::launch::world::World;
use hypercare_core::plan::Length;
use hypercare_core::{Span, Timestamp};

/// Days that are counted, after a week to fill the queue.
const DAYS: usize = 35;

/// A desk with one kind of matter at a constant rate, and `people` who never rest.
struct Queue {
    world: World,
    people: u32,
}

impl Queue {
    /// `rate` a minute, `service` and `patience` in minutes on average; without patience nobody gives up.
    fn new(rate: f64, service: i64, patience: Option<i64>, people: u32) -> Self {
        let mut plan = Plan::default();
        (plan.window.zone, plan.change.go_live) = ("UTC".into(), "2026-11-17T00:00".into());
        let mut a = Assumptions { contacts_per_day: rate * 1440.0, day_cv: 0.0, profile: vec![1.0; 168], ..Assumptions::default() };
        let only = a.categories.entry("other".into()).or_default();
        (only.rise, only.service) = (Some(0.0), Some(Length(Span::mins(service))));
        a.service.exponential = true;
        (a.reconnect.normal, a.reconnect.launch) = (0.0, 0.0);
        (a.escalation.normal, a.escalation.launch, a.escalation.critical) = (0.0, 0.0, 0.0);
        (a.severity.critical, a.severity.high, a.severity.normal, a.severity.low) = (0.0, 0.0, 1.0, 0.0);
        a.confirmation.share = 0.0;
        (a.users.after, a.team.tired, a.team.shrinkage) = (Some(1.0), 1.0, 0.0);
        (a.live_share, a.live.redial) = (Some(f64::from(u8::from(patience.is_some()))), 0.0);
        a.live.patience = Length(Span::mins(patience.unwrap_or(1)));
        let mut world = World::new(&plan, &a, 7).unwrap();
        world.judged = false;
        Self { world, people }
    }
    /// Contacts of the counted days.
    fn play(&self, seed: u64) -> Vec<Contact> {
        let root = Root::new(seed, 0);
        let customers = arrivals(&self.world, root);
        let roster = [Shift { from: self.world.starts(), to: self.world.ends(), people: self.people }];
        let play = Play::run(Setting { world: &self.world, root, customers: &customers, roster: &roster, measures: Measures::NONE });
        assert_eq!(play.contacts.len(), customers.len());
        play.contacts.into_iter().filter(|c| c.opened_at >= self.counted_from()).collect()
    }
    fn counted_from(&self) -> Timestamp {
        after(self.world.starts(), 7 * DAY)
    }
    fn day(&self, c: &Contact) -> usize {
        ((c.opened_at - self.counted_from()).0 / DAY) as usize
    }
    /// The mean of a figure over days, and its standard error from how days differ.
    fn by_day(&self, contacts: &[Contact], figure: impl Fn(&Contact) -> f64) -> (f64, f64) {
        let mut days = vec![(0.0, 0.0); DAYS];
        for c in contacts {
            let day = &mut days[self.day(c)];
            *day = (day.0 + figure(c), day.1 + 1.0);
        }
        let means: Vec<f64> = days.iter().map(|(sum, n)| sum / n).collect();
        let mean = means.iter().sum::<f64>() / DAYS as f64;
        let variance = means.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / (DAYS - 1) as f64;
        (mean, (variance / DAYS as f64).sqrt())
    }
}

#[track_caller]
fn within(what: &str, (mean, error): (f64, f64), expected: f64) {
    assert!((mean - expected).abs() <= 3.0 * error, "{what}: {mean} ± {error} is not {expected}");
    assert!(error < 0.1 * expected, "{what}: an error of {error} shows nothing");
}

fn waited(c: &Contact) -> f64 {
    f64::from(u8::from(c.work_from.is_none_or(|at| at > c.opened_at)))
}

#[test]
fn without_patience_it_is_erlang_c() {
    // a = 10, n = 12: C = 0.4493882243; the mean wait of all is C · service / (n − a).
    let queue = Queue::new(1.0, 10, None, 12);
    let contacts = queue.play(3);
    within("P(W>0)", queue.by_day(&contacts, waited), 0.449_388_224_3);
    let wait = |c: &Contact| c.work_from.map_or(0.0, |at| (at - c.opened_at).as_mins_f64());
    within("wait", queue.by_day(&contacts, wait), 0.449_388_224_3 * 10.0 / 2.0);
}

#[test]
fn with_patience_it_is_erlang_a() {
    // λ = 10/3, μ = 1/3, θ = 1/5 a minute, n = 10.
    let queue = Queue::new(10.0 / 3.0, 3, Some(5), 10);
    let contacts = queue.play(4);
    within("P(W>0)", queue.by_day(&contacts, waited), 0.599_433_32);
    within("P(Ab)", queue.by_day(&contacts, |c| f64::from(u8::from(c.standing == Standing::GivenUp))), 0.109_438_00);
}

#[test]
fn littles_law_holds() {
    let queue = Queue::new(0.5, 12, None, 8);
    let contacts = queue.play(5);
    let open = |at: Timestamp| contacts.iter().filter(|c| c.opened_at <= at && c.ended_at.is_none_or(|end| end > at)).count() as f64;
    // Not at the edges: customers of before are not in the list.
    let (from, until) = (after(queue.counted_from(), DAY), after(queue.world.ends(), -DAY));
    let seen: Vec<f64> = starts(from, until).step_by(8).map(open).collect();
    let present = seen.iter().sum::<f64>() / seen.len() as f64;
    let inside: Vec<&Contact> = contacts.iter().filter(|c| c.opened_at >= from && c.opened_at < until).collect();
    let rate = inside.len() as f64 / ((until - from).0 / MINUTE) as f64;
    let stay = inside.iter().filter_map(|c| c.ended_at.map(|end| (end - c.opened_at).as_mins_f64())).sum::<f64>() / inside.len() as f64;
    assert!((present / (rate * stay) - 1.0).abs() < 0.06, "{present} open, {rate} a minute, {stay} minutes each");
    assert_eq!(QUARTER * 96, DAY);
}
