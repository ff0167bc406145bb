//! A live channel: people wait on the line.

use super::show::{assumptions, number, people, percent, seconds, table};
use super::{Staffing, USUAL_CV};
use anyhow::{Context, Result, bail};
use hypercare_core::Span;
use hypercare_core::plan::Length;
use hypercare_core::staffing::{Load, Target};
use serde_json::{Value, json};

/// Numbers of agents shown on either side of the need.
const AROUND: u32 = 2;

pub(super) fn run(args: &Staffing, target: Target) -> Result<()> {
    let (arrivals, per) = args.volume()?;
    let staffed_for = arrivals * args.uplift();
    let load = Load::new(staffed_for, per.0, args.aht.0).map_err(anyhow::Error::msg)?;
    let patience = args.patience.map(|p| p.0);
    if patience.is_some_and(|p| p <= Span::ZERO) {
        bail!("--patience: people who wait no time at all are lost at once; give a time such as 5min");
    }
    let need = target.need(&load).context("no number of people keeps this target")?;
    let around: Vec<u32> = (need.agents.saturating_sub(AROUND).max(1)..=need.agents + AROUND).collect();
    let mut assumed = assumed(args.aht, target, args.patience, args.percentile);
    if args.percentile.is_none() {
        assumed.push("The arrivals are taken as given; a forecast is better staffed to its 80th to 90th percentile (--percentile 85%).".into());
    }
    let row = |agents: u32| row(&load, target, patience, agents);
    if args.json {
        let of = |agents: u32| row(agents).0;
        let out = json!({
            "kind": "live", "arrivals": arrivals, "per": per.0, "handling": args.aht.0, "staffed_for": staffed_for, "erlangs": load.erlangs(),
            "target": { "share": target.share, "within": args.within.0, "occupancy": target.max_occupancy, "shrinkage": target.shrinkage },
            "agents": need.agents, "rostered": need.rostered, "achieved": of(need.agents),
            "alternatives": around.iter().map(|n| of(*n)).collect::<Vec<_>>(), "assumptions": assumed,
        });
        println!("{}", serde_json::to_string_pretty(&out)?);
        return Ok(());
    }
    println!("{} contacts every {}, {} each: {} erlangs.\n", number(staffed_for), per, args.aht, number(load.erlangs()));
    let within = format!("within {}", args.within);
    let mut head = vec!["agents", &within, "have to wait", "mean wait", "busy", "on the rota"];
    if patience.is_some() {
        head.extend(["give up", "mean wait then"]);
    }
    let rows: Vec<(bool, Vec<String>)> = around.iter().map(|n| (*n == need.agents, row(*n).1)).collect();
    print!("{}", table(&head, &rows));
    let elsewhere = percent(target.shrinkage);
    println!(
        "\n{} at the queue keep {} within {}: {} on the rota, because {elsewhere} of paid time is elsewhere.",
        people(need.agents),
        percent(target.share),
        args.within,
        need.rostered
    );
    print!("{}", assumptions(&assumed));
    Ok(())
}

/// One number of agents, as JSON and as cells.
fn row(load: &Load, target: Target, patience: Option<Span>, agents: u32) -> (Value, Vec<String>) {
    let queue = load.with_agents(agents);
    let level = queue.service_level(target.within_secs);
    // An endless wait is no number in JSON.
    let wait = Some(queue.mean_wait_secs()).filter(|w| w.is_finite());
    let mut json = json!({
        "agents": agents, "rostered": target.rostered(agents), "service_level": level, "wait_probability": queue.wait_probability,
        "mean_wait": wait, "occupancy": queue.occupancy(),
    });
    let mut cells = vec![
        agents.to_string(),
        tenth(level),
        percent(queue.wait_probability),
        seconds(queue.mean_wait_secs()),
        percent(queue.occupancy()),
        target.rostered(agents).to_string(),
    ];
    if let Some(patience) = patience {
        let hurried = load.with_patience(agents, patience);
        json["with_patience"] = json!({
            "wait_probability": hurried.wait_probability, "abandonment": hurried.abandonment, "mean_wait": hurried.mean_wait,
            "mean_queue": hurried.mean_queue, "occupancy": hurried.occupancy,
        });
        cells.extend([percent(hurried.abandonment), seconds(hurried.mean_wait)]);
    }
    (json, cells)
}

/// With one decimal, rounded down, so that 79.96 % does not look like a kept 80 %.
fn tenth(share: f64) -> String {
    format!("{:.1} %", (share * 1000.0 + 1e-9).floor() / 10.0)
}

/// What every figure of a live channel rests on.
pub(super) fn assumed(aht: Length, target: Target, patience: Option<Length>, percentile: Option<f64>) -> Vec<String> {
    let mut list = vec![
        "Erlang C: arrivals by chance at a steady rate, handling times of that mean, everybody waits until served. Only for live channels (chat, telephone); for e-mail and tickets use --backlog.".to_owned(),
        format!("Nobody is planned to be busy more than {} of the time; {} of paid time is not at the queue.", percent(target.max_occupancy), percent(target.shrinkage)),
        format!("Handling takes {} on average, with what comes after the contact.", aht),
    ];
    if let Some(patience) = patience {
        list.push(format!(
            "Erlang A beside it: people give up after {patience} on average, and do not come back; the need itself is the one where nobody gives up."
        ));
    }
    list.extend(percentile.map(percentile_words));
    list
}

/// What is staffed for instead of the mean.
pub(super) fn percentile_words(percentile: f64) -> String {
    let (share, varies) = (percent(percentile), percent(USUAL_CV));
    format!("Staffed for a volume that is not exceeded in {share} of cases; the rate varies by {varies} from day to day (Gamma).")
}
