//! What holds whatever happens.

use super::{history, midnight, plan, stage};
use crate::stages::{AUTOMATIC_TRIES, Ladder, StageEvent, advance, normalise, of, revert};
use crate::window::Phase;
use crate::{Actor, Span, Stamp, UserId};
use proptest::prelude::*;

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

#[derive(Clone, Debug)]
enum Deed {
    /// A day closes with these scores of the four categories.
    Close([f64; 4]),
    /// A person wants a stage to return; with or without overriding.
    Normalise(usize, bool),
    /// A person takes a stage back.
    Revert(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let z = prop_oneof![6 => -1.0..1.5, 1 => 2.0..5.0, 1 => Just(f64::NAN)];
    prop_oneof![
        6 => [z.clone(), z.clone(), z.clone(), z].prop_map(Deed::Close),
        2 => (0_usize..4, any::<bool>()).prop_map(|(i, over)| Deed::Normalise(i, over)),
        1 => (0_usize..4).prop_map(Deed::Revert),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn one_step_at_a_time_in_order_and_back_with_all_later_ones(deeds in prop::collection::vec(deed(), 1..60), automatic in any::<[bool; 4]>()) {
        let plan = plan(NAMES.iter().zip(automatic).map(|(name, automatic)| stage(name, &[name], automatic)).collect());
        let mut ladder = Ladder::default();
        let mut days: [Vec<f64>; 4] = Default::default();
        for (n, deed) in deeds.iter().enumerate() {
            let at = midnight(days[0].len() as i64) + Span::mins(n as i64);
            let person = Stamp::new(Actor::person(UserId(1), "Mara"), at).because("so decided");
            if let Deed::Close(zs) = deed {
                days.iter_mut().zip(zs).for_each(|(days, z)| days.push(*z));
            }
            let known = history(&[("a", &days[0]), ("b", &days[1]), ("c", &days[2]), ("d", &days[3])]);
            let (events, stamp) = match deed {
                Deed::Close(_) => {
                    let at = midnight(days[0].len() as i64);
                    (advance(&ladder, &plan, Phase::Stabilising, &known, at), Stamp::new(Actor::system(), at))
                }
                Deed::Normalise(i, over) => (normalise(&ladder, &plan, Phase::Stabilising, &known, NAMES[*i], *over, &person).unwrap_or_default(), person),
                Deed::Revert(i) => (revert(&ladder, &plan, NAMES[*i], &person).unwrap_or_default(), person),
            };
            let normal = |ladder: &Ladder| NAMES.map(|name| ladder.is_normal(name));
            let before = normal(&ladder);
            for event in &events {
                ladder.apply(event, &stamp);
            }
            let after = normal(&ladder);
            prop_assert!(events.len() <= 1);
            // A later stage is never on normal promises while an earlier one is not.
            prop_assert!(after.is_sorted_by(|a, b| a >= b), "{after:?}");
            let gained = before.iter().zip(&after).filter(|(b, a)| !**b && **a).count();
            prop_assert!(gained <= 1, "{before:?} {after:?}");
            if let Some(StageEvent::Reverted { stages, .. }) = events.first() {
                let first = NAMES.iter().position(|name| *name == stages[0]).unwrap();
                prop_assert!(after[first..].iter().all(|normal| !normal), "{stages:?} left {after:?}");
                prop_assert_eq!(&before[..first], &after[..first]);
            }
            prop_assert!(ladder.standings.iter().all(|s| s.automatic_tries <= AUTOMATIC_TRIES));
            prop_assert_eq!(advance(&ladder, &plan, Phase::Active, &known, at).into_iter().filter(|e| matches!(e, StageEvent::Normalised { .. })).count(), 0);
            // What is kept of it survives the table.
            prop_assert_eq!(&serde_json::from_str::<Ladder>(&serde_json::to_string(&ladder).unwrap()).unwrap(), &ladder);
        }
        prop_assert_eq!(of(&plan).len(), 4);
    }
}
