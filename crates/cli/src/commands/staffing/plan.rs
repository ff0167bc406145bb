//! A plan: each hour's need in the first two weeks beside its shifts.

use super::show::{assumptions, number, people, percent, table};
use super::{Staffing, live};
use crate::commands::plan::read_valid;
use anyhow::{Context, Result, bail};
use hypercare_core::calendar::{Calendar, zone};
use hypercare_core::plan::Plan;
use hypercare_core::rota::{Period, planned_shifts};
use hypercare_core::staffing::USUAL_CV;
use hypercare_core::staffing::{Hour, Hours, Target, USUAL_PERCENTILE, WeekProfile};
use hypercare_core::{Span, Timestamp};
use jiff::tz::TimeZone;
use serde_json::json;
use std::path::Path;

/// How far after go-live needs are compared.
const SPAN: Span = Span::days(14);
/// Size of a volume table in bytes.
const VOLUME_LIMIT: u64 = 1_000_000;

/// A plan without errors, and its file's name.
pub(super) fn read(file: &Path) -> Result<(Plan, String)> {
    let text = read_valid(file)?;
    let plan = hypercare_core::plan::check(&text).plan.context("the plan has errors")?;
    Ok((plan, file.display().to_string()))
}

pub(super) fn run(args: &Staffing, file: &Path, target: Target) -> Result<()> {
    let surge = args.surge()?;
    let profile = match &args.volume {
        Some(table) => volume(table)?,
        None => {
            let (arrivals, per) = args.volume()?;
            WeekProfile::flat(arrivals * 3600.0 / per.0.as_secs_f64())
        }
    };
    let (plan, _) = read(file)?;
    let tz = zone(&plan.window.zone).map_err(anyhow::Error::msg)?;
    let go_live = plan.go_live_at().map_err(anyhow::Error::msg)?;
    let (coverage, coverage_words) = coverage(&plan)?;
    let percentile = args.percentile.unwrap_or(USUAL_PERCENTILE);
    let hours = Hours { profile: &profile, zone: &tz, go_live, surge, handling: args.aht.0, target, cv: USUAL_CV, percentile, coverage: &coverage };
    // Whole hours of the local clock, which in some zones are not those of UTC.
    let clock = tz.to_datetime(go_live.to_jiff());
    let into_the_hour = Span::mins(i64::from(clock.minute())) + Span::secs(i64::from(clock.second()));
    let from = go_live - into_the_hour;
    let shifts: Vec<Period> = planned_shifts(&plan).into_iter().map(|s| s.when).collect();
    let found = hours.within(Period::new(from, from + SPAN), &shifts, f64::from(args.people)).map_err(anyhow::Error::msg)?;
    let mut assumed = vec![
        match &args.volume {
            Some(file) => {
                format!("A normal week as in {} ({} contacts), on the local clock of {}.", file.display(), number(profile.total()), plan.window.zone)
            }
            None => format!(
                "A normal volume of {} contacts in every hour; a real week has its own shape (--volume FILE).",
                number(profile.total() / 168.0)
            ),
        },
        format!(
            "At go-live {} times the normal volume comes on top and falls to 37 % of that every {}. This is assumed, not measured: no trustworthy curve is published. Change it with --surge and --fades.",
            number(surge.size),
            args.fades
        ),
        live::percentile_words(percentile),
        format!("{} within {} are kept in every hour of the coverage ({coverage_words}).", percent(target.share), args.within),
        format!("Everybody on one of the plan's {} counts as answering, and {} besides (--people).", counted(shifts.len()), people(args.people)),
    ];
    assumed.extend(live::assumed(args.aht, target, None, None));
    let stretches = stretches(&found);
    let short = found.iter().filter(|h| h.short_by() > 0).count();
    if args.json {
        let hour = |h: &Hour| {
            json!({ "from": h.when.from, "to": h.when.to, "expected": h.expected, "staffed_for": h.staffed_for, "agents": h.need.agents,
                "rostered": h.need.rostered, "planned": h.planned, "short_by": h.short_by() })
        };
        let out = json!({
            "kind": "plan", "window": plan.window.key, "go_live": go_live, "surge": surge, "percentile": percentile, "cv": USUAL_CV,
            "target": { "share": target.share, "within": args.within.0, "occupancy": target.max_occupancy, "shrinkage": target.shrinkage },
            "hours": found.iter().map(hour).collect::<Vec<_>>(), "hours_short": short, "assumptions": assumed,
        });
        println!("{}", serde_json::to_string_pretty(&out)?);
        return Ok(());
    }
    if found.is_empty() {
        bail!("the coverage has no hour in the two weeks after go-live: write [coverage] hours, or look at the calendar it names");
    }
    println!("{}: what each hour of the first two weeks needs, beside the plan's shifts.\n", plan.window.name);
    let head = ["from", "to", "contacts an hour", "at the queue", "on the rota", "planned", "short"];
    print!("{}", table(&head, &stretches.iter().map(|s| s.row(&tz)).collect::<Vec<_>>()));
    if short == 0 {
        println!("\nEvery one of {} hours has the people it needs.", found.len());
    } else {
        let missing: u32 = stretches.iter().map(|s| s.short * s.hours).sum();
        println!("\n{short} of {} hours are short of people (marked >), {missing} hours of work in all.", found.len());
        if let Some(worst) = stretches.iter().max_by_key(|s| (s.short, std::cmp::Reverse(s.from))) {
            println!("Most from {} to {}: {} missing.", local(&tz, worst.from), local(&tz, worst.to), people(worst.short));
        }
    }
    print!("{}", assumptions(&assumed));
    Ok(())
}

fn counted(shifts: usize) -> String {
    if shifts == 1 { "1 shift (its decision owner)".into() } else { format!("{shifts} shifts (their decision owners)") }
}

fn volume(file: &Path) -> Result<WeekProfile> {
    let size = std::fs::metadata(file).with_context(|| format!("{} cannot be read", file.display()))?.len();
    if size > VOLUME_LIMIT {
        bail!("{} has {size} bytes; a normal week has 168 rows, at most {VOLUME_LIMIT} bytes", file.display());
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    WeekProfile::from_csv(&text).map_err(|why| anyhow::anyhow!("{}: {why}", file.display()))
}

fn coverage(plan: &Plan) -> Result<(Calendar, String)> {
    match plan.coverage.as_ref().map(|c| c.hours.as_str()) {
        Some("always") => Ok((Calendar::always(), "around the clock".into())),
        Some(name) => {
            let section = plan.calendars.get(name).with_context(|| format!("coverage names the calendar `{name}`, which the plan does not have"))?;
            let calendar = Calendar::from_section(section, &plan.window.zone).map_err(|f| anyhow::anyhow!("calendars.{name}: {f:?}"))?;
            Ok((calendar, format!("the calendar {name}")))
        }
        None => Ok((Calendar::always(), "around the clock, because the plan says nothing".into())),
    }
}

/// Hours on end that need and have the same.
struct Stretch {
    from: Timestamp,
    to: Timestamp,
    hours: u32,
    contacts: f64,
    agents: u32,
    rostered: u32,
    planned: f64,
    short: u32,
}

fn stretches(hours: &[Hour]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for h in hours {
        let same = |s: &Stretch| s.to == h.when.from && s.agents == h.need.agents && s.planned == h.planned;
        match found.last_mut() {
            Some(last) if same(last) => {
                (last.to, last.hours) = (h.when.to, last.hours + 1);
                last.contacts += h.staffed_for;
            }
            _ => found.push(Stretch {
                from: h.when.from,
                to: h.when.to,
                hours: 1,
                contacts: h.staffed_for,
                agents: h.need.agents,
                rostered: h.need.rostered,
                planned: h.planned,
                short: h.short_by(),
            }),
        }
    }
    found
}

impl Stretch {
    fn row(&self, tz: &TimeZone) -> (bool, Vec<String>) {
        let short = if self.short == 0 { String::new() } else { self.short.to_string() };
        let each = number(self.contacts / f64::from(self.hours));
        let cells =
            [local(tz, self.from), self.hours.to_string(), each, self.agents.to_string(), self.rostered.to_string(), number(self.planned), short];
        (self.short > 0, cells.to_vec())
    }
}

fn local(tz: &TimeZone, at: Timestamp) -> String {
    tz.to_datetime(at.to_jiff()).strftime("%a %-d %b %H:%M").to_string()
}
