//! The assumptions as a reader sees them beside every figure, each with where it comes from.

use super::Assumptions;
use crate::launch::quarters::hours_between;
use crate::launch::world::World;
use hypercare_core::plan::Length;
use hypercare_core::signals::Signal;
use hypercare_core::signals::burn::BurnSpeed;
use hypercare_core::{Severity, Span};
use serde::Serialize;
use toml::Value;

/// One line of assumptions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stated {
    /// What it is about: the section of the file, or a category.
    pub about: String,
    /// Its values, as in the file.
    pub values: String,
    /// Where they come from.
    pub source: String,
}

/// Everything that was assumed, in the order of the file.
pub(crate) fn stated(world: &World) -> Vec<Stated> {
    let mut all = vec![volume(world)];
    all.extend(world.categories.iter().map(|c| category(world, c)));
    all.extend(world.assumptions.stressors.iter().map(|s| {
        let category = s.category.as_deref().unwrap_or("all categories");
        let values = format!("{category} rise by {} after {}, decay {}", s.rise, s.after, s.decay);
        Stated { about: format!("stressor {}", s.name), values, source: "your file".into() }
    }));
    let (own, usual) = (table(&world.assumptions), table(&Assumptions::default()));
    for (name, source) in SOURCES {
        let Some(Value::Table(section)) = own.get(name) else { continue };
        let before = usual.get(name).and_then(Value::as_table);
        let differs = |key: &str, value: &Value| before.is_none_or(|b| b.get(key) != Some(value));
        let said = |(key, value): (&String, &Value)| format!("{key} {}{}", plain(value), if differs(key, value) { "*" } else { "" });
        let changed = section.iter().any(|(key, value)| differs(key, value));
        let mut values: Vec<String> = section.iter().map(said).collect();
        match name {
            "users" if !section.contains_key("after") => values.insert(0, format!("after {}", world.users_after)),
            "assistant" if !section.contains_key("share") => values.insert(0, format!("share {}", world.assistant_share)),
            _ => {}
        }
        let source = if changed { format!("{source}; * your file") } else { source.to_owned() };
        all.push(Stated { about: name.into(), values: values.join(", "), source });
    }
    all.extend(promises(world));
    all
}

/// What burn alerts allow, and what a step back means to those who wait.
fn promises(world: &World) -> [Stated; 2] {
    let limits: Vec<String> = BurnSpeed::ALL.into_iter().map(|s| format!("{} × in {} working hours", s.threshold(), s.hours())).collect();
    let values = format!(
        "{:.0} % of promises are to be kept; too fast is {}; first responses and settlements count",
        world.budget.target * 100.0,
        limits.join(", ")
    );
    let planned = world.plan.signals.iter().any(|s| s.key == Signal::SlaAttainment.key() && s.target.is_some());
    let target = if planned { "share: the plan's target" } else { "share assumed" };
    [
        Stated { about: "burn alerts".into(), values, source: format!("{target}; limits: those of a live window, after the SRE Workbook") },
        Stated {
            about: "tightening".into(),
            values: "at the instant of a step back; customers who wait are not told and ask no sooner".into(),
            source: "due times: those of a live window; the rest assumed".into(),
        },
    ]
}

/// Where the default of each section comes from.
const SOURCES: [(&str, &str); 13] = [
    ("users", "assumed; 1.1 for a launch, else nobody is added"),
    ("severity", "assumed for matters of normal life; those of the change are as severe as the plan's scenarios"),
    ("service", "lognormal: Brown, Gans, Mandelbaum et al. 2005; size assumed"),
    ("reconnect", "that it matters: Aguir et al. 2004, Ding et al.; size assumed"),
    ("chasers", "assumed"),
    ("live", "redials: Aguir et al. 2004; size assumed"),
    ("escalation", "assumed"),
    ("confirmation", "assumed"),
    ("reassurance", "assumed"),
    ("ratings", "assumed"),
    ("team", "occupancy and shrinkage: usual in workforce management; the rest assumed"),
    ("answers", "assumed"),
    ("assistant", "share: the plan's target, else assumed"),
];

fn table(assumptions: &Assumptions) -> toml::Table {
    match Value::try_from(assumptions) {
        Ok(Value::Table(table)) => table,
        _ => toml::Table::new(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

fn volume(world: &World) -> Stated {
    let (a, usual) = (&world.assumptions, Assumptions::default());
    let week = if a.profile.is_empty() { "office hours and evenings, weekends 40 %" } else { "profile from the file" };
    let values =
        format!("{} first contacts a day, days differ by CV {}, {week}, {:.0} % wait live", a.contacts_per_day, a.day_cv, world.live_share * 100.0);
    let given = (a.contacts_per_day - usual.contacts_per_day).abs() > 0.0;
    let source = if given { "volume: your file" } else { "volume assumed: give yours; days: Brown et al. 2005" };
    Stated { about: "volume".into(), values, source: source.into() }
}

fn category(world: &World, c: &crate::launch::world::Category) -> Stated {
    let rises: Vec<String> = c
        .rises
        .iter()
        .take(1)
        .map(|r| {
            let after = match hours_between(world.go_live, r.at) {
                h if h < 0.5 => "at go-live".to_owned(),
                h => format!("{} after go-live", Length(Span::hours(h.round() as i64))),
            };
            format!("rises by {} × {after}, 1/e of it left after {}", r.size, Length(Span(r.decay)))
        })
        .collect();
    let worst = c.severities.iter().max().copied().unwrap_or(Severity::Normal).word();
    let values = format!(
        "{:.1} a day, like {}, {}, {} each, {:.0} % have an answer, at worst {worst}",
        c.per_day,
        c.demand.word(),
        rises.join(", "),
        Length(Span(c.service)),
        c.answered * 100.0
    );
    let given = world.assumptions.categories.contains_key(&c.name);
    let source = if given { "your file, the rest assumed" } else { "assumed: nobody has published such a curve; fit it to your history" };
    Stated { about: format!("category {}", c.name), values, source: source.into() }
}
