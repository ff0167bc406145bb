//! Random histories: what must hold whatever people do, and in whatever order.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn statuses() -> impl Strategy<Value = Status> {
    prop_oneof![Just(Status::Open), Just(Status::Waiting), Just(Status::Resolved)]
}

fn deeds() -> impl Strategy<Value = Deed> {
    let scope = prop_oneof![Just(Scope::In), Just(Scope::Out), Just(Scope::Unsure)];
    let severity = prop_oneof![Just(Severity::Low), Just(Severity::Normal), Just(Severity::High), Just(Severity::Critical)];
    prop_oneof![
        3 => Just(Deed::Customer),
        3 => (scope, severity).prop_map(|(a, b)| Deed::Triage(a, b)),
        1 => Just(Deed::Assistant),
        1 => Just(Deed::Acknowledge),
        2 => Just(Deed::HandOver),
        3 => statuses().prop_map(Deed::Reply),
        1 => any::<bool>().prop_map(Deed::Broadcast),
        1 => Just(Deed::Note),
        1 => Just(Deed::Machine),
        1 => Just(Deed::Other),
        2 => statuses().prop_map(Deed::Set),
        1 => any::<bool>().prop_map(Deed::Helpful),
        1 => any::<bool>().prop_map(Deed::Snooze),
        1 => proptest::option::of(1_i64..2000).prop_map(|minutes| Deed::Due(minutes.map(|m| start() + Span::mins(m)))),
        1 => (0_u8..8).prop_map(Deed::Field),
        2 => Just(Deed::Tick),
    ]
}

/// How long until the next deed: often nothing, often whole minutes that meet due times exactly, else anything.
fn pauses() -> impl Strategy<Value = Span> {
    prop_oneof![
        Just(Span::ZERO),
        (1_i64..16).prop_map(|n| Span::mins(n * 15)),
        (1_i64..20).prop_map(Span::hours),
        (0_i64..100_000_000_000).prop_map(Span)
    ]
}

pub fn histories() -> impl Strategy<Value = Vec<(Span, Deed)>> {
    proptest::collection::vec((pauses(), deeds()), 1..25)
}

fn consistent(world: &World, now: Timestamp) -> Result<(), TestCaseError> {
    let c = world.conversation();
    for clock in &c.clocks {
        let running = clock.running_since.is_some();
        prop_assert_eq!(clock.due_at.is_some(), running, "due while it runs: {:?}", clock);
        prop_assert!(!(running && clock.is_finished()), "finished means stopped: {:?}", clock);
        let by_hand = clock.manual.is_some();
        prop_assert!(clock.breached_at.is_some() || by_hand || clock.used <= clock.target, "unbroken means within target: {:?}", clock);
        prop_assert!(clock.late_at.is_none_or(|late| late > now), "nothing overdue is left unnoticed: {:?}", clock);
        prop_assert!(clock.breached_at.is_none_or(|b| b >= clock.started_at && b <= now), "breaches lie in the past: {:?}", clock);
        prop_assert!(clock.used <= now - c.opened_at, "working time is time: {:?}", clock);
    }
    let expected: Vec<_> = c.clocks.iter().filter_map(Clock::wakes_at).collect();
    let timers: Vec<_> = c.timers().into_iter().filter(|t| t.kind == TimerKind::Clock).map(|t| t.due_at).collect();
    prop_assert_eq!(timers, expected, "one timer for each promise that can still break, at its next warning or its end");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_people_do(history in histories(), resolve_after in any::<bool>()) {
        let mut world = properties::promising();
        world.resolve_after = resolve_after.then_some(Span::hours(24));
        let mut now = start();
        world.act(now, Deed::Customer).unwrap();
        let mut finished: BTreeMap<(ClockKind, u32), Clock> = BTreeMap::new();
        let mut spoken = false;
        for (pause, deed) in history {
            now = now + pause;
            match world.act(now, deed) {
                Ok(_) => prop_assert!(!(spoken && deed == Deed::Assistant), "the assistant spoke after a person"),
                Err(refusal) => {
                    let may = matches!(deed, Deed::Due(_)) || (spoken && deed == Deed::Assistant);
                    prop_assert!(may, "{} refused: {}", format!("{deed:?}"), refusal);
                    world.act(now, Deed::Tick).unwrap();
                }
            }
            spoken |= matches!(deed, Deed::Reply(_) | Deed::Broadcast(_));
            let known = finished.len();
            for clock in &world.conversation().clocks {
                let key = (clock.kind, clock.cycle);
                if let Some(before) = finished.get(&key) {
                    prop_assert_eq!(before, clock, "finished clocks never change");
                } else if clock.is_finished() {
                    finished.insert(key, clock.clone());
                }
            }
            prop_assert!(finished.len() >= known);
            consistent(&world, now)?;
        }

        let mut breaches: BTreeMap<(ClockKind, u32), u32> = BTreeMap::new();
        for (event, _) in &world.log {
            match event {
                Event::Clock { fact: ClockFact::Breached, clock } => *breaches.entry((clock.kind, clock.cycle)).or_default() += 1,
                Event::Clock { fact: ClockFact::Retracted, clock } => *breaches.entry((clock.kind, clock.cycle)).or_default() -= 1,
                _ => {}
            }
        }
        for clock in &world.conversation().clocks {
            let told = breaches.get(&(clock.kind, clock.cycle)).copied().unwrap_or(0);
            prop_assert_eq!(told, u32::from(clock.breached_at.is_some()), "each breach is told exactly once: {:?}", clock);
        }

        let replayed = world.log.iter().fold(None, |state, (event, stamp)| Some(Conversation::apply(state, event, stamp)));
        prop_assert_eq!(replayed.as_ref(), world.state.as_ref(), "replaying gives the same");
    }

    /// An engine that wakes at every due time and one that sleeps through all of them find the same.
    #[test]
    fn noticing_late_changes_nothing(history in histories()) {
        let (mut eager, mut lazy) = (properties::promising(), properties::promising());
        let mut now = start();
        for world in [&mut eager, &mut lazy] {
            world.act(now, Deed::Customer).unwrap();
        }
        for (pause, deed) in history.into_iter().filter(|(_, d)| !matches!(d, Deed::Snooze(_))) {
            let next = now + pause;
            let mut wakes = 0;
            while let Some(due) = eager.conversation().timers().iter().map(|t| t.due_at).filter(|t| *t <= next).min() {
                eager.act(due, Deed::Tick).unwrap();
                wakes += 1;
                prop_assert!(wakes <= 20, "each wake settles something");
            }
            now = next;
            let (a, b) = (eager.act(now, deed), lazy.act(now, deed));
            prop_assert_eq!(a.is_ok(), b.is_ok());
            if b.is_err() {
                lazy.act(now, Deed::Tick).unwrap();
            }
            eager.messages = lazy.messages;
            prop_assert_eq!(&eager.conversation().clocks, &lazy.conversation().clocks);
        }
    }

    /// Time to resolution is the time the conversation was open, whatever was promised in between.
    #[test]
    fn open_time_is_what_counts(history in histories()) {
        let mut world = World::new();
        world.normal.as_mut().unwrap().calendar = Calendar::always();
        let mut now = start();
        world.act(now, Deed::Customer).unwrap();
        let mut open: BTreeMap<u32, Span> = BTreeMap::new();
        for (pause, deed) in history {
            let before = world.conversation().clone();
            let used = open.entry(before.reopened + 1).or_default();
            if before.status == Status::Open {
                *used = *used + pause;
            }
            now = now + pause;
            drop(world.act(now, deed));
            let carried = open[&(before.reopened + 1)];
            open.entry(world.conversation().reopened + 1).or_insert(carried);
        }
        for clock in world.conversation().clocks.iter().filter(|c| c.kind == ClockKind::Resolution) {
            let expected = open.get(&clock.cycle).copied().unwrap_or_default();
            prop_assert_eq!(clock.elapsed(now, &Calendar::always()), expected, "{:?}", clock);
        }
    }
}
