use crate::data::Data;
use crate::measures::{heads, reading};
use hypercare_core::plan::Plan;
use hypercare_language::encoder::{Cached, Encoder};
use hypercare_language::trained::{Heads, Kind, Seeds, trial};
use hypercare_language::{Item, matcher};
use std::sync::Arc;
pub fn run(data: &Data) -> anyhow::Result<()> {
    let encoder: Arc<dyn Encoder> = Arc::new(Cached::new(hypercare_encoder::built_in().unwrap(), 60_000));
    println!("{:?}", trial::cross_validated(&encoder).unwrap());
    let seeds = Seeds::new(Some(&encoder));
    let heads = Heads::new(&seeds, &Plan::default(), &[]);
    let held: Vec<_> = heads::held_out()?
        .into_iter()
        .map(|m| {
            let r = heads.raw(m.text);
            (m, r)
        })
        .collect();
    for (m, r) in &held {
        let (k, s) = (r.kind.unwrap(), r.severity.unwrap());
        let bad = m.kind.is_some_and(|x| x != k.0) || m.severity != s.0;
        println!("{} {:?}/{:?} {:.2} | {:?}/{:?} {:.2} | {}", if bad { "X" } else { " " }, m.kind, k.0, k.1, m.severity, s.0, s.1, m.text);
    }
    for t in [0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9] {
        let p = |f: &dyn Fn(&heads::Message) -> bool, g: &dyn Fn(&hypercare_language::trained::Raw) -> bool| {
            let tp = held.iter().filter(|(m, r)| f(m) && g(r)).count() as f64;
            format!(
                "{:.2}/{:.2}",
                tp / held.iter().filter(|(_, r)| g(r)).count().max(1) as f64,
                tp / held.iter().filter(|(m, _)| f(m)).count() as f64
            )
        };
        use hypercare_core::Severity::*;
        let sev = |s: hypercare_core::Severity, gate: bool| {
            p(&|m| m.severity == s, &|r| r.severity.is_some_and(|(x, c)| x == s && c >= t) && (!gate || r.kind.unwrap().0 == Kind::Breakage))
        };
        println!(
            "{t}: worry {} critical {} gated {} high {} gated {} low {}",
            p(&|m| m.kind == Some(Kind::Reassurance), &|r| r.kind.is_some_and(|(k, c)| k == Kind::Reassurance && c >= t)),
            sev(Critical, false),
            sev(Critical, true),
            sev(High, false),
            sev(High, true),
            sev(Low, false)
        );
    }
    // scope
    let mut sets = vec![];
    for (n, s) in ["ins", "bank", "fin"].into_iter().zip(data.dialogues()?.unwrap()) {
        sets.push((n, s, 8));
    }
    sets.push(("clinc", data.clinc()?.unwrap().train, 14));
    for (name, set, k) in sets {
        let mut rows: Vec<(bool, f64, bool, f64, f64)> = vec![];
        for case in reading::cases(&set, k) {
            let mut items: Vec<Item> = case.plan.scenarios.iter().map(|s| Item { phrases: s.examples.clone() }).collect();
            let n = items.len();
            items.extend(case.plan.scope.out_examples.iter().map(|e| Item { phrases: vec![e.clone()] }));
            let m = matcher(&items, Some(&encoder), None);
            let h = Heads::new(&seeds, &case.plan, &[]);
            for (text, right) in &case.asked {
                let near = m.rank(text, 6);
                let best = near.iter().find(|x| x.key < n);
                let out = near.iter().find(|x| x.key >= n).map_or(0.0, |x| x.confidence);
                rows.push((
                    right.is_some(),
                    best.map_or(0.0, |b| b.confidence),
                    best.map(|b| b.key) == *right,
                    out,
                    h.raw(text).in_scope.unwrap_or(-1.0),
                ));
            }
        }
        let (ins, outs): (Vec<_>, Vec<_>) = rows.iter().partition(|r| r.0);
        println!("{name} inside {} outside {}", ins.len(), outs.len());
        let sh = |l: &Vec<&(bool, f64, bool, f64, f64)>, f: &dyn Fn(&(bool, f64, bool, f64, f64)) -> bool| {
            100.0 * l.iter().filter(|r| f(r)).count() as f64 / l.len().max(1) as f64
        };
        for t in [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8] {
            println!(
                "  conf {t}: in {:.1} right {:.1} (of taken {:.3}) outside taken {:.1} | outex>t inside {:.1} outside {:.1} | P(in)<t inside {:.1} outside {:.1} | P(in)>=t inside {:.1} outside {:.1}",
                sh(&ins, &|r| r.1 >= t),
                sh(&ins, &|r| r.1 >= t && r.2),
                sh(&ins, &|r| r.1 >= t && r.2) / sh(&ins, &|r| r.1 >= t).max(0.1),
                sh(&outs, &|r| r.1 >= t),
                sh(&ins, &|r| r.3 >= t && r.3 > r.1),
                sh(&outs, &|r| r.3 >= t && r.3 > r.1),
                sh(&ins, &|r| r.4 < t),
                sh(&outs, &|r| r.4 < t),
                sh(&ins, &|r| r.4 >= t),
                sh(&outs, &|r| r.4 >= t)
            );
        }
    }
    // demo
    let plan: Plan = toml_plan();
    let h = Heads::new(&seeds, &plan, &[]);
    let answers: Vec<hypercare_language::triage::LiveAnswer> = plan
        .answers
        .iter()
        .enumerate()
        .map(|(n, a)| hypercare_language::triage::LiveAnswer {
            id: hypercare_core::AnswerId(n as i64 + 1),
            key: a.key.clone(),
            title: a.title.clone(),
            examples: a.examples.clone(),
        })
        .collect();
    let index = hypercare_language::triage::PlanIndex::with_matchers(&plan, &answers, &[], &|i| matcher(i, Some(&encoder), None)).with_heads(h);
    let bare = hypercare_language::triage::PlanIndex::with_matchers(&plan, &answers, &[], &|i| matcher(i, Some(&encoder), None));
    let h = Heads::new(&seeds, &plan, &[]);
    let (mut cats, mut sums) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::<String, [u32; 8]>::new());
    for file in ["messages", "everyday"] {
        for line in std::fs::read_to_string(format!("demo/{file}.jsonl"))?.lines() {
            let v: serde_json::Value = serde_json::from_str(line)?;
            let text = v["text"].as_str().unwrap();
            let (a, b) = (index.triage(text, &Default::default()), bare.triage(text, &Default::default()));
            let r = h.raw(text);
            if let (Some(key), Some((c, p))) = (v["scenario"].as_str(), r.category.clone()) {
                let right = plan.scenario(key).unwrap().category == c;
                for t in [0.4, 0.5, 0.6, 0.7, 0.8] {
                    if p >= t {
                        let e = cats.entry((t * 10.0) as u32).or_insert((0, 0));
                        e.0 += u32::from(right);
                        e.1 += 1;
                    }
                }
            }
            for (name, t) in [("bare", &b), ("heads", &a)] {
                let kind = v["kind"].as_str().unwrap();
                let kind = if file == "everyday" { "everyday" } else { kind };
                let e = sums.entry(format!("{kind} {name}")).or_insert([0; 8]);
                e[0] += 1;
                e[1] += u32::from(t.scope == hypercare_core::triage::Scope::In);
                e[2] += u32::from(t.scope == hypercare_core::triage::Scope::Out);
                e[3] += u32::from(t.scenario.as_deref() == v["scenario"].as_str());
                e[4] += u32::from(t.severity.is_blocker());
                e[5] += u32::from(t.severity == hypercare_core::Severity::High);
                e[6] += u32::from(t.severity == hypercare_core::Severity::Low);
                e[7] += u32::from(t.reassurance);
            }
            println!(
                "D {} | {} {} | {:?} {:?}->{:?} worry {}->{} sev {:?}->{:?} | kind {:?} sev {:?} in {:.2} | {}",
                file,
                v["kind"],
                v["scenario"],
                b.scenario,
                b.scope,
                a.scope,
                b.reassurance,
                a.reassurance,
                b.severity,
                a.severity,
                r.kind.map(|(k, c)| format!("{k:?}{c:.2}")),
                r.severity.map(|(k, c)| format!("{k:?}{c:.2}")),
                r.in_scope.unwrap_or(-1.0),
                text.replace('\n', " ")
            );
        }
    }
    println!("categories {cats:?}");
    for (k, e) in sums {
        println!("S {k}: n {} in {} out {} scenario {} critical {} high {} low {} worry {}", e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7]);
    }
    let begin = std::time::Instant::now();
    let taught =
        hypercare_language::trained::Taught { text: "The kiosk at the harbour is blue".into(), by: "I".into(), on: "T".into(), scenario: None };
    let lesson = vec![(hypercare_language::trained::Lesson::Severity(hypercare_core::Severity::High), taught)];
    let _x = Heads::new(&seeds, &plan, &lesson);
    println!("heads of the demo anew {:?}", begin.elapsed());
    let begin = std::time::Instant::now();
    let _x = Heads::new(&seeds, &plan, &lesson);
    println!("heads of the demo again {:?}", begin.elapsed());
    let items: Vec<Item> = plan
        .scenarios
        .iter()
        .map(|s| Item { phrases: s.examples.clone() })
        .chain(plan.scope.out_examples.iter().map(|e| Item { phrases: vec![e.clone()] }))
        .collect();
    let _m = matcher(&items, Some(&encoder), None);
    let begin = std::time::Instant::now();
    let _m = matcher(&items, Some(&encoder), None);
    println!("scenario matcher of the demo {:?}", begin.elapsed());
    Ok(())
}
fn toml_plan() -> Plan {
    toml::from_str(&std::fs::read_to_string("demo/plan.toml").unwrap()).unwrap()
}
