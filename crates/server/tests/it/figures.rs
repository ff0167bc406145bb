//! What is remembered of a day and kept of it says what its conversations and events say, through a random history of
//! openings, corrections, replies, settling, coming back, merging and midnights, on several nodes.

use crate::desk::{COVERED, Desk, text};
use crate::support::{TestApp, on_both};
use hypercare_core::conversation::{ClockFact, Conversation, Event, Status};
use hypercare_core::signals::cohort::{self, Time};
use hypercare_core::signals::{Sample, Signal};
use hypercare_core::window::Window;
use hypercare_core::{Channel, ConversationId, Span, Timestamp, WindowId};
use hypercare_server::{App, signals};
use hypercare_store::load;
use hypercare_store::queries::{conversations, events};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SAID: [&str; 4] = [COVERED, "Where is the credit for my annual payment?", "How do I turn on two-step sign-in?", "Hello, a question"];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Figures by signal; none where there is nothing to measure.
type Figures = BTreeMap<&'static str, Option<f64>>;

/// The definitions, read from all documents and all events.
async fn plainly(app: &App, since: Timestamp, until: Timestamp) -> Figures {
    let all: Vec<Conversation> = conversations::documents(&mut app.reader(), Timestamp(0), Timestamp(i64::MAX), 0, 10_000).await.unwrap();
    let opened: Vec<&Conversation> = all.iter().filter(|c| c.opened_at >= since && c.opened_at < until).collect();
    let then = |at: Option<Timestamp>| at.filter(|at| *at < until);
    let so_far = |c: &Conversation| Time::so_far(until - c.opened_at);
    let repeats = |c: &Conversation| {
        let same = |b: &&Conversation| b.contact == c.contact && b.triage.scenario == c.triage.scenario;
        all.iter().filter(same).any(|b| b.opened_at < c.opened_at && c.opened_at - b.opened_at <= Span::days(7))
    };
    let needing: Vec<&&Conversation> = opened.iter().filter(|c| then(c.person_since).is_some()).collect();
    let first = |c: &&&Conversation| match (then(c.first_response_at), then(c.resolved_at)) {
        (Some(at), _) => Some(Time::over(at - c.opened_at)),
        (None, None) => Some(so_far(c)),
        (None, Some(_)) => None,
    };
    let first: Vec<Time> = needing.iter().filter_map(first).collect();
    // What became part of another one before it was settled never was, and nobody settles it any more.
    let gone = |c: &Conversation| c.merged.as_ref().is_some_and(|m| !m.was_settled());
    let settling = opened.iter().filter(|c| !(gone(c) && then(c.resolved_at).is_some()));
    let resolution: Vec<Time> = settling.map(|c| then(c.resolved_at).map_or_else(|| so_far(c), |at| Time::over(at - c.opened_at))).collect();
    let (mut kept, mut broken, mut back) = (0, 0, 0);
    for line in events::after(&mut app.reader(), 0, None, 100_000).await.unwrap() {
        if line.subject_kind != "conversation" || line.at < since.0 || line.at >= until.0 {
            continue;
        }
        match serde_json::from_str(&line.body) {
            Ok(Event::Clock { fact: ClockFact::Breached, .. }) => broken += 1,
            Ok(Event::Clock { fact: ClockFact::Met, clock }) if clock.breached_at.is_none() => kept += 1,
            Ok(Event::StatusChanged { from: Status::Resolved, .. }) => back += 1,
            _ => {}
        }
    }
    let settled = |from: Timestamp| all.iter().filter(|c| !gone(c) && c.resolved_at.is_some_and(|at| at >= from && at < until)).count() as u64;
    let open = |c: &&Conversation| c.opened_at < until && c.resolved_at.is_none_or(|at| at >= until);
    let share = |part: fn(&Conversation) -> bool| Sample::share(opened.iter().filter(|c| part(c)).count() as u64, opened.len() as u64);
    let assistant = opened.iter().filter(|c| then(c.person_since).is_none() && c.assistant_answers > 0).count() as u64;
    let samples = [
        (Signal::Contacts, Sample::count(opened.len() as u64)),
        (Signal::RepeatShare, Sample::share(opened.iter().filter(|c| repeats(c)).count() as u64, opened.len() as u64)),
        (Signal::ReassuranceShare, share(|c| c.triage.reassurance)),
        (Signal::AssistantShare, Sample::share(assistant, opened.len() as u64)),
        (Signal::FirstResponse, cohort::sample(&first)),
        (Signal::Resolution, cohort::sample(&resolution)),
        (Signal::SlaAttainment, Sample::share(kept, kept + broken)),
        (Signal::ReopenShare, Sample::share(back, settled(since - Span::days(6)) + back)),
        (Signal::Backlog, Sample::level(all.iter().filter(open).count() as f64)),
    ];
    samples.into_iter().map(|(signal, sample)| (signal.key(), sample.value())).collect()
}

#[track_caller]
fn same(what: &str, found: &Figures, expected: &Figures) {
    for (key, expected) in expected {
        let found = found[key];
        assert!(
            found == *expected || found.zip(*expected).is_some_and(|(a, b)| (a - b).abs() < 1e-6),
            "{what}, {key}: {found:?} is not {expected:?}"
        );
    }
}

async fn window(app: &App, id: WindowId) -> Window {
    load::<Window>(&mut app.reader(), id.0).await.unwrap().unwrap()
}

/// Today, as a node shows it.
async fn shown(app: &App, id: WindowId) -> Figures {
    let overview = signals::overview(app, &window(app, id).await).await.unwrap();
    overview.series().filter(|(c, _)| c.series.category.is_none()).map(|(c, today)| (c.series.signal.key(), today.score.value)).collect()
}

/// The day that ended at midnight, as it was kept.
async fn kept(app: &App, id: WindowId, day: &str) -> Figures {
    let rows = hypercare_store::queries::signals::days(&mut app.reader(), id).await.unwrap();
    let of = |signal: Signal| {
        let (.., row) = rows.iter().find(|(key, date, _)| key == signal.key() && date == day)?;
        serde_json::from_str::<signals::measure::Measured>(row).unwrap().sample?.value()
    };
    Signal::ALL.into_iter().map(|signal| (signal.key(), of(signal))).collect()
}

/// Something that somebody does; what the rules refuse has not happened.
async fn deed(desk: &Desk<'_>, dice: &mut Dice, known: &mut Vec<ConversationId>, issues: &mut Vec<String>) {
    if known.is_empty() || dice.roll(3) == 0 {
        let (who, said) = (dice.roll(4), SAID[dice.roll(SAID.len())]);
        known.push(desk.writes(Channel::Chat, &format!("Customer {who}"), said).await);
        return;
    }
    let id = known[dice.roll(known.len())];
    let at = |rest: &str| format!("/conversations/{id}/{rest}");
    let answer = match dice.roll(11) {
        0 | 1 => {
            let (scenario, scope) = (["price-higher", "credit-missing", ""][dice.roll(3)], ["in", "out"][dice.roll(2)]);
            desk.agent.post(&at("triage"), &json!({ "scenario": scenario, "scope": scope })).await
        }
        2 => desk.agent.post(&at("replies"), &json!({ "text": "All is well.", "then": "resolved" })).await,
        3 => desk.agent.post(&at("replies"), &json!({ "text": "Which account?", "then": "waiting" })).await,
        4 => desk.agent.post(&at("status"), &json!({ "to": "open" })).await,
        5 => desk.agent.post(&at("status"), &json!({ "to": "resolved" })).await,
        6 => {
            let severity = ["critical", "low"][dice.roll(2)];
            desk.agent.post(&at("triage"), &json!({ "severity": severity })).await
        }
        7 => {
            issues.push(desk.issue(&format!("Issue {}", issues.len()), &[id]).await);
            return;
        }
        8 => {
            let into = known[dice.roll(known.len())];
            desk.agent.post(&at("merge"), &json!({ "into": into, "across_contacts": true })).await
        }
        9 => desk.agent.post(&at("unmerge"), &json!({})).await,
        _ if issues.len() > 1 => {
            let gone = issues.swap_remove(dice.roll(issues.len()));
            desk.agent.post(&format!("/issues/{gone}/merge"), &json!({ "into": issues[dice.roll(issues.len())] })).await
        }
        _ => return,
    };
    assert!(!answer.status.is_server_error(), "{answer:?}");
}

async fn midnight(test: &TestApp, id: WindowId) {
    let since = test.now();
    let end = window(&test.app, id).await.next_day_close.unwrap();
    test.forward(end - since).await;
    let (from, day) = (end - Span::days(1), (end - Span(1)).to_string()[..10].to_owned());
    same(&format!("{day}, closed"), &kept(&test.app, id, &day).await, &plainly(&test.app, from, end).await);
}

#[tokio::test]
async fn a_day_that_is_remembered_is_the_day_that_was() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = WindowId(desk.window.parse().unwrap());
        let other = test.another_node().await;
        let (mut dice, mut known, mut issues) = (Dice(5), vec![], vec![]);
        for day in 0..4 {
            let since = if day == 0 { Timestamp::parse("2026-11-15T23:00:00Z").unwrap() } else { test.now() };
            for step in 0..30 {
                deed(&desk, &mut dice, &mut known, &mut issues).await;
                test.forward(Span::mins([0, 3, 20, 35][dice.roll(4)])).await;
                if step % 6 == 5 {
                    let until = test.now() + Span(1);
                    let plain = plainly(&test.app, since, until).await;
                    same("remembered", &shown(&test.app, id).await, &plain);
                    // A node that looks now and then, and one that has just been started.
                    if step % 12 == 5 {
                        // Its view of what this node stored is by the clock: what it measured is kept for seconds.
                        test.app.clock.advance(Span::secs(6));
                        let plain = plainly(&test.app, since, test.now() + Span(1)).await;
                        same("another node", &shown(&other, id).await, &plain);
                        let anew = test.another_node().await;
                        same("anew", &shown(&anew, id).await, &plain);
                        anew.store.close().await;
                    }
                }
            }
            midnight(test, id).await;
        }
        let all = desk.agent.get(&desk.at("/signals")).await.good();
        let value = |key: &str| crate::desk::by(&all, "key", key)["days"].as_array().unwrap().iter().filter(|d| d["value"] != Value::Null).count();
        assert!(
            value("sla_attainment") > 1 && value("reopen_share") > 1 && value("repeat_share") > 1,
            "the history has nothing to tell: {}",
            text(&all["items"][0]["key"])
        );
        other.store.close().await;
    })
    .await;
}
