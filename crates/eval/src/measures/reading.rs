//! Whether a plan's scenarios take in what is about the change and leave out the rest, with the thresholds of triage: some intents
//! of a set are scenarios with a handful of wordings each, some are examples of what is outside, and the rest is asked.

use super::Bench;
use crate::data::Set;
use crate::scores::mean;
use crate::split::Dice;
use crate::table::Row;
use anyhow::Result;
use hypercare_core::plan::{Plan, Scenario};
use hypercare_core::triage::Scope;
use hypercare_language::encoder::{Cached, Encoder};
use hypercare_language::matcher;
use hypercare_language::trained::{Heads, Seeds};
use hypercare_language::triage::{Context, PlanIndex};
use std::sync::Arc;

/// Plans made of each set.
const PLANS: u64 = 6;
/// Wordings of a scenario.
const WORDINGS: usize = 8;
/// Examples of what is outside.
const OUTSIDE: usize = 8;
/// Messages asked of an intent.
const ASKED: usize = 8;

/// A plan and what is asked: the number of its scenario, or none for what is outside.
pub struct Case {
    pub plan: Plan,
    pub asked: Vec<(String, Option<usize>)>,
}

/// Plans whose scenarios are some of a set's intents, and messages of these and of all others.
pub fn cases(set: &Set, scenarios: usize) -> Vec<Case> {
    (0..PLANS).map(|order| case(set, scenarios, order)).collect()
}

fn case(set: &Set, scenarios: usize, order: u64) -> Case {
    let mut dice = Dice(700 + order);
    let mut intents: Vec<Vec<usize>> = set.by_intent().into_iter().filter(|list| list.len() >= WORDINGS + 2).collect();
    dice.shuffle(&mut intents);
    intents.iter_mut().for_each(|list| dice.shuffle(list));
    let text = |n: &usize| set.texts[*n].0.clone();
    let mut plan = Plan::default();
    let mut asked = Vec::new();
    for (number, list) in intents.iter().enumerate() {
        let taught = if number < scenarios { WORDINGS } else { 0 };
        if number < scenarios {
            let examples: Vec<String> = list[..WORDINGS].iter().map(text).collect();
            plan.scenarios.push(Scenario { key: number.to_string(), name: examples[0].clone(), examples, ..Scenario::default() });
        }
        // One message each of some other intents is what a lead gives as an example of what is outside.
        let outside = (scenarios..scenarios + OUTSIDE).contains(&number) && intents.len() > scenarios + 2 * OUTSIDE;
        if outside {
            plan.scope.out_examples.push(text(&list[0]));
        }
        let from = taught + usize::from(outside);
        asked.extend(list[from..].iter().take(ASKED).map(|n| (text(n), (number < scenarios).then_some(number))));
    }
    Case { plan, asked }
}

/// Shares of what is asked.
struct Found {
    inside: f64,
    scenario: f64,
    taken_in: f64,
    taken_out: f64,
    out: f64,
}

fn found(case: &Case, seeds: &Seeds, encoder: Option<&Arc<dyn Encoder>>) -> Found {
    let index = PlanIndex::with_matchers(&case.plan, &[], &[], &|_, items| matcher(items, encoder, None));
    let index = index.with_heads(Arc::new(Heads::new(seeds, &case.plan, &[])));
    let read: Vec<_> = case.asked.iter().map(|(text, right)| (index.triage(text, &Context::default()), *right)).collect();
    let share = |of_inside: bool, fits: &dyn Fn(&hypercare_core::triage::Triage, Option<usize>) -> bool| {
        let all: Vec<_> = read.iter().filter(|(_, right)| right.is_some() == of_inside).collect();
        all.iter().filter(|(t, right)| fits(t, *right)).count() as f64 / all.len().max(1) as f64
    };
    Found {
        inside: share(true, &|t, _| t.scope == Scope::In),
        scenario: share(true, &|t, right| t.scenario == right.map(|n| n.to_string())),
        taken_out: share(true, &|t, _| t.scope == Scope::Out),
        taken_in: share(false, &|t, _| t.scope == Scope::In),
        out: share(false, &|t, _| t.scope == Scope::Out),
    }
}

pub fn measure(bench: &Bench<'_>) -> Result<Vec<Row>> {
    let row = |name: &str, found| Row {
        measure: format!("reading scope, {name}: inside taken in / with the right scenario / taken out; outside taken in / taken out, %"),
        floor: "",
        aim: "",
        found,
    };
    let mut sets: Vec<(&str, Set, usize)> = Vec::new();
    match bench.data.dialogues()? {
        Ok(all) => sets.extend(["DSTC11 insurance", "DSTC11 banking", "DSTC11 finance"].into_iter().zip(all).map(|(name, set)| (name, set, 8))),
        Err(missing) => return Ok(vec![row("DSTC11", missing)]),
    }
    match bench.data.clinc()? {
        Ok(clinc) => sets.push(("CLINC150", clinc.train, 14)),
        Err(missing) => return Ok(vec![row("CLINC150", missing)]),
    }
    let encoder = hypercare_encoder::built_in().map(|encoder| Arc::new(Cached::new(encoder, 40_000)) as Arc<dyn Encoder>);
    let seeds = Seeds::new(encoder.as_ref());
    let rows = sets.iter().map(|(name, set, scenarios)| {
        let all: Vec<Found> = cases(set, *scenarios).iter().map(|case| found(case, &seeds, encoder.as_ref())).collect();
        let of = |pick: fn(&Found) -> f64| 100.0 * mean(&all.iter().map(pick).collect::<Vec<_>>());
        let (inside, scenario, taken_out) = (of(|f| f.inside), of(|f| f.scenario), of(|f| f.taken_out));
        let (taken_in, out) = (of(|f| f.taken_in), of(|f| f.out));
        row(name, format!("{inside:.1} / {scenario:.1} / {taken_out:.1}; {taken_in:.1} / {out:.1}"))
    });
    Ok(rows.collect())
}
