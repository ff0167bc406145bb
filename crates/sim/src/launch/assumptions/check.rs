//! Limits of assumptions: outside them a figure would mean nothing, or the simulation would not end.

use super::Assumptions;
use hypercare_core::plan::Length;

/// Categories a file may name.
const CATEGORIES_LIMIT: usize = 100;
/// Stressors a file may name.
const STRESSORS_LIMIT: usize = 50;

struct Faults(Vec<String>);

impl Faults {
    fn number(&mut self, field: &str, value: f64, least: f64, most: f64) {
        if !(least..=most).contains(&value) {
            self.0.push(format!("`{field}` is {value}: give a number from {least} to {most}"));
        }
    }
    fn share(&mut self, field: &str, value: f64) {
        self.number(field, value, 0.0, 1.0);
    }
    fn time(&mut self, field: &str, value: Length, least: Length, most: Length) {
        if value < least || value > most {
            self.0.push(format!("`{field}` is {value}: give a time from {least} to {most}"));
        }
    }
}

const fn mins(n: i64) -> Length {
    super::minutes(n)
}
const fn days(n: i64) -> Length {
    super::hours(24 * n)
}

/// Every fault, as a sentence that names the field.
pub(super) fn check(a: &Assumptions) -> Vec<String> {
    let mut f = Faults(vec![]);
    f.number("contacts_per_day", a.contacts_per_day, 1.0, 20_000.0);
    f.share("day_cv", a.day_cv);
    if let Some(share) = a.live_share {
        f.share("live_share", share);
    }
    demand(a, &mut f);
    f.number("service.cv", a.service.cv, 0.0, 5.0);
    f.number("reconnect.normal", a.reconnect.normal, 0.0, 0.9);
    f.number("reconnect.launch", a.reconnect.launch, 0.0, 0.9);
    f.time("reconnect.median", a.reconnect.median, mins(1), days(30));
    f.number("reconnect.sigma", a.reconnect.sigma, 0.0, 3.0);
    f.time("chasers.every", a.chasers.every, mins(10), days(30));
    f.share("chasers.with_updates", a.chasers.with_updates);
    f.share("chasers.new", a.chasers.new);
    f.time("chasers.work", a.chasers.work, mins(0), mins(60));
    f.number("chasers.most", f64::from(a.chasers.most), 0.0, 20.0);
    f.time("live.patience", a.live.patience, Length(hypercare_core::Span::secs(1)), days(30));
    f.number("live.redial", a.live.redial, 0.0, 0.95);
    f.time("live.redial_after", a.live.redial_after, mins(1), days(7));
    f.share("escalation.normal", a.escalation.normal);
    f.share("escalation.launch", a.escalation.launch);
    f.share("escalation.critical", a.escalation.critical);
    f.time("escalation.median", a.escalation.median, mins(1), days(30));
    f.time("escalation.median_critical", a.escalation.median_critical, mins(1), days(30));
    f.number("escalation.sigma", a.escalation.sigma, 0.0, 3.0);
    f.share("confirmation.share", a.confirmation.share);
    f.time("confirmation.median", a.confirmation.median, mins(1), days(30));
    f.number("confirmation.sigma", a.confirmation.sigma, 0.0, 3.0);
    f.share("reassurance.normal", a.reassurance.normal);
    f.share("reassurance.launch", a.reassurance.launch);
    f.share("ratings.share", a.ratings.share);
    f.share("ratings.in_time", a.ratings.in_time);
    f.share("ratings.late", a.ratings.late);
    f.share("ratings.repeated", a.ratings.repeated);
    team(a, &mut f);
    f.time("answers.lag", a.answers.lag, mins(0), days(90));
    f.share("answers.reconnect", a.answers.reconnect);
    f.number("answers.service", a.answers.service, 0.1, 1.0);
    f.share("answers.arrivals", a.answers.arrivals);
    if let Some(share) = a.assistant.share {
        f.share("assistant.share", share);
    }
    f.share("assistant.enough", a.assistant.enough);
    f.time("assistant.asks_after", a.assistant.asks_after, mins(1), days(7));
    f.0
}

fn demand(a: &Assumptions, f: &mut Faults) {
    if !a.profile.is_empty() {
        if a.profile.len() != 168 {
            f.0.push(format!("`profile` has {} numbers: give 168, one for each hour of the week from Monday 00:00", a.profile.len()));
        }
        if let Some(i) = a.profile.iter().position(|w| !(0.0..=1e9).contains(w)) {
            f.0.push(format!("`profile[{i}]` is {}: give a number from 0 to 1000000000", a.profile[i]));
        } else if a.profile.iter().sum::<f64>() <= 0.0 {
            f.0.push("`profile` has only zeros: at least one hour of the week needs a weight".into());
        }
    }
    if a.categories.len() > CATEGORIES_LIMIT {
        f.0.push(format!("`categories` has {}: at most {CATEGORIES_LIMIT} can be told apart", a.categories.len()));
    }
    for (name, c) in &a.categories {
        let field = |part: &str| format!("categories.{name}.{part}");
        c.share.inspect(|v| f.number(&field("share"), *v, 0.0, 1e6));
        c.rise.inspect(|v| f.number(&field("rise"), *v, 0.0, 50.0));
        c.decay.inspect(|v| f.time(&field("decay"), *v, mins(60), days(90)));
        c.rises_after.inspect(|v| f.time(&field("rises_after"), *v, mins(0), days(90)));
        c.service.inspect(|v| f.time(&field("service"), *v, mins(1), mins(480)));
    }
    if a.stressors.len() > STRESSORS_LIMIT {
        f.0.push(format!("`stressors` has {}: at most {STRESSORS_LIMIT} can be played", a.stressors.len()));
    }
    for (i, s) in a.stressors.iter().enumerate() {
        f.number(&format!("stressors[{i}].rise"), s.rise, 0.0, 50.0);
        f.time(&format!("stressors[{i}].after"), s.after, mins(0), days(90));
        f.time(&format!("stressors[{i}].decay"), s.decay, mins(60), days(90));
    }
    if let Some(after) = a.users.after {
        f.number("users.after", after, 0.1, 10.0);
    }
    f.time("users.half", a.users.half, mins(0), days(90));
    f.time("users.width", a.users.width, mins(60), days(30));
    let s = &a.severity;
    for (field, value) in [("severity.critical", s.critical), ("severity.high", s.high), ("severity.normal", s.normal), ("severity.low", s.low)] {
        f.share(field, value);
    }
    let sum = s.critical + s.high + s.normal + s.low;
    if (sum - 1.0).abs() > 1e-6 {
        f.0.push(format!("`severity` adds up to {sum}: its shares must add up to 1"));
    }
}

fn team(a: &Assumptions, f: &mut Faults) {
    let t = &a.team;
    if let Some(n) = t.on_shift {
        f.number("team.on_shift", f64::from(n), 1.0, 500.0);
    }
    f.number("team.least", f64::from(t.least), 0.0, 500.0);
    f.number("team.occupancy", t.occupancy, 0.3, 1.0);
    f.number("team.shrinkage", t.shrinkage, 0.0, 0.8);
    f.time("team.shift", t.shift, mins(60), mins(24 * 60));
    f.number("team.headroom", t.headroom, 0.5, 5.0);
    f.number("team.most", t.most, 1.0, 20.0);
    f.time("team.overtime", t.overtime, mins(0), mins(12 * 60));
    f.number("team.overtime_queue", t.overtime_queue, 0.0, 1000.0);
    f.time("team.tired_after", t.tired_after, mins(60), mins(24 * 60));
    f.number("team.tired", t.tired, 1.0, 5.0);
    f.number("team.cost", t.cost, 0.0, 1e6);
    f.number("team.overtime_cost", t.overtime_cost, 1.0, 10.0);
}
