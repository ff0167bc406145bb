//! E-mail and tickets: a backlog that is worked off in working hours.

use super::show::{assumptions, number, people, percent, table};
use super::{Staffing, USUAL_CV, input};
use anyhow::{Context, Result, bail};
use hypercare_core::plan::{Length, Plan};
use hypercare_core::rota::Period;
use hypercare_core::staffing::backlog::Demand;
use hypercare_core::staffing::{Target, count_percentile};
use hypercare_core::{Span, Timestamp};
use serde_json::json;

/// Working hours where nothing else is said.
const USUAL_HOURS: &str = "mon-fri 09:00-17:00";
/// Days in which work arrives, and days after them in which it is worked off.
const DAYS: (i64, i64) = (28, 28);

pub(super) fn run(args: &Staffing) -> Result<()> {
    let (arrivals, per) = args.volume()?;
    let Some(target) = args.target_hours else {
        bail!("--target-hours is missing: say in how much working time a ticket is done, such as --target-hours 4h")
    };
    if target.0 <= Span::ZERO {
        bail!("--target-hours: nobody finishes a ticket in no time; give a time such as 4h");
    }
    if !args.open.is_finite() || args.open < 0.0 {
        bail!("--open: {} tickets cannot be open; give a number of 0 or more", args.open);
    }
    let plan: Option<Plan> = args.plan.as_deref().map(|file| super::plan::read(file).map(|(plan, _)| plan)).transpose()?;
    let hours = args.calendar.as_deref().unwrap_or(USUAL_HOURS);
    let calendar = input::calendar(hours, plan.as_ref()).map_err(|why| anyhow::anyhow!("--calendar: {why}"))?;
    let zone = plan.as_ref().map_or("UTC", |p| p.window.zone.as_str());
    // A Monday, 00:00 in that zone: any will do, the weeks are alike.
    let start = hypercare_core::plan::instant("2026-11-16T00:00", zone).map_err(anyhow::Error::msg)?;
    let daily = arrivals * 86_400.0 / per.0.as_secs_f64();
    let staffed_for = args.percentile.map_or(daily, |p| f64::from(count_percentile(daily, USUAL_CV, p)).max(daily));
    let arrivals_by_hour = spread(start, staffed_for / 24.0);
    let demand = Demand {
        open: args.open,
        arrivals: &arrivals_by_hour,
        calendar: &calendar,
        target: target.0,
        handling: args.aht.0,
        max_occupancy: args.occupancy,
    };
    let need = demand.need().with_context(|| format!("no number of people finishes each ticket within {target} of working time"))?;
    let rota = Target { shrinkage: args.shrinkage, ..Target::default() };
    let options: Vec<_> = (need.agents.saturating_sub(2).max(1)..=need.agents + 1).map(|n| option(&demand, n)).collect();
    let assumed = assumed(args, hours, zone, target);
    if args.json {
        let each = |o: &Choice| json!({ "agents": o.agents, "rostered": rota.rostered(o.agents), "worst_wait": o.worst, "most_open": o.most });
        let out = json!({
            "kind": "backlog", "arrivals": arrivals, "per": per.0, "handling": args.aht.0, "staffed_for_per_day": staffed_for, "open": args.open,
            "target": { "within_working_time": target.0, "calendar": hours, "occupancy": args.occupancy, "shrinkage": args.shrinkage },
            "agents": need.agents, "rostered": rota.rostered(need.agents), "per_agent_hour": need.per_agent_hour,
            "worst_wait": need.worst_wait, "most_open": need.most_open, "alternatives": options.iter().map(each).collect::<Vec<_>>(),
            "assumptions": assumed,
        });
        println!("{}", serde_json::to_string_pretty(&out)?);
        return Ok(());
    }
    println!("{} tickets a day, {} each, in {hours}; one person finishes {} an hour.\n", number(staffed_for), args.aht, number(need.per_agent_hour));
    let wait = |o: &Choice| o.worst.map_or_else(|| "grows".to_owned(), |w| Length(Span::mins(w.as_mins_f64().ceil() as i64)).to_string());
    let row =
        |o: &Choice| (o.agents == need.agents, vec![o.agents.to_string(), wait(o), number(o.most.round()), rota.rostered(o.agents).to_string()]);
    print!("{}", table(&["at work", "longest wait", "most open", "on the rota"], &options.iter().map(row).collect::<Vec<_>>()));
    println!(
        "\n{} at work finish every ticket within {target} of working time: {} on the rota, because {} of paid time is elsewhere.",
        people(need.agents),
        rota.rostered(need.agents),
        percent(args.shrinkage)
    );
    print!("{}", assumptions(&assumed));
    Ok(())
}

/// What a number of people achieves.
struct Choice {
    agents: u32,
    /// None: the backlog outlives the forecast.
    worst: Option<Span>,
    most: f64,
}

fn option(demand: &Demand<'_>, agents: u32) -> Choice {
    let levels = demand.with_agents(agents);
    let worst = levels.iter().try_fold(Span::ZERO, |most, l| l.wait.map(|w| w.max(most)));
    Choice { agents, worst, most: levels.iter().map(|l| l.open).fold(0.0, f64::max) }
}

fn spread(start: Timestamp, per_hour: f64) -> Vec<(Period, f64)> {
    let hour = |i: i64| Period::new(start + Span::hours(i), start + Span::hours(i + 1));
    (0..(DAYS.0 + DAYS.1) * 24).map(|i| (hour(i), if i < DAYS.0 * 24 { per_hour } else { 0.0 })).collect()
}

fn assumed(args: &Staffing, hours: &str, zone: &str, target: Length) -> Vec<String> {
    let mut list = vec![
        "A backlog, hour by hour: open next = open + arrived - finished, never below none. Erlang's formulas do not hold for work with targets in hours.".to_owned(),
        format!("Tickets arrive evenly around the clock for {} days; what arrives in the night and at the weekend waits for the morning.", DAYS.0),
        format!("People work {hours} ({zone}), first come first served, and are busy with tickets {} of that time.", percent(args.occupancy)),
        format!("A ticket is in time where the work ahead of it is done within {target} of working time."),
        format!("Handling takes {} on average; means only, so leave room for chance.", args.aht),
    ];
    list.push(match args.percentile {
        Some(p) => super::live::percentile_words(p),
        None => "The arrivals are taken as given; a forecast is better staffed to its 80th to 90th percentile (--percentile 85%).".into(),
    });
    list
}
